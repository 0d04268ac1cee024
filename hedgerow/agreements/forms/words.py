"""What a facilitator types when writing down what a member said elsewhere."""

from django import forms

from hedgerow.agreements.models import ON_BEHALF, Channel
from hedgerow.people.models import Organisation


class ChannelField(forms.ChoiceField):
    """How it reached whoever writes it down. Cleaned to a Channel."""

    def __init__(self, **kwargs):
        super().__init__(
            label="How did it reach you?",
            choices=[(channel.value, channel.label) for channel in ON_BEHALF],
            widget=forms.RadioSelect,
            error_messages={"required": "Choose how it reached you."},
            **kwargs,
        )

    def clean(self, value):
        return Channel(super().clean(value))


class SaidByField(forms.ChoiceField):
    """One of the members handed to the form as `choices`. Cleaned to the Organisation."""

    def __init__(self, **kwargs):
        super().__init__(
            label="Who said it?",
            widget=forms.RadioSelect,
            error_messages={
                "required": "Choose who said it.",
                "invalid_choice": "Choose one of the members.",
            },
            **kwargs,
        )

    def clean(self, value):
        return Organisation.objects.get(pk=int(super().clean(value)))
