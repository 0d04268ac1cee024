"""Workbooks from the command line. No database is asked, and no Django is loaded."""

import io
import sys
from collections.abc import Sequence
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import Any

import click

from hedgerow.commands import answer, say
from hedgerow.core import clock
from hedgerow.core.cells import alike
from hedgerow.core.faults import Fault
from hedgerow.diagnostics.pictures import picture_of
from hedgerow.diagnostics.questions.answers import shown
from hedgerow.diagnostics.questions.instruments import Instrument
from hedgerow.diagnostics.questions.packs import catalogue, read_instrument
from hedgerow.diagnostics.workbooks import Form, FormRead, build, read_workbook

_A_FILE = click.Path(path_type=Path, exists=True, dir_okay=False)
_FILES = click.argument("files", metavar="FILE.xlsx…", nargs=-1, required=True, type=_A_FILE)
_WITH = click.option(
    "--instrument",
    "own",
    metavar="PACK.yaml",
    multiple=True,
    type=_A_FILE,
    help="An instrument of your own that the workbooks ask.",
)
_JSON = click.option("--json", "as_json", is_flag=True, help="Print it for a machine.")


@dataclass(frozen=True, kw_only=True)
class _Told:
    """What several workbooks hold together."""

    answers: tuple[tuple[str, FormRead], ...]  # each with its file
    faults: tuple[tuple[str, Fault], ...]
    notes: tuple[tuple[str, str], ...]


@click.command()
@click.argument("instrument")
@click.argument("out", metavar="OUT.xlsx", type=click.Path(path_type=Path, dir_okay=False))
@click.option("--organisation", "names", multiple=True, help="Whom to ask; one form for each.")
def workbook(instrument: str, out: Path, names: Sequence[str]) -> None:
    """Make a workbook to answer an instrument in.

    INSTRUMENT is the slug of one that comes with Hedgerow, or a file of your own.
    """
    asked = _instrument(instrument)
    made = io.BytesIO()
    try:
        build(made, [Form(asked, name) for name in names or [""]], made_on=clock.today())
    except ValueError as wrong:
        raise click.ClickException(str(wrong)) from wrong
    try:
        out.write_bytes(made.getvalue())
    except OSError as wrong:
        raise click.ClickException(f"{out} could not be written: {wrong.strerror}.") from wrong
    say(f"{out} asks {asked.title}, of {', '.join(names) or 'whoever fills it in'}.")


@click.command()
@_FILES
@_WITH
@_JSON
def read(files: Sequence[Path], own: Sequence[Path], as_json: bool) -> None:
    """Read workbooks that came back: every answer, and every fault by sheet, row and column."""
    told = _read(files, _known(own))
    if as_json:
        answer(_plain(files, told), as_json)
    else:
        for file, form in told.answers:
            answer(_lines(file, form), as_json)
        _say_the_rest(told)
    sys.exit(1 if told.faults else 0)


@click.command()
@_FILES
@_WITH
@_JSON
def picture(files: Sequence[Path], own: Sequence[Path], as_json: bool) -> None:
    """See what organisations have in common, straight from their workbooks."""
    told = _read(files, _known(own))
    pictures = [] if told.faults else [_picture(forms) for forms in _by_instrument(told)]
    if as_json:
        plain = _plain(files, told)
        plain["pictures"] = pictures
        answer({key: plain[key] for key in ("files", "pictures", "faults", "notes")}, as_json)
    else:
        for drawn in pictures:
            names = ", ".join(member["name"] for member in drawn["members"]) or "nobody"
            answer(f"{drawn['instrument']}, version {drawn['version']}: {names}", as_json)
        _say_the_rest(told)
    if told.faults:
        say("Nothing is drawn from workbooks with faults. Mend these first.")
        sys.exit(1)
    if not as_json:
        say("With --json, every figure is printed.")


def _instrument(named: str) -> Instrument:
    known = catalogue()
    if named in known:
        return known[named]
    if Path(named).is_file():
        return _own(Path(named))
    raise click.ClickException(f"“{named}” is neither a file nor one of these: {', '.join(known)}.")


def _own(path: Path) -> Instrument:
    found, faults = read_instrument(path.read_bytes(), name=path.name)
    if found is None:
        first = f"{faults[0].sheet}:{faults[0].row}: {faults[0].sentence}"
        raise click.ClickException(f"{first} `hedgerow diagnostics check` names every fault.")
    return found


def _known(own: Sequence[Path]) -> dict[tuple[str, int], Instrument]:
    asked = [*catalogue().values(), *map(_own, own)]
    return {(instrument.slug, instrument.version): instrument for instrument in asked}


def _read(files: Sequence[Path], known: dict[tuple[str, int], Instrument]) -> _Told:
    answers: list[tuple[str, FormRead]] = []
    faults: list[tuple[str, Fault]] = []
    notes: list[tuple[str, str]] = []
    first: dict[tuple[str, str], str] = {}  # organisation and instrument -> their file
    for path in files:
        name = str(path)
        reading = read_workbook(path.read_bytes(), name=path.name, instruments=known)
        faults += [(name, fault) for fault in reading.faults]
        notes += [(name, note) for note in reading.notes]
        for form in reading.forms:
            answers.append((name, form))
            faults += [(name, fault) for fault in _wrong_between(name, form, first)]
    return _Told(answers=tuple(answers), faults=tuple(faults), notes=tuple(notes))


def _wrong_between(name: str, form: FormRead, first: dict[tuple[str, str], str]) -> Sequence[Fault]:
    """What is wrong with a form beside those that were read before it."""
    key = alike(form.organisation), form.instrument.slug
    if not form.organisation:
        sentence = f"{form.instrument.name}: no organisation’s name is written in the first row."
    elif key in first:
        sentence = (
            f"{form.organisation} answers {form.instrument.name} in {first[key]} already. Keep one."
        )
    else:
        first[key] = name
        return ()
    return (Fault(sheet="", row=0, column="", sentence=sentence),)


def _plain(files: Sequence[Path], told: _Told) -> dict[str, Any]:
    return {
        "files": [str(path) for path in files],
        "answers": [
            {
                "file": file,
                "organisation": form.organisation,
                "instrument": form.instrument.slug,
                "version": form.instrument.version,
                "answers": form.answers,
            }
            for file, form in told.answers
        ],
        "faults": [{"file": file, **asdict(fault)} for file, fault in told.faults],
        "notes": [_with_file(file, note) for file, note in told.notes],
    }


def _lines(file: str, form: FormRead) -> list[str]:
    whose = form.organisation or "No organisation"
    values = [
        f"  {item.question} {shown(item, form.answers[item.slug])}"
        for item in form.instrument.items
        if item.slug in form.answers
    ]
    left = f"  Left empty: {form.n_empty}."
    return [f"{file}: {whose}, {form.instrument.title}", *values, left]


def _say_the_rest(told: _Told) -> None:
    for file, fault in told.faults:
        row = f"row {fault.row}" if fault.row else ""
        sheet = fault.sheet if fault.sheet != Path(file).name else ""
        say(f"{', '.join(filter(None, (file, sheet, row, fault.column)))}: {fault.sentence}")
    for file, note in told.notes:
        say(_with_file(file, note))


def _with_file(file: str, note: str) -> str:
    return f"{file}: {note}"


def _by_instrument(told: _Told) -> list[list[FormRead]]:
    found: dict[tuple[str, int], list[FormRead]] = {}
    for _, form in told.answers:
        found.setdefault((form.instrument.slug, form.instrument.version), []).append(form)
    return list(found.values())


def _picture(forms: Sequence[FormRead]) -> dict[str, Any]:
    told = {form.organisation: form.answers for form in forms}
    return picture_of(forms[0].instrument, told, {name: name for name in told}).plain()
