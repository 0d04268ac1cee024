"""What people type about their seat and where they compete."""

from django import forms

from hedgerow.core.forms import PoundsField
from hedgerow.people.forms import OneLine
from hedgerow.people.models import Organisation

MOST_DAYS = 366


class DaysField(forms.IntegerField):
    """Whole days of people's time."""

    def __init__(self, **kwargs):
        super().__init__(
            min_value=0,
            max_value=MOST_DAYS,
            widget=forms.TextInput(attrs={"inputmode": "numeric", "autocomplete": "off"}),
            error_messages={
                "invalid": "Write whole days in figures, such as 5. Half days are not counted here.",
                "min_value": "Write 0 or more days.",
                "max_value": f"Write {MOST_DAYS} days or fewer.",
            },
            **kwargs,
        )


class DelegationForm(forms.Form):
    words = forms.CharField(
        label="What may your seat commit without going back to ask?",
        help_text="And what may it not? “Our time and our files. Nothing that binds our trustees.”",
        max_length=1000,
        widget=forms.Textarea(attrs={"rows": 3}),
        error_messages={"required": "Say in words what your seat may commit."},
    )
    up_to = PoundsField(
        label="Money, up to",
        help_text="In pounds: 500 or 1,200.50. 0 if none; empty if you do not say.",
        required=False,
    )
    days = DaysField(
        label="Days of your people’s time, up to",
        help_text="Whole days in all. 0 if none; empty if you do not say.",
        required=False,
    )


class CompetitionForm(forms.Form):
    where = OneLine(
        label="Where do you compete?",
        help_text="An area, a kind of work, a buyer: “Tenders for floating support in the town”.",
        max_length=200,
        error_messages={"required": "Say where you compete, or press “We compete nowhere”."},
    )
    others = forms.ModelMultipleChoiceField(
        label="With whom?",
        queryset=Organisation.objects.none(),
        widget=forms.CheckboxSelectMultiple,
        required=False,
        help_text="Choose nobody if you cannot say who it will be.",
    )
    stops = forms.CharField(
        label="What do you stop doing there?",
        help_text="While the cluster works on it. Leave it empty if nothing changes.",
        max_length=1000,
        required=False,
        widget=forms.Textarea(attrs={"rows": 2}),
    )

    def __init__(self, *args, others, **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["others"].queryset = others
