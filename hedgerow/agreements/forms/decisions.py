"""What people type on the pages of decisions, read into what the actions take."""

from django import forms
from django.core.exceptions import ValidationError

from hedgerow.agreements.models import Outcome, Stance
from hedgerow.agreements.ways import read_way
from hedgerow.core import clock
from hedgerow.core.faults import Fault
from hedgerow.core.forms import DayField
from hedgerow.look.words import day, first_up, number
from hedgerow.people.forms import OneLine

from .words import ChannelField

MOST_OPTIONS = 8
OPEN = "open"

_MOST_BYTES = 20_000

_NEEDS_A_REASON = (Stance.DISAGREE, Stance.BLOCK)


def _words(label: str, *, hint: str = "", rows: int = 3, missing: str = "") -> forms.CharField:
    return forms.CharField(
        label=label,
        help_text=hint,
        max_length=4000,
        required=bool(missing),
        widget=forms.Textarea(attrs={"rows": rows}),
        error_messages={"required": missing} if missing else None,
    )


class VoiceForm(forms.Form):
    """One stance for one organisation. A proposal of several options has as many ways to agree."""

    choice = forms.ChoiceField(
        label="How do you vote?",
        widget=forms.RadioSelect,
        error_messages={"required": "Choose how you vote."},
    )
    reason = _words(
        "Why?",
        hint="Needed if you disagree or block. Everybody round the table reads it.",
    )
    had_to_check_back = forms.BooleanField(
        label="We had to check back with our board or staff before we could say",
        required=False,
    )

    def __init__(self, *args, options, **kwargs):
        """options: rows with position and words, in their order."""
        super().__init__(*args, **kwargs)
        self.options = {option.position: option for option in options}
        self.fields["choice"].choices = choices_of(options)
        self.use_required_attribute = False

    def clean(self):
        """Gives `stance` and `option`, as the actions take them."""
        cleaned = super().clean()
        stance, _, position = cleaned.pop("choice", "").partition("-")
        if not stance:
            return cleaned
        if stance in _NEEDS_A_REASON and not cleaned.get("reason", "").strip():
            self.add_error("reason", "Say why, so that the others can answer it.")
        cleaned["stance"] = Stance(stance)
        cleaned["option"] = self.options[int(position)] if position else None
        return cleaned


def choices_of(options) -> list[tuple[str, str]]:
    """ "agree-1" and so on, then the other stances."""
    several = len(options) > 1
    agree = [
        (f"agree-{option.position}", f"Agree to “{option.words}”" if several else "Agree")
        for option in options
    ]
    return [
        *agree,
        ("abstain", "Abstain: the others may decide it without us"),
        ("disagree", "Disagree"),
        ("block", "Block: it would do our organisation or the cluster real harm"),
    ]


def choice_of(stance: str, position: int | None) -> str:
    return f"agree-{position}" if stance == Stance.AGREE else stance


class RecordedVoiceForm(VoiceForm):
    channel = ChannelField()
    field_order = ("choice", "channel", "reason", "had_to_check_back")

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["choice"].label = "What did they say?"
        self.fields["choice"].error_messages["required"] = "Choose what they said."
        self.fields["reason"].label = "Why, in their words"
        self.fields["reason"].help_text = "Needed if they disagree or block."
        self.fields["had_to_check_back"].label = "They had to check back before they could say"


class ProposalForm(forms.Form):
    title = OneLine(
        label="What is to be decided?",
        max_length=160,
        help_text="One sentence that can be agreed to: “Open Door holds the grant for all of us.”",
        error_messages={"required": "Say what is to be decided."},
    )
    words = _words(
        "What the others should know",
        rows=5,
        hint="Why now, what it costs, what happens if it is not carried.",
    )
    options = _words(
        "Options, one a line",
        hint=f"Leave it empty for a plain yes or no; else two to {MOST_OPTIONS}.",
    )
    way = forms.ChoiceField(
        label="How is it decided?",
        widget=forms.RadioSelect,
        error_messages={"required": "Choose how it is decided."},
    )
    closes_on = DayField(
        label="Until which day can members vote?",
        help_text="To the end of that day. Day, month, year: 17/3/2026 or 17 March 2026.",
        error_messages={"required": "Write the last day for votes."},
    )

    def __init__(self, *args, ways, **kwargs):
        """ways: lines with slug, choice and way."""
        super().__init__(*args, **kwargs)
        self.ways = {line.slug: line.way for line in ways}
        self.fields["way"].choices = [(line.slug, line.choice) for line in ways]

    def clean_options(self):
        lines = [" ".join(line.split()) for line in self.cleaned_data["options"].splitlines()]
        options = [line for line in lines if line]
        if len(options) == 1:
            raise ValidationError("Write two options or more, or leave it empty for a yes or no.")
        if len(options) > MOST_OPTIONS:
            raise ValidationError(f"That is {len(options)}; {MOST_OPTIONS} options are the most.")
        if twice := next((one for one in options if options.count(one) > 1), ""):
            raise ValidationError(f"“{twice}” is there twice. Take one out.")
        if long := next((one for one in options if len(one) > 200), ""):
            raise ValidationError(f"“{long[:40]}…” is longer than 200 characters. Shorten it.")
        return options

    def clean_way(self):
        return self.ways[self.cleaned_data["way"]]

    def clean_closes_on(self):
        closes_on = self.cleaned_data["closes_on"]
        if closes_on <= clock.today():
            raise ValidationError(
                f"{day(closes_on)} is too soon. Choose tomorrow or a later day, so that everybody "
                "can be heard."
            )
        return closes_on


class RemarkForm(forms.Form):
    words = _words("Your remark", missing="Write your remark first.")


class WithdrawForm(forms.Form):
    reason = _words(
        "Why is it withdrawn?",
        hint="It stays in the log, with this reason.",
        missing="Say why it is withdrawn.",
    )
    version = forms.IntegerField(widget=forms.HiddenInput)


class ReopenForm(forms.Form):
    reason = _words(
        "Why should it be decided again?",
        hint="What is new, or what was not seen then. The others read it first.",
        missing="Say why it should be decided again.",
    )
    closes_on = DayField(
        label="Until which day can members vote?",
        help_text="To the end of that day. Day, month, year: 17/3/2026 or 17 March 2026.",
        error_messages={"required": "Write the last day for votes."},
    )


class LogForm(forms.Form):
    """The search in the log. Whatever is typed, something is shown."""

    q = forms.CharField(
        label="Words in it",
        required=False,
        max_length=100,
        widget=forms.TextInput(attrs={"type": "search"}),
    )
    outcome = forms.ChoiceField(
        label="Outcome",
        required=False,
        choices=[("", "All"), (OPEN, "Open"), *Outcome.choices],
    )

    def asked(self) -> tuple[str, str]:
        """Words and outcome; what cannot be read counts as not asked."""
        self.full_clean()
        return self.cleaned_data.get("q", ""), self.cleaned_data.get("outcome", "")


class WayForm(forms.Form):
    """A way to decide, pasted or as a file. What was brought as a file is shown to be mended."""

    pasted = forms.CharField(
        label="The way, as text",
        required=False,
        max_length=20_000,
        strip=False,
        widget=forms.Textarea(attrs={"rows": 14, "spellcheck": "false"}),
        help_text="Take one of those above as a file, change it, and paste it here.",
    )
    file = forms.FileField(label="Or a YAML file", required=False)

    faults: tuple[Fault, ...] = ()

    def clean(self):
        """Gives `text`. Each fault of it is in `faults`, with its line."""
        cleaned = super().clean()
        upload = cleaned.get("file")
        text = self._of_file(upload) if upload else cleaned.get("pasted", "")
        if self.errors:
            return cleaned
        if not text.strip():
            raise ValidationError("Paste a way to decide, or choose a file.")
        if upload:  # to be mended on the page
            self.data = {**self.data.dict(), "pasted": text}
        way, self.faults = read_way(text, name=upload.name if upload else "what was pasted")
        if way is None:
            n = len(self.faults)
            raise ValidationError(
                f"{'One thing is' if n == 1 else f'{first_up(number(n))} things are'} wrong with "
                "it, listed by line. Nothing was kept."
            )
        cleaned["text"] = text
        return cleaned

    def _of_file(self, upload) -> str:
        if upload.size > _MOST_BYTES:
            self.add_error("file", "This file is too large to be a way to decide.")
            return ""
        try:
            return upload.read().decode("utf-8-sig")
        except UnicodeDecodeError:
            self.add_error("file", "This is not text in UTF-8. Save it as UTF-8 and try again.")
            return ""
