"""A plan before its assessors, for the programme's manager: who has it, how far they are, the pack."""

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render

from hedgerow.core.actions import Refused
from hedgerow.core.typeset import NotTypeset
from hedgerow.grants import pdfs, rules
from hedgerow.grants.actions import assessing as actions
from hedgerow.grants.forms.assessing import AssignForm, VersionForm
from hedgerow.grants.queries import assessing as queries
from hedgerow.grants.queries.assessing_pack import pack_of
from hedgerow.journeys.models import SubmissionKind
from hedgerow.journeys.rules import ANSWER_SUBMISSION
from hedgerow.ledger.queries.terms import terms_now
from hedgerow.look.words import count, day, first_up
from hedgerow.people.access import door
from hedgerow.people.readers import seat_words
from hedgerow.people.views.attempts import DONE, attempt

from .places import of_plans, place_of


@door(rules.SEE_ASSESSMENTS)
def assessment(request, assessment, by):
    page = queries.assessment_page(assessment)
    words = {
        **place_of(request, assessment.submission),
        "assessment": assessment,
        "page": page,
        "over": queries.over_words(assessment.submission),
        "can_add": assessment.submission.waits
        and queries.can_assess(assessment.submission).exists(),
    }
    return render(request, "grants/assessment.html", words)


@door(ANSWER_SUBMISSION)
def assign(request, submission, by):
    of_plans(submission, SubmissionKind.PLAN)
    seats = queries.can_assess(submission)
    form = AssignForm(request.POST or None, seats=seats)
    status = 200
    if request.method == "POST":
        status = attempt(form, lambda **said: actions.assign(by=by, submission=submission, **said))
        if status == DONE:
            n = count(len(form.cleaned_data["assessors"]), "assessor")
            on = day(form.cleaned_data["due_on"])
            messages.success(request, f"{first_up(n)} asked, until {on}.")
            return redirect(submission.assessment)
    words = {
        **place_of(request, submission),
        "form": form,
        "seats": seats,
        "kept_out": queries.kept_out(submission),
        "over": queries.over_words(submission),
        "terms": terms_now(submission.journey.cluster.programme),
    }
    return render(request, "grants/assign.html", words, status=status)


@door(rules.TAKE_OFF_ASSIGNMENT)
def take_off(request, assignment, by):
    """Shows what going on without an assessor means; the button does it."""
    form = VersionForm(request.POST or None)
    status = 200
    if request.method == "POST":
        status = attempt(
            form, lambda **read: actions.take_off(by=by, assignment=assignment, **read)
        )
        if status == DONE:
            messages.success(request, f"You go on without {seat_words(assignment.assessor)}.")
            return redirect(assignment.assessment)
        assignment.refresh_from_db()
    words = {
        **place_of(request, assignment.assessment.submission),
        "assignment": assignment,
        "who": seat_words(assignment.assessor),
        "version": assignment.version,
        "form": form,
    }
    return render(request, "grants/take_off.html", words, status=status)


@door(rules.SEE_ASSESSMENTS, field="submission")
def pack(request, assessment, by):
    return _pack(request, assessment, pack_of(assessment))


@door(rules.SEE_ASSESSMENTS, field="submission")
def pack_pdf(request, assessment, by):
    found = pack_of(assessment)
    try:
        pdf = pdfs.pack_pdf(found)
    except Refused as refused:
        return _pack(request, assessment, found, refusal=str(refused), status=409)
    except NotTypeset as fault:
        return _pack(request, assessment, found, refusal=str(fault), status=500)
    cluster = assessment.submission.journey.cluster
    name = f"{cluster.slug}-pack-{found.number}.pdf"
    return HttpResponse(
        pdf,
        content_type="application/pdf",
        headers={"Content-Disposition": f'attachment; filename="{name}"'},
    )


def _pack(request, assessment, found, *, refusal="", status=200):
    words = {
        **place_of(request, assessment.submission),
        "assessment": assessment,
        "pack": found,
        "refusal": refusal,
    }
    return render(request, "grants/pack.html", words, status=status)
