"""Whatever is done with an award, in whatever order and of whatever day: it sums to nothing,
nobody takes more than there is, and what a query says is what the maths says."""

from contextlib import suppress

from django.db.models import Sum
from hypothesis import settings
from hypothesis import strategies as st
from hypothesis.extra.django import TestCase
from hypothesis.stateful import RuleBasedStateMachine, initialize, invariant, rule

from hedgerow.analysis import ledger as maths
from hedgerow.analysis.postings import STEPS, TRANCHES
from hedgerow.core.actions import Refused
from hedgerow.ledger import actions
from hedgerow.ledger.models import Award, Entry, Posting
from hedgerow.ledger.powers import ENTERED
from hedgerow.ledger.queries import by_line, ledger_of, money_in

from .awarded import fresh_award

DAYS = 3
days = st.integers(min_value=0, max_value=DAYS)
pennies = st.integers(min_value=1, max_value=700)
tranches = st.sampled_from(TRANCHES)
members = st.integers(min_value=0, max_value=2)
AMOUNTS = {"main": 1_000, "levelling_up": 400, "quick_wins": 200}


class Books(RuleBasedStateMachine):
    @initialize()
    def begin(self):
        self.a = fresh_award(amounts=AMOUNTS)
        self.n_entries = 0
        self.closed = None

    def tries(self, act):
        """Done, and not on a closed award; or refused, and nothing is changed."""
        before = _whole(self.a.key)
        try:
            act()
        except Refused:
            assert _whole(self.a.key) == before
        else:
            assert self.closed is None

    @rule(verb=st.sampled_from(ENTERED), pence=pennies, n=days, tranche=tranches, member=members,
          to=members, line=st.sampled_from([None, 1, 2]))  # fmt: skip
    def enter(self, verb, pence, n, tranche, member, to, line):
        whose = {} if verb in ("draw", "hand_back") else {"member": member, "line": line}
        if verb == "hand_over":
            whose["to"] = to
        self.tries(lambda: self.a.enters(verb, pence, n=n, tranche=tranche, **whose))

    @rule(pence=pennies, n=days, tranche=tranches, line=st.sampled_from([None, 1]), member=members)
    def commit_and_spend(self, pence, n, tranche, line, member):
        for verb in ("commit", "spend"):
            more = {"tranche": tranche, "member": member, "line": line}
            self.tries(lambda verb=verb, more=more: self.a.enters(verb, pence, n=n, **more))

    @rule(at=st.integers(min_value=0, max_value=30))
    def undo(self, at):
        entries = list(Entry.objects.filter(award=self.a.key))
        entry = entries[at % len(entries)]
        self.tries(lambda: actions.undo(by=self.a.manager, entry=entry, words="It was wrong."))

    @rule(at=members, n=days)
    def release(self, at, n):
        if waiting := self.a.waiting:
            part = waiting[at % len(waiting)]
            self.tries(
                lambda: actions.release_instalment(
                    by=self.a.manager,
                    instalment=part,
                    on=self.a.day(n),
                    words="",
                    version=part.version,
                )
            )

    @rule(verb=st.sampled_from(["award", "lower"]), pence=pennies, n=days, tranche=tranches)
    def change_amount(self, verb, pence, n, tranche):
        self.tries(
            lambda: actions.change_amount(
                by=self.a.manager,
                award=self.a.award,
                verb=verb,
                tranche=tranche,
                pence=pence,
                on=self.a.day(n),
                words="So.",
            )
        )

    @rule(n=days)
    def close(self, n):
        with suppress(Refused):
            award = actions.close_award(
                by=self.a.manager,
                award=self.a.award,
                on=self.a.day(n),
                version=self.a.award.version,
            )
            self.closed = self.closed or award.closed_on
        assert Award.objects.get(pk=self.a.key).closed_on == self.closed

    @invariant()
    def all_postings_sum_to_nothing_on_every_day(self):
        if not hasattr(self, "a"):
            return
        own = Posting.objects.filter(award=self.a.key)
        for n in range(DAYS + 1):
            until = own.filter(on__lte=self.a.day(n))
            assert until.aggregate(sum=Sum("pence"))["sum"] == 0
        for entry in Entry.objects.filter(award=self.a.key).prefetch_related("postings"):
            sides = entry.postings.all()
            assert sorted(one.pence for one in sides) == [-entry.pence, entry.pence]
            assert {one.on for one in sides} == {entry.on}

    @invariant()
    def nothing_is_spent_or_released_that_is_not_there(self):
        if not hasattr(self, "a"):
            return
        for n in range(DAYS + 1):
            money = money_in([self.a.key], on=self.a.day(n))[self.a.key]
            for sums in (money, *money.by_tranche.values()):
                assert 0 <= sums.drawn <= sums.released <= sums.award
                assert 0 <= sums.spent <= sums.committed <= sums.award
                assert sums.free == sums.award - sums.committed

    @invariant()
    def the_query_says_what_the_maths_says_at_every_date(self):
        if not hasattr(self, "a"):
            return
        books = ledger_of(self.a.award)
        for on in (None, *(self.a.day(n) for n in range(-1, DAYS + 1))):
            money = money_in([self.a.key], on=on)[self.a.key]
            for tranche in (None, *TRANCHES):
                at = {"on": on, "tranche": tranche}
                left = {step: maths.total(books, step, **at) for step in STEPS}
                sums = money if tranche is None else money.by_tranche.get(tranche)
                if sums is None:
                    assert not any(left.values())
                    continue
                assert sums.award == maths.award(books, **at)
                assert (sums.unreleased, sums.undrawn, sums.drawn) == (
                    left["awarded"], left["released"], left["drawn"],
                )  # fmt: skip
                assert (sums.free, sums.open, sums.spent) == (
                    left["free"], left["committed"], left["spent"],
                )  # fmt: skip
            assert money.by_member == maths.by_member(books, on=on)

    @invariant()
    def lines_add_up_to_the_whole_and_none_is_spent_beyond_what_is_committed_on_it(self):
        if not hasattr(self, "a"):
            return
        for n in range(DAYS + 1):
            lines = by_line(self.a.key, on=self.a.day(n)).values()
            money = money_in([self.a.key], on=self.a.day(n))[self.a.key]
            assert sum(one.committed for one in lines) == money.committed
            assert sum(one.spent for one in lines) == money.spent
        for line, of in by_line(self.a.key).items():
            assert line is None or 0 <= of.spent <= of.committed

    @invariant()
    def what_waits_to_be_released_is_what_is_not_released(self):
        if not hasattr(self, "a"):
            return
        waits = dict.fromkeys(TRANCHES, 0)
        for part in self.a.waiting:
            waits[part.tranche] += part.pence
        by_tranche = self.a.money.by_tranche
        assert waits == {one: by_tranche[one].unreleased for one in TRANCHES}

    @invariant()
    def no_entry_is_lost(self):
        if not hasattr(self, "a"):
            return
        numbers = [one.number for one in Entry.objects.filter(award=self.a.key)]
        assert numbers == list(range(1, len(numbers) + 1))
        assert len(numbers) >= self.n_entries
        self.n_entries = len(numbers)


def _whole(award):
    postings = Posting.objects.filter(award=award).values_list("pk", "pence", "on")
    row = Award.objects.filter(pk=award).values().get()
    return list(postings), row


class TestBooks(TestCase, Books.TestCase):
    settings = settings(max_examples=8, stateful_step_count=20, deadline=None)
