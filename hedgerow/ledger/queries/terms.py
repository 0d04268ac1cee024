"""The terms of programmes: the newest version of each is the one that holds."""

from collections.abc import Iterable

from django.db.models import F, Max

from hedgerow.core.readings import asked_once
from hedgerow.ledger.models import Terms
from hedgerow.people.models import Programme


def terms_now(programme: Programme | int) -> Terms | None:
    """With its criteria and headings."""
    key = programme if isinstance(programme, int) else programme.pk
    return _terms_in([key])[key]


def terms_in(programmes: Iterable[Programme | int]) -> dict[int, Terms]:
    """Of those that have any. Three queries."""
    found = _terms_in([one if isinstance(one, int) else one.pk for one in programmes])
    return {key: terms for key, terms in found.items() if terms}


@asked_once
def _terms_in(programmes: Iterable[int]) -> dict[int, Terms | None]:
    keys = set(programmes)
    newest = Terms.objects.annotate(last=Max("programme__terms__number")).filter(
        programme__in=keys, number=F("last")
    )
    found = {
        terms.programme_id: terms
        for terms in newest.prefetch_related("criteria", "return_headings")
    }
    return {key: found.get(key) for key in keys}
