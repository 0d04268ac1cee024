"""What people type about a meeting, read into what the actions take."""

from datetime import time

from django import forms
from django.core.exceptions import ValidationError

from hedgerow.agreements.models import Meeting
from hedgerow.agreements.times import in_london, read_time
from hedgerow.core import clock
from hedgerow.core.forms import DayField
from hedgerow.look.words import clock_time
from hedgerow.people.forms import OneLine

USUAL_MINUTES = 120


class TimeField(forms.Field):
    """A time of day, cleaned to a time. Whoever sees the form again sees their own words."""

    widget = forms.TextInput

    def to_python(self, value):
        typed = str(value or "").strip()
        if not typed:
            return None
        try:
            return read_time(typed)
        except ValueError as wrong:
            raise ValidationError(str(wrong), code="invalid") from None

    def prepare_value(self, value):
        return f"{value:%H:%M}" if isinstance(value, time) else value

    def widget_attrs(self, widget):
        return {**super().widget_attrs(widget), "autocomplete": "off"}


class CallForm(forms.Form):
    title = OneLine(
        label="What it is called",
        max_length=120,
        initial="Core Group meeting",
        error_messages={"required": "Give the meeting a name."},
    )
    on = DayField(
        label="On which day?",
        help_text="Day, month, year: 17/3/2026 or 17 March 2026.",
        error_messages={"required": "Write the day."},
    )
    at = TimeField(
        label="At what time?",
        help_text="As clocks here show it: 10am, 2.30pm or 14:30.",
        error_messages={"required": "Write the time."},
    )
    minutes = forms.IntegerField(
        label="How many minutes?",
        min_value=5,
        max_value=720,
        initial=USUAL_MINUTES,
        widget=forms.TextInput(attrs={"inputmode": "numeric", "autocomplete": "off"}),
        error_messages={
            "required": "Write how many minutes it takes.",
            "invalid": "Write the minutes in figures: 90.",
            "min_value": "A meeting takes five minutes at least.",
            "max_value": "A meeting takes 720 minutes, which is 12 hours, at most.",
        },
    )
    place = OneLine(label="Where?", max_length=200, required=False)
    link = forms.URLField(
        label="Link to join from afar",
        max_length=300,
        required=False,
        assume_scheme="https",
        error_messages={"invalid": "This is not a whole link. It begins with https://"},
    )
    social = OneLine(
        label="And then?",
        max_length=200,
        required=False,
        help_text="Soup, a walk, cake: groups that also eat together last longer.",
    )

    def clean(self):
        """Says at its own field that there is no such time that night."""
        cleaned = super().clean()
        if cleaned.get("on") and cleaned.get("at") is not None:
            try:
                in_london(cleaned["on"], cleaned["at"])
            except ValueError as no_such_time:
                self.add_error("at", str(no_such_time))
        return cleaned


class ChangeForm(CallForm):
    reason = forms.CharField(
        label="Why does it change?",
        max_length=500,
        required=False,
        widget=forms.Textarea(attrs={"rows": 2}),
        help_text="Needed if it moves to another time. It goes with the letter.",
    )
    version = forms.IntegerField(widget=forms.HiddenInput)

    @classmethod
    def of(cls, meeting: Meeting, data=None):
        told = meeting.starts_at.astimezone(clock.LONDON)
        initial = {
            "title": meeting.title,
            "on": told.date(),
            "at": told.time(),
            "minutes": meeting.minutes,
            "place": meeting.place,
            "link": meeting.link,
            "social": meeting.social,
            "version": meeting.version,
        }
        form = cls(data, initial=initial)
        form.fields["at"].help_text = f"Now at {clock_time(meeting.starts_at)}."
        return form


class CallOffForm(forms.Form):
    reason = forms.CharField(
        label="Why is it called off?",
        max_length=500,
        widget=forms.Textarea(attrs={"rows": 2}),
        help_text="Everybody round the table gets it with the letter.",
        error_messages={"required": "Say why it is called off."},
    )
    version = forms.IntegerField(widget=forms.HiddenInput)


class ItemForm(forms.Form):
    words = OneLine(
        label="What do you want to talk about?",
        max_length=200,
        error_messages={"required": "Write what you want to talk about."},
    )


class NoteForm(forms.Form):
    words = forms.CharField(
        label="A note",
        max_length=1000,
        widget=forms.Textarea(attrs={"rows": 2}),
        error_messages={"required": "Write the note first."},
    )
