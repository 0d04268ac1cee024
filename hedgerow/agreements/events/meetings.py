from collections.abc import Mapping
from datetime import datetime

from hedgerow.core.rooms import Sentence, Told
from hedgerow.look.words import clock_time, day


def _called(told: Told) -> str:
    return f"{told.by} called “{_thing(told)}” for {_at(told, 'starts_at')}."


def _changed(told: Told) -> str:
    before, after = _at(told, "from_at"), _at(told, "starts_at")
    if before == after:
        return f"{told.by} changed what was said of “{_thing(told)}” on {after}."
    return f"{told.by} moved “{_thing(told)}” from {before} to {after}."


def _called_off(told: Told) -> str:
    return f"{told.by} called “{_thing(told)}” off."


def _answered(told: Told) -> str:
    said = "is coming to" if told.detail["answer"] == "coming" else "cannot come to"
    return f"{told.by} {said} “{_thing(told)}”."


def _begun(told: Told) -> str:
    return f"{told.by} began “{_thing(told)}”."


def _ended(told: Told) -> str:
    return f"{told.by} ended “{_thing(told)}”."


def _attendance_noted(told: Told) -> str:
    who = told.named("people.seat", told.detail["seat"])
    if not told.detail["came"]:
        did = "did not come to"
    elif told.detail["stood_in"]:
        did = "stood in at"
    else:
        did = "came to"
    return f"{told.by} wrote down that {who} {did} “{_thing(told)}”."


def _note_added(told: Told) -> str:
    return f"{told.by} wrote a note at “{_meeting(told)}”."


def _note_struck(told: Told) -> str:
    return f"{told.by} struck out a note of “{_meeting(told)}”."


def _item_added(told: Told) -> str:
    return f"{told.by} put “{_thing(told)}” on the agenda of “{_meeting(told)}”."


def _item_taken_off(told: Told) -> str:
    return f"{told.by} took “{_thing(told)}” off the agenda of “{_meeting(told)}”."


def _feed_made(told: Told) -> str:
    return f"{told.by} made an address for a calendar of {_of(told)}."


def _feed_ended(told: Told) -> str:
    return f"{told.by} took back the address of a calendar of {_of(told)}."


SENTENCES: Mapping[str, Sentence] = {
    "agreements.meeting_called": _called,
    "agreements.meeting_changed": _changed,
    "agreements.meeting_called_off": _called_off,
    "agreements.meeting_answered": _answered,
    "agreements.meeting_begun": _begun,
    "agreements.meeting_ended": _ended,
    "agreements.attendance_noted": _attendance_noted,
    "agreements.note_added": _note_added,
    "agreements.note_struck": _note_struck,
    "agreements.item_added": _item_added,
    "agreements.item_taken_off": _item_taken_off,
    "agreements.feed_made": _feed_made,
    "agreements.feed_ended": _feed_ended,
}


def _thing(told: Told) -> str:
    return str(told.thing) if told.thing else "something that is gone"


def _meeting(told: Told) -> str:
    return told.named("agreements.meeting", told.detail["meeting"])


def _of(told: Told) -> str:
    key = told.detail["cluster"]
    return told.named("people.cluster", key) if key else "all their clusters"


def _at(told: Told, key: str) -> str:
    instant = datetime.fromisoformat(told.detail[key])
    return f"{day(instant)}, {clock_time(instant)}"
