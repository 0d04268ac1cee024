"""The parts of a picture that are no table of needs: below a baseline, offers, sums, roles."""

import pytest
from django.urls import reverse

from hedgerow.core.owners import Audience
from hedgerow.diagnostics.questions.packs import instrument_of
from tests.front.pages import page

from .scenes_pictures import closed, crowd
from .scenes_rounds import opened
from .scenes_sheets import answered, share

pytestmark = pytest.mark.django_db

FLAG, OTHER = "a2-supported-system", "a1-age"


def alone(asking):
    return reverse("diagnostics:asking_picture", args=[asking.pk])


def says(say, cost=None):
    return {"say": say} | ({"cost": cost} if cost else {})


def review(s, *said):
    """Of the scene's members in turn: (flagging item, cost, item that does not flag)."""
    asking = opened(s, "ict-baseline").askings.get()
    for seat, (flag, cost, other) in zip(crowd(s, len(said)).seats, said, strict=True):
        answers = {FLAG: says(flag, cost), OTHER: says(other)}
        answered(s, asking, seat, answers, Audience.CLUSTER)
    return asking


def test_how_many_are_below_the_baseline_of_how_many_reviewed(client, s):
    asking = review(s, ("no", 200_00, "yes"), ("no", None, "no"), ("unknown", None, "yes"))
    words = page(client, alone(asking), s.own.core)

    assert "2 of 3 members reviewed are below the baseline" in words
    assert "One member cannot tell yet." in words


def test_the_list_to_put_right_says_who_and_what_it_costs_and_who_did_not_say(client, s):
    asking = review(s, ("no", 200_00, "yes"), ("no", None, "partly"), ("yes", None, "yes"))
    words = page(client, alone(asking), s.own.third)
    first, second = s.own.core.organisation, s.own.second.organisation

    assert f"No: {first} and {second}. £200, as one of two said" in words
    assert f"Partly: {second}. No cost said yet" in words
    assert "Putting right what has a cost would take £200; two answers have no cost yet." in words
    assert words.index(f"No: {first}") < words.index(f"Partly: {second}")  # what flags, first


def test_what_turned_since_the_last_review_is_said(client, s):
    review(s, ("no", None, "no"), ("no", None, "no"), ("yes", None, "yes"))
    closed(s)
    asking = review(s, ("unknown", None, "yes"), ("no", None, "no"))
    words = page(client, alone(asking), s.own.third)

    assert f"{s.own.core.organisation}: was below, is cannot tell now." in words


def test_what_was_released_of_reviews_is_said_also_where_nobody_shows_theirs(client, s):
    asking = opened(s, "ict-baseline").askings.get()
    for n, seat in enumerate(crowd(s, 7).seats):
        answers = {FLAG: says("no" if n < 3 else "yes")}
        answered(s, asking, seat, answers, Audience.FACILITATOR if n > 5 else Audience.ONLY_US)
    closed(s)
    words = page(client, alone(asking), s.own.second)

    assert "Nobody’s answers are in it." in words
    assert "Of seven members who keep theirs to themselves" in words
    assert "Below the baseline in anything: three of seven below." in words


def test_who_has_what_another_wants_is_introduced(client, s):
    asking = opened(s, "training").askings.get()
    items = {item.slug: item for item in instrument_of(asking.text).items}
    course = items["run"].rows[0]
    named = [{"row": course.slug, "cells": {items["run"].columns[0].slug: 2}}]
    wanted = [{"row": course.slug, "cells": {items["want"].columns[0].slug: 2}}]
    answered(s, asking, s.own.core, {"run": named}, Audience.CLUSTER)
    answered(s, asking, s.own.second, {"want": wanted}, Audience.CLUSTER)
    words = page(client, alone(asking), s.own.third)
    first, second = s.own.core.organisation, s.own.second.organisation

    assert f"{course.name}: {first} has it, and {second} wants it." in words


def test_sums_open_to_the_cluster_say_who_told(client, s):
    asking = opened(s, "purchasing").askings.get()
    paid = {"row": "Broad Shield", "cells": {"category": "insurance", "spend": 1000_00}}
    for seat in (s.own.core, s.own.second):
        answered(s, asking, seat, {"bought": [paid]}, Audience.CLUSTER)
    words = page(client, alone(asking), s.own.third)

    assert "Insurance £2,000 both" in words
    assert "Broad Shield: " in words


def test_roles_asked_one_by_one_stand_each_for_itself(client, s):
    asking = opened(s, "self-check", roles=["front_line", "manager"]).askings.get()
    scale = next(item for item in instrument_of(asking.text).items if item.kind == "scale")
    for role, seat, step in (
        ("front_line", s.own.seats["deputy"], 1),
        ("manager", s.own.core, len(scale.scale.steps)),
    ):
        answered(s, asking, seat, {scale.slug: step}, role=role)
    for row in asking.shared.all():
        share(s.own.core, row, Audience.CLUSTER)
    words = page(client, alone(asking), s.own.second)

    assert "Front line, one member" in words
    assert "Manager, one member" in words
    assert words.count(f"In the middle: {scale.scale.steps[0]}") == 1
