"""Meetings: all of them, one of them, and what is sent to its address."""

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils.text import slugify
from django.views.decorators.http import require_POST

from hedgerow.agreements import actions, rules
from hedgerow.agreements.calendars import calendar, entry_of
from hedgerow.agreements.forms.meetings import CallForm, CallOffForm, ChangeForm, ItemForm
from hedgerow.agreements.models import Answer
from hedgerow.agreements.queries.agenda import agenda_of
from hedgerow.agreements.queries.attendance import chairs
from hedgerow.agreements.queries.meeting_changes import changes_of
from hedgerow.agreements.queries.meetings import meeting_line, meetings_of, minutes_of, when
from hedgerow.core import clock
from hedgerow.core.actions import Refused
from hedgerow.look.words import first_up, out_of
from hedgerow.people.access import door, may
from hedgerow.people.models import Role
from hedgerow.people.views.attempts import DONE, attempt


@door(rules.SEE_AGREEMENTS)
def meetings(request, cluster, by):
    coming, past = meetings_of(cluster)
    context = {
        "cluster": cluster,
        "coming": coming,
        "past": past,
        "may_call": not cluster.ended_at and may(request.reader, rules.CALL_MEETING, pk=cluster.pk),
    }
    return render(request, "agreements/meetings.html", context)


@door(rules.CALL_MEETING)
def call_meeting(request, cluster, by):
    form, status = CallForm(request.POST or None), 200
    if request.method == "POST":
        made = []
        status = attempt(
            form,
            lambda **said: made.append(actions.call_meeting(by=by, cluster=cluster, **said)),
        )
        if status == DONE:
            messages.success(request, "Called. Everybody round the table gets an invitation.")
            return redirect(made[0])
    context = {"cluster": cluster, "form": form}
    return render(request, "agreements/meeting_call.html", context, status=status)


@door(rules.SEE_MEETING)
def meeting(request, meeting, by):
    return meeting_page(request, meeting)


@door(rules.RUN_MEETING)
def change_meeting(request, meeting, by):
    form, status = ChangeForm.of(meeting, request.POST or None), 200
    if request.method == "POST":
        status = attempt(
            form, lambda **said: actions.change_meeting(by=by, meeting=meeting, **said)
        )
        if status == DONE:
            messages.success(request, "Changed. Everybody round the table gets it.")
            return redirect(meeting)
        _read_again(form, meeting)
    context = {"meeting": meeting, "cluster": meeting.cluster, "form": form, "when": _when(meeting)}
    return render(request, "agreements/meeting_change.html", context, status=status)


@door(rules.RUN_MEETING)
def call_off(request, meeting, by):
    form = CallOffForm(request.POST or None, initial={"version": meeting.version})
    status = 200
    if request.method == "POST":
        status = attempt(form, lambda **said: actions.call_off(by=by, meeting=meeting, **said))
        if status == DONE:
            messages.success(request, "Called off. Everybody round the table gets it.")
            return redirect(meeting)
        _read_again(form, meeting)
    context = {"meeting": meeting, "cluster": meeting.cluster, "form": form, "when": _when(meeting)}
    return render(request, "agreements/meeting_call_off.html", context, status=status)


@require_POST
@door(rules.ANSWER_MEETING)
def answer_meeting(request, meeting, by):
    answer = request.POST.get("answer", "")
    if answer not in Answer.values:
        return meeting_page(request, meeting, refusal="Say whether you come.", status=422)
    try:
        actions.answer_meeting(by=by, meeting=meeting, answer=answer)
    except Refused as refused:
        return meeting_page(request, meeting, refusal=str(refused), status=409)
    said = "You are coming." if answer == Answer.COMING else "You cannot come."
    messages.success(request, said)
    return redirect(meeting)


@require_POST
@door(rules.ADD_ITEM)
def add_item(request, meeting, by):
    form = ItemForm(request.POST)
    status = attempt(form, lambda **said: actions.add_item(by=by, meeting=meeting, **said))
    if status != DONE:
        return meeting_page(request, meeting, item_form=form, status=status)
    messages.success(request, "It is on the agenda.")
    return redirect(meeting)


@require_POST
@door(rules.TAKE_OFF_ITEM)
def take_off_item(request, item, by):
    try:
        actions.take_off_item(by=by, item=item)
    except Refused as refused:
        return meeting_page(request, item.meeting, refusal=str(refused), status=409)
    messages.success(request, "It is off the agenda.")
    return redirect(item.meeting)


@door(rules.SEE_MEETING)
def meeting_note(request, meeting, by):
    """What was written down, on one page to print."""
    context = {
        "meeting": meeting,
        "cluster": meeting.cluster,
        "when": _when(meeting),
        "minutes": minutes_of(meeting),
        "next": _next(meeting),
        "today": clock.today(),
    }
    return render(request, "agreements/meeting_note.html", context)


@door(rules.SEE_MEETING)
def meeting_file(request, meeting, by):
    """One meeting, for a calendar that is not subscribed."""
    text = calendar(str(meeting.cluster), [entry_of(meeting)])
    name = f"{slugify(meeting.title) or 'meeting'}-{clock.day_of(meeting.starts_at)}.ics"
    return HttpResponse(
        text,
        content_type="text/calendar; charset=utf-8",
        headers={"Content-Disposition": f'attachment; filename="{name}"'},
    )


def meeting_page(request, meeting, *, item_form=None, refusal="", status=200):
    meeting.refresh_from_db()
    seats = chairs(meeting)
    seat = request.acting_from.key if request.acting_from else None
    mine = next((chair for chair in seats if chair.key == seat), None)
    is_to_come = not (meeting.called_off_at or meeting.begun_at) and meeting.ends_at > clock.now()
    has_ended = bool(meeting.cluster.ended_at)
    core = [chair for chair in seats if chair.role is Role.CORE]
    coming = [chair for chair in core if chair.answer == Answer.COMING]
    context = {
        "meeting": meeting,
        "cluster": meeting.cluster,
        "line": meeting_line(meeting),
        "when": _when(meeting),
        "changes": changes_of(meeting),
        "chairs": seats,
        "mine": mine,
        "n_coming": first_up(out_of(len(coming), len(core))),
        "is_to_come": is_to_come,
        "agenda": None if meeting.called_off_at or meeting.ended_at else agenda_of(meeting),
        "minutes": minutes_of(meeting) if meeting.begun_at else None,
        "may_run": not has_ended and may(request.reader, rules.RUN_MEETING, pk=meeting.pk),
        "may_answer": is_to_come and not has_ended and bool(mine),
        "item_form": item_form or (ItemForm() if mine and not has_ended else None),
        "refusal": refusal,
    }
    return render(request, "agreements/meeting.html", context, status=status)


def _next(meeting):
    coming, _ = meetings_of(meeting.cluster)
    return next((line for line in coming if line.starts_at > meeting.starts_at), None)


def _when(meeting):
    return when(meeting.starts_at, meeting.minutes)


def _read_again(form, meeting):
    """Whoever was refused because of others' changes has now seen them."""
    meeting.refresh_from_db()
    form.data = {**form.data.dict(), "version": meeting.version}
