"""One entry in the money of an award: two postings, the same amount on either side."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from typing import Generic, Literal, TypeVar, get_args

from hedgerow.units import Pence

K = TypeVar("K", int, str)

Step = Literal["awarded", "released", "drawn", "free", "committed", "spent"]
Tranche = Literal["main", "levelling_up", "quick_wins"]
Verb = Literal[
    "award", "lower", "release", "take_back", "draw", "put_back", "hand_back", "draw_again",
    "commit", "free", "hand_over", "spend", "refund",
]  # fmt: skip
STEPS: tuple[Step, ...] = get_args(Step)
TRANCHES: tuple[Tranche, ...] = get_args(Tranche)
VERBS: tuple[Verb, ...] = get_args(Verb)

_TOO_MUCH = 10**13  # pence; as in units.read_pounds
_BY_MEMBER: tuple[Step, ...] = ("committed", "spent")

# verb -> the account that is debited, and the one that is credited
_MOVES: Mapping[Verb, tuple[Step, Step]] = {
    "award": ("awarded", "free"),
    "lower": ("free", "awarded"),
    "release": ("released", "awarded"),
    "take_back": ("awarded", "released"),  # before it is drawn
    "draw": ("drawn", "released"),
    "put_back": ("released", "drawn"),  # it was never drawn
    "hand_back": ("free", "drawn"),  # the award is less by it, as if it had never been drawn
    "draw_again": ("drawn", "free"),  # it was never handed back
    "commit": ("free", "committed"),
    "free": ("committed", "free"),
    "hand_over": ("committed", "committed"),
    "spend": ("committed", "spent"),
    "refund": ("spent", "committed"),
}
_UNDONE_BY: Mapping[Verb, Verb] = {
    "award": "lower",
    "release": "take_back",
    "draw": "put_back",
    "hand_back": "draw_again",
    "commit": "free",
    "spend": "refund",
}


@dataclass(frozen=True, slots=True, kw_only=True)
class Account(Generic[K]):
    step: Step
    tranche: Tranche = "main"
    member: K | None = None  # of what is committed and spent, and of nothing else


@dataclass(frozen=True, slots=True, kw_only=True)
class Posting(Generic[K]):
    """One line of an entry. Debits are above zero, credits below."""

    on: date
    account: Account[K]
    pence: Pence


def entry(
    verb: Verb,
    pence: int,
    *,
    on: date,
    tranche: Tranche = "main",
    member: K | None = None,
    to: K | None = None,
) -> tuple[Posting[K], Posting[K]]:
    """The two postings of one entry. `to` takes over what `member` had committed.

    Raises ValueError, with a sentence, for an amount that is none.
    """
    if type(pence) is not int:
        raise ValueError(
            "An amount is a whole number of pence. Leave out what is less than a penny."
        )
    if pence < 0:
        raise ValueError("An amount cannot be below nothing. To undo an entry, enter its opposite.")
    if pence == 0:
        raise ValueError("Nothing would move. Enter an amount.")
    if pence >= _TOO_MUCH:
        raise ValueError("This is more than Hedgerow can hold. Check the number.")
    debited, credited = _MOVES[verb]
    _check_members(verb, member, to)

    def line(step: Step, whose: K | None, signed: int) -> Posting[K]:
        who = whose if step in _BY_MEMBER else None
        account = Account(step=step, tranche=tranche, member=who)
        return Posting(on=on, account=account, pence=Pence(signed))

    taker = to if verb == "hand_over" else member
    return line(debited, member, pence), line(credited, taker, -pence)


def opposite(verb: Verb) -> Verb:
    """The verb that moves the same amount back. Of `hand_over` it is the same verb, with the two
    members the other way round."""
    there_and_back = {**_UNDONE_BY, **{back: verb for verb, back in _UNDONE_BY.items()}}
    return there_and_back.get(verb, verb)


def _check_members(verb: Verb, member: object, to: object) -> None:
    wants = any(step in _BY_MEMBER for step in _MOVES[verb])
    if wants and member is None:
        raise ValueError("Say which member this is for.")
    if not wants and member is not None:
        raise ValueError("This is of the whole award, not of one member.")
    if (verb == "hand_over") != (to is not None):
        raise ValueError(
            "What is committed can be handed over from one member to another, no more."
        )
    if to is not None and to == member:
        raise ValueError("This member has it already.")
