"""Asking that what was struck out or dropped comes back, and every member's word on it."""

from django.contrib import messages
from django.shortcuts import redirect, render
from django.views.decorators.http import require_POST

from hedgerow.agreements.queries.decisions import voices_here
from hedgerow.core.actions import Refused
from hedgerow.focus import rules
from hedgerow.focus.actions import reopenings as actions
from hedgerow.focus.forms.reopenings import NO, YES, AnswerForm, AskForm, RecordedAnswerForm
from hedgerow.focus.queries.reopenings import reopening_page
from hedgerow.people.access import door, may, visible
from hedgerow.people.models import Organisation
from hedgerow.people.views.attempts import DONE, attempt


@door(rules.ASK_TO_REOPEN)
def ask_to_reopen(request, candidate, by):
    form = AskForm(request.POST or None)
    status = 200
    if request.method == "POST":
        asked = []
        status = attempt(
            form,
            lambda reason: asked.append(
                actions.ask_to_reopen(by=by, candidate=candidate, reason=reason)
            ),
        )
        if status == DONE:
            messages.success(request, "Every member is asked. It comes back once all agree.")
            return redirect("focus:reopening", asked[0].pk)
    shortlisting = candidate.shortlisting
    request.is_invented = shortlisting.cluster.is_example
    words = {
        "cluster": shortlisting.cluster,
        "shortlisting": shortlisting,
        "candidate": candidate,
        "form": form,
    }
    return render(request, "focus/reopening_ask.html", words, status=status)


@door(rules.SEE_REOPENINGS)
def reopening(request, reopening, by):
    return _reopening_page(request, reopening)


@require_POST
@door(rules.ANSWER_REOPENING)
def answer_reopening(request, reopening, by):
    form = AnswerForm(request.POST)
    status = attempt(
        form, lambda **said: actions.answer_reopening(by=by, reopening=reopening, **said)
    )
    if status != DONE:
        return _reopening_page(request, reopening, form=form, status=status)
    return _answered(request, reopening, "Your word is in.")


@door(rules.RECORD_ANSWER)
def record_answer(request, reopening, by):
    """What a member told the facilitator, who writes it down for them."""
    line = reopening_page(request.reader, reopening)
    members = [
        *line.waits_for,
        *((one.organisation_key, one.organisation) for one in line.answers),
    ]
    form = RecordedAnswerForm(request.POST or None, members=members)
    status = 200
    if request.method == "POST":
        status = attempt(form, lambda **said: _record(by, reopening, **said))
        if status == DONE:
            return _answered(request, reopening, "It is written down, and waits to be confirmed.")
    words = {**_words(request, reopening, line), "form": form}
    return render(request, "focus/reopening_record.html", words, status=status)


@require_POST
@door(rules.TAKE_BACK_REOPENING)
def take_back(request, reopening, by):
    act = lambda: actions.take_back_reopening(by=by, reopening=reopening)
    return _pressed(request, reopening, act, "It is taken back. That it was asked for stays.")


@require_POST
@door(rules.CONFIRM_ANSWER)
def confirm_answer(request, answer, by):
    act = lambda: actions.confirm_answer(by=by, answer=answer)
    return _pressed(request, answer.reopening, act, "Confirmed. It is your own word from now on.")


@require_POST
@door(rules.CONFIRM_ANSWER)
def undo_answer(request, answer, by):
    act = lambda: actions.undo_answer(by=by, answer=answer)
    return _pressed(request, answer.reopening, act, "Undone. You have not answered until you do.")


def _record(by, reopening, organisation, **said):
    member = Organisation.objects.get(pk=organisation)
    actions.record_answer(by=by, reopening=reopening, organisation=member, **said)


def _pressed(request, reopening, act, said):
    try:
        act()
    except Refused as refused:
        return _reopening_page(request, reopening, refusal=str(refused), status=409)
    messages.success(request, said)
    return redirect("focus:reopening", reopening.pk)


def _answered(request, reopening, said):
    """With the last yes it comes back; with the first no it does not."""
    reopening.refresh_from_db()
    if reopening.granted_at:
        said = f"{said} All agree, so it comes back."
    elif reopening.declined_at:
        said = f"{said} Not all agree, so it does not come back."
    messages.success(request, said)
    return redirect("focus:reopening", reopening.pk)


def _reopening_page(request, reopening, *, form=None, refusal="", status=200):
    reopening.refresh_from_db()
    line = reopening_page(request.reader, reopening)
    words = _words(request, reopening, line)
    may_answer = words["is_on"] and may(request.reader, rules.ANSWER_REOPENING, pk=reopening.pk)
    speaking = _speaking(request, reopening, line)
    request.acting_from = speaking or request.acting_from
    own = next(
        (one for one in line.answers if speaking and one.organisation_key == speaking.organisation),
        None,
    )
    if may_answer and form is None:
        said = {"agrees": YES if own.agrees else NO, "reason": own.reason} if own else {}
        form = AnswerForm(initial=said)
    confirms = visible(request.reader, rules.CONFIRM_ANSWER).filter(reopening=reopening)
    words |= {
        "own": own,
        "speaking": speaking,
        "form": form if may_answer else None,
        "wrong": form if form and form.is_bound else None,
        "may_record": words["is_on"] and may(request.reader, rules.RECORD_ANSWER, pk=reopening.pk),
        "may_take_back": words["is_on"]
        and may(request.reader, rules.TAKE_BACK_REOPENING, pk=reopening.pk),
        "answers": set(confirms.values_list("pk", flat=True)) if words["is_going_on"] else set(),
        "may_undo": line.state in ("open", "granted") and words["shortlisting"].is_open,
        "refusal": refusal,
    }
    return render(request, "focus/reopening.html", words, status=status)


def _speaking(request, reopening, line):
    """The seat from which the reader answers: the one that is named; else one whose organisation
    has not answered yet."""
    named = request.POST.get("seat") or request.GET.get("seat")
    waits = {key for key, _ in line.waits_for}
    voices = voices_here(request.reader, reopening.candidate.shortlisting.cluster_id)
    return min(
        voices,
        key=lambda seat: (str(seat.key) != named, seat.organisation not in waits),
        default=None,
    )


def _words(request, reopening, line) -> dict:
    shortlisting = reopening.candidate.shortlisting
    cluster = shortlisting.cluster
    request.is_invented = cluster.is_example
    return {
        "cluster": cluster,
        "shortlisting": shortlisting,
        "line": line,
        "mine": {seat.organisation for seat in request.reader.in_cluster(cluster.pk)} - {None},
        "is_going_on": cluster.ended_at is None,
        "is_on": line.is_open and cluster.ended_at is None,
    }
