from django.contrib import messages
from django.shortcuts import redirect, render
from django.urls import reverse
from django.views.decorators.http import require_POST

from hedgerow.core import clock
from hedgerow.core.actions import Refused
from hedgerow.journeys import actions, kinds, queries, rules
from hedgerow.journeys.forms import BackForm, TickForm
from hedgerow.look.words import first_up, out_of
from hedgerow.people.access import door, may

NEXT_DATES = 4


@door(rules.SEE_JOURNEY)
def journey(request, journey, by):
    dates = queries.timetable_lines(journey)
    coming = [line for line in dates if not line.done_on]
    page = queries.overview(journey, linked=may(request.reader, rules.SEE_STAGE, journey=journey))
    context = {
        "journey": journey,
        "design_name": queries.name_of_design(journey.design),
        "page": page,
        "kept": queries.kept(dates),
        "next": coming[:NEXT_DATES],
        "n_more": len(coming[NEXT_DATES:]),
        "today": clock.today(),
    }
    return render(request, "journeys/journey.html", context)


@door(rules.SEE_STAGE)
def stage(request, stage, by):
    """A checklist; a stage with a room of its own is shown there."""
    kind = kinds.kind_of(stage)
    if kind.page != kinds.PLAIN_PAGE:
        return redirect(kind.page, stage.pk)
    return _stage_page(request, stage)


@require_POST
@door(rules.TICK)
def tick(request, exit_test, by):
    form = TickForm(request.POST, prefix=f"t{exit_test.pk}")
    if not form.is_valid():
        return _stage_page(request, exit_test.stage, form=form, at=exit_test, status=422)
    try:
        actions.tick(by=by, exit_test=exit_test, **form.cleaned_data)
    except Refused as refused:
        form.add_error(None, str(refused))
        return _stage_page(request, exit_test.stage, form=form, at=exit_test, status=409)
    return _done(request, exit_test, "Ticked. It is kept with your words and today’s date.")


@require_POST
@door(rules.TICK)
def untick(request, exit_test, by):
    try:
        actions.untick(by=by, exit_test=exit_test)
    except Refused as refused:
        return _stage_page(request, exit_test.stage, refusal=str(refused), status=409)
    return _done(request, exit_test, "The tick is taken back. What was written stays readable.")


@require_POST
@door(rules.CLOSE_STAGE)
def close(request, stage, by):
    try:
        closed = actions.close_stage(by=by, stage=stage)
    except Refused as refused:
        return _stage_page(request, stage, refusal=str(refused), status=409)
    messages.success(request, f"{closed} is closed.")
    return redirect(closed.journey)


@door(rules.GO_BACK)
def back(request, stage, by):
    choices = [
        (line.position, line.name)
        for line in queries.stage_lines(stage.journey)
        if line.state == "done"
        and (line.position < stage.position or (line.key == stage.pk and stage.closed_at))
    ]
    form = BackForm(request.POST or None, stages=choices)
    status = 200
    if request.method == "POST":
        status = 422
        if form.is_valid():
            try:
                opened = actions.go_back(by=by, stage=stage, **form.cleaned_data)
            except Refused as refused:
                form.add_error(None, str(refused))
                status = 409
            else:
                messages.success(request, f"The journey is back in {opened}.")
                return redirect(opened)
    context = {"journey": stage.journey, "stage": stage, "form": form, "choices": choices}
    return render(request, "journeys/back.html", context, status=status)


def _done(request, exit_test, sentence):
    """The list alone when htmx asked; else the page again, at the line."""
    if request.htmx:
        return _stage_page(request, exit_test.stage, done=sentence)
    messages.success(request, sentence)
    return redirect(f"{exit_test.stage.get_absolute_url()}#test-{exit_test.pk}")


def _stage_page(request, stage, *, form=None, at=None, refusal="", done="", status=200):
    """`form`: one that was sent for the line `at` and not taken. Of a stage with a room of its own,
    only what was refused is shown here, and the way to its room."""
    kind = kinds.kind_of(stage)
    is_plain = kind.page == kinds.PLAIN_PAGE
    may_tick = stage.is_open and may(request.reader, rules.TICK, stage__pk=stage.pk)
    lines = [
        (line, form if at and line.key == at.pk else _tick_form(line, may_tick=may_tick))
        for line in queries.exit_test_lines(stage)
    ]
    n_met = sum(line.tick is not None for line, _ in lines)
    stands = queries.how_it_stands(stage)
    may_lead = may(request.reader, rules.CLOSE_STAGE, pk=stage.pk)
    context = {
        "journey": stage.journey,
        "stage": stage,
        "kind": kind,
        "is_plain": is_plain,
        "room_url": "" if is_plain else reverse(kind.page, args=[stage.pk]),
        "lines": lines,
        "n_met": n_met,
        "counted": f"{first_up(out_of(n_met, len(lines)))} met" if len(lines) > 1 else "",
        "at": at.pk if at else None,
        "form": form,
        "missing": kinds.still_missing(stage) if stage.is_open else [],
        "stands": stands,
        "next_name": stands.next_name,
        "may_tick": may_tick,
        "may_close": stage.is_open and may_lead,
        "may_go_back": may_lead and _is_where_one_goes_back(stage, stands),
        "refusal": refusal,
        "done": done,
    }
    template = "journeys/_tests.html" if request.htmx else "journeys/stage.html"
    return render(request, template, context, status=status)


def _tick_form(line, *, may_tick):
    return TickForm(prefix=f"t{line.key}") if may_tick and not line.tick else None


def _is_where_one_goes_back(stage, stands) -> bool:
    """From the open stage, if it is not the first; from the last, once the journey is at its end."""
    if stands.where.stage is None:
        return stands.is_newest and not stands.next_name
    return stage.is_open and stage.position > 1
