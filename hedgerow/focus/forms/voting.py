"""A red spot, and ten votes: what one organisation says in a round."""

from dataclasses import dataclass

from django import forms
from django.forms import BoundField

from hedgerow.analysis.red_spot import MOST_OPTIONS, VOTES
from hedgerow.look.words import count, first_up, number

from .shortlisting import WordsField

NO_SPOT = "none"


class RedSpotForm(forms.Form):
    """options: pairs of key and title of what stands."""

    spot = forms.ChoiceField(
        label="Your red spot",
        help_text=(
            "One, if you want it, for an idea of no benefit to your organisation. It strikes the "
            "idea out before anyone votes."
        ),
        widget=forms.RadioSelect,
        initial=NO_SPOT,
        error_messages={"required": "Choose an idea, or that you use no red spot."},
    )
    reason = WordsField(
        label="Why?", help_text="Needed only with a red spot. Every member reads it."
    )

    NONE = "We use no red spot"

    def __init__(self, *args, options, **kwargs):
        super().__init__(*args, **kwargs)
        titles = [(str(key), title) for key, title in options]
        self.fields["spot"].choices = [(NO_SPOT, self.NONE), *titles]

    def clean(self):
        """Gives `candidate`, a key or None, and `reason`."""
        said = super().clean()
        spot = said.pop("spot", "")
        if not spot:
            return said
        said["candidate"] = None if spot == NO_SPOT else int(spot)
        if spot == NO_SPOT:
            said["reason"] = ""
        elif "reason" in said and not said["reason"]:
            self.add_error("reason", "Say why, so that the others understand it.")
        return said


@dataclass(frozen=True, kw_only=True)
class Stepper:
    """One idea with its number between two buttons."""

    key: int
    title: str
    bound: BoundField
    focus: str  # "less" or "more", where that one was pressed last


class BallotForm(forms.Form):
    """Ten votes on at most three ideas. options: pairs of key and title of what stands.

    `is_cast`: all ten have to be spent. Else it only counts.
    """

    def __init__(self, *args, options, votes=None, is_cast=True, pressed=("", 0), **kwargs):
        super().__init__(*args, **kwargs)
        self.options = list(options)
        self.is_cast, self.pressed = is_cast, pressed
        for key, title in self.options:
            self.fields[_name(key)] = votes_field(title, (votes or {}).get(key, 0))

    @classmethod
    def recounted(cls, data, *, options) -> "BallotForm":
        """What was typed, with one vote fewer or more where a button says so. Nothing is cast."""
        form = cls(data, options=options, is_cast=False)
        if not form.is_valid():
            return form
        votes = form.cleaned_data["votes"]
        for button, change in (("less", -1), ("more", 1)):
            key = next((key for key, _ in options if str(key) == data.get(button)), None)
            if key is not None:
                votes[key] = min(VOTES, max(0, votes.get(key, 0) + change))
                return cls(options=options, votes=votes, pressed=(button, key))
        return cls(options=options, votes=votes)

    def steppers(self) -> list[Stepper]:
        button, at = self.pressed
        return [
            Stepper(key=key, title=title, bound=self[_name(key)], focus=button if key == at else "")
            for key, title in self.options
        ]

    @property
    def placed(self) -> int:
        return sum(self._typed())

    @property
    def in_short(self) -> str:
        """8 placed, 2 left."""
        left = VOTES - self.placed
        return f"{self.placed} placed, {f'{-left} too many' if left < 0 else f'{left} left'}"

    @property
    def so_far(self) -> str:
        n_ideas = sum(1 for n in self._typed() if n)
        if n_ideas > MOST_OPTIONS:
            return (
                f"That is on {number(n_ideas)} ideas; {number(MOST_OPTIONS)} are the most. "
                f"Take the votes from {number(n_ideas - MOST_OPTIONS)}."
            )
        if self.placed > VOTES:
            return f"{self.placed} votes are placed. Take {number(self.placed - VOTES)} away."
        if self.placed == VOTES:
            return "All ten are placed. They count once you cast them."
        if not self.placed:
            return f"You have {VOTES} votes, for one, two or three ideas."
        left = VOTES - self.placed
        more = n_ideas < MOST_OPTIONS
        return (
            f"You have {count(left, 'vote')} left. "
            f"{first_up(number(self.placed))} {'is' if self.placed == 1 else 'are'} placed, on "
            f"{count(n_ideas, 'idea')}"
            f"{'' if more else ', which are as many as you can choose'}."
        )

    def clean(self):
        """Gives `votes`: key -> votes, above nought."""
        said = super().clean()
        if self.errors:
            return said
        votes = {key: n for key, _ in self.options if (n := said[_name(key)])}
        if self.is_cast:
            for wrong in wrong_with(votes):
                self.add_error(None, wrong)
        return {"votes": votes}

    def _typed(self) -> list[int]:
        """What stands in the fields; what cannot be read counts as nothing."""
        values = (str(self[_name(key)].value() or "").strip() for key, _ in self.options)
        return [int(value) if _is_votes(value) else 0 for value in values]


def votes_field(label: str, votes: int | None = None) -> forms.IntegerField:
    wrong = f"Write a whole number from 0 to {VOTES}."
    return forms.IntegerField(
        label=label,
        required=False,
        min_value=0,
        max_value=VOTES,
        initial=votes,
        widget=forms.NumberInput(attrs={"inputmode": "numeric", "autocomplete": "off"}),
        error_messages={"invalid": wrong, "min_value": wrong, "max_value": wrong},
    )


def wrong_with(votes: dict[int, int]) -> list[str]:
    """What keeps this from being one ballot, in sentences."""
    found = []
    placed = sum(votes.values())
    if placed != VOTES:
        are = "vote is" if placed == 1 else "votes are"
        found.append(f"{first_up(number(placed))} {are} placed. A ballot spends all ten.")
    if len(votes) > MOST_OPTIONS:
        found.append(
            f"They are on {number(len(votes))} ideas. Three are the most; take the votes from "
            f"{number(len(votes) - MOST_OPTIONS)}."
        )
    return found


def _name(key: int) -> str:
    return f"votes-{key}"


def _is_votes(text: str) -> bool:
    return text.isascii() and text.isdecimal() and len(text) < 3
