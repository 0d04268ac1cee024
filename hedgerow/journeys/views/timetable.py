from datetime import date

from django.contrib import messages
from django.http import Http404
from django.shortcuts import redirect, render
from django.views.decorators.http import require_POST

from hedgerow.core import clock
from hedgerow.core.actions import Refused
from hedgerow.core.days import in_words
from hedgerow.journeys import actions, queries, rules
from hedgerow.journeys.forms import AnswerForm, MeetForm, MoveForm
from hedgerow.journeys.prompts import STANDS
from hedgerow.look.words import count, first_up
from hedgerow.people.access import door, keyed, visible


@door(rules.SEE_JOURNEY)
def timetable(request, journey, by):
    return _timetable_page(request, journey)


@door(rules.SEE_JOURNEY)
def version(request, journey, by, number):
    """One version of the timetable, to be read."""
    versions = {line.number: line for line in queries.version_lines(journey)}
    if number not in versions:
        raise Http404
    context = {"journey": journey, "line": versions[number], "newest": max(versions)}
    return render(request, "journeys/version.html", context)


@door(rules.MOVE_DATE)
def move(request, milestone, by):
    """One of the cluster's own dates, at once."""
    return _move_page(request, milestone, by, kind="move")


@door(rules.ASK_TO_MOVE)
def ask(request, milestone, by):
    """One of the programme's dates, by its facilitator: the manager answers."""
    return _move_page(request, milestone, by, kind="ask")


@door(rules.MOVE_PROGRAMME_DATE)
def set_date(request, milestone, by):
    """One of the programme's dates, by its manager."""
    return _move_page(request, milestone, by, kind="set_date")


@door(rules.MEET_MILESTONE)
def meet(request, milestone, by):
    form = MeetForm(request.POST or None, initial={"done_on": clock.today()})
    status = 200
    if request.method == "POST":
        status = 422
        if form.is_valid():
            try:
                actions.meet_milestone(by=by, milestone=milestone, **form.cleaned_data)
            except Refused as refused:
                form.add_error(None, str(refused))
                status = 409
            else:
                return _back_at(request, milestone, f"“{milestone}” is marked as met.")
    context = {"journey": milestone.journey, "milestone": milestone, "form": form}
    return render(request, "journeys/meet.html", context, status=status)


@require_POST
@door(rules.MEET_MILESTONE)
def unmeet(request, milestone, by):
    try:
        actions.unmeet_milestone(by=by, milestone=milestone)
    except Refused as refused:
        return _timetable_page(request, milestone.journey, refusal=str(refused), status=409)
    return _back_at(request, milestone, f"“{milestone}” is to be met again.")


@door(rules.SAY_IT_STANDS)
def stands(request, milestone, by):
    line = _line(milestone)
    refusal, status = "", 200
    if request.method == "POST":
        on = _day(request.POST.get("on", "")) or line.now_on
        try:
            actions.say_it_stands(by=by, milestone=milestone, on=on)
        except Refused as refused:
            refusal, status, line = str(refused), 409, _line(milestone)
        else:
            said = f"Said: {in_words(on)} stands for you."
            return _back_at(request, milestone, said)
    return _stands_page(request, milestone, line, on=line.now_on, refusal=refusal, status=status)


@keyed(STANDS)
def stands_by_link(request, link, by):
    """The same from a message, without signing in. The day is the one the message named."""
    milestone = visible(request.reader, rules.SAY_IT_STANDS).filter(pk=link.about).first()
    if milestone is None:
        raise Http404
    on, refusal, status, done = date.fromordinal(link.version), "", 200, False
    if request.method == "POST":
        try:
            actions.say_it_stands(by=by, milestone=milestone, on=on, link=link)
        except Refused as refused:
            refusal, status = str(refused), 409
        else:
            done = True
    return _stands_page(
        request,
        milestone,
        _line(milestone),
        on=on,
        by_link=True,
        refusal=refusal,
        done=done,
        status=status,
    )


@door(rules.ANSWER_MOVE)
def answer_move(request, move, by):
    """Agreed by one button; refused by another form, in words."""
    is_agreed = request.POST.get("agreed") == "yes"
    form = AnswerForm(request.POST if request.method == "POST" and not is_agreed else None)
    refusal, status = "", 200
    if request.method == "POST":
        status = 422
        if is_agreed or form.is_valid():
            answer = "" if is_agreed else form.cleaned_data["answer"]
            try:
                actions.answer_move(by=by, move=move, is_agreed=is_agreed, answer=answer)
            except Refused as refused:
                refusal, status = str(refused), 409
            else:
                messages.success(request, _answered(move, is_agreed=is_agreed))
                return redirect("journeys:board", pk=move.milestone.journey.cluster.programme_id)
    waiting = queries.move_line(move)
    context = {
        "journey": move.milestone.journey,
        "line": waiting,
        "milestone": _line(move.milestone),
        "form": form,
        "refusal": refusal,
    }
    return render(request, "journeys/answer.html", context, status=status)


def _answered(move, *, is_agreed):
    if is_agreed:
        return f"Agreed: “{move.milestone}” moves to {in_words(move.to_on)}."
    return f"“{move.milestone}” stays on {in_words(move.from_on)}. Your words are with the cluster."


_MOVES = {
    "move": (actions.move_date, "is moved"),
    "ask": (actions.ask_to_move, "waits for the programme manager; until then it stands"),
    "set_date": (actions.move_programme_date, "is moved"),
}


def _move_page(request, milestone, by, *, kind):
    number = queries.timetable_number(milestone.journey)
    reader = "cluster" if kind == "set_date" else "programme"
    form = MoveForm(request.POST or None, initial={"version": number}, read_by=reader)
    status = 200
    if request.method == "POST":
        status = 422
        if form.is_valid():
            asked = form.cleaned_data
            if kind == "ask":
                asked.pop("version")
            act, said = _MOVES[kind]
            try:
                act(by=by, milestone=milestone, **asked)
            except Refused as refused:
                form.add_error(None, str(refused))
                form.data = {**form.data.dict(), "version": number}
                status = 409
            else:
                return _back_at(request, milestone, f"“{milestone}” {said}.")
    context = {
        "journey": milestone.journey,
        "milestone": milestone,
        "line": _line(milestone),
        "form": form,
        "kind": kind,
    }
    return render(request, "journeys/move.html", context, status=status)


def _timetable_page(request, journey, *, refusal="", status=200):
    may = {
        name: set(
            visible(request.reader, rule).filter(journey=journey).values_list("pk", flat=True)
        )
        for name, rule in (
            ("move", rules.MOVE_DATE),
            ("ask", rules.ASK_TO_MOVE),
            ("set_date", rules.MOVE_PROGRAMME_DATE),
            ("meet", rules.MEET_MILESTONE),
            ("stands", rules.SAY_IT_STANDS),
        )
    }
    lines = queries.timetable_lines(journey)
    waiting = [line.waiting for line in lines if line.waiting]
    moves = visible(request.reader, rules.ANSWER_MOVE)
    context = {
        "journey": journey,
        "news": queries.news(lines),
        "lines": [(line, {name for name in may if line.key in may[name]}) for line in lines],
        "waiting": waiting,
        "waiting_aside": first_up(count(len(waiting), "move")),
        "answers": moves.filter(pk__in=[line.key for line in waiting]).exists(),
        "refused": [move for move in queries.answered_moves(journey) if not move.is_agreed],
        "versions": queries.version_lines(journey),
        "refusal": refusal,
        "today": clock.today(),
    }
    return render(request, "journeys/timetable.html", context, status=status)


def _stands_page(
    request, milestone, line, *, on, by_link=False, refusal="", done=False, status=200
):
    context = {
        "journey": milestone.journey,
        "milestone": milestone,
        "line": line,
        "on": on,
        "by_link": by_link,
        "refusal": refusal,
        "is_done": done,
    }
    return render(request, "journeys/stands.html", context, status=status)


def _line(milestone):
    lines = queries.timetable_lines(milestone.journey)
    return next(line for line in lines if line.key == milestone.pk)


def _day(text):
    try:
        return date.fromisoformat(text)
    except ValueError:
        return None


def _back_at(request, milestone, sentence):
    messages.success(request, sentence)
    return redirect("journeys:timetable", pk=milestone.journey_id)
