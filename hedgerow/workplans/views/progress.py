"""What became of a plan: step by step, by objective, and beside it what nobody had planned."""

from django.contrib import messages
from django.shortcuts import redirect, render
from django.views.decorators.http import require_POST

from hedgerow.core import clock
from hedgerow.core.actions import Refused
from hedgerow.look.words import day, first_low
from hedgerow.people.access import door
from hedgerow.people.views.attempts import DONE, attempt
from hedgerow.workplans import rules
from hedgerow.workplans.actions import progress as actions
from hedgerow.workplans.forms.progress import JudgeForm
from hedgerow.workplans.models import Result
from hedgerow.workplans.queries.progress import progress_in
from hedgerow.workplans.queries.progress_page import own_organisations, progress_page
from hedgerow.workplans.queries.timeline import timeline_of


@door(rules.SEE_PLACE)
def progress(request, cluster, by):
    return show_progress(request, cluster)


@require_POST
@door(rules.TAKE_UP_STEP)
def take_up(request, step, by):
    cluster = step.workplan.cluster
    try:
        promise = actions.take_up(by=by, step=step)
    except Refused as refused:
        return show_progress(request, cluster, refusal=str(refused), status=409)
    messages.success(request, f"Taken up: {step}. It is promised for {day(promise.due_on)}.")
    return redirect("workplans:progress", cluster.pk)


@door(rules.JUDGE_OBJECTIVE)
def judge(request, objective, by):
    cluster = objective.workplan.cluster
    form, status = JudgeForm.of(objective), 200
    if request.method == "POST":
        form = JudgeForm(request.POST)
        status = attempt(form, lambda **said: actions.judge(by=by, objective=objective, **said))
        if status == DONE:
            result = first_low(Result(form.cleaned_data["result"]).label)
            messages.success(request, f"Said: objective {objective.number} is {result}.")
            return redirect("workplans:progress", cluster.pk)
        objective.refresh_from_db()
        form.data = {**form.data.dict(), "version": objective.version}
    request.is_invented = cluster.is_example
    lines = progress_in([objective.workplan_id])[objective.workplan_id].objectives
    words = {
        "cluster": cluster,
        "objective": objective,
        "line": next(line for line in lines if line.key == objective.pk),
        "form": form,
        "is_stale": status == 409,
    }
    return render(request, "workplans/judge.html", words, status=status)


@door(rules.SEE_PLACE)
def timeline(request, cluster, by):
    page = progress_page(request.reader, cluster)
    request.is_invented = cluster.is_example
    words = {
        "cluster": cluster,
        "page": page,
        "timeline": timeline_of(page.progress, clock.today()),
        "today": clock.today(),
    }
    return render(request, "workplans/timeline.html", words)


def show_progress(request, cluster, *, refusal="", status=200):
    request.is_invented = cluster.is_example
    words = {
        "cluster": cluster,
        "page": progress_page(request.reader, cluster),
        "own": own_organisations(request.reader, cluster),
        "today": clock.today(),
        "refusal": refusal,
    }
    return render(request, "workplans/progress.html", words, status=status)
