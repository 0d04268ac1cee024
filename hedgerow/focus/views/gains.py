"""Who would gain: said by each member for itself, or written down for it."""

from django.contrib import messages
from django.shortcuts import redirect, render
from django.views.decorators.http import require_POST

from hedgerow.core.actions import Refused
from hedgerow.focus import rules
from hedgerow.focus.actions import gains as actions
from hedgerow.focus.forms.gains import GainForm, RecordGainForm
from hedgerow.focus.queries.gains import gains_of, next_silent
from hedgerow.people.access import door
from hedgerow.people.views.attempts import DONE, attempt

from .ideas import show_idea


@door(rules.SAY_GAIN)
def say_gain(request, idea, by):
    line = gains_of([idea])[idea.pk].of(by.for_organisation)
    form, status = GainForm.of(line), 200
    if request.method == "POST":
        form = GainForm(request.POST)
        status = attempt(form, lambda **said: actions.say_gain(by=by, idea=idea, **said))
        if status == DONE:
            if following := next_silent(idea, by.for_organisation):
                messages.success(request, f"Said of “{idea}”. Here is the next on our shortlist.")
                return redirect("focus:say_gain", following.pk)
            messages.success(request, "Said. You can change it as long as the idea is on the list.")
            return redirect(f"{idea.get_absolute_url()}#gains")
    return _page(request, idea, "focus/gain.html", form, status, line=line)


@door(rules.RECORD_GAIN)
def record_gain(request, idea, by):
    """For those whose own people have not spoken; what they said themselves is theirs."""
    table = gains_of([idea])[idea.pk]
    members = [
        (str(line.organisation_key), line.organisation) for line in table.lines if line.can_be_said
    ]
    form, status = RecordGainForm(members=members), 200
    if request.method == "POST":
        form = RecordGainForm(request.POST, members=members)
        status = attempt(form, lambda **said: actions.record_gain(by=by, idea=idea, **said))
        if status == DONE:
            member = form.cleaned_data["organisation"]
            messages.success(
                request,
                f"Written down for {member}. It counts, and waits for them to confirm it.",
            )
            return redirect(f"{idea.get_absolute_url()}#gains")
    return _page(request, idea, "focus/gain_record.html", form, status, members=members)


@require_POST
@door(rules.CONFIRM_GAIN)
def confirm_gain(request, gain, by):
    said = "Confirmed. It is your own word from now on."
    return _answered(request, gain, lambda: actions.confirm_gain(by=by, gain=gain), said)


@require_POST
@door(rules.CONFIRM_GAIN)
def undo_gain(request, gain, by):
    said = "Undone. Nothing is said for you until you say it."
    return _answered(request, gain, lambda: actions.undo_gain(by=by, gain=gain), said)


def _answered(request, gain, act, said):
    try:
        act()
    except Refused as refused:
        return show_idea(request, gain.idea, refusal=str(refused), status=409)
    messages.success(request, said)
    return redirect(f"{gain.idea.get_absolute_url()}#gains")


def _page(request, idea, template, form, status, **more):
    request.is_invented = idea.cluster.is_example
    words = {"cluster": idea.cluster, "idea": idea, "form": form, **more}
    return render(request, template, words, status=status)
