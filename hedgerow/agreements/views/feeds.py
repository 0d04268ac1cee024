"""Calendars to subscribe to."""

import hashlib

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils.cache import get_conditional_response
from django.views.decorators.http import require_POST

from hedgerow.agreements import actions, rules
from hedgerow.agreements.calendars import calendar
from hedgerow.agreements.models import Feed
from hedgerow.agreements.queries.feeds import FEED, clusters_of, entries_for, feed_lines
from hedgerow.core.actions import Refused
from hedgerow.core.middleware import KEPT_BY_ONE_PERSON
from hedgerow.core.readings import reading
from hedgerow.people.access import door, hall, keyed
from hedgerow.people.readers import reader_of

GONE = "This calendar’s address was taken back, or its seat has ended. Sign in to make a new one."


@hall(rules.SEE_FEEDS)
def calendars(request, feeds):
    return _calendars_page(request, feeds)


@require_POST
@hall(rules.SEE_FEEDS, acts=True)
def make_feed(request, feeds, by):
    wanted = request.POST.get("cluster", "")
    mine = {str(cluster.pk): cluster for cluster in clusters_of(request.reader)}
    if wanted and wanted not in mine:
        refusal = "You hold no seat in that cluster. Choose one of yours."
        return _calendars_page(request, feeds, refusal=refusal, status=422)
    try:
        actions.make_feed(by=by, user=request.reader.person, cluster=mine.get(wanted))
    except Refused as refused:
        return _calendars_page(request, feeds, refusal=str(refused), status=409)
    messages.success(request, "The address is below. Keep it to yourself.")
    return redirect("agreements:calendars")


@require_POST
@door(rules.END_FEED)
def end_feed(request, feed, by):
    actions.end_feed(by=by, feed=feed)
    messages.success(request, "Taken back. That address shows nothing any more.")
    return redirect("agreements:calendars")


@keyed(FEED)
def feed(request, link, by):
    """What its owner may read now, without the seats that want a second factor."""
    found = Feed.objects.filter(pk=link.about, user=link.person, ended_at=None).first()
    if found is None:
        return _gone(request)
    reader = reader_of(request.reader.person)
    clusters = list(clusters_of(reader))
    if found.cluster_id is not None:
        clusters = [cluster for cluster in clusters if cluster.pk == found.cluster_id]
        if not clusters:
            return _gone(request)
    name = clusters[0].name if found.cluster_id else "Your clusters, in Hedgerow"
    with reading():
        text = calendar(name, entries_for(reader, clusters))
    etag = f'"{hashlib.sha256(text.encode()).hexdigest()[:32]}"'
    response = HttpResponse(
        text,
        content_type="text/calendar; charset=utf-8",
        headers={
            "ETag": etag,
            "Cache-Control": KEPT_BY_ONE_PERSON,
            "Content-Disposition": 'inline; filename="hedgerow.ics"',
        },
    )
    return get_conditional_response(request, etag=etag, response=response)


def _gone(request):
    return render(request, "people/dead_link.html", {"sentence": GONE}, status=410)


def _calendars_page(request, feeds, *, refusal="", status=200):
    context = {"lines": feed_lines(request.reader, feeds), "refusal": refusal}
    return render(request, "agreements/calendars.html", context, status=status)
