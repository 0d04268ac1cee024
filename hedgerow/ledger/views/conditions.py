"""Conditions: told by the cluster, taken as met by the programme."""

from hedgerow.ledger import actions, rules
from hedgerow.ledger.forms.money import MeetForm, ToldForm
from hedgerow.ledger.models import Condition
from hedgerow.look.words import day
from hedgerow.people.access import door

from .pages import Change, changing


@door(rules.TELL_CONDITION)
def tell_condition(request, condition, by):
    due = f" It is due on {day(condition.due_on)}." if condition.due_on else ""
    change = Change(
        title="What meets this condition?",
        lead=f"“{condition.words}”{due} The programme’s manager reads it and says whether it is met.",
        button="Say it",
        leave="Not now",
    )
    form = ToldForm(request.POST or None, initial={"told": condition.told})
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
        leave="Not yet",
        facts=(f"The cluster says: {condition.told}",)
        if condition.told
        else ("The cluster has said nothing about it yet.",),
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
