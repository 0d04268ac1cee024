"""A meeting while it goes on: one page, driven by whoever leads it."""

from django.shortcuts import redirect, render
from django.urls import reverse
from django.views.decorators.http import require_POST

from hedgerow.agreements import actions, rules
from hedgerow.agreements.forms.meetings import NoteForm
from hedgerow.agreements.queries.agenda import agenda_of
from hedgerow.agreements.queries.live import table_of
from hedgerow.agreements.queries.meetings import minutes_of, when
from hedgerow.core import clock
from hedgerow.core.actions import Refused
from hedgerow.people.access import door
from hedgerow.people.models import Seat
from hedgerow.people.views.attempts import DONE, attempt

from .meetings import meeting_page


@door(rules.RUN_MEETING)
def live(request, meeting, by):
    return _live_page(request, meeting)


@require_POST
@door(rules.RUN_MEETING)
def begin_meeting(request, meeting, by):
    return _done(
        request, meeting, lambda: actions.begin_meeting(by=by, meeting=meeting), at="began"
    )


@require_POST
@door(rules.RUN_MEETING)
def end_meeting(request, meeting, by):
    try:
        actions.end_meeting(by=by, meeting=meeting)
    except Refused as refused:
        return _live_page(request, meeting, refusal=str(refused), status=409)
    return redirect(meeting)


@require_POST
@door(rules.RUN_MEETING)
def came(request, meeting, by):
    """One tap for one seat."""
    key, said = request.POST.get("who", ""), request.POST.get("came", "")
    seat = None
    if key.isdecimal() and len(key) < 19:
        seat = Seat.objects.filter(pk=key, cluster=meeting.cluster_id).first()
    if seat is None or said not in ("yes", "no"):
        return _live_page(request, meeting, refusal="Say of one seat who came.", status=422)
    return _done(
        request,
        meeting,
        lambda: actions.note_who_came(by=by, meeting=meeting, seat=seat, came=said == "yes"),
        at=f"seat-{seat.pk}",
    )


@require_POST
@door(rules.RUN_MEETING)
def add_note(request, meeting, by):
    form = NoteForm(request.POST)
    status = attempt(form, lambda **said: actions.add_note(by=by, meeting=meeting, **said))
    if status != DONE:
        return _live_page(request, meeting, note_form=form, status=status)
    return _done(request, meeting, at="notes")


@require_POST
@door(rules.STRIKE_NOTE)
def strike_note(request, note, by):
    """From the live page, or from the meeting's own once it is over."""
    try:
        actions.strike_note(by=by, note=note)
    except Refused as refused:
        return meeting_page(request, note.meeting, refusal=str(refused), status=409)
    return _done(request, note.meeting, at="notes")


def _done(request, meeting, act=None, *, at=""):
    """The page's inner part when htmx asked; else the page again. `at`: where it was pressed."""
    if act is not None:
        try:
            act()
        except Refused as refused:
            return _live_page(request, meeting, refusal=str(refused), status=409)
    if request.htmx:
        return _live_page(request, meeting, at=at)
    there = reverse("agreements:live", args=[meeting.pk])
    return redirect(f"{there}#{at}" if at else there)


def _live_page(request, meeting, *, note_form=None, at="", refusal="", status=200):
    """`at`: what gets the focus; of the notes, the place to write the next one."""
    meeting.refresh_from_db()
    today = clock.today()
    note_form = note_form or NoteForm()
    if at == "notes":
        note_form.fields["words"].widget.attrs["autofocus"] = True
    context = {
        "meeting": meeting,
        "cluster": meeting.cluster,
        "when": when(meeting.starts_at, meeting.minutes),
        "agenda": agenda_of(meeting),
        "minutes": minutes_of(meeting),
        "table": table_of(request.reader, meeting),
        "may_begin": clock.day_of(meeting.starts_at) <= today and not meeting.called_off_at,
        "note_form": note_form,
        "at": at,
        "refusal": refusal,
    }
    name = "agreements/_meeting_live.html" if request.htmx else "agreements/meeting_live.html"
    return render(request, name, context, status=status)
