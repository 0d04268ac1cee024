"""The gate: who is at the door, and that a stranger learns nothing from it."""

from urllib.parse import urlencode

from django.contrib.auth import logout
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.urls import Resolver404, resolve, reverse

from . import sessions
from .readers import ANYBODY, STAFF, Reader, reader_of
from .sessions import SECOND_FACTOR

__all__ = ["SECOND_FACTOR", "Gate"]


class Gate:
    def __init__(self, get_response):
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        request.reader = _reader(request)
        request.acting_from = None
        if request.reader.person is None and not _is_open(request.path_info):
            return _to_sign_in(request)
        response = self.get_response(request)
        if not request.user.is_authenticated and request.session.modified:
            sessions.keep_for_a_stranger(request.session)
        return response


def _reader(request: HttpRequest) -> Reader:
    """Whoever is signed in, with the seats they hold at this instant. Signed out when their time
    is over."""
    if not request.user.is_authenticated:
        return ANYBODY
    reader = reader_of(request.user, second_factor=SECOND_FACTOR in request.session)
    is_staff = reader.waits_for_second_factor or reader.has(*STAFF)
    if sessions.is_over(request.session, is_staff=is_staff):
        logout(request)
        return ANYBODY
    sessions.touch(request.session)
    return reader


def _is_open(path: str) -> bool:
    """Whether anybody may go there. A path that does not exist answers as a private one does."""
    for tried in (path, f"{path}/"):  # without its last stroke, it is put right further in
        try:
            return getattr(resolve(tried).func, "is_open", False)
        except Resolver404:
            continue
    return False


def _to_sign_in(request: HttpRequest) -> HttpResponse:
    there = request.get_full_path() if request.method == "GET" else reverse("home")
    url = f"{reverse('people:sign_in')}?{urlencode({'next': there})}"
    if request.headers.get("HX-Request"):
        return HttpResponse(status=204, headers={"HX-Redirect": url})
    return HttpResponseRedirect(url)
