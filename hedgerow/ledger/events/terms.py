"""What the history says of the terms of a programme."""

from collections.abc import Mapping

from hedgerow.core.rooms import Sentence, Told
from hedgerow.units import pounds


def _terms_set(told: Told) -> str:
    amount = pounds(told.detail["amount"])
    return (
        f"{told.by} set the terms, version {told.detail['number']}: up to {amount} to each cluster."
    )


SENTENCES: Mapping[str, Sentence] = {"ledger.terms_set": _terms_set}
