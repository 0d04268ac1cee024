"""A form sent twice is done once, and leads to the same place."""

import threading
from datetime import timedelta

import pytest
from django.db import connections
from django.test import Client

from hedgerow.core import clock
from hedgerow.core.models import Event, Receipt
from hedgerow.core.receipts import forget_old_receipts
from hedgerow.people.models import Programme

pytestmark = pytest.mark.urls("tests.safety.site")

TOKEN = "a-token-of-a-form-0123456789"


@pytest.mark.django_db
def test_a_form_sent_twice_is_done_once_and_leads_to_the_same_page(client):
    first = client.post("/form/", {"slug": "one", "once": TOKEN})
    again = client.post("/form/", {"slug": "two", "once": TOKEN})

    assert first.status_code == again.status_code == 302
    assert first["Location"] == again["Location"] == f"/made/{Programme.objects.get().pk}/"
    assert Event.objects.count() == 1


@pytest.mark.django_db
def test_another_form_of_the_same_kind_is_done_too(client):
    client.post("/form/", {"slug": "one", "once": TOKEN})
    client.post("/form/", {"slug": "two", "once": TOKEN + "-other"})
    assert Programme.objects.count() == 2


@pytest.mark.django_db
def test_a_form_without_a_token_or_with_a_strange_one_is_simply_done(client):
    for n, once in enumerate(["", "short", "a" * 65, "a token with spaces in it", "é" * 20]):
        client.post("/form/", {"slug": f"p{n}", "once": once})
    client.post("/form/", {"slug": "none"})

    assert Programme.objects.count() == 6
    assert not Receipt.objects.exists()


@pytest.mark.django_db
def test_a_refused_form_may_be_sent_again(client):
    refused = client.post("/form/", {"slug": "refused", "once": TOKEN})
    done = client.post("/form/", {"slug": "one", "once": TOKEN})

    assert (refused.status_code, done.status_code) == (409, 302)
    assert Programme.objects.get().slug == "one"


@pytest.mark.django_db
def test_a_form_handed_back_after_something_was_done_may_be_put_right_and_sent_again(client):
    client.post("/form/", {"slug": "one", "once": TOKEN, "how": "handed back"})
    done = client.post("/form/", {"slug": "two", "once": TOKEN})

    assert done["Location"] == f"/made/{Programme.objects.get(slug='two').pk}/"


@pytest.mark.django_db
def test_the_same_token_from_somebody_else_is_their_own_form(client):
    client.post("/form/", {"slug": "one", "once": TOKEN, "person": 1})
    client.post("/form/", {"slug": "two", "once": TOKEN, "person": 2})
    assert Programme.objects.count() == 2


@pytest.mark.django_db
def test_a_part_of_a_page_sent_twice_leads_back_to_the_page(client):
    page = {"HX-Request": "true", "HX-Current-URL": "http://testserver/front/?of=it"}
    sent = {"slug": "one", "once": TOKEN, "how": "part"}

    first = client.post("/form/", sent, headers=page)
    again = client.post("/form/", sent, headers=page)

    assert first.content == b"made one"
    assert (again.status_code, again["HX-Redirect"]) == (204, "/front/?of=it")
    assert Programme.objects.count() == 1


@pytest.mark.django_db
def test_a_redirect_by_script_is_remembered_too(client):
    sent = {"slug": "one", "once": TOKEN, "how": "htmx"}
    first = client.post("/form/", sent, headers={"HX-Request": "true"})
    again = client.post("/form/", sent, headers={"HX-Request": "true"})
    assert first["HX-Redirect"] == again["HX-Redirect"]


@pytest.mark.django_db
@pytest.mark.parametrize(
    ("came_from", "leads_to"),
    [
        ("http://testserver/front/?a=1", "/front/?a=1"),
        ("https://evil.example/front/", "/"),
        ("//evil.example/", "/"),
        ("", "/"),
    ],
)
def test_where_the_first_answer_is_not_known_it_leads_back_to_our_own_page(
    client, monkeypatch, came_from, leads_to
):
    """As after a crash between the change and its answer."""
    monkeypatch.setattr("hedgerow.core.middleware.time.sleep", lambda seconds: None)
    client.post("/form/", {"slug": "one", "once": TOKEN})
    Receipt.objects.update(answer="")

    again = client.post("/form/", {"slug": "one", "once": TOKEN}, headers={"referer": came_from})

    assert again["Location"] == leads_to
    assert Programme.objects.count() == 1


@pytest.mark.django_db
def test_an_answer_that_is_about_to_be_written_down_is_waited_for(client, monkeypatch):
    client.post("/form/", {"slug": "one", "once": TOKEN})
    Receipt.objects.update(answer="")
    monkeypatch.setattr(
        "hedgerow.core.middleware.time.sleep",
        lambda seconds: Receipt.objects.update(answer="/made/in-the-end/"),
    )
    again = client.post("/form/", {"slug": "one", "once": TOKEN})
    assert again["Location"] == "/made/in-the-end/"


@pytest.mark.django_db(transaction=True)
def test_two_at_the_same_instant_are_done_once():
    for n in range(5):
        sent, answers = {"slug": f"p{n}", "once": f"{TOKEN}-{n}"}, []
        together = threading.Barrier(4)
        threads = [threading.Thread(target=press, args=(together, sent, answers)) for _ in range(4)]
        for thread in threads:
            thread.start()
        for thread in threads:
            thread.join()

        made = Programme.objects.get(slug=f"p{n}")
        assert answers == [(302, f"/made/{made.pk}/")] * 4
    assert Event.objects.count() == 5


def press(together, sent, answers):
    client = Client()
    together.wait()
    try:
        response = client.post("/form/", sent)
        answers.append((response.status_code, response.get("Location")))
    finally:
        connections.close_all()


@pytest.mark.django_db
def test_receipts_are_forgotten_after_a_week():
    now = clock.now()
    Receipt.objects.create(token="old", at=now - timedelta(days=8))
    Receipt.objects.create(token="new", at=now - timedelta(days=6))

    assert forget_old_receipts() == 1
    assert [receipt.token for receipt in Receipt.objects.all()] == ["new"]
    assert forget_old_receipts() == 0
