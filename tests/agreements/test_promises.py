"""What can be promised, by whom, and what becomes of it."""

from datetime import timedelta

import pytest
from django.db import IntegrityError, connection, transaction
from django.test.utils import CaptureQueriesContext

from hedgerow.agreements.actions import promises as actions
from hedgerow.agreements.models import Meeting, Promise, PromiseStep, StepKind
from hedgerow.agreements.queries import promises as queries
from hedgerow.agreements.queries.promises_told import told
from hedgerow.core import clock
from hedgerow.core.actions import Refused, Stale
from hedgerow.core.actors import Actor
from hedgerow.core.models import Event
from hedgerow.people import actions as people
from hedgerow.people.models import Role
from tests.factories import MandateFactory, ProgrammeFactory, SeatFactory, actor, reader, team

from .scenes_promises import pair_promise

pytestmark = pytest.mark.django_db


@pytest.fixture
def t():
    return team(ProgrammeFactory())


@pytest.fixture
def promise(t):
    return pair_promise(t)


def later(days):
    return clock.today() + timedelta(days=days)


def made(t, **other):
    said = {
        "by": actor(t.core),
        "cluster": t.cluster,
        "words": "Ask three firms for a price",
        "first": t.core,
        "second": t.second,
        "alone_because": "",
        "due_on": later(7),
    }
    return actions.promise(**{**said, **other})


def last_event():
    return Event.objects.latest("number")


# --- making one


def test_a_promise_is_held_by_two_of_different_members_until_a_day(t):
    promise = made(t)

    assert (promise.first, promise.second) == (t.core, t.second)
    assert promise.due_on == promise.first_due_on == later(7)
    assert promise.made_by == t.core
    event = last_event()
    assert event.did == "agreements.promise_made"
    assert event.thing == f"agreements.promise:{promise.pk}"
    assert event.detail == {
        "first": t.core.pk,
        "second": t.second.pk,
        "due_on": later(7).isoformat(),
    }


def test_one_holds_it_alone_only_with_a_reason(t):
    with pytest.raises(Refused, match="If one has to hold it alone, say why"):
        made(t, second=None, alone_because="  ")

    promise = made(t, second=None, alone_because=" Only we rent from the council. ")

    assert promise.second is None
    assert promise.alone_because == "Only we rent from the council."


def test_two_hold_it_without_a_reason_for_one(t):
    with pytest.raises(Refused, match="wrote why one holds it alone"):
        made(t, alone_because="They are away.")


def test_two_of_one_member_are_no_pair(t):
    with pytest.raises(Refused, match="A pair is from two different members"):
        made(t, second=t.seats[Role.STAFF])


def test_the_same_person_twice_is_no_pair(t):
    with pytest.raises(Refused, match="the same person twice"):
        made(t, second=t.core)


@pytest.mark.parametrize("role", [Role.CORE, Role.DEPUTY, Role.STAFF, Role.SUPPORTER])
def test_everybody_who_sits_for_an_organisation_can_hold_one(t, role):
    assert made(t, first=t.seats[role]).first == t.seats[role]


@pytest.mark.parametrize("role", [Role.FACILITATOR, Role.SPONSOR])
def test_whoever_sits_for_no_organisation_holds_none(t, role):
    with pytest.raises(Refused, match="cannot hold a promise here"):
        made(t, second=t.seats[role])


def test_a_seat_that_has_ended_holds_none(t):
    people.end_seat(by=Actor.command(), seat=t.second)

    with pytest.raises(Refused, match="cannot hold a promise here"):
        made(t)


def test_a_seat_of_another_cluster_holds_none(t):
    elsewhere = SeatFactory()

    with pytest.raises(Refused, match="cannot hold a promise here"):
        made(t, second=elsewhere)


@pytest.mark.parametrize(
    ("due_on", "sentence"),
    [
        (clock.today() - timedelta(days=1), "has passed. Choose today or a later day"),
        (clock.today() + timedelta(days=6 * 366), "more than five years ahead"),
    ],
)
def test_the_day_is_one_that_can_be_meant(t, due_on, sentence):
    with pytest.raises(Refused, match=sentence):
        made(t, due_on=due_on)


def test_today_can_be_promised(t):
    assert made(t, due_on=clock.today()).due_on == clock.today()


def test_words_are_one_line_of_what_can_be_seen(t):
    with pytest.raises(Refused, match="Say what is promised"):
        made(t, words="  ")
    with pytest.raises(Refused, match="on one line"):
        made(t, words="One\ntwo")


def test_nothing_is_promised_in_a_cluster_that_has_ended(t):
    people.end_cluster(by=Actor.command(), cluster=t.cluster)

    with pytest.raises(Refused, match="nothing in it can be changed"):
        made(t)


def test_a_promise_comes_from_a_meeting_of_its_own_cluster(t):
    meeting = _meeting(t)

    assert made(t, meeting=meeting).meeting == meeting
    with pytest.raises(ValueError, match="of its own cluster"):
        made(t, meeting=_meeting(team(ProgrammeFactory())))


def _meeting(t):
    return Meeting.objects.create(
        cluster=t.cluster,
        starts_at=clock.now(),
        minutes=60,
        called_by=t.facilitator,
        called_at=clock.now(),
    )


# --- whose it is


def test_either_of_the_pair_says_that_it_is_done(t, promise):
    actions.keep(by=actor(t.second), promise=promise)

    promise.refresh_from_db()
    assert clock.day_of(promise.kept_at) == clock.today()
    assert promise.ended_by == t.second
    assert last_event().did == "agreements.promise_kept"


def test_a_holder_without_a_voice_says_so_too(t):
    promise = made(t, first=t.seats[Role.SUPPORTER])

    assert actions.keep(by=actor(t.seats[Role.SUPPORTER]), promise=promise).kept_at


def test_whoever_has_the_voice_of_a_holders_organisation_says_so(t):
    promise = made(t, first=t.seats[Role.STAFF])

    assert actions.keep(by=actor(t.core), promise=promise).kept_at


def test_a_deputy_says_so_only_while_standing_in(t, promise):
    deputy = t.seats[Role.DEPUTY]
    with pytest.raises(Refused, match="Ask one of them"):
        actions.keep(by=actor(deputy), promise=promise)

    MandateFactory(deputy=deputy, given_by=t.core)

    assert actions.keep(by=actor(deputy), promise=promise).kept_at


@pytest.mark.parametrize("role", [Role.STAFF, Role.SUPPORTER, Role.DEPUTY])
def test_somebody_else_round_the_table_does_not(t, promise, role):
    by = actor(t.seats[role])

    for act in (
        lambda: actions.keep(by=by, promise=promise),
        lambda: actions.move_promise(by=by, promise=promise, due_on=later(9), reason="So."),
        lambda: actions.let_go(by=by, promise=promise, reason="So."),
    ):
        with pytest.raises(Refused, match=r"held by .* and .*\. Ask one of them"):
            act()


def test_the_facilitator_does(t, promise):
    assert actions.keep(by=actor(t.facilitator), promise=promise).kept_at


def test_another_member_does_only_where_there_is_no_facilitator(t, promise):
    with pytest.raises(Refused, match="Ask one of them"):
        actions.keep(by=actor(t.third), promise=promise)

    people.end_seat(by=Actor.command(), seat=t.facilitator)

    assert actions.keep(by=actor(t.third), promise=promise).kept_at


def test_a_seat_that_has_ended_says_nothing(t, promise):
    people.end_seat(by=Actor.command(), seat=t.second)

    with pytest.raises(Refused, match="Your seat has ended"):
        actions.keep(by=actor(t.second), promise=promise)


def test_what_is_over_is_over(t, promise):
    actions.keep(by=actor(t.core), promise=promise)

    for act in (
        lambda: actions.keep(by=actor(t.second), promise=promise),
        lambda: actions.let_go(by=actor(t.second), promise=promise, reason="No."),
        lambda: actions.move_promise(
            by=actor(t.second), promise=promise, due_on=later(9), reason="So."
        ),
    ):
        with pytest.raises(Refused, match=r"was kept: .* said so on"):
            act()


def test_nothing_is_kept_in_a_cluster_that_has_ended(t, promise):
    people.end_cluster(by=Actor.command(), cluster=t.cluster)

    with pytest.raises(Refused, match="nothing in it can be changed"):
        actions.keep(by=actor(t.core), promise=promise)


# --- moving it, letting it go


def test_a_moved_promise_keeps_the_first_day_and_the_reason(t, promise):
    actions.move_promise(
        by=actor(t.core), promise=promise, due_on=later(14), reason=" The firm is shut. "
    )
    actions.move_promise(by=actor(t.second), promise=promise, due_on=later(21), reason="Again.")

    promise.refresh_from_db()
    assert (promise.first_due_on, promise.due_on) == (later(7), later(21))
    assert (promise.reason, promise.version) == ("Again.", 3)
    assert last_event().detail == {
        "from_on": later(14).isoformat(),
        "to_on": later(21).isoformat(),
        "step": promise.steps.last().pk,
    }


def steps_of(promise):
    return [(step.kind, step.reason, step.by) for step in promise.steps.order_by("pk")]


def test_each_reason_stays_with_its_step(t, promise):
    actions.move_promise(by=actor(t.core), promise=promise, due_on=later(14), reason="Shut.")
    actions.move_promise(by=actor(t.second), promise=promise, due_on=later(21), reason="Again.")
    actions.let_go(by=actor(t.core), promise=promise, reason="No time.")
    actions.take_up_again(by=actor(t.facilitator), promise=promise, reason="There is time.")
    actions.keep(by=actor(t.second), promise=promise)

    assert steps_of(promise) == [
        (StepKind.MOVED, "Shut.", t.core),
        (StepKind.MOVED, "Again.", t.second),
        (StepKind.LET_GO, "No time.", t.core),
        (StepKind.TAKEN_UP_AGAIN, "There is time.", t.facilitator),
        (StepKind.KEPT, "", t.second),
    ]
    days = list(promise.steps.filter(kind="moved").values_list("from_on", "to_on"))
    assert days == [(later(7), later(14)), (later(14), later(21))]


@pytest.mark.parametrize(
    ("days", "reason", "sentence"),
    [
        (9, " ", "Say why the day moves"),
        (7, "So.", "already. Choose another day"),
        (-1, "So.", "has passed"),
    ],
)
def test_a_move_says_why_and_to_which_day(t, promise, days, reason, sentence):
    with pytest.raises(Refused, match=sentence):
        actions.move_promise(by=actor(t.core), promise=promise, due_on=later(days), reason=reason)


def test_a_promise_is_let_go_with_a_reason_and_stays_to_be_read(t, promise):
    with pytest.raises(Refused, match="Say why it is let go"):
        actions.let_go(by=actor(t.core), promise=promise, reason="")

    actions.let_go(by=actor(t.core), promise=promise, reason="The council does it.")

    promise.refresh_from_db()
    assert promise.let_go_at
    assert (promise.reason, promise.ended_by) == ("The council does it.", t.core)


def test_who_read_an_older_version_is_told(t, promise):
    actions.move_promise(by=actor(t.core), promise=promise, due_on=later(9), reason="So.")

    with pytest.raises(Stale):
        actions.let_go(by=actor(t.second), promise=promise, reason="So.", version=1)


# --- taking it up again


def test_what_was_said_to_be_over_by_mistake_is_taken_up_again(t, promise):
    actions.keep(by=actor(t.core), promise=promise)

    actions.take_up_again(by=actor(t.second), promise=promise, reason=" It was another hall. ")

    promise.refresh_from_db()
    assert promise.is_open
    assert (promise.kept_at, promise.ended_by, promise.due_on) == (None, None, later(7))
    assert promise.version == 3
    event = last_event()
    assert event.did == "agreements.promise_taken_up"
    assert event.detail == {"due_on": later(7).isoformat(), "step": promise.steps.last().pk}
    assert not promise.reason


def test_let_go_and_taken_up_again_it_says_why_it_was_moved_last(t, promise):
    actions.move_promise(by=actor(t.core), promise=promise, due_on=later(9), reason="Shut.")
    actions.let_go(by=actor(t.core), promise=promise, reason="No time.")

    actions.take_up_again(by=actor(t.core), promise=promise, reason="There is time.")

    promise.refresh_from_db()
    assert (promise.let_go_at, promise.reason) == (None, "Shut.")


def test_taken_up_again_it_counts_as_open(t, promise):
    actions.keep(by=actor(t.core), promise=promise)
    actions.take_up_again(by=actor(t.core), promise=promise, reason="Not all of it.")

    found = queries.promises_of(t.cluster, clock.today())

    assert [line.key for line in found.open_ones] == [promise.pk]
    assert told(found)[1] == "None has been kept or let go yet."


def test_what_is_open_is_not_taken_up(t, promise):
    with pytest.raises(Refused, match="is open: nobody has to take it up"):
        actions.take_up_again(by=actor(t.core), promise=promise, reason="So.")


def test_it_is_taken_up_with_a_reason_by_whoever_may_keep_it(t, promise):
    actions.keep(by=actor(t.core), promise=promise)

    with pytest.raises(Refused, match="Say why it is taken up again"):
        actions.take_up_again(by=actor(t.core), promise=promise, reason=" ")
    for other in (t.third, t.seats[Role.STAFF], t.seats[Role.SUPPORTER], t.seats[Role.DEPUTY]):
        with pytest.raises(Refused, match=r"held by .* and .*\. Ask one of them"):
            actions.take_up_again(by=actor(other), promise=promise, reason="So.")
    with pytest.raises(Stale):
        actions.take_up_again(by=actor(t.core), promise=promise, reason="So.", version=1)
    people.end_cluster(by=Actor.command(), cluster=t.cluster)
    with pytest.raises(Refused, match="nothing in it can be changed"):
        actions.take_up_again(by=actor(t.core), promise=promise, reason="So.")


# --- taking it over


def taken(t, promise, **other):
    said = {
        "by": actor(t.facilitator),
        "promise": promise,
        "first": t.core,
        "second": t.third,
        "alone_because": "",
    }
    return actions.take_over(**{**said, **other})


def test_a_promise_is_taken_over_when_a_holders_seat_has_ended(t, promise):
    with pytest.raises(Refused, match="still hold this promise"):
        taken(t, promise)
    people.end_seat(by=Actor.command(), seat=t.second)

    taken(t, promise)

    promise.refresh_from_db()
    assert (promise.first, promise.second) == (t.core, t.third)
    assert last_event().detail == {
        "first": t.core.pk,
        "second": t.third.pk,
        "step": promise.steps.get().pk,
    }


def test_why_one_held_it_alone_stays_when_it_is_taken_over(t):
    promise = made(t, first=t.second, second=None, alone_because="Nobody else knows the hall.")
    people.end_seat(by=Actor.command(), seat=t.second)

    taken(t, promise)

    assert steps_of(promise) == [
        (StepKind.TAKEN_OVER, "Nobody else knows the hall.", t.facilitator)
    ]
    past = queries.past_of(reader(t.third), promise)
    assert past[-1].why == "Until then one held it alone: “Nobody else knows the hall.”"


def test_whoever_still_holds_it_stays(t, promise):
    people.end_seat(by=Actor.command(), seat=t.second)

    with pytest.raises(Refused, match="so they stay one of the two"):
        taken(t, promise, first=t.third, second=t.seats[Role.STAFF])


def test_one_may_hold_it_alone_after_that_with_a_reason(t, promise):
    people.end_seat(by=Actor.command(), seat=t.second)

    with pytest.raises(Refused, match="say why"):
        taken(t, promise, second=None)
    taken(t, promise, second=None, alone_because="It is nearly done.")

    promise.refresh_from_db()
    assert (promise.first, promise.second) == (t.core, None)


@pytest.mark.parametrize("role", [Role.STAFF, Role.SUPPORTER, Role.DEPUTY])
def test_who_does_not_lead_and_does_not_hold_it_gives_it_to_nobody(t, promise, role):
    people.end_seat(by=Actor.command(), seat=t.second)

    with pytest.raises(Refused, match="can say who takes it over"):
        taken(t, promise, by=actor(t.seats[role]))


def test_the_half_that_is_left_and_any_core_group_member_may_say_who(t, promise):
    people.end_seat(by=Actor.command(), seat=t.second)

    assert taken(t, promise, by=actor(t.third)).second == t.third


# --- what must always be true


@pytest.mark.parametrize(
    "wrong",
    [
        {"second": None},
        {"alone_because": "Both."},
        {"kept_at": clock.now()},
        {"kept_at": clock.now(), "let_go_at": clock.now()},
    ],
    ids=["one without a reason", "two with one", "ended by nobody", "kept and let go"],
)
def test_a_promise_that_cannot_be_is_not_stored(promise, wrong):
    with pytest.raises(IntegrityError), transaction.atomic():
        Promise.objects.filter(pk=promise.pk).update(**wrong)


def test_nobody_is_a_pair_with_themselves(t, promise):
    with pytest.raises(IntegrityError), transaction.atomic():
        Promise.objects.filter(pk=promise.pk).update(second=t.core)


@pytest.mark.parametrize(
    "wrong",
    [
        {"kind": "moved", "reason": "So.", "from_on": later(1)},
        {"kind": "moved", "reason": "So.", "from_on": later(1), "to_on": later(1)},
        {"kind": "moved", "from_on": later(1), "to_on": later(2)},
        {"kind": "let_go"},
        {"kind": "let_go", "reason": "So.", "to_on": later(1)},
        {"kind": "taken_up_again"},
        {"kind": "kept", "reason": "So."},
        {"kind": "kept", "from_on": later(1), "to_on": later(2)},
    ],
    ids=[
        "moved to nowhere",
        "moved to the same day",
        "moved without a reason",
        "let go without a reason",
        "let go to a day",
        "taken up without a reason",
        "kept with a reason",
        "kept and moved",
    ],
)
def test_a_step_that_cannot_be_is_not_stored(t, promise, wrong):
    with pytest.raises(IntegrityError), transaction.atomic():
        PromiseStep.objects.create(promise=promise, by=t.core, at=clock.now(), **wrong)


# --- what is read


def test_the_sentences_count_pairs_and_those_alone_apart(t):
    kept, late = made(t), made(t, words="Write to the council")
    alone = made(t, second=None, alone_because="So.")
    gone = made(t)
    actions.keep(by=actor(t.core), promise=kept)
    actions.keep(by=actor(t.core), promise=alone)
    actions.move_promise(by=actor(t.core), promise=gone, due_on=later(9), reason="So.")
    actions.let_go(by=actor(t.core), promise=gone, reason="No time.")
    Promise.objects.filter(pk=late.pk).update(due_on=later(-2), first_due_on=later(-2))

    assert told(queries.promises_of(t.cluster, clock.today())) == (
        "Four promises were made. Three are held by a pair, one by one alone.",
        "Two were kept, two of them by the day first promised; one was let go; one is open.",
        "One of four has another day now than the one first promised.",
        "One is late today.",
        "Of those held by a pair that are over, one of two was kept by the day first promised.",
        "The one held by one alone that is over was kept by the day first promised.",
    )


def test_what_was_moved_and_kept_later_was_not_kept_by_the_first_day(t):
    with clock.at(clock.now() - timedelta(days=20)):
        promise = made(t, due_on=clock.today() + timedelta(days=7))
        actions.move_promise(
            by=actor(t.core),
            promise=promise,
            due_on=clock.today() + timedelta(days=30),
            reason="So.",
        )
    actions.keep(by=actor(t.core), promise=promise)

    line = queries.promise_line(promise, clock.today())

    assert not line.is_on_time
    assert line.state.endswith("13 days after the day first promised")


def test_the_past_of_a_promise_is_told_in_order_and_nothing_of_another(t, promise):
    actions.keep(by=actor(t.core), promise=made(t))
    actions.move_promise(by=actor(t.core), promise=promise, due_on=later(9), reason="So.")
    actions.keep(by=actor(t.second), promise=promise)

    past = [step.sentence for step in queries.past_of(reader(t.third), promise)]

    assert "wrote a promise down, held by" in past[0]
    assert "moved “Book the hall” from" in past[1]
    assert past[2].endswith("said that “Book the hall” was done.")
    assert len(past) == 3


def test_its_past_gives_each_reason_in_its_place(t, promise):
    actions.move_promise(by=actor(t.core), promise=promise, due_on=later(9), reason="Shut.")
    actions.move_promise(by=actor(t.core), promise=promise, due_on=later(12), reason="Ill.")
    actions.keep(by=actor(t.second), promise=promise)
    actions.take_up_again(by=actor(t.core), promise=promise, reason="The wrong hall.")

    past = queries.past_of(reader(t.third), promise)

    assert [step.why for step in past] == ["", "“Shut.”", "“Ill.”", "", "“The wrong hall.”"]
    assert "took “Book the hall” up again, for" in past[-1].sentence


def test_reading_costs_the_same_for_one_as_for_many(t):
    def cost():
        with CaptureQueriesContext(connection) as asked:
            told(queries.promises_of(t.cluster, clock.today()))
        return len(asked)

    made(t)
    one = cost()
    for _ in range(5):
        made(t, meeting=_meeting(t))

    assert one == cost() == 2  # the promises, and the seats that they name
