"""Budgets shared out: what there is to choose from, who has marked what it wants, and what for."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date
from typing import cast

from django.db.models import Q

from hedgerow.agreements.models import Channel
from hedgerow.agreements.queries.decisions_gathered import voiced_in
from hedgerow.agreements.queries.words import WAYS_TO_US, waits
from hedgerow.analysis.ballots import Ties, Utility
from hedgerow.analysis.equal_shares import Completion
from hedgerow.core import clock
from hedgerow.core.readings import beside
from hedgerow.focus import rules
from hedgerow.focus.models import Costed, Idea, Marks, ShareBallot, ShareOut
from hedgerow.focus.shares.described import Holder, Sharing, Thing
from hedgerow.look.words import count, day, first_up, out_of
from hedgerow.people.access import visible
from hedgerow.people.models import Cluster, Organisation
from hedgerow.people.readers import Reader, seat_words, with_seats

_UTILITIES: Mapping[str, Utility] = {"ticks": "count", "points": "score", "cost": "cost"}


@dataclass(frozen=True, kw_only=True)
class Line:
    """One sharing out in a list of them."""

    url: str
    name: str
    budget: int
    n_things: int
    is_open: bool
    when: str  # a sentence
    given_up_because: str


@dataclass(frozen=True, kw_only=True)
class MarkLine:
    """What one member wants."""

    key: int
    organisation_key: int
    organisation: str
    wants: tuple[str, ...]  # "A shared minibus"; with points, "A shared minibus, 5 points"
    on: date
    how: str
    waits: bool  # written down for it, and neither confirmed nor undone


@dataclass(frozen=True, kw_only=True)
class MemberLine:
    """Whether a member has marked anything, and never what."""

    organisation_key: int
    organisation: str
    has_marked: bool
    is_written: bool  # written down for it and not confirmed, so it can be written anew


@dataclass(frozen=True, kw_only=True)
class SharePage:
    things: tuple[Costed, ...]
    members: tuple[MemberLine, ...]  # who has a share, by name
    seen: tuple[MarkLine, ...]  # what the reader may see: their own, and all where it is open

    @property
    def marked(self) -> tuple[MemberLine, ...]:
        return tuple(one for one in self.members if one.has_marked)

    @property
    def waiting(self) -> tuple[MemberLine, ...]:
        return tuple(one for one in self.members if not one.has_marked)

    @property
    def recordable(self) -> tuple[MemberLine, ...]:
        return tuple(one for one in self.members if not one.has_marked or one.is_written)

    @property
    def total(self) -> int:
        return sum(thing.cost for thing in self.things)

    @property
    def sums(self) -> str:
        """ "Four of six members have said what they want." """
        have = "has" if len(self.marked) == 1 else "have"
        said = out_of(len(self.marked), len(self.members))
        return f"{first_up(said)} members {have} said what they want."


def share_out_lines(cluster: Cluster) -> list[Line]:
    """The newest first. Two queries."""
    rows = ShareOut.objects.filter(cluster=cluster).order_by("-number").prefetch_related("options")
    return [
        Line(
            url=row.get_absolute_url(),
            name=str(row),
            budget=row.budget,
            n_things=len(row.options.all()),
            is_open=row.is_open,
            when=_when(row),
            given_up_because=row.given_up_because,
        )
        for row in rows
    ]


def ideas_to_cost(cluster: Cluster) -> tuple[list[Idea], list[Idea]]:
    """Of the live ideas those that cost something, and those that nobody has costed. What costs
    nothing needs no budget. One query."""
    ideas = list(Idea.objects.filter(cluster=cluster, ended_at=None).order_by("number"))
    return [idea for idea in ideas if idea.cost], [idea for idea in ideas if idea.cost is None]


def share_page(reader: Reader, share_out: ShareOut) -> SharePage:
    """While it is open. Six queries at most."""
    things = tuple(share_out.options.order_by("position"))
    standing = {
        ballot.organisation_id: ballot
        for ballot in share_out.ballots.filter(ended_at=None).defer("points")
    }
    return SharePage(
        things=things,
        members=tuple(
            MemberLine(
                organisation_key=key,
                organisation=name,
                has_marked=key in standing,
                is_written=key in standing and waits(standing[key]),
            )
            for key, name in holders_of(share_out).items()
        ),
        seen=tuple(_seen(reader, share_out, things)),
    )


def own_ballot(share_out: ShareOut, organisation: int | None) -> ShareBallot | None:
    """What an organisation says now. One query."""
    return share_out.ballots.filter(organisation=organisation, ended_at=None).first()


def holders_of(share_out: ShareOut) -> dict[int, str]:
    """Keys and names of those who have a share, by name: now, or as it closed. One query."""
    if share_out.is_open or share_out.given_up_because:
        return voiced_in([share_out.cluster])[share_out.cluster_id]
    rows = Organisation.objects.filter(pk__in=share_out.members).order_by("name", "pk")
    return dict(rows.values_list("pk", "name"))


def sharing_of(share_out: ShareOut) -> Sharing:
    """All that its outcome is worked out from. Three queries. Wants one that is closed."""
    points = dict(
        share_out.ballots.filter(
            ended_at=None, is_shown=True, organisation__in=share_out.members
        ).values_list("organisation", "points")
    )
    return Sharing(
        budget=share_out.budget,
        things=tuple(
            Thing(key=str(one.pk), title=one.title, cost=one.cost)
            for one in share_out.options.order_by("position")
        ),
        holders=tuple(
            Holder(
                key=str(key),
                name=name,
                points=tuple(sorted(points.get(key, {}).items())),
                has_marked=key in points,
            )
            for key, name in holders_of(share_out).items()
        ),
        utility=_UTILITIES[share_out.marks],
        completion=cast("Completion", share_out.completion),
        ties=cast("Ties", share_out.ties),
    )


def _seen(reader: Reader, share_out: ShareOut, things: Iterable[Costed]) -> Iterable[MarkLine]:
    """By name."""
    seen = Q(pk__in=visible(reader, rules.SEE_MARKS).values("pk"))
    own = Q(pk__in=visible(reader, rules.SEE_OWN_MARKS).values("pk"))
    rows = share_out.ballots.filter(seen | own, ended_at=None).order_by("organisation__name", "pk")
    ballots = with_seats(beside(rows, "organisation__name"), "by", "recorded_by")
    for ballot in ballots:
        yield MarkLine(
            key=ballot.pk,
            organisation_key=ballot.organisation_id,
            organisation=ballot.organisation.name,
            wants=wants_of(share_out, ballot, things),
            on=clock.day_of(ballot.at),
            how=_how(ballot),
            waits=waits(ballot),
        )


def wants_of(share_out: ShareOut, ballot: ShareBallot, things: Iterable[Costed]) -> tuple[str, ...]:
    """In the order of the list."""
    given = {int(key): n for key, n in ballot.points.items()}
    has_points = share_out.marks == Marks.POINTS
    return tuple(
        f"{thing.title}, {count(given[thing.pk], 'point')}" if has_points else thing.title
        for thing in things
        if thing.pk in given
    )


def _how(ballot: ShareBallot) -> str:
    if ballot.recorded_by is None:
        return f"By {seat_words(ballot.by)}, on the page."
    told = (
        f"Written down by {seat_words(ballot.recorded_by)}, as said "
        f"{WAYS_TO_US[Channel(ballot.channel)]}"
    )
    return f"{told}; not confirmed yet." if waits(ballot) else f"{told}; confirmed."


def _when(row: ShareOut) -> str:
    if row.is_open:
        return f"Open until {day(row.due_on)}."
    return f"{'Given up' if row.given_up_because else 'Closed'} on {day(row.closed_at)}."
