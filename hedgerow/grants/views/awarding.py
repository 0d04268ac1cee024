"""What a programme's manager answers: to a plan, one of four; to a return, one of two. Each is a
form, then a page that shows what will happen, then one act."""

from django.contrib import messages
from django.shortcuts import redirect, render

from hedgerow.grants.actions import awarding as actions
from hedgerow.grants.forms.awarding import AcceptForm, AgreeForm, MissingForm, RedirectForm
from hedgerow.grants.queries import awarding as queries
from hedgerow.grants.queries.assessing import assessment_page, over_words
from hedgerow.journeys.models import SubmissionKind
from hedgerow.journeys.queries.submissions import handed_in_view, plan_in, return_in, return_view
from hedgerow.journeys.rules import ANSWER_SUBMISSION
from hedgerow.ledger.models import TRANCHE_NAMES
from hedgerow.ledger.queries.terms import terms_now
from hedgerow.people.access import door
from hedgerow.people.views.attempts import DONE, WRONG, attempt

from .places import of_plans, place_of


@door(ANSWER_SUBMISSION)
def decide(request, submission, by):
    """The plan in short, how far the assessors are, and the answers that there are."""
    of_plans(submission, SubmissionKind.PLAN)
    assessment = queries.assessment_of(submission)
    words = {
        **_place(request, submission),
        "view": handed_in_view(submission),
        "assessment": assessment,
        "page": assessment_page(assessment) if assessment else None,
    }
    return render(request, "grants/decide.html", words)


@door(ANSWER_SUBMISSION)
def agree(request, submission, by):
    of_plans(submission, SubmissionKind.PLAN)
    asked = queries.asked_in(plan_in(submission), submission.journey.cluster.programme)
    known = {
        "holders": queries.can_hold(submission.journey.cluster),
        "asked": asked,
        "version": submission.version,
    }
    form, status = AgreeForm(request.POST or None, **known), 200
    words = {**_place(request, submission), "asked": asked}
    if "more" in request.POST:
        roomier = AgreeForm(initial=form.with_more_rows(), **known)
        return render(request, "grants/agree.html", {**words, "form": roomier})
    if request.method == "POST":
        if "sure" not in request.POST:
            status = 200 if form.is_valid() else WRONG
            if status == 200:
                return _sure(request, "grants/agree_sure.html", words, form, _told(form))
        else:
            status = attempt(form, lambda **said: _agree(by, submission, said))
            if status == DONE:
                messages.success(
                    request, f"Agreed. The award to {submission.journey.cluster} is made."
                )
                return redirect("grants:decide", submission.pk)
    return render(request, "grants/agree.html", {**words, "form": form}, status=status)


@door(ANSWER_SUBMISSION)
def send_back(request, submission, by):
    of_plans(submission, SubmissionKind.PLAN)
    form = MissingForm(request.POST or None, initial={"version": submission.version})
    return _answer(
        request,
        submission,
        form,
        "send_back",
        lambda **said: actions.send_back(by=by, submission=submission, **said),
        "It is sent back, with what is missing.",
    )


@door(ANSWER_SUBMISSION)
def redirect_plan(request, submission, by):
    of_plans(submission, SubmissionKind.PLAN)
    form = RedirectForm(request.POST or None, initial={"version": submission.version})
    programme = submission.journey.cluster.programme
    return _answer(
        request,
        submission,
        form,
        "redirect",
        lambda **said: actions.redirect(by=by, submission=submission, **said),
        "It is answered, with where else there is support.",
        terms=terms_now(programme),
        offers=list(queries.open_offers(programme)),
    )


@door(ANSWER_SUBMISSION)
def return_answer(request, submission, by):
    """A return, read on the page; accepted, or sent back with what is missing."""
    of_plans(submission, SubmissionKind.RETURN)
    version = {"version": submission.version}
    accepting, missing = AcceptForm(initial=version), MissingForm(initial=version)
    status = 200
    if request.method == "POST" and "missing" in request.POST:
        missing = MissingForm(request.POST)
        status = attempt(
            missing, lambda **said: actions.send_back_return(by=by, submission=submission, **said)
        )
    elif request.method == "POST":
        accepting = AcceptForm(request.POST)
        status = attempt(
            accepting, lambda **said: actions.accept_return(by=by, submission=submission, **said)
        )
    if status == DONE:
        messages.success(request, "The return is answered.")
        return redirect("grants:return_answer", submission.pk)
    words = {
        **_place(request, submission),
        "view": return_view(return_in(submission), submission.journey.cluster),
        "accepting": accepting,
        "missing": missing,
    }
    return render(request, "grants/return_answer.html", words, status=status)


def _agree(by, submission, said):
    actions.agree(by=by, submission=submission, **said)


def _answer(request, submission, form, name, deed, done, **more):
    words, status = {**_place(request, submission), **more}, 200
    if request.method == "POST" and "sure" not in request.POST:
        status = 200 if form.is_valid() else WRONG
        if status == 200:
            return _sure(request, f"grants/{name}_sure.html", words, form, form.cleaned_data)
    elif request.method == "POST":
        status = attempt(form, deed)
        if status == DONE:
            messages.success(request, done)
            return redirect("grants:decide", submission.pk)
    return render(request, f"grants/{name}.html", {**words, "form": form}, status=status)


def _sure(request, template, words, form, said):
    """What was typed goes on in hidden fields, as it was typed."""
    typed = [(name, form.data[name]) for name in form.fields if form.data.get(name)]
    return render(request, template, {**words, "said": said, "typed": typed})


def _told(form):
    said = form.cleaned_data
    return {
        **said,
        "amounts": [(TRANCHE_NAMES[one], pence) for one, pence in said["amounts"].items() if pence],
        "whole": sum(said["amounts"].values()),
        "at_once": [
            (TRANCHE_NAMES[one.tranche], one) for one in said["instalments"] if one.is_at_once
        ],
        "later": [
            (TRANCHE_NAMES[one.tranche], one) for one in said["instalments"] if not one.is_at_once
        ],
    }


def _place(request, submission):
    """After a refusal the newest version stands in the form."""
    submission.refresh_from_db()
    return {**place_of(request, submission), "over": over_words(submission)}
