"""What the votes of a shortlisting, and a budget that is shared out, ask of the reader's own
organisation."""

from collections.abc import Iterator, Sequence

from django.urls import reverse

from hedgerow.agreements.queries.decisions import voices_here
from hedgerow.core.rooms import Prompt
from hedgerow.focus.models import Gain
from hedgerow.focus.queries.under_way import gains_to_confirm
from hedgerow.focus.queries.waiting import Asked
from hedgerow.look.words import count, listed
from hedgerow.people.models import Role
from hedgerow.people.readers import Reader
from hedgerow.units import pounds

TO_SAY = {"spots": 1, "votes": 2, "reopening": 1, "marks": 3}  # minutes
A_LOOK = 1


def of_members(reader: Reader, asked: Sequence[Asked]) -> Iterator[Prompt]:
    """Another query where what somebody would gain was written down for them."""
    for one in asked:
        for organisation, name in own_in(reader, one):
            if organisation not in one.words:
                if one.is_open:
                    yield _to_say(one, organisation, name, _seat(reader, one, organisation))
                continue
            if one.words[organisation]:
                yield _to_confirm(one, organisation, name)
            elif one.is_open and one.missing:
                yield _waiting(one, organisation)
    for gains in gains_to_confirm(reader).values():
        yield _gains_to_confirm(gains)


def own_in(reader: Reader, one: Asked) -> list[tuple[int, str]]:
    """Key and name of each member that the reader speaks for in it."""
    seats = reader.in_cluster(one.cluster.pk)
    own = dict.fromkeys(seat.organisation for seat in seats if Role.CORE in seat.roles)
    return [(key, one.entitled[key]) for key in own if key is not None and key in one.entitled]


def name_of(one: Asked) -> str:
    """ "the red spots", "round 2 of the votes", "the sharing of £1,200"."""
    if one.kind == "marks":
        return f"the sharing of {pounds(one.thing.budget)}"
    if one.kind == "reopening":
        return f"whether “{one.thing.candidate}” comes back"
    return "the red spots" if one.kind == "spots" else f"{str(one.thing).lower()} of the votes"


def page_of(one: Asked) -> str:
    if one.kind == "marks":
        return one.thing.get_absolute_url()
    if one.kind == "reopening":
        return reverse("focus:reopening", args=[one.thing.pk])
    return reverse("focus:shortlisting", args=[one.thing.shortlisting_id])


def _seat(reader: Reader, one: Asked, organisation: int) -> str:
    """Names the seat, where the reader speaks for more than one organisation there."""
    seats = {seat.organisation: seat.key for seat in voices_here(reader, one.cluster.pk)}
    return f"?seat={seats[organisation]}" if len(seats) > 1 else ""


def _to_say(one: Asked, organisation: int, name: str, seat: str) -> Prompt:
    sentence, why, page, button = _asking(one, name)
    return Prompt(
        key=f"focus.{one.kind}:{one.thing.pk}:{organisation}",
        sentence=sentence,
        why=f"{why} {one.spoke}.",
        minutes=TO_SAY[one.kind],
        url=reverse(f"focus:{page}", args=[one.thing.pk]) + seat,
        button=button,
        place=one.cluster.name,
        due_on=one.due_on,
    )


def _asking(one: Asked, name: str) -> tuple[str, str, str, str]:
    """Sentence, why, name of the url, button."""
    if one.kind == "spots":
        return (
            "Use your red spot, or say that you use none",
            f"You have one, if you want it, for an idea of no benefit to {name}.",
            "red_spot",
            "Look at the ideas",
        )
    if one.kind == "votes":
        return (
            "Cast your ten votes",
            "Spend all ten, on three ideas at most. The idea with the fewest drops.",
            "ballot",
            "Look at the ideas",
        )
    if one.kind == "marks":
        return (
            f"Mark what {pounds(one.thing.budget)} should pay for",
            "Every member has an equal share of it.",
            "mark",
            "Mark what you want",
        )
    return (
        f"Say whether “{one.thing.candidate}” comes back",
        "It is out, and comes back only if every member agrees.",
        "reopening",
        "Read why, and answer",
    )


def _waiting(one: Asked, organisation: int) -> Prompt:
    is_asked_back = one.kind == "reopening"
    return Prompt(
        key=f"focus.waiting_{one.kind}:{one.thing.pk}:{organisation}",
        sentence=_done(one),
        why="It comes back once all agree."
        if is_asked_back
        else "It can be closed once everybody has.",
        minutes=A_LOOK,
        url=page_of(one),
        button="See who has spoken",
        place=one.cluster.name,
        due_on=one.due_on,
        waits_on=listed(one.missing),
    )


def _done(one: Asked) -> str:
    if one.kind == "spots":
        return "You have spoken on the red spots"
    if one.kind == "votes":
        return "You have cast your ten votes"
    if one.kind == "marks":
        return f"You have marked what {pounds(one.thing.budget)} should pay for"
    return f"You have answered whether “{one.thing.candidate}” comes back"


def _to_confirm(one: Asked, organisation: int, name: str) -> Prompt:
    return Prompt(
        key=f"focus.confirm_{one.kind}:{one.thing.pk}:{organisation}",
        sentence=f"Confirm what was written down for {name}{', or undo it' if one.is_open else ''}",
        why=f"It is about {name_of(one)}. Somebody else wrote it down"
        + ("; it counts until you undo it." if one.is_open else ", and it was counted."),
        minutes=A_LOOK,
        url=page_of(one),
        button="Read and confirm",
        place=one.cluster.name,
    )


def _gains_to_confirm(gains: Sequence[Gain]) -> Prompt:
    """Of one cluster; the first is the link."""
    first, ideas = gains[0], {gain.idea_id for gain in gains}
    what = f"“{first.idea}”" if len(ideas) == 1 else count(len(ideas), "idea")
    return Prompt(
        key=f"focus.confirm_gain:{first.pk}",
        sentence="Confirm what you would gain, or undo it",
        why=f"Somebody else wrote it down for {first.organisation}, about {what}. It counts until "
        "you undo it.",
        minutes=A_LOOK * len(ideas),
        url=first.idea.get_absolute_url(),
        button="Read and confirm",
        place=first.idea.cluster.name,
    )
