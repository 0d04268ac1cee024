"""What people type to write a shortlist down, and to say how findings are brought together."""

from django import forms
from django.core.exceptions import ValidationError

from hedgerow.analysis.red_spot import ENOUGH
from hedgerow.core.forms import DayField
from hedgerow.look.words import number

from .shortlisting import WordsField


class ShortlistForm(forms.Form):
    """ideas: rows of all that are live; those of `left` are ticked to begin with."""

    ideas = forms.MultipleChoiceField(
        label="What is on our shortlist?",
        help_text="One to three. You may choose others than the votes left.",
        widget=forms.CheckboxSelectMultiple,
        error_messages={"required": "Tick one idea at least."},
    )
    words = WordsField(
        label="What did your talk come to?",
        help_text="Why these, and who saw it differently. Every later page shows it.",
        missing="Write down what your talk came to, and who saw it differently.",
        rows=5,
    )
    version = forms.IntegerField(required=False, widget=forms.HiddenInput)  # of the shortlisting

    def __init__(self, *args, ideas, left=(), **kwargs):
        super().__init__(*args, **kwargs)
        self.known = {str(idea.pk): idea for idea in ideas}
        self.fields["ideas"].choices = [(key, str(idea)) for key, idea in self.known.items()]
        self.fields["ideas"].initial = [key for key, idea in self.known.items() if idea.pk in left]

    def clean_ideas(self):
        chosen = set(self.cleaned_data["ideas"])
        if len(chosen) > ENOUGH:
            raise ValidationError(
                f"That is {number(len(chosen))}; three are the most. Take out "
                f"{number(len(chosen) - ENOUGH)}."
            )
        return [idea for key, idea in self.known.items() if key in chosen]


class FindingsForm(forms.Form):
    findings = WordsField(
        label="How do you bring together what the pairs find?",
        help_text="At a meeting of all, by a letter round, with your board: in a sentence or two.",
        missing="Say how you bring it together.",
    )
    findings_by = DayField(
        label="By which day?",
        help_text="Day, month, year: 17/3/2026 or 17 March 2026.",
        error_messages={"required": "Write the day."},
    )
    version = forms.IntegerField(widget=forms.HiddenInput)
