"""The published record as its pages show it."""

from dataclasses import dataclass

from hedgerow.analysis.costs import Beside, beside_published, in_words
from hedgerow.journeys import packs
from hedgerow.look.words import count, first_up, number
from hedgerow.people import published
from hedgerow.people.models import Cluster, Identifier, Programme, Scheme
from hedgerow.people.readers import Reader

from .facts import ABOUT, HELPED, NUMBERS, RULES, STAGES, FactGroup, FactLine, Facts, SourceLine


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
    facts = Facts(reader, programme)
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
    facts = Facts(reader, programme)
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


def _ground_rules(facts: Facts) -> tuple[RuleFact, ...]:
    essential = {r.name for r in facts.pack.ground_rules if r.is_essential} if facts.pack else set()
    return tuple(
        RuleFact(fact=line, is_essential=line.name in essential) for line in facts.of(RULES)
    )


def _stages(facts: Facts) -> tuple[StageFact, ...]:
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


def _members(facts: Facts, cluster: Cluster) -> tuple[MemberFact, ...]:
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


def _register_source(pack: published.PublishedRecord | None, identifier: Identifier | None) -> str:
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


def _reviews(facts: Facts) -> Reviews | None:
    if facts.pack is None:
        return None
    below = facts.pack.number("ict-below")
    line = next((line for line in facts.of(NUMBERS) if line.name == below.name), None)
    if line is None:
        return None
    reviewed = facts.pack.number("ict-reviewed")
    return Reviews(n_reviewed=reviewed.value, n_below=below.value, fact=line)
