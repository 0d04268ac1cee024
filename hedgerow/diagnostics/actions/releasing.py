"""Making releases: which figures, over whose answers, beside what was shown before."""

from collections.abc import Iterable, Mapping, Sequence
from typing import Any

from django.db.models import Q, QuerySet

from hedgerow.analysis import disclosure
from hedgerow.analysis.needs import NeedProfile
from hedgerow.core import clock
from hedgerow.core.actions import record
from hedgerow.core.actors import Actor
from hedgerow.core.owners import Audience, Owner
from hedgerow.diagnostics.models import Asking, Release, Round, Shared, Sheet
from hedgerow.diagnostics.pictures.shells import BELOW, MONEY, SCORES
from hedgerow.diagnostics.pictures.told import scores_in
from hedgerow.diagnostics.queries.registers import Stand
from hedgerow.diagnostics.queries.releasable import Brought, Table, profiles_of, tables_of
from hedgerow.diagnostics.questions.instruments import Answers, Scored
from hedgerow.diagnostics.questions.packs import instrument_of

Cells = dict[str, int | None]


def release_at_close(
    by: Actor, round: Round, askings: Sequence[Asking], members: Iterable[int]
) -> list[Release]:
    """One row for each table over answers below the cluster, shown or held back."""
    profiles = profiles_of(round.cluster_id)
    made = []
    for table in tables_of(round.cluster_id, askings, members):
        profile = profiles[table.shell.profile]
        held_back = table.held_back(profile)
        cells = {} if held_back else protected(table, profile, _known(table.asking))
        if not held_back and all(figure is None for figure in cells.values()):
            cells, held_back = {}, "unsafe"
        made.append(_made(by, round, table, table.brought, cells, held_back=held_back))
    return made


def release_by_consent(by: Actor, round: Round, asking: Asking, stand: Stand) -> list[Release]:
    """Everything that was held back, whole, over those who were asked and agreed."""
    made = []
    for table in tables_of(round.cluster_id, [asking], stand.asked):
        before = stand.of(table.shell.profile)
        if before is None or before.is_whole:
            continue
        brought = {key: of for key, of in table.brought.items() if key in before.contributors}
        if brought:
            cells: Cells = {
                cell: sum(_of_cell(brought, cell).values()) for cell in table.shell.cells
            }
            made.append(_made(by, round, table, brought, cells, by_consent=True))
    return made


def protected(table: Table, profile: disclosure.Profile, known: Iterable[frozenset[int]]) -> Cells:
    """The figures of a table that may be shown; None where one is not safe.

    `known`: groups whose answers somebody knows row by row, and from whom the rest must be safe.
    """
    shell, brought = table.shell, table.brought
    views = [of & brought.keys() for of in known]
    if shell.profile == SCORES:
        said = {key: {cell: bool(n) for cell, n in of.items()} for key, of in brought.items()}
        cells: Cells = disclosure.protect_counts(profile, said, tuple(shell.cells), views=views)
        return _without_hints(cells) if BELOW in cells else cells
    protect = disclosure.protect_total if shell.profile == MONEY else disclosure.protect_people
    return {cell: protect(profile, _of_cell(brought, cell), views=views) for cell in shell.cells}


def profile_at_close(
    askings: Sequence[Asking],
    told: Mapping[int, Mapping[int, Answers]],
    releases: Sequence[Release],
) -> NeedProfile:
    """What the round came to; one without functions where nothing asked what presses."""
    for asking in askings:
        instrument = instrument_of(asking.text)
        if instrument.scored is not Scored.NEEDS:
            continue
        scores = {key: scores_in(instrument, said).whole for key, said in told[asking.pk].items()}
        row = next((release for release in releases if release.asking_id == asking.pk), None)
        return NeedProfile(
            instrument=asking.slug,
            functions=tuple(option.slug for option in instrument.needs_table.rows),
            scores={key: of for key, of in scores.items() if of},
            released={cell: n for cell, n in row.cells.items() if n is not None} if row else {},
            n_unseen=len(row.contributors) if row else 0,
            names={option.slug: option.name for option in instrument.needs_table.rows},
        )
    return NeedProfile(instrument="", functions=(), scores={})


def _without_hints(cells: Cells) -> Cells:
    """Being below at all is being below in something: were some of these cells hidden and others
    shown, the ones would tell of the others. So all are shown, or the first alone, or none."""
    if None not in cells.values():
        return cells
    return {cell: figure if cell == BELOW else None for cell, figure in cells.items()}


def _known(asking: Asking) -> list[frozenset[int]]:
    """Whose answers are known row by row: to the facilitator, who reads them, read them, or wrote
    them down; and to the whole cluster, if they were closed only after it had seen them."""
    shared = Shared.objects.filter(asking=asking)
    written = Sheet.objects.filter(asking=asking, recorded_by__isnull=False)
    by_all = _organisations(shared.filter(seen_by__in=Audience.CLUSTER.up))
    at_facilitator = Q(audience=Audience.FACILITATOR) | Q(seen_by=Audience.FACILITATOR)
    return [by_all, by_all | _organisations(shared.filter(at_facilitator), written)]


def _organisations(*rows: QuerySet[Any]) -> frozenset[int]:
    return frozenset(key for some in rows for key in some.values_list("organisation", flat=True))


def _of_cell(brought: Brought, cell: str) -> dict[int, int]:
    return {key: of[cell] for key, of in brought.items() if cell in of}


def _made(
    by: Actor,
    round: Round,
    table: Table,
    brought: Brought,
    cells: Cells,
    *,
    held_back: str = "",
    by_consent: bool = False,
) -> Release:
    release = Release.objects.create(
        asking=table.asking,
        profile=table.shell.profile,
        cells=cells,
        contributors=sorted(brought),
        by_consent=by_consent,
        held_back=held_back,
        at=clock.now(),
    )
    record(
        "diagnostics.released",
        by=by,
        to=release,
        owner=(Owner.CLUSTER, round.cluster_id),
        asking=table.asking.pk,
        of=len(brought),
        shown=sum(figure is not None for figure in cells.values()),
        by_consent=by_consent,
    )
    return release
