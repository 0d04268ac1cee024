"""The weekly letter: one thing to do first, then the rest, to whoever has something to do."""

from collections.abc import Iterator
from dataclasses import dataclass, replace
from datetime import date, timedelta

from django.conf import settings
from django.template.loader import render_to_string
from django.urls import get_resolver, reverse

from hedgerow.core import clock, links
from hedgerow.core.models import Event
from hedgerow.core.owners import Audience
from hedgerow.core.rooms import Prompt
from hedgerow.people.models import User
from hedgerow.people.queries import HistoryLine, changes_since
from hedgerow.people.readers import LiveSeat, Reader, reader_of

from .queries.own import NextLine, NextList, next_list
from .words import headline

OFF = "digest-off"  # purpose of a signed link; kept in links that are out
WEEK = timedelta(days=7)
OFF_LASTS = timedelta(days=365)
MOST_CHANGES = 5


@dataclass(frozen=True, kw_only=True)
class Letter:
    to: str
    person: int
    subject: str
    text: str
    key: str  # one a person and week


@dataclass(frozen=True, kw_only=True)
class LetterLine:
    line: NextLine
    why: str  # empty where only a second factor opens it
    url: str
    act_url: str = ""


def readers_of_digest() -> Iterator[int]:
    """Keys of the people who may be written to: real, active, and not unwilling. One query."""
    willing = User.objects.filter(is_active=True, is_example=False, wants_digest=True)
    yield from willing.order_by("pk").values_list("pk", flat=True)


def letter_for(user: User, week: date) -> Letter | None:
    """What is written to them in the week that begins on this Monday; None if nothing waits.

    A letter shows no second factor: of what waits behind one it tells the bare sentence, and
    nothing that changed there.
    """
    found = next_list(reader_of(user, second_factor=True), clock.today())
    if not found.lines:
        return None
    reader = reader_of(user)
    first, *rest = _letter_lines(found, reader)
    context = {
        "headline": headline(found),
        "first": replace(first, act_url=_act_url(reader, first.line.prompt)),
        "rest": rest,
        "changes": _changes(reader),
        "home_url": _absolute(reverse("home")),
        "off_url": _off_url(user),
    }
    return Letter(
        to=user.email,
        person=user.pk,
        subject=headline(found),
        text=render_to_string("front/digest.txt", context),
        key=key_of(user.pk, week),
    )


def _changes(reader: Reader) -> list[HistoryLine]:
    """Only what the whole of a cluster may know: a letter lies open."""
    lines = changes_since(reader, clock.now() - WEEK)
    told = set(
        Event.objects.filter(
            number__in=[line.number for line in lines], audience__in=Audience.CLUSTER.up
        ).values_list("number", flat=True)
    )
    return [line for line in lines if line.number in told][:MOST_CHANGES]


def _letter_lines(found: NextList, reader: Reader) -> list[LetterLine]:
    open_ones = {line.prompt.key for line in next_list(reader, clock.today()).lines}
    return [
        LetterLine(
            line=line,
            why=line.prompt.why if line.prompt.key in open_ones else "",
            url=_absolute(line.prompt.url),
        )
        for line in found.lines
    ]


def key_of(person: int, week: date) -> str:
    return f"digest:{person}:{week.isoformat()}"


def monday_of(day: date) -> date:
    return day - timedelta(days=day.weekday())


def _act_url(reader: Reader, prompt: Prompt) -> str:
    """A signed link that does it at once; empty where that is not safe."""
    seat = _asked_in(reader, prompt) if prompt.act else None
    name = _page_for(prompt.act) if seat else ""
    if seat is None or not name:
        return ""
    token = links.make(
        prompt.act,
        person=reader.person.pk,
        seat=seat.key,
        about=prompt.act_on,
        version=prompt.act_version,
        expires_at=clock.now() + WEEK,
    )
    return _absolute(reverse(name, args=[token]))


def _asked_in(reader: Reader, prompt: Prompt) -> LiveSeat | None:
    """The seat from which this is asked: the one that is asked it when it stands alone."""
    for seat in reader.seats:
        alone = next_list(replace(reader, seats=(seat,)), clock.today())
        if any(line.prompt.key == prompt.key for line in alone.lines):
            return seat
    return None


def _page_for(purpose: str) -> str:
    """The name of the page behind the door that is keyed for this purpose; "" if there is none."""
    return next((name for name, door in _keyed(get_resolver()) if door == purpose), "")


def _keyed(resolver, spaces: str = "") -> Iterator[tuple[str, str]]:
    for pattern in resolver.url_patterns:
        if hasattr(pattern, "url_patterns"):
            space = f"{spaces}{pattern.namespace}:" if pattern.namespace else spaces
            yield from _keyed(pattern, space)
        elif getattr(pattern.callback, "kind", "") == "keyed":
            yield f"{spaces}{pattern.name}", pattern.callback.purpose


def _off_url(user: User) -> str:
    token = links.make(
        OFF,
        person=user.pk,
        seat=None,
        about=user.pk,
        version=0,
        expires_at=clock.now() + OFF_LASTS,
    )
    return _absolute(reverse("digest_off", args=[token]))


def _absolute(path: str) -> str:
    return f"{settings.PUBLIC_URL}{path}"
