from django import forms

from hedgerow.charter.actions.purpose import FEWEST_YEARS, FURTHEST, MOST_WORDS, MOST_YEARS
from hedgerow.charter.models import Driver, Need, Objective
from hedgerow.core import clock
from hedgerow.core.forms import DayField


class PurposeForm(forms.Form):
    driver = forms.ChoiceField(
        label="What brought us together?",
        choices=[*Driver.choices, ("", "Not said yet")],
        required=False,
        widget=forms.RadioSelect,
        error_messages={"invalid_choice": "Choose one of these."},
    )
    driver_words = forms.CharField(
        label="In our own words",
        help_text="Two sentences are enough: what happened, and what would be true in three years.",
        max_length=MOST_WORDS,
        required=False,
        widget=forms.Textarea(attrs={"rows": 4}),
        error_messages={"max_length": f"Write {MOST_WORDS:,} characters at most."},
    )
    objectives = forms.MultipleChoiceField(
        label="What we want together",
        help_text="As many as are true.",
        choices=Objective.choices,
        required=False,
        widget=forms.CheckboxSelectMultiple,
        error_messages={"invalid_choice": "Choose from these."},
    )
    needs = forms.MultipleChoiceField(
        label="What we need to get better at",
        help_text="As many as are true.",
        choices=Need.choices,
        required=False,
        widget=forms.CheckboxSelectMultiple,
        error_messages={"invalid_choice": "Choose from these."},
    )
    readable_years = forms.IntegerField(
        label="Years for which all this can be read after the cluster has ended",
        help_text="Then it is erased, but for what was public.",
        min_value=FEWEST_YEARS,
        max_value=MOST_YEARS,
        error_messages={
            "required": "Write a number of years.",
            "invalid": "Write a number of years, in figures.",
            "min_value": f"Choose {FEWEST_YEARS} year or more.",
            "max_value": f"Choose {MOST_YEARS} years or fewer.",
        },
    )
    version = forms.IntegerField(widget=forms.HiddenInput)

    @classmethod
    def of(cls, charter):
        return cls(
            initial={
                "driver": charter.driver,
                "driver_words": charter.driver_words,
                "objectives": charter.objectives,
                "needs": charter.needs,
                "readable_years": charter.readable_years,
            }
        )


class GathererForm(forms.Form):
    seat = forms.TypedChoiceField(
        label="Who draws everybody’s answers together?",
        help_text="One person. They are asked, and say yes or no themselves.",
        coerce=int,
        widget=forms.RadioSelect,
        error_messages={
            "required": "Choose somebody.",
            "invalid_choice": "Choose somebody who sits round the table today.",
        },
    )
    version = forms.IntegerField(widget=forms.HiddenInput)

    def __init__(self, *args, seats, **kwargs):
        """`seats`: keys and words."""
        super().__init__(*args, **kwargs)
        self.fields["seat"].choices = seats


class AnswersByForm(forms.Form):
    on = DayField(
        label="By which day will every member have answered?",
        help_text="Day, month, year: 17/3/2026 or 17 March 2026.",
        error_messages={"required": "Write the day."},
    )
    version = forms.IntegerField(widget=forms.HiddenInput)

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        today = clock.today()
        self.fields["on"].first, self.fields["on"].last = today, today + FURTHEST
