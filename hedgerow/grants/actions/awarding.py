"""The programme's answer to a plan, and to a return. Each is given once; the plan is never changed."""

from collections.abc import Mapping, Sequence
from datetime import date

from hedgerow.agreements.actions.speakers import said
from hedgerow.analysis.postings import Tranche
from hedgerow.core.actions import Refused, action, locked, record
from hedgerow.core.actors import Actor
from hedgerow.core.owners import Owner
from hedgerow.journeys.actions.stages import locked_journey
from hedgerow.journeys.actions.submissions import answer
from hedgerow.journeys.models import Answered, Submission, SubmissionKind
from hedgerow.ledger.actions.acting import full_member, manager_in
from hedgerow.ledger.actions.awards import ConditionSaid, InstalmentSaid, make_award
from hedgerow.ledger.models import Award
from hedgerow.people.actions.clusters import going_on
from hedgerow.people.kinds import refuse_published
from hedgerow.people.models import Organisation
from hedgerow.units import Pence


@action
def agree(
    *,
    by: Actor,
    submission: Submission,
    holding: Organisation,
    amounts: Mapping[Tranche, Pence],
    conditions: Sequence[ConditionSaid],
    instalments: Sequence[InstalmentSaid],
    words: str,
    awarded_on: date,
    version: int,
) -> Award:
    """Agree to a plan and make its award, in one act. With conditions, they stand on the award."""
    how = Answered.CONDITIONS if conditions else Answered.AGREED
    words = said(words)
    # All that the award is made of, before the answer is written down: whoever has it locked and
    # writes something down meanwhile would wait for us, and we for them.
    journey = locked_journey(submission.journey)
    full_member(locked(journey.cluster), holding)
    submission = _answered(by, submission, SubmissionKind.PLAN, how, words, version)
    award = make_award(
        by=by,
        submission=submission,
        holding=holding,
        awarded_on=awarded_on,
        amounts=amounts,
        conditions=conditions,
        instalments=instalments,
        words=words,
    )
    _record("grants.plan_agreed", by, submission, n_conditions=len(conditions))
    return award


@action
def send_back(
    *, by: Actor, submission: Submission, missing: Sequence[str], version: int
) -> Submission:
    """Say what is missing from a plan, a line each. The cluster can hand in another."""
    words = _lines(missing)
    submission = _answered(by, submission, SubmissionKind.PLAN, Answered.RETURNED, words, version)
    _record("grants.plan_sent_back", by, submission, n_missing=len(words.splitlines()))
    return submission


@action
def redirect(*, by: Actor, submission: Submission, words: str, version: int) -> Submission:
    """Point the cluster to other support than an award, and say which."""
    words = said(words)
    if not words:
        raise Refused("Say which support would fit better, and whom to ask there.")
    submission = _answered(by, submission, SubmissionKind.PLAN, Answered.REDIRECTED, words, version)
    _record("grants.plan_redirected", by, submission)
    return submission


@action
def accept_return(*, by: Actor, submission: Submission, words: str, version: int) -> Submission:
    """The return holds what it must. Nothing more is asked."""
    submission = _answered(
        by, submission, SubmissionKind.RETURN, Answered.AGREED, said(words), version
    )
    _record("grants.return_accepted", by, submission)
    return submission


@action
def send_back_return(
    *, by: Actor, submission: Submission, missing: Sequence[str], version: int
) -> Submission:
    words = _lines(missing)
    submission = _answered(by, submission, SubmissionKind.RETURN, Answered.RETURNED, words, version)
    _record("grants.return_sent_back", by, submission, n_missing=len(words.splitlines()))
    return submission


def _answered(
    by: Actor,
    submission: Submission,
    kind: SubmissionKind,
    how: Answered,
    words: str,
    version: int,
) -> Submission:
    cluster = going_on(submission.journey.cluster)
    refuse_published(by, cluster)
    manager_in(by, cluster.programme)
    if submission.kind != kind:
        raise ValueError(f"a {submission.kind} is not answered as a {kind}")
    return answer(by=by, submission=submission, answer=how, words=words, version=version)


def _lines(missing: Sequence[str]) -> str:
    words = said("\n".join(line.strip() for line in missing if line.strip()))
    if not words:
        raise Refused("Say what is missing, a line for each thing, so that they know what to add.")
    return words


def _record(did: str, by: Actor, submission: Submission, **detail: object) -> None:
    """In the programme's own history; the cluster reads of it as the answer and the award."""
    cluster = submission.journey.cluster
    record(
        did,
        by=by,
        to=submission,
        owner=(Owner.PROGRAMME, cluster.programme_id),
        about=cluster.pk,
        **detail,
    )
