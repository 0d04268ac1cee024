"""The register: what was released of answers that members keep, and who is asked for more."""

from collections import defaultdict
from collections.abc import Iterable, Mapping
from collections.abc import Set as AbstractSet
from dataclasses import dataclass
from datetime import datetime

from hedgerow.core.owners import Audience
from hedgerow.diagnostics.models import Asking, Consent, Release, Shared
from hedgerow.people.models import Member

BELOW_CLUSTER = (Audience.ONLY_US, Audience.FACILITATOR)


@dataclass(frozen=True, kw_only=True)
class Released:
    """One row of the register."""

    key: int
    asking: int
    profile: str
    cells: Mapping[str, int | None]
    contributors: frozenset[int]
    by_consent: bool
    held_back: str  # "", "too_few", "too_like" or "unsafe"
    at: datetime

    @property
    def shows(self) -> bool:
        return any(figure is not None for figure in self.cells.values())

    @property
    def is_whole(self) -> bool:
        return not self.held_back and None not in self.cells.values()


@dataclass(frozen=True, kw_only=True)
class Stand:
    """Where one asking stands with what its members keep to themselves."""

    releases: tuple[Released, ...] = ()  # the newest of each profile
    asked: frozenset[int] = frozenset()  # whose yes would let all of it be shown
    agreed: frozenset[int] = frozenset()
    gives_away: bool = False  # a yes of all who are asked would show what one who left kept

    @property
    def n_waited_for(self) -> int:
        return len(self.asked - self.agreed)

    def of(self, profile: str) -> Released | None:
        return next((row for row in self.releases if row.profile == profile), None)


def full_members(cluster: int) -> frozenset[int]:
    """Keys of the organisations that are asked."""
    members = Member.objects.filter(cluster=cluster, left_at=None, is_second_tier=False)
    return frozenset(members.values_list("organisation", flat=True))


def register_of(cluster: int, slugs: Iterable[str]) -> dict[str, list[Released]]:
    """By instrument, oldest first. One query."""
    found: dict[str, list[Released]] = defaultdict(list)
    rows = Release.objects.filter(asking__round__cluster=cluster, asking__slug__in=set(slugs))
    for row in rows.select_related("asking").defer("asking__text").order_by("pk"):
        found[row.asking.slug].append(
            Released(
                key=row.pk,
                asking=row.asking_id,
                profile=row.profile,
                cells=row.cells,
                contributors=frozenset(row.contributors),
                by_consent=row.by_consent,
                held_back=row.held_back,
                at=row.at,
            )
        )
    return found


def stands_of(askings: Iterable[Asking]) -> dict[int, Stand]:
    """By asking, of one round. Four queries for any number; no answer is read."""
    askings = list(askings)
    if not askings:
        return {}
    cluster = askings[0].round.cluster_id
    register = register_of(cluster, (asking.slug for asking in askings))
    if not register:
        return {asking.pk: Stand() for asking in askings}
    keys = [asking.pk for asking in askings]
    members = full_members(cluster)
    keeping, agreed = defaultdict(set), defaultdict(dict)
    shared = Shared.objects.filter(asking__in=keys, audience__in=BELOW_CLUSTER)
    for asking, organisation in shared.values_list("asking", "organisation"):
        keeping[asking].add(organisation)
    consents = Consent.objects.filter(asking__in=keys, ended_at=None)
    for asking, organisation, among in consents.values_list("asking", "organisation", "among"):
        agreed[asking][organisation] = among
    return {
        asking.pk: _stand(
            asking, register[asking.slug], keeping[asking.pk] & members, agreed[asking.pk], members
        )
        for asking in askings
    }


def _stand(
    asking: Asking,
    register: list[Released],
    keeping: set[int],
    agreed: Mapping[int, Iterable[int]],
    members: frozenset[int],
) -> Stand:
    """`agreed`: by who said yes, who was asked on that day. A yes to figures over three is none to
    figures over two, of which more could be worked out."""
    newest = {row.profile: row for row in register if row.asking == asking.pk}
    wanting = [row for row in newest.values() if not row.is_whole]
    asked = frozenset().union(*(row.contributors for row in wanting)) & keeping
    in_the_open = {asking.pk: members - keeping}
    gives_away = any(_gives_away(row, register, asked, in_the_open) for row in wanting)
    return Stand(
        releases=tuple(newest.values()),
        asked=frozenset() if gives_away else frozenset(asked),
        agreed=frozenset(key for key, among in agreed.items() if key in asked >= {*among}),
        gives_away=gives_away and bool(asked),
    )


def _gives_away(
    row: Released,
    register: list[Released],
    asked: AbstractSet[int],
    in_the_open: Mapping[int, AbstractSet[int]],
) -> bool:
    """Beside figures shown earlier, all of it would tell of an organisation that is not asked:
    one that is in those beside some of these, not in these, and shows its own to nobody."""
    now = row.contributors & asked
    for before in register:
        if before.profile != row.profile or before.by_consent or not before.shows:
            continue
        others = before.contributors - now - in_the_open.get(before.asking, frozenset())
        if others and before.contributors & now:
            return True
    return False
