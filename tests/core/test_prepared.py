from dataclasses import fields
from datetime import date, timedelta
from threading import Thread

import pytest
from django.db import connection
from django.db.models import Q
from django.db.models.sql.compiler import SQLCompiler
from django.test.utils import CaptureQueriesContext

from hedgerow.core import clock
from hedgerow.core import prepared as of_questions
from hedgerow.core.prepared import prepared
from hedgerow.people import rules
from hedgerow.people.access import visible
from hedgerow.people.models import Cluster, Role, Seat, User
from hedgerow.people.readers import ANYBODY, LiveSeat, Reader
from tests.factories import ClusterFactory, SeatFactory, UserFactory, reader

pytestmark = pytest.mark.django_db


@prepared
def clusters(keys):
    return Cluster.objects.filter(pk__in=keys).order_by("pk")


@prepared
def all_but(keys):
    return Cluster.objects.exclude(pk__in=keys).order_by("pk")


@prepared
def begun(since, role):
    return Seat.objects.filter(began_at__gte=since, role=role).order_by("pk")


@prepared
def here(reader):
    return visible(reader, rules.SEE_CLUSTER).order_by("pk")


@prepared
def described(reader):
    return visible(reader, rules.DESCRIBE_ORGANISATION).order_by("pk")


@prepared
def oneself(reader):
    return visible(reader, rules.SEE_SELF)


@prepared
def named(name):
    return Cluster.objects.filter(name=name).values_list("pk", "name")


@pytest.fixture
def put_into_sql(monkeypatch):
    """How often Django was asked to."""
    asked, as_sql = [], SQLCompiler.as_sql
    monkeypatch.setattr(
        SQLCompiler, "as_sql", lambda self, *args: asked.append(self) or as_sql(self, *args)
    )
    return asked


def test_a_question_is_put_into_sql_once_and_answered_from_the_database_each_time(put_into_sql):
    one, other = ClusterFactory(), ClusterFactory()
    clusters([one.pk])
    put_into_sql.clear()

    found = clusters([one.pk]), clusters([other.pk]), clusters([0])

    assert found == ([one], [other], [])
    assert not put_into_sql


def test_it_costs_one_query():
    one = ClusterFactory()

    with CaptureQueriesContext(connection) as asked:
        clusters([one.pk])

    assert len(asked) == 1


def test_statements_of_only_so_many_shapes_are_kept(put_into_sql, monkeypatch):
    monkeypatch.setattr(of_questions, "MOST_SHAPES", 2)

    @prepared
    def these(keys):
        return Cluster.objects.filter(pk__in=keys).order_by("pk")

    for n in (1, 2, 4):
        these(list(range(n)))
    put_into_sql.clear()
    these([1, 2, 3, 4])
    assert not put_into_sql
    these([1])

    assert len(put_into_sql) == 1


@pytest.mark.parametrize("n", [0, 1, 2, 3, 5])
def test_of_any_number_of_keys(n):
    found = [ClusterFactory() for _ in range(5)]

    assert clusters({cluster.pk for cluster in found[:n]}) == found[:n]
    assert all_but([cluster.pk for cluster in found[:n]]) == found[n:]


def test_no_key_at_all_asks_nothing():
    with CaptureQueriesContext(connection) as asked:
        assert clusters([None]) == []

    assert not asked.captured_queries


def test_so_many_keys_that_they_are_not_kept():
    one = ClusterFactory()

    assert clusters([one.pk, *range(-of_questions.MOST_KEYS, 0)]) == [one]


def test_days_instants_and_words_fill_it_and_one_of_a_few_is_part_of_it():
    core, staff = SeatFactory(role=Role.CORE), SeatFactory(role=Role.STAFF)
    since, after = core.began_at, clock.now() + timedelta(days=1)

    assert begun(since, Role.CORE) == [core]
    assert begun(since, Role.STAFF) == [staff]
    assert begun(after, Role.CORE) == []
    assert named(core.cluster.name) == [(core.cluster_id, core.cluster.name)]
    assert named("'; --") == []


def test_a_rule_admits_each_reader_to_their_own_alone():
    one, other = SeatFactory(role=Role.CORE), SeatFactory(role=Role.CORE)

    assert here(reader(one)) == [one.cluster]
    assert here(reader(other)) == [other.cluster]
    assert here(ANYBODY) == list(visible(ANYBODY, rules.SEE_CLUSTER))
    assert oneself(reader(one)) == [one.user]
    assert oneself(Reader(person=UserFactory())) != [one.user]


def test_what_a_seat_opens_is_asked_of_its_role_whoever_was_asked_about_before():
    seats = [SeatFactory(role=role) for role in Role]

    for seat in seats:
        who = reader(seat)
        assert here(who) == list(visible(who, rules.SEE_CLUSTER).order_by("pk"))
        assert described(who) == list(visible(who, rules.DESCRIBE_ORGANISATION).order_by("pk"))


def test_every_part_of_a_seat_shapes_a_question_or_fills_it():
    """What did neither would be the same for whoever asks next."""
    words = {field.name: field.name for field in fields(LiveSeat)}
    seat = LiveSeat(**{**words, "role": Role.CORE, "stands_in": True})

    assert {*seat.values(), "role", "stands_in", "words"} == set(words)
    assert seat.shape()[:2] == (Role.CORE, True)
    assert seat.filled(iter(seat.values())).values() == seat.values()


def test_a_question_that_asks_the_time_is_refused():
    @prepared
    def lately(keys):
        return Seat.objects.filter(Q(began_at__lte=clock.now()), pk__in=keys)

    with pytest.raises(RuntimeError, match="time of now"):
        lately([1])


def test_a_question_that_looks_at_a_value_is_refused():
    @prepared
    def of_first(keys, key):
        return Seat.objects.filter(pk__in=keys, is_first=key == 1)

    with pytest.raises(TypeError, match="knows no value"):
        of_first([1], 1)


@pytest.mark.parametrize("given", [(key for key in [1]), {1: 2}.keys(), User()])
def test_what_cannot_be_filled_in_is_refused(given):
    with pytest.raises(TypeError, match="takes no"):
        clusters(given)


def test_there_are_never_many_statements_of_one_question(monkeypatch):
    monkeypatch.setattr(of_questions, "MOST_SHAPES", 2)
    found = [ClusterFactory() for _ in range(8)]

    for n in (1, 2, 4, 8, 1):
        assert clusters([cluster.pk for cluster in found[:n]]) == found[:n]


def test_a_day_is_written_as_the_database_keeps_it():
    @prepared
    def ended(on):
        return Cluster.objects.filter(ended_at__date=on)

    one = ClusterFactory(ended_at=clock.now())

    assert ended(clock.today()) == [one]
    assert ended(date(2000, 1, 1)) == []


@pytest.mark.django_db(transaction=True)
def test_each_thread_asks_over_its_own_connection():
    one, heard = ClusterFactory(), []
    clusters([one.pk])

    def ask():
        heard.extend(clusters([one.pk]))
        heard.append(connection)
        connection.close()

    thread = Thread(target=ask)
    thread.start()
    thread.join()

    assert heard[0] == one
