"""In by a code, and out: for whoever has a seat, and nobody else, who learns nothing."""

import itertools
import re
import threading
from datetime import timedelta

import pytest
from django.test import Client

from hedgerow.core import clock
from hedgerow.core.jobs import run_worker
from hedgerow.core.models import Event, Mail
from hedgerow.people import sessions
from hedgerow.people.models import Role, SignIn, SignInCode, User
from tests.factories import SeatFactory, UserFactory, signed_in

pytestmark = pytest.mark.django_db


def work():
    run_worker(stop=threading.Event(), once=True)


def ask(client, email):
    return client.post("/sign-in/", {"email": email})


def newest_code(email):
    work()
    mail = Mail.objects.filter(to=email, why="code").latest("posted_at", "pk")
    return re.search(r"[A-Z0-9]{4}-[A-Z0-9]{4}", mail.text)[0]


def come_in(client, email, **said):
    ask(client, email)
    return client.post("/sign-in/code/", {"typed": newest_code(email), **said})


def is_in(client):
    return client.get("/you/").status_code == 200


def later(**span):
    return clock.at(clock.now() + timedelta(**span))


def test_a_code_that_was_mailed_signs_in(client):
    user = UserFactory()

    answer = come_in(client, user.email)

    assert answer.status_code == 302
    assert answer["Location"] == "/home/"
    assert is_in(client)
    assert SignIn.objects.get().user == user


def test_a_code_can_be_typed_as_people_type(client):
    user = UserFactory()
    ask(client, user.email.upper())

    typed = f"  {newest_code(user.email).lower().replace('-', ' ')} "
    client.post("/sign-in/code/", {"typed": typed})

    assert is_in(client)


def test_the_key_of_the_session_changes_on_the_way_in(client):
    user = UserFactory()
    ask(client, user.email)
    before = client.cookies["hedgerow"].value

    come_in(client, user.email)

    assert client.cookies["hedgerow"].value != before


def test_after_signing_in_one_is_where_one_wanted_to_go(client):
    user = UserFactory()
    client.post("/sign-in/", {"email": user.email, "next": "/you/"})

    answer = client.post("/sign-in/code/", {"typed": newest_code(user.email)})

    assert answer["Location"] == "/you/"


@pytest.mark.parametrize(
    "there", ["https://bad.example/", "//bad.example", "javascript:alert(1)", "/\\bad.example"]
)
def test_a_link_does_not_send_one_to_another_site(client, there):
    user = UserFactory()
    client.post("/sign-in/", {"email": user.email, "next": there})

    answer = client.post("/sign-in/code/", {"typed": newest_code(user.email)})

    assert answer["Location"] == "/home/"


# what a stranger learns


@pytest.mark.parametrize("kind", ["unknown", "closed", "example"])
def test_an_address_without_an_account_gets_the_same_pages_and_no_mail(kind):
    known = UserFactory(email="known@place.org")
    other = "other@place.org"
    if kind == "closed":
        UserFactory(email=other, is_active=False)
    if kind == "example":
        UserFactory(email=other, is_example=True)

    def pages(email):
        client = Client()
        first = ask(client, email)
        second = client.get("/sign-in/code/")
        wrong = client.post("/sign-in/code/", {"typed": "AAAA-AAAA"})
        text = wrong.content.decode().replace(email, "")
        return (
            first.status_code,
            first["Location"],
            second.status_code,
            wrong.status_code,
            plain(text),
        )

    assert pages(known.email) == pages(other)
    work()
    assert set(Mail.objects.values_list("to", flat=True)) == {known.email}


def plain(page):
    """Without what is new on each page for everybody."""
    return re.sub(r'name="csrfmiddlewaretoken" value="[^"]*"', "", page)


def test_an_unknown_address_costs_as_many_queries_as_a_known_one(django_assert_num_queries):
    UserFactory(email="known@place.org")
    from django.db import connection
    from django.test.utils import CaptureQueriesContext

    def cost(email):
        client = Client()
        client.get("/sign-in/")
        with CaptureQueriesContext(
            connection,
        ) as asked:
            ask(client, email)
        with CaptureQueriesContext(connection) as tried:
            client.post("/sign-in/code/", {"typed": "AAAA-AAAA"})
        return len(asked), len(tried)

    cost("warm@place.org")  # the first of all makes the head of the record
    assert cost("known@place.org") == cost("nobody@place.org")


def test_nobody_signs_up(client):
    ask(client, "nobody@place.org")
    work()

    assert not User.objects.exists()
    assert not Mail.objects.exists()


# codes that are no good


def test_a_code_works_once(client):
    user = UserFactory()
    come_in(client, user.email)
    code = newest_code(user.email)
    pk = SignInCode.objects.get().pk
    thief = Client()
    ask(thief, "x@place.org")
    session = thief.session
    session["asked_code"] = pk
    session.save()

    answer = thief.post("/sign-in/code/", {"typed": code})

    assert answer.status_code == 409
    assert "This code is over" in answer.content.decode()


@pytest.mark.parametrize(("minutes", "works"), [(9, True), (11, False)])
def test_a_code_works_for_ten_minutes(client, minutes, works):
    user = UserFactory()
    ask(client, user.email)
    code = newest_code(user.email)

    with later(minutes=minutes):
        client.post("/sign-in/code/", {"typed": code})
        assert is_in(client) == works


def test_a_code_belongs_to_the_browser_that_asked(client):
    user = UserFactory()
    ask(client, user.email)
    code = newest_code(user.email)
    other = Client()
    ask(other, user.email)

    answer = other.post("/sign-in/code/", {"typed": code})

    assert answer.status_code == 422
    assert not is_in(other)


def test_five_wrong_codes_kill_it_and_are_recorded(client):
    user = UserFactory()
    ask(client, user.email)
    code = newest_code(user.email)

    for _ in range(5):
        assert client.post("/sign-in/code/", {"typed": "WRONGONE"}).status_code == 422
    answer = client.post("/sign-in/code/", {"typed": code})

    assert answer.status_code == 409
    assert not is_in(client)
    assert Event.objects.filter(did="people.code_wrong", owner_key=user.pk).count() == 5


def test_four_wrong_codes_do_not_kill_it(client):
    user = UserFactory()
    ask(client, user.email)
    code = newest_code(user.email)

    for _ in range(4):
        client.post("/sign-in/code/", {"typed": "WRONGONE"})
    client.post("/sign-in/code/", {"typed": code})

    assert is_in(client)


def test_the_code_itself_is_not_kept(client):
    user = UserFactory()
    ask(client, user.email)
    code = newest_code(user.email).replace("-", "")

    kept = SignInCode.objects.values().get()
    assert code not in str(kept)


def test_somebody_whose_account_was_closed_meanwhile_does_not_come_in(client):
    user = UserFactory()
    ask(client, user.email)
    code = newest_code(user.email)
    User.objects.update(is_active=False)

    client.post("/sign-in/code/", {"typed": code})

    assert not is_in(client)


def test_somebody_whose_account_is_closed_is_out_at_once(client):
    seat = SeatFactory()
    signed_in(client, seat)
    assert is_in(client)

    User.objects.update(is_active=False)

    assert not is_in(client)


# how often


def test_five_codes_an_address_in_a_quarter_of_an_hour(client):
    for _ in range(5):
        assert ask(client, "somebody@place.org").status_code == 302
    answer = ask(client, "somebody@place.org")

    assert answer.status_code == 409
    assert "Several codes were asked for" in answer.content.decode()
    with later(minutes=16):
        assert ask(client, "somebody@place.org").status_code == 302


def test_thirty_codes_a_network_in_a_quarter_of_an_hour(client):
    for n in range(30):
        assert ask(client, f"person{n}@place.org").status_code == 302
    assert ask(client, "one.more@place.org").status_code == 409
    assert (
        client.post("/sign-in/", {"email": "x@place.org"}, REMOTE_ADDR="10.0.0.9").status_code
        == 302
    )


def test_behind_a_server_of_ours_each_network_is_counted_by_its_own_address(client, settings):
    def from_network(address):
        told = {"X-Forwarded-For": f"made up, {address}"}
        return client.post("/sign-in/", {"email": f"p{next(n)}@place.org"}, headers=told)

    settings.IS_HTTPS, n = True, itertools.count()
    for _ in range(30):
        from_network("10.0.0.1")

    assert from_network("10.0.0.1").status_code == 409
    assert from_network("10.0.0.2").status_code == 302


def test_without_one_nobody_says_where_they_are_from(client):
    for number in range(30):
        ask(client, f"p{number}@place.org")

    told = {"X-Forwarded-For": "10.0.0.2"}
    assert client.post("/sign-in/", {"email": "p@place.org"}, headers=told).status_code == 409


@pytest.mark.parametrize("typed", ["", "not an address", "a@b", "x" * 300 + "@place.org"])
def test_what_is_not_an_address_is_said_so(client, typed):
    answer = ask(client, typed)

    assert answer.status_code == 422
    assert not SignInCode.objects.exists()


def test_the_code_page_without_a_code_leads_back(client):
    assert client.get("/sign-in/code/")["Location"] == "/sign-in/"


# how long


@pytest.mark.parametrize(("kept", "hours", "stays"), [
    ("on", 24 * 13, True), ("on", 24 * 14 + 1, False), ("", 11, True), ("", 13, False),
])  # fmt: skip
def test_a_member_stays_signed_in_for_14_days_on_a_known_device(client, kept, hours, stays):
    user = SeatFactory().user
    come_in(client, user.email, **({"is_kept": kept} if kept else {}))

    with later(hours=hours):
        assert is_in(client) == stays


def test_on_another_device_the_cookie_goes_with_the_browser(client):
    come_in(client, UserFactory().email)

    assert not client.cookies["hedgerow"]["max-age"]


def test_staff_are_out_after_thirty_idle_minutes(client):
    signed_in(client, SeatFactory(role=Role.MANAGER))

    with later(minutes=29):
        assert is_in(client)
    with later(minutes=58):
        assert is_in(client)
    with later(minutes=89):
        assert not is_in(client)


def test_staff_are_out_after_twelve_hours_however_busy(client):
    signed_in(client, SeatFactory(role=Role.OPERATOR))

    for minutes in range(0, 720, 25):
        with later(minutes=minutes):
            assert is_in(client)
    with later(minutes=721):
        assert not is_in(client)


def test_there_is_one_cookie(client):
    come_in(client, UserFactory().email)
    client.get("/you/")

    assert set(client.cookies) == {sessions.cookie_name()}


# out


def test_signing_out_is_a_post(client):
    signed_in(client, SeatFactory())

    assert client.get("/sign-out/").status_code == 405
    assert is_in(client)

    client.post("/sign-out/")
    assert not is_in(client)


def test_the_old_cookie_opens_nothing_after_signing_out(client):
    come_in(client, UserFactory().email)
    old = client.cookies["hedgerow"].value
    client.post("/sign-out/")
    client.cookies["hedgerow"] = old

    assert not is_in(client)


def test_one_sees_where_one_is_signed_in_and_ends_it_there(client):
    user = UserFactory()
    other = Client(headers={"User-Agent": "Mozilla/5.0 (Windows NT 10.0) Firefox/115.0"})
    come_in(other, user.email)
    come_in(client, user.email)
    page = client.get("/you/").content.decode()
    assert "Firefox on Windows" in page

    there = SignIn.objects.get(browser="Firefox on Windows")
    client.post(f"/you/signed-in/{there.pk}/end/")

    assert not is_in(other)
    assert is_in(client)


def test_nobody_ends_somebody_elses_sign_in(client):
    user = UserFactory()
    come_in(client, user.email)
    thief = Client()
    signed_in(thief, SeatFactory())

    assert thief.post(f"/you/signed-in/{SignIn.objects.get().pk}/end/").status_code == 404
    assert is_in(client)


def test_signing_out_everywhere_ends_every_browser(client):
    user = UserFactory()
    other = Client()
    come_in(other, user.email)
    come_in(client, user.email)

    client.post("/you/signed-in/end/")

    assert not is_in(client)
    assert not is_in(other)


# a fresh code


def test_what_wants_a_fresh_code_asks_for_one_and_comes_back(client):
    seat = SeatFactory()
    signed_in(client, seat)
    with later(minutes=11):
        answer = client.get("/you/second-factor/passkeys/")
        assert answer["Location"] == "/sign-in/again/?next=%2Fyou%2Fsecond-factor%2Fpasskeys%2F"

        client.post("/sign-in/again/", {"send": "1", "next": "/you/second-factor/passkeys/"})
        typed = {"typed": newest_code(seat.user.email), "next": "/you/second-factor/passkeys/"}
        answer = client.post("/sign-in/again/", typed)

        assert answer["Location"] == "/you/second-factor/passkeys/"
        assert client.get("/you/second-factor/passkeys/").status_code == 200


def test_a_wrong_fresh_code_does_not_count(client):
    seat = SeatFactory()
    signed_in(client, seat)
    with later(minutes=11):
        client.post("/sign-in/again/", {"send": "1"})
        work()

        assert client.post("/sign-in/again/", {"typed": "AAAAAAAA"}).status_code == 422
        assert client.get("/you/second-factor/passkeys/").status_code == 302


def test_a_form_sent_too_late_leads_back_to_its_page_after_a_fresh_code(client):
    signed_in(client, SeatFactory())
    with later(minutes=11):
        answer = client.post(
            "/you/second-factor/app/make/",
            headers={"Referer": "http://testserver/you/second-factor/"},
        )

    assert answer["Location"] == "/sign-in/again/?next=%2Fyou%2Fsecond-factor%2F"
