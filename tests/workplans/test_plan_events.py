"""What the history says of a plan: every event in a sentence that names what it is about."""

import pytest
from django.apps import apps

from hedgerow.core.models import Event
from hedgerow.core.rooms import Told
from hedgerow.people.models import Seat
from hedgerow.people.readers import seat_words
from hedgerow.workplans.actions import objectives, plans, steps
from hedgerow.workplans.events.plans import SENTENCES
from tests.factories import actor

from .planned import begun
from .test_plans import focused

pytestmark = pytest.mark.django_db


def sentences():
    """Of all that happened so far, in its order."""
    return [
        SENTENCES[event.did](_told(event))
        for event in Event.objects.order_by("number")
        if event.did in SENTENCES
    ]


def _told(event):
    label, key = event.thing.split(":")
    return Told(
        by="She",
        look_up=lambda: apps.get_model(label).objects.get(pk=key),
        detail=event.detail,
        named=lambda what, one: seat_words(Seat.objects.get(pk=one)),
    )


def test_each_change_of_the_plan_is_told():
    p = begun()
    p.writes()
    one = p.comes_in_behind(p.adds())
    objectives.change_objective(
        by=p.core,
        objective=one,
        title="All train",
        for_whom="All",
        judged_how=one.judged_how,
        judged_on=one.judged_on,
        strand="main",
        version=one.version,
    )
    first = p.names_pair(p.adds_step(one))
    second = p.waits(p.adds_step(one, "Hold it"), first)
    second = p.waits(second)
    third = p.adds_step(one, "Third")
    p.waits(third, first, second)
    steps.change_step(
        by=p.core,
        step=second,
        kind="activity",
        title="Hold them",
        starts_on=second.starts_on,
        due_on=second.due_on,
        is_quick_win=False,
        version=second.version,
    )
    steps.name_pair(
        by=p.core,
        step=p.step(3),
        first=p.team.core,
        second=None,
        alone_because="So.",
        version=p.step(3).version,
    )
    steps.drop_step(by=p.core, step=first, because="So.", version=first.version)
    objectives.drop_objective(
        by=p.core, objective=one, because="So.", version=p.objective(1).version
    )

    pair = f"{seat_words(p.team.core)} and {seat_words(p.team.second)}"
    assert sentences() == [
        "She began the workplan.",
        "She wrote the summary or the meetings of the workplan anew.",
        "She added objective 1, “All train”, to the plan.",
        "She said what we come in behind with objective 1, “All train”.",
        "She changed two things in objective 1, “All train”.",
        "She added step 1, “Find a trainer”, to the plan.",
        f"She named who does step 1, “Find a trainer”: {pair}.",
        "She added step 2, “Hold them”, to the plan.",
        "She said that step 2, “Hold them”, waits for step 1.",
        "She said that step 2, “Hold them”, waits for no other.",
        "She added step 3, “Third”, to the plan.",
        "She said that step 3, “Third”, waits for steps 1 and 2.",
        "She changed one thing in step 2, “Hold them”.",
        f"She named who does step 3, “Third”: {seat_words(p.team.core)}, alone.",
        "She dropped step 1, “Find a trainer”, from the plan.",
        "She dropped objective 1, “All train”, from the plan, and two steps with it.",
    ]


def test_a_plan_out_of_a_focus_says_how_much_came_out_of_it():
    own, _ = focused("Train together")

    plans.begin_plan(by=actor(own.core), cluster=own.cluster)

    assert sentences() == ["She began the workplan, with one objective out of the focus."]
