"""What waits for whom on the side of the programme, for "Next for you" and the letter."""

from collections.abc import Iterator
from datetime import date

from django.urls import reverse

from hedgerow.core.rooms import Prompt
from hedgerow.grants.models import Assignment
from hedgerow.grants.queries.awarding_waiting import Waiting, to_assess, waiting_for
from hedgerow.people.readers import Reader

A_WORD, SCORES = 2, 30  # minutes


def prompts(reader: Reader, today: date) -> Iterator[Prompt]:
    """No query for whoever has no seat in a programme; two at most."""
    for one in waiting_for(reader):
        yield _to_manage(one)
    for assignment in to_assess(reader):
        yield _to_score(assignment) if assignment.conflict else _to_declare(assignment)


def _to_manage(one: Waiting) -> Prompt:
    return Prompt(
        key=f"grants.{one.what}:{one.key}",
        sentence=one.sentence,
        why=one.why,
        minutes=one.minutes,
        url=one.url,
        button=one.button,
        place=one.cluster,
    )


def _to_declare(assignment: Assignment) -> Prompt:
    cluster = assignment.assessment.submission.journey.cluster
    return Prompt(
        key=f"grants.declare:{assignment.pk}",
        sentence=f"Say whether you have a conflict of interest with {cluster}",
        why="Its plan is given to you to score. You read it once you have none.",
        minutes=A_WORD,
        url=reverse("grants:declare", args=[assignment.pk]),
        button="Say it",
        place=cluster.name,
        due_on=assignment.due_on,
    )


def _to_score(assignment: Assignment) -> Prompt:
    cluster = assignment.assessment.submission.journey.cluster
    return Prompt(
        key=f"grants.score:{assignment.pk}",
        sentence=f"Score the plan of {cluster}",
        why="Points and a line for each thing that is looked at. You can keep it and go on later.",
        minutes=SCORES,
        url=reverse("grants:score", args=[assignment.pk]),
        button="Score it",
        place=cluster.name,
        due_on=assignment.due_on,
    )
