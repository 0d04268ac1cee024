"""Which of several sheets counts, and which of its sections."""

from datetime import timedelta

import pytest

from hedgerow.core import clock
from hedgerow.core.owners import Audience
from hedgerow.diagnostics import actions
from hedgerow.diagnostics.models import Sheet
from hedgerow.diagnostics.queries.counted import counted, kept_back, open_to_the_cluster
from hedgerow.diagnostics.queries.registers import full_members
from hedgerow.people.models import Role
from tests.factories import SeatFactory, actor, reader

from .scenes_pictures import scored
from .scenes_rounds import member_of, opened
from .scenes_sheets import answered, begun, share

pytestmark = pytest.mark.django_db


def marks(asking, strength):
    return scored(asking, {"accounts": (strength, 5)})


def of(s, asking, seat=None):
    roles = {asking.pk: asking.roles}
    return counted(reader(seat or s.own.second), roles, full_members(s.cluster.pk))[asking.pk]


def strength_of(found, seat):
    return found.told[seat.organisation_id]["strengths"][0]["cells"]["strength"]


def another(s, role):
    return SeatFactory(role=role, cluster=s.cluster, organisation=s.own.core.organisation)


def test_what_the_core_group_seat_says_goes_before_what_anybody_else_says(s, asking):
    answered(s, asking, s.own.core, marks(asking, 1))
    with clock.at(clock.now() + timedelta(hours=1)):
        answered(s, asking, s.own.seats[Role.DEPUTY], marks(asking, 2))
        answered(s, asking, s.own.seats[Role.STAFF], marks(asking, 3))

    assert strength_of(of(s, asking), s.own.core) == 1


def test_without_it_a_deputys_counts_and_without_that_the_newest_of_staff(s, asking):
    answered(s, asking, s.own.seats[Role.STAFF], marks(asking, 3))
    with clock.at(clock.now() + timedelta(hours=1)):
        answered(s, asking, another(s, Role.STAFF), marks(asking, 4))
    assert strength_of(of(s, asking), s.own.core) == 4

    answered(s, asking, s.own.seats[Role.DEPUTY], marks(asking, 2))
    assert strength_of(of(s, asking), s.own.core) == 2


def test_what_is_not_finished_does_not_count_whoever_writes_it(s, asking):
    answered(s, asking, s.own.seats[Role.STAFF], marks(asking, 3))
    begun(asking, s.own.core)

    assert strength_of(of(s, asking), s.own.core) == 3


def test_of_roles_asked_one_by_one_each_counts_and_the_manager_stands_for_all(s):
    asking = opened(s, "self-check", roles=["front_line", "manager"]).askings.get()
    answered(s, asking, s.own.seats[Role.STAFF], _a_scale(asking, 1), role="front_line")
    answered(s, asking, s.own.core, _a_scale(asking, 4), role="manager")
    for seat in (s.own.core,):
        for shared in asking.shared.filter(organisation=seat.organisation):
            share(seat, shared, Audience.CLUSTER)
    found = of(s, asking)
    key = s.own.core.organisation_id

    assert found.told[key] == _a_scale(asking, 4)
    assert found.by_role == {
        "front_line": {key: _a_scale(asking, 1)},
        "manager": {key: _a_scale(asking, 4)},
    }


def test_what_is_kept_is_counted_for_nobody_and_stands_beside_for_who_may_see_it(s, asking):
    answered(s, asking, s.own.core, marks(asking, 1), Audience.FACILITATOR)
    key = s.own.core.organisation_id

    for seat in (s.own.core, s.own.second, s.own.facilitator):
        assert of(s, asking, seat).told == {}
        assert of(s, asking, seat).n_unseen == 1
        assert of(s, asking, seat).answered == {key}
    assert list(of(s, asking, s.own.core).aside) == [key]
    assert list(of(s, asking, s.own.facilitator).aside) == [key]
    assert of(s, asking, s.own.second).aside == {}


def test_what_is_kept_and_what_is_open_are_never_the_same(s, asking):
    answered(s, asking, s.own.core, marks(asking, 1), Audience.ONLY_US)
    answered(s, asking, s.own.second, marks(asking, 2), Audience.FUNDER)
    asked, members = {asking.pk: asking.roles}, full_members(s.cluster.pk)

    assert set(kept_back(asked, members)[asking.pk]) == {s.own.core.organisation_id}
    assert set(open_to_the_cluster(asked, members)[asking.pk]) == {s.own.second.organisation_id}


def test_what_a_facilitator_wrote_down_counts_and_says_that_it_waits(s, asking):
    actions.record_answers(
        by=actor(s.own.facilitator),
        asking=asking,
        member=member_of(s.own.core),
        answers=marks(asking, 1),
    )
    assert of(s, asking).unconfirmed == {s.own.core.organisation_id}
    actions.confirm_sheet(by=actor(s.own.core), sheet=Sheet.objects.get())

    assert of(s, asking).unconfirmed == frozenset()


def test_many_members_cost_no_more_queries(s, asking, django_assert_num_queries):
    for seat in (s.own.core, s.own.second, s.own.third):
        answered(s, asking, seat, marks(asking, 1))
    members, who = full_members(s.cluster.pk), reader(s.own.core)
    with django_assert_num_queries(3):
        found = counted(who, {asking.pk: asking.roles}, members)

    assert len(found[asking.pk].told) == 3


def _a_scale(asking, step):
    from hedgerow.diagnostics.questions.packs import instrument_of

    first = next(item for item in instrument_of(asking.text).items if item.kind == "scale")
    return {first.slug: step}
