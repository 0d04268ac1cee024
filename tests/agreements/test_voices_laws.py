"""In whatever order people vote, change, stand in, leave and join: one voice an organisation."""

from contextlib import suppress
from datetime import datetime, time, timedelta

from hypothesis import settings
from hypothesis import strategies as st
from hypothesis.extra.django import TestCase
from hypothesis.stateful import RuleBasedStateMachine, initialize, invariant, precondition, rule

from hedgerow.agreements import actions
from hedgerow.agreements.models import Decision, Voice
from hedgerow.agreements.queries import voices
from hedgerow.core import clock
from hedgerow.core.actions import Refused
from hedgerow.people import actions as people
from hedgerow.people.models import Mandate, Member, Role
from tests.factories import MemberFactory, SeatFactory, actor

from .polls import CLOCK, OPENED, poll

stances = st.sampled_from(["agree 1", "agree 2", "abstain", "disagree", "block"])
who = st.integers(min_value=0, max_value=4)
ways = st.sampled_from(["consent", "majority", "everyone"])


class Voting(RuleBasedStateMachine):
    """Against a model: what each organisation said last, and which of them are members."""

    @initialize(way=ways)
    def begin(self, way):
        self.p = poll(way=way, options=["A van", "A bicycle"])
        self.now = datetime.combine(OPENED, time(13), clock.LONDON)
        self.here = [one.pk for one in self.p.team.organisations]
        self.seats = {
            seat.organisation_id: seat
            for seat in (self.p.team.core, self.p.team.second, self.p.team.third)
        }
        self.gone = []
        self.deputies = {}
        self.undid = set()
        self.said = {}  # organisation -> (stance, position, is it only written down)
        self.closed = None

    def at(self):
        return clock.at(self.now)

    def one(self, n):
        return self.here[n % len(self.here)]

    def told(self, said):
        stance, _, position = said.partition(" ")
        option = self.p.option(int(position)) if position else None
        return {"stance": stance, "option": option, "reason": "So."}

    def is_over(self):
        return self.closed is not None or self.now >= self.p.decision.closes_at

    def try_to_speak(self, seat, said, *, may):
        try:
            with self.at():
                actions.speak(by=actor(seat), decision=self.p.decision, **self.told(said))
            assert may
            self.said[seat.organisation_id] = (said, False)
        except Refused:
            assert not may

    @precondition(lambda self: self.here)
    @rule(n=who, said=stances)
    def speak(self, n, said):
        self.try_to_speak(self.seats[self.one(n)], said, may=not self.is_over())

    @precondition(lambda self: self.here)
    @rule(n=who, said=stances, days=st.integers(min_value=0, max_value=2))
    def a_deputy_speaks(self, n, said, days):
        """With a mandate for some days from today, or with an older one, or with none."""
        organisation = self.one(n)
        with self.at():
            deputy = self.deputies.get(organisation) or SeatFactory(
                role=Role.DEPUTY,
                cluster=self.p.team.cluster,
                organisation=self.seats[organisation].organisation,
            )
            self.deputies[organisation] = deputy
            today = clock.today()
            if days:
                with suppress(Refused):
                    people.give_mandate(
                        by=actor(self.seats[organisation]),
                        deputy=deputy,
                        from_on=today,
                        until_on=today + timedelta(days=days - 1),
                    )
            stands_in = Mandate.objects.filter(
                deputy=deputy, ended_at=None, from_on__lte=today, until_on__gte=today
            ).exists()
        self.try_to_speak(deputy, said, may=stands_in and not self.is_over())

    @precondition(lambda self: self.here)
    @rule(n=who, said=stances)
    def write_down(self, n, said):
        organisation = self.one(n)
        before = self.said.get(organisation)
        may = not self.is_over() and (before[1] if before else organisation not in self.undid)
        try:
            with self.at():
                self.p.writes(self.seats[organisation].organisation, **self.told(said))
            assert may
            self.said[organisation] = (said, True)
        except Refused:
            assert not may

    @precondition(lambda self: self.here)
    @rule(n=who, is_so=st.booleans())
    def answer_what_was_written(self, n, is_so):
        organisation = self.one(n)
        voice = Voice.objects.filter(
            decision=self.p.decision, organisation=organisation, recorded_by__isnull=False
        ).last()
        if voice is None:
            return
        is_written = self.said.get(organisation, ("", False))[1]
        act = actions.confirm_voice if is_so else actions.undo_voice
        with suppress(Refused), self.at():
            act(by=actor(self.seats[organisation]), voice=voice)
            if is_so:
                self.said[organisation] = (self.said[organisation][0], False)
            else:
                assert is_written and not self.is_over()
                del self.said[organisation]
                self.undid.add(organisation)

    @precondition(lambda self: len(self.here) > 1)
    @rule(n=who)
    def leave(self, n):
        organisation = self.one(n)
        with self.at():
            member = Member.objects.get(
                cluster=self.p.team.cluster, organisation=organisation, left_at=None
            )
            people.leave_cluster(by=actor(self.seats[organisation]), member=member)
        self.here.remove(organisation)
        self.gone.append(organisation)

    @precondition(lambda self: len(self.here) < 5)
    @rule()
    def join(self):
        with self.at():
            member = MemberFactory(cluster=self.p.team.cluster, joined_at=clock.now())
            self.seats[member.organisation_id] = SeatFactory(
                cluster=self.p.team.cluster, organisation=member.organisation
            )
        self.here.append(member.organisation_id)

    @precondition(lambda self: self.gone)
    @rule()
    def come_back(self):
        """What it said before it left counts again, until it says something else."""
        organisation = self.gone.pop()
        with self.at():
            MemberFactory(
                cluster=self.p.team.cluster,
                organisation=self.seats[organisation].organisation,
                joined_at=clock.now(),
            )
            self.seats[organisation] = SeatFactory(
                cluster=self.p.team.cluster,
                organisation=self.seats[organisation].organisation,
            )
        self.deputies.pop(organisation, None)
        self.here.append(organisation)

    @rule(hours=st.sampled_from([1, 20, 60]))
    def wait(self, hours):
        before_end = self.p.decision.closes_at - timedelta(seconds=1)
        over = self.now >= self.p.decision.closes_at
        passed = self.now + timedelta(hours=hours)
        self.now = passed if over or passed < before_end else before_end + timedelta(seconds=1)
        if self.is_over() and not over and self.closed is None:
            self.entitled = sorted(self.here)  # as of the last moment

    @rule()
    def the_clock_comes(self):
        with self.at():
            actions.close_due(by=CLOCK)  # those of other runs too
        assert bool(self.p.fresh.closed_at) == self.is_over()
        self.keep_what_closed()

    @precondition(lambda self: self.here)
    @rule(n=who)
    def close(self, n):
        all_spoke = all(self.said.get(one) and not self.said[one][1] for one in self.here)
        may = self.closed is None and (self.is_over() or all_spoke)
        if may and not self.is_over():
            self.entitled = sorted(self.here)
        try:
            with self.at():
                actions.close(by=actor(self.seats[self.one(n)]), decision=self.p.decision)
            assert may
        except Refused:
            assert not may
        self.keep_what_closed()

    def keep_what_closed(self):
        row = Decision.objects.filter(pk=self.p.decision.pk).values().get()
        if row["closed_at"]:
            self.closed = self.closed or row

    def counted(self):
        return self.entitled if self.is_over() else sorted(self.here)

    @invariant()
    def one_voice_an_organisation_stands(self):
        if not hasattr(self, "p"):
            return
        standing = Voice.objects.filter(decision=self.p.decision, ended_at=None)
        found = {
            voice.organisation_id: (
                f"{voice.stance} {voice.option.position}" if voice.option else voice.stance
            )
            for voice in standing.select_related("option")
        }
        assert standing.count() == len(found)
        assert found == {one: said for one, (said, _) in self.said.items()}

    @invariant()
    def the_tally_is_of_the_members_last_words(self):
        if not hasattr(self, "p"):
            return
        with self.at():
            sums = voices.tally_now(self.p.fresh)
        words = [self.said[one][0] for one in self.counted() if one in self.said]
        assert sums.n_entitled == len(self.counted())
        assert sums.n_spoke == len(words)
        assert dict(sums.counts) == {
            stance: sum(said.startswith(stance) for said in words)
            for stance in ("agree", "abstain", "disagree", "block")
        }
        assert list(sums.by_option.values()) == [words.count("agree 1"), words.count("agree 2")]
        assert (sums.outcome == "no_quorum") == (len(words) < sums.n_needed)

    @invariant()
    def what_is_closed_never_changes(self):
        if not hasattr(self, "p") or self.closed is None:
            return
        assert Decision.objects.filter(pk=self.p.decision.pk).values().get() == self.closed
        assert self.closed["entitled"] == self.entitled
        with self.at():
            assert voices.tally_now(self.p.fresh).outcome == self.closed["outcome"]

    @invariant()
    def nothing_that_was_said_is_lost(self):
        if not hasattr(self, "p"):
            return
        n = Voice.objects.filter(decision=self.p.decision).count()
        assert n >= getattr(self, "n_voices", 0)
        self.n_voices = n


class TestVoting(TestCase, Voting.TestCase):
    settings = settings(max_examples=12, stateful_step_count=25, deadline=None)
