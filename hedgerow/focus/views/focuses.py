"""Putting a focus to the vote, with what everybody gains and what the pairs found beside it."""

from datetime import timedelta

from django.contrib import messages
from django.shortcuts import redirect, render

from hedgerow.agreements.queries.ways import way_lines
from hedgerow.core import clock
from hedgerow.focus import rules
from hedgerow.focus.actions import focuses as actions
from hedgerow.focus.forms.focuses import FocusForm
from hedgerow.focus.queries.proposing import proposing
from hedgerow.look.words import weekday
from hedgerow.people.access import door
from hedgerow.people.views.attempts import DONE, attempt


@door(rules.PROPOSE_FOCUS)
def propose_focus(request, cluster, by):
    known = proposing(request.reader, cluster)
    ways = way_lines(cluster)
    form = FocusForm(
        request.POST or None,
        ideas=known.choices,
        in_order=known.in_order,
        ways=ways,
        initial=_first_answers(known, ways),
    )
    status = 200
    if request.method == "POST":
        status = attempt(form, lambda **said: _propose(by, cluster, said))
        if status == DONE:
            on = weekday(form.cleaned_data["closes_on"])
            messages.success(request, f"It is put to the vote, and open until {on}.")
            return redirect("focus:focus", cluster.pk)
    request.is_invented = cluster.is_example
    words = {"cluster": cluster, "form": form, "known": known}
    return render(request, "focus/propose_focus.html", words, status=status)


def _propose(by, cluster, said):
    wanted = ("ideas", "words", "way", "closes_on")
    actions.propose_focus(by=by, cluster=cluster, **{name: said[name] for name in wanted})


def _first_answers(known, ways):
    return {
        "ideas": known.shortlisted,
        "way": ways[0].slug,
        "closes_on": clock.today() + timedelta(days=ways[0].way.open_days),
    }
