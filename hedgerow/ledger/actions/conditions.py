"""Conditions of an award: the cluster says what meets one, and the programme that it is met."""

from hedgerow.core import clock
from hedgerow.core.actions import Refused, action, locked, nothing_to_do
from hedgerow.core.actors import Actor
from hedgerow.ledger.models import Condition
from hedgerow.look.words import day
from hedgerow.people.actions.clusters import going_on

from .acting import doubt_them, manager_in, open_award, seat_about, words_of, write_down


@action
def tell_condition(*, by: Actor, condition: Condition, told: str, version: int) -> Condition:
    """Say what meets it. It can be said anew until the programme took it as met."""
    award = open_award(condition.award)
    seat = seat_about(by, award)
    _unmet(condition)
    condition = locked(condition, version=version)
    told = words_of(told, else_say="Say what you did, and where it can be seen.")
    if condition.told == told:
        nothing_to_do()
        return condition
    condition.told, condition.told_by, condition.told_at = told, seat, clock.now()
    condition.version += 1
    condition.save()
    write_down(
        "ledger.condition_told", by=by, to=condition, award=award, position=condition.position
    )
    return condition


@action
def meet_condition(*, by: Actor, condition: Condition, version: int) -> Condition:
    """Take it as met, for good; also where nothing was said, if the programme knows."""
    award = open_award(condition.award)
    seat = manager_in(by, award.cluster.programme)
    _unmet(condition)
    condition = locked(condition, version=version)
    condition.met_by, condition.met_at = seat, clock.now()
    condition.version += 1
    condition.save()
    write_down(
        "ledger.condition_met", by=by, to=condition, award=award, position=condition.position
    )
    return condition


@action
def doubt_condition(*, by: Actor, condition: Condition, reason: str, version: int) -> Condition:
    """Say that it is not met yet, and what is missing."""
    award = open_award(condition.award)
    seat = manager_in(by, award.cluster.programme)
    _unmet(condition)
    condition = locked(condition, version=version)
    going_on(award.cluster)
    if not condition.told and not condition.doubt:
        raise Refused("The cluster has not said yet that it is met, so there is nothing to answer.")
    doubt_them([condition], seat=seat, reason=reason)
    write_down(
        "ledger.condition_doubted", by=by, to=condition, award=award, position=condition.position
    )
    return condition


def _unmet(condition: Condition) -> None:
    fresh = locked(condition)
    if fresh.met_at:
        raise Refused(f"This condition was met on {day(fresh.met_at)}, and stays so.")
