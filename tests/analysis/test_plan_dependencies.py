from datetime import date
from itertools import permutations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from hedgerow.analysis.dependencies import ring, too_early
from hedgerow.analysis.workplan import Step

from .plans import steps

numbers = st.integers(1, 5)
graphs = st.lists(st.tuples(numbers, numbers), max_size=12)
FEB, MARCH = date(2026, 2, 1), date(2026, 3, 1)


def step(number, *, starts_on=None, due_on=None, after=()):
    return Step(
        number=number,
        objective=1,
        kind="activity",
        title="",
        starts_on=starts_on,
        due_on=due_on,
        holders=(),
        alone_because="",
        after=after,
        is_quick_win=False,
    )


@pytest.mark.parametrize(
    ("edges", "found"),
    [
        ([], ()),
        ([(1, 2), (2, 3), (1, 3)], ()),
        ([(4, 4)], (4,)),
        ([(1, 2), (2, 3), (3, 1)], (1, 2, 3)),
        ([(3, 1), (1, 2), (2, 3), (2, 1)], (1, 2)),  # the shorter one
        ([(9, 1), (1, 2), (5, 6), (6, 5)], (5, 6)),  # what leads to no ring is not in it
    ],
)
def test_a_ring_is_told_from_its_lowest_step(edges, found):
    assert ring(edges) == found


def brute_force(edges):
    """Twin: every row of different steps is tried, the shortest and lowest first."""
    known = set(edges)
    nodes = sorted({one for edge in edges for one in edge})
    for start in nodes:
        for length in range(1, len(nodes) + 1):
            for way in permutations([node for node in nodes if node != start], length - 1):
                row = (start, *way)
                if all(edge in known for edge in zip(row, (*way, start), strict=True)):
                    return row
    return ()


@given(graphs)
def test_a_ring_equals_its_slow_plain_twin(edges):
    assert ring(edges) == brute_force(edges)


@given(graphs, st.randoms())
def test_the_order_of_edges_changes_nothing(edges, chance):
    shuffled = list(edges)
    chance.shuffle(shuffled)

    assert ring(shuffled) == ring(edges)


@given(graphs)
def test_where_all_wait_for_lower_numbers_there_is_no_ring(edges):
    assert ring((max(a, b), min(a, b)) for a, b in edges if a != b) == ()


def test_a_long_row_is_no_trouble():
    row = [(n, n + 1) for n in range(5_000)]

    assert ring(row[:200]) == ()
    assert ring([*row, (5_000, 0)]) == tuple(range(5_001))


@pytest.mark.parametrize(
    ("later", "found"),
    [
        ({"starts_on": FEB, "due_on": MARCH}, ((2, 1),)),
        ({"due_on": FEB}, ((2, 1),)),  # it has one day only
        ({"starts_on": MARCH}, ()),  # on the same day
        ({}, ()),  # nobody has said
    ],
)
def test_a_step_is_too_early_before_what_it_waits_for_is_due(later, found):
    assert too_early([step(1, due_on=MARCH), step(2, after=(1,), **later)]) == found


def test_one_that_waits_for_what_is_not_there_is_not_too_early():
    assert too_early([step(2, starts_on=FEB, after=(7,))]) == ()


@given(steps([1]))
def test_too_early_equals_its_slow_plain_twin(found):
    """Twin: every step beside every other."""
    slow = set()
    for one in found:
        for other in found:
            begins = one.due_on if one.starts_on is None else one.starts_on
            if other.number in one.after and begins and other.due_on and begins < other.due_on:
                slow.add((one.number, other.number))

    assert too_early(found) == tuple(sorted(slow))
