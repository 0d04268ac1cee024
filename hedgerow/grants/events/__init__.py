"""What the history says in this room."""

from collections.abc import Mapping

from hedgerow.core.rooms import Sentence

from . import assessing, awarding, giving, mediation, opportunities

SENTENCES: Mapping[str, Sentence] = {
    **assessing.SENTENCES,
    **awarding.SENTENCES,
    **giving.SENTENCES,
    **mediation.SENTENCES,
    **opportunities.SENTENCES,
}
