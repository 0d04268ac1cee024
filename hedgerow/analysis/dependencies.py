"""What waits for what: whether it goes round in a ring, and whether the days allow it."""

from collections.abc import Iterable, Mapping
from datetime import date

from .workplan import Step


def ring(edges: Iterable[tuple[int, int]]) -> tuple[int, ...]:
    """Steps that wait for one another without end, each for the one after it, the last for the
    first; () if there are none. Edges are (step, the one it waits for).

    Of several rings, the one through the lowest number, the shortest of these, and the lowest
    numbers of these: the same whatever the order of the edges.
    """
    after: dict[int, set[int]] = {}
    for step, waits_for in edges:
        after.setdefault(step, set()).add(waits_for)
    for start in sorted(after):
        if found := _shortest_back(after, start):
            return found
    return ()


def too_early(steps: Iterable[Step]) -> tuple[tuple[int, int], ...]:
    """(step, the one it waits for) where it begins before that is due. In order of numbers.

    An activity begins on its first day, or if it has none on its last, as a milestone does. Days
    that nobody has said are not too early, nor is the same day.
    """
    of = {step.number: step for step in steps}
    return tuple(
        (number, waits_for)
        for number in sorted(of)
        for waits_for in sorted(of[number].after)
        if waits_for in of and _is_before(_begins(of[number]), of[waits_for].due_on)
    )


def _shortest_back(after: Mapping[int, set[int]], start: int) -> tuple[int, ...]:
    """Level by level from one step until it is met again. A way is only ever followed on from the
    lowest that came there first, so that it is the lowest of the shortest."""
    ways: list[tuple[int, ...]] = [(start,)]
    seen: set[int] = set()
    while ways:
        longer: list[tuple[int, ...]] = []
        for way in ways:
            for following in sorted(after.get(way[-1], ())):
                if following == start:
                    return way
                if following not in seen:
                    seen.add(following)
                    longer.append((*way, following))
        ways = longer
    return ()


def _begins(step: Step) -> date | None:
    return step.starts_on or step.due_on


def _is_before(begins: date | None, due: date | None) -> bool:
    return begins is not None and due is not None and begins < due
