"""In by a code, and a second factor where there is one; and out."""

import json

from django.conf import settings
from django.contrib import messages
from django.contrib.auth import login, logout
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.http import url_has_allowed_host_and_scheme
from django.views.decorators.http import require_POST

from hedgerow.core import clock
from hedgerow.core.actions import Refused
from hedgerow.core.actors import Actor
from hedgerow.people import actions, passkeys, rules, sessions
from hedgerow.people.access import hall, lobby
from hedgerow.people.forms import (
    CodeForm,
    EmailForm,
    FiguresForm,
    PasskeyAnswerForm,
    SignInForm,
)
from hedgerow.people.models import SignIn, SignInCode, User
from hedgerow.people.queries import has_second_factor

BACKEND = "django.contrib.auth.backends.ModelBackend"
NOBODY = Actor(person=None)

# Keys in the session of somebody who is on the way in.
_ASKED, _ADDRESS, _NEXT = "asked_code", "asked_address", "next"
_HALF, _HALF_AT, _HALF_KEPT = "half_in", "half_in_at", "half_in_kept"
_PASSKEY = "passkey_state"
_HALF_LASTS = 600  # seconds


@lobby("Whoever has a seat comes in here.")
def sign_in(request):
    if request.user.is_authenticated:
        return redirect(_safe(request, request.GET.get("next", "")))
    form = EmailForm(request.POST or None)
    if request.method != "POST":
        return _sign_in_page(request, form)
    if not form.is_valid():
        return _sign_in_page(request, form, status=422)
    email = form.cleaned_data["email"]
    try:
        code = actions.ask_for_code(by=NOBODY, email=email, place=_place(request))
    except Refused as refused:
        form.add_error(None, str(refused))
        return _sign_in_page(request, form, status=409)
    request.session[_ASKED], request.session[_ADDRESS] = code.pk, email
    request.session[_NEXT] = request.POST.get("next", "")
    return redirect("people:code")


@lobby("The code is the proof.")
def code(request):
    wanted = SignInCode.objects.filter(pk=request.session.get(_ASKED)).first()
    if wanted is None:
        return redirect("people:sign_in")
    form = SignInForm(request.POST or None)
    if request.method != "POST":
        return _code_page(request, form)
    if not form.is_valid():
        return _code_page(request, form, status=422)
    try:
        typed, place = form.cleaned_data["typed"], _place(request)
        user = actions.try_code(by=NOBODY, code=wanted, typed=typed, place=place)
    except Refused as refused:
        form.add_error(None, str(refused))
        return _code_page(request, form, status=409, is_over=True)
    if user is None:
        form.add_error("typed", "This is not the code. Check it against the newest message.")
        return _code_page(request, form, status=422)
    del request.session[_ASKED], request.session[_ADDRESS]
    return come_in(request, user, is_kept=form.cleaned_data["is_kept"])


@lobby("The code was typed; the second factor is the proof.")
def second_factor(request):
    user = _half_in(request)
    if user is None:
        return redirect("people:sign_in")
    form = FiguresForm(request.POST or None)
    if request.method != "POST":
        return _factor_page(request, user, form)
    if not form.is_valid():
        return _factor_page(request, user, form, status=422)
    try:
        by = Actor(person=user.pk)
        is_right = actions.try_figures(by=by, user=user, typed=form.cleaned_data["typed"])
    except Refused as refused:
        form.add_error(None, str(refused))
        return _factor_page(request, user, form, status=409)
    if not is_right:
        form.add_error("typed", "These are not right. Wait for the next six, then type those.")
        return _factor_page(request, user, form, status=422)
    return _enter(request, user, is_kept=request.session[_HALF_KEPT], has_shown=True)


@require_POST
@lobby("The code was typed; the passkey is the proof.")
def passkey(request):
    user = _half_in(request)
    if user is None:
        return redirect("people:sign_in")
    figures, form = FiguresForm(), PasskeyAnswerForm(request.POST)
    try:
        state = request.session.pop(_PASSKEY, {})
        answer = json.loads(form.data.get("answer", ""))
        used, uses = passkeys.read_one(state, answer, user.passkeys.all())
        actions.use_passkey(by=Actor(person=user.pk), passkey=used, uses=uses)
    except (passkeys.WrongAnswer, ValueError):
        form.add_error(None, "This passkey did not answer rightly. Try again, or use your app.")
        return _factor_page(request, user, figures, status=422, passkey_form=form)
    except Refused as refused:
        form.add_error(None, str(refused))
        return _factor_page(request, user, figures, status=409, passkey_form=form)
    return _enter(request, user, is_kept=request.session[_HALF_KEPT], has_shown=True)


@hall(rules.SEE_SELF)
def again(request, people):
    """A fresh code, for what is only done shortly after one was typed."""
    user = people.get()
    wanted = SignInCode.objects.filter(pk=request.session.get(_ASKED), user=user).first()
    there = request.POST.get("next") or request.GET.get("next", "")
    if user.is_example:
        return _again_in_example(request, there)
    if request.method == "POST" and "send" in request.POST:
        return _send_again(request, user, there)
    form = CodeForm(request.POST or None)
    if request.method != "POST" or wanted is None:
        return _again_page(request, CodeForm(), there, is_sent=wanted is not None)
    if not form.is_valid():
        return _again_page(request, form, there, status=422)
    try:
        by, typed = Actor(person=user.pk), form.cleaned_data["typed"]
        known = actions.try_code(by=by, code=wanted, typed=typed, place=_place(request))
    except Refused as refused:
        form.add_error(None, str(refused))
        return _again_page(request, form, there, is_sent=False, status=409)
    if known is None:
        form.add_error("typed", "This is not the code. Check it against the newest message.")
        return _again_page(request, form, there, status=422)
    del request.session[_ASKED]
    sessions.type_code(request.session)
    return redirect(_safe(request, there))


@require_POST
@hall(rules.SEE_SELF)
def sign_out(request, people):
    _end_here(request, people.get())
    logout(request)
    messages.success(request, "You are signed out.")
    return redirect("people:sign_in")


def come_in(request: HttpRequest, user: User, *, is_kept: bool, there: str = "") -> HttpResponse:
    """Somebody who has shown that the address is theirs. Past their second factor, if they have
    one; else in."""
    if there:
        request.session[_NEXT] = there
    if not has_second_factor(user):
        return _enter(request, user, is_kept=is_kept, has_shown=False)
    return to_second_factor(request, user, is_kept=is_kept)


def to_second_factor(
    request: HttpRequest, user: User, *, is_kept: bool, there: str = ""
) -> HttpResponse:
    """To the page that asks for it, and from there to `there`."""
    if there:
        request.session[_NEXT] = there
    request.session[_HALF], request.session[_HALF_KEPT] = user.pk, is_kept
    request.session[_HALF_AT] = int(clock.now().timestamp())
    return redirect("people:second_factor")


def _enter(request: HttpRequest, user: User, *, is_kept: bool, has_shown: bool) -> HttpResponse:
    there = request.session.get(_NEXT, "")
    if request.user.is_authenticated:  # in already, and now with more shown: under another key
        _end_here(request, request.user)
        request.session.cycle_key()
    begin(request, user, is_kept=is_kept, has_shown=has_shown)
    return redirect(_safe(request, there))


def begin(request: HttpRequest, user: User, *, is_kept: bool, has_shown: bool) -> None:
    """Signed in, under a new key of the session; what was kept on the way in is gone."""
    for key in (_NEXT, _HALF, _HALF_AT, _HALF_KEPT, _ASKED, _ADDRESS, _PASSKEY):
        request.session.pop(key, None)
    login(request, user, backend=BACKEND)
    sessions.begin(request.session, is_kept=is_kept)
    if has_shown:
        sessions.show_second_factor(request.session)
    actions.begin_sign_in(
        by=Actor(person=user.pk),
        user=user,
        session_key=request.session.session_key,
        browser=sessions.browser_words(request.headers.get("User-Agent", "")),
        is_kept=is_kept,
    )


def _end_here(request: HttpRequest, user: User) -> None:
    key = request.session.session_key
    here = SignIn.objects.filter(user=user, session_key=key).first()
    if here:
        actions.end_sign_in(by=Actor(person=user.pk), sign_in=here)


def _half_in(request: HttpRequest) -> User | None:
    since = int(clock.now().timestamp()) - request.session.get(_HALF_AT, 0)
    if since > _HALF_LASTS:
        return None
    return User.objects.filter(pk=request.session.get(_HALF), is_active=True).first()


def _again_in_example(request: HttpRequest, there: str) -> HttpResponse:
    """Nobody holds a mailbox there: a button stands for the code."""
    if request.method != "POST":
        return _again_page(request, CodeForm(), there, is_sent=False)
    sessions.type_code(request.session)
    return redirect(_safe(request, there))


def _send_again(request: HttpRequest, user: User, there: str) -> HttpResponse:
    try:
        code = actions.ask_for_code(
            by=Actor(person=user.pk), email=user.email, place=_place(request)
        )
    except Refused as refused:
        form = CodeForm(request.POST)
        form.full_clean()
        form.errors.clear()
        form.add_error(None, str(refused))
        return _again_page(request, form, there, is_sent=False, status=409)
    request.session[_ASKED] = code.pk
    return _again_page(request, CodeForm(), there)


def _place(request: HttpRequest) -> str:
    """The network address that asks. With HTTPS there is a server in front, which adds it last to
    what anybody may have written there."""
    told = request.headers.get("X-Forwarded-For", "") if settings.IS_HTTPS else ""
    return told.rpartition(",")[2].strip() or request.META.get("REMOTE_ADDR", "")


def _safe(request: HttpRequest, there: str) -> str:
    """A page of ours, or home: never where somebody else's link says."""
    is_ours = url_has_allowed_host_and_scheme(there, {request.get_host()}, request.is_secure())
    return there if there and is_ours else reverse("home")


def _sign_in_page(request, form, status=200):
    there = request.POST.get("next") or request.GET.get("next", "")
    return render(request, "people/sign_in.html", {"form": form, "next": there}, status=status)


def _code_page(request, form, status=200, *, is_over=False):
    words = {"form": form, "address": request.session.get(_ADDRESS, ""), "is_over": is_over}
    return render(request, "people/code.html", words, status=status)


def _factor_page(request, user, form, status=200, passkey_form=None):
    question = None
    known = list(user.passkeys.all())
    if known:
        question, request.session[_PASSKEY] = passkeys.ask_for_one(known)
    words = {
        "form": form,
        "passkey_form": passkey_form or PasskeyAnswerForm(),
        "question": json.dumps(question) if question else "",
        "is_in": request.user.is_authenticated,
    }
    return render(request, "people/second_factor.html", words, status=status)


def _again_page(request, form, there, status=200, *, is_sent=True):
    words = {
        "form": form,
        "next": there,
        "is_sent": is_sent,
        "address": request.user.email,
        "is_example": request.user.is_example,
    }
    return render(request, "people/again.html", words, status=status)
