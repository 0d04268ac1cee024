"""What people type about pairs and their reports, read into what the actions take."""

from datetime import timedelta

from django import forms

from hedgerow.agreements.forms.promises import SeatField
from hedgerow.core import clock
from hedgerow.core.forms import DayField
from hedgerow.focus.actions.studies import MOST_WORDS
from hedgerow.focus.models import Study
from hedgerow.focus.queries.studies import QUESTIONS

USUAL = timedelta(days=21)  # from one meeting to the next


class PairForm(forms.Form):
    first = SeatField(
        label="Who looks into it?", error_messages={"required": "Choose who looks into it."}
    )
    second = SeatField(
        label="Together with whom?",
        help_text="Somebody of another member. What two hold slips less.",
        error_messages={"required": "Choose a second person, of another member."},
    )
    due_on = DayField(
        label="By when do they report?",
        help_text="Best before the next meeting. Day, month, year: 17/3/2026 or 17 March 2026.",
        error_messages={"required": "Write the day."},
    )

    def __init__(self, *args, holders, **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["first"].queryset = self.fields["second"].queryset = holders
        self.fields["due_on"].first = clock.today()

    def clean(self):
        said = super().clean()
        first, second = said.get("first"), said.get("second")
        if first and second and first.organisation_id == second.organisation_id:
            self.add_error(
                "second",
                f"Both are from {first.organisation}. Choose somebody of another member.",
            )
        return said


class StudyForm(forms.Form):
    """One field for each heading; all of them can stay empty in a draft."""

    version = forms.IntegerField(widget=forms.HiddenInput)

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        for name, (question, hint) in QUESTIONS.items():
            self.fields[name] = forms.CharField(
                label=question,
                help_text=hint,
                required=False,
                max_length=MOST_WORDS,
                widget=forms.Textarea(attrs={"rows": 4}),
                error_messages={"max_length": f"Write {MOST_WORDS:,} characters at most."},
            )

    @classmethod
    def of(cls, study: Study) -> "StudyForm":
        return cls(initial={name: getattr(study, name) for name in Study.HEADINGS})


class HandInForm(forms.Form):
    version = forms.IntegerField(widget=forms.HiddenInput)
