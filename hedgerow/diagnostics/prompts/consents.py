"""Figures that would be shown if an organisation of the reader's agreed."""

from collections.abc import Iterator, Sequence

from django.db.models import Exists, OuterRef, Subquery
from django.urls import reverse

from hedgerow.core.rooms import Prompt
from hedgerow.diagnostics import rules
from hedgerow.diagnostics.models import Asking, Release, Round
from hedgerow.diagnostics.queries.registers import stands_of
from hedgerow.diagnostics.questions.packs import instrument_of
from hedgerow.people.models import Member
from hedgerow.people.readers import Reader

TO_READ = 2  # minutes


def of_consents(reader: Reader, rounds: Sequence[Round]) -> Iterator[Prompt]:
    """Of closed rounds. One query, and four more for each round in which a yes is waited for."""
    own = {
        seat.cluster: seat.organisation for seat in reader.seats if seat.roles & rules.CONSENT.seats
    }
    mine = [round for round in rounds if round.cluster_id in own]
    for round, held in _held_back(mine, own).items():
        stands = stands_of(held)
        for asking in held:
            stand = stands[asking.pk]
            if own[round.cluster_id] in stand.asked - stand.agreed:
                yield _to_agree(round, asking)


def _held_back(rounds: Sequence[Round], own: dict[int, int]) -> dict[Round, list[Asking]]:
    """By round: what was not shown whole, and has answers of the reader's organisation in it. Each
    with the key of their membership."""
    if not rounds:
        return {}
    organisations = set(own.values())
    here = Member.objects.filter(
        cluster=OuterRef("asking__round__cluster"),
        organisation__in=organisations,
        left_at=None,
        is_second_tier=False,
    )
    shown = Release.objects.filter(
        asking=OuterRef("asking"), profile=OuterRef("profile"), by_consent=True
    )
    rows = (
        Release.objects.filter(~Exists(shown), asking__round__in=rounds)
        .annotate(member=Subquery(here.values("pk")[:1]))
        .select_related("asking")
    )
    by_key = {round.pk: round for round in rounds}
    found: dict[Round, dict[int, Asking]] = {}
    for row in rows:
        round = by_key[row.asking.round_id]
        is_whole = not row.held_back and None not in row.cells.values()
        if is_whole or not row.member or own[round.cluster_id] not in row.contributors:
            continue
        row.asking.member, row.asking.round = row.member, round
        found.setdefault(round, {})[row.asking_id] = row.asking
    return {round: list(askings.values()) for round, askings in found.items()}


def _to_agree(round: Round, asking: Asking) -> Prompt:
    return Prompt(
        key=f"diagnostics.consent:{asking.pk}:{asking.member}",
        sentence=f"Say whether figures on “{instrument_of(asking.text).name}” may be shown",
        why="Some answers, yours among them, are left out of the figures, because these would tell "
        "of somebody. They are shown if all who are asked agree. A no needs no reason.",
        minutes=TO_READ,
        url=reverse("diagnostics:consent", args=[asking.member, asking.pk]),
        button="Read what it means",
        place=round.cluster.name,
    )
