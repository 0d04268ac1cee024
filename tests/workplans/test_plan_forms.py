"""The forms of a plan: one short form a thing, with its limits, and what two at once are told."""

import pytest

from hedgerow.people.models import Role
from hedgerow.workplans.actions.progress import take_up
from hedgerow.workplans.models import Objective, Step, Wording
from tests.factories import signed_in
from tests.front.pages import main_of, page, text_of

from .planned import begun, planned
from .test_plan_pages import objective_form, step_form, url
from .test_plans import answer, hand_in

pytestmark = pytest.mark.django_db


@pytest.fixture
def p():
    return planned()


@pytest.fixture
def core(client, p):
    return signed_in(client, p.team.core)


def test_an_objective_is_added_with_one_sentence(core, p):
    answer = core.post(url("add_objective", p.cluster), objective_form(), follow=True)

    assert "Added: All train" in text_of(answer)
    assert p.objective(3).title == "All train"


@pytest.mark.parametrize(
    ("name", "sent", "said"),
    [
        ("add_objective", objective_form(title=""), "Say what will be true."),
        ("add_objective", objective_form(title="x" * 201), "Write 200 characters at most."),
        ("add_objective", objective_form(strand=""), "Choose one of the two."),
        ("add_objective", objective_form(judged_on="soon"), "soon"),
        ("add_step", step_form(title=""), "Say what is done."),
        ("add_step", step_form(title="x" * 161), "Write 160 characters at most."),
        (
            "add_step",
            step_form(starts_on="2 May 2030", due_on="1 May 2030"),
            "This comes before the day on which it begins.",
        ),
        (
            "add_step",
            step_form(kind="milestone", starts_on="1 May 2030"),
            "A milestone is reached on one day.",
        ),
    ],
)
def test_what_cannot_be_added_comes_back_as_it_was_typed(core, p, name, sent, said):
    thing = p.cluster if name == "add_objective" else p.objective(1)

    answer = core.post(url(name, thing), sent)

    assert answer.status_code == 422
    assert said in text_of(answer)
    assert (Objective.objects.count(), Step.objects.count()) == (2, 3)


def test_the_same_form_sent_twice_adds_one(core, p):
    for _ in range(2):
        core.post(url("add_step", p.objective(1)), step_form(once="a" * 32))

    assert Step.objects.count() == 4


def test_a_step_is_added_and_its_pair_named_next(core, p):
    answer = core.post(
        url("add_step", p.objective(2)),
        step_form(starts_on="1 May 2030", due_on="2/6/2030", is_quick_win="on"),
        follow=True,
    )

    step = p.step(4)
    assert (step.objective.number, str(step.due_on), step.is_quick_win) == (2, "2030-06-02", True)
    assert "Added as step 4. Say next who does it." in text_of(answer)
    core.post(
        url("pair", step),
        {"first": p.team.core.pk, "second": p.team.third.pk, "version": step.version},
    )
    assert p.step(4).second == p.team.third


def test_the_limits_stand_at_the_fields(core, p):
    for there, words in (
        (url("write_plan", p.cluster), ("1,500 characters", "600 characters")),
        (url("add_objective", p.cluster), ("200 characters", "1,000 characters", "12 objectives")),
        (url("behind", p.objective(1)), ("1,000 characters",)),
        (url("add_step", p.objective(1)), ("160 characters",)),
        (url("drop_step", p.step(1)), ("1,000 characters",)),
    ):
        shown = text_of(core.get(there))
        for said in words:
            assert f"{said} at most." in shown or f"{said} at most" in shown


def test_a_pair_is_two_members_or_one_who_says_why(core, p):
    step = p.step(1)
    sent = {"first": p.team.core.pk, "second": "alone", "version": step.version}
    refused = core.post(url("pair", step), sent)
    assert refused.status_code == 422
    assert "Say why one person has to hold it alone." in text_of(refused)
    of_one = {**sent, "second": p.team.seats[Role.STAFF].pk}
    refused = core.post(url("pair", step), of_one)
    assert refused.status_code == 409
    assert "A pair is from two different members" in text_of(refused)

    core.post(url("pair", step), {**sent, "alone_because": "Only she has the keys."})

    shown = text_of(core.get(url("step", step)))
    assert "Alone: Only she has the keys." in shown
    assert 'value="alone" selected' in main_of(core.get(url("pair", step)))


def test_what_it_waits_for_is_ticked_and_a_ring_is_refused_by_its_name(core, p):
    first, third = p.step(1), p.step(3)
    assert f'value="{p.step(2).pk}"' in main_of(core.get(url("waits", third)))
    core.post(url("waits", p.step(2)), {"on": [first.pk], "version": p.step(2).version})

    answer = core.post(url("waits", first), {"on": [third.pk], "version": first.version})

    assert answer.status_code == 409
    assert (
        "in a ring: step 1 waits for step 3, step 3 waits for step 2 and step 2 waits for step 1."
        in text_of(answer)
    )
    done = core.post(url("waits", third), {"version": third.version}, follow=True)
    assert "Step 3 waits for no other." in text_of(done)
    assert not third.waits_for.exists()


def test_the_three_questions_are_asked_with_what_to_think_of(core, p):
    shown = text_of(core.get(url("behind", p.objective(1))))
    for words in (
        "What did you find that exists?",
        "Who does something like it already",
        "What will you stand behind?",
        "What is different in what you do?",
    ):
        assert words in shown

    one = p.objective(1)
    core.post(url("behind", one), {"found": "Two.", "version": one.version})

    assert (p.objective(1).found, p.objective(1).differs) == ("Two.", "")


@pytest.mark.parametrize(
    ("name", "sent"),
    [
        ("change_objective", objective_form(title="His")),
        ("behind", {"found": "His"}),
        ("write_plan", {"summary": "His"}),
        ("change_step", step_form(title="His")),
    ],
)
def test_of_two_who_change_one_thing_the_second_sees_the_newer_and_decides(core, p, name, sent):
    def thing():
        return {
            "change_objective": p.objective(1),
            "behind": p.objective(1),
            "write_plan": p.fresh(),
            "change_step": p.step(1),
        }[name]

    row = thing()
    there = url(name, p.cluster if name == "write_plan" else row)
    hers = {key: "Hers" if value == "His" else value for key, value in sent.items()}
    core.post(there, {**hers, "version": row.version})

    answer = core.post(there, {**sent, "version": row.version})

    assert answer.status_code == 409
    shown = text_of(answer)
    assert "Somebody else changed this while you were reading it." in shown
    assert "Hers" in shown.split("What stands there now")[1]
    assert "His" in main_of(answer)
    kept = Wording.objects.count()
    assert core.post(there, {**sent, "version": thing().version}).status_code == 302
    assert Wording.objects.count() == kept + 1


def test_a_step_that_is_taken_up_keeps_its_day_in_the_promise(core, p):
    answer(p, hand_in(p), "agreed")
    take_up(by=p.core, step=p.step(1))
    step = p.step(1)
    form = main_of(core.get(url("change_step", step)))
    assert 'name="due_on"' not in form
    assert "with the promise" in form

    core.post(url("change_step", step), step_form(title="Find two", version=step.version))

    assert (p.step(1).title, p.step(1).due_on) == ("Find two", step.due_on)


def test_dropping_asks_for_the_reason(core, p):
    step = p.step(1)
    refused = core.post(url("drop_step", step), {"because": "", "version": step.version})
    assert refused.status_code == 422
    assert "Say why it is dropped." in text_of(refused)

    core.post(url("drop_step", step), {"because": "The hall is shut.", "version": step.version})

    assert p.step(1).dropped_because == "The hall is shut."


def test_with_one_step_there_is_nothing_to_wait_for(client):
    p = begun()
    step = p.adds_step(p.adds())

    assert "There is no other step yet." in page(client, url("waits", step), p.team.core)
