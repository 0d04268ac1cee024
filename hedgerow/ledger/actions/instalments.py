"""Releasing an award part by part, once the cluster says that what a part waits for is reached. What
is still to be released is always all that is awarded and not released yet."""

from datetime import date

from django.db.models import Max

from hedgerow.core import clock
from hedgerow.core.actions import Refused, action, for_change, locked, nothing_to_do
from hedgerow.core.actors import Actor
from hedgerow.ledger.models import Award, Entry, Instalment
from hedgerow.look.words import day
from hedgerow.people.actions.clusters import going_on

from .acting import (
    day_of_award,
    doubt_them,
    manager_in,
    open_award,
    seat_about,
    words_of,
    write_down,
)
from .entries import post


@action
def tell_instalment(*, by: Actor, instalment: Instalment, told: str, version: int) -> Instalment:
    """Say what shows that it is reached; of every part that waits for the same words, so that nobody
    is asked twice. It can be said anew until the part is released."""
    award = open_award(instalment.award)
    seat = seat_about(by, award)
    _unreleased(instalment)
    part = locked(instalment, version=version)
    if not part.when:
        raise Refused(
            "This part waits for nothing that could be reached. The programme’s manager releases it."
        )
    told = words_of(told, else_say="Say what shows that it is reached, and where it can be seen.")
    if part.told == told:
        nothing_to_do()
        return part
    now, together = clock.now(), _together(part)
    for one in together:
        one.told, one.told_by, one.told_at = told, seat, now
        one.version += 1
        one.save()
    write_down(
        "ledger.instalment_told",
        by=by,
        to=part,
        award=award,
        pence=sum(one.pence for one in together),
    )
    return next(one for one in together if one == part)


@action
def doubt_instalment(*, by: Actor, instalment: Instalment, reason: str, version: int) -> Instalment:
    """Say that what it waits for is not reached yet, and what is missing; of every part of which it
    was said together."""
    award = open_award(instalment.award)
    seat = manager_in(by, award.cluster.programme)
    _unreleased(instalment)
    part = locked(instalment, version=version)
    going_on(award.cluster)
    if not part.told and not part.doubt:
        raise Refused(
            "The cluster has not said yet that it is reached, so there is nothing to answer."
        )
    together = [
        one for one in _together(part) if (one.told, one.doubted) == (part.told, part.doubted)
    ]
    doubt_them(together, seat=seat, reason=reason)
    write_down(
        "ledger.instalment_doubted",
        by=by,
        to=part,
        award=award,
        pence=sum(one.pence for one in together),
    )
    return next(one for one in together if one == part)


@action
def release_instalment(
    *, by: Actor, instalment: Instalment, on: date, words: str, version: int
) -> Entry:
    """Say that a part of the award is released to the member that holds it."""
    award = open_award(instalment.award)
    seat = manager_in(by, award.cluster.programme)
    _unreleased(instalment)
    part = locked(instalment, version=version)
    entry = post(
        award=award,
        seat=seat,
        verb="release",
        pence=part.pence,
        on=day_of_award(award, on),
        tranche=part.tranche,
        words=words,
    )
    part.released = entry
    part.version += 1
    part.save()
    write_down(
        "ledger.released",
        by=by,
        to=part,
        award=award,
        pence=part.pence,
        on=on,
        tranche=part.tranche,
    )
    return entry


def _together(part: Instalment) -> list[Instalment]:
    """Every part that waits for the same words, locked."""
    rows = Instalment.objects.filter(award=part.award_id, when=part.when, released=None)
    return list(for_change(rows.order_by("position")))


def _unreleased(instalment: Instalment) -> None:
    fresh = locked(instalment)
    if fresh.released:
        raise Refused(
            f"This was released on {day(fresh.released.on)}. If that was wrong, undo the entry."
        )


def fit_instalments(award: Award, tranche: str, more: int) -> None:
    """Let what is to be released follow the award, which is locked: `more` pence, or fewer."""
    if more > 0:
        last = award.instalments.aggregate(last=Max("position"))["last"] or 0
        Instalment.objects.create(award=award, position=last + 1, tranche=tranche, pence=more)
        return
    waiting = award.instalments.filter(tranche=tranche, released=None)
    for part in waiting.order_by("-position"):
        taken = min(part.pence, -more)
        more += taken
        if taken == part.pence:
            part.delete()
        elif taken:
            part.pence -= taken
            part.version += 1
            part.save()
