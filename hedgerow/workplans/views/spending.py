"""What was ordered and paid: reading it at any day, and writing it down."""

from django.contrib import messages
from django.shortcuts import redirect
from django.urls import reverse

from hedgerow.core import clock
from hedgerow.ledger import rules as ledger
from hedgerow.people.access import door, may
from hedgerow.people.models import Organisation
from hedgerow.people.views.attempts import DONE, attempt
from hedgerow.units import pounds
from hedgerow.workplans import rules
from hedgerow.workplans.actions import spending as actions
from hedgerow.workplans.forms import spending as forms
from hedgerow.workplans.queries.budgets import budget_states
from hedgerow.workplans.queries.plans import plan_of
from hedgerow.workplans.queries.spending import spending_page

from .budgets import page, sent

_DEEDS = {
    forms.ORDERED: actions.commit,
    forms.PAID_ORDER: actions.spend,
    forms.FREED: actions.free,
    forms.CAME_BACK: actions.refund,
    forms.HANDED_OVER: actions.hand_over,
}


@door(ledger.SEE_AWARD)
def spending(request, award, by):
    asked = forms.DayForm(request.GET if request.GET.get("on") else None)
    on = asked.cleaned_data["on"] if asked.is_bound and asked.is_valid() else None
    budget, is_handed_in = _readable(request, award)
    mine = {seat.organisation for seat in request.reader.in_cluster(award.cluster_id)} - {None}
    words = {
        "award": award,
        "page": spending_page(award, budget, on=on),
        "on": on,
        "asked": asked,
        "mine": mine,
        "is_handed_in": is_handed_in,
        "may_enter": not award.closed_on
        and may(request.reader, ledger.ENTER_SPENDING, pk=award.pk),
    }
    return page(request, "workplans/spending.html", award.cluster, words)


@door(ledger.ENTER_SPENDING)
def spend(request, award, by):
    budget, _ = _readable(request, award)
    found = spending_page(award, budget)
    form = forms.SpendForm(
        sent(request),
        lines=[(line.number, _choice(line)) for line in found.lines if line.planned],
        members=_enters_for(award, by),
        others=_members(award),
        initial={"line": request.GET.get("line", ""), "on": clock.today()},
    )
    status = 200
    if request.method == "POST":
        status = attempt(form, lambda **said: _enter(by, award, said))
        if status == DONE:
            messages.success(request, _done(award, budget, form.cleaned_data))
            line = form.cleaned_data["line"]
            return redirect(f"{reverse('workplans:spending', args=[award.pk])}#line-{line}")
    words = {"award": award, "form": form, "page": found}
    return page(request, "workplans/spend.html", award.cluster, words, status)


def _enter(by, award, said):
    named = {
        one.pk: one for one in Organisation.objects.filter(pk__in=(said["member"], said["to"]))
    }
    told = {
        "by": by,
        "award": award,
        "line": said["line"],
        "member": named[said["member"]],
        "pence": said["pence"],
        "on": said["on"],
        "words": said["words"],
    }
    if said["what"] == forms.PAID:
        return actions.spend(**told, was_ordered=False)
    if said["what"] == forms.HANDED_OVER:
        told["to"] = named[said["to"]]
    return _DEEDS[said["what"]](**told)


def _readable(request, award):
    """The budget that holds; to those who only read what was handed in, that one."""
    plan = plan_of(award.cluster)
    state = budget_states([plan.pk])[plan.pk] if plan else None
    if state is None or state.standing is None:
        return None, False
    if may(request.reader, rules.SEE_BUDGETS, pk=state.standing.pk):
        return state.standing, False
    return (state.submission.budget if state.submission else None), True


def _enters_for(award, by):
    """Of a member its own people; the programme's manager for any."""
    members = _members(award)
    if by.for_organisation is None:
        return members
    return [(key, name) for key, name in members if key == by.for_organisation]


def _members(award):
    here = award.cluster.members.filter(left_at=None).order_by("organisation__name")
    return list(here.values_list("organisation", "organisation__name"))


def _choice(line):
    return (
        f"{line.number}. {line.title}: {pounds(max(line.left, 0))} of {pounds(line.planned)} left"
    )


def _done(award, budget, said):
    """What is left of the line, and what to do about what stays committed."""
    lines = {line.number: line for line in spending_page(award, budget).lines}
    line = lines[said["line"]]
    told = f"Written down. Of “{line.title}”, {pounds(max(line.left, 0))} is not committed yet"
    if said["what"] == forms.CAME_BACK:
        return f"{told}; what came back is committed until you free it."
    return f"{told}, and {pounds(line.paid.open)} is ordered and not paid."
