"""What the history says in this room."""

from collections.abc import Mapping

from hedgerow.core.rooms import Sentence

from . import budgets, gains, handing_in, plans, progress

SENTENCES: Mapping[str, Sentence] = {
    **budgets.SENTENCES,
    **gains.SENTENCES,
    **handing_in.SENTENCES,
    **plans.SENTENCES,
    **progress.SENTENCES,
}
