"""What a cluster is for, and who draws everybody's answers together by when."""

from collections.abc import Iterable
from datetime import date, timedelta

from django.db.models import TextChoices

from hedgerow.charter.models import Charter, Driver, Need, Objective
from hedgerow.core import clock
from hedgerow.core.actions import Refused, action, locked, nothing_to_do, record
from hedgerow.core.actors import Actor
from hedgerow.core.owners import Owner
from hedgerow.look.words import day
from hedgerow.people.access import ROUND_THE_TABLE
from hedgerow.people.actions.clusters import going_on
from hedgerow.people.models import Cluster, Seat

MOST_WORDS = 2000  # characters
FEWEST_YEARS, MOST_YEARS = 1, 30
FURTHEST = timedelta(days=731)  # for a day by which answers are in


@action
def write_purpose(
    *,
    by: Actor,
    cluster: Cluster,
    driver: str,
    driver_words: str,
    objectives: Iterable[str],
    needs: Iterable[str],
    readable_years: int,
    version: int,
) -> Charter:
    """The whole of it at once: what is not said is taken away. `version` of the charter that was
    read; that of one not written yet is 1."""
    charter = _fresh(cluster, version)
    before = _purpose(charter)
    if driver and driver not in Driver.values:
        raise Refused("Choose one of the three: something feared, hoped for, or a chance.")
    if len(driver_words) > MOST_WORDS:
        raise Refused(f"Write {MOST_WORDS:,} characters at most.")
    if not FEWEST_YEARS <= readable_years <= MOST_YEARS:
        raise Refused(f"Choose {FEWEST_YEARS} to {MOST_YEARS} years.")
    charter.driver, charter.driver_words = driver, driver_words.strip()
    charter.objectives = _in_order(Objective, objectives)
    charter.needs = _in_order(Need, needs)
    charter.readable_years = readable_years
    if _purpose(charter) == before:
        nothing_to_do()
        return charter
    _save(charter)
    _record("charter.purpose_written", by, charter)
    return charter


@action
def name_gatherer(*, by: Actor, cluster: Cluster, seat: Seat, version: int) -> Charter:
    """Whoever names themselves has said yes; anybody else is asked."""
    charter = _fresh(cluster, version)
    seat = Seat.objects.select_related(*_SEAT).get(pk=seat.pk)
    if seat.cluster_id != cluster.pk or seat.role not in ROUND_THE_TABLE or _is_over(seat):
        raise Refused(f"Choose somebody who sits round the table of {cluster} today.")
    if charter.gatherer_id == seat.pk:
        nothing_to_do()
        return charter
    is_self = by.person is not None and by.person == seat.user_id
    charter.gatherer, charter.gatherer_agreed_at = seat, clock.now() if is_self else None
    _save(charter)
    _record("charter.gatherer_named", by, charter, seat=seat.pk, agreed=is_self)
    return charter


@action
def say_yes(*, by: Actor, charter: Charter) -> Charter:
    """By the one who is named."""
    charter = locked(charter)
    cluster, seat = going_on(charter.cluster), charter.gatherer
    if seat is None or seat.user_id != by.person:
        raise Refused("Somebody else is named to draw the answers together now.")
    if _is_over(seat):
        raise Refused(f"Your seat in {cluster} has ended, so somebody else has to be named.")
    if charter.gatherer_agreed_at:
        nothing_to_do()
        return charter
    charter.gatherer_agreed_at = clock.now()
    _save(charter)
    _record("charter.gatherer_agreed", by, charter, seat=seat.pk)
    return charter


@action
def set_answers_by(*, by: Actor, cluster: Cluster, on: date, version: int) -> Charter:
    """The day by which every member will have answered. The timetable keeps its own days."""
    charter = _fresh(cluster, version)
    today = clock.today()
    if charter.answers_by == on:
        nothing_to_do()
        return charter
    if on < today:
        raise Refused(f"{day(on)} has passed. Choose today or a later day.")
    if on > today + FURTHEST:
        raise Refused(f"{day(on)} is more than two years away. Check the year.")
    charter.answers_by = on
    _save(charter)
    _record("charter.answers_by_set", by, charter, on=on)
    return charter


_SEAT = ("user", "organisation", "cluster", "programme")


def _fresh(cluster: Cluster, version: int) -> Charter:
    """The charter as it stands, locked, and made if there is none. The cluster is locked first, so
    that two who write the first one at once do not both make it."""
    cluster = going_on(locked(cluster))
    charter, _ = Charter.objects.get_or_create(cluster=cluster)
    charter = locked(charter, version=version)
    charter.cluster = cluster
    return charter


def _save(charter: Charter) -> None:
    charter.version += 1
    charter.save()


def _is_over(seat: Seat) -> bool:
    return seat.ended_at is not None and seat.ended_at <= clock.now()


def _in_order(choices: type[TextChoices], chosen: Iterable[str]) -> list[str]:
    wanted = set(chosen)
    if wanted - set(choices.values):
        raise Refused("One of the boxes is not known here. Load the page again.")
    return [value for value in choices.values if value in wanted]


def _purpose(charter: Charter) -> tuple[object, ...]:
    return (
        charter.driver,
        charter.driver_words,
        tuple(charter.objectives),
        tuple(charter.needs),
        charter.readable_years,
    )


def _record(did: str, by: Actor, charter: Charter, **detail: object) -> None:
    record(did, by=by, to=charter, owner=(Owner.CLUSTER, charter.cluster_id), **detail)
