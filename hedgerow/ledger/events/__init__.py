"""What the history says of awards and their money."""

from collections.abc import Mapping

from hedgerow.core.rooms import Sentence

from . import awards, entries, terms

SENTENCES: Mapping[str, Sentence] = {**terms.SENTENCES, **awards.SENTENCES, **entries.SENTENCES}
