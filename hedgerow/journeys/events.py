"""The record in sentences."""

from collections.abc import Mapping
from datetime import date

from hedgerow.core.rooms import Sentence, Told
from hedgerow.look.words import count, day, days_of

from .models import Answered, SubmissionKind
from .plan_words import NAMES


def _design_loaded(told: Told) -> str:
    return f"{told.by} loaded version {told.detail['version']} of the journey’s design."


def _journey_started(told: Told) -> str:
    return f"{told.by} started the journey, from {_day(told, 'on')}."


def _exit_test_ticked(told: Told) -> str:
    test = told.named("journeys.exittest", told.detail["test"])
    return f"{told.by} ticked a sentence of {_thing(told)}: “{test}”"


def _exit_test_unticked(told: Told) -> str:
    test = told.named("journeys.exittest", told.detail["test"])
    return f"{told.by} took a tick back in {_thing(told)}: “{test}”"


def _stage_closed(told: Told) -> str:
    opened = told.detail["opened"]
    then = f"{told.named('journeys.stage', opened)} opened" if opened else "it was the last one"
    return f"{told.by} closed {_thing(told)}; {then}."


def _journey_went_back(told: Told) -> str:
    left = told.named("journeys.stage", told.detail["left"])
    return f"{told.by} took the journey back from {left} to {_thing(told)}."


def _date_moved(told: Told) -> str:
    moved = f"from {_day(told, 'from_on')} to {_day(told, 'to_on')}"
    return f"{told.by} moved “{_thing(told)}” {moved}."


def _move_asked(told: Told) -> str:
    return f"{told.by} asked to move “{_thing(told)}” to {_day(told, 'to_on')}."


def _move_agreed(told: Told) -> str:
    return f"{told.by} agreed to move “{_thing(told)}” to {_day(told, 'to_on')}."


def _move_refused(told: Told) -> str:
    return f"{told.by} did not agree to move “{_thing(told)}” to {_day(told, 'to_on')}."


def _date_stands(told: Told) -> str:
    return f"{told.by} said that {_day(told, 'on')} stands for “{_thing(told)}”."


def _milestone_met(told: Told) -> str:
    return f"{told.by} said that “{_thing(told)}” was met on {_day(told, 'on')}."


def _milestone_unmet(told: Told) -> str:
    return f"{told.by} took back that “{_thing(told)}” was met."


def _days_logged(told: Told) -> str:
    return f"{told.by} logged {_half_days(told, 'half_days')} under “{_thing(told)}”."


def _days_struck(told: Told) -> str:
    return f"{told.by} struck out {_half_days(told, 'half_days')} under “{_thing(told)}”."


def _days_given(told: Told) -> str:
    before = days_of(told.detail["before"])
    return f"{told.by} changed “{_thing(told)}” from {before} to {_half_days(told, 'half_days')}."


def _parts_dropped(told: Told) -> str:
    organisation = told.named("people.organisation", told.detail["organisation"])
    n = count(len(told.detail["results"]), "stage’s result", "stages’ results")
    return f"What came from {organisation} was taken out of {n}."


def _submitted(told: Told) -> str:
    number = told.detail["number"]
    again = "" if number == 1 else f" again, as number {number}"
    return f"{told.by} handed in {_handed_in(told)}{again}."


def _submission_taken_back(told: Told) -> str:
    return f"{told.by} took {_handed_in(told)} back before the programme had answered."


def _submission_answered(told: Told) -> str:
    what = _handed_in(told)
    is_plan = told.detail["kind"] == SubmissionKind.PLAN
    did = {
        Answered.AGREED: f"agreed to {what}" if is_plan else f"accepted {what}",
        Answered.CONDITIONS: f"agreed to {what}, with conditions",
        Answered.RETURNED: f"sent {what} back and said what is missing",
        Answered.REDIRECTED: f"pointed the cluster to other support in answer to {what}",
    }
    return f"{told.by} {did[told.detail['answer']]}."


SENTENCES: Mapping[str, Sentence] = {
    "journeys.design_loaded": _design_loaded,
    "journeys.journey_started": _journey_started,
    "journeys.exit_test_ticked": _exit_test_ticked,
    "journeys.exit_test_unticked": _exit_test_unticked,
    "journeys.stage_closed": _stage_closed,
    "journeys.journey_went_back": _journey_went_back,
    "journeys.date_moved": _date_moved,
    "journeys.move_asked": _move_asked,
    "journeys.move_agreed": _move_agreed,
    "journeys.move_refused": _move_refused,
    "journeys.date_stands": _date_stands,
    "journeys.milestone_met": _milestone_met,
    "journeys.milestone_unmet": _milestone_unmet,
    "journeys.days_logged": _days_logged,
    "journeys.days_struck": _days_struck,
    "journeys.days_given": _days_given,
    "journeys.parts_dropped": _parts_dropped,
    "journeys.submitted": _submitted,
    "journeys.submission_taken_back": _submission_taken_back,
    "journeys.submission_answered": _submission_answered,
}


def _handed_in(told: Told) -> str:
    return NAMES[told.detail["kind"]]


def _thing(told: Told) -> str:
    return str(told.thing) if told.thing else "something that is gone"


def _day(told: Told, key: str) -> str:
    return day(date.fromisoformat(told.detail[key]))


def _half_days(told: Told, key: str) -> str:
    n = told.detail[key]
    return f"{days_of(n)} {'day' if n in (1, 2) else 'days'}"
