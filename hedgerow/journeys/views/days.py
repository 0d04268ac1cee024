from django.contrib import messages
from django.shortcuts import redirect, render
from django.views.decorators.http import require_POST

from hedgerow.core import clock
from hedgerow.core.actions import Refused
from hedgerow.journeys import actions, queries, rules
from hedgerow.journeys.forms import GiveForm, LogForm
from hedgerow.people.access import door, visible


@door(rules.SEE_JOURNEY)
def days(request, journey, by):
    return _days_page(request, journey)


@require_POST
@door(rules.LOG_DAYS)
def log(request, allowance, by):
    form = LogForm(request.POST, prefix=f"log{allowance.pk}")
    if not form.is_valid():
        return _days_page(request, allowance.journey, sent=form, status=422)
    try:
        actions.log_days(by=by, allowance=allowance, **form.cleaned_data)
    except Refused as refused:
        form.add_error(None, str(refused))
        return _days_page(request, allowance.journey, sent=form, status=409)
    messages.success(request, f"Logged under “{allowance}”.")
    return redirect("journeys:days", pk=allowance.journey_id)


@require_POST
@door(rules.GIVE_DAYS)
def give(request, allowance, by):
    form = GiveForm(request.POST, prefix=f"give{allowance.pk}")
    if not form.is_valid():
        return _days_page(request, allowance.journey, sent=form, status=422)
    try:
        actions.give_days(by=by, allowance=allowance, **form.cleaned_data)
    except Refused as refused:
        form.add_error(None, str(refused))
        return _days_page(request, allowance.journey, sent=form, status=409)
    messages.success(request, f"“{allowance}” is changed.")
    return redirect("journeys:days", pk=allowance.journey_id)


@require_POST
@door(rules.STRIKE_DAYS)
def strike(request, log, by):
    try:
        actions.strike_days(by=by, log=log)
    except Refused as refused:
        return _days_page(request, log.allowance.journey, refusal=str(refused), status=409)
    messages.success(request, "Struck out. The line can still be read and no longer counts.")
    return redirect("journeys:days", pk=log.allowance.journey_id)


def _days_page(request, journey, *, sent=None, refusal="", status=200):
    """`sent`: a form that was not taken; the others are shown empty."""
    mine = {
        name: set(
            visible(request.reader, rule).filter(journey=journey).values_list("pk", flat=True)
        )
        for name, rule in (("log", rules.LOG_DAYS), ("give", rules.GIVE_DAYS))
    }
    strikes = set(
        visible(request.reader, rules.STRIKE_DAYS)
        .filter(allowance__journey=journey, struck_at=None)
        .values_list("pk", flat=True)
    )
    lines = queries.day_lines(journey)
    context = {
        "journey": journey,
        "lines": [
            (line, _log_form(line, mine, sent), _give_form(line, mine, sent)) for line in lines
        ],
        "strikes": strikes,
        "sent": sent,
        "refusal": refusal,
    }
    return render(request, "journeys/days.html", context, status=status)


def _log_form(line, mine, sent):
    if line.key not in mine["log"]:
        return None
    prefix = f"log{line.key}"
    if sent and sent.prefix == prefix:
        return sent
    return LogForm(prefix=prefix, initial={"on": clock.today()})


def _give_form(line, mine, sent):
    if line.key not in mine["give"]:
        return None
    prefix = f"give{line.key}"
    if sent and sent.prefix == prefix:
        return sent
    return GiveForm(prefix=prefix, initial={"half_days": line.half_days, "version": line.version})
