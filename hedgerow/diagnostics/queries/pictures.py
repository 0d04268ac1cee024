"""The shared picture of a round: computed when it is read, from what its owners show the cluster."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime

from hedgerow.core import clock
from hedgerow.diagnostics.models import Asking, Role, Round
from hedgerow.diagnostics.pictures import picture_of, pictures_by_role
from hedgerow.diagnostics.pictures.parts import Picture
from hedgerow.diagnostics.pictures.shells import SCORES, shells_of
from hedgerow.diagnostics.questions.instruments import Instrument, Scored
from hedgerow.diagnostics.questions.packs import instrument_of
from hedgerow.look.words import count, first_up, out_of
from hedgerow.people.models import Member
from hedgerow.people.models import Role as SeatRole
from hedgerow.people.readers import Reader

from .counted import Counted, counted
from .naming import Names
from .picture_baseline import BaselinePart, baseline_part
from .picture_changes import ChangesPart, changes_part
from .picture_needs import FEWEST_RANKED, NeedsPart, needs_part
from .picture_rest import (
    AmountLine,
    BesideLine,
    OffersPart,
    SpreadLine,
    SumsPart,
    beside_lines,
    offers_part,
    released_sums,
    spread_lines,
    sums_part,
)
from .register_lines import ReleaseLine, line_of
from .registers import Stand, stands_of

WHOLE_PICTURE = frozenset(
    {SeatRole.CORE, SeatRole.DEPUTY, SeatRole.FACILITATOR, SeatRole.OPERATOR}
)  # who reads what is shown to the cluster; others round the table read their own


@dataclass(frozen=True, kw_only=True)
class RolePart:
    role: str
    where: str  # "Manager, Self-check"
    n: int
    spreads: tuple[SpreadLine, ...]


@dataclass(frozen=True, kw_only=True)
class Part:
    """One instrument of a round."""

    asking: int
    slug: str
    name: str
    sentence: str
    source: str  # of the instrument: "Title, publisher, 2010."
    made_of: str  # "Made of the answers of four of six members. Two keep theirs to themselves."
    n_told: int
    n_unseen: int
    stand: Stand
    needs: NeedsPart | None = None
    baseline: BaselinePart | None = None
    offers: OffersPart | None = None
    sums: SumsPart | None = None
    spreads: tuple[SpreadLine, ...] = ()
    roles: tuple[RolePart, ...] = ()
    beside: tuple[BesideLine, ...] = ()
    released: tuple[AmountLine, ...] = ()  # sums
    counts: ReleaseLine | None = None  # what was released of marks and of yes and no
    changes: ChangesPart | None = None

    @property
    def is_alone(self) -> bool:
        """One answer so far: there is nothing to lay side by side."""
        return self.n_told < FEWEST_RANKED

    @property
    def is_begun(self) -> bool:
        """Whether there is anything to say of it."""
        return bool(self.n_told or self.n_unseen or self.stand.releases)


@dataclass(frozen=True, kw_only=True)
class RoundPicture:
    parts: tuple[Part, ...]  # of all that is asked
    is_own_only: bool  # the reader sees the answers of their own organisation alone
    at: datetime

    @property
    def begun(self) -> list[Part]:
        return [part for part in self.parts if part.is_begun]

    @property
    def waiting(self) -> list[Part]:
        """What nobody has answered yet."""
        return [part for part in self.parts if not part.is_begun]


def picture_of_round(
    reader: Reader, round: Round, askings: Sequence[Asking], *, whole: bool = False
) -> RoundPicture:
    """`askings` are all of the round, or one of them; `whole` adds what is only laid side by side.

    Six queries while the round is open, ten after, for any number of askings and members.
    """
    names = names_in(reader, round.cluster_id)
    before = _before(round, [asking.slug for asking in askings])
    roles = {asking.pk: asking.roles for asking in (*askings, *before.values())}
    found = counted(reader, roles, names.by_key.keys())
    stands = {} if round.is_open else stands_of(askings)
    parts = []
    for asking in askings:
        earlier = before.get(asking.slug)
        parts.append(
            _part(
                asking,
                found[asking.pk],
                found[earlier.pk] if earlier else None,
                names,
                stands.get(asking.pk, Stand()),
                whole,
            )
        )
    return RoundPicture(
        parts=tuple(parts), is_own_only=not sees_whole(reader, round.cluster_id), at=clock.now()
    )


def sees_whole(reader: Reader, cluster: int) -> bool:
    return any(seat.role in WHOLE_PICTURE for seat in reader.in_cluster(cluster))


def names_in(reader: Reader, cluster: int) -> Names:
    """Of the full members of today, by their name. One query."""
    members = Member.objects.filter(cluster=cluster, left_at=None, is_second_tier=False)
    rows = members.order_by("organisation__name").values_list("organisation", "organisation__name")
    own = {seat.organisation for seat in reader.in_cluster(cluster) if seat.organisation}
    return Names(by_key=dict(rows), own=frozenset(own))


def _before(round: Round, slugs: Iterable[str]) -> dict[str, Asking]:
    """The same instruments as they were asked last before this round, by slug. One query."""
    rows = Asking.objects.filter(
        round__cluster=round.cluster_id, round__number__lt=round.number, slug__in=slugs
    )
    return {
        asking.slug: asking for asking in rows.select_related("round").order_by("round__number")
    }


def _part(
    asking: Asking,
    of: Counted,
    earlier: Counted | None,
    names: Names,
    stand: Stand,
    whole: bool,
) -> Part:
    instrument = instrument_of(asking.text)
    picture = picture_of(instrument, of.told, names.by_key)
    n_told = len(picture.members)
    cells = {cell: words for shell in shells_of(instrument) for cell, words in shell.cells.items()}
    return Part(
        asking=asking.pk,
        slug=asking.slug,
        name=instrument.name,
        sentence=instrument.sentence,
        source=source_words(instrument),
        made_of=_made_of(n_told, of, len(names.by_key), is_in_parts=len(instrument.sections) > 1),
        n_told=n_told,
        n_unseen=of.n_unseen,
        stand=stand,
        needs=_needs(instrument, picture, names, stand),
        baseline=picture.baseline and baseline_part(picture.baseline, names),
        offers=picture.offers and offers_part(picture.offers, names),
        sums=picture.sums and sums_part(picture.sums, instrument, names, n_told),
        spreads=() if of.by_role else spread_lines(_spreads(picture), instrument),
        roles=_roles(instrument, of, names),
        beside=beside_lines(picture.beside, instrument, names) if whole else (),
        released=released_sums([row for row in stand.releases if row.profile != SCORES], cells),
        counts=_counts(instrument, stand),
        changes=changes_part(instrument, earlier.told, of.told, names) if earlier else None,
    )


def _needs(
    instrument: Instrument, picture: Picture[int], names: Names, stand: Stand
) -> NeedsPart | None:
    if picture.needs is None:
        return None
    table = instrument.needs_table.slug
    return needs_part(picture.needs, table, names, stand.of(SCORES))


def _counts(instrument: Instrument, stand: Stand) -> ReleaseLine | None:
    row = stand.of(SCORES)
    return line_of(row, instrument) if row and row.shows else None


def _spreads(picture: Picture[int]):
    return (*picture.spreads, *(picture.sums.spreads if picture.sums else ()))


def _roles(instrument: Instrument, of: Counted, names: Names) -> tuple[RolePart, ...]:
    """What each role said, where they were asked one by one and it is a spread."""
    if not of.by_role or instrument.scored not in (Scored.SPREAD, Scored.NOTHING):
        return ()
    told = {(key, role): answers for role, by in of.by_role.items() for key, answers in by.items()}
    found = pictures_by_role(instrument, told, names.by_key)
    return tuple(
        RolePart(
            role=Role(role).label,
            where=f"{Role(role).label}, {instrument.name}",
            n=len(picture.members),
            spreads=spread_lines(picture.spreads, instrument),
        )
        for role, picture in found.by_role.items()
    )


def _made_of(n_told: int, of: Counted, n_members: int, *, is_in_parts: bool) -> str:
    said = ["Nobody’s answers are in it."]
    if n_told:
        said = [f"Made of the answers of {out_of(n_told, n_members)} members."]
    if of.n_unseen:
        keeps = "keeps" if of.n_unseen == 1 else "keep"
        which = "a part of theirs" if is_in_parts else "theirs"
        said.append(
            f"{first_up(count(of.n_unseen, 'member'))} {keeps} {which} to themselves; "
            "that is not counted."
        )
    if waiting := len(of.unconfirmed & of.told.keys()):
        said.append(
            f"{first_up(count(waiting, 'answer'))} "
            f"{'was' if waiting == 1 else 'were'} written down by the facilitator and "
            f"{'waits' if waiting == 1 else 'wait'} to be confirmed."
        )
    return " ".join(said)


def source_words(instrument: Instrument) -> str:
    source = instrument.source
    year = f", {source.year}" if source.year else ""
    return f"{instrument.title}. {source.title}, {source.publisher}{year}."


def news_of(picture: RoundPicture, *, is_open: bool) -> str:
    """What the picture says first, in a sentence."""
    if picture.is_own_only:
        return "What your own organisation answered."
    for part in picture.parts:
        if part.needs and part.needs.is_ranked:
            return part.needs.first
    if any(part.n_told for part in picture.parts):
        return "What members show each other, laid side by side."
    if not is_open:
        return "Nothing of it is shown to the whole cluster."
    return "Nothing is shown to the whole cluster yet. The picture grows with each answer."
