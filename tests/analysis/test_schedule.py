import itertools
from datetime import date, timedelta
from fractions import Fraction

import pytest
from hypothesis import given
from hypothesis import strategies as st

from hedgerow.analysis.schedule import (
    DateCounts,
    Pace,
    days_since,
    half_days_left,
    kept_and_moved,
    pace,
    planned_dates,
)

days = st.dates(date(2020, 1, 1), date(2030, 12, 31))
stages = st.lists(st.integers(1, 60), max_size=8)
logs = st.lists(st.integers(1, 6), max_size=12)

DAY = timedelta(days=1)


def test_stages_follow_one_another_without_a_gap():
    assert planned_dates(date(2026, 1, 12), [28, 21, 1]) == [
        (date(2026, 1, 12), date(2026, 2, 8)),
        (date(2026, 2, 9), date(2026, 3, 1)),
        (date(2026, 3, 2), date(2026, 3, 2)),
    ]


@given(days, stages)
def test_planned_dates_agree_with_turning_the_pages_of_a_calendar(starts_on, lengths):
    assert planned_dates(starts_on, lengths) == _page_by_page(starts_on, lengths)


def _page_by_page(starts_on, lengths):
    """Give each day in turn to the stage that still wants days."""
    today, found = starts_on, []
    for length in lengths:
        own = []
        while len(own) < length:
            own.append(today)
            today += DAY
        found.append((own[0], own[-1]))
    return found


@given(days, stages)
def test_the_plan_takes_all_its_days_and_no_other(starts_on, lengths):
    dates = planned_dates(starts_on, lengths)

    assert sum((end - start).days + 1 for start, end in dates) == sum(lengths)
    assert all(end + DAY == start for (_, end), (start, _) in itertools.pairwise(dates))
    assert not dates or dates[0][0] == starts_on


@pytest.mark.parametrize("length", [0, -7])
def test_a_stage_without_a_day_cannot_be_planned(length):
    with pytest.raises(ValueError, match="cannot be planned"):
        planned_dates(date(2026, 1, 12), [28, length])


@given(days, st.integers(0, 3000))
def test_days_since_counts_the_nights_between(last_on, nights):
    assert days_since(last_on, last_on + nights * DAY) == nights


def test_what_was_never_done_has_no_days_since():
    assert days_since(None, date(2026, 3, 12)) is None


def test_what_lies_ahead_has_not_been_done():
    with pytest.raises(ValueError, match="not been done yet"):
        days_since(date(2026, 3, 13), date(2026, 3, 12))


def test_a_moved_date_that_was_then_met_is_not_a_kept_one():
    counts = kept_and_moved(
        first={"rules": date(2026, 2, 6), "answers": date(2026, 3, 1), "plan": date(2026, 5, 8)},
        current={"rules": date(2026, 2, 6), "answers": date(2026, 3, 9), "plan": date(2026, 5, 8)},
        done={"rules": date(2026, 2, 6), "answers": date(2026, 3, 8)},
        today=date(2026, 3, 12),
    )
    assert counts == DateCounts(n_kept=1, n_done_later=1, n_late=0, n_to_come=1, n_moved=1)


@pytest.mark.parametrize(("today", "n_late"), [(date(2026, 5, 8), 0), (date(2026, 5, 9), 1)])
def test_a_milestone_is_late_from_the_day_after(today, n_late):
    due = {"plan": date(2026, 5, 8)}
    assert kept_and_moved(first=due, current=due, done={}, today=today).n_late == n_late


def test_moving_a_date_ahead_ends_its_being_late_but_is_counted():
    counts = kept_and_moved(
        first={"plan": date(2026, 5, 8)},
        current={"plan": date(2026, 6, 8)},
        done={},
        today=date(2026, 5, 20),
    )
    assert (counts.n_late, counts.n_moved) == (0, 1)


milestones = st.dictionaries(
    st.text("abcdef", min_size=1, max_size=2), st.tuples(days, days, st.none() | days), max_size=8
)


def _counted(lines, today):
    return kept_and_moved(
        first={key: line[0] for key, line in lines.items()},
        current={key: line[1] for key, line in lines.items()},
        done={key: line[2] for key, line in lines.items() if line[2]},
        today=today,
    )


@given(milestones, days)
def test_counts_agree_with_going_down_the_list_with_a_pencil(lines, today):
    counts = _counted(lines, today)
    assert counts == _with_a_pencil(lines.values(), today)
    assert counts.n_all == len(lines)


def _with_a_pencil(lines, today):
    kept = done_later = late = to_come = moved = 0
    for first_on, current_on, done_on in lines:
        if done_on is None and today > current_on:
            late += 1
        elif done_on is None:
            to_come += 1
        elif done_on > first_on:
            done_later += 1
        else:
            kept += 1
        if current_on != first_on:
            moved += 1
    return DateCounts(
        n_kept=kept, n_done_later=done_later, n_late=late, n_to_come=to_come, n_moved=moved
    )


@given(milestones, days, days)
def test_moving_dates_never_makes_a_promise_kept(lines, today, other):
    moved = {key: (first_on, other, done_on) for key, (first_on, _, done_on) in lines.items()}
    assert _counted(moved, today).n_kept == _counted(lines, today).n_kept


@pytest.mark.parametrize(
    ("current", "done"),
    [({}, {}), ({"plan": date(2026, 5, 8)}, {"rules": date(2026, 5, 8)})],
)
def test_dates_of_other_milestones_are_refused(current, done):
    with pytest.raises(ValueError, match="same milestones"):
        kept_and_moved(
            first={"plan": date(2026, 5, 8)}, current=current, done=done, today=date(2026, 5, 1)
        )


@given(st.integers(0, 40), logs)
def test_half_days_left_agree_with_crossing_them_off(allowance, logged):
    left = allowance
    for entry in logged:
        for _ in range(entry):
            left -= 1
    assert half_days_left(allowance, logged) == left


def test_an_entry_can_be_taken_back():
    assert half_days_left(12, [3, 2, -2]) == 9


@pytest.mark.parametrize(("allowance", "logged"), [(-1, []), (12, [1, -2])])
def test_half_days_below_nothing_are_refused(allowance, logged):
    with pytest.raises(ValueError, match="negative"):
        half_days_left(allowance, logged)


@pytest.mark.parametrize(
    ("logged", "stages_done", "expected"),
    [
        ([], 0, Pace.FITS),
        ([3], 0, Pace.FITS),
        ([4], 0, Pace.AHEAD),
        ([6], 1, Pace.FITS),
        ([7], 1, Pace.AHEAD),
        ([11], 3, Pace.FITS),
        ([12], 3, Pace.NONE_LEFT),
        ([12], 0, Pace.NONE_LEFT),
        ([12], 4, Pace.FITS),
        ([13], 4, Pace.NONE_LEFT),
    ],
)
def test_six_days_for_four_stages(logged, stages_done, expected):
    assert pace(12, logged, stages_done, 4) is expected


def test_no_days_given_and_none_used_fits():
    assert pace(0, [], 0, 4) is Pace.FITS
    assert pace(0, [1], 4, 4) is Pace.NONE_LEFT


steps = st.integers(1, 8).flatmap(lambda n: st.tuples(st.integers(0, n), st.just(n)))


@given(st.integers(0, 40), logs, steps)
def test_pace_agrees_with_handing_out_the_days_stage_by_stage(allowance, logged, steps):
    stages_done, stages_in_all = steps
    assert pace(allowance, logged, *steps) is _stage_by_stage(
        allowance, sum(logged), stages_done, stages_in_all
    )


def _stage_by_stage(allowance, used, stages_done, stages_in_all):
    """Put an equal part in the purse at each stage's beginning, then look what is in it."""
    purse = Fraction(0)
    for stage in range(stages_in_all):
        if stage <= stages_done:
            purse += Fraction(allowance, stages_in_all)
    spent_all = used > allowance or (used == allowance and stages_done < stages_in_all)
    if used and spent_all:
        return Pace.NONE_LEFT
    return Pace.FITS if used <= purse else Pace.AHEAD


WORSE = [Pace.FITS, Pace.AHEAD, Pace.NONE_LEFT]


@given(st.integers(0, 40), logs, st.integers(1, 6), steps)
def test_using_more_never_looks_better(allowance, logged, more, steps):
    before, after = pace(allowance, logged, *steps), pace(allowance, [*logged, more], *steps)
    assert WORSE.index(after) >= WORSE.index(before)


@given(st.integers(0, 40), logs, steps)
def test_finishing_a_stage_never_looks_worse(allowance, logged, steps):
    stages_done, stages_in_all = steps
    if stages_done == stages_in_all:
        return
    before = pace(allowance, logged, stages_done, stages_in_all)
    after = pace(allowance, logged, stages_done + 1, stages_in_all)
    assert WORSE.index(after) <= WORSE.index(before)


@given(st.integers(0, 40), logs, steps)
def test_none_left_means_that_none_is_left(allowance, logged, steps):
    if pace(allowance, logged, *steps) is Pace.NONE_LEFT:
        assert half_days_left(allowance, logged) <= 0


@pytest.mark.parametrize("stages_done", [-1, 5])
def test_more_stages_than_there_are_cannot_be_done(stages_done):
    with pytest.raises(ValueError, match="cannot be done"):
        pace(12, [], stages_done, 4)
