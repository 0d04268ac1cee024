"""In how many decisions somebody disagreed, on the board of a programme."""

import pytest

from hedgerow.agreements import actions
from hedgerow.agreements.models import Stance
from hedgerow.core.rooms import board_columns
from hedgerow.people.models import Role
from tests.factories import SeatFactory, reader, team
from tests.front.pages import page

from .polls import TUESDAY, on, poll

pytestmark = pytest.mark.django_db


def dissent(seat, *clusters):
    (column,) = (one for one in board_columns() if one.heading == "Dissent")
    return column.read(reader(seat), [cluster.pk for cluster in clusters])


@pytest.fixture
def p():
    """Carried against the reason of one member."""
    one = poll(way="majority")
    with on(TUESDAY):
        one.says(one.core)
        one.says(one.second)
        one.says(one.third, Stance.DISAGREE)
    return one


def viewer_of(p):
    return SeatFactory(role=Role.VIEWER, programme=p.team.cluster.programme)


def test_a_decision_with_dissent_is_counted_once_it_is_closed(p):
    viewer, cluster = viewer_of(p), p.team.cluster
    assert dissent(viewer, cluster)[0][cluster.pk].words == "Nothing decided yet"

    p.closed_by_the_clock()
    cells, whole = dissent(viewer, cluster)

    assert cells[cluster.pk].words == "In the one decision"
    assert cells[cluster.pk].figures == (1, 1)
    assert whole == cells[cluster.pk]


def test_who_changed_their_mind_and_what_was_withdrawn_are_not_counted(p):
    other = poll(own=p.team)
    with on(TUESDAY):
        p.says(p.third)
        other.says(other.third, Stance.DISAGREE)
        actions.withdraw(by=other.core, decision=other.decision, reason="It is settled.", version=1)
    p.closed_by_the_clock()

    cells, _ = dissent(viewer_of(p), p.team.cluster)

    assert cells[p.team.cluster.pk].words == "Not in the one decision"


def test_several_decisions_are_counted_together(p):
    other = poll(own=p.team)
    with on(TUESDAY):
        other.all_agree()
    p.closed_by_the_clock()

    cells, _ = dissent(viewer_of(p), p.team.cluster)

    assert cells[p.team.cluster.pk].words == "In 1 of 2 decisions"


def test_the_board_tells_how_many_and_neither_who_nor_why(client, p):
    p.closed_by_the_clock()

    words = page(client, p.team.cluster.programme.get_absolute_url(), viewer_of(p))

    assert "In the one decision" in words
    assert "our lease" not in words
    assert str(p.team.organisations[2]) not in words


def test_nobody_but_the_programme_is_told(p):
    p.closed_by_the_clock()
    cluster, stranger = p.team.cluster, SeatFactory(role=Role.MANAGER)

    for seat in (p.team.core, p.team.facilitator, stranger):
        assert dissent(seat, cluster)[0][cluster.pk].words == "Nothing decided yet"


def test_many_clusters_cost_two_queries(p, django_assert_num_queries):
    p.closed_by_the_clock()
    manager = reader(SeatFactory(role=Role.MANAGER, programme=p.team.cluster.programme))
    (column,) = (one for one in board_columns() if one.heading == "Dissent")
    keys = [p.team.cluster.pk, team(p.team.cluster.programme).cluster.pk]

    with django_assert_num_queries(2):
        assert column.read(manager, keys)[1].figures == (1, 1)
