"""A round that is closed, with what was released, kept and agreed."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from hedgerow.core.owners import Audience
from hedgerow.diagnostics.actions import releases as actions
from hedgerow.diagnostics.models import Asking, Consent, Release, Round, Snapshot
from hedgerow.people.models import Seat
from tests.factories import MemberFactory, Scene, SeatFactory, actor

from .scenes_rounds import member_of, opened
from .scenes_sheets import answered, capacity_of, scores

SECRET = 2  # strength, and
WANT = 5  # priority, of the first organisation


@dataclass(frozen=True, kw_only=True)
class Crowd:
    """Core Group seats of many members of the scene's own cluster, the scene's three first."""

    seats: Sequence[Seat]

    def __getitem__(self, n: int) -> Seat:
        return self.seats[n]


def crowd(scene: Scene, n: int) -> Crowd:
    own = [scene.own.core, scene.own.second, scene.own.third]
    more = [
        SeatFactory(
            cluster=scene.cluster, organisation=MemberFactory(cluster=scene.cluster).organisation
        )
        for _ in range(n - len(own))
    ]
    return Crowd(seats=[*own, *more][:n])


def closed(scene: Scene, round: Round | None = None, seat: Seat | None = None) -> Round:
    round = round or opened(scene)
    round.refresh_from_db()
    return actions.close_round(
        by=actor(seat or scene.own.facilitator),
        round=round,
        knows_absent=True,
        version=round.version,
    )


def scored(asking: Asking, marks: Mapping[str, tuple[int, int]]) -> dict[str, object]:
    """Strength and priority by function."""
    table = next(iter(scores(asking)))
    return {
        table: [
            {"row": row, "cells": {"strength": strength, "priority": priority}}
            for row, (strength, priority) in marks.items()
        ]
    }


def kept_by(scene: Scene, seats: Sequence[Seat], pressing: int) -> Asking:
    """Capacity, answered by all of these for themselves only: accounts press for the first few."""
    asking = capacity_of(scene)
    for n, seat in enumerate(seats):
        mark = (1, 5) if n < pressing else (4, 2)
        answered(scene, asking, seat, scored(asking, {"accounts": mark}), Audience.ONLY_US)
    return asking


def release(scene: Scene) -> Release:
    """Held back: one organisation keeps its own."""
    found = Release.objects.filter(asking__round__cluster=scene.cluster).first()
    if found:
        return found
    kept_by(scene, [scene.own.third], 1)
    closed(scene)
    return Release.objects.get(asking__round__cluster=scene.cluster)


def snapshot(scene: Scene) -> Snapshot:
    found = Snapshot.objects.filter(round__cluster=scene.cluster).first()
    return found or closed(scene).snapshot


def consent(scene: Scene) -> Consent:
    """Of the first organisation, of two that are asked."""
    found = Consent.objects.filter(asking__round__cluster=scene.cluster, ended_at=None).first()
    if found:
        return found
    asking = kept_by(scene, [scene.own.core, scene.own.second], 1)
    closed(scene)
    return actions.consent(
        by=actor(scene.own.core), member=member_of(scene.own.core), asking=asking
    )


SCENES = {
    "diagnostics.Release": release,
    "diagnostics.Snapshot": snapshot,
    "diagnostics.Consent": consent,
}
