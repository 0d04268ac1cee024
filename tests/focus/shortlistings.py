"""Shortlistings for tests: a cluster of three, its ideas, and what everybody in it can do."""

from collections.abc import Mapping
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import UTC, date, datetime, time

import pytest
from django.db import transaction

from hedgerow.analysis.red_spot import Shortlist
from hedgerow.core import clock
from hedgerow.core.actions import Refused
from hedgerow.core.actors import Actor
from hedgerow.focus.actions import reopenings, shortlisting, voting
from hedgerow.focus.models import (
    Ballot,
    Candidate,
    Idea,
    RedSpot,
    Reopening,
    Round,
    Shortlisting,
)
from hedgerow.focus.queries.shortlisting import stands
from hedgerow.people.models import Cluster, Organisation, Seat
from tests.factories import ProgrammeFactory, Team, actor, team

MONDAY, TUESDAY = date(2026, 3, 2), date(2026, 3, 3)
DUE = date(2026, 3, 9)
TITLES = ("A van", "One rota", "A hall", "A shop", "A website", "A fund", "A book", "A garden")


@contextmanager
def on(day: date, at: time = time(12)):
    """The middle of a day, or another time of it."""
    with clock.at(datetime.combine(day, at, UTC)):
        yield


def refusal(act, **how) -> str:
    """The sentence that somebody is refused with."""
    with pytest.raises(Refused) as refused, transaction.atomic():
        act(**how)
    return str(refused.value)


def ideas_in(cluster: Cluster, by: Seat, n: int = 5) -> list[Idea]:
    return [
        Idea.objects.create(
            cluster=cluster,
            number=number,
            title=title,
            source="member",
            raised_by=by,
            raised_at=clock.now(),
        )
        for number, title in enumerate(TITLES[:n], start=1)
    ]


@dataclass(frozen=True, kw_only=True)
class Run:
    team: Team
    shortlisting: Shortlisting

    @property
    def core(self) -> Actor:
        return actor(self.team.core)

    @property
    def second(self) -> Actor:
        return actor(self.team.second)

    @property
    def third(self) -> Actor:
        return actor(self.team.third)

    @property
    def facilitator(self) -> Actor:
        return actor(self.team.facilitator)

    @property
    def three(self) -> tuple[Actor, Actor, Actor]:
        return self.core, self.second, self.third

    @property
    def fresh(self) -> Shortlisting:
        return Shortlisting.objects.get(pk=self.shortlisting.pk)

    @property
    def round(self) -> Round:
        """The newest."""
        return self.shortlisting.rounds.latest("number")

    def candidate(self, n: int) -> Candidate:
        """By its place, from 1."""
        return self.shortlisting.candidates.get(position=n)

    def idea(self, n: int) -> Idea:
        return self.candidate(n).idea

    def stands(self) -> Shortlist:
        return stands(self.fresh)

    def standing(self) -> list[int]:
        """Places of what stands."""
        keys = self.stands().standing
        rows = Candidate.objects.filter(pk__in=map(int, keys)).order_by("position")
        return list(rows.values_list("position", flat=True))

    def spot(self, by: Actor, n: int | None = None, reason: str = "We have one.") -> RedSpot:
        return voting.use_red_spot(
            by=by,
            round=self.round,
            candidate=self.candidate(n) if n else None,
            reason=reason if n else "",
        )

    def votes(self, told: Mapping[int, int]) -> dict[int, int]:
        """By the key of the candidate, from votes by its place."""
        return {self.candidate(place).pk: n for place, n in told.items()}

    def casts(self, by: Actor, told: Mapping[int, int], **more) -> Ballot:
        return voting.cast_ballot(by=by, round=self.round, votes=self.votes(told), **more)

    def writes(self, organisation: Organisation, told: Mapping[int, int], **more) -> Ballot:
        """The facilitator writes ten votes down."""
        [ballot] = voting.record_ballots(
            **{
                "by": self.facilitator,
                "round": self.round,
                "ballots": {organisation: self.votes(told)},
                "channel": "phone",
                **more,
            }
        )
        return ballot

    def writes_spot(self, organisation: Organisation, n: int | None = None, **more) -> RedSpot:
        return voting.record_spot(
            **{
                "by": self.facilitator,
                "round": self.round,
                "organisation": organisation,
                "candidate": self.candidate(n) if n else None,
                "reason": "They have one." if n else "",
                "channel": "phone",
                **more,
            }
        )

    def closes(self, *, knows_absent: bool = True, by: Actor | None = None) -> Round:
        return shortlisting.close_vote_round(
            by=by or self.facilitator,
            round=self.round,
            knows_absent=knows_absent,
            version=self.round.version,
        )

    def opens(self, due_on: date | None = None) -> Round:
        return shortlisting.open_vote_round(
            by=self.facilitator,
            shortlisting=self.shortlisting,
            due_on=due_on,
            version=self.fresh.version,
        )

    def settles(self, settled: str) -> Round:
        return shortlisting.settle_round(
            by=self.facilitator, round=self.round, settled=settled, version=self.round.version
        )

    def asks(self, by: Actor, n: int, reason: str = "We know more now.") -> Reopening:
        return reopenings.ask_to_reopen(by=by, candidate=self.candidate(n), reason=reason)

    def answers(self, by: Actor, reopening: Reopening, *, agrees: bool = True):
        return reopenings.answer_reopening(
            by=by, reopening=reopening, agrees=agrees, reason="" if agrees else "It is dear."
        )

    def past_spots(self, *spots: int | None) -> "Run":
        """Each of the three uses its red spot on these, or on none; the round is closed."""
        for by, n in zip(self.three, (*spots, None, None, None), strict=False):
            self.spot(by, n)
        self.closes()
        return self

    def round_of(self, *ballots: Mapping[int, int]) -> "Run":
        """A round opened, in which these are cast by the three in turn, and closed."""
        self.opens()
        for by, told in zip(self.three, ballots, strict=False):
            self.casts(by, told)
        self.closes()
        return self


def begun(
    *, n: int = 5, is_secret: bool = True, due_on: date | None = None, own: Team | None = None
) -> Run:
    """By the first member, on a Monday; held live unless there is a day."""
    with on(MONDAY):
        own = own or team(ProgrammeFactory())
        made = shortlisting.begin_shortlisting(
            by=actor(own.core),
            cluster=own.cluster,
            ideas=ideas_in(own.cluster, own.core, n),
            is_secret=is_secret,
            due_on=due_on,
        )
    return Run(team=own, shortlisting=made)
