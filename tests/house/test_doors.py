"""Every address has a door that says who may come in, and a stranger learns nothing from any."""

import re

import pytest
from django.db import transaction
from django.http import HttpResponse
from django.urls import URLPattern, URLResolver, get_resolver, path
from django.urls.converters import IntConverter, SlugConverter, StringConverter

from hedgerow.people.access import Rule
from hedgerow.people.models import Role
from tests.factories import ClusterFactory, SeatFactory, scene, signed_in
from tests.house.test_rules import OWN_RULES, Place

pytestmark = pytest.mark.django_db

KINDS = {"door", "hall", "lobby", "keyed"}


def patterns(resolver, before=""):
    for entry in resolver.url_patterns:
        here = before + str(entry.pattern)
        if isinstance(entry, URLResolver):
            yield from patterns(entry, here)
        else:
            yield here, entry


ADDRESSES = sorted(patterns(get_resolver()), key=lambda found: found[0])
everyone = pytest.mark.parametrize(("route", "address"), ADDRESSES, ids=[r for r, _ in ADDRESSES])


def what_is_wrong(address: URLPattern) -> str:
    """Why this address may not stand; empty if it may."""
    view = address.callback
    kind = getattr(view, "kind", "")
    if kind not in KINDS:
        return "it has no door"
    if kind in ("door", "hall"):
        return "" if isinstance(view.rule, Rule) else "its door has no rule"
    if kind == "lobby":
        return "" if len(view.reason.split()) > 3 else "it does not say why anybody may come in"
    return "" if view.purpose else "its key is for nothing"


def example_of(route: str) -> str:
    """An address of this form, of a thing that most likely is not there."""
    values = {"int": "987654321", "slug": "nothing", "str": "nothing"}

    def value(match):
        return values[match[1] or "str"]

    return "/" + re.sub(r"<(?:(\w+):)?\w+>", value, route)


@everyone
def test_it_has_a_door_with_a_rule_a_reason_or_a_purpose(route, address):
    assert what_is_wrong(address) == ""


def test_a_view_without_a_door_would_be_found():
    def bare(request):
        return HttpResponse()

    def unruled(request):
        return HttpResponse()

    unruled.kind, unruled.rule = "door", None

    assert what_is_wrong(path("bare/", bare)) == "it has no door"
    assert what_is_wrong(path("unruled/", unruled)) == "its door has no rule"


def test_only_known_converters_stand_in_addresses():
    """example_of would not know what to put for another."""
    used = {
        type(converter)
        for _, address in ADDRESSES
        for converter in address.pattern.converters.values()
    }
    assert used <= {IntConverter, SlugConverter, StringConverter}


def is_private(address):
    return not address.callback.is_open


PRIVATE = [(route, address) for route, address in ADDRESSES if is_private(address)]


@pytest.mark.parametrize("method", ["get", "post"])
@pytest.mark.parametrize(
    "there",
    [
        *(example_of(route) for route, _ in PRIVATE),
        "/nowhere/",
        "/clusters/x/",
        "/admin/",
        "/.git/config",
    ],
)
def test_signed_out_every_private_address_answers_alike_real_or_not(client, method, there):
    answer = getattr(client, method)(there)

    assert answer.status_code == 302
    assert answer.content == b""
    asked = there if method == "get" else "/home/"
    assert answer["Location"] == f"/sign-in/?next={asked.replace('/', '%2F')}"


def test_signed_out_a_real_thing_and_one_that_is_not_answer_alike(client):
    cluster = ClusterFactory()

    real, unreal = (client.get(f"/clusters/{pk}/people/") for pk in (cluster.pk, cluster.pk + 1))

    assert real.status_code == unreal.status_code == 302
    assert real["Location"] == f"/sign-in/?next=%2Fclusters%2F{cluster.pk}%2Fpeople%2F"
    assert unreal["Location"] == f"/sign-in/?next=%2Fclusters%2F{cluster.pk + 1}%2Fpeople%2F"
    assert dict(real.headers).keys() == dict(unreal.headers).keys()


def test_signed_out_htmx_is_sent_to_sign_in_whole(client):
    answer = client.get("/home/", headers={"HX-Request": "true"})

    assert answer.status_code == 204
    assert answer["HX-Redirect"] == "/sign-in/?next=%2Fhome%2F"


BY_PK = [
    (route, address)
    for route, address in PRIVATE
    if address.callback.kind == "door" and "<int:pk>" in route
]


@pytest.fixture(scope="module")
def place(django_db_setup, django_db_blocker):
    with django_db_blocker.unblock(), transaction.atomic():
        yield Place()
        transaction.set_rollback(True)


def asked_for(client, there: str):
    """As its page does: by GET, or by POST where it has no page."""
    answer = client.get(there)
    return client.post(there) if answer.status_code == 405 else answer


def without_what_is_new(page: bytes, there: str) -> str:
    page = re.sub(r'name="csrfmiddlewaretoken" value="[^"]*"', "", page.decode())
    return page.replace(there, "")


@pytest.mark.parametrize(("route", "address"), BY_PK, ids=[r for r, _ in BY_PK])
def test_what_is_not_visible_answers_as_what_is_not_there(place, client, route, address):
    """To somebody who is signed in, and sits elsewhere."""
    rule = address.callback.rule
    name = next(name for name, known in OWN_RULES.items() if known is rule)
    hidden = place.thing(name, rule)
    signed_in(client, place.scene.elsewhere.core)
    unreal = example_of(route)
    real = unreal.replace("987654321", str(hidden.pk))

    nothing, answer = asked_for(client, unreal), asked_for(client, real)

    assert nothing.status_code == answer.status_code == 404
    assert without_what_is_new(answer.content, real) == without_what_is_new(nothing.content, unreal)


def test_what_is_visible_and_not_allowed_is_refused_with_the_rules_sentence(client):
    s = scene()
    signed_in(client, s.own.seats[Role.STAFF])

    answer = client.post(f"/clusters/{s.cluster.pk}/people/invite/")

    assert answer.status_code == 403
    assert "can invite people to a cluster" in answer.content.decode()


def test_a_key_that_no_database_could_hold_is_a_thing_that_is_not_there(client):
    signed_in(client, SeatFactory())

    assert client.get(f"/clusters/{10**30}/people/").status_code == 404


def test_a_public_address_without_its_last_stroke_is_put_right(client):
    answer = client.get("/sign-in")

    assert answer.status_code == 301
    assert answer["Location"] == "/sign-in/"
