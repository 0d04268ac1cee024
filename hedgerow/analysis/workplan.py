"""A cluster's workplan and budget as they stood on one day, apart from any database.

It is what is handed in, compared, assessed and kept. Organisations stand in it by their keys, so
that their names are theirs to change; nobody's name stands in it.
"""

from collections.abc import Mapping
from dataclasses import asdict, dataclass
from datetime import date
from types import MappingProxyType
from typing import Any, ClassVar, Literal, get_args

from hedgerow.units import Pence

from .plain import day, plain

Strand = Literal["main", "parallel"]
StepKind = Literal["activity", "milestone"]
LineKind = Literal["shared", "levelling_up", "quick_win", "in_kind"]

# Stored with every line, so for ever.
LINE_KINDS: Mapping[LineKind, str] = MappingProxyType(
    {
        "shared": "For what we share",
        "levelling_up": "To bring a member up to where sharing is possible",
        "quick_win": "For a quick win",
        "in_kind": "In kind: hours that a member gives",
    }
)
CATEGORIES: Mapping[str, str] = MappingProxyType(
    {
        "training": "Training",
        "equipment": "Equipment",
        "ict-support": "IT support",
        "software": "Software and websites",
        "advice": "Advice and other professional help",
        "staff": "Staff time",
        "materials": "Printing and materials",
        "rooms": "Rooms and meetings",
        "travel": "Travel",
        "users": "Service users’ part in it",
        "looking-back": "Looking at the results",
        "other": "Something else",
    }
)
assert tuple(LINE_KINDS) == get_args(LineKind)


@dataclass(frozen=True, kw_only=True)
class Objective:
    number: int
    title: str  # what will be true
    for_whom: str
    judged_how: str
    judged_on: date | None
    theme: str  # the title of what it comes from in the focus; "" where it comes from nothing there
    strand: Strand
    found: str  # come in behind: what there is already,
    stands_behind: str  # what of it the cluster will stand behind,
    differs: str  # and what is different in what it does


@dataclass(frozen=True, kw_only=True)
class Step:
    number: int
    objective: int  # its number
    kind: StepKind
    title: str
    starts_on: date | None
    due_on: date | None
    holders: tuple[int, ...]  # organisations of the pair; one where it is held alone
    alone_because: str
    after: tuple[int, ...]  # numbers of the steps that it waits for
    is_quick_win: bool


@dataclass(frozen=True, kw_only=True)
class Line:
    number: int
    objective: int | None  # its number; None: for the whole plan
    member: int | None  # an organisation; None: for all together
    category: str
    kind: LineKind
    title: str
    pence: Pence  # of the award; in kind, what the hours are worth
    hours: int | None  # in kind only

    @property
    def is_money(self) -> bool:
        return self.kind != "in_kind"


@dataclass(frozen=True, kw_only=True)
class Workplan:
    """Raises ValueError where a number stands twice, or names nothing."""

    SLUG: ClassVar[str] = "workplan"
    VERSION: ClassVar[int] = 1
    UPGRADERS: ClassVar[Mapping[int, Any]] = {}

    summary: str
    meetings: str  # how often the Core Group meets
    meeting_days: tuple[date, ...]  # that stand in the calendar
    award: Pence  # what may be spent
    members: tuple[int, ...]  # organisations with a voice
    boards_needed: int  # of members that said so to the cluster,
    boards_agreed: int  # and of these
    objectives: tuple[Objective, ...]
    steps: tuple[Step, ...]
    lines: tuple[Line, ...]

    def __post_init__(self) -> None:
        for what, numbers in (
            ("objective", [one.number for one in self.objectives]),
            ("step", [one.number for one in self.steps]),
            ("line", [one.number for one in self.lines]),
        ):
            if len(set(numbers)) < len(numbers):
                raise ValueError(f"The plan has the number of one {what} twice.")
        known = {one.number for one in self.objectives}
        named = {step.objective for step in self.steps} | {
            line.objective for line in self.lines if line.objective is not None
        }
        if not named <= known:
            raise ValueError("The plan names an objective that is not in it.")
        if not {one for step in self.steps for one in step.after} <= {
            step.number for step in self.steps
        }:
            raise ValueError("The plan has a step that waits for one that is not in it.")

    @property
    def money(self) -> Pence:
        """Of the award, over all lines."""
        return Pence(sum(line.pence for line in self.lines if line.is_money))

    def to_json(self) -> tuple[dict[str, Any], dict[int, Any]]:
        """No parts: the plan is the cluster's, and holds no member's own."""
        return plain(asdict(self)), {}

    @classmethod
    def from_json(cls, whole: dict[str, Any], parts: dict[int, Any]) -> "Workplan":
        del parts
        return cls(
            summary=whole["summary"],
            meetings=whole["meetings"],
            meeting_days=tuple(map(date.fromisoformat, whole["meeting_days"])),
            award=Pence(whole["award"]),
            members=tuple(whole["members"]),
            boards_needed=whole["boards_needed"],
            boards_agreed=whole["boards_agreed"],
            objectives=tuple(
                Objective(**{**one, "judged_on": day(one["judged_on"])})
                for one in whole["objectives"]
            ),
            steps=tuple(
                Step(
                    **{
                        **one,
                        "starts_on": day(one["starts_on"]),
                        "due_on": day(one["due_on"]),
                        "holders": tuple(one["holders"]),
                        "after": tuple(one["after"]),
                    }
                )
                for one in whole["steps"]
            ),
            lines=tuple(Line(**one) for one in whole["lines"]),
        )
