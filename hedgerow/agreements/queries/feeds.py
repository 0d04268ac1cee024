"""Calendars to subscribe to: their addresses, and what stands in them."""

import hashlib
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import UTC, date, datetime, timedelta

from django.conf import settings
from django.urls import reverse

from hedgerow.agreements import rules
from hedgerow.agreements.calendars import Entry, entry_of, uid_of
from hedgerow.agreements.models import Feed
from hedgerow.core import clock, links
from hedgerow.core.rooms import rooms
from hedgerow.people.access import ROUND_THE_TABLE, visible
from hedgerow.people.models import Cluster
from hedgerow.people.readers import Reader, seat_words

from .agenda import last_day

FEED = "agreements.feed"  # purpose of a signed link; kept in calendars that are out
LASTS = timedelta(days=3653)  # about ten years; taken back, or with the seat, it ends before
_BACK = timedelta(days=366)  # meetings before that are in the pages, and in no calendar
_SEATS = tuple(
    f"{seat}__{name}"
    for seat in ("first", "second")
    for name in ("user", "organisation", "cluster", "programme")
)


@dataclass(frozen=True, kw_only=True)
class FeedLine:
    cluster: int | None  # None: of all of them
    name: str
    key: int | None  # of the feed; None while it has no address
    made_on: date | None = None
    url: str = ""

    @property
    def ident(self) -> str:
        return f"cluster-{self.cluster}" if self.cluster else "all"


def feed_lines(reader: Reader, feeds: Iterable[Feed]) -> list[FeedLine]:
    """One for each cluster they sit in, and, with more than one, one for all. Two queries."""
    live = {feed.cluster_id: feed for feed in feeds if feed.ended_at is None}
    clusters = list(clusters_of(reader))
    lines = [_line(live.get(cluster.pk), cluster.name, cluster.pk) for cluster in clusters]
    if len(clusters) > 1 or None in live:
        lines.insert(0, _line(live.get(None), "All your clusters", None))
    return lines


def clusters_of(reader: Reader) -> Iterable[Cluster]:
    """Those round whose table they sit, without what a second factor would open."""
    keys = {seat.cluster for seat in reader.seats if seat.roles & ROUND_THE_TABLE}
    return Cluster.objects.filter(pk__in=keys).order_by("name")


def address_of(feed: Feed) -> str:
    """The same each time it is shown."""
    token = links.make(
        FEED,
        person=feed.user_id,
        seat=None,
        about=feed.pk,
        version=0,
        expires_at=feed.made_at + LASTS,
    )
    return f"{settings.PUBLIC_URL}{reverse('agreements:feed', args=[token])}"


def entries_for(reader: Reader, clusters: Iterable[Cluster]) -> Iterator[Entry]:
    """All that a calendar shows of these clusters to this reader. Three queries, and those of the
    dates of each cluster."""
    clusters = list(clusters)
    since = clock.now() - _BACK
    meetings = visible(reader, rules.SEE_MEETING).filter(cluster__in=clusters, starts_at__gte=since)
    for meeting in meetings.select_related("cluster"):
        yield entry_of(meeting)
    yield from _closings(reader, clusters)
    yield from _promises(reader, clusters)
    for cluster in clusters:
        yield from _dates(reader, cluster)


def _line(feed: Feed | None, name: str, cluster: int | None) -> FeedLine:
    if feed is None:
        return FeedLine(cluster=cluster, name=name, key=None)
    return FeedLine(
        cluster=cluster,
        name=name,
        key=feed.pk,
        made_on=clock.day_of(feed.made_at),
        url=address_of(feed),
    )


def _closings(reader: Reader, clusters: list[Cluster]) -> Iterator[Entry]:
    waiting = visible(reader, rules.SEE_DECISION).filter(cluster__in=clusters, closed_at=None)
    for decision in waiting.select_related("cluster").order_by("pk"):
        yield Entry(
            uid=uid_of("decision", decision.pk, decision.opened_at),
            title=f"Last day to vote: {decision.title}, {decision.cluster}",
            starts=last_day(decision),
            changed_at=decision.opened_at,
            url=decision.get_absolute_url(),
        )


def _promises(reader: Reader, clusters: list[Cluster]) -> Iterator[Entry]:
    waiting = visible(reader, rules.SEE_PROMISE).filter(
        cluster__in=clusters, kept_at=None, let_go_at=None
    )
    mine = {seat.key for seat in reader.seats}
    for promise in waiting.select_related("cluster", *_SEATS).order_by("pk"):
        holders = [seat for seat in (promise.first, promise.second) if seat]
        is_mine = any(seat.pk in mine for seat in holders)
        yield Entry(
            uid=uid_of("promise", promise.pk, promise.made_at),
            title=f"{'You promised' if is_mine else 'Promised'}: {promise.words}, "
            f"{promise.cluster}",
            starts=promise.due_on,
            changed_at=promise.made_at,
            sequence=promise.version,
            words=f"By {' and '.join(seat_words(seat) for seat in holders)}",
            url=promise.get_absolute_url(),
        )


def _dates(reader: Reader, cluster: Cluster) -> Iterator[Entry]:
    """Of the other rooms and the journey. Ours are told above, with their hours."""
    found = (
        line
        for room in rooms()
        if room.name != "agreements"
        for dates in room.dates
        for line in dates(reader, cluster)
    )
    for line in found:
        told = f"{cluster.pk} {line.url} {line.sentence}"
        digest = hashlib.sha256(told.encode()).hexdigest()[:32]
        yield Entry(
            uid=f"date-{digest}@hedgerow",
            title=f"{line.sentence}, {cluster}",
            starts=line.on,
            changed_at=datetime.combine(line.on, datetime.min.time(), UTC),
            url=line.url,
        )
