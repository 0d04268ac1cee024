"""The shared picture: the same for everybody who may read it, and never a private answer in it."""

import re

import pytest
from django.urls import reverse

from hedgerow.core.owners import Audience
from hedgerow.diagnostics.models import Shared
from hedgerow.people.actions import leave_cluster
from hedgerow.people.models import Role
from tests.factories import actor, signed_in, through_the_glass
from tests.front.pages import cost_of, html_of, page, text_of

from .scenes_pictures import closed, crowd, scored
from .scenes_rounds import member_of, opened, said_why_not
from .scenes_sheets import answered, capacity_of, share

pytestmark = pytest.mark.django_db

PRESSES, STRONG, EVEN = (1, 5), (5, 2), (3, 3)


@pytest.fixture
def asking(s):
    """Capacity: accounts press for the first two, and the third is strong in them."""
    asking = capacity_of(s)
    answered(s, asking, s.own.core, scored(asking, {"accounts": PRESSES, "payroll": EVEN}))
    answered(s, asking, s.own.second, scored(asking, {"accounts": PRESSES, "payroll": STRONG}))
    answered(s, asking, s.own.third, scored(asking, {"accounts": STRONG, "payroll": EVEN}))
    return asking


def picture(asking):
    return reverse("diagnostics:picture", args=[asking.round_id])


def alone(asking):
    return reverse("diagnostics:asking_picture", args=[asking.pk])


def figure(asking, of="strengths__accounts"):
    return reverse("diagnostics:figure", args=[asking.pk, of])


def shared_by(asking, seat):
    return Shared.objects.get(asking=asking, organisation=seat.organisation)


def test_what_presses_for_most_stands_first_and_says_why(client, s, asking):
    words = page(client, picture(asking), s.own.core)

    assert "What we have most in common: accounts (two of three)." in words
    assert f"Presses for two of three; {s.own.third.organisation} is strong in it." in words
    assert words.index("Accounts Presses") < words.index("Payroll Presses")
    assert "1 to 5" in words
    assert "five of six" not in words


def test_the_shade_of_a_cell_is_said_in_numbers_and_in_a_key(client, s, asking):
    signed_in(client, s.own.core)
    html = html_of(client.get(picture(asking)))

    assert '<td class="h4">1 to 5</td>' in html
    assert '<td class="h0">5 to 2</td>' in html
    assert "gap of 3 or more: it presses" in html


def test_a_strong_one_is_introduced_to_those_for_whom_it_presses(client, s, asking):
    words = page(client, picture(asking), s.own.facilitator)

    third = s.own.third.organisation
    assert f"Accounts: {third} is strong in it, and it presses for" in words


def test_the_news_is_said_once_and_letters_that_stay_great_stay_so(client, s):
    asking = capacity_of(s)
    for seat in (s.own.core, s.own.second):
        answered(s, asking, seat, scored(asking, {"it-support": PRESSES}))
    news = "What we have most in common: IT support (both)."

    assert page(client, picture(asking), s.own.core).count(news) == 1
    assert page(client, alone(asking), s.own.core).count(news) == 1


def test_who_could_help_each_other_is_said_with_what_and_ones_own_first(client, s):
    asking = capacity_of(s)
    them, us, third = s.own.second, s.own.core, s.own.third
    answered(s, asking, us, scored(asking, {"accounts": PRESSES, "payroll": STRONG}))
    answered(s, asking, them, scored(asking, {"accounts": STRONG, "payroll": PRESSES}))
    answered(s, asking, third, scored(asking, {"accounts": STRONG, "payroll": PRESSES}))
    words = page(client, picture(asking), us)

    assert f"{us.organisation} (you): payroll. {them.organisation}: accounts." in words
    assert f"{them.organisation}: accounts. {third.organisation}:" not in words


@pytest.mark.parametrize("role", [Role.CORE, Role.DEPUTY, Role.FACILITATOR])
def test_everybody_who_may_read_it_reads_the_same(client, s, asking, role):
    share(s.own.second, shared_by(asking, s.own.second), Audience.FACILITATOR)
    words = page(client, alone(asking), s.own.seats[role]).replace(" (you)", "")

    assert "Made of the answers of two of three members." in words
    assert "One member keeps theirs to themselves; that is not counted." in words
    assert "Presses for one of two" in words


def test_staff_see_the_answers_of_their_own_organisation_and_are_told_so(client, s, asking):
    words = page(client, picture(asking), s.own.seats[Role.STAFF])

    assert "What your own organisation answered." in words
    assert "From your seat you read the answers of your own organisation only" in words
    assert "5 to 2" not in words
    assert "most in common" not in words


def test_an_operator_through_the_glass_sees_the_picture_of_one_cluster(client, s, asking):
    page(client, picture(asking), through_the_glass(s.cluster))
    page(client, picture(asking), through_the_glass(s.neighbour.cluster), status=404)


@pytest.mark.parametrize("role", [Role.MANAGER, Role.ASSESSOR, Role.SPONSOR])
def test_nobody_from_outside_sees_a_picture(client, s, asking, role):
    seat = s.staff.get(role) or s.own.seats[role]
    for path in (picture(asking), alone(asking), figure(asking)):
        page(client, path, seat, status=404)


def test_one_answer_so_far_is_put_in_no_order(client, s):
    asking = capacity_of(s)
    answered(s, asking, s.own.core, scored(asking, {"accounts": PRESSES}))
    words = page(client, picture(asking), s.own.second)

    assert "One member has answered so far." in words
    assert "Presses for" not in words


def test_before_the_first_answer_the_page_says_so(client, s):
    asking = capacity_of(s)

    words = page(client, picture(asking), s.own.core)
    assert words.count("Nothing is shown to the whole cluster yet.") == 1
    assert "Nobody has answered yet." in words


def test_what_nobody_showed_is_no_promise_any_more_once_the_round_is_closed(client, s):
    asking = capacity_of(s)
    answered(s, asking, s.own.core, scored(asking, {"accounts": PRESSES}), Audience.ONLY_US)
    closed(s)
    words = page(client, picture(asking), s.own.core)

    assert "Nothing of it is shown to the whole cluster." in words
    assert "Nobody’s answers are in it. One member keeps theirs to themselves" in words
    assert "One member has answered so far" not in words


def test_who_leads_can_remind_those_who_have_not_answered(client, s):
    asking = capacity_of(s)
    answered(s, asking, s.own.core, scored(asking, {"accounts": PRESSES}))
    name = s.own.second.organisation.name

    assert f"Remind them: {name}" in page(client, picture(asking), s.own.facilitator)
    assert "Remind them" not in page(client, picture(asking), s.own.seats[Role.STAFF])


# what a figure is made of


def test_a_figure_opens_on_the_answers_that_it_is_made_of(client, s, asking):
    words = page(client, figure(asking), s.own.core)

    assert "Three answers are counted." in words
    assert f"{s.own.core.organisation} (you) " in words
    assert words.count("1 – Weak") == 2


def test_what_is_ones_own_and_private_is_marked_as_not_counted(client, s, asking):
    share(s.own.core, shared_by(asking, s.own.core), Audience.ONLY_US)

    assert "Yours, not counted" in page(client, figure(asking), s.own.core)
    others = page(client, figure(asking), s.own.second)
    assert "Yours, not counted" not in others
    assert "One member keeps theirs to themselves." in others


def test_what_only_the_facilitator_sees_is_marked_so(client, s, asking):
    share(s.own.core, shared_by(asking, s.own.core), Audience.FACILITATOR)

    assert "Shown to you only, not counted" in page(client, figure(asking), s.own.facilitator)
    assert "not counted" not in page(client, figure(asking), s.own.third)


@pytest.mark.parametrize("of", ["nothing", "strengths__nothing", "nothing__accounts", "a__b__c"])
def test_a_figure_that_is_not_asked_is_not_found(client, s, asking, of):
    page(client, figure(asking, of), s.own.core, status=404)


# what is private stays so


def test_a_private_answer_is_nowhere_in_what_another_member_is_sent(client, s, asking):
    """The only one who marked this function at all keeps it."""
    secret = {"buildings": (2, 5)}
    answered(s, asking, s.own.core, scored(asking, secret), Audience.ONLY_US)
    for seat in (s.own.second, s.own.third, s.own.facilitator, s.own.seats[Role.SUPPORTER]):
        signed_in(client, seat)
        for path in (picture(asking), alone(asking)):
            html = html_of(client.get(path))
            assert "Buildings" not in html
            assert "2 to 5" not in html
        assert "2 –" not in html_of(client.get(figure(asking, "strengths__buildings")))


def test_an_answer_shown_less_widely_leaves_the_picture_at_once(client, s, asking):
    share(s.own.third, shared_by(asking, s.own.third), Audience.ONLY_US)
    words = page(client, picture(asking), s.own.core)

    assert "5 to 2" in words  # payroll of the second, who still shows it
    assert "is strong in it, and it presses" not in words
    assert "Presses for both; nobody is strong in it." in words


def test_the_answers_of_who_leaves_leave_with_them(client, s, asking):
    leave_cluster(by=actor(s.own.third), member=member_of(s.own.third))
    words = page(client, picture(asking), s.own.core)

    assert s.own.third.organisation.name not in words
    assert "Presses for both; nobody is strong in it." in words


@pytest.mark.parametrize("audience", [Audience.ONLY_US, Audience.FACILITATOR])
@pytest.mark.parametrize("mark", [PRESSES, STRONG, EVEN])
def test_what_a_private_answer_says_changes_nothing_for_the_others(client, s, audience, mark):
    """Whatever it says, others read the very same, but for how many keep theirs."""
    asking = capacity_of(s)
    answered(s, asking, s.own.second, scored(asking, {"accounts": EVEN}))
    answered(s, asking, s.own.third, scored(asking, {"accounts": PRESSES}))
    before = page(client, alone(asking), s.own.second)
    answered(s, asking, s.own.core, scored(asking, {"accounts": mark}), audience)
    after = page(client, alone(asking), s.own.second)

    keeps = " One member keeps theirs to themselves; that is not counted."
    assert keeps in after
    assert _without_counts(after.replace(keeps, "")) == _without_counts(before)


def test_it_costs_as_many_queries_for_many_members_as_for_few(
    client, s, asking, django_assert_max_num_queries
):
    signed_in(client, s.own.core)
    client.get(picture(asking))
    few = cost_of(client, picture(asking))
    for seat in crowd(s, 9)[3:]:
        answered(s, asking, seat, scored(asking, {"accounts": PRESSES}))

    assert cost_of(client, picture(asking)) == few
    with django_assert_max_num_queries(30):
        client.get(picture(asking))


# afterwards


def test_what_changed_since_it_was_asked_last_is_said(client, s, asking):
    closed(s)
    again = opened(s, "capacity").askings.get()
    answered(s, again, s.own.core, scored(again, {"accounts": STRONG, "payroll": EVEN}))
    words = page(client, picture(again), s.own.second)

    assert "One member answered both times, and can be compared." in words
    assert f"Accounts: no longer presses for {s.own.core.organisation}." in words


def test_a_picture_of_a_closed_round_stays_to_be_read(client, s, asking):
    said_why_not(opened(s), crowd(s, 4)[3])
    closed(s)

    words = page(client, picture(asking), s.own.core)
    assert "What we have most in common: accounts (two of three)." in words
    assert text_of(client.get(alone(asking)))


def _without_counts(words: str) -> str:
    """Without the minute, and how many have answered, which everybody may know."""
    told = r"\w+ of three \w+ answered|All three have answered"
    return re.sub(rf"worked out on .*?(am|pm|noon|midnight)|{told}", "", words)
