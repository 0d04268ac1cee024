"""What the programme's history says of how plans are assessed."""

from collections.abc import Mapping
from datetime import date

from hedgerow.core.rooms import Sentence, Told
from hedgerow.look.words import count, day


def _given_out(told: Told) -> str:
    by = day(date.fromisoformat(told.detail["due"]))
    n = count(len(told.detail["assessors"]), "assessor")
    return f"{told.by} gave the plan of {_cluster(told)} to {n}, to be scored by {by}."


def _declared(told: Told) -> str:
    what = "a conflict of interest" if told.detail["has"] else "no conflict of interest"
    return f"{told.by} declared {what} about the plan of {_cluster(told)}."


def _kept(told: Told) -> str:
    return f"{told.by} went on scoring the plan of {_cluster(told)}."


def _sent(told: Told) -> str:
    return f"{told.by} sent their scores on the plan of {_cluster(told)}."


def _taken_off(told: Told) -> str:
    who = told.named("people.seat", told.detail["assessor"])
    return f"{told.by} goes on without {who} on the plan of {_cluster(told)}."


def _cluster(told: Told) -> str:
    return told.named("people.cluster", told.detail["about"])


SENTENCES: Mapping[str, Sentence] = {
    "grants.plan_given_out": _given_out,
    "grants.declared": _declared,
    "grants.scores_kept": _kept,
    "grants.scores_sent": _sent,
    "grants.assessor_taken_off": _taken_off,
}
