"""Jobs: written with what they follow from, run until they are done, put off when they fail."""

import io
import logging
import time
from datetime import UTC, datetime, timedelta
from threading import Event

import pytest
from django.db import OperationalError, transaction

from hedgerow.core import clock, jobs, schedules
from hedgerow.core.jobs import BACK_OFF, LEASE, enqueue, failed_jobs, job, run_worker
from hedgerow.core.logs import Plain
from hedgerow.core.models import Job
from tests.at_once import all_at_once

SOMEBODY = "ash" + "@" + "hazelford.org.uk"
NOW = datetime(2026, 3, 17, 9, 0, tzinfo=UTC)


@pytest.fixture
def done(monkeypatch):
    """What the job "test.note" was called with, and a "test.fail" that raises."""
    called = []
    monkeypatch.setattr(jobs, "_jobs", dict(jobs._jobs))
    monkeypatch.setattr(schedules, "_schedules", {})

    @job("test.note")
    def note(*, number):
        called.append(number)

    @job("test.fail")
    def fail(*, number):
        called.append(number)
        raise LookupError(f"{SOMEBODY} was not found")

    return called


def work(at=NOW):
    with clock.at(at):
        return run_worker(stop=Event(), once=True)


def put(name="test.note", key="7", at=NOW, **detail):
    with clock.at(at):
        return enqueue(name, key=key, **{"number": 7, **detail})


@pytest.mark.django_db
def test_a_job_is_done_once(done):
    put()

    assert work() == 1
    assert work() == 0
    assert done == [7]
    assert Job.objects.get().done_at == NOW


@pytest.mark.django_db(transaction=True)
def test_a_job_of_an_action_that_was_undone_never_was(done):
    with pytest.raises(ZeroDivisionError), transaction.atomic():
        put()
        raise ZeroDivisionError

    assert work() == 0
    assert not Job.objects.exists()


@pytest.mark.django_db(transaction=True)
def test_a_job_is_put_in_the_queue_only_with_what_it_follows_from(done):
    with pytest.raises(AssertionError, match="outside a transaction"):
        put()


@pytest.mark.django_db
def test_the_same_key_twice_is_one_job(done):
    assert put().pk == put().pk
    put(key="8", number=8)

    assert work() == 2
    assert sorted(done) == [7, 8]


@pytest.mark.django_db(transaction=True)
def test_two_who_want_the_same_at_once_get_one_job(done):
    def want():
        with transaction.atomic():
            put()
            time.sleep(0.2)  # the other one is in the middle of it too

    assert all_at_once(*[want] * 4) == ["done"] * 4
    assert Job.objects.count() == 1


@pytest.mark.django_db
def test_a_key_that_was_done_can_be_wanted_again(done):
    put()
    work()
    put()
    work()

    assert done == [7, 7]


@pytest.mark.django_db
def test_the_same_key_for_something_else_is_a_mistake(done):
    put()
    with pytest.raises(ValueError, match="with another detail"):
        put(number=8)


@pytest.mark.django_db
def test_what_is_wanted_while_it_is_being_done_is_done_once_more(done):
    @job("test.slow")
    def slow(*, number):
        done.append(number)
        if len(done) == 1:
            enqueue("test.slow", key="7", number=number)
            enqueue("test.slow", key="7", number=number)

    put("test.slow")
    assert work() == 2
    assert done == [7, 7]


@pytest.mark.django_db
def test_a_job_waits_for_its_time(done):
    with clock.at(NOW):
        enqueue("test.note", key="7", run_at=NOW + timedelta(hours=1), number=7)

    assert work(NOW + timedelta(minutes=59)) == 0
    assert work(NOW + timedelta(hours=1)) == 1


@pytest.mark.django_db
def test_a_job_that_is_wanted_sooner_is_run_sooner(done):
    with clock.at(NOW):
        enqueue("test.note", key="7", run_at=NOW + timedelta(hours=1), number=7)
    put()

    assert work() == 1


@pytest.mark.django_db
def test_jobs_are_done_in_the_order_in_which_they_came_due(done):
    for number in (3, 1, 2):
        put(key=str(number), number=number, at=NOW + timedelta(seconds=number))
    work(NOW + timedelta(minutes=1))

    assert done == [1, 2, 3]


@pytest.mark.django_db
def test_one_that_fails_is_put_off_longer_each_time_and_then_given_up(done):
    put("test.fail")
    at, waits = NOW, []
    for _ in range(20):
        work(at)
        row = Job.objects.get()
        if row.failed_at:
            break
        assert work(row.run_at - timedelta(seconds=1)) == 0
        waits.append(row.run_at - at)
        at = row.run_at

    assert tuple(waits) == BACK_OFF
    assert len(done) == len(BACK_OFF) + 1
    (shown,) = failed_jobs()
    assert (shown.name, shown.fault, shown.attempts) == ("test.fail", "LookupError", 6)
    assert work(at + timedelta(days=1)) == 0


@pytest.mark.django_db
def test_what_a_failure_leaves_behind_names_nobody(done, monkeypatch):
    log = next(h for h in logging.getLogger().handlers if isinstance(h.formatter, Plain))
    monkeypatch.setattr(log, "stream", io.StringIO())
    put("test.fail")
    work()

    assert SOMEBODY not in str(list(Job.objects.values()))
    assert SOMEBODY not in log.stream.getvalue()
    assert "LookupError" in log.stream.getvalue()


@pytest.mark.django_db
def test_one_that_fails_holds_up_no_other(done):
    put("test.fail", key="1", number=1)
    put(key="2", number=2, at=NOW + timedelta(seconds=1))
    work(NOW + timedelta(seconds=1))

    assert done == [1, 2]


@pytest.mark.django_db
def test_a_job_that_nobody_knows_is_refused_when_it_is_wanted(done):
    with pytest.raises(LookupError, match="no job is called"):
        put("test.unknown")


@pytest.mark.django_db
def test_a_job_that_this_worker_does_not_know_waits_for_one_that_does(done):
    put()
    known = jobs._jobs.pop("test.note")
    work()
    assert Job.objects.get().fault == "KeyError"

    jobs._jobs["test.note"] = known
    work(NOW + BACK_OFF[0])
    assert done == [7]


@pytest.mark.django_db
@pytest.mark.parametrize("detail", ["Ash, of Hazelford", 1.5, {"name": 1}])
def test_a_job_holds_keys_and_numbers_only(done, detail):
    with pytest.raises(AssertionError, match="neither a key nor a number"):
        put(number=detail)


@pytest.mark.django_db
def test_a_job_whose_worker_is_silent_is_anybodys_when_its_lease_is_over(done):
    row = put()
    with clock.at(NOW):
        assert jobs._claim().pk == row.pk

    assert work(NOW + LEASE - timedelta(seconds=1)) == 0
    assert work(NOW + LEASE) == 1
    assert Job.objects.get().attempts == 2


@pytest.mark.django_db
def test_a_worker_that_comes_back_late_changes_nothing(done):
    put()
    with clock.at(NOW):
        late = jobs._claim()
    with clock.at(NOW + LEASE):
        other = jobs._claim()
        jobs._end(late, done_at=NOW, fault="")
        assert Job.objects.get().done_at is None
        jobs._end(other, done_at=NOW + LEASE, fault="")

    assert Job.objects.get().done_at == NOW + LEASE


@pytest.mark.django_db
def test_a_job_that_its_workers_die_of_is_given_up(done):
    put()
    for attempt in range(len(BACK_OFF) + 1):
        with clock.at(NOW + attempt * LEASE):
            assert jobs._claim()
    work(NOW + (len(BACK_OFF) + 1) * LEASE)

    assert done == []
    assert [shown.fault for shown in failed_jobs()] == ["WorkerDied"]


@pytest.mark.django_db
def test_an_empty_queue_costs_one_query_and_no_lock(done, django_assert_num_queries):
    put(at=NOW + timedelta(hours=1))
    with django_assert_num_queries(1) as queries:
        assert work() == 0
    assert queries.captured_queries[0]["sql"].startswith("SELECT 1")


def test_an_idle_worker_looks_less_and_less_often(monkeypatch):
    stop, pauses = Event(), []

    def waited(seconds):
        pauses.append(seconds)
        if len(pauses) == 10:
            stop.set()

    monkeypatch.setattr(stop, "wait", waited)
    monkeypatch.setattr(jobs, "_take_up_schedules", lambda taken_up: None)
    monkeypatch.setattr(jobs, "_claim", lambda: None)
    run_worker(stop=stop)

    assert pauses[0] <= 0.1
    assert pauses[-3:] == [2.0, 2.0, 2.0]


def test_a_database_that_is_away_for_a_while_does_not_end_a_worker(monkeypatch):
    stop, tries = Event(), []

    def claim():
        tries.append(1)
        if len(tries) == 1:
            raise OperationalError("the server closed the connection")
        stop.set()

    monkeypatch.setattr(stop, "wait", lambda seconds: None)
    monkeypatch.setattr(jobs, "_take_up_schedules", lambda taken_up: None)
    monkeypatch.setattr(jobs, "_claim", claim)
    monkeypatch.setattr(jobs.connections, "close_all", lambda: None)
    run_worker(stop=stop)

    assert len(tries) == 2


def test_two_jobs_have_two_names(done):
    with pytest.raises(AssertionError, match="two jobs are called"):
        job("test.note")(print)
