"""Answering one section: kept as far as it can be read, by a button or quietly by a script."""

from django.contrib import messages
from django.http import Http404
from django.shortcuts import redirect, render

from hedgerow.core import clock
from hedgerow.core.actions import Refused, Stale
from hedgerow.diagnostics import rules
from hedgerow.diagnostics.actions import files, sheets
from hedgerow.diagnostics.file_kinds import ENDINGS, MOST_BYTES
from hedgerow.diagnostics.forms.opened import opened_now, seconds_since
from hedgerow.diagnostics.forms.sections import SectionForm
from hedgerow.diagnostics.queries import sheets as queries
from hedgerow.diagnostics.queries.read_back import read_item
from hedgerow.diagnostics.questions.packs import instrument_of
from hedgerow.people.access import door, may

from .sheets import version_in


@door(rules.ANSWER)
def answer_section(request, sheet, by, section):
    """Keep what can be read, say what cannot, and go on. A script asks for the same, quietly."""
    asked = queries.section_named(instrument_of(sheet.asking.text), section)
    if asked is None:
        raise Http404
    answers = sheet.sections.get(shared__section=section).answers
    if request.method != "POST":
        form = SectionForm(asked, answers=answers, filled=sheet.filled)
        return _section_page(request, sheet, form)
    form = SectionForm(asked, answers=answers, filled=sheet.filled, sent=dict(request.POST.lists()))
    try:
        sheet = _keep(request, sheet, by, form)
    except Refused as refused:
        if request.htmx:
            return _kept(request, sheet, form, refusal=refused)
        sheet.refresh_from_db()
        form.answers = sheet.sections.get(shared__section=section).answers
        return _section_page(request, sheet, form, refusal=refused)
    if request.htmx:
        return _kept(request, sheet, form)
    if form.found.faults:
        return _section_page(request, sheet, form)
    return _on(request, sheet, asked)


def _section_page(request, sheet, form, refusal=None):
    """After a clash the newest version stands in the form: sending it again decides."""
    instrument = instrument_of(sheet.asking.text)
    cluster = sheet.asking.round.cluster
    request.is_invented = cluster.is_example
    section = form.section
    row = sheet.sections.select_related("shared").get(shared__section=section.slug)
    words = {
        "cluster": cluster,
        "sheet": sheet,
        "instrument": instrument,
        "section": section,
        "progress": queries.progress_words(instrument, section),
        "is_last": section == instrument.sections[-1],
        "form": form,
        "shared": queries.shared_line(row.shared, section),
        "may_share": may(request.reader, rules.SHARE, pk=row.shared_id),
        "opened": opened_now(),
        "endings": ",".join(f".{ending}" for ending in ENDINGS),
        "most_mb": MOST_BYTES // 1024**2,
        "refusal": str(refusal or ""),
        "now": [read_item(item, row.answers, {}, {}) for item in section.items]
        if isinstance(refusal, Stale)
        else (),
    }
    status = 409 if refusal else 422 if form.found.faults else 200
    return render(request, "diagnostics/answer_section.html", words, status=status)


def _kept(request, sheet, form, refusal=None):
    """What a script puts at the foot of the page; nothing that was typed moves."""
    words = {
        "sheet": sheet,
        "at": clock.now(),
        "n_faults": len(form.found.faults),
        "refusal": str(refusal or ""),
        "opened": opened_now(),
    }
    return render(request, "diagnostics/_kept.html", words)


def _keep(request, sheet, by, form):
    sheet = sheets.keep_section(
        by=by,
        sheet=sheet,
        section=form.section.slug,
        answers=form.found.answers,
        seconds=seconds_since(request.POST.get("opened", "")),
        version=version_in(request),
    )
    if item := request.POST.get("remove_file"):
        return files.remove_file(by=by, sheet=sheet, item=item, version=sheet.version)
    for item in form.section.items:
        given = request.FILES.get(f"q_{item.slug}")
        if given:
            sheet = files.keep_file(
                by=by,
                sheet=sheet,
                item=item.slug,
                name=given.name,
                content=given.read(MOST_BYTES + 1),
                version=sheet.version,
            )
    if "finish" in request.POST and not form.found.faults:
        sheet = sheets.finish_sheet(by=by, sheet=sheet, version=sheet.version)
    return sheet


def _on(request, sheet, section):
    """To the next section, or where all of it can be read."""
    sections = instrument_of(sheet.asking.text).sections
    if {"give_file", "remove_file"} & request.POST.keys():
        messages.success(request, "Kept.")
        return redirect("diagnostics:answer_section", sheet.pk, section.slug)
    if "stop" in request.POST or section == sections[-1]:
        done = "Finished. You can change your answers until the round closes."
        kept = "Kept. You can go on whenever you like, here or on another machine."
        messages.success(request, done if "finish" in request.POST else kept)
        return redirect(sheet)
    following = sections[sections.index(section) + 1]
    return redirect("diagnostics:answer_section", sheet.pk, following.slug)
