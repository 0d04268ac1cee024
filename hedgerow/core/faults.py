"""What is wrong with something that somebody else made, and where."""

from dataclasses import dataclass


@dataclass(frozen=True, kw_only=True)
class Fault:
    sheet: str = ""  # the file, or the sheet in it
    row: int  # as whoever made the file sees it numbered; 0 is the whole file
    column: str  # "" when it is the row as a whole
    sentence: str  # for whoever made the file
