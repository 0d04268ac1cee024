"""How ready an organisation is, for itself first."""

from django.contrib import messages
from django.shortcuts import redirect, render

from hedgerow.charter import actions, rules
from hedgerow.charter.forms.readiness import ReadinessForm, ShareForm
from hedgerow.charter.queries import readiness as queries
from hedgerow.charter.questions import MINUTES, readiness_parts
from hedgerow.core.actions import Refused
from hedgerow.core.owners import Audience
from hedgerow.people.access import door, may
from hedgerow.people.views.attempts import DONE, REFUSED, WRONG, attempt


@door(rules.SEE_CHARTER)
def readinesses(request, cluster, by):
    """What is shared with the reader, their own first; who shares nothing is not named."""
    lines = queries.shared_with(request.reader, cluster)
    request.is_invented = cluster.is_example
    words = {
        "cluster": cluster,
        "own": [line for line in lines if line.is_own],
        "shared": [line for line in lines if not line.is_own],
        "to_begin": queries.can_begin(request.reader, cluster, lines),
        "minutes": MINUTES,
    }
    return render(request, "charter/readinesses.html", words)


@door(rules.BEGIN_READINESS)
def begin_readiness(request, member, by):
    """All the questions, to be read before anything is begun."""
    refusal = ""
    if request.method == "POST":
        try:
            begun = actions.begin_readiness(by=by, member=member)
        except Refused as refused:
            refusal = str(refused)
        else:
            return redirect("charter:answer_readiness", begun.pk)
    request.is_invented = member.cluster.is_example
    words = {
        "cluster": member.cluster,
        "member": member,
        "parts": readiness_parts(),
        "size": queries.n_questions_words(),
        "minutes": MINUTES,
        "refusal": refusal,
    }
    return render(request, "charter/begin_readiness.html", words, status=409 if refusal else 200)


@door(rules.SEE_READINESS)
def readiness(request, readiness, by):
    cluster = readiness.cluster
    request.is_invented = cluster.is_example
    words = {
        "cluster": cluster,
        "readiness": readiness,
        "parts": queries.answered_parts(readiness),
        "answered": queries.answered_words(readiness),
        "means": queries.MEANS[Audience(readiness.audience)],
        "may_answer": not cluster.ended_at
        and may(request.reader, rules.ANSWER_READINESS, pk=readiness.pk),
        "may_share": not cluster.ended_at
        and may(request.reader, rules.SHARE_READINESS, pk=readiness.pk),
    }
    return render(request, "charter/readiness.html", words)


@door(rules.ANSWER_READINESS)
def answer_readiness(request, readiness, by):
    if request.method != "POST":
        return _answer_page(request, readiness, ReadinessForm.of(readiness))
    is_finished = "finish" in request.POST
    form = ReadinessForm(request.POST)
    status = attempt(
        form,
        lambda **said: actions.answer_readiness(
            by=by, readiness=readiness, is_finished=is_finished, **said
        ),
    )
    if status != DONE:
        return _answer_page(request, readiness, form, status)
    messages.success(
        request, "Kept, and finished." if is_finished else "Kept. You can go on whenever you like."
    )
    return redirect("charter:readiness", readiness.pk)


@door(rules.SHARE_READINESS, fresh=True)
def share_readiness(request, readiness, by):
    if request.method != "POST":
        return _share_page(request, readiness, ShareForm(initial={"audience": readiness.audience}))
    form = ShareForm(request.POST)
    status = attempt(
        form, lambda **said: actions.share_readiness(by=by, readiness=readiness, **said)
    )
    if status != DONE:
        return _share_page(request, readiness, form, status)
    step = Audience(form.cleaned_data["audience"])
    messages.success(request, f"From now on: {step.label.lower()}.")
    return redirect("charter:readiness", readiness.pk)


def _answer_page(request, readiness, form, status=200):
    readiness.refresh_from_db()
    words = {
        **_form_words(request, readiness, form, status),
        "parts": form.parts(),
        "minutes": MINUTES,
        "means": queries.MEANS[Audience(readiness.audience)],
        "now": queries.answered_parts(readiness) if status == REFUSED else (),
    }
    return render(request, "charter/answer_readiness.html", words, status=status)


def _share_page(request, readiness, form, status=200):
    readiness.refresh_from_db()
    words = {
        **_form_words(request, readiness, form, status),
        "steps": [
            (step, queries.MEANS[step], choice)
            for step, choice in zip(queries.MEANS, form["audience"], strict=True)
        ],
    }
    return render(request, "charter/share_readiness.html", words, status=status)


def _form_words(request, readiness, form, status):
    """After a clash the newest version stands in the form: sending it again decides."""
    request.is_invented = readiness.cluster.is_example
    return {
        "cluster": readiness.cluster,
        "readiness": readiness,
        "form": form,
        "version": form.data.get("version", "") if status == WRONG else readiness.version,
    }
