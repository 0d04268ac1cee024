from django import forms
from django.core.exceptions import ValidationError

from hedgerow.agreements.forms.decisions import ProposalForm
from hedgerow.analysis.focus import MOST
from hedgerow.focus.models import Idea


class _IdeasField(forms.ModelMultipleChoiceField):
    def label_from_instance(self, idea):
        return idea.title


class FocusForm(ProposalForm):
    """A proposal whose title and options are the ideas that are chosen."""

    title = options = None
    ideas = _IdeasField(
        label="What is our focus?",
        help_text="One, two or three ideas, voted on together.",
        queryset=Idea.objects.none(),
        widget=forms.CheckboxSelectMultiple,
        error_messages={
            "required": "Choose at least one idea.",
            "invalid_choice": "One of these is no longer on the long list. Choose again.",
        },
    )
    field_order = ("ideas", "words", "way", "closes_on")

    def __init__(self, *args, ideas, in_order, **kwargs):
        """`ideas`: a queryset of what can be chosen. `in_order`: keys, as they are offered."""
        super().__init__(*args, **kwargs)
        self.in_order = list(in_order)
        self.fields["ideas"].queryset = ideas
        by_key = {idea.pk: idea for idea in ideas}
        self.fields["ideas"].choices = [
            (key, by_key[key].title) for key in self.in_order if key in by_key
        ]
        self.fields[
            "words"
        ].help_text = "What the talk came to, what it costs, and who saw it differently."

    def clean_options(self):
        return []

    def clean_ideas(self):
        ideas = sorted(self.cleaned_data["ideas"], key=lambda idea: self.in_order.index(idea.pk))
        if len(ideas) > MOST:
            raise ValidationError(
                f"You chose {len(ideas)}; three are the most. Leave out what can wait."
            )
        return ideas
