"""Proposals for tests to vote on: a cluster of three, and what everybody in it can do."""

from contextlib import contextmanager
from dataclasses import dataclass, replace
from datetime import UTC, date, datetime, time, timedelta

import pytest
from django.db import transaction

from hedgerow.agreements import actions
from hedgerow.agreements.models import Channel, Decision, Voice
from hedgerow.agreements.ways import shipped_ways
from hedgerow.core import clock
from hedgerow.core.actions import Refused
from hedgerow.core.actors import Actor
from hedgerow.people.models import Member, Organisation, Seat
from tests.factories import ProgrammeFactory, Team, actor, team

OPENED = date(2026, 3, 2)  # a Monday
TUESDAY = date(2026, 3, 3)
CLOSES = date(2026, 3, 9)
WAYS = {way.slug: way for way in shipped_ways()}
CLOCK = Actor.clock()


@contextmanager
def on(day: date, at: time = time(12)):
    """The middle of a day, or another time of it."""
    with clock.at(datetime.combine(day, at, UTC)):
        yield


def days_later(n: int) -> date:
    """Counted from the day after the last one for votes."""
    return CLOSES + timedelta(days=1 + n)


@dataclass(frozen=True, kw_only=True)
class Poll:
    team: Team
    decision: Decision

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
    def fresh(self) -> Decision:
        return Decision.objects.get(pk=self.decision.pk)

    def option(self, position: int):
        return self.decision.options.get(position=position)

    def says(self, by: Actor | Seat, stance: str = "agree", **more) -> Voice:
        by = actor(by) if isinstance(by, Seat) else by
        if stance in ("disagree", "block"):
            more.setdefault("reason", "It would cost us our lease.")
        return actions.speak(by=by, decision=self.decision, stance=stance, **more)

    def writes(self, organisation: Organisation, stance: str = "agree", **more) -> Voice:
        """The facilitator writes it down."""
        told = {
            "option": None,
            "reason": "They said so.",
            "channel": Channel.PHONE,
            "had_to_check_back": False,
        }
        return actions.record_voice(
            **{
                "by": self.facilitator,
                "decision": self.decision,
                "organisation": organisation,
                "stance": stance,
                **told,
                **more,
            }
        )

    def all_agree(self) -> None:
        for by in (self.core, self.second, self.third):
            self.says(by)

    def closed_by_the_clock(self) -> Decision:
        with on(days_later(0)):
            actions.close_due(by=CLOCK)
        return self.fresh

    def standing(self) -> dict[int, str]:
        voices = Voice.objects.filter(decision=self.decision, ended_at=None)
        return dict(voices.values_list("organisation", "stance"))


def poll(*, own: Team | None = None, way: str = "consent", options=(), **changes) -> Poll:
    """Opened by the first member at noon on a Monday, open for a week."""
    with on(OPENED):
        own = own or team(ProgrammeFactory())
        decision = actions.propose(
            by=actor(own.core),
            cluster=own.cluster,
            title="We share a van",
            words="It costs £90 a week.",
            options=list(options),
            way=replace(WAYS[way], **changes),
            closes_on=CLOSES,
        )
    return Poll(team=own, decision=decision)


def refusal(act, **how) -> str:
    """The sentence that somebody is refused with."""
    with pytest.raises(Refused) as refused, transaction.atomic():
        act(**how)
    return str(refused.value)


def member_of(p: Poll, seat: Seat) -> Member:
    return p.team.cluster.members.get(organisation=seat.organisation)
