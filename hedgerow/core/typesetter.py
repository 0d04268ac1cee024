"""The process that sets one PDF and ends. See typeset.py, which alone starts it.

A file of its own, because it knows neither Django nor Hedgerow: it starts in 20 ms. In the server typst
would keep up to some hundred MB of what it had set before, and a fault in it would end the server.

Told: an empty folder, outside which nothing can be read. In: JSON with `text` (the template) and
`data` (JSON as text). Out: the PDF; or, with exit code 3, what typst said.
"""

import json
import sys
from typing import Literal

import typst

FAULT = 3
_NO_SHAPE = "could not be displayed with font"  # typst's words


def main() -> int:
    asked = json.load(sys.stdin.buffer)
    try:
        sys.stdout.buffer.write(_set(asked["text"].encode(), asked["data"], sys.argv[1]))
    except typst.TypstError as error:
        sys.stdout.buffer.write(str(error).encode())
        return FAULT
    return 0


def _set(text: bytes, data: str, nothing: str) -> bytes:
    try:
        return _pdf(text, data, nothing, "ua-1")
    except typst.TypstError as error:
        if _NO_SHAPE not in str(error):
            raise
    return _pdf(text, data, nothing, None)


def _pdf(text: bytes, data: str, nothing: str, standard: Literal["ua-1"] | None) -> bytes:
    made = typst.Compiler(
        text,
        root=nothing,
        package_path=nothing,
        package_cache_path=nothing,
        font_paths=typst.Fonts(include_system_fonts=False),
        ignore_system_fonts=True,
        sys_inputs={"data": data},
    )
    pdf = made.compile(format="pdf", pdf_standards=standard, timestamp=0)
    assert isinstance(pdf, bytes)
    return pdf


if __name__ == "__main__":
    sys.exit(main())
