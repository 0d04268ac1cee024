"""Days and tuples as JSON has them, and back."""

from datetime import date
from typing import Any


def plain(value: Any) -> Any:
    """Days as text, tuples as lists."""
    if isinstance(value, date):
        return value.isoformat()
    if isinstance(value, dict):
        return {key: plain(one) for key, one in value.items()}
    if isinstance(value, (list, tuple)):
        return [plain(one) for one in value]
    return value


def day(text: str | None) -> date | None:
    return date.fromisoformat(text) if text else None
