"""What waits for whom about meetings: an answer, who came, the next one."""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from datetime import date, timedelta

from django.db.models import Exists, OuterRef, QuerySet
from django.urls import reverse

from hedgerow.agreements.models import Attendance, Meeting
from hedgerow.agreements.queries.meetings import recent_for, when
from hedgerow.agreements.queries.places import led_by
from hedgerow.core import clock
from hedgerow.core.prepared import prepared
from hedgerow.core.rooms import Prompt
from hedgerow.journeys import kinds
from hedgerow.journeys.queries.gathered import journeys_of, stages_of
from hedgerow.look.words import clock_time, count, day
from hedgerow.people.models import Cluster, Role, Seat
from hedgerow.people.readers import LiveSeat, Reader, live

ASK_BEFORE = timedelta(days=42)

_FORMING = "forming"
_ASKED = frozenset({Role.CORE, Role.FACILITATOR, Role.SUPPORTER})


def of_meetings(reader: Reader, today: date) -> Iterator[Prompt]:
    """At most five queries; none for somebody who sits round no table."""
    seats = [seat for seat in reader.seats if seat.cluster and seat.roles & _ASKED]
    if not seats:
        return
    meetings = [meeting for meeting in recent_for(reader) if not meeting.cluster.ended_at]
    told = _told(meetings)
    for seat in seats:
        for meeting in meetings:
            if meeting.cluster_id == seat.cluster:
                yield from _answer(seat, meeting, told, today)
    yield from _for_who_leads(reader, meetings, told, today)


def _for_who_leads(
    reader: Reader,
    meetings: Sequence[Meeting],
    told: Mapping[tuple[int, int], Attendance],
    today: date,
) -> Iterator[Prompt]:
    """Who leads is looked up only where there is something to ask them."""
    now, here = clock.now(), {seat.cluster for seat in reader.seats if seat.cluster}
    to_run = [one for one in meetings if one.begun_at or clock.day_of(one.starts_at) <= today]
    without = here - {meeting.cluster_id for meeting in meetings if meeting.ends_at > now}
    led = led_by(reader, without | {meeting.cluster_id for meeting in to_run})
    mine = [meeting for meeting in to_run if meeting.cluster_id in led]
    unwritten = _unwritten(mine, told)
    for meeting in mine:
        yield from _to_run(meeting, unwritten, today)
    yield from _next_one(reader, led & without)


def _told(meetings: Iterable[Meeting]) -> dict[tuple[int, int], Attendance]:
    """By meeting and seat. One query, or none."""
    keys = [meeting.pk for meeting in meetings]
    if not keys:
        return {}
    return {(told.meeting_id, told.seat_id): told for told in _attendances(keys)}


@prepared
def _attendances(meetings: Iterable[int]) -> QuerySet[Attendance]:
    return Attendance.objects.filter(meeting__in=meetings)


def _unwritten(
    meetings: Iterable[Meeting], told: Mapping[tuple[int, int], Attendance]
) -> dict[int, int]:
    """By the key of a meeting that has begun: of how many Core Group members nobody has said
    whether they came, nor that a deputy did. One query, or none."""
    begun = [meeting for meeting in meetings if meeting.begun_at]
    if not begun:
        return {}
    seats = Seat.objects.filter(
        live(clock.now()),
        cluster__in={meeting.cluster_id for meeting in begun},
        role__in=(Role.CORE, Role.DEPUTY),
    ).values_list("pk", "role", "cluster", "organisation", "began_at")
    found = {}
    for meeting in begun:
        here = [seat for seat in seats if seat[2] == meeting.cluster_id]
        written = {
            organisation
            for pk, _, _, organisation, _ in here
            if (said := told.get((meeting.pk, pk))) and said.came is not None
        }
        found[meeting.pk] = sum(
            role == Role.CORE and organisation not in written and began_at <= meeting.starts_at
            for _, role, _, organisation, began_at in here
        )
    return found


def _answer(
    seat: LiveSeat, meeting: Meeting, told: Mapping[tuple[int, int], Attendance], today: date
) -> Iterator[Prompt]:
    on, now = clock.day_of(meeting.starts_at), clock.now()
    is_open = not meeting.begun_at and meeting.starts_at > now and on <= today + ASK_BEFORE
    said = told.get((meeting.pk, seat.key))
    if not is_open or (said and said.answer):
        return
    if seat.role is Role.DEPUTY and on != today:
        return  # a mandate for today says nothing about that day
    yield Prompt(
        key=f"agreements.answer:{meeting.pk}:{seat.key}:{on}",
        sentence=f"“{meeting.title}” on {day(on)}: say whether you come",
        why=f"{when(meeting.starts_at, meeting.minutes)}"
        f"{f', at {meeting.place}' if meeting.place else ''}.",
        minutes=1,
        url=meeting.get_absolute_url(),
        button="Say whether you come",
        place=meeting.cluster.name,
        due_on=on,
    )


def _to_run(meeting: Meeting, unwritten: Mapping[int, int], today: date) -> Iterator[Prompt]:
    on = clock.day_of(meeting.starts_at)
    url = reverse("agreements:live", args=[meeting.pk])
    if not meeting.begun_at and on == today:
        yield Prompt(
            key=f"agreements.begin:{meeting.pk}",
            sentence=f"Begin “{meeting.title}”, today at {clock_time(meeting.starts_at)}",
            why="The page for the meeting gathers who comes, what is decided and who promises what.",
            minutes=2,
            url=url,
            button="Open the meeting",
            place=meeting.cluster.name,
            due_on=on,
        )
    elif not meeting.begun_at and on < today:
        yield Prompt(
            key=f"agreements.held:{meeting.pk}",
            sentence=f"“{meeting.title}” on {day(on)}: write down who came, or call it off",
            why="Nobody has written down whether it was held.",
            minutes=3,
            url=url,
            button="Open the meeting",
            place=meeting.cluster.name,
            due_on=on,
        )
    elif n := unwritten.get(meeting.pk, 0):
        yield Prompt(
            key=f"agreements.came:{meeting.pk}",
            sentence=f"“{meeting.title}” on {day(on)}: write down who came",
            why=f"It is still open for {count(n, 'Core Group member')}.",
            minutes=1,
            url=url,
            button="Write down who came",
            place=meeting.cluster.name,
            due_on=on,
        )


def _next_one(reader: Reader, clusters: set[int]) -> Iterator[Prompt]:
    """Where there has been a meeting and none is to come, and for one cluster at a time: it is no
    duty. A cluster that is forming has it in the list of its stage. One query, or none."""
    clusters = clusters - _forming(reader) if clusters else clusters
    if not clusters:
        return
    held = Meeting.objects.filter(begun_at__isnull=False, cluster=OuterRef("pk"))
    found = Cluster.objects.filter(Exists(held), pk__in=clusters, ended_at=None).order_by("name")
    for cluster in found[:1]:
        yield Prompt(
            key=f"agreements.next_meeting:{cluster.pk}",
            sentence="Call the next meeting",
            why="None is called. A group with a day to meet keeps going.",
            minutes=3,
            url=reverse("agreements:call_meeting", args=[cluster.pk]),
            button="Call a meeting",
            place=cluster.name,
        )


def _forming(reader: Reader) -> set[int]:
    """Keys of clusters in which the room for it sees to forming."""
    journeys = journeys_of(reader)
    stages = stages_of(journeys) if journeys else {}
    return {
        journey.cluster_id
        for journey in journeys
        if (stage := stages[journey.pk].open_one)
        and stage.kind == _FORMING
        and kinds.kind_of(stage).page != kinds.PLAIN_PAGE
    }
