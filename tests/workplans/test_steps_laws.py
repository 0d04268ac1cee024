"""In whatever order steps are made to wait for others, dropped and added: never in a ring."""

from contextlib import suppress

from hypothesis import settings
from hypothesis import strategies as st
from hypothesis.extra.django import TestCase
from hypothesis.stateful import RuleBasedStateMachine, initialize, invariant, rule

from hedgerow.core.actions import Refused
from hedgerow.workplans.actions import steps as actions
from hedgerow.workplans.models import Dependency, Step

from .planned import begun

which = st.integers(min_value=0, max_value=6)


def can_all_be_done(waits):
    """A slow plain twin: whether all can be done, one after the other."""
    left = dict(waits)
    while ready := [one for one, after in left.items() if not after & left.keys()]:
        for one in ready:
            del left[one]
    return not left


class Waiting(RuleBasedStateMachine):
    """Against a model: what each live step waits for."""

    @initialize()
    def begin(self):
        self.p = begun()
        self.objective = self.p.adds()
        self.waits = {}
        for _ in range(4):
            self.add()

    def pick(self, n):
        live = sorted(self.waits)
        return live[n % len(live)]

    @rule()
    def add(self):
        if len(self.waits) < 7:
            self.waits[self.p.adds_step(self.objective).number] = set()

    @rule(n=which, on=st.sets(which, max_size=3))
    def wait(self, n, on):
        number, wanted = self.pick(n), {self.pick(one) for one in on}
        told = {**self.waits, number: wanted}
        fits = can_all_be_done(told)
        try:
            self.p.waits(self.p.step(number), *(self.p.step(one) for one in wanted))
            assert fits
            self.waits = told
        except Refused as refused:
            assert not fits
            assert f"step {number} waits for" in str(refused)

    @rule(n=which)
    def drop(self, n):
        if len(self.waits) > 2:
            number = self.pick(n)
            step = self.p.step(number)
            actions.drop_step(by=self.p.core, step=step, because="So.", version=step.version)
            del self.waits[number]
            for after in self.waits.values():
                after.discard(number)

    @rule(n=which)
    def wait_for_what_is_gone(self, n):
        gone = Step.objects.filter(workplan=self.p.plan, dropped_at__isnull=False).first()
        if gone:
            before = Dependency.objects.count()
            with suppress(Refused):
                self.p.waits(self.p.step(self.pick(n)), gone)
                raise AssertionError
            assert Dependency.objects.count() == before

    @invariant()
    def nothing_waits_in_a_ring(self):
        if not hasattr(self, "p"):
            return
        live = Dependency.objects.filter(
            step__workplan=self.p.plan, step__dropped_at=None, on__dropped_at=None
        )
        found = {number: set() for number in self.waits}
        for number, on in live.values_list("step__number", "on__number"):
            found[number].add(on)
        assert found == self.waits
        assert can_all_be_done(found)


class TestWaiting(TestCase, Waiting.TestCase):
    settings = settings(max_examples=12, stateful_step_count=12, deadline=None)
