"""What a cluster says it is for."""

from dataclasses import dataclass
from datetime import date

from hedgerow.charter.models import Charter, Driver, Need, Objective
from hedgerow.core import clock
from hedgerow.journeys.models import Journey, Milestone
from hedgerow.journeys.queries.gathered import dates_of
from hedgerow.people.access import ROUND_THE_TABLE
from hedgerow.people.models import Cluster
from hedgerow.people.queries import people_of
from hedgerow.people.readers import seat_words, with_seats

ANSWERS_IN = "answers-in"  # slug of the date in a programme's design


@dataclass(frozen=True, kw_only=True)
class Purpose:
    driver: str  # in words; empty: not said
    driver_words: str
    objectives: tuple[str, ...]
    needs: tuple[str, ...]
    readable_years: int

    @property
    def is_empty(self) -> bool:
        return not (self.driver or self.driver_words or self.objectives or self.needs)


@dataclass(frozen=True, kw_only=True)
class Gathering:
    """Who draws the answers together, and by when."""

    seat: int | None
    person: int | None
    who: str  # "Chief executive, Open Door"; empty: nobody is named
    agreed_on: date | None
    has_left: bool  # that seat has ended
    answers_by: date | None
    planned_on: date | None  # what the timetable says; None: it says nothing
    timetable: int | None  # key of the journey whose timetable it is
    milestone: int | None

    @property
    def differs(self) -> bool:
        return bool(self.answers_by and self.planned_on and self.answers_by != self.planned_on)


def charter_of(cluster: Cluster) -> Charter:
    """As it stands; an unsaved one where nothing was written yet. One query, and another where
    somebody is named who gathers."""
    found = with_seats(Charter.objects.filter(cluster=cluster), "gatherer")
    return found[0] if found else Charter(cluster=cluster)


def purpose_of(charter: Charter) -> Purpose:
    return Purpose(
        driver=Driver(charter.driver).label if charter.driver else "",
        driver_words=charter.driver_words,
        objectives=tuple(Objective(value).label for value in charter.objectives),
        needs=tuple(Need(value).label for value in charter.needs),
        readable_years=charter.readable_years,
    )


def gathering_of(charter: Charter) -> Gathering:
    """Three queries at most."""
    seat, agreed_at = charter.gatherer, charter.gatherer_agreed_at
    milestone, planned_on = _planned(charter.cluster)
    return Gathering(
        seat=seat.pk if seat else None,
        person=seat.user_id if seat else None,
        who=seat_words(seat) if seat else "",
        agreed_on=clock.day_of(agreed_at) if agreed_at else None,
        has_left=bool(seat and seat.ended_at and seat.ended_at <= clock.now()),
        answers_by=charter.answers_by,
        planned_on=planned_on,
        timetable=milestone.journey_id if milestone else None,
        milestone=milestone.pk if milestone else None,
    )


def _planned(cluster: Cluster) -> tuple[Milestone | None, date | None]:
    journey = Journey.objects.filter(cluster=cluster).first()
    if journey is None:
        return None, None
    dates = dates_of([journey])[journey.pk]
    for milestone in dates.milestones:
        if milestone.slug == ANSWERS_IN:
            return milestone, dates.now[milestone.pk]
    return None, None


def seats_to_name(cluster: Cluster) -> list[tuple[int, str]]:
    """Keys and words of everybody round the table today. One query."""
    return [
        (line.key, f"{line.name}, {line.words}" if line.name else line.words)
        for line in people_of(cluster)
        if line.role in ROUND_THE_TABLE
    ]
