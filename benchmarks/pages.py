"""What is measured: two pages of the example, each as somebody who would open it."""

from dataclasses import dataclass
from pathlib import Path

import django
from django.conf import settings
from django.contrib.auth import BACKEND_SESSION_KEY, HASH_SESSION_KEY, SESSION_KEY
from django.core.management import call_command
from django.db import connections

from benchmarks.loading import one


@dataclass(frozen=True, kw_only=True)
class Page:
    name: str
    path: str
    bare_path: str
    cookie: str

    def keep_html(self, port: int, folder: Path) -> None:
        """Keep what Hedgerow answers, for the bare page to be as long."""
        answer = one(port, self.path, self.cookie)
        assert answer.status == 200, (self.path, answer.status)
        (folder / f"{self.bare_path.strip('/').replace('/', '-')}.html").write_bytes(answer.body)


def furnish() -> list[Page]:
    django.setup()
    from django.urls import reverse

    from hedgerow.front import example, record
    from hedgerow.people.models import Role, Seat

    call_command("migrate", run_syncdb=True, verbosity=0)
    call_command("collectstatic", verbosity=0, interactive=False)
    record.load()
    example.load()

    seats = Seat.objects.filter(ended_at=None).select_related("user")
    manager = seats.filter(role=Role.MANAGER, programme__is_example=True).earliest("pk")
    member = seats.filter(role=Role.CORE, cluster__is_example=True).earliest("pk")
    found = [
        Page(
            name="The programme's board, as its manager",
            path=reverse("journeys:board", args=[manager.programme_id]),
            bare_path=f"/board/{manager.programme_id}/",
            cookie=signed_in(manager.user),
        ),
        Page(
            name="Next for you, as a chief executive",
            path=reverse("home"),
            bare_path="/home/",
            cookie=signed_in(member.user),
        ),
    ]
    connections.close_all()
    return found


def signed_in(user) -> str:
    """A cookie, as signing in leaves it behind."""
    from django.contrib.sessions.backends.db import SessionStore

    from hedgerow.people import sessions

    session = SessionStore()
    session[SESSION_KEY] = str(user.pk)
    session[BACKEND_SESSION_KEY] = settings.AUTHENTICATION_BACKENDS[0]
    session[HASH_SESSION_KEY] = user.get_session_auth_hash()
    sessions.begin(session, is_kept=True)
    sessions.show_second_factor(session)
    session.create()
    return f"{settings.SESSION_COOKIE_NAME}={session.session_key}"
