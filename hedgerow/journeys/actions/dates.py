"""Moving dates, saying that they stand, and meeting them."""

from collections.abc import Mapping
from datetime import date

from hedgerow.core import clock
from hedgerow.core.actions import Refused, Stale, action, locked, nothing_to_do, record
from hedgerow.core.actors import Actor
from hedgerow.core.links import Link, spend
from hedgerow.core.owners import Audience, Owner
from hedgerow.journeys.models import (
    Journey,
    Keeper,
    Milestone,
    Move,
    PlannedDate,
    Standing,
    Timetable,
)
from hedgerow.look.words import day

from .designs import FURTHEST
from .stages import locked_journey, seat_of


@action
def move_date(
    *, by: Actor, milestone: Milestone, to_on: date, reason: str, version: int | None = None
) -> Timetable:
    """Move one of the cluster's own dates at once; the timetable before it is kept.

    `version` is the number of the timetable that was read; Stale if another has come since.
    """
    milestone = _fresh(milestone)
    if milestone.keeper != Keeper.CLUSTER:
        raise Refused(
            f"“{milestone}” is the programme's date. The facilitator can ask for it to be moved."
        )
    return _move(by, milestone, to_on, reason, version)


@action
def move_programme_date(
    *, by: Actor, milestone: Milestone, to_on: date, reason: str, version: int | None = None
) -> Timetable:
    """Move one of the programme's dates at once, as whoever keeps the timetable may."""
    milestone = _fresh(milestone)
    if milestone.keeper != Keeper.PROGRAMME:
        raise Refused(f"“{milestone}” is the cluster's own date. Ask its facilitator to move it.")
    if _waiting(milestone):
        raise Refused("The facilitator has asked for this date to be moved. Answer that first.")
    return _move(by, milestone, to_on, reason, version)


@action
def ask_to_move(*, by: Actor, milestone: Milestone, to_on: date, reason: str) -> Move:
    """Ask the programme manager to move one of the programme's dates. It stands until then."""
    milestone = _fresh(milestone)
    if milestone.keeper != Keeper.PROGRAMME:
        raise Refused(f"“{milestone}” is the cluster's own date: move it, nobody has to agree.")
    if waiting := _waiting(milestone):
        raise Refused(
            f"A move to {day(waiting.to_on)} waits for the programme manager already. "
            "Ask again when it is answered."
        )
    dates = current_dates(milestone.journey)
    _check(milestone, to_on, reason, dates)
    move = Move.objects.create(
        milestone=milestone,
        from_on=dates[milestone.pk],
        to_on=to_on,
        reason=reason.strip(),
        asked_by_id=seat_of(by),
        asked_at=clock.now(),
    )
    _record(by, milestone, "journeys.move_asked", to_on=to_on)
    return move


@action
def answer_move(*, by: Actor, move: Move, is_agreed: bool, answer: str = "") -> Move:
    """Agree to a move, which makes a new timetable, or say in words why not."""
    milestone = _fresh(move.milestone)
    move = locked(move)
    if move.answered_at:
        said = "agreed to" if move.is_agreed else "refused"
        raise Refused(f"This move was {said} on {day(clock.day_of(move.answered_at))}.")
    if not is_agreed and not answer.strip():
        raise Refused("Say why the date cannot move, so that the cluster can plan with it.")
    if is_agreed:
        dates = current_dates(milestone.journey)
        _check(milestone, move.to_on, move.reason, dates)
    move.answered_at, move.answered_by_id = clock.now(), seat_of(by)
    move.is_agreed, move.answer = is_agreed, answer.strip()
    move.save(update_fields=["answered_at", "answered_by", "is_agreed", "answer"])
    if is_agreed:
        _next_timetable(by, milestone, move.to_on, move.reason, dates, move=move)
    did = "journeys.move_agreed" if is_agreed else "journeys.move_refused"
    _record(by, milestone, did, to_on=move.to_on)
    return move


@action
def say_it_stands(
    *, by: Actor, milestone: Milestone, on: date, link: Link | None = None
) -> Standing:
    """Say for an organisation that it can keep to the day a milestone stands at.

    `link`: the signed one it was said by, which works this once.
    """
    milestone = _fresh(milestone)
    if link is not None:
        spend(link)
    now_on = current_dates(milestone.journey)[milestone.pk]
    if milestone.done_on:
        raise Refused(f"“{milestone}” was met on {day(milestone.done_on)}; there is no more to do.")
    if now_on != on:
        raise Refused(
            f"“{milestone}” has moved from {day(on)} to {day(now_on)} since you were asked. "
            "Say whether the new date stands."
        )
    if by.for_organisation is None:
        raise ValueError("a date stands for an organisation")
    standing, is_first = Standing.objects.get_or_create(
        milestone=milestone,
        organisation_id=by.for_organisation,
        on=on,
        defaults={"by_id": seat_of(by), "at": clock.now()},
    )
    if is_first:
        _record(by, milestone, "journeys.date_stands", audience=Audience.CLUSTER, on=on)
    else:
        nothing_to_do()
    return standing


@action
def meet_milestone(*, by: Actor, milestone: Milestone, done_on: date) -> Milestone:
    """Say on which day a milestone was met; said again, the day is put right.

    What a stage's end stands for is met by closing the stage.
    """
    milestone = _fresh(milestone)
    if milestone.ends_stage and not milestone.done_on:
        raise Refused(f"“{milestone}” is met when its stage is closed. Close the stage.")
    if done_on > clock.today():
        raise Refused(f"{day(done_on)} is still to come. Come back when it is done.")
    if done_on < milestone.journey.started_on:
        raise Refused(
            f"The journey began on {day(milestone.journey.started_on)}. Choose a day since then."
        )
    if milestone.done_on == done_on:
        nothing_to_do()
        return milestone
    milestone.done_on = done_on
    milestone.save(update_fields=["done_on"])
    _record(by, milestone, "journeys.milestone_met", on=done_on)
    return milestone


@action
def unmeet_milestone(*, by: Actor, milestone: Milestone) -> Milestone:
    """Take back that a milestone was met."""
    milestone = _fresh(milestone)
    if not milestone.done_on:
        raise Refused(f"“{milestone}” is not marked as met.")
    if milestone.ends_stage:
        raise Refused(
            f"“{milestone}” was met by closing a stage. Go back to that stage if it does not hold."
        )
    milestone.done_on = None
    milestone.save(update_fields=["done_on"])
    _record(by, milestone, "journeys.milestone_unmet")
    return milestone


def current_dates(journey: Journey) -> dict[int, date]:
    """The day each milestone stands at, by its key. One query."""
    newest = Timetable.objects.filter(journey=journey).order_by("-number").values("pk")[:1]
    dates = PlannedDate.objects.filter(timetable=newest)
    return dict(dates.values_list("milestone", "on"))


def _fresh(milestone: Milestone) -> Milestone:
    """The milestone as it stands, with its journey locked."""
    journey = locked_journey(milestone.journey)
    fresh = Milestone.objects.get(pk=milestone.pk)
    fresh.journey = journey
    return fresh


def _waiting(milestone: Milestone) -> Move | None:
    return milestone.moves.filter(answered_at=None).first()


def _move(
    by: Actor, milestone: Milestone, to_on: date, reason: str, version: int | None
) -> Timetable:
    if version not in (None, _newest(milestone.journey).number):
        raise Stale(
            "Somebody else moved a date while you were reading. "
            "The timetable shows it now; look again and send yours if it still fits."
        )
    dates = current_dates(milestone.journey)
    _check(milestone, to_on, reason, dates)
    timetable = _next_timetable(by, milestone, to_on, reason, dates)
    _record(by, milestone, "journeys.date_moved", from_on=dates[milestone.pk], to_on=to_on)
    return timetable


def _newest(journey: Journey) -> Timetable:
    return journey.timetables.order_by("-number")[0]


def _next_timetable(
    by: Actor,
    milestone: Milestone,
    to_on: date,
    reason: str,
    dates: Mapping[int, date],
    move: Move | None = None,
) -> Timetable:
    """A whole copy, with one day changed."""
    timetable = Timetable.objects.create(
        journey=milestone.journey,
        number=_newest(milestone.journey).number + 1,
        made_at=clock.now(),
        made_by_id=by.seat,
        reason=reason.strip(),
        move=move,
    )
    PlannedDate.objects.bulk_create(
        PlannedDate(timetable=timetable, milestone_id=key, on=on)
        for key, on in {**dates, milestone.pk: to_on}.items()
    )
    return timetable


def _check(milestone: Milestone, to_on: date, reason: str, dates: Mapping[int, date]) -> None:
    """Raises Refused if the milestone cannot move to this day, and says what can be done."""
    today = clock.today()
    if milestone.done_on:
        raise Refused(f"“{milestone}” was met on {day(milestone.done_on)}, so it cannot move.")
    if not reason.strip():
        raise Refused("Say why the date moves; the reason is kept with the timetable.")
    if to_on == dates[milestone.pk]:
        raise Refused(f"“{milestone}” is on {day(to_on)} already. Choose another day.")
    if to_on < today:
        raise Refused(f"{day(to_on)} has passed. Choose today or a later day.")
    if to_on > today + FURTHEST:
        raise Refused(f"{day(to_on)} is more than five years ahead. Check the year.")
    if milestone.ends_stage:
        _check_order(milestone, to_on, dates)


def _check_order(milestone: Milestone, to_on: date, dates: Mapping[int, date]) -> None:
    """Stages end one after another."""
    others = milestone.journey.milestones.filter(ends_stage__isnull=False, done_on=None)
    for other in others.exclude(ends_stage=milestone.ends_stage):
        on, is_later = dates[other.pk], other.ends_stage > milestone.ends_stage
        if is_later and on <= to_on:
            raise Refused(
                f"“{other}” comes after it and is on {day(on)}. "
                "Move that one first, or choose an earlier day."
            )
        if not is_later and on >= to_on:
            raise Refused(
                f"“{other}” comes before it and is on {day(on)}. "
                "Choose a later day, or move that one first."
            )


def _record(
    by: Actor,
    milestone: Milestone,
    did: str,
    audience: Audience = Audience.FUNDER,
    **detail: object,
) -> None:
    record(
        did,
        by=by,
        to=milestone,
        owner=(Owner.CLUSTER, milestone.journey.cluster_id),
        audience=audience,
        **detail,
    )
