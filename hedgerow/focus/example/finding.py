"""From the shortlist to the focus: pairs and their reports, whom to ask, the decision."""

from collections.abc import Mapping

from hedgerow.agreements import ways
from hedgerow.agreements.models import Decision
from hedgerow.core.rooms import Deed
from hedgerow.focus.actions import contacts, focuses, shortlists, studies
from hedgerow.people.example import Scene

from .steps import Step, kept


def _shortlist(scene: Scene, slug: str, step: Step) -> None:
    listing = scene.kept[step["of"]] if "of" in step else None
    shortlists.write_shortlist(
        by=scene.by(step["by"]),
        cluster=scene.clusters[slug],
        ideas=kept(scene, step["ideas"]),
        words=step["words"],
        shortlisting=listing,
    )


def _findings(scene: Scene, slug: str, step: Step) -> None:
    shortlist = scene.clusters[slug].shortlists.latest("number")
    shortlists.plan_findings(
        by=scene.by(step["by"]),
        shortlist=shortlist,
        findings=step["words"],
        findings_by=scene.day(step["by_day"]),
        version=shortlist.version,
    )


def _pair(scene: Scene, slug: str, step: Step) -> None:
    first, second = (scene.seats[key] for key in step["pair"])
    scene.kept[f"report on {step['idea']}"] = studies.name_pair(
        by=scene.by(step["by"]),
        idea=scene.kept[step["idea"]],
        first=first,
        second=second,
        due_on=scene.day(step["due"]),
    )


def _report(scene: Scene, slug: str, step: Step) -> None:
    by, study = scene.by(step["by"]), scene.kept[f"report on {step['idea']}"]
    study = studies.keep_study(by=by, study=study, headings=step["said"], version=study.version)
    studies.hand_in(by=by, study=study, version=study.version)


def _contacts(scene: Scene, slug: str, step: Step) -> None:
    for told in step["list"]:
        contacts.add_contact(
            by=scene.by(step["by"]),
            cluster=scene.clusters[slug],
            idea=scene.kept[told["idea"]],
            kind=told["kind"],
            words=told["words"],
        )


def _put_focus(scene: Scene, slug: str, step: Step) -> None:
    cluster = scene.clusters[slug]
    way = next(way for way in ways.ways_of(cluster) if way.slug == step["way"])
    adoption = focuses.propose_focus(
        by=scene.by(step["by"]),
        cluster=cluster,
        ideas=kept(scene, step["ideas"]),
        words=step["words"],
        way=way,
        closes_on=scene.day(step["closes"]),
        meeting=scene.kept.get(step.get("meeting", "")),
    )
    decision: Decision = adoption.decision
    scene.kept[step["key"]] = decision


DEEDS: Mapping[str, Deed] = {
    "shortlist": _shortlist,
    "findings": _findings,
    "pair": _pair,
    "report": _report,
    "contacts": _contacts,
    "put_focus": _put_focus,
}
