"""How long the shared picture of 60 members and ten instruments takes, and how many queries.

    python -m benchmarks.picture

Measured in this process, without a server: signed in, from the address to the last byte of HTML.
"""

import os
import statistics
import sys
import tempfile
import time

ROUNDS = 15


def main() -> None:
    with tempfile.TemporaryDirectory(prefix="hedgerow-bench-") as home:
        os.environ.update(HEDGEROW_HOME=home, DJANGO_SETTINGS_MODULE="hedgerow.settings")
        os.environ.pop("DATABASE_URL", None)
        import django

        django.setup()
        from django.core.management import call_command

        call_command("migrate", run_syncdb=True, verbosity=0)
        call_command("collectstatic", verbosity=0, interactive=False)
        measure()


def measure() -> None:
    """Print the milliseconds and queries of the page, and of the questions behind it."""
    from django.db import connection
    from django.test.utils import CaptureQueriesContext
    from django.urls import reverse

    from benchmarks import pictured
    from benchmarks.pages import signed_in
    from hedgerow.diagnostics.queries.pictures import picture_of_round
    from hedgerow.people.readers import reader_of

    asked, seat = pictured.furnish()
    askings = list(asked.askings.all())
    reader = reader_of(seat.user)
    client = _client(signed_in(seat.user))
    path = reverse("diagnostics:picture", args=[asked.pk])
    with CaptureQueriesContext(connection) as queries:
        answer = client.get(path)
        assert answer.status_code == 200, answer.status_code
    n_queries = len(queries)  # read now: the next request begins a log of its own
    collated = _times(lambda: picture_of_round(reader, asked, askings))
    page = _times(lambda: client.get(path))
    say(f"The shared picture: {pictured.N_MEMBERS} members, {len(askings)} instruments")
    say(f"  collated    {_spread(collated)} ms")
    say(f"  the page    {_spread(page)} ms (at most {pictured.MOST_MS}: {_kept(page)})")
    kept = "kept" if n_queries <= pictured.MOST_QUERIES else "NOT kept"
    say(f"  queries     {n_queries} (at most {pictured.MOST_QUERIES}: {kept})")
    say(f"  its HTML    {len(answer.content):,} bytes over the wire\n")


def _client(cookie: str):
    from django.test import Client

    client = Client(headers={"host": "localhost", "accept-encoding": "gzip"})
    name, _, value = cookie.partition("=")
    client.cookies[name] = value
    return client


def _times(ask) -> list[float]:
    ask()  # warm
    found = []
    for _ in range(ROUNDS):
        began = time.perf_counter()
        ask()
        found.append(1000 * (time.perf_counter() - began))
    return found


def _spread(found: list[float]) -> str:
    return f"{statistics.median(found):.0f} (from {min(found):.0f} to {max(found):.0f})"


def _kept(found: list[float]) -> str:
    from benchmarks.pictured import MOST_MS

    return "kept" if statistics.median(found) <= MOST_MS else "NOT kept"


def say(line: str) -> None:
    print(line, flush=True)


if __name__ == "__main__":
    sys.exit(main())
