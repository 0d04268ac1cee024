"""The second factor without a script: an app, and codes on paper."""

import base64
from datetime import UTC, datetime, timedelta

import pytest
from django.test import Client
from hypothesis import given
from hypothesis import strategies as st

from hedgerow.core import clock
from hedgerow.core.actions import Refused
from hedgerow.core.actors import Actor
from hedgerow.core.models import Event
from hedgerow.people import actions, passkeys, totp
from hedgerow.people.models import Authenticator, Passkey, RecoveryCode, Role
from tests.factories import SeatFactory, UserFactory, signed_in
from tests.people.test_signing_in import come_in, is_in

# RFC 6238, appendix B: its secret, instants and figures (the last six of eight).
SECRET = base64.b32encode(b"12345678901234567890").decode()
PUBLISHED = [
    (59, "287082"),
    (1111111109, "081804"),
    (1111111111, "050471"),
    (1234567890, "005924"),
    (2000000000, "279037"),
    (20000000000, "353130"),
]


@pytest.mark.parametrize(("seconds", "figures"), PUBLISHED)
def test_figures_are_those_that_the_standard_publishes(seconds, figures):
    assert totp.figures(SECRET, seconds // totp.STEP) == figures


instants = st.integers(1_600_000_000, 3_800_000_000).map(lambda n: datetime.fromtimestamp(n, UTC))


@given(instants, st.integers(-5, 5))
def test_figures_are_taken_a_step_early_or_late_and_no_more(at, off):
    step = totp.step_of(at)
    figures = totp.figures(SECRET, step + off)

    match = totp.matching_step(SECRET, figures, at=at, after=0)

    near = {totp.figures(SECRET, step + n) for n in (-1, 0, 1)}
    assert (match is not None) == (figures in near)


@given(instants)
def test_figures_that_were_taken_are_not_taken_again(at):
    step = totp.step_of(at)
    taken = totp.matching_step(SECRET, totp.figures(SECRET, step), at=at, after=0)

    again = totp.matching_step(SECRET, totp.figures(SECRET, step), at=at, after=taken)

    assert again is None or again > taken


@given(st.text(max_size=20))
def test_anything_typed_is_right_or_wrong_and_nothing_else(typed):
    at = datetime(2026, 3, 17, tzinfo=UTC)
    near = {totp.figures(SECRET, totp.step_of(at) + n) for n in (-1, 0, 1)}

    assert (totp.matching_step(SECRET, typed, at=at, after=0) is None) == (typed not in near)


def shown(app, *, after=0):
    return totp.figures(app.secret, totp.step_of(clock.now()) + after)


@pytest.fixture
def app(db):
    """An app that was set up an hour ago by somebody who sits in a Core Group."""
    user = SeatFactory().user
    app = actions.make_app(by=Actor(person=user.pk), user=user)
    app.shown_at = clock.now() - timedelta(hours=1)
    app.save()
    return app


def test_setting_up_an_app_shows_its_square_and_letters_and_opens_staff_seats(client, db):
    seat = SeatFactory(role=Role.MANAGER)
    signed_in(client, seat, second_factor=False)
    there = f"/programmes/{seat.programme_id}/people/"
    assert client.get(there).status_code == 404

    client.post("/you/second-factor/app/make/")
    app = Authenticator.objects.get()
    page = client.get("/you/second-factor/app/").content.decode()
    picture = client.get("/you/second-factor/app/qr.svg")
    answer = client.post("/you/second-factor/app/", {"typed": shown(app)})

    assert app.secret[:4] in page
    assert picture["Content-Type"] == "image/svg+xml"
    assert b"<script" not in picture.content
    assert answer["Location"] == "/you/second-factor/"
    assert client.get(there).status_code == 200


def test_an_app_counts_only_after_its_figures_were_typed(client, db):
    user = SeatFactory().user
    actions.make_app(by=Actor(person=user.pk), user=user)

    come_in(client, user.email)

    assert is_in(client)


def test_wrong_figures_do_not_set_it_up(client, db):
    signed_in(client, SeatFactory())
    client.post("/you/second-factor/app/make/")

    answer = client.post("/you/second-factor/app/", {"typed": "000000x"})

    assert answer.status_code == 422
    assert Authenticator.objects.get().shown_at is None


def test_the_square_is_shown_only_while_it_is_set_up(client, app):
    signed_in(client, app.user.seats.get())

    assert client.get("/you/second-factor/app/qr.svg").status_code == 404


def test_whoever_has_an_app_is_asked_for_it_at_each_sign_in(client, app):
    answer = come_in(client, app.user.email)
    assert answer["Location"] == "/sign-in/second-factor/"
    assert not is_in(client)

    client.post("/sign-in/second-factor/", {"typed": shown(app)})

    assert is_in(client)


def test_the_same_figures_do_not_sign_in_twice(client, app):
    figures = shown(app)
    come_in(client, app.user.email)
    client.post("/sign-in/second-factor/", {"typed": figures})
    other = Client()
    come_in(other, app.user.email)

    answer = other.post("/sign-in/second-factor/", {"typed": figures})

    assert answer.status_code == 422
    assert not is_in(other)


def test_five_wrong_second_factors_shut_the_door_for_a_quarter_of_an_hour(client, app):
    come_in(client, app.user.email)
    for _ in range(5):
        answer = client.post("/sign-in/second-factor/", {"typed": "000000x"})
        assert answer.status_code == 422

    answer = client.post("/sign-in/second-factor/", {"typed": shown(app)})

    assert answer.status_code == 409
    assert Event.objects.filter(did="people.factor_wrong").count() == 5
    with clock.at(clock.now() + timedelta(minutes=16)):
        other = Client()
        come_in(other, app.user.email)
        other.post("/sign-in/second-factor/", {"typed": shown(app)})
        assert is_in(other)


def test_the_second_factor_is_shown_within_ten_minutes_of_the_code(client, app):
    come_in(client, app.user.email)

    with clock.at(clock.now() + timedelta(minutes=11)):
        answer = client.post("/sign-in/second-factor/", {"typed": shown(app)})

    assert answer["Location"] == "/sign-in/"
    assert not is_in(client)


def test_nobody_comes_to_the_second_factor_without_the_first(client, app):
    assert client.get("/sign-in/second-factor/")["Location"] == "/sign-in/"
    assert client.post("/sign-in/passkey/")["Location"] == "/sign-in/"


def test_a_recovery_code_works_once(client, app):
    codes = actions.make_recovery_codes(by=Actor(person=app.user_id), user=app.user)
    come_in(client, app.user.email)
    client.post("/sign-in/second-factor/", {"typed": codes[3].lower()})
    assert is_in(client)

    other = Client()
    come_in(other, app.user.email)
    other.post("/sign-in/second-factor/", {"typed": codes[3]})

    assert not is_in(other)


def test_ten_recovery_codes_are_shown_once_and_kept_only_as_digests(client, app):
    signed_in(client, app.user.seats.get())

    page = client.post("/you/second-factor/codes/").content.decode()
    later = client.get("/you/second-factor/").content.decode()

    codes = RecoveryCode.objects.all()
    assert codes.count() == 10
    assert page.count("<li>") >= 10
    assert "10 codes" in later
    assert not any(code.digest in page for code in codes)


def test_new_recovery_codes_kill_the_old_ones(app):
    by = Actor(person=app.user_id)
    old = actions.make_recovery_codes(by=by, user=app.user)
    actions.make_recovery_codes(by=by, user=app.user)

    assert not actions.try_figures(by=by, user=app.user, typed=old[0])


def test_somebody_elses_recovery_code_does_nothing(app):
    other = UserFactory()
    codes = actions.make_recovery_codes(by=Actor(person=other.pk), user=other)

    assert not actions.try_figures(by=Actor(person=app.user_id), user=app.user, typed=codes[0])


def test_staff_do_not_take_their_last_second_factor_away(app):
    SeatFactory(role=Role.MANAGER, user=app.user)

    with pytest.raises(Refused, match="Add another one"):
        actions.remove_app(by=Actor(person=app.user_id), app=app)


def test_a_member_takes_theirs_away(client, app):
    signed_in(client, app.user.seats.get())

    client.post(f"/you/second-factor/app/{app.pk}/remove/")

    assert not Authenticator.objects.exists()


def test_nobody_takes_somebody_elses_away(client, app):
    signed_in(client, SeatFactory())

    assert client.post(f"/you/second-factor/app/{app.pk}/remove/").status_code == 404
    assert Authenticator.objects.exists()


def test_a_second_app_wants_the_first_gone(app):
    with pytest.raises(Refused, match="Take it away first"):
        actions.make_app(by=Actor(person=app.user_id), user=app.user)


# passkeys; that they work, a browser shows: tests/browser/test_second_factor.py


@pytest.mark.parametrize(
    "answer", ["", "{}", "[]", "null", "not json", '{"id": "x", "response": {}}']
)
def test_an_answer_that_is_none_adds_no_passkey(client, db, answer):
    signed_in(client, SeatFactory())
    client.get("/you/second-factor/passkeys/")

    page = client.post("/you/second-factor/passkeys/", {"name": "Mine", "answer": answer})

    assert page.status_code == 422
    assert not Passkey.objects.exists()


@pytest.mark.parametrize(
    "answer", ["", "{}", "[]", "null", '{"id": "x", "rawId": "eA", "response": {}}']
)
def test_an_answer_that_is_none_signs_nobody_in(client, app, answer):
    come_in(client, app.user.email)

    page = client.post("/sign-in/passkey/", {"answer": answer})

    assert page.status_code == 422
    assert not is_in(client)


def test_a_question_is_asked_of_ones_own_passkeys_only(db):
    question, state = passkeys.ask_for_one([])

    assert question["rpId"] == "localhost"
    assert not question.get("allowCredentials")
    assert state["challenge"] == question["challenge"]


def test_a_passkey_that_counts_backwards_was_copied(db):
    user = UserFactory()
    passkey = Passkey.objects.create(
        user=user, name="k", credential_key="k", credential="c", uses=7, made_at=clock.now()
    )

    with pytest.raises(Refused, match="same moment"):
        actions.use_passkey(by=Actor(person=user.pk), passkey=passkey, uses=7)
