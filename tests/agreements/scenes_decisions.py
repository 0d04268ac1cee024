"""A decision in the own cluster of a scene, and one of each thing that belongs to it."""

from datetime import timedelta

from hedgerow.agreements import actions
from hedgerow.agreements.models import (
    Channel,
    Decision,
    DecisionTemplate,
    Option,
    Remark,
    Stance,
    Voice,
)
from hedgerow.agreements.ways import shipped_ways, write_way
from hedgerow.core import clock
from tests.factories import Scene, actor


def decision(scene: Scene) -> Decision:
    found = Decision.objects.filter(cluster=scene.cluster).first()
    return found or actions.propose(
        by=actor(scene.own.core),
        cluster=scene.cluster,
        title="We meet each month",
        words="So that nobody has to ask when.",
        options=[],
        way=shipped_ways()[0],
        closes_on=clock.today() + timedelta(days=7),
    )


def option(scene: Scene) -> Option:
    return decision(scene).options.get(position=1)


def voice(scene: Scene) -> Voice:
    """Of the first organisation, written down for it by the facilitator."""
    return actions.record_voice(
        by=actor(scene.own.facilitator),
        decision=decision(scene),
        organisation=scene.own.organisations[0],
        stance=Stance.AGREE,
        option=option(scene),
        reason="",
        channel=Channel.PHONE,
        had_to_check_back=False,
    )


def remark(scene: Scene) -> Remark:
    """By the Core Group member of the first organisation."""
    return actions.remark(
        by=actor(scene.own.core), decision=decision(scene), words="Mondays suit us best."
    )


def template(scene: Scene) -> DecisionTemplate:
    return actions.keep_way(
        by=actor(scene.own.core),
        cluster=scene.cluster,
        text=write_way(shipped_ways()[0])
        .replace("slug: consent", "slug: our-own")
        .replace("name: Consent", "name: Our own way"),
    )


SCENES = {
    "agreements.DecisionTemplate": template,
    "agreements.Decision": decision,
    "agreements.Option": option,
    "agreements.Voice": voice,
    "agreements.Remark": remark,
}
