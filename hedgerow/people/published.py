"""The published record of a programme that was: facts with their source and month, read from a file.

What stands in it is about real organisations. So a fact without a source or a month is a fault,
and so is anything that looks like a way to somebody's door.
"""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import cache
from importlib.resources import files

from hedgerow.core.faults import Fault
from hedgerow.core.yamls import Node, no_twins, read_yaml
from hedgerow.units import pounds

UNITS = ("money", "clusters", "organisations", "days", "months", "meetings", "times")
QUALIFIERS = ("exactly", "about", "over", "up to")
ENABLERS = (
    "guardian",
    "facilitator",
    "reviewer",
    "funder",
    "sponsor",
    "second-tier",
    "larger-agency",
)

_MONTH = re.compile(r"(?:18|19|20)[0-9]{2}-(?:0[1-9]|1[0-2])")
_ORG_ID = re.compile(r"GB-CHC-[0-9]{6,7}|GB-SC-SC[0-9]{6}|GB-NIC-[0-9]{6}")
_MONTHS = (
    *("January", "February", "March", "April", "May", "June"),
    *("July", "August", "September", "October", "November", "December"),
)

# The published record leads to nobody's door.
_DOORS = (
    (re.compile(r"\b[A-Z]{1,2}[0-9][A-Z0-9]? ?[0-9][A-Z]{2}\b", re.IGNORECASE), "a postcode"),
    (
        re.compile(
            r"\b[0-9]+[a-z]?,? (?:[A-Z][a-z’']+ ){1,3}"
            r"(?:Street|St|Road|Rd|Lane|Avenue|Square|Place|Close|Drive|Court|Terrace|Way|House)\b"
        ),
        "an address",
    ),
    (re.compile(r"(?:\+44|\b0)(?: ?[0-9]){9,10}\b"), "a telephone number"),
    (re.compile(r"\S@\S"), "an email address"),
)


@dataclass(frozen=True, kw_only=True, order=True)
class Month:
    year: int
    month: int

    def __str__(self) -> str:
        return f"{_MONTHS[self.month - 1]} {self.year}"


@dataclass(frozen=True, kw_only=True)
class Source:
    slug: str
    title: str
    publisher: str
    year: int
    licence: str


@dataclass(frozen=True, kw_only=True)
class Fact:
    sentence: str
    source: Source
    section: str  # where in the source
    as_at: Month

    @property
    def cited(self) -> str:
        """The source in one line, as it stands under a table."""
        return f"{self.source.publisher}, {self.source.title} ({self.source.year}), {self.section}"


@dataclass(frozen=True, kw_only=True)
class Finding:
    """A fact with a name of its own."""

    slug: str
    name: str
    fact: Fact


@dataclass(frozen=True, kw_only=True)
class Number:
    slug: str
    name: str
    value: int  # in pence where the unit is money
    up_to: int | None  # the other end, where a span is published
    unit: str  # one of UNITS
    qualifier: str  # one of QUALIFIERS
    fact: Fact

    @property
    def shown(self) -> str:
        ends = [self.value] if self.up_to is None else [self.value, self.up_to]
        figures = " to ".join(pounds(n) if self.unit == "money" else f"{n:,}" for n in ends)
        return figures if self.qualifier == "exactly" else f"{self.qualifier} {figures}"


@dataclass(frozen=True, kw_only=True)
class GroundRule:
    slug: str
    name: str
    is_essential: bool
    fact: Fact


@dataclass(frozen=True, kw_only=True)
class Stage:
    kind: str  # as in the programme's pack, which holds the exit tests
    name: str
    fact: Fact


@dataclass(frozen=True, kw_only=True)
class Identifier:
    org_id: str  # with its register's prefix: GB-CHC-1040176
    source: Source
    section: str
    as_at: Month


@dataclass(frozen=True, kw_only=True)
class Organisation:
    slug: str
    name: str
    is_second_tier: bool
    who: Fact
    identifiers: tuple[Identifier, ...]


@dataclass(frozen=True, kw_only=True)
class Cluster:
    slug: str
    name: str
    place: str
    who: Fact
    members: tuple[Organisation, ...]
    chose: tuple[Fact, ...]
    achieved: tuple[Fact, ...]


@dataclass(frozen=True, kw_only=True)
class Enabler:
    """Who helped from beside or above: one of ENABLERS, of one cluster or of all."""

    slug: str
    name: str
    role: str
    cluster: str | None  # slug
    fact: Fact
    identifiers: tuple[Identifier, ...]


@dataclass(frozen=True, kw_only=True)
class PlacedFact:
    """A fact with whom it is about: slugs, None where it is about all of the programme."""

    heading: str
    cluster: str | None
    organisation: str | None
    fact: Fact


@dataclass(frozen=True, kw_only=True)
class PublishedRecord:
    slug: str
    version: int
    pack: str  # slug of the programme pack that holds its stages' exit tests
    name: str
    guardian: str
    sources: tuple[Source, ...]
    about: tuple[Fact, ...]
    numbers: tuple[Number, ...]
    ground_rules: tuple[GroundRule, ...]
    stages: tuple[Stage, ...]
    clusters: tuple[Cluster, ...]
    enablers: tuple[Enabler, ...]
    focus_areas: tuple[Finding, ...]
    other_themes: tuple[Finding, ...]
    results: tuple[Finding, ...]
    social_capital: tuple[Finding, ...]
    success_factors: tuple[Finding, ...]
    barriers: tuple[Finding, ...]
    differences: tuple[Finding, ...]  # from the Modernisation Fund
    policy_issues: tuple[Finding, ...]
    tips: tuple[Finding, ...]

    def number(self, slug: str) -> Number:
        """Raises LookupError if none is called that."""
        for number in self.numbers:
            if number.slug == slug:
                return number
        raise LookupError(f"no number called {slug} is published")

    def placed_facts(self) -> Iterator[PlacedFact]:
        """Every fact, in the order of a page: the programme's, each cluster's, what came of it."""
        for heading, facts in self._before_clusters():
            yield from _placed(heading, facts)
        for cluster in self.clusters:
            yield from _placed("Who they are", [cluster.who], cluster=cluster.slug)
            for member in cluster.members:
                yield from _placed(
                    "Members", [member.who], cluster=cluster.slug, organisation=member.slug
                )
            yield from _placed("What they chose", cluster.chose, cluster=cluster.slug)
            yield from _placed("What they achieved", cluster.achieved, cluster=cluster.slug)
        for enabler in self.enablers:
            yield from _placed("Who helped", [enabler.fact], cluster=enabler.cluster)
        for heading, findings in self.findings():
            yield from _placed(heading, [finding.fact for finding in findings])

    def findings(self) -> tuple[tuple[str, tuple[Finding, ...]], ...]:
        """What was found, under its headings."""
        return (
            ("What they worked on", self.focus_areas),
            ("What else was named", self.other_themes),
            ("What came of it", self.results),
            ("How they grew", self.social_capital),
            ("What helped", self.success_factors),
            ("What stood in the way", self.barriers),
            ("What was different", self.differences),
            ("What it means for funders", self.policy_issues),
            ("Tips from those who did it", self.tips),
        )

    def _before_clusters(self) -> Iterator[tuple[str, Sequence[Fact]]]:
        yield "The programme", self.about
        yield "In numbers", [number.fact for number in self.numbers]
        yield "Ground rules", [rule.fact for rule in self.ground_rules]
        yield "Stages", [stage.fact for stage in self.stages]


@cache
def load_record(slug: str) -> PublishedRecord:
    """A record that comes with Hedgerow; LookupError for another, ValueError if it has a fault."""
    folder = files("hedgerow.packs") / "records"
    name = f"{slug}.yaml"
    if name not in {entry.name for entry in folder.iterdir()}:
        raise LookupError(f"no record called {slug} comes with Hedgerow")
    record, faults = read_record((folder / name).read_text(encoding="utf-8"), name=name)
    if record is None:
        raise ValueError(f"{name}: {faults[0].sentence}")
    return record


def read_record(text: str, *, name: str) -> tuple[PublishedRecord | None, tuple[Fault, ...]]:
    """The record, or None and everything that is wrong with it. `name` is what faults call it."""
    top = read_yaml(text, name=name)
    if top.held is not None:
        _look_for_doors(text, top)
    record = _Reader(top).record()
    faults = top.faults()
    return (None, faults) if faults else (record, ())


def _placed(
    heading: str,
    facts: Sequence[Fact],
    *,
    cluster: str | None = None,
    organisation: str | None = None,
) -> Iterator[PlacedFact]:
    for fact in facts:
        yield PlacedFact(heading=heading, cluster=cluster, organisation=organisation, fact=fact)


def _look_for_doors(text: str, top: Node) -> None:
    for row, line in enumerate(text.splitlines(), start=1):
        for pattern, what in _DOORS:
            if found := pattern.search(line):
                sentence = f"{what} stands here; the published record leads to nobody’s door."
                top.page.say(row, found.start() + 1, sentence)


class _Reader:
    """Reads a record whose facts name their sources by slug."""

    def __init__(self, top: Node) -> None:
        self.top = top
        nodes = _unlike(top.each("sources"))
        sources = [_source(node) for node in nodes]
        self.sources = {source.slug: source for source in sources if source.slug}

    def record(self) -> PublishedRecord:
        top = self.top
        clusters = tuple(map(self.cluster, _unlike(top.each("clusters"))))
        _check_members(top)
        return PublishedRecord(
            slug=top.slug("slug"),
            version=top.number("version", least=1, most=9999),
            pack=top.slug("pack"),
            name=top.text("name", most=120),
            guardian=top.text("guardian", most=120),
            sources=tuple(self.sources.values()),
            about=self.facts(top, "about"),
            numbers=tuple(map(self.number, _unlike(top.each("numbers")))),
            ground_rules=tuple(map(self.ground_rule, _unlike(top.each("ground_rules")))),
            stages=tuple(map(self.stage, _unlike(top.each("stages"), "kind"))),
            clusters=clusters,
            enablers=tuple(
                self.enabler(node, [cluster.slug for cluster in clusters])
                for node in _unlike(top.each("enablers"))
            ),
            focus_areas=self.findings("focus_areas"),
            other_themes=self.findings("other_themes"),
            results=self.findings("results"),
            social_capital=self.findings("social_capital"),
            success_factors=self.findings("success_factors"),
            barriers=self.findings("barriers"),
            differences=self.findings("differences"),
            policy_issues=self.findings("policy_issues"),
            tips=self.findings("tips"),
        )

    def fact(self, node: Node) -> Fact:
        source, section, as_at = self.origin(node)
        return Fact(sentence=node.sentence("sentence"), source=source, section=section, as_at=as_at)

    def facts(self, node: Node, key: str) -> tuple[Fact, ...]:
        return tuple(map(self.fact, node.each(key)))

    def findings(self, key: str) -> tuple[Finding, ...]:
        return tuple(
            Finding(slug=node.slug("slug"), name=node.text("name", most=120), fact=self.fact(node))
            for node in _unlike(self.top.each(key))
        )

    def origin(self, node: Node) -> tuple[Source, str, Month]:
        """Where a thing is published and when it was true."""
        slug = node.choice("source", tuple(self.sources))
        as_at = node.shaped("as_at", _MONTH, "a year and a month, such as 2009-10")
        year, month = map(int, as_at.split("-")) if as_at else (0, 1)
        return (
            self.sources.get(slug, _NOWHERE),
            node.text("section", most=160),
            Month(year=year, month=month),
        )

    def number(self, node: Node) -> Number:
        unit = node.choice("unit", UNITS)
        value = _figure(node, "figure", unit)
        up_to = _figure(node, "to", unit) if node.names("to") else None
        if up_to is not None and node.has("figure", "to") and up_to <= value:
            node.fault("“to” must be more than “figure”.", at="to")
        return Number(
            slug=node.slug("slug"),
            name=node.text("name", most=120),
            value=value,
            up_to=up_to,
            unit=unit,
            qualifier=node.choice("qualifier", QUALIFIERS, otherwise="exactly"),
            fact=self.fact(node),
        )

    def ground_rule(self, node: Node) -> GroundRule:
        return GroundRule(
            slug=node.slug("slug"),
            name=node.text("name", most=80),
            is_essential=node.flag("essential", otherwise=False),
            fact=self.fact(node),
        )

    def stage(self, node: Node) -> Stage:
        return Stage(kind=node.slug("kind"), name=node.text("name", most=80), fact=self.fact(node))

    def cluster(self, node: Node) -> Cluster:
        return Cluster(
            slug=node.slug("slug"),
            name=node.text("name", most=120),
            place=node.text("place", most=120),
            who=self.fact(node.one("who")),
            members=tuple(map(self.organisation, node.each("members"))),
            chose=self.facts(node, "chose"),
            achieved=self.facts(node, "achieved"),
        )

    def organisation(self, node: Node) -> Organisation:
        return Organisation(
            slug=node.slug("slug"),
            name=node.text("name", most=200),
            is_second_tier=node.flag("second_tier", otherwise=False),
            who=self.fact(node),
            identifiers=self.identifiers(node),
        )

    def identifiers(self, node: Node) -> tuple[Identifier, ...]:
        found = []
        for entry in node.each("identifiers", least=0):
            source, section, as_at = self.origin(entry)
            org_id = entry.shaped("org_id", _ORG_ID, "a charity’s number such as GB-CHC-1040176")
            found.append(Identifier(org_id=org_id, source=source, section=section, as_at=as_at))
        return tuple(found)

    def enabler(self, node: Node, clusters: Sequence[str]) -> Enabler:
        return Enabler(
            slug=node.slug("slug"),
            name=node.text("name", most=120),
            role=node.choice("role", ENABLERS),
            cluster=node.choice("cluster", clusters, otherwise="") or None,
            fact=self.fact(node),
            identifiers=self.identifiers(node),
        )


_NOWHERE = Source(slug="", title="", publisher="", year=0, licence="")


def _unlike(nodes: list[Node], key: str = "slug") -> list[Node]:
    no_twins(nodes, key)
    return nodes


def _source(node: Node) -> Source:
    return Source(
        slug=node.slug("slug"),
        title=node.text("title"),
        publisher=node.text("publisher"),
        year=node.number("year", least=1800, most=2200),
        licence=node.sentence("licence"),
    )


def _figure(node: Node, key: str, unit: str) -> int:
    if unit == "money":
        return node.pounds(key)
    return node.number(key, least=0, most=999_999_999)


def _check_members(top: Node) -> None:
    """One organisation is a member of one cluster, and no two have one number."""
    members = [member for cluster in top.each("clusters") for member in cluster.each("members")]
    no_twins(members, "slug")
    no_twins([n for m in members for n in m.each("identifiers", least=0)], "org_id")
