"""Seats, who stands in, and invitations."""

from django.contrib import messages
from django.shortcuts import redirect, render
from django.urls import reverse
from django.views.decorators.http import require_POST

from hedgerow.core.actions import Refused
from hedgerow.core.actors import Actor, Via
from hedgerow.people import actions, queries, rules
from hedgerow.people.access import door, lobby
from hedgerow.people.actions.invitations import digest_of_token, why_closed
from hedgerow.people.forms import MandateForm
from hedgerow.people.models import Invitation

from .attempts import DONE, attempt
from .clusters import people_page
from .signing_in import come_in


@lobby("The token in its address came by mail: it is the proof.")
def invitation(request, token):
    """Who invites to what; the one button accepts and signs in."""
    offered = (
        Invitation.objects.select_related("cluster", "organisation", "programme", "invited_by")
        .filter(digest=digest_of_token(token))
        .first()
    )
    if offered is None:
        words = {"sentence": "This invitation is not one of ours. Open it again from the message."}
        return render(request, "people/dead_link.html", words, status=410)
    closed = why_closed(offered)
    if closed:
        return render(request, "people/dead_link.html", {"sentence": closed}, status=410)
    somebody_else = request.user.is_authenticated and request.user.email != offered.email
    if request.method != "POST" or somebody_else:
        return _invitation_page(request, offered, somebody_else, 409 if request.POST else 200)
    try:
        seat = actions.accept_invitation(by=Actor(person=None, via=Via.LINK), invitation=offered)
    except Refused as refused:
        return _invitation_page(request, offered, False, 409, refusal=str(refused))
    messages.success(request, "Welcome. The seat is yours.")
    if request.user.is_authenticated:
        return redirect("home")
    return come_in(request, seat.user, is_kept=False)


@door(rules.END_SEAT)
def end_seat(request, seat, by):
    """Shows what ending means; the button does it."""
    if request.method != "POST":
        back = reverse("people:cluster_people", args=[seat.cluster_id])
        return render(
            request, "people/end_seat.html", {"seat": queries.seat_line(seat), "back": back}
        )
    try:
        actions.end_seat(by=by, seat=seat)
    except Refused as refused:
        return people_page(request, seat.cluster, 409, refusal=str(refused))
    messages.success(request, "The seat has ended, and opens nothing any more.")
    return redirect("people:cluster_people", seat.cluster_id)


@door(rules.GIVE_MANDATE)
def give_mandate(request, seat, by):
    if request.method != "POST":
        return _mandate_page(request, seat, MandateForm())
    form = MandateForm(request.POST)
    status = attempt(form, lambda **said: actions.give_mandate(by=by, deputy=seat, **said))
    if status != DONE:
        return _mandate_page(request, seat, form, status)
    messages.success(request, "The deputy stands in on these days.")
    return redirect("people:cluster_people", seat.cluster_id)


@require_POST
@door(rules.END_MANDATE)
def end_mandate(request, mandate, by):
    try:
        actions.end_mandate(by=by, mandate=mandate)
    except Refused as refused:
        return people_page(request, mandate.deputy.cluster, 409, refusal=str(refused))
    messages.success(request, "The deputy no longer stands in.")
    return redirect("people:cluster_people", mandate.deputy.cluster_id)


@require_POST
@door(rules.REVOKE_INVITATION)
def revoke_invitation(request, invitation, by):
    try:
        actions.revoke_invitation(by=by, invitation=invitation)
    except Refused as refused:
        return people_page(request, invitation.cluster, 409, refusal=str(refused))
    messages.success(request, "The invitation is taken back: its link is dead.")
    return redirect("people:cluster_people", invitation.cluster_id)


def _invitation_page(request, offered, somebody_else, status=200, refusal=""):
    words = {
        "invitation": queries.invitation_line(offered),
        "somebody_else": somebody_else,
        "refusal": refusal,
    }
    return render(request, "people/invitation.html", words, status=status)


def _mandate_page(request, seat, form, status=200):
    words = {"form": form, "seat": queries.seat_line(seat)}
    return render(request, "people/give_mandate.html", words, status=status)
