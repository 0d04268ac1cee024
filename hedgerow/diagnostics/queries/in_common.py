"""What pressed for most members when a round closed, in sentences."""

from collections.abc import Iterable, Iterator

from hedgerow.analysis.needs import NeedProfile
from hedgerow.core.readings import asked_once
from hedgerow.diagnostics.models import Round, Snapshot
from hedgerow.diagnostics.questions.packs import instrument_of
from hedgerow.journeys.results import Kept, read_back
from hedgerow.look.words import first_up, out_of

from .round_status import RoundStatus
from .rounds import status_of

MOST = 3


@asked_once
def in_common(rounds: Iterable[Round]) -> dict[int, tuple[str, ...]]:
    """By the key of the round: at most three sentences, the need of most first. Made of counts
    alone, of those who are still members. One query, and those of `status_of`."""
    rounds = list(rounds)
    rows = Snapshot.objects.filter(round__in=rounds, kind=NeedProfile.SLUG) if rounds else ()
    found: dict[int, tuple[str, ...]] = {round.pk: () for round in rounds}
    stands = status_of(rounds)
    for row in rows:
        profile = read_back(
            NeedProfile,
            Kept(kind=row.kind, version=row.version, whole=row.whole, parts=row.parts),
            members={member.organisation for member in stands[row.round_id].members},
        )
        found[row.round_id] = tuple(_said(profile, stands[row.round_id]))
    return found


def _said(profile: NeedProfile, stands: RoundStatus) -> Iterator[str]:
    """What presses for one alone is not in common."""
    names = _names(profile, stands)
    counted = [(slug, it) for slug, it in profile.pressing.items() if it.n > 1 and slug in names]
    counted.sort(key=lambda pair: pair[1].n, reverse=True)  # stable: what ties stays in order
    for slug, it in counted[:MOST]:
        # Some names are plural, so no verb stands beside them.
        yield f"{first_up(names[slug])}: pressing for {out_of(it.n, it.n_counted)}."


def _names(profile: NeedProfile, stands: RoundStatus) -> dict[str, str]:
    asking = next((it for it in stands.askings if it.slug == profile.instrument), None)
    if asking is None:
        return {}
    return {row.slug: row.name for row in instrument_of(asking.text).needs_table.rows}
