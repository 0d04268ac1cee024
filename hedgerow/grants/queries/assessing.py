"""A plan before its assessors: who has it, what each criterion looks for, and what was given."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime

from django.db.models import QuerySet

from hedgerow.analysis.scores import Given, given
from hedgerow.core import clock
from hedgerow.grants.models import Assessment, Assignment, Conflict, Score
from hedgerow.journeys import plan_words
from hedgerow.journeys.models import Submission
from hedgerow.ledger.models import Criterion
from hedgerow.look.words import count, day, first_up, listed, number
from hedgerow.people.models import Role, Seat
from hedgerow.people.readers import live, seat_words, with_seats


@dataclass(frozen=True, kw_only=True)
class AssessorLine:
    """How far one assessor is, without what they give."""

    key: int  # of the assignment
    version: int
    who: str
    sign: int  # as look's `state`
    words: str
    note: str  # what they declared, for the manager
    due_on: date | None
    has_conflict: bool
    is_sent: bool
    is_off: bool

    @property
    def is_awaited(self) -> bool:
        return not (self.has_conflict or self.is_sent or self.is_off)


@dataclass(frozen=True, kw_only=True)
class OneScore:
    key: int  # of the assignment: two assessors can have the same words
    who: str
    points: int
    words: str


@dataclass(frozen=True, kw_only=True)
class CriterionLine:
    """One criterion with what each assessor gave it, in the order of the assessors."""

    title: str
    words: str
    most: int
    scores: tuple[OneScore, ...]

    @property
    def given(self) -> Given | None:
        return given([one.points for one in self.scores])

    @property
    def mean(self) -> str:
        """ "3.7"; "" where nobody gave any."""
        return f"{float(self.given.mean):.1f}" if self.given else ""

    @property
    def apart(self) -> str:
        if self.given is None or len(self.scores) < 2:
            return ""
        return "All alike" if not self.given.apart else f"{count(self.given.apart, 'point')} apart"


@dataclass(frozen=True, kw_only=True)
class AssessmentPage:
    submission: Submission
    lines: tuple[AssessorLine, ...]
    criteria: tuple[CriterionLine, ...]  # without scores while somebody is awaited
    comments: tuple[tuple[str, str], ...]  # who, and what they say of the whole plan
    is_shown: bool  # all scores are in, or the plan is answered

    @property
    def awaited(self) -> tuple[AssessorLine, ...]:
        return tuple(line for line in self.lines if line.is_awaited)

    @property
    def sent(self) -> tuple[AssessorLine, ...]:
        return tuple(line for line in self.lines if line.is_sent)

    @property
    def conflicts(self) -> tuple[AssessorLine, ...]:
        return tuple(line for line in self.lines if line.has_conflict)

    @property
    def sentence(self) -> str:
        """How it stands, for whoever reads no further."""
        if not self.sent and not self.awaited:
            return "Nobody scores this plan just now."
        n_asked = len(self.sent) + len(self.awaited)
        whole = f"{first_up(count(n_asked, 'assessor'))}: "
        if self.awaited:
            n_in, n_to_come = number(len(self.sent)), number(len(self.awaited))
            if not self.sent:
                return f"{whole}no scores are in yet."
            return f"{whole}scores of {n_in} are in, {n_to_come} to come."
        return f"{whole}all scores are in."


def assessment_page(assessment: Assessment) -> AssessmentPage:
    """Four queries."""
    rows = with_seats(assessment.assignments.all(), "assessor")
    lines = tuple(map(_line, rows))
    submission = assessment.submission
    is_shown = not any(line.is_awaited for line in lines) or not submission.waits
    sent = [row for row in rows if row.sent_at] if is_shown else []
    return AssessmentPage(
        submission=submission,
        lines=lines,
        criteria=criteria_lines(assessment, sent),
        comments=tuple((seat_words(row.assessor), row.comment) for row in sent if row.comment),
        is_shown=is_shown and any(row.sent_at for row in rows),
    )


def criteria_lines(assessment: Assessment, sent: Sequence[Assignment]) -> tuple[CriterionLine, ...]:
    """Two queries; one where nothing is sent."""
    scores = Score.objects.filter(assignment__in=[row.pk for row in sent]) if sent else ()
    by = {(one.assignment_id, one.criterion_id): one for one in scores}
    return tuple(
        CriterionLine(
            title=one.title,
            words=one.words,
            most=one.most,
            scores=tuple(
                OneScore(
                    key=row.pk,
                    who=seat_words(row.assessor),
                    points=score.points,
                    words=score.words,
                )
                for row in sent
                if (score := by.get((row.pk, one.pk))) and score.points is not None
            ),
        )
        for one in assessment.terms.criteria.all()
    )


def others_in(assignment: Assignment) -> tuple[CriterionLine, ...]:
    """What the others gave whose scores are in, once one's own are; () until then, and where
    nobody else's are."""
    if not assignment.sent_at:
        return ()
    rows = assignment.assessment.assignments.filter(sent_at__isnull=False, taken_off_at=None)
    others = with_seats(rows.exclude(pk=assignment.pk), "assessor")
    return criteria_lines(assignment.assessment, others) if others else ()


def comments_in(assignment: Assignment) -> tuple[tuple[str, str], ...]:
    """What the same say of the whole plan."""
    if not assignment.sent_at:
        return ()
    rows = assignment.assessment.assignments.filter(sent_at__isnull=False, taken_off_at=None)
    others = with_seats(rows.exclude(pk=assignment.pk).exclude(comment=""), "assessor")
    return tuple((seat_words(row.assessor), row.comment) for row in others)


def own_scores(assignment: Assignment) -> list[tuple[Criterion, Score | None]]:
    """Each criterion with what they have kept. Two queries."""
    kept: Mapping[int, Score] = {one.criterion_id: one for one in assignment.scores.all()}
    return [(one, kept.get(one.pk)) for one in assignment.assessment.terms.criteria.all()]


def can_assess(submission: Submission) -> QuerySet[Seat]:
    """The programme's assessors who do not have this plan, nor a seat in its cluster. One query."""
    cluster = submission.journey.cluster
    now = live(clock.now())
    sitting = Seat.objects.filter(now, cluster=cluster).values("user")
    having = Assignment.objects.filter(assessment__submission=submission, taken_off_at=None)
    seats = Seat.objects.filter(now, role=Role.ASSESSOR, programme=cluster.programme_id)
    return (
        seats.exclude(user__in=sitting)
        .exclude(pk__in=having.values("assessor"))
        .select_related("user", "organisation", "programme", "cluster")
        .order_by("pk")
    )


def kept_out(submission: Submission) -> str:
    """Which assessors cannot have it because they sit in its cluster; "" where none does."""
    cluster = submission.journey.cluster
    now = live(clock.now())
    sitting = Seat.objects.filter(now, cluster=cluster).values("user")
    seats = Seat.objects.filter(
        now, role=Role.ASSESSOR, programme=cluster.programme_id, user__in=sitting
    ).select_related("user", "organisation", "programme", "cluster")
    names = [seat_words(seat) for seat in seats.order_by("pk")]
    verb = "sits" if len(names) == 1 else "sit"
    return f"{listed(names)} also {verb} in {cluster}, and cannot read its plan." if names else ""


def over_words(submission: Submission) -> str:
    """Since when the plan waits no longer; "" while it waits."""
    if submission.waits:
        return ""
    with_seats([submission], "submitted_by", "answered_by")
    return plan_words.why_not_waiting(submission)


def _line(row: Assignment) -> AssessorLine:
    sign, words = _stands(row)
    return AssessorLine(
        key=row.pk,
        version=row.version,
        who=seat_words(row.assessor),
        sign=sign,
        words=words,
        note=row.conflict_words,
        due_on=row.due_on,
        has_conflict=row.conflict == Conflict.HAS,
        is_sent=bool(row.sent_at),
        is_off=bool(row.taken_off_at),
    )


def _stands(row: Assignment) -> tuple[int, str]:
    if row.conflict == Conflict.HAS:
        off = (
            f"; the plan was taken from them on {_on(row.taken_off_at)}" if row.taken_off_at else ""
        )
        return 3, f"A conflict of interest, declared on {_on(row.declared_at)}{off}"
    if row.taken_off_at:
        return 0, f"No scores: decided without them since {_on(row.taken_off_at)}"
    if row.sent_at:
        return 2, f"Scores sent on {_on(row.sent_at)}"
    if row.conflict:
        return 1, f"No conflict, declared on {_on(row.declared_at)}; scores to come"
    return 0, "Has not said yet whether there is a conflict of interest"


def _on(when: datetime | None) -> str:
    assert when
    return day(when)
