"""Steps of a plan: their words and days, who does them, and what they wait for."""

from datetime import date

import pytest

from hedgerow.agreements.actions import keep, move_promise
from hedgerow.core import clock
from hedgerow.core.actions import Refused, Stale
from hedgerow.core.models import Event
from hedgerow.people.actions import leave_cluster
from hedgerow.workplans.actions import steps as actions
from hedgerow.workplans.actions.progress import take_up
from hedgerow.workplans.models import Dependency, Step, Wording
from hedgerow.workplans.queries.plan_lines import seats_in, step_lines
from hedgerow.workplans.queries.plan_wordings import changes_of
from hedgerow.workplans.queries.plans import rows_of
from tests.factories import actor

from .planned import begun, in_days, planned
from .test_objectives import drop as drop_objective
from .test_plans import answer, hand_in

pytestmark = pytest.mark.django_db


@pytest.fixture
def p():
    return begun()


@pytest.fixture
def one(p):
    return p.adds()


def change(p, step, *, version=None, **more):
    names = ("kind", "title", "starts_on", "due_on", "is_quick_win")
    said = {**{name: getattr(step, name) for name in names}, **more}
    return actions.change_step(by=p.core, step=step, version=version or step.version, **said)


def drop(p, step, because="The hall is shut."):
    step.refresh_from_db()
    return actions.drop_step(by=p.core, step=step, because=because, version=step.version)


def agreed():
    p = planned()
    answer(p, hand_in(p), "agreed")
    return p


# words and days


def test_what_is_done_is_enough_for_a_step(p, one):
    step = actions.add_step(by=p.core, objective=one, kind="activity", title=" Find a trainer ")

    assert (step.title, step.number, step.objective) == ("Find a trainer", 1, one)
    assert (step.due_on, step.first, step.is_quick_win) == (None, None, False)
    assert Event.objects.get(did="workplans.step_added").detail == {"step": 1}


def test_steps_are_numbered_through_the_plan_and_no_number_comes_back(p, one):
    other = p.adds("Another")
    p.adds_step(one)
    drop(p, p.adds_step(other))

    assert p.adds_step(one).number == 3


@pytest.mark.parametrize(
    ("said", "refusal"),
    [
        ({"title": ""}, "Say what is done"),
        ({"title": "x" * 161}, "161 characters long; 160 are the most"),
        ({"title": "Two\nlines"}, "on one line"),
        ({"starts_on": in_days(30)}, "which comes before"),
        ({"kind": "milestone"}, "reached on one day"),
        ({"starts_on": None, "due_on": date(2020, 1, 1)}, "1 January 2020 has passed"),
        ({"due_on": date(2226, 1, 1)}, "more than five years ahead"),
    ],
)
def test_what_no_step_can_say_is_refused_in_a_sentence(p, one, said, refusal):
    with pytest.raises(Refused, match=refusal):
        p.adds_step(one, **{"title": "Find a trainer", **said})

    step = p.adds_step(one)
    with pytest.raises(Refused, match=refusal):
        change(p, step, **said)
    assert Step.objects.get().version == 1


def test_a_plan_has_an_end_of_steps_too(p, one, monkeypatch):
    monkeypatch.setattr(actions, "MOST_STEPS", 1)
    p.adds_step(one)

    with pytest.raises(Refused, match="has one step; 1 are the most"):
        p.adds_step(one)


def test_a_change_keeps_what_each_changed_field_said(p, one):
    step = p.adds_step(one)

    change(p, step, due_on=in_days(20), is_quick_win=True)

    kept = Wording.objects.get()
    assert kept.said == {"due_on": in_days(28).isoformat(), "is_quick_win": False}
    assert (kept.step, kept.objective) == (step, None)
    assert Event.objects.get(did="workplans.step_changed").detail == {"step": 1, "n": 2}


def test_of_two_who_change_one_step_the_second_is_told(p, one):
    step = p.adds_step(one)
    change(p, step, title="Hers")

    with pytest.raises(Stale):
        change(p, step, version=1, title="His")

    assert Step.objects.get().title == "Hers"


def test_a_dropped_step_keeps_its_number_and_its_reason(p, one):
    step = p.adds_step(one)
    with pytest.raises(Refused, match="Say why"):
        drop(p, step, " ")

    gone = drop(p, step)

    assert (gone.number, gone.dropped_because) == (1, "The hall is shut.")
    for act in (drop, change):
        with pytest.raises(Refused, match="Step 1 was dropped on"):
            act(p, Step.objects.get())


# who does it


def test_two_people_of_different_members_do_it(p, one):
    step = p.names_pair(p.adds_step(one))

    assert (step.first, step.second) == (p.team.core, p.team.second)
    told = Event.objects.get(did="workplans.pair_named").detail
    assert told == {"step": 1, "first": p.team.core.pk, "second": p.team.second.pk}


def test_two_of_one_member_or_one_without_a_reason_do_not(p, one):
    step = p.adds_step(one)

    with pytest.raises(Refused, match="A pair is from two different members"):
        p.names_pair(step, p.team.core, p.team.seats["staff"])
    with pytest.raises(Refused, match="the same person twice"):
        p.names_pair(step, p.team.core, p.team.core)
    with pytest.raises(Refused, match="If one has to hold it alone, say why"):
        actions.name_pair(
            by=p.core, step=step, first=p.team.core, second=None, alone_because=" ", version=1
        )
    assert Step.objects.get().first is None


def test_one_alone_says_why(p, one):
    step = actions.name_pair(
        by=p.core,
        step=p.adds_step(one),
        first=p.team.core,
        second=None,
        alone_because="Only she has the keys.",
        version=1,
    )

    assert (step.first, step.alone_because) == (p.team.core, "Only she has the keys.")


def test_nobody_of_another_cluster_or_who_left_does_it(p, one):
    step, elsewhere = p.adds_step(one), begun()
    with pytest.raises(Refused, match="cannot hold a promise here"):
        p.names_pair(step, p.team.core, elsewhere.team.second)

    second = p.team.second
    leave_cluster(by=actor(second), member=p.cluster.members.get(organisation=second.organisation))
    with pytest.raises(Refused, match="cannot hold a promise here"):
        p.names_pair(step)


def test_who_did_it_before_is_kept(p, one):
    step = p.names_pair(p.adds_step(one))
    p.names_pair(step, p.team.second, p.team.third)

    was = changes_of(step)[0].was
    assert [(line.name, line.said) for line in was] == [
        ("Who does it", f"Chief executive, {p.team.core.organisation}"),
        ("Together with whom", f"Chief executive, {p.team.second.organisation}"),
    ]


# what it waits for


def test_it_waits_for_what_is_said_and_for_nothing_besides(p, one):
    first, second, third = (p.adds_step(one, f"Step {n}") for n in "123")
    p.waits(third, first, second)

    waiting = p.waits(third, second)

    assert set(Dependency.objects.values_list("step", "on")) == {(third.pk, second.pk)}
    assert waiting.version == 3
    assert Wording.objects.last().said == {"after": [1, 2]}
    assert changes_of(waiting)[0].was[0].said == "Step 1 and 2"
    told = Event.objects.filter(did="workplans.waits_said").order_by("number")
    assert [event.detail for event in told] == [
        {"step": 3, "after": [1, 2]},
        {"step": 3, "after": [2]},
    ]


def test_the_same_again_changes_no_dependency(p, one):
    first, second = p.adds_step(one), p.adds_step(one)

    assert p.waits(second, first).version == 2
    assert p.waits(second, first).version == 2


def test_a_ring_is_refused_and_named(p, one):
    first, second, third = (p.adds_step(one, f"Step {n}") for n in "123")
    p.waits(second, first)
    p.waits(third, second)

    with pytest.raises(Refused) as refused:
        p.waits(first, third)

    assert str(refused.value).startswith(
        "These steps would wait for each other in a ring: step 1 waits for step 3, step 3 waits "
        "for step 2 and step 2 waits for step 1."
    )
    assert not first.waits_for.exists()


def test_no_step_waits_for_itself(p, one):
    step = p.adds_step(one)

    with pytest.raises(Refused, match="step 1 waits for step 1"):
        p.waits(step, step)


def test_a_ring_through_a_dropped_step_is_none(p, one):
    first, second = p.adds_step(one), p.adds_step(one)
    p.waits(second, first)
    drop(p, second)
    third = p.adds_step(one)

    p.waits(first, third)

    assert first.waits_for.get().on == third


def test_it_waits_for_nothing_dropped_or_of_another_plan(p, one):
    step, gone = p.adds_step(one), drop(p, p.adds_step(one))
    elsewhere = begun()

    for other in (gone, elsewhere.adds_step(elsewhere.adds())):
        with pytest.raises(Refused, match="not in the plan any more"):
            p.waits(step, other)


def test_one_that_is_due_later_is_allowed_and_said_in_words(p, one):
    late = p.adds_step(one, due_on=in_days(28))
    early = p.adds_step(one, starts_on=in_days(7), due_on=in_days(40))
    p.waits(early, late)

    rows = rows_of(p.plan)
    said = step_lines(rows, seats_in(rows))[2].early

    assert len(said) == 1
    assert said[0].startswith("Begins on ")
    assert ", before step 1 is due on " in said[0]


def test_nothing_is_too_early_once_what_it_waits_for_is_done():
    p = agreed()
    first, second = p.step(1), p.adds_step(p.objective(1), starts_on=in_days(2), due_on=in_days(90))
    p.waits(second, first)
    take_up(by=p.core, step=first)

    def early():
        rows = rows_of(p.plan)
        return step_lines(rows, seats_in(rows))[second.number].early

    assert early()
    keep(by=p.core, promise=p.step(1).promise)
    assert early() == ()


# once it is taken up


def test_in_an_agreed_plan_a_step_with_its_pair_and_its_day_is_a_promise_at_once():
    p = agreed()
    step = p.adds_step(p.objective(1), "Book the hall")
    assert step.promise is None

    step = p.names_pair(step)

    assert step.promise.words == "Book the hall"
    assert step.promise.due_on == in_days(28)
    assert (step.promise.first, step.promise.second) == (p.team.core, p.team.second)


def test_in_an_agreed_plan_a_step_that_gets_its_day_last_is_a_promise_too():
    p = agreed()
    step = p.names_pair(p.adds_step(p.objective(1), due_on=None))
    assert step.promise is None

    assert change(p, step, due_on=in_days(20)).promise.due_on == in_days(20)


def test_before_it_is_agreed_a_step_is_nobodys_promise():
    planned()

    assert not Step.objects.filter(promise__isnull=False).exists()


def test_what_is_taken_up_is_moved_given_and_dropped_with_the_promise():
    p = agreed()
    take_up(by=p.core, step=p.step(1))

    with pytest.raises(Refused, match=r"Step 1 is taken up.*Move the day there"):
        change(p, p.step(1), due_on=in_days(30))
    with pytest.raises(Refused, match=r"Step 1 is taken up.*Who holds it is changed there"):
        p.names_pair(p.step(1), p.team.second, p.team.third)
    with pytest.raises(Refused, match=r"Step 1 is taken up.*Let it go there"):
        drop(p, p.step(1))
    assert change(p, p.step(1), title="Find two trainers").title == "Find two trainers"


def test_the_line_of_a_step_says_what_became_of_its_promise():
    p = agreed()
    for number in (1, 2, 3):
        take_up(by=p.core, step=p.step(number))
    keep(by=p.core, promise=p.step(1).promise)
    move_promise(
        by=p.facilitator, promise=p.step(2).promise, due_on=in_days(50), reason="The hall burned."
    )

    rows = rows_of(p.plan)
    kept, moved, open_one = step_lines(rows, seats_in(rows)).values()

    assert (kept.dot, kept.state[:8]) == (2, "Done on ")
    assert (moved.state, moved.why) == ("Slipping", "The hall burned.")
    assert (moved.due_on, moved.planned_for) == (in_days(50), in_days(28))
    assert (open_one.state, open_one.planned_for) == ("Under way", None)


def test_a_step_that_was_done_outlives_its_dropped_objective_and_stands_in_no_plan():
    p = agreed()
    take_up(by=p.core, step=p.step(3))
    keep(by=p.core, promise=p.step(3).promise)

    drop_objective(p, p.objective(2))

    assert p.step(3).dropped_at is None
    assert [step.number for step in rows_of(p.plan).live_steps] == [1, 2]
    with pytest.raises(Refused, match="Step 3 was dropped on"):
        change(p, p.step(3), title="Ask four firms")


def test_a_promise_that_is_late_is_said_to_be():
    p = agreed()
    take_up(by=p.core, step=p.step(1))
    Step.objects.get(number=1).promise.__class__.objects.update(
        due_on=in_days(-1), first_due_on=in_days(-1)
    )

    rows = rows_of(p.plan)
    line = step_lines(rows, seats_in(rows))[1]

    assert (line.state, line.dot) == ("Overdue", 3)
    assert line.due_on < clock.today()
