"""Where a journey stands against its dates and its facilitator's days.

Days are dates, both ends included. Facilitators' days are counted in half days, as whole numbers.
"""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from enum import StrEnum


def planned_dates(starts_on: date, stages_days: Sequence[int]) -> list[tuple[date, date]]:
    """First and last day of each stage, one after the other without a gap.

    A stage of n days takes n calendar days, weekends included. Raises ValueError if a stage
    takes less than one day, OverflowError beyond the year 9999.
    """
    dates = []
    for days in stages_days:
        if days < 1:
            raise ValueError(f"a stage of {days} days cannot be planned")
        ends_on = starts_on + timedelta(days=days - 1)
        dates.append((starts_on, ends_on))
        starts_on = ends_on + timedelta(days=1)
    return dates


def days_since(last_on: date | None, today: date) -> int | None:
    """Days since something was last done: 0 today, 1 if it was yesterday, None if never.

    Raises ValueError if it lies ahead, which is not a thing done.
    """
    if last_on is None:
        return None
    if last_on > today:
        raise ValueError(f"{last_on} is after {today}: that has not been done yet")
    return (today - last_on).days


@dataclass(frozen=True, kw_only=True)
class DateCounts:
    """Of some milestones. The first four add up to all of them; any of those may have moved too."""

    n_kept: int  # done on or before the date first set
    n_done_later: int  # done, but after the date first set
    n_late: int  # not done, and the date now set has passed
    n_to_come: int  # not done, and the date now set is today or ahead
    n_moved: int  # the date now set is not the one first set

    @property
    def n_all(self) -> int:
        return self.n_kept + self.n_done_later + self.n_late + self.n_to_come


def kept_and_moved(
    *,
    first: Mapping[str, date],
    current: Mapping[str, date],
    done: Mapping[str, date],
    today: date,
) -> DateCounts:
    """Count milestones by how their dates were held to.

    Each mapping goes from a milestone's key to a day: the date first set, the date now set, and,
    only for those that are done, the day it was done. A promise is kept against the date first
    set, so that moving a date never turns a late thing into a kept one. On its own day a
    milestone is not yet late. Setting a date back to the first one undoes the move.

    Raises ValueError if `current` names other milestones than `first`, or `done` one of neither.
    """
    if first.keys() != current.keys() or not done.keys() <= first.keys():
        raise ValueError("the dates are not about the same milestones")
    open_keys = first.keys() - done.keys()
    n_kept = sum(done[key] <= first[key] for key in done)
    n_late = sum(current[key] < today for key in open_keys)
    return DateCounts(
        n_kept=n_kept,
        n_done_later=len(done) - n_kept,
        n_late=n_late,
        n_to_come=len(open_keys) - n_late,
        n_moved=sum(current[key] != first[key] for key in first),
    )


def half_days_left(allowance: int, logged: Iterable[int]) -> int:
    """Half days of an allowance not yet used; below 0 if more were used than allowed.

    A logged entry below 0 takes back an earlier one. Raises ValueError if the allowance is
    negative or the log comes to less than nothing.
    """
    return allowance - _used(allowance, logged)


class Pace(StrEnum):
    """How an allowance of days stands against the journey. The words are kept: never renamed."""

    FITS = "fits"  # no more is used than falls to the stages so far
    AHEAD = "ahead"  # days go faster than stages
    NONE_LEFT = "none-left"  # all are used with stages still to do, or more than all


def pace(allowance: int, logged: Iterable[int], stages_done: int, stages_in_all: int) -> Pace:
    """Whether an allowance will last for the stages it is meant for.

    Every stage is given an equal part of the allowance, and the part of the stage under way is
    there from its first day. More used than the parts given so far is AHEAD. All of it used while
    a stage is still to be done is NONE_LEFT, in the last stage too; more than all of it used is
    NONE_LEFT always. Otherwise it FITS: so do all days used once the stages are done, and nothing
    used of an allowance of nothing.

    Half days; `stages_in_all` counts the stages that the allowance is meant for, not the whole
    journey: in Collaborate 2 the six days were for everything up to the workplan and its budget.

    Raises ValueError as `half_days_left` does, and if more stages are done than there are.

    Source: HACT, Collaborate 2, executive summary (2010), "How the project worked", for the
    allowance; equal parts are our own choice, the plainest that can be said in a sentence.
    """
    used = _used(allowance, logged)
    if not 0 <= stages_done <= stages_in_all:
        raise ValueError(f"{stages_done} stages of {stages_in_all} cannot be done")
    if used > allowance:
        return Pace.NONE_LEFT
    if stages_done == stages_in_all or used == 0:
        return Pace.FITS
    if used == allowance:
        return Pace.NONE_LEFT
    given_so_far = allowance * (stages_done + 1)  # times stages_in_all, to stay in whole numbers
    return Pace.AHEAD if used * stages_in_all > given_so_far else Pace.FITS


def _used(allowance: int, logged: Iterable[int]) -> int:
    used = sum(logged)
    if allowance < 0 or used < 0:
        raise ValueError("half days cannot be negative")
    return used
