"""What is written to the log: where and what kind, never whom or what.

Addresses hold keys that let people in, and the messages of exceptions hold what was typed.
"""

import logging
import traceback
from types import TracebackType

ExcInfo = tuple[type[BaseException], BaseException, TracebackType | None] | tuple[None, None, None]


class Plain(logging.Formatter):
    """One line each, and for faults the way through the code."""

    def __init__(self) -> None:
        super().__init__("%(asctime)s %(levelname)s %(name)s: %(message)s")

    def format(self, record: logging.LogRecord) -> str:
        plain = logging.makeLogRecord(record.__dict__)
        plain.exc_text = None  # what another handler made of it, with everything said
        if request := getattr(record, "request", None):
            match = getattr(request, "resolver_match", None)
            route = f"/{match.route}" if match else "no such page"
            status = getattr(record, "status_code", "")
            plain.msg, plain.args = f"{status} {request.method} {route}".strip(), ()
        return super().format(plain)

    # The name is logging's own.
    def formatException(self, ei: ExcInfo) -> str:
        fault, lines = ei[1], list[str]()
        while fault is not None:
            told = [*traceback.format_tb(fault.__traceback__), type(fault).__qualname__]
            lines.append("".join(told))
            fault = fault.__cause__ or (None if fault.__suppress_context__ else fault.__context__)
        return "\nwhich came from\n".join(lines)
