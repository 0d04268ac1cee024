"""Handing in to the programme, taking it back while it waits, and the programme's answer."""

from hedgerow.core import clock
from hedgerow.core.actions import Refused, Stale, action, locked, record
from hedgerow.core.actors import Actor
from hedgerow.core.owners import Audience, Owner
from hedgerow.journeys import plan_words
from hedgerow.journeys.models import Answered, Journey, Submission, SubmissionKind
from hedgerow.journeys.queries.submissions import digest_of
from hedgerow.journeys.results import Result, kept
from hedgerow.people.readers import with_seats

from .stages import locked_journey, seat_of

_ANSWERS = {
    SubmissionKind.PLAN: set(Answered) - {Answered.TAKEN_BACK},
    SubmissionKind.RETURN: {Answered.AGREED, Answered.RETURNED},
}


@action
def submit(
    *, by: Actor, journey: Journey, kind: SubmissionKind, result: Result, words: str
) -> Submission:
    """Hand in a plan or a return as it stands now: a snapshot that never changes.

    `words`: what changed since the one before. Refused while one of the kind waits, or is agreed.
    """
    journey = locked_journey(journey)
    before = list(journey.submissions.filter(kind=kind).order_by("number"))
    for one in with_seats(before, "submitted_by", "answered_by"):
        if one.waits or one.is_agreed:
            raise Refused(plan_words.why_no_other(one))
    row = kept(result)
    submission = Submission.objects.create(
        journey=journey,
        kind=kind,
        number=before[-1].number + 1 if before else 1,
        shape=row.version,
        whole=row.whole,
        digest=digest_of(result),
        words=words.strip(),
        submitted_by_id=seat_of(by),
        submitted_at=clock.now(),
    )
    _record(by, submission, "journeys.submitted")
    return submission


@action
def take_back(*, by: Actor, submission: Submission, version: int | None) -> Submission:
    """Before the programme has answered. It stays to be read; another can be handed in."""
    submission = _waiting(submission, version)
    _answer(by, submission, Answered.TAKEN_BACK, "")
    _record(by, submission, "journeys.submission_taken_back")
    return submission


@action
def answer(
    *, by: Actor, submission: Submission, answer: Answered, words: str, version: int | None
) -> Submission:
    """The programme's, once. To send it back or to point to other support needs words."""
    submission = _waiting(submission, version)
    if answer not in _ANSWERS[SubmissionKind(submission.kind)]:
        raise ValueError(f"a {submission.kind} is not answered with {answer}")
    if answer == Answered.RETURNED and not words.strip():
        raise Refused("Say what is missing, so that the cluster knows what to add.")
    if answer == Answered.REDIRECTED and not words.strip():
        raise Refused("Say which other support you point the cluster to, and why.")
    _answer(by, submission, answer, words.strip())
    _record(by, submission, "journeys.submission_answered", answer=str(answer))
    return submission


def _waiting(submission: Submission, version: int | None) -> Submission:
    """The submission, with its journey locked before it. Refused where somebody has answered it."""
    journey = locked_journey(submission.journey)
    fresh = locked(submission)
    fresh.journey = journey
    if not fresh.waits:
        with_seats([fresh], "submitted_by", "answered_by")
        raise Refused(plan_words.why_not_waiting(fresh))
    if version not in (None, fresh.version):
        raise Stale("This was changed while you were reading it. Look again; it still waits.")
    return fresh


def _answer(by: Actor, submission: Submission, answer: Answered, words: str) -> None:
    submission.answer, submission.answer_words = answer, words
    submission.answered_by_id, submission.answered_at = seat_of(by), clock.now()
    submission.version += 1
    submission.save(
        update_fields=["answer", "answer_words", "answered_by", "answered_at", "version"]
    )


def _record(by: Actor, submission: Submission, did: str, **detail: object) -> None:
    record(
        did,
        by=by,
        to=submission,
        owner=(Owner.CLUSTER, submission.journey.cluster_id),
        audience=Audience.FUNDER,
        kind=str(submission.kind),
        number=submission.number,
        **detail,
    )
