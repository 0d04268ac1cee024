"""What changed from one budget to the next, line by line, each in a sentence."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from hedgerow.analysis.workplan import CATEGORIES, LINE_KINDS, Line
from hedgerow.look.words import count, first_low
from hedgerow.people.models import Member
from hedgerow.units import Pence, pounds
from hedgerow.workplans.models import Workplan

ALL = "all of us together"


@dataclass(frozen=True, kw_only=True)
class Names:
    """What lines name by a number or a key."""

    members: Mapping[int, str]
    objectives: Mapping[int, str]
    live: tuple[int, ...]  # objectives that were not dropped, in the plan's order

    def member(self, key: int | None) -> str:
        return ALL if key is None else self.members.get(key, "an organisation that is not here")

    def objective(self, number: int | None) -> str:
        return "the whole plan" if number is None else f"“{self.objectives.get(number, number)}”"


@dataclass(frozen=True, kw_only=True)
class LineChange:
    """One line that is new, gone, or not the same any more."""

    number: int
    title: str
    before: str  # "£1,200" or "12 hours"; "" where it is new
    after: str  # "" where it is gone
    more: Pence  # of the award; below nothing where it is less
    sentence: str

    @property
    def more_words(self) -> str:
        return more_words(self.more)


def names_in(workplan: Workplan) -> Names:
    """Also of members that have left, and of objectives that were dropped. Two queries."""
    members = Member.objects.filter(cluster=workplan.cluster_id)
    objectives = list(
        workplan.objectives.order_by("number").values_list("number", "title", "dropped_at")
    )
    return Names(
        members=dict(members.values_list("organisation", "organisation__name")),
        objectives={number: title for number, title, _ in objectives},
        live=tuple(number for number, _, dropped_at in objectives if dropped_at is None),
    )


def line_changes(
    before: Sequence[Line], after: Sequence[Line], names: Names
) -> tuple[LineChange, ...]:
    """By number; those that are the same are left out."""
    old = {line.number: line for line in before}
    new = {line.number: line for line in after}
    return tuple(
        _change(old.get(number), new.get(number), names)
        for number in sorted(old.keys() | new.keys())
        if old.get(number) != new.get(number)
    )


def more_words(pence: Pence) -> str:
    """ "£150 more"; "£150 less"; "The same"."""
    if not pence:
        return "The same"
    return f"{pounds(abs(pence))} {'more' if pence > 0 else 'less'}"


def money_in(lines: Sequence[Line]) -> Pence:
    """Of the award."""
    return Pence(sum(line.pence for line in lines if line.is_money))


def amount_of(line: Line) -> str:
    """ "£1,200"; "12 hours, worth £240"; "12 hours"."""
    if line.is_money:
        return pounds(line.pence)
    hours = count(line.hours or 0, "hour")
    return f"{hours}, worth {pounds(line.pence)}" if line.pence else hours


def _change(old: Line | None, new: Line | None, names: Names) -> LineChange:
    line = new or old
    assert line
    return LineChange(
        number=line.number,
        title=line.title,
        before=amount_of(old) if old else "",
        after=amount_of(new) if new else "",
        more=Pence(_money(new) - _money(old)),
        sentence=_sentence(old, new, names),
    )


def _money(line: Line | None) -> int:
    return line.pence if line and line.is_money else 0


def _sentence(old: Line | None, new: Line | None, names: Names) -> str:
    if old is None:
        assert new
        whom = names.member(new.member)
        return f"New: “{new.title}”, {amount_of(new)}, for {whom}."
    if new is None:
        return f"Taken out: “{old.title}”, {amount_of(old)}."
    return f"“{old.title}”: {'; '.join(_differences(old, new, names))}."


def _differences(old: Line, new: Line, names: Names) -> list[str]:
    found = []
    if amount_of(old) != amount_of(new):
        found.append(f"{amount_of(new)} instead of {amount_of(old)}")
    if old.title != new.title:
        found.append(f"now called “{new.title}”")
    if old.member != new.member:
        found.append(f"for {names.member(new.member)} instead of {names.member(old.member)}")
    if old.objective != new.objective:
        found.append(f"towards {names.objective(new.objective)}")
    if old.category != new.category:
        was, now = (CATEGORIES.get(one.category, one.category) for one in (old, new))
        found.append(f"under “{now}” instead of “{was}”")
    if old.kind != new.kind:
        found.append(f"{first_low(LINE_KINDS[new.kind])}")
    return found
