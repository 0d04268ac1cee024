"""Days of help: what was given, used, and struck out."""

from datetime import date

from hedgerow.analysis.schedule import half_days_left
from hedgerow.core import clock
from hedgerow.core.actions import Refused, action, locked, record
from hedgerow.core.actors import Actor
from hedgerow.core.owners import Audience, Owner
from hedgerow.journeys.models import Allowance, DayLog
from hedgerow.journeys.words import days_named
from hedgerow.look.words import day, days_of

from .stages import locked_journey, seat_of


@action
def log_days(*, by: Actor, allowance: Allowance, on: date, half_days: int, what: str) -> DayLog:
    """Write down days of an allowance that were used. Never more than are left."""
    allowance = _fresh(allowance)
    if half_days < 1:
        raise Refused("Log half a day or more.")
    if on > clock.today():
        raise Refused(f"{day(on)} is still to come. Log a day when it has been used.")
    if not what.strip():
        raise Refused("Say what the time was for, in a few words.")
    left = _left(allowance)
    if half_days > left:
        raise Refused(
            f"{days_of(left) if left else 'None'} of {days_named(allowance.half_days, allowance.name)} "
            f"{'is' if left in (1, 2) else 'are'} left, so {days_of(half_days)} cannot be logged. "
            "Strike out a line that is wrong, or ask the programme manager to give more."
        )
    log = DayLog.objects.create(
        allowance=allowance,
        on=on,
        half_days=half_days,
        what=what.strip(),
        by_id=seat_of(by),
        at=clock.now(),
    )
    _record(by, allowance, "journeys.days_logged", half_days=half_days, on=on)
    return log


@action
def strike_days(*, by: Actor, log: DayLog) -> DayLog:
    """Strike a line out of the log. It can still be read, and no longer counts."""
    allowance = _fresh(log.allowance)
    log = DayLog.objects.get(pk=log.pk)
    if log.struck_at:
        raise Refused(f"This line was struck out on {day(clock.day_of(log.struck_at))}.")
    log.struck_at, log.struck_by_id = clock.now(), seat_of(by)
    log.save(update_fields=["struck_at", "struck_by"])
    _record(by, allowance, "journeys.days_struck", half_days=log.half_days, on=log.on)
    return log


@action
def give_days(*, by: Actor, allowance: Allowance, half_days: int, version: int) -> Allowance:
    """Set how many half days an allowance holds in all; never fewer than are used."""
    locked_journey(allowance.journey)
    allowance = locked(allowance, version=version)
    used = allowance.half_days - _left(allowance)
    if half_days == allowance.half_days:
        raise Refused(f"It is {days_named(half_days, allowance.name)} already.")
    if half_days < used:
        raise Refused(f"{days_of(used)} are used already. Give that many or more.")
    before = allowance.half_days
    allowance.half_days, allowance.version = half_days, allowance.version + 1
    allowance.save(update_fields=["half_days", "version"])
    _record(by, allowance, "journeys.days_given", before=before, half_days=half_days)
    return allowance


def _fresh(allowance: Allowance) -> Allowance:
    """The allowance as it stands, with its journey locked."""
    locked_journey(allowance.journey)
    return Allowance.objects.get(pk=allowance.pk)


def _left(allowance: Allowance) -> int:
    logged = DayLog.objects.filter(allowance=allowance, struck_at=None)
    return half_days_left(allowance.half_days, logged.values_list("half_days", flat=True))


def _record(by: Actor, allowance: Allowance, did: str, **detail: object) -> None:
    record(
        did,
        by=by,
        to=allowance,
        owner=(Owner.CLUSTER, allowance.journey.cluster_id),
        audience=Audience.FUNDER,
        **detail,
    )
