"""What holds for every answer: what a browser may do with it, and that a form is done once."""

import re
import time
from collections.abc import Callable
from urllib.parse import urlsplit

from django.conf import settings
from django.http import HttpRequest, HttpResponse, HttpResponseBase, HttpResponseRedirect
from django.utils.http import url_has_allowed_host_and_scheme

from .actions import DoneAlready, sent_once
from .models import Receipt

GetResponse = Callable[[HttpRequest], HttpResponseBase]

# No script, style, picture, form or frame but our own, and none written into a page.
CONTENT_POLICY = (
    "default-src 'none'; style-src 'self'; script-src 'self'; img-src 'self'; "
    "connect-src 'self'; form-action 'self'; base-uri 'none'; frame-ancestors 'none'"
)
ON_EVERYTHING = {
    "Content-Security-Policy": CONTENT_POLICY,
    "X-Content-Type-Options": "nosniff",
    "X-Frame-Options": "DENY",
    "Referrer-Policy": "same-origin",  # addresses with a key in them stay here
    "Permissions-Policy": "camera=(), geolocation=(), microphone=(), payment=(), usb=()",
    "Cross-Origin-Opener-Policy": "same-origin",
    "Cross-Origin-Resource-Policy": "same-origin",
}
A_YEAR_OF_HTTPS = "max-age=31536000; includeSubDomains"
FOR_ONE_PERSON = "private, no-store"
KEPT_BY_ONE_PERSON = "private, no-cache"  # a view says so: kept, and asked about each time
FOR_ANYBODY = "no-cache"  # kept, and asked about each time

_TOKEN = re.compile(r"[A-Za-z0-9_-]{16,64}", re.ASCII)
_WAITS = 10  # times, of a tenth of a second, for the first answer to be written down


class Headers:
    """Outermost, so that files, redirects, refusals and faults carry them too."""

    def __init__(self, get_response: GetResponse):
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponseBase:
        response = self.get_response(request)
        for name, value in ON_EVERYTHING.items():
            response[name] = value
        if settings.IS_HTTPS:
            response["Strict-Transport-Security"] = A_YEAR_OF_HTTPS
        if _is_for_anybody(request, response):
            response.headers.setdefault("Cache-Control", FOR_ANYBODY)  # files say for how long
        elif response.headers.get("Cache-Control") != KEPT_BY_ONE_PERSON:
            response["Cache-Control"] = FOR_ONE_PERSON
        return response


def _is_for_anybody(request: HttpRequest, response: HttpResponseBase) -> bool:
    """Whether it would be the same for everyone: a file, or a lobby while nobody is known."""
    if not hasattr(request, "session"):
        return True
    match = request.resolver_match
    is_lobby = match is not None and getattr(match.func, "kind", "") == "lobby"
    is_well = response.status_code < 400
    return is_lobby and is_well and not response.cookies and request.session.is_empty()


class Bounds:
    """What is sent is refused by its length before any of it is kept.

    After the session, before anything that reads the form. A body that does not tell its length
    is read by nobody.
    """

    def __init__(self, get_response: GetResponse):
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponseBase:
        length = request.META.get("CONTENT_LENGTH") or "0"
        most = settings.MOST_SENT if request.user.is_authenticated else settings.MOST_FROM_STRANGERS
        if length.isdecimal() and int(length) <= most:
            return self.get_response(request)
        sentence = f"That is too much to send at once: {most // 1024**2} MB is the most."
        return HttpResponse(f"{sentence}\n", status=413, content_type="text/plain; charset=utf-8")


class SentOnce:
    """A form with a field `once` is done at most once; sent again, it leads where it led then.

    Innermost: the actions are called from the view, and nothing stands between.
    """

    def __init__(self, get_response: GetResponse):
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponseBase:
        token = request.POST.get("once", "") if request.method == "POST" else ""
        if not _TOKEN.fullmatch(token):
            return self.get_response(request)
        with sent_once(token):
            response = self.get_response(request)
        receipts = Receipt.objects.filter(token=token, answer="", by_person=request.user.pk or 0)
        if response.status_code < 400:
            receipts.update(answer=_where_to(response) or _page_of(request))
        else:
            receipts.delete()  # put right and sent again, it is another thing that is asked for
        return response

    def process_exception(self, request: HttpRequest, fault: Exception) -> HttpResponse | None:
        if not isinstance(fault, DoneAlready):
            return None
        there = _first_answer(fault.receipt) or _page_of(request)
        if request.headers.get("HX-Request"):
            # A redirect would be followed by the script and its page put into a part of this one.
            return HttpResponse(status=204, headers={"HX-Redirect": there})
        return HttpResponseRedirect(there)


def _where_to(response: HttpResponseBase) -> str:
    return response.headers.get("Location") or response.headers.get("HX-Redirect") or ""


def _first_answer(receipt: Receipt) -> str:
    """Where the first one was sent on to. It may be done and not yet written down: waits for it."""
    for _ in range(_WAITS):
        receipt.refresh_from_db(fields=["answer"])
        if receipt.answer:
            break
        time.sleep(0.1)
    return receipt.answer


def _page_of(request: HttpRequest) -> str:
    """The page that the form stood on."""
    page = request.headers.get("HX-Current-URL") or request.headers.get("Referer") or ""
    if not url_has_allowed_host_and_scheme(page, {request.get_host()}):
        return "/"
    parts = urlsplit(page)
    return parts._replace(scheme="", netloc="").geturl() or "/"
