"""The budget of a plan: reading it, writing it line by line, and what each member gives and takes."""

from django.contrib import messages
from django.shortcuts import redirect, render
from django.urls import reverse
from django.views.decorators.http import require_POST

from hedgerow.core import clock
from hedgerow.core.actions import Refused
from hedgerow.people.access import door, may
from hedgerow.people.models import Organisation
from hedgerow.people.views.attempts import DONE, REFUSED, attempt
from hedgerow.workplans import rules
from hedgerow.workplans.actions import budgets as actions
from hedgerow.workplans.forms.budgets import ChangeLineForm, LineForm, VersionForm
from hedgerow.workplans.models import BudgetLine
from hedgerow.workplans.queries.budget_pages import budget_page, version_page
from hedgerow.workplans.queries.budget_shares import shares_page
from hedgerow.workplans.queries.budget_tables import line_page
from hedgerow.workplans.queries.plans import plan_of


@door(rules.SEE_PLACE)
def budget(request, cluster, by):
    return show_budget(request, cluster)


@require_POST
@door(rules.BEGIN_BUDGET)
def begin_budget(request, cluster, by):
    plan = plan_of(cluster)
    if plan is None:
        return show_budget(request, cluster, refusal="There is no plan yet. Begin it first.")
    try:
        actions.begin_budget(by=by, workplan=plan)
    except Refused as refused:
        return show_budget(request, cluster, refusal=str(refused))
    messages.success(request, "The budget is begun. Add a line for each thing it pays for.")
    return redirect("workplans:budget", cluster.pk)


@door(rules.SEE_BUDGETS)
def budget_version(request, budget, by):
    return show_version(request, budget)


@door(rules.SEE_PLACE)
def budget_shares(request, cluster, by):
    plan = plan_of(cluster)
    mine = {seat.organisation for seat in request.reader.in_cluster(cluster.pk)} - {None}
    words = {"page": shares_page(plan) if plan else None, "mine": mine}
    return page(request, "workplans/budget_shares.html", cluster, words)


@door(rules.WRITE_BUDGET)
def add_line(request, budget, by):
    form = LineForm(sent(request), **_offered(budget))
    status = 200
    if request.method == "POST":
        status = attempt(form, lambda **said: actions.add_line(by=by, budget=budget, **said))
        if status == DONE:
            messages.success(request, f"“{form.cleaned_data['title']}” is in the budget.")
            return to_writing(budget)
    words = {"budget": budget, "form": form}
    return page(request, "workplans/budget_add_line.html", budget.workplan.cluster, words, status)


@door(rules.SEE_LINES)
def line(request, line, by):
    words = {
        "line": line,
        "page": line_page(line),
        "may_write": _may_write(request, line),
    }
    return page(request, "workplans/budget_line.html", line.budget.workplan.cluster, words)


@door(rules.WRITE_LINE)
def change_line(request, line, by):
    form = ChangeLineForm(sent(request), initial=_as_it_is(line), **_offered(line.budget, line))
    status = 200
    if request.method == "POST":
        status = attempt(form, lambda **said: actions.change_line(by=by, line=line, **said))
        if status == DONE:
            messages.success(request, f"“{form.cleaned_data['title']}” is changed.")
            return to_writing(line.budget)
    words = {"line": line, "form": form, "line_url": reverse("workplans:line", args=[line.pk])}
    if status == REFUSED:
        row = BudgetLine.objects.filter(pk=line.pk).first()
        with_version(form, row)
        words |= {"now": _stands_now(row)}
    cluster = line.budget.workplan.cluster
    return page(request, "workplans/budget_change_line.html", cluster, words, status)


@door(rules.WRITE_LINE)
def drop_line(request, line, by):
    form = VersionForm(sent(request), initial={"version": line.version})
    status = 200
    if request.method == "POST":
        status = attempt(form, lambda **said: actions.drop_line(by=by, line=line, **said))
        if status == DONE:
            messages.success(request, f"“{line}” is taken out.")
            return to_writing(line.budget)
        with_version(form, BudgetLine.objects.filter(pk=line.pk).first())
    words = {
        "line": line,
        "line_url": reverse("workplans:line", args=[line.pk]),
        "page": line_page(line),
        "form": form,
    }
    cluster = line.budget.workplan.cluster
    return page(request, "workplans/budget_drop_line.html", cluster, words, status)


def show_budget(request, cluster, *, refusal=""):
    """The page of the one that holds; with a refusal, after a button that did nothing."""
    plan = plan_of(cluster)
    found = budget_page(plan) if plan else None
    going_on = cluster.ended_at is None
    words = {
        "plan": plan,
        "page": found,
        "refusal": refusal,
        "may_write": going_on and may(request.reader, rules.WRITE_BUDGET, workplan__cluster=cluster)
        if found and found.state.standing
        else going_on and may(request.reader, rules.BEGIN_BUDGET, pk=cluster.pk),
        "may_change": going_on and may(request.reader, rules.BEGIN_CHANGE, pk=cluster.pk),
    }
    return page(request, "workplans/budget.html", cluster, words, REFUSED if refusal else 200)


def show_version(request, budget, *, refusal=""):
    cluster = budget.workplan.cluster
    going_on = cluster.ended_at is None and budget.is_open
    words = {
        "budget": budget,
        "page": version_page(budget),
        "refusal": refusal,
        "may_write": going_on and may(request.reader, rules.WRITE_BUDGET, pk=budget.pk),
        "may_put": going_on and may(request.reader, rules.PUT_CHANGE, pk=budget.pk),
    }
    status = REFUSED if refusal else 200
    return page(request, "workplans/budget_version.html", cluster, words, status)


def to_writing(budget):
    """Where the lines are that are being written."""
    if budget.workplan.budgets.filter(submission__answer__in=("agreed", "conditions")).exists():
        return redirect("workplans:budget_version", budget.pk)
    return redirect("workplans:budget", budget.workplan.cluster_id)


def with_version(form, row):
    """After a refusal the form is of what stands there now."""
    if row is not None:
        form.data = form.data.copy()
        form.data["version"] = row.version


def page(request, template, cluster, words, status=200):
    request.is_invented = cluster.is_example
    words = {"cluster": cluster, "today": clock.today(), **words}
    return render(request, template, words, status=status)


def sent(request):
    return request.POST if request.method == "POST" else None


def _offered(budget, line=None):
    """Whom a line can be for, and towards what. What it names now stays to be chosen."""
    plan = budget.workplan
    here = plan.cluster.members.filter(left_at=None).values("organisation")
    members = Organisation.objects.filter(pk__in=here).order_by("name")
    if line and line.member_id:
        members = (members | Organisation.objects.filter(pk=line.member_id)).distinct()
    objectives = plan.objectives.filter(dropped_at=None).order_by("number")
    return {"members": members, "objectives": objectives}


def _as_it_is(line):
    return {
        "title": line.title,
        "kind": line.kind,
        "category": line.category,
        "pence": line.pence if line.pence or line.hours is None else None,
        "hours": line.hours,
        "member": line.member_id or "",
        "objective": line.objective_id or "",
        "version": line.version,
    }


def _stands_now(row):
    """What somebody else wrote meanwhile, in words."""
    if row is None:
        return []
    line = line_page(row).row
    said = {
        "What it is": line.line.title,
        "How much": line.amount,
        "What it is for": line.kind,
        "For which member": line.whom,
        "Towards which objective": line.objective,
        "Category": line.category,
    }
    return [{"name": name, "said": words} for name, words in said.items()]


def _may_write(request, line):
    budget = line.budget
    going_on = budget.is_open and budget.workplan.cluster.ended_at is None
    return going_on and may(request.reader, rules.WRITE_LINE, pk=line.pk)
