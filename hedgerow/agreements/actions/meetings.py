"""Calling a meeting, changing it, calling it off, and what is written down while it goes on."""

from datetime import date, datetime, time, timedelta

from hedgerow.agreements.calendars import Method
from hedgerow.agreements.models import Answer, Attendance, Meeting, MeetingChange, Note
from hedgerow.agreements.queries.attendance import mandated
from hedgerow.agreements.times import in_london
from hedgerow.core import clock
from hedgerow.core.actions import Refused, action, locked, nothing_to_do, record
from hedgerow.core.actors import Actor
from hedgerow.core.owners import Owner
from hedgerow.look.words import clock_time, day, weekday
from hedgerow.people.access import ROUND_THE_TABLE
from hedgerow.people.actions.clusters import going_on
from hedgerow.people.kinds import refuse_unseen
from hedgerow.people.models import Cluster, Role, Seat
from hedgerow.people.readers import live, seat_words

from .letters import tell_the_table
from .speakers import may_write_to_all

FURTHEST = timedelta(days=2 * 366)
_SEAT = ("user", "organisation", "cluster", "programme")


@action
def call_meeting(
    *,
    by: Actor,
    cluster: Cluster,
    title: str,
    on: date,
    at: time,
    minutes: int,
    place: str = "",
    link: str = "",
    social: str = "",
) -> Meeting:
    """Call the Core Group together: `on` and `at` as clocks in the United Kingdom show them.

    Everybody round the table gets a letter with the invitation. Whoever calls it is coming.
    """
    going_on(locked(cluster))
    starts_at = _instant(on, at)
    _check_words(title, minutes, place, link, social)
    now = clock.now()
    meeting = Meeting.objects.create(
        cluster=cluster,
        title=title.strip(),
        starts_at=starts_at,
        minutes=minutes,
        place=place.strip(),
        link=link.strip(),
        social=social.strip(),
        called_by_id=seat_of(by),
        called_at=now,
    )
    Attendance.objects.create(
        meeting=meeting, seat_id=by.seat, answer=Answer.COMING, answered_at=now
    )
    may_write_to_all(by, meeting.cluster)
    tell_the_table(meeting, Method.REQUEST)
    _record("agreements.meeting_called", by, meeting, starts_at=starts_at)
    return meeting


@action
def change_meeting(
    *,
    by: Actor,
    meeting: Meeting,
    version: int,
    reason: str,
    title: str,
    on: date,
    at: time,
    minutes: int,
    place: str = "",
    link: str = "",
    social: str = "",
) -> Meeting:
    """Change what was called. Moved to another time, it needs a reason, and everybody is asked
    again whether they come. Calendars hear of each change."""
    meeting = _waiting(meeting, version)
    starts_at = _instant(on, at) if (on, at) != _shown(meeting) else meeting.starts_at
    _check_words(title, minutes, place, link, social)
    words = {
        "title": title.strip(),
        "starts_at": starts_at,
        "minutes": minutes,
        "place": place.strip(),
        "link": link.strip(),
        "social": social.strip(),
    }
    before = {name: getattr(meeting, name) for name in words}
    if before == words:
        nothing_to_do()
        return meeting
    is_moved = starts_at != meeting.starts_at
    if is_moved and not reason.strip():
        raise Refused("Say why it moves, so that everybody can plan with it.")
    if meeting.ends_at <= clock.now() and not is_moved:
        raise Refused("This meeting is over. Call another one.")
    _change(by, meeting, reason, to_at=starts_at)
    for name, value in words.items():
        setattr(meeting, name, value)
    meeting.reason = reason.strip()
    meeting.sequence += 1
    _save(meeting, *words, "reason", "sequence")
    if is_moved:
        others = meeting.attendances.exclude(seat=by.seat)
        others.update(answer="", answered_at=None)
    may_write_to_all(by, meeting.cluster)
    tell_the_table(meeting, Method.REQUEST)
    _record(
        "agreements.meeting_changed",
        by,
        meeting,
        from_at=before["starts_at"],
        starts_at=starts_at,
    )
    return meeting


@action
def call_off(*, by: Actor, meeting: Meeting, reason: str, version: int) -> Meeting:
    """It does not take place. It stays to be read, with the reason, and with each reason before."""
    meeting = _waiting(meeting, version)
    if not reason.strip():
        raise Refused("Say why it is called off; everybody gets it with the letter.")
    _change(by, meeting, reason, to_at=None)
    meeting.called_off_at, meeting.reason = clock.now(), reason.strip()
    meeting.sequence += 1
    _save(meeting, "called_off_at", "reason", "sequence")
    if meeting.ends_at > clock.now():
        tell_the_table(meeting, Method.CANCEL)
    _record("agreements.meeting_called_off", by, meeting)
    return meeting


@action
def answer_meeting(*, by: Actor, meeting: Meeting, answer: str) -> Attendance:
    """Say from one's own seat whether one comes; said again, it is changed."""
    answer = Answer(answer)
    meeting = _waiting(meeting)
    if meeting.ends_at <= clock.now():
        raise Refused(f"This meeting was on {day(meeting.starts_at)}, so it is over.")
    seat = _seat_in(meeting, Seat(pk=seat_of(by)))
    if answer is Answer.COMING:
        _may_come(meeting, seat)
    attendance, _ = Attendance.objects.get_or_create(meeting=meeting, seat=seat)
    if attendance.answer == answer:
        nothing_to_do()
        return attendance
    attendance.answer, attendance.answered_at = answer, clock.now()
    attendance.save(update_fields=["answer", "answered_at"])
    _record("agreements.meeting_answered", by, meeting, answer=answer.value)
    return attendance


@action
def begin_meeting(*, by: Actor, meeting: Meeting) -> Meeting:
    """From now on it is written down who came, and what was said."""
    meeting = _fresh(meeting)
    if meeting.called_off_at:
        raise Refused(_called_off(meeting))
    if meeting.begun_at:
        nothing_to_do()
        return meeting
    if clock.day_of(meeting.starts_at) > clock.today():
        raise Refused(
            f"This meeting is on {weekday(meeting.starts_at)}. Begin it on that day; "
            "if you meet sooner, move it first."
        )
    meeting.begun_at = clock.now()
    _save(meeting, "begun_at")
    _record("agreements.meeting_begun", by, meeting)
    return meeting


@action
def end_meeting(*, by: Actor, meeting: Meeting) -> Meeting:
    """It is over. What was forgotten can still be written down, and says when it was."""
    meeting = _begun(meeting)
    if meeting.ended_at:
        nothing_to_do()
        return meeting
    meeting.ended_at = clock.now()
    _save(meeting, "ended_at")
    _record("agreements.meeting_ended", by, meeting)
    return meeting


@action
def note_who_came(*, by: Actor, meeting: Meeting, seat: Seat, came: bool) -> Attendance:
    """Write down for one seat whether its holder came; said again, it is put right.

    A deputy is there only with a mandate for that day, and then stands in, which is said.
    """
    meeting = _begun(meeting)
    seat = _seat_in(meeting, seat)
    if came:
        _may_come(meeting, seat)
    stood_in = came and seat.role == Role.DEPUTY
    attendance, _ = Attendance.objects.get_or_create(meeting=meeting, seat=seat)
    if (attendance.came, attendance.stood_in) == (came, stood_in):
        nothing_to_do()
        return attendance
    attendance.came, attendance.stood_in = came, stood_in
    attendance.came_by_id = seat_of(by)
    attendance.save(update_fields=["came", "stood_in", "came_by"])
    _record("agreements.attendance_noted", by, meeting, seat=seat.pk, came=came, stood_in=stood_in)
    return attendance


@action
def add_note(*, by: Actor, meeting: Meeting, words: str) -> Note:
    """Write a line into the minutes."""
    meeting = _begun(meeting)
    if not words.strip():
        raise Refused("Write the note first.")
    note = Note.objects.create(
        meeting=meeting, words=words.strip(), by_id=seat_of(by), at=clock.now()
    )
    _record("agreements.note_added", by, note, meeting=meeting)
    return note


@action
def strike_note(*, by: Actor, note: Note) -> Note:
    """Strike a line out. It stays to be read."""
    meeting = _begun(note.meeting)
    note = locked(note)
    if note.struck_at:
        nothing_to_do()
        return note
    note.struck_at = clock.now()
    note.save(update_fields=["struck_at"])
    _record("agreements.note_struck", by, note, meeting=meeting)
    return note


# What the agenda's actions share with these, inside their own transactions.


def seat_of(by: Actor) -> int:
    """Raises ValueError for the clock and the command line, which hold no seat."""
    if by.seat is None:
        raise ValueError("this is done by somebody in a seat")
    return by.seat


def meeting_to_come(meeting: Meeting) -> Meeting:
    """Locked. Raises Refused if it was called off or has ended."""
    meeting = _fresh(meeting)
    if meeting.called_off_at:
        raise Refused(_called_off(meeting))
    if meeting.ended_at:
        raise Refused(f"This meeting ended on {day(meeting.ended_at)}. Put it to the next one.")
    return meeting


def _fresh(meeting: Meeting, version: int | None = None) -> Meeting:
    meeting = locked(meeting, version=version)
    going_on(meeting.cluster)
    return meeting


def _waiting(meeting: Meeting, version: int | None = None) -> Meeting:
    """Locked. Raises Refused if it is not to come any more."""
    meeting = _fresh(meeting, version)
    if meeting.called_off_at:
        raise Refused(_called_off(meeting))
    if meeting.begun_at:
        raise Refused(f"This meeting began on {day(meeting.begun_at)}, so it stays as it is.")
    return meeting


def _begun(meeting: Meeting) -> Meeting:
    meeting = _fresh(meeting)
    if meeting.called_off_at:
        raise Refused(_called_off(meeting))
    if not meeting.begun_at:
        raise Refused("This meeting has not begun yet. Begin it first.")
    return meeting


def _called_off(meeting: Meeting) -> str:
    return f"This meeting was called off on {day(meeting.called_off_at)}: {meeting.reason}"


def _instant(on: date, at: time) -> datetime:
    try:
        starts_at = in_london(on, at)
    except ValueError as no_such_time:
        raise Refused(str(no_such_time)) from None
    now = clock.now()
    if starts_at <= now:
        raise Refused(
            f"{weekday(starts_at)}, {clock_time(starts_at)}, has passed. Choose a later time."
        )
    if starts_at > now + FURTHEST:
        raise Refused(f"{day(on)} is more than two years ahead. Check the year.")
    return starts_at


def _shown(meeting: Meeting) -> tuple[date, time]:
    told = meeting.starts_at.astimezone(clock.LONDON)
    return told.date(), told.time()


def _check_words(title: str, minutes: int, place: str, link: str, social: str) -> None:
    if not title.strip():
        raise Refused("Give the meeting a name, such as “Core Group meeting”.")
    refuse_unseen(title, place, link, social)
    if not 5 <= minutes <= 720:
        raise Refused("A meeting takes from 5 minutes to 12 hours. Write how many minutes.")
    if link.strip() and not link.strip().startswith(("https://", "http://")):
        raise Refused("The link to join begins with https:// or http://. Copy it whole.")


def _seat_in(meeting: Meeting, seat: Seat) -> Seat:
    """A seat round this table, at the meeting or today."""
    there = live(min(clock.now(), meeting.ends_at))
    found = (
        Seat.objects.filter(there, pk=seat.pk, cluster=meeting.cluster_id, role__in=ROUND_THE_TABLE)
        .select_related(*_SEAT)
        .first()
    )
    if found is None:
        raise Refused("This seat is not at the table of this meeting, or it has ended.")
    return found


def _may_come(meeting: Meeting, seat: Seat) -> None:
    """Raises Refused for a deputy whom no mandate lets stand in on that day."""
    if seat.role != Role.DEPUTY or (meeting.pk, seat.pk) in mandated([meeting]):
        return
    raise Refused(
        f"{seat_words(seat)} has no mandate for {day(meeting.starts_at)}, so cannot stand in. "
        "The Core Group member can give one for that day, on the page of seats and deputies."
    )


def _change(by: Actor, meeting: Meeting, reason: str, *, to_at: datetime | None) -> None:
    """Write down how it was called until now, and why that changes. `to_at`: None if called off."""
    MeetingChange.objects.create(
        meeting=meeting,
        title=meeting.title,
        from_at=meeting.starts_at,
        to_at=to_at,
        minutes=meeting.minutes,
        place=meeting.place,
        link=meeting.link,
        social=meeting.social,
        reason=reason.strip(),
        by_id=seat_of(by),
        at=clock.now(),
    )


def _save(meeting: Meeting, *names: str) -> None:
    meeting.version += 1
    meeting.save(update_fields=[*names, "version"])


def _record(did: str, by: Actor, to: Meeting | Note, **detail: object) -> None:
    told = detail.pop("meeting", None)
    meeting = told if isinstance(told, Meeting) else to
    if meeting is not to:
        detail["meeting"] = meeting.pk
    record(did, by=by, to=to, owner=(Owner.CLUSTER, meeting.cluster_id), **detail)
