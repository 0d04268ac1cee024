"""What must always be true of shortlistings, votes and requests, kept by the database itself."""

import pytest
from django.db import IntegrityError, transaction

from hedgerow.core import clock
from hedgerow.focus.actions import shortlists
from hedgerow.focus.models import (
    Answer,
    Candidate,
    RedSpot,
    Reopening,
    Shortlist,
    Shortlisted,
)

from .shortlistings import MONDAY, begun, on

pytestmark = pytest.mark.django_db


def breaks(name, change):
    with pytest.raises(IntegrityError, match=name), transaction.atomic():
        change()


def rows(row):
    """The row as a queryset, for changes that no action makes."""
    return type(row).objects.filter(pk=row.pk)


def twin(row, **other):
    """A second row like it, but for these."""
    again = type(row).objects.get(pk=row.pk)
    again.pk = None
    for name, value in other.items():
        setattr(again, name, value)
    return again.save


@pytest.fixture
def run():
    made = begun()
    with on(MONDAY):
        return made.past_spots(1)


def test_the_database_keeps_shortlistings_whole(run):
    made, now = run.shortlisting, clock.now()
    over = {"ended_at": now, "ended_by": run.team.core}

    breaks("one_shortlisting_at_a_time|shortlisting.cluster", twin(made, number=2))
    breaks("shortlisting_has_its_number|shortlisting.number", twin(made, **over))
    breaks("shortlisting_ended_by_somebody", lambda: rows(made).update(ended_at=now))
    breaks("shortlisting_ended_by_somebody", lambda: rows(made).update(ended_by=run.team.core))
    breaks("shortlisting_ended_by_somebody", lambda: rows(made).update(given_up_because="So."))


def test_the_database_keeps_candidates_whole(run):
    first = run.candidate(1)

    breaks("idea_stands_once|candidate.idea", twin(first, position=9))
    breaks("candidate_has_its_place|candidate.position", lambda: rows(first).update(position=2))
    assert Candidate.objects.count() == 5


def test_the_database_keeps_rounds_whole(run):
    spots, now, seat = run.round, clock.now(), run.team.core
    run.opens()
    votes = run.round
    closed = {"closed_at": now, "closed_by": seat}
    settled = {"settled": "drop_all", "settled_by": seat, "settled_at": now}

    breaks("vote_round_has_its_number|round.number", twin(votes, number=2, **closed))
    breaks("one_open_vote_round|round.shortlisting", twin(votes, number=3))
    breaks("red_spots_come_first", lambda: rows(votes).update(kind="spots"))
    breaks("red_spots_come_first", lambda: rows(spots).update(kind="votes"))
    breaks("vote_round_closed_at_with_by", lambda: rows(votes).update(closed_at=now))
    breaks("vote_round_closed_at_with_by", lambda: rows(votes).update(closed_by=seat))
    breaks("only_closed_votes_are_settled", lambda: rows(votes).update(**settled))
    breaks("only_closed_votes_are_settled", lambda: rows(spots).update(**settled))
    part = {"settled": "drop_all", "settled_by": seat}
    breaks("only_closed_votes_are_settled", lambda: rows(votes).update(**closed, **part))
    breaks("only_closed_votes_are_settled", lambda: rows(spots).update(settled_at=now))
    assert rows(votes).update(**closed, **settled) == 1


def test_the_database_keeps_red_spots_whole():
    made = begun()
    spot = made.spot(made.core, 1)

    breaks("one_red_spot_an_organisation|redspot.organisation", twin(spot))
    breaks("red_spot_on_behalf_says_who_wrote_it", lambda: rows(spot).update(channel="phone"))
    writer = made.team.facilitator
    breaks("red_spot_on_behalf_says_who_wrote_it", lambda: rows(spot).update(recorded_by=writer))
    breaks("undone_red_spot_is_ended", lambda: rows(spot).update(is_undone=True))
    breaks("red_spot_has_its_reason", lambda: rows(spot).update(reason=""))
    breaks("red_spot_has_its_reason", lambda: rows(spot).update(candidate=None))
    assert RedSpot.objects.get() == spot


def test_the_database_keeps_ballots_whole(run):
    run.opens()
    ballot = run.casts(run.core, {2: 6, 3: 4})
    third = run.candidate(4)

    breaks("one_ballot_an_organisation|ballot.organisation", twin(ballot))
    breaks("ballot_on_behalf_says_who_wrote_it", lambda: rows(ballot).update(channel="paper"))
    breaks("undone_ballot_is_ended", lambda: rows(ballot).update(is_undone=True))
    breaks("ballot_spends_all_ten", lambda: rows(ballot).update(n_first=7))
    breaks("ballot_spends_all_ten", lambda: rows(ballot).update(n_first=0, n_second=10))
    breaks("ballot_is_on_three_at_most", lambda: rows(ballot).update(n_first=10, n_second=0))
    breaks("ballot_is_on_three_at_most", lambda: rows(ballot).update(second=None))
    breaks("ballot_is_on_three_at_most", lambda: rows(ballot).update(third=third))
    breaks("ballot_is_on_three_at_most", lambda: rows(ballot).update(n_first=5, n_third=1))
    breaks(
        "ballot_is_on_three_at_most",
        lambda: rows(ballot).update(second=None, n_second=0, n_first=9, third=third, n_third=1),
    )
    breaks("ballot_names_each_option_once", lambda: rows(ballot).update(second=ballot.first))
    three = {"n_first": 5, "n_third": 1}
    for twice in (ballot.first, ballot.second):
        breaks(
            "ballot_names_each_option_once",
            lambda twice=twice: rows(ballot).update(third=twice, **three),
        )
    assert rows(ballot).update(third=third, **three) == 1


def test_the_database_keeps_requests_whole(run):
    asked, now = run.asks(run.core, 1), clock.now()

    breaks("one_open_reopening_a_candidate|reopening.candidate", twin(asked))
    breaks("reopening_says_why", lambda: rows(asked).update(reason=""))
    both = {"granted_at": now, "declined_at": now}
    breaks("reopening_is_granted_or_declined", lambda: rows(asked).update(**both))
    breaks("reopening_taken_back_is_over", lambda: rows(asked).update(is_taken_back=True))
    assert Reopening.objects.get() == asked


def test_the_database_keeps_answers_whole(run):
    run.asks(run.core, 1)
    answer = Answer.objects.get()

    breaks("one_reopening_answer_an_organisation|answer.organisation", twin(answer))
    breaks("not_agreeing_has_its_reason", lambda: rows(answer).update(agrees=False))
    breaks(
        "reopening_answer_on_behalf_says_who_wrote_it",
        lambda: rows(answer).update(channel="table"),
    )
    breaks("undone_reopening_answer_is_ended", lambda: rows(answer).update(is_undone=True))


def test_the_database_keeps_shortlists_whole(run):
    made = shortlists.write_shortlist(
        by=run.core,
        cluster=run.team.cluster,
        ideas=[run.idea(2), run.idea(3)],
        words="We talked.",
        shortlisting=run.shortlisting,
        version=run.fresh.version,
    )
    item = made.items.get(position=1)

    breaks("shortlist_has_its_number|shortlist.number", twin(made, shortlisting=None))
    breaks("shortlist_shortlisting|shortlist.shortlisting|unique", twin(made, number=2))
    breaks("shortlist_says_why", lambda: rows(made).update(words=""))
    breaks("shortlisted_once|shortlisted.idea", twin(item, position=3))
    breaks("shortlisted_place|shortlisted.position", lambda: rows(item).update(position=2))
    breaks("at_most_three_on_a_shortlist", lambda: rows(item).update(position=4))
    breaks("at_most_three_on_a_shortlist", lambda: rows(item).update(position=0))
    assert Shortlist.objects.count() == 1
    assert Shortlisted.objects.count() == 2
