"""The most that a workbook may hold. What holds more is refused."""

from dataclasses import dataclass

_MB = 1024 * 1024


@dataclass(frozen=True, kw_only=True)
class Limits:
    """As they are, for what somebody fills in by hand."""

    bytes: int = 20 * _MB
    inflated: int = 60 * _MB  # of all parts together
    rows: int = 5000
    columns: int = 200
    cells: int = 200_000  # of all sheets, with something in them
    words: int = 5_000_000  # characters in all
    memory: int = 512 * _MB  # of the process that reads it
    seconds: int = 30


USUAL = Limits()
