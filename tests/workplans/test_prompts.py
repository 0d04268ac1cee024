"""What waits for whom around a plan: one thing at a time, to those who can do it."""

from datetime import timedelta

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from hedgerow.core import clock
from hedgerow.core.readings import reading
from hedgerow.front.queries import next_list
from hedgerow.journeys import actions as journeys
from hedgerow.journeys.models import Answered
from hedgerow.journeys.queries.gathered import journeys_of, stages_of
from hedgerow.ledger.actions import (
    doubt_condition,
    doubt_instalment,
    tell_condition,
    tell_instalment,
)
from hedgerow.ledger.models import Condition
from hedgerow.people.models import Role
from hedgerow.workplans.actions.gains import record_gains, say_gains
from hedgerow.workplans.actions.progress import judge
from hedgerow.workplans.models import Objective, Step
from hedgerow.workplans.prompts import prompts as of_workplans
from tests.factories import ProgrammeFactory, SeatFactory, actor, reader, team
from tests.journeys.walks import walk

from .carried import keeps, lets_go, opened
from .handed import ready
from .planned import begun, in_days, planned

pytestmark = pytest.mark.django_db


def prompts(seat):
    """That this room asks, by the first part of their key."""
    return {p.key.split(":")[0]: p for p in of_workplans(reader(seat), clock.today())}


def next_of(p):
    """Of whoever leads; what is asked of each member left out."""
    asked = prompts(p.team.facilitator)
    assert len(asked) == 1
    return next(iter(asked.values()))


def under_way():
    """Agreed, awarded, and taken up."""
    h = ready()
    h.hands_in()
    h.b.is_awarded(levelling_up=500_00)
    opened(h.b.p)
    return h


def all_end(h):
    keeps(h.b.p, 1)
    keeps(h.b.p, 2)
    lets_go(h.b.p, 3)


# making the plan


def test_who_leads_is_asked_to_begin_the_plan():
    p = begun()
    p.plan.delete()

    assert next_of(p).sentence == "Begin the plan"
    assert next_of(p).url == reverse("workplans:plan", args=[p.cluster.pk])


def test_a_plan_that_is_begun_is_written_then_comes_behind_then_has_its_pairs_then_goes():
    p = begun()
    assert next_of(p).sentence == "Write what will be true, and the steps to it"

    objective = p.adds()
    step = p.adds_step(objective)
    assert next_of(p).url == reverse("workplans:behind", args=[objective.pk])

    p.comes_in_behind(objective)
    assert next_of(p).url == reverse("workplans:pair", args=[step.pk])

    p.names_pair(step)
    assert next_of(p).sentence == "Hand in the plan and budget"
    assert next_of(p).url == reverse("workplans:hand_in", args=[p.cluster.pk])


def test_what_was_dropped_waits_for_nobody():
    p = planned()
    gone = {"dropped_at": clock.now(), "dropped_by": p.team.core, "dropped_because": "Too much."}
    Objective.objects.filter(number=2).update(found="", **gone)
    Step.objects.filter(number=3).update(first=None, second=None)
    Step.objects.filter(number=2).update(first=None, second=None, **gone)

    assert next_of(p).sentence == "Hand in the plan and budget"


def test_while_it_is_with_the_programme_nothing_waits():
    h = ready()
    h.hands_in()
    assert prompts(h.own.facilitator) == {}

    h.is_agreed()
    assert prompts(h.own.facilitator) == {}


def test_a_plan_that_came_back_leads_to_what_is_missing():
    h = ready()
    h.hands_in()
    h.is_sent_back()

    asked = next_of(h.b.p)

    assert asked.sentence == "The plan came back: see what is missing"
    assert asked.url == reverse("workplans:hand_in", args=[h.own.cluster.pk])


def test_a_plan_that_was_pointed_elsewhere_leads_to_the_answer():
    h = ready()
    h.hands_in()
    h.b.is_answered(Answered.REDIRECTED, "The council lends a trainer.")

    assert next_of(h.b.p).sentence == "Read what the programme says to your plan"


def test_a_plan_that_was_taken_back_waits_to_be_handed_in_again():
    h = ready()
    submission = h.hands_in()
    journeys.take_back(by=h.b.core, submission=submission, version=submission.version)

    assert next_of(h.b.p).sentence == "Hand in the plan and budget"


def test_of_two_who_could_the_facilitator_is_asked_and_without_one_every_core_member():
    p = planned()
    assert "workplans.hand_in" not in prompts(p.team.core)

    p.team.facilitator.ended_at = clock.now()
    p.team.facilitator.save()

    assert "workplans.hand_in" in prompts(p.team.core)
    assert "workplans.hand_in" in prompts(p.team.third)


def test_nobody_else_is_asked_anything():
    p = planned()
    for role in (Role.DEPUTY, Role.STAFF, Role.SUPPORTER, Role.SPONSOR):
        assert prompts(p.team.seats[role]) == {}, role
    assert prompts(p.manager) == prompts(team(p.cluster.programme).core) == {}


# boards


def test_each_member_is_asked_whether_its_board_must_agree_once_there_is_a_plan():
    h = ready()
    member = h.own.cluster.members.get(organisation=h.own.second.organisation)

    asked = prompts(h.own.second)["agreements.board"]

    assert (
        asked.sentence
        == f"Say whether the board of {h.own.second.organisation} must agree to the plan"
    )
    assert asked.url == reverse("agreements:say_board", args=[member.pk])
    assert "agreements.board" not in prompts(h.own.facilitator)


def test_who_has_said_what_its_board_says_is_asked_no_more():
    h = ready()
    h.says_board(h.own.second)

    assert prompts(h.own.second) == {}
    assert "agreements.board" in prompts(h.own.third)


def test_no_board_is_asked_before_there_is_a_plan_nor_while_it_waits():
    h = ready()
    h.hands_in()
    p = begun()
    p.plan.delete()

    assert "agreements.board" not in prompts(h.own.second)
    assert "agreements.board" not in prompts(p.team.second)


def test_what_two_rooms_ask_of_a_board_stands_once():
    h = ready()
    h.finds_focus()

    lines = next_list(reader(h.own.second), clock.today()).lines

    boards = [line for line in lines if line.prompt.key.startswith("agreements.board")]
    assert len(boards) == 1


# carrying it out


def test_a_condition_that_nobody_has_told_of_waits_for_who_leads():
    h = under_way()
    condition = Condition.objects.create(
        award=h.b.award, position=1, words="Show that the hall is let.", due_on=in_days(9)
    )

    asked = prompts(h.own.facilitator)["workplans.condition"]

    assert asked.sentence == "Say what meets “Show that the hall is let.”"
    assert (asked.url, asked.due_on) == (
        reverse("ledger:tell_condition", args=[condition.pk]),
        in_days(9),
    )
    condition = tell_condition(
        by=h.b.core, condition=condition, told="It is.", version=condition.version
    )
    assert prompts(h.own.facilitator) == {}
    manager = actor(SeatFactory(role=Role.MANAGER, programme=h.own.cluster.programme))
    doubt_condition(by=manager, condition=condition, reason="To whom?", version=2)
    again = prompts(h.own.facilitator)["workplans.condition"]
    assert again.why == "The programme said that it is not met yet, and why. You can answer."
    with clock.at(clock.now() + timedelta(days=20)):
        assert prompts(h.own.facilitator)["workplans.condition"].due_on is None
    other = condition.award.conditions.create(position=9, words="Say who has the keys.")
    asked = prompts(h.own.facilitator)["workplans.condition"]
    assert asked.key == f"workplans.condition:{other.pk}"


def test_how_an_objective_came_out_is_asked_by_its_day_until_it_is_judged():
    h = under_way()
    first, second = h.b.p.objective(1), h.b.p.objective(2)
    assert prompts(h.own.facilitator) == {}
    Objective.objects.filter(pk=first.pk).update(judged_on=in_days(14))
    Objective.objects.filter(pk=second.pk).update(judged_on=in_days(15))

    asked = prompts(h.own.facilitator)
    assert set(asked) == {"workplans.judge"}
    prompt = asked["workplans.judge"]
    assert prompt.key == f"workplans.judge:{first.pk}"
    assert prompt.sentence == f"“{first.title}”: did it come true?"
    assert (prompt.url, prompt.due_on) == (
        reverse("workplans:judge", args=[first.pk]),
        in_days(14),
    )
    assert prompts(h.own.core) == {}  # the facilitator is asked, as of all that leads

    judge(by=h.b.core, objective=first, result="partly", words="Half of them came.")
    assert prompts(h.own.facilitator) == {}


def test_an_objective_whose_day_has_passed_is_late_and_one_that_was_dropped_is_asked_nothing():
    h = under_way()
    Objective.objects.filter(number=1).update(judged_on=in_days(-3))
    assert prompts(h.own.facilitator)["workplans.judge"].due_on == in_days(-3)

    Objective.objects.filter(number=1).update(
        dropped_at=clock.now(), dropped_by=h.own.core, dropped_because="Too much."
    )
    assert prompts(h.own.facilitator) == {}


def test_no_objective_is_judged_while_the_plan_is_not_agreed():
    h = ready()
    h.hands_in()
    Objective.objects.update(judged_on=in_days(1))
    now = clock.now()
    h.journey.stages.filter(kind="workplan").update(closed_at=now, closed_by=h.own.core)

    assert prompts(h.own.facilitator) == {}


def waits_for(h, when="The first course was held", **more):
    position = h.b.award.instalments.count() + 1
    return h.b.award.instalments.create(
        position=position, tranche="main", pence=500, when=when, **more
    )


def test_whether_a_part_is_reached_is_asked_once_a_step_was_done_and_not_before():
    h = under_way()
    part = waits_for(h)
    assert prompts(h.own.facilitator) == {}

    keeps(h.b.p, 1)

    prompt = prompts(h.own.facilitator)["workplans.reached"]
    assert prompt.sentence == "“The first course was held”: is it reached?"
    assert prompt.url == reverse("ledger:tell_instalment", args=[part.pk])
    assert prompt.due_on is None
    assert "workplans.reached" not in prompts(h.own.core)
    tell_instalment(by=h.b.core, instalment=part, told="In May.", version=part.version)
    assert prompts(h.own.facilitator) == {}


def test_after_a_not_yet_of_the_programme_those_who_lead_are_asked_for_a_fortnight():
    h = under_way()
    part = waits_for(h)
    part = tell_instalment(by=h.b.core, instalment=part, told="In May.", version=part.version)
    manager = actor(SeatFactory(role=Role.MANAGER, programme=h.own.cluster.programme))
    doubt_instalment(by=manager, instalment=part, reason="For whom?", version=part.version)

    prompt = prompts(h.own.facilitator)["workplans.reached"]

    assert prompt.why == (
        "The programme said that it is not reached yet, and why. Once it is, say so again."
    )
    with clock.at(clock.now() + timedelta(days=14)):
        assert prompts(h.own.facilitator) == {}


def test_a_fortnight_after_the_last_step_nobody_is_asked_until_nothing_is_left_to_do():
    h = under_way()
    waits_for(h)
    keeps(h.b.p, 1)

    def asked_in(days):
        with clock.at(clock.now() + timedelta(days=days)):
            return "workplans.reached" in prompts(h.own.facilitator)

    assert [asked_in(13), asked_in(14)] == [True, False]
    keeps(h.b.p, 2)
    lets_go(h.b.p, 3)
    assert asked_in(60)


def test_whether_a_part_is_reached_is_asked_round_its_day_and_it_is_never_late():
    h = under_way()
    part = waits_for(h, due_on=in_days(15))

    def due(on):
        type(part).objects.filter(pk=part.pk).update(due_on=on)
        found = prompts(h.own.facilitator).get("workplans.reached")
        return found and (found.due_on,)

    assert due(in_days(15)) is None
    assert due(in_days(14)) == (in_days(14),)
    assert due(in_days(-1)) == due(in_days(-13)) == (None,)
    assert due(in_days(-14)) is None


def test_parts_that_wait_for_the_same_or_for_nothing_are_not_asked_about_twice():
    h = under_way()
    first = waits_for(h)
    waits_for(h)
    waits_for(h, "Two are trained")
    waits_for(h, "")
    keeps(h.b.p, 1)

    asked = [p.key for p in of_workplans(reader(h.own.facilitator), clock.today())]

    ours = [key for key in asked if key.startswith("workplans.reached")]
    assert len(ours) == 2
    assert f"workplans.reached:{first.pk}" in ours


def test_of_an_award_that_is_closed_nothing_is_asked():
    h = under_way()
    waits_for(h)
    Condition.objects.create(award=h.b.award, position=1, words="Show that the hall is let.")
    keeps(h.b.p, 1)
    type(h.b.award).objects.update(closed_on=clock.today(), closed_by=h.b.p.manager)

    assert prompts(h.own.facilitator) == {}


def test_members_say_what_they_gained_once_nothing_of_the_plan_is_open():
    h = under_way()
    assert prompts(h.own.second) == {}

    all_end(h)

    asked = prompts(h.own.second)["workplans.gains"]
    assert asked.sentence == f"Say what {h.own.second.organisation} gained, planned or not"
    assert asked.url == reverse("workplans:say_gains", args=[h.own.cluster.pk])
    assert "workplans.gains" not in prompts(h.own.facilitator)
    say_gains(by=actor(h.own.second), workplan=h.b.p.fresh(), has_nothing=True, words="")
    assert prompts(h.own.second) == {}


def test_what_was_written_down_for_a_member_waits_to_be_confirmed():
    h = under_way()
    all_end(h)
    record_gains(
        by=actor(h.own.facilitator),
        workplan=h.b.p.fresh(),
        organisation=h.own.second.organisation,
        has_nothing=False,
        words="A caretaker.",
        channel="phone",
    )

    assert set(prompts(h.own.second)) == {"workplans.confirm_gains"}


def test_the_return_is_due_once_nothing_of_the_plan_is_open():
    h = under_way()
    assert "workplans.return" not in prompts(h.own.facilitator)

    all_end(h)

    asked = prompts(h.own.facilitator)["workplans.return"]
    assert asked.url == reverse("workplans:return", args=[h.own.cluster.pk])


def test_the_return_is_due_after_the_stage_was_closed_too():
    h = under_way()
    all_end(h)
    now = clock.now()
    h.journey.stages.filter(kind="implementation").update(closed_at=now, closed_by=h.own.core)

    assert set(prompts(h.own.facilitator)) == {"workplans.return"}


# what it costs


def cost(seat):
    """Beside what other rooms have asked already."""
    who = reader(seat)
    with reading():
        stages_of(journeys_of(who))
        with CaptureQueriesContext(connection) as asked:
            list(of_workplans(who, clock.today()))
    return len(asked)


def test_where_no_plan_has_its_turn_nothing_is_asked():
    w = walk()

    assert cost(w.team.core) == cost(w.team.facilitator) == 0


def test_a_stage_that_runs_as_a_checklist_is_asked_nothing():
    p = planned()
    p.journey.stages.update(is_checklist=True)

    assert prompts(p.team.facilitator) == prompts(p.team.core) == {}


def test_a_cluster_that_ended_is_asked_nothing():
    p = planned()
    p.cluster.ended_at = clock.now()
    p.cluster.save()

    assert prompts(p.team.facilitator) == prompts(p.team.core) == {}


@pytest.mark.parametrize("role", [Role.CORE, Role.FACILITATOR])
def test_what_waits_costs_the_same_in_many_clusters_as_in_one(role):
    h = ready()
    seat = h.own.seats[role]
    few = cost(seat)
    for _ in range(3):
        other = planned(own=team(ProgrammeFactory()))
        SeatFactory(user=seat.user, role=role, cluster=other.cluster)

    assert len({p.place for p in of_workplans(reader(seat), clock.today())}) == 4
    assert cost(seat) == few <= 3  # the last: which clusters have a facilitator, as others ask


def test_what_a_plan_that_is_carried_out_waits_for_costs_two_queries_more_in_any_number():
    h = under_way()
    waits_for(h)
    keeps(h.b.p, 1)
    seat = h.own.facilitator
    few = cost(seat)
    waits_for(h, "Two are trained")
    Objective.objects.update(judged_on=in_days(1))

    assert cost(seat) == few <= 4
