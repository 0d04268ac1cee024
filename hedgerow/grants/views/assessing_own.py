"""An assessor with the plans given to them: declaring, reading, scoring, sending."""

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.http import HttpResponse
from django.shortcuts import redirect, render

from hedgerow.core import clock
from hedgerow.core.actions import Refused
from hedgerow.core.typeset import NotTypeset
from hedgerow.grants import rules
from hedgerow.grants.actions import assessing as actions
from hedgerow.grants.forms.assessing import DeclareForm, ScoreForm, VersionForm
from hedgerow.grants.models import Assignment, Conflict
from hedgerow.grants.queries import assessing as queries
from hedgerow.journeys.models import Answered
from hedgerow.journeys.pdfs import plan_pdf
from hedgerow.journeys.queries.submissions import handed_in_view
from hedgerow.look.words import day
from hedgerow.people.access import door, hall
from hedgerow.people.views.attempts import DONE, REFUSED, WRONG, attempt

from .places import place_of


@hall(rules.SEE_OWN_ASSIGNMENT)
def assigned(request, assignments):
    """Every plan that was given to the reader, those that wait for them first."""
    rows = assignments.select_related("assessment__submission__journey__cluster").defer(
        "assessment__submission__whole"
    )
    lines = [(row, _stands(row)) for row in rows.order_by("-pk")]
    return render(request, "grants/assigned.html", {"lines": lines})


@door(rules.SEE_OWN_ASSIGNMENT)
def assignment(request, assignment, by):
    words = {
        **_place(request, assignment),
        "stands": _stands(assignment),
        "scores": queries.own_scores(assignment) if assignment.sent_at else (),
        "others": queries.others_in(assignment),
        "comments": queries.comments_in(assignment),
    }
    return render(request, "grants/assignment.html", words)


@door(rules.DECLARE)
def declare(request, assignment, by):
    initial = {"version": assignment.version}
    if assignment.conflict:
        initial |= {"conflict": assignment.conflict, "words": assignment.conflict_words}
    form = DeclareForm(request.POST or None, initial=initial)
    status = 200
    if request.method == "POST":
        status = attempt(form, lambda **said: actions.declare(by=by, assignment=assignment, **said))
        if status == DONE:
            return _declared(request, assignment, form.cleaned_data["conflict"])
    words = {
        **_place(request, assignment),
        "form": form,
        "version": _version(assignment, form, status),
        "members": _members(assignment),
    }
    return render(request, "grants/declare.html", words, status=status)


@door(rules.READ_ASSIGNED)
def assigned_plan(request, assignment, by):
    _check_reads(assignment)
    return _plan_page(request, assignment)


@door(rules.READ_ASSIGNED)
def assigned_plan_pdf(request, assignment, by):
    _check_reads(assignment)
    submission = assignment.assessment.submission
    on = clock.day_of(submission.submitted_at)
    try:
        pdf = plan_pdf(_view(assignment), on=on, status=f"Handed in on {day(on)}.")
    except (Refused, NotTypeset) as fault:
        status = 409 if isinstance(fault, Refused) else 500
        return _plan_page(request, assignment, refusal=str(fault), status=status)
    name = f"{submission.journey.cluster.slug}-plan-{submission.number}.pdf"
    return HttpResponse(
        pdf,
        content_type="application/pdf",
        headers={"Content-Disposition": f'attachment; filename="{name}"'},
    )


@door(rules.SCORE)
def score(request, assignment, by):
    """Keep a draft; or keep it and send it, which is asked once more first."""
    _check_reads(assignment, is_draft=True)
    form = ScoreForm(request.POST or None, assignment=assignment)
    status = 200
    if request.method == "POST":
        status = attempt(
            form, lambda **said: actions.keep_scores(by=by, assignment=assignment, **said)
        )
        if status == DONE and "send" in request.POST:
            return redirect("grants:send_scores", assignment.pk)
        if status == DONE:
            messages.success(request, "It is kept, for you alone. Go on when you like.")
            return redirect("grants:score", assignment.pk)
    stands_now = queries.own_scores(Assignment.objects.get(pk=assignment.pk))
    words = {
        **_place(request, assignment),
        "form": form,
        "version": _version(assignment, form, status),
        "now": stands_now if status == REFUSED else (),
        "view": _view(assignment) if _can_read(assignment) else None,
    }
    return render(request, "grants/score.html", words, status=status)


@door(rules.SCORE)
def send_scores(request, assignment, by):
    """Shows what is sent; the button sends it."""
    form = VersionForm(request.POST or None)
    status = 200
    if request.method == "POST":
        status = attempt(
            form, lambda **read: actions.send_scores(by=by, assignment=assignment, **read)
        )
        if status == DONE:
            messages.success(request, "Your scores are in. They stay as they are.")
            return redirect(assignment)
    words = {
        **_place(request, assignment),
        "form": form,
        "version": _version(assignment, form, status),
        "scores": queries.own_scores(assignment),
    }
    return render(request, "grants/send_scores.html", words, status=status)


def _plan_page(request, assignment, *, refusal="", status=200):
    words = {
        **_place(request, assignment),
        "view": _view(assignment) if _can_read(assignment) else None,
        "criteria": assignment.assessment.terms.criteria.all(),
        "refusal": refusal,
    }
    return render(request, "grants/assigned_plan.html", words, status=status)


def _declared(request, assignment, conflict):
    if conflict == Conflict.HAS:
        messages.success(request, "It is declared. The programme manager gives the plan to others.")
        return redirect(assignment)
    messages.success(request, "It is declared. Here is the plan, with what is looked at.")
    return redirect("grants:score", assignment.pk)


def _stands(assignment):
    """How it stands for its assessor: a sign, and a sentence."""
    due = f" by {day(assignment.due_on)}" if assignment.due_on else ""
    if assignment.conflict == Conflict.HAS:
        return 0, "You declared a conflict of interest, so somebody else scores it."
    if assignment.sent_at:
        return 2, f"Your scores are in since {day(assignment.sent_at)}."
    if not assignment.assessment.submission.waits:
        return 0, "It waits no longer. What you kept stays here; nothing has to be sent."
    if not assignment.conflict:
        return 3, f"Say whether you have a conflict of interest; then score it{due}."
    return 1, f"Score it{due}."


def _check_reads(assignment, *, is_draft=False):
    """Raises PermissionDenied for somebody who has come to sit in the cluster, and where it was
    taken back, for the plan itself; a draft is theirs to read."""
    cluster = assignment.assessment.submission.journey.cluster
    if actions.sits_in(assignment.assessor, cluster):
        raise PermissionDenied(
            f"You also sit in {cluster} now, so its plan is for somebody else to score. Declare it "
            "as a conflict of interest."
        )
    if not is_draft and not _can_read(assignment):
        raise PermissionDenied(queries.over_words(assignment.assessment.submission))


def _can_read(assignment):
    return assignment.assessment.submission.answer != Answered.TAKEN_BACK


def _view(assignment):
    return handed_in_view(assignment.assessment.submission)


def _members(assignment):
    cluster = assignment.assessment.submission.journey.cluster
    rows = cluster.members.filter(left_at=None).select_related("organisation")
    return [str(row.organisation) for row in rows.order_by("organisation__name")]


def _version(assignment, form, status):
    """After a clash, the one that stands: sending again decides."""
    if status == WRONG:
        return form.data.get("version", "")
    return Assignment.objects.values_list("version", flat=True).get(pk=assignment.pk)


def _place(request, assignment):
    return {
        **place_of(request, assignment.assessment.submission),
        "assignment": assignment,
        "over": queries.over_words(assignment.assessment.submission),
    }
