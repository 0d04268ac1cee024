"""What the history says of the long list."""

from collections.abc import Iterable, Mapping

from hedgerow.core.rooms import Sentence, Told
from hedgerow.focus.models import Source
from hedgerow.look.words import count, listed

_FROM = {
    Source.PICTURE: ", from our shared picture",
    Source.CATALOGUE: ", from what clusters worked on before",
    Source.ELSEWHERE: ", from what others already do",
    Source.MEMBER: "",
}


def _added(told: Told) -> str:
    where = _FROM[Source(told.detail["source"])]
    return f"{told.by} put “{_idea(told)}” on the long list{where}."


def _changed(told: Told) -> str:
    things = count(told.detail["n"], "thing")
    return f"{told.by} changed {things} on the card “{_idea(told)}”."


def _quick_win_marked(told: Told) -> str:
    if told.detail["is_quick_win"]:
        return f"{told.by} marked “{_idea(told)}” as a quick win."
    return f"{told.by} said that “{_idea(told)}” is no quick win."


def _merged(told: Told) -> str:
    return f"{told.by} put {_named(told, 'parents')} together as “{_idea(told)}”."


def _split(told: Told) -> str:
    return f"{told.by} took “{_idea(told)}” apart into {_named(told, 'parts')}."


def _withdrawn(told: Told) -> str:
    return f"{told.by} took “{_idea(told)}” off the long list."


def _gain_said(told: Told) -> str:
    return f"{told.by} said what “{_idea(told)}” would do for {_organisation(told)}."


def _gain_changed(told: Told) -> str:
    return f"{told.by} said anew what “{_idea(told)}” would do for {_organisation(told)}."


def _gain_recorded(told: Told) -> str:
    return f"{told.by} wrote down what “{_idea(told)}” would do for {_organisation(told)}."


def _gain_confirmed(told: Told) -> str:
    return (
        f"{told.by} confirmed what was written down for {_organisation(told)} "
        f"about “{_idea(told)}”."
    )


def _gain_undone(told: Told) -> str:
    return f"{told.by} undid what was written down for {_organisation(told)} about “{_idea(told)}”."


def _idea(told: Told) -> str:
    return told.named("focus.idea", told.detail["idea"])


def _named(told: Told, key: str) -> str:
    keys: Iterable[int] = told.detail[key]
    return listed(f"“{told.named('focus.idea', one)}”" for one in keys)


def _organisation(told: Told) -> str:
    return told.named("people.organisation", told.detail["organisation"])


SENTENCES: Mapping[str, Sentence] = {
    "focus.idea_added": _added,
    "focus.idea_changed": _changed,
    "focus.quick_win_marked": _quick_win_marked,
    "focus.ideas_merged": _merged,
    "focus.idea_split": _split,
    "focus.idea_withdrawn": _withdrawn,
    "focus.gain_said": _gain_said,
    "focus.gain_changed": _gain_changed,
    "focus.gain_recorded": _gain_recorded,
    "focus.gain_confirmed": _gain_confirmed,
    "focus.gain_undone": _gain_undone,
}
