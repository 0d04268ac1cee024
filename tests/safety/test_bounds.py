"""Nobody fills the disk with one form, and nobody is served what is not safe."""

import pytest
from django.urls import reverse

from hedgerow.commands.serve import _is_this_computer
from hedgerow.core import guard

pytestmark = pytest.mark.django_db
MB = 1024 * 1024


def send(client, n_bytes):
    # What counts is the length that is told; nothing is read of what is refused by it.
    return client.generic(
        "POST", reverse("people:sign_in"), b"", content_type="text/plain", CONTENT_LENGTH=n_bytes
    )


def test_a_stranger_sends_a_megabyte_and_no_more(client):
    assert send(client, str(MB)).status_code != 413
    assert send(client, str(MB + 1)).status_code == 413


def test_somebody_signed_in_may_send_a_spreadsheet(client, django_user_model):
    client.force_login(django_user_model.objects.create(email="a@hazel.example"))

    assert send(client, str(21 * MB)).status_code != 413
    assert send(client, str(21 * MB + 1)).status_code == 413


@pytest.mark.parametrize("length", ["-1", "lots", "1e9"])
def test_a_length_that_is_no_length_is_refused(client, length):
    assert send(client, length).status_code == 413


@pytest.mark.parametrize("host", ["0.0.0.0", "::", "192.168.1.4", "hedgerow.example.org"])
def test_an_address_that_others_reach_is_not_this_computer(host):
    assert not _is_this_computer(host)


@pytest.mark.parametrize("host", ["127.0.0.1", "::1", "localhost", "127.0.0.2"])
def test_this_computer_is_known_by_its_own_addresses(host):
    assert _is_this_computer(host)


def test_serving_to_others_asks_what_production_asks(settings):
    settings.IS_PRODUCTION = False

    assert guard.refusals() == []
    assert any("not https" in reason for reason in guard.refusals(to_others=True))
