"""The whole plan on one page, beginning it, and what it says as a whole."""

from django.contrib import messages
from django.shortcuts import redirect, render

from hedgerow.core.actions import Refused
from hedgerow.look.words import count
from hedgerow.people.access import door, may
from hedgerow.workplans import rules
from hedgerow.workplans.actions import plans as actions
from hedgerow.workplans.forms.plans import WritePlanForm
from hedgerow.workplans.queries import plan_pages as queries
from hedgerow.workplans.queries.plan_next import next_in
from hedgerow.workplans.queries.plans import plan_of

from .plan_editing import edit


@door(rules.SEE_PLACE)
def plan(request, cluster, by):
    return show_plan(request, cluster)


@door(rules.WRITE_PLAN)
def begin_plan(request, cluster, by):
    """One button, which stands on the page of the plan."""
    if request.method != "POST":
        return redirect("workplans:plan", cluster.pk)
    try:
        begun = actions.begin_plan(by=by, cluster=cluster)
    except Refused as refused:
        return show_plan(request, cluster, refusal=str(refused), status=409)
    messages.success(request, _begun_words(begun))
    return redirect(begun)


@door(rules.WRITE_PLAN)
def write_plan(request, cluster, by):
    plan = plan_of(cluster)
    if plan is None:
        return redirect("workplans:plan", cluster.pk)
    form = WritePlanForm(request.POST) if request.method == "POST" else WritePlanForm.of(plan)
    return edit(
        request,
        plan,
        form=form,
        act=lambda **said: actions.write_plan(by=by, workplan=plan, **said),
        done="Kept. What stood there before stays to be read below the plan.",
        template="workplans/plan_write.html",
        cluster=cluster,
    )


def show_plan(request, cluster, *, refusal="", status=200):
    page = queries.plan_page(cluster)
    is_going_on = not cluster.ended_at
    may_write = is_going_on and may(request.reader, rules.WRITE_PLAN, pk=cluster.pk)
    leads = is_going_on and may(request.reader, rules.HAND_IN, pk=cluster.pk)
    request.is_invented = cluster.is_example
    words = {
        "cluster": cluster,
        "page": page,
        "may_write": may_write and not (page and page.is_waiting),
        "may_hand_in": leads,
        "next": next_in(page, leads=leads) if page and may_write else None,
        "refusal": refusal,
    }
    name = "workplans/plan.html" if page else "workplans/plan_empty.html"
    return render(request, name, {**words, "may_begin": may_write}, status=status)


def _begun_words(plan):
    n = plan.objectives.filter(theme__isnull=False, dropped_at=None).count()
    if not n:
        return "The plan is begun. Add what will be true when you are done."
    what = "It is" if n == 1 else "Each is"
    return (
        f"The plan is begun with {count(n, 'objective')} out of your focus. {what} called as in "
        "the focus: word it anew, as what will be true."
    )
