"""A copy holds what an organisation said before anybody else may read it, and nobody else's."""

import pytest

from hedgerow.core import clock
from hedgerow.focus.actions import shortlisting
from hedgerow.focus.models import Ballot, RedSpot, ShareBallot, Study
from hedgerow.front import queries
from hedgerow.people.models import Role
from tests.factories import actor, reader, scene

from . import polled
from .scenes_ideas import long_list
from .scenes_sharing import marks_of, share_out_of
from .scenes_studies import draft, handed_in

pytestmark = pytest.mark.django_db

SECRET = (RedSpot, Ballot, ShareBallot, Study)


@pytest.fixture
def s():
    """A red spot that was shown, and a ballot, marks and a report of the first that were not."""
    found = scene()
    row = polled.begun(found)
    polled.spots(row, found)
    polled.next_round(row, found)
    polled.cast(row, found.own.core, {1: 7, 2: 3})
    polled.cast(row, found.own.second, {3: 10})
    share_out = share_out_of(found.own, long_list(found.own))
    for seat in (found.own.core, found.own.second):
        marks_of(share_out, seat, {share_out.options.first(): 2})
    draft(found)
    return found


def taken(parts):
    """Model -> keys of the organisations whose rows are in it; of a report, of whoever holds it."""
    return {
        table.model: {_whose(row) for row in rows} for table, rows in parts if table.model in SECRET
    }


def _whose(row):
    held = row.promise.first if isinstance(row, Study) else row
    return held.organisation_id


def of_organisation(seat):
    return taken(queries.parts_of_organisation(reader(seat), seat.organisation))


def test_an_organisation_takes_what_it_said_also_before_it_is_shown(s):
    own = {s.own.core.organisation_id}

    assert of_organisation(s.own.core) == dict.fromkeys(SECRET, own)


def test_the_other_of_a_pair_takes_the_report_too(s):
    second = s.own.second.organisation_id

    assert of_organisation(s.own.second) == {
        RedSpot: {second},
        Ballot: {second},
        ShareBallot: {second},
        Study: {s.own.core.organisation_id},
    }


def test_who_said_nothing_takes_nothing_of_the_others(s):
    assert of_organisation(s.own.third) == {
        RedSpot: {s.own.third.organisation_id},
        Ballot: set(),
        ShareBallot: set(),
        Study: set(),
    }


def test_what_one_may_see_has_ones_own_in_it_and_what_is_shown(s):
    everybody = {organisation.pk for organisation in s.own.organisations}
    own = {s.own.core.organisation_id}

    assert taken(queries.parts_for_person(reader(s.own.core))) == {
        RedSpot: everybody,
        Ballot: own,
        ShareBallot: own,
        Study: own,
    }


@pytest.mark.parametrize("role", [Role.FACILITATOR, Role.SUPPORTER, Role.SPONSOR])
def test_whoever_speaks_for_no_member_takes_nothing_that_is_not_shown(s, role):
    held = taken(queries.parts_for_person(reader(s.own.seats[role])))

    assert held[Ballot] == held[ShareBallot] == held[Study] == set()


def test_the_copy_of_the_cluster_has_only_what_is_shown(s):
    held = taken(queries.parts_of_cluster(reader(s.own.core), s.cluster))

    assert held[RedSpot]
    assert held[Ballot] == held[ShareBallot] == held[Study] == set()


def test_once_shown_it_is_in_both(s):
    round = polled.open_round(s.cluster.shortlistings.get())
    shortlisting.close_vote_round(
        by=actor(s.own.facilitator), round=round, knows_absent=True, version=round.version
    )
    handed_in(draft(s))
    both = {s.own.core.organisation_id, s.own.second.organisation_id}

    held = taken(queries.parts_of_cluster(reader(s.own.third), s.cluster))

    assert held[Ballot] == both
    assert held[Study] == {s.own.core.organisation_id}
    assert of_organisation(s.own.core)[Ballot] == {s.own.core.organisation_id}


def test_what_was_written_down_and_undone_is_its_own_too(s):
    """Nobody else was shown it."""
    ballot = Ballot.objects.get(organisation=s.own.core.organisation)
    ballot.ended_at, ballot.is_undone = clock.now(), True
    ballot.save()

    assert of_organisation(s.own.core)[Ballot] == {s.own.core.organisation_id}
