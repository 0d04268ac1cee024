"""What the pages and "Next for you" read of a shortlisting: how it stands, who has voted, never
what while that is secret."""

import pytest

from hedgerow.focus.actions import shortlisting, shortlists
from hedgerow.focus.models import Ballot, Shortlisting
from hedgerow.focus.queries.shortlisting_pages import (
    open_shortlisting,
    shortlisting_page,
    shortlistings_of,
)
from hedgerow.focus.queries.shortlisting_said import stands_open
from hedgerow.people import actions as people
from hedgerow.people.models import Member, Role
from tests.factories import ProgrammeFactory, reader, team

from .shortlistings import MONDAY, TUESDAY, begun, on

pytestmark = pytest.mark.django_db


@pytest.fixture
def own():
    with on(MONDAY):
        return team(ProgrammeFactory())


def page_for(run, seat=None):
    return shortlisting_page(reader(seat or run.team.core), run.fresh)


def titles(lines):
    return [one.title for one in lines]


# an open round


def test_an_open_round_says_who_has_voted_and_never_what(own):
    run = begun(own=own)
    run.spot(run.core, 1)
    run.writes_spot(own.second.organisation, 2)
    page = page_for(run, own.third)

    assert [(one.has_voted, one.is_written) for one in page.open.members] == [
        (True, False),
        (True, True),
        (False, False),
    ]
    assert (page.open.spots, page.open.ballots, page.rounds) == ((), (), ())
    assert page.open.waits_for == (own.third.organisation.name,)
    assert (len(page.open.waits_for), page.open.has_all_voted, page.state) == (1, False, "voting")
    assert page.open.sentence == (
        "The red spots are open in a meeting. Two of three have spoken; we wait for "
        f"{own.third.organisation}."
    )


def test_the_facilitator_who_wrote_it_down_is_not_shown_it_either(own):
    run = begun(own=own)
    run.writes_spot(own.second.organisation, 2)
    page = page_for(run, own.facilitator)
    assert (page.own, page.to_confirm, page.open.spots) == ((), (), ())


def test_the_reader_sees_their_own_word_and_confirms_what_was_written_down(own):
    run = begun(own=own).past_spots()
    run.opens()
    run.writes(own.second.organisation, {1: 4, 2: 6})
    (mine,) = page_for(run, own.second).own

    assert mine.says == "Six for “One rota” and four for “A van”."
    assert (mine.waits, mine.may_speak, mine.is_open) == (True, True, True)
    assert page_for(run, own.second).to_confirm == (mine,)
    assert mine.how.startswith("Written down by")
    (theirs,) = page_for(run, own.core).own
    assert (theirs.key, theirs.says, dict(theirs.votes)) == (None, "", {})
    run.casts(run.core, {3: 10})
    assert page_for(run, own.core).own[0].says == "All ten for “A hall”."


def test_staff_and_deputies_read_what_their_member_said_and_do_not_vote(own):
    run = begun(own=own)
    run.spot(run.core, 1)

    for role in (Role.STAFF, Role.DEPUTY):
        (mine,) = page_for(run, own.seats[role]).own
        assert (mine.says, mine.may_speak) == ("A red spot for “A van”.", False)
        assert (mine.candidate, mine.reason) == (run.candidate(1).pk, "We have one.")
    assert page_for(run, own.seats[Role.SUPPORTER]).own == ()


def test_what_is_written_down_is_confirmed_also_once_the_round_is_closed(own):
    run = begun(own=own)
    run.writes_spot(own.second.organisation)
    run.closes()
    (waits,) = page_for(run, own.second).to_confirm
    assert (waits.is_open, waits.round_name, waits.says) == (False, "Red spots", "No red spot.")


def test_where_votes_are_open_they_are_shown_from_the_start(own):
    run = begun(own=own, is_secret=False)
    run.spot(run.core, 1)
    (spot,) = page_for(run, own.second).open.spots
    assert (spot.title, spot.reason, spot.counts) == ("A van", "We have one.", True)


def test_a_round_past_its_last_day_says_that_it_stays_open(own):
    run = begun(own=own, due_on=MONDAY)
    with on(MONDAY):
        page = page_for(run)
        assert not page.open.is_past
        names = [one.organisation for one in page.open.members]
        assert page.open.sentence == (
            "The red spots are open until the end of Monday 2 March 2026. "
            f"{names[0]}, {names[1]} and {names[2]} have not spoken yet."
        )
    with on(TUESDAY):
        page = page_for(run)
        assert page.open.is_past and not page.open.is_live
        assert page.open.sentence.startswith(
            "The last day for the red spots was Monday 2 March 2026. They stay open until somebody "
            "closes them."
        )


def test_one_vote_of_many_is_said_in_the_singular(own):
    run = begun(own=own)
    run.spot(run.core)
    assert "One of three has spoken; we wait for" in page_for(run).open.sentence
    run.spot(run.second)
    run.spot(run.third)
    page = page_for(run)
    assert page.open.sentence.endswith("All have spoken, so the round can be closed.")
    assert page.open.has_all_voted


def test_many_who_are_waited_for_are_counted_and_not_named(own):
    round = begun(own=own).round
    four = ["Kite", "Sixways", "The Kettle", "Zinc"]
    assert "One of four has spoken; we wait for Kite, Sixways and The Kettle." in stands_open(
        round, 1, four[:3]
    )
    assert "None of four have spoken yet." in stands_open(round, 0, four)
    assert "One of five has spoken; we wait for four more." in stands_open(round, 1, four)


# closed rounds


def test_a_closed_round_shows_everything(own):
    run = begun(own=own).past_spots(None, 1)
    run.opens()
    run.casts(run.core, {2: 5, 3: 4, 5: 1})
    run.writes(own.second.organisation, {4: 10})
    run.closes()
    page = page_for(run)
    spots, votes = page.rounds

    assert spots.sentence == "“A van” was struck out."
    assert (spots.dropped, spots.totals) == (("A van",), (None,) * 5)
    assert [one.title for one in spots.spots] == ["", "A van", ""]
    assert votes.totals == (None, 5, 4, 10, 1)
    assert votes.sentence == "“A website” had the fewest votes, one vote, and dropped."
    assert votes.absent == (own.third.organisation.name,)
    assert [one.votes for one in votes.ballots] == [(0, 5, 4, 0, 1), (0, 0, 0, 10, 0)]
    assert [one.waits for one in votes.ballots] == [False, True]
    assert page.table[1][1] == (5,)
    assert [(one.stands, one.said) for one in page.candidates] == [
        ("struck", f"Struck out by {own.second.organisation}."),
        ("standing", ""),
        ("standing", ""),
        ("standing", ""),
        ("dropped", "Dropped in round 1."),
    ]
    assert (titles(page.struck), titles(page.dropped)) == (["A van"], ["A website"])
    assert (page.state, page.may_write, page.may_open_round) == ("enough", True, True)


def test_nobody_used_a_red_spot(own):
    page = page_for(begun(own=own).past_spots())
    assert page.rounds[0].sentence == "Nobody used a red spot, so every idea stands."
    assert page.state == "pause"
    assert page.next == (
        "Five ideas stand. Talk about what came of it, then open the first round of votes."
    )


def test_what_is_level_is_named_and_nothing_opens_until_it_is_settled(own):
    run = begun(own=own).past_spots().round_of({1: 4, 2: 4, 3: 2}, {1: 10}, {1: 10})
    page = page_for(run)

    assert titles(page.level) == ["A shop", "A website"]
    assert (page.state, page.may_drop_all, page.may_open_round) == ("level", True, False)
    assert page.rounds[1].sentence == (
        "“A shop” and “A website” were level at the bottom, with no votes at all."
    )
    assert page.next.startswith("“A shop” and “A website” are level at the bottom")
    assert not any(one.may_be_asked for one in page.candidates)
    with on(TUESDAY):
        run.settles("drop_all")
    page = page_for(run)
    assert page.rounds[1].settled.startswith("We said: let all of them go. Written down by")
    assert page.candidates[4].said == "Dropped in round 1."


def test_where_all_are_level_they_cannot_all_go(own):
    run = begun(own=own, n=2).past_spots().round_of({1: 5, 2: 5})
    page = page_for(run)
    assert not page.may_drop_all
    assert page.next.endswith("Talk about them, then vote again.")


def left_after_voting(run):
    """The third votes and leaves, and the round closes."""
    run.opens()
    run.casts(run.core, {1: 10})
    run.casts(run.third, {2: 10})
    own = run.team
    member = Member.objects.get(cluster=own.cluster, organisation=own.third.organisation)
    people.leave_cluster(by=run.third, member=member)
    run.closes()


def test_a_secret_ballot_of_who_left_is_neither_counted_nor_shown(own):
    run = begun(own=own).past_spots()
    left_after_voting(run)

    votes = page_for(run).rounds[1]
    assert [one.organisation for one in votes.ballots] == [str(own.core.organisation)]
    assert votes.totals == (10, 0, 0, 0, 0)
    assert not Ballot.objects.get(organisation=own.third.organisation).is_shown


def test_an_open_ballot_of_who_left_was_shown_and_counts_no_more(own):
    run = begun(own=own, is_secret=False).past_spots()
    left_after_voting(run)

    votes = page_for(run).rounds[1]
    assert [one.counts for one in votes.ballots] == [True, False]
    assert votes.totals == (10, 0, 0, 0, 0)
    spots = page_for(run).rounds[0]
    assert [one.organisation for one in spots.spots if one.counts][2] == str(own.third.organisation)


# coming back, and the end


def test_what_came_back_says_so(own):
    run = begun(own=own).past_spots(None, 1)
    page = page_for(run)
    assert page.candidates[0].may_be_asked and not page.candidates[1].may_be_asked
    with on(TUESDAY):
        asked = run.asks(run.core, 1)
        page = page_for(run)
        assert page.candidates[0].asked.endswith(f"/reopenings/{asked.pk}/")
        assert not page.candidates[0].may_be_asked
        assert page.next.startswith("“A van”: say whether it comes back.")
        assert not page.may_open_round
        for by in (run.second, run.third):
            run.answers(by, asked)
    page = page_for(run)
    assert page.candidates[0].is_back
    assert page.candidates[0].said == "Came back on 3 March 2026: every member agreed."
    assert [one.state for one in page.reopenings] == ["granted"]
    run.round_of({2: 4, 3: 3, 4: 3}, {5: 10}, {5: 10})
    assert page_for(run).candidates[0].said == "Dropped in round 1, after it had come back."


def test_what_is_left_to_do_is_said_also_where_one_or_none_stands(own):
    run = begun(own=own, n=2).past_spots(1)
    page = page_for(run)
    assert page.next.startswith("“One rota” alone still stands.")
    assert (page.state, page.may_open_round, page.may_write) == ("enough", False, True)
    shortlisting.give_up_shortlisting(
        by=run.core, shortlisting=run.shortlisting, because="So.", version=run.fresh.version
    )
    other = begun(n=2).past_spots(1, 2)
    assert page_for(other).next.startswith("No idea stands any more.")
    three = begun(n=3).past_spots()
    assert page_for(three).next.startswith(
        "Three ideas stand. If everybody is comfortable with them"
    )


def test_what_was_given_up_in_a_round_shows_nothing_of_it(own):
    run = begun(own=own).past_spots()
    run.opens()
    run.writes(own.second.organisation, {1: 10})
    with on(TUESDAY):
        shortlisting.give_up_shortlisting(
            by=run.core,
            shortlisting=run.shortlisting,
            because="We talk first.",
            version=run.fresh.version,
        )
    page = page_for(run, own.second)
    assert (page.state, page.open, page.to_confirm, page.own) == ("given_up", None, (), ())
    assert len(page.rounds) == 1
    assert page.next == (
        "It was given up on 3 March 2026, while round 1 was open: nothing in it was counted."
    )
    assert page.given_up_because == "We talk first."
    assert not (page.may_write or page.may_give_up or page.may_open_round)


def test_a_shortlist_ends_it(own):
    run = begun(own=own).past_spots()
    with on(TUESDAY):
        made = shortlists.write_shortlist(
            by=run.core,
            cluster=own.cluster,
            ideas=[run.idea(1)],
            words="We talked.",
            shortlisting=run.shortlisting,
            version=run.fresh.version,
        )
    page = page_for(run)
    assert (page.state, page.shortlist_url) == ("written", made.get_absolute_url())
    assert page.next == "The shortlist was written down on 3 March 2026."
    assert open_shortlisting(own.cluster) is None


def test_nothing_can_be_pressed_in_a_cluster_that_has_ended(own):
    run = begun(own=own).past_spots(1)
    own.cluster.ended_at = run.round.closed_at
    own.cluster.save()
    page = page_for(run)
    assert not (page.may_write or page.may_give_up or page.may_open_round)
    assert not any(one.may_be_asked for one in page.candidates)


def test_everybody_may_have_left_and_it_is_still_read(own):
    run = begun(own=own).past_spots(1)
    run.opens()
    Member.objects.filter(cluster=own.cluster).update(left_at=run.round.opened_at)
    page = page_for(run, own.facilitator)
    assert page.open.members == ()
    assert page.candidates[0].said == f"Struck out by {own.core.organisation}."


def test_the_list_of_shortlistings_says_how_each_ended(own):
    run = begun(own=own).past_spots(1)
    assert open_shortlisting(own.cluster) == run.shortlisting
    (line,) = shortlistings_of(own.cluster)
    assert (line.state, line.sentence, line.n_candidates) == (
        "Open",
        "Four of five ideas stand.",
        5,
    )
    shortlisting.give_up_shortlisting(
        by=run.core, shortlisting=run.shortlisting, because="We talk.", version=run.fresh.version
    )
    (line,) = shortlistings_of(own.cluster)
    assert (line.state, line.sentence) == ("Given up", "We talk.")


# how much it asks of the database


def much(own):
    run = begun(own=own).past_spots(None, 1)
    run.round_of({2: 4, 3: 3, 4: 3}, {5: 1, 2: 9}, {5: 1, 3: 9})
    asked = run.asks(run.core, 1)
    for by in (run.second, run.third):
        run.answers(by, asked)
    run.opens()
    run.casts(run.core, {1: 10})
    run.writes(own.second.organisation, {2: 10})
    return run


def test_a_page_asks_the_same_of_the_database_however_much_was_said(
    own, django_assert_max_num_queries
):
    run = much(own)
    who, row = reader(own.second), Shortlisting.objects.get(pk=run.shortlisting.pk)
    with django_assert_max_num_queries(13):
        shortlisting_page(who, row)
