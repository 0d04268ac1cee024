from django import forms

from hedgerow.workplans.actions.handing_in import MOST_WORDS


class HandInForm(forms.Form):
    """`digest` of what was read; the page writes it by itself, so that it is of what it shows."""

    words = forms.CharField(
        label="What changed since the last one?",
        help_text=f"A word for those who read it. {MOST_WORDS:,} characters at most.",
        max_length=MOST_WORDS,
        required=False,
        widget=forms.Textarea(attrs={"rows": 4}),
        error_messages={"max_length": f"Write {MOST_WORDS:,} characters at most."},
    )
    digest = forms.CharField(widget=forms.HiddenInput)

    def __init__(self, *args, is_first, **kwargs):
        super().__init__(*args, **kwargs)
        if is_first:
            self.fields["words"].label = "Is there anything to say about it?"
