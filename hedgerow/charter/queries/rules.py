"""The ground rules as they stand and stood, who agreed to them, and when one was tested."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date

from django.db.models import QuerySet

from hedgerow.agreements.models import Channel
from hedgerow.analysis.ground_rules import Change, RuleText, changes_between
from hedgerow.charter.models import Assent, RuleSet, RuleTest
from hedgerow.core import clock
from hedgerow.core.readings import asked_once, beside
from hedgerow.journeys.models import Design, Journey
from hedgerow.journeys.queries.designs import name_of_design, read_design
from hedgerow.look.words import out_of
from hedgerow.people.models import Cluster, Member
from hedgerow.people.readers import seat_words, with_seats

_HOW = {
    Channel.PHONE: "by telephone",
    Channel.PAPER: "on paper",
    Channel.TABLE: "at a meeting",
    Channel.LINK: "from a letter",
    Channel.PAGE: "",
}
_CAME_FROM_MOST = 80


@dataclass(frozen=True, kw_only=True)
class AssentLine:
    key: int
    organisation: str
    organisation_key: int
    by: str  # whose word it is: "Chief executive, Open Door"
    on: date
    how: str  # "by telephone", "from a letter"; empty for the page
    recorded_by: str  # who wrote it down; empty where they said it themselves
    confirmed_by: str
    note: str
    ended_on: date | None  # taken back or undone

    @property
    def waits(self) -> bool:
        """Written down for them, and not confirmed yet. It counts."""
        return bool(self.recorded_by and not self.confirmed_by and not self.ended_on)


@dataclass(frozen=True, kw_only=True)
class AssentState:
    """Of the newest version, and the organisations that are full members today."""

    rule_set: RuleSet | None  # None: no rules were laid down yet
    n_members: int
    agreed: tuple[AssentLine, ...]  # by name; with those that wait to be confirmed
    to_ask: tuple[tuple[int, str], ...]  # key and name of the members that have not agreed
    waiting_to_confirm: tuple[str, ...]  # names of those for whom it was written down

    @property
    def missing(self) -> tuple[str, ...]:
        return tuple(name for _, name in self.to_ask)

    def of(self, organisation: int | None) -> AssentLine | None:
        """What one of the members said; None if it has not agreed."""
        return next((one for one in self.agreed if one.organisation_key == organisation), None)

    @property
    def in_short(self) -> str:
        """ "five of six members have agreed"."""
        n = len(self.agreed)
        return f"{out_of(n, self.n_members)} members {'has' if n == 1 else 'have'} agreed"

    @property
    def is_whole(self) -> bool:
        """Every full member has agreed to the rules as they stand, and there is one."""
        return bool(self.rule_set and self.agreed and not self.missing)


@dataclass(frozen=True, kw_only=True)
class VersionLine:
    number: int
    made_on: date
    made_by: str
    reason: str
    came_from: str
    n_rules: int
    agreed: tuple[AssentLine, ...]  # all that was said to it, with what ended since

    @property
    def still_agreed(self) -> tuple[AssentLine, ...]:
        return tuple(line for line in self.agreed if not line.ended_on)


@dataclass(frozen=True, kw_only=True)
class RuleTestLine:
    key: int
    slug: str
    rule: str  # its name in the newest version that has it
    on: date
    words: str
    by: str
    person_key: int  # who may take it back


@dataclass(frozen=True, kw_only=True)
class Template:
    """What a cluster can begin with."""

    rules: tuple[RuleText, ...]
    came_from: str  # "Collaborate 2, version 1"; empty if there is none


def assent_state(cluster: Cluster) -> AssentState:
    """Who agreed to the newest rules. Four queries, however many members; on a page that only
    reads, once.

    An organisation that left is not counted; what one that came back said before it left is not
    counted either: it is asked again.
    """
    return assent_states([cluster])[cluster.pk]


@asked_once
def assent_states(clusters: Iterable[Cluster]) -> dict[int, AssentState]:
    """The same for many, by the key of the cluster, at the same four queries."""
    keys = [cluster.pk for cluster in clusters]
    if not keys:
        return {}
    newest = _newest_of(keys)
    said = _live_assents(newest.values())
    members: dict[int, list[Member]] = {key: [] for key in keys}
    full = _full(Member.objects.filter(cluster__in=keys)).order_by("organisation__name", "pk")
    for member in beside(full, "organisation__name"):
        members[member.cluster_id].append(member)
    return {key: _state(newest.get(key), members[key], said.get(key, {})) for key in keys}


def with_rules(clusters: Iterable[int]) -> frozenset[int]:
    """Which of these have laid rules down. One query."""
    found = RuleSet.objects.filter(cluster__in=list(clusters))
    return frozenset(found.values_list("cluster", flat=True))


def _state(
    rule_set: RuleSet | None, members: Sequence[Member], said: Mapping[int, Assent]
) -> AssentState:
    agreed = {
        member.pk: assent_line(assent)
        for member in members
        if (assent := said.get(member.organisation_id)) and counts(assent, member)
    }
    return AssentState(
        rule_set=rule_set,
        n_members=len(members),
        agreed=tuple(agreed.values()),
        to_ask=tuple(
            (member.organisation_id, str(member.organisation))
            for member in members
            if member.pk not in agreed
        ),
        waiting_to_confirm=tuple(line.organisation for line in agreed.values() if line.waits),
    )


def _newest_of(clusters: Sequence[int]) -> dict[int, RuleSet]:
    """By the key of the cluster: the one with the highest number."""
    rule_sets = RuleSet.objects.filter(cluster__in=clusters).order_by("number")
    return {one.cluster_id: one for one in rule_sets.select_related("cluster")}


def newest_rule_set(cluster: Cluster) -> RuleSet | None:
    newest = RuleSet.objects.filter(cluster=cluster).select_related("cluster")
    return newest.order_by("-number").first()


def full_members(cluster: Cluster) -> QuerySet[Member]:
    """Those with a voice, as they stand now."""
    return _full(Member.objects.filter(cluster=cluster))


def _full(members: QuerySet[Member]) -> QuerySet[Member]:
    return members.filter(left_at=None, is_second_tier=False)


def counts(assent: Assent, member: Member) -> bool:
    """Whether it was said since the organisation joined, so not before it had left."""
    return assent.ended_at is None and assent.at >= member.joined_at


def _live_assents(rule_sets: Iterable[RuleSet]) -> dict[int, dict[int, Assent]]:
    """By the key of the cluster, then of the organisation."""
    found: dict[int, dict[int, Assent]] = {}
    clusters = {rule_set.pk: rule_set.cluster_id for rule_set in rule_sets}
    given = Assent.objects.filter(rule_set__in=clusters, ended_at=None)
    for assent in _with_names(given) if clusters else ():
        found.setdefault(clusters[assent.rule_set_id], {})[assent.organisation_id] = assent
    return found


def _with_names(assents: QuerySet[Assent]) -> list[Assent]:
    """Two queries."""
    named = beside(assents, "organisation__name")
    return with_seats(named, "by", "recorded_by", "confirmed_by")


def assent_line(assent: Assent) -> AssentLine:
    return AssentLine(
        key=assent.pk,
        organisation=str(assent.organisation),
        organisation_key=assent.organisation_id,
        by=seat_words(assent.by),
        on=clock.day_of(assent.at),
        how=_HOW[Channel(assent.channel)],
        recorded_by=seat_words(assent.recorded_by) if assent.recorded_by else "",
        confirmed_by=seat_words(assent.confirmed_by) if assent.confirmed_by else "",
        note=assent.note,
        ended_on=clock.day_of(assent.ended_at) if assent.ended_at else None,
    )


def assent_lines(assents: Iterable[int]) -> dict[int, AssentLine]:
    """By key. Two queries, or none."""
    keys = list(assents)
    given = _with_names(Assent.objects.filter(pk__in=keys)) if keys else ()
    return {one.pk: assent_line(one) for one in given}


def rule_texts(rule_set: RuleSet | None) -> tuple[RuleText, ...]:
    """In their order. One query."""
    if rule_set is None:
        return ()
    return tuple(
        RuleText(
            slug=rule.slug, name=rule.name, sentence=rule.sentence, is_essential=rule.is_essential
        )
        for rule in rule_set.rules.all()
    )


def version_lines(cluster: Cluster) -> list[VersionLine]:
    """Every version, newest first, with all that was ever said to it. Five queries."""
    versions = RuleSet.objects.filter(cluster=cluster).prefetch_related("rules")
    said: dict[int, list[AssentLine]] = {}
    for assent in _with_names(Assent.objects.filter(rule_set__cluster=cluster)):
        said.setdefault(assent.rule_set_id, []).append(assent_line(assent))
    return [
        VersionLine(
            number=version.number,
            made_on=clock.day_of(version.made_at),
            made_by=seat_words(version.made_by),
            reason=version.reason,
            came_from=version.came_from,
            n_rules=len(version.rules.all()),
            agreed=tuple(said.get(version.pk, ())),
        )
        for version in with_seats(versions.order_by("-number"), "made_by")
    ]


def changes_since(rule_set: RuleSet, number: int) -> tuple[Change, ...]:
    """From an earlier version of the same cluster's rules to this one. Three queries.

    Raises LookupError if there is no such version.
    """
    return changes_between(texts_of_version(rule_set.cluster, number), rule_texts(rule_set))


def texts_of_version(cluster: Cluster, number: int) -> tuple[RuleText, ...]:
    """Raises LookupError if there is no such version. Two queries."""
    version = RuleSet.objects.filter(cluster=cluster, number=number).first()
    if version is None:
        raise LookupError(f"no version {number}")
    return rule_texts(version)


def last_agreed(rule_set: RuleSet, organisation: int | None) -> int:
    """The number of the newest version before this one that an organisation agreed to, and did
    not take back; 0 if there is none. One query."""
    if organisation is None:
        return 0
    agreed = Assent.objects.filter(
        rule_set__cluster=rule_set.cluster_id,
        rule_set__number__lt=rule_set.number,
        organisation=organisation,
        ended_at=None,
    )
    numbers = agreed.order_by("-rule_set__number").values_list("rule_set__number", flat=True)
    return numbers.first() or 0


def rule_test_lines(cluster: Cluster, names: Mapping[str, str]) -> list[RuleTestLine]:
    """Notes that stand, newest day first. One query. `names`: of the rules, by slug."""
    notes = RuleTest.objects.filter(cluster=cluster, taken_back_at=None).select_related(
        "by__user", "by__organisation", "by__cluster", "by__programme"
    )
    return [
        RuleTestLine(
            key=note.pk,
            slug=note.slug,
            rule=names.get(note.slug, ""),
            on=note.on,
            words=note.words,
            by=seat_words(note.by),
            person_key=note.by.user_id,
        )
        for note in notes
    ]


def rule_names(cluster: Cluster) -> dict[str, str]:
    """Of every rule there ever was, by slug: its name in the newest version that has it. One
    query."""
    rules = RuleSet.objects.filter(cluster=cluster, rules__isnull=False).order_by("number")
    return dict(rules.values_list("rules__slug", "rules__name"))


def template_of(cluster: Cluster) -> Template:
    """The rules of the design that the cluster goes by, or of its programme's newest."""
    journey = Journey.objects.filter(cluster=cluster).select_related("design").first()
    design = journey.design if journey else _newest_design(cluster)
    if design is None:
        return Template(rules=(), came_from="")
    try:
        pack = read_design(design)
    except LookupError:
        return Template(rules=(), came_from="")
    return Template(
        rules=tuple(
            RuleText(
                slug=rule.slug,
                name=rule.name,
                sentence=rule.sentence,
                is_essential=rule.is_essential,
            )
            for rule in pack.ground_rules
        ),
        came_from=name_of_design(design)[:_CAME_FROM_MOST],
    )


def _newest_design(cluster: Cluster) -> Design | None:
    designs = Design.objects.filter(programme=cluster.programme_id)
    return designs.order_by("-loaded_at", "-pk").first()
