"""The two stages of this room, what there is to know before a plan is begun, and handing it in."""

from django.contrib import messages
from django.shortcuts import redirect, render

from hedgerow.journeys import kinds
from hedgerow.journeys.rules import SEE_STAGE
from hedgerow.journeys.views.rooms import stage_words
from hedgerow.people.access import door, may
from hedgerow.people.views.attempts import DONE, attempt
from hedgerow.workplans import rules
from hedgerow.workplans.actions import handing_in as actions
from hedgerow.workplans.forms.handing_in import HandInForm
from hedgerow.workplans.forms.questions import questions
from hedgerow.workplans.queries.overview import before_beginning, handing_in
from hedgerow.workplans.queries.parts import lines_of
from hedgerow.workplans.stage import CARRYING_OUT, MAKING

CHANGES_SHOWN = 8


@door(SEE_STAGE)
def making(request, stage, by):
    return _stage(request, stage, MAKING, "workplans/making.html")


@door(SEE_STAGE)
def carrying_out(request, stage, by):
    return _stage(request, stage, CARRYING_OUT, "workplans/carrying_out.html")


@door(rules.SEE_PLACE)
def before(request, cluster, by):
    request.is_invented = cluster.is_example
    words = {"cluster": cluster, "known": before_beginning(cluster), "parts": questions()}
    return render(request, "workplans/before.html", words)


@door(rules.HAND_IN)
def hand_in(request, cluster, by):
    request.is_invented = cluster.is_example
    known = handing_in(cluster)
    form = HandInForm(request.POST or None, is_first=known.last is None)
    status = 200
    if request.method == "POST":
        status = attempt(form, lambda **read: actions.hand_in(by=by, cluster=cluster, **read))
        if status == DONE:
            messages.success(
                request, "The plan and budget are handed in. The programme reads them as they are."
            )
            return redirect("workplans:hand_in", cluster.pk)
        known = handing_in(cluster)
    words = {
        "cluster": cluster,
        "known": known,
        "form": form,
        "changes": known.changes[:CHANGES_SHOWN],
        "n_more": len(known.changes[CHANGES_SHOWN:]),
    }
    return render(request, "workplans/hand_in.html", words, status=status)


def _stage(request, stage, page, template):
    if kinds.kind_of(stage).page != page:
        return redirect(stage)
    cluster = stage.journey.cluster
    words = stage_words(request, stage, lines_of(stage))
    words["next"] = _next(words["lines"])
    words["may_hand_in"] = not cluster.ended_at and may(
        request.reader, rules.HAND_IN, pk=cluster.pk
    )
    return render(request, template, words)


def _next(lines):
    """The first part of which something is missing."""
    missing = (part for line, _ in lines for part in line.parts if not part.is_met)
    return next(missing, None)
