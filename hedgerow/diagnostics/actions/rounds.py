"""Asking all members something by a day, reminding them, and talking through what came of it."""

from collections.abc import Iterable, Sequence
from datetime import date, timedelta

from django.db.models import Max

from hedgerow.agreements.actions.speakers import said, seat_in
from hedgerow.core import clock
from hedgerow.core.actions import Refused, Stale, action, locked, nothing_to_do, record
from hedgerow.core.actors import Actor
from hedgerow.core.owners import Owner
from hedgerow.diagnostics.models import Asking, Role, Round, Talk
from hedgerow.diagnostics.queries.rounds import status_of
from hedgerow.diagnostics.questions.packs import catalogue
from hedgerow.journeys.models import Stage
from hedgerow.look.words import day, listed
from hedgerow.people.actions.clusters import going_on
from hedgerow.people.models import Cluster, Member

FURTHEST = timedelta(days=365)  # for the day by which a round is answered
MOST_WORDS = 4000  # characters for each question of a talk


@action
def open_round(
    *, by: Actor, cluster: Cluster, asked: Sequence[tuple[str, Sequence[str]]], due_on: date
) -> Round:
    """Ask these instruments of all full members. Each is told by slug, with the values of Role
    that are asked one by one; none: once for each member."""
    cluster = going_on(locked(cluster))
    seat = seat_in(by, cluster)
    _refuse_second(cluster)
    _check_due(due_on)
    askings = list(_askings(asked))
    if not Member.objects.filter(cluster=cluster, left_at=None, is_second_tier=False).exists():
        raise Refused(f"{cluster} has no member yet who could be asked.")
    numbers = Round.objects.filter(cluster=cluster).aggregate(last=Max("number"))
    round = Round.objects.create(
        cluster=cluster,
        number=(numbers["last"] or 0) + 1,
        stage=_gathering(cluster),
        opened_by=seat,
        opened_at=clock.now(),
        due_on=due_on,
    )
    for asking in askings:
        asking.round = round
    Asking.objects.bulk_create(askings)
    _record("diagnostics.round_opened", by, round, due=due_on, n=len(askings))
    return round


@action
def move_round(*, by: Actor, round: Round, due_on: date, version: int) -> Round:
    """Another day, earlier or later, for all of it."""
    round = open_one(round, version=version)
    seat_in(by, round.cluster)
    before = round.due_on
    if due_on == before:
        nothing_to_do()
        return round
    _check_due(due_on)
    round.due_on = due_on
    round.version += 1
    round.save()
    _record("diagnostics.round_moved", by, round, was=before, due=due_on)
    return round


@action
def write_talk(
    *, by: Actor, round: Round, on: date, needs: str, own: str, outside: str, version: int = 0
) -> Talk:
    """What the group said when it looked at the picture. `version` of the talk that was read; 0
    where none was written yet."""
    round = kept_one(round)
    seat = seat_in(by, round.cluster)
    if round.is_open and not status_of([round])[round.pk].is_complete:
        raise Refused(
            "Not all answers are in yet. Talk the picture through once every member has answered "
            "or said why not, or once the round is closed."
        )
    _check_talked(round, on)
    words = {
        "needs": said(needs, most=MOST_WORDS),
        "own": said(own, most=MOST_WORDS),
        "outside": said(outside, most=MOST_WORDS),
    }
    if not words["needs"]:
        raise Refused("Write down what you all need; the rest can stay empty.")
    talk = _talk(round, version)
    if talk.pk and (talk.on, talk.needs, talk.own, talk.outside) == (on, *words.values()):
        nothing_to_do()
        return talk
    talk.on, talk.by, talk.at = on, seat, clock.now()
    talk.needs, talk.own, talk.outside = words["needs"], words["own"], words["outside"]
    talk.version += bool(talk.pk)
    talk.save()
    _record("diagnostics.talk_written", by, round, on=on)
    return talk


def kept_one(round: Round, *, version: int | None = None) -> Round:
    """The round, locked, open or not. Raises Refused if its cluster has ended."""
    fresh = locked(round, version=version)
    going_on(fresh.cluster)
    return fresh


def open_one(round: Round, *, version: int | None = None) -> Round:
    """The round, locked, while it is open. Else Refused, saying since when not."""
    fresh = kept_one(round)
    if fresh.closed_at:
        raise Refused(f"{fresh} was closed on {day(fresh.closed_at)} and stays as it was.")
    return locked(fresh, version=version)


def _refuse_second(cluster: Cluster) -> None:
    """One round at a time: two days for two lists of questions is one too many to keep."""
    other = Round.objects.filter(cluster=cluster, closed_at=None).first()
    if other:
        raise Refused(
            f"{other} is open until {day(other.due_on)}. Close it first; then ask the next."
        )


def _check_due(on: date) -> None:
    today = clock.today()
    if on <= today:
        raise Refused(f"{day(on)} leaves nobody time to answer. Choose a day after today.")
    if on > today + FURTHEST:
        raise Refused(f"{day(on)} is more than a year away. Check the year.")


def _askings(asked: Iterable[tuple[str, Sequence[str]]]) -> Iterable[Asking]:
    """Each instrument with its text as it is today, in the order of the catalogue."""
    wanted = dict(asked)
    known = catalogue()
    if not wanted:
        raise Refused("Choose at least one set of questions.")
    if set(wanted) - set(known):
        raise Refused("One of these is not asked here any more. Load the page again.")
    for position, slug in enumerate((slug for slug in known if slug in wanted), start=1):
        instrument, roles = known[slug], set(wanted[slug])
        if roles - set(Role.values):
            raise Refused("One of the boxes is not known here. Load the page again.")
        if len(roles) == 1:
            raise Refused(
                f"{instrument.name}: ask at least two of "
                f"{listed(role.label.lower() for role in Role)} one by one, or none."
            )
        yield Asking(
            position=position,
            slug=slug,
            number=instrument.version,
            text=instrument.text,
            digest=instrument.digest,
            roles=[role for role in Role.values if role in roles],
        )


def _gathering(cluster: Cluster) -> Stage | None:
    return Stage.objects.filter(
        journey__cluster=cluster,
        kind="gathering",
        opened_at__isnull=False,
        closed_at=None,
        left_at=None,
    ).first()


def _check_talked(round: Round, on: date) -> None:
    if on > clock.today():
        raise Refused(f"{day(on)} is still to come. Write it down once you have talked.")
    if on < (asked_on := clock.day_of(round.opened_at)):
        raise Refused(f"{day(on)} is before the questions were asked, on {day(asked_on)}.")


def _talk(round: Round, version: int) -> Talk:
    """The one to be written, locked if it is there. Raises Stale if somebody wrote it meanwhile."""
    found = Talk.objects.filter(round=round).first()
    if found is None:
        return Talk(round=round)
    if not version:
        raise Stale(
            "Somebody else wrote this down while you did. What they wrote is shown now; look again "
            "and send yours if it still fits."
        )
    return locked(found, version=version)


def _record(did: str, by: Actor, round: Round, **detail: object) -> None:
    record(did, by=by, to=round, owner=(Owner.CLUSTER, round.cluster_id), **detail)
