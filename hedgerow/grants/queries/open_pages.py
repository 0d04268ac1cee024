"""Awards as anybody reads them on a page: of each programme that publishes, and a page of them."""

from collections import Counter, defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date

from hedgerow.grants.giving.shapes import Organisation
from hedgerow.grants.licences import BY_URL
from hedgerow.grants.models import Publisher
from hedgerow.look import words
from hedgerow.units import pounds

from .open_facts import Facts, sifted_awards
from .open_gathered import members_of


@dataclass(frozen=True, kw_only=True)
class OpenProgramme:
    """What anybody may read of one programme that publishes."""

    slug: str
    name: str
    is_example: bool
    publisher: str
    org_id: str
    licence: str
    licence_url: str
    awards: tuple[Facts, ...]  # all of its files, newest first
    n_held_back: int

    @property
    def pence(self) -> int:
        return sum(award.pence for award in self.awards)

    @property
    def released(self) -> int:
        return sum(award.released for award in self.awards)

    @property
    def sentence(self) -> str:
        n = words.first_up(words.count(len(self.awards), "award"))
        return f"{n} of {pounds(self.pence)} together; {pounds(self.released)} of it is released."


@dataclass(frozen=True, kw_only=True)
class AwardLine:
    cluster: str
    holder: str
    members: str  # with their numbers
    awarded_on: date
    pence: int
    released: int


def publishing() -> list[Publisher]:
    """Programmes that said as whom they publish; the invented ones last. One query."""
    found = Publisher.objects.select_related("programme").filter(programme__is_published=False)
    return list(found.order_by("programme__is_example", "programme__name", "pk"))


def open_programmes(publishers: Sequence[Publisher]) -> list[OpenProgramme]:
    """Four queries, for any number of programmes and awards."""
    found = sifted_awards([one.programme for one in publishers], with_example=True)
    awards: dict[int, list[Facts]] = defaultdict(list)
    for facts in reversed(found.fit):
        awards[facts.programme_key].append(facts)
    n_held_back = Counter(one.programme_key for one in found.held_back)
    return [
        OpenProgramme(
            slug=one.programme.slug,
            name=one.programme.name,
            is_example=one.programme.is_example,
            publisher=one.name,
            org_id=one.org_id,
            licence=BY_URL[one.licence].name if one.licence in BY_URL else one.licence,
            licence_url=one.licence,
            awards=tuple(awards[one.programme_id]),
            n_held_back=n_held_back[one.programme_id],
        )
        for one in publishers
    ]


def award_lines(awards: Iterable[Facts]) -> dict[int, AwardLine]:
    """By the key of the award. Two queries, for any number of them."""
    shown = list(awards)
    members = members_of([facts.cluster_key for facts in shown])
    return {facts.key: _line(facts, members.get(facts.cluster_key, {})) for facts in shown}


def _line(facts: Facts, members: Mapping[int, Organisation]) -> AwardLine:
    named = sorted(members.values(), key=lambda one: (one.name.casefold(), one.id))
    return AwardLine(
        cluster=facts.cluster_name,
        holder=facts.holder,
        members=", ".join(f"{one.name} ({one.id})" for one in named),
        awarded_on=facts.awarded_on,
        pence=facts.pence,
        released=facts.released,
    )
