"""Signed links: what they are bound to, and what is said when they open nothing."""

import re
from datetime import UTC, datetime, timedelta

import pytest
from django.db import transaction
from hypothesis import given
from hypothesis import strategies as st

from hedgerow.core import clock, links
from hedgerow.core.actions import Refused
from hedgerow.core.links import BadLink, Link
from hedgerow.core.models import SpentLink

NOW = datetime(2026, 3, 17, 9, 0, tzinfo=UTC)
LATER = NOW + timedelta(days=7)
keys = st.integers(0, 2**63 - 1)


def made(purpose="test.agree", **other):
    bound = {"person": 5, "seat": 7, "about": 11, "version": 2, "expires_at": LATER}
    return links.make(purpose, **{**bound, **other})


def read(token, purpose="test.agree", at=NOW):
    with clock.at(at):
        return links.read(token, purpose)


def test_a_link_says_what_it_was_made_for():
    link = read(made())

    assert link == Link(
        purpose="test.agree",
        person=5,
        seat=7,
        about=11,
        version=2,
        expires_at=LATER,
        digest=link.digest,
    )


@given(st.none() | keys, st.none() | keys, keys, keys)
def test_every_key_comes_back(person, seat, about, version):
    link = read(made(person=person, seat=seat, about=about, version=version))
    assert (link.person, link.seat, link.about, link.version) == (person, seat, about, version)


@given(keys, keys)
def test_a_token_survives_being_pasted_into_a_message(person, about):
    token = made(person=person, about=about)
    assert re.fullmatch(r"[0-9A-Za-z._-]{50,110}[0-9A-Za-z]", token)


def test_a_usual_token_fits_on_a_line():
    assert len(made(person=1200, seat=3400, about=56000)) < 75


@given(st.data())
def test_a_link_with_one_letter_changed_opens_nothing(data):
    token = made()
    at = data.draw(st.integers(0, len(token) - 1))
    letter = data.draw(st.sampled_from("abcXYZ019.-_é").filter(lambda new: new != token[at]))

    with pytest.raises(BadLink, match="not whole, or not one of ours"):
        read(token[:at] + letter + token[at + 1 :])


@given(st.integers(1, 58))
def test_a_link_that_was_cut_opens_nothing(n_lost):
    with pytest.raises(BadLink, match="with all of its letters"):
        read(made()[:-n_lost])


@given(st.text(max_size=80))
def test_a_link_that_somebody_made_up_opens_nothing(token):
    with pytest.raises(BadLink):
        read(token)


def test_a_link_for_one_thing_does_no_other():
    with pytest.raises(BadLink):
        read(made("test.agree"), "test.refuse")


def test_a_link_of_another_site_opens_nothing(settings):
    token = made()
    settings.SECRET_KEY = "another" * 10
    with pytest.raises(BadLink):
        read(token)


def test_a_link_ends_at_its_instant_and_says_which_day():
    token = made()

    assert read(token, at=LATER - timedelta(seconds=1))
    with pytest.raises(BadLink, match=r"until 24 March 2026\. Sign in"):
        read(token, at=LATER)


@pytest.mark.parametrize(
    "other",
    [
        {"person": 6},
        {"person": None},
        {"seat": 8},
        {"about": 12},
        {"version": 3},
        {"expires_at": LATER + timedelta(seconds=1)},
        {"purpose": "test.refuse"},
    ],
)
def test_no_two_links_have_one_digest(other):
    purpose = other.get("purpose", "test.agree")
    assert read(made(**other), purpose).digest != read(made()).digest


@pytest.mark.django_db
def test_a_link_is_spent_once():
    link = read(made())

    with clock.at(NOW):
        links.spend(link)
    with clock.at(LATER), pytest.raises(Refused, match="used on 17 March 2026, and works once"):
        links.spend(read(made()))
    assert SpentLink.objects.count() == 1


@pytest.mark.django_db(transaction=True)
def test_a_link_is_not_spent_by_an_action_that_was_refused():
    link = read(made())

    with pytest.raises(Refused), transaction.atomic():
        links.spend(link)
        raise Refused("Not today.")
    with transaction.atomic():
        links.spend(link)


@pytest.mark.django_db(transaction=True)
def test_a_link_is_spent_only_inside_an_action():
    with pytest.raises(AssertionError, match="outside an action"):
        links.spend(read(made()))
