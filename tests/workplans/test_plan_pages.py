"""The pages of a plan: who sees them, what they say, and what their forms do."""

from datetime import timedelta

import pytest
from django.urls import reverse

from hedgerow.agreements.models import Meeting
from hedgerow.core import clock
from hedgerow.journeys.actions import submissions
from hedgerow.journeys.models import Submission
from hedgerow.people.models import Role, Seat
from hedgerow.workplans.actions import objectives, steps
from hedgerow.workplans.actions.progress import take_up
from hedgerow.workplans.models import Budget, Dependency, Objective, Step, Workplan
from tests.factories import MemberFactory, ProgrammeFactory, SeatFactory, scene, signed_in, team
from tests.focus.found import proposed, voted
from tests.front.pages import cost_of, main_of, page, text_of

from .carried import keeps
from .planned import BEHIND, begun, in_days, planned
from .test_plans import answer, focused, hand_in

pytestmark = pytest.mark.django_db

ON_CLUSTER = ("add_objective", "write_plan")
ON_OBJECTIVE = ("change_objective", "behind", "add_step")
ON_STEP = ("change_step", "pair", "waits")
TABLE = {Role.CORE, Role.DEPUTY, Role.STAFF, Role.FACILITATOR, Role.SUPPORTER}
LEADS = {Role.CORE, Role.FACILITATOR}


@pytest.fixture
def p():
    return planned()


@pytest.fixture
def core(client, p):
    return signed_in(client, p.team.core)


def url(name, thing):
    return reverse(f"workplans:{name}", args=[thing.pk])


def plan_text(client, p, seat=None):
    return page(client, url("plan", p.cluster), seat or p.team.core)


def objective_form(**more):
    return {"title": "All train", "strand": "main", **more}


def step_form(**more):
    return {"title": "Find a trainer", "kind": "activity", **more}


# who may


def test_those_round_the_table_read_the_plan_and_nobody_else(client):
    s = scene()
    p = planned(own=s.own)
    pages = (url("plan", p.cluster), url("objective", p.objective(1)), url("step", p.step(1)))
    for role, seat in s.seats.items():
        for there in pages:
            page(client, there, seat, status=200 if role in TABLE else 404)
    for there in pages:
        page(client, there, s.neighbour.core, status=404)


def test_those_round_the_table_write_and_who_leads_drops(client, p):
    forms = [
        *((url(name, p.cluster), TABLE) for name in ON_CLUSTER),
        *((url(name, p.objective(1)), TABLE) for name in ON_OBJECTIVE),
        *((url(name, p.step(1)), TABLE) for name in ON_STEP),
        (url("drop_objective", p.objective(1)), LEADS),
        (url("drop_step", p.step(1)), LEADS),
    ]
    for role in TABLE:
        for there, able in forms:
            page(client, there, p.team.seats[role], status=200 if role in able else 403)
        shown = page(client, url("step", p.step(1)), p.team.seats[role])
        assert ("Drop it" in shown) is (role in LEADS)
        assert "What it waits for" in shown


def test_a_sponsor_reads_nothing_and_writes_nothing(client, p):
    for there in (url("plan", p.cluster), url("write_plan", p.cluster)):
        page(client, there, p.team.seats[Role.SPONSOR], status=404)


# beginning


def test_a_cluster_without_a_plan_is_told_how_one_begins(client):
    own = team(ProgrammeFactory())
    shown = page(client, url("plan", own.cluster), own.core)
    assert "No plan is begun yet." in shown
    assert "Begin the plan" in shown

    for name in ("begin_plan", *ON_CLUSTER):
        assert client.get(url(name, own.cluster)).url == url("plan", own.cluster)
    assert not Workplan.objects.exists()


def test_one_press_begins_it_out_of_the_focus_and_says_so(client):
    own, _ = focused("Train together", "Share a list", quick=["Share a list"])

    shown = text_of(signed_in(client, own.core).post(url("begin_plan", own.cluster), follow=True))

    assert "The plan is begun with two objectives out of your focus." in shown
    assert "Each is called as in the focus: word it anew, as what will be true." in shown
    assert "1. Train together" in shown
    assert "1. Share a list Quick win" in shown
    assert "Next Complete objective 1." in shown


def test_one_press_without_a_focus_begins_it_empty(client):
    own = team(ProgrammeFactory())

    answer = signed_in(client, own.core).post(url("begin_plan", own.cluster), follow=True)

    assert "Add what will be true when you are done." in text_of(answer)
    assert "Next Add the first objective." in text_of(answer)


def test_nothing_is_begun_once_the_cluster_has_ended(client):
    own = team(ProgrammeFactory())
    own.cluster.ended_at = clock.now()
    own.cluster.save()

    answer = signed_in(client, own.core).post(url("begin_plan", own.cluster))

    assert answer.status_code == 409
    assert "ended on" in text_of(answer)
    assert "Begin the plan" not in text_of(answer)


def test_what_is_in_the_focus_no_more_is_said_to_have_been(client):
    own, (kept, gone) = focused("Train together", "Share a list")
    client = signed_in(client, own.core)
    client.post(url("begin_plan", own.cluster))
    assert "Was in our focus" not in page(client, url("plan", own.cluster), own.core)

    voted(own, proposed(own, kept))

    shown = page(client, url("plan", own.cluster), own.core)
    assert "In our focus Train together" in shown
    assert "Was in our focus Share a list" in shown
    one = Objective.objects.get(theme=gone.pk)
    assert "Was in our focus Share a list" in page(client, url("objective", one), own.core)


def test_meetings_are_counted_from_the_day_on_which_it_was_handed_in(client, p):
    assert "No meeting stands in the calendar." in plan_text(client, p)
    for days in (3, 1):
        Meeting.objects.create(
            cluster=p.cluster,
            starts_at=clock.now() - timedelta(days=days),
            minutes=60,
            called_by=p.team.core,
            called_at=clock.now(),
        )
    Workplan.objects.update(begun_at=clock.now() - timedelta(days=4))
    words = "Two meetings were held since the plan was begun. No later meeting is in the calendar."
    assert words in plan_text(client, p)
    submission = hand_in(p)
    Submission.objects.filter(pk=submission.pk).update(submitted_at=clock.now() - timedelta(days=2))

    assert "One meeting was held since the plan was handed in." in plan_text(client, p)


# the whole plan


def test_the_whole_plan_stands_on_one_page(client, p):
    p.waits(p.step(2), p.step(1))
    Meeting.objects.create(
        cluster=p.cluster,
        starts_at=clock.now().replace(year=clock.today().year + 1),
        minutes=60,
        called_by=p.team.core,
        called_at=clock.now(),
    )

    shown = plan_text(client, p)

    assert "Two objectives and three steps, one quick win among them, from" in shown
    assert "There is no budget yet; £15,000 may be spent." in shown
    for words in ("We train together.", "Each month.", *BEHIND.values(), "Managers of every"):
        assert words in shown
    main, beside = shown.split("Low-cost activities beside them")
    assert "1. All of us train together" in main
    assert "2. We buy paper and ink together" in beside
    first, second = (one.organisation for one in (p.team.core, p.team.second))
    assert f"Chief executive {first} and Chief executive {second}" in main
    assert "2. The first course is held Milestone" in main
    assert "3. Ask three firms for a price Quick win" in beside
    assert "Step 1" in main
    assert "In the calendar is" in beside


def test_what_begins_too_early_is_said_where_it_stands(client, p):
    early = p.adds_step(p.objective(1), starts_on=in_days(7), due_on=in_days(50))
    p.waits(early, p.step(2))

    assert "before step 2 is due on" in plan_text(client, p)
    assert "before step 2 is due on" in page(client, url("step", early), p.team.core)


def test_one_thing_comes_next_until_nothing_is_missing(client, p):
    def next_words(seat=None):
        shown = plan_text(client, p, seat)
        return shown.split(" Next ")[1].split(".")[0] if " Next " in shown else ""

    assert next_words() == "Begin the budget"
    Workplan.objects.update(summary="")
    assert next_words() == "Write the summary, and how often you meet"
    Step.objects.filter(number=3).update(first=None, second=None)
    assert next_words() == "Name who does step 3"
    Step.objects.filter(number=1).update(starts_on=None, due_on=None)
    assert next_words() == "Say by when step 1 is done"
    third = p.adds("The third")
    Objective.objects.filter(pk=third.pk).update(**BEHIND)
    assert next_words() == "Add a first step to objective 3"
    Objective.objects.filter(pk=third.pk).update(differs="")
    assert next_words() == "Say what you come in behind with objective 3"
    Objective.objects.filter(pk=third.pk).update(judged_on=None)
    assert next_words() == "Complete objective 3"
    Objective.objects.update(dropped_at=clock.now(), dropped_by=p.team.core, dropped_because="So.")
    assert next_words() == "Add the first objective"


def test_a_plan_that_is_whole_goes_on_to_handing_in_for_who_leads(client, p):
    Budget.objects.create(workplan=p.plan, number=1, begun_by=p.team.core, begun_at=clock.now())

    assert "Next Look whether it can be handed in." in plan_text(client, p)
    shown = plan_text(client, p, p.team.seats[Role.SUPPORTER])
    assert "handed in" not in shown
    assert "£0 of £15,000 planned." in shown


def test_while_it_waits_it_says_so_and_offers_no_change(client, p):
    hand_in(p)

    shown = plan_text(client, p)

    assert "It waits for the programme’s answer." in shown
    assert "Next The plan waits for the programme’s answer." in shown
    for words in ("Change the words", "Add a step", "Write the summary"):
        assert words not in shown
    assert "Change the words" not in page(client, url("objective", p.objective(1)), p.team.core)
    assert "Change it" not in page(client, url("step", p.step(1)), p.team.core)
    posted = client.post(
        url("write_plan", p.cluster), {"summary": "Anew.", "version": p.fresh().version}
    )
    assert posted.status_code == 409
    assert "can take it back; then it can be changed." in text_of(posted)
    assert "Anew." in main_of(posted)


def test_what_came_back_says_what_is_missing(client, p):
    answer(p, hand_in(p), "returned", "Say who <pays>.")

    shown = plan_text(client, p)

    assert "Sent back. Say who <pays>." in shown
    assert "Change the words" in shown
    assert "<pays>" not in client.get(url("plan", p.cluster)).content.decode()


def test_what_was_taken_back_is_not_said_to_be_sent_back(client, p):
    submission = hand_in(p)
    submissions.take_back(by=p.core, submission=submission, version=submission.version)

    shown = plan_text(client, p)

    assert "and taken back on" in shown
    assert "Sent back." not in shown


def test_the_steps_of_an_agreed_plan_wait_to_be_taken_up(client, p):
    answer(p, hand_in(p), "agreed")

    assert "Next Take the steps up." in plan_text(client, p)


def test_what_became_of_a_step_is_not_asked_twice(client, p):
    answer(p, hand_in(p), "agreed")
    take_up(by=p.core, step=p.step(1))
    keeps(p, 1)

    shown = page(client, url("step", p.step(1)), p.team.core)

    assert "Read what was promised" in shown
    assert "Say what became of it" not in shown


def test_an_agreed_plan_leads_on_to_the_progress(client, p):
    answer(p, hand_in(p), "agreed")
    take_up(by=p.core, step=p.step(1))

    shown = plan_text(client, p)

    assert "Next Say how the steps go." in shown
    assert "1. Find a trainer Under way" in shown
    assert "Say what became of it" in page(client, url("step", p.step(1)), p.team.core)


def test_what_was_dropped_stands_at_the_end_with_its_reason(client, p):
    objectives.drop_objective(
        by=p.core, objective=p.objective(1), because="No <time>.", version=p.objective(1).version
    )
    steps.drop_step(by=p.core, step=p.step(3), because="So.", version=p.step(3).version)

    shown = plan_text(client, p)

    body, dropped = shown.split("What was dropped, and why")
    assert "All of us train together" not in body
    assert "Objective 1: All of us train together No <time>." in dropped
    assert "Step 3: Ask three firms for a price So." in dropped
    assert "Step 1" not in dropped  # it went with its objective
    assert "Dropped on" in page(client, url("objective", p.objective(1)), p.team.core)
    assert "Why it was dropped So." in page(client, url("step", p.step(3)), p.team.core)
    assert "No <time>." in page(client, url("step", p.step(1)), p.team.core)


def test_who_left_is_named_as_gone(client, p):
    seat = p.team.second
    seat.ended_at = clock.now()
    seat.save()

    assert f"{seat.organisation}: that seat ended on" in plan_text(client, p)


def test_each_earlier_wording_is_one_click_away(client, p):
    p.writes("Anew.")
    one = p.objective(1)
    client = signed_in(client, p.team.core)
    client.post(
        url("change_objective", one),
        objective_form(title="We all train", version=one.version),
    )

    shown = plan_text(client, p)
    assert "The summary: We train together." in shown
    assert "Changed twice" in shown
    p.writes("Anew again.")
    assert "Changed three times" in plan_text(client, p)
    shown = page(client, url("objective", one), p.team.core)
    assert "What it is: All of us train together" in shown
    assert "For whom: Managers of every member" in shown


def test_a_big_plan_costs_no_more_questions_than_a_small_one(client):
    p = begun()
    for _ in range(9):
        SeatFactory(cluster=p.cluster, organisation=MemberFactory(cluster=p.cluster).organisation)
    here = list(Seat.objects.filter(cluster=p.cluster, role=Role.CORE))
    client = signed_in(client, p.team.core)
    empty = cost_of(client, url("plan", p.cluster))
    objectives_, steps_ = [], []
    for n in range(12):
        objectives_.append(
            Objective(
                workplan=p.plan,
                number=n + 1,
                title=f"O{n}",
                by=p.team.core,
                at=clock.now(),
                **BEHIND,
            )
        )
    Objective.objects.bulk_create(objectives_)
    for n in range(60):
        steps_.append(
            Step(
                workplan=p.plan,
                objective=objectives_[n % 12],
                number=n + 1,
                kind="activity",
                title=f"S{n}",
                due_on=in_days(n + 10),
                first=here[n % len(here)],
                second=here[(n + 1) % len(here)],
                by=p.team.core,
                at=clock.now(),
            )
        )
    Step.objects.bulk_create(steps_)
    Dependency.objects.bulk_create(
        Dependency(step=steps_[n], on=steps_[n - 1]) for n in range(1, 60)
    )

    full = cost_of(client, url("plan", p.cluster))

    assert full - empty <= 2  # who does it; and nothing that grows
    assert full <= 20
    assert cost_of(client, url("step", steps_[30])) <= 20
    assert cost_of(client, url("objective", objectives_[3])) <= 20
