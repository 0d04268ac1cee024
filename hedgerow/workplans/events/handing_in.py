from collections.abc import Mapping

from hedgerow.core.rooms import Sentence, Told
from hedgerow.look.words import count


def _handed_in(told: Told) -> str:
    n = told.detail["n_open"]
    if not n:
        return f"{told.by} read the plan to its end, and handed it in with nothing missing."
    return f"{told.by} handed in the plan, knowing of {count(n, 'thing')} that may still be added."


SENTENCES: Mapping[str, Sentence] = {"workplans.plan_handed_in": _handed_in}
