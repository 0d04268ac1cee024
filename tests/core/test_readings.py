import pytest

from hedgerow.core.readings import asked_once, asked_once_by, beside, reading
from hedgerow.people.models import Seat
from hedgerow.people.readers import ANYBODY
from tests.factories import ClusterFactory, SeatFactory, reader

pytestmark = pytest.mark.django_db


@asked_once
def names(clusters):
    asked.append(len(clusters))
    return {cluster.pk: cluster.name for cluster in clusters}


@asked_once
def twice(keys):
    asked.append(set(keys))
    return {key: 2 * key for key in keys}


@asked_once_by
def seats(who):
    asked.append(who)
    return len(who.seats)


asked = []


@pytest.fixture(autouse=True)
def nothing_asked():
    asked.clear()


def test_on_a_page_that_reads_a_question_is_asked_once():
    one, other = ClusterFactory(), ClusterFactory()

    with reading():
        assert names([one, other]) == names([other, one])
        assert names([one]) == {one.pk: one.name}

    assert asked == [2]


def test_only_what_was_not_asked_about_before_is_asked_about():
    one, other = ClusterFactory(), ClusterFactory()

    with reading():
        names([one])
        assert names([one, other]) == {one.pk: one.name, other.pk: other.name}
        names([])

    assert asked == [1, 1]


def test_a_question_about_keys_is_asked_once_too():
    with reading():
        assert twice([1, 2]) == {1: 2, 2: 4}
        assert twice([2, 3]) == {2: 4, 3: 6}

    assert asked == [{1, 2}, {3}]
    assert twice([3]) == {3: 6}


def test_of_what_stands_beside_a_row_only_what_is_asked_for_is_read(django_assert_num_queries):
    seat = SeatFactory()

    with django_assert_num_queries(1):
        (found,) = beside(Seat.objects.filter(pk=seat.pk), "organisation__name", "cluster__name")
        assert (found.organisation.name, found.cluster.name) == (
            seat.organisation.name,
            seat.cluster.name,
        )
        assert (found.role, found.began_at) == (seat.role, seat.began_at)
    assert "words" in found.organisation.get_deferred_fields()


def test_what_a_reader_asks_is_asked_once_and_for_each_of_them():
    seat = SeatFactory()
    one, other = reader(seat), reader(SeatFactory())

    with reading():
        assert [seats(one), seats(reader(seat)), seats(other), seats(ANYBODY)] == [1, 1, 1, 0]

    assert asked == [one, other, ANYBODY]


def test_with_other_seats_somebody_is_another_reader():
    seat = SeatFactory()
    with reading():
        assert seats(reader(seat)) == 1
        SeatFactory(user=seat.user)
        assert seats(reader(seat)) == 2


def test_elsewhere_it_is_asked_each_time():
    one = ClusterFactory()

    names([one])
    names([one])
    seats(ANYBODY)
    seats(ANYBODY)

    assert asked == [1, 1, ANYBODY, ANYBODY]


def test_what_one_page_read_is_gone_before_the_next():
    one = ClusterFactory()
    for _ in range(2):
        with reading():
            names([one])

    assert asked == [1, 1]
