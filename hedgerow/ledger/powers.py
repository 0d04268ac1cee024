"""Which moves of an award's money are whose to write down. The programme's manager writes down
all of them; what the programme does is the manager's alone."""

from hedgerow.analysis.postings import Verb

OF_HOLDING: tuple[Verb, ...] = ("draw", "hand_back")
OF_MEMBERS: tuple[Verb, ...] = ("commit", "free", "spend", "refund", "hand_over")
ENTERED = (*OF_HOLDING, *OF_MEMBERS)
UNDONE = (*ENTERED, "release")  # by its opposite; an amount is changed instead


def may_write(verb: str, member: int | None, *, organisation: int | None, holding: int) -> bool:
    """Whether people of this organisation may: of what is drawn, those of the member that holds
    the money; of what is committed and spent, those and the member's own. All are keys."""
    if organisation is None or verb not in ENTERED:
        return False
    return organisation == holding or (verb in OF_MEMBERS and organisation == member)


def is_freed_line(verb: str, line: int | None) -> bool:
    """Undone, it would commit anew without asking what the line of the budget has left; what that
    is, only the room of the budget knows."""
    return verb == "free" and line is not None
