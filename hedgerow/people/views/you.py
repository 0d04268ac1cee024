"""One's own page."""

from django.contrib import messages
from django.contrib.auth import logout
from django.shortcuts import get_object_or_404, redirect, render
from django.views.decorators.http import require_POST

from hedgerow.core.actions import Refused
from hedgerow.people import actions, queries, rules
from hedgerow.people.access import door, hall
from hedgerow.people.forms import PersonForm
from hedgerow.people.models import Invitation

from .attempts import DONE, attempt


@hall(rules.SEE_SELF)
def you(request, people):
    return _you_page(request, people.get())


@require_POST
@hall(rules.SEE_SELF, acts=True)
def describe(request, people, by):
    user, form = people.get(), PersonForm(request.POST)
    status = attempt(form, lambda **said: actions.describe_person(by=by, user=user, **said))
    if status != DONE:
        return _you_page(request, user, form, status)
    messages.success(request, "Your page is as you wrote it.")
    return redirect("people:you")


@door(rules.LEAVE_SEAT)
def leave_seat(request, seat, by):
    """Shows what leaving means; the button does it."""
    if request.method != "POST":
        return render(request, "people/leave_seat.html", {"seat": queries.seat_line(seat)})
    try:
        actions.end_seat(by=by, seat=seat)
    except Refused as refused:
        return _you_page(request, seat.user, status=409, refusal=str(refused))
    messages.success(request, "You have given up this seat. It opens nothing any more.")
    return redirect("people:you")


@require_POST
@hall(rules.SEE_SELF, acts=True)
def accept_invitation(request, people, by, pk):
    """Being signed in shows the address, as the link in the mail would."""
    user = people.get()
    offered = get_object_or_404(Invitation, pk=pk, email=user.email)
    try:
        actions.accept_invitation(by=by, invitation=offered)
    except Refused as refused:
        return _you_page(request, user, status=409, refusal=str(refused))
    messages.success(request, "The seat is yours.")
    return redirect("people:you")


@require_POST
@door(rules.SEE_OWN_SIGN_INS)
def end_sign_in(request, sign_in, by):
    is_here = sign_in.session_key == request.session.session_key
    actions.end_sign_in(by=by, sign_in=sign_in)
    if is_here:
        logout(request)
        messages.success(request, "You are signed out.")
        return redirect("front")
    messages.success(request, "That browser is signed out.")
    return redirect("people:you")


@require_POST
@hall(rules.SEE_SELF, acts=True)
def end_sign_ins(request, people, by):
    actions.end_sign_ins(by=by, user=people.get())
    logout(request)
    messages.success(request, "You are signed out everywhere.")
    return redirect("people:sign_in")


def _you_page(request, user, form=None, status=200, refusal=""):
    words = {
        "you": user,
        "form": form
        or PersonForm(
            initial={"name": user.name, "title": user.title, "wants_digest": user.wants_digest}
        ),
        "seats": queries.seats_of(user),
        "invitations": queries.invitations_for(user.email),
        "refusal": refusal,
        "sign_ins": queries.sign_ins_of(user, here=request.session.session_key),
        "has_second_factor": queries.has_second_factor(user),
        "waits": request.reader.waits_for_second_factor,
    }
    return render(request, "people/you.html", words, status=status)
