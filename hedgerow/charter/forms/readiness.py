from django import forms

from hedgerow.charter.actions.readiness import MOST_WORDS, STEPS
from hedgerow.charter.questions import ANSWERS, readiness_parts

PREFIX = "q_"  # before the slug of a question


class ReadinessForm(forms.Form):
    """Every question of the file, none of which has to be answered."""

    limits = forms.CharField(
        label="Where does our generosity stop?",
        help_text="What we would not share, pay for or give up. Said early, it is a help to all.",
        max_length=MOST_WORDS,
        required=False,
        widget=forms.Textarea(attrs={"rows": 4}),
        error_messages={"max_length": f"Write {MOST_WORDS:,} characters at most."},
    )
    version = forms.IntegerField(widget=forms.HiddenInput)

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        for part in readiness_parts():
            for question in part.questions:
                self.fields[PREFIX + question.slug] = forms.ChoiceField(
                    label=question.question,
                    help_text=question.hint,
                    choices=[*ANSWERS.items(), ("", "No answer")],
                    required=False,
                    widget=forms.RadioSelect,
                    error_messages={"invalid_choice": "Choose one of these, or none."},
                )

    @classmethod
    def of(cls, readiness):
        """As it was answered so far."""
        answers = {PREFIX + slug: answer for slug, answer in readiness.answers.items()}
        return cls(initial={**answers, "limits": readiness.limits})

    def parts(self):
        """(part, its fields), in order."""
        return [
            (part, [self[PREFIX + question.slug] for question in part.questions])
            for part in readiness_parts()
        ]

    def clean(self):
        cleaned = super().clean()
        cleaned["answers"] = {
            name.removeprefix(PREFIX): cleaned.pop(name)
            for name in list(cleaned)
            if name.startswith(PREFIX)
        }
        return cleaned


class ShareForm(forms.Form):
    audience = forms.ChoiceField(
        choices=[(step.value, step.label) for step in STEPS],
        widget=forms.RadioSelect,
        label="Who can see it?",
        error_messages={
            "required": "Choose who can see it.",
            "invalid_choice": "Choose one of these three.",
        },
    )
    version = forms.IntegerField(widget=forms.HiddenInput)
