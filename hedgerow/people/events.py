"""The record in sentences."""

from collections.abc import Mapping
from datetime import date

from hedgerow.core.days import in_words
from hedgerow.core.rooms import Sentence, Told

from .models import Role
from .readers import seat_words


def _organisation(told: Told) -> str:
    return told.named("people.organisation", told.detail["organisation"])


def _thing(told: Told) -> str:
    return str(told.thing) if told.thing is not None else "something that is no longer here"


def _seat(told: Told) -> str:
    return seat_words(told.thing) if told.thing is not None else "somebody"


def _role(told: Told) -> str:
    label = Role(told.detail["role"]).label
    return label if label.startswith("Core") else label[0].lower() + label[1:]


def _count(number: object, thing: str) -> str:
    words = ("no", "one", "two", "three", "four", "five", "six", "seven", "eight", "nine")
    n = int(str(number))
    return f"{words[n] if n < len(words) else n} {thing}{'' if n == 1 else 's'}"


def _programme_created(told: Told) -> str:
    return f"{told.by} set up {_thing(told)}."


def _cluster_created(told: Told) -> str:
    return f"{told.by} set up {_thing(told)}, which waits for its first members."


def _cluster_opened(told: Told) -> str:
    return f"{told.by} opened the public page of {_thing(told)}: anyone can read it."


def _cluster_closed(told: Told) -> str:
    return f"{told.by} closed the public page of {_thing(told)}."


def _cluster_ended(told: Told) -> str:
    return f"{told.by} ended {_thing(told)}. It can be read, and not be changed."


def _organisation_joined(told: Told) -> str:
    how = " as a supporter" if told.detail["is_second_tier"] else ""
    return f"{_organisation(told)} joined{how}. {told.by} put it in."


def _organisation_left(told: Told) -> str:
    seats = _count(told.detail["seats"], "seat")
    return f"{_organisation(told)} left; {seats} ended with it. {told.by} took it out."


def _organisation_created(told: Told) -> str:
    return f"{told.by} put {_thing(told)} on its first page."


def _organisation_described(told: Told) -> str:
    return f"{told.by} said anew what {_thing(told)} is and does."


def _person_added(told: Told) -> str:
    return f"{told.by} added a person: {_thing(told)}."


def _person_described(told: Told) -> str:
    return f"{told.by} changed how they are named, or what is sent to them."


def _seat_given(told: Told) -> str:
    return f"{told.by} gave the seat of {_role(told)} to {_seat(told)}."


def _seat_taken(told: Told) -> str:
    return f"{_seat(told)} accepted an invitation, and is now {_role(told)}."


def _seat_ended(told: Told) -> str:
    return f"The seat of {_seat(told)} as {_role(told)} ended. {told.by} ended it."


def _mandate_given(told: Told) -> str:
    deputy = told.named("people.seat", told.detail["deputy"])
    first, last = _day(told, "from_on"), _day(told, "until_on")
    days = f"on {first}" if first == last else f"from {first} to {last}"
    return f"{deputy} stands in {days}. {told.by} said so."


def _mandate_ended(told: Told) -> str:
    deputy = told.named("people.seat", told.detail["deputy"])
    return f"{told.by} took back that {deputy} stands in until {_day(told, 'until_on')}."


def _glass_broken(told: Told) -> str:
    reason = told.thing.broken_glass.reason if told.thing is not None else "not known any more"
    return (
        f"{told.by} opened this cluster to read it, for four hours; everybody was told. "
        f"The reason: “{reason}”"
    )


def _invited(told: Told) -> str:
    whom = f" for {_organisation(told)}" if told.detail["organisation"] else ""
    return f"{told.by} invited somebody to be {_role(told)}{whom}."


def _invitation_revoked(told: Told) -> str:
    whom = f" for {_organisation(told)}" if told.detail["organisation"] else ""
    return f"{told.by} took back an invitation to be {_role(told)}{whom}."


def _record_loaded(told: Told) -> str:
    facts = f"{told.detail['facts']:,}"
    return f"{told.by} loaded the published record of {_thing(told)}: {facts} facts."


def _account_closed(told: Told) -> str:
    return f"{told.by} closed this account."


def _account_opened(told: Told) -> str:
    return f"{told.by} opened this account again."


def _person_erased(told: Told) -> str:
    seats = _count(told.detail["seats"], "seat")
    return f"A person was erased; {seats} ended with it. {told.by} asked for it."


def _factors_cleared(told: Told) -> str:
    return f"{told.by} cleared the second factor, which was lost."


def _code_asked(told: Told) -> str:
    return "Somebody asked for a code to sign in."


def _code_sent(told: Told) -> str:
    return "A code to sign in was sent."


def _code_typed(told: Told) -> str:
    return "The code was typed."


def _code_wrong(told: Told) -> str:
    return "A wrong code was typed."


def _signed_in(told: Told) -> str:
    return f"Signed in, with {_thing(told)}."


def _signed_out(told: Told) -> str:
    return f"Signed out of {_thing(told)}."


def _signed_out_everywhere(told: Told) -> str:
    return f"Signed out everywhere: {_count(told.detail['n'], 'browser')}."


def _example_entered(told: Told) -> str:
    return f"Somebody came into the example as {_thing(told)}."


def _app_made(told: Told) -> str:
    return "Began to set up an authenticator app."


def _app_confirmed(told: Told) -> str:
    return "Set up an authenticator app."


def _app_removed(told: Told) -> str:
    return "Took the authenticator app away."


def _passkey_added(told: Told) -> str:
    return "Set up a passkey."


def _passkey_removed(told: Told) -> str:
    return "Took a passkey away."


def _recovery_codes_made(told: Told) -> str:
    return "Made new recovery codes; the old ones are dead."


def _factor_shown(told: Told) -> str:
    return "Showed the second factor."


def _factor_wrong(told: Told) -> str:
    return "A wrong second factor was shown."


def _day(told: Told, name: str) -> str:
    return in_words(date.fromisoformat(told.detail[name]))


SENTENCES: Mapping[str, Sentence] = {
    "people.programme_created": _programme_created,
    "people.cluster_created": _cluster_created,
    "people.cluster_opened": _cluster_opened,
    "people.cluster_closed": _cluster_closed,
    "people.cluster_ended": _cluster_ended,
    "people.organisation_joined": _organisation_joined,
    "people.organisation_left": _organisation_left,
    "people.organisation_created": _organisation_created,
    "people.organisation_described": _organisation_described,
    "people.person_added": _person_added,
    "people.person_described": _person_described,
    "people.seat_given": _seat_given,
    "people.seat_taken": _seat_taken,
    "people.seat_ended": _seat_ended,
    "people.mandate_given": _mandate_given,
    "people.mandate_ended": _mandate_ended,
    "people.glass_broken": _glass_broken,
    "people.invited": _invited,
    "people.invitation_revoked": _invitation_revoked,
    "people.record_loaded": _record_loaded,
    "people.account_closed": _account_closed,
    "people.account_opened": _account_opened,
    "people.person_erased": _person_erased,
    "people.factors_cleared": _factors_cleared,
    "people.code_asked": _code_asked,
    "people.code_sent": _code_sent,
    "people.code_typed": _code_typed,
    "people.code_wrong": _code_wrong,
    "people.signed_in": _signed_in,
    "people.signed_out": _signed_out,
    "people.signed_out_everywhere": _signed_out_everywhere,
    "people.example_entered": _example_entered,
    "people.app_made": _app_made,
    "people.app_confirmed": _app_confirmed,
    "people.app_removed": _app_removed,
    "people.passkey_added": _passkey_added,
    "people.passkey_removed": _passkey_removed,
    "people.recovery_codes_made": _recovery_codes_made,
    "people.factor_shown": _factor_shown,
    "people.factor_wrong": _factor_wrong,
}
