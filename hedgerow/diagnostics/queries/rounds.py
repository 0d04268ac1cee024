"""How far each member has come with what it is asked. Who answered, and never what."""

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence

from django.db.models import F, OuterRef, QuerySet, Subquery

from hedgerow.core import clock
from hedgerow.core.prepared import prepared
from hedgerow.core.readings import asked_once, asked_once_by
from hedgerow.diagnostics import rules
from hedgerow.diagnostics.models import Asking, Role, Round, Sheet, Talk, WhyNot
from hedgerow.diagnostics.questions.packs import instrument_of
from hedgerow.journeys.models import Stage
from hedgerow.people.access import visible
from hedgerow.people.models import Member
from hedgerow.people.readers import Reader

from .round_status import MemberStatus, RoundStatus, SheetKey, WhyNotLine


@asked_once_by
def rounds_seen(reader: Reader) -> tuple[Round, ...]:
    """Every round of the reader's clusters, by number, each with the day it was talked through, if
    it was. One query."""
    return tuple(_seen(reader))


@prepared
def _seen(reader: Reader) -> QuerySet[Round]:
    talked = Talk.objects.filter(round=OuterRef("pk")).values("on")
    rounds = visible(reader, rules.SEE_ROUNDS).annotate(talked_on=Subquery(talked))
    return rounds.select_related("cluster").order_by("cluster", "number")


@asked_once
def status_of(rounds: Iterable[Round]) -> dict[int, RoundStatus]:
    """By the key of the round. Three queries for any number of them.

    Of a closed round, those who were members on the day it closed and still are.
    """
    rounds = list(rounds)
    if not rounds:
        return {}
    keys = [round.pk for round in rounds]
    askings, members, sheets = _askings(keys), _members(keys), _sheets(keys)
    return {
        key: RoundStatus(
            askings=tuple(askings[key]),
            members=tuple(
                _line(member, askings[key], sheets[key, member.organisation_id])
                for member in members[key]
            ),
        )
        for key in keys
    }


def round_of(stage: Stage) -> Round | None:
    """The round that answers for a stage: the newest that was open while the stage was."""
    return rounds_of([stage])[stage.pk]


@asked_once
def rounds_of(stages: Iterable[Stage]) -> dict[int, Round | None]:
    """The same for many, by the key of the stage. One query."""
    stages = list(stages)
    found: dict[int, list[Round]] = defaultdict(list)
    clusters = [stage.journey.cluster_id for stage in stages]
    for round in Round.objects.filter(cluster__in=clusters):
        found[round.cluster_id].append(round)
    return {stage.pk: newest_in(stage, found[stage.journey.cluster_id]) for stage in stages}


def newest_in(stage: Stage, rounds: Iterable[Round]) -> Round | None:
    """Of the rounds of its cluster, the newest that was open while the stage was."""
    during = [round for round in rounds if _was_open_during(round, stage)]
    return max(during, key=lambda round: round.number, default=None)


def _was_open_during(round: Round, stage: Stage) -> bool:
    ended_at = stage.closed_at or stage.left_at
    return bool(
        stage.opened_at
        and (round.closed_at is None or round.closed_at >= stage.opened_at)
        and (ended_at is None or round.opened_at <= ended_at)
    )


def _askings(rounds: Sequence[int]) -> Mapping[int, list[Asking]]:
    found: dict[int, list[Asking]] = defaultdict(list)
    for asking in _asked_in(rounds):
        found[asking.round_id].append(asking)
    return found


@prepared
def _asked_in(rounds: Iterable[int]) -> QuerySet[Asking]:
    return Asking.objects.filter(round__in=rounds).order_by("position")


def _members(rounds: Sequence[int]) -> Mapping[int, list[Member]]:
    """Full members of each round's cluster, each with what it said in that round."""
    found: dict[int, list[Member]] = defaultdict(list)
    for member in _full_members(rounds):
        found[member.round].append(member)
    return found


@prepared
def _full_members(rounds: Iterable[int]) -> QuerySet[Member]:
    said = WhyNot.objects.filter(
        round=OuterRef("round"), organisation=OuterRef("organisation"), ended_at=None
    )
    return (
        Member.objects.annotate(
            round=F("cluster__rounds"), round_closed_at=F("cluster__rounds__closed_at")
        )
        .filter(round__in=rounds, left_at=None, is_second_tier=False)
        .exclude(joined_at__gt=F("round_closed_at"))
        .annotate(
            why_not=Subquery(said.values("pk")),
            why_not_words=Subquery(said.values("words")),
            why_not_at=Subquery(said.values("at")),
        )
        .select_related("organisation")
        .order_by("organisation__name", "pk")
    )


def _sheets(rounds: Sequence[int]) -> Mapping[tuple[int, int], list[Sheet]]:
    """By round and organisation. Not one answer of theirs."""
    found: dict[tuple[int, int], list[Sheet]] = defaultdict(list)
    for sheet in _filled_in(rounds):
        found[sheet.round, sheet.organisation_id].append(sheet)
    return found


@prepared
def _filled_in(rounds: Iterable[int]) -> QuerySet[Sheet]:
    sheets = Sheet.objects.filter(asking__round__in=rounds).annotate(round=F("asking__round"))
    return sheets.defer("filled").order_by("pk")


def _line(member: Member, askings: Sequence[Asking], sheets: Sequence[Sheet]) -> MemberStatus:
    finished = [sheet for sheet in sheets if sheet.finished_at]
    roles: dict[int, set[str]] = {asking.pk: set() for asking in askings}
    for sheet in finished:
        roles[sheet.asking_id].add(sheet.role)
    n_finished = sum(
        len(roles[asking.pk] & set(asking.roles)) if asking.roles else bool(roles[asking.pk])
        for asking in askings
    )
    return MemberStatus(
        member=member.pk,
        organisation=member.organisation_id,
        name=member.organisation.name,
        n_asked=sum(len(asking.roles) or 1 for asking in askings),
        n_finished=n_finished,
        sheets=tuple(_key(sheet) for sheet in sheets),
        open_askings=frozenset(
            asking.pk
            for asking in askings
            if not roles[asking.pk] or set(asking.roles) - roles[asking.pk]
        ),
        missing_roles=tuple(_missing_roles(askings, roles)),
        unconfirmed=tuple(it.pk for it in finished if it.recorded_by_id and not it.confirmed_at),
        why_not=_why_not(member),
    )


def _key(sheet: Sheet) -> SheetKey:
    return SheetKey(
        key=sheet.pk,
        asking=sheet.asking_id,
        seat=sheet.seat_id,
        is_finished=sheet.finished_at is not None,
    )


def _missing_roles(
    askings: Sequence[Asking], said: Mapping[int, set[str]]
) -> Iterator[tuple[str, tuple[Role, ...]]]:
    for asking in askings:
        if missing := tuple(Role(role) for role in asking.roles if role not in said[asking.pk]):
            yield instrument_of(asking.text).name, missing


def _why_not(member: Member) -> WhyNotLine | None:
    if member.why_not is None:
        return None
    return WhyNotLine(
        key=member.why_not, words=member.why_not_words, on=clock.day_of(member.why_not_at)
    )
