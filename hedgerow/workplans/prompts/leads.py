"""The next thing that a plan wants of whoever leads: one at a time; and what an award asks back."""

from collections.abc import Iterator, Sequence

from django.urls import reverse

from hedgerow.agreements.queries.places import led_by
from hedgerow.core import clock
from hedgerow.core.rooms import Prompt
from hedgerow.people.readers import Reader
from hedgerow.workplans.queries.waiting import AtWork

TO_BEGIN, TO_WRITE, TO_ANSWER, TO_PAIR, TO_HAND_IN, TO_TELL, TO_RETURN = 3, 10, 5, 2, 10, 5, 20


def of_leads(reader: Reader, here: Sequence[AtWork]) -> Iterator[Prompt]:
    led = led_by(reader, {one.cluster.pk for one in here})
    for one in here:
        if one.cluster.pk not in led:
            continue
        if one.is_planning and not one.is_with_programme:
            yield _next_of_plan(one)
        if one.condition:
            yield _to_tell(one)
        if one.has_award and one.is_done and not one.has_returned:
            yield _to_return(one)


def _next_of_plan(one: AtWork) -> Prompt:
    """In the order in which a plan is made. Of one that came back, first what is missing."""
    if one.plan is None:
        return _prompt(
            one,
            "begin",
            one.cluster.pk,
            "Begin the plan",
            "It begins with one objective for each thing in your focus. All that is asked can be "
            "read before.",
            TO_BEGIN,
            reverse("workplans:plan", args=[one.cluster.pk]),
            "Go to the plan",
        )
    if one.came_back:
        return _prompt(
            one,
            "came_back",
            one.last,
            "The plan came back: see what is missing",
            "The programme says what it still wants. Put it right, and hand the plan in again.",
            TO_HAND_IN,
            _hand_in(one),
            "Read what is missing",
        )
    if one.is_redirected:
        return _prompt(
            one,
            "redirected",
            one.last,
            "Read what the programme says to your plan",
            "It points you to other support. The plan stays yours.",
            TO_BEGIN,
            _hand_in(one),
            "Read the answer",
        )
    if not one.has_objective or not one.has_step:
        return _prompt(
            one,
            "write",
            one.plan,
            "Write what will be true, and the steps to it",
            "One sentence for each objective, then who does what, by when.",
            TO_WRITE,
            reverse("workplans:plan", args=[one.cluster.pk]),
            "Open the plan",
        )
    if one.to_come_behind:
        return _prompt(
            one,
            "behind",
            one.to_come_behind,
            "Say what there is already, and what you stand behind",
            "Three questions to each objective. A plan is handed in once they are answered.",
            TO_ANSWER,
            reverse("workplans:behind", args=[one.to_come_behind]),
            "Answer the three questions",
        )
    if one.to_pair:
        return _prompt(
            one,
            "pair",
            one.to_pair,
            "Name the two for a step of the plan",
            "Two people of two members do each step. What two hold slips less.",
            TO_PAIR,
            reverse("workplans:pair", args=[one.to_pair]),
            "Choose the two",
        )
    return _prompt(
        one,
        "hand_in",
        one.plan,
        "Hand in the plan and budget",
        "The page shows exactly what the programme reads, and what is still missing.",
        TO_HAND_IN,
        _hand_in(one),
        "See what would be handed in",
    )


def _to_tell(one: AtWork) -> Prompt:
    """Told in time and doubted after its day, it is nothing that the cluster is late with."""
    due_on = one.condition_by
    if one.condition_doubt and due_on and due_on < clock.today():
        due_on = None
    return Prompt(
        key=f"workplans.condition:{one.condition}",
        sentence=f"Say what meets “{one.condition_words}”",
        why="The programme said that it is not met yet, and why. You can answer."
        if one.condition_doubt
        else "The award was made on this condition.",
        minutes=TO_TELL,
        url=reverse("ledger:tell_condition", args=[one.condition]),
        button="Say what meets it",
        place=one.cluster.name,
        due_on=due_on,
    )


def _to_return(one: AtWork) -> Prompt:
    if one.return_came_back:
        sentence, why = "The return came back: see what is missing", "The programme wants more."
    else:
        sentence = "Hand in the return"
        why = "Each step is done or stopped. Most of it is taken from the plan."
    return _prompt(
        one,
        "return",
        one.plan,
        sentence,
        why,
        TO_RETURN,
        reverse("workplans:return", args=[one.cluster.pk]),
        "See what it holds",
    )


def _hand_in(one: AtWork) -> str:
    return reverse("workplans:hand_in", args=[one.cluster.pk])


def _prompt(
    one: AtWork,
    what: str,
    key: int | None,
    sentence: str,
    why: str,
    minutes: int,
    url: str,
    button: str,
) -> Prompt:
    return Prompt(
        key=f"workplans.{what}:{key}",
        sentence=sentence,
        why=why,
        minutes=minutes,
        url=url,
        button=button,
        place=one.cluster.name,
    )
