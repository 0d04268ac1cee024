"""What people type to begin a shortlisting and to open, close and settle its rounds."""

from django import forms
from django.core.exceptions import ValidationError

from hedgerow.agreements.actions.speakers import MOST_WORDS
from hedgerow.core import clock
from hedgerow.core.forms import DayField
from hedgerow.focus.models import Settled
from hedgerow.look.words import day

OVER_DAYS, LIVE = "days", "live"
SECRET, OPEN = "secret", "open"


class WordsField(forms.CharField):
    """Some sentences. `missing`: what to say where they are needed and not there."""

    def __init__(self, *, missing: str = "", rows: int = 3, **kwargs):
        super().__init__(
            max_length=MOST_WORDS,
            required=bool(missing),
            widget=forms.Textarea(attrs={"rows": rows}),
            error_messages={"required": missing} if missing else None,
            **kwargs,
        )


class _HeldForm(forms.Form):
    """Over days, with a day; or live, in a meeting. Gives `due_on`, None where it is live."""

    held = forms.ChoiceField(
        label="When do members vote?",
        choices=[
            (OVER_DAYS, "Over some days, each when it suits them, until a day that we name"),
            (LIVE, "Live, together in a meeting, run from one screen"),
        ],
        widget=forms.RadioSelect,
        error_messages={"required": "Choose over some days, or live."},
    )
    due_on = DayField(
        label="Until which day?",
        help_text="Only where it goes over some days. Day, month, year: 17/3/2026.",
        required=False,
    )

    def clean(self):
        said = super().clean()
        held = said.pop("held", "")
        if held == LIVE:
            said["due_on"] = None
            self.errors.pop("due_on", None)
        elif held and not said.get("due_on") and "due_on" not in self.errors:
            self.add_error("due_on", "Write the last day for votes.")
        return said

    def clean_due_on(self):
        due_on = self.cleaned_data["due_on"]
        if due_on and due_on < clock.today():
            raise ValidationError(f"{day(due_on)} is over. Choose today or a later day.")
        return due_on


class BeginForm(_HeldForm):
    """ideas: rows, all of them ticked until somebody says otherwise."""

    ideas = forms.MultipleChoiceField(
        label="Which ideas?",
        help_text="All that are on the long list are ticked. Leave out what is not ready.",
        widget=forms.CheckboxSelectMultiple,
        error_messages={"required": "Tick two ideas or more."},
    )
    ballots = forms.ChoiceField(
        label="Who sees the votes while a round is open?",
        choices=[
            (SECRET, "Nobody: they are secret until the round closes, then all see all of them"),
            (OPEN, "Everybody round the table sees each vote as soon as it is cast"),
        ],
        widget=forms.RadioSelect,
        error_messages={"required": "Choose who sees the votes."},
    )
    field_order = ("ideas", "ballots", "held", "due_on")

    def __init__(self, *args, ideas, **kwargs):
        super().__init__(*args, **kwargs)
        self.known = {str(idea.pk): idea for idea in ideas}
        self.fields["ideas"].choices = [(key, str(idea)) for key, idea in self.known.items()]
        self.fields["ideas"].initial = list(self.known)

    def clean_ideas(self):
        chosen = set(self.cleaned_data["ideas"])
        if len(chosen) < 2:
            raise ValidationError("Tick two ideas or more; one has nothing to be chosen from.")
        return [idea for key, idea in self.known.items() if key in chosen]

    def clean(self):
        said = super().clean()
        if ballots := said.pop("ballots", ""):
            said["is_secret"] = ballots == SECRET
        return said


class NextRoundForm(_HeldForm):
    version = forms.IntegerField(widget=forms.HiddenInput)


class CloseRoundForm(forms.Form):
    knows_absent = forms.BooleanField(label="We know who is missing", required=False)
    version = forms.IntegerField(widget=forms.HiddenInput)


class SettleForm(forms.Form):
    settled = forms.ChoiceField(
        choices=Settled.choices,
        error_messages={"required": "Choose: let all of them go, or vote again."},
    )
    version = forms.IntegerField(widget=forms.HiddenInput)

    def clean_settled(self):
        return Settled(self.cleaned_data["settled"])


class GiveUpForm(forms.Form):
    because = WordsField(
        label="Why do you stop?",
        help_text="It stays to be read, with this reason and all that was voted.",
        missing="Say why you stop.",
    )
    version = forms.IntegerField(widget=forms.HiddenInput)
