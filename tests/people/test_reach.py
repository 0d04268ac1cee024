"""How far a seat reaches into what others share, step by step; and whose history it may read."""

import pytest

from hedgerow.core import clock
from hedgerow.core.actions import action, record
from hedgerow.core.actors import Actor
from hedgerow.core.owners import Audience, Owner
from hedgerow.people.access import ROUND_THE_TABLE, Rule, seat_for, visible, visible_events
from hedgerow.people.models import OF_A_PROGRAMME, Mandate, Role
from hedgerow.people.readers import ANYBODY, Reader, reader_of, seat_words, with_seats
from tests.factories import (
    MandateFactory,
    OrganisationFactory,
    SeatFactory,
    actor,
    reader,
    scene,
    through_the_glass,
)

pytestmark = pytest.mark.django_db

EVERY_SEAT = frozenset({*ROUND_THE_TABLE, Role.SPONSOR, *OF_A_PROGRAMME})

# access.md, "Seats": from which step on each reads another member's record.
READS_FROM = {
    Role.CORE: Audience.CLUSTER,
    Role.DEPUTY: Audience.CLUSTER,
    Role.STAFF: Audience.EVERYONE,
    Role.SUPPORTER: Audience.EVERYONE,
    Role.FACILITATOR: Audience.FACILITATOR,
    Role.SPONSOR: Audience.FUNDER,
    Role.MANAGER: Audience.FUNDER,
    Role.ASSESSOR: Audience.FUNDER,
    Role.VIEWER: Audience.EVERYONE,
}
STEPS = list(Audience)


@pytest.fixture
def shared():
    """A record of the second organisation about the cluster, whose step stands in a field: here a
    seat stands for the record, and its holder's title for the step."""
    s = scene()
    return s, s.own.second


A_RECORD = Rule(
    to="read a record",
    model="people.Seat",
    owner=Owner.ORGANISATION,
    way="organisation",
    about="cluster",
    seats=EVERY_SEAT,
    audience="user__title",
)


def put(record, step):
    record.user.title = step
    record.user.save()


def reads(seat, record, rule=A_RECORD):
    return visible(reader(seat), rule).filter(pk=record.pk).exists()


@pytest.mark.parametrize("step", STEPS)
@pytest.mark.parametrize("role", READS_FROM)
def test_another_members_record_is_read_from_its_step_up(shared, role, step):
    s, record = shared
    put(record, step)

    assert reads(s.seats[role], record) == (STEPS.index(step) >= STEPS.index(READS_FROM[role]))


@pytest.mark.parametrize("step", STEPS)
def test_ones_own_is_read_at_every_step(shared, step):
    _, record = shared
    put(record, step)

    assert reads(record, record)


@pytest.mark.parametrize("step", STEPS)
def test_no_step_opens_it_to_another_cluster_or_programme(shared, step):
    s, record = shared
    put(record, step)

    outside = [*s.neighbour.seats.values(), *s.elsewhere.seats.values(), *s.other_staff.values()]
    assert not any(reads(seat, record) for seat in outside)


def test_lowering_works_at_once(shared):
    s, record = shared
    put(record, Audience.FUNDER)
    assert reads(s.staff[Role.MANAGER], record)

    put(record, Audience.CLUSTER)

    assert not reads(s.staff[Role.MANAGER], record)


def test_what_an_organisation_shared_leaves_with_it(shared):
    s, record = shared
    put(record, Audience.EVERYONE)
    s.cluster.members.filter(organisation=record.organisation).update(left_at=clock.now())

    assert not reads(s.own.core, record)
    assert not reads(s.staff[Role.MANAGER], record)


def test_what_is_shared_with_one_cluster_does_not_show_in_another_of_the_same_organisation(shared):
    s, record = shared
    put(record, Audience.CLUSTER)
    s.neighbour.cluster.members.create(organisation=record.organisation, joined_at=record.began_at)

    assert reads(s.own.core, record)
    assert not reads(s.neighbour.core, record)


@pytest.mark.parametrize("step", STEPS)
def test_a_step_that_always_holds_works_as_one_that_was_chosen(shared, step):
    s, record = shared
    fixed = Rule(
        to="read it",
        model="people.Seat",
        owner=Owner.ORGANISATION,
        way="organisation",
        about="cluster",
        seats=EVERY_SEAT,
        audience=step,
    )

    for role, first in READS_FROM.items():
        wanted = STEPS.index(step) >= STEPS.index(first)
        assert reads(s.seats[role], record, fixed) == wanted, role


def test_without_an_audience_a_record_is_its_owners_alone(shared):
    s, record = shared
    private = Rule(
        to="read it",
        model="people.Seat",
        owner=Owner.ORGANISATION,
        way="organisation",
        seats=EVERY_SEAT,
    )

    assert reads(record, record, private)
    others = [seat for seat in s.seats.values() if seat.organisation_id != record.organisation_id]
    assert not any(reads(seat, record, private) for seat in others)


def test_an_operator_who_also_has_another_seat_loses_nothing():
    s = scene()
    rule = Rule(
        to="look",
        model="people.Cluster",
        owner=Owner.CLUSTER,
        seats=frozenset({Role.OPERATOR, Role.CORE}),
    )
    core = SeatFactory(user=s.operator.user)

    clusters = visible(reader(core), rule)

    assert {s.cluster.pk, s.elsewhere.cluster.pk} <= set(clusters.values_list("pk", flat=True))


def test_a_person_with_two_seats_acts_from_the_one_they_chose():
    s = scene()
    other = SeatFactory(role=Role.FACILITATOR, user=s.own.core.user, cluster=s.cluster)
    rule = Rule(
        to="look",
        model="people.Cluster",
        owner=Owner.CLUSTER,
        seats=frozenset({Role.FACILITATOR, Role.CORE}),
    )

    chosen = [
        seat_for(reader(other), rule, s.cluster, preferred=k) for k in (other.pk, s.own.core.pk)
    ]

    assert [seat.key for seat in chosen] == [other.pk, s.own.core.pk]


def test_a_seat_chosen_that_does_not_let_them_is_passed_over():
    s = scene()
    elsewhere = SeatFactory(user=s.own.core.user)
    rule = Rule(
        to="look", model="people.Cluster", owner=Owner.CLUSTER, seats=frozenset({Role.CORE})
    )

    seat = seat_for(reader(elsewhere), rule, s.cluster, preferred=elsewhere.pk)

    assert seat.key == s.own.core.pk


def test_whoever_is_not_admitted_has_no_seat_to_act_from():
    s = scene()
    rule = Rule(
        to="look", model="people.Cluster", owner=Owner.CLUSTER, seats=frozenset({Role.CORE})
    )

    with pytest.raises(LookupError):
        seat_for(reader(s.own.facilitator), rule, s.cluster)


def test_who_rows_name_is_looked_up_once_for_all_of_them(django_assert_num_queries):
    seat = SeatFactory()
    given = [MandateFactory(given_by=seat), MandateFactory(given_by=seat)]
    words = [seat_words(mandate.deputy) for mandate in given]
    rows = Mandate.objects.order_by("pk")

    with django_assert_num_queries(2):
        found = with_seats(rows, "deputy", "given_by")
        assert [seat_words(one.deputy) for one in found] == words
        assert {seat_words(one.given_by) for one in found} == {seat_words(seat)}


def test_asking_costs_one_query_for_the_reader_and_none_for_the_rule(django_assert_num_queries):
    s = scene()

    with django_assert_num_queries(1):
        who = reader_of(s.own.core.user)
    with django_assert_num_queries(0):
        visible(who, A_RECORD)


# the record


@action
def _happen(*, by, owner, key, audience, cluster=None):
    return record(
        "people.test",
        by=by,
        to=OrganisationFactory(),
        owner=(owner, key),
        audience=audience,
        cluster=cluster,
    )


def readers_of(s, event):
    seats = {role.value: seat for role, seat in s.seats.items()}
    seats |= {"second core": s.own.second, "next door": s.neighbour.core}
    seats |= {"elsewhere": s.elsewhere.core, "other manager": s.other_staff[Role.MANAGER]}
    seats["glass"] = through_the_glass(s.cluster)
    return {
        name
        for name, seat in seats.items()
        if visible_events(reader(seat)).filter(pk=event.pk).exists()
    }


ROUND = {"core", "second core", "deputy", "staff", "facilitator", "supporter"}


@pytest.mark.parametrize(
    ("step", "wanted"),
    [
        (Audience.CLUSTER, ROUND | {"glass"}),
        (Audience.FUNDER, ROUND | {"glass", "manager"}),
        (Audience.EVERYONE, ROUND | {"glass", "manager"}),
    ],
)
def test_a_clusters_history_is_read_round_its_table_and_by_others_from_their_step(step, wanted):
    s = scene()
    event = _happen(by=actor(s.own.core), owner=Owner.CLUSTER, key=s.cluster.pk, audience=step)

    assert readers_of(s, event) == wanted


@pytest.mark.parametrize(
    ("step", "wanted"),
    [
        (Audience.ONLY_US, {"second core"}),
        (Audience.FACILITATOR, {"second core", "facilitator"}),
        (Audience.CLUSTER, {"second core", "facilitator", "core", "deputy"}),
    ],
)
def test_an_organisations_history_is_read_by_others_only_as_far_as_it_was_shared(step, wanted):
    s = scene()
    event = _happen(
        by=actor(s.own.second),
        owner=Owner.ORGANISATION,
        key=s.own.second.organisation_id,
        audience=step,
        cluster=s.cluster.pk,
    )

    assert readers_of(s, event) == wanted


def test_an_organisations_event_without_a_cluster_is_its_own():
    s = scene()
    event = _happen(
        by=actor(s.own.second),
        owner=Owner.ORGANISATION,
        key=s.own.second.organisation_id,
        audience=Audience.CLUSTER,
    )

    assert readers_of(s, event) == {"second core"}


def test_a_programmes_history_is_its_managers_and_of_the_cluster_it_is_about():
    s = scene()
    by, key = actor(s.staff[Role.MANAGER]), s.programme.pk
    general = _happen(by=by, owner=Owner.PROGRAMME, key=key, audience=Audience.CLUSTER)
    about = _happen(
        by=by, owner=Owner.PROGRAMME, key=key, audience=Audience.CLUSTER, cluster=s.cluster.pk
    )

    assert readers_of(s, general) == {"manager"}
    assert readers_of(s, about) == {"manager"} | ROUND


def test_a_persons_history_is_theirs():
    s = scene()
    event = _happen(
        by=Actor(person=s.own.core.user_id),
        owner=Owner.PERSON,
        key=s.own.core.user_id,
        audience=Audience.EVERYONE,
    )

    assert readers_of(s, event) == {"core"}


def test_the_platforms_history_is_the_operators():
    s = scene()
    event = _happen(by=Actor.command(), owner=Owner.SYSTEM, key=None, audience=Audience.CLUSTER)

    assert readers_of(s, event) == {"operator"}


def test_nobody_reads_nothing():
    s = scene()
    _happen(by=actor(s.own.core), owner=Owner.CLUSTER, key=s.cluster.pk, audience=Audience.EVERYONE)

    assert not visible_events(ANYBODY).exists()
    assert not visible_events(Reader(person=None)).exists()
