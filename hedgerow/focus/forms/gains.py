"""What people type about who would gain."""

from django import forms

from hedgerow.agreements.forms.words import ChannelField, SaidByField
from hedgerow.focus.actions.gains import LONGEST_WORDS
from hedgerow.people.forms import OneLine

GAINS, DOES_NOT = "gains", "does-not"


class GainForm(forms.Form):
    choice = forms.ChoiceField(
        label="If it comes about, would your organisation gain?",
        choices=[(GAINS, "Yes, we would gain"), (DOES_NOT, "No, there is nothing in it for us")],
        widget=forms.RadioSelect,
        error_messages={
            "required": "Choose one of the two.",
            "invalid_choice": "Choose one of the two.",
        },
    )
    words = OneLine(
        label="What would you gain, or why would you not?",
        help_text="One line. Everybody round the table reads it.",
        max_length=LONGEST_WORDS,
        error_messages={
            "required": "Say it in a line, so that the others can answer it.",
            "max_length": f"Write {LONGEST_WORDS} characters at most.",
        },
    )

    @classmethod
    def of(cls, line, **more):
        """line: what that organisation says now, or None."""
        if line is None or line.would_gain is None:
            return cls(**more)
        choice = GAINS if line.would_gain else DOES_NOT
        return cls(initial={"choice": choice, "words": line.words}, **more)

    def clean(self):
        """Gives `would_gain`, as the actions take it."""
        cleaned = super().clean()
        cleaned["would_gain"] = cleaned.pop("choice", "") == GAINS
        return cleaned


class RecordGainForm(GainForm):
    """A facilitator writes down what one member said."""

    organisation = SaidByField()
    channel = ChannelField()
    field_order = ("organisation", "choice", "words", "channel")

    def __init__(self, *args, members, **kwargs):
        """members: keys and names of those for whom it can be written down."""
        super().__init__(*args, **kwargs)
        self.fields["organisation"].choices = members
        self.fields["choice"].label = "Would they gain?"
        self.fields["choice"].choices = [
            (GAINS, "Yes, they would gain"),
            (DOES_NOT, "No, there is nothing in it for them"),
        ]
        self.fields["words"].label = "What, or why not, in their words"
