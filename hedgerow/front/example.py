"""The example: an invented programme, furnished by each room through its own actions."""

from collections.abc import Mapping
from dataclasses import asdict, dataclass
from datetime import timedelta
from itertools import groupby
from typing import Any

from django.conf import settings
from django.core.management import call_command
from django.db import transaction
from django.urls import reverse

from hedgerow.core import clock, links, rooms
from hedgerow.core.actions import Refused
from hedgerow.people.example import Scene, read
from hedgerow.people.models import Programme, Role, Seat, User
from hedgerow.people.readers import live

LINK_LASTS = timedelta(days=7)
DIARIES = (
    "charters.yaml",
    "rounds.yaml",
    "focus.yaml",
    "plans.yaml",
    "awards.yaml",
    "diary.yaml",
)  # of one day, in this order
A_STEP = 3  # minutes between two things done on one day


@dataclass(frozen=True, kw_only=True)
class DemoLink:
    """One person of the example. Keys are as `hedgerow demo links --json` promises them."""

    person: str  # "Chief executive, Open Door"
    role: str  # "Core Group member"
    organisation: str  # "" for somebody who sits for none
    cluster: str  # "" for the programme's people
    url: str  # signs in once

    def plain(self) -> dict[str, str]:
        return asdict(self)

    @property
    def words(self) -> str:
        return ", ".join(part for part in (self.person, self.role, self.cluster) if part)


def is_loaded() -> bool:
    return Programme.objects.filter(is_example=True).exists()


@transaction.atomic
def load() -> bool:
    """Furnish the example as of today; False if it stands already."""
    if is_loaded():
        return False
    scene = Scene(today=clock.today())
    for room in rooms.rooms():
        if room.example:
            room.example(scene)
    _live(scene)
    return True


def _live(scene: Scene) -> None:
    """What the invented people did, day by day, each in the room where it is done."""
    told = [
        {**step, "cluster": page["cluster"]}
        for name in DIARIES
        for page in read(name)
        for step in page["steps"]
    ]
    deeds = rooms.deeds()
    for day, steps in groupby(sorted(told, key=_day), key=_day):
        for n, step in enumerate(steps):
            with clock.at(scene.instant(day, n * A_STEP)):
                deeds[step["do"]](scene, step["cluster"], step)


def _day(step: Mapping[str, Any]) -> int:
    return int(step["day"])


def refuse_if_anything_is_real() -> None:
    """Raises Refused if the database holds a person or a programme that is not for show."""
    programmes = Programme.objects.filter(is_example=False, is_published=False)
    if programmes.exists() or User.objects.filter(is_example=False).exists():
        raise Refused(
            "There are real people or programmes here, so nothing was emptied. "
            "Set HEDGEROW_HOME to another folder to try things in."
        )


def empty() -> None:
    call_command("flush", interactive=False, verbosity=0)


def links_for_everybody() -> list[DemoLink]:
    """A new link for each seat of the example, good for a week and for one signing in."""
    seats = (
        Seat.objects.filter(live(clock.now()), user__is_example=True)
        .select_related("user", "cluster", "organisation")
        .order_by("pk")
    )
    return [_link(seat) for seat in seats]


def _link(seat: Seat) -> DemoLink:
    token = links.make(
        "demo",
        person=seat.user_id,
        seat=seat.pk,
        about=seat.user_id,
        version=0,
        expires_at=clock.now() + LINK_LASTS,
    )
    where = seat.organisation or seat.cluster or seat.programme
    return DemoLink(
        person=f"{seat.user.title}, {where}",
        role=Role(seat.role).label,
        organisation=seat.organisation.name if seat.organisation else "",
        cluster=seat.cluster.name if seat.cluster else "",
        url=f"{settings.PUBLIC_URL}{reverse('people:demo_link', args=[token])}",
    )
