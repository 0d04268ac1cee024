"""The red spot and the ten votes on their own pages, without a script."""

import re

import pytest

from hedgerow.agreements.models import Channel
from hedgerow.core import clock
from hedgerow.focus.actions import voting
from hedgerow.focus.forms.voting import BallotForm
from hedgerow.focus.models import Ballot, RedSpot
from hedgerow.people.models import Role
from tests.factories import MandateFactory, actor, signed_in
from tests.front.pages import main_of, page, text_of

from .polled import at_votes, begun, candidate, cast, close, open_round, record, spots, url

pytestmark = pytest.mark.django_db


@pytest.fixture
def row(s):
    """A secret round of ten votes is open over five ideas."""
    return at_votes(s)


def votes(row, told, **more):
    """As a browser sends the form: a number for each idea."""
    numbers = {f"votes-{one.pk}": "0" for one in row.candidates.all()}
    typed = {f"votes-{candidate(row, position).pk}": str(n) for position, n in told.items()}
    return {**numbers, **typed, **more}


def shown_votes(response):
    return re.findall(r'<input type="number" name="votes-\d+" value="(\d+)"', main_of(response))


# who may


def test_only_those_who_speak_for_a_member_vote_and_others_are_told(client, s):
    red = open_round(begun(s))
    for role, seat in s.seats.items():
        inside = role in {Role.DEPUTY, Role.STAFF, Role.FACILITATOR, Role.SUPPORTER}
        status = 200 if role is Role.CORE else 403 if inside else 404
        said = page(client, url("red_spot", red), seat, status=status)
        if inside:
            assert "Only a Core Group member can vote for their organisation." in said
    page(client, url("red_spot", red), s.neighbour.core, status=404)


def test_a_deputy_votes_on_the_days_on_which_they_stand_in(client, s, row):
    deputy = s.own.seats[Role.DEPUTY]
    page(client, url("ballot", open_round(row)), deputy, status=403)
    assert "To vote you need a mandate for today" in page(client, url("shortlisting", row), deputy)

    MandateFactory(deputy=deputy)

    there = url("ballot", open_round(row))
    answer = signed_in(client, deputy).post(there, votes(row, {1: 10}, do="cast"))
    assert answer.status_code == 302
    assert Ballot.objects.get().by == deputy


def test_the_page_of_votes_is_not_there_in_a_round_of_red_spots(client, s):
    red = open_round(begun(s))
    page(client, url("ballot", red), s.own.core, status=404)


# the red spot


def test_no_red_spot_is_chosen_to_begin_with(client, s):
    red = open_round(begun(s))

    html = main_of(signed_in(client, s.own.core).get(url("red_spot", red)))

    assert re.search(r'value="none"[^>]*checked', html)
    assert html.count("checked") == 1
    assert "Only us until the round closes" in html


def test_a_red_spot_is_used_by_form_with_its_reason(client, s):
    row = begun(s)
    core, there = signed_in(client, s.own.core), url("red_spot", open_round(row))
    bare = core.post(there, {"spot": candidate(row, 2).pk, "reason": " "})
    assert bare.status_code == 422
    assert "Say why, so that the others understand it." in text_of(bare)

    answer = core.post(there, {"spot": candidate(row, 2).pk, "reason": "We have one."}, follow=True)

    spot = RedSpot.objects.get()
    assert (spot.candidate, spot.reason) == (candidate(row, 2), "We have one.")
    assert "Your red spot is placed." in text_of(answer)
    again = main_of(core.get(there))
    assert re.search(rf'value="{spot.candidate_id}"[^>]*checked', again)
    assert "We have one." in again
    assert "You can change it until the round closes." in again


def test_that_none_is_used_is_said_too_and_needs_no_reason(client, s):
    row = begun(s)

    answer = signed_in(client, s.own.core).post(
        url("red_spot", open_round(row)), {"spot": "none", "reason": "left from before"}
    )

    assert answer.status_code == 302
    spot = RedSpot.objects.get()
    assert (spot.candidate, spot.reason) == (None, "")


def test_a_red_spot_on_nothing_of_theirs_is_a_fault(client, s):
    row = begun(s)
    for sent in ({}, {"spot": "999999"}, {"spot": "x"}):
        answer = signed_in(client, s.own.core).post(url("red_spot", open_round(row)), sent)
        assert answer.status_code == 422
    assert not RedSpot.objects.exists()


def test_after_the_close_a_red_spot_is_refused_and_the_words_are_kept(client, s):
    row = begun(s)
    red = open_round(row)
    spots(row, s)
    core = signed_in(client, s.own.core)

    late = core.post(url("red_spot", red), {"spot": candidate(row, 2).pk, "reason": "Too late."})

    assert late.status_code == 409
    assert "This round was closed on" in text_of(late)
    assert "Too late." in main_of(late)
    assert core.get(url("red_spot", red)).headers["Location"] == url("shortlisting", row)


# ten votes


def test_each_idea_has_a_number_between_two_buttons_with_names_of_their_own(client, s, row):
    html = main_of(signed_in(client, s.own.core).get(url("ballot", open_round(row))))

    assert html.count('class="stepper"') == 5
    for one in row.candidates.all():
        assert f'name="less" value="{one.pk}" aria-label="One vote fewer for {one}"' in html
        assert f'name="more" value="{one.pk}" aria-label="One vote more for {one}"' in html
        assert f'<label class="hide" for="id_votes-{one.pk}">Votes for {one}, 0 to 10' in html
    assert "0 placed, 10 left" in html
    assert "script" not in html
    assert "hx-" not in html


def test_plus_and_minus_count_and_keep_nothing(client, s, row):
    core, there = signed_in(client, s.own.core), url("ballot", open_round(row))
    first = candidate(row, 1).pk

    more = core.post(there, votes(row, {1: 5, 2: 3}, more=first))
    less = core.post(there, votes(row, {1: 5, 2: 3}, less=first))

    assert (more.status_code, less.status_code) == (200, 200)
    assert shown_votes(more) == ["6", "3", "0", "0", "0"]
    assert shown_votes(less) == ["4", "3", "0", "0", "0"]
    assert "9 placed, 1 left" in text_of(more)
    assert "You have one vote left. Nine are placed, on two ideas." in text_of(more)
    assert not Ballot.objects.exists()


def test_no_number_goes_below_nought_or_above_ten(client, s, row):
    core, there = signed_in(client, s.own.core), url("ballot", open_round(row))
    first = candidate(row, 1).pk

    assert shown_votes(core.post(there, votes(row, {}, less=first)))[0] == "0"
    assert shown_votes(core.post(there, votes(row, {1: 10}, more=first)))[0] == "10"


def test_the_button_that_was_pressed_keeps_the_focus(client, s, row):
    first = candidate(row, 1).pk

    html = main_of(
        signed_in(client, s.own.core).post(
            url("ballot", open_round(row)), votes(row, {1: 5}, more=first)
        )
    )

    assert html.count("autofocus") == 1
    assert re.search(rf'name="more" value="{first}" aria-label="[^"]*" autofocus', html)


def test_enter_in_a_number_counts_and_does_not_take_a_vote_away(client, s, row):
    """A browser presses the first button of the form."""
    core, there = signed_in(client, s.own.core), url("ballot", open_round(row))
    html = main_of(core.get(there))
    form = html[html.index("<form") :]
    assert re.search(r"<button[^>]*>", form).group().count('name="do" value="count"') == 1

    counted = core.post(there, votes(row, {1: 7}, do="count"))

    assert counted.status_code == 200
    assert shown_votes(counted)[0] == "7"
    assert "7 placed, 3 left" in text_of(counted)


@pytest.mark.parametrize(
    ("told", "said"),
    [
        ({}, "You have 10 votes, for one, two or three ideas."),
        ({1: 1}, "You have nine votes left. One is placed, on one idea."),
        ({1: 4, 2: 3, 3: 2}, "on three ideas, which are as many as you can choose."),
        ({1: 10}, "All ten are placed. They count once you cast them."),
        ({1: 8, 2: 4}, "12 votes are placed. Take two away."),
        ({1: 4, 2: 3, 3: 2, 4: 1}, "That is on four ideas; three are the most."),
    ],
)
def test_the_count_says_what_is_left_or_too_many(client, s, row, told, said):
    answer = signed_in(client, s.own.core).post(
        url("ballot", open_round(row)), votes(row, told, do="count")
    )

    assert answer.status_code == 200
    assert said in text_of(answer)


@pytest.mark.parametrize("typed", ["-1", "11", "two", "2.5", "9" * 40])
@pytest.mark.parametrize("do", ["count", "cast"])
def test_what_is_no_number_of_votes_is_said_at_its_field(client, s, row, typed, do):
    answer = signed_in(client, s.own.core).post(
        url("ballot", open_round(row)), votes(row, {1: typed}, do=do)
    )

    assert answer.status_code == 422
    html = main_of(answer)
    assert f'id="id_votes-{candidate(row, 1).pk}_error">Write a whole number from 0 to 10.' in html
    assert 'aria-invalid="true"' in html
    assert not Ballot.objects.exists()


@pytest.mark.parametrize(
    ("told", "said"),
    [
        ({1: 5, 2: 3}, "Eight votes are placed. A ballot spends all ten."),
        ({1: 1}, "One vote is placed. A ballot spends all ten."),
        ({1: 8, 2: 4}, "12 votes are placed. A ballot spends all ten."),
        ({1: 4, 2: 3, 3: 2, 4: 1}, "They are on four ideas. Three are the most"),
    ],
)
def test_what_is_not_ten_votes_on_three_ideas_is_not_cast(client, s, row, told, said):
    answer = signed_in(client, s.own.core).post(
        url("ballot", open_round(row)), votes(row, told, do="cast")
    )

    assert answer.status_code == 422
    assert said in text_of(answer)
    assert shown_votes(answer)[0] == str(told[1])
    assert not Ballot.objects.exists()


def test_ten_votes_are_cast_and_can_be_changed_until_the_round_closes(client, s, row):
    core, there = signed_in(client, s.own.core), url("ballot", open_round(row))

    answer = core.post(there, votes(row, {1: 6, 3: 4}, do="cast"), follow=True)

    assert "Your ten votes are cast. You can change them until the round closes." in text_of(answer)
    assert Ballot.objects.get().votes == {candidate(row, 1).pk: 6, candidate(row, 3).pk: 4}
    again = core.get(there)
    assert shown_votes(again) == ["6", "0", "4", "0", "0"]
    assert "You can change it until the round closes." in text_of(again)
    core.post(there, votes(row, {2: 10}, do="cast"))
    assert Ballot.objects.get(ended_at=None).votes == {candidate(row, 2).pk: 10}


def test_the_same_ballot_sent_twice_is_cast_once(client, s, row):
    core, there = signed_in(client, s.own.core), url("ballot", open_round(row))
    for _ in range(2):
        answer = core.post(there, votes(row, {1: 10}, do="cast", once="a" * 32))
        assert answer.status_code == 302
    assert Ballot.objects.count() == 1


def test_after_the_close_votes_are_refused_and_what_was_typed_is_kept(client, s, row):
    """Also on an idea that dropped with it."""
    round = open_round(row)
    cast(row, s.own.second, {1: 6, 2: 4})
    cast(row, s.own.third, {4: 5, 5: 5})
    close(row, s, knows_absent=True)
    core = signed_in(client, s.own.core)

    late = core.post(url("ballot", round), votes(row, {1: 6, 3: 4}, do="cast"))

    assert late.status_code == 409
    assert "This round was closed on" in text_of(late)
    assert shown_votes(late) == ["6", "0", "4", "0", "0"]
    for answer in (core.get(url("ballot", round)), core.post(url("ballot", round), {"more": "1"})):
        assert answer.headers["Location"] == url("shortlisting", row)


def test_only_what_stands_can_be_voted_on(client, s):
    row = at_votes(s, struck=[(0, 5)])

    html = main_of(signed_in(client, s.own.core).get(url("ballot", open_round(row))))

    assert html.count('class="stepper"') == 4
    assert str(candidate(row, 5)) not in html


def test_a_button_for_another_idea_changes_no_number():
    form = BallotForm.recounted({"votes-1": "4", "more": "9"}, options=[(1, "A van")])

    assert form.placed == 4


# what was written down for them


def recorded_spot(s, row):
    return voting.record_spot(
        by=actor(s.own.facilitator),
        round=open_round(row),
        organisation=s.own.core.organisation,
        candidate=candidate(row, 2),
        reason="They have one.",
        channel=Channel.PHONE,
    )


def test_what_was_written_down_waits_on_the_page_for_its_own_people(client, s, row):
    ballot = record(row, s, s.own.core, {1: 10})
    core = signed_in(client, s.own.core)

    html = main_of(core.get(url("shortlisting", row)))

    assert "Look at what was written down for us" in html
    assert f'action="{url("confirm_ballot", ballot)}"' in html
    assert f'formaction="{url("undo_ballot", ballot)}"' in html
    for seat in (s.own.second, s.own.facilitator):
        assert "confirm/" not in main_of(signed_in(client, seat).get(url("shortlisting", row)))


@pytest.mark.parametrize(("name", "said"), [("confirm", "Confirmed."), ("undo", "Undone.")])
def test_it_is_confirmed_or_undone_by_a_button(client, s, row, name, said):
    ballot = record(row, s, s.own.core, {1: 10})
    core = signed_in(client, s.own.core)

    answer = core.post(url(f"{name}_ballot", ballot), follow=True)

    ballot.refresh_from_db()
    assert said in text_of(answer)
    assert bool(ballot.confirmed_at) is (name == "confirm")
    assert ballot.is_undone is (name == "undo")
    assert core.get(url(f"{name}_ballot", ballot)).status_code == 405


@pytest.mark.parametrize("name", ["confirm", "undo"])
def test_a_red_spot_written_down_is_confirmed_or_undone_too(client, s, name):
    spot = recorded_spot(s, begun(s))

    signed_in(client, s.own.core).post(url(f"{name}_spot", spot))

    spot.refresh_from_db()
    assert bool(spot.confirmed_at) is (name == "confirm")
    assert spot.is_undone is (name == "undo")


def test_nobody_else_confirms_it(client, s, row):
    ballot = record(row, s, s.own.core, {1: 10})
    there = url("confirm_ballot", ballot)
    staff = signed_in(client, s.own.seats[Role.STAFF]).post(there)
    assert staff.status_code == 403
    for seat in (s.own.second, s.own.facilitator, s.neighbour.core):
        assert signed_in(client, seat).post(there).status_code == 404


def test_once_the_round_is_closed_it_can_be_confirmed_and_not_undone(client, s, row):
    ballot = record(row, s, s.own.core, {1: 6, 2: 4})
    close(row, s, knows_absent=True)
    core = signed_in(client, s.own.core)
    html = main_of(core.get(url("shortlisting", row)))
    assert url("confirm_ballot", ballot) in html
    assert url("undo_ballot", ballot) not in html

    refused = core.post(url("undo_ballot", ballot))

    assert refused.status_code == 409
    assert "This round was closed on" in text_of(refused)


def test_in_a_cluster_that_has_ended_nobody_votes(client, s, row):
    round = open_round(row)
    s.cluster.ended_at = clock.now()
    s.cluster.save()
    core = signed_in(client, s.own.core)

    assert core.get(url("ballot", round)).headers["Location"] == url("shortlisting", row)
    answer = core.post(url("ballot", round), votes(row, {1: 10}, do="cast"))
    assert answer.status_code == 409
    assert not Ballot.objects.exists()
