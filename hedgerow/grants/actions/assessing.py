"""Giving a plan to assessors, and what each of them declares, scores and sends."""

from collections.abc import Mapping, Sequence
from datetime import date

from django.db.models import Q

from hedgerow.agreements.actions.speakers import said
from hedgerow.core import clock
from hedgerow.core.actions import Refused, Stale, action, locked, nothing_to_do, record
from hedgerow.core.actors import Actor
from hedgerow.core.owners import Owner
from hedgerow.grants.models import Assessment, Assignment, Conflict, Score
from hedgerow.journeys import plan_words
from hedgerow.journeys.models import Submission, SubmissionKind
from hedgerow.ledger.actions.acting import manager_in
from hedgerow.ledger.queries.terms import terms_now
from hedgerow.look.words import day, listed
from hedgerow.people.actions.clusters import going_on
from hedgerow.people.kinds import refuse_published
from hedgerow.people.models import Cluster, Programme, Role, Seat
from hedgerow.people.readers import live, seat_words, with_seats

MOST_REASON = 600  # characters
MOST_WORDS = 1000  # under one criterion
MOST_COMMENT = 2000  # on the whole plan


@action
def assign(
    *, by: Actor, submission: Submission, assessors: Sequence[Seat], due_on: date
) -> Assessment:
    """Ask assessors to score a plan by a day. The first time, under the terms that hold now."""
    submission = locked(submission)
    cluster = going_on(submission.journey.cluster)
    refuse_published(by, cluster)
    manager = manager_in(by, cluster.programme)
    if submission.kind != SubmissionKind.PLAN:
        raise ValueError("a return is read, and not scored")
    _refuse_over(submission)
    if not assessors:
        raise Refused("Choose at least one assessor.")
    if due_on < clock.today():
        raise Refused(f"{day(due_on)} has passed. Choose today or a later day.")
    assessment = _begun(submission, cluster, manager)
    for assessor in assessors:
        _check_assessor(assessor, cluster, assessment)
    Assignment.objects.bulk_create(
        Assignment(
            assessment=assessment,
            assessor=assessor,
            assigned_by=manager,
            assigned_at=clock.now(),
            due_on=due_on,
        )
        for assessor in assessors
    )
    _record(
        "grants.plan_given_out",
        by=by,
        to=assessment,
        cluster=cluster,
        assessors=[assessor.pk for assessor in assessors],
        due=due_on,
    )
    return assessment


@action
def declare(
    *, by: Actor, assignment: Assignment, conflict: str, words: str, version: int
) -> Assignment:
    """Whether they have a conflict of interest. With one they never read the plan; having read it,
    they can still say that they found one."""
    assignment, cluster = _own(by, assignment, version)
    _refuse_over(assignment.assessment.submission)
    words = said(words, most=MOST_REASON)
    _check_declared(assignment, cluster, Conflict(conflict), words)
    if (assignment.conflict, assignment.conflict_words) == (conflict, words):
        nothing_to_do()
        return assignment
    assignment.conflict, assignment.conflict_words = conflict, words
    assignment.declared_at = clock.now()
    _save(assignment)
    _record("grants.declared", by=by, to=assignment, cluster=cluster, has=conflict == Conflict.HAS)
    return assignment


@action
def keep_scores(
    *,
    by: Actor,
    assignment: Assignment,
    scores: Mapping[int, tuple[int | None, str]],
    comment: str,
    version: int,
) -> Assignment:
    """A draft that they alone see. `scores` by the key of a criterion: points, or None for not yet,
    and words. It can be kept also when the plan was answered or taken back in the meantime."""
    assignment, cluster = _own(by, assignment, version)
    _check_may_score(assignment, cluster)
    written = _checked(assignment, scores)
    comment = said(comment, most=MOST_COMMENT)
    before = {one.criterion_id: (one.points, one.words) for one in assignment.scores.all()}
    changed = {key: one for key, one in written.items() if before.get(key, (None, "")) != one}
    if not changed and assignment.comment == comment:
        nothing_to_do()
        return assignment
    for key, (points, words) in changed.items():
        Score.objects.update_or_create(
            assignment=assignment, criterion_id=key, defaults={"points": points, "words": words}
        )
    assignment.comment = comment
    _save(assignment)
    _record("grants.scores_kept", by=by, to=assignment, cluster=cluster)
    return assignment


@action
def send_scores(*, by: Actor, assignment: Assignment, version: int) -> Assignment:
    """Hand the scores in, for good. What was kept so far is what is sent."""
    assignment, cluster = _own(by, assignment, version)
    _check_may_score(assignment, cluster)
    _refuse_over(assignment.assessment.submission)
    _check_whole(assignment)
    assignment.sent_at = clock.now()
    _save(assignment)
    _record("grants.scores_sent", by=by, to=assignment, cluster=cluster)
    return assignment


@action
def take_off(*, by: Actor, assignment: Assignment, version: int) -> Assignment:
    """Go on without an assessor who has not sent any scores. What they declared stays."""
    cluster = assignment.assessment.submission.journey.cluster
    manager_in(by, cluster.programme)
    locked(assignment.assessment.submission)
    assignment = locked(assignment)
    if assignment.taken_off_at:
        nothing_to_do()
        return assignment
    if assignment.sent_at:
        raise Refused(
            f"{seat_words(assignment.assessor)} sent their scores on {day(assignment.sent_at)}. "
            "What is in stays in, whatever it says."
        )
    assignment = locked(assignment, version=version)
    assignment.taken_off_at = clock.now()
    _save(assignment)
    _record(
        "grants.assessor_taken_off",
        by=by,
        to=assignment,
        cluster=cluster,
        assessor=assignment.assessor_id,
    )
    return assignment


def sits_in(assessor: Seat, cluster: Cluster) -> bool:
    """Whether whoever holds this seat also has one in the cluster."""
    return Seat.objects.filter(live(clock.now()), user=assessor.user_id, cluster=cluster).exists()


def _begun(submission: Submission, cluster: Cluster, manager: Seat) -> Assessment:
    found = Assessment.objects.filter(submission=submission).first()
    if found:
        return found
    terms = terms_now(cluster.programme)
    if terms is None or not terms.criteria.exists():
        raise Refused(
            "Say first what assessors look at: the criteria stand in the terms of the programme."
        )
    return Assessment.objects.create(
        submission=submission, terms=terms, begun_by=manager, begun_at=clock.now()
    )


def _check_assessor(assessor: Seat, cluster: Cluster, assessment: Assessment) -> None:
    mine = Q(pk=assessor.pk, role=Role.ASSESSOR, programme=cluster.programme)
    if not Seat.objects.filter(live(clock.now()), mine).exists():
        raise Refused(f"{seat_words(assessor)} is no assessor of {cluster.programme} any more.")
    if sits_in(assessor, cluster):
        raise Refused(
            f"{seat_words(assessor)} also sits in {cluster}, so somebody else has to read its plan."
        )
    if assessment.assignments.filter(assessor=assessor, taken_off_at=None).exists():
        raise Refused(f"{seat_words(assessor)} has this plan already.")


def _check_declared(
    assignment: Assignment, cluster: Cluster, conflict: Conflict, words: str
) -> None:
    if conflict == Conflict.HAS:
        if not words:
            raise Refused(
                "Say in a line or two what the conflict is. The programme manager alone reads it."
            )
        return
    if assignment.conflict == Conflict.HAS:
        raise Refused(
            f"You declared a conflict of interest on {day(assignment.declared_at)}. If that was a "
            "mistake, ask the programme manager to take the plan from you and give it to you again."
        )
    if sits_in(assignment.assessor, cluster):
        raise Refused(
            f"You also sit in {cluster}, which is a conflict of interest. Declare it as one."
        )


def _own(by: Actor, assignment: Assignment, version: int) -> tuple[Assignment, Cluster]:
    """Their own plan, locked, until the scores are in. The plan is locked first, as where it is
    answered, so that of an answer and scores at once one comes after the other."""
    submission = locked(assignment.assessment.submission)
    cluster = going_on(submission.journey.cluster)
    refuse_published(by, cluster)
    seat = _assessor_in(by, cluster.programme)
    assignment = locked(assignment)
    assignment.assessment.submission = submission
    if assignment.assessor_id != seat.pk:
        raise Refused("This plan was given to somebody else.")
    if assignment.taken_off_at:
        raise Refused(
            f"This plan was taken from you on {day(assignment.taken_off_at)}; there is nothing more "
            "for you to do."
        )
    if assignment.sent_at:
        raise Refused(
            f"Your scores are in since {day(assignment.sent_at)} and stay as they are. Tell the "
            "programme manager what you think of now."
        )
    if version != assignment.version:
        raise Stale(
            "You changed this in another window while you wrote here. What stands there is shown "
            "now; look again and send yours if it still fits."
        )
    return assignment, cluster


def _assessor_in(by: Actor, programme: Programme) -> Seat:
    """The assessor's seat that somebody acts from, if they hold it now. Else Refused."""
    seats = Seat.objects.filter(live(clock.now()), pk=by.seat, user=by.person)
    seat = seats.filter(role=Role.ASSESSOR, programme=programme).first()
    if seat is None:
        raise Refused(f"You are no assessor of {programme} any more, so this was not done.")
    return seat


def _refuse_over(submission: Submission) -> None:
    """Raises Refused if it was answered or taken back, saying when and by whom."""
    if not submission.waits:
        with_seats([submission], "submitted_by", "answered_by")
        raise Refused(plan_words.why_not_waiting(submission))


def _check_may_score(assignment: Assignment, cluster: Cluster) -> None:
    if assignment.conflict != Conflict.NONE:
        raise Refused(
            "Say first that you have no conflict of interest."
            if not assignment.conflict
            else "You declared a conflict of interest, so somebody else scores this plan."
        )
    if sits_in(assignment.assessor, cluster):
        raise Refused(
            f"You also sit in {cluster} now, which is a conflict of interest. Declare it as one."
        )


def _checked(
    assignment: Assignment, scores: Mapping[int, tuple[int | None, str]]
) -> dict[int, tuple[int | None, str]]:
    criteria = {one.pk: one for one in assignment.assessment.terms.criteria.all()}
    if unknown := set(scores) - set(criteria):
        raise ValueError(f"these criteria are not of the assessment: {unknown}")
    for key, (points, _) in scores.items():
        if points is not None and not 0 <= points <= criteria[key].most:
            raise Refused(
                f"“{criteria[key]}” is scored from 0 to {criteria[key].most}; {points} is outside."
            )
    return {key: (points, said(words, most=MOST_WORDS)) for key, (points, words) in scores.items()}


def _check_whole(assignment: Assignment) -> None:
    there = {one.criterion_id: one for one in assignment.scores.all()}
    criteria = list(assignment.assessment.terms.criteria.all())
    no_points = [f"“{one}”" for one in criteria if _points(there.get(one.pk)) is None]
    no_words = [f"“{one}”" for one in criteria if one.pk not in there or not there[one.pk].words]
    if no_points:
        raise Refused(f"Give points for {listed(no_points)} first. Nought is an answer too.")
    if no_words:
        raise Refused(f"Say in a line why, under {listed(no_words)}. Deciders read it.")


def _points(score: Score | None) -> int | None:
    return score.points if score else None


def _save(assignment: Assignment) -> None:
    assignment.version += 1
    assignment.save()


def _record(did: str, *, by: Actor, to, cluster: Cluster, **detail: object) -> None:
    """In the programme's own history. That `cluster` is not named in it keeps it there: what is,
    the cluster's people read too."""
    record(
        did,
        by=by,
        to=to,
        owner=(Owner.PROGRAMME, cluster.programme_id),
        about=cluster.pk,
        **detail,
    )
