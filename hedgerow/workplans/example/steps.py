"""What every step of the example needs."""

from collections.abc import Mapping
from datetime import date
from typing import Any

from hedgerow.journeys.example import planned_day
from hedgerow.people.example import Scene
from hedgerow.people.models import Organisation
from hedgerow.workplans.models import Workplan

Step = Mapping[str, Any]


def plan_of(scene: Scene, slug: str) -> Workplan:
    return Workplan.objects.get(cluster=scene.clusters[slug])


def organisation(scene: Scene, key: str | None) -> Organisation | None:
    return scene.seats[key].organisation if key else None


def day(scene: Scene, step: Step, name: str) -> date | None:
    return planned_day(scene, step[name]) if name in step else None
