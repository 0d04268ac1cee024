"""The stage that finds the focus, and the room's own page: where it is, and the way through."""

from django.shortcuts import redirect, render

from hedgerow.focus import rules
from hedgerow.focus.queries.finding import finding_lines
from hedgerow.focus.queries.focuses import focus_now
from hedgerow.focus.queries.overview import overview
from hedgerow.focus.stage import PAGE
from hedgerow.journeys import kinds
from hedgerow.journeys.rules import SEE_STAGE
from hedgerow.journeys.views.rooms import stage_words
from hedgerow.people.access import door


@door(SEE_STAGE)
def finding(request, stage, by):
    if kinds.kind_of(stage).page != PAGE:
        return redirect(stage)
    words = stage_words(request, stage, finding_lines(stage))
    return render(request, "focus/finding.html", words)


@door(rules.SEE_FOCUS)
def focus(request, cluster, by):
    request.is_invented = cluster.is_example
    words = {
        "cluster": cluster,
        "found": overview(request.reader, cluster),
        "focus": focus_now(cluster),
    }
    return render(request, "focus/focus.html", words)
