"""What people type when an idea is asked to come back."""

from django import forms

from hedgerow.agreements.forms.words import ChannelField
from hedgerow.agreements.models import Channel

from .live import MemberField
from .shortlisting import WordsField

YES, NO = "yes", "no"


class AskForm(forms.Form):
    reason = WordsField(
        label="Why should it come back?",
        help_text="What is new, or what was not seen then. Every member reads it first.",
        missing="Say why it should come back.",
    )


class AnswerForm(forms.Form):
    agrees = forms.ChoiceField(
        label="Does it come back?",
        choices=[(YES, "Yes, we agree that it comes back"), (NO, "No")],
        widget=forms.RadioSelect,
        error_messages={"required": "Choose yes or no."},
    )
    reason = WordsField(label="Why?", help_text="Needed with a no. Every member reads it.")

    def clean(self):
        """Gives `agrees` as a truth, and `reason`."""
        said = super().clean()
        if "agrees" not in said:
            return said
        said["agrees"] = said["agrees"] == YES
        if not said["agrees"] and "reason" in said and not said["reason"]:
            self.add_error("reason", "Say why not, so that the others understand it.")
        return said


class RecordedAnswerForm(AnswerForm):
    organisation = MemberField()
    channel = ChannelField(initial=Channel.TABLE.value)
    field_order = ("organisation", "agrees", "reason", "channel")

    def __init__(self, *args, members, **kwargs):
        """members: pairs of key and name."""
        super().__init__(*args, **kwargs)
        self.fields["organisation"].offer(members)
        self.fields["agrees"].label = "What did they say?"
        self.fields["agrees"].choices = [(YES, "Yes, they agree that it comes back"), (NO, "No")]
        self.fields["reason"].label = "Why, in their words"
