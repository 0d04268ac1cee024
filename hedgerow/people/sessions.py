"""How long somebody stays signed in, and what they have shown. Told with a session; asks no view."""

from collections.abc import MutableMapping
from datetime import timedelta
from typing import Any

from django.conf import settings

from hedgerow.core import clock

SECOND_FACTOR = "second_factor_at"  # when a second factor was shown
BEGAN = "began_at"  # when they signed in
SEEN = "seen_at"  # when they last asked for a page, to the minute
FRESH = "code_at"  # when they last typed a code
KEPT = "is_kept"  # a device they know as theirs

KNOWN_DEVICE = timedelta(days=14)
OTHER_DEVICE = timedelta(hours=12)
STRANGER = timedelta(hours=1)
STAFF_IDLE = timedelta(minutes=30)
STAFF_WHOLE = timedelta(hours=12)
FRESH_FOR = timedelta(minutes=10)
_TO_THE_MINUTE = 60  # seconds

Session = MutableMapping[str, Any]


def begin(session: Session, *, is_kept: bool) -> None:
    """They have just signed in. Call after the key of the session was changed."""
    now = _now()
    session.update({BEGAN: now, SEEN: now, FRESH: now, KEPT: is_kept})
    session.set_expiry(int(KNOWN_DEVICE.total_seconds()) if is_kept else 0)


def keep_for_a_stranger(session: Session) -> None:
    """Somebody who only looked at a page with a form is remembered no longer than they need."""
    if not session.is_empty():
        session.set_expiry(int(STRANGER.total_seconds()))


def show_second_factor(session: Session) -> None:
    session[SECOND_FACTOR] = session[FRESH] = _now()


def type_code(session: Session) -> None:
    session[FRESH] = _now()


def is_over(session: Session, *, is_staff: bool) -> bool:
    """Whether the time for which they were signed in has run out."""
    now = _now()
    since_begin = timedelta(seconds=now - session.get(BEGAN, now))
    since_seen = timedelta(seconds=now - session.get(SEEN, now))
    if is_staff and (since_seen > STAFF_IDLE or since_begin > STAFF_WHOLE):
        return True
    return since_begin > (KNOWN_DEVICE if session.get(KEPT) else OTHER_DEVICE)


def touch(session: Session) -> None:
    """They are here. Written down once a minute, so that not each page writes."""
    now = _now()
    if BEGAN not in session:
        session[BEGAN] = now
    if now - session.get(SEEN, 0) >= _TO_THE_MINUTE:
        session[SEEN] = now


def is_fresh(session: Session) -> bool:
    return _now() - session.get(FRESH, 0) <= FRESH_FOR.total_seconds()


def cookie_name() -> str:
    return settings.SESSION_COOKIE_NAME


def _now() -> int:
    return int(clock.now().timestamp())


_BROWSERS = (
    ("Edg", "Edge"),
    ("OPR", "Opera"),
    ("Firefox", "Firefox"),
    ("Chrome", "Chrome"),
    ("Safari", "Safari"),
)
_SYSTEMS = (
    ("Android", "Android"),
    ("iPhone", "an iPhone"),
    ("iPad", "an iPad"),
    ("Windows", "Windows"),
    ("Mac OS", "a Mac"),
    ("Linux", "Linux"),
)


def browser_words(user_agent: str) -> str:
    """ "Firefox on Windows"; "A browser" where it does not say."""
    browser = next((name for mark, name in _BROWSERS if f"{mark}/" in user_agent), "A browser")
    system = next((name for mark, name in _SYSTEMS if mark in user_agent), "")
    return f"{browser} on {system}" if system else browser
