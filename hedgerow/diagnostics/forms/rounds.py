from datetime import timedelta

from django import forms

from hedgerow.core import clock
from hedgerow.core.forms import DayField
from hedgerow.diagnostics.actions.reminders import MOST_WHY_NOT
from hedgerow.diagnostics.actions.rounds import FURTHEST, MOST_WORDS
from hedgerow.diagnostics.models import Role

A_DAY = timedelta(days=1)
A_DAY_HELP = "Day, month, year: 17/3/2026 or 17 March 2026."


class DueField(DayField):
    """A day on which answers can still come in."""

    def __init__(self, **kwargs):
        super().__init__(
            help_text=A_DAY_HELP, error_messages={"required": "Write the day."}, **kwargs
        )

    def read(self, typed):
        today = clock.today()
        self.first, self.last = today + A_DAY, today + FURTHEST
        return super().read(typed)


class OpenRoundForm(forms.Form):
    """One tick for each instrument, and one for asking three roles of each member apart."""

    due_on = DueField(label="By which day?")

    def __init__(self, *args, instruments, suggested=(), **kwargs):
        super().__init__(*args, **kwargs)
        self.instruments = tuple(instruments)
        for it in self.instruments:
            self.fields[f"ask-{it.slug}"] = forms.BooleanField(
                label=it.name, required=False, initial=it.slug in suggested
            )
            self.fields[f"apart-{it.slug}"] = forms.BooleanField(
                label="Ask front line, manager and board of each member one by one",
                required=False,
            )

    def lines(self):
        """Each instrument with its two boxes."""
        return [(it, self[f"ask-{it.slug}"], self[f"apart-{it.slug}"]) for it in self.instruments]

    @property
    def minutes(self):
        """Of all that is ticked as the form stands."""
        return sum(it.minutes for it, ask, _ in self.lines() if ask.value())

    def clean(self):
        said = self.cleaned_data
        chosen = [it.slug for it in self.instruments if said.get(f"ask-{it.slug}")]
        if not chosen:
            raise forms.ValidationError("Choose at least one set of questions.")
        asked = [(slug, Role.values if said.get(f"apart-{slug}") else []) for slug in chosen]
        return {"asked": asked, "due_on": said.get("due_on")}


class MoveRoundForm(forms.Form):
    due_on = DueField(label="By which day do all answer?")
    version = forms.IntegerField(widget=forms.HiddenInput)


class WhyNotForm(forms.Form):
    words = forms.CharField(
        label="Why not?",
        help_text="One or two sentences. Everybody round the table reads them.",
        max_length=MOST_WHY_NOT,
        widget=forms.Textarea(attrs={"rows": 3}),
        error_messages={
            "required": "Say in a few words why not. The others read it.",
            "max_length": f"Write {MOST_WHY_NOT:,} characters at most.",
        },
    )


class TalkForm(forms.Form):
    on = DayField(
        label="On which day did you talk?",
        help_text=A_DAY_HELP,
        error_messages={"required": "Write the day."},
    )
    needs = forms.CharField(
        label="What do we all need?",
        help_text="What came up again and again, and what each of you would gain from.",
        max_length=MOST_WORDS,
        widget=forms.Textarea(attrs={"rows": 5}),
        error_messages={
            "required": "Write down what you all need; the rest can stay empty.",
            "max_length": f"Write {MOST_WORDS:,} characters at most.",
        },
    )
    own = forms.CharField(
        label="What do we have among ourselves?",
        help_text="People, rooms, skills and contracts, and how best to use them together.",
        max_length=MOST_WORDS,
        required=False,
        widget=forms.Textarea(attrs={"rows": 4}),
        error_messages={"max_length": f"Write {MOST_WORDS:,} characters at most."},
    )
    outside = forms.CharField(
        label="What lies outside that we could use?",
        help_text="Who offers it, and whom to ask.",
        max_length=MOST_WORDS,
        required=False,
        widget=forms.Textarea(attrs={"rows": 4}),
        error_messages={"max_length": f"Write {MOST_WORDS:,} characters at most."},
    )
    version = forms.IntegerField(widget=forms.HiddenInput)

    @classmethod
    def of(cls, talk):
        if talk is None:
            return cls(initial={"on": clock.today()})
        return cls(
            initial={
                "on": talk.on,
                "needs": talk.needs,
                "own": talk.own,
                "outside": talk.outside,
            }
        )
