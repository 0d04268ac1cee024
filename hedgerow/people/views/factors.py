"""One's own second factor: an app, passkeys, and codes on paper."""

import functools
import json
from io import BytesIO

import qrcode
from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.views.decorators.http import require_POST
from qrcode.image.svg import SvgPathFillImage

from hedgerow.core.actions import Refused
from hedgerow.people import actions, passkeys, rules, sessions, totp
from hedgerow.people.access import door, hall, visible
from hedgerow.people.forms import AppForm, PasskeyForm
from hedgerow.people.models import Authenticator
from hedgerow.people.queries import has_second_factor

from .signing_in import to_second_factor

_STATE = "new_passkey_state"


def _once_shown(view):
    """Whoever has a second factor shows it before anything here: this browser may have come in
    before they had one. A form is not sent on; it is filled in again."""

    @functools.wraps(view)
    def shown(request, *args):
        if sessions.SECOND_FACTOR in request.session or not has_second_factor(request.user):
            return view(request, *args)
        back = request.get_full_path() if request.method == "GET" else reverse("people:factors")
        is_kept = request.session.get(sessions.KEPT, False)
        return to_second_factor(request, request.user, is_kept=is_kept, there=back)

    return shown


@hall(rules.SEE_SELF)
@_once_shown
def factors(request, people):
    return _factors_page(request, people.get())


@require_POST
@hall(rules.SEE_SELF, fresh=True, acts=True)
@_once_shown
def make_app(request, people, by):
    try:
        actions.make_app(by=by, user=people.get())
    except Refused as refused:
        return _factors_page(request, people.get(), 409, refusal=str(refused))
    return redirect("people:app")


@hall(rules.SEE_OWN_APP, fresh=True, acts=True)
@_once_shown
def app(request, apps, by):
    waiting = apps.filter(shown_at=None).first()
    if waiting is None:
        return redirect("people:factors")
    form = AppForm(request.POST or None)
    if request.method != "POST" or not form.is_valid():
        return _app_page(request, waiting, form, 422 if form.is_bound else 200)
    typed, here = form.cleaned_data["typed"], request.session.session_key
    if not actions.confirm_app(by=by, app=waiting, typed=typed, here=here):
        form.add_error("typed", "These are not the figures. Wait for the next six and type those.")
        return _app_page(request, waiting, form, 422)
    sessions.show_second_factor(request.session)
    messages.success(request, "Your authenticator app is set up. Make recovery codes next.")
    return redirect("people:factors")


@hall(rules.SEE_OWN_APP, fresh=True)
@_once_shown
def app_picture(request, apps):
    """The QR code that an app reads, while the app is being set up."""
    waiting = apps.filter(shown_at=None).first()
    if waiting is None:
        return HttpResponse(status=404)
    picture = BytesIO()
    qrcode.make(_address(waiting), image_factory=SvgPathFillImage, border=4).save(picture)
    return HttpResponse(picture.getvalue(), content_type="image/svg+xml")


@require_POST
@door(rules.SEE_OWN_APP, fresh=True)
@_once_shown
def remove_app(request, app, by):
    try:
        actions.remove_app(by=by, app=app)
    except Refused as refused:
        return _factors_page(request, app.user, 409, refusal=str(refused))
    messages.success(request, "The authenticator app no longer counts.")
    return redirect("people:factors")


@hall(rules.SEE_SELF, fresh=True, acts=True)
@_once_shown
def add_passkey(request, people, by):
    user = people.get()
    if request.method != "POST":
        return _passkey_page(request, user, PasskeyForm())
    form = PasskeyForm(request.POST)
    if not form.is_valid():
        return _passkey_page(request, user, form, 422)
    try:
        state = request.session.pop(_STATE, {})
        answer = json.loads(form.cleaned_data["answer"])
        key, credential, uses = passkeys.read_new(state, answer)
        actions.add_passkey(
            by=by,
            user=user,
            name=form.cleaned_data["name"],
            credential_key=key,
            credential=credential,
            uses=uses,
            here=request.session.session_key,
        )
    except (passkeys.WrongAnswer, ValueError):
        form.add_error(None, "The passkey was not made. Try again on this page.")
        return _passkey_page(request, user, form, 422)
    except Refused as refused:
        form.add_error(None, str(refused))
        return _passkey_page(request, user, form, 409)
    sessions.show_second_factor(request.session)
    messages.success(request, "Your passkey is set up. Make recovery codes next.")
    return redirect("people:factors")


@require_POST
@door(rules.SEE_OWN_PASSKEYS, fresh=True)
@_once_shown
def remove_passkey(request, passkey, by):
    try:
        actions.remove_passkey(by=by, passkey=passkey)
    except Refused as refused:
        return _factors_page(request, passkey.user, 409, refusal=str(refused))
    messages.success(request, "The passkey no longer counts.")
    return redirect("people:factors")


@require_POST
@hall(rules.SEE_SELF, fresh=True, acts=True)
@_once_shown
def recovery_codes(request, people, by):
    """Shown in the answer and nowhere else."""
    user = people.get()
    codes = actions.make_recovery_codes(by=by, user=user)
    return render(request, "people/recovery_codes.html", {"codes": codes})


def _factors_page(request, user, status=200, refusal=""):
    words = {
        "app": visible(request.reader, rules.SEE_OWN_APP).exclude(shown_at=None).first(),
        "passkeys": visible(request.reader, rules.SEE_OWN_PASSKEYS).order_by("made_at", "pk"),
        "n_codes": visible(request.reader, rules.SEE_OWN_RECOVERY_CODES)
        .filter(spent_at=None)
        .count(),
        "is_wanted": request.reader.waits_for_second_factor,
        "refusal": refusal,
    }
    return render(request, "people/factors.html", words, status=status)


def _app_page(request, waiting, form, status):
    secret = " ".join(waiting.secret[at : at + 4] for at in range(0, len(waiting.secret), 4))
    words = {"form": form, "secret": secret}
    return render(request, "people/app.html", words, status=status)


def _passkey_page(request, user, form, status=200):
    question, request.session[_STATE] = passkeys.ask_for_new(user, user.passkeys.all())
    words = {"form": form, "question": json.dumps(question)}
    return render(request, "people/add_passkey.html", words, status=status)


def _address(app: Authenticator) -> str:
    return totp.app_address(app.secret, account=app.user.email, issuer="Hedgerow")
