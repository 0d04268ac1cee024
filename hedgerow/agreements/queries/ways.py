"""The ways a cluster can decide, each in a few sentences."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from django.db.models import QuerySet

from hedgerow.agreements.models import DecisionTemplate
from hedgerow.agreements.ways import ways_of, write_way
from hedgerow.analysis.voices import Way
from hedgerow.core import clock
from hedgerow.look.words import count, day
from hedgerow.people.models import Cluster
from hedgerow.people.readers import seat_words

from .decisions_gathered import SEAT


@dataclass(frozen=True, kw_only=True)
class KeptWay:
    """One version of a way of the cluster's own."""

    number: int
    by: str
    on: date


@dataclass(frozen=True, kw_only=True)
class WayLine:
    slug: str
    way: Way
    choice: str  # as one chooses it: name and what it means
    details: tuple[str, ...]  # sentences
    is_own: bool
    versions: tuple[KeptWay, ...]  # of one's own, newest first

    @property
    def ident(self) -> str:
        """Of its place on the page."""
        return f"way-{self.slug}"

    @property
    def aside(self) -> str:
        return f"Version {self.way.number}, {'your own' if self.is_own else 'comes with Hedgerow'}"


def way_lines(cluster: Cluster) -> list[WayLine]:
    """Those that come with Hedgerow and those of its own, in the order they are offered.
    Two queries."""
    kept: dict[str, list[KeptWay]] = {}
    seats = (f"by__{part}" for part in SEAT)
    own = cluster.decision_templates.select_related(*seats).order_by("-number")
    for template in own:
        kept.setdefault(template.slug, []).append(
            KeptWay(
                number=template.number,
                by=seat_words(template.by),
                on=clock.day_of(template.at),
            )
        )
    return [_line(way, kept.get(way.slug, ())) for way in ways_of(cluster)]


def _line(way: Way, versions: Sequence[KeptWay]) -> WayLine:
    return WayLine(
        slug=way.slug,
        way=way,
        choice=f"{way.name}. {way.sentence} Usually open for {count(way.open_days, 'day')}.",
        details=tuple(_details(way)),
        is_own=bool(versions),
        versions=tuple(versions),
    )


_CARRIES = {
    "consent": "It is carried if more agree than disagree. Whoever disagrees is heard and kept.",
    "majority": "It is carried if more than half of those who take a side are for it.",
    "two_thirds": "It is carried if at least two in three of those who take a side are for it.",
    "everyone": "It is carried if every member agrees.",
}


def _details(way: Way) -> list[str]:
    block = (
        "One block stops it." if way.block_stops else "A block counts as disagreeing, and no more."
    )
    return [
        _CARRIES[way.carries],
        _quorum(way.quorum_percent),
        block,
        f"It is usually open for {count(way.open_days, 'day')}.",
        reopening(way),
    ]


def _quorum(percent: int) -> str:
    if percent == 0:
        return "It counts however few vote, as long as one does."
    if percent == 100:
        return "Every member has to vote, if only to abstain."
    return f"At least {percent}% of the members have to vote."


def reopening(way: Way, from_on: date | None = None) -> str:
    """Who may have it decided again, and when; for what is closed, from which day."""
    if way.reopens == "never":
        return "It is not decided again; what has changed is put as a new proposal."
    who = "Any member" if way.reopens == "any_member" else "A member that did not agree"
    days = way.reopens_after_days
    if from_on:
        after = f" from {day(from_on)}"
    else:
        after = f" once {count(days, 'day')} have passed" if days else ""
    return f"{who} can have it decided again{after}."


def text_of_way(
    cluster: Cluster, own: QuerySet[DecisionTemplate], slug: str, number: int | None = None
) -> str | None:
    """The file of a way, as it was kept; None if there is none. `own`: what the reader may see."""
    kept = own.filter(cluster=cluster, slug=slug).order_by("-number")
    if number is not None:
        kept = kept.filter(number=number)
    template = kept.first()
    if template:
        return template.text
    ways = {way.slug: way for way in ways_of(cluster)} if number is None else {}
    return write_way(ways[slug]) if slug in ways else None
