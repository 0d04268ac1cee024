from django import forms

from hedgerow.core.forms import DayField, PoundsField
from hedgerow.grants.actions.opportunities import MOST_WORDS
from hedgerow.grants.models import Opportunity, OpportunityKind
from hedgerow.people.forms import OneLine

_SAID = (
    "title",
    "offered_by",
    "kind",
    "words",
    "for_whom",
    "least",
    "most",
    "link",
    "closes_on",
    "is_public",
)


class OpportunityForm(forms.Form):
    title = OneLine(
        label="What is offered?",
        help_text="In a line: “Small grants for training together”.",
        max_length=160,
        error_messages={"required": "Say in a line what is offered."},
    )
    offered_by = OneLine(
        label="Who offers it?",
        max_length=160,
        error_messages={"required": "Say who offers it."},
    )
    kind = forms.ChoiceField(
        label="What kind of thing is it?",
        choices=OpportunityKind.choices,
        widget=forms.RadioSelect,
        error_messages={"required": "Choose one of the four."},
    )
    words = forms.CharField(
        label="What is it?",
        help_text="In two or three sentences, and how to ask for it.",
        max_length=MOST_WORDS,
        widget=forms.Textarea(attrs={"rows": 5}),
        error_messages={"required": "Say in two or three sentences what it is."},
    )
    for_whom = OneLine(label="For whom?", max_length=200, required=False)
    least = PoundsField(label="From", help_text="The least that is given.", required=False)
    most = PoundsField(label="To", help_text="The most that is given.", required=False)
    link = OneLine(
        label="A web page about it",
        help_text="It begins with https://.",
        max_length=300,
        required=False,
    )
    closes_on = DayField(
        label="When does it close?",
        help_text="Left empty, it stays open.",
        required=False,
    )
    is_public = forms.BooleanField(
        label="Show it to anybody, not only to our clusters", required=False
    )

    @classmethod
    def of(cls, row: Opportunity) -> "OpportunityForm":
        return cls(initial={name: getattr(row, name) for name in _SAID})

    def clean_kind(self) -> OpportunityKind:
        return OpportunityKind(self.cleaned_data["kind"])

    def clean(self):
        said = super().clean()
        least, most = said.get("least"), said.get("most")
        if least is not None and most is not None and least > most:
            self.add_error("most", "This is less than the least. Check the two amounts.")
        return said


class EndForm(forms.Form):
    because = OneLine(
        label="Why did it end?",
        help_text="In a line, such as “All of it is given away”.",
        max_length=190,
        error_messages={"required": "Say in a line why it ended."},
    )
