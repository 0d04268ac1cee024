"""The published record: what anyone can read elsewhere, gathered with its sources."""

from django.http import Http404
from django.shortcuts import render

from hedgerow.front import queries
from hedgerow.people.access import lobby

WHY = "Everything in it was published by others before."


@lobby(WHY)
def record(request):
    programme = queries.published_programme()
    page = queries.record_page(request.reader, programme) if programme else None
    request.has_no_record = page is None
    return render(request, "front/record.html", {"page": page})


@lobby(WHY)
def record_cluster(request, slug):
    programme = queries.published_programme()
    page = queries.recorded_cluster(request.reader, programme, slug) if programme else None
    if page is None:
        raise Http404
    return render(request, "front/record_cluster.html", {"page": page})
