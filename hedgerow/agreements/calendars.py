"""Meetings and days as iCalendar (RFC 5545), for calendars of any make."""

import re
from collections.abc import Iterable
from dataclasses import dataclass, replace
from datetime import date, datetime, time, timedelta
from email.utils import parseaddr
from enum import StrEnum

from django.conf import settings
from icalendar import Calendar, Event, Timezone, TimezoneStandard, vBoolean, vCalAddress, vText

from .models import Meeting

_PRODUCT = "-//Hedgerow//Calendar//EN"
_BREAKS = re.compile(r"\r\n|[\r\n\x0b\x0c\x1c-\x1e\x85\u2028\u2029]")
_UNSEEN = re.compile(r"[\x00-\x09\x0e-\x1f\x7f-\x9f]")
_ONE_DAY = timedelta(days=1)


class Method(StrEnum):
    PUBLISH = "PUBLISH"  # to be read
    REQUEST = "REQUEST"  # an invitation, and each change of it
    CANCEL = "CANCEL"


@dataclass(frozen=True, kw_only=True)
class Entry:
    """One line of a calendar. `starts` is an instant, or a day that it is for."""

    uid: str  # the same for ever, on whatever site it is read
    title: str
    starts: date | datetime
    minutes: int = 0  # of an instant
    changed_at: datetime
    sequence: int = 0
    is_called_off: bool = False
    place: str = ""
    words: str = ""
    url: str = ""  # a path of ours


def uid_of(kind: str, key: int, made_at: datetime) -> str:
    """Names one row on one site: the microsecond at which it was made tells sites apart."""
    return f"{kind}-{key}-{made_at:%Y%m%d%H%M%S%f}@hedgerow"


def entry_of(meeting: Meeting) -> Entry:
    """The meeting, with its cluster beside it."""
    changes = (meeting.called_at, meeting.called_off_at, meeting.begun_at, meeting.ended_at)
    said = (
        f"Called off: {meeting.reason}" if meeting.called_off_at else "",
        f"To join from afar: {meeting.link}" if meeting.link else "",
        f"And then: {meeting.social}" if meeting.social else "",
        f"What it is about: {settings.PUBLIC_URL}{meeting.get_absolute_url()}",
    )
    return Entry(
        uid=uid_of("meeting", meeting.pk, meeting.called_at),
        title=f"{meeting.title}, {meeting.cluster}",
        starts=meeting.starts_at,
        minutes=meeting.minutes,
        changed_at=max(at for at in changes if at),
        sequence=meeting.sequence,
        is_called_off=bool(meeting.called_off_at),
        place=meeting.place or meeting.link,
        words="\n".join(part for part in said if part),
        url=meeting.get_absolute_url(),
    )


def invitation(entry: Entry, *, method: Method, sent_at: datetime, to: str, of: str) -> str:
    """To one person, who is the only one it names; `of` is whose meeting it is."""
    event = _event(replace(entry, changed_at=sent_at), of=of)
    attendee = vCalAddress(f"mailto:{to}")
    attendee.params["RSVP"] = vBoolean(False)  # they answer on the page, where all can read it
    event.add("attendee", attendee)
    return _whole(method, (event,))


def calendar(name: str, entries: Iterable[Entry]) -> str:
    """A file or feed of any number of entries, also none."""
    return _whole(Method.PUBLISH, [_event(entry, of=name) for entry in entries], name=name)


def _whole(method: Method, events: Iterable[Event], *, name: str = "") -> str:
    whole = Calendar()
    whole.add("prodid", _PRODUCT)
    whole.add("version", "2.0")
    whole.add("calscale", "GREGORIAN")
    whole.add("method", method.value)
    if name:
        whole.add("name", vText(_on_one_line(name)))
        whole.add("x-wr-calname", vText(_on_one_line(name)))  # what most calendars still read
    parts = list(events) or [_nothing()]
    for part in parts:
        whole.add_component(part)
    return whole.to_ical().decode()


def _nothing() -> Timezone:
    """A calendar holds at least one part (RFC 5545, 3.6): this one is no event."""
    standard = TimezoneStandard()
    standard.add("dtstart", datetime.combine(date(1970, 1, 1), time()))  # RFC 5545: without a zone
    standard.add("tzoffsetfrom", timedelta())
    standard.add("tzoffsetto", timedelta())
    utc = Timezone()
    utc.add("tzid", "UTC")
    utc.add_component(standard)
    return utc


def _event(entry: Entry, *, of: str) -> Event:
    event = Event()
    event.add("uid", entry.uid)
    event.add("dtstamp", entry.changed_at)
    event.add("sequence", entry.sequence)
    event.add("summary", _clean(entry.title))
    event.add("status", "CANCELLED" if entry.is_called_off else "CONFIRMED")
    event.add("dtstart", entry.starts)
    if isinstance(entry.starts, datetime):
        event.add("dtend", entry.starts + timedelta(minutes=entry.minutes))
    else:
        event.add("dtend", entry.starts + _ONE_DAY)
        event.add("transp", "TRANSPARENT")  # a day to know of; whoever has it is still free
    if entry.place:
        event.add("location", _clean(entry.place))
    if entry.words:
        event.add("description", _clean(entry.words))
    if entry.url:
        event.add("url", f"{settings.PUBLIC_URL}{entry.url}")
    event.add("organizer", _organiser(of))
    return event


def _organiser(name: str) -> vCalAddress:
    """This site, in the cluster's name: nobody's own address is told to the others."""
    address = vCalAddress(f"mailto:{parseaddr(settings.DEFAULT_FROM_EMAIL)[1]}")
    address.params["CN"] = vText(_on_one_line(name).replace('"', "'"))
    return address


def _on_one_line(words: str) -> str:
    return " ".join(_clean(words).split())


def _clean(words: str) -> str:
    """Line breaks of every alphabet as one kind, and nothing else that cannot be seen."""
    return _UNSEEN.sub("", _BREAKS.sub("\n", words))
