"""A return as a page and a PDF show it: names in place of keys."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from types import MappingProxyType

from hedgerow.analysis.returns import ClusterReturn, GainTold, LineSpent, Said, StepResult
from hedgerow.look.words import count, day, first_low, first_up, number, out_of
from hedgerow.people.models import Cluster
from hedgerow.units import pounds

from .plan_views import GONE, names_of

JUDGED: Mapping[str, tuple[int, str]] = MappingProxyType(
    {
        "met": (2, "Met"),
        "partly": (1, "Partly met"),
        "not_met": (0, "Not met"),
        "": (0, "Not judged yet"),
    }
)
BECAME: Mapping[str, tuple[int, str]] = MappingProxyType(
    {"done": (2, "Done"), "stopped": (0, "Stopped"), "open": (1, "Still open")}
)
# As workplans.GainKind has them, which is a room above this floor; a test holds them together.
GAIN_KINDS: Mapping[str, str] = MappingProxyType(
    {
        "money": "Money saved or won",
        "opening": "A door that opened",
        "standing": "Profile and voice",
        "support": "Help from one another",
        "confidence": "Self-confidence",
        "trust": "Trust to do more together",
        "other": "Something else",
    }
)


@dataclass(frozen=True, kw_only=True)
class StepTold:
    step: StepResult

    @property
    def dot(self) -> int:
        return BECAME[self.step.became][0]

    @property
    def became(self) -> str:
        return BECAME[self.step.became][1]

    @property
    def how(self) -> str:
        """A sentence: the day planned at first, and how it went against it."""
        planned, due, on = self.step.planned_on, self.step.due_on, self.step.on
        said = [f"Planned for {day(planned)}."] if planned else []
        if self.step.became == "open" and due and due != planned:
            said.append(f"Now due on {day(due)}.")
        if on and self.step.became == "done":
            late = " later than planned" if planned and on > planned else ""
            said.append(f"Done on {day(on)}{',' if late else ''}{late}.")
        if on and self.step.became == "stopped":
            said.append(f"Stopped on {day(on)}.")
        return " ".join(said)


@dataclass(frozen=True, kw_only=True)
class ObjectiveTold:
    number: int
    title: str
    dot: int
    judged: str
    words: str
    steps: tuple[StepTold, ...]

    @property
    def steps_called(self) -> str:
        return f"Steps to objective {self.number}"


@dataclass(frozen=True, kw_only=True)
class GainView:
    words: str
    kind: str
    on: date
    who: tuple[str, ...]  # members, then others, as they were written
    evidence: str
    pence: int | None


@dataclass(frozen=True, kw_only=True)
class ReturnView:
    """All that journeys/_return.html and the PDF show. Sums are in pence."""

    cluster: str
    as_at: date
    award: int
    released: int
    drawn: int
    committed: int
    spent: int
    objectives: tuple[ObjectiveTold, ...]
    lines: tuple[LineSpent, ...]
    gains: tuple[GainView, ...]
    asked: str  # a sentence: how many members said what they gained
    said: tuple[Said, ...]

    @property
    def free(self) -> int:
        return self.award - self.committed - self.spent

    @property
    def planned(self) -> int:
        return sum(line.planned for line in self.lines)

    @property
    def on_lines(self) -> tuple[int, int]:
        """Committed and spent over the lines; less than in all where some has no line."""
        return sum(one.committed for one in self.lines), sum(one.spent for one in self.lines)

    @property
    def off_lines(self) -> int:
        """Spent, and on no line."""
        return self.spent - self.on_lines[1]

    @property
    def valued(self) -> int:
        """Of the gains that somebody put a value on."""
        return sum(one.pence or 0 for one in self.gains)

    @property
    def in_short(self) -> str:
        met = judged_words([one.judged for one in self.objectives]) or "No objectives"
        gains = f"; {count(len(self.gains), 'gain')} that nobody had planned" if self.gains else ""
        spent = f"{pounds(self.spent)} of {pounds(self.award)} spent"
        return f"{met}; {spent}{gains}."


def judged_words(judged: Sequence[str]) -> str:
    """ "One of four objectives partly met, three not judged yet"; "" for none. What nobody has
    judged yet is never told as a failure. `judged`: of each objective, as it is named in JUDGED."""
    n = len(judged)
    if n < 2:
        return f"The objective {first_low(judged[0])}" if n else ""
    found = [(said, judged.count(said)) for _, said in JUDGED.values() if said in judged]
    (said, many), *others = found
    whole = f"{first_up(out_of(many, n))} objectives {first_low(said)}"
    return ", ".join([whole, *(f"{number(more)} {first_low(other)}" for other, more in others)])


def return_view(found: ClusterReturn, cluster: Cluster) -> ReturnView:
    """One query, for the names."""
    keys = {key for gain in found.gains for key in gain.members}
    return return_view_of(found, cluster.name, names_of(keys))


def return_view_of(found: ClusterReturn, cluster: str, names: Mapping[int, str]) -> ReturnView:
    return ReturnView(
        cluster=cluster,
        as_at=found.as_at,
        award=found.award,
        released=found.released,
        drawn=found.drawn,
        committed=found.committed,
        spent=found.spent,
        objectives=tuple(
            ObjectiveTold(
                number=one.number,
                title=one.title,
                dot=JUDGED[one.judged][0],
                judged=JUDGED[one.judged][1],
                words=one.words,
                steps=_steps(found.steps, one.number),
            )
            for one in found.objectives
        ),
        lines=found.lines,
        gains=tuple(_gain(one, names) for one in found.gains),
        asked=_asked(found),
        said=found.said,
    )


def _steps(steps: Iterable[StepResult], objective: int) -> tuple[StepTold, ...]:
    return tuple(StepTold(step=step) for step in steps if step.objective == objective)


def _gain(gain: GainTold, names: Mapping[int, str]) -> GainView:
    return GainView(
        words=gain.words,
        kind=GAIN_KINDS.get(gain.kind, gain.kind),
        on=gain.on,
        who=(
            *(names.get(key, GONE) for key in gain.members),
            *([gain.others] if gain.others else []),
        ),
        evidence=gain.evidence,
        pence=gain.pence,
    )


def _asked(found: ClusterReturn) -> str:
    who = first_up(out_of(found.n_asked, found.n_members))
    return f"{who} members said what they gained, planned or not, or that they have nothing to add."
