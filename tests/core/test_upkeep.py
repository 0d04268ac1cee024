"""What is thrown away by itself."""

from datetime import timedelta

import pytest

from hedgerow.core import clock
from hedgerow.core.actors import Actor
from hedgerow.core.models import Job, Mail, Receipt, SpentLink
from hedgerow.core.schedules import schedule
from hedgerow.core.upkeep import JOBS_KEPT, throw_away


@pytest.fixture(autouse=True)
def rows(db):
    now = clock.now()
    Job.objects.create(name="test", key="done", run_at=now, done_at=now)
    Job.objects.create(name="test", key="failed", run_at=now, failed_at=now)
    Job.objects.create(name="test", key="waits", run_at=now)
    SpentLink.objects.create(digest="a", at=now, expires_at=now + timedelta(days=1))
    Receipt.objects.create(token="t", at=now)
    Mail.objects.create(key="m", why="test", to="a@b.org", subject="s", text="t", posted_at=now)


def left(after):
    with clock.at(clock.now() + after):
        throw_away(by=Actor.clock())
        throw_away(by=Actor.clock())
    return (
        set(Job.objects.values_list("key", flat=True)),
        SpentLink.objects.count(),
        Receipt.objects.count(),
        Mail.objects.get().text,
    )


def test_nothing_goes_before_its_time():
    assert left(timedelta(hours=1)) == ({"done", "failed", "waits"}, 1, 1, "t")


def test_what_is_over_goes_and_what_an_operator_has_to_see_stays():
    assert left(JOBS_KEPT + timedelta(hours=1)) == ({"failed", "waits"}, 0, 0, "")


def test_it_happens_every_night():
    nightly = schedule("core.throw_away")
    assert (nightly.day, nightly.function) == (None, throw_away)
