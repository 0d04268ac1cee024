"""Everything that happens on a journey can be read in a sentence."""

import re
from datetime import date
from importlib import import_module
from inspect import getsource

import pytest

from hedgerow.core.models import Event
from hedgerow.core.rooms import Told, tables
from hedgerow.journeys import actions
from hedgerow.journeys.events import SENTENCES
from hedgerow.journeys.models import Answered, StageResult
from hedgerow.journeys.steps import STEPS
from tests.factories import actor

from .handed_in import HandedIn
from .walks import at, short_design, walk

pytestmark = pytest.mark.django_db


def written_in_actions():
    names = set()
    for module in ("designs", "stages", "dates", "days", "submissions"):
        source = getsource(import_module(f"hedgerow.journeys.actions.{module}"))
        names |= set(re.findall(r'"(journeys\.[a-z_]+)"', source))
    return names


def test_every_event_has_its_sentence_and_no_sentence_is_left_over():
    assert written_in_actions() == set(SENTENCES)
    assert set(SENTENCES) >= STEPS


def everything_once():
    w = walk()
    with at(date(2026, 3, 4)):
        actions.tick(by=w.core, exit_test=w.test("rules"), evidence="Yes.")
        actions.untick(by=w.core, exit_test=w.test("rules"))
        actions.move_date(
            by=w.core,
            milestone=w.milestone("first-meeting"),
            to_on=date(2026, 3, 10),
            reason="The hall.",
        )
        actions.say_it_stands(
            by=w.core, milestone=w.milestone("first-meeting"), on=date(2026, 3, 10)
        )
        actions.meet_milestone(
            by=w.core, milestone=w.milestone("first-meeting"), done_on=date(2026, 3, 4)
        )
        actions.unmeet_milestone(by=w.core, milestone=w.milestone("first-meeting"))
        for agrees in (False, True):
            move = actions.ask_to_move(
                by=w.facilitator,
                milestone=w.milestone("answers-in"),
                to_on=date(2026, 4, 2),
                reason="Away.",
            )
            actions.answer_move(by=w.manager, move=move, is_agreed=agrees, answer="Words.")
        log = actions.log_days(
            by=w.facilitator,
            allowance=w.journey.allowances.get(),
            on=date(2026, 3, 4),
            half_days=3,
            what="A meeting",
        )
        actions.strike_days(by=w.facilitator, log=log)
        actions.give_days(
            by=w.manager, allowance=w.journey.allowances.get(), half_days=8, version=1
        )
        w.close()
        actions.go_back(by=w.core, stage=w.stage(2), to_position=1, reason="A member left.")
        organisation = w.team.organisations[0]
        StageResult.objects.create(
            stage=w.stage(1),
            kind="made-up",
            version=1,
            whole={},
            parts={str(organisation.pk): 1},
            made_at=w.stage(1).closed_at,
        )
        actions.drop_parts(by=actor(w.team.core), organisation=organisation, cluster=w.team.cluster)
    s = HandedIn(w)
    s.answers(s.hands_in(), Answered.RETURNED, words="Words.")
    s.takes_back(s.hands_in())
    short_design(w.team.cluster.programme, version=2)
    return w


def told(event):
    def row(label, key):
        return tables()[label].model.objects.get(pk=key) if label in tables() else None

    def named(label, key):
        found = row(label, key)
        assert found, f"{event.did} names {label}"
        return str(found)

    label, key = event.thing.split(":")
    return Told(by="Somebody", look_up=lambda: row(label, key), detail=event.detail, named=named)


def test_each_event_reads_as_a_sentence():
    everything_once()

    said = {
        event.did: SENTENCES[event.did](told(event))
        for event in Event.objects.filter(did__startswith="journeys.")
    }

    assert set(said) == set(SENTENCES)
    for sentence in said.values():
        assert re.fullmatch(r"(Somebody|What) .*[.”]", sentence), sentence
        assert "something that is gone" not in sentence
    assert said["journeys.date_moved"] == (
        "Somebody moved “The first meeting” from 9 March 2026 to 10 March 2026."
    )
    assert said["journeys.days_logged"] == "Somebody logged 1½ days under “Facilitator days”."
    assert said["journeys.stage_closed"] == "Somebody closed Forming the cluster; Gathering opened."


def test_a_thing_that_is_gone_leaves_a_sentence():
    everything_once()
    event = Event.objects.get(did="journeys.date_moved")

    gone = Told(
        by="Somebody", look_up=lambda: None, detail=event.detail, named=lambda label, key: ""
    )

    assert SENTENCES[event.did](gone) == (
        "Somebody moved “something that is gone” from 9 March 2026 to 10 March 2026."
    )
