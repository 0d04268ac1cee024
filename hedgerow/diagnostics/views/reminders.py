"""Reminding a member, and a member saying why it does not answer."""

from django.contrib import messages
from django.http import Http404
from django.shortcuts import redirect, render
from django.views.decorators.http import require_POST

from hedgerow.core.actions import Refused
from hedgerow.diagnostics import rules
from hedgerow.diagnostics.actions import reminders as actions
from hedgerow.diagnostics.forms.rounds import WhyNotForm
from hedgerow.diagnostics.models import Round
from hedgerow.look.words import count, first_up
from hedgerow.people.access import door
from hedgerow.people.views.attempts import DONE, attempt

from .rounds import show_round


@require_POST
@door(rules.NUDGE)
def nudge(request, member, by):
    round = _newest(member)
    try:
        n = actions.nudge(by=by, member=member, round=round)
    except Refused as refused:
        return show_round(request, round, refusal=str(refused), status=409)
    messages.success(request, _sent(n, member))
    return redirect(round)


@door(rules.SAY_WHY_NOT)
def say_why_not(request, member, by):
    round = _newest(member)
    said = round.why_nots.filter(organisation=member.organisation_id, ended_at=None).first()
    form = WhyNotForm(request.POST or None, initial={"words": said.words if said else ""})
    status = 200
    if request.method == "POST":
        status = attempt(
            form, lambda words: actions.say_why_not(by=by, member=member, round=round, words=words)
        )
        if status == DONE:
            messages.success(request, "Thank you. The others can read why, and nobody asks again.")
            return redirect(round)
    request.is_invented = member.cluster.is_example
    words = {"cluster": member.cluster, "member": member, "round": round, "form": form}
    return render(request, "diagnostics/say_why_not.html", words, status=status)


@require_POST
@door(rules.TAKE_BACK_WHY_NOT)
def take_back_why_not(request, why_not, by):
    try:
        actions.take_back_why_not(by=by, why_not=why_not)
    except Refused as refused:
        return show_round(request, why_not.round, refusal=str(refused), status=409)
    messages.success(request, "Good. Your questions wait for you below.")
    return redirect(why_not.round)


def _newest(member):
    """The last round of the member's cluster. Http404 if it was never asked anything."""
    round = Round.objects.filter(cluster=member.cluster_id).order_by("number").last()
    if round is None:
        raise Http404
    return round


def _sent(n, member):
    if not n:
        return (
            f"It is written down that you reminded {member.organisation}. No letter went out: "
            "nobody there can be written to from here."
        )
    verb = "is" if n == 1 else "are"
    return f"{first_up(count(n, 'letter'))} to {member.organisation} {verb} on the way."
