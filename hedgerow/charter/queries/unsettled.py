"""Members that have not agreed to the newest rules, or have not confirmed that they did."""

from collections.abc import Collection, Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime

from django.db.models import QuerySet

from hedgerow.charter.models import Assent, RuleSet
from hedgerow.core.prepared import prepared
from hedgerow.people.models import Member, Role
from hedgerow.people.readers import Reader

from .rules import AssentLine, assent_lines


@dataclass(frozen=True, kw_only=True)
class Unsettled:
    """A member that has not agreed to the newest rules, or for which it was written down and which
    has not confirmed it."""

    rule_set: RuleSet  # the newest, with its cluster
    organisation: int
    line: AssentLine | None  # what waits to be confirmed; None: it has not agreed
    agreed_before: int  # number of the newest version before it that it agreed to; 0: none


@dataclass(frozen=True, kw_only=True)
class _Member:
    """A full member, in a cluster that has rules and goes on."""

    cluster: int
    organisation: int
    joined_at: datetime
    newest: int  # key of the rules as they stand


@dataclass(frozen=True, kw_only=True)
class _Open:
    member: _Member
    said: Assent | None  # what waits to be confirmed
    before: int


def unsettled_for(reader: Reader) -> list[Unsettled]:
    """Of the members that the reader speaks for. Two queries at most where nothing waits, and three
    more for any number that does."""
    members = _spoken_for(reader)
    said = _said_by(members) if members else ()
    found = [one for member in members if (one := _open(member, said))]
    rule_sets = RuleSet.objects.select_related("cluster").in_bulk(
        {it.member.newest for it in found}
    )
    lines = assent_lines(it.said.pk for it in found if it.said)
    return [
        Unsettled(
            rule_set=rule_sets[it.member.newest],
            organisation=it.member.organisation,
            line=lines[it.said.pk] if it.said else None,
            agreed_before=it.before,
        )
        for it in found
    ]


def _spoken_for(reader: Reader) -> list[_Member]:
    """By cluster and organisation. One query, or none."""
    speaks = {(seat.cluster, seat.organisation) for seat in reader.seats if Role.CORE in seat.roles}
    if not speaks:
        return []
    rows = _with_rules(
        {cluster for cluster, _ in speaks}, {organisation for _, organisation in speaks}
    )
    found = {
        (cluster, organisation): _Member(
            cluster=cluster, organisation=organisation, joined_at=joined_at, newest=rule_set
        )
        for cluster, organisation, joined_at, rule_set in rows  # the newest comes last, and stays
        if (cluster, organisation) in speaks
    }
    return list(found.values())


@prepared
def _with_rules(
    clusters: Iterable[int | None], organisations: Iterable[int | None]
) -> QuerySet[Member, tuple[int, int, datetime, int]]:
    members = Member.objects.filter(
        cluster__in=clusters,
        organisation__in=organisations,
        cluster__ended_at=None,
        cluster__rule_sets__isnull=False,
        left_at=None,
        is_second_tier=False,
    ).order_by("cluster", "organisation", "cluster__rule_sets__number")
    return members.values_list("cluster", "organisation", "joined_at", "cluster__rule_sets")


def _said_by(members: Collection[_Member]) -> Sequence[Assent]:
    """To any version of their rules, and not taken back since. One query."""
    return _assents(
        {member.cluster for member in members}, {member.organisation for member in members}
    )


@prepared
def _assents(clusters: Iterable[int], organisations: Iterable[int]) -> QuerySet[Assent]:
    given = Assent.objects.filter(
        rule_set__cluster__in=clusters, organisation__in=organisations, ended_at=None
    ).select_related("rule_set")
    read = ("organisation", "at", "recorded_by", "confirmed_by")
    return given.only(*read, "rule_set__cluster", "rule_set__number")


def _open(member: _Member, said: Sequence[Assent]) -> _Open | None:
    """None where it has agreed since it joined, and nothing waits to be confirmed."""
    own = [
        one
        for one in said
        if one.organisation_id == member.organisation and one.rule_set.cluster_id == member.cluster
    ]
    now = next((one for one in own if one.rule_set_id == member.newest), None)
    stands = now if now and now.at >= member.joined_at else None
    if stands and (stands.confirmed_by_id or not stands.recorded_by_id):
        return None
    before = max((one.rule_set.number for one in own if one is not now), default=0)
    return _Open(member=member, said=stands, before=before)
