"""Awards as open data, for anybody: a table to read, and the same to take away."""

import hashlib

from django.core.paginator import Paginator
from django.http import Http404, HttpResponse
from django.shortcuts import render
from django.utils.cache import get_conditional_response

from hedgerow.grants.queries.open_data import open_awards, text_of
from hedgerow.grants.queries.open_pages import award_lines, open_programmes, publishing
from hedgerow.people.access import lobby

WHY = "The programme chose to publish its awards as open data."
A_PAGE = 50  # awards of a programme
_TYPES = {".json": "application/json; charset=utf-8", ".csv": "text/csv; charset=utf-8"}


@lobby(WHY)
def open_data(request):
    """The newest awards of each programme."""
    tables = _tables(open_programmes(publishing()))
    return render(request, "grants/open_data.html", {"programmes": tables})


@lobby(WHY)
def open_programme(request, slug):
    """All awards of one, a page at a time."""
    publisher = _publisher(slug)
    if publisher is None:
        raise Http404
    tables = _tables(open_programmes([publisher]), request.GET.get("page"))
    one, awards, lines = tables[0]
    request.is_invented = one.is_example
    context = {"one": one, "awards": awards, "lines": lines}
    return render(request, "grants/open_programme.html", context)


@lobby(WHY)
def open_json(request, slug):
    return _download(request, slug, ".json")


@lobby(WHY)
def open_csv(request, slug):
    return _download(request, slug, ".csv")


def _download(request, slug, kind):
    """A programme without an award to publish answers as one that is not there."""
    publisher = _publisher(slug)
    found = open_awards([publisher.programme], with_example=True) if publisher else None
    if found is None or not found.grants:
        raise Http404
    data = text_of(found, kind).encode()
    etag = f'"{hashlib.sha256(data).hexdigest()[:32]}"'
    headers = {
        "ETag": etag,
        "Access-Control-Allow-Origin": "*",
        "Content-Disposition": f'attachment; filename="{slug}-360giving{kind}"',
    }
    response = HttpResponse(data, content_type=_TYPES[kind], headers=headers)
    return get_conditional_response(request, etag=etag, response=response)


def _tables(programmes, number=1):
    """Each programme with a page of its awards, and the lines of that."""
    pages = [Paginator(one.awards, A_PAGE).get_page(number) for one in programmes]
    lines = award_lines(award for page in pages for award in page)
    return [
        (one, page, [lines[award.key] for award in page])
        for one, page in zip(programmes, pages, strict=True)
    ]


def _publisher(slug):
    """None for a programme that publishes nothing, as for one that is not there."""
    return next((one for one in publishing() if one.programme.slug == slug), None)
