"""What was put to the vote, who spoke, and what came of it, as the record tells it."""

from collections.abc import Mapping

from hedgerow.core.rooms import Sentence, Told
from hedgerow.look.words import out_of

_STANCES = {
    "agree": "agrees",
    "abstain": "abstains",
    "disagree": "disagrees",
    "block": "blocks it",
}
_OUTCOMES = {
    "carried": "it carried",
    "not_carried": "it did not carry",
    "blocked": "it was blocked",
    "tied": "it was tied",
    "no_quorum": "too few spoke",
}


def _opened(told: Told) -> str:
    return f"{told.by} put {_thing(told)} to the vote."


def _closed(told: Told) -> str:
    spoke = out_of(told.detail["n_spoke"], told.detail["n_entitled"])
    outcome = _OUTCOMES[told.detail["outcome"]]
    return f"{told.by} closed {_thing(told)}: {outcome}. Of the members, {spoke} spoke."


def _withdrawn(told: Told) -> str:
    return f"{told.by} withdrew {_thing(told)}."


def _reopened(told: Told) -> str:
    return f"{told.by} reopened {_thing(told)}: it is put to the vote again."


def _voice_given(told: Told) -> str:
    return f"{told.by} voted for {_whose(told)} on {_decision(told)}: {_stance(told)}."


def _voice_changed(told: Told) -> str:
    return f"{told.by} changed the vote of {_whose(told)} on {_decision(told)}: {_stance(told)}."


def _voice_recorded(told: Told) -> str:
    return f"{told.by} wrote down the vote of {_whose(told)} on {_decision(told)}: {_stance(told)}."


def _voice_confirmed(told: Told) -> str:
    return f"{told.by} confirmed what was written down for {_whose(told)} on {_decision(told)}."


def _voice_undone(told: Told) -> str:
    return (
        f"{told.by} undid what was written down for {_whose(told)} on {_decision(told)}. "
        "It has no vote there until it speaks."
    )


def _remark_made(told: Told) -> str:
    return f"{told.by} said something about {_decision(told)}."


def _remark_taken_back(told: Told) -> str:
    return f"{told.by} took back a remark about {_decision(told)}."


def _way_kept(told: Told) -> str:
    return f"{told.by} kept version {told.detail['number']} of a way to decide, {_thing(told)}."


SENTENCES: Mapping[str, Sentence] = {
    "agreements.decision_opened": _opened,
    "agreements.decision_closed": _closed,
    "agreements.decision_withdrawn": _withdrawn,
    "agreements.decision_reopened": _reopened,
    "agreements.voice_given": _voice_given,
    "agreements.voice_changed": _voice_changed,
    "agreements.voice_recorded": _voice_recorded,
    "agreements.voice_confirmed": _voice_confirmed,
    "agreements.voice_undone": _voice_undone,
    "agreements.remark_made": _remark_made,
    "agreements.remark_taken_back": _remark_taken_back,
    "agreements.way_kept": _way_kept,
}


def _thing(told: Told) -> str:
    return f"“{told.thing}”" if told.thing else "something that is gone"


def _decision(told: Told) -> str:
    return f"“{told.named('agreements.decision', told.detail['decision'])}”"


def _whose(told: Told) -> str:
    return told.named("people.organisation", told.detail["organisation"])


def _stance(told: Told) -> str:
    return _STANCES[told.detail["stance"]]
