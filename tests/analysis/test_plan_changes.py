from dataclasses import replace
from datetime import date

from hypothesis import given
from hypothesis import strategies as st

from hedgerow.analysis.plan_changes import Change, changes

from .plans import plans
from .test_plan_sums import line, objective, plan

THINGS = {"objective": "objectives", "step": "steps", "line": "lines"}


def test_a_field_a_thing_that_came_and_one_that_went_are_told_apart():
    before = plan(line(1, 100), line(2, 50))
    after = plan(line(1, 120), line(3, 70))

    assert changes(before, after) == (
        Change(what="line", number=1, turn="changed", field="pence", before=100, after=120),
        Change(what="line", number=2, turn="dropped", field="", before=before.lines[1], after=None),
        Change(what="line", number=3, turn="added", field="", before=None, after=after.lines[1]),
    )


def test_the_plans_own_words_come_first():
    before, after = plan(line(1, 100)), plan(line(1, 120))
    found = changes(before, replace(after, summary="New.", award=5))

    assert [(one.what, one.number, one.field) for one in found] == [
        ("plan", 0, "summary"),
        ("plan", 0, "award"),
        ("line", 1, "pence"),
    ]


def test_in_what_order_things_stand_is_no_difference():
    before = replace(
        plan(line(1, 100), line(2, 50)), meeting_days=(date(2026, 1, 1), date(2026, 2, 1))
    )
    after = replace(
        before,
        members=before.members[::-1],
        meeting_days=before.meeting_days[::-1],
        lines=before.lines[::-1],
        objectives=(objective(2), objective(1)),
    )

    assert changes(before, after) == ()


@given(plans())
def test_a_plan_beside_itself_has_not_changed(found):
    assert changes(found, found) == ()


def made_of(before, found):
    """The later plan again, from the earlier one and what changed, with things by number."""
    own = {one.field: one.after for one in found if one.what == "plan"}
    parts = {}
    for what, name in THINGS.items():
        held = {one.number: one for one in getattr(before, name)}
        for one in (change for change in found if change.what == what):
            if one.turn == "dropped":
                del held[one.number]
            elif one.turn == "added":
                held[one.number] = one.after
            else:
                held[one.number] = replace(held[one.number], **{one.field: one.after})
        parts[name] = tuple(held[number] for number in sorted(held))
    return replace(before, **own, **parts)


def in_order(found):
    """Without what is no difference."""
    return replace(
        found,
        members=tuple(sorted(found.members)),
        meeting_days=tuple(sorted(found.meeting_days)),
        objectives=tuple(sorted(found.objectives, key=lambda one: one.number)),
        lines=tuple(sorted(found.lines, key=lambda one: one.number)),
        steps=tuple(
            replace(one, holders=tuple(sorted(one.holders)), after=tuple(sorted(one.after)))
            for one in sorted(found.steps, key=lambda one: one.number)
        ),
    )


@given(plans(), plans())
def test_the_changes_make_the_later_plan_of_the_earlier_one(before, after):
    assert in_order(made_of(before, changes(before, after))) == in_order(after)


@given(plans(), plans())
def test_the_other_way_round_each_change_is_turned_round(before, after):
    turned = {"added": "dropped", "dropped": "added", "changed": "changed"}

    assert changes(after, before) == tuple(
        replace(one, turn=turned[one.turn], before=one.after, after=one.before)
        for one in changes(before, after)
    )


@given(plans(), plans(), st.randoms())
def test_shuffled_plans_have_the_same_changes(before, after, chance):
    lines, steps = list(after.lines), list(after.steps)
    chance.shuffle(lines)
    chance.shuffle(steps)

    assert changes(before, replace(after, lines=tuple(lines), steps=tuple(steps))) == changes(
        before, after
    )
