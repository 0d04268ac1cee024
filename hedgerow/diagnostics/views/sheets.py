"""What is asked of an organisation, begun, read back and finished."""

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_POST

from hedgerow.core.actions import Refused
from hedgerow.diagnostics import rules
from hedgerow.diagnostics.actions import sheets
from hedgerow.diagnostics.models import Role
from hedgerow.diagnostics.queries import sheets as queries
from hedgerow.diagnostics.queries.instruments import instrument_read
from hedgerow.diagnostics.queries.minutes import minutes_in_words
from hedgerow.diagnostics.queries.read_back import read_back, unanswered_words
from hedgerow.diagnostics.questions.packs import instrument_of
from hedgerow.people.access import door, may, visible


@door(rules.SEE_ASKINGS)
def asking(request, asking, by):
    """One instrument for the reader's organisation: who has begun, and what there is to press."""
    return render(request, "diagnostics/asking.html", _asking_words(request, asking))


@door(rules.BEGIN_SHEET)
def begin_sheet(request, member, by, asking):
    """The whole form, to be read before anything is begun."""
    asking = asked_of(request, member, asking)
    refusal = ""
    if request.method == "POST":
        try:
            begun = sheets.begin_sheet(
                by=by, member=member, asking=asking, role=request.POST.get("role", "")
            )
        except Refused as refused:
            refusal = str(refused)
        else:
            first = instrument_of(asking.text).sections[0].slug
            return redirect("diagnostics:answer_section", begun.pk, first)
    words = {
        **_asking_words(request, asking),
        "member": member,
        "page": instrument_read(instrument_of(asking.text)),
        "roles": [role for role in Role if role in asking.roles],
        "refusal": refusal,
    }
    status = 409 if refusal else 200
    return render(request, "diagnostics/begin_sheet.html", words, status=status)


@door(rules.SEE_SHEETS)
def sheet(request, sheet, by):
    return _sheet_page(request, sheet)


@require_POST
@door(rules.ANSWER)
def finish_sheet(request, sheet, by):
    """Finished, or confirmed as somebody else wrote it down."""
    try:
        if "confirm" in request.POST:
            sheets.confirm_sheet(by=by, sheet=sheet)
            done = "Confirmed. These answers are yours now."
        else:
            sheets.finish_sheet(by=by, sheet=sheet, version=version_in(request))
            done = "Finished. You can change your answers until the round closes."
    except Refused as refused:
        sheet.refresh_from_db()
        return _sheet_page(request, sheet, refusal=str(refused))
    messages.success(request, done)
    return redirect(sheet)


@door(rules.SEE_FILES)
def answer_file(request, file, by):
    """As a download only: what is in it is nobody's but its giver's."""
    if not queries.may_take(request.reader, file):
        raise Http404
    name = file.name.encode("ascii", "replace").decode().replace('"', "'").replace("?", "_")
    return HttpResponse(
        bytes(file.content),
        content_type="application/octet-stream",
        headers={"Content-Disposition": f'attachment; filename="{name}"'},
    )


# --- shared with the files beside it


def asked_of(request, member, key):
    """The asking of this key in the member's own cluster. Raises Http404."""
    found = visible(request.reader, rules.SEE_ASKINGS).filter(
        pk=key, round__cluster=member.cluster_id
    )
    asking = found.select_related("round__cluster").first()
    if asking is None:
        raise Http404
    return asking


def may_write(request, sheet) -> bool:
    """Whether the reader may, and the round lets them."""
    round = sheet.asking.round
    if round.closed_at or round.cluster.ended_at:
        return False
    return may(request.reader, rules.ANSWER, pk=sheet.pk)


def version_in(request) -> int:
    typed = request.POST.get("version", "")
    return int(typed) if typed.isdecimal() and len(typed) < 10 else 0


def _asking_words(request, asking):
    instrument = instrument_of(asking.text)
    cluster = asking.round.cluster
    request.is_invented = cluster.is_example
    can_record = may(request.reader, rules.RECORD_ANSWERS, pk=asking.pk)
    is_on = not (asking.round.closed_at or cluster.ended_at)
    return {
        "cluster": cluster,
        "round": asking.round,
        "asking": asking,
        "instrument": instrument,
        "size": queries.size_words(instrument),
        "minutes": minutes_in_words(instrument),
        "own": queries.own_lines(request.reader, asking),
        "is_on": is_on,
        "may_record": can_record and is_on,
    }


def _sheet_page(request, sheet, refusal=""):
    instrument = instrument_of(sheet.asking.text)
    cluster = sheet.asking.round.cluster
    request.is_invented = cluster.is_example
    sections = read_back(request.reader, sheet, instrument)
    words = {
        "cluster": cluster,
        "sheet": sheet,
        "line": queries.sheet_line(sheet, instrument, request.reader),
        "instrument": instrument,
        "sections": sections,
        "unanswered": unanswered_words(instrument, sections),
        "is_filled": bool(sheet.filled),
        "may_write": may_write(request, sheet),
        "may_share": may(
            request.reader, rules.SHARE, asking=sheet.asking_id, organisation=sheet.organisation_id
        ),
        "refusal": refusal,
    }
    return render(request, "diagnostics/sheet.html", words, status=409 if refusal else 200)
