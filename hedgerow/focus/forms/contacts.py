from django import forms

from hedgerow.focus.actions.contacts import MOST_WORDS
from hedgerow.focus.models import ContactKind, Idea
from hedgerow.people.forms import OneLine


class _IdeaField(forms.ModelChoiceField):
    def label_from_instance(self, idea):
        return idea.title


class ContactForm(forms.Form):
    kind = forms.ChoiceField(
        label="What is it?",
        choices=ContactKind.choices,
        widget=forms.RadioSelect,
        initial=ContactKind.PERSON,
        error_messages={"required": "Choose one of the two."},
    )
    words = OneLine(
        label="Who or what, and what for?",
        help_text=(
            "Write a role and an organisation: “Head of training at the county council: do they "
            "have places left?” No private telephone numbers or addresses; everybody round the "
            "table reads it."
        ),
        max_length=MOST_WORDS,
        error_messages={"required": "Say whom to ask or what to check, and what for."},
    )
    idea = _IdeaField(
        label="For which idea?",
        queryset=Idea.objects.none(),
        required=False,
        empty_label="For all of them",
    )

    def __init__(self, *args, ideas, **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["idea"].queryset = ideas

    def clean_kind(self):
        return ContactKind(self.cleaned_data["kind"])


class CameOfForm(forms.Form):
    came_of = OneLine(
        label="What came of it?",
        help_text="In a line: what they said, or what you found.",
        max_length=MOST_WORDS,
        error_messages={"required": "Say in a few words what came of it."},
    )
