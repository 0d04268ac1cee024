from collections.abc import Mapping

from hedgerow.core.owners import Audience
from hedgerow.core.rooms import Sentence, Told
from hedgerow.look.words import count


def _begun(told: Told) -> str:
    return f"{told.by} began to answer a round of questions of {_cluster(told)}."


def _section_kept(told: Told) -> str:
    return f"{told.by} went on answering the questions of {_cluster(told)}."


def _answers_given(told: Told) -> str:
    n = count(told.detail["n"], "answer")
    return f"{told.by} gave {n} to the questions of {_cluster(told)} at once."


def _finished(told: Told) -> str:
    return f"{told.by} finished their answers to the questions of {_cluster(told)}."


def _recorded(told: Told) -> str:
    n = count(told.detail["n"], "answer")
    return f"{told.by} wrote down {n} that we gave to the questions of {_cluster(told)}."


def _confirmed(told: Told) -> str:
    return f"{told.by} confirmed the answers that were written down for us in {_cluster(told)}."


def _shared(told: Told) -> str:
    step = Audience(told.detail["step"]).label.lower()
    return f"{told.by} chose who sees a part of our answers in {_cluster(told)}: {step}."


def _file_kept(told: Told) -> str:
    return f"{told.by} put a file to our answers in {_cluster(told)}."


def _file_removed(told: Told) -> str:
    return f"{told.by} took a file out of our answers in {_cluster(told)}."


def _cluster(told: Told) -> str:
    return told.named("people.cluster", told.detail["cluster"])


SENTENCES: Mapping[str, Sentence] = {
    "diagnostics.sheet_begun": _begun,
    "diagnostics.section_kept": _section_kept,
    "diagnostics.answers_given": _answers_given,
    "diagnostics.sheet_finished": _finished,
    "diagnostics.answers_recorded": _recorded,
    "diagnostics.sheet_confirmed": _confirmed,
    "diagnostics.section_shared": _shared,
    "diagnostics.file_kept": _file_kept,
    "diagnostics.file_removed": _file_removed,
}
