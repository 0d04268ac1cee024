"""From the long list to at most three: beginning, opening and closing rounds, and stopping."""

from django.contrib import messages
from django.http import Http404
from django.shortcuts import redirect, render
from django.views.decorators.http import require_POST

from hedgerow.agreements.models import Meeting
from hedgerow.agreements.rules import SEE_MEETING
from hedgerow.focus import rules
from hedgerow.focus.actions import shortlisting as actions
from hedgerow.focus.forms.shortlisting import (
    LIVE,
    BeginForm,
    CloseRoundForm,
    GiveUpForm,
    NextRoundForm,
    SettleForm,
)
from hedgerow.focus.queries.shortlisting_pages import (
    open_shortlisting,
    shortlisting_page,
    shortlistings_of,
)
from hedgerow.look.words import weekday
from hedgerow.people.access import door, may, visible
from hedgerow.people.views.attempts import DONE, WRONG, attempt

from .showing import back, show_again, show_live, show_shortlisting


@door(rules.SEE_FOCUS)
def shortlistings(request, cluster, by):
    lines = shortlistings_of(cluster)
    request.is_invented = cluster.is_example
    words = {
        "cluster": cluster,
        "open_line": next((line for line in lines if line.ended_on is None), None),
        "earlier": [line for line in lines if line.ended_on],
        "may_begin": not cluster.ended_at
        and may(request.reader, rules.BEGIN_SHORTLISTING, pk=cluster.pk),
    }
    return render(request, "focus/shortlistings.html", words)


@door(rules.BEGIN_SHORTLISTING)
def begin_shortlisting(request, cluster, by):
    meeting = _meeting(request, cluster)
    ideas = list(visible(request.reader, rules.SEE_IDEAS).filter(cluster=cluster, ended_at=None))
    first = {"held": LIVE} if meeting else {}
    form = BeginForm(request.POST or None, ideas=ideas, initial=first)
    status = 200
    if request.method == "POST":
        begun = []
        status = attempt(
            form,
            lambda **said: begun.append(
                actions.begin_shortlisting(by=by, cluster=cluster, meeting=meeting, **said)
            ),
        )
        if status == DONE:
            due_on = form.cleaned_data["due_on"]
            messages.success(request, _begun(due_on))
            there = "focus:shortlisting" if due_on else "focus:live_shortlisting"
            return redirect(there, begun[0].pk)
    request.is_invented = cluster.is_example
    words = {
        "cluster": cluster,
        "form": form,
        "meeting": meeting,
        "has_enough": len(ideas) > 1,
        "going_on": open_shortlisting(cluster),
    }
    return render(request, "focus/begin_shortlisting.html", words, status=status)


@door(rules.SEE_SHORTLISTINGS)
def shortlisting(request, shortlisting, by):
    return show_shortlisting(request, shortlisting)


@door(rules.RUN_SHORTLISTING)
def open_vote_round(request, shortlisting, by):
    if request.method != "POST":
        return _open_page(request, shortlisting, NextRoundForm())
    form = NextRoundForm(request.POST)
    status = attempt(
        form, lambda **said: actions.open_vote_round(by=by, shortlisting=shortlisting, **said)
    )
    if status == DONE:
        due_on = form.cleaned_data["due_on"]
        until = f" until {weekday(due_on)}" if due_on else ""
        messages.success(request, f"The round is open{until}.")
        return back(request, shortlisting, "open")
    if request.POST.get("from"):
        return show_live(request, shortlisting, wrong=form, status=status)
    return _open_page(request, shortlisting, form, status)


@require_POST
@door(rules.RUN_VOTE_ROUND)
def close_vote_round(request, round, by):
    form = CloseRoundForm(request.POST)
    status = attempt(form, lambda **said: actions.close_vote_round(by=by, round=round, **said))
    if status != DONE:
        return show_again(request, round.shortlisting, wrong=form, status=status)
    messages.success(request, "The round is closed. What it came to stands below.")
    return back(request, round.shortlisting, "ideas")


@require_POST
@door(rules.RUN_VOTE_ROUND)
def settle_round(request, round, by):
    form = SettleForm(request.POST)
    status = attempt(form, lambda **said: actions.settle_round(by=by, round=round, **said))
    if status != DONE:
        return show_again(request, round.shortlisting, wrong=form, status=status)
    messages.success(request, "It is written down, and stands with the round.")
    return back(request, round.shortlisting, "ideas")


@door(rules.RUN_SHORTLISTING)
def give_up_shortlisting(request, shortlisting, by):
    if request.method != "POST":
        return _give_up_page(request, shortlisting, GiveUpForm())
    form = GiveUpForm(request.POST)
    status = attempt(
        form, lambda **said: actions.give_up_shortlisting(by=by, shortlisting=shortlisting, **said)
    )
    if status != DONE:
        return _give_up_page(request, shortlisting, form, status)
    messages.success(request, "It has stopped. What was voted stays to be read, with your reason.")
    return redirect(shortlisting)


def _begun(due_on) -> str:
    if due_on:
        return f"Red spots come first. Every member is asked, until {weekday(due_on)}."
    return "Red spots come first. Ask each member in turn, and close the round from here."


def _open_page(request, shortlisting, form, status=200):
    words = _form_words(request, shortlisting, form, status)
    words["page"] = shortlisting_page(request.reader, shortlisting)
    return render(request, "focus/open_vote_round.html", words, status=status)


def _give_up_page(request, shortlisting, form, status=200):
    words = _form_words(request, shortlisting, form, status)
    return render(request, "focus/give_up_shortlisting.html", words, status=status)


def _form_words(request, shortlisting, form, status):
    """After a clash the form holds what was typed, with the newest version: sending it again
    decides."""
    shortlisting.refresh_from_db()
    request.is_invented = shortlisting.cluster.is_example
    return {
        "cluster": shortlisting.cluster,
        "shortlisting": shortlisting,
        "form": form,
        "version": form.data.get("version", "") if status == WRONG else shortlisting.version,
    }


def _meeting(request, cluster) -> Meeting | None:
    """The meeting in which it is begun, if one is named."""
    named = request.GET.get("meeting", "")
    if not named:
        return None
    here = visible(request.reader, SEE_MEETING).filter(cluster=cluster)
    is_key = named.isascii() and named.isdecimal() and len(named) < 19
    found = here.filter(pk=int(named)).first() if is_key else None
    if found is None:
        raise Http404
    return found
