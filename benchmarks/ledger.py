"""How long the account of one award, the sums of a thousand and the page of their programme take,
and how many queries.

    python -m benchmarks.ledger

1,000 awards of 40 postings each. Measured in this process, without a server: each page
signed in, from the address to its last byte. A measurement, not a test.
"""

import os
import random
import statistics
import sys
import tempfile
import time
from collections.abc import Callable
from datetime import date, timedelta
from typing import Any

N_AWARDS, N_ENTRIES = 1_000, 20  # two postings each
MOST_MS, MOST_QUERIES = 300, 30
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
    """Print the milliseconds and queries of the pages, and of the sums of all awards."""
    from django.test import Client
    from django.urls import reverse

    from benchmarks.pages import signed_in
    from hedgerow.core import clock
    from hedgerow.ledger.queries import awards_in, money_in

    awards, seat = furnish()
    client = Client(headers={"host": "localhost", "accept-encoding": "gzip"})
    name, _, value = signed_in(seat.user).partition("=")
    client.cookies[name] = value
    path = reverse("ledger:account", args=[awards[0].pk])
    board, sheet, costs, publisher = (
        reverse(f"grants:{name}", args=[seat.programme_id])
        for name in ("programme", "programme_csv", "costs", "publisher")
    )
    there = reverse("grants:open_programme", args=[seat.programme.slug])
    keys, clusters = [one.pk for one in awards], [one.cluster_id for one in awards]
    day = clock.today() - timedelta(days=30)
    print(f"{N_AWARDS:,} awards of {2 * N_ENTRIES} postings each")
    _report("the account", lambda: _page(client, path))
    _report("the account of a day", lambda: _page(client, f"{path}?on={day}"))
    _report("the programme", lambda: _page(client, board))
    _report("the programme, to keep", lambda: _page(client, sheet))
    _report("what it costs", lambda: _page(client, costs))
    _report("as whom it publishes", lambda: _page(client, publisher))
    _report("awards as open data", lambda: _page(client, reverse("grants:open_data")))
    _report("the last page of them", lambda: _page(client, f"{there}?page={N_AWARDS // 50}"))
    _report("sums of all", lambda: money_in(keys))
    _report("sums of all on a day", lambda: money_in(keys, on=day))
    _report("all awards", lambda: awards_in(clusters))


def furnish() -> tuple[list[Any], Any]:
    """Awards of one programme, and the seat of one who reads the first."""
    from hedgerow.analysis import postings
    from hedgerow.core import clock
    from hedgerow.grants.models import Publisher
    from hedgerow.journeys.models import Design, Journey, Submission
    from hedgerow.ledger.models import Award, Entry, Posting
    from hedgerow.people.models import (
        Cluster,
        Identifier,
        Member,
        Organisation,
        Programme,
        Role,
        Scheme,
        Seat,
        User,
    )

    chance, now, today = random.Random(6), clock.now(), clock.today()
    programme = Programme.objects.create(slug="awards", name="Awards", guardian="Nobody")
    person = User.objects.create(email="awards@example.org")
    manager = Seat.objects.create(
        user=person, role=Role.MANAGER, programme=programme, began_at=now - timedelta(days=100)
    )
    design = Design.objects.create(
        programme=programme, pack="none", version=1, text="", digest="", loaded_at=now
    )
    clusters = Cluster.objects.bulk_create(
        Cluster(programme=programme, slug=f"award-{n}", name=f"Cluster {n}", place="Here")
        for n in range(N_AWARDS)
    )
    organisations = Organisation.objects.bulk_create(
        Organisation(name=f"Neighbourhood charity number {n}") for n in range(5 * N_AWARDS)
    )
    Identifier.objects.bulk_create(
        Identifier(organisation=one, scheme=Scheme.CHC, number=str(1_000_000 + n))
        for n, one in enumerate(organisations)
    )
    Publisher.objects.create(
        programme=programme,
        name="Nobody’s Fund",
        org_id="GB-CHC-1999999",
        prefix="360G-nobody",
        licence="https://creativecommons.org/licenses/by/4.0/",
        by=manager,
        at=now,
    )
    theirs = [organisations[5 * n : 5 * n + 5] for n in range(N_AWARDS)]
    Member.objects.bulk_create(
        Member(cluster=cluster, organisation=one, joined_at=now - timedelta(days=100))
        for cluster, members in zip(clusters, theirs, strict=True)
        for one in members
    )
    journeys = Journey.objects.bulk_create(
        Journey(cluster=one, started_on=today, design=design) for one in clusters
    )
    submissions = Submission.objects.bulk_create(
        Submission(
            journey=one,
            kind="plan",
            number=1,
            shape=1,
            whole={},
            digest="",
            submitted_by=manager,
            submitted_at=now,
            answer="agreed",
            answered_by=manager,
            answered_at=now,
        )
        for one in journeys
    )
    awards = Award.objects.bulk_create(
        Award(
            cluster=cluster,
            submission=submission,
            holding=members[0],
            awarded_on=today - timedelta(days=90),
            made_by=manager,
            made_at=now,
        )
        for cluster, submission, members in zip(clusters, submissions, theirs, strict=True)
    )
    rows, sides = [], []
    for award, members in zip(awards, theirs, strict=True):
        for number, (verb, pence, on, member) in enumerate(_moves(award, members, chance), 1):
            row = Entry(
                award=award,
                number=number,
                verb=verb,
                tranche="main",
                pence=pence,
                on=on,
                member=member,
                words="Invoice 231, Office Works",
                by=manager,
                at=now,
            )
            rows.append(row)
            key = member.pk if member else None
            sides.append((row, postings.entry(verb, pence, on=on, member=key)))
    Entry.objects.bulk_create(rows)
    Posting.objects.bulk_create(
        Posting(
            entry=row,
            award=row.award,
            step=one.account.step,
            tranche=one.account.tranche,
            member_id=one.account.member,
            on=one.on,
            pence=one.pence,
        )
        for row, both in sides
        for one in both
    )
    return awards, manager


def _moves(award: Any, members: Any, chance: random.Random) -> Any:
    """N_ENTRIES of them, in the order of their days."""

    def on(n: int) -> date:
        day: date = award.awarded_on + timedelta(days=n)
        return day

    yield "award", 1_500_000, on(0), None
    yield "release", 750_000, on(0), None
    yield "draw", 500_000, on(5), None
    for n, member in enumerate(members):
        yield "commit", 200_000, on(10 + n), member
    for n in range(N_ENTRIES - 3 - len(members)):
        yield "spend", chance.randint(1, 60_000), on(20 + 5 * n), members[n % len(members)]


def _page(client: Any, path: str) -> None:
    answer = client.get(path)
    assert answer.status_code == 200, answer.status_code


def _report(what: str, ask: Callable[[], object]) -> None:
    from django.db import connection
    from django.test.utils import CaptureQueriesContext

    ask()  # warm
    with CaptureQueriesContext(connection) as queries:
        ask()
    n_queries = len(queries)
    found = []
    for _ in range(ROUNDS):
        began = time.perf_counter()
        ask()
        found.append(1000 * (time.perf_counter() - began))
    middle = statistics.median(found)
    kept = "kept" if middle <= MOST_MS and n_queries <= MOST_QUERIES else "NOT kept"
    print(
        f"  {what:<22} {middle:.0f} ms (from {min(found):.0f} to {max(found):.0f}), "
        f"{n_queries} queries (at most {MOST_MS} ms and {MOST_QUERIES}: {kept})",
        flush=True,
    )


if __name__ == "__main__":
    sys.exit(main())
