from collections.abc import Mapping

from hedgerow.core.rooms import Sentence, Told
from hedgerow.look.words import count


def _round_closed(told: Told) -> str:
    absent = told.detail["absent"]
    if not absent:
        return f"{told.by} closed round {told.detail['number']} of questions; everybody was in it."
    without = count(len(absent), "member")
    return f"{told.by} closed round {told.detail['number']} of questions without {without}."


def _released(told: Told) -> str:
    of = count(told.detail["of"], "organisation")
    if not told.detail["shown"]:
        return (
            f"Nothing was shown of what {of} keep to themselves: it could have told of one of them."
        )
    if told.detail["by_consent"]:
        return f"Figures over answers that {of} kept back were shown, with the yes of each."
    return f"Figures over answers that {of} kept back were shown, as far as that was safe."


def _consented(told: Told) -> str:
    return f"{told.by} agreed that a table with our own answers is shown to {_cluster(told)}."


def _consent_taken_back(told: Told) -> str:
    return f"{told.by} took back that a table with our answers is shown to {_cluster(told)}."


def _cluster(told: Told) -> str:
    return told.named("people.cluster", told.detail["cluster"])


SENTENCES: Mapping[str, Sentence] = {
    "diagnostics.round_closed": _round_closed,
    "diagnostics.released": _released,
    "diagnostics.consented": _consented,
    "diagnostics.consent_taken_back": _consent_taken_back,
}
