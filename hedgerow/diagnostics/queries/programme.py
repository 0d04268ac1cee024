"""A programme's figures: counted over what organisations opened to it, and never one answer.

Organisations are counted once for each instrument, as they answered it last in a round that has
closed: who looked at an open round again and again would see the figure move with each answer. A
figure is shown of five at least, and never where it is so for none or for all of them.
"""

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date

from hedgerow.analysis import disclosure
from hedgerow.analysis.baseline import check
from hedgerow.analysis.needs import pressing
from hedgerow.core import clock
from hedgerow.diagnostics import rules
from hedgerow.diagnostics.models import Asking, SectionAnswers
from hedgerow.diagnostics.pictures.told import says_in, scores_in
from hedgerow.diagnostics.questions.instruments import Answers, Instrument, Kind, Scored
from hedgerow.diagnostics.questions.packs import instrument_of
from hedgerow.look.words import count, first_up, out_of
from hedgerow.people.access import visible
from hedgerow.people.models import Member, Programme
from hedgerow.people.readers import Reader

from .counted import chosen
from .pictures import source_words

FEWEST = disclosure.PROFILES["scores"].fewest


@dataclass(frozen=True, kw_only=True)
class Opened:
    """One instrument over all who opened it to the programme."""

    slug: str
    name: str
    of: str  # "13 organisations in three clusters opened theirs to you."
    below: tuple[str, str] | None  # "12 of 13", and the sentence
    needs: tuple[str, ...]  # "Accounts: presses for eight of 13."
    too_few: bool
    source: str
    at: date


def figures_of(reader: Reader, programme: Programme) -> tuple[Opened, ...]:
    """Four queries."""
    told = _told(reader, programme)
    return tuple(
        _opened(instrument, of, {cluster for cluster, _ in of.values()}) for instrument, of in told
    )


def _told(
    reader: Reader, programme: Programme
) -> list[tuple[Instrument, dict[int, tuple[int, Answers]]]]:
    """By instrument, newest text first: organisation -> (cluster, answers)."""
    askings = Asking.objects.filter(
        round__cluster__programme=programme,
        round__closed_at__isnull=False,
        shared__audience__in=("funder", "everyone"),
    ).distinct()
    rows = list(
        askings.order_by("-round__opened_at", "-pk").values_list(
            "pk", "slug", "text", "roles", "round__cluster"
        )
    )
    members = _members(programme)
    sheets = chosen({row[0]: row[3] for row in rows}, {key for _, key in members})
    answers = _answers(reader, [row[0] for row in rows])
    found: dict[str, tuple[Instrument, dict[int, tuple[int, Answers]]]] = {}
    for key, slug, text, _roles, cluster in rows:
        _, of = found.setdefault(slug, (instrument_of(text), {}))
        for sheet in sheets[key]:
            said = answers.get(sheet.key)
            is_new = sheet.organisation not in of and (cluster, sheet.organisation) in members
            if said and is_new:
                of[sheet.organisation] = (cluster, said)
    return [pair for pair in found.values() if pair[1]]


def _members(programme: Programme) -> set[tuple[int, int]]:
    members = Member.objects.filter(
        cluster__programme=programme, left_at=None, is_second_tier=False
    )
    return set(members.values_list("cluster", "organisation"))


def _answers(reader: Reader, askings: Iterable[int]) -> Mapping[int, Answers]:
    keys = visible(reader, rules.SEE_COUNTED).filter(sheet__asking__in=askings).values("pk")
    found: dict[int, Answers] = defaultdict(dict)
    for sheet, said in SectionAnswers.objects.filter(pk__in=keys).values_list("sheet", "answers"):
        found[sheet].update(said)
    return found


def _opened(
    instrument: Instrument, of: Mapping[int, tuple[int, Answers]], clusters: set[int]
) -> Opened:
    n = len(of)
    told = [answers for _, answers in of.values()]
    return Opened(
        slug=instrument.slug,
        name=instrument.name,
        of=first_up(
            f"{count(n, 'organisation')} in {count(len(clusters), 'cluster')} opened theirs to you."
        ),
        below=_below(instrument, told),
        needs=tuple(_needs(instrument, told)),
        too_few=n < FEWEST,
        source=source_words(instrument),
        at=clock.today(),
    )


def _below(instrument: Instrument, told: Sequence[Answers]) -> tuple[str, str] | None:
    if instrument.scored is not Scored.BASELINE:
        return None
    items = [item.slug for item in instrument.items if item.kind is Kind.SAYS]
    flags = {item.slug for item in instrument.items if item.flags}
    reviewed = [said for answers in told if (said := says_in(instrument, answers))]
    n_below = sum(check(said, items, flags).state == "below" for said in reviewed)
    if not _is_safe(n_below, len(reviewed)):
        return None
    verb = "is" if n_below == 1 else "are"
    return f"{n_below} of {len(reviewed)}", (
        f"organisations reviewed {verb} below the baseline any small firm would expect."
    )


def _needs(instrument: Instrument, told: Sequence[Answers]) -> Iterable[str]:
    """What presses for most first; a function that few marked is left out."""
    if instrument.scored is not Scored.NEEDS:
        return
    scores = [scores_in(instrument, answers).whole for answers in told]
    found = []
    for row in instrument.needs_table.rows:
        marked = [of[row.slug] for of in scores if row.slug in of]
        n = sum(map(pressing, marked))
        if _is_safe(n, len(marked)):
            found.append((n, row.name, len(marked)))
    for n, name, of_n in sorted(found, key=lambda one: -one[0]):
        yield f"{name}: presses for {out_of(n, of_n)}."


def _is_safe(n: int, of: int) -> bool:
    return of >= FEWEST and 0 < n < of
