from django import forms

from hedgerow.core import clock
from hedgerow.core.forms import DayField
from hedgerow.grants.actions.mediation import MOST_ASKED_BY, MOST_WORDS
from hedgerow.people.forms import OneLine


class NoteForm(forms.Form):
    on = DayField(
        label="On which day?",
        help_text="Day, month, year: 17/3/2026 or 17 March 2026.",
        error_messages={"required": "Write the day."},
    )
    asked_by = OneLine(
        label="Who asked for it?",
        required=False,
        max_length=MOST_ASKED_BY,
        help_text="A role or a member, such as “the facilitator”. No names of people.",
        error_messages={"max_length": f"Write {MOST_ASKED_BY} characters at most."},
    )
    words = forms.CharField(
        label="What did you do?",
        max_length=MOST_WORDS,
        widget=forms.Textarea(attrs={"rows": 4}),
        error_messages={
            "required": "Say what was done, in a line or two.",
            "max_length": f"Write {MOST_WORDS:,} characters at most.",
        },
    )
    outcome = forms.CharField(
        label="What came of it?",
        required=False,
        max_length=MOST_WORDS,
        widget=forms.Textarea(attrs={"rows": 3}),
        error_messages={"max_length": f"Write {MOST_WORDS:,} characters at most."},
    )

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["on"].last = clock.today()
