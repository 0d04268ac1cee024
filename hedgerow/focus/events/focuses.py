from collections.abc import Mapping

from hedgerow.core.rooms import Sentence, Told
from hedgerow.look.words import count


def _focus_proposed(told: Told) -> str:
    things = count(told.detail["n"], "idea")
    return f"{told.by} put {things} to the vote as our focus, as decision {told.detail['number']}."


SENTENCES: Mapping[str, Sentence] = {"focus.focus_proposed": _focus_proposed}
