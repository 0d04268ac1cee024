"""The stage that gathers the facts: what there is, what is missing, and where each is done."""

from django.shortcuts import redirect, render

from hedgerow.diagnostics.queries.gathering import gathering_lines
from hedgerow.diagnostics.queries.rounds import round_of
from hedgerow.diagnostics.stage import PAGE
from hedgerow.journeys import kinds
from hedgerow.journeys.rules import SEE_STAGE
from hedgerow.journeys.views.rooms import stage_words
from hedgerow.people.access import door


@door(SEE_STAGE)
def gathering(request, stage, by):
    if kinds.kind_of(stage).page != PAGE:
        return redirect(stage)
    words = {**stage_words(request, stage, gathering_lines(stage)), "round": round_of(stage)}
    return render(request, "diagnostics/gathering.html", words)
