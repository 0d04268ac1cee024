"""Mail: one message a key, one person a message, and nobody waits for it."""

from datetime import UTC, datetime, timedelta
from pathlib import Path
from threading import Event

import pytest
from django.core import mail
from django.core.exceptions import ImproperlyConfigured
from django.db import transaction

from hedgerow.core import clock, outbox
from hedgerow.core.actions import Refused
from hedgerow.core.jobs import run_worker
from hedgerow.core.models import Job, Mail
from hedgerow.core.outbox_settings import mail_settings

NOW = datetime(2026, 3, 17, 9, 0, tzinfo=UTC)


def post(**other):
    words = {
        "to": "somebody@hazelford.org.uk",
        "subject": "A date has moved",
        "text": "The plan is now handed in on 31 March.",
        "key": "test.moved:7",
        "why": "test.moved",
    }
    return outbox.post(**{**words, **other})


def send_all():
    return run_worker(stop=Event(), once=True)


@pytest.mark.django_db
def test_a_message_waits_for_a_worker_and_then_goes():
    posted = post(person=5)
    assert mail.outbox == []

    send_all()

    (message,) = mail.outbox
    assert message.to == ["somebody@hazelford.org.uk"]
    assert message.recipients() == message.to
    assert message.subject == "A date has moved"
    posted.refresh_from_db()
    assert posted.sent_at
    assert posted.attempts == 1


@pytest.mark.django_db
def test_the_same_message_is_written_and_sent_once():
    first = post()
    send_all()
    second = post(text="Other words.")
    send_all()

    assert first.pk == second.pk
    assert len(mail.outbox) == Job.objects.count() == 1


@pytest.mark.django_db(transaction=True)
def test_what_was_undone_is_told_to_nobody():
    with pytest.raises(Refused), transaction.atomic():
        post()
        raise Refused("Not today.")

    send_all()

    assert mail.outbox == []
    assert not Mail.objects.exists()


@pytest.mark.django_db(transaction=True)
def test_mail_is_posted_only_inside_an_action():
    with pytest.raises(AssertionError, match="outside an action"):
        post()


@pytest.mark.django_db
@pytest.mark.parametrize(
    "to",
    [
        "a@hazelford.org.uk, b@hazelford.org.uk",
        "a@hazelford.org.uk;b@hazelford.org.uk",
        "a@hazelford.org.uk\nBcc: b@hazelford.org.uk",
        "a@hazelford.org.uk\r\n",
        "Ash <a@hazelford.org.uk>",
        "a@",
        "",
        f"{'a' * 250}@hazelford.org.uk",
    ],
)
def test_a_message_goes_to_one_address_or_nowhere(to):
    with pytest.raises(Refused, match="is not an email address"):
        post(to=to)
    assert not Mail.objects.exists()


@pytest.mark.django_db
@pytest.mark.parametrize(
    "subject", ["A\nBcc: b@hazelford.org.uk", "A\rB", "A\x0bB", "A\u2028B", "", "A" * 201]
)
def test_a_subject_is_one_line_or_refused(subject):
    with pytest.raises(Refused, match="one line of 200 characters"):
        post(subject=subject)


@pytest.mark.django_db
def test_a_message_sent_again_after_a_crash_can_be_recognised(monkeypatch):
    posted = post()
    outbox.send_mail(mail=posted.pk)
    Mail.objects.update(sent_at=None)  # the worker died before it could write this down
    outbox.send_mail(mail=posted.pk)

    first, again = (message.extra_headers["Message-ID"] for message in mail.outbox)
    assert first == again
    assert outbox.message_id("test.moved:8") != first


@pytest.mark.django_db
def test_a_message_that_was_sent_is_not_sent_again():
    posted = post()
    outbox.send_mail(mail=posted.pk)
    outbox.send_mail(mail=posted.pk)

    assert len(mail.outbox) == 1


@pytest.mark.django_db
def test_a_server_that_refuses_is_tried_again_later(settings):
    settings.EMAIL_BACKEND = "tests.core.test_outbox.Refusing"
    with clock.at(NOW):
        posted = post()
        send_all()

    posted.refresh_from_db()
    (job,) = Job.objects.all()
    assert (posted.attempts, posted.sent_at) == (1, None)
    assert job.fault == "ConnectionRefusedError"
    assert job.run_at == NOW + timedelta(minutes=1)

    settings.EMAIL_BACKEND = "django.core.mail.backends.locmem.EmailBackend"
    with clock.at(NOW + timedelta(minutes=1)):
        send_all()
    assert len(mail.outbox) == 1


class Refusing:
    def __init__(self, **kwargs):
        pass

    def send_messages(self, messages):
        raise ConnectionRefusedError("somebody@hazelford.org.uk cannot be reached")


@pytest.mark.django_db
def test_no_server_is_troubled_with_people_who_do_not_exist(settings):
    settings.EMAIL_BACKEND = "django.core.mail.backends.smtp.EmailBackend"
    for to in ("a@hazelford.example", "b@example.org", "c@mail.invalid"):
        post(to=to, key=f"test:{to.replace('@', '.')}")
    post(to="d@example.org.uk", key="test:real")

    assert Mail.objects.count() == 4
    assert Job.objects.count() == 1


@pytest.mark.django_db
def test_words_do_not_linger():
    with clock.at(NOW):
        old = post(person=5)
    with clock.at(NOW + timedelta(days=6)):
        new = post(key="test.moved:8")
        assert outbox.blank_old_mail() == 0
    with clock.at(NOW + timedelta(days=7, seconds=1)):
        assert outbox.blank_old_mail() == 1

    old.refresh_from_db()
    new.refresh_from_db()
    assert (old.to, old.subject, old.text, old.person) == ("", "", "", 5)
    assert old.blanked_at
    assert new.text


@pytest.mark.django_db
def test_a_message_without_words_is_not_sent():
    with clock.at(NOW):
        posted = post()
    with clock.at(NOW + timedelta(days=8)):
        outbox.blank_old_mail()
        outbox.send_mail(mail=posted.pk)

    posted.refresh_from_db()
    assert mail.outbox == []
    assert posted.sent_at is None


def settings_of(url, **more):
    return mail_settings({"HEDGEROW_SMTP_URL": url, **more}, Path("home"))


def test_mail_goes_to_the_terminal_until_a_server_is_named():
    assert settings_of("")["EMAIL_BACKEND"].endswith("console.EmailBackend")


def test_mail_can_go_into_files():
    told = settings_of("file:")
    assert told["EMAIL_BACKEND"].endswith("filebased.EmailBackend")
    assert told["EMAIL_FILE_PATH"] == "home/mail"


@pytest.mark.parametrize(
    ("url", "port", "tls", "ssl"),
    [
        ("smtp+tls://user:p%40ss@mail.org.uk:2587", 2587, True, False),
        ("smtp+tls://user:p%40ss@mail.org.uk", 587, True, False),
        ("smtps://user:p%40ss@mail.org.uk", 465, False, True),
        ("smtp://user:p%40ss@mail.org.uk/", 25, False, False),
    ],
)
def test_a_server_is_named_by_an_address(url, port, tls, ssl):
    told = settings_of(url)

    assert told["EMAIL_BACKEND"].endswith("smtp.EmailBackend")
    assert (told["EMAIL_HOST"], told["EMAIL_PORT"]) == ("mail.org.uk", port)
    assert (told["EMAIL_HOST_USER"], told["EMAIL_HOST_PASSWORD"]) == ("user", "p@ss")
    assert (told["EMAIL_USE_TLS"], told["EMAIL_USE_SSL"]) == (tls, ssl)
    assert 0 < told["EMAIL_TIMEOUT"] < 60


@pytest.mark.parametrize(
    "url",
    [
        "mail.org.uk",
        "imap://user:secret@mail.org.uk",
        "smtp://user:secret@mail.org.uk:port",
        "smtp://",
        "smtp://user:secret@mail.org.uk/inbox",
        "smtp+tls://user:se[cret@mail.org.uk",
    ],
)
def test_an_address_that_names_no_server_is_refused_without_its_password(url):
    with pytest.raises(ImproperlyConfigured, match=r"smtp\+tls://user:password@host") as refused:
        settings_of(url)
    assert "secret" not in str(refused.value)


def test_mail_comes_from_the_site_unless_told_otherwise():
    assert settings_of("", HEDGEROW_URL="https://hedge.org.uk:8443")["DEFAULT_FROM_EMAIL"] == (
        "hedgerow@hedge.org.uk"
    )
    assert settings_of("", HEDGEROW_MAIL_FROM="we@hedge.org.uk")["DEFAULT_FROM_EMAIL"] == (
        "we@hedge.org.uk"
    )
