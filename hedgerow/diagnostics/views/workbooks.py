"""Answers by spreadsheet: taken, filled in, brought back, looked at, and only then taken over."""

from io import BytesIO

from django.contrib import messages
from django.http import FileResponse, Http404
from django.shortcuts import redirect, render

from hedgerow.core import clock, uploads
from hedgerow.core.actions import Refused
from hedgerow.diagnostics import known, rules
from hedgerow.diagnostics.actions import recording, sheets
from hedgerow.diagnostics.forms.workbooks import WorkbookForm
from hedgerow.diagnostics.queries import workbooks as queries
from hedgerow.diagnostics.questions.packs import instrument_of
from hedgerow.diagnostics.workbooks import Form, build
from hedgerow.look.words import count, first_up
from hedgerow.people.access import door, visible
from hedgerow.people.rules import SEE_OWN_UPLOADS

from .instruments import XLSX
from .sheets import may_write, version_in

KIND = "diagnostics.answers"  # of an upload
_GONE = "That file is not kept any more. Bring it again."


@door(rules.ANSWER)
def workbook(request, sheet, by):
    """With what is answered so far."""
    instrument = instrument_of(sheet.asking.text)
    form = Form(
        instrument=instrument,
        organisation=sheet.organisation.name,
        answers=known.answers_of(sheet),
    )
    return _xlsx([form], f"{instrument.slug}-answers")


@door(rules.ANSWER)
def give_workbook(request, sheet, by):
    form = WorkbookForm()
    status = 200
    if request.method == "POST":
        form = WorkbookForm(request.POST, request.FILES)
        upload, status = _keep(form, by)
        if upload:
            return redirect("diagnostics:take_workbook", sheet.pk, upload.pk)
    words = {**_sheet_words(request, sheet), "form": form}
    return render(request, "diagnostics/give_workbook.html", words, status=status)


@door(rules.ANSWER)
def take_workbook(request, sheet, by, upload):
    """What it would change; taken over only as it is read at the moment of saying so."""
    upload = _own_upload(request, upload)
    preview = _read(upload, sheet.asking, lambda reading: queries.preview_of(reading, sheet))
    refusal = preview.refusal if preview else _GONE
    if request.method == "POST" and preview and preview.answers is not None and not preview.faults:
        try:
            sheets.give_answers(
                by=by,
                sheet=sheet,
                answers=preview.answers,
                finish="finish" in request.POST,
                version=version_in(request),
            )
        except Refused as refused:
            refusal = str(refused)
            sheet.refresh_from_db()
        else:
            uploads.finish(upload, ())
            messages.success(request, f"{first_up(preview.words)}. It is done.")
            return redirect(sheet)
    words = {
        **_sheet_words(request, sheet),
        "upload": upload,
        "preview": preview,
        "refusal": refusal,
    }
    return render(request, "diagnostics/take_workbook.html", words, status=409 if refusal else 200)


@door(rules.SEE_ASKINGS)
def cluster_workbook(request, asking, by):
    """Nobody's answers: a blank form for each member."""
    instrument = instrument_of(asking.text)
    forms = [
        Form(instrument=instrument, organisation=name) for name, _ in queries.named_members(asking)
    ]
    return _xlsx(forms, f"{instrument.slug}-{asking.round.cluster.slug}")


@door(rules.RECORD_ANSWERS)
def record_workbook(request, asking, by):
    form = WorkbookForm()
    status = 200
    if request.method == "POST":
        form = WorkbookForm(request.POST, request.FILES)
        upload, status = _keep(form, by)
        if upload:
            return redirect("diagnostics:take_cluster_workbook", asking.pk, upload.pk)
    words = {**_asking_words(request, asking), "form": form}
    return render(request, "diagnostics/record_workbook.html", words, status=status)


@door(rules.RECORD_ANSWERS)
def take_cluster_workbook(request, asking, by, upload):
    upload = _own_upload(request, upload)
    preview = _read(upload, asking, lambda reading: queries.cluster_preview_of(reading, asking))
    refusal = "" if preview else _GONE
    if request.method == "POST" and preview and not preview.faults:
        told = [(line.member, line.answers) for line in preview.to_record]
        try:
            recorded = recording.record_all(by=by, asking=asking, told=told)
        except Refused as refused:
            refusal = str(refused)
        else:
            uploads.finish(upload, ())
            n = count(len(recorded), "member")
            messages.success(request, f"Written down for {n}. Each can confirm it or change it.")
            return redirect(asking)
    words = {
        **_asking_words(request, asking),
        "upload": upload,
        "preview": preview,
        "refusal": refusal,
    }
    name = "diagnostics/take_cluster_workbook.html"
    return render(request, name, words, status=409 if refusal else 200)


def _keep(form, by):
    """(the upload, 200), or (None, 422) with the sentence in the form."""
    if not form.is_valid():
        return None, 422
    given = form.cleaned_data["file"]
    try:
        return uploads.keep(given, by=by, kind=KIND, name=given.name), 200
    except Refused as refused:
        form.add_error("file", str(refused))
        return None, 422


def _own_upload(request, key):
    """Another person's is not there."""
    own = visible(request.reader, SEE_OWN_UPLOADS).filter(pk=key, kind=KIND).first()
    if own is None:
        raise Http404
    return own


def _read(upload, asking, look):
    """What the file says now; None if it is not kept any more."""
    try:
        with uploads.opened(upload) as file:
            data = file.read()
    except FileNotFoundError:
        return None
    return look(queries.read_given(data, upload.name, asking))


def _sheet_words(request, sheet):
    request.is_invented = sheet.asking.round.cluster.is_example
    return {
        "cluster": sheet.asking.round.cluster,
        "asking": sheet.asking,
        "instrument": instrument_of(sheet.asking.text),
        "sheet": sheet,
        "may_write": may_write(request, sheet),
    }


def _asking_words(request, asking):
    request.is_invented = asking.round.cluster.is_example
    return {
        "cluster": asking.round.cluster,
        "asking": asking,
        "instrument": instrument_of(asking.text),
        "is_on": not (asking.round.closed_at or asking.round.cluster.ended_at),
    }


def _xlsx(forms, name):
    book = BytesIO()
    build(book, forms, made_on=clock.today())
    book.seek(0)
    return FileResponse(book, as_attachment=True, filename=f"{name}.xlsx", content_type=XLSX)
