"""What stands in a plan no more, and why."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date

from hedgerow.core import clock
from hedgerow.people.models import Seat
from hedgerow.people.readers import seat_words, seats_named
from hedgerow.workplans.models import Objective, Step

from .plans import Rows


@dataclass(frozen=True, kw_only=True)
class DroppedLine:
    what: str  # "Objective 3", "Step 7"
    title: str
    on: date
    by: str
    because: str
    url: str


def dropped_lines(rows: Rows, seats: Mapping[int, Seat | None]) -> tuple[DroppedLine, ...]:
    """Objectives, then steps that were dropped by themselves."""
    gone = {one.pk: one.dropped_at for one in rows.objectives}
    alone = [step for step in rows.steps if step.dropped_at != gone[step.objective_id]]
    return tuple(
        _dropped(one, seats) for one in (*rows.objectives, *alone) if one.dropped_at is not None
    )


def dropped_line(one: Objective | Step) -> DroppedLine | None:
    """None while it stands in the plan. One query, or none."""
    if one.dropped_at is None:
        return None
    return _dropped(one, seats_named([one.dropped_by_id] if one.dropped_by_id else []))


def _dropped(one: Objective | Step, seats: Mapping[int, Seat | None]) -> DroppedLine:
    assert one.dropped_at and one.dropped_by_id
    seat = seats.get(one.dropped_by_id)
    return DroppedLine(
        what=f"{'Objective' if isinstance(one, Objective) else 'Step'} {one.number}",
        title=one.title,
        on=clock.day_of(one.dropped_at),
        by=seat_words(seat) if seat else "Somebody",
        because=one.dropped_because,
        url=one.get_absolute_url(),
    )
