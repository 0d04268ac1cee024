import pytest

from hedgerow.core.readings import asked_once, reading
from tests.factories import ClusterFactory

pytestmark = pytest.mark.django_db


@asked_once
def names(clusters):
    asked.append(len(clusters))
    return [cluster.name for cluster in clusters]


asked = []


@pytest.fixture(autouse=True)
def nothing_asked():
    asked.clear()


def test_on_a_page_that_reads_a_question_is_asked_once():
    one, other = ClusterFactory(), ClusterFactory()

    with reading():
        assert names([one, other]) == names([other, one])
        names([one])

    assert asked == [2, 1]


def test_elsewhere_it_is_asked_each_time():
    one = ClusterFactory()

    names([one])
    names([one])

    assert asked == [1, 1]


def test_what_one_page_read_is_gone_before_the_next():
    one = ClusterFactory()
    for _ in range(2):
        with reading():
            names([one])

    assert asked == [1, 1]
