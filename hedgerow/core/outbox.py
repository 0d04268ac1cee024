"""Mail: written down with the change it tells of, sent by a worker, one person a message."""

import hashlib
import re
from datetime import timedelta
from email.mime.text import MIMEText

from django.conf import settings
from django.core.exceptions import ValidationError
from django.core.mail import EmailMessage
from django.core.validators import validate_email
from django.db import connection
from django.db.models import F

from . import clock
from .actions import Refused, plain
from .jobs import enqueue, job
from .models import Mail

WORDS_KEPT = timedelta(days=7)  # longer than a message may wait to be sent

_UNSEEN = re.compile(r"[\x00-\x1f\x7f\x85\u2028\u2029]")
_BACKENDS_HERE = tuple(
    f"django.core.mail.backends.{name}." for name in ("console", "filebased", "locmem", "dummy")
)
# Names that RFC 2606 gives to nobody: the people of the example have them.
_NOBODY_THERE = re.compile(
    r"[@.](example|invalid|test)$|[@.]example\.(com|net|org)$", re.IGNORECASE
)


def post(
    *,
    to: str,
    subject: str,
    text: str,
    key: str,
    why: str,
    person: int | None = None,
    calendar: str = "",
) -> Mail:
    """Have a message sent to one person, once this action is done.

    A key is for one message: posted again, it is the message of the first time. `why` is a word
    for it ("digest"); `person` the key of the user it is to, if it is to one; `calendar` an
    iCalendar object with its METHOD, which goes along as the file invite.ics.

    Raises Refused if the address is not one address, or the subject not one line.
    """
    assert connection.in_atomic_block, f"mail {key} is posted outside an action"
    plain(why, key)
    if not _is_one_address(to):
        raise Refused(f"“{to[:80]}” is not an email address. Check it and try again.")
    if _UNSEEN.search(subject) or not subject or len(subject) > 200:
        raise Refused(
            "The subject of a message is one line of 200 characters at most. "
            f"Shorten what it is about, and take out line breaks: “{subject[:80]}”"
        )
    words = {"to": to, "subject": subject, "text": text, "why": why, "person": person}
    words["calendar"] = calendar
    mail, is_new = Mail.objects.get_or_create(key=key, defaults={**words, "posted_at": clock.now()})
    if is_new and not _is_to_nobody(to):
        enqueue("core.send_mail", key=str(mail.pk), mail=mail.pk)
    return mail


@job("core.send_mail")
def send_mail(*, mail: int) -> None:
    """Send it. If the worker dies before that is written down, it is sent again, under the same
    Message-ID, so that whoever receives it twice can be shown it once."""
    letter = Mail.objects.get(pk=mail)
    if letter.sent_at or letter.blanked_at or _is_to_nobody(letter.to):
        return
    Mail.objects.filter(pk=mail).update(attempts=F("attempts") + 1)
    EmailMessage(
        subject=letter.subject,
        body=letter.text,
        to=[letter.to],
        headers={"Message-ID": message_id(letter.key), "Auto-Submitted": "auto-generated"},
        attachments=[_invitation(letter.calendar)] if letter.calendar else None,
    ).send()
    Mail.objects.filter(pk=mail).update(sent_at=clock.now())


def _invitation(calendar: str) -> MIMEText:
    """Its type says the method too: mail programs act on that (RFC 6047)."""
    method = re.search(r"^METHOD:([A-Z]+)\r?$", calendar, re.MULTILINE)
    part = MIMEText(calendar, "calendar", "utf-8")
    part.set_param("method", method[1] if method else "PUBLISH")
    part.add_header("Content-Disposition", "attachment", filename="invite.ics")
    return part


def message_id(key: str) -> str:
    host = settings.DEFAULT_FROM_EMAIL.rpartition("@")[2].rstrip(">")
    return f"<{hashlib.sha256(key.encode()).hexdigest()[:32]}@{host}>"


def blank_old_mail() -> int:
    """Take the words and the address out of old messages, sent or given up."""
    old = Mail.objects.filter(blanked_at=None, posted_at__lt=clock.now() - WORDS_KEPT)
    return old.update(to="", subject="", text="", calendar="", blanked_at=clock.now())


def _is_one_address(to: str) -> bool:
    try:
        validate_email(to)
    except ValidationError:
        return False
    return len(to) <= 254


def _is_to_nobody(to: str) -> bool:
    """A server would only send it back; it is kept here, and read on the terminal or in files."""
    stays_here = settings.EMAIL_BACKEND.startswith(_BACKENDS_HERE)
    return bool(_NOBODY_THERE.search(to)) and not stays_here
