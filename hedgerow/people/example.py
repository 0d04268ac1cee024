"""The cast of the example: who is invented, and in which seat they sit."""

from dataclasses import dataclass, field, replace
from datetime import date, datetime, time, timedelta
from importlib.resources import files
from typing import Any

import yaml
from django.utils.text import slugify

from hedgerow.core import clock
from hedgerow.core.actors import Actor, Via

from . import actions
from .models import Cluster, Programme, Role, Seat

BEFORE_ALL = -260  # days before today on which the programme began


@dataclass(kw_only=True)
class Scene:
    """The example as far as it is furnished. Days are counted from the one it is loaded on."""

    today: date
    programme: Programme | None = None
    clusters: dict[str, Cluster] = field(default_factory=dict)
    seats: dict[str, Seat] = field(default_factory=dict)
    kept: dict[str, Any] = field(default_factory=dict)  # what the diary calls back by a name

    def day(self, offset: int) -> date:
        return self.today + timedelta(days=offset)

    def instant(self, offset: int, minute: int = 0) -> datetime:
        """On that day from ten in the morning, UK time; never later than now."""
        told = datetime.combine(self.day(offset), time(10), tzinfo=clock.LONDON)
        return min(told + timedelta(minutes=minute), clock.now())

    def by(self, key: str) -> Actor:
        seat = self.seats[key]
        return Actor(person=seat.user_id, seat=seat.pk, for_organisation=seat.organisation_id)


def read(name: str) -> Any:
    """A file of the example, which is ours: a fault in it is a fault of Hedgerow's."""
    return yaml.safe_load((files("hedgerow.packs") / "example" / name).read_text(encoding="utf-8"))


def furnish(scene: Scene) -> None:
    cast = read("cast.yaml")
    with clock.at(scene.instant(BEFORE_ALL)):
        scene.programme = _programme(cast["programme"])
        for person in cast["staff"]:
            seat = _seat(person, place="the-hedgeshire-fund", programme=scene.programme)
            scene.seats[person["key"]] = seat
    for told in cast["clusters"]:
        with clock.at(scene.instant(told["founded"])):
            _cluster(scene, told)


def _programme(told: dict[str, str]) -> Programme:
    return actions.create_programme(
        by=Actor.command(),
        slug=told["slug"],
        name=told["name"],
        guardian=told["guardian"],
        sentence=told["sentence"],
        is_example=True,
    )


def _cluster(scene: Scene, told: dict[str, Any]) -> None:
    by = scene.by("manager")
    cluster = actions.create_cluster(
        by=by,
        programme=scene.programme,
        slug=told["slug"],
        name=told["name"],
        place=told["place"],
        purpose=told["purpose"],
    )
    scene.clusters[told["slug"]] = cluster
    for person in told["beside"]:
        scene.seats[person["key"]] = _seat(person, place=told["slug"], cluster=cluster)
    for member in told["members"]:
        _member(scene, cluster, member)
    if told["is_public"]:
        by = replace(by, via=Via.COMMAND)  # on its pages nobody opens or closes one
        actions.publish_cluster(by=by, cluster=cluster, is_public=True, version=cluster.version)
        cluster.refresh_from_db()


def _member(scene: Scene, cluster: Cluster, told: dict[str, Any]) -> None:
    organisation = actions.create_organisation(
        by=scene.by("manager"),
        name=told["name"],
        legal_form=told["legal_form"],
        income_band=told["income_band"],
        words=told["words"],
        is_example=True,
    )
    actions.join_cluster(
        by=scene.by("manager"),
        cluster=cluster,
        organisation=organisation,
        is_second_tier=told.get("is_second_tier", False),
    )
    for person in told["people"]:
        where = {"cluster": cluster, "organisation": organisation}
        seat = _seat(person, place=told["key"], **where)
        key = told["key"] if seat.role == Role.CORE else f"{told['key']}/{seat.role}"
        scene.seats[key] = seat


def _seat(told: dict[str, str], *, place: str, **where: Any) -> Seat:
    user = actions.add_person(
        by=Actor.command(),
        email=f"{slugify(told['title'])}@{place}.example",
        title=told["title"],
        is_example=True,
    )
    return actions.give_seat(by=Actor.command(), user=user, role=Role(told["role"]), **where)
