"""Names of sheets, as spreadsheets allow them."""

import re

from hedgerow.core.cells import unseen

MOST = 31  # characters
_FORBIDDEN = re.compile(r"[\[\]:*?/\\'\s]+")


def sheet_name(organisation: str, what: str, taken: set[str], *, is_one: bool) -> str:
    """A name for a sheet that no other has yet, and add it to those taken.

    Where a workbook is for several organisations, each name begins with its organisation.
    """
    what = _plain(what)
    whose = "" if is_one else _plain(organisation)[:14].strip()
    wanted = f"{whose} {what[: MOST - 1 - len(whose)]}".strip() or "Form"
    name, at = wanted[:MOST].strip(), 1
    while name.casefold() in taken:
        at += 1
        ending = f" {at}"
        name = wanted[: MOST - len(ending)].strip() + ending
    taken.add(name.casefold())
    return name


def _plain(words: str) -> str:
    kept = (sign for sign in words if sign <= "\uffff" and not unseen(sign))
    return _FORBIDDEN.sub(" ", "".join(kept)).strip()
