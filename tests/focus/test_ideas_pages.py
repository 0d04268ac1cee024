"""The pages of the long list: who sees them, what they say, and what their forms do."""

import pytest
from django.urls import reverse

from hedgerow.core import clock
from hedgerow.focus.actions.shaping import withdraw_idea
from hedgerow.focus.models import Idea
from hedgerow.people.models import Role
from tests.factories import actor, signed_in
from tests.front.pages import cost_of, main_of, page, text_of

from .found import finding
from .scenes_ideas import gain_of, idea_of, long_list
from .test_ideas import leave_picture

pytestmark = pytest.mark.django_db


def url(name, thing):
    return reverse(f"focus:{name}", args=[thing.pk])


def card(idea, **more):
    """What the form of a card sends."""
    sent = {name: getattr(idea, name) for name in ("title", "words", *Idea.TESTS)}
    return {**sent, "cost": "", "version": idea.version, **more}


# who may


def test_those_round_the_table_read_it_and_nobody_else(client, s):
    idea = long_list(s.own, 1)[0]
    inside = {Role.CORE, Role.DEPUTY, Role.STAFF, Role.FACILITATOR, Role.SUPPORTER}
    for role, seat in s.seats.items():
        for there in (url("ideas", s.cluster), url("idea", idea)):
            page(client, there, seat, status=200 if role in inside else 404)
    for there in (url("ideas", s.cluster), url("idea", idea)):
        page(client, there, s.neighbour.core, status=404)


def test_members_and_the_facilitator_add_and_who_leads_shapes(client, s):
    idea = long_list(s.own, 2)[0]
    leads = {Role.CORE, Role.FACILITATOR}
    adds = leads | {Role.STAFF, Role.DEPUTY}
    for role in (*adds, Role.SUPPORTER):
        seat = s.own.seats[role]
        for name in ("add_idea", "idea_sources"):
            page(client, url(name, s.cluster), seat, status=200 if role in adds else 403)
        page(client, url("merge_ideas", s.cluster), seat, status=200 if role in leads else 403)
        for name in ("change_idea", "split_idea", "withdraw_idea"):
            page(client, url(name, idea), seat, status=200 if role in leads else 403)
        shown = main_of(signed_in(client, seat).get(url("ideas", s.cluster)))
        assert ("Add an idea" in shown) is (role in adds)
        assert ("Put the ticked ideas together" in shown) is (role in leads)


# the list


def test_an_empty_list_says_how_one_begins(client, s):
    shown = page(client, url("ideas", s.cluster), s.own.core)

    assert "Nothing is on the list yet." in shown
    assert "See what we could begin with" in shown
    assert "See what we could begin with" not in page(
        client, url("ideas", s.cluster), s.own.seats[Role.SUPPORTER]
    )


def test_a_card_on_the_list_says_cost_gains_open_tests_and_quick_win(client, s):
    idea = idea_of(s.own, "Train <together>", cost=1200_00, is_quick_win=True, effect="Much.")
    gain_of(idea, s.own.core)
    gain_of(idea, s.own.second, would_gain=False, words="We have <trainers>.")

    response = signed_in(client, s.own.core).get(url("ideas", s.cluster))

    shown = text_of(response)
    assert "1. Train <together> Quick win" in shown
    assert "Costs about £1,200. One of three gains, one does not and one has not said yet." in shown
    assert f"{s.own.second.organisation} would not: “We have <trainers>.”" in shown
    assert "Five of six tests are still open. From one of us." in shown
    assert "<trainers>" not in response.content.decode()


def test_what_ended_is_folded_away_with_how_why_and_what_it_became(client, s):
    first, second = long_list(s.own, 2)
    core = signed_in(client, s.own.core)
    core.post(
        url("merge_ideas", s.cluster),
        {"idea": [first.pk, second.pk], "title": "Both", "because": "One road."},
    )

    html = main_of(core.get(url("ideas", s.cluster)))

    folded = html[html.index("<details>") :]
    assert "put together with another" in folded
    assert "Why: One road." in folded
    child = Idea.objects.get(title="Both")
    assert folded.count(f'href="{child.get_absolute_url()}"') == 2
    assert "3. Both" in text_of(core.get(first.get_absolute_url()))
    assert "It came out of: 1. One payroll for all of us and 2. A shared minibus" in text_of(
        core.get(child.get_absolute_url())
    )


def test_a_list_of_sixty_costs_no_more_questions_than_one_of_two(client, s):
    long_list(s.own, 2)
    core = signed_in(client, s.own.core)
    few = cost_of(core, url("ideas", s.cluster))
    for n in range(58):
        gain_of(idea_of(s.own, f"Idea {n}"), s.own.core)

    assert cost_of(core, url("ideas", s.cluster)) - few <= 1  # seats, once anybody has spoken
    assert cost_of(core, url("ideas", s.cluster)) <= 20


# adding


def test_a_title_alone_puts_an_idea_on_the_list(client, s):
    answer = signed_in(client, s.own.seats[Role.STAFF]).post(
        url("add_idea", s.cluster), {"title": "Train together"}, follow=True
    )

    assert "“Train together” is on our long list." in text_of(answer)
    idea = Idea.objects.get()
    assert (idea.source, idea.cost, idea.words) == ("member", None, "")


def test_who_does_it_already_makes_it_an_idea_from_elsewhere(client, s):
    signed_in(client, s.own.core).post(
        url("add_idea", s.cluster), {"title": "Train", "who": "Devon", "cost": "£1,200"}
    )

    idea = Idea.objects.get()
    assert (idea.source, idea.came_from, idea.cost) == ("elsewhere", "Devon", 120000)


@pytest.mark.parametrize(
    ("sent", "said", "is_open"),
    [
        ({"title": ""}, "Give the idea a title of a few words.", False),
        ({"title": "x" * 121}, "Write 120 characters at most.", False),
        ({"title": "Train", "cost": "a lot"}, "is not an amount in pounds", True),
        ({"title": "Train", "cost": "-5"}, "Enter £0 or more.", True),
        ({"title": "", "effect": "Much."}, "Give the idea a title", True),
    ],
)
def test_what_cannot_be_added_comes_back_as_it_was_typed(client, s, sent, said, is_open):
    answer = signed_in(client, s.own.core).post(url("add_idea", s.cluster), sent)

    assert answer.status_code == 422
    assert said in text_of(answer)
    assert ("<details open>" in main_of(answer)) is is_open
    assert not Idea.objects.exists()


def test_the_same_form_sent_twice_adds_one(client, s):
    core = signed_in(client, s.own.core)
    for _ in range(2):
        core.post(url("add_idea", s.cluster), {"title": "Train", "once": "a" * 32})

    assert Idea.objects.count() == 1


def test_nothing_is_added_once_the_cluster_has_ended(client, s):
    s.cluster.ended_at = clock.now()
    s.cluster.save()

    answer = signed_in(client, s.own.core).post(url("add_idea", s.cluster), {"title": "Train"})

    assert answer.status_code == 409
    assert "ended on" in text_of(answer)
    assert "Train" in main_of(answer)


# where ideas come from


def test_one_press_makes_a_card_of_a_need(client):
    own, stage = finding()
    leave_picture(own, stage)
    core = signed_in(client, own.core)
    assert "IT support Presses for both. Put it on our list: IT support" in text_of(
        core.get(url("idea_sources", own.cluster))
    )

    shown = text_of(
        core.post(url("idea_sources", own.cluster), {"need": "it-support"}, follow=True)
    )

    idea = Idea.objects.get()
    assert (idea.title, idea.source, idea.came_from) == ("IT support", "picture", "it-support")
    assert "“IT support” is on our long list, with number 1." in shown
    assert "Presses for both. On our list 1. IT support" in shown


def test_one_press_makes_a_card_of_an_entry_of_the_catalogue(client, s):
    core = signed_in(client, s.own.core)
    assert "no shared picture to choose from yet" in text_of(
        core.get(url("idea_sources", s.cluster))
    )

    core.post(url("idea_sources", s.cluster), {"area": "training"})

    idea = Idea.objects.get()
    assert (idea.title, idea.came_from) == ("Train our people together", "training")
    assert idea.ingredients.startswith("Usually a list of needs")
    assert idea.time.startswith("Usually two months")


def test_a_button_that_is_not_ours_makes_nothing(client, s):
    answer = signed_in(client, s.own.core).post(url("idea_sources", s.cluster), {"area": "gold"})

    assert answer.status_code == 404
    assert not Idea.objects.exists()


# the card


def test_a_card_asks_the_six_tests_in_plain_words(client, s):
    idea = idea_of(s.own, "Train", effect="Fewer <gaps>.", cost=None)

    shown = page(client, url("idea", idea), s.own.core)

    for question in (
        "What would change, and for whom? Fewer <gaps>.",
        "What will we see once it has worked? Still open.",
        "What does it take: people, skills, hours, money?",
        "What of that do we have among ourselves?",
        "For the rest: who outside could help, and whom do we know there?",
        "How long will it honestly take?",
        "Nobody has said yet what it costs.",
    ):
        assert question in shown
    assert "veto" not in shown.lower()


def test_a_card_is_written_anew_and_says_what_it_said_before(client, s):
    idea = idea_of(s.own, "Train", effect="Fewer gaps.", cost=None)
    core = signed_in(client, s.own.core)

    shown = text_of(
        core.post(url("change_idea", idea), card(idea, effect="No gaps.", cost="950"), follow=True)
    )

    assert "What would change, and for whom? No gaps." in shown
    assert "It costs about £950." in shown
    assert "Changed once" in shown
    assert "The effect: Fewer gaps. The cost: Nothing was said" in shown


def test_of_two_who_write_on_a_card_the_second_keeps_what_was_typed(client, s):
    idea = idea_of(s.own, "Train", effect="Fewer gaps.", cost=None)
    core = signed_in(client, s.own.core)
    core.post(url("change_idea", idea), card(idea, effect="No gaps."))

    answer = core.post(url("change_idea", idea), card(idea, effect="Less to do."))

    assert answer.status_code == 409
    html = main_of(answer)
    assert html.index("What stands there now") < html.index("No gaps.") < html.index("Less to do.")
    assert 'name="version" value="2"' in html
    assert (
        core.post(url("change_idea", idea), card(idea, effect="Both.", version=2)).status_code
        == 302
    )
    assert Idea.objects.get().effect == "Both."
    assert "Changed twice" in page(client, url("idea", idea), s.own.core)


def test_a_form_with_a_fault_keeps_the_version_that_was_read(client, s):
    idea = idea_of(s.own, "Train", cost=None)

    answer = signed_in(client, s.own.core).post(url("change_idea", idea), card(idea, title=""))

    assert answer.status_code == 422
    assert 'name="version" value="1"' in main_of(answer)


def test_what_is_off_the_list_can_be_read_and_not_changed(client, s):
    idea = long_list(s.own, 1)[0]
    withdraw_idea(by=actor(s.own.core), idea=idea, because="<No> room.", version=1)

    html = main_of(signed_in(client, s.own.core).get(url("idea", idea)))

    assert "Why: &lt;No&gt; room." in html
    for press in ("Write on the card", "Take it apart", "quick win</button>", "we would gain</a>"):
        assert press not in html
    for empty in (
        "Nobody looks into it",
        "Nobody has said yet whether",
        "Has not said yet",
        "Who gains",
    ):
        assert empty not in html


def test_what_was_said_of_an_idea_stays_on_its_card_and_nothing_else(client, s):
    idea = long_list(s.own, 1)[0]
    gain_of(idea, s.own.second, words="Two days a month.")
    withdraw_idea(by=actor(s.own.core), idea=idea, because="No room.", version=1)

    shown = page(client, url("idea", idea), s.own.core)

    assert "“Two days a month.”" in shown
    assert "Has not said yet" not in shown


def test_what_costs_nothing_says_so(client, s):
    idea = idea_of(s.own, cost=0)
    other = idea_of(s.own, "A bus", cost=0)

    assert "It costs nothing." in page(client, url("idea", idea), s.own.core)
    assert "Costs nothing." in page(client, url("ideas", s.cluster), s.own.core)
    ticked = f"{url('merge_ideas', s.cluster)}?idea={idea.pk}&idea={other.pk}"
    for there in (ticked, url("propose_focus", s.cluster)):
        assert "£0" not in page(client, there, s.own.core)
