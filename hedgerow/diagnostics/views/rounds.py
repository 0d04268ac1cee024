"""What a cluster asks itself: opening a round, how it stands, and the talk afterwards."""

from django.contrib import messages
from django.shortcuts import redirect, render

from hedgerow.core import clock
from hedgerow.diagnostics import rules
from hedgerow.diagnostics.actions import rounds as actions
from hedgerow.diagnostics.forms.rounds import MoveRoundForm, OpenRoundForm, TalkForm
from hedgerow.diagnostics.queries import round_pages
from hedgerow.diagnostics.queries.minutes import all_in_words
from hedgerow.diagnostics.queries.rounds import status_of
from hedgerow.diagnostics.questions.packs import catalogue
from hedgerow.look.words import weekday
from hedgerow.people.access import door, may
from hedgerow.people.views.attempts import DONE, REFUSED, WRONG, attempt

SUGGESTED = ("key-facts", "capacity")  # what most clusters ask first


@door(rules.SEE_QUESTIONS)
def rounds(request, cluster, by):
    lines = round_pages.round_lines(cluster)
    may_open = not cluster.ended_at and may(request.reader, rules.OPEN_ROUND, pk=cluster.pk)
    request.is_invented = cluster.is_example
    words = {
        "cluster": cluster,
        "open_line": next((line for line in lines if line.round.is_open), None),
        "earlier": [line for line in lines if not line.round.is_open],
        "may_open": may_open,
    }
    return render(request, "diagnostics/rounds.html", words)


@door(rules.OPEN_ROUND)
def open_round(request, cluster, by):
    known = {"instruments": _in_order(), "suggested": SUGGESTED}
    form = OpenRoundForm(request.POST or None, **known)
    status = 200
    if request.method == "POST":
        status = attempt(form, lambda **said: actions.open_round(by=by, cluster=cluster, **said))
        if status == DONE:
            on = form.cleaned_data["due_on"]
            messages.success(request, f"Every member is asked, until {weekday(on)}.")
            return redirect("diagnostics:rounds", cluster.pk)
    request.is_invented = cluster.is_example
    minutes = all_in_words(form.instruments)
    lines = [(*line, minutes[line[0].slug]) for line in form.lines()]
    words = {"cluster": cluster, "form": form, "lines": lines}
    return render(request, "diagnostics/open_round.html", words, status=status)


@door(rules.SEE_ROUNDS)
def round_page(request, round, by):
    return show_round(request, round)


@door(rules.RUN_ROUND)
def move_round(request, round, by):
    if request.method != "POST":
        form = MoveRoundForm(initial={"due_on": round.due_on})
        return _move_page(request, round, form)
    form = MoveRoundForm(request.POST)
    status = attempt(form, lambda **said: actions.move_round(by=by, round=round, **said))
    if status != DONE:
        return _move_page(request, round, form, status)
    messages.success(request, f"The answers are wanted by {weekday(form.cleaned_data['due_on'])}.")
    return redirect(round)


@door(rules.RUN_ROUND)
def write_talk(request, round, by):
    if request.method != "POST":
        return _talk_page(request, round, TalkForm.of(round_pages.talk_of(round)))
    form = TalkForm(request.POST)
    status = attempt(form, lambda **said: actions.write_talk(by=by, round=round, **said))
    if status != DONE:
        return _talk_page(request, round, form, status)
    messages.success(request, "It is written down. The next step is to choose among the needs.")
    return redirect(round)


def show_round(request, round, *, refusal="", status=200):
    """The page of one round; with a refusal, after a button that did nothing."""
    round.refresh_from_db()
    stands = status_of([round])[round.pk]
    is_going_on = not round.cluster.ended_at
    leads = is_going_on and may(request.reader, rules.RUN_ROUND, pk=round.pk)
    request.is_invented = round.cluster.is_example
    words = {
        "cluster": round.cluster,
        "round": round,
        "stands": stands,
        "asked": round_pages.asked_lines(stands),
        "own": round_pages.own_parts(request.reader, round, stands),
        "talk": round_pages.talk_of(round),
        "is_late": round.is_open and round.due_on < clock.today(),
        "is_going_on": is_going_on,
        "may_run": leads,
        "may_talk": leads and (stands.is_complete or not round.is_open),
        "may_record": round.is_open
        and is_going_on
        and may(request.reader, rules.RECORD_ANSWERS, round=round),
        "refusal": refusal,
    }
    return render(request, "diagnostics/round.html", words, status=status)


def _in_order():
    """What most ask first stands first."""
    known = catalogue()
    first = [known[slug] for slug in SUGGESTED if slug in known]
    return [*first, *(it for slug, it in known.items() if slug not in SUGGESTED)]


def _move_page(request, round, form, status=200):
    round.refresh_from_db()
    request.is_invented = round.cluster.is_example
    words = {
        "cluster": round.cluster,
        "round": round,
        "form": form,
        "version": form.data.get("version", "") if status == WRONG else round.version,
    }
    return render(request, "diagnostics/move_round.html", words, status=status)


def _talk_page(request, round, form, status=200):
    """After a clash the form holds what was typed, with the newest version: sending it again
    decides."""
    talk = round_pages.talk_of(round)
    request.is_invented = round.cluster.is_example
    words = {
        "cluster": round.cluster,
        "round": round,
        "form": form,
        "version": form.data.get("version", "")
        if status == WRONG
        else (talk.version if talk else 0),
        "now": talk if status == REFUSED else None,
    }
    return render(request, "diagnostics/write_talk.html", words, status=status)
