"""What the history says of shortlistings: who voted, and never what."""

from collections.abc import Mapping
from datetime import date

from hedgerow.core.rooms import Sentence, Told
from hedgerow.look.words import count, day, listed, out_of


def _begun(told: Told) -> str:
    how = "secretly" if told.detail["is_secret"] else "openly"
    return f"{told.by} began a shortlisting of {count(told.detail['n'], 'idea')}, voted on {how}."


def _opened(told: Told) -> str:
    until = told.detail["due_on"]
    when = f", until {day(date.fromisoformat(until))}" if until else ", in a meeting"
    return f"{told.by} opened {_round(told)}{when}."


def _closed(told: Told) -> str:
    voted = out_of(told.detail["n_voted"], told.detail["n_members"])
    gone, level = _titles(told, "gone"), _titles(told, "level")
    if told.detail["is_spots"]:
        came = f"struck out: {gone}" if gone else "nothing was struck out"
    elif level:
        came = f"level at the bottom: {level}"
    else:
        came = f"dropped: {gone}"
    absent = told.detail["absent"]
    names = listed(told.named("people.organisation", key) for key in absent)
    without = f", without {names}" if absent else ""
    return f"{told.by} closed {_round(told)}{without}; {came}. Of the members, {voted} took part."


def _settled(told: Told) -> str:
    level = _titles(told, "level")
    if told.detail["settled"] == "drop_all":
        return f"{told.by} wrote down what was said after {_round(told)}: {level} drop."
    return f"{told.by} wrote down what was said after {_round(told)}: vote again, as {level} were level."


def _given_up(told: Told) -> str:
    return f"{told.by} gave up a shortlisting."


def _spot_said(told: Told) -> str:
    return f"{told.by} said for {_whose(told)} whether it uses its red spot."


def _spot_changed(told: Told) -> str:
    return f"{told.by} said anew for {_whose(told)} whether it uses its red spot."


def _spot_recorded(told: Told) -> str:
    return f"{told.by} wrote down for {_whose(told)} whether it uses its red spot."


def _spot_confirmed(told: Told) -> str:
    return f"{told.by} confirmed what was written down for {_whose(told)} about its red spot."


def _spot_undone(told: Told) -> str:
    return f"{told.by} undid what was written down for {_whose(told)} about its red spot."


def _ballot_cast(told: Told) -> str:
    return f"{told.by} cast the ten votes of {_whose(told)} in {_round(told)}."


def _ballot_changed(told: Told) -> str:
    return f"{told.by} cast the ten votes of {_whose(told)} in {_round(told)} anew."


def _ballot_recorded(told: Told) -> str:
    return f"{told.by} wrote down the ten votes of {_whose(told)} in {_round(told)}."


def _ballot_confirmed(told: Told) -> str:
    return f"{told.by} confirmed the ten votes written down for {_whose(told)} in {_round(told)}."


def _ballot_undone(told: Told) -> str:
    return (
        f"{told.by} undid the ten votes written down for {_whose(told)} in {_round(told)}. "
        "It has not voted until it does."
    )


def _asked(told: Told) -> str:
    return f"{told.by} asked for {_whose(told)} that {_candidate(told)} comes back."


def _answer_given(told: Told) -> str:
    return f"{told.by} said for {_whose(told)} whether {_candidate(told)} comes back."


def _answer_changed(told: Told) -> str:
    return f"{told.by} said anew for {_whose(told)} whether {_candidate(told)} comes back."


def _answer_recorded(told: Told) -> str:
    return f"{told.by} wrote down what {_whose(told)} says to having {_candidate(told)} back."


def _answer_confirmed(told: Told) -> str:
    return (
        f"{told.by} confirmed what was written down for {_whose(told)} about having "
        f"{_candidate(told)} back."
    )


def _answer_undone(told: Told) -> str:
    return (
        f"{told.by} undid what was written down for {_whose(told)} about having "
        f"{_candidate(told)} back."
    )


def _granted(told: Told) -> str:
    return f"All members agreed: {_candidate(told)} stands again."


def _declined(told: Told) -> str:
    return f"Not all members agreed, so {_candidate(told)} does not come back."


def _reopening_undone(told: Told) -> str:
    return f"Not all members had agreed after all, so {_candidate(told)} is out again."


def _taken_back(told: Told) -> str:
    return f"{told.by} took back the request that {_candidate(told)} comes back."


def _written(told: Told) -> str:
    return f"{told.by} wrote a shortlist down, of {count(len(told.detail['ideas']), 'idea')}."


def _findings_planned(told: Told) -> str:
    return f"{told.by} wrote down how the pairs bring together what they find."


SENTENCES: Mapping[str, Sentence] = {
    "focus.shortlisting_begun": _begun,
    "focus.vote_round_opened": _opened,
    "focus.vote_round_closed": _closed,
    "focus.round_settled": _settled,
    "focus.shortlisting_given_up": _given_up,
    "focus.spot_said": _spot_said,
    "focus.spot_changed": _spot_changed,
    "focus.spot_recorded": _spot_recorded,
    "focus.spot_confirmed": _spot_confirmed,
    "focus.spot_undone": _spot_undone,
    "focus.ballot_cast": _ballot_cast,
    "focus.ballot_changed": _ballot_changed,
    "focus.ballot_recorded": _ballot_recorded,
    "focus.ballot_confirmed": _ballot_confirmed,
    "focus.ballot_undone": _ballot_undone,
    "focus.reopening_asked": _asked,
    "focus.answer_given": _answer_given,
    "focus.answer_changed": _answer_changed,
    "focus.answer_recorded": _answer_recorded,
    "focus.answer_confirmed": _answer_confirmed,
    "focus.answer_undone": _answer_undone,
    "focus.reopening_granted": _granted,
    "focus.reopening_declined": _declined,
    "focus.reopening_undone": _reopening_undone,
    "focus.reopening_taken_back": _taken_back,
    "focus.shortlist_written": _written,
    "focus.findings_planned": _findings_planned,
}


def _round(told: Told) -> str:
    """Its number in the record counts the red spots as the first."""
    number = told.detail["round"]
    return f"round {number - 1} of votes" if number > 1 else "the round of red spots"


def _whose(told: Told) -> str:
    return told.named("people.organisation", told.detail["organisation"])


def _candidate(told: Told) -> str:
    return f"“{told.named('focus.candidate', told.detail['candidate'])}”"


def _titles(told: Told, key: str) -> str:
    return listed(f"“{told.named('focus.candidate', one)}”" for one in told.detail[key])
