"""Shortlists that were written down, and how they differ from what the votes came to."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from hedgerow.core import clock
from hedgerow.focus.models import Candidate, Shortlist, Shortlisted
from hedgerow.people.models import Cluster
from hedgerow.people.readers import seat_words, with_seats

from .shortlisting import stands_of


@dataclass(frozen=True, kw_only=True)
class ShortlistedLine:
    idea: int
    title: str
    url: str
    is_quick_win: bool
    stood_to_the_end: bool  # among those that stood when the shortlisting ended; True without one


@dataclass(frozen=True, kw_only=True)
class ShortlistPage:
    key: int
    number: int
    version: int
    url: str
    ideas: tuple[ShortlistedLine, ...]
    words: str
    findings: str
    findings_by: date | None
    written_by: str
    written_on: date
    shortlisting_url: str  # "" where it was written without one
    left_out: tuple[str, ...]  # titles that stood at the end and are not on it
    is_newest: bool  # an older one does not stand any more
    has_quick_win: bool


def shortlist_page(shortlist: Shortlist) -> ShortlistPage:
    """Eleven queries at most."""
    newest = shortlist.cluster.shortlists.order_by("-number").values_list("pk", flat=True).first()
    return _pages([shortlist], newest)[0]


def shortlists_of(cluster: Cluster) -> list[ShortlistPage]:
    """The newest first. Ten queries at most, however many there are."""
    found = list(cluster.shortlists.order_by("-number"))
    return _pages(found, found[0].pk) if found else []


def _pages(shortlists: Sequence[Shortlist], newest: int | None) -> list[ShortlistPage]:
    rows = list(
        Shortlist.objects.filter(pk__in=[one.pk for one in shortlists])
        .select_related("shortlisting")
        .order_by("-number")
    )
    with_seats(rows, "by")
    ended = [one.shortlisting for one in rows if one.shortlisting]
    states = stands_of(ended)
    candidates = list(Candidate.objects.filter(shortlisting__in=[one.pk for one in ended]))
    items = list(
        Shortlisted.objects.filter(shortlist__in=rows).select_related("idea").order_by("position")
    )
    pages = []
    for one in rows:
        standing = states[one.shortlisting_id].standing if one.shortlisting_id else None
        stood = [row for row in candidates if standing and str(row.pk) in standing]
        mine = [item.idea for item in items if item.shortlist_id == one.pk]
        at_the_end = {row.idea_id for row in stood}
        pages.append(
            ShortlistPage(
                key=one.pk,
                number=one.number,
                version=one.version,
                url=one.get_absolute_url(),
                ideas=tuple(
                    ShortlistedLine(
                        idea=idea.pk,
                        title=idea.title,
                        url=idea.get_absolute_url(),
                        is_quick_win=idea.is_quick_win,
                        stood_to_the_end=standing is None or idea.pk in at_the_end,
                    )
                    for idea in mine
                ),
                words=one.words,
                findings=one.findings,
                findings_by=one.findings_by,
                written_by=seat_words(one.by),
                written_on=clock.day_of(one.at),
                shortlisting_url=one.shortlisting.get_absolute_url() if one.shortlisting else "",
                left_out=tuple(
                    row.title for row in stood if row.idea_id not in {idea.pk for idea in mine}
                ),
                is_newest=one.pk == newest,
                has_quick_win=any(idea.is_quick_win for idea in mine),
            )
        )
    return pages
