"""The next meeting on a cluster's page, its days among the dates, and who came in the report."""

from collections.abc import Iterator

from hedgerow.agreements import rules
from hedgerow.agreements.models import Meeting
from hedgerow.agreements.queries.attendance import attendance_of
from hedgerow.agreements.queries.meetings import next_of, own_answer, recent_for, when
from hedgerow.agreements.queries.places import sees
from hedgerow.core import clock
from hedgerow.core.rooms import DatedLine, Panel, Section
from hedgerow.look.words import clock_time, count, day, first_up
from hedgerow.people.access import seat_for, visible
from hedgerow.people.models import Cluster, Seat
from hedgerow.people.readers import LiveSeat, Reader


def panels(reader: Reader, cluster: Cluster) -> Iterator[Panel]:
    """At most four queries; one for those who do not sit round the table."""
    if not sees(reader, rules.SEE_AGREEMENTS, cluster):
        return
    meeting = next_of([cluster.pk]).get(cluster.pk)
    is_asked = meeting is not None and not meeting.begun_at and not cluster.ended_at
    seat = _asked_seat(reader, meeting) if is_asked else None
    leads = any(seat.roles & rules.CALL_MEETING.seats for seat in reader.in_cluster(cluster.pk))
    yield Panel(
        heading="The next meeting",
        template="agreements/_meeting_next.html",
        context={
            "cluster": cluster,
            "meeting": meeting,
            "when": when(meeting.starts_at, meeting.minutes) if meeting else "",
            "seat": seat.key if seat else None,
            "answer": own_answer(reader, meeting, seat.key) if seat else "",
            "may_lead": leads and not cluster.ended_at,
        },
        order=12,
    )


def dates(reader: Reader, cluster: Cluster) -> Iterator[DatedLine]:
    """Meetings to come. One query for all the reader's clusters."""
    for meeting in recent_for(reader):
        is_here = meeting.cluster_id == cluster.pk
        if not is_here or meeting.begun_at or meeting.starts_at <= clock.now():
            continue
        yield DatedLine(
            on=clock.day_of(meeting.starts_at),
            sentence=f"{meeting.title}, {clock_time(meeting.starts_at)}",
            url=meeting.get_absolute_url(),
        )


def sections(reader: Reader, cluster: Cluster) -> Iterator[Section]:
    held = visible(reader, rules.SEE_MEETING).filter(cluster=cluster, begun_at__isnull=False)
    days = [day(meeting.starts_at) for meeting in held]
    if not days:
        return
    came = attendance_of(cluster)
    seats = Seat.objects.filter(pk__in=came).select_related("organisation")
    yield Section(
        heading="Our meetings",
        sentences=(
            f"{first_up(count(len(days), 'meeting'))} so far: {'; '.join(days)}.",
            *(
                f"{seat.organisation}: {came[seat.pk].words}"
                for seat in seats.order_by("organisation__name")
            ),
        ),
        source="What was written down at each meeting.",
        as_at=clock.today(),
        order=30,
    )


def _asked_seat(reader: Reader, meeting: Meeting) -> LiveSeat | None:
    """From which they answer; None for those who are not asked."""
    try:
        return seat_for(reader, rules.ANSWER_MEETING, meeting)
    except LookupError:
        return None
