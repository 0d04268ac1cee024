"""Writing the shortlist down, and how what pairs find is brought together."""

from collections.abc import Sequence
from datetime import date

from django.db.models import Max

from hedgerow.agreements.actions.speakers import said, seat_in, write_down
from hedgerow.analysis.red_spot import ENOUGH
from hedgerow.core import clock
from hedgerow.core.actions import Refused, action, locked, nothing_to_do
from hedgerow.core.actors import Actor
from hedgerow.focus.models import Idea, Shortlist, Shortlisted, Shortlisting
from hedgerow.people.actions.clusters import going_on
from hedgerow.people.kinds import refuse_published
from hedgerow.people.models import Cluster, Seat

from .standing import (
    day_for_votes,
    live_ideas,
    open_shortlisting,
    refuse_open_round,
    take_requests_back,
    words_of,
)


@action
def write_shortlist(
    *,
    by: Actor,
    cluster: Cluster,
    ideas: Sequence[Idea],
    words: str,
    shortlisting: Shortlisting | None = None,
    version: int | None = None,
) -> Shortlist:
    """Write down the one to three ideas that the talk came to, and why; it ends the shortlisting.

    What the votes came to is advice: other ideas of the long list may be written down. `version`:
    of the shortlisting that was read. Requests that something comes back end with it.
    """
    cluster = going_on(locked(cluster))
    refuse_published(by, cluster)
    seat = seat_in(by, cluster)
    if shortlisting is not None:
        shortlisting = _ended(shortlisting, cluster, seat, version)
    elif cluster.shortlistings.filter(ended_at=None).exists():
        raise Refused(
            "A shortlisting goes on. Write the shortlist down from there, or give it up first."
        )
    ideas = live_ideas(
        cluster,
        ideas,
        least=1,
        most=ENOUGH,
        say="Choose one idea, two or three: a shortlist holds three at most.",
    )
    last = cluster.shortlists.aggregate(last=Max("number"))["last"] or 0
    shortlist = Shortlist.objects.create(
        cluster=cluster,
        number=last + 1,
        shortlisting=shortlisting,
        words=words_of(words, "Say what the talk came to, and who saw it differently."),
        by=seat,
        at=clock.now(),
    )
    Shortlisted.objects.bulk_create(
        Shortlisted(shortlist=shortlist, idea=idea, position=position)
        for position, idea in enumerate(ideas, start=1)
    )
    write_down(
        "focus.shortlist_written",
        by=by,
        to=shortlist,
        cluster=cluster.pk,
        shortlisting=shortlisting.pk if shortlisting else None,
        ideas=[idea.pk for idea in ideas],
    )
    return shortlist


@action
def plan_findings(
    *, by: Actor, shortlist: Shortlist, findings: str, findings_by: date | None, version: int
) -> Shortlist:
    """Say how what the pairs find is brought together, and by when."""
    shortlist = locked(shortlist, version=version)
    going_on(shortlist.cluster)
    seat_in(by, shortlist.cluster)
    findings = said(findings)
    if (findings, findings_by) == (shortlist.findings, shortlist.findings_by):
        nothing_to_do()
        return shortlist
    if not findings:
        raise Refused("Say how you bring together what the pairs find.")
    if findings_by is not None and findings_by != shortlist.findings_by:
        day_for_votes(findings_by)
    shortlist.findings, shortlist.findings_by = findings, findings_by
    shortlist.version += 1
    shortlist.save()
    write_down(
        "focus.findings_planned",
        by=by,
        to=shortlist,
        cluster=shortlist.cluster_id,
        findings_by=findings_by,
    )
    return shortlist


def _ended(
    shortlisting: Shortlisting, cluster: Cluster, seat: Seat, version: int | None
) -> Shortlisting:
    shortlisting = open_shortlisting(shortlisting, version=version)
    if shortlisting.cluster_id != cluster.pk:
        raise Refused(f"This shortlisting is not one of {cluster}.")
    refuse_open_round(shortlisting, so="Close it before you write the shortlist down.")
    take_requests_back(shortlisting)
    shortlisting.ended_at, shortlisting.ended_by = clock.now(), seat
    shortlisting.version += 1
    shortlisting.save()
    return shortlisting
