"""Loading a programme's design, and starting a journey through it."""

import hashlib
from collections.abc import Sequence
from datetime import date, timedelta

from hedgerow.analysis.schedule import planned_dates
from hedgerow.core import clock
from hedgerow.core.actions import Refused, action, locked, nothing_to_do, record
from hedgerow.core.actors import Actor
from hedgerow.core.owners import Audience, Owner
from hedgerow.journeys import kinds, packs
from hedgerow.journeys.models import (
    Allowance,
    Design,
    ExitTest,
    Journey,
    Milestone,
    PlannedDate,
    Stage,
    Timetable,
)
from hedgerow.journeys.queries.designs import read_design
from hedgerow.look.words import day
from hedgerow.people.actions.clusters import going_on
from hedgerow.people.models import Cluster, Programme

FURTHEST = timedelta(days=5 * 366)  # a day further off than this is a slip of the pen


@action
def load_design(*, by: Actor, programme: Programme, text: str) -> Design:
    """Keep a pack as a design of this programme; journeys that are under way keep theirs.

    The same text twice is the same design.
    """
    programme = locked(programme)
    pack, faults = packs.read_programme_pack(text, name="the design")
    if pack is None:
        raise Refused(f"This cannot be loaded yet. {faults[0].sentence}")
    digest = hashlib.sha256(text.encode()).hexdigest()
    before = programme.designs.filter(pack=pack.slug, version=pack.version).first()
    if before and before.digest == digest:
        nothing_to_do()
        return before
    if before:
        raise Refused(
            f"Version {pack.version} of “{pack.name}” is loaded already and says something else. "
            f"Give this one a new number under “version”."
        )
    if gaps := kinds.gaps(pack.stages):
        raise Refused(" ".join(gaps))
    design = Design.objects.create(
        programme=programme,
        pack=pack.slug,
        version=pack.version,
        text=text,
        digest=digest,
        loaded_at=clock.now(),
    )
    record(
        "journeys.design_loaded",
        by=by,
        to=design,
        owner=(Owner.PROGRAMME, programme.pk),
        audience=Audience.FUNDER,
        pack=pack.slug,
        version=pack.version,
    )
    return design


@action
def start_journey(
    *, by: Actor, cluster: Cluster, design: Design | None = None, starts_on: date
) -> Journey:
    """Copy a design for a cluster, plan its dates from a day on, and open its first stage.

    Without a design, the one loaded last in the cluster's programme.
    """
    cluster = locked(cluster)
    going_on(cluster)
    if Journey.objects.filter(cluster=cluster).exists():
        raise Refused(f"{cluster} is on its journey already. Open it from the programme's board.")
    if abs(starts_on - clock.today()) > FURTHEST:
        raise Refused(f"{day(starts_on)} is more than five years away. Check the year.")
    design = design or _newest(cluster)
    assert design.programme_id == cluster.programme_id, "a design of another programme"
    try:
        pack = read_design(design)
    except LookupError as unreadable:
        raise Refused(str(unreadable)) from None
    journey = Journey.objects.create(cluster=cluster, design=design, started_on=starts_on)
    first = _copy_stages(journey, pack)
    _copy_dates(by, journey, pack)
    _copy_allowances(journey, pack)
    record(
        "journeys.journey_started",
        by=by,
        to=journey,
        owner=(Owner.CLUSTER, cluster.pk),
        audience=Audience.FUNDER,
        on=starts_on,
        design=design.pk,
        opened=first.pk,
    )
    return journey


def _newest(cluster: Cluster) -> Design:
    design = Design.objects.filter(programme=cluster.programme_id).order_by("-loaded_at", "-pk")
    if not design:
        raise Refused("The programme has no design yet. Load one on the programme's page first.")
    return design[0]


def _copy_stages(journey: Journey, pack: packs.ProgrammePack) -> Stage:
    """Gives the first, which is open."""
    stages = Stage.objects.bulk_create(
        Stage(
            journey=journey,
            position=position,
            kind=plan.kind,
            name=plan.name,
            sentence=plan.sentence,
            planned_days=plan.planned_days,
            is_checklist=plan.is_checklist,
            opened_at=clock.now() if position == 1 else None,
        )
        for position, plan in enumerate(pack.stages, start=1)
    )
    ExitTest.objects.bulk_create(
        ExitTest(
            stage=stage,
            position=position,
            slug=test.slug,
            sentence=test.sentence,
            hint=test.evidence,
        )
        for stage, plan in zip(stages, pack.stages, strict=True)
        for position, test in enumerate(plan.exit_tests, start=1)
    )
    return stages[0]


def _copy_dates(by: Actor, journey: Journey, pack: packs.ProgrammePack) -> None:
    position_of = {plan.kind: position for position, plan in enumerate(pack.stages, start=1)}
    days = _days_of(journey.started_on, pack)
    milestones = Milestone.objects.bulk_create(
        Milestone(
            journey=journey,
            slug=planned.slug,
            name=planned.name,
            keeper=planned.belongs_to,
            position=position,
            ends_stage=position_of[planned.at_end_of] if planned.at_end_of else None,
        )
        for position, planned in enumerate(pack.milestones, start=1)
    )
    timetable = Timetable.objects.create(
        journey=journey, number=1, made_at=clock.now(), made_by_id=by.seat
    )
    PlannedDate.objects.bulk_create(
        PlannedDate(timetable=timetable, milestone=milestone, on=on)
        for milestone, on in zip(milestones, days, strict=True)
    )


def _days_of(starts_on: date, pack: packs.ProgrammePack) -> Sequence[date]:
    """The day of each milestone, in the pack's order."""
    spans = planned_dates(starts_on, [plan.planned_days for plan in pack.stages])
    ends = {plan.kind: last for plan, (_, last) in zip(pack.stages, spans, strict=True)}
    return [
        ends[planned.at_end_of]
        if planned.at_end_of
        else starts_on + timedelta(weeks=planned.weeks_after_start or 0)
        for planned in pack.milestones
    ]


def _copy_allowances(journey: Journey, pack: packs.ProgrammePack) -> None:
    position_of = {plan.kind: position for position, plan in enumerate(pack.stages, start=1)}
    Allowance.objects.bulk_create(
        Allowance(
            journey=journey,
            slug=given.slug,
            name=given.name,
            half_days=given.half_days,
            until_stage=position_of[given.until],
        )
        for given in pack.allowances
    )
