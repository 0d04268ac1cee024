"""Ground rules, a member's assent and a note, in the own cluster of a scene."""

from hedgerow.analysis.ground_rules import RuleText
from hedgerow.charter import actions
from hedgerow.charter.models import Assent, GroundRule, RuleSet, RuleTest
from hedgerow.core import clock
from tests.factories import Scene, actor

RULES = (
    RuleText(slug="turn-up", name="Turn up", sentence="We come, or say so.", is_essential=True),
    RuleText(slug="share", name="Share what we know", sentence="We pass on what helps."),
    RuleText(slug="give-way", name="Give way", sentence="It may be nobody’s first choice."),
)


def rule_set(scene: Scene) -> RuleSet:
    found = RuleSet.objects.filter(cluster=scene.cluster).order_by("-number").first()
    if found:
        return found
    return actions.lay_down_rules(
        by=actor(scene.own.facilitator), cluster=scene.cluster, rules=RULES, after=0
    )


def ground_rule(scene: Scene) -> GroundRule:
    return rule_set(scene).rules.get(position=1)


def assent(scene: Scene) -> Assent:
    return actions.assent(by=actor(scene.own.core), rule_set=rule_set(scene))


def rule_test(scene: Scene) -> RuleTest:
    rule_set(scene)
    return actions.note_rule_test(
        by=actor(scene.own.core),
        cluster=scene.cluster,
        slug="turn-up",
        on=clock.today(),
        words="Two could not come, and said so the day before.",
    )


SCENES = {
    "charter.RuleSet": rule_set,
    "charter.GroundRule": ground_rule,
    "charter.Assent": assent,
    "charter.RuleTest": rule_test,
}
