"""What can be asked, open to read before anybody answers."""

from io import BytesIO

from django.http import FileResponse, Http404, HttpResponse
from django.shortcuts import render

from hedgerow.core import clock
from hedgerow.diagnostics import rules
from hedgerow.diagnostics.queries import instruments as queries
from hedgerow.diagnostics.questions import packs
from hedgerow.diagnostics.questions.instruments import Instrument
from hedgerow.diagnostics.workbooks import Form, build
from hedgerow.people.access import lobby, visible
from hedgerow.people.models import Role

WHY = "What is asked is no secret: whoever answers may read all of it first."
XLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"


@lobby(WHY)
def instruments(request):
    may_mend = request.reader.has(Role.OPERATOR, Role.MANAGER, Role.FACILITATOR)
    page = {
        "offered": queries.offered(),
        "faults": queries.not_usable() if may_mend else (),
        "programmes": visible(request.reader, rules.SEE_FIGURES)
        if request.reader.has(*rules.SEE_FIGURES.seats)
        else (),
    }
    return render(request, "diagnostics/instruments.html", page)


@lobby(WHY)
def instrument(request, slug):
    page = {"page": queries.instrument_read(_offered(slug))}
    return render(request, "diagnostics/instrument.html", page)


@lobby(WHY)
def blank_workbook(request, slug):
    asked = _offered(slug)
    book = BytesIO()
    build(book, [Form(instrument=asked, organisation="")], made_on=clock.today())
    book.seek(0)
    return FileResponse(book, as_attachment=True, filename=f"{asked.slug}.xlsx", content_type=XLSX)


@lobby(WHY)
def instrument_file(request, slug):
    """The file that it is read from, to make another of."""
    asked = _offered(slug)
    return HttpResponse(
        asked.text,
        content_type="application/yaml; charset=utf-8",
        headers={"Content-Disposition": f'attachment; filename="{asked.slug}.yaml"'},
    )


@lobby("It puts the names of published frameworks side by side.")
def crosswalk(request):
    return render(request, "diagnostics/crosswalk.html", {"page": queries.crosswalk_page()})


def _offered(slug: str) -> Instrument:
    found = packs.catalogue().get(slug)
    if found is None:
        raise Http404
    return found
