"""What a cluster handed in: to read, to print, beside the one before, and to take back."""

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render

from hedgerow.core.actions import Refused
from hedgerow.core.typeset import NotTypeset
from hedgerow.journeys import actions, pdfs, rules
from hedgerow.journeys.forms import TakeBackForm
from hedgerow.journeys.models import SubmissionKind
from hedgerow.journeys.queries.submission_pages import submission_line, submission_page
from hedgerow.people.access import door, may
from hedgerow.people.views.attempts import DONE, attempt

CHANGES_SHOWN = 8


@door(rules.SEE_SUBMISSION)
def submission(request, submission, by):
    return _page(request, submission)


@door(rules.SEE_SUBMISSION)
def submission_pdf(request, submission, by):
    cluster = submission.journey.cluster
    page = submission_page(submission, cluster)
    try:
        pdf = pdfs.submission_pdf(page)
    except Refused as refused:
        return _page(request, submission, refusal=str(refused), status=409)
    except NotTypeset as fault:
        return _page(request, submission, refusal=str(fault), status=500)
    what = "return" if submission.kind == SubmissionKind.RETURN else "plan"
    name = f"{cluster.slug}-{what}-{submission.number}.pdf"
    return HttpResponse(
        pdf,
        content_type="application/pdf",
        headers={"Content-Disposition": f'attachment; filename="{name}"'},
    )


@door(rules.SEE_SUBMISSION)
def changes(request, submission, by):
    words = {**_place(request, submission), "page": _read(submission)}
    return render(request, "journeys/compare.html", words)


@door(rules.TAKE_BACK_SUBMISSION)
def take_back(request, submission, by):
    form = TakeBackForm(request.POST or None)
    status = 200
    if request.method == "POST":
        status = attempt(
            form, lambda **read: actions.take_back(by=by, submission=submission, **read)
        )
        if status == DONE:
            messages.success(request, "It is taken back. It stays to be read, and waits no longer.")
            return redirect(submission)
        submission.refresh_from_db()
    words = {
        **_place(request, submission),
        "line": submission_line(submission),
        "waits": submission.waits,
        "version": submission.version,
        "form": form,
    }
    return render(request, "journeys/take_back.html", words, status=status)


def _page(request, submission, *, refusal="", status=200):
    cluster = submission.journey.cluster
    page = _read(submission)
    may_take_back = submission.waits and not cluster.ended_at
    words = {
        **_place(request, submission),
        "page": page,
        "changes": page.changes[:CHANGES_SHOWN],
        "n_more": len(page.changes[CHANGES_SHOWN:]),
        "may_take_back": may_take_back
        and may(request.reader, rules.TAKE_BACK_SUBMISSION, pk=submission.pk),
        "refusal": refusal,
    }
    return render(request, "journeys/submission.html", words, status=status)


def _read(submission):
    return submission_page(submission, submission.journey.cluster)


def _place(request, submission):
    """A sponsor reads what was handed in, and not the journey."""
    journey = submission.journey
    request.is_invented = journey.cluster.is_example
    return {
        "submission": submission,
        "journey": journey,
        "may_see_journey": may(request.reader, rules.SEE_JOURNEY, pk=journey.pk),
    }
