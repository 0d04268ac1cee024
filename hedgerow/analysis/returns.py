"""What came of a workplan, as a cluster hands it in once: taken from the plan, the account and the
log of gains, with the cluster's own words to each heading that the programme asks for."""

from collections.abc import Mapping
from dataclasses import asdict, dataclass
from datetime import date
from typing import Any, ClassVar, Literal

from hedgerow.units import Pence

from .plain import day, plain

Became = Literal["done", "stopped", "open"]
Judged = Literal["", "met", "partly", "not_met"]


@dataclass(frozen=True, kw_only=True)
class ObjectiveResult:
    number: int
    title: str
    judged: Judged  # "": nobody has yet
    words: str


@dataclass(frozen=True, kw_only=True)
class StepResult:
    number: int
    objective: int
    title: str
    became: Became
    on: date | None  # done or stopped
    planned_on: date | None  # the day that was planned at first
    due_on: date | None  # the day that stands now
    why: str  # it slipped last, or was stopped


@dataclass(frozen=True, kw_only=True)
class LineSpent:
    number: int
    title: str
    planned: Pence
    committed: Pence  # not yet spent
    spent: Pence


@dataclass(frozen=True, kw_only=True)
class GainTold:
    words: str
    kind: str
    on: date
    members: tuple[int, ...]  # organisations that gained
    others: str
    evidence: str
    pence: Pence | None


@dataclass(frozen=True, kw_only=True)
class Said:
    heading: str
    words: str


@dataclass(frozen=True, kw_only=True)
class ClusterReturn:
    SLUG: ClassVar[str] = "return"
    VERSION: ClassVar[int] = 1
    UPGRADERS: ClassVar[Mapping[int, Any]] = {}

    as_at: date
    award: Pence
    released: Pence
    drawn: Pence
    committed: Pence  # not yet spent
    spent: Pence
    objectives: tuple[ObjectiveResult, ...]
    steps: tuple[StepResult, ...]
    lines: tuple[LineSpent, ...]
    gains: tuple[GainTold, ...]
    n_members: int
    n_asked: int  # members that said what they gained, or that they have nothing to add
    said: tuple[Said, ...]

    def to_json(self) -> tuple[dict[str, Any], dict[int, Any]]:
        """No parts: it is the cluster's own word to its funder."""
        return plain(asdict(self)), {}

    @classmethod
    def from_json(cls, whole: dict[str, Any], parts: dict[int, Any]) -> "ClusterReturn":
        del parts
        days = ("on", "planned_on", "due_on")
        return cls(
            **{
                **whole,
                "as_at": date.fromisoformat(whole["as_at"]),
                "objectives": tuple(ObjectiveResult(**one) for one in whole["objectives"]),
                "steps": tuple(
                    StepResult(**{**one, **{name: day(one[name]) for name in days}})
                    for one in whole["steps"]
                ),
                "lines": tuple(LineSpent(**one) for one in whole["lines"]),
                "gains": tuple(
                    GainTold(
                        **{
                            **one,
                            "on": date.fromisoformat(one["on"]),
                            "members": tuple(one["members"]),
                        }
                    )
                    for one in whole["gains"]
                ),
                "said": tuple(Said(**one) for one in whole["said"]),
            }
        )
