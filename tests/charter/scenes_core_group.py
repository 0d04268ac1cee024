from hedgerow.charter.actions import core_group as actions
from hedgerow.charter.models import Competition, Delegation
from hedgerow.units import Pence
from tests.factories import Scene, actor


def delegation(scene: Scene) -> Delegation:
    seat = scene.own.core
    return actions.delegate(
        by=actor(seat), seat=seat, words="Our time and our files.", up_to=Pence(500_00), days=5
    )


def competition(scene: Scene) -> Competition:
    first, second, _ = scene.own.organisations
    return actions.declare_competition(
        by=actor(scene.own.core),
        member=scene.cluster.members.get(organisation=first),
        where="Tenders for floating support",
        stops="We send no bid against each other.",
        others=[second],
    )


SCENES = {"charter.Delegation": delegation, "charter.Competition": competition}
