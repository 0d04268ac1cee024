"""Red spots and ten votes: one word an organisation, its own or written down, and who may see it."""

import pytest

from hedgerow.core.models import Event
from hedgerow.focus import rules
from hedgerow.focus.actions import shortlisting, voting
from hedgerow.focus.models import Ballot, RedSpot
from hedgerow.people import actions as people
from hedgerow.people.access import ROUND_THE_TABLE, visible
from hedgerow.people.models import Role
from tests.factories import MandateFactory, actor, reader

from .shortlistings import MONDAY, TUESDAY, begun, on, refusal

pytestmark = pytest.mark.django_db


@pytest.fixture
def spots():
    return begun()


@pytest.fixture
def votes():
    run = begun()
    with on(MONDAY):
        run.past_spots()
        run.opens()
    return run


def test_a_red_spot_is_changed_by_saying_it_again_and_the_first_stays(spots):
    spots.spot(spots.core, 1)
    spots.spot(spots.core, 2, reason="Of no use to us.")
    rows = RedSpot.objects.filter(organisation=spots.team.core.organisation)

    assert [(one.candidate.position, bool(one.ended_at)) for one in rows] == [(1, True), (2, False)]
    spots.spot(spots.core)
    assert RedSpot.objects.get(round=spots.round, ended_at=None).candidate is None
    assert rows.all().count() == 3


def test_the_same_word_again_changes_nothing(spots):
    first = spots.spot(spots.core, 1)
    n = Event.objects.count()

    assert spots.spot(spots.core, 1) == first
    assert Event.objects.count() == n


def test_a_red_spot_says_why(spots):
    assert "why it is of no benefit" in refusal(
        voting.use_red_spot,
        by=spots.core,
        round=spots.round,
        candidate=spots.candidate(1),
        reason=" ",
    )
    assert spots.spot(spots.core, None, reason="Ignored.").reason == ""


def test_a_red_spot_is_on_an_idea_of_this_shortlisting(spots):
    other = begun()

    assert "not among them" in refusal(
        voting.use_red_spot,
        by=spots.core,
        round=spots.round,
        candidate=other.candidate(1),
        reason="So.",
    )


def test_ten_votes_are_spent_and_can_be_spent_anew(votes):
    votes.casts(votes.core, {1: 4, 2: 6})
    ballot = votes.casts(votes.core, {3: 10})
    first = Ballot.objects.get(ended_at__isnull=False)

    assert ballot.votes == votes.votes({3: 10})
    assert first.votes == votes.votes({1: 4, 2: 6})
    assert first.first == votes.candidate(2)  # the most first


@pytest.mark.parametrize(
    ("told", "sentence"),
    [
        ({}, "No vote is spent yet. Spend all ten, on one idea or up to three."),
        ({1: 0}, "No vote is spent yet. Spend all ten, on one idea or up to three."),
        ({1: 1}, "One vote is spent. Spend the other nine too: it is always all ten."),
        ({1: 4, 2: 5}, "Nine votes are spent. Spend the other one too: it is always all ten."),
        ({1: 8, 2: 4}, "12 votes are spent, and there are ten. Take two back."),
        ({1: 11, 2: -1}, "Votes are whole numbers above nought. Take the minus away."),
        (
            {1: 4, 2: 3, 3: 2, 4: 1},
            (
                "These votes are on four ideas; three are the most. Take the votes from one, and "
                "give them to another."
            ),
        ),
    ],
)
def test_a_ballot_that_is_not_ten_on_three_at_most_is_refused(votes, told, sentence):
    assert (
        refusal(voting.cast_ballot, by=votes.core, round=votes.round, votes=votes.votes(told))
        == sentence
    )
    assert not Ballot.objects.exists()


def test_a_nought_is_no_vote(votes):
    assert votes.casts(votes.core, {1: 10, 2: 0, 3: 0, 4: 0}).votes == votes.votes({1: 10})


def test_no_vote_goes_to_what_does_not_stand():
    run = begun().past_spots(1)
    run.opens()

    for wrong in ({run.candidate(1).pk: 10}, {0: 10}):
        told = refusal(voting.cast_ballot, by=run.core, round=run.round, votes=wrong)
        assert "does not stand in this round" in told


def test_red_spots_and_votes_each_have_their_round(spots):
    told = refusal(voting.cast_ballot, by=spots.core, round=spots.round, votes=spots.votes({1: 10}))
    assert told == "This is the round of red spots. Votes come after it."
    spots.past_spots()
    spots.opens()
    told = refusal(voting.use_red_spot, by=spots.core, round=spots.round, candidate=None)
    assert told == "This is a round of votes. Red spots were used before it."


def test_nobody_votes_in_a_round_that_is_closed(votes):
    votes.casts(votes.core, {1: 10})
    with on(TUESDAY):
        votes.closes()

    told = refusal(
        voting.cast_ballot, by=votes.second, round=votes.round, votes=votes.votes({1: 10})
    )
    assert told.startswith("This round was closed on 3 March 2026")


def test_nobody_votes_in_a_shortlisting_that_was_given_up(votes):
    with on(TUESDAY):
        shortlisting.give_up_shortlisting(
            by=votes.core,
            shortlisting=votes.shortlisting,
            because="We talk first.",
            version=votes.fresh.version,
        )
    told = refusal(
        voting.cast_ballot, by=votes.second, round=votes.round, votes=votes.votes({1: 10})
    )
    assert told.startswith("This shortlisting was given up on 3 March 2026")


def test_a_cluster_that_has_ended_votes_no_more(votes):
    ballot = votes.writes(votes.team.second.organisation, {1: 10})
    votes.team.cluster.ended_at = votes.round.opened_at
    votes.team.cluster.save()

    how = {"by": votes.second, "round": votes.round, "votes": votes.votes({1: 10})}
    assert "nothing in it can be changed" in refusal(voting.cast_ballot, **how)
    assert "nothing in it can be changed" in refusal(
        voting.confirm_ballot, by=votes.second, ballot=ballot
    )


@pytest.mark.parametrize(
    ("role", "sentence"),
    [
        (Role.DEPUTY, "today is not one"),
        (Role.STAFF, "staff have no vote"),
        (Role.FACILITATOR, "A facilitator has no vote"),
        (Role.SUPPORTER, "Supporters have no vote"),
    ],
)
def test_only_who_speaks_for_a_member_votes(votes, role, sentence):
    by = actor(votes.team.seats[role])

    how = {"by": by, "round": votes.round, "votes": votes.votes({1: 10})}
    assert sentence in refusal(voting.cast_ballot, **how)


def test_a_deputy_votes_on_a_day_on_which_they_stand_in(votes):
    deputy = votes.team.seats[Role.DEPUTY]
    MandateFactory(deputy=deputy, given_by=votes.team.core)

    votes.casts(votes.core, {1: 10})
    votes.casts(actor(deputy), {2: 10})
    standing = Ballot.objects.get(ended_at=None)
    assert (standing.by, standing.votes) == (deputy, votes.votes({2: 10}))


# written down for somebody


def test_what_is_written_down_counts_and_waits_for_their_own_people(votes):
    own = votes.team.second.organisation
    ballot = votes.writes(own, {1: 10})

    assert (ballot.by, ballot.recorded_by) == (votes.team.second, votes.team.facilitator)
    confirmed = voting.confirm_ballot(by=votes.second, ballot=ballot)
    assert (confirmed.confirmed_by, confirmed.ended_at) == (votes.team.second, None)
    n = Event.objects.count()
    voting.confirm_ballot(by=votes.second, ballot=ballot)
    assert Event.objects.count() == n


def test_what_is_written_down_is_undone_while_the_round_is_open(votes):
    own = votes.team.second.organisation
    voting.undo_ballot(by=votes.second, ballot=votes.writes(own, {1: 10}))

    assert not Ballot.objects.filter(ended_at=None).exists()
    assert "undid what was written down" in refusal(votes.writes, organisation=own, told={2: 10})
    votes.casts(votes.second, {2: 10})


def test_after_the_round_it_is_confirmed_and_not_undone(votes):
    ballot = votes.writes(votes.team.second.organisation, {1: 10})
    votes.closes()

    told = refusal(voting.undo_ballot, by=votes.second, ballot=ballot)
    assert told.startswith("This round was closed on")
    assert voting.confirm_ballot(by=votes.second, ballot=ballot).confirmed_at


def test_a_red_spot_written_down_is_confirmed_or_undone_too(spots):
    second, third = spots.team.second.organisation, spots.team.third.organisation
    spot = spots.writes_spot(second, 1)
    voting.undo_spot(by=spots.third, spot=spots.writes_spot(third, 2))

    assert voting.confirm_spot(by=spots.second, spot=spot).confirmed_by == spots.team.second
    spots.closes()
    assert spots.standing() == [2, 3, 4, 5]
    told = refusal(voting.undo_spot, by=spots.second, spot=spot)
    assert told.startswith("This round was closed on")


def test_what_they_said_themselves_is_never_written_over(votes, spots):
    votes.casts(votes.second, {1: 10})
    spots.spot(spots.second, 1)

    told = refusal(votes.writes, organisation=votes.team.second.organisation, told={2: 10})
    assert "spoke for itself" in told
    told = refusal(spots.writes_spot, organisation=spots.team.second.organisation, n=2)
    assert "spoke for itself" in told


def test_their_own_word_comes_after_what_was_written_down(votes):
    votes.writes(votes.team.second.organisation, {1: 10})
    own = votes.casts(votes.second, {1: 10})

    assert (own.recorded_by, own.channel) == (None, "page")
    assert Ballot.objects.filter(ended_at=None).get() == own


def test_only_the_organisation_itself_answers_for_what_was_written_down(votes):
    ballot = votes.writes(votes.team.second.organisation, {1: 10})

    assert "only they can answer it" in refusal(
        voting.confirm_ballot, by=votes.third, ballot=ballot
    )
    assert "only they can answer it" in refusal(voting.undo_ballot, by=votes.third, ballot=ballot)


def test_only_a_facilitator_writes_down_and_says_how_it_came(votes):
    own = votes.team.second.organisation
    told = refusal(votes.writes, organisation=own, told={1: 10}, by=votes.core)
    assert "Only a facilitator writes down" in told
    told = refusal(votes.writes, organisation=own, told={1: 10}, channel="page")
    assert "Say how it reached you" in told


def test_several_are_written_down_together_or_not_at_all(votes):
    first, second, third = votes.team.organisations
    how = {"by": votes.facilitator, "round": votes.round, "channel": "table"}
    good, bad = votes.votes({1: 10}), votes.votes({2: 9})

    told = refusal(voting.record_ballots, ballots={first: good, second: bad}, **how)
    assert told == (
        f"{second}: Nine votes are spent. Spend the other one too: it is always all ten. "
        "Nothing was written down."
    )
    assert not Ballot.objects.exists()
    assert "at least one member" in refusal(voting.record_ballots, ballots={}, **how)
    written = voting.record_ballots(ballots={first: good, third: good}, **how)
    assert {one.organisation for one in written} == {first, third}
    assert voting.record_ballots(ballots={first: good}, **how) == written[:1]


def test_of_several_one_who_voted_themselves_is_named(votes):
    votes.casts(votes.second, {1: 10})
    first, second, _ = votes.team.organisations
    told = refusal(
        voting.record_ballots,
        by=votes.facilitator,
        round=votes.round,
        ballots={first: votes.votes({1: 10}), second: votes.votes({2: 10})},
        channel="paper",
    )

    assert told.startswith(f"{second}: {second} spoke for itself")
    assert Ballot.objects.count() == 1


# who sees it


def seen(seat, rule):
    return set(visible(reader(seat), rule))


def test_a_secret_vote_is_its_own_until_the_round_closes(votes):
    ballot = votes.casts(votes.core, {1: 10})
    written = votes.writes(votes.team.second.organisation, {2: 10})
    own = votes.team
    everybody = [own.seats[role] for role in ROUND_THE_TABLE] + [own.second, own.third]

    assert all(not seen(seat, rules.SEE_BALLOTS) for seat in everybody)
    assert seen(own.core, rules.SEE_OWN_BALLOT) == {ballot}
    assert seen(own.seats[Role.STAFF], rules.SEE_OWN_BALLOT) == {ballot}
    assert seen(own.second, rules.SEE_OWN_BALLOT) == {written}
    assert not seen(own.third, rules.SEE_OWN_BALLOT)
    assert not seen(own.facilitator, rules.SEE_OWN_BALLOT)
    assert not seen(own.seats[Role.SPONSOR], rules.SEE_OWN_BALLOT)
    votes.closes()
    assert not seen(own.seats[Role.SPONSOR], rules.SEE_BALLOTS)
    assert all(seen(seat, rules.SEE_BALLOTS) == {ballot, written} for seat in everybody)


def test_a_secret_red_spot_is_its_own_until_the_round_closes(spots):
    spot = spots.spot(spots.core, 1)

    assert not seen(spots.team.second, rules.SEE_SPOTS)
    assert seen(spots.team.core, rules.SEE_OWN_SPOT) == {spot}
    spots.closes()
    assert seen(spots.team.second, rules.SEE_SPOTS) == {spot}


def test_where_the_group_votes_openly_it_is_shown_at_once():
    run = begun(is_secret=False)
    spot = run.spot(run.core, 1)
    assert seen(run.team.second, rules.SEE_SPOTS) == {spot}
    run.closes()
    run.opens()
    ballot = run.casts(run.core, {2: 10})
    assert seen(run.team.second, rules.SEE_BALLOTS) == {ballot}


def test_what_was_said_before_it_was_changed_stays_secret_for_ever(votes):
    before = votes.casts(votes.core, {1: 10})
    votes.casts(votes.core, {2: 10})
    votes.closes()

    assert before not in seen(votes.team.second, rules.SEE_BALLOTS)


def test_a_ballot_of_who_left_is_kept_and_counts_no_more(votes):
    for by, told in zip(votes.three, ({1: 10}, {2: 10}, {3: 10}), strict=True):
        votes.casts(by, told)
    member = votes.team.cluster.members.get(organisation=votes.team.third.organisation)
    people.leave_cluster(by=votes.third, member=member)
    votes.closes()

    assert Ballot.objects.filter(ended_at=None).count() == 3
    totals = votes.stands().rounds[0].totals
    assert list(totals.values()) == [10, 10, 0, 0, 0]


def test_no_event_tells_what_was_voted(votes):
    votes.casts(votes.core, {1: 4, 2: 6})
    votes.writes(votes.team.second.organisation, {3: 10})

    told = Event.objects.filter(did__startswith="focus.ballot")
    assert [set(event.detail) for event in told] == [{"shortlisting", "round", "organisation"}] * 2
