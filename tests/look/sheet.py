"""The one sheet of styles, taken apart as far as tests need it."""

import re
from pathlib import Path

from django.contrib.staticfiles import finders

TEXT = Path(finders.find("look/hedgerow.css")).read_text(encoding="utf-8")
CODE = re.sub(r"/\*.*?\*/", "", TEXT, flags=re.DOTALL)

_DARK = "@media screen and (prefers-color-scheme: dark)"


def colours() -> dict[str, dict[str, str]]:
    """scheme -> token -> #rrggbb. Dark names only what differs from light."""
    before, _, after = CODE.partition(_DARK)
    light = _tokens(before)
    dark = _tokens(after[: after.index("@media")])
    return {"light": light, "dark": {**light, **dark}}


def _tokens(text: str) -> dict[str, str]:
    return dict(re.findall(r"--([\w-]+):\s*(#[0-9a-f]{6})\b", text))


def classes() -> set[str]:
    """Every class that the sheet knows."""
    selectors = re.sub(r"\{[^{}]*\}", " ", CODE)
    return set(re.findall(r"\.(-?[A-Za-z_][\w-]*)", selectors))


def names_used() -> set[str]:
    """Tokens that some rule takes up."""
    return set(re.findall(r"var\(--([\w-]+)", CODE))


def names_set() -> set[str]:
    return set(re.findall(r"(?:^|[{;\s])--([\w-]+)\s*:", CODE))
