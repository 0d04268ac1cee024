from dataclasses import replace
from fractions import Fraction

from hypothesis import given
from hypothesis import strategies as st

from hedgerow.analysis.plan_sums import (
    by_category,
    by_kind,
    by_member,
    by_objective,
    left_with_all,
    sum_of,
)
from hedgerow.analysis.workplan import CATEGORIES, Line, Objective, Step, Workplan

from .plans import plans

EMPTY = Workplan(
    summary="",
    meetings="",
    meeting_days=(),
    award=0,
    members=(),
    boards_needed=0,
    boards_agreed=0,
    objectives=(),
    steps=(),
    lines=(),
)


def objective(number):
    return Objective(
        number=number,
        title="",
        for_whom="",
        judged_how="",
        judged_on=None,
        theme="",
        strand="main",
        found="",
        stands_behind="",
        differs="",
    )


def line(number, pence, *, objective=None, member=None, kind="shared", hours=None):
    return Line(
        number=number,
        objective=objective,
        member=member,
        category="training",
        kind=kind,
        title="",
        pence=pence,
        hours=hours,
    )


def plan(*lines, members=(1, 2, 3), steps=()):
    return replace(
        EMPTY, members=members, objectives=(objective(1), objective(2)), lines=lines, steps=steps
    )


def test_hours_are_never_added_to_the_money():
    found = sum_of(None, (line(1, 100_00), line(2, 50_00, member=1, kind="in_kind", hours=5)))

    assert (found.money, found.hours, found.in_kind, found.n_lines) == (100_00, 5, 50_00, 2)


def test_an_objective_without_a_line_is_there_and_the_whole_plan_is_last():
    sums = by_objective(plan(line(1, 100, objective=2), line(2, 30)))

    assert [(one.key, one.money) for one in sums] == [(1, 0), (2, 100), (None, 30)]


def test_the_whole_plan_is_not_there_without_lines():
    assert [one.key for one in by_objective(plan(line(1, 100, objective=2)))] == [1, 2]


def test_a_member_has_its_own_lines_and_its_part_of_those_for_all():
    first, second, third = by_member(
        plan(
            line(1, 100_00),
            line(2, 40_00, member=2, kind="levelling_up"),
            line(3, 5_00, member=2),
            line(4, 9_00, member=3, kind="in_kind", hours=12),
        )
    )

    assert (first.own, first.joint, first.money) == (0, 33_33, 33_33)
    assert (second.own, second.levelling_up, second.money) == (45_00, 40_00, 78_33)
    assert (third.own, third.hours, third.in_kind, third.money) == (0, 12, 9_00, 33_33)
    assert left_with_all(plan(line(1, 100_00))) == 1


def test_who_is_no_member_has_no_part_of_what_is_for_all():
    *_, other = by_member(plan(line(1, 90_00), line(2, 5_00, member=8)))

    assert (other.organisation, other.has_voice, other.own, other.joint) == (8, False, 5_00, 0)


def test_the_steps_that_a_member_holds_are_counted_alone_or_in_a_pair():
    steps = tuple(
        Step(
            number=n,
            objective=1,
            kind="activity",
            title="",
            starts_on=None,
            due_on=None,
            holders=holders,
            alone_because="",
            after=(),
            is_quick_win=False,
        )
        for n, holders in enumerate([(1, 2), (1,), ()], start=1)
    )

    assert [one.n_steps for one in by_member(plan(steps=steps))] == [2, 1, 0]


def test_without_members_all_of_it_stays_with_all():
    alone = plan(line(1, 100_00), members=())

    assert (by_member(alone), left_with_all(alone)) == ((), 100_00)


@given(plans())
def test_every_way_of_adding_up_comes_to_the_plans_money(found):
    for sums in (by_objective(found), by_category(found), by_kind(found)):
        assert sum(one.money for one in sums) == found.money
        assert sum(one.n_lines for one in sums) == len(found.lines)
        assert sum(one.hours for one in sums) == sum(one.hours or 0 for one in found.lines)
    assert sum(one.money for one in by_member(found)) + left_with_all(found) == found.money


@given(plans())
def test_what_is_left_with_all_is_less_than_a_penny_each(found):
    if found.members:
        assert 0 <= left_with_all(found) < len(found.members)


@given(plans())
def test_members_equal_their_slow_plain_twin(found):
    """Twin: each member's pence by fractions, a penny at a time from what is for all."""
    joint = sum(one.pence for one in found.lines if one.member is None and one.kind != "in_kind")
    for share in by_member(found):
        own = hours = 0
        for one in found.lines:
            if one.member == share.organisation and one.kind == "in_kind":
                hours += one.hours
            elif one.member == share.organisation:
                own += one.pence
        part = int(Fraction(joint, len(found.members))) if share.has_voice else 0
        assert (share.own, share.hours, share.joint) == (own, hours, part)
        assert share.n_steps == len(
            [step for step in found.steps if share.organisation in step.holders]
        )


@given(plans(), st.randoms())
def test_who_is_named_first_changes_nobodys_share(found, chance):
    members, lines = list(found.members), list(found.lines)
    chance.shuffle(members)
    chance.shuffle(lines)
    other = replace(found, members=tuple(members), lines=tuple(lines))

    assert {one.organisation: one for one in by_member(other)} == {
        one.organisation: one for one in by_member(found)
    }
    assert left_with_all(other) == left_with_all(found)


@given(plans())
def test_categories_come_in_their_order_and_none_is_empty(found):
    sums = by_category(found)
    known = [one.key for one in sums if one.key in CATEGORIES]

    assert all(one.n_lines for one in sums)
    assert known == [key for key in CATEGORIES if key in known]
    assert {one.key for one in sums} == {one.category for one in found.lines}
