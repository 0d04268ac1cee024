"""What the invented clusters promised each other at the start, done again through the same actions."""

from collections.abc import Mapping
from dataclasses import replace
from typing import Any

from hedgerow.agreements.models import Channel
from hedgerow.core.actors import Via
from hedgerow.core.owners import Audience
from hedgerow.core.rooms import Deed
from hedgerow.people.example import Scene
from hedgerow.people.models import Cluster, Member, Organisation

from . import actions
from .models import Assent, Charter, Readiness, RuleSet
from .queries.purpose import charter_of
from .queries.rules import newest_rule_set, rule_texts, template_of

Step = Mapping[str, Any]


def _purpose(scene: Scene, slug: str, step: Step) -> None:
    actions.write_purpose(
        by=scene.by(step["by"]),
        cluster=scene.clusters[slug],
        driver=step["driver"],
        driver_words=step["words"],
        objectives=step["objectives"],
        needs=step["needs"],
        readable_years=6,
        version=_version(scene.clusters[slug]),
    )


def _gatherer(scene: Scene, slug: str, step: Step) -> None:
    actions.name_gatherer(
        by=scene.by(step["by"]),
        cluster=scene.clusters[slug],
        seat=scene.seats[step["seat"]],
        version=_version(scene.clusters[slug]),
    )


def _say_yes(scene: Scene, slug: str, step: Step) -> None:
    charter = Charter.objects.get(cluster=scene.clusters[slug])
    actions.say_yes(by=scene.by(step["by"]), charter=charter)


def _answers_by(scene: Scene, slug: str, step: Step) -> None:
    actions.set_answers_by(
        by=scene.by(step["by"]),
        cluster=scene.clusters[slug],
        on=scene.day(step["on"]),
        version=_version(scene.clusters[slug]),
    )


def _rules(scene: Scene, slug: str, step: Step) -> None:
    """The programme's, or the ones that hold with some of their sentences changed."""
    cluster = scene.clusters[slug]
    newest = newest_rule_set(cluster)
    template = template_of(cluster)
    change = step.get("change", {})
    actions.lay_down_rules(
        by=scene.by(step["by"]),
        cluster=cluster,
        rules=[
            replace(rule, sentence=change.get(rule.slug, rule.sentence))
            for rule in (rule_texts(newest) or template.rules)
        ],
        reason=step.get("reason", ""),
        came_from="" if newest else template.came_from,
        after=newest.number if newest else 0,
    )


def _assent(scene: Scene, slug: str, step: Step) -> None:
    actions.assent(
        by=scene.by(step["by"]),
        rule_set=_newest(scene, slug),
        note=step.get("note", ""),
    )


def _record_assent(scene: Scene, slug: str, step: Step) -> None:
    actions.record_assent(
        by=scene.by(step["by"]),
        rule_set=_newest(scene, slug),
        organisation=scene.seats[step["for"]].organisation,
        channel=Channel(step["channel"]),
        note=step.get("note", ""),
    )


def _confirm_assent(scene: Scene, slug: str, step: Step) -> None:
    by = scene.by(step["by"])
    given = Assent.objects.get(
        rule_set=_newest(scene, slug), organisation=by.for_organisation, ended_at=None
    )
    actions.confirm_assent(by=by, assent=given)


def _rule_tested(scene: Scene, slug: str, step: Step) -> None:
    actions.note_rule_test(
        by=scene.by(step["by"]),
        cluster=scene.clusters[slug],
        slug=step["rule"],
        on=scene.day(step["day"]),
        words=step["words"],
    )


def _delegate(scene: Scene, slug: str, step: Step) -> None:
    actions.delegate(
        by=scene.by(step["by"]),
        seat=scene.seats[step["by"]],
        words=step["words"],
        up_to=step.get("up_to"),
        days=step.get("days"),
    )


def _compete(scene: Scene, slug: str, step: Step) -> None:
    actions.declare_competition(
        by=scene.by(step["by"]),
        member=_member(scene, slug, step["by"]),
        where=step["where"],
        stops=step["stops"],
        others=[scene.seats[key].organisation for key in step["others"]],
    )


def _readiness(scene: Scene, slug: str, step: Step) -> None:
    by = scene.by(step["by"])
    begun = actions.begin_readiness(by=by, member=_member(scene, slug, step["by"]))
    actions.answer_readiness(
        by=by,
        readiness=begun,
        answers=step["answers"],
        limits=step["limits"],
        is_finished=True,
        version=begun.version,
    )


def _share_readiness(scene: Scene, slug: str, step: Step) -> None:
    readiness = Readiness.objects.get(
        cluster=scene.clusters[slug], organisation=scene.seats[step["by"]].organisation
    )
    actions.share_readiness(
        by=scene.by(step["by"]),
        readiness=readiness,
        audience=Audience(step["audience"]),
        version=readiness.version,
    )


def _profile(scene: Scene, slug: str, step: Step) -> None:
    by = replace(scene.by(step["by"]), via=Via.COMMAND)  # on its pages nobody changes the face
    actions.write_profile(
        by=by,
        cluster=scene.clusters[slug],
        about=step["about"],
        boilerplate=step["boilerplate"],
        contact=step["contact"],
        version=1,
    )


def _version(cluster: Cluster) -> int:
    return charter_of(cluster).version


def _newest(scene: Scene, slug: str) -> RuleSet:
    return RuleSet.objects.filter(cluster=scene.clusters[slug]).latest("number")


def _member(scene: Scene, slug: str, key: str) -> Member:
    organisation: Organisation = scene.seats[key].organisation
    return Member.objects.get(cluster=scene.clusters[slug], organisation=organisation)


DEEDS: Mapping[str, Deed] = {
    "purpose": _purpose,
    "gatherer": _gatherer,
    "say_yes": _say_yes,
    "answers_by": _answers_by,
    "rules": _rules,
    "assent": _assent,
    "record_assent": _record_assent,
    "confirm_assent": _confirm_assent,
    "rule_tested": _rule_tested,
    "delegate": _delegate,
    "compete": _compete,
    "readiness": _readiness,
    "share_readiness": _share_readiness,
    "profile": _profile,
}
