"""Ways round the signing in that are shut: each was open once."""

from datetime import timedelta
from types import SimpleNamespace

import pytest
from django.contrib.sessions.models import Session
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from hedgerow.core import clock
from hedgerow.core.actions import Refused
from hedgerow.core.actors import Actor
from hedgerow.people import actions, passkeys
from hedgerow.people.models import (
    Authenticator,
    Passkey,
    RecoveryCode,
    Role,
    SignIn,
    SignInCode,
)
from tests.factories import ProgrammeFactory, SeatFactory, UserFactory, signed_in
from tests.people.test_factors import shown
from tests.people.test_signing_in import ask, come_in, is_in, later

pytestmark = pytest.mark.django_db

FACTORS = "/you/second-factor/"
SHOW = "/sign-in/second-factor/"


def with_app(user):
    app = actions.make_app(by=Actor(person=user.pk), user=user)
    app.shown_at = clock.now() - timedelta(hours=1)
    app.save()
    return app


def a_passkey(user, *, uses=0):
    return Passkey.objects.create(
        user=user, name="k", credential_key="k", credential="c", uses=uses, made_at=clock.now()
    )


# a browser that came in before there was a second factor


@pytest.mark.parametrize("there", ["", "app/", "app/qr.svg", "passkeys/"])
def test_no_page_of_the_second_factor_opens_before_it_is_shown(client, there):
    seat = SeatFactory(role=Role.MANAGER)
    signed_in(client, seat, second_factor=False)
    with_app(seat.user)

    assert client.get(FACTORS + there)["Location"] == SHOW


@pytest.mark.parametrize("there", ["codes/", "app/make/", "app/", "app/{}/remove/", "passkeys/"])
def test_nothing_is_done_to_it_before_it_is_shown(client, there):
    seat = SeatFactory()
    signed_in(client, seat, second_factor=False)
    app = with_app(seat.user)

    answer = client.post(FACTORS + there.format(app.pk), {"name": "x", "answer": "{}"})

    assert answer["Location"] == SHOW
    assert Authenticator.objects.get().shown_at
    assert not RecoveryCode.objects.exists()


def test_a_passkey_is_not_taken_away_before_one_is_shown(client):
    seat = SeatFactory()
    signed_in(client, seat, second_factor=False)
    passkey = a_passkey(seat.user)

    answer = client.post(f"{FACTORS}passkeys/{passkey.pk}/remove/")

    assert answer["Location"] == SHOW
    assert Passkey.objects.exists()


def test_once_it_is_shown_there_the_page_opens_under_another_key(client):
    user = SeatFactory().user
    come_in(client, user.email)
    before = client.cookies["hedgerow"].value
    app = with_app(user)
    client.get(FACTORS)

    answer = client.post(SHOW, {"typed": shown(app)})

    assert answer["Location"] == FACTORS
    assert client.get(FACTORS).status_code == 200
    assert client.cookies["hedgerow"].value != before
    assert SignIn.objects.filter(ended_at=None).count() == 1


def test_the_first_app_signs_every_other_browser_out(client):
    user, other = SeatFactory().user, Client()
    come_in(other, user.email)
    come_in(client, user.email)
    client.post("/you/second-factor/app/make/")

    client.post("/you/second-factor/app/", {"typed": shown(Authenticator.objects.get())})

    assert is_in(client)
    assert not is_in(other)


def test_the_first_passkey_signs_every_other_browser_out(client, monkeypatch):
    user, other = SeatFactory().user, Client()
    come_in(other, user.email)
    come_in(client, user.email)
    monkeypatch.setattr(passkeys, "read_new", lambda state, answer: ("key", "credential", 0))

    client.post("/you/second-factor/passkeys/", {"name": "Mine", "answer": "{}"})

    assert is_in(client)
    assert not is_in(other)


def test_a_later_factor_signs_nobody_out(client):
    user, other = SeatFactory().user, Client()
    come_in(other, user.email)
    with_app(user)

    actions.add_passkey(
        by=Actor(person=user.pk), user=user, name="", credential_key="k", credential="c", uses=0
    )

    assert is_in(other)


def test_recovery_codes_from_before_the_first_factor_open_nothing(client):
    user = SeatFactory().user
    come_in(client, user.email)
    by = Actor(person=user.pk)
    old = actions.make_recovery_codes(by=by, user=user)
    client.post("/you/second-factor/app/make/")
    client.post("/you/second-factor/app/", {"typed": shown(Authenticator.objects.get())})

    assert not actions.try_figures(by=by, user=user, typed=old[0])
    assert "You have none" in client.get(FACTORS).content.decode()


# how often a code is asked for


def ask_from(place, email="somebody@place.org"):
    return Client().post("/sign-in/", {"email": email}, REMOTE_ADDR=place)


def test_strangers_elsewhere_do_not_use_up_somebodys_codes(client):
    for n in range(5):
        ask_from(f"10.0.0.{n}")
    for _ in range(5):
        ask_from("10.0.1.1")

    assert ask_from("10.0.1.1").status_code == 409
    assert ask(client, "somebody@place.org").status_code == 302


def test_twenty_codes_an_hour_an_address_from_wherever(client):
    for n in range(20):
        assert ask_from(f"10.0.0.{n}").status_code == 302

    answer = ask_from("10.0.0.99")

    assert answer.status_code == 409
    assert "Wait an hour, then ask again" in answer.content.decode()
    with later(minutes=61):
        assert ask_from("10.0.0.99").status_code == 302


def test_a_right_code_gives_its_place_all_its_codes_again(client):
    user = UserFactory()
    for _ in range(4):
        ask(Client(), user.email)
    come_in(client, user.email)

    assert ask(Client(), user.email).status_code == 302


# what is kept of strangers


@pytest.mark.parametrize("there", ["/sign-in/", "/sign-in/?next=/you/"])
def test_a_stranger_is_kept_for_an_hour(client, there):
    client.get(there)

    left = Session.objects.get().expire_date - clock.now()
    assert left <= timedelta(hours=1)
    assert left > timedelta(minutes=59)


def test_whoever_comes_in_from_there_is_kept_for_longer(client):
    user = UserFactory()
    client.get("/sign-in/")
    come_in(client, user.email, is_kept="on")

    assert Session.objects.get().expire_date - clock.now() > timedelta(days=13)


# the rest


def test_recovery_codes_end_at_a_restore():
    assert RecoveryCode.ENDS_AT_RESTORE


@pytest.mark.parametrize(
    ("kept", "told", "is_good"), [(7, 0, False), (7, 7, False), (7, 8, True), (0, 0, True)]
)
def test_a_passkeys_count_never_falls_back(monkeypatch, kept, told, is_good):
    user = UserFactory()
    passkey = a_passkey(user, uses=kept)
    server = SimpleNamespace(authenticate_complete=lambda *_: SimpleNamespace(credential_id=b""))
    answer = SimpleNamespace(
        response=SimpleNamespace(authenticator_data=SimpleNamespace(counter=told))
    )
    monkeypatch.setattr(passkeys, "_server", lambda: server)
    monkeypatch.setattr(passkeys, "_credential", lambda passkey: None)
    monkeypatch.setattr(passkeys, "websafe_encode", lambda given: "k")
    monkeypatch.setattr(
        passkeys, "AuthenticationResponse", SimpleNamespace(from_dict=lambda _: answer)
    )

    def use():
        return actions.use_passkey(by=Actor(person=user.pk), passkey=passkey, uses=told)

    if is_good:
        assert passkeys.read_one({}, {}, [passkey]) == (passkey, told)
        assert use().uses == told
        return
    with pytest.raises(passkeys.WrongAnswer):
        passkeys.read_one({}, {}, [passkey])
    with pytest.raises(Refused):
        use()


def test_somebody_of_the_example_goes_on_with_a_button(client):
    programme = ProgrammeFactory(is_example=True)
    seat = SeatFactory(role=Role.MANAGER, programme=programme, user__is_example=True)
    signed_in(client, seat)
    there = "/you/second-factor/passkeys/"
    with later(minutes=11):
        page = client.get(client.get(there)["Location"]).content.decode()
        assert client.get(there).status_code == 302
        answer = client.post("/sign-in/again/", {"send": "1", "next": there})

        assert "Go on without a code" in page
        assert answer["Location"] == there
        assert client.get(there).status_code == 200
    assert not SignInCode.objects.exists()


def test_somebody_real_does_not_go_on_with_a_button(client):
    signed_in(client, SeatFactory())
    with later(minutes=11):
        client.post("/sign-in/again/", {"send": "1"})
        client.post("/sign-in/again/")

        assert client.get("/you/second-factor/passkeys/").status_code == 302


def test_ending_ones_own_sign_in_signs_out(client):
    come_in(client, UserFactory().email)

    answer = client.post(f"/you/signed-in/{SignIn.objects.get().pk}/end/")

    assert answer["Location"] == "/"
    assert not is_in(client)


@pytest.mark.parametrize("what", ["app", "passkey"])
def test_the_person_is_locked_before_their_factors_are_counted(what):
    user = UserFactory()
    thing = with_app(user) if what == "app" else a_passkey(user)
    remove = {"app": actions.remove_app, "passkey": actions.remove_passkey}[what]

    with CaptureQueriesContext(connection) as asked:
        remove(by=Actor(person=user.pk), **{what: thing})

    told = [query["sql"] for query in asked]
    first = {
        table: next(n for n, sql in enumerate(told) if f'FROM "{table}"' in sql)
        for table in ("people_user", "people_passkey")
    }
    assert first["people_user"] < first["people_passkey"]
