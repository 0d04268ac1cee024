"""Two who read files in at the same moment."""

import pytest

from hedgerow.core.actors import Actor
from hedgerow.core.models import Event
from hedgerow.grants.actions.giving import keep_publisher, take_grants
from hedgerow.grants.models import Grant, GrantFile, Publisher
from hedgerow.people.models import Role
from tests.at_once import all_at_once
from tests.factories import actor, scene
from tests.grants.giving.files import grant

from .opened import reading
from .test_open_data import SAID

pytestmark = [pytest.mark.postgres, pytest.mark.django_db(transaction=True)]


def taking(digest, *grants):
    found = reading(*grants)
    return lambda: take_grants(by=Actor.command(), found=found, digest=digest * 64)


def test_the_same_file_read_by_two_at_once_is_read_once():
    answers = all_at_once(*(taking("a", grant(1), grant(2)) for _ in range(3)))

    assert answers == ["done"] * 3
    assert GrantFile.objects.get().n_grants == 2
    assert Event.objects.filter(did="grants.file_read").count() == 1
    assert Grant.objects.count() == 2


def test_two_files_with_the_same_grants_in_another_order_do_not_wait_for_each_other_for_ever():
    grants = [grant(n) for n in range(1, 40)]
    other = [grant(n, title="Other") for n in range(39, 0, -1)]

    answers = all_at_once(taking("a", *grants), taking("b", *other))

    assert answers == ["done", "done"]
    assert Grant.objects.count() == 39
    assert Grant.objects.values("file").distinct().count() == 1  # who came last has said all


def test_files_that_change_what_the_other_leaves_as_it_is_do_not_wait_for_each_other_for_ever():
    same = {n: grant(n) for n in range(1, 40)}
    taking("0", *same.values())()

    for n in (1, 2, 3):
        first, last = grant(1, title=f"Other {n}"), grant(39, title=f"Other {n}")
        answers = all_at_once(
            taking(f"{n}", *{**same, 1: first}.values()),
            taking("abc"[n - 1], *{**same, 39: last}.values()),
        )
        assert answers == ["done", "done"]


def test_two_who_say_at_once_as_whom_it_publishes_are_one_and_a_refusal():
    s = scene()
    by = actor(s.staff[Role.MANAGER])

    def saying(name):
        return lambda: keep_publisher(
            by=by, programme=s.programme, version=0, **{**SAID, "name": name}
        )

    assert all_at_once(saying("One"), saying("Other")) == ["done", "refused"]
    assert Publisher.objects.get().version == 1
