"""The published record as its pages show it: what stands in the database, named as its pack names
it. The pack adds the names of facts, figures and exit tests; a fact that the database does not
hold is not shown."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from hedgerow.analysis.costs import Beside, beside_published, in_words
from hedgerow.journeys import packs
from hedgerow.look.words import count, first_up, number
from hedgerow.people import published, rules
from hedgerow.people.access import visible
from hedgerow.people.models import Cluster, Identifier, Programme, PublishedFact, Scheme
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


@dataclass(frozen=True, kw_only=True)
class StageFact:
    fact: FactLine
    exit_tests: tuple[str, ...]  # of the programme's pack, in our words


@dataclass(frozen=True, kw_only=True)
class RuleFact:
    fact: FactLine
    is_essential: bool


@dataclass(frozen=True, kw_only=True)
class Costs:
    name: str  # of the number that it begins with
    for_each_cluster: int  # pence, as published
    n_clusters: int  # counted in the record
    n_organisations: int  # counted in the record
    whole: int  # pence
    beside: Beside

    @property
    def sentence(self) -> str:
        return in_words(self.beside)


@dataclass(frozen=True, kw_only=True)
class Reviews:
    """Of computers, as published."""

    n_reviewed: int
    n_below: int
    fact: FactLine

    @property
    def bar(self) -> tuple[tuple[float, str], ...]:
        below = 100 * self.n_below / self.n_reviewed
        return ((below, "c-bar"), (100 - below, "c-rest"))


@dataclass(frozen=True, kw_only=True)
class ClusterLine:
    slug: str
    name: str
    members: tuple[str, ...]
    chose: tuple[FactLine, ...]
    achieved: tuple[FactLine, ...]


@dataclass(frozen=True, kw_only=True)
class RecordPage:
    name: str
    guardian: str
    n_organisations: int
    about: tuple[FactLine, ...]
    numbers: tuple[FactLine, ...]
    ground_rules: tuple[RuleFact, ...]
    stages: tuple[StageFact, ...]
    clusters: tuple[ClusterLine, ...]
    helped: tuple[FactLine, ...]
    findings: tuple[FactGroup, ...]
    costs: Costs | None
    reviews: Reviews | None
    sources: tuple[SourceLine, ...]

    @property
    def told_in(self) -> str:
        """ "July 2010"."""
        return self.about[0].as_at if self.about else ""

    @property
    def achieved_by(self) -> str:
        facts = [fact for cluster in self.clusters for fact in cluster.achieved]
        return facts[0].as_at if facts else ""

    @property
    def rules_words(self) -> str:
        return f"{first_up(count(len(self.ground_rules), 'promise'))} that members had to make"


@dataclass(frozen=True, kw_only=True)
class MemberFact:
    name: str
    is_second_tier: bool
    fact: FactLine | None
    register: str  # "Charity 1040176"; empty where none is beyond doubt
    register_source: str


@dataclass(frozen=True, kw_only=True)
class ClusterPage:
    programme: str
    name: str
    place: str
    who: tuple[FactLine, ...]
    members: tuple[MemberFact, ...]
    chose: tuple[FactLine, ...]
    achieved: tuple[FactLine, ...]
    helped: tuple[FactLine, ...]
    others: tuple[tuple[str, str], ...]  # slug and name of the other clusters
    sources: tuple[SourceLine, ...]

    @property
    def members_words(self) -> str:
        return f"{first_up(number(len(self.members)))}, as the summary names them"


def published_programme() -> Programme | None:
    return Programme.objects.filter(is_published=True).order_by("pk").first()


def record_page(reader: Reader, programme: Programme) -> RecordPage:
    """Three queries."""
    facts = _Facts(reader, programme)
    clusters = _clusters(programme)
    members = {cluster.pk: _names(cluster) for cluster in clusters}
    n_organisations = len({name for names in members.values() for name in names})
    shown = {ABOUT, NUMBERS, RULES, STAGES, HELPED}
    return RecordPage(
        name=programme.name,
        guardian=programme.guardian,
        n_organisations=n_organisations,
        about=facts.of(ABOUT),
        numbers=facts.of(NUMBERS),
        ground_rules=_ground_rules(facts),
        stages=_stages(facts),
        clusters=tuple(
            ClusterLine(
                slug=cluster.slug,
                name=cluster.name,
                members=members[cluster.pk],
                chose=facts.of("What they chose", cluster),
                achieved=facts.of("What they achieved", cluster),
            )
            for cluster in clusters
        ),
        helped=facts.of(HELPED),
        findings=tuple(group for group in facts.groups() if group.heading not in shown),
        costs=_costs(facts.pack, len(clusters), n_organisations),
        reviews=_reviews(facts),
        sources=facts.sources,
    )


def recorded_cluster(reader: Reader, programme: Programme, slug: str) -> ClusterPage | None:
    """What is published of one cluster; None if there is none by this name. Six queries."""
    clusters = _clusters(programme)
    cluster = next((cluster for cluster in clusters if cluster.slug == slug), None)
    if cluster is None:
        return None
    facts = _Facts(reader, programme)
    return ClusterPage(
        programme=programme.name,
        name=cluster.name,
        place=cluster.place,
        who=facts.of("Who they are", cluster),
        members=_members(facts, cluster),
        chose=facts.of("What they chose", cluster),
        achieved=facts.of("What they achieved", cluster),
        helped=facts.of(HELPED, cluster),
        others=tuple((other.slug, other.name) for other in clusters if other != cluster),
        sources=facts.sources,
    )


class _Facts:
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


def _ground_rules(facts: _Facts) -> tuple[RuleFact, ...]:
    essential = {r.name for r in facts.pack.ground_rules if r.is_essential} if facts.pack else set()
    return tuple(
        RuleFact(fact=line, is_essential=line.name in essential) for line in facts.of(RULES)
    )


def _stages(facts: _Facts) -> tuple[StageFact, ...]:
    """Each with what ends it, from the pack of programmes that the record names."""
    tests = {}
    if facts.pack:
        kinds = {stage.name: stage.kind for stage in facts.pack.stages}
        plans = {plan.kind: plan for plan in packs.load_programme_pack(facts.pack.pack).stages}
        tests = {
            name: tuple(test.sentence for test in plans[kind].exit_tests)
            for name, kind in kinds.items()
            if kind in plans
        }
    return tuple(
        StageFact(fact=line, exit_tests=tests.get(line.name, ())) for line in facts.of(STAGES)
    )


def _clusters(programme: Programme) -> list[Cluster]:
    """As they came into the record, each with its members. Two queries."""
    return list(
        programme.clusters.filter(is_published=True)
        .prefetch_related("members__organisation")
        .order_by("pk")
    )


def _names(cluster: Cluster) -> tuple[str, ...]:
    members = sorted(cluster.members.all(), key=lambda member: member.pk)
    return tuple(member.organisation.name for member in members)


def _members(facts: _Facts, cluster: Cluster) -> tuple[MemberFact, ...]:
    members = sorted(cluster.members.all(), key=lambda member: member.pk)
    keys = [member.organisation_id for member in members]
    given = Identifier.objects.filter(organisation__in=keys).exclude(scheme=Scheme.LOCAL)
    numbers = {identifier.organisation_id: identifier for identifier in given}
    return tuple(
        MemberFact(
            name=member.organisation.name,
            is_second_tier=member.is_second_tier,
            fact=facts.about_member(cluster, member.organisation_id),
            register=_register(numbers.get(member.organisation_id)),
            register_source=_register_source(facts.pack, numbers.get(member.organisation_id)),
        )
        for member in members
    )


def _register(identifier: Identifier | None) -> str:
    if identifier is None:
        return ""
    return f"Number {identifier.number}, {Scheme(identifier.scheme).label}"


def _register_source(
    pack: published.PublishedRecord | None, identifier: Identifier | None
) -> str:
    if pack is None or identifier is None:
        return ""
    for cluster in pack.clusters:
        for member in cluster.members:
            for told in member.identifiers:
                if told.org_id == str(identifier):
                    return f"{told.source.title}, {told.section}. {told.as_at}."
    return ""


def _costs(
    pack: published.PublishedRecord | None, n_clusters: int, n_organisations: int
) -> Costs | None:
    """What was published, beside what its parts give with the organisations counted here."""
    if pack is None or not n_clusters or not n_organisations:
        return None
    published_cost = pack.number("cost-of-a-cluster")
    for_each = published_cost.value
    return Costs(
        name=published_cost.name,
        for_each_cluster=for_each,
        n_clusters=n_clusters,
        n_organisations=n_organisations,
        whole=for_each * n_clusters,
        beside=beside_published(
            for_each_cluster=for_each,
            n_clusters=n_clusters,
            n_organisations=n_organisations,
            published=pack.number("cost-of-an-organisation").value,
        ),
    )


def _reviews(facts: _Facts) -> Reviews | None:
    if facts.pack is None:
        return None
    below = facts.pack.number("ict-below")
    line = next((line for line in facts.of(NUMBERS) if line.name == below.name), None)
    if line is None:
        return None
    reviewed = facts.pack.number("ict-reviewed")
    return Reviews(n_reviewed=reviewed.value, n_below=below.value, fact=line)
