"""Addresses of calendars: made, made anew, taken back."""

from hedgerow.agreements.models import Feed
from hedgerow.core import clock
from hedgerow.core.actions import Refused, action, locked, nothing_to_do, record
from hedgerow.core.actors import Actor
from hedgerow.core.owners import Audience, Owner
from hedgerow.people.access import ROUND_THE_TABLE
from hedgerow.people.models import Cluster, Seat, User
from hedgerow.people.readers import live


@action
def make_feed(*, by: Actor, user: User, cluster: Cluster | None = None) -> Feed:
    """An address for a person's calendar, of one cluster or of all theirs. The one before it, if
    there was one, ends."""
    user = locked(user)  # two that are made at once would both find none before them
    here = Seat.objects.filter(live(clock.now()), user=user, role__in=ROUND_THE_TABLE)
    if cluster is not None:
        here = here.filter(cluster=cluster)
    if not here.exists():
        raise Refused("A calendar is for those who sit round a cluster’s table. You hold no seat.")
    now = clock.now()
    Feed.objects.filter(user=user, cluster=cluster, ended_at=None).update(ended_at=now)
    feed = Feed.objects.create(user=user, cluster=cluster, made_at=now)
    _record("agreements.feed_made", by, feed)
    return feed


@action
def end_feed(*, by: Actor, feed: Feed) -> Feed:
    """Take an address back: from now on it shows nothing, to whoever has it."""
    feed = locked(feed)
    if feed.ended_at:
        nothing_to_do()
        return feed
    feed.ended_at = clock.now()
    feed.save(update_fields=["ended_at"])
    _record("agreements.feed_ended", by, feed)
    return feed


def _record(did: str, by: Actor, feed: Feed) -> None:
    record(
        did,
        by=by,
        to=feed,
        owner=(Owner.PERSON, feed.user_id),
        audience=Audience.ONLY_US,
        cluster=feed.cluster_id,
    )
