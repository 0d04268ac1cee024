"""What people type about what became of a plan."""

from django import forms

from hedgerow.workplans.actions.progress import MOST_WORDS
from hedgerow.workplans.models import Result


class JudgeForm(forms.Form):
    result = forms.ChoiceField(
        label="What became of it?",
        choices=Result.choices,
        widget=forms.RadioSelect,
        error_messages={
            "required": "Choose one of the three.",
            "invalid_choice": "Choose one of the three.",
        },
    )
    words = forms.CharField(
        label="What shows it?",
        help_text="A number, a document, who says so. The return takes these words over.",
        max_length=MOST_WORDS,
        widget=forms.Textarea(attrs={"rows": 4}),
        error_messages={
            "required": "Say what shows it: a number, a document, who says so.",
            "max_length": f"Write {MOST_WORDS:,} characters at most.",
        },
    )
    version = forms.IntegerField(widget=forms.HiddenInput)

    @classmethod
    def of(cls, objective):
        return cls(
            initial={
                "result": objective.result,
                "words": objective.result_words,
                "version": objective.version,
            }
        )
