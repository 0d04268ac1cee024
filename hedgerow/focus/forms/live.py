"""What a facilitator types for members who say it at the table, by telephone or on paper."""

from dataclasses import dataclass

from django import forms
from django.core.exceptions import ValidationError
from django.forms import BoundField

from hedgerow.agreements.actions.speakers import MOST_WORDS
from hedgerow.agreements.forms.words import ChannelField
from hedgerow.agreements.models import Channel

from .voting import NO_SPOT, votes_field, wrong_with


class MemberField(forms.ChoiceField):
    """One of the members handed to the form. Cleaned to the key of the organisation."""

    def __init__(self, **kwargs):
        super().__init__(
            label="Which member?",
            error_messages={"required": "Choose the member."},
            **kwargs,
        )

    def offer(self, members):
        """members: pairs of key and name."""
        self.choices = [("", "Choose a member"), *((str(key), name) for key, name in members)]

    def clean(self, value):
        return int(super().clean(value))


@dataclass(frozen=True, kw_only=True)
class SpotLine:
    key: int
    name: str
    spot: BoundField
    reason: BoundField
    wrong: tuple[str, ...]


class SpotsForm(forms.Form):
    """A line for each member: an idea or none, and why. Lines that are left as they are are skipped.

    members, options: pairs of key and name.
    """

    channel = ChannelField(initial=Channel.TABLE.value)

    def __init__(self, *args, members, options, **kwargs):
        super().__init__(*args, **kwargs)
        self.members = list(members)
        said = [
            ("", "Has not said"),
            (NO_SPOT, "Uses no red spot"),
            *((str(key), title) for key, title in options),
        ]
        for key, name in self.members:
            self.fields[f"spot-{key}"] = forms.ChoiceField(
                label=f"Red spot of {name}", choices=said, required=False
            )
            self.fields[f"reason-{key}"] = forms.CharField(
                label=f"Why, in the words of {name}", required=False, max_length=MOST_WORDS
            )

    def lines(self) -> list[SpotLine]:
        found = []
        for key, name in self.members:
            spot, reason = self[f"spot-{key}"], self[f"reason-{key}"]
            wrong = (*spot.errors, *reason.errors)
            found.append(SpotLine(key=key, name=name, spot=spot, reason=reason, wrong=wrong))
        return found

    def clean(self):
        """Gives `spots`: key of an organisation -> key of an option or None, and the reason."""
        said = super().clean()
        spots = {}
        for key, _ in self.members:
            spot, reason = said.get(f"spot-{key}"), said.get(f"reason-{key}")
            if spot is None or reason is None or not (spot or reason):
                continue
            if not spot:
                self.add_error(f"spot-{key}", "Choose what they said.")
            elif spot != NO_SPOT and not reason:
                self.add_error(f"reason-{key}", "Say why, so that the others understand it.")
            spots[key] = (None, "") if spot in ("", NO_SPOT) else (int(spot), reason)
        if not spots and not self.errors:
            raise ValidationError("Say of at least one member what it said.")
        return {"spots": spots, "channel": said.get("channel")}


@dataclass(frozen=True, kw_only=True)
class GridLine:
    key: int
    name: str
    cells: tuple[BoundField, ...]
    wrong: tuple[str, ...]


class BallotsForm(forms.Form):
    """A line for each member, a number for each idea. Lines that are left empty are skipped.

    members, options: pairs of key and name.
    """

    channel = ChannelField(initial=Channel.TABLE.value)

    def __init__(self, *args, members, options, **kwargs):
        super().__init__(*args, **kwargs)
        self.members, self.options = list(members), list(options)
        for organisation, name in self.members:
            for option, title in self.options:
                field = votes_field(f"{name}, {title}")
                field.widget.attrs["class"] = "ch3"
                self.fields[_name(organisation, option)] = field

    def lines(self) -> list[GridLine]:
        found = []
        for organisation, name in self.members:
            cells = tuple(self[_name(organisation, option)] for option, _ in self.options)
            wrong = tuple(dict.fromkeys(said for cell in cells for said in cell.errors))
            found.append(GridLine(key=organisation, name=name, cells=cells, wrong=wrong))
        return found

    def clean(self):
        """Gives `ballots`: key of an organisation -> key of an option -> votes, above nought."""
        said = super().clean()
        ballots = {}
        for organisation, _ in self.members:
            names = {option: _name(organisation, option) for option, _ in self.options}
            if any(field in self.errors for field in names.values()):
                continue
            typed = {option: said.get(field) for option, field in names.items()}
            if all(n is None for n in typed.values()):
                continue
            votes = {option: n for option, n in typed.items() if n}
            for wrong in wrong_with(votes):
                self.add_error(names[self.options[0][0]], wrong)
            ballots[organisation] = votes
        if not ballots and not self.errors:
            raise ValidationError("Type the ten votes of at least one member.")
        return {"ballots": ballots, "channel": said.get("channel")}


def _name(organisation: int, option: int) -> str:
    return f"v-{organisation}-{option}"
