"""Facts of the published record by heading and cluster: what stands in the database, with the names
and figures that their pack gives them. A fact that the database does not hold is not shown."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from hedgerow.people import published, rules
from hedgerow.people.access import visible
from hedgerow.people.models import Cluster, Programme, PublishedFact
from hedgerow.people.readers import Reader

NUMBERS, RULES, STAGES = "In numbers", "Ground rules", "Stages"
ABOUT, HELPED = "The programme", "Who helped"


@dataclass(frozen=True, kw_only=True)
class SourceLine:
    number: int
    words: str  # "HACT, Sustaining diversity … (2010)"
    licence: str


@dataclass(frozen=True, kw_only=True)
class FactLine:
    sentence: str
    source: str  # "Source 1, Background"
    source_number: int  # 0: it is none of the record's sources, and stands in full
    as_at: str  # "July 2010"
    name: str = ""
    figure: str = ""  # "about £21,500"

    @property
    def source_ends(self) -> bool:
        """With a mark of its own: “What is a cluster?”"""
        return self.source.endswith(("?", "!", "."))


@dataclass(frozen=True, kw_only=True)
class FactGroup:
    heading: str
    lines: tuple[FactLine, ...]


class Facts:
    """The facts of a programme by heading and cluster, with the names their pack gives them."""

    def __init__(self, reader: Reader, programme: Programme) -> None:
        rows = visible(reader, rules.SEE_FACTS).filter(programme=programme).order_by("position")
        self.rows: Sequence[PublishedFact] = list(rows)
        self.pack = _pack_of(programme)
        self.named = _names_in(self.pack) if self.pack else {}
        self.sources = tuple(
            SourceLine(number=n, words=_cited(source), licence=source.licence)
            for n, source in enumerate(self.pack.sources if self.pack else (), start=1)
        )

    def of(self, heading: str, cluster: Cluster | None = None) -> tuple[FactLine, ...]:
        key = cluster.pk if cluster else None
        return self._lines(
            heading, [r for r in self.rows if r.heading == heading and r.cluster_id == key]
        )

    def about_member(self, cluster: Cluster, organisation: int) -> FactLine | None:
        rows = [
            row
            for row in self.rows
            if row.cluster_id == cluster.pk and row.organisation_id == organisation
        ]
        return self._line(rows[0], "", "") if rows else None

    def groups(self) -> Iterable[FactGroup]:
        """What is about all of the programme, in its order."""
        headings = dict.fromkeys(row.heading for row in self.rows if row.cluster_id is None)
        for heading in headings:
            yield FactGroup(heading=heading, lines=self.of(heading))

    def source(self, cited: str) -> tuple[str, int]:
        """A long source in short, with its number in the list."""
        for source in self.sources:
            if cited.startswith(f"{source.words}, "):
                return cited[len(source.words) + 2 :], source.number
        return cited, 0

    def _lines(self, heading: str, rows: Sequence[PublishedFact]) -> tuple[FactLine, ...]:
        # Two facts may say the same of two things, so names go by order, and only if it fits.
        names = [name for name in self.named.get(heading, ()) if name[0] in _said(rows)]
        if [name[0] for name in names] != [row.sentence for row in rows]:
            names = [(row.sentence, "", "") for row in rows]
        return tuple(
            self._line(row, name, figure)
            for row, (_, name, figure) in zip(rows, names, strict=True)
        )

    def _line(self, row: PublishedFact, name: str, figure: str) -> FactLine:
        source, source_number = self.source(row.source)
        return FactLine(
            sentence=row.sentence,
            source=source,
            source_number=source_number,
            as_at=row.as_at,
            name=name,
            figure=figure,
        )


def _said(rows: Sequence[PublishedFact]) -> set[str]:
    return {row.sentence for row in rows}


def _pack_of(programme: Programme) -> published.PublishedRecord | None:
    try:
        return published.load_record(programme.slug)
    except LookupError:
        return None


def _cited(source: published.Source) -> str:
    return f"{source.publisher}, {source.title} ({source.year})"


def _names_in(pack: published.PublishedRecord) -> dict[str, list[tuple[str, str, str]]]:
    """By heading: sentence, name and figure, in the pack's order."""
    found = {
        NUMBERS: [(n.fact.sentence, n.name, n.shown) for n in pack.numbers],
        RULES: [(r.fact.sentence, r.name, "") for r in pack.ground_rules],
        STAGES: [(s.fact.sentence, s.name, "") for s in pack.stages],
        HELPED: [(e.fact.sentence, e.name, "") for e in pack.enablers],
    }
    for heading, findings in pack.findings():
        found[heading] = [(f.fact.sentence, f.name, "") for f in findings]
    return found
