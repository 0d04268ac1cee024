"""The worker closes what is over on the night that it ends, once, and each by itself."""

import threading
from datetime import time, timedelta

import pytest

from hedgerow.agreements import jobs
from hedgerow.core.jobs import run_worker
from hedgerow.core.models import Event, Job, Mail
from hedgerow.core.schedules import schedule
from hedgerow.people import actions as people

from .polls import CLOCK, CLOSES, OPENED, days_later, on, poll

pytestmark = pytest.mark.django_db


def work():
    run_worker(stop=threading.Event(), once=True)


def test_a_worker_closes_it_in_the_night_that_it_ends():
    p = poll()
    with on(OPENED):
        work()  # the schedule is new today, and begins tomorrow
    with on(CLOSES, time(23, 59, 58)):
        work()
    assert p.fresh.is_open
    with on(days_later(0), time(0, 0, 1)):
        work()
        work()

    assert (p.fresh.outcome, p.fresh.closed_by) == ("no_quorum", None)
    assert Event.objects.filter(did="agreements.decision_closed").count() == 1
    assert Mail.objects.filter(why="outcome").count() == 3


def test_it_is_due_at_midnight_in_london_in_summer_too():
    night = schedule("agreements.close_due")
    with on(days_later(0)):
        assert (night.day, night.hour, night.function) == (None, 0, jobs.ask_to_close)


def test_asked_twice_it_is_one_job_and_done_twice_it_is_one_closing():
    p = poll()
    with on(days_later(0)):
        jobs.ask_to_close(by=CLOCK)
        jobs.ask_to_close(by=CLOCK)
        (job,) = Job.objects.filter(name="agreements.close")
        jobs.close_decision(**job.detail)
        jobs.close_decision(**job.detail)

    assert not p.fresh.is_open
    assert Event.objects.filter(did="agreements.decision_closed").count() == 1


def test_one_that_fails_holds_no_other_up():
    broken, sound = poll(), poll()
    type(broken.decision).objects.filter(pk=broken.decision.pk).update(way={})
    with on(days_later(0)):
        jobs.ask_to_close(by=CLOCK)
        work()

    assert broken.fresh.is_open
    assert not sound.fresh.is_open


def test_nothing_is_asked_for_where_a_cluster_has_ended():
    p = poll()
    with on(OPENED + timedelta(days=1)):
        people.end_cluster(by=CLOCK, cluster=p.team.cluster)
    with on(days_later(0)):
        jobs.ask_to_close(by=CLOCK)

    assert not Job.objects.filter(name="agreements.close").exists()
