from collections.abc import Iterable, Iterator, Sequence
from datetime import date

from django.db.models import QuerySet
from django.urls import reverse

from hedgerow.agreements.queries.places import led_by
from hedgerow.charter import rules
from hedgerow.charter.models import Charter, Readiness
from hedgerow.charter.queries.forming import KNOWN, parts_in
from hedgerow.charter.questions import MINUTES
from hedgerow.charter.stage import PAGE
from hedgerow.core.prepared import prepared
from hedgerow.core.rooms import Prompt
from hedgerow.journeys.models import ExitTest, Journey, Stage
from hedgerow.journeys.queries.parts import unticked_in
from hedgerow.look.words import count, first_up
from hedgerow.people.access import ROUND_THE_TABLE, visible
from hedgerow.people.models import Member, Role
from hedgerow.people.readers import Reader

from .forming import forming

A_PART = 4  # minutes for one thing that forming takes
MOST_MINUTES = 15  # what is longer is done in several goes


def of_rest(reader: Reader, today: date) -> Iterator[Prompt]:
    """To say yes to gathering; and while a cluster forms, what it still wants."""
    yield from _to_say_yes(reader)
    here = forming(reader)
    if not here:
        return
    yield from _to_look_at_ourselves(reader, here)
    yield from _still_wanted(reader, here)


def _to_say_yes(reader: Reader) -> Iterator[Prompt]:
    seats = [seat.key for seat in reader.seats if seat.roles & ROUND_THE_TABLE]
    if not seats:
        return
    for charter, gatherer, cluster, place in _named(reader, seats):
        yield Prompt(
            key=f"charter.gatherer:{charter}:{gatherer}",
            sentence="Say whether you draw everybody’s answers together",
            why="You are named for it. You would ask the members, remind them, and bring the "
            "picture to the meeting.",
            minutes=1,
            url=f"{reverse('charter:purpose', args=[cluster])}#gatherer",
            button="Read and say yes",
            place=place,
        )


@prepared
def _named(reader: Reader, seats: Iterable[int]) -> QuerySet[Charter, tuple[int, int, int, str]]:
    mine = visible(reader, rules.SAY_YES_TO_GATHERING).filter(
        gatherer__in=seats, gatherer_agreed_at=None, cluster__ended_at=None
    )
    return mine.order_by("pk").values_list("pk", "gatherer", "cluster", "cluster__name")


def _to_look_at_ourselves(
    reader: Reader, here: Iterable[tuple[Journey, Stage]]
) -> Iterator[Prompt]:
    """For a Core Group member, of their own organisation alone. Two queries."""
    clusters = {journey.cluster_id: journey.cluster for journey, _ in here}
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


def _still_wanted(reader: Reader, here: Sequence[tuple[Journey, Stage]]) -> Iterator[Prompt]:
    """For the facilitator, or the Core Group where there is none: what is missing. Ticks are for
    the Core Group in any case. Ten queries at most for any number of clusters."""
    led = led_by(reader, {journey.cluster_id for journey, _ in here})
    speaks = {seat.cluster for seat in reader.seats if Role.CORE in seat.roles}
    parts = parts_in(journey.cluster for journey, _ in here if journey.cluster_id in led)
    mine = [stage for journey, stage in here if journey.cluster_id in speaks]
    unticked = unticked_in(mine, KNOWN)
    for journey, stage in here:
        here_parts = parts[journey.cluster_id].values() if journey.cluster_id in led else ()
        if missing := [said for part in here_parts for said in part.missing]:
            yield _to_do(journey, stage, missing)
        if to_tick := unticked.get(stage.pk):
            yield _to_tick(journey, stage, to_tick)


def _to_do(journey: Journey, stage: Stage, missing: Sequence[str]) -> Prompt:
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


def _to_tick(journey: Journey, stage: Stage, tests: Sequence[ExitTest]) -> Prompt:
    return Prompt(
        key=f"charter.tick:{stage.pk}",
        sentence=f"Tick what is true in “{stage.name}”",
        why=f"{first_up(count(len(tests), 'sentence'))} of this stage only you can answer for.",
        minutes=2 * len(tests),
        url=f"{reverse(PAGE, args=[stage.pk])}#test-{tests[0].pk}",
        button="Open the stage",
        place=journey.cluster.name,
    )
