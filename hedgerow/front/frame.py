"""What stands round every page: who reads it, and where they can go. Asks the database nothing
that the reader does not cost anyway."""

from collections.abc import Iterator
from dataclasses import dataclass

from django.urls import reverse

from hedgerow.core.rooms import NavLink, rooms
from hedgerow.journeys.rules import SEE_BOARD
from hedgerow.people.readers import ANYBODY, LiveSeat, Reader


@dataclass(frozen=True, kw_only=True)
class FrameLink:
    label: str
    url: str
    is_here: bool = False


@dataclass(frozen=True, kw_only=True)
class Frame:
    who: str  # "Chief executive, Open Door"; empty for somebody who has not signed in
    nav: tuple[FrameLink, ...]
    feet: tuple[FrameLink, ...]
    invented: bool  # somebody of the example reads, or a thing of the example is shown


def frame(request) -> dict[str, Frame]:
    """A context processor. A view that shows a thing of the example sets request.is_invented; one
    that knows of no published record sets request.has_no_record."""
    reader = getattr(request, "reader", ANYBODY)
    person = reader.person
    links = _member_nav(reader) if person else _public_nav()
    absent = {reverse("record")} if getattr(request, "has_no_record", False) else set()
    return {
        "frame": Frame(
            who=_who(reader, getattr(request, "acting_from", None)) if person else "",
            nav=tuple(
                FrameLink(label=label, url=url, is_here=url == request.path)
                for label, url in links
                if url not in absent
            ),
            feet=tuple(_feet(is_signed_in=bool(person))),
            invented=getattr(request, "is_invented", False) or bool(person and person.is_example),
        )
    }


def _who(reader: Reader, acting_from: LiveSeat | None) -> str:
    if acting_from:
        return acting_from.words
    if len(reader.seats) == 1:
        return reader.seats[0].words
    return f"{reader.person}, {len(reader.seats)} seats" if reader.seats else str(reader.person)


def _public_nav() -> Iterator[tuple[str, str]]:
    yield "About Hedgerow", reverse("front")
    yield "Published record", reverse("record")


def _member_nav(reader: Reader) -> Iterator[tuple[str, str]]:
    yield "Home", reverse("home")
    yield from _clusters(reader)
    yield from _boards(reader)
    for room in rooms():
        for link in room.nav:
            yield from _of_room(link, reader)
    yield "Published record", reverse("record")


def _of_room(link: NavLink, reader: Reader) -> Iterator[tuple[str, str]]:
    seats = [seat for seat in reader.seats if seat.roles & link.roles]
    if not link.by_programme:
        if seats:
            yield link.label, reverse(link.url_name)
        return
    for key in dict.fromkeys(seat.programme for seat in seats if seat.programme):
        yield link.label, reverse(link.url_name, args=[key])


def _clusters(reader: Reader) -> Iterator[tuple[str, str]]:
    keys = list(dict.fromkeys(seat.cluster for seat in reader.seats if seat.cluster))
    if len(keys) == 1:
        yield "Our cluster", reverse("cluster", args=keys)
    elif keys:
        yield "Our clusters", reverse("clusters")


def _boards(reader: Reader) -> Iterator[tuple[str, str]]:
    seats = [seat for seat in reader.seats if seat.programme and seat.roles & SEE_BOARD.seats]
    boards = {seat.programme: seat for seat in seats}
    for key, seat in boards.items():
        name = seat.words.rpartition(", ")[2] if len(boards) > 1 else "Programme"
        yield name, reverse("journeys:board", args=[key])


def _feet(*, is_signed_in: bool) -> Iterator[FrameLink]:
    yield FrameLink(label="Help, in person", url=reverse("help"))
    yield FrameLink(label="What is shared with whom", url=reverse("sharing"))
    if is_signed_in:
        yield FrameLink(label="Take a copy of everything", url=reverse("copy"))
    for link in (link for room in rooms() for link in room.feet):
        yield FrameLink(label=link.label, url=reverse(link.url_name))
    yield FrameLink(label="Accessibility", url=reverse("accessibility"))
    yield FrameLink(label="Cookies and privacy", url=reverse("privacy"))
    yield FrameLink(label="The code, free to use", url=reverse("code"))
