from datetime import date, timedelta

from hedgerow.agreements.actions import promises as actions
from hedgerow.agreements.models import Promise, PromiseStep
from hedgerow.core import clock
from tests.factories import Scene, Team, actor


def pair_promise(
    team: Team, *, due_on: date | None = None, words: str = "Book the hall"
) -> Promise:
    """Held by the Core Group members of the first and the second organisation."""
    return actions.promise(
        by=actor(team.facilitator),
        cluster=team.cluster,
        words=words,
        first=team.core,
        second=team.second,
        alone_because="",
        due_on=due_on or clock.today() + timedelta(days=7),
    )


def promise(scene: Scene) -> Promise:
    return pair_promise(scene.own)


def step(scene: Scene) -> PromiseStep:
    kept = actions.keep(by=actor(scene.own.facilitator), promise=promise(scene))
    return kept.steps.get()


SCENES = {"agreements.Promise": promise, "agreements.PromiseStep": step}
