from django import forms

from hedgerow.diagnostics.actions.sharing import STEPS


class ShareForm(forms.Form):
    audience = forms.ChoiceField(
        choices=[(step.value, step.label) for step in STEPS],
        widget=forms.RadioSelect,
        label="Who can see it?",
        error_messages={
            "required": "Choose who can see it.",
            "invalid_choice": "Choose one of these four.",
        },
    )
    version = forms.IntegerField(widget=forms.HiddenInput)
