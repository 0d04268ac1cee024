"""A workplan: beginning it, what it says as a whole, and when it can be changed."""

from datetime import timedelta

import pytest

from hedgerow.agreements.models import BoardSays, Meeting
from hedgerow.analysis.workplan import Workplan as Planned
from hedgerow.core import clock
from hedgerow.core.actions import Refused, Stale
from hedgerow.core.models import Event
from hedgerow.journeys.actions import submissions
from hedgerow.journeys.models import Answered, SubmissionKind
from hedgerow.ledger.models import Terms
from hedgerow.people.actions import leave_cluster
from hedgerow.workplans.actions import objectives, plans, steps
from hedgerow.workplans.models import Objective, Step, Wording, Workplan
from hedgerow.workplans.queries.plan_wordings import changes_of
from hedgerow.workplans.queries.plans import plan_now, plan_of
from tests.factories import ProgrammeFactory, actor, team
from tests.focus.found import finding, proposed, voted
from tests.focus.scenes_ideas import idea_of

from .planned import begun, planned

pytestmark = pytest.mark.django_db


@pytest.fixture
def p():
    return begun()


def hand_in(p):
    return submissions.submit(
        by=p.core,
        journey=p.journey,
        kind=SubmissionKind.PLAN,
        result=plan_now(p.fresh()),
        words="",
    )


def answer(p, submission, answer, words="The budget does not say who pays."):
    return submissions.answer(
        by=actor(p.manager),
        submission=submission,
        answer=answer,
        words=words,
        version=submission.version,
    )


def focused(*titles, quick=()):
    """A team whose decision made these its focus."""
    own, _ = finding()
    ideas = [idea_of(own, title, is_quick_win=title in quick) for title in titles]
    voted(own, proposed(own, *ideas))
    return own, ideas


# beginning


def test_without_a_focus_a_plan_begins_empty():
    own = team(ProgrammeFactory())

    plan = plans.begin_plan(by=actor(own.core), cluster=own.cluster)

    assert (plan.begun_by, plan.summary, plan.objectives.count()) == (own.core, "", 0)
    assert Event.objects.get(did="workplans.plan_begun").detail == {"n": 0}


def test_with_a_focus_it_begins_with_an_objective_for_each_thing_in_it():
    own, ideas = focused("Train together", "One website")

    plan = plans.begin_plan(by=actor(own.core), cluster=own.cluster)

    assert [
        (one.number, one.title, one.theme, one.theme_title) for one in plan.objectives.all()
    ] == [
        (1, "Train together", ideas[0].pk, "Train together"),
        (2, "One website", ideas[1].pk, "One website"),
    ]
    assert Event.objects.get(did="workplans.plan_begun").detail == {"n": 2}


def test_a_quick_win_of_the_focus_begins_with_a_step_that_is_marked():
    own, _ = focused("Train together", "Share a list", quick=["Share a list"])

    plan = plans.begin_plan(by=actor(own.core), cluster=own.cluster)

    step = plan.steps.get()
    assert (step.objective.number, step.number, step.title) == (2, 1, "Share a list")
    assert step.is_quick_win


def test_a_second_press_gives_the_same_plan_and_records_nothing(p):
    again = plans.begin_plan(by=p.facilitator, cluster=p.cluster)

    assert again == p.plan
    assert Event.objects.filter(did="workplans.plan_begun").count() == 1


def test_nothing_is_begun_where_nothing_changes_any_more():
    own = team(ProgrammeFactory())
    own.cluster.is_published = True
    own.cluster.save()
    with pytest.raises(Refused, match="published record"):
        plans.begin_plan(by=actor(own.core), cluster=own.cluster)

    own.cluster.is_published, own.cluster.ended_at = False, clock.now()
    own.cluster.save()
    with pytest.raises(Refused, match="ended on"):
        plans.begin_plan(by=actor(own.core), cluster=own.cluster)

    assert not Workplan.objects.exists()


def test_whoever_lost_their_seat_meanwhile_begins_nothing():
    own = team(ProgrammeFactory())
    by = actor(own.core)
    leave_cluster(by=by, member=own.cluster.members.get(organisation=own.core.organisation))

    with pytest.raises(Refused, match="no seat"):
        plans.begin_plan(by=by, cluster=own.cluster)


# what it says as a whole


def test_what_was_said_before_is_kept_with_who_changed_it(p):
    p.writes("We train.", "Each month.")
    changed = p.writes("We train together.", "Each month.")

    assert (changed.summary, changed.version) == ("We train together.", 3)
    last = Wording.objects.last()
    assert (last.said, last.objective, last.step) == ({"summary": "We train."}, None, None)
    told = changes_of(changed)
    assert [[(was.name, was.said) for was in one.was] for one in told] == [
        [("The summary", "We train.")],
        [("The summary", "Nothing was said"), ("The meetings", "Nothing was said")],
    ]
    assert told[0].by == f"Chief executive, {p.team.core.organisation}"


def test_the_same_again_changes_nothing(p):
    p.writes()

    assert p.writes().version == 2
    assert Wording.objects.count() == 1


@pytest.mark.parametrize(
    ("said", "refusal"),
    [
        ({"summary": "x" * 1501}, "1,501 characters long; 1,500 are the most"),
        ({"meetings": "x" * 601}, "601 characters long; 600 are the most"),
    ],
)
def test_what_is_too_long_is_refused_and_nothing_is_kept(p, said, refusal):
    with pytest.raises(Refused, match=refusal):
        p.writes(**said)

    assert p.fresh().summary == ""


def test_of_two_who_write_the_summary_the_second_is_told(p):
    p.writes("Hers.")

    with pytest.raises(Stale):
        plans.write_plan(by=p.core, workplan=p.plan, summary="His.", meetings="", version=1)

    assert p.fresh().summary == "Hers."


# when it can be changed


def test_while_it_waits_nothing_in_it_can_be_changed():
    p = planned()
    hand_in(p)
    one, step = p.objective(1), p.step(1)

    said = {"by": p.core, "version": one.version}
    tries = [
        lambda: p.writes("Anew."),
        lambda: p.adds("One more"),
        lambda: p.comes_in_behind(one, found="Another."),
        lambda: objectives.drop_objective(objective=one, because="So.", **said),
        lambda: p.adds_step(one),
        lambda: p.names_pair(step, p.team.core, p.team.third),
        lambda: p.waits(step, p.step(2)),
        lambda: steps.drop_step(by=p.core, step=step, because="So.", version=step.version),
    ]
    for attempt in tries:
        with pytest.raises(
            Refused, match=r"waits for its answer\. Chief executive, .* take it back"
        ):
            attempt()

    assert (Objective.objects.count(), Step.objects.count()) == (2, 3)


@pytest.mark.parametrize("how", ["sent back", "taken back", "agreed"])
def test_once_it_is_answered_it_can_be_changed_again(how):
    p = planned()
    submission = hand_in(p)
    if how == "taken back":
        submissions.take_back(by=p.core, submission=submission, version=submission.version)
    else:
        answer(p, submission, Answered.RETURNED if how == "sent back" else Answered.AGREED)

    assert p.writes("Anew.").summary == "Anew."
    assert Wording.objects.last().said == {"summary": "We train together."}


# the plan as it stands


def test_the_plan_as_it_stands_holds_all_that_is_live():
    p = planned()
    dropped = p.adds("Something else")
    objectives.drop_objective(by=p.core, objective=dropped, because="No time.", version=1)

    now = plan_now(p.fresh())

    assert [one.number for one in now.objectives] == [1, 2]
    assert [(one.number, one.objective, one.after) for one in now.steps] == [
        (1, 1, ()),
        (2, 1, ()),
        (3, 2, (2,)),
    ]
    first, second, third = (one.pk for one in p.team.organisations)
    assert [one.holders for one in now.steps] == [(first, second), (second, third), (third, first)]
    assert (now.summary, now.meetings, now.award) == (
        "We train together.",
        "Each month.",
        15_000_00,
    )
    assert now.members == (first, second, third)
    assert Planned.from_json(now.to_json()[0], {}) == now


def test_what_waits_for_a_step_that_was_dropped_waits_for_it_no_more():
    p = planned()
    gone = p.step(2)
    steps.drop_step(by=p.core, step=gone, because="The hall is shut.", version=gone.version)

    assert [(one.number, one.after) for one in plan_now(p.fresh()).steps] == [(1, ()), (3, ())]


def test_terms_of_the_programme_go_before_its_design(p):
    Terms.objects.create(
        programme=p.cluster.programme,
        number=1,
        amount=9_000_00,
        made_by=p.manager,
        made_at=clock.now(),
    )

    assert plan_now(p.fresh()).award == 9_000_00


def test_without_a_journey_there_is_nothing_to_spend():
    own = team(ProgrammeFactory())
    plan = plans.begin_plan(by=actor(own.core), cluster=own.cluster)

    assert plan_now(plan).award == 0


def test_meetings_of_the_calendar_stand_in_it_but_those_called_off(p):
    for days, is_off in ((10, False), (20, True), (10, False)):
        Meeting.objects.create(
            cluster=p.cluster,
            starts_at=clock.now() + timedelta(days=days),
            minutes=60,
            called_by=p.team.core,
            called_at=clock.now(),
            called_off_at=clock.now() if is_off else None,
            reason="Snow." if is_off else "",
        )

    assert plan_now(p.fresh()).meeting_days == (clock.today() + timedelta(days=10),)


def test_boards_count_where_the_cluster_was_told(p):
    first, second, third = p.team.organisations
    for organisation, audience, said in (
        (first, "cluster", "agreed"),
        (second, "cluster", ""),
        (third, "only_us", "agreed"),
    ):
        BoardSays.objects.create(
            cluster=p.cluster,
            organisation=organisation,
            must_agree=True,
            answer=said,
            answered_on=clock.today() if said else None,
            audience=audience,
            by=p.team.core,
            at=clock.now(),
        )

    now = plan_now(p.fresh())

    assert (now.boards_needed, now.boards_agreed) == (2, 1)


def test_who_has_no_plan_has_none():
    assert plan_of(team(ProgrammeFactory()).cluster) is None
