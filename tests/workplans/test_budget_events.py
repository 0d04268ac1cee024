"""What the history says of budgets: every event in a sentence, with its sums."""

import pytest

from hedgerow.core.models import Event
from hedgerow.core.rooms import Told
from hedgerow.journeys.models import Answered
from hedgerow.workplans.actions import budget_changes
from hedgerow.workplans.events.budgets import SENTENCES

from .budgeted import writing

pytestmark = pytest.mark.django_db


def test_each_thing_done_to_a_budget_is_told():
    b = writing()
    b.adds(pence=1_000_00)
    b.changes(1, pence=900_50)
    b.gives(b.own.organisations[0], 12, 240_00)
    b.drops(2)
    b.hands_in()
    b.is_answered(Answered.RETURNED, "Say who trains.")
    b.begins()
    b.hands_in()
    b.is_awarded()
    b.begins_change()
    b.changes(1, pence=800_00)
    b.puts()
    b.loses(b.state.vote)
    change = b.begins_change()
    budget_changes.give_up_change(by=b.core, budget=change, version=change.version)

    events = Event.objects.filter(did__in=SENTENCES).order_by("number")
    told = [
        SENTENCES[event.did](
            Told(by="She", look_up=lambda: None, detail=event.detail, named=lambda label, key: "")
        )
        for event in events
    ]

    assert {event.did for event in events} == set(SENTENCES)
    assert list(dict.fromkeys(told)) == [
        "She began the budget of the plan.",
        "She added line 1 to the budget: £1,000.",
        "She changed line 1 of the budget: it is £900.50 now.",
        "She added line 2 to the budget: 12 hours in kind, worth £240.",
        "She took line 2 out of the budget: it was 12 hours in kind, worth £240.",
        "She handed in budget 1: £900.50 in all.",
        "She began another budget, with one line of the one before.",
        "She handed in budget 2: £900.50 in all.",
        "She began to change the budget. The one that holds stays until a decision.",
        "She changed line 1 of the budget: it is £800 now.",
        "She put one change of the budget to the vote, as decision 1: £800 in all instead of £900.50.",
        "She gave up a change of the budget. The one that holds stays.",
    ]
