"""What the page of a stage says in every room that is one: what ends it, and who may say so."""

from hedgerow.journeys import rules
from hedgerow.journeys.forms import TickForm
from hedgerow.journeys.queries import how_it_stands
from hedgerow.look.words import first_up, out_of
from hedgerow.people.access import may


def stage_words(request, stage, lines):
    """`lines` are the sentences that end it; each knows `key`, `is_met` and `wants_tick`."""
    n_met = sum(line.is_met for line in lines)
    may_tick = stage.is_open and may(request.reader, rules.TICK, stage__pk=stage.pk)
    may_lead = stage.is_open and may(request.reader, rules.CLOSE_STAGE, pk=stage.pk)
    return {
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


def _tick_form(line):
    return TickForm(prefix=f"t{line.key}") if line.wants_tick else None
