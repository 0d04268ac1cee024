"""Ticking, closing, and going back."""

from collections.abc import Sequence

from hedgerow.core import clock
from hedgerow.core.actions import Refused, action, for_change, locked, nothing_to_do, record
from hedgerow.core.actors import Actor
from hedgerow.core.owners import Audience, Owner
from hedgerow.journeys import kinds
from hedgerow.journeys.models import ExitTest, Journey, Stage, StageResult, Tick
from hedgerow.journeys.results import kept
from hedgerow.look.words import day
from hedgerow.people.actions.clusters import going_on
from hedgerow.people.models import Cluster, Organisation
from hedgerow.people.readers import seat_words


@action
def tick(*, by: Actor, exit_test: ExitTest, evidence: str) -> Tick:
    """Say that a sentence of the open stage's exit test is true, and what shows it."""
    stage = _open_stage(exit_test)
    standing = _standing(exit_test)
    if standing:
        raise Refused(
            f"{seat_words(standing.by)} ticked this on {day(clock.day_of(standing.at))}. "
            "If what they wrote does not hold, take the tick back first."
        )
    if not evidence.strip():
        raise Refused("Say what shows it: a date, a document, who was there.")
    ticked = Tick.objects.create(
        exit_test=exit_test, evidence=evidence.strip(), by_id=seat_of(by), at=clock.now()
    )
    _record(by, stage, "journeys.exit_test_ticked", Audience.CLUSTER, test=exit_test.pk)
    return ticked


@action
def untick(*, by: Actor, exit_test: ExitTest) -> Tick:
    """Take a tick back. What was written stays readable under the sentence."""
    stage = _open_stage(exit_test)
    standing = _standing(exit_test)
    if not standing:
        raise Refused("There is no tick here to take back.")
    standing.undone_at, standing.undone_by_id = clock.now(), seat_of(by)
    standing.save(update_fields=["undone_at", "undone_by"])
    _record(by, stage, "journeys.exit_test_unticked", Audience.CLUSTER, test=exit_test.pk)
    return standing


@action
def close_stage(*, by: Actor, stage: Stage) -> Stage:
    """Close a stage for good, leave its result to later ones, and open the next.

    The dates that its end stands for are met today. After the last one the journey is at its end.
    """
    stage = _fresh(stage)
    if not stage.is_open:
        raise Refused(_why_not_open(stage))
    if missing := kinds.still_missing(stage):
        raise Refused(f"{stage} cannot be closed yet. {' '.join(missing)}")
    kind = kinds.kind_of(stage)
    result = kind.leaves(stage) if kind.leaves else None
    assert type(result) is (kind.gives or type(None)), f"{stage.kind} gives {kind.gives}"

    now = clock.now()
    stage.closed_at, stage.closed_by_id = now, by.seat
    stage.save(update_fields=["closed_at", "closed_by"])
    if result is not None:
        StageResult.objects.create(stage=stage, made_at=now, **vars(kept(result)))
    stage.journey.milestones.filter(ends_stage=stage.position, done_on=None).update(
        done_on=clock.today()
    )
    following = _next(stage)
    if following:
        following.opened_at = now
        following.save(update_fields=["opened_at"])
        if begins := kinds.kind_of(following).begins:
            begins(following, by)
    opened = following.pk if following else None
    _record(by, stage, "journeys.stage_closed", Audience.FUNDER, opened=opened)
    return stage


@action
def go_back(*, by: Actor, stage: Stage, to_position: int, reason: str) -> Stage:
    """Leave the open stage for another run of an earlier one; later ones follow again.

    Closed runs stay closed and can be read. Dates that the stages' ends had met are to be met
    again. From a journey that is at its end one can go back too. Gives the stage that is open now.
    """
    stage = _fresh(stage)
    journey = stage.journey
    newest = _newest_runs(journey)
    is_at_end = all(run.closed_at for run in newest)
    if not stage.is_open and not (is_at_end and stage == newest[-1]):
        raise Refused(_why_not_open(stage))
    again = [run for run in newest if run.position >= to_position and run.opened_at]
    before = [run.position for run in newest if run.position < stage.position + is_at_end]
    if to_position not in before:
        raise Refused("Choose one of the stages before this one to go back to.")
    if not reason.strip():
        raise Refused("Say why you are going back; it is kept with the stage.")

    now = clock.now()
    if stage.is_open:
        stage.left_at = now
        stage.save(update_fields=["left_at"])
    runs = [_another_run(run, reason.strip()) for run in again]
    opened = runs[0]
    opened.opened_at = now
    opened.save(update_fields=["opened_at"])
    journey.milestones.filter(ends_stage__gte=to_position).update(done_on=None)
    _record(by, opened, "journeys.journey_went_back", Audience.FUNDER, left=stage.pk)
    return opened


@action
def drop_parts(*, by: Actor, organisation: Organisation, cluster: Cluster) -> int:
    """Take what came from an organisation out of every kept result of a cluster; gives how many.

    Reading leaves the parts of those who are not members out already; this is for good.
    """
    key, dropped = str(organisation.pk), []
    results = StageResult.objects.filter(stage__journey__cluster=cluster).order_by("pk")
    for result in for_change(results):
        if key in result.parts:
            del result.parts[key]
            result.save(update_fields=["parts"])
            dropped.append(result.pk)
    if not dropped:
        nothing_to_do()
        return 0
    record(
        "journeys.parts_dropped",
        by=by,
        to=cluster,
        owner=(Owner.CLUSTER, cluster.pk),
        organisation=organisation.pk,
        results=dropped,
    )
    return len(dropped)


def seat_of(by: Actor) -> int:
    """Raises ValueError for the clock and the command line, which hold no seat."""
    if by.seat is None:
        raise ValueError("this is done by somebody in a seat")
    return by.seat


def locked_journey(journey: Journey) -> Journey:
    """With its cluster. Raises Refused if the cluster has ended."""
    journey = locked(journey)
    going_on(journey.cluster)
    return journey


def _fresh(stage: Stage) -> Stage:
    """The stage as it stands, with its journey locked."""
    journey = locked_journey(stage.journey)
    fresh = Stage.objects.get(pk=stage.pk)
    fresh.journey = journey
    return fresh


def _open_stage(exit_test: ExitTest) -> Stage:
    stage = _fresh(exit_test.stage)
    if not stage.is_open:
        raise Refused(_why_not_open(stage))
    return stage


def _why_not_open(stage: Stage) -> str:
    if stage.closed_at:
        return (
            f"{stage} was closed on {day(clock.day_of(stage.closed_at))} and stays as it was. "
            "To work on it again, go back to it from the stage that is open now."
        )
    if stage.left_at:
        return (
            f"{stage} was left on {day(clock.day_of(stage.left_at))}, when the journey went back. "
            "It will be run again after the stage that is open now."
        )
    return f"{stage} has not begun. It opens when the stage before it is closed."


def _standing(exit_test: ExitTest) -> Tick | None:
    return (
        Tick.objects.filter(exit_test=exit_test, undone_at=None)
        .select_related("by__user", "by__organisation", "by__cluster", "by__programme")
        .first()
    )


def _newest_runs(journey: Journey) -> Sequence[Stage]:
    """Of each position, in order."""
    newest = {stage.position: stage for stage in journey.stages.order_by("position", "run")}
    return list(newest.values())


def _next(stage: Stage) -> Stage | None:
    later = [run for run in _newest_runs(stage.journey) if run.position > stage.position]
    return later[0] if later else None


def _another_run(stage: Stage, reason: str) -> Stage:
    again = Stage.objects.create(
        journey=stage.journey,
        position=stage.position,
        run=stage.run + 1,
        kind=stage.kind,
        name=stage.name,
        sentence=stage.sentence,
        planned_days=stage.planned_days,
        is_checklist=stage.is_checklist,
        reason=reason,
    )
    ExitTest.objects.bulk_create(
        ExitTest(
            stage=again,
            position=test.position,
            slug=test.slug,
            sentence=test.sentence,
            hint=test.hint,
        )
        for test in stage.exit_tests.all()
    )
    return again


def _record(by: Actor, stage: Stage, did: str, audience: Audience, **detail: object) -> None:
    record(
        did,
        by=by,
        to=stage,
        owner=(Owner.CLUSTER, stage.journey.cluster_id),
        audience=audience,
        **detail,
    )
