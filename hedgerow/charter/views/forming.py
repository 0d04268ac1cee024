"""The stage that forms a cluster: what there is, what is missing, and where each is done."""

from django.shortcuts import redirect, render

from hedgerow.charter.queries.forming import forming_lines
from hedgerow.charter.stage import PAGE
from hedgerow.journeys import kinds
from hedgerow.journeys.rules import SEE_STAGE
from hedgerow.journeys.views.rooms import stage_words
from hedgerow.people.access import door


@door(SEE_STAGE)
def forming(request, stage, by):
    if kinds.kind_of(stage).page != PAGE:
        return redirect(stage)
    words = stage_words(request, stage, forming_lines(stage))
    return render(request, "charter/forming.html", words)
