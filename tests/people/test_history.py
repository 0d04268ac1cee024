"""What was done, in sentences, for whoever may know; and what waits for whom."""

from datetime import timedelta

import pytest
from django.contrib.sessions.models import Session
from django.db import connection
from django.test.utils import CaptureQueriesContext

from hedgerow.core import clock
from hedgerow.core.actors import Actor
from hedgerow.core.models import Event
from hedgerow.core.owners import Owner
from hedgerow.people import actions, events, queries, tries
from hedgerow.people.models import Authenticator, Role, SignIn, SignInCode, Try
from hedgerow.people.prompts import prompts
from hedgerow.people.published import load_record as read_record
from hedgerow.people.reach import reads_history
from hedgerow.people.readers import reader_of
from hedgerow.people.upkeep import clear_away
from tests.factories import (
    MandateFactory,
    MemberFactory,
    OrganisationFactory,
    SeatFactory,
    UserFactory,
    actor,
    reader,
    scene,
    signed_in,
)

pytestmark = pytest.mark.django_db
COMMAND = Actor.command()


def history(seat, cluster):
    lines = queries.history_of(reader(seat), owner=Owner.CLUSTER, key=cluster.pk, limit=50)
    return [line.sentence for line in lines]


def test_what_happens_in_a_cluster_is_told_in_sentences():
    s = scene()
    core, cluster = actor(s.own.core), s.cluster
    first, new = s.own.organisations[0], OrganisationFactory(name="Open Door")
    actions.join_cluster(by=core, cluster=cluster, organisation=new)
    actions.invite(
        by=core, email="x@place.org", role=Role.STAFF, cluster=cluster, organisation=first
    )
    actions.give_mandate(
        by=core,
        deputy=s.own.seats[Role.DEPUTY],
        from_on=clock.today(),
        until_on=clock.today(),
    )
    actions.end_seat(by=core, seat=s.own.seats[Role.STAFF])
    actions.break_glass(by=actor(s.operator), cluster=cluster, reason="A page does not open.")

    told = history(s.own.core, cluster)

    day = f"{clock.today().day} {clock.today():%B %Y}"
    chief = f"Chief executive, {first}"
    opened = "Platform operator opened this cluster to read it, for four hours; everybody was told."
    assert told == [
        f"{opened} The reason: “A page does not open.”",
        f"The seat of {chief} as member's staff ended. {chief} ended it.",
        f"{chief} stands in on {day}. {chief} said so.",
        f"{chief} invited somebody to be member's staff for {first}.",
        f"Open Door joined. {chief} put it in.",
    ]


@pytest.mark.parametrize("role", sorted(Role))
def test_who_only_looks_on_reads_no_history(role):
    s = scene()
    actions.join_cluster(
        by=COMMAND, cluster=s.cluster, organisation=OrganisationFactory(name="New")
    )
    seat = s.own.seats.get(role) or s.staff.get(role) or s.operator
    looks_on = role in (Role.SPONSOR, Role.ASSESSOR, Role.VIEWER, Role.OPERATOR)

    assert bool(history(seat, s.cluster)) != looks_on
    assert reads_history(reader(seat)) == (not looks_on or role == Role.OPERATOR)
    assert len(history(s.own.second, s.cluster)) == 1
    assert history(s.neighbour.core, s.cluster) == []


def test_a_person_who_was_erased_is_somebody():
    seat = SeatFactory(user__title="", user__name="Ann Other")
    actions.end_seat(
        by=actor(seat),
        seat=SeatFactory(role=Role.STAFF, cluster=seat.cluster, organisation=seat.organisation),
    )
    seat.user.name = ""
    seat.user.save()

    assert "Ann" not in history(seat, seat.cluster)[0]


def test_history_comes_in_pages():
    seat = SeatFactory()
    for n in range(5):
        MemberFactory(cluster=seat.cluster)
        actions.join_cluster(
            by=COMMAND, cluster=seat.cluster, organisation=OrganisationFactory(name=f"N{n}")
        )
    ask = {"owner": Owner.CLUSTER, "key": seat.cluster_id, "limit": 3}

    first = queries.history_of(reader(seat), **ask)
    second = queries.history_of(reader(seat), **ask, before=first[-1].number)

    assert [line.sentence[:2] for line in first + second] == ["N4", "N3", "N2", "N1", "N0"]


def test_a_long_history_costs_as_many_queries_as_a_short_one(django_assert_num_queries):
    seat = SeatFactory()
    who = reader(seat)
    for _ in range(3):
        actions.join_cluster(
            by=actor(seat), cluster=seat.cluster, organisation=OrganisationFactory()
        )
    ask = {"owner": Owner.CLUSTER, "key": seat.cluster_id, "limit": 50}
    with django_assert_num_queries(3):  # the events, who did it, which organisation
        queries.history_of(who, **ask)
    for _ in range(9):
        actions.join_cluster(
            by=actor(seat), cluster=seat.cluster, organisation=OrganisationFactory()
        )
    with django_assert_num_queries(3):  # the events, who did it, which organisation
        queries.history_of(who, **ask)


def test_what_is_named_comes_without_all_that_hangs_on_it():
    seat = SeatFactory()
    actions.publish_cluster(
        by=actor(seat), cluster=seat.cluster, is_public=True, version=seat.cluster.version
    )

    with CaptureQueriesContext(connection) as asked:
        history(seat, seat.cluster)

    (sql,) = (q["sql"] for q in asked if q["sql"].startswith('SELECT "people_cluster"'))
    assert "JOIN" not in sql


def test_a_thing_that_no_sentence_tells_of_is_not_looked_up():
    seat = SeatFactory()
    actions.join_cluster(by=actor(seat), cluster=seat.cluster, organisation=OrganisationFactory())

    with CaptureQueriesContext(connection) as asked:
        assert history(seat, seat.cluster)

    assert not any(q["sql"].startswith('SELECT "people_member"') for q in asked)


def test_only_as_much_of_what_changed_is_read_as_is_shown():
    s = scene()
    before = clock.now()
    for _ in range(3):
        actions.join_cluster(
            by=actor(s.own.second), cluster=s.cluster, organisation=OrganisationFactory()
        )

    found = queries.changes_since(reader(s.own.core), before)

    assert len(found) == 3
    assert queries.changes_since(reader(s.own.core), before, limit=2) == found[:2]


def test_what_changed_is_what_others_did():
    s = scene()
    before = clock.now()
    actions.join_cluster(
        by=actor(s.own.core), cluster=s.cluster, organisation=OrganisationFactory()
    )
    actions.join_cluster(
        by=actor(s.own.second), cluster=s.cluster, organisation=OrganisationFactory()
    )
    actions.describe_person(
        by=actor(s.own.core), user=s.own.core.user, name="Me", title="", wants_digest=True
    )

    assert len(queries.changes_since(reader(s.own.core), before)) == 1
    assert queries.changes_since(reader(s.own.core), clock.now()) == []


def test_every_sentence_can_be_said_when_its_thing_is_gone():
    """Names are looked up when it is read: any of them may be missing by then."""
    s = scene()
    actions.join_cluster(by=COMMAND, cluster=s.cluster, organisation=OrganisationFactory())
    for number, name in enumerate(events.SENTENCES, start=1000):
        event = Event.objects.first()
        event.pk, event.number = None, number
        event.did, event.owner_kind, event.owner_key = name, Owner.CLUSTER, s.cluster.pk
        event.thing = "people.seat:999999"
        event.detail = {
            "organisation": 999999,
            "is_second_tier": False,
            "seats": 1,
            "role": "core",
            "deputy": 999999,
            "from_on": "2026-03-17",
            "until_on": "2026-03-18",
            "facts": 1,
            "n": 2,
        }
        event.save()
        line = queries.history_of(
            reader(s.own.core), owner=Owner.CLUSTER, key=s.cluster.pk, limit=1
        )
        assert line[0].sentence.endswith((".", "”")), name


# what waits


def waiting(user, *, second_factor=True):
    who = reader_of(user, second_factor=second_factor)
    return [prompt.key.split(":")[0] for prompt in prompts(who, clock.today())]


def test_staff_without_a_second_factor_are_asked_to_set_one_up():
    seat = SeatFactory(role=Role.MANAGER)

    assert waiting(seat.user, second_factor=False) == ["people.second_factor"]
    assert waiting(seat.user) == []


def test_an_invitation_waits_for_whoever_has_its_address():
    s = scene()
    user = UserFactory()
    actions.invite(
        by=actor(s.own.core),
        email=user.email,
        role=Role.STAFF,
        cluster=s.cluster,
        organisation=s.own.organisations[0],
    )

    assert waiting(user) == ["people.invitation"]
    with clock.at(clock.now() + timedelta(days=15)):
        assert waiting(user) == []


def test_an_organisation_that_says_nothing_is_described_by_its_core_group_member():
    seat = SeatFactory()
    seat.organisation.words = ""
    seat.organisation.save()
    staff = SeatFactory(role=Role.STAFF, cluster=seat.cluster, organisation=seat.organisation)

    assert waiting(seat.user) == ["people.describe"]
    assert waiting(staff.user) == []


@pytest.mark.parametrize(("days", "asked"), [(0, True), (1, True), (2, False)])
def test_whoever_gave_a_mandate_hears_of_its_end_the_day_before(days, asked):
    until = clock.today() + timedelta(days=days)
    mandate = MandateFactory(until_on=until)

    assert waiting(mandate.given_by.user) == (["people.mandate"] if asked else [])


def test_the_facilitator_is_asked_to_fill_a_core_group_seat():
    facilitator = SeatFactory(role=Role.FACILITATOR)
    member = MemberFactory(cluster=facilitator.cluster)
    MemberFactory(cluster=facilitator.cluster, is_second_tier=True)
    assert waiting(facilitator.user) == ["people.core_seat"]

    actions.invite(
        by=actor(facilitator),
        email="x@place.org",
        role=Role.CORE,
        cluster=member.cluster,
        organisation=member.organisation,
    )

    assert waiting(facilitator.user) == []


def test_somebody_with_nothing_to_do_is_asked_nothing(django_assert_max_num_queries):
    seat = SeatFactory()
    who = reader(seat)

    with django_assert_max_num_queries(5):
        assert list(prompts(who, clock.today())) == []


# upkeep


def test_what_counts_no_more_is_thrown_away_and_twice_is_once(client):
    seat = SeatFactory()
    signed_in(client, seat)
    alive = SignIn.objects.create(
        user=seat.user, session_key=client.session.session_key, began_at=clock.now()
    )
    gone = SignIn.objects.create(user=seat.user, session_key="gone", began_at=clock.now())
    tries.take(tries.INVITATIONS, "x")
    SignInCode.objects.create(user=seat.user, asked_at=clock.now(), expires_at=clock.now())
    Authenticator.objects.create(user=seat.user, secret="A", made_at=clock.now())

    for _ in range(2):
        clear_away(by=Actor.clock())
    gone.refresh_from_db()
    alive.refresh_from_db()
    assert gone.ended_at
    assert gone.session_key == ""
    assert alive.ended_at is None
    assert (Try.objects.count(), SignInCode.objects.count(), Authenticator.objects.count()) == (
        1,
        1,
        1,
    )

    with clock.at(clock.now() + timedelta(days=3)):
        clear_away(by=Actor.clock())
    assert not Try.objects.exists()
    assert not SignInCode.objects.exists()
    assert not Authenticator.objects.exists()
    assert Session.objects.exists()


# the published record


def test_the_published_record_is_loaded_once():
    record = read_record("collaborate-2")
    programme = actions.load_record(by=COMMAND, record=record)
    n = Event.objects.count()
    facts = list(programme.facts.values_list("pk", flat=True))

    actions.load_record(by=COMMAND, record=record)

    assert Event.objects.count() == n
    assert list(programme.facts.values_list("pk", flat=True)) == facts
    assert programme.clusters.count() == len(record.clusters)
    assert not programme.facts.filter(source="").exists()


def test_a_fact_that_changed_in_the_record_changes():
    record = read_record("collaborate-2")
    programme = actions.load_record(by=COMMAND, record=record)
    fact = programme.facts.first()
    programme.facts.filter(pk=fact.pk).update(sentence="Something else.")

    actions.load_record(by=COMMAND, record=record)

    assert programme.facts.get(position=fact.position).sentence == fact.sentence
