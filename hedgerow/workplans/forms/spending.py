"""What people type when something was ordered or paid."""

from django import forms

from hedgerow.core import clock
from hedgerow.core.forms import DayField, PoundsField
from hedgerow.people.forms import OneLine

ORDERED, PAID_ORDER, PAID = "ordered", "paid_order", "paid"
FREED, CAME_BACK, HANDED_OVER = "freed", "came_back", "handed_over"
WHAT = {
    ORDERED: "Ordered, and not paid yet",
    PAID_ORDER: "Paid, for what was written down as ordered",
    PAID: "Paid, and not written down as ordered before",
    FREED: "Ordered, and it came to less or was called off",
    CAME_BACK: "Paid, and money came back",
    HANDED_OVER: "Ordered, and another member pays it from now on",
}
WORDS = 200  # characters


class SpendForm(forms.Form):
    """lines: pairs of number and words. members: pairs of key and name; those that the reader can
    enter for. others: all members, to hand over to."""

    line = forms.TypedChoiceField(
        label="Which line of the budget?",
        coerce=int,
        error_messages={
            "required": "Choose a line.",
            "invalid_choice": "This line is not in the budget that holds. Choose another.",
        },
    )
    what = forms.ChoiceField(
        label="Is this ordered or paid?",
        choices=list(WHAT.items()),
        widget=forms.RadioSelect,
        error_messages={"required": "Choose what happened."},
    )
    pence = PoundsField(
        label="How much?",
        help_text="With VAT, as your books have it: 1200 or 1,200.50.",
        least=1,
        error_messages={"required": "Write the amount."},
    )
    on = DayField(
        label="On which day?",
        help_text="Of the order or the invoice. Day, month, year: 17/3/2026.",
        error_messages={"required": "Write the day."},
    )
    words = OneLine(
        label="What was it?",
        help_text="Such as “Invoice 231, Office Works”. Everybody round the table reads it.",
        max_length=WORDS,
        error_messages={"required": "Say what it was."},
    )
    member = forms.TypedChoiceField(
        label="Which member?",
        coerce=int,
        error_messages={
            "required": "Choose the member.",
            "invalid_choice": "This is no member any more. Choose one that is.",
        },
    )
    to = forms.TypedChoiceField(
        label="Who pays it from now on?",
        help_text="Only where another member pays it.",
        coerce=int,
        empty_value=None,
        required=False,
        error_messages={"invalid_choice": "This is no member any more. Choose one that is."},
    )

    def __init__(self, *args, lines, members, others, **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["line"].choices = [("", "Choose a line"), *lines]
        members = list(members)
        if len(members) == 1:
            del self.fields["member"]
            self.only = members[0][0]
        else:
            self.only = None
            self.fields["member"].choices = [("", "Choose the member"), *members]
        self.fields["to"].choices = [("", "Nobody else"), *others]
        self.fields["on"].last = clock.today()

    def clean(self):
        """Gives `member` also where there is no choice."""
        said = super().clean()
        if self.only is not None:
            said["member"] = self.only
        if said.get("what") == HANDED_OVER and "to" in said and said["to"] is None:
            self.add_error("to", "Choose who pays it from now on.")
        if said.get("what") and said["what"] != HANDED_OVER and said.get("to") is not None:
            self.add_error("to", "Only what is handed over has another payer. Choose nobody here.")
        return said


class DayForm(forms.Form):
    """At the end of which day the money is looked at. Whatever is typed, something is shown."""

    on = DayField(label="As it stood at the end of", required=False)
