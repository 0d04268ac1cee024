"""What is different from one plan to the next, thing by thing and field by field."""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, fields
from typing import Any, Literal

from .workplan import Line, Objective, Step, Workplan

What = Literal["plan", "objective", "step", "line"]
Turn = Literal["added", "dropped", "changed"]

_OF_PLAN = (
    "summary",
    "meetings",
    "meeting_days",
    "award",
    "members",
    "boards_needed",
    "boards_agreed",
)


@dataclass(frozen=True, kw_only=True)
class Change:
    """Added and dropped are of a whole thing: `field` is "", and it stands in `after` or `before`,
    the other being None. Else the two values of one field."""

    what: What
    number: int  # of the objective, step or line; 0: of the plan itself
    turn: Turn
    field: str
    before: Any
    after: Any


def changes(before: Workplan, after: Workplan) -> tuple[Change, ...]:
    """The plan's own first, then objectives, steps and lines, each by number.

    A thing is the same where its number is. In what order things stand, or members in a list of
    them, is no difference.
    """
    return (
        *_fields("plan", 0, before, after, _OF_PLAN),
        *_things("objective", before.objectives, after.objectives),
        *_things("step", before.steps, after.steps),
        *_things("line", before.lines, after.lines),
    )


def _things(
    what: What,
    before: Iterable[Objective | Step | Line],
    after: Iterable[Objective | Step | Line],
) -> Iterator[Change]:
    was: Mapping[int, Any] = {one.number: one for one in before}
    now: Mapping[int, Any] = {one.number: one for one in after}
    for number in sorted(was.keys() | now.keys()):
        old, new = was.get(number), now.get(number)
        if old is not None and new is not None:
            names = [field.name for field in fields(old) if field.name != "number"]
            yield from _fields(what, number, old, new, names)
        else:
            turn: Turn = "added" if old is None else "dropped"
            yield Change(what=what, number=number, turn=turn, field="", before=old, after=new)


def _fields(
    what: What, number: int, before: object, after: object, names: Iterable[str]
) -> Iterator[Change]:
    for name in names:
        old, new = getattr(before, name), getattr(after, name)
        if _unordered(old) != _unordered(new):
            yield Change(
                what=what, number=number, turn="changed", field=name, before=old, after=new
            )


def _unordered(value: Any) -> Any:
    return sorted(value) if isinstance(value, tuple) else value
