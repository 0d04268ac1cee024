"""What people type about gains."""

from django import forms

from hedgerow.agreements.forms.words import ChannelField, SaidByField
from hedgerow.core import clock
from hedgerow.core.forms import DayField, PoundsField
from hedgerow.look.words import day
from hedgerow.people.forms import OneLine
from hedgerow.people.models import Organisation
from hedgerow.workplans.actions.gains import (
    LONGEST_LINE,
    LONGEST_OTHERS,
    MOST_BECAUSE,
    MOST_EVIDENCE,
    MOST_SAID,
)
from hedgerow.workplans.models import GainKind

SAYS, NOTHING = "says", "nothing"


class LogGainForm(forms.Form):
    """members: keys and names of all members of today."""

    words = OneLine(
        label="What was gained?",
        help_text="One line: “The council asked us all to its housing table.”",
        max_length=LONGEST_LINE,
        error_messages={
            "required": "Say in a line what was gained.",
            "max_length": f"Write {LONGEST_LINE} characters at most.",
        },
    )
    kind = forms.ChoiceField(
        label="What kind of gain is it?",
        choices=GainKind.choices,
        widget=forms.RadioSelect,
        error_messages={
            "required": "Choose the kind that fits best.",
            "invalid_choice": "Choose the kind that fits best.",
        },
    )
    on = DayField(
        label="When did it happen?",
        help_text="Day, month, year: 17/3/2026 or 17 March 2026.",
        error_messages={"required": "Write the day."},
    )
    members = forms.MultipleChoiceField(
        label="Which members gained?",
        required=False,
        widget=forms.CheckboxSelectMultiple,
        error_messages={"invalid_choice": "Choose from the members."},
    )
    others = OneLine(
        label="Who else gained?",
        help_text="People you work for, the town, another charity. Leave it empty if nobody did.",
        max_length=LONGEST_OTHERS,
        required=False,
    )
    pence = PoundsField(
        label="What is it worth, in pounds?",
        help_text="Only if you can say. A gain counts as much without a value.",
        least=1,
        required=False,
    )
    evidence = forms.CharField(
        label="What shows it?",
        help_text="A letter, an invoice, a count. A worth needs it; nothing else does.",
        max_length=MOST_EVIDENCE,
        required=False,
        widget=forms.Textarea(attrs={"rows": 2}),
    )

    def __init__(self, *args, members, **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["members"].choices = members

    def clean_on(self):
        on = self.cleaned_data["on"]
        if on > clock.today():
            raise forms.ValidationError(
                f"{day(on)} has not come yet. Write it down when it has happened."
            )
        return on

    def clean_members(self):
        keys = [int(key) for key in self.cleaned_data["members"]]
        return list(Organisation.objects.filter(pk__in=keys).order_by("name"))

    def clean(self):
        cleaned = super().clean()
        who = cleaned.get("members") or cleaned.get("others")
        if not who and not {"members", "others"} & set(self.errors):
            self.add_error("members", "Choose who gained, or write below who else it was.")
        if cleaned.get("pence") and not cleaned.get("evidence") and "evidence" not in self.errors:
            self.add_error("evidence", "Say what shows that it is worth this.")
        return cleaned


class TakeBackForm(forms.Form):
    because = forms.CharField(
        label="Why is it taken back?",
        help_text="The line stays to be read, with this beside it.",
        max_length=MOST_BECAUSE,
        widget=forms.Textarea(attrs={"rows": 2}),
        error_messages={"required": "Say why it is taken back."},
    )


class SayGainsForm(forms.Form):
    choice = forms.ChoiceField(
        label="Did your organisation gain from working together, as planned or otherwise?",
        choices=[(SAYS, "Yes, and here is what"), (NOTHING, "There is nothing to add")],
        widget=forms.RadioSelect,
        error_messages={
            "required": "Choose one of the two.",
            "invalid_choice": "Choose one of the two.",
        },
    )
    words = forms.CharField(
        label="What did you gain?",
        help_text="In your own words. What is on the list already needs no second line.",
        max_length=MOST_SAID,
        required=False,
        widget=forms.Textarea(attrs={"rows": 4}),
        error_messages={"max_length": f"Write {MOST_SAID:,} characters at most."},
    )

    @classmethod
    def of(cls, line, **more):
        """line: what that organisation says now, or None."""
        if line is None or line.key is None:
            return cls(**more)
        choice = NOTHING if line.has_nothing else SAYS
        return cls(initial={"choice": choice, "words": line.words}, **more)

    def clean(self):
        """Gives `has_nothing`, as the actions take it."""
        cleaned = super().clean()
        if cleaned.get("choice") == SAYS and not cleaned.get("words") and not self.errors:
            self.add_error(
                "words", "Write what was gained, or choose that there is nothing to add."
            )
        if cleaned.get("choice") == NOTHING and cleaned.get("words"):
            self.add_error(
                "words", "You wrote what was gained. Choose the first answer, or leave this empty."
            )
        cleaned["has_nothing"] = cleaned.pop("choice", "") == NOTHING
        return cleaned


class RecordGainsForm(SayGainsForm):
    """A facilitator writes down what one member said."""

    organisation = SaidByField()
    channel = ChannelField()
    field_order = ("organisation", "choice", "words", "channel")

    def __init__(self, *args, members, **kwargs):
        """members: keys and names of those for whom it can be written down."""
        super().__init__(*args, **kwargs)
        self.fields["organisation"].choices = members
        self.fields["choice"].label = "Did they gain from working together?"
        self.fields["words"].label = "What did they gain, in their words?"
        self.fields["words"].help_text = "As they said it. Read it back to them if you can."
