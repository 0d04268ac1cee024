"""Who sits at a meeting, who came, and who came how often."""

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime

from django.db.models import Q

from hedgerow.agreements.models import Answer, Attendance, Meeting
from hedgerow.core import clock
from hedgerow.look.words import count, out_of
from hedgerow.people.access import ROUND_THE_TABLE
from hedgerow.people.models import Cluster, Mandate, Role, Seat
from hedgerow.people.readers import live, seat_words

_SEAT = ("user", "organisation", "cluster", "programme")
_RANK = {role: rank for rank, role in enumerate(Role)}


@dataclass(frozen=True, kw_only=True)
class Chair:
    """A seat at one meeting."""

    key: int  # of the seat
    words: str
    role: Role
    organisation: int | None
    answer: str  # an Answer, or empty
    came: bool | None  # None: nobody has written it down
    stood_in: bool
    may_stand_in: bool  # a deputy with a mandate for that day

    @property
    def ident(self) -> str:
        """Of its place on the live page."""
        return f"seat-{self.key}"

    @property
    def is_of_core_group(self) -> bool:
        return self.role in (Role.CORE, Role.DEPUTY)

    @property
    def needs_mandate(self) -> bool:
        return self.role is Role.DEPUTY and not self.may_stand_in

    @property
    def said(self) -> str:
        """What they answered, in words."""
        if not self.answer:
            return "No word yet"
        return "Is coming" if self.answer == Answer.COMING else "Cannot come"

    @property
    def went(self) -> str:
        """Whether they came, in words."""
        if self.came is None:
            return "Not written down"
        if not self.came:
            return "Did not come"
        return "Stood in" if self.stood_in else "Came"


@dataclass(frozen=True, kw_only=True)
class Attended:
    """How often one Core Group member came, of the meetings where it was written down."""

    n_came: int
    n_meetings: int
    words: str


def seats_at(meeting: Meeting) -> list[Seat]:
    """Who sits round the table at its end, or now if that is to come; and whoever it was written
    down for. By organisation. One query."""
    written = meeting.attendances.filter(came__isnull=False).values("seat")
    there = live(min(clock.now(), meeting.ends_at)) & Q(user__is_active=True)
    seats = Seat.objects.filter(
        there | Q(pk__in=written), cluster=meeting.cluster_id, role__in=ROUND_THE_TABLE
    ).select_related(*_SEAT)
    return sorted(
        seats,
        key=lambda seat: (not seat.organisation, str(seat.organisation), _RANK[Role(seat.role)]),
    )


def mandated(meetings: Iterable[Meeting]) -> set[tuple[int, int]]:
    """Meeting and seat of each deputy whose mandate holds on its day. One query, or none."""
    meetings = list(meetings)
    if not meetings:
        return set()
    days = {meeting.pk: clock.day_of(meeting.starts_at) for meeting in meetings}
    mandates = Mandate.objects.filter(
        deputy__cluster__in={meeting.cluster_id for meeting in meetings},
        from_on__lte=max(days.values()),
        until_on__gte=min(days.values()),
    ).values_list("deputy", "deputy__cluster", "from_on", "until_on", "ended_at")
    return {
        (meeting.pk, deputy)
        for deputy, cluster, from_on, until_on, ended_at in mandates
        for meeting in meetings
        if cluster == meeting.cluster_id
        and from_on <= days[meeting.pk] <= until_on
        and (ended_at is None or ended_at > meeting.ends_at)
    }


def chairs(meeting: Meeting) -> list[Chair]:
    """The Core Group first, by organisation; then those beside it. Three queries."""
    said = {told.seat_id: told for told in meeting.attendances.select_related(None)}
    deputies = mandated([meeting])
    found = []
    for seat in seats_at(meeting):
        told = said.get(seat.pk)
        found.append(
            Chair(
                key=seat.pk,
                words=seat_words(seat),
                role=Role(seat.role),
                organisation=seat.organisation_id,
                answer=told.answer if told else "",
                came=told.came if told else None,
                stood_in=bool(told and told.stood_in),
                may_stand_in=(meeting.pk, seat.pk) in deputies,
            )
        )
    return sorted(found, key=lambda chair: not chair.is_of_core_group)


def attendance_of(cluster: Cluster) -> dict[int, Attended]:
    """By the key of each live Core Group seat. Three queries."""
    held = list(
        Meeting.objects.filter(cluster=cluster, begun_at__isnull=False).values_list(
            "pk", "starts_at"
        )
    )
    seats = list(Seat.objects.filter(live(clock.now()), cluster=cluster, role=Role.CORE))
    came: dict[int, dict[int, bool]] = defaultdict(dict)
    stood_in: dict[int, set[int]] = defaultdict(set)
    told = Attendance.objects.filter(meeting__cluster=cluster, came__isnull=False)
    for meeting, seat, did, stood, organisation in told.values_list(
        "meeting", "seat", "came", "stood_in", "seat__organisation"
    ):
        came[seat][meeting] = did
        if stood and did:
            stood_in[organisation].add(meeting)
    return {
        seat.pk: _attended(seat, held, came[seat.pk], stood_in[seat.organisation_id])
        for seat in seats
    }


def _attended(
    seat: Seat, held: list[tuple[int, datetime]], came: dict[int, bool], stood_in: set[int]
) -> Attended:
    """Only meetings since they have had the seat; what is not written down is no absence."""
    since = [key for key, starts_at in held if starts_at >= seat.began_at or key in came]
    written = [key for key in since if key in came]
    n_came = sum(came[key] for key in written)
    n_stood_in = len(stood_in.intersection(key for key in written if not came[key]))
    return Attended(
        n_came=n_came,
        n_meetings=len(written),
        words=_words(n_came, len(written), n_stood_in, len(since) - len(written)),
    )


def _words(n_came: int, n: int, n_stood_in: int, n_unwritten: int) -> str:
    if not n:
        return "No meeting has been written down yet."
    if n > 1:
        said = f"Came to {out_of(n_came, n)} meetings"
    else:
        said = f"{'Came' if n_came else 'Did not come'} to the one meeting"
    if n_stood_in:
        said += f"; a deputy stood in {_times(n_stood_in)}"
    if n_unwritten:
        said += f"; for {count(n_unwritten, 'more')} it is not written down"
    return f"{said}."


def _times(n: int) -> str:
    return {1: "once", 2: "twice"}.get(n, count(n, "time"))
