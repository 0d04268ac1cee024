"""What a member settles before it leaves."""

import pytest

from hedgerow.core.actions import Refused
from hedgerow.ledger import actions
from hedgerow.ledger.holds import to_settle
from hedgerow.people import actions as people
from hedgerow.people.models import Member
from tests.factories import MemberFactory, actor

pytestmark = pytest.mark.django_db


def member(a, n):
    return Member.objects.get(cluster=a.award.cluster, organisation=a.organisations[n])


def leaves(a, seat):
    return people.leave_cluster(
        by=actor(seat),
        member=Member.objects.get(cluster=a.award.cluster, organisation=seat.organisation),
    )


def test_a_member_with_something_committed_hands_it_over_before_it_leaves(a):
    a.enters("commit", 50_000, n=1, member=1)
    a.enters("spend", 20_000, n=2, member=1)

    with pytest.raises(Refused, match=f"{a.organisations[1]} has committed £300 of the award"):
        leaves(a, a.s.own.second)
    assert member(a, 1).left_at is None

    a.enters("hand_over", 30_000, n=3, member=1, to=2)
    assert leaves(a, a.s.own.second).left_at
    assert a.money.by_member[a.organisations[1].pk].spent == 20_000


def test_who_holds_the_money_hands_that_on_before_it_leaves(a):
    with pytest.raises(Refused, match="Ask the programme’s manager to have another member hold"):
        leaves(a, a.s.own.core)

    actions.change_holding(
        by=a.manager,
        award=a.award,
        holding=a.organisations[2],
        reason="They leave.",
        version=a.award.version,
    )
    assert leaves(a, a.s.own.core).left_at


def test_both_are_said_at_once(a):
    a.enters("commit", 5, n=1, member=0)
    assert len(list(to_settle(member(a, 0)))) == 2


def test_after_the_award_is_closed_and_without_one_nothing_holds_a_member(a):
    elsewhere = MemberFactory()
    assert list(to_settle(elsewhere)) == []
    assert list(to_settle(member(a, 0)))

    actions.close_award(by=a.manager, award=a.award, on=a.day(5), version=a.award.version)

    assert list(to_settle(member(a, 0))) == []


def test_what_another_cluster_of_the_same_organisation_has_holds_nobody_here(a):
    other = MemberFactory(cluster=a.s.neighbour.cluster, organisation=a.organisations[0])
    assert list(to_settle(other)) == []
