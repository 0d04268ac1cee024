"""One that was handed in, with what it said, what changed since the one before, and the others."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date

from hedgerow.core import clock
from hedgerow.journeys import plan_words
from hedgerow.journeys.change_words import ChangeLine, plan_changes
from hedgerow.journeys.models import Submission, SubmissionKind
from hedgerow.journeys.return_words import return_changes
from hedgerow.people.models import Cluster
from hedgerow.people.readers import with_seats

from .plan_views import PlanView, names_of, organisations_in, view_of
from .return_views import ReturnView, return_view
from .submissions import both_kinds_in, plan_in, return_in


@dataclass(frozen=True, kw_only=True)
class SubmissionLine:
    """How it stands, as any reader of it may know."""

    key: int
    url: str
    number: int
    kind: str  # "the plan and budget"
    on: date  # handed in
    dot: int
    done: str  # "Agreed with conditions"
    stands: str  # sentences: who did what, and when
    words: str  # what the cluster said had changed
    answer_words: str


@dataclass(frozen=True, kw_only=True)
class SubmissionPage:
    line: SubmissionLine
    plan: PlanView | None  # or
    returned: ReturnView | None
    before: SubmissionLine | None  # of its kind
    changes: tuple[ChangeLine, ...]  # since then
    others: tuple[SubmissionLine, ...]  # of its journey, newest first
    newest: SubmissionLine | None  # of its kind, where it is not this one

    @property
    def in_short(self) -> str:
        view = self.plan or self.returned
        return view.in_short if view else ""

    @property
    def changed_since(self) -> str:
        return f"What changed since number {self.before.number}" if self.before else ""

    @property
    def changes_by_group(self) -> list[tuple[str, str, list[ChangeLine]]]:
        """What its heading is known by on the page, the heading, and its changes."""
        headings = dict.fromkeys(one.group for one in self.changes)
        return [
            (f"changes-{n}", heading, [one for one in self.changes if one.group == heading])
            for n, heading in enumerate(headings, start=1)
        ]


def submission_line(submission: Submission) -> SubmissionLine:
    """Its seats are read already, or it asks for them one by one."""
    return SubmissionLine(
        key=submission.pk,
        url=submission.get_absolute_url(),
        number=submission.number,
        kind=plan_words.NAMES[submission.kind],
        on=clock.day_of(submission.submitted_at),
        dot=plan_words.dot(submission),
        done=plan_words.done(submission),
        stands=plan_words.stands(submission),
        words=submission.words,
        answer_words=submission.answer_words,
    )


def submission_lines(submissions: Iterable[Submission]) -> list[SubmissionLine]:
    """One query, for the seats of all."""
    return [submission_line(one) for one in with_seats(submissions, "submitted_by", "answered_by")]


def submission_page(submission: Submission, cluster: Cluster) -> SubmissionPage:
    """Four queries, and one for each other that is read to compare."""
    rows = both_kinds_in([cluster.pk])[cluster.pk]
    lines = submission_lines(rows)
    at = next(n for n, row in enumerate(rows) if row.pk == submission.pk)
    of_kind = [n for n, row in enumerate(rows) if row.kind == submission.kind]
    earlier = [n for n in of_kind if rows[n].number < submission.number]
    before = earlier[-1] if earlier else None
    plan, returned, changes = _read(submission, rows[before] if earlier else None, cluster)
    return SubmissionPage(
        line=lines[at],
        plan=plan,
        returned=returned,
        before=None if before is None else lines[before],
        changes=changes,
        others=_others(rows, lines, at),
        newest=lines[of_kind[-1]] if of_kind[-1] != at else None,
    )


def _others(
    rows: Sequence[Submission], lines: Sequence[SubmissionLine], at: int
) -> tuple[SubmissionLine, ...]:
    others = [
        (row.submitted_at, line)
        for n, (row, line) in enumerate(zip(rows, lines, strict=True))
        if n != at
    ]
    return tuple(line for _, line in sorted(others, key=lambda one: one[0], reverse=True))


def _read(
    submission: Submission, before: Submission | None, cluster: Cluster
) -> tuple[PlanView | None, ReturnView | None, tuple[ChangeLine, ...]]:
    if submission.kind == SubmissionKind.RETURN:
        found = return_in(submission)
        then = return_changes(return_in(before), found) if before else ()
        return None, return_view(found, cluster), then
    plan, was = plan_in(submission), plan_in(before) if before else None
    names = names_of(organisations_in(plan) | (organisations_in(was) if was else set()))
    then = plan_changes(was, plan, names) if was else ()
    on = clock.day_of(submission.submitted_at)
    return view_of(plan, cluster.name, names, on=on), None, then
