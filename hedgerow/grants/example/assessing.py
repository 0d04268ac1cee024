"""What the programme of the example had read, and what it decided."""

from collections.abc import Mapping
from typing import Any

from hedgerow.core.rooms import Deed
from hedgerow.grants.actions import assessing, awarding
from hedgerow.grants.models import Assignment, Conflict
from hedgerow.journeys.models import Submission
from hedgerow.ledger.actions.awards import ConditionSaid, InstalmentSaid
from hedgerow.people.example import Scene

Step = Mapping[str, Any]


def _assign(scene: Scene, slug: str, step: Step) -> None:
    assessing.assign(
        by=scene.by(step["by"]),
        submission=_newest(scene, slug),
        assessors=[scene.seats[key] for key in step["assessors"]],
        due_on=scene.day(step["due"]),
    )


def _declare(scene: Scene, slug: str, step: Step) -> None:
    given = _given(scene, slug, step)
    assessing.declare(
        by=scene.by(step["by"]),
        assignment=given,
        conflict=Conflict.NONE,
        words="",
        version=given.version,
    )


def _score(scene: Scene, slug: str, step: Step) -> None:
    by, given = scene.by(step["by"]), _given(scene, slug, step)
    criteria = given.assessment.terms.criteria.order_by("position")
    told = zip(criteria, step["points"], step["words"], strict=True)
    given = assessing.keep_scores(
        by=by,
        assignment=given,
        scores={criterion.pk: (points, words) for criterion, points, words in told},
        comment=step["comment"],
        version=given.version,
    )
    assessing.send_scores(by=by, assignment=given, version=given.version)


def _agree_plan(scene: Scene, slug: str, step: Step) -> None:
    plan = _newest(scene, slug)
    awarding.agree(
        by=scene.by(step["by"]),
        submission=plan,
        holding=scene.seats[step["holding"]].organisation,
        amounts=step["amounts"],
        conditions=[
            ConditionSaid(words=told["words"], due_on=scene.day(told["due"]))
            for told in step.get("conditions", ())
        ],
        instalments=[
            InstalmentSaid(
                tranche=told["tranche"],
                pence=told["pence"],
                when=told.get("when", ""),
                due_on=scene.day(told["due"]) if "due" in told else None,
            )
            for told in step["instalments"]
        ],
        words=step["words"],
        awarded_on=scene.day(step["day"]),
        version=plan.version,
    )


def _send_back_plan(scene: Scene, slug: str, step: Step) -> None:
    plan = _newest(scene, slug)
    awarding.send_back(
        by=scene.by(step["by"]),
        submission=plan,
        missing=step["missing"],
        version=plan.version,
    )


def _newest(scene: Scene, slug: str) -> Submission:
    return Submission.objects.filter(journey__cluster=scene.clusters[slug]).latest("number")


def _given(scene: Scene, slug: str, step: Step) -> Assignment:
    return Assignment.objects.get(
        assessment__submission=_newest(scene, slug), assessor=scene.seats[step["by"]]
    )


DEEDS: Mapping[str, Deed] = {
    "assign": _assign,
    "declare": _declare,
    "score": _score,
    "agree_plan": _agree_plan,
    "send_back_plan": _send_back_plan,
}
