"""What waits for whom about meetings: an answer, who came, the next one."""

from collections.abc import Iterable, Iterator, Mapping
from datetime import date, timedelta

from django.urls import reverse

from hedgerow.agreements.models import Attendance, Meeting
from hedgerow.agreements.queries.meetings import when
from hedgerow.core import clock
from hedgerow.core.rooms import Prompt
from hedgerow.look.words import clock_time, count, day
from hedgerow.people.models import Cluster, Role, Seat
from hedgerow.people.readers import LiveSeat, Reader, live

ASK_BEFORE = timedelta(days=42)
FORGOTTEN_AFTER = timedelta(days=28)  # who came is not asked for longer than this

_ASKED = frozenset({Role.CORE, Role.FACILITATOR, Role.SUPPORTER})


def of_meetings(reader: Reader, today: date) -> Iterator[Prompt]:
    """At most five queries; none for somebody who sits round no table."""
    seats = [seat for seat in reader.seats if seat.cluster and seat.roles & _ASKED]
    if not seats:
        return
    meetings = _meetings(seats)
    told = _told(meetings)
    for seat in seats:
        for meeting in meetings:
            if meeting.cluster_id == seat.cluster:
                yield from _answer(seat, meeting, told, today)
    leads = _leads(seats)
    if not leads:
        return
    unwritten = _unwritten(meetings, told, today)
    for meeting in meetings:
        if meeting.cluster_id in leads:
            yield from _to_run(meeting, unwritten, today)
    yield from _next_one(leads, meetings)


def _meetings(seats: Iterable[LiveSeat]) -> list[Meeting]:
    """Of clusters that go on, from four weeks back. One query."""
    since = clock.now() - FORGOTTEN_AFTER
    found = Meeting.objects.filter(
        cluster__in={seat.cluster for seat in seats},
        cluster__ended_at=None,
        called_off_at=None,
        starts_at__gt=since,
    )
    return list(found.select_related("cluster"))


def _told(meetings: Iterable[Meeting]) -> dict[tuple[int, int], Attendance]:
    """By meeting and seat. One query, or none."""
    keys = [meeting.pk for meeting in meetings]
    if not keys:
        return {}
    found = Attendance.objects.filter(meeting__in=keys)
    return {(told.meeting_id, told.seat_id): told for told in found}


def _leads(seats: Iterable[LiveSeat]) -> set[int]:
    """Clusters that they lead: as facilitator, or from the Core Group where there is none. One
    query, or none."""
    own = {seat.cluster for seat in seats if seat.role is Role.FACILITATOR}
    core = {seat.cluster for seat in seats if Role.CORE in seat.roles} - own
    if not core:
        return own
    led = Seat.objects.filter(live(clock.now()), role=Role.FACILITATOR, cluster__in=core)
    return own | (core - set(led.values_list("cluster", flat=True)))


def _unwritten(
    meetings: Iterable[Meeting], told: Mapping[tuple[int, int], Attendance], today: date
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


def _next_one(leads: set[int], meetings: Iterable[Meeting]) -> Iterator[Prompt]:
    """Where there has been a meeting and none is to come. One query, or none."""
    now = clock.now()
    coming = {meeting.cluster_id for meeting in meetings if meeting.ends_at > now}
    without = leads - coming
    if not without:
        return
    held = Meeting.objects.filter(begun_at__isnull=False, cluster__in=without).values("cluster")
    for cluster in Cluster.objects.filter(pk__in=held, ended_at=None).order_by("name"):
        yield Prompt(
            key=f"agreements.next_meeting:{cluster.pk}",
            sentence="Call the next meeting",
            why="None is called. A group with a day to meet keeps going.",
            minutes=3,
            url=reverse("agreements:call_meeting", args=[cluster.pk]),
            button="Call a meeting",
            place=cluster.name,
        )
