"""What has moved in the award of a cluster, as its budget asks: how much it is, and what is
committed on each line, also as of an instant."""

from collections import defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import datetime
from types import MappingProxyType

from hedgerow.ledger.models import Posting
from hedgerow.units import Pence, pounds

# Of which part of the award a line of this kind is. In kind it is of none.
TRANCHE_OF: Mapping[str, str] = MappingProxyType(
    {"shared": "main", "levelling_up": "levelling_up", "quick_win": "quick_wins"}
)
Place = tuple[int, str]  # the number of a line, and the part of the award that pays for it

_OF_LINES = ("committed", "spent")


@dataclass(frozen=True, kw_only=True)
class _Moving:
    """One side of an entry. What an award is, is on the one side; what it is for on the other."""

    at: datetime  # when it was entered, which can be after the day that it is of
    line: int | None
    tranche: str
    step: str
    pence: int


@dataclass(frozen=True, kw_only=True)
class Moved:
    """All that was entered in one award; nothing where there is none."""

    has_award: bool
    moves: tuple[_Moving, ...]

    def award(self, *, at: datetime | None = None) -> Pence | None:
        """How much it is; None: there is none."""
        if not self.has_award:
            return None
        moves = (one for one in self.moves if one.step not in _OF_LINES and _by(one, at))
        return Pence(sum(one.pence for one in moves))

    def held(self, *, at: datetime | None = None) -> dict[Place, Pence]:
        """What is committed on each line, spent or not."""
        sums: dict[Place, int] = defaultdict(int)
        for one in self.moves:
            if one.line is not None and one.step in _OF_LINES and _by(one, at):
                sums[one.line, one.tranche] -= one.pence
        return {place: Pence(pence) for place, pence in sums.items() if pence}

    def held_on(self, line: int) -> Pence:
        return Pence(sum(pence for (number, _), pence in self.held().items() if number == line))

    def refuses(self, planned: Mapping[Place, int], *, at: datetime | None = None) -> str:
        """Why a budget cannot hold, in a sentence; "" where it can. `planned`: pence."""
        award = self.award(at=at)
        if award is None:
            return ""
        total = sum(planned.values())
        if total > award:
            return f"It plans {pounds(total)}, and the award is {pounds(award)}."
        for (line, tranche), held in sorted(self.held(at=at).items()):
            left = planned.get((line, tranche), 0)
            if held > left:
                return (
                    f"On line {line}, {pounds(held)} is committed or spent, and it plans "
                    f"{pounds(left)} for that."
                )
        return ""


NOTHING_MOVED = Moved(has_award=False, moves=())


def moved_in(clusters: Iterable[int]) -> dict[int, Moved]:
    """By the key of the cluster, where there is an award. One query for any number of them."""
    rows = (
        Posting.objects.filter(award__cluster__in=list(clusters))
        .exclude(step="free")
        .values_list("award__cluster", "entry__at", "entry__line", "tranche", "step", "pence")
    )
    found: dict[int, list[_Moving]] = defaultdict(list)
    for cluster, at, line, tranche, step, pence in rows:
        move = _Moving(at=at, line=line, tranche=tranche, step=step, pence=pence)
        found[cluster].append(move)
    return {key: Moved(has_award=True, moves=tuple(moves)) for key, moves in found.items()}


def moved(cluster: int) -> Moved:
    return moved_in([cluster]).get(cluster, NOTHING_MOVED)


def _by(one: _Moving, at: datetime | None) -> bool:
    return at is None or one.at <= at
