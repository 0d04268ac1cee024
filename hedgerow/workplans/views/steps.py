"""Steps of a plan: what, by when, which pair, and what each waits for."""

from django.contrib import messages
from django.shortcuts import redirect, render

from hedgerow.agreements.queries.promises import can_hold
from hedgerow.people.access import door, may
from hedgerow.people.views.attempts import DONE, attempt
from hedgerow.workplans import rules
from hedgerow.workplans.actions import steps as actions
from hedgerow.workplans.actions.plans import waiting
from hedgerow.workplans.forms.plans import ChangeStepForm, DropForm, PairForm, StepForm, WaitsForm
from hedgerow.workplans.models import Step
from hedgerow.workplans.queries import plan_pages as queries
from hedgerow.workplans.queries.plan_dropped import dropped_line

from .plan_editing import edit


@door(rules.WRITE_OBJECTIVE)
def add_step(request, objective, by):
    form, status = StepForm(request.POST or None), 200
    cluster = objective.workplan.cluster
    if request.method == "POST":
        made: list[Step] = []
        status = attempt(
            form,
            lambda **said: made.append(actions.add_step(by=by, objective=objective, **said)),
        )
        if status == DONE:
            messages.success(request, f"Added as step {made[0].number}. Say next who does it.")
            return redirect("workplans:pair", made[0].pk)
    request.is_invented = cluster.is_example
    words = {"cluster": cluster, "objective": objective, "form": form}
    return render(request, "workplans/step_new.html", words, status=status)


@door(rules.SEE_STEPS)
def step(request, step, by):
    cluster = step.workplan.cluster
    page = queries.step_page(step)
    can = page and not (cluster.ended_at or waiting(cluster.pk))
    request.is_invented = cluster.is_example
    words = {
        "cluster": cluster,
        "step": step,
        "page": page,
        "dropped": dropped_line(step) or dropped_line(step.objective),
        "may_write": can and may(request.reader, rules.WRITE_STEP, pk=step.pk),
        "may_drop": can
        and not step.promise_id
        and may(request.reader, rules.DROP_STEP, pk=step.pk),
    }
    return render(request, "workplans/step.html", words)


@door(rules.WRITE_STEP)
def change_step(request, step, by):
    form = (
        ChangeStepForm(request.POST, step=step)
        if request.method == "POST"
        else ChangeStepForm.of(step)
    )
    return edit(
        request,
        step,
        form=form,
        act=lambda **said: actions.change_step(by=by, step=step, **said),
        done="Kept. What it said before stays to be read below it.",
        template="workplans/step_change.html",
        cluster=step.workplan.cluster,
    )


@door(rules.WRITE_STEP)
def pair(request, step, by):
    holders = can_hold(step.workplan.cluster)
    form = (
        PairForm(request.POST, holders=holders)
        if request.method == "POST"
        else PairForm.of(step, holders=holders)
    )
    return edit(
        request,
        step,
        form=form,
        act=lambda **said: actions.name_pair(by=by, step=step, **said),
        done=f"Written down who does step {step.number}.",
        template="workplans/pair.html",
        cluster=step.workplan.cluster,
    )


@door(rules.WRITE_STEP)
def waits(request, step, by):
    others = Step.objects.filter(
        workplan=step.workplan_id, dropped_at=None, objective__dropped_at=None
    ).exclude(pk=step.pk)
    offered = list(others.order_by("number"))
    now = [str(key) for key in step.waits_for.values_list("on", flat=True)]
    form = WaitsForm(
        request.POST if request.method == "POST" else None, offered=offered, initial={"on": now}
    )
    return edit(
        request,
        step,
        form=form,
        act=lambda **said: actions.wait_for(by=by, step=step, **said),
        done=lambda: _waits_words(step, form.cleaned_data["on"]),
        template="workplans/waits.html",
        cluster=step.workplan.cluster,
        waits_now=lambda: queries.waits_words(step),
    )


@door(rules.DROP_STEP)
def drop_step(request, step, by):
    return edit(
        request,
        step,
        form=DropForm(request.POST or None),
        act=lambda **said: actions.drop_step(by=by, step=step, **said),
        done=f"Step {step.number} is dropped, with your reason.",
        template="workplans/drop.html",
        back=step.workplan.get_absolute_url(),
        cluster=step.workplan.cluster,
        what="step",
    )


def _waits_words(step, on):
    if not on:
        return f"Step {step.number} waits for no other."
    return f"Kept what step {step.number} waits for."
