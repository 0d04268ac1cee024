"""The stage that makes the plan: it may close when all is there, and its page says what is not."""

import pytest
from django.urls import reverse

from hedgerow.agreements.models import BoardSays
from hedgerow.analysis.focus import Focus
from hedgerow.analysis.workplan import Workplan
from hedgerow.core import clock
from hedgerow.core.actions import Refused
from hedgerow.core.owners import Audience
from hedgerow.focus.models import Adoption, Study
from hedgerow.journeys import actions as journeys
from hedgerow.journeys.kinds import gaps, kind_of
from hedgerow.journeys.packs import load_programme_pack, shipped_packs
from hedgerow.journeys.queries.results import result_of, standing
from hedgerow.look.words import day
from hedgerow.workplans.models import BudgetLine, Objective, Step
from hedgerow.workplans.queries.parts import lines_of, still_missing
from hedgerow.workplans.stage import CARRYING_OUT, MAKING
from tests.factories import actor, signed_in, team
from tests.front.pages import page

from .handed import ends_as_shipped, ready
from .planned import begun

pytestmark = pytest.mark.django_db


def url(stage):
    return reverse(MAKING, args=[stage.pk])


def all_there():
    h = ready()
    ends_as_shipped(h.stage)
    h.finds_focus()
    h.all_boards_say()
    h.hands_in()
    h.is_agreed()
    return h


def test_both_stages_are_run_in_this_room_and_take_what_the_one_before_leaves():
    h = ready()

    making, carrying = kind_of(h.stage), kind_of(h.b.p.carrying_out)

    assert (making.page, making.takes, making.gives) == (MAKING, (Focus,), Workplan)
    assert (carrying.page, carrying.takes, carrying.gives) == (CARRYING_OUT, (Workplan,), None)


@pytest.mark.parametrize("slug", shipped_packs())
def test_every_shipped_design_can_be_run_with_these_rooms(slug):
    assert gaps(load_programme_pack(slug).stages) == []


def test_a_stage_that_has_just_begun_is_told_everything_that_is_missing():
    p = begun()
    ends_as_shipped(p.stage)
    p.plan.delete()
    names = sorted(str(one) for one in p.team.organisations)

    assert still_missing(p.stage) == [
        "Pairs look into what is on the shortlist, and there is none yet.",
        "We have not decided yet what we work on.",
        "There is no plan yet.",
        "It is said of each objective; there is none.",
        "The plan has no step yet.",
        "The plan has no step with a day yet.",
        "It is said of each objective; there is none.",
        "How often the Core Group meets is said in the plan.",
        "The budget has no line yet.",
        (
            f"{names[0]}, {names[1]} and {names[2]} have not told the cluster whether their boards "
            "must agree."
        ),
        "The plan and budget are not handed in yet.",
    ]


def test_when_all_is_there_the_stage_closes_and_leaves_the_plan_as_it_was_agreed():
    h = all_there()
    assert still_missing(h.stage) == []

    journeys.close_stage(by=actor(h.own.facilitator), stage=h.stage)

    left = result_of(h.journey, Workplan)
    assert [one.title for one in left.objectives] == [
        "All of us train together",
        "We buy paper and ink together",
    ]
    assert left.money == 15_000_00
    assert h.b.p.carrying_out.is_open


def test_as_the_stage_closes_each_pair_promises_its_steps():
    h = all_there()

    journeys.close_stage(by=actor(h.own.facilitator), stage=h.stage)

    promised = Step.objects.filter(promise__isnull=False)
    assert [step.promise.words for step in promised] == [step.title for step in promised]
    assert promised.count() == 3


def without_a_report(h):
    Study.objects.update(handed_in_at=None, handed_in_by=None)
    return "Nobody has handed in yet what they found on “Shared training”."


def without_a_focus(h):
    Adoption.objects.get().items.all().delete()
    Adoption.objects.all().delete()
    return "We have not decided yet what we work on."


def without_an_objective(h):
    Objective.objects.update(
        dropped_at=clock.now(), dropped_by=h.own.core, dropped_because="Too much."
    )
    return "The plan has no objective yet: nothing says what will be true."


def without_one_of_the_three(h):
    Objective.objects.filter(number=2).update(differs="")
    return (
        "Of “We buy paper and ink together”, one question about what there is already is not "
        "answered."
    )


def without_a_pair(h):
    Step.objects.filter(number=1).update(first=None, second=None)
    return "“Find a trainer” has no pair yet."


def with_somebody_alone_who_does_not_say_why(h):
    Step.objects.filter(number=1).update(second=None)
    return "“Find a trainer” has no pair yet."


def without_a_step_of_an_objective(h):
    Step.objects.filter(number=3).update(
        dropped_at=clock.now(), dropped_by=h.own.core, dropped_because="Too much."
    )
    return "“We buy paper and ink together” has no step yet."


def without_a_day(h):
    Step.objects.filter(number=2).update(due_on=None)
    return "“The first course is held” has no day yet."


def without_how(h):
    Objective.objects.filter(number=1).update(judged_how="")
    return "It is not said how we look whether “All of us train together” is true."


def without_how_and_when(h):
    Objective.objects.filter(number=1).update(judged_how="", judged_on=None)
    return "It is not said how and when we look whether “All of us train together” is true."


def without_meetings(h):
    plan = h.b.p.plan
    type(plan).objects.update(meetings="")
    until = Step.objects.get(number=3).due_on
    return (
        "The plan does not say how often the Core Group meets, and the calendar does not reach "
        f"{day(until)}."
    )


def without_a_line(h):
    BudgetLine.objects.all().delete()
    return "The budget has no line yet."


def over_the_award(h):
    BudgetLine.objects.filter(number=1).update(pence=16_000_00)
    return "The budget comes to £16,500, which is £1,500 over the award of £15,000."


def with_a_board_that_has_not_answered(h):
    h.says_board(h.own.second, must_agree=True)
    return f"The board of {h.own.second.organisation} must agree, and has not answered yet."


def with_a_board_against(h):
    h.says_board(h.own.second, must_agree=True, answer="not_agreed")
    return f"The board of {h.own.second.organisation} did not agree."


def with_a_silent_member(h):
    BoardSays.objects.filter(organisation=h.own.third.organisation).delete()
    return f"{h.own.third.organisation} has not told the cluster whether its board must agree."


@pytest.mark.parametrize(
    "undo",
    [
        without_a_report,
        without_a_focus,
        without_an_objective,
        without_one_of_the_three,
        without_a_pair,
        with_somebody_alone_who_does_not_say_why,
        without_a_step_of_an_objective,
        without_a_day,
        without_how,
        without_how_and_when,
        without_meetings,
        without_a_line,
        over_the_award,
        with_a_board_that_has_not_answered,
        with_a_board_against,
        with_a_silent_member,
    ],
)
def test_each_part_that_is_gone_is_missed_and_keeps_the_stage_open(undo):
    h = all_there()

    sentence = undo(h)

    assert sentence in still_missing(h.stage)
    with pytest.raises(Refused, match="cannot be closed yet"):
        journeys.close_stage(by=actor(h.own.facilitator), stage=h.stage)


def test_what_a_board_keeps_to_itself_reads_as_if_it_had_said_nothing():
    h = all_there()
    h.says_board(h.own.third, must_agree=True, audience=Audience.ONLY_US)

    kept = still_missing(h.stage)
    BoardSays.objects.filter(organisation=h.own.third.organisation).delete()

    assert kept == still_missing(h.stage) != []


def test_where_nobody_gives_an_award_the_agreement_is_ticked():
    p = begun()
    text = p.journey.design.text.replace("award: £15,000", "award: £0")
    text = text.replace("months_to_spend: 6", "months_to_spend: 0")
    type(p.journey.design).objects.update(text=text)
    ends_as_shipped(p.stage, "self-service")

    assert [one for one in still_missing(p.stage) if one.startswith("Not ticked")] == [
        (
            "Not ticked yet: We have chosen, and agreed a plan that says what will be true, which two "
            "do each step, and by when."
        )
    ]
    assert "The plan has no objective yet: nothing says what will be true." in still_missing(
        p.stage
    )


def test_where_no_stage_works_on_a_focus_it_is_ticked_that_there_is_one():
    h = all_there()
    h.journey.stages.filter(kind="focus").update(is_checklist=True)

    assert [one.split(":")[0] for one in still_missing(h.stage)] == ["Not ticked yet"] * 2


def test_a_sentence_that_the_room_does_not_know_is_ticked():
    p = begun()

    assert "Not ticked yet: The plan has objectives." in still_missing(p.stage)


def test_a_plan_that_is_still_written_can_be_asked_for():
    h = ready()

    assert standing(h.journey, Workplan).money == 15_000_00


def test_nothing_of_a_plan_stands_where_none_is_begun():
    h = begun()
    h.plan.delete()

    with pytest.raises(LookupError, match="begun no plan"):
        standing(h.journey, Workplan)


def test_the_page_says_what_is_there_what_is_missing_and_one_next_thing(client):
    h = ready()
    ends_as_shipped(h.stage)

    words = page(client, url(h.stage), h.own.core)

    assert "There: “All of us train together” and “We buy paper and ink together”." in words
    assert "It plans £15,000, the whole award. £500 brings members up" in words
    assert "Missing: The plan and budget are not handed in yet." in words
    assert words.index("Next Pairs look into") < words.index("What ends this stage")


def test_what_is_not_planned_of_the_award_is_said():
    h = ready()
    ends_as_shipped(h.stage)
    BudgetLine.objects.filter(number=2).delete()

    parts = [part for line in lines_of(h.stage) for part in line.parts if part.slug == "budget"]

    assert parts[0].is_met
    assert parts[0].there == (
        (
            "It plans £14,500 of £15,000; £500 is not planned. Nothing is spent on bringing members "
            "up to where sharing is possible."
        ),
    )


def test_a_stage_that_is_closed_says_what_stood_there_then(client):
    h = all_there()
    journeys.close_stage(by=actor(h.own.facilitator), stage=h.stage)
    BudgetLine.objects.all().delete()

    words = page(client, url(h.stage), h.own.core)

    assert "Missing" not in words
    assert "It was there on the day the stage was closed." in words


def test_a_design_that_runs_it_as_a_checklist_leads_to_the_plain_page(client):
    p = begun()
    p.journey.stages.update(is_checklist=True)
    signed_in(client, p.team.core)

    assert client.get(url(p.stage)).url == p.stage.get_absolute_url()
    carrying = reverse(CARRYING_OUT, args=[p.carrying_out.pk])
    assert client.get(carrying).url == p.carrying_out.get_absolute_url()


def test_each_page_is_of_its_own_stage_only(client):
    p = begun()
    signed_in(client, p.team.core)

    assert client.get(reverse(CARRYING_OUT, args=[p.stage.pk])).status_code == 302


def test_only_those_round_the_table_see_the_stage(client):
    p, other = begun(), team(begun().cluster.programme)

    page(client, url(p.stage), p.team.seats["staff"])
    page(client, url(p.stage), other.core, status=404)
    page(client, url(p.stage), p.manager, status=404)


def test_who_leads_is_led_to_handing_in_and_a_deputy_is_not(client):
    p = begun()

    leads = page(client, url(p.stage), p.team.facilitator)
    deputy = page(client, url(p.stage), p.team.seats["deputy"])

    assert "Handing in: what is still missing" in leads
    assert "Handing in" not in deputy
