"""How long an instrument takes: as measured, or as guessed until it can be."""

from collections.abc import Iterable
from statistics import median

from django.db.models import Q

from hedgerow.diagnostics.models import Sheet
from hedgerow.diagnostics.questions.instruments import Instrument
from hedgerow.look.words import about_minutes, count

FEWEST = 5  # people who finished it, before their middle says anything


def minutes_in_words(instrument: Instrument) -> str:
    """ "about five minutes, the middle of 12 who answered". One query."""
    return all_in_words([instrument])[instrument.slug]


def all_in_words(instruments: Iterable[Instrument]) -> dict[str, str]:
    """By slug, for one version of each. One query, whatever their number."""
    instruments = list(instruments)
    took = _took(instruments)
    return {it.slug: _words(it, took.get((it.slug, it.version), [])) for it in instruments}


def _words(instrument: Instrument, took: list[int]) -> str:
    if len(took) < FEWEST:
        return f"{about_minutes(instrument.minutes)}, by our own guess"
    people = count(len(took), "person", "people")
    return f"{about_minutes(round(median(took) / 60))}, the middle of {people} who answered"


def _took(instruments: list[Instrument]) -> dict[tuple[str, int], list[int]]:
    """Seconds of each finished sheet that somebody filled in on the screen."""
    wanted = Q()
    for it in instruments:
        wanted |= Q(asking__slug=it.slug, asking__number=it.version)
    if not wanted:
        return {}
    sheets = Sheet.objects.filter(wanted, finished_at__isnull=False, seconds__gt=0)
    took: dict[tuple[str, int], list[int]] = {}
    for slug, number, seconds in sheets.order_by().values_list(
        "asking__slug", "asking__number", "seconds"
    ):
        took.setdefault((slug, number), []).append(seconds)
    return took
