"""The pages of a shortlist: writing it after the talk, reading it, bringing findings together."""

import re

import pytest

from hedgerow.core import clock
from hedgerow.focus.models import Shortlist
from hedgerow.look.words import day, weekday
from hedgerow.people.models import Role
from tests.factories import SeatFactory, signed_in
from tests.front.pages import cost_of, main_of, page, text_of

from .found import decide, in_days
from .polled import at_votes, begun, spots, url, written
from .scenes_ideas import gain_of, long_list
from .scenes_studies import adoption_of

pytestmark = pytest.mark.django_db

INSIDE = {Role.CORE, Role.DEPUTY, Role.STAFF, Role.FACILITATOR, Role.SUPPORTER}
LEADS = {Role.CORE, Role.FACILITATOR}


def three_left(s):
    row = begun(s, 4)
    spots(row, s, [(0, 4)])
    return row


def ticked(response):
    return re.findall(r'name="ideas" value="(\d+)"[^>]*checked', main_of(response))


# who may


def test_those_round_the_table_read_it_and_nobody_else(client, s):
    shortlist = written(s)
    for role, seat in s.seats.items():
        page(client, url("shortlist", shortlist), seat, status=200 if role in INSIDE else 404)
    page(client, url("shortlist", shortlist), s.neighbour.core, status=404)


def test_who_leads_writes_and_plans_and_others_are_told_who_can(client, s):
    shortlist = written(s)
    for role in INSIDE:
        for path in (url("write_shortlist", s.cluster), url("plan_findings", shortlist)):
            shown = page(client, path, s.own.seats[role], status=200 if role in LEADS else 403)
            is_refused = "Only a Core Group member or a facilitator can" in shown
            assert is_refused == (role not in LEADS)


# writing


def test_what_the_votes_left_is_ticked_and_anything_live_can_be(client, s):
    three_left(s)
    ideas = long_list(s.own, 5)  # one more since

    shown = signed_in(client, s.own.core).get(url("write_shortlist", s.cluster))

    assert ticked(shown) == [str(idea.pk) for idea in ideas[:3]]
    assert main_of(shown).count('name="ideas"') == 5
    assert "The votes are advice" in text_of(shown)


def test_it_may_differ_from_the_votes_and_says_why(client, s):
    row = three_left(s)
    ideas = long_list(s.own, 5)
    row.refresh_from_db()
    sent = {
        "ideas": [ideas[0].pk, ideas[4].pk],
        "words": "Payroll presses for all.\n\nCharity 2 would rather train.",
        "version": row.version,
    }

    answer = signed_in(client, s.own.core).post(
        url("write_shortlist", s.cluster), sent, follow=True
    )

    shortlist = Shortlist.objects.get()
    assert shortlist.shortlisting == row
    assert [item.idea for item in shortlist.items.all()] == [ideas[0], ideas[4]]
    shown = text_of(answer)
    assert "The votes had not left it; we chose it when we talked." in shown
    assert f"Left standing by the votes, and not on it: {ideas[1]} and {ideas[2]}." in shown
    assert "Charity 2 would rather train." in shown


@pytest.mark.parametrize(
    ("n", "words", "said"),
    [
        (0, "We talked.", "Tick one idea at least."),
        (4, "We talked.", "That is four; three are the most. Take out one."),
        (2, " ", "Write down what your talk came to, and who saw it differently."),
    ],
)
def test_what_is_no_shortlist_comes_back_as_it_was_ticked(client, s, n, words, said):
    ideas = [str(idea.pk) for idea in long_list(s.own)]

    answer = signed_in(client, s.own.core).post(
        url("write_shortlist", s.cluster), {"ideas": ideas[:n], "words": words}
    )

    assert answer.status_code == 422
    assert said in text_of(answer)
    assert ticked(answer) == ideas[:n]
    assert not Shortlist.objects.exists()


def test_a_shortlist_can_be_written_without_any_votes(client, s):
    idea = long_list(s.own)[1]

    answer = signed_in(client, s.own.facilitator).post(
        url("write_shortlist", s.cluster), {"ideas": [idea.pk], "words": "All of us want it."}
    )

    shortlist = Shortlist.objects.get()
    assert answer.headers["Location"] == shortlist.get_absolute_url()
    assert shortlist.shortlisting is None


def test_while_a_round_is_open_the_page_says_what_to_do_first(client, s):
    at_votes(s)
    core = signed_in(client, s.own.core)

    shown = core.get(url("write_shortlist", s.cluster))
    sent = {"ideas": [long_list(s.own)[0].pk], "words": "We talked."}
    refused = core.post(url("write_shortlist", s.cluster), sent)

    assert "Not yet." in text_of(shown)
    assert "<form" not in main_of(shown)
    assert refused.status_code == 409
    assert "Close it before you write the shortlist down." in text_of(refused)
    assert "We talked." in main_of(refused)


def test_writing_on_what_others_have_changed_is_refused_and_kept(client, s):
    row = three_left(s)
    sent = {"ideas": [long_list(s.own)[0].pk], "words": "We talked.", "version": 1}

    clash = signed_in(client, s.own.core).post(url("write_shortlist", s.cluster), sent)

    row.refresh_from_db()
    assert clash.status_code == 409
    assert "We talked." in main_of(clash)
    assert f'name="version" value="{row.version}"' in main_of(clash)


def test_with_nothing_on_the_long_list_the_page_asks_for_ideas(client, s):
    shown = page(client, url("write_shortlist", s.cluster), s.own.core)

    assert "There is nothing on the long list yet." in shown


# reading


def test_once_there_is_a_focus_it_says_so_and_asks_for_no_other(client, s):
    ideas = long_list(s.own, 2)
    shortlist = written(s)
    core = s.own.core
    assert "Once the pairs have reported" in page(client, url("shortlist", shortlist), core)

    decide(s.own, adoption_of(s.own, ideas).decision)

    shown = page(client, url("shortlist", shortlist), core)
    assert f"We decided on our focus on {day(clock.today())}." in shown
    assert "Once the pairs have reported" not in shown


def test_the_page_says_who_gains_and_who_has_not_said(client, s):
    first, second = long_list(s.own, 2)
    gain_of(first, s.own.core, words="Two days a month.")
    gain_of(first, s.own.second, would_gain=False, words="We have one.")
    gain_of(second, s.own.core)
    gain_of(second, s.own.second)
    shortlist = written(s)

    shown = page(client, url("shortlist", shortlist), s.own.core)

    assert "One of three gains, one does not and one has not said yet." in shown
    assert "“Two days a month.”" in shown
    assert f"{s.own.third.organisation} has not said all yet." in shown
    assert "Change what you said" in shown
    assert "Say whether you gain" not in shown
    of_third = page(client, url("shortlist", shortlist), s.own.third)
    assert of_third.count("Say whether you gain") == 2
    assert "Change what you said" not in of_third
    of_facilitator = page(client, url("shortlist", shortlist), s.own.facilitator)
    assert "Say whether you gain" not in of_facilitator
    assert "Change what you said" not in of_facilitator


def test_each_idea_without_a_pair_asks_for_one(client, s):
    shortlist = written(s)
    html = main_of(signed_in(client, s.own.core).get(url("shortlist", shortlist)))
    for idea in long_list(s.own, 2):
        assert url("name_pair", idea) in html
    staff = main_of(signed_in(client, s.own.seats[Role.STAFF]).get(url("shortlist", shortlist)))
    assert "No pair yet." in staff
    assert "/pair/" not in staff


def test_a_later_one_takes_its_place_and_the_earlier_stays_to_be_read(client, s):
    first, second = written(s), written(s, n=3)

    new = page(client, url("shortlist", second), s.own.core)
    old = signed_in(client, s.own.core).get(url("shortlist", first))

    assert "Earlier shortlists" in new
    assert "Shortlist 1" in new
    assert "It does not stand any more." in text_of(old)
    assert f'href="{second.get_absolute_url()}"' in main_of(old)
    assert "Ask two members" not in text_of(old)


def test_who_may_is_led_on_to_the_focus(client, s):
    shortlist = written(s)

    assert "put your focus to the vote" in page(client, url("shortlist", shortlist), s.own.core)
    assert "put your focus to the vote" not in page(
        client, url("shortlist", shortlist), s.own.seats[Role.SUPPORTER]
    )


# findings


def test_how_findings_come_together_is_kept_by_form(client, s):
    shortlist = written(s)
    sent = {
        "findings": "At our meeting, pair by pair.",
        "findings_by": day(in_days(30)),
        "version": shortlist.version,
    }
    assert "Say how, and by when" in page(client, url("shortlist", shortlist), s.own.core)

    answer = signed_in(client, s.own.core).post(url("plan_findings", shortlist), sent, follow=True)

    assert "At our meeting, pair by pair." in text_of(answer)
    assert f"By {weekday(in_days(30))}." in text_of(answer)
    again = main_of(signed_in(client, s.own.core).get(url("plan_findings", shortlist)))
    assert day(in_days(30)) in again


@pytest.mark.parametrize(
    ("change", "status", "said"),
    [
        ({"findings": " "}, 422, "Say how you bring it together."),
        ({"findings_by": ""}, 422, "Write the day."),
        ({"findings_by": "1 January 2020"}, 409, "is over. Choose today or a later day."),
        ({"version": 0}, 409, "Somebody else changed this"),
    ],
)
def test_what_cannot_be_kept_is_said_and_stays_typed(client, s, change, status, said):
    shortlist = written(s)
    sent = {
        "findings": "At our meeting.",
        "findings_by": day(in_days(30)),
        "version": shortlist.version,
    }

    answer = signed_in(client, s.own.core).post(url("plan_findings", shortlist), {**sent, **change})

    assert answer.status_code == status
    assert said in text_of(answer)
    sent |= change
    for typed in (sent["findings"].strip(), sent["findings_by"]):
        assert typed in main_of(answer)
    assert f'name="version" value="{shortlist.version}"' in main_of(answer)
    shortlist.refresh_from_db()
    assert not shortlist.findings


def test_in_a_cluster_that_has_ended_it_is_only_read(client, s):
    shortlist = written(s)
    s.cluster.ended_at = clock.now()
    s.cluster.save()

    html = main_of(signed_in(client, s.own.core).get(url("shortlist", shortlist)))

    assert "ended on" in html
    assert "Say how, and by when" not in html
    assert "Ask two members" not in html


def test_the_page_costs_the_same_with_many_members_and_lists_as_with_few(client, s):
    shortlist = written(s, n=3)
    signed_in(client, s.own.core)
    few = cost_of(client, url("shortlist", shortlist))
    for _ in range(4):
        gain_of(long_list(s.own)[0], SeatFactory(cluster=s.cluster))
        shortlist = written(s, n=3)

    assert cost_of(client, url("shortlist", shortlist)) <= few <= 30
