"""On what terms the programme of the example gives, what it released, and what it offers."""

from collections.abc import Mapping
from typing import Any

from hedgerow.core.rooms import Deed
from hedgerow.grants.actions import mediation, opportunities
from hedgerow.ledger import actions as ledger
from hedgerow.ledger.actions.terms import CriterionSaid, HeadingSaid
from hedgerow.ledger.models import Award
from hedgerow.people.example import Scene

Step = Mapping[str, Any]


def _terms(scene: Scene, slug: str, step: Step) -> None:
    ledger.set_terms(
        by=scene.by(step["by"]),
        programme=scene.programme,
        amount=step["amount"],
        conditions=step["conditions"],
        timetable=step["timetable"],
        other_support=step["other_support"],
        day_rate=step["day_rate"],
        criteria=[CriterionSaid(**told) for told in step["criteria"]],
        headings=[HeadingSaid(**told) for told in step["headings"]],
        number=0,
    )


def _condition_told(scene: Scene, slug: str, step: Step) -> None:
    row = _award(scene, slug).conditions.get()
    ledger.tell_condition(
        by=scene.by(step["by"]), condition=row, told=step["told"], version=row.version
    )


def _condition_met(scene: Scene, slug: str, step: Step) -> None:
    row = _award(scene, slug).conditions.get()
    ledger.meet_condition(by=scene.by(step["by"]), condition=row, version=row.version)


def _release(scene: Scene, slug: str, step: Step) -> None:
    row = _award(scene, slug).instalments.get(position=step["position"])
    ledger.release_instalment(
        by=scene.by(step["by"]),
        instalment=row,
        on=scene.day(step["day"]),
        words="",
        version=row.version,
    )


def _drawn(scene: Scene, slug: str, step: Step) -> None:
    ledger.enter(
        by=scene.by(step["by"]),
        award=_award(scene, slug),
        verb="draw",
        pence=step["pence"],
        on=scene.day(step["day"]),
        tranche=step["tranche"],
        words=step["words"],
    )


def _mediate(scene: Scene, slug: str, step: Step) -> None:
    mediation.add_note(
        by=scene.by(step["by"]),
        cluster=scene.clusters[slug],
        on=scene.day(step["day"]),
        asked_by=step["asked_by"],
        words=step["words"],
        outcome=step["outcome"],
    )


def _offer(scene: Scene, slug: str, step: Step) -> None:
    opportunities.post_opportunity(
        by=scene.by(step["by"]),
        programme=scene.programme,
        title=step["title"],
        offered_by=step["offered_by"],
        kind=step["kind"],
        words=step["words"],
        for_whom=step.get("for_whom", ""),
        least=None,
        most=step.get("most"),
        link="",
        closes_on=scene.day(step["closes"]) if "closes" in step else None,
        is_public=True,
    )


def _award(scene: Scene, slug: str) -> Award:
    return Award.objects.get(cluster=scene.clusters[slug])


DEEDS: Mapping[str, Deed] = {
    "terms": _terms,
    "condition_told": _condition_told,
    "condition_met": _condition_met,
    "release": _release,
    "drawn": _drawn,
    "mediate": _mediate,
    "offer": _offer,
}
