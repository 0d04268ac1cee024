from collections.abc import Iterable, Iterator
from datetime import date

from django.urls import reverse

from hedgerow.charter import rules
from hedgerow.charter.models import Readiness
from hedgerow.charter.queries.forming import FormingLine, forming_lines
from hedgerow.charter.questions import MINUTES
from hedgerow.charter.stage import PAGE
from hedgerow.core import clock
from hedgerow.core.rooms import Prompt
from hedgerow.journeys import kinds
from hedgerow.journeys.models import Journey, Stage
from hedgerow.journeys.queries.gathered import journeys_of, stages_of
from hedgerow.look.words import count, first_up
from hedgerow.people.access import visible
from hedgerow.people.models import Member, Role, Seat
from hedgerow.people.readers import Reader, live

A_PART = 4  # minutes for one thing that forming takes
MOST_MINUTES = 15  # what is longer is done in several goes


def of_rest(reader: Reader, today: date) -> Iterator[Prompt]:
    """To say yes to gathering; and while a cluster forms, what it still wants."""
    yield from _to_say_yes(reader)
    forming = _forming(reader)
    if not forming:
        return
    yield from _to_look_at_ourselves(reader, forming)
    yield from _still_wanted(reader, forming)


def _to_say_yes(reader: Reader) -> Iterator[Prompt]:
    if reader.person is None or not reader.seats:
        return
    mine = visible(reader, rules.SAY_YES_TO_GATHERING).filter(
        gatherer__in=[seat.key for seat in reader.seats],
        gatherer_agreed_at=None,
        cluster__ended_at=None,
    )
    for charter in mine.select_related("cluster").order_by("pk"):
        yield Prompt(
            key=f"charter.gatherer:{charter.pk}:{charter.gatherer_id}",
            sentence="Say whether you draw everybody’s answers together",
            why="You are named for it. You would ask the members, remind them, and bring the "
            "picture to the meeting.",
            minutes=1,
            url=f"{reverse('charter:purpose', args=[charter.cluster_id])}#gatherer",
            button="Read and say yes",
            place=charter.cluster.name,
        )


def _forming(reader: Reader) -> list[tuple[Journey, Stage]]:
    """Journeys whose open stage is one of this room, if the reader sits round that table."""
    mine = {seat.cluster for seat in reader.seats if seat.cluster}
    journeys = [
        journey
        for journey in journeys_of(reader)
        if journey.cluster_id in mine and not journey.cluster.ended_at
    ]
    stages = stages_of(journeys) if journeys else {}
    found = ((journey, stages[journey.pk].open_one) for journey in journeys)
    return [
        (journey, stage) for journey, stage in found if stage and kinds.kind_of(stage).page == PAGE
    ]


def _to_look_at_ourselves(
    reader: Reader, forming: Iterable[tuple[Journey, Stage]]
) -> Iterator[Prompt]:
    """For a Core Group member, of their own organisation alone. Two queries."""
    clusters = {journey.cluster_id: journey.cluster for journey, _ in forming}
    voices = {
        (seat.cluster, seat.organisation)
        for seat in reader.seats
        if seat.cluster in clusters and Role.CORE in seat.roles
    }
    if not voices:
        return
    members = Member.objects.filter(cluster__in=clusters, left_at=None, is_second_tier=False)
    begun = {
        (one.cluster_id, one.organisation_id): one
        for one in Readiness.objects.filter(
            cluster__in=clusters, organisation__in=[organisation for _, organisation in voices]
        )
    }
    for member in members.order_by("pk"):
        key = member.cluster_id, member.organisation_id
        one = begun.get(key)
        if key not in voices or (one and one.finished_at):
            continue
        yield Prompt(
            key=f"charter.readiness:{member.pk}",
            sentence="Go on with how ready you are" if one else "Look at how ready you are",
            why="Nobody passes or fails. At first you and your facilitator see it; stop when you "
            "like.",
            minutes=MINUTES,
            url=reverse("charter:answer_readiness", args=[one.pk])
            if one
            else reverse("charter:begin_readiness", args=[member.pk]),
            button="Go on" if one else "Read the questions",
            place=clusters[member.cluster_id].name,
        )


def _still_wanted(reader: Reader, forming: Iterable[tuple[Journey, Stage]]) -> Iterator[Prompt]:
    """For the facilitator, or the Core Group where there is none: what is missing. Ticks are for
    the Core Group in any case."""
    led = _with_facilitator(forming)
    for journey, stage in forming:
        roles = {role for seat in reader.in_cluster(journey.cluster_id) for role in seat.roles}
        leads = Role.FACILITATOR in roles or (Role.CORE in roles and journey.cluster_id not in led)
        if not leads and Role.CORE not in roles:
            continue
        stage.journey = journey
        lines = [line for line in forming_lines(stage) if not line.is_met]
        to_do = [line for line in lines if line.parts]
        to_tick = [line for line in lines if not line.parts]
        if leads and to_do:
            yield _to_do(journey, stage, to_do)
        if Role.CORE in roles and to_tick:
            yield _to_tick(journey, stage, to_tick)


def _to_do(journey: Journey, stage: Stage, lines: list[FormingLine]) -> Prompt:
    missing = [said for line in lines for part in line.parts for said in part.missing]
    return Prompt(
        key=f"charter.forming:{stage.pk}",
        sentence=f"See to what “{stage.name}” still wants",
        why=f"{first_up(count(len(missing), 'thing'))} "
        f"{'is' if len(missing) == 1 else 'are'} missing. {missing[0]}",
        minutes=min(len(missing) * A_PART, MOST_MINUTES),
        url=reverse(PAGE, args=[stage.pk]),
        button="Open the stage",
        place=journey.cluster.name,
    )


def _to_tick(journey: Journey, stage: Stage, lines: list[FormingLine]) -> Prompt:
    return Prompt(
        key=f"charter.tick:{stage.pk}",
        sentence=f"Tick what is true in “{stage.name}”",
        why=f"{first_up(count(len(lines), 'sentence'))} of this stage only you can answer for.",
        minutes=2 * len(lines),
        url=f"{reverse(PAGE, args=[stage.pk])}#{lines[0].ident}",
        button="Open the stage",
        place=journey.cluster.name,
    )


def _with_facilitator(forming: Iterable[tuple[Journey, Stage]]) -> set[int]:
    """Keys of clusters. One query."""
    seats = Seat.objects.filter(
        live(clock.now()),
        role=Role.FACILITATOR,
        cluster__in=[journey.cluster_id for journey, _ in forming],
    )
    return set(seats.values_list("cluster", flat=True))
