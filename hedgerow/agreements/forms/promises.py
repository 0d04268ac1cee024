"""What people type about promises, read into what the actions take."""

from django import forms
from django.core.exceptions import ValidationError

from hedgerow.core import clock
from hedgerow.core.forms import DayField
from hedgerow.look.words import day
from hedgerow.people.forms import OneLine
from hedgerow.people.models import Seat
from hedgerow.people.readers import seat_words

ALONE = "alone"  # in place of a second seat
_DAY = "Day, month, year: 17/3/2026 or 17 March 2026."


class SeatField(forms.ModelChoiceField):
    """One of the seats that are handed to the form."""

    def __init__(self, **kwargs):
        kwargs.setdefault("empty_label", "Choose a person")
        super().__init__(queryset=Seat.objects.none(), **kwargs)

    def label_from_instance(self, seat):
        return f"{seat_words(seat)} ({seat.user.name})" if seat.user.name else seat_words(seat)


class _SecondField(SeatField):
    """Another one, or nobody: then somebody has to say so. Cleaned to None for nobody."""

    def clean(self, value):
        return None if value == ALONE else super().clean(value)

    def offer(self, holders):
        self.queryset = holders
        named = [(seat.pk, self.label_from_instance(seat)) for seat in holders]
        self.choices = [("", self.empty_label), *named, (ALONE, "Nobody: one holds it alone")]


class _DueField(DayField):
    def clean(self, value):
        due_on = super().clean(value)
        if due_on and due_on < clock.today():
            raise ValidationError(f"{day(due_on)} has passed. Choose today or a later day.")
        return due_on


class _PairForm(forms.Form):
    first = SeatField(
        label="Who holds it?", error_messages={"required": "Choose who holds the promise."}
    )
    second = _SecondField(
        label="Together with whom?",
        help_text="Somebody of another member. What two hold slips less.",
        error_messages={
            "required": "Choose a second person, of another member; or say that one holds it alone."
        },
    )
    alone_because = OneLine(
        label="Why alone?",
        help_text="Only where one person has to hold it alone.",
        max_length=200,
        required=False,
    )

    def __init__(self, *args, holders, **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["first"].queryset = holders
        self.fields["second"].offer(holders)

    def clean(self):
        said = super().clean()
        is_alone = "second" in said and said["second"] is None
        if is_alone and not said.get("alone_because") and "alone_because" not in self.errors:
            self.add_error("alone_because", "Say why one person has to hold it alone.")
        return said


class PromiseForm(_PairForm):
    words = OneLine(
        label="What is promised?",
        help_text="In words that show when it is done: “Ask three firms for a price”.",
        max_length=200,
        error_messages={"required": "Say what is promised."},
    )
    due_on = _DueField(
        label="By when?", help_text=_DAY, error_messages={"required": "Write the day."}
    )
    field_order = ["words", "first", "second", "alone_because", "due_on"]


class TakeOverForm(_PairForm):
    version = forms.IntegerField(widget=forms.HiddenInput)


class MovePromiseForm(forms.Form):
    due_on = _DueField(
        label="The new day", help_text=_DAY, error_messages={"required": "Write the new day."}
    )
    reason = forms.CharField(
        label="Why does it move?",
        help_text="It is kept with the promise, and the cluster reads it.",
        max_length=2000,
        widget=forms.Textarea(attrs={"rows": 2}),
        error_messages={"required": "Say why the day moves."},
    )
    version = forms.IntegerField(widget=forms.HiddenInput)


class TakeUpForm(forms.Form):
    reason = forms.CharField(
        label="Why is it taken up again?",
        help_text="It is kept with the promise, and the cluster reads it.",
        max_length=2000,
        widget=forms.Textarea(attrs={"rows": 2}),
        error_messages={"required": "Say why it is taken up again."},
    )
    version = forms.IntegerField(widget=forms.HiddenInput)


class LetGoForm(forms.Form):
    reason = forms.CharField(
        label="Why is it let go?",
        help_text="It is kept with the promise, and the cluster reads it.",
        max_length=2000,
        widget=forms.Textarea(attrs={"rows": 2}),
        error_messages={"required": "Say why it is let go."},
    )
    version = forms.IntegerField(widget=forms.HiddenInput)
