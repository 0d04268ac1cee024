"""A pair looks into an idea: naming it, the report while it is theirs, and once it is everybody's."""

from django.contrib import messages
from django.http import Http404
from django.shortcuts import redirect, render

from hedgerow.core import clock
from hedgerow.focus import rules
from hedgerow.focus.actions import studies as actions
from hedgerow.focus.forms.studies import USUAL, HandInForm, PairForm, StudyForm
from hedgerow.focus.models import Study
from hedgerow.focus.queries import studies as queries
from hedgerow.look.words import day
from hedgerow.people.access import door, hall, visible
from hedgerow.people.views.attempts import DONE, REFUSED, WRONG, attempt


@door(rules.NAME_PAIR)
def name_pair(request, idea, by):
    form = PairForm(
        request.POST or None,
        holders=queries.can_pair(idea.cluster),
        initial={"due_on": clock.today() + USUAL},
    )
    status = 200
    if request.method == "POST":
        status = attempt(form, lambda **said: actions.name_pair(by=by, idea=idea, **said))
        if status == DONE:
            on = day(form.cleaned_data["due_on"])
            messages.success(request, f"They look into it, and report by {on}.")
            return redirect(idea)
    request.is_invented = idea.cluster.is_example
    words = {
        "cluster": idea.cluster,
        "idea": idea,
        "form": form,
        "questions": [question for question, _ in queries.QUESTIONS.values()],
    }
    return render(request, "focus/name_pair.html", words, status=status)


@hall(rules.SEE_STUDIES)
def study(request, studies, pk):
    """The report, once it is handed in; a draft is a page of its own, for its pair."""
    study = studies.filter(pk=pk).select_related("idea__cluster").first()
    if study is None:
        if visible(request.reader, rules.SEE_DRAFTS).filter(pk=pk).exists():
            return redirect("focus:write_study", pk)
        raise Http404
    request.is_invented = study.idea.cluster.is_example
    words = {
        "cluster": study.idea.cluster,
        "idea": study.idea,
        "study": study,
        "line": queries.study_line(request.reader, study),
        "answers": queries.answers_in(study),
        "handed_in_by": queries.handed_in_by(study),
    }
    return render(request, "focus/study.html", words)


@door(rules.SEE_DRAFTS)
def write_study(request, study, by):
    """Open to the pair when it is handed in too: what one of them typed meanwhile comes back to
    them, with the sentence of the action that refuses it."""
    if request.method != "POST":
        if study.is_handed_in:
            return redirect(study)
        return _write_page(request, study, StudyForm.of(study))
    form = StudyForm(request.POST)
    status = attempt(
        form,
        lambda version, **headings: actions.keep_study(
            by=by, study=study, headings=headings, version=version
        ),
    )
    if status != DONE:
        return _write_page(request, study, form, status)
    if "hand_in" in request.POST:
        return redirect("focus:hand_in_study", study.pk)
    messages.success(request, "Kept. Only your two organisations can read it until you hand it in.")
    return redirect("focus:write_study", study.pk)


@door(rules.WRITE_STUDY)
def hand_in(request, study, by):
    """The report as it will be read, and one button."""
    form = HandInForm(request.POST or None)
    status = 200
    if request.method == "POST":
        status = attempt(form, lambda **said: actions.hand_in(by=by, study=study, **said))
        if status == DONE:
            messages.success(
                request,
                f"It is handed in. Everybody round the table of {study.idea.cluster} can read it.",
            )
            return redirect(study)
    study = _newest(study)
    request.is_invented = study.idea.cluster.is_example
    words = {
        "cluster": study.idea.cluster,
        "idea": study.idea,
        "study": study,
        "answers": queries.answers_in(study),
        "form": form,
        "version": study.version,
    }
    return render(request, "focus/hand_in_study.html", words, status=status)


def _write_page(request, study, form, status=200):
    """After a clash the form holds what was typed, with the newest version: sending it again
    decides."""
    study = _newest(study)
    request.is_invented = study.idea.cluster.is_example
    line = queries.study_line(request.reader, study)
    typed = form.data
    words = {
        "cluster": study.idea.cluster,
        "idea": study.idea,
        "study": study,
        "line": line,
        "form": form,
        "version": typed.get("version", "") if status == WRONG else study.version,
        "others": [
            answer
            for answer in queries.answers_in(study)
            if status == REFUSED and answer.said != typed.get(answer.name, "").strip()
        ],
        "is_going_on": line.stands and not study.is_handed_in and not study.idea.cluster.ended_at,
    }
    return render(request, "focus/write_study.html", words, status=status)


def _newest(study):
    return Study.objects.select_related("idea__cluster").get(pk=study.pk)
