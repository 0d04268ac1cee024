"""Changing the budget of an agreed plan: beginning, putting it to the vote, giving it up; and its
lines as a file."""

import csv
from datetime import timedelta

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect
from django.views.decorators.http import require_POST

from hedgerow.agreements.queries.ways import way_lines
from hedgerow.core import clock
from hedgerow.core.actions import Refused
from hedgerow.core.cells import marked
from hedgerow.look.words import weekday
from hedgerow.people.access import door
from hedgerow.people.views.attempts import DONE, attempt
from hedgerow.workplans import rules
from hedgerow.workplans.actions import budget_changes as actions
from hedgerow.workplans.forms.budgets import PutChangeForm, VersionForm
from hedgerow.workplans.models import Budget
from hedgerow.workplans.queries.budget_pages import version_page
from hedgerow.workplans.queries.plans import plan_of

from .budgets import page, sent, show_budget, with_version


@require_POST
@door(rules.BEGIN_CHANGE)
def begin_change(request, cluster, by):
    plan = plan_of(cluster)
    if plan is None:
        return show_budget(request, cluster, refusal="There is no plan yet. Begin it first.")
    try:
        budget = actions.begin_change(by=by, workplan=plan)
    except Refused as refused:
        return show_budget(request, cluster, refusal=str(refused))
    messages.success(request, "Change the lines here. What holds stays until a decision.")
    return redirect("workplans:budget_version", budget.pk)


@door(rules.PUT_CHANGE)
def put_change(request, budget, by):
    cluster = budget.workplan.cluster
    ways = way_lines(cluster)
    form = PutChangeForm(
        sent(request),
        ways=ways,
        initial={
            "way": ways[0].slug,
            "closes_on": clock.today() + timedelta(days=ways[0].way.open_days),
            "version": budget.version,
        },
    )
    status = 200
    if request.method == "POST":
        status = attempt(form, lambda **said: _put(by, budget, said))
        if status == DONE:
            until = weekday(form.cleaned_data["closes_on"])
            messages.success(request, f"It is put to the vote, and open until {until}.")
            return redirect("workplans:budget", cluster.pk)
        with_version(form, Budget.objects.get(pk=budget.pk))
    budget.refresh_from_db()
    words = {"budget": budget, "form": form, "page": version_page(budget)}
    return page(request, "workplans/budget_put.html", cluster, words, status)


@door(rules.PUT_CHANGE)
def give_up_change(request, budget, by):
    cluster = budget.workplan.cluster
    form = VersionForm(sent(request), initial={"version": budget.version})
    status = 200
    if request.method == "POST":
        status = attempt(form, lambda **said: actions.give_up_change(by=by, budget=budget, **said))
        if status == DONE:
            messages.success(request, "The change is given up. The budget that holds stays.")
            return redirect("workplans:budget", cluster.pk)
        with_version(form, Budget.objects.get(pk=budget.pk))
    budget.refresh_from_db()
    words = {"budget": budget, "form": form, "page": version_page(budget)}
    return page(request, "workplans/budget_give_up.html", cluster, words, status)


@door(rules.SEE_BUDGETS)
def budget_file(request, budget, by):
    """For a spreadsheet: amounts without signs, a line each."""
    response = HttpResponse(content_type="text/csv; charset=utf-8")
    response["Content-Disposition"] = f'attachment; filename="budget-{budget.number}.csv"'
    response.write("\ufeff")  # or spreadsheets read it in another alphabet
    writer = csv.writer(response)
    writer.writerow(
        ["Line", "What", "Objective", "For whom", "What for", "Category", "Pounds", "Hours",
         "Worth in pounds", "Committed", "Spent"]
    )  # fmt: skip
    found = version_page(budget)
    for row in found.table.rows:
        line = row.line
        amount = f"{line.pence / 100:.2f}"
        cells = [line.number, line.title, row.objective, row.whom, row.kind, row.category]
        cells += [amount, "", ""] if line.is_money else ["", line.hours, amount]
        cells += (
            [f"{row.committed / 100:.2f}", f"{row.spent / 100:.2f}"]
            if line.is_money and not found.instead
            else ["", ""]
        )
        writer.writerow([marked(one) if isinstance(one, str) else one for one in cells])
    return response


def _put(by, budget, said):
    wanted = ("words", "way", "closes_on", "version")
    actions.put_change(by=by, budget=budget, **{name: said[name] for name in wanted})
