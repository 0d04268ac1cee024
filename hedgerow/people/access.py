"""Doors: the only ways into a view. A rule is said once: the list, the page, the export, the job
and the test all read it (reach.py). Written from access.md; change that table first."""

import functools
from collections.abc import Callable
from typing import Any
from urllib.parse import urlencode, urlsplit

from django.core.exceptions import PermissionDenied
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse

from hedgerow.core import links
from hedgerow.core.actors import Actor, Via

from . import sessions
from .models import User
from .reach import (
    MEMBERS,
    NO_SEAT,
    ROUND_THE_TABLE,
    STAFF,
    VOICE,
    Rule,
    may,
    seat_for,
    visible,
    visible_events,
)
from .readers import Reader, reader_of

__all__ = [
    "MEMBERS",
    "NO_SEAT",
    "ROUND_THE_TABLE",
    "STAFF",
    "VOICE",
    "Rule",
    "door",
    "hall",
    "keyed",
    "lobby",
    "may",
    "seat_for",
    "visible",
    "visible_events",
]

View = Callable[..., HttpResponse]


def door(rule: Rule, *, key: str = "pk", field: str = "pk", fresh: bool = False) -> Callable:
    """Let in those the rule admits, and hand the view the thing they came for and `by`.

    Whoever may not know of it gets a 404; whoever may, but not do this, a 403 with the rule's
    sentence. `fresh`: only shortly after a code was typed.
    """

    def guard(view: View) -> View:
        @functools.wraps(view)
        def entered(request: HttpRequest, **kwargs: Any) -> HttpResponse:
            thing = _thing(request.reader, rule, {field: kwargs.pop(key)})
            if fresh and not sessions.is_fresh(request.session):
                return _to_a_code(request)
            return view(request, thing, _actor(request, rule, thing), **kwargs)

        return _marked(entered, kind="door", rule=rule, fresh=fresh)

    return guard


def hall(rule: Rule, *, fresh: bool = False, acts: bool = False) -> Callable:
    """Hand the view everything of one kind that the reader may see: a queryset.

    With `acts`, also `by`: for what is done to none of them, such as making another. Then whoever
    holds no seat of the rule's gets a 404.
    """

    def guard(view: View) -> View:
        @functools.wraps(view)
        def entered(request: HttpRequest, **kwargs: Any) -> HttpResponse:
            things = visible(request.reader, rule)
            by = (_actor_in_hall(request, rule),) if acts else ()
            if fresh and not sessions.is_fresh(request.session):
                return _to_a_code(request)
            return view(request, things, *by, **kwargs)

        return _marked(entered, kind="hall", rule=rule, fresh=fresh)

    return guard


def lobby(reason: str) -> Callable:
    """Open to anybody, for this reason."""

    def guard(view: View) -> View:
        @functools.wraps(view)
        def entered(request: HttpRequest, **kwargs: Any) -> HttpResponse:
            return view(request, **kwargs)

        return _marked(entered, kind="lobby", is_open=True, reason=reason)

    return guard


def keyed(purpose: str) -> Callable:
    """Let in whoever brings a signed link for this purpose, signed in or not.

    The view gets the link and `by`, the person it was made for in the seat it was made for, and
    `request.reader` has that seat only. A GET shows, a POST acts. The link dies with the seat.
    """

    def guard(view: View) -> View:
        @functools.wraps(view)
        def entered(request: HttpRequest, token: str, **kwargs: Any) -> HttpResponse:
            try:
                link = links.read(token, purpose)
                reader = _reader_by_link(link)
            except links.BadLink as bad:
                return render(request, "people/dead_link.html", {"sentence": str(bad)}, status=410)
            request.reader = reader
            request.acting_from = reader.seats[0] if reader.seats else None
            return view(request, link, reader.actor(request.acting_from, Via.LINK), **kwargs)

        return _marked(entered, kind="keyed", is_open=True, purpose=purpose)

    return guard


def _reader_by_link(link: links.Link) -> Reader:
    """Seats that want a second factor stay shut, as a link shows none; but in the example, where
    nobody could hold one."""
    person = User.objects.filter(pk=link.person, is_active=True).first()
    if person is None:
        raise links.BadLink("This link no longer works.")
    if not link.seat:
        return Reader(person=person)
    seats = tuple(
        seat
        for seat in reader_of(person, second_factor=person.is_example).seats
        if seat.key == link.seat
    )
    if not seats:
        raise links.BadLink("This link was for a seat that has ended, so it does nothing any more.")
    return Reader(person=person, seats=seats)


def _thing(reader: Reader, rule: Rule, found_by: dict[str, Any]) -> Any:
    thing = visible(reader, rule).filter(**found_by).first()
    if thing is not None:
        return thing
    if rule.sees and visible(reader, rule.sees).filter(**found_by).exists():
        raise PermissionDenied(rule.refusal)
    raise Http404


def _actor(request: HttpRequest, rule: Rule, thing: Any) -> Actor:
    wanted = request.POST.get("seat") or request.GET.get("seat") or ""
    preferred = int(wanted) if wanted.isdecimal() and len(wanted) < 19 else None
    request.acting_from = seat_for(request.reader, rule, thing, preferred)
    return request.reader.actor(request.acting_from, Via.PAGE)


def _actor_in_hall(request: HttpRequest, rule: Rule) -> Actor:
    able = [seat for seat in request.reader.seats if seat.roles & rule.seats]
    if rule.seats and not able:
        raise Http404
    request.acting_from = able[0] if able else None
    return request.reader.actor(request.acting_from, Via.PAGE)


def _to_a_code(request: HttpRequest) -> HttpResponse:
    """To the page where a code is typed, and back here; after a form, back to the form."""
    there = request.get_full_path()
    if request.method != "GET":
        came_from = urlsplit(request.headers.get("Referer", ""))
        there = came_from.path if came_from.netloc == request.get_host() else reverse("home")
    url = f"{reverse('people:again')}?{urlencode({'next': there})}"
    if request.headers.get("HX-Request"):
        answer = HttpResponse(status=204)
        answer["HX-Redirect"] = url
        return answer
    return redirect(url)


def _marked(
    view: Any, *, kind: str, is_open: bool = False, fresh: bool = False, **marks: Any
) -> Any:
    view.kind, view.is_open, view.fresh = kind, is_open, fresh
    for name, value in marks.items():
        setattr(view, name, value)
    return view
