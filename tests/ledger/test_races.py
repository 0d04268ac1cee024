"""When two move money at once, one does, and the other is told why not."""

import pytest

from hedgerow.ledger import actions
from hedgerow.ledger.models import Award, Entry
from hedgerow.people import actions as people
from hedgerow.people.models import Member
from tests.at_once import all_at_once, while_held
from tests.factories import actor, scene

from .awarded import agreed, fresh_award, instalments, terms_set

pytestmark = [pytest.mark.postgres, pytest.mark.django_db(transaction=True)]


@pytest.fixture
def a():
    return fresh_award()


def releasing(a, part):
    return lambda: actions.release_instalment(
        by=a.manager, instalment=part, on=a.day(5), words="", version=part.version
    )


def handing_on(a, award):
    return lambda: actions.change_holding(
        by=a.manager,
        award=award,
        holding=a.organisations[1],
        reason="So.",
        version=award.version,
    )


def closing(a, award):
    return lambda: actions.close_award(
        by=a.manager, award=award, on=a.day(9), version=award.version
    )


def test_a_part_is_released_once(a):
    part = a.waiting[0]

    answers = all_at_once(releasing(a, part), releasing(a, part))

    assert answers == ["done", "refused"]
    assert a.money.released == 1_350_000


def test_two_entries_that_together_are_more_than_is_free_are_not_both_entered(a):
    answers = all_at_once(
        lambda: a.enters("commit", 700_000, member=1, by=a.second),
        lambda: a.enters("commit", 700_000, member=0),
    )

    assert answers == ["done", "refused"]
    assert a.money.committed == 700_000


def test_nothing_is_entered_on_an_award_while_it_is_closed(a):
    award = a.award

    answers = all_at_once(closing(a, award), lambda: a.enters("commit", 5, member=1))

    assert answers == ["done", "refused"]
    assert a.award.is_open == Entry.objects.filter(verb="commit").exists()


def test_who_holds_the_money_does_not_change_while_it_is_drawn(a):
    award = a.award

    answers = all_at_once(handing_on(a, award), lambda: a.enters("draw", 5))

    assert answers == ["done", "refused"]
    drawn = Entry.objects.filter(verb="draw").exists()
    assert a.award.holding == a.organisations[0 if drawn else 1]


def test_an_entry_is_undone_once(a):
    entry = a.enters("draw", 5)

    def undo():
        return actions.undo(by=a.holder, entry=entry, words="No.")

    assert all_at_once(undo, undo) == ["done", "refused"]
    assert a.money.drawn == 0


def test_what_is_undone_is_not_spent_meanwhile(a):
    entry = a.enters("commit", 500, member=1)

    answers = all_at_once(
        lambda: actions.undo(by=a.holder, entry=entry, words="No."),
        lambda: a.enters("spend", 500, n=2, member=1, by=a.second),
    )

    assert answers == ["done", "refused"]
    assert a.money.spent == a.money.committed


def test_a_member_leaves_or_something_is_committed_for_it_and_never_both(a):
    member = Member.objects.get(cluster=a.award.cluster, organisation=a.organisations[1])

    answers = all_at_once(
        lambda: people.leave_cluster(by=actor(a.s.own.second), member=member),
        lambda: a.enters("commit", 500, member=1),
    )

    assert answers == ["done", "refused"]
    member.refresh_from_db()
    assert bool(member.left_at) == (a.money.committed == 0)


def test_a_member_leaves_or_is_given_the_money_to_hold_and_never_both(a):
    member = Member.objects.get(cluster=a.award.cluster, organisation=a.organisations[1])

    answers = all_at_once(
        lambda: people.leave_cluster(by=actor(a.s.own.second), member=member),
        handing_on(a, a.award),
    )

    assert answers == ["done", "refused"]
    member.refresh_from_db()
    assert bool(member.left_at) == (a.award.holding == a.organisations[0])


def telling(a, part, told):
    return lambda: actions.tell_instalment(
        by=a.second, instalment=part, told=told, version=part.version
    )


def test_of_two_who_say_that_a_part_is_reached_one_is_heard(a):
    part = a.waiting[0]

    answers = all_at_once(telling(a, part, "In May."), telling(a, part, "In June."))

    assert answers == ["done", "refused"]
    assert len({one.told for one in a.waiting}) == 1


def test_two_who_say_it_of_two_parts_that_wait_for_the_same_do_not_wait_for_each_other(a):
    one, two = a.waiting[:2]

    answers = all_at_once(telling(a, one, "In May."), telling(a, two, "In June."))

    assert answers == ["done", "refused"]
    assert len({one.told for one in a.waiting}) == 1


def test_a_part_is_doubted_or_released_and_never_both(a):
    part = telling(a, a.waiting[0], "In May.")()

    answers = all_at_once(
        lambda: actions.doubt_instalment(
            by=a.manager, instalment=part, reason="All of them?", version=part.version
        ),
        releasing(a, part),
    )

    assert answers == ["done", "refused"]
    part.refresh_from_db()
    assert bool(part.doubt) != bool(part.released)


def test_a_part_is_said_to_be_reached_or_is_released_and_never_both_unread(a):
    part = a.waiting[0]

    answers = all_at_once(telling(a, part, "In May."), releasing(a, part))

    assert answers == ["done", "refused"]
    part.refresh_from_db()
    assert bool(part.told) != bool(part.released)


def test_a_part_that_is_cut_away_is_not_said_to_be_reached(a):
    part = a.waiting[0]

    answers = all_at_once(
        telling(a, part, "In May."),
        lambda: actions.change_amount(
            by=a.manager,
            award=a.award,
            verb="lower",
            tranche="main",
            pence=600_000,
            on=a.day(5),
            words="So.",
        ),
    )

    assert answers in (["done", "done"], ["done", "refused"])
    assert not a.award.instalments.filter(pk=part.pk).exists()
    assert [bool(one.told) for one in a.waiting] == [answers[1] == "done"] * 2


def test_a_part_is_cut_or_released_and_never_both(a):
    part = a.waiting[0]

    answers = all_at_once(
        releasing(a, part),
        lambda: actions.change_amount(
            by=a.manager,
            award=a.award,
            verb="lower",
            tranche="main",
            pence=600_000,
            on=a.day(3),
            words="So.",
        ),
    )

    assert answers == ["done", "refused"]
    assert sum(one.pence for one in a.waiting) == a.money.unreleased


def test_a_cluster_is_awarded_once(a):
    s = scene()
    manager = actor(s.staff["manager"])
    terms_set(manager, s.programme)
    plan = agreed(s, on=a.day(0))

    def make():
        return actions.make_award(
            by=manager,
            submission=plan,
            holding=s.own.organisations[0],
            awarded_on=a.day(3),
            amounts={"main": 500},
            conditions=[],
            instalments=instalments({"main": 500}),
            words="",
        )

    assert while_held(s.cluster, make, and_then=plan) == "done"
    assert all_at_once(make, make) == ["refused", "refused"]
    assert Award.objects.filter(cluster=s.cluster).count() == 1


def test_terms_are_set_once(a):
    def set_them():
        return terms_set(a.manager, a.s.programme, number=1, amount=5)

    def others():
        return terms_set(a.manager, a.s.programme, number=1, amount=7)

    assert all_at_once(set_them, others) == ["done", "refused"]
    assert a.s.programme.terms.count() == 2


def test_an_order_is_handed_over_while_both_members_are_wanted_in_the_other_order(a):
    a.enters("commit", 500, member=1, by=a.second)
    first, second = (Member.objects.get(organisation=one) for one in a.organisations[:2])

    answer = while_held(
        first, lambda: a.enters("hand_over", 500, member=1, to=0, by=a.second), and_then=second
    )

    assert answer == "done"
