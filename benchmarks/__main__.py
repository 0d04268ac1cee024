"""Pages a second, and bytes a page, beside a bare Django page of the same rows.

    make bench

One run, both under the same server, in turns, on this machine alone. The bare page has the same
session, sign-in, CSRF, compression and bytes of HTML, and reads the same rows. What is printed is
the share of the bare page's speed that is left, which moves less from machine to machine than
pages a second do. A measurement, not a test: it fails only if a page does not answer.
"""

import os
import statistics
import sys
import tempfile
from pathlib import Path
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from benchmarks.pages import Page
    from benchmarks.serving import Server

TARGET = 0.6  # of the bare page's speed
ROUNDS = 7
SECONDS = 1.2  # for each page in each round
FIRST_VISIT, LATER = 40_000, 15_000  # bytes over the wire


def main() -> None:
    with tempfile.TemporaryDirectory(prefix="hedgerow-bench-") as home:
        os.environ.update(HEDGEROW_HOME=home, DJANGO_SETTINGS_MODULE="hedgerow.settings")
        os.environ.pop("DATABASE_URL", None)
        from benchmarks import focus, keystrokes, ledger, pages, picture, serving

        say("Furnishing the example in a home of its own.")
        measured = pages.furnish()
        say(f"{len(measured)} pages, {ROUNDS} rounds of {SECONDS} s for each, in turns.\n")
        with serving.served("hedgerow.settings") as ours:
            for page in measured:
                page.keep_html(ours.port, Path(home))
            with serving.served("benchmarks.bare_settings") as bare:
                for page in measured:
                    report(page, ours, bare)
            keystrokes.report(ours)
        picture.measure()
        ledger.measure()
    focus.measure()


def report(page: "Page", ours: "Server", bare: "Server") -> None:
    from benchmarks.loading import one, pages_a_second, visit

    html = one(ours.port, page.path, page.cookie)
    bare_html = one(bare.port, page.bare_path, page.cookie)
    assert (html.status, bare_html.status) == (200, 200), (page.path, html.status, bare_html.status)
    first, later = visit(ours.port, page.path, page.cookie)
    for server, path in ((ours, page.path), (bare, page.bare_path)):
        pages_a_second(server, path, page.cookie, 0.5)  # warm
    found = {ours.port: [], bare.port: []}
    for n in range(ROUNDS):
        turns = [(ours, page.path), (bare, page.bare_path)]
        for server, path in turns if n % 2 else reversed(turns):
            found[server.port].append(pages_a_second(server, path, page.cookie, SECONDS))
    shares = [mine.rate / other.rate for mine, other in zip(*found.values(), strict=True)]
    share = statistics.median(shares)
    say(f"{page.name}  ({page.path})")
    for name, server, answer in (("Hedgerow", ours, html), ("bare page", bare, bare_html)):
        rates = [one.rate for one in found[server.port]]
        cpu = statistics.median(one.cpu_ms for one in found[server.port])
        say(
            f"  {name:<10} {spread(rates)} pages a second, {cpu:.1f} ms of processor each, "
            f"{answer.n_bytes:,} bytes of HTML"
        )
    reached = "reached" if share >= TARGET else "NOT reached"
    say(f"  share      {spread(shares, 2)} of the bare page; the target of {TARGET} is {reached}")
    cpu_shares = [
        other.cpu_ms / mine.cpu_ms
        for mine, other in zip(*found.values(), strict=True)
        if mine.cpu_ms
    ]
    if cpu_shares:
        say(
            f"  the same by processor time, which a busy machine moves less: {spread(cpu_shares, 2)}"
        )
    say(f"  first visit {first:,} bytes over the wire {against(first, FIRST_VISIT)}")
    say(f"  later ones  {later:,} bytes over the wire {against(later, LATER)}\n")


def spread(found: list[float], digits: int = 0) -> str:
    middle, least, most = statistics.median(found), min(found), max(found)
    return f"{middle:.{digits}f} (from {least:.{digits}f} to {most:.{digits}f})"


def against(found: int, limit: int) -> str:
    return f"(at most {limit:,}: {'kept' if found <= limit else 'NOT kept'})"


def say(line: str) -> None:
    print(line, flush=True)


if __name__ == "__main__":
    sys.exit(main())
