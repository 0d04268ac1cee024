"""The stage that forms a cluster: what there is, what is missing, and where each is done."""

from django.shortcuts import redirect, render

from hedgerow.charter.queries.forming import forming_lines
from hedgerow.charter.stage import PAGE
from hedgerow.journeys import kinds
from hedgerow.journeys import rules as journeys_rules
from hedgerow.journeys.forms import TickForm
from hedgerow.journeys.queries import how_it_stands
from hedgerow.look.words import first_up, out_of
from hedgerow.people.access import door, visible


@door(journeys_rules.SEE_STAGE)
def forming(request, stage, by):
    if kinds.kind_of(stage).page != PAGE:
        return redirect(stage)
    lines = forming_lines(stage)
    n_met = sum(line.is_met for line in lines)
    may_tick = stage.is_open and _may(request, journeys_rules.TICK, stage__pk=stage.pk)
    may_lead = stage.is_open and _may(request, journeys_rules.CLOSE_STAGE, pk=stage.pk)
    words = {
        "journey": stage.journey,
        "stage": stage,
        "stands": how_it_stands(stage),
        "lines": [(line, _tick_form(line) if may_tick else None) for line in lines],
        "counted": f"{first_up(out_of(n_met, len(lines)))} met" if stage.is_open else "",
        "is_complete": n_met == len(lines),
        "may_tick": may_tick,
        "may_close": may_lead,
        "may_go_back": may_lead and stage.position > 1,
    }
    return render(request, "charter/forming.html", words)


def _tick_form(line):
    return TickForm(prefix=f"t{line.key}") if line.wants_tick else None


def _may(request, rule, **which) -> bool:
    return visible(request.reader, rule).filter(**which).exists()
