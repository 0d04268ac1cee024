from django import forms

from hedgerow.agreements.actions.boards import MOST_WORDS, STEPS
from hedgerow.agreements.models import BoardAnswer, BoardSays
from hedgerow.core import clock
from hedgerow.core.forms import DayField
from hedgerow.core.owners import Audience

YES, NO = "yes", "no"
_DAY = "Day, month, year: 17/3/2026 or 17 March 2026."


class BoardForm(forms.Form):
    must_agree = forms.ChoiceField(
        label="Must your board agree before we go ahead?",
        choices=[(YES, "Yes, it must agree"), (NO, "No, we can go ahead without it")],
        widget=forms.RadioSelect,
        error_messages={"required": "Choose one of the two."},
    )
    meets_on = DayField(
        label="When does it meet?", help_text=f"If you know. {_DAY}", required=False
    )
    answer = forms.ChoiceField(
        label="What did it say?",
        choices=[
            ("", "Nothing yet"),
            (BoardAnswer.AGREED.value, "It agreed"),
            (BoardAnswer.NOT_AGREED.value, "It did not agree"),
        ],
        widget=forms.RadioSelect,
        required=False,
    )
    answered_on = DayField(label="On which day?", help_text=_DAY, required=False)
    words = forms.CharField(
        label="What the others should know",
        help_text="Conditions, or what it wants to read first.",
        required=False,
        max_length=MOST_WORDS,
        widget=forms.Textarea(attrs={"rows": 3}),
        error_messages={"max_length": f"Write {MOST_WORDS:,} characters at most."},
    )
    audience = forms.ChoiceField(
        label="Who can see it?",
        choices=[(step.value, step.label) for step in STEPS],
        widget=forms.RadioSelect,
        error_messages={
            "required": "Choose who can see it.",
            "invalid_choice": "Choose one of these three.",
        },
    )
    version = forms.IntegerField(widget=forms.HiddenInput)

    @classmethod
    def of(cls, board: BoardSays | None) -> "BoardForm":
        if board is None:
            return cls(initial={"audience": Audience.ONLY_US, "answer": ""})
        return cls(
            initial={
                "must_agree": YES if board.must_agree else NO,
                "meets_on": board.meets_on,
                "answer": board.answer,
                "answered_on": board.answered_on,
                "words": board.words,
                "audience": board.audience,
            }
        )

    def clean_must_agree(self):
        return self.cleaned_data["must_agree"] == YES

    def clean_audience(self):
        return Audience(self.cleaned_data["audience"])

    def clean(self):
        said = super().clean()
        answer, on = said.get("answer"), said.get("answered_on")
        if said.get("must_agree") is False:
            for name in ("meets_on", "answer", "answered_on"):
                if said.get(name):
                    self.add_error(name, "Leave this empty: your board need not agree.")
            return said
        if answer and not on and "answered_on" not in self.errors:
            self.add_error("answered_on", "Write the day on which your board said so.")
        if on and not answer:
            self.add_error("answer", "Say what your board said on that day.")
        if on and on > clock.today():
            self.add_error("answered_on", "That day is still to come. Write down what was said.")
        return said
