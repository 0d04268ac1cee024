"""Letters about a meeting: the invitation, its changes, and that it is called off."""

from django.conf import settings

from hedgerow.agreements.calendars import Method, entry_of, invitation
from hedgerow.agreements.models import Meeting
from hedgerow.agreements.queries.agenda import hours
from hedgerow.core import clock, outbox
from hedgerow.look.words import clock_time, weekday
from hedgerow.people.access import ROUND_THE_TABLE
from hedgerow.people.models import Seat, User
from hedgerow.people.readers import live


def tell_the_table(meeting: Meeting, method: Method) -> None:
    """One letter to each person round it, with the invitation as a file; to nobody of the example."""
    if meeting.cluster.is_example:
        return
    here = Seat.objects.filter(
        live(clock.now()), cluster=meeting.cluster_id, role__in=ROUND_THE_TABLE
    )
    people = User.objects.filter(
        pk__in=here.values("user"), is_active=True, is_example=False
    ).order_by("pk")
    entry, sent_at = entry_of(meeting), clock.now()
    for person in people:
        outbox.post(
            to=person.email,
            subject=_subject(meeting),
            text=_words(meeting),
            key=f"agreements.meeting:{meeting.pk}:{meeting.sequence}:{person.pk}",
            why="meeting",
            person=person.pk,
            calendar=invitation(
                entry, method=method, sent_at=sent_at, to=person.email, of=str(meeting.cluster)
            ),
        )


def _subject(meeting: Meeting) -> str:
    on = f"{weekday(meeting.starts_at)}, {clock_time(meeting.starts_at)}"
    if meeting.called_off_at:
        return f"Called off: {meeting.title}, {on}"
    return f"{'Changed: ' if meeting.sequence else ''}{meeting.title}, {on}"


def _words(meeting: Meeting) -> str:
    """All that the invitation says, for those whose mail reads none."""
    at = f"{weekday(meeting.starts_at)}, {clock_time(meeting.starts_at)}"
    there = f"{settings.PUBLIC_URL}{meeting.get_absolute_url()}"
    if meeting.called_off_at:
        lines = [
            f"{meeting.title} of {meeting.cluster} on {at} is called off.",
            f"The reason: {meeting.reason}",
            f"If it is in your calendar, the file with this letter takes it out.\n{there}",
        ]
    else:
        lines = [
            f"{meeting.title} of {meeting.cluster}: {at}, for {hours(meeting.minutes)}.",
            f"It has changed. {meeting.reason}".strip() if meeting.sequence else "",
            f"Where: {meeting.place}" if meeting.place else "",
            f"To join from afar: {meeting.link}" if meeting.link else "",
            f"And then: {meeting.social}" if meeting.social else "",
            f"Say whether you come, and see what it is about:\n{there}",
            "The file with this letter puts it into your calendar.",
        ]
    return "\n\n".join(line for line in lines if line) + "\n"
