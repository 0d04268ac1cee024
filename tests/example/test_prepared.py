"""What is put into SQL once reads the same as what is put into SQL anew, for everybody."""

import re

import pytest
from django.urls import reverse

from hedgerow.core import prepared
from hedgerow.people.models import Seat
from tests.factories import signed_in
from tests.front.pages import main_of

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("loaded")]

ONCE = re.compile(r'name="(?:once|csrfmiddlewaretoken)" value="[^"]*"')


def read(client, path):
    return ONCE.sub("", main_of(client.get(path)))


def _of_cluster(seat):
    return [reverse("cluster", args=[seat.cluster_id])] if seat.cluster_id else []


def test_home_and_cluster_read_the_same_for_every_seat_of_the_example(client, monkeypatch):
    seats = Seat.objects.filter(user__is_example=True, ended_at=None).select_related("user")
    assert len(seats) > 30
    for seat in seats.order_by("pk"):
        paths = [reverse("home"), *_of_cluster(seat)]
        signed_in(client, seat)
        client.get(paths[0])  # the visit is written down
        kept = [read(client, path) for path in paths]
        with monkeypatch.context() as patched:
            patched.setattr(prepared, "MOST_KEYS", -1)

            assert [read(client, path) for path in paths] == kept
