"""The pages of fair shares: who sees them, what they say, and what their forms do."""

from datetime import timedelta

import pytest
from django.urls import reverse

from hedgerow.core import clock
from hedgerow.focus.models import ShareBallot, ShareOut
from hedgerow.look.words import day
from hedgerow.people.models import Role
from tests.factories import MandateFactory, signed_in
from tests.front.pages import cost_of, main_of, page, text_of

from .scenes_ideas import idea_of, long_list
from .test_sharing import closed, marks, opened, recorded

pytestmark = pytest.mark.django_db
INSIDE = {Role.CORE, Role.DEPUTY, Role.STAFF, Role.FACILITATOR, Role.SUPPORTER}


def url(name, thing):
    return reverse(f"focus:{name}", args=[thing.pk])


def sent(s, **other):
    return {
        "ideas": [str(idea.pk) for idea in long_list(s.own, 3)],
        "budget": "600",
        "marks": "ticks",
        "completion": "none",
        "ties": "file",
        "ballots": "secret",
        "due_on": day(clock.today() + timedelta(days=7)),
        **other,
    }


def ticked(share_out, *places):
    keys = list(share_out.options.values_list("pk", flat=True))
    return {f"thing-{keys[place - 1]}": "on" for place in places}


def three_marked(s, **other):
    """The van is wanted by two, the payroll by one."""
    share_out = opened(s.own, **other)
    marks(share_out, s.own.core, 1, 2)
    marks(share_out, s.own.second, 2)
    marks(share_out, s.own.third, 3)
    return share_out


# who may


def test_those_round_the_table_read_it_and_nobody_else(client, s):
    share_out = opened(s.own)
    for role, seat in s.seats.items():
        for there in (url("share_outs", s.cluster), url("share_out", share_out)):
            page(client, there, seat, status=200 if role in INSIDE else 404)
    page(client, url("share_out", share_out), s.neighbour.core, status=404)


def test_each_thing_is_done_by_those_who_may_and_others_are_told_who_can(client, s):
    share_out = opened(s.own)
    leads, voice = {Role.CORE, Role.FACILITATOR}, {Role.CORE}
    for name, thing, may in (
        ("open_share_out", s.cluster, leads),
        ("close_share_out", share_out, leads),
        ("give_up_share_out", share_out, leads),
        ("mark", share_out, voice),
        ("record_marks", share_out, {Role.FACILITATOR}),
    ):
        for role in INSIDE:
            page(client, url(name, thing), s.seats[role], status=200 if role in may else 403)
        page(client, url(name, thing), s.neighbour.core, status=404)


# opening


def test_before_the_first_the_page_says_how_one_begins(client, s):
    shown = page(client, url("share_outs", s.cluster), s.own.core)

    assert "No budget is being shared out." in shown
    assert "Choose the ideas and the budget" in shown
    staff = page(client, url("share_outs", s.cluster), s.seats[Role.STAFF])
    assert "Choose the ideas and the budget" not in staff


def test_ideas_without_a_cost_lead_to_where_it_is_said(client, s):
    long_list(s.own, 2)
    free = idea_of(s.own, "Shared soup", cost=None)
    given = idea_of(s.own, "A spare room", cost=0)

    signed_in(client, s.own.core)
    html = main_of(client.get(url("open_share_out", s.cluster)))

    assert given.title not in html

    assert f'href="{url("change_idea", free)}">say what it costs first' in html
    assert f'value="{free.pk}"' not in html
    assert "20 at most" in html


def test_with_fewer_than_two_costed_ideas_the_page_leads_to_the_long_list(client, s):
    idea_of(s.own, "Shared soup", cost=None)

    shown = page(client, url("open_share_out", s.cluster), s.own.core)

    assert "There are fewer than two ideas with a cost." in shown
    assert "Ask every member what it wants" not in shown


def test_it_is_opened_by_form_with_every_rule_named(client, s):
    signed_in(client, s.own.facilitator)

    answer = client.post(url("open_share_out", s.cluster), sent(s), follow=True)

    share_out = ShareOut.objects.get()
    assert (share_out.budget, share_out.is_secret, share_out.options.count()) == (600_00, True, 3)
    assert "Every member is asked what it wants" in text_of(answer)
    shown = page(client, url("share_out", share_out))
    for words in ("What is left stays.", "The one that stands first on the list.", "A tick for"):
        assert words in shown
        assert words in page(client, url("mark", share_out), s.own.core)


@pytest.mark.parametrize(
    ("wrong", "words"),
    [
        ({"ideas": []}, "Tick two ideas or more."),
        ({"budget": "0"}, "Enter £1 or more."),
        ({"budget": "lots"}, "lots"),
        ({"marks": ""}, "Choose how members mark."),
        ({"completion": ""}, "Choose what happens with what is left over."),
        ({"ties": ""}, "Choose which is taken."),
        ({"ballots": ""}, "Choose who sees what members want."),
        ({"due_on": "1 January 2020"}, "or a later day"),
    ],
)
def test_what_is_missing_is_said_and_the_rest_is_kept(client, s, wrong, words):
    signed_in(client, s.own.core)

    answer = client.post(url("open_share_out", s.cluster), sent(s, **wrong))

    assert answer.status_code == 422
    assert words in text_of(answer)
    assert not ShareOut.objects.exists()


def test_a_second_one_is_refused_on_its_form(client, s):
    opened(s.own)
    signed_in(client, s.own.core)

    answer = client.post(url("open_share_out", s.cluster), sent(s))

    assert answer.status_code == 409
    assert "Close it or give it up first" in text_of(answer)


def test_more_than_twenty_are_none_of_them_ticked_and_too_many_are_refused(client, s):
    ideas = [idea_of(s.own, f"Idea {n}") for n in range(21)]
    signed_in(client, s.own.core)

    assert "checked" not in main_of(client.get(url("open_share_out", s.cluster)))
    all_of_them = sent(s, ideas=[str(idea.pk) for idea in ideas])
    answer = client.post(url("open_share_out", s.cluster), all_of_them)

    assert "That is 21 ideas; 20 are the most." in text_of(answer)


# marking


def test_what_one_wants_is_ticked_kept_and_prefilled(client, s):
    share_out = opened(s.own)
    signed_in(client, s.own.core)
    there = url("mark", share_out)

    client.post(there, ticked(share_out, 2))

    second = share_out.options.get(position=2)
    assert ShareBallot.objects.get().points == {str(second.pk): 1}
    html = main_of(client.get(there))
    assert html.count("checked") == 1
    assert f'id="id_thing-{second.pk}" checked' in html
    assert "Change what we want" in html


def test_points_are_chosen_from_nought_to_five(client, s):
    share_out = opened(s.own, marks="points")
    keys = list(share_out.options.values_list("pk", flat=True))
    signed_in(client, s.own.core)
    points = {f"thing-{keys[0]}": "5", f"thing-{keys[1]}": "0", f"thing-{keys[2]}": "1"}

    assert (
        client.post(url("mark", share_out), points | {f"thing-{keys[0]}": "6"}).status_code == 422
    )
    client.post(url("mark", share_out), points)

    assert ShareBallot.objects.get().points == {str(keys[0]): 5, str(keys[2]): 1}
    html = main_of(client.get(url("mark", share_out)))
    assert '<option value="5" selected>' in html


def test_nothing_marked_is_taken_only_with_the_word_that_none_is_wanted(client, s):
    share_out = opened(s.own)
    signed_in(client, s.own.core)
    there = url("mark", share_out)

    nothing = client.post(there, {})
    both = client.post(there, {"wants_none": "on", **ticked(share_out, 1)})
    client.post(there, {"wants_none": "on"})

    assert (nothing.status_code, both.status_code) == (422, 422)
    assert "If you want none of these, tick this and send it." in text_of(nothing)
    assert ShareBallot.objects.get().points == {}
    assert 'id="id_wants_none" checked' in main_of(client.get(there))


def test_what_is_wrong_with_marks_written_down_is_said_of_them(client, s):
    share_out = opened(s.own)
    signed_in(client, s.own.facilitator)
    there = url("record_marks", share_out)
    form = {"member": s.own.second.organisation_id, "channel": "phone"}

    nothing = text_of(client.post(there, form))
    both = text_of(client.post(there, form | {"wants_none": "on", **ticked(share_out, 1)}))

    assert "If they want none of these, tick this and send it." in nothing
    assert "Something is marked, and that they want none." in both
    for shown in (nothing, both):
        assert "you want" not in shown


def test_the_same_form_sent_twice_is_one_word(client, s):
    share_out = opened(s.own)
    signed_in(client, s.own.core)

    for place in (1, 2):
        client.post(url("mark", share_out), {"once": "a" * 32, **ticked(share_out, place)})

    assert list(ShareBallot.objects.get().points.values()) == [1]


def test_a_deputy_without_a_mandate_is_told_what_it_takes(client, s):
    share_out = opened(s.own)
    deputy = s.seats[Role.DEPUTY]

    assert "you need a mandate for today" in page(client, url("share_out", share_out), deputy)
    MandateFactory(deputy=deputy, given_by=s.own.core)
    assert "Mark what we want" in page(client, url("share_out", share_out), deputy)


def test_while_it_is_secret_no_page_shows_a_word_of_what_others_want(client, s):
    share_out = opened(s.own)
    marks(share_out, s.own.second, 2)
    second = s.own.second.organisation.name

    for seat in (s.own.core, s.own.facilitator, s.seats[Role.SUPPORTER]):
        signed_in(client, seat)
        shown = text_of(client.get(url("share_out", share_out)))
        assert f"{second} Has marked." in shown
        assert "What members want so far" not in shown
        assert shown.count("A shared minibus") == 1  # in the list of things
        for name in ("compare", "ballots_file"):
            assert client.get(url(name, share_out)).status_code == 404
    client.force_login(s.own.facilitator.user)
    assert "checked" not in main_of(
        signed_in(client, s.own.facilitator).get(
            f"{url('record_marks', share_out)}?member={s.own.third.organisation_id}"
        )
    )


def test_in_the_open_the_marks_are_listed_and_no_outcome_is(client, s):
    share_out = three_marked(s, is_secret=False)

    shown = page(client, url("share_out", share_out), s.own.facilitator)

    assert f"{s.own.second.organisation}: A shared minibus." in shown
    assert "What it pays for" not in shown
    assert client.get(url("compare", share_out)).status_code == 404


# written down


def test_a_facilitator_writes_down_and_that_member_says_yes(client, s):
    share_out = opened(s.own)
    second = s.own.second.organisation
    signed_in(client, s.own.facilitator)
    form = {"member": str(second.pk), "channel": "phone", **ticked(share_out, 1)}

    answer = client.post(url("record_marks", share_out), form, follow=True)
    ballot = ShareBallot.objects.get()

    assert "Written down. It counts" in text_of(answer)
    assert "Is this what you want?" not in page(client, url("share_out", share_out), s.own.core)
    shown = page(client, url("share_out", share_out), s.own.second)
    assert f"For {second}: One payroll for all of us." in shown
    client.post(url("confirm_marks", ballot))
    ballot.refresh_from_db()
    assert ballot.confirmed_by == s.own.second
    assert "Is this what you want?" not in page(client, url("share_out", share_out))


def test_undone_it_is_gone_and_a_stranger_cannot(client, s):
    share_out = opened(s.own)
    ballot = recorded(share_out, s.own, s.own.second.organisation, 1)

    signed_in(client, s.own.core)
    assert client.post(url("undo_marks", ballot)).status_code == 404  # secret, and not theirs
    signed_in(client, s.own.second)
    assert client.get(url("undo_marks", ballot)).status_code == 405
    client.post(url("undo_marks", ballot))

    ballot.refresh_from_db()
    assert ballot.is_undone


def test_after_the_close_undoing_is_refused_where_one_stands(client, s):
    share_out = opened(s.own)
    ballot = recorded(share_out, s.own, s.own.second.organisation, 1)
    closed(share_out, s.own)
    signed_in(client, s.own.second)

    answer = client.post(url("undo_marks", ballot))

    assert answer.status_code == 409
    assert "was closed on" in text_of(answer)
    assert "Yes, that is what we want" in text_of(answer)


def test_only_those_who_have_not_spoken_can_be_written_down_for(client, s):
    share_out = opened(s.own)
    marks(share_out, s.own.second, 1)
    signed_in(client, s.own.facilitator)

    html = main_of(client.get(url("record_marks", share_out)))
    form = {"member": str(s.own.second.organisation_id), "channel": "phone", "wants_none": "on"}
    answer = client.post(url("record_marks", share_out), form)

    assert f'<option value="{s.own.second.organisation_id}"' not in html
    assert f'<option value="{s.own.third.organisation_id}"' in html
    assert answer.status_code == 422


# closing


def test_closing_names_who_is_missing_and_wants_a_tick(client, s):
    share_out = opened(s.own)
    marks(share_out, s.own.core, 1)
    share_out.refresh_from_db()
    signed_in(client, s.own.core)
    there, form = url("close_share_out", share_out), {"version": str(share_out.version)}

    shown = page(client, there)
    assert s.own.second.organisation.name in shown
    assert client.post(there, form).status_code == 409
    answer = client.post(there, {**form, "knows_absent": "on"}, follow=True)

    assert "Now talk it over." in text_of(answer)
    assert f"Nothing was said by {s.own.second.organisation} and" in text_of(answer)


def test_after_a_clash_the_newest_version_is_sent_next_time(client, s):
    share_out = three_marked(s)
    signed_in(client, s.own.core)

    answer = client.post(url("close_share_out", share_out), {"version": "77"})

    assert answer.status_code == 409
    assert f'name="version" value="{share_out.version}"' in main_of(answer)


def test_given_up_the_page_says_why_and_shows_no_mark(client, s):
    share_out = three_marked(s)
    signed_in(client, s.own.core)

    form = {"because": "The grant fell through.", "version": "1"}
    answer = client.post(url("give_up_share_out", share_out), form, follow=True)

    assert "Why it was given up: The grant fell through." in text_of(answer)
    assert "Mark what we want" not in text_of(answer)
    assert client.get(url("compare", share_out)).status_code == 404
    assert "The grant fell through." in page(client, url("share_outs", s.cluster))


# the outcome


def test_the_outcome_is_said_in_words_first_then_in_a_table(client, s):
    share_out = closed(three_marked(s), s.own)
    core, second, third = (
        seat.organisation.name for seat in (s.own.core, s.own.second, s.own.third)
    )

    signed_in(client, s.own.core)
    response = client.get(url("share_out", share_out))
    shown = text_of(response)

    assert "The sum never replaces the talk." in shown
    assert "Each of three members holds an equal share of £200." in shown
    assert f"A shared minibus, £200. Two of three want it. {core} £100, {second} £100." in shown
    assert "One payroll for all of us, £100. One of three wants it." in shown
    assert (
        f"Of the members, two of three have at least one thing they wanted. Not so: {third}."
        in shown
    )
    assert "At £200 (£100 less) it would have been chosen, not at £201." in shown
    assert "changes of a single mark it is still chosen." in shown
    html = main_of(response)
    assert html.index("What it pays for") < html.index("<table")
    assert 'class="you"' in html


def test_everybody_sees_what_everybody_wanted_once_it_is_closed(client, s):
    share_out = closed(three_marked(s), s.own)

    for role in INSIDE:
        shown = page(client, url("share_out", share_out), s.seats[role])
        assert f"{s.own.third.organisation} None of one" in shown


def test_what_takes_too_long_to_explain_says_so(client, s, monkeypatch):
    monkeypatch.setattr("hedgerow.focus.shares.outcomes.MOST_ASKED", 20)
    share_out = closed(three_marked(s, completion="add1u"), s.own)

    shown = page(client, url("share_out", share_out), s.own.core)

    assert "for so many members and ideas that takes too long." in shown
    assert "would have done it" not in shown


def test_shares_that_grew_come_to_more_than_what_they_pay_for(client, s):
    share_out = closed(three_marked(s, completion="add1u"), s.own)

    shown = page(client, url("share_out", share_out), s.own.core)

    assert "the shares come to more than the budget; what they pay for does not." in shown


def test_amounts_that_are_rounded_say_so(client, s):
    share_out = opened(s.own)
    for seat in (s.own.core, s.own.second, s.own.third):
        marks(share_out, seat, 1)

    shown = page(client, url("share_out", closed(share_out, s.own)), s.own.core)

    assert "£33.33" in shown
    assert "shown to the nearest penny" in shown


def test_beside_other_rules_it_says_what_each_would_pay_for(client, s):
    share_out = closed(three_marked(s, completion="greedy"), s.own)

    shown = page(client, url("compare", share_out), s.own.core)

    for words in (
        "Equal shares",
        "Equal shares alone",
        "Most wanted for its cost first",
        "At most three",
        "Members that have at least one thing they wanted: all three.",
        "The sum never replaces the talk.",
    ):
        assert words in shown


def test_the_file_of_ballots_names_nobody_and_is_taken_by_its_name(client, s):
    share_out = closed(three_marked(s), s.own)

    answer = signed_in(client, s.own.core).get(url("ballots_file", share_out))

    assert f"{s.cluster.slug}-fair-shares-1.pb" in answer["Content-Disposition"]
    text = answer.content.decode()
    assert "\n2;200.00;2;A shared minibus;1\n" in text
    assert not any(one.name in text for one in s.own.organisations)


def test_a_title_with_markup_is_shown_as_it_was_typed(client, s):
    long_list(s.own, 2)
    idea_of(s.own, "<b>Bold</b>", cost=5_00)
    share_out = opened(s.own, long_list(s.own, 5))
    for seat in (s.own.core, s.own.second, s.own.third):
        marks(share_out, seat, 3)

    signed_in(client, s.own.core)
    for name in ("share_out", "mark"):
        assert "&lt;b&gt;Bold&lt;/b&gt;" in main_of(client.get(url(name, share_out)))
    closed(share_out, s.own)
    for name in ("share_out", "compare"):
        assert "&lt;b&gt;Bold&lt;/b&gt;" in main_of(client.get(url(name, share_out)))


# what pages cost


def test_a_page_costs_the_same_however_many_marks_and_things_there_are(client, s):
    few = opened(s.own, long_list(s.own, 2), is_secret=False)
    marks(few, s.own.core, 1)
    signed_in(client, s.own.core)
    names = ("share_out", "mark", "close_share_out")
    client.get(url("share_out", few))  # the first page of a day notes that somebody was here
    before = [cost_of(client, url(name, few)) for name in names]
    closed(few, s.own)
    closed_before = [cost_of(client, url(name, few)) for name in ("share_out", "compare")]

    many = opened(s.own, long_list(s.own, 5), is_secret=False)
    marks(many, s.own.core, 1)
    marks(many, s.own.second, 2, 3)
    recorded(many, s.own, s.own.third.organisation, 4)

    assert [cost_of(client, url(name, many)) for name in names] == before
    closed(many, s.own)
    assert [cost_of(client, url(name, many)) for name in ("share_out", "compare")] == closed_before
    assert max(before + closed_before) <= 22


def test_an_outcome_is_worked_out_once(client, s, monkeypatch):
    share_out = closed(three_marked(s), s.own)
    signed_in(client, s.own.core)
    client.get(url("share_out", share_out))

    def again(*args, **kwargs):
        raise AssertionError("worked out again")

    monkeypatch.setattr("hedgerow.focus.shares.outcomes.equal_shares", again)
    assert client.get(url("share_out", share_out)).status_code == 200
