"""What answers come to: pure, for a page, a command, a snapshot or a release. Needs no Django."""

from .drawing import (
    changes_between,
    differences_in,
    picture_of,
    pictures_by_role,
    place_in_words,
)

__all__ = [
    "changes_between",
    "differences_in",
    "picture_of",
    "pictures_by_role",
    "place_in_words",
]
