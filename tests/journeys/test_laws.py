"""In whatever order people tick, take back, close and go back, a journey stays in one piece."""

from contextlib import suppress
from datetime import timedelta

from hypothesis import given, settings
from hypothesis import strategies as st
from hypothesis.extra.django import TestCase
from hypothesis.stateful import RuleBasedStateMachine, initialize, invariant, precondition, rule

from hedgerow.core.actions import Refused
from hedgerow.journeys import actions, queries
from hedgerow.journeys.models import ExitTest, Keeper, Stage

from .walks import STARTED, at, walk

positions = st.integers(min_value=1, max_value=3)


class Walking(RuleBasedStateMachine):
    """Against a model: which sentences of the open run are ticked, and which runs are closed."""

    @initialize()
    def begin(self):
        self.w = walk()
        self.ticked = set[int]()
        self.closed = {}  # run -> what it was when it closed
        self.n_back = 0

    def stages(self):
        return list(Stage.objects.filter(journey=self.w.journey).order_by("position", "run"))

    def open_one(self):
        return next((stage for stage in self.stages() if stage.is_open), None)

    def tests_of(self, stage):
        return list(ExitTest.objects.filter(stage=stage).order_by("position"))

    @precondition(lambda self: self.open_one())
    @rule(which=st.integers(min_value=0, max_value=1))
    def tick(self, which):
        tests = self.tests_of(self.open_one())
        test = tests[which % len(tests)]
        try:
            actions.tick(by=self.w.core, exit_test=test, evidence="It is so.")
            assert test.pk not in self.ticked
            self.ticked.add(test.pk)
        except Refused:
            assert test.pk in self.ticked

    @precondition(lambda self: self.open_one())
    @rule(which=st.integers(min_value=0, max_value=1))
    def untick(self, which):
        tests = self.tests_of(self.open_one())
        test = tests[which % len(tests)]
        try:
            actions.untick(by=self.w.core, exit_test=test)
            assert test.pk in self.ticked
            self.ticked.remove(test.pk)
        except Refused:
            assert test.pk not in self.ticked

    @rule(position=positions)
    def close(self, position):
        stage = [stage for stage in self.stages() if stage.position == position][-1]
        may = stage.is_open and {t.pk for t in self.tests_of(stage)} <= self.ticked
        try:
            actions.close_stage(by=self.w.core, stage=stage)
            assert may
            self.closed[stage.pk] = Stage.objects.filter(pk=stage.pk).values().get()
        except Refused:
            assert not may

    @rule(position=positions)
    def go_back(self, position):
        stage = self.open_one() or self.stages()[-1]
        may = position < stage.position or (stage.closed_at and position <= stage.position)
        try:
            actions.go_back(by=self.w.core, stage=stage, to_position=position, reason="Why not.")
            assert may
            self.n_back += 1
        except Refused:
            assert not may

    @invariant()
    def one_stage_is_open_until_the_end(self):
        if not hasattr(self, "w"):
            return
        opened = [stage for stage in self.stages() if stage.is_open]
        newest = {stage.position: stage for stage in self.stages()}
        if opened:
            (stage,) = opened
            assert newest[stage.position] == stage
            assert all(newest[p].closed_at for p in newest if p < stage.position)
            assert not any(newest[p].opened_at for p in newest if p > stage.position)
        else:
            assert all(stage.closed_at for stage in newest.values())

    @invariant()
    def what_is_closed_never_changes(self):
        if hasattr(self, "w"):
            assert {key: Stage.objects.filter(pk=key).values().get() for key in self.closed} == (
                self.closed
            )

    @invariant()
    def the_page_counts_the_ticks_that_stand(self):
        if not hasattr(self, "w"):
            return
        stage = self.open_one()
        if stage:
            lines = queries.exit_test_lines(stage)
            assert {line.key for line in lines if line.tick} == self.ticked & {
                line.key for line in lines
            }
        assert len(queries.stage_lines(self.w.journey)) == 3

    @invariant()
    def a_run_was_added_for_each_time_back(self):
        if hasattr(self, "w"):
            runs = [stage for stage in self.stages() if stage.run > 1]
            assert bool(runs) == bool(self.n_back)
            assert all(stage.reason for stage in runs)
            begun = {(s.position, s.run) for s in self.stages() if s.opened_at}
            assert {(stage.position, stage.run - 1) for stage in runs} <= begun


class TestWalking(TestCase, Walking.TestCase):
    settings = settings(max_examples=15, stateful_step_count=25, deadline=None)


class TestMoving(TestCase):
    """Whatever is asked for, stages end one after another, and no timetable is ever rewritten."""

    @settings(max_examples=15, deadline=None)
    @given(
        st.lists(
            st.tuples(
                st.sampled_from(["first-meeting", "formed", "answers-in", "focus-chosen"]),
                st.integers(min_value=-3, max_value=60),
            ),
            max_size=12,
        )
    )
    def test_stages_end_in_order_and_timetables_stay(self, moves):
        w, kept = walk(), {}
        with at(STARTED):
            for slug, days in moves:
                milestone = w.milestone(slug)
                is_own = milestone.keeper == Keeper.CLUSTER
                act = actions.move_date if is_own else actions.move_programme_date
                with suppress(Refused):
                    act(
                        by=w.core,
                        milestone=milestone,
                        to_on=STARTED + timedelta(days=days),
                        reason="So.",
                    )
                versions = {line.number: line for line in queries.version_lines(w.journey)}
                assert {number: versions[number] for number in kept} == kept
                kept = versions
                assert len(kept) == 1 + sum(len(line.changes) for line in kept.values())
            lines = {line.name: line for line in queries.timetable_lines(w.journey)}
            ends = ["The cluster is formed", "The answers are in", "The focus is chosen"]
            days = [lines[name].now_on for name in ends]
            assert days == sorted(set(days))
            assert all(line.now_on >= STARTED for line in lines.values())
