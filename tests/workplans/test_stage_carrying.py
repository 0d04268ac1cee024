"""The stage that takes the plan forward, from the day it opens until it may close."""

import pytest
from django.urls import reverse

from hedgerow.core.actions import Refused
from hedgerow.journeys import actions as journeys
from hedgerow.people.models import Role
from hedgerow.workplans.actions.gains import say_gains
from hedgerow.workplans.models import GainsSaid
from hedgerow.workplans.queries.parts import still_missing
from hedgerow.workplans.stage import CARRYING_OUT
from tests.factories import actor, team
from tests.front.pages import page

from .carried import keeps, lets_go
from .handed import Handed, ends_as_shipped, ready
from .planned import begun, in_days

pytestmark = pytest.mark.django_db


def url(h):
    return reverse(CARRYING_OUT, args=[h.b.p.carrying_out.pk])


def carried_out(*, pack: str = "collaborate-2") -> Handed:
    """The plan is agreed, the award is made, and the stage is open; by real actions."""
    h = ready()
    h.finds_focus()
    h.all_boards_say()
    h.b.p.stage.exit_tests.exclude(slug="who-does-what").delete()
    h.hands_in()
    h.b.is_awarded(levelling_up=500_00)
    journeys.close_stage(by=actor(h.own.facilitator), stage=h.stage)
    ends_as_shipped(h.b.p.carrying_out, pack)
    return h


def all_steps_end(h):
    keeps(h.b.p, 1)
    keeps(h.b.p, 2)
    lets_go(h.b.p, 3)


def all_say(h):
    for seat in (h.own.core, h.own.second, h.own.third):
        say_gains(by=actor(seat), workplan=h.b.p.fresh(), has_nothing=True, words="")


def all_is_committed(h):
    h.b.enters("commit", 1, 14_500_00)
    h.b.enters("commit", 2, 500_00, h.own.second)


def all_there():
    h = carried_out()
    all_steps_end(h)
    all_is_committed(h)
    all_say(h)
    return h


def test_as_it_opens_everything_is_missing():
    h = carried_out()
    names = sorted(str(one) for one in h.own.organisations)

    missing = still_missing(h.b.p.carrying_out)

    assert missing[0].startswith("“Find a trainer” is open; it is due on ")
    assert len(missing) == 5
    assert missing[3:] == [
        "£15,000 of the award is free: neither spent nor committed.",
        (
            f"{names[0]}, {names[1]} and {names[2]} have not said what they gained, or that they have "
            "nothing to add."
        ),
    ]


def test_when_all_is_done_or_stopped_committed_and_said_it_closes():
    h = all_there()
    assert still_missing(h.b.p.carrying_out) == []

    closed = journeys.close_stage(by=actor(h.own.core), stage=h.b.p.carrying_out)

    assert closed.closed_at


def with_a_step_that_was_added(h):
    step = h.b.p.adds_step(h.b.p.objective(1), "Hold a second course", due_on=in_days(50))
    assert step.promise is None
    return "“Hold a second course” is nobody’s yet."


def with_money_that_is_free_again(h):
    h.b.enters("free", 1, 200_00)
    return "£200 of the award is free: neither spent nor committed."


def with_a_silent_member(h):
    GainsSaid.objects.filter(organisation=h.own.third.organisation).delete()
    return (
        f"{h.own.third.organisation} has not said what they gained, or that they have nothing to "
        "add."
    )


@pytest.mark.parametrize(
    "undo", [with_a_step_that_was_added, with_money_that_is_free_again, with_a_silent_member]
)
def test_each_part_that_is_gone_is_missed_and_keeps_the_stage_open(undo):
    h = all_there()

    sentence = undo(h)

    assert still_missing(h.b.p.carrying_out) == [sentence]
    with pytest.raises(Refused, match="cannot be closed yet"):
        journeys.close_stage(by=actor(h.own.core), stage=h.b.p.carrying_out)


def test_of_many_open_steps_three_are_named_and_the_others_counted():
    h = carried_out()
    for n in range(2):
        h.b.p.adds_step(h.b.p.objective(1), f"Course {n}", due_on=in_days(50))

    assert "Two more steps are open." in still_missing(h.b.p.carrying_out)


def test_without_an_award_what_is_said_of_one_is_ticked():
    p = begun()
    ends_as_shipped(p.carrying_out)

    assert "Not ticked yet: The award is spent or committed." in still_missing(p.carrying_out)


def test_the_page_says_what_is_there_and_what_is_missing(client):
    h = carried_out()
    keeps(h.b.p, 1)

    words = page(client, url(h), h.own.core)

    assert "Missing: “The first course is held” is open" in words
    assert "One of three steps done" in words
    assert "Of £15,000, £0 is spent, and £0 more is committed." in words
    assert words.index("Next “The first course is held”") < words.index("What ends this stage")


def test_only_those_round_the_table_see_it(client):
    h = carried_out()

    page(client, url(h), h.own.seats[Role.DEPUTY])
    page(client, url(h), h.b.p.manager, status=404)
    page(client, url(h), team(h.own.cluster.programme).core, status=404)
