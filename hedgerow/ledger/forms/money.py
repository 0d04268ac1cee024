"""What people type about money: amounts as they are written, days, and why."""

from collections.abc import Iterable

from django import forms

from hedgerow.core import clock
from hedgerow.core.forms import DayField, PoundsField
from hedgerow.ledger.actions.acting import MOST_WORDS
from hedgerow.ledger.actions.entries import WORDS
from hedgerow.ledger.models import TRANCHE_NAMES, Award
from hedgerow.people.models import Organisation

DAY = "Day, month, year: 17/3/2026 or 17 March 2026."


def amount_field(label: str, *, hint: str = "Write it as 1200 or 1,200.50.") -> PoundsField:
    return PoundsField(
        label=label, help_text=hint, least=1, error_messages={"required": "Write how much."}
    )


def words_field(label: str, *, hint: str = "", missing: str = "", most: int = WORDS, rows: int = 2):
    """Optional, unless there is something to say where it is missing."""
    return forms.CharField(
        label=label,
        help_text=hint,
        required=bool(missing),
        max_length=most,
        widget=forms.Textarea(attrs={"rows": rows}),
        error_messages={
            "required": missing,
            "max_length": f"Write {most:,} characters at most.",
        },
    )


class _OnDay(forms.Form):
    """Of a day from the award until today."""

    on = DayField(
        label="On which day?", help_text=DAY, error_messages={"required": "Write the day."}
    )

    def __init__(self, *args, award: Award, **kwargs):
        kwargs.setdefault("initial", {"on": clock.today()})
        super().__init__(*args, **kwargs)
        self.fields["on"].first, self.fields["on"].last = award.awarded_on, clock.today()


class _OfPart(_OnDay):
    """Of one part of an award; where it has one only, nothing is asked."""

    tranche = forms.ChoiceField(
        label="Of which part?",
        widget=forms.RadioSelect,
        error_messages={
            "required": "Choose the part.",
            "invalid_choice": "Choose one of these parts.",
        },
    )

    def __init__(self, *args, tranches: Iterable[str], **kwargs):
        super().__init__(*args, **kwargs)
        offered = [(one, TRANCHE_NAMES[one]) for one in tranches]
        self.fields["tranche"].choices = offered
        self.initial.setdefault("tranche", offered[0][0])
        if len(offered) == 1:
            self.fields["tranche"].widget = forms.HiddenInput()


class MovedForm(_OfPart):
    """What was drawn, or handed back."""

    pence = amount_field("How much?")
    words = words_field("What should be remembered of it?", hint="A reference, for instance.")
    field_order = ["pence", "tranche", "on", "words"]


class AmountForm(_OfPart):
    verb = forms.ChoiceField(
        label="What changes?",
        choices=[("award", "The award is raised"), ("lower", "The award is lowered")],
        widget=forms.RadioSelect,
        error_messages={
            "required": "Choose one of the two.",
            "invalid_choice": "Choose one of the two.",
        },
    )
    pence = amount_field("By how much?")
    words = words_field("Why?", hint="It stays with the award.", missing="Say why.")
    field_order = ["verb", "pence", "tranche", "on", "words"]


class ReleaseForm(_OnDay):
    words = words_field("What should be remembered of it?", hint="What was reached, for instance.")
    version = forms.IntegerField(widget=forms.HiddenInput)


class CloseForm(_OnDay):
    version = forms.IntegerField(widget=forms.HiddenInput)


class HoldingForm(forms.Form):
    holding = forms.ModelChoiceField(
        label="Who holds the money from now on?",
        queryset=Organisation.objects.none(),
        empty_label="Choose a member",
        error_messages={
            "required": "Choose a member.",
            "invalid_choice": "Choose one of the full members.",
        },
    )
    reason = words_field(
        "Why?", hint="Everybody in the cluster can read it.", missing="Say why.", most=MOST_WORDS
    )
    version = forms.IntegerField(widget=forms.HiddenInput)

    def __init__(self, *args, members, **kwargs):
        """members: organisations."""
        super().__init__(*args, **kwargs)
        self.fields["holding"].queryset = members


class UndoForm(forms.Form):
    words = words_field("What was wrong?", hint="It stays with the entry.", missing="Say why.")


class ToldForm(forms.Form):
    told = words_field(
        "What meets it?",
        hint="What you did, and where it can be seen.",
        missing="Say what you did.",
        most=MOST_WORDS,
        rows=4,
    )
    version = forms.IntegerField(widget=forms.HiddenInput)


class ReachedForm(forms.Form):
    told = words_field(
        "What shows that it is reached?",
        hint="What happened, when, and where it can be seen.",
        missing="Say what shows it.",
        most=MOST_WORDS,
        rows=4,
    )
    version = forms.IntegerField(widget=forms.HiddenInput)


class DoubtForm(forms.Form):
    reason = words_field(
        "What is still missing?",
        hint="Everybody in the cluster can read it.",
        missing="Say what is still missing.",
        most=MOST_WORDS,
        rows=4,
    )
    version = forms.IntegerField(widget=forms.HiddenInput)


class MeetForm(forms.Form):
    version = forms.IntegerField(widget=forms.HiddenInput)


class AtForm(forms.Form):
    """On which day the account is looked at."""

    on = DayField(label="As it stood on", help_text=DAY, required=False)

    def __init__(self, *args, award: Award, **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["on"].first, self.fields["on"].last = award.awarded_on, clock.today()
