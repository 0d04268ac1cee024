"""What a closed round leaves to stages after it, and how somebody's part leaves it."""

import json

import pytest

from hedgerow.analysis.needs import NeedProfile, Score
from hedgerow.core import clock
from hedgerow.core.owners import Audience
from hedgerow.diagnostics.models import Shared
from hedgerow.diagnostics.queries.snapshots import NOTHING_YET, profile_of
from hedgerow.front.queries import parts_of_cluster
from hedgerow.journeys.models import StageResult
from hedgerow.people.actions import leave_cluster
from hedgerow.people.models import Role
from tests.factories import actor, reader
from tests.journeys.scenes import stage as a_stage

from .scenes_pictures import closed, crowd, kept_by, scored
from .scenes_rounds import member_of, opened
from .scenes_sheets import answered, share

pytestmark = pytest.mark.django_db


@pytest.fixture
def asking(s):
    """The first keeps its own; the second and the third show theirs."""
    asking = opened(s).askings.get()
    answered(s, asking, s.own.core, scored(asking, {"accounts": (1, 4)}), Audience.ONLY_US)
    answered(s, asking, s.own.second, scored(asking, {"accounts": (2, 5)}))
    answered(s, asking, s.own.third, scored(asking, {"accounts": (5, 1)}))
    return asking


def test_only_what_stood_at_our_cluster_is_kept(s, asking):
    snapshot = closed(s).snapshot

    assert snapshot.kind == NeedProfile.SLUG
    assert snapshot.parts == {
        str(s.own.second.organisation_id): {"accounts": [2, 5]},
        str(s.own.third.organisation_id): {"accounts": [5, 1]},
    }
    assert "[1, 4]" not in json.dumps([snapshot.whole, snapshot.parts])
    assert snapshot.whole["n_unseen"] == 1


def test_what_was_released_stands_in_it(s):
    kept_by(s, crowd(s, 6).seats, pressing=3)

    assert closed(s).snapshot.whole["released"] == {"accounts": 3}


def test_showing_less_takes_ones_part_out_of_all_that_was_kept_at_once(s, asking):
    snapshot = closed(s).snapshot
    result = _kept_by_a_stage(s, snapshot)
    second = Shared.objects.get(asking=asking, organisation=s.own.second.organisation)
    share(s.own.second, second, Audience.ONLY_US)
    snapshot.refresh_from_db()
    result.refresh_from_db()

    assert list(snapshot.parts) == [str(s.own.third.organisation_id)]
    assert list(result.parts) == [str(s.own.third.organisation_id)]


def test_the_stage_reads_it_back_without_who_has_left(s, asking):
    stage = a_stage(s)
    closed(s)
    assert set(profile_of(stage).scores) == {
        s.own.second.organisation_id,
        s.own.third.organisation_id,
    }
    leave_cluster(by=actor(s.own.third), member=member_of(s.own.third))

    assert profile_of(stage).scores == {
        s.own.second.organisation_id: {"accounts": Score(strength=2, priority=5)}
    }


def test_a_stage_without_a_closed_round_has_an_empty_profile(s):
    stage = a_stage(s)
    assert profile_of(stage) == NOTHING_YET
    opened(s)
    assert profile_of(stage) == NOTHING_YET


def test_a_round_that_asked_for_no_needs_leaves_a_profile_without_functions(s):
    round = opened(s, "ict-baseline")

    assert closed(s, round).snapshot.whole["functions"] == []


@pytest.mark.parametrize("role", [Role.STAFF, Role.SUPPORTER, Role.CORE])
def test_a_copy_of_the_cluster_holds_no_members_part(s, asking, role):
    closed(s)
    parts = parts_of_cluster(reader(s.own.seats[role]), s.cluster)
    told = [table for table, _ in parts if table.model.__name__ in ("Snapshot", "StageResult")]

    assert told
    assert not any("parts" in table.columns for table in told)


def _kept_by_a_stage(s, snapshot):
    return StageResult.objects.create(
        stage=a_stage(s),
        kind=snapshot.kind,
        version=snapshot.version,
        whole=snapshot.whole,
        parts=snapshot.parts,
        made_at=clock.now(),
    )
