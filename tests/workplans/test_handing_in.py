"""The plan is handed in as it was read, with its budget; what keeps it back is said."""

import pytest
from django.urls import reverse

from hedgerow.core import clock
from hedgerow.core.actions import Refused, Stale
from hedgerow.core.models import Event
from hedgerow.journeys.models import Answered, Milestone
from hedgerow.journeys.queries.submissions import plan_in
from hedgerow.people.models import Role
from hedgerow.workplans.actions.handing_in import hand_in
from hedgerow.workplans.models import Budget, BudgetLine, Objective, Step, Workplan
from tests.factories import actor, signed_in, team
from tests.front.pages import page, text_of

from .handed import board_says, ready
from .planned import begun

pytestmark = pytest.mark.django_db


def url(h):
    return reverse("workplans:hand_in", args=[h.own.cluster.pk])


def press(client, h, seat, **said):
    signed_in(client, seat)
    return client.post(url(h), {"words": "", "digest": h.digest, **said})


# The action.


def test_what_is_handed_in_is_the_plan_and_its_budget_is_frozen_with_it():
    h = ready()

    submission = h.hands_in(words="Our first.")

    assert submission.waits
    assert (submission.number, submission.words) == (1, "Our first.")
    assert [one.title for one in plan_in(submission).lines] == ["A trainer", "Laptops"]
    assert Budget.objects.get().submission == submission


def test_the_date_for_it_is_met_where_the_journey_has_one():
    h = ready()
    date = Milestone.objects.create(
        journey=h.journey,
        slug="plan-submitted",
        name="Plan handed in",
        keeper="programme",
        position=9,
    )

    h.hands_in()

    date.refresh_from_db()
    assert date.done_on == clock.today()


def test_a_date_that_was_met_keeps_its_day_when_it_is_handed_in_again():
    h = ready()
    before = h.journey.started_on
    Milestone.objects.create(
        journey=h.journey,
        slug="plan-submitted",
        name="Plan handed in",
        keeper="programme",
        position=9,
        done_on=before,
    )
    told = Event.objects.filter(did="journeys.milestone_met")

    h.hands_in()

    assert not told.exists()


def test_it_is_written_down_that_it_was_handed_in_and_how_much_was_open():
    h = ready()

    h.hands_in()

    assert Event.objects.get(did="workplans.plan_handed_in").detail["n_open"] == 1


def test_a_plan_that_was_changed_since_it_was_read_is_shown_again_first():
    h = ready()
    seen = h.digest
    h.b.p.writes(summary="We train together, and buy together.")

    with pytest.raises(Stale, match="changed while you were reading"):
        h.hands_in(digest=seen)

    assert not h.journey.submissions.exists()
    assert Budget.objects.get().is_open


def without_an_objective(h):
    Objective.objects.update(
        dropped_at=clock.now(), dropped_by=h.own.core, dropped_because="Too much."
    )
    return "The plan has no objective yet"


def without_one_of_the_three(h):
    Objective.objects.filter(number=1).update(found="")
    return "one question about what there is already is not answered"


def without_a_pair(h):
    Step.objects.filter(number=3).update(first=None, second=None)
    return "“Ask three firms for a price” has no pair yet"


def without_a_day(h):
    Step.objects.filter(number=3).update(due_on=None)
    return "“Ask three firms for a price” has no day yet"


def over_the_award(h):
    BudgetLine.objects.filter(number=1).update(pence=14_500_01)
    return "which is £0.01 over the award of £15,000"


def without_a_budget(h):
    BudgetLine.objects.all().delete()
    Budget.objects.all().delete()
    return "There is no budget yet"


def with_a_board_that_has_not_answered(h):
    board_says(h.own, h.own.third, must_agree=True)
    return f"The board of {h.own.third.organisation} must agree, and has not answered yet"


def with_a_board_against(h):
    board_says(h.own, h.own.third, must_agree=True, answer="not_agreed")
    return f"The board of {h.own.third.organisation} did not agree"


STOPS = [
    without_an_objective,
    without_one_of_the_three,
    without_a_pair,
    without_a_day,
    over_the_award,
    without_a_budget,
    with_a_board_that_has_not_answered,
    with_a_board_against,
]


@pytest.mark.parametrize("undo", STOPS)
def test_each_of_these_keeps_it_from_being_handed_in_and_is_said(client, undo):
    h = ready()
    sentence = undo(h)

    with pytest.raises(Refused, match="cannot be handed in yet") as refused:
        h.hands_in()

    assert sentence in str(refused.value)
    assert not h.journey.submissions.exists()
    words = page(client, url(h), h.own.core)
    assert sentence in words
    assert "It cannot be handed in before this is there." in words
    assert "You can take them back before that." not in words


def without_how_and_when(h):
    Objective.objects.filter(number=1).update(judged_how="", judged_on=None)
    return "It is not said how and when we look whether “All of us train together” is true."


def without_meetings(h):
    Workplan.objects.update(meetings="")
    return "The plan does not say how often the Core Group meets"


def without_a_line(h):
    BudgetLine.objects.all().delete()
    return "The budget has no line yet."


def with_silent_members(h):
    return "have not told the cluster whether their boards must agree."


def without_a_step_of_an_objective(h):
    Step.objects.filter(number=3).update(
        dropped_at=clock.now(), dropped_by=h.own.core, dropped_because="Too much."
    )
    return "“We buy paper and ink together” has no step yet."


@pytest.mark.parametrize(
    "undo",
    [
        without_how_and_when,
        without_meetings,
        without_a_line,
        with_silent_members,
        without_a_step_of_an_objective,
    ],
)
def test_each_of_these_is_said_and_keeps_nobody_from_handing_in(client, undo):
    h = ready()
    sentence = undo(h)

    words = page(client, url(h), h.own.core)
    h.hands_in()

    assert sentence in words
    assert "This may still be added. It keeps nobody from handing in." in words
    assert h.journey.submissions.get().waits


def test_there_is_one_at_a_time():
    h = ready()
    h.hands_in()

    with pytest.raises(Refused, match="waits for the programme’s answer"):
        h.hands_in()


def test_what_is_agreed_is_not_handed_in_again():
    h = ready()
    h.hands_in()
    h.is_agreed()

    with pytest.raises(Refused, match="is not handed in again"):
        h.hands_in()


def test_what_was_sent_back_is_handed_in_again_as_the_next_one():
    h = ready()
    h.hands_in()
    h.is_sent_back()
    h.b.p.writes(summary="We train together, and ask afterwards.")

    again = h.hands_in(words="We say how we will know.")

    assert again.number == 2
    assert Budget.objects.filter(submission=again).exists()


def test_without_a_plan_or_a_journey_there_is_nothing_to_hand_in():
    p = begun()
    p.plan.delete()

    with pytest.raises(Refused, match="no plan to hand in yet"):
        hand_in(by=p.core, cluster=p.cluster, words="", digest="")
    other = team(p.cluster.programme)
    with pytest.raises(Refused, match="journey of this cluster has not begun"):
        hand_in(by=actor(other.core), cluster=other.cluster, words="", digest="")


def test_a_word_that_is_too_long_is_refused():
    h = ready()

    with pytest.raises(Refused, match="1,000 are the most"):
        h.hands_in(words="a" * 1001)


# The page.


def test_it_shows_exactly_what_is_handed_in_and_one_press_does_it(client):
    h = ready()
    words = page(client, url(h), h.own.facilitator)
    assert "This is exactly what the programme will read." in words
    assert "Managers of every member" in words

    response = press(client, h, h.own.facilitator, words="Our first.")

    assert response.status_code == 302
    assert h.journey.submissions.get().words == "Our first."
    assert "It is with the programme, and waits for an answer." in page(client, response.url)


def test_after_a_clash_the_page_shows_the_plan_as_it_stands_and_can_be_sent(client):
    h = ready()
    seen = h.digest
    h.b.p.writes(summary="We train together, and buy together.")

    response = press(client, h, h.own.core, digest=seen, words="Our first.")

    assert response.status_code == 409
    assert "changed while you were reading" in text_of(response)
    assert "Our first." in response.content.decode()
    assert f'name="digest" value="{h.digest}"' in response.content.decode()


def test_after_a_return_the_programmes_words_stand_there_and_what_changed(client):
    h = ready()
    h.hands_in()
    h.is_sent_back("Say how the college takes part.")
    h.b.p.writes(summary="We train together, with the college.")

    words = page(client, url(h), h.own.core)

    assert "Say how the college takes part." in words
    assert "What changed since the last one" in words
    assert "Hand in the plan and budget Not yet" in words
    assert press(client, h, h.own.core).status_code == 302


def test_where_nothing_changed_since_the_last_one_that_is_said(client):
    h = ready()
    h.hands_in()
    h.is_sent_back()

    assert "Nothing yet. It says what number 1 said." in page(client, url(h), h.own.core)


def test_pointed_to_other_support_the_plan_stays_theirs(client):
    h = ready()
    h.hands_in()
    h.b.is_answered(Answered.REDIRECTED, "The council lends a trainer.")

    words = page(client, url(h), h.own.core)

    assert "The council lends a trainer." in words
    assert "other support fits better. The plan stays yours" in words


def test_only_who_leads_hands_in(client):
    h = ready()
    for role in (Role.DEPUTY, Role.STAFF, Role.SUPPORTER):
        page(client, url(h), h.own.seats[role], status=403)
    page(client, url(h), h.b.p.manager, status=404)
    page(client, url(h), team(h.own.cluster.programme).core, status=404)


def test_without_a_plan_the_page_leads_to_it(client):
    p = begun()
    p.plan.delete()

    words = page(client, reverse("workplans:hand_in", args=[p.cluster.pk]), p.team.core)

    assert "No plan is begun yet." in words
