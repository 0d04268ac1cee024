"""What there is to look at for whoever comes by."""

from dataclasses import dataclass

from django.db.models import Q
from django.utils.text import slugify

from hedgerow.core import clock
from hedgerow.people.models import Programme, Role, Seat
from hedgerow.people.readers import live, seat_words


@dataclass(frozen=True, kw_only=True)
class Shown:
    has_record: bool
    has_example: bool

    @property
    def heading(self) -> str:
        n = self.has_record + self.has_example
        return ("For whoever runs this Hedgerow", "One thing to look at", "Two things to look at")[
            n
        ]


@dataclass(frozen=True, kw_only=True)
class CastLine:
    person: int  # key of the user
    words: str  # "Chief executive, Open Door"
    role: str


@dataclass(frozen=True, kw_only=True)
class CastGroup:
    heading: str  # a cluster, or the programme
    sentence: str
    lines: tuple[CastLine, ...]

    @property
    def ident(self) -> str:
        return slugify(self.heading)


def shown() -> Shown:
    """One query."""
    kinds = set(
        Programme.objects.filter(Q(is_example=True) | Q(is_published=True)).values_list(
            "is_example", flat=True
        )
    )
    return Shown(has_record=False in kinds, has_example=True in kinds)


def cast() -> list[CastGroup]:
    """The invented people, clusters first, then those of the programme. One query."""
    seats = (
        Seat.objects.filter(live(clock.now()), user__is_example=True)
        .select_related("user", "cluster", "organisation", "programme")
        .order_by("cluster__pk", "pk")
    )
    groups: dict[tuple[bool, str], list[Seat]] = {}
    for seat in seats:
        place = seat.cluster or seat.programme
        groups.setdefault((seat.cluster is None, str(place or "The platform")), []).append(seat)
    return [_group(name, found) for (_, name), found in sorted(groups.items(), key=_clusters_first)]


def starters(groups: list[CastGroup]) -> list[CastLine]:
    """One of each of the three people that Hedgerow is for."""
    lines = [line for group in groups for line in group.lines]
    wanted = (Role.CORE.label, Role.FACILITATOR.label, Role.MANAGER.label)
    found = (next((line for line in lines if line.role == role), None) for role in wanted)
    return [line for line in found if line]


def _clusters_first(item) -> bool:
    (is_staff, _), _ = item
    return is_staff


def _group(name: str, seats: list[Seat]) -> CastGroup:
    place = seats[0].cluster or seats[0].programme
    sentence = (place.purpose if seats[0].cluster else place.sentence) if place else ""
    return CastGroup(
        heading=name,
        sentence=sentence,
        lines=tuple(
            CastLine(person=seat.user_id, words=seat_words(seat), role=Role(seat.role).label)
            for seat in seats
        ),
    )
