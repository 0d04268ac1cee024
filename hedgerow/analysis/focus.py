"""What a cluster found to work on: at most three things, and what each member gains from each."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date
from typing import Any, ClassVar

MOST = 3  # things in a focus


@dataclass(frozen=True, kw_only=True)
class Theme:
    """One thing of a focus, as it stood on the day."""

    idea: int  # its key
    title: str
    words: str
    cost: int | None  # roughly, in pence; None: nobody said
    is_quick_win: bool
    looked_into_on: date | None = None  # the day on which its pair handed in their report


@dataclass(frozen=True, kw_only=True)
class Focus:
    """What finding the focus left: the shortlist, or what a decision made of it.

    Raises ValueError for more than three things, or the same one twice.
    """

    SLUG: ClassVar[str] = "focus"
    VERSION: ClassVar[int] = 1
    UPGRADERS: ClassVar[Mapping[int, Any]] = {}

    themes: tuple[Theme, ...]  # in their order; at most three
    adopted_on: date | None  # None: a shortlist that no decision has made the focus yet
    decision: int | None  # key of that decision
    gains: dict[int, dict[int, str]] = field(default_factory=dict)  # organisation -> idea -> words

    def __post_init__(self) -> None:
        if len(self.themes) > MOST:
            raise ValueError(f"A focus holds {MOST} things at most.")
        if len({theme.idea for theme in self.themes}) < len(self.themes):
            raise ValueError("A focus holds the same thing twice.")

    def to_json(self) -> tuple[dict[str, Any], dict[int, Any]]:
        whole = {
            "themes": [_theme_to_json(theme) for theme in self.themes],
            "adopted_on": _written(self.adopted_on),
            "decision": self.decision,
        }
        parts = {
            key: {str(idea): words for idea, words in of.items()} for key, of in self.gains.items()
        }
        return whole, parts

    @classmethod
    def from_json(cls, whole: dict[str, Any], parts: dict[int, Any]) -> "Focus":
        """`parts` may lack those who left."""
        return cls(
            themes=tuple(_theme_from_json(theme) for theme in whole["themes"]),
            adopted_on=_read(whole["adopted_on"]),
            decision=whole["decision"],
            gains={
                key: {int(idea): words for idea, words in of.items()} for key, of in parts.items()
            },
        )


def _theme_to_json(theme: Theme) -> dict[str, Any]:
    return vars(theme) | {"looked_into_on": _written(theme.looked_into_on)}


def _theme_from_json(kept: dict[str, Any]) -> Theme:
    return Theme(**kept | {"looked_into_on": _read(kept.get("looked_into_on"))})


def _written(on: date | None) -> str | None:
    return on.isoformat() if on else None


def _read(on: str | None) -> date | None:
    return date.fromisoformat(on) if on else None
