"""When what two actions are about differs, and one would take it from under the other."""

import pytest

from hedgerow.agreements import actions as agreements
from hedgerow.focus.actions import reopenings, shaping, sharing, shortlisting, studies, voting
from hedgerow.focus.models import Ballot, Idea, ShareOut, Shortlisting
from hedgerow.people import actions as people
from tests.at_once import all_at_once
from tests.factories import ProgrammeFactory, actor, team

from .found import in_days, pair_on, wrote
from .scenes_ideas import long_list
from .shortlistings import begun

pytestmark = [pytest.mark.postgres, pytest.mark.django_db(transaction=True)]


def merging(own, ideas):
    return lambda: shaping.merge_ideas(
        by=actor(own.second),
        cluster=own.cluster,
        ideas=ideas,
        title="Both",
        words="",
        because="So.",
    )


def leaving(run):
    member = run.team.cluster.members.get(organisation=run.team.third.organisation)
    return lambda: people.leave_cluster(by=run.third, member=member)


def test_an_idea_is_voted_on_or_put_together_and_never_both():
    own = team(ProgrammeFactory())
    first, second, third = long_list(own, 3)

    answers = all_at_once(
        merging(own, [first, second]),
        lambda: shortlisting.begin_shortlisting(
            by=actor(own.core),
            cluster=own.cluster,
            ideas=[second, third],
            is_secret=True,
            due_on=None,
        ),
    )

    assert answers == ["done", "refused"]
    assert Idea.objects.get(pk=second.pk).is_live == Shortlisting.objects.exists()


def test_an_idea_is_shared_over_or_put_together_and_never_both():
    own = team(ProgrammeFactory())
    first, second, third = long_list(own, 3)

    answers = all_at_once(
        merging(own, [first, second]),
        lambda: sharing.open_share_out(
            by=actor(own.core),
            cluster=own.cluster,
            ideas=[second, third],
            budget=100_00,
            marks="ticks",
            completion="none",
            ties="name",
            is_secret=True,
            due_on=in_days(3),
        ),
    )

    assert answers == ["done", "refused"]
    assert Idea.objects.get(pk=second.pk).is_live == ShareOut.objects.exists()


def test_whoever_leaves_while_the_last_yes_comes_is_asked_or_is_not():
    run = begun().past_spots(1)
    asked = run.asks(run.core, 1)

    all_at_once(
        leaving(run),
        lambda: reopenings.answer_reopening(by=run.second, reopening=asked, agrees=True),
    )

    asked.refresh_from_db()
    if asked.granted_at:
        assert len(asked.members) == 2
    else:  # the yes came first: it comes back once one of them says so again
        reopenings.answer_reopening(by=run.core, reopening=asked, agrees=True)
    assert run.standing() == [1, 2, 3, 4, 5]


def test_whoever_leaves_while_they_vote_has_voted_or_is_refused():
    run = begun().past_spots()
    run.opens()
    votes, round = run.votes({1: 10}), run.round

    answers = all_at_once(
        leaving(run), lambda: voting.cast_ballot(by=run.third, round=round, votes=votes)
    )

    assert answers in (["done", "done"], ["done", "refused"])
    assert Ballot.objects.filter(ended_at=None).count() == answers.count("done") - 1


def test_what_is_undone_while_the_round_closes_is_counted_or_undone():
    run = begun().past_spots()
    run.opens()
    run.casts(run.core, {1: 10})
    ballot, round = run.writes(run.team.second.organisation, {2: 10}), run.round

    answers = all_at_once(
        lambda: voting.undo_ballot(by=run.second, ballot=ballot),
        lambda: shortlisting.close_vote_round(
            by=run.core, round=round, knows_absent=True, version=round.version
        ),
    )

    assert answers in (["done", "done"], ["done", "refused"])
    ballot.refresh_from_db()
    assert ballot.is_shown != ballot.is_undone
    assert run.stands().rounds[0].totals[str(run.candidate(2).pk)] == 10 * ballot.is_shown


def test_of_handing_in_and_letting_go_at_once_one_happens():
    own = team(ProgrammeFactory())
    study = wrote(own.core, pair_on(own, long_list(own, 1)[0]), problem="No time.")

    answers = all_at_once(
        lambda: studies.hand_in(by=actor(own.core), study=study, version=study.version),
        lambda: agreements.let_go(by=actor(own.second), promise=study.promise, reason="So."),
    )

    assert answers == ["done", "refused"]
    study.refresh_from_db()
    assert study.is_handed_in != bool(study.promise.let_go_at)
