"""How ready organisations said they are: their own words, and nothing added up."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from django.db.models import QuerySet

from hedgerow.charter import rules
from hedgerow.charter.models import Readiness
from hedgerow.charter.questions import ANSWERS, Part, questions, readiness_parts
from hedgerow.core import clock
from hedgerow.core.owners import Audience
from hedgerow.look.words import count, first_up, out_of
from hedgerow.people.access import visible
from hedgerow.people.models import Cluster, Member
from hedgerow.people.readers import Reader

# What each step means, in one sentence.
MEANS = {
    Audience.ONLY_US: "The people of our organisation who have a seat in this cluster.",
    Audience.FACILITATOR: "They, and the facilitator of the cluster, who can then help early.",
    Audience.CLUSTER: "They, and the Core Group members and deputies of the other members.",
}


@dataclass(frozen=True, kw_only=True)
class AnsweredPart:
    ident: str
    name: str
    sentence: str
    answers: tuple[tuple[str, str], ...]  # question, what was answered: "Partly", "No answer"


@dataclass(frozen=True, kw_only=True)
class ReadinessLine:
    key: int
    organisation: str
    organisation_key: int
    audience: str
    is_own: bool
    changed_on: date
    is_finished: bool
    answered: str  # "Nine of 14 questions answered"; a count, never a score


def answered_parts(readiness: Readiness) -> list[AnsweredPart]:
    return [_answered(part, readiness) for part in readiness_parts()]


def _answered(part: Part, readiness: Readiness) -> AnsweredPart:
    return AnsweredPart(
        ident=part.slug,
        name=part.name,
        sentence=part.sentence,
        answers=tuple(
            (it.question, ANSWERS.get(readiness.answers.get(it.slug, ""), "No answer"))
            for it in part.questions
        ),
    )


def answered_words(readiness: Readiness) -> str:
    known = questions()
    n = sum(slug in known for slug in readiness.answers)
    if not n:
        return "No question answered yet"
    return f"{first_up(out_of(n, len(known)))} questions answered"


def shared_with(reader: Reader, cluster: Cluster) -> list[ReadinessLine]:
    """Their own, and what other members share with them, by name. One query."""
    own = {seat.organisation for seat in reader.in_cluster(cluster.pk) if seat.organisation}
    return [_line(readiness, own) for readiness in readable(reader, cluster)]


def readable(reader: Reader, cluster: Cluster) -> QuerySet[Readiness]:
    return (
        visible(reader, rules.SEE_READINESS)
        .filter(cluster=cluster)
        .select_related("organisation")
        .order_by("organisation__name")
    )


def _line(readiness: Readiness, own: set[int]) -> ReadinessLine:
    return ReadinessLine(
        key=readiness.pk,
        organisation=readiness.organisation.name,
        organisation_key=readiness.organisation_id,
        audience=readiness.audience,
        is_own=readiness.organisation_id in own,
        changed_on=clock.day_of(readiness.changed_at),
        is_finished=readiness.finished_at is not None,
        answered=answered_words(readiness),
    )


def can_begin(reader: Reader, cluster: Cluster, lines: Sequence[ReadinessLine]) -> list[Member]:
    """Own memberships that have not begun. One query."""
    begun = [line.organisation_key for line in lines if line.is_own]
    members = visible(reader, rules.BEGIN_READINESS).filter(
        cluster=cluster, cluster__ended_at=None, is_second_tier=False
    )
    return list(members.exclude(organisation__in=begun).select_related("organisation"))


def n_questions_words() -> str:
    parts = readiness_parts()
    n = sum(len(part.questions) for part in parts)
    return f"{first_up(count(n, 'question'))} in {count(len(parts), 'part')}"
