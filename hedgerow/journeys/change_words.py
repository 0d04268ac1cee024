"""What changed from one plan to the next, in sentences."""

from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass
from datetime import date
from types import MappingProxyType
from typing import Any

from hedgerow.analysis.plan_changes import Change, changes
from hedgerow.analysis.workplan import CATEGORIES, LINE_KINDS, Line, Workplan
from hedgerow.look.words import count, day, listed
from hedgerow.units import pounds

from .queries.plan_views import ALL, GONE, boards_words

Names = Mapping[int, str]

THE_PLAN, OBJECTIVES, STEPS, BUDGET = "The plan itself", "Objectives", "Steps", "Budget"
_GROUPS = MappingProxyType(
    {"plan": THE_PLAN, "objective": OBJECTIVES, "step": STEPS, "line": BUDGET}
)

# (what, field) -> what it is called in a sentence
_LABELS: Mapping[tuple[str, str], str] = MappingProxyType(
    {
        ("plan", "summary"): "The summary",
        ("plan", "meetings"): "How often the Core Group meets",
        ("objective", "for_whom"): "whom it is for",
        ("objective", "judged_how"): "how it is judged",
        ("objective", "judged_on"): "when it is judged",
        ("objective", "theme"): "what it comes from in the focus",
        ("objective", "strand"): "its strand",
        ("objective", "found"): "what there is already",
        ("objective", "stands_behind"): "what the cluster will stand behind",
        ("objective", "differs"): "what is different in what the cluster does",
        ("step", "objective"): "what it is a step to",
        ("step", "kind"): "its kind",
        ("step", "starts_on"): "its first day",
        ("step", "due_on"): "the day it is due",
        ("step", "holders"): "who holds it",
        ("step", "alone_because"): "why one member holds it alone",
        ("step", "after"): "what it waits for",
        ("line", "objective"): "what it is for",
        ("line", "member"): "whom it is for",
        ("line", "category"): "its category",
        ("line", "kind"): "its kind",
        ("line", "pence"): "its amount",
        ("line", "hours"): "what is given in kind",
    }
)
# Written at length, so a sentence says that it changed, and both stand beside it.
_LONG = frozenset({"summary", "meetings", "judged_how", "found", "stands_behind", "differs"})
_STRANDS = {"main": "a main theme", "parallel": "a low-cost activity beside the main themes"}
_STEP_KINDS = {"activity": "an activity", "milestone": "a milestone"}


@dataclass(frozen=True, kw_only=True)
class ChangeLine:
    group: str
    sentence: str
    before: str = ""  # of what was written at length: both,
    after: str = ""

    @property
    def is_long(self) -> bool:
        return bool(self.before or self.after)


def plan_changes(before: Workplan, after: Workplan, names: Names) -> tuple[ChangeLine, ...]:
    """What comes of it all to the budget first."""
    return (*_money(before, after), *_lines(before, after, names))


def _money(before: Workplan, after: Workplan) -> Iterator[ChangeLine]:
    if before.money != after.money:
        more = after.money - before.money
        by = f"{pounds(abs(more))} {'more' if more > 0 else 'less'}"
        yield ChangeLine(
            group=BUDGET,
            sentence=f"The budget comes to {pounds(after.money)}. That is {by} than before.",
        )


def _lines(before: Workplan, after: Workplan, names: Names) -> Iterator[ChangeLine]:
    say = _Said(before, after, names)
    of_boards = False
    for one in changes(before, after):
        if one.field in ("boards_needed", "boards_agreed"):
            if not of_boards:
                yield ChangeLine(group=THE_PLAN, sentence=boards_words(after))
            of_boards = True
        elif one.field in _LONG:
            yield ChangeLine(
                group=_GROUPS[one.what],
                sentence=say.long(one),
                before=one.before,
                after=one.after,
            )
        else:
            yield ChangeLine(group=_GROUPS[one.what], sentence=say.short(one))


class _Said:
    """The words of one comparison: it knows both plans, and the names."""

    def __init__(self, before: Workplan, after: Workplan, names: Names) -> None:
        self.names = names
        self.titles = {
            (what, one.number): one.title
            for plan in (before, after)  # the later one is what it is called
            for what, things in (
                ("objective", plan.objectives),
                ("step", plan.steps),
                ("line", plan.lines),
            )
            for one in things
        }

    def thing(self, what: str, number: int) -> str:
        called = "Budget line" if what == "line" else what.capitalize()
        return f"{called} {number}, “{self.titles[what, number]}”"

    def long(self, one: Change) -> str:
        label = _LABELS[one.what, one.field]
        return f"{self._where(one)}{label} {rewritten(one.before, one.after)}."

    def short(self, one: Change) -> str:
        if one.turn != "changed":
            return self._came_or_went(one)
        if own := _OWN.get(one.field):
            return own(self, one)
        before, after = self._value(one.field, one.before), self._value(one.field, one.after)
        label = _LABELS[one.what, one.field]
        if not before:
            return f"{self._where(one)}{label} is {after} now; it was not said before."
        if not after:
            return f"{self._where(one)}{label} is not said any more; it was {before}."
        return f"{self._where(one)}{label} is {after} now; it was {before}."

    def _where(self, one: Change) -> str:
        return "" if one.what == "plan" else f"{self.thing(one.what, one.number)}: "

    def _came_or_went(self, one: Change) -> str:
        held = one.after if one.turn == "added" else one.before
        worth = f", {_worth(held)}" if isinstance(held, Line) else ""
        under = (
            f" under objective {held.objective}"
            if one.what == "step" and one.turn == "added"
            else ""
        )
        did = f"is new{under}" if one.turn == "added" else "was dropped"
        return f"{self.thing(one.what, one.number)}{worth}, {did}."

    def _value(self, field: str, value: Any) -> str:
        """ "" for what is not said."""
        if field in ("objective", "member"):
            return self._whose(field, value)
        if field == "holders":
            return listed(self.names.get(key, GONE) for key in value)
        if field == "after":
            steps = "step" if len(value) == 1 else "steps"
            return f"{steps} {listed(sorted(value))}" if value else ""
        if field == "kind":
            return _STEP_KINDS.get(value) or f"“{LINE_KINDS[value]}”"
        if field == "category":
            return f"“{CATEGORIES.get(value, value)}”"
        if field == "strand":
            return _STRANDS[value]
        if field == "pence":
            return pounds(value)
        if field == "hours":
            return count(value, "hour") if value else ""
        if isinstance(value, date):
            return day(value)
        return f"“{value}”" if value else ""

    def _whose(self, field: str, value: int | None) -> str:
        if field == "member":
            return ALL.lower() if value is None else self.names.get(value, GONE)
        return "the whole plan" if value is None else f"objective {value}"

    def title(self, one: Change) -> str:
        return f"{self.thing(one.what, one.number)}, was called “{one.before}” before."

    def quick_win(self, one: Change) -> str:
        is_one = "is a quick win now" if one.after else "is no quick win any more"
        return f"{self.thing(one.what, one.number)}, {is_one}."

    def award(self, one: Change) -> str:
        return f"The award is {pounds(one.after)} now; it was {pounds(one.before)}."

    def members(self, one: Change) -> str:
        came, went = _came_went(one)
        names = [listed(self.names.get(key, GONE) for key in keys) for keys in (came, went)]
        joined = f"{names[0]} joined." if came else ""
        left = f"{names[1]} {'is' if len(went) == 1 else 'are'} not in it any more." if went else ""
        return " ".join(filter(None, (joined, left)))

    def meeting_days(self, one: Change) -> str:
        came, went = _came_went(one)
        new = f"Meetings now also on {listed(map(day, came))}." if came else ""
        gone = f"No meeting any more on {listed(map(day, went))}." if went else ""
        return " ".join(filter(None, (new, gone)))


_OWN: Mapping[str, Callable[[_Said, Change], str]] = MappingProxyType(
    {
        "title": _Said.title,
        "is_quick_win": _Said.quick_win,
        "award": _Said.award,
        "members": _Said.members,
        "meeting_days": _Said.meeting_days,
    }
)


def rewritten(before: str, after: str) -> str:
    if not before:
        return "is written now; it was empty"
    return "was written again" if after else "was taken out"


def _worth(line: Line) -> str:
    return pounds(line.pence) if line.is_money else count(line.hours or 0, "hour")


def _came_went(one: Change) -> tuple[Iterable[Any], list[Any]]:
    """In order."""
    was, now = set(one.before), set(one.after)
    return sorted(now - was), sorted(was - now)
