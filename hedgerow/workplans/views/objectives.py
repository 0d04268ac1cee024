"""Objectives of a plan: each on a page of its own, and a short form for each thing in it."""

from django.contrib import messages
from django.shortcuts import redirect, render

from hedgerow.people.access import door, may
from hedgerow.people.views.attempts import DONE, attempt
from hedgerow.workplans import rules
from hedgerow.workplans.actions import objectives as actions
from hedgerow.workplans.actions.plans import waiting
from hedgerow.workplans.forms.plans import BehindForm, ChangeObjectiveForm, DropForm, ObjectiveForm
from hedgerow.workplans.queries.plan_dropped import dropped_line
from hedgerow.workplans.queries.plan_pages import objective_page
from hedgerow.workplans.queries.plans import plan_of

from .plan_editing import edit


@door(rules.WRITE_PLAN)
def add_objective(request, cluster, by):
    plan = plan_of(cluster)
    if plan is None:
        return redirect("workplans:plan", cluster.pk)
    form, status = ObjectiveForm(request.POST or None), 200
    if request.method == "POST":
        status = attempt(form, lambda **said: actions.add_objective(by=by, workplan=plan, **said))
        if status == DONE:
            messages.success(request, f"Added: {form.cleaned_data['title']}")
            return redirect(plan)
    request.is_invented = cluster.is_example
    words = {"cluster": cluster, "form": form, "most": actions.MOST_OBJECTIVES}
    return render(request, "workplans/objective_new.html", words, status=status)


@door(rules.SEE_OBJECTIVES)
def objective(request, objective, by):
    cluster = objective.workplan.cluster
    can = not (cluster.ended_at or objective.dropped_at or waiting(cluster.pk))
    request.is_invented = cluster.is_example
    words = {
        "cluster": cluster,
        "objective": objective,
        "page": objective_page(objective),
        "dropped": dropped_line(objective),
        "may_write": can and may(request.reader, rules.WRITE_OBJECTIVE, pk=objective.pk),
        "may_drop": can and may(request.reader, rules.DROP_OBJECTIVE, pk=objective.pk),
    }
    return render(request, "workplans/objective.html", words)


@door(rules.WRITE_OBJECTIVE)
def change_objective(request, objective, by):
    form = (
        ChangeObjectiveForm(request.POST)
        if request.method == "POST"
        else ChangeObjectiveForm.of(objective)
    )
    return edit(
        request,
        objective,
        form=form,
        act=lambda **said: actions.change_objective(by=by, objective=objective, **said),
        done="Kept. What it said before stays to be read below it.",
        template="workplans/objective_change.html",
        cluster=objective.workplan.cluster,
    )


@door(rules.WRITE_OBJECTIVE)
def behind(request, objective, by):
    form = BehindForm(request.POST) if request.method == "POST" else BehindForm.of(objective)
    return edit(
        request,
        objective,
        form=form,
        act=lambda **said: actions.come_in_behind(by=by, objective=objective, **said),
        done="Kept. The answers stay on the plan.",
        template="workplans/behind.html",
        cluster=objective.workplan.cluster,
    )


@door(rules.DROP_OBJECTIVE)
def drop_objective(request, objective, by):
    return edit(
        request,
        objective,
        form=DropForm(request.POST or None),
        act=lambda **said: actions.drop_objective(by=by, objective=objective, **said),
        done=f"Objective {objective.number} is dropped, with your reason.",
        template="workplans/drop.html",
        back=objective.workplan.get_absolute_url(),
        cluster=objective.workplan.cluster,
        what="objective",
    )
