"""When several press at once in a shortlisting, on a database that lets things happen at once."""

import pytest

from hedgerow.core.models import Event
from hedgerow.focus.actions import reopenings, shortlisting, shortlists, voting
from hedgerow.focus.models import Ballot, Reopening, Round, Shortlisting
from hedgerow.people import actions as people
from hedgerow.people.models import Role
from tests.at_once import all_at_once
from tests.factories import MandateFactory, ProgrammeFactory, actor, team

from .shortlistings import begun, ideas_in

pytestmark = [pytest.mark.postgres, pytest.mark.django_db(transaction=True)]


@pytest.fixture
def run():
    """A round of votes is open over five ideas."""
    made = begun().past_spots()
    made.opens()
    return made


def casting(run, seat, told):
    votes, round = run.votes(told), run.round
    return lambda: voting.cast_ballot(by=actor(seat), round=round, votes=votes)


def closing(run, seat):
    round = run.round
    return lambda: shortlisting.close_vote_round(
        by=actor(seat), round=round, knows_absent=True, version=round.version
    )


def opening(run, seat, version=None):
    version = version or run.fresh.version
    return lambda: shortlisting.open_vote_round(
        by=actor(seat), shortlisting=run.shortlisting, due_on=None, version=version
    )


def n_events(did):
    return Event.objects.filter(did=did).count()


def test_of_two_who_vote_for_one_member_at_once_one_ballot_stands(run):
    deputy = run.team.seats[Role.DEPUTY]
    MandateFactory(deputy=deputy, given_by=run.team.core)

    answers = all_at_once(
        *[casting(run, run.team.core, {1: 10}), casting(run, deputy, {2: 10})] * 3
    )

    assert answers == ["done"] * 6
    assert Ballot.objects.filter(ended_at=None).count() == 1


def test_of_their_own_ballot_and_what_is_written_down_at_once_their_own_stands(run):
    votes, round = run.votes({2: 10}), run.round

    answers = all_at_once(
        casting(run, run.team.second, {1: 10}),
        lambda: voting.record_ballots(
            by=run.facilitator,
            round=round,
            ballots={run.team.second.organisation: votes},
            channel="table",
        ),
    )

    assert answers in (["done", "done"], ["done", "refused"])
    standing = Ballot.objects.get(ended_at=None)
    assert (standing.recorded_by, standing.votes) == (None, run.votes({1: 10}))


def test_a_vote_at_the_moment_of_closing_is_counted_or_refused(run):
    run.casts(run.core, {1: 4, 2: 3, 3: 3})
    run.casts(run.second, {4: 10})

    answers = all_at_once(casting(run, run.team.third, {5: 10}), closing(run, run.team.core))

    assert answers in (["done", "done"], ["done", "refused"])
    counted = sum(run.stands().rounds[0].totals.values())
    assert counted == 10 * Ballot.objects.filter(is_shown=True).count()
    assert not Ballot.objects.filter(is_shown=False).exists()
    assert not Ballot.objects.filter(at__gt=run.round.closed_at).exists()


def test_of_six_who_close_at_once_one_does(run):
    run.casts(run.core, {1: 4, 2: 3, 3: 3})

    answers = all_at_once(*[closing(run, run.team.core), closing(run, run.team.facilitator)] * 3)

    assert answers == ["done", *["refused"] * 5]
    assert n_events("focus.vote_round_closed") == 2  # that of the red spots is the other


def test_of_four_who_open_the_next_round_at_once_one_does(run):
    run.casts(run.core, {1: 4, 2: 3, 3: 3})
    run.casts(run.second, {4: 10})
    closing(run, run.team.core)()

    answers = all_at_once(*[opening(run, run.team.core)] * 4)

    assert answers == ["done", *["refused"] * 3]
    numbers = Round.objects.filter(shortlisting=run.shortlisting).order_by("number")
    assert list(numbers.values_list("number", flat=True)) == [1, 2, 3]


def test_of_the_last_yes_and_a_round_that_opens_the_round_waits():
    made = begun().past_spots(1)
    asked = made.asks(made.core, 1)
    made.answers(made.second, asked)

    answers = all_at_once(
        lambda: reopenings.answer_reopening(by=made.third, reopening=asked, agrees=True),
        opening(made, made.team.core),
    )

    assert answers == ["done", "refused"]  # either the request waited, or the version was old
    assert Reopening.objects.get().granted_at
    assert made.standing() == [1, 2, 3, 4, 5]
    assert made.round.number == 1


def test_of_a_request_and_a_round_that_opens_at_once_one_comes_first():
    made = begun().past_spots(1)

    answers = all_at_once(
        lambda: reopenings.ask_to_reopen(
            by=made.second, candidate=made.candidate(1), reason="We know more now."
        ),
        opening(made, made.team.core),
    )

    assert answers == ["done", "refused"]
    assert made.round.is_open != Reopening.objects.filter(declined_at=None).exists()


def test_two_who_ask_for_the_same_idea_at_once_make_one_request():
    made = begun().past_spots(1)
    candidate = made.candidate(1)

    answers = all_at_once(
        *[
            lambda by=by: reopenings.ask_to_reopen(by=by, candidate=candidate, reason="So.")
            for by in (made.core, made.second, made.third)
        ]
    )

    assert answers == ["done", "refused", "refused"]


def test_two_last_answers_at_once_bring_it_back_once():
    made = begun().past_spots(1)
    asked = made.asks(made.core, 1)

    answers = all_at_once(
        *[
            lambda by=by: reopenings.answer_reopening(by=by, reopening=asked, agrees=True)
            for by in (made.second, made.third)
        ]
    )

    assert answers == ["done", "done"]
    assert n_events("focus.reopening_granted") == 1
    assert made.standing() == [1, 2, 3, 4, 5]


def test_of_four_who_begin_at_once_one_does():
    own = team(ProgrammeFactory())
    ideas = ideas_in(own.cluster, own.core, 3)

    answers = all_at_once(
        *[
            lambda: shortlisting.begin_shortlisting(
                by=actor(own.core), cluster=own.cluster, ideas=ideas, is_secret=True, due_on=None
            )
        ]
        * 4
    )

    assert answers == ["done", *["refused"] * 3]
    assert Shortlisting.objects.count() == 1


def test_of_two_shortlists_written_and_a_round_opened_at_once_one_comes_first():
    made = begun().past_spots()
    version, ideas = made.fresh.version, [made.idea(1)]

    answers = all_at_once(
        *[
            lambda: shortlists.write_shortlist(
                by=made.core,
                cluster=made.team.cluster,
                ideas=ideas,
                words="We talked.",
                shortlisting=made.shortlisting,
                version=version,
            )
        ]
        * 2,
        opening(made, made.team.core),
    )

    assert answers == ["done", "refused", "refused"]
    assert made.team.cluster.shortlists.count() == (0 if made.round.is_open else 1)


def test_nobody_votes_into_what_is_given_up(run):
    version = run.fresh.version

    answers = all_at_once(
        casting(run, run.team.second, {1: 10}),
        lambda: shortlisting.give_up_shortlisting(
            by=run.core, shortlisting=run.shortlisting, because="We talk.", version=version
        ),
    )

    assert answers in (["done", "done"], ["done", "refused"])
    assert not Ballot.objects.filter(at__gt=run.fresh.ended_at).exists()


def test_whoever_leaves_while_a_round_closes_is_counted_wholly_or_not_at_all(run):
    run.casts(run.core, {1: 4, 2: 3, 3: 3})
    run.casts(run.third, {4: 10})
    member = run.team.cluster.members.get(organisation=run.team.third.organisation)

    all_at_once(
        lambda: people.leave_cluster(by=run.third, member=member), closing(run, run.team.core)
    )

    closed = Round.objects.get(pk=run.round.pk)
    event = Event.objects.filter(did="focus.vote_round_closed").latest("number")
    is_in = member.organisation_id in closed.members
    assert event.detail["n_members"] == len(closed.members) == 2 + is_in
    assert sum(run.stands().rounds[0].totals.values()) == 10 + 10 * is_in
