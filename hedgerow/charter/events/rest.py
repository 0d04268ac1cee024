from collections.abc import Mapping
from datetime import date

from hedgerow.core.owners import Audience
from hedgerow.core.rooms import Sentence, Told
from hedgerow.look.words import day


def _purpose_written(told: Told) -> str:
    return f"{told.by} wrote down what the cluster is for."


def _gatherer_named(told: Told) -> str:
    if told.detail["agreed"]:
        return f"{told.by} took on drawing everybody’s answers together."
    named = told.named("people.seat", told.detail["seat"])
    return f"{told.by} named who draws everybody’s answers together: {named}."


def _gatherer_agreed(told: Told) -> str:
    named = told.named("people.seat", told.detail["seat"])
    return f"{named}, said yes to drawing everybody’s answers together."


def _answers_by_set(told: Told) -> str:
    on = day(date.fromisoformat(told.detail["on"]))
    return f"{told.by} set the day by which every member will have answered: {on}."


def _readiness_begun(told: Told) -> str:
    return f"{told.by} began to look at how ready we are for {_cluster(told)}."


def _readiness_answered(told: Told) -> str:
    done = "finished" if told.detail["finished"] else "went on with"
    return f"{told.by} {done} the look at how ready we are for {_cluster(told)}."


def _readiness_shared(told: Told) -> str:
    step = Audience(told.detail["step"]).label.lower()
    return f"{told.by} chose who sees how ready we are for {_cluster(told)}: {step}."


def _profile_written(told: Told) -> str:
    return f"{told.by} wrote what the cluster says of itself to the world."


def _logo_set(told: Told) -> str:
    return f"{told.by} gave the cluster a picture."


def _logo_removed(told: Told) -> str:
    return f"{told.by} took the cluster’s picture away."


def _cluster(told: Told) -> str:
    return told.named("people.cluster", told.detail["cluster"])


SENTENCES: Mapping[str, Sentence] = {
    "charter.purpose_written": _purpose_written,
    "charter.gatherer_named": _gatherer_named,
    "charter.gatherer_agreed": _gatherer_agreed,
    "charter.answers_by_set": _answers_by_set,
    "charter.readiness_begun": _readiness_begun,
    "charter.readiness_answered": _readiness_answered,
    "charter.readiness_shared": _readiness_shared,
    "charter.profile_written": _profile_written,
    "charter.logo_set": _logo_set,
    "charter.logo_removed": _logo_removed,
}
