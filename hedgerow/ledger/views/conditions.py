"""Conditions: told by the cluster, taken as met by the programme."""

from hedgerow.ledger import actions, rules
from hedgerow.ledger.forms.money import DoubtForm, MeetForm, ToldForm
from hedgerow.ledger.models import Condition
from hedgerow.ledger.queries.accounts import doubt_words
from hedgerow.look.words import day
from hedgerow.people.access import door

from .pages import Change, changing, not_yet


@door(rules.TELL_CONDITION)
def tell_condition(request, condition, by):
    due = f" It is due on {day(condition.due_on)}." if condition.due_on else ""
    change = Change(
        title="What meets this condition?",
        lead=f"“{condition.words}”{due} The programme’s manager reads it and says whether it is met.",
        button="Say it",
        leave="Not now",
        facts=doubt_words(condition),
    )
    form = ToldForm(request.POST or None, initial={"told": condition.told or condition.doubted})
    return changing(
        request,
        condition.award,
        form,
        lambda **said: actions.tell_condition(by=by, condition=condition, **said),
        change=change,
        done="It is said. The programme’s manager can read it.",
        versioned=lambda: Condition.objects.get(pk=condition.pk),
    )


@door(rules.MEET_CONDITION)
def meet_condition(request, condition, by):
    change = Change(
        title="Is this condition met?",
        lead=f"“{condition.words}”",
        button="It is met",
        leave="Leave it for now",
        facts=(*doubt_words(condition), *_said(condition)),
        instead=not_yet(condition, "ledger:doubt_condition"),
    )
    return changing(
        request,
        condition.award,
        MeetForm(request.POST or None),
        lambda **said: actions.meet_condition(by=by, condition=condition, **said),
        change=change,
        done="The condition is met.",
        versioned=lambda: Condition.objects.get(pk=condition.pk),
    )


@door(rules.MEET_CONDITION)
def doubt_condition(request, condition, by):
    change = Change(
        title="What is still missing?",
        lead=f"“{condition.words}” The condition stays open. The cluster reads what you say here, and "
        "can answer.",
        button="Say that it is not met yet",
        leave="Leave it for now",
        facts=(*doubt_words(condition), *_said(condition)),
    )
    return changing(
        request,
        condition.award,
        DoubtForm(request.POST or None),
        lambda **said: actions.doubt_condition(by=by, condition=condition, **said),
        change=change,
        done="It is said. The cluster reads why, and can answer.",
        versioned=lambda: Condition.objects.get(pk=condition.pk),
    )


def _said(condition):
    if condition.told:
        return (f"The cluster says: {condition.told}",)
    return (
        ("The cluster has said nothing about it since.",)
        if condition.doubt
        else ("The cluster has said nothing about it yet.",)
    )
