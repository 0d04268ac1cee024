"""What people type about assessing, read into what the actions take."""

from django import forms

from hedgerow.agreements.forms.promises import SeatField
from hedgerow.core.forms import DayField
from hedgerow.grants.actions.assessing import MOST_COMMENT, MOST_REASON, MOST_WORDS
from hedgerow.grants.models import Assignment, Conflict
from hedgerow.grants.queries.assessing import own_scores

_DAY = "Day, month, year: 17/3/2026 or 17 March 2026."


class _Seats(forms.ModelMultipleChoiceField):
    label_from_instance = SeatField.label_from_instance


class AssignForm(forms.Form):
    assessors = _Seats(
        label="Who scores this plan?",
        queryset=None,
        widget=forms.CheckboxSelectMultiple,
        error_messages={
            "required": "Choose at least one assessor.",
            "invalid_choice": "One of these can no longer have this plan. Choose among those shown.",
        },
    )
    due_on = DayField(
        label="By when?",
        help_text=f"Two weeks are usual. {_DAY}",
        error_messages={"required": "Write the day."},
    )

    def __init__(self, *args, seats, **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["assessors"].queryset = seats


class DeclareForm(forms.Form):
    version = forms.IntegerField(widget=forms.HiddenInput)
    conflict = forms.ChoiceField(
        label="Do you have a conflict of interest?",
        widget=forms.RadioSelect,
        choices=[
            (Conflict.NONE, "No: I can judge this plan freely"),
            (Conflict.HAS, "Yes: somebody else has to score it"),
        ],
        error_messages={"required": "Choose one of the two."},
    )
    words = forms.CharField(
        label="What is it?",
        required=False,
        max_length=MOST_REASON,
        widget=forms.Textarea(attrs={"rows": 3}),
        help_text="A line or two, if you have one. The programme manager alone reads it.",
        error_messages={"max_length": f"Write {MOST_REASON} characters at most."},
    )

    def clean(self):
        said = super().clean()
        if said.get("conflict") == Conflict.HAS and not said.get("words"):
            self.add_error("words", "Say in a line or two what the conflict is.")
        return said


class ScoreForm(forms.Form):
    """Two fields for each criterion; all of them can stay empty in a draft."""

    version = forms.IntegerField(widget=forms.HiddenInput)
    comment = forms.CharField(
        label="What do you say of the whole plan?",
        help_text="What is strong in it, and what deciders ought to ask.",
        required=False,
        max_length=MOST_COMMENT,
        widget=forms.Textarea(attrs={"rows": 4}),
        error_messages={"max_length": f"Write {MOST_COMMENT:,} characters at most."},
    )

    def __init__(self, *args, assignment: Assignment, **kwargs):
        super().__init__(*args, **kwargs)
        self.lines = own_scores(assignment)
        self.initial.setdefault("comment", assignment.comment)
        self.initial.setdefault("version", assignment.version)
        for criterion, score in self.lines:
            self.fields[f"points_{criterion.pk}"] = forms.TypedChoiceField(
                label="Points",
                required=False,
                coerce=int,
                empty_value=None,
                choices=[("", "Not yet"), *((n, str(n)) for n in range(criterion.most + 1))],
                initial=score.points if score else None,
                error_messages={"invalid_choice": f"Choose from 0 to {criterion.most}."},
            )
            self.fields[f"words_{criterion.pk}"] = forms.CharField(
                label="Why?",
                required=False,
                max_length=MOST_WORDS,
                widget=forms.Textarea(attrs={"rows": 3}),
                initial=score.words if score else "",
                error_messages={"max_length": f"Write {MOST_WORDS:,} characters at most."},
            )

    @property
    def parts(self):
        """Each criterion with its two fields."""
        return [(one, self[f"points_{one.pk}"], self[f"words_{one.pk}"]) for one, _ in self.lines]

    def clean(self):
        said = super().clean()
        scores = {
            one.pk: (said.pop(f"points_{one.pk}", None), said.pop(f"words_{one.pk}", ""))
            for one, _ in self.lines
        }
        return {**said, "scores": scores}


class VersionForm(forms.Form):
    version = forms.IntegerField(widget=forms.HiddenInput)
