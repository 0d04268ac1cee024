"""One page for whoever decides: the plan in five lines, what assessors gave and say, what was asked
before. Never a recommendation: the sum does not replace the talk."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date

from hedgerow.analysis.plan_changes import changes
from hedgerow.core import clock
from hedgerow.grants.models import Assessment
from hedgerow.journeys.models import Answered, Submission, SubmissionKind
from hedgerow.journeys.queries.submissions import PlanView, handed_in_view, plan_in
from hedgerow.look.words import count, day, first_up, listed, out_of
from hedgerow.units import pounds

from .assessing import AssessmentPage, CriterionLine, assessment_page

_LINE = 420  # characters of one of the five lines
_SHORTER = (
    1000,
    480,
    320,
    240,
    160,
    120,
    80,
)  # characters of each comment, the longest that fit on the page


@dataclass(frozen=True, kw_only=True)
class Earlier:
    """What an earlier version was sent back for."""

    number: int
    answered_on: date
    asked: tuple[str, ...]  # a line each


@dataclass(frozen=True, kw_only=True)
class Comment:
    under: str  # a criterion, or "The whole plan"
    who: str
    words: str


@dataclass(frozen=True, kw_only=True)
class Pack:
    cluster: str
    number: int  # of the version
    handed_in_on: date
    as_at: date
    five: tuple[tuple[str, str], ...]  # a word, and its line
    kinds: tuple[tuple[str, int, int], ...]  # name, pence of the award, hours
    money: int
    criteria: tuple[CriterionLine, ...]
    comments: tuple[Comment, ...]
    conflicts: tuple[tuple[str, str], ...]  # who, and what they said
    without: tuple[str, ...]  # assessors without whom it is decided
    awaited: tuple[str, ...]  # whose scores are still to come
    is_shown: bool
    earlier: tuple[Earlier, ...]
    changed: tuple[str, ...]  # since the version before; sentences

    @property
    def assessors(self) -> Mapping[int, str]:
        """By the key of the assignment, in the order of the columns."""
        return {one.key: one.who for line in self.criteria for one in line.scores}

    @property
    def rows(self) -> list[tuple[CriterionLine, list[int | None]]]:
        """Each criterion with its points, column by column."""
        return [
            (
                line,
                [{one.key: one.points for one in line.scores}.get(key) for key in self.assessors],
            )
            for line in self.criteria
        ]

    @property
    def to_come(self) -> str:
        if not self.awaited:
            return ""
        return (
            f"Scores of {listed(self.awaited)} are still to come. Scores are shown once all are in, "
            "or once you go on without those."
        )


def pack_of(assessment: Assessment) -> Pack:
    """Nine queries at most."""
    page = assessment_page(assessment)
    submission = assessment.submission
    view = handed_in_view(submission)
    before = _before(submission)
    return Pack(
        cluster=view.cluster,
        number=submission.number,
        handed_in_on=clock.day_of(submission.submitted_at),
        as_at=clock.today(),
        five=_five(view),
        kinds=tuple((one.name, one.money, one.hours) for one in view.by_kind if one.lines),
        money=view.money,
        criteria=page.criteria,
        comments=_comments(page),
        conflicts=tuple((line.who, line.note) for line in page.conflicts),
        without=tuple(line.who for line in page.lines if line.is_off and not line.has_conflict),
        awaited=tuple(line.who for line in page.awaited) if not page.is_shown else (),
        is_shown=page.is_shown,
        earlier=tuple(map(_earlier, (one for one in before if one.answer == Answered.RETURNED))),
        changed=_changed(submission, before),
    )


def pack_data(pack: Pack) -> Mapping[str, object]:
    """As the PDF's template takes it: the comments in several lengths, to choose what fits."""
    return {
        "title": f"{pack.cluster}: a plan to decide on",
        "date": pack.as_at.isoformat(),
        "handed_in": pack.handed_in_on.isoformat(),
        "number": pack.number,
        "five": [list(one) for one in pack.five],
        "kinds": [[name, pence, _hours(hours)] for name, pence, hours in pack.kinds],
        "money": pack.money,
        "assessors": [f"{at}" for at, _ in enumerate(pack.assessors, start=1)],
        "names": [f"{at}: {who}" for at, who in enumerate(pack.assessors.values(), start=1)],
        "criteria": [
            [f"{line.title} (of {line.most})", *map(_points, points), line.mean, line.apart]
            for line, points in pack.rows
        ],
        "is_shown": pack.is_shown,
        "to_come": pack.to_come,
        "conflicts": [f"{who}: {_cut(words, 160)}" for who, words in pack.conflicts],
        "without": listed(pack.without),
        "earlier": [
            f"Version {one.number}, {day(one.answered_on)}: {_cut('; '.join(one.asked), 360)}"
            for one in pack.earlier[-2:]
        ],
        "changed": [_cut(one, 360) for one in pack.changed],
        "comments": [
            [[one.under, one.who, _cut(one.words, most)] for one in pack.comments]
            for most in _SHORTER
        ],
        "has_comments": bool(pack.comments),
    }


def _points(points: int | None) -> str:
    return "" if points is None else str(points)


def _five(view: PlanView) -> tuple[tuple[str, str], ...]:
    titles = [one.title for one in view.objectives]
    held = [step for one in view.objectives for step in one.steps]
    last = max((step.due_on for step in held if step.due_on), default=None)
    until = f", the last by {day(last)}" if last else ""
    pairs = out_of(sum(len(step.holders) > 1 for step in held), len(held))
    return tuple(
        (name, _cut(line, _LINE))
        for name, line in (
            ("What", view.summary or "No summary is written."),
            ("So that", "; ".join(titles) or "No objective is written."),
            ("How", f"{first_up(count(len(held), 'step'))}, {pairs} held by a pair{until}."),
            ("Who", f"{listed(view.members)}. {view.boards}"),
            ("Money", f"{pounds(view.money)} of {pounds(view.award)}; {pounds(view.left)} left."),
        )
    )


def _comments(page: AssessmentPage) -> tuple[Comment, ...]:
    whole = [Comment(under="The whole plan", who=who, words=words) for who, words in page.comments]
    of_criteria = [
        Comment(under=line.title, who=one.who, words=one.words)
        for line in page.criteria
        for one in line.scores
        if one.words
    ]
    return (*whole, *of_criteria)


def _before(submission: Submission) -> list[Submission]:
    """Versions of the plan handed in before this one, oldest first. One query."""
    rows = Submission.objects.filter(
        journey=submission.journey, kind=SubmissionKind.PLAN, number__lt=submission.number
    )
    return list(rows.order_by("number"))


def _earlier(one: Submission) -> Earlier:
    return Earlier(
        number=one.number,
        answered_on=clock.day_of(one.answered_at),
        asked=tuple(line for line in one.answer_words.splitlines() if line.strip()),
    )


def _changed(submission: Submission, before: Sequence[Submission]) -> tuple[str, ...]:
    """What the cluster says that it changed, and in how many things the two versions differ."""
    if not before:
        return ()
    found = changes(plan_in(before[-1]), plan_in(submission))
    things = {(one.what, one.number) for one in found}
    differ = f"{first_up(count(len(things), 'thing'))} in the plan differ from version {before[-1].number}."
    if len(things) == 1:
        differ = differ.replace("differ from", "differs from")
    return (submission.words, differ) if submission.words else (differ,)


def _cut(words: str, most: int) -> str:
    one_line = " ".join(words.split())
    return one_line if len(one_line) <= most else f"{one_line[: most - 1].rstrip()}…"


def _hours(hours: int) -> str:
    return count(hours, "hour") if hours else ""
