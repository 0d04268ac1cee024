"""Instruments as workbooks: made to be filled in by anybody, and read back.

What is laid out how is in `layout`, `writing` makes it and `reading` reads
it. No Django here: the command line does the same without a database.
"""

from .reading import FormRead, WorkbookReading, read_workbook
from .writing import Form, build

__all__ = ["Form", "FormRead", "WorkbookReading", "build", "read_workbook"]
