"""What the programme answered, and what is still to come of the award: on the cluster's own page."""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass

from django.db.models import QuerySet
from django.urls import reverse

from hedgerow.core.prepared import prepared
from hedgerow.core.readings import asked_once, beside
from hedgerow.core.rooms import DatedLine, Panel
from hedgerow.journeys import plan_words
from hedgerow.journeys.models import Answered, Submission, SubmissionKind
from hedgerow.journeys.queries.gathered import has_come_to
from hedgerow.journeys.queries.submissions import submissions_in
from hedgerow.journeys.rules import SEE_SUBMISSION
from hedgerow.ledger import rules as ledger
from hedgerow.ledger.models import TRANCHE_NAMES, Condition, Instalment
from hedgerow.look.words import day, first_low
from hedgerow.people.access import Rule
from hedgerow.people.models import Cluster, Role
from hedgerow.people.readers import Reader
from hedgerow.units import pounds

_PLANNING = ("workplan", "implementation")  # stages before which no plan is handed in


@dataclass(frozen=True, kw_only=True)
class ToCome:
    """Of one cluster's award. Conditions that are not met, and all instalments."""

    conditions: tuple[Condition, ...]
    instalments: tuple[Instalment, ...]

    @property
    def waiting(self) -> tuple[Instalment, ...]:
        return tuple(one for one in self.instalments if one.released_id is None)


def panels(reader: Reader, cluster: Cluster) -> Iterator[Panel]:
    """No query before a plan can have been handed in, one until it is answered, three at most."""
    if not reads(reader, cluster, SEE_SUBMISSION) or not has_come_to(reader, cluster, _PLANNING):
        return
    answered = _answered(_plans(reader, cluster))
    if answered is None:
        return
    came = _answered(submissions_in([cluster.pk], SubmissionKind.RETURN)[cluster.pk])
    is_open = answered.is_agreed and reads(reader, cluster, ledger.SEE_AWARD)
    to_come = _to_come([cluster.pk])[cluster.pk] if is_open else None
    yield Panel(
        heading="What our programme answered",
        template="grants/_answer_panel.html",
        context={
            "cluster": cluster,
            "answers": [
                (_sentence(one), one.answer_words, one.get_absolute_url())
                for one in (answered, came)
                if one
            ],
            "conditions": to_come.conditions if to_come else (),
            "instalments": _instalments(reader, cluster, to_come) if to_come else (),
            "account": _account(to_come) if to_come else "",
        },
        order=22,
    )


def dates(reader: Reader, cluster: Cluster) -> Iterator[DatedLine]:
    """By when conditions are to be met, and when parts of the award are due."""
    if not reads(reader, cluster, ledger.SEE_AWARD) or not has_come_to(reader, cluster, _PLANNING):
        return
    if not any(plan.is_agreed for plan in _plans(reader, cluster)):
        return
    to_come = _to_come([cluster.pk])[cluster.pk]
    for condition in to_come.conditions:
        if condition.due_on:
            yield DatedLine(
                on=condition.due_on,
                sentence=f"A condition of our award: {_asked(condition)}",
                url=_account(to_come),
            )
    for part in to_come.waiting:
        if part.due_on:
            yield DatedLine(
                on=part.due_on,
                sentence=f"{pounds(part.pence)} of our award is to be released",
                url=_account(to_come),
            )


def _plans(reader: Reader, cluster: Cluster) -> list[Submission]:
    """Asked at once for all the reader's clusters, since home asks for the days of each."""
    keys = {cluster.pk, *(seat.cluster for seat in reader.seats if seat.cluster)}
    return submissions_in(sorted(keys), SubmissionKind.PLAN)[cluster.pk]


def reads(reader: Reader, cluster: Cluster, rule: Rule) -> bool:
    """Whether a rule about what stands on the cluster's page admits the reader, by their seats; or
    the glass is broken for this cluster."""
    may = rule.seats | {Role.OPERATOR}
    here = any(seat.roles & may for seat in reader.in_cluster(cluster.pk))
    staff = (seat for seat in reader.seats if seat.programme == cluster.programme_id)
    return here or any(seat.roles & rule.seats for seat in staff)


def _answered(rows: Sequence[Submission]) -> Submission | None:
    """The newest that the programme answered."""
    own = ("", Answered.TAKEN_BACK)
    return next((one for one in reversed(rows) if one.answer not in own), None)


@asked_once
def _to_come(clusters: Iterable[int]) -> dict[int, ToCome]:
    """Two queries for any number."""
    keys = list(clusters)
    open_ones, released = _conditions(keys), _parts(keys)
    return {
        key: ToCome(
            conditions=tuple(one for one in open_ones if one.award.cluster_id == key),
            instalments=tuple(one for one in released if one.award.cluster_id == key),
        )
        for key in keys
    }


@prepared
def _conditions(clusters: Iterable[int]) -> QuerySet[Condition]:
    open_ones = Condition.objects.filter(award__cluster__in=clusters, met_at=None)
    return beside(open_ones.order_by("position"), "award__cluster")


@prepared
def _parts(clusters: Iterable[int]) -> QuerySet[Instalment]:
    parts = Instalment.objects.filter(award__cluster__in=clusters).order_by("position")
    return beside(parts, "award__cluster", "award__closed_on", "released__on")


def _sentence(one: Submission) -> str:
    what = "Our plan" if one.kind == SubmissionKind.PLAN else "Our return"
    return f"{what}: {first_low(plan_words.done(one))} on {day(one.answered_at)}."


def _instalments(reader: Reader, cluster: Cluster, to_come: ToCome) -> list[tuple[str, str]]:
    """Each in a sentence, and where the reader says that what it waits for is reached."""
    may = not cluster.ended_at and any(
        seat.roles & ledger.TELL_INSTALMENT.seats for seat in reader.in_cluster(cluster.pk)
    )
    return [
        (
            _instalment(part),
            reverse("ledger:tell_instalment", args=[part.pk]) if may and _is_asked(part) else "",
        )
        for part in to_come.instalments
    ]


def _is_asked(part: Instalment) -> bool:
    is_open = part.award.closed_on is None and part.released_id is None
    return is_open and bool(part.when) and not part.told


def _instalment(part: Instalment) -> str:
    amount = pounds(part.pence)
    if part.released:
        name = TRANCHE_NAMES[part.tranche]
        return f"{name}: {amount} was released on {day(part.released.on)}."
    if part.award.closed_on:
        return f"{amount} was not released before the award was closed."
    when = f" when this is reached: {part.when}" if part.when else ""
    on = f", on or about {day(part.due_on)}" if part.due_on else ""
    told = (
        f" You said on {day(part.told_at)} that it is; the programme looks." if part.told_at else ""
    )
    if part.doubted_at and not told:
        told = f" The programme said on {day(part.doubted_at)} that it is not reached yet, and why."
    return f"{amount} is released{when}{on}.{told}"


def _asked(condition: Condition) -> str:
    return first_low(condition.words.rstrip("."))


def _account(to_come: ToCome) -> str:
    rows = (*to_come.conditions, *to_come.instalments)
    return reverse("ledger:account", args=[rows[0].award_id]) if rows else ""
