"""Whom an organisation lets see a section, and where its own people differ."""

from django.contrib import messages
from django.shortcuts import redirect, render

from hedgerow.core.owners import Audience
from hedgerow.diagnostics import rules
from hedgerow.diagnostics.actions import sharing
from hedgerow.diagnostics.forms.sharing import ShareForm
from hedgerow.diagnostics.queries import sheets as queries
from hedgerow.diagnostics.queries.differences import differences_of
from hedgerow.diagnostics.questions.packs import instrument_of
from hedgerow.people.access import door
from hedgerow.people.views.attempts import DONE, WRONG, attempt

from .sheets import asked_of


@door(rules.BEGIN_SHEET)
def differences(request, member, by, asking):
    asking = asked_of(request, member, asking)
    instrument = instrument_of(asking.text)
    request.is_invented = member.cluster.is_example
    words = {
        "cluster": member.cluster,
        "member": member,
        "asking": asking,
        "instrument": instrument,
        "found": differences_of(request.reader, member, asking, instrument),
    }
    return render(request, "diagnostics/differences.html", words)


@door(rules.SHARE, fresh=True)
def share_section(request, shared, by):
    if request.method != "POST":
        return _share_page(request, shared, ShareForm(initial={"audience": shared.audience}))
    form = ShareForm(request.POST)
    status = attempt(form, lambda **said: sharing.share_section(by=by, shared=shared, **said))
    if status != DONE:
        return _share_page(request, shared, form, status)
    step = Audience(form.cleaned_data["audience"])
    messages.success(request, f"From now on: {step.label.lower()}.")
    return redirect(shared.asking)


def _share_page(request, shared, form, status=200):
    """After a clash the newest version stands in the form: sending it again decides."""
    shared.refresh_from_db()
    asking = shared.asking
    instrument = instrument_of(asking.text)
    request.is_invented = asking.round.cluster.is_example
    section = queries.section_named(instrument, shared.section)
    words = {
        "cluster": asking.round.cluster,
        "asking": asking,
        "instrument": instrument,
        "shared": shared,
        "section": section,
        "is_closed": asking.round.closed_at is not None,
        "form": form,
        "version": form.data.get("version", "") if status == WRONG else shared.version,
        "steps": [
            (step, queries.MEANS[step], choice)
            for step, choice in zip(queries.MEANS, form["audience"], strict=True)
        ],
        "not_counted": queries.NOT_COUNTED,
    }
    return render(request, "diagnostics/share_section.html", words, status=status)
