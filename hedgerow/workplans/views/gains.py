"""What nobody had planned: the log of it, and what each member says it gained."""

from django.contrib import messages
from django.shortcuts import redirect, render
from django.views.decorators.http import require_POST

from hedgerow.core import clock
from hedgerow.core.actions import Refused
from hedgerow.people.access import door, may, visible
from hedgerow.people.models import Member
from hedgerow.people.views.attempts import DONE, attempt
from hedgerow.workplans import rules
from hedgerow.workplans.actions import gains as actions
from hedgerow.workplans.forms.gains import (
    LogGainForm,
    RecordGainsForm,
    SayGainsForm,
    TakeBackForm,
)
from hedgerow.workplans.models import Workplan
from hedgerow.workplans.queries.gains import gains_in
from hedgerow.workplans.queries.gains_said import said_in
from hedgerow.workplans.queries.progress_page import own_organisations


@door(rules.SEE_PLACE)
def gains(request, cluster, by):
    return _show_gains(request, cluster)


@door(rules.LOG_GAIN)
def log_gain(request, cluster, by):
    members = _members(cluster)
    own = [str(key) for key in own_organisations(request.reader, cluster)]
    form, status = LogGainForm(members=members, initial={"on": clock.today(), "members": own}), 200
    if request.method == "POST":
        form = LogGainForm(request.POST, members=members)
        status = attempt(form, lambda **said: actions.log_gain(by=by, cluster=cluster, **said))
        if status == DONE:
            messages.success(request, "Written down. It counts from now on.")
            return redirect("workplans:gains", cluster.pk)
    return _form_page(request, cluster, "workplans/log_gain.html", form, status)


@door(rules.TAKE_BACK_GAIN)
def take_back_gain(request, gain, by):
    form, status = TakeBackForm(request.POST or None), 200
    if request.method == "POST":
        status = attempt(form, lambda **said: actions.take_back_gain(by=by, gain=gain, **said))
        if status == DONE:
            messages.success(request, "Taken back. The line stays to be read, with the reason.")
            return redirect("workplans:gains", gain.cluster_id)
        gain.refresh_from_db()
    page = "workplans/take_back_gain.html"
    return _form_page(request, gain.cluster, page, form, status, gain=gain)


@door(rules.SAY_GAINS)
def say_gains(request, cluster, by):
    line = said_in([cluster.pk])[cluster.pk].of(by.for_organisation)
    plan, form, status = _plan(cluster), SayGainsForm.of(line), 200
    if request.method == "POST":
        form = SayGainsForm(request.POST)
        status = attempt(
            form, lambda **said: actions.say_gains(by=by, workplan=_there(plan), **said)
        )
        if status == DONE:
            messages.success(request, "Said. You can change it at any time.")
            return _to_said(cluster)
    words = {"line": line, "plan": plan, "log": gains_in([cluster.pk])[cluster.pk]}
    return _form_page(request, cluster, "workplans/say_gains.html", form, status, **words)


@door(rules.RECORD_GAINS)
def record_gains(request, cluster, by):
    """For those whose own people have not spoken; what they said themselves is theirs."""
    table, plan = said_in([cluster.pk])[cluster.pk], _plan(cluster)
    members = [
        (str(line.organisation_key), line.organisation) for line in table.lines if line.can_be_said
    ]
    form, status = RecordGainsForm(members=members), 200
    if request.method == "POST":
        form = RecordGainsForm(request.POST, members=members)
        status = attempt(
            form, lambda **said: actions.record_gains(by=by, workplan=_there(plan), **said)
        )
        if status == DONE:
            member = form.cleaned_data["organisation"]
            messages.success(
                request, f"Written down for {member}. It counts, and waits for them to confirm it."
            )
            return _to_said(cluster)
    words = {"members": members, "plan": plan}
    return _form_page(request, cluster, "workplans/record_gains.html", form, status, **words)


@require_POST
@door(rules.CONFIRM_GAINS)
def confirm_gains(request, said, by):
    done = "Confirmed. It is your own word from now on."
    return _answered(request, said, lambda: actions.confirm_gains(by=by, said=said), done)


@require_POST
@door(rules.CONFIRM_GAINS)
def undo_gains(request, said, by):
    done = "Undone. Nothing is said for you until you say it."
    return _answered(request, said, lambda: actions.undo_gains(by=by, said=said), done)


def _answered(request, said, act, done):
    cluster = said.workplan.cluster
    try:
        act()
    except Refused as refused:
        return _show_gains(request, cluster, refusal=str(refused), status=409)
    messages.success(request, done)
    return _to_said(cluster)


def _show_gains(request, cluster, *, refusal="", status=200):
    request.is_invented = cluster.is_example
    reader, goes_on = request.reader, cluster.ended_at is None
    table, own = said_in([cluster.pk])[cluster.pk], own_organisations(reader, cluster)
    has_plan = Workplan.objects.filter(cluster=cluster).exists()
    answers = visible(reader, rules.CONFIRM_GAINS).filter(workplan__cluster=cluster, ended_at=None)
    words = {
        "cluster": cluster,
        "log": gains_in([cluster.pk])[cluster.pk],
        "table": table,
        "said": table.own_first(own),
        "own": own,
        "answers": set(answers.values_list("pk", flat=True)) if goes_on else set(),
        "has_plan": has_plan,
        "may_log": goes_on and may(reader, rules.LOG_GAIN, pk=cluster.pk),
        "may_lead": goes_on and may(reader, rules.HAND_IN, pk=cluster.pk),
        "may_say": goes_on and has_plan and may(reader, rules.SAY_GAINS, pk=cluster.pk),
        "may_record": goes_on and has_plan and may(reader, rules.RECORD_GAINS, pk=cluster.pk),
        "refusal": refusal,
    }
    return render(request, "workplans/gains.html", words, status=status)


def _form_page(request, cluster, template, form, status, **more):
    request.is_invented = cluster.is_example
    return render(request, template, {"cluster": cluster, "form": form, **more}, status=status)


def _members(cluster):
    rows = Member.objects.filter(cluster=cluster, left_at=None).order_by("organisation__name", "pk")
    named = rows.values_list("organisation", "organisation__name")
    return [(str(key), name) for key, name in named]


def _plan(cluster):
    return Workplan.objects.filter(cluster=cluster).first()


def _there(plan):
    if plan is None:
        raise Refused("There is no plan yet. Begin one first; what you wrote is kept on this page.")
    return plan


def _to_said(cluster):
    response = redirect("workplans:gains", cluster.pk)
    response["Location"] += "#said"
    return response
