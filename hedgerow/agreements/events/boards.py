from collections.abc import Mapping

from hedgerow.core.owners import Audience
from hedgerow.core.rooms import Sentence, Told


def _said(told: Told) -> str:
    cluster = told.named("people.cluster", told.detail["cluster"])
    step = Audience(told.detail["step"]).label.lower()
    return f"{told.by} wrote down what our board says in {cluster}: for {step}."


SENTENCES: Mapping[str, Sentence] = {"agreements.board_said": _said}
