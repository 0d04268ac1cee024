"""What the history says of questions, answers and what was shown of them."""

from collections.abc import Mapping

from hedgerow.core.rooms import Sentence

from . import releases, rounds, sheets

SENTENCES: Mapping[str, Sentence] = {
    **rounds.SENTENCES,
    **sheets.SENTENCES,
    **releases.SENTENCES,
}
