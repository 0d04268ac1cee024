"""A list of organisations becomes members of a cluster: read, compare, apply.

Needs Django, so commands import it after `ready()`.
"""

from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass
from enum import StrEnum
from typing import BinaryIO

from django.db import transaction

from hedgerow.commands import bar
from hedgerow.core.actions import Refused, locked
from hedgerow.core.actors import Actor
from hedgerow.core.cells import alike
from hedgerow.core.faults import Fault
from hedgerow.core.imports import Line, Reading, read_csv
from hedgerow.people.actions import create_organisation, join_cluster
from hedgerow.people.identifiers import OrgId, read_identifier
from hedgerow.people.models import Cluster, Identifier, IncomeBand, LegalForm, Organisation
from hedgerow.people.postcodes import normal

KIND = "people.organisations"
COLUMNS = ("name",)
OPTIONAL = ("register number", "legal form", "income band", "postcode", "what it does")


@dataclass(frozen=True, kw_only=True)
class OrganisationRow:
    name: str
    numbers: tuple[OrgId, ...] = ()
    legal_form: str = ""
    income_band: str = ""
    postcode: str = ""
    words: str = ""


Rows = tuple[tuple[int, OrganisationRow], ...]


class Became(StrEnum):
    ADDED = "added"  # new here
    JOINED = "joined"  # known here, new in the cluster
    AS_BEFORE = "as before"


@dataclass(frozen=True, kw_only=True)
class Outcome:
    """`n_added + n_joined + n_as_before + n_left_out + n_faulty + n_blank == n_rows`.

    With a fault anywhere, all rows that could have been used are left out.
    """

    file: str
    cluster: str
    is_trial: bool
    n_rows: int
    n_added: int
    n_joined: int
    n_as_before: int
    n_left_out: int
    n_faulty: int
    n_blank: int
    columns_not_read: tuple[str, ...]
    notes: tuple[str, ...]
    faults: tuple[Fault, ...]


def cluster_called(slug: str) -> Cluster:
    """Raises Refused, with the slugs that there are."""
    cluster = Cluster.objects.filter(slug=slug).first()
    if cluster is None:
        slugs = ", ".join(Cluster.objects.values_list("slug", flat=True))
        raise Refused(f"There is no cluster “{slug}”. There are: {slugs or 'none yet'}.")
    if cluster.is_published:
        raise Refused(f"{cluster} is in the published record, which no file is read into.")
    return cluster


def take_in(
    stream: BinaryIO, *, by: Actor, name: str, cluster: Cluster, is_trial: bool = False
) -> Outcome:
    """All of it or nothing. On trial, nothing in any case."""
    reading = read_organisations(stream, name=name)
    became = Counter[Became]()
    with transaction.atomic():
        cluster = locked(cluster)
        unfit = misfits(reading.rows, cluster, name)
        if not reading.faults and not unfit:
            for number, row in bar(reading.rows, "Organisations"):
                try:
                    became[_apply(by, cluster, row)] += 1
                except Refused as refused:
                    unfit.append(_fault(name, number, "", str(refused)))
        faults = [*reading.faults, *unfit]
        if faults or is_trial:
            transaction.set_rollback(True)
    if faults:
        became.clear()
    n_faulty = reading.n_faulty + len({fault.row for fault in unfit})
    n_usable = reading.n_rows - reading.n_blank - n_faulty
    return Outcome(
        file=name,
        cluster=cluster.name,
        is_trial=is_trial,
        n_rows=reading.n_rows,
        n_added=became[Became.ADDED],
        n_joined=became[Became.JOINED],
        n_as_before=became[Became.AS_BEFORE],
        n_left_out=n_usable if faults else 0,
        n_faulty=n_faulty,
        n_blank=reading.n_blank,
        columns_not_read=reading.extra,
        notes=reading.notes,
        faults=tuple(sorted(faults, key=lambda fault: fault.row)),
    )


def read_organisations(stream: BinaryIO, *, name: str) -> Reading[OrganisationRow]:
    """Rows and faults, without a look at what is known here."""
    return read_csv(stream, name=name, columns=COLUMNS, optional=OPTIONAL, parse=_parse)


def _parse(line: Line) -> OrganisationRow:
    return OrganisationRow(
        name=line.text("name"),
        numbers=tuple(_numbers(line)),
        legal_form=line.choice(
            "legal form", {form.label: form.value for form in LegalForm}, otherwise=""
        ),
        income_band=line.choice(
            "income band", {band.label: band.value for band in IncomeBand}, otherwise=""
        ),
        postcode=_postcode(line),
        words=line.text("what it does", otherwise="", most=600),
    )


def _numbers(line: Line) -> Iterator[OrgId]:
    for typed in line.text("register number", otherwise="").split(";"):
        try:
            if typed.strip():
                yield read_identifier(typed)
        except ValueError as wrong:
            line.fault("register number", str(wrong))


def _postcode(line: Line) -> str:
    typed = line.text("postcode", otherwise="")
    try:
        return normal(typed) if typed else ""
    except ValueError as wrong:
        line.fault("postcode", str(wrong))
        return ""


def misfits(rows: Rows, cluster: Cluster, name: str) -> list[Fault]:
    """What does not fit with another row, or with what is known here."""
    first: dict[object, int] = {}
    faults = []
    for number, row in rows:
        for column, key in [
            ("name", alike(row.name)),
            *(("register number", n) for n in row.numbers),
        ]:
            if first.setdefault(key, number) != number:
                faults.append(_fault(name, number, column, f"This is on row {first[key]} already."))
        faults += [_fault(name, number, c, s) for c, s in _conflicts(row, cluster)]
    return faults


def _conflicts(row: OrganisationRow, cluster: Cluster) -> Iterator[tuple[str, str]]:
    """(column, sentence) for what an import must not change: that is its owner's to say."""
    numbered = _numbered(row)
    if len(numbered) > 1:
        names = " and ".join(f"“{one}”" for one in numbered)
        yield "register number", f"These numbers are those of {names}. Give each a row of its own."
        return
    known = _known(row, cluster)
    if known is None:
        return
    if alike(known.name) != alike(row.name):
        yield "name", f"The organisation with this number is called “{known}” here. Which is right?"
    if row.numbers and not numbered:
        sentence = (
            f"“{known}” is in this cluster under another number. Check the number; "
            "if it has this one too, add it on its own page."
        )
        yield "register number", sentence
    for column, told, stands in (
        ("legal form", row.legal_form, known.legal_form),
        ("income band", row.income_band, known.income_band),
        ("postcode", row.postcode, known.postcode),
        ("what it does", row.words, known.words),
    ):
        if told and told != stands:
            sentence = (
                f"“{known}” says something else here. Only it can change that, on its own page; "
                "leave this cell empty."
            )
            yield column, sentence


def _numbered(row: OrganisationRow) -> list[Organisation]:
    """Those known here that have one of its register numbers."""
    found = {}
    for one in row.numbers:
        identifiers = Identifier.objects.filter(scheme=one.scheme, number=one.number)
        for identifier in identifiers.select_related("organisation"):
            found[identifier.organisation_id] = identifier.organisation
    return list(found.values())


def _known(row: OrganisationRow, cluster: Cluster) -> Organisation | None:
    """By its number, wherever it is; by its name, in this cluster only."""
    for organisation in _numbered(row):
        return organisation
    here = Organisation.objects.filter(memberships__cluster=cluster, memberships__left_at=None)
    return next((one for one in here if alike(one.name) == alike(row.name)), None)


def _apply(by: Actor, cluster: Cluster, row: OrganisationRow) -> Became:
    known = _known(row, cluster)
    if known and cluster.members.filter(organisation=known, left_at=None).exists():
        return Became.AS_BEFORE
    organisation = known or create_organisation(
        by=by,
        name=row.name,
        legal_form=row.legal_form,
        income_band=row.income_band,
        words=row.words,
        postcode=row.postcode,
        identifiers=row.numbers,
        is_example=cluster.is_example,
    )
    join_cluster(by=by, cluster=cluster, organisation=organisation)
    return Became.JOINED if known else Became.ADDED


def _fault(sheet: str, row: int, column: str, sentence: str) -> Fault:
    return Fault(sheet=sheet, row=row, column=column, sentence=sentence)
