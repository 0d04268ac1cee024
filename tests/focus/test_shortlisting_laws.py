"""In whatever order a group uses red spots, votes, drops, asks, joins and leaves: the method holds.

The model beside it is written apart: plain lists, and nothing of analysis.red_spot.
"""

from contextlib import contextmanager
from dataclasses import dataclass, field

from hypothesis import settings
from hypothesis import strategies as st
from hypothesis.extra.django import TestCase
from hypothesis.stateful import RuleBasedStateMachine, initialize, invariant, precondition, rule

from hedgerow.core import clock
from hedgerow.core.actions import Refused
from hedgerow.focus import rules
from hedgerow.focus.actions import reopenings, shortlisting, voting
from hedgerow.focus.models import Answer, Ballot, Candidate, RedSpot, Reopening
from hedgerow.people import actions as people
from hedgerow.people.access import visible
from hedgerow.people.models import Member
from tests.factories import MemberFactory, SeatFactory, actor, reader

from .shortlistings import begun

who = st.integers(min_value=0, max_value=5)
places = st.integers(min_value=0, max_value=7)
spends = st.sampled_from(
    [(10,), (5, 5), (6, 4), (4, 3, 3), (8, 1, 1), (5, 4, 1), (9,), (7, 4), (4, 3, 2, 1), ()]
)


@dataclass
class Plain:
    """The method on paper."""

    ideas: list[int]
    here: list[int]
    gone: dict[int, str] = field(default_factory=dict)  # in the order in which they went
    phase: str = "spots"  # spots, votes, level, rest
    is_open: bool = True
    words: dict[int, tuple] = field(default_factory=dict)  # of the newest round: (word, is written)
    undid: set[int] = field(default_factory=set)
    level: list[int] = field(default_factory=list)
    totals: list[dict[int, int]] = field(default_factory=list)
    asked: dict[int, dict[int, bool]] = field(default_factory=dict)  # idea -> who agreed

    @property
    def standing(self):
        return [idea for idea in self.ideas if idea not in self.gone]

    @property
    def absent(self):
        return [one for one in self.here if one not in self.words]

    def close(self):
        counted = [word for one, (word, _) in self.words.items() if one in self.here]
        self.is_open = False
        if self.phase == "spots":
            self.gone.update({idea: "struck" for idea in counted if idea})
            self.phase = "rest"
            return
        totals = {idea: sum(votes.get(idea, 0) for votes in counted) for idea in self.standing}
        self.totals.append(totals)
        self.level = [idea for idea, n in totals.items() if n == min(totals.values())]
        self.phase = "level"
        if len(self.level) == 1:
            self.drop()

    def drop(self):
        self.gone.update({idea: "dropped" for idea in self.level})
        self.phase = "rest"


class Shortlistings(RuleBasedStateMachine):
    @initialize(
        n_members=st.integers(min_value=3, max_value=6),
        n_ideas=st.integers(min_value=2, max_value=8),
        is_secret=st.booleans(),
    )
    def begin(self, n_members, n_ideas, is_secret):
        self.run = begun(n=n_ideas, is_secret=is_secret)
        self.is_secret = is_secret
        self.kept = {}
        own = self.run.team
        self.seats = {seat.organisation_id: seat for seat in (own.core, own.second, own.third)}
        self.plain = Plain(
            ideas=list(self.run.shortlisting.candidates.values_list("pk", flat=True)),
            here=[one.pk for one in own.organisations],
        )
        for _ in range(n_members - 3):
            self.join()

    def one(self, n):
        return self.plain.here[n % len(self.plain.here)]

    def candidate(self, place):
        return Candidate.objects.get(pk=self.plain.ideas[place % len(self.plain.ideas)])

    @contextmanager
    def refused_unless(self, may):
        """What is inside is done if it may be, and refused if not."""
        try:
            yield
        except Refused as refused:
            assert not may, str(refused)
        else:
            assert may

    def may_write_down(self, one):
        before = self.plain.words.get(one)
        return before[1] if before else one not in self.plain.undid

    # red spots

    @rule(n=who, place=places, uses=st.booleans(), is_written=st.booleans())
    def spot(self, n, place, uses, is_written):
        one, candidate = self.one(n), self.candidate(place) if uses else None
        may = self.plain.phase == "spots" and (not is_written or self.may_write_down(one))
        how = {"round": self.run.round, "candidate": candidate, "reason": "So." if uses else ""}
        with self.refused_unless(may):
            if is_written:
                how |= {"organisation": self.seats[one].organisation, "channel": "table"}
                voting.record_spot(by=self.run.facilitator, **how)
            else:
                voting.use_red_spot(by=actor(self.seats[one]), **how)
            self.plain.words[one] = (candidate.pk if candidate else None, is_written)

    # votes

    @rule(n=who, place=places, spend=spends, strays=st.booleans(), is_written=st.booleans())
    def ballot(self, n, place, spend, strays, is_written):
        """Over what stands, or straying over all that there was."""
        plain, one = self.plain, self.one(n)
        over = plain.ideas if strays else plain.standing or plain.ideas
        votes = {}
        for step, votes_on in enumerate(spend):
            idea = over[(place + step) % len(over)]
            votes[idea] = votes.get(idea, 0) + votes_on
        is_whole = sum(votes.values()) == 10 and len(votes) <= 3
        may = plain.is_open and plain.phase == "votes" and is_whole
        may = may and set(votes) <= set(plain.standing)
        may = may and (not is_written or self.may_write_down(one))
        with self.refused_unless(may):
            if is_written:
                voting.record_ballots(
                    by=self.run.facilitator,
                    round=self.run.round,
                    ballots={self.seats[one].organisation: votes},
                    channel="paper",
                )
            else:
                voting.cast_ballot(by=actor(self.seats[one]), round=self.run.round, votes=votes)
            plain.words[one] = (votes, is_written)

    @rule(n=who, is_so=st.booleans())
    def answer_what_was_written(self, n, is_so):
        one, plain = self.one(n), self.plain
        rows, about = (RedSpot, "spot") if self.run.round.kind == "spots" else (Ballot, "ballot")
        word = rows.objects.filter(
            round=self.run.round, organisation=one, recorded_by__isnull=False
        ).last()
        if word is None:
            return
        stands = word.ended_at is None
        waits = stands and word.confirmed_at is None
        act = getattr(voting, f"{'confirm' if is_so else 'undo'}_{about}")
        with self.refused_unless(stands if is_so else waits and plain.is_open):
            act(by=actor(self.seats[one]), **{about: word})
            if is_so:
                plain.words[one] = (plain.words[one][0], False)
            else:
                del plain.words[one]
                plain.undid.add(one)

    # rounds

    @rule(knows_absent=st.booleans())
    def close(self, knows_absent):
        plain, round = self.plain, self.run.round
        may = plain.is_open and (knows_absent or not plain.absent)
        if plain.phase == "votes":
            may = may and len(plain.absent) < len(plain.here)
        with self.refused_unless(may):
            shortlisting.close_vote_round(
                by=self.run.facilitator,
                round=round,
                knows_absent=knows_absent,
                version=round.version,
            )
            plain.close()

    @rule()
    def open(self):
        plain = self.plain
        may = plain.phase == "rest" and len(plain.standing) > 1 and not plain.asked
        with self.refused_unless(may):
            self.run.opens()
            plain.phase, plain.is_open = "votes", True
            plain.words, plain.undid, plain.level = {}, set(), []

    @rule(lets_go=st.booleans())
    def settle(self, lets_go):
        plain = self.plain
        may = plain.phase == "level"
        may = may and not (lets_go and len(plain.level) == len(plain.standing))
        with self.refused_unless(may):
            self.run.settles("drop_all" if lets_go else "vote_again")
            plain.phase = "rest"
            if lets_go:
                plain.drop()

    # coming back

    @rule(n=who, place=places)
    def ask(self, n, place):
        plain, one, candidate = self.plain, self.one(n), self.candidate(place)
        idea = candidate.pk
        may = plain.phase == "rest" and not plain.is_open
        may = may and idea in plain.gone and idea not in plain.asked
        with self.refused_unless(may):
            reopenings.ask_to_reopen(
                by=actor(self.seats[one]), candidate=candidate, reason="We know more now."
            )
            plain.asked[idea] = {one: True}
            self.see_who_agreed(idea)

    @precondition(lambda self: self.plain.asked)
    @rule(n=who, place=places, agrees=st.sampled_from([True, True, True, False]))
    def answer(self, n, place, agrees):
        plain, one = self.plain, self.one(n)
        idea = list(plain.asked)[place % len(plain.asked)]
        reopenings.answer_reopening(
            by=actor(self.seats[one]),
            reopening=Reopening.objects.get(candidate=idea, granted_at=None, declined_at=None),
            agrees=agrees,
            reason="" if agrees else "It is dear.",
        )
        plain.asked[idea][one] = agrees
        self.see_who_agreed(idea)

    def see_who_agreed(self, idea):
        plain = self.plain
        answers = {one: agrees for one, agrees in plain.asked[idea].items() if one in plain.here}
        if not all(answers.values()):
            del plain.asked[idea]
        elif len(answers) == len(plain.here):
            del plain.asked[idea]
            del plain.gone[idea]

    @precondition(lambda self: self.plain.asked)
    @rule(place=places)
    def take_back(self, place):
        idea = list(self.plain.asked)[place % len(self.plain.asked)]
        reopenings.take_back_reopening(
            by=self.run.facilitator,
            reopening=Reopening.objects.get(candidate=idea, granted_at=None, declined_at=None),
        )
        del self.plain.asked[idea]

    # coming and going

    @precondition(lambda self: len(self.plain.here) < 6)
    @rule()
    def join(self):
        cluster = self.run.team.cluster
        member = MemberFactory(cluster=cluster, joined_at=clock.now())
        seat = SeatFactory(cluster=cluster, organisation=member.organisation)
        self.seats[member.organisation_id] = seat
        self.plain.here.append(member.organisation_id)

    @precondition(lambda self: len(self.plain.here) > 1)
    @rule(n=who)
    def leave(self, n):
        one = self.one(n)
        member = Member.objects.get(cluster=self.run.team.cluster, organisation=one, left_at=None)
        people.leave_cluster(by=actor(self.seats[one]), member=member)
        self.plain.here.remove(one)

    # what always holds

    @invariant()
    def the_method_holds(self):
        state, round = self.run.stands(), self.run.round
        words = [*self.words_of(RedSpot), *self.words_of(Ballot)]
        newest = [word for word in words if word.round_id == round.pk and not word.ended_at]
        self.it_stands_as_on_paper(state)
        self.the_newest_round_holds_each_last_word(newest)
        self.every_ballot_spends_ten_on_three_at_most(words)
        self.what_was_out_stands_only_if_all_agreed(state, words)
        self.nothing_that_was_said_is_lost_or_changed(words)
        self.what_is_secret_is_seen_by_its_own_people_alone(round, newest)

    def it_stands_as_on_paper(self, state):
        plain = self.plain
        assert [int(key) for key in state.standing] == plain.standing
        assert {int(key) for key in state.struck} == {
            idea for idea, how in plain.gone.items() if how == "struck"
        }
        assert [int(key) for key in state.dropped] == [
            idea for idea, how in plain.gone.items() if how == "dropped"
        ]
        assert [
            {int(key): n for key, n in round.totals.items()} for round in state.rounds
        ] == plain.totals
        assert (state.stage == "tied") == (plain.phase == "level")

    def the_newest_round_holds_each_last_word(self, newest):
        assert {word.organisation_id: said_in(word) for word in newest} == {
            one: word for one, (word, _) in self.plain.words.items()
        }

    def every_ballot_spends_ten_on_three_at_most(self, words):
        for ballot in words:
            if isinstance(ballot, Ballot):
                assert sum(ballot.votes.values()) == 10
                assert 1 <= len(ballot.votes) <= 3
                assert min(ballot.votes.values()) > 0

    def what_was_out_stands_only_if_all_agreed(self, state, words):
        back = Reopening.objects.filter(
            candidate__shortlisting=self.run.shortlisting, granted_at__isnull=False
        )
        for reopening in back:
            agreed = Answer.objects.filter(reopening=reopening, ended_at=None, agrees=True)
            assert set(reopening.members) <= set(agreed.values_list("organisation", flat=True))
        came_back = {str(reopening.candidate_id) for reopening in back}
        for spot in words:
            if isinstance(spot, RedSpot) and spot.round.closed_at and not spot.ended_at:
                is_in = spot.organisation_id in spot.round.members
                if is_in and str(spot.candidate_id) in state.standing:
                    assert str(spot.candidate_id) in came_back

    def nothing_that_was_said_is_lost_or_changed(self, words):
        now = {(type(word).__name__, word.pk): (said_in(word), reason_of(word)) for word in words}
        assert {key: now.get(key) for key in self.kept} == self.kept
        self.kept = now

    def what_is_secret_is_seen_by_its_own_people_alone(self, round, newest):
        is_hidden = self.is_secret and self.plain.is_open
        model, of_all, of_own = (
            (RedSpot, rules.SEE_SPOTS, rules.SEE_OWN_SPOT)
            if round.kind == "spots"
            else (Ballot, rules.SEE_BALLOTS, rules.SEE_OWN_BALLOT)
        )
        words = model.objects.filter(round=round, ended_at=None)
        for seat in (self.run.team.facilitator, self.seats[self.plain.here[-1]]):
            who_reads = reader(seat)
            own = seat.organisation_id
            mine = {one for one in newest if own and one.organisation_id == own}
            assert set(visible(who_reads, of_all).filter(pk__in=words)) == (
                set() if is_hidden else set(newest)
            )
            assert set(visible(who_reads, of_own).filter(pk__in=words)) == mine

    def words_of(self, rows):
        words = rows.objects.filter(round__shortlisting=self.run.shortlisting)
        return list(words.select_related("round"))


def said_in(word):
    return word.votes if isinstance(word, Ballot) else word.candidate_id


def reason_of(word):
    return "" if isinstance(word, Ballot) else word.reason


class TestShortlistings(TestCase, Shortlistings.TestCase):
    settings = settings(max_examples=20, stateful_step_count=30, deadline=None)
