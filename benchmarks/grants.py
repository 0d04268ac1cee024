"""How long 100,000 grants take to be read, from JSON and from CSV, and how much memory; the same
of 24,000 in a workbook, which is about as many as one can hold, of writing 100,000, and of taking
100,000 into an empty database and once more from a file that says one in ten otherwise.

    python -m benchmarks.grants [FILE …]

Without a FILE it makes its own, in a folder that is removed after. Each file is read in a process
of its own, which holds all its grants; seconds of the clock and of the processor, most memory of
the process or of the one apart that reads its workbook. A measurement, not a test; it ends with 1
where a row was not read.
"""

import contextlib
import csv
import itertools
import json
import os
import random
import resource
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator
from datetime import date, timedelta
from pathlib import Path
from typing import Any

import xlsxwriter

from hedgerow.commands import ready
from hedgerow.commands.grants import grants
from hedgerow.grants.giving.reading import read_grants

N_GRANTS = 100_000
N_IN_A_WORKBOOK = 24_000
MOST_SECONDS, MOST_MB = 60, 400
_TEXT = "to support people café who need £ a van “and” training together near Bolton since 2010"


def main(files: list[str]) -> int:
    if files[:1] == ["--one"]:
        return _measure(Path(files[1]))
    if files[:1] == ["--export"]:
        return _measure_export(Path(files[1]), Path(files[2]))
    if files[:1] == ["--import"]:
        return _measure_import([Path(name) for name in files[1:]])
    with tempfile.TemporaryDirectory(prefix="hedgerow-bench-") as folder:
        paths = list(map(Path, files)) or [*_made(Path(folder))]
        print(f"Wanted: {MOST_SECONDS} s and {MOST_MB} MB for {N_GRANTS:,} grants.")
        asked: list[list[str | Path]] = [["--one", path] for path in paths]
        asked += [["--export", paths[0], Path(folder) / f"out{kind}"] for kind in (".json", ".csv")]
        asked += [["--import", paths[0], _changed(paths[0])]] if not files else []
        done = [
            subprocess.run([sys.executable, "-m", "benchmarks.grants", *words], check=False)
            for words in asked
        ]
    return max(one.returncode for one in done)


def _measure(path: Path) -> int:
    begun, used = time.perf_counter(), time.process_time()
    with path.open("rb") as stream:
        found = read_grants(stream, path.name)
    took, used = time.perf_counter() - begun, time.process_time() - used
    print(
        f"{path.name} ({path.stat().st_size / 1e6:.1f} MB): {len(found.grants):,} of "
        f"{found.n_rows:,} rows, {took:.1f} s ({used:.1f} s of processor), most memory {_most()} MB"
    )
    return 1 if found.faults else 0


def _measure_export(path: Path, out: Path) -> int:
    begun = time.perf_counter()
    grants(["export", str(path), str(out)], standalone_mode=False)
    took = time.perf_counter() - begun
    print(f"{out.name}, written and read back: {took:.1f} s, most memory {_most()} MB")
    return 0


def _measure_import(paths: list[Path]) -> int:
    """In a home of its own. What each reads and writes, the reading of the file included."""
    os.environ["HEDGEROW_HOME"] = str(paths[0].parent / "home")
    os.environ.pop("DATABASE_URL", None)
    ready()
    from django.core.management import call_command

    call_command("migrate", verbosity=0)
    for path in [*paths, paths[-1]]:
        begun = time.perf_counter()
        with contextlib.suppress(SystemExit):
            grants(["import", str(path)], standalone_mode=False)
        took = time.perf_counter() - begun
        print(f"{path.name} taken in: {took:.1f} s, most memory {_most()} MB")
    return 0


def _changed(path: Path) -> Path:
    """The same grants, a tenth of them said otherwise."""
    changed = path.with_name("changed.json")
    with path.open(encoding="utf-8") as lines, changed.open("w", encoding="utf-8") as into:
        n = 0
        for line in lines:
            n += '"title": "Grant to' in line
            into.write(line.replace("Grant to", "Award to") if n % 10 == 0 else line)
    return changed


def _most() -> int:
    whose = (resource.RUSAGE_SELF, resource.RUSAGE_CHILDREN)
    return max(resource.getrusage(one).ru_maxrss for one in whose) // 1024


def _made(folder: Path) -> Iterator[Path]:
    """As publishers write them: a long description, many recipients, one funder; some fields more
    than we read."""
    as_json = folder / "grants.json"
    with as_json.open("w", encoding="utf-8") as into:
        into.write('{"grants": [\n')
        for n, one in enumerate(_grants()):
            into.write(("," if n else "") + json.dumps(one, indent=1, ensure_ascii=False) + "\n")
        into.write("]}")
    yield as_json
    as_csv = folder / "grants.csv"
    with as_csv.open("w", encoding="utf-8-sig", newline="") as into:
        sheet = csv.writer(into)
        for n, one in enumerate(_grants()):
            cells = _row(one)
            if not n:
                sheet.writerow(cells)
            sheet.writerow(cells.values())
    yield as_csv
    as_xlsx = folder / "grants.xlsx"
    with xlsxwriter.Workbook(as_xlsx, {"strings_to_urls": False}) as book:
        page = book.add_worksheet("grants")
        for n, one in enumerate(itertools.islice(_grants(), N_IN_A_WORKBOOK), start=1):
            cells = _row(one)
            page.write_row(0, 0, cells)
            page.write_row(n, 0, cells.values())
    yield as_xlsx


def _grants() -> Iterator[dict[str, Any]]:
    chosen = random.Random(360)
    for n in range(N_GRANTS):
        on = date(2010, 1, 1) + timedelta(days=chosen.randrange(6000))
        who = chosen.randrange(60_000)
        yield {
            "id": f"360G-benchmark-{n:06}",
            "title": f"Grant to organisation {who}",
            "description": " ".join(chosen.choices(_TEXT.split(), k=35)),
            "currency": "GBP",
            "amountAwarded": chosen.randrange(100, 5_000_000) / 100,
            "awardDate": f"{on}T00:00:00+00:00",
            "plannedDates": [{"startDate": f"{on}", "duration": chosen.choice([12, 24, 36])}],
            "recipientOrganization": [
                {
                    "id": f"GB-CHC-{1_000_000 + who}",
                    "name": f"Organisation {who}",
                    "charityNumber": f"{1_000_000 + who}",
                    "addressLocality": "Bolton",
                    "postalCode": "BL1 1AA",
                    "url": f"https://example.org/{who}",
                }
            ],
            "fundingOrganization": [{"id": "GB-CHC-999999", "name": "A funder"}],
            "grantProgramme": [{"title": chosen.choice(["Enable", "Invest", "Transform"])}],
            "beneficiaryLocation": [{"name": "Bolton", "geoCode": "E08000001"}],
            "fromOpenCall": chosen.choice(["Y", "N", "Yes"]),
        }


def _row(one: dict[str, Any]) -> dict[str, Any]:
    """Keys are headings too."""
    cells = {}
    for key, value in one.items():
        if isinstance(value, list):
            cells |= {f"{key}/0/{part}": cell for part, cell in value[0].items()}
        else:
            cells[key] = value
    return cells


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
