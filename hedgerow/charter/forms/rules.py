"""What people type about ground rules, read into what the actions take."""

from collections.abc import Mapping, Sequence
from dataclasses import replace
from typing import Any

from django import forms
from django.core.exceptions import ValidationError

from hedgerow.agreements.models import Channel
from hedgerow.analysis.ground_rules import RuleText
from hedgerow.charter import rule_files
from hedgerow.charter.rule_files import FEWEST, MOST
from hedgerow.core import clock
from hedgerow.core.faults import Fault
from hedgerow.core.forms import DayField
from hedgerow.journeys.words import lower_first
from hedgerow.look.fields import FaultLine, faults_of
from hedgerow.look.words import number
from hedgerow.people.forms import OneLine

EMPTY_ROWS = 3  # shown below the rules, to add to them
MOST_ROWS = MOST + EMPTY_ROWS


class RuleRow(forms.Form):
    """One rule on the page where all of them are written. Left empty, it is not there."""

    use_required_attribute = False

    slug = forms.CharField(required=False, max_length=200, widget=forms.HiddenInput)
    name = OneLine(
        label="Name",
        max_length=rule_files.MOST_NAME,
        required=False,
        widget=forms.TextInput(attrs={"class": "ch20"}),
    )
    sentence = forms.CharField(
        label="In a sentence",
        max_length=rule_files.MOST_SENTENCE,
        required=False,
        widget=forms.Textarea(attrs={"rows": 2}),
    )
    is_essential = forms.BooleanField(label="Essential", required=False)
    place = forms.IntegerField(
        label="Place",
        required=False,
        min_value=1,
        max_value=999,
        widget=forms.TextInput(attrs={"inputmode": "numeric", "class": "ch3"}),
        error_messages={
            "invalid": "Write the place in figures, such as 3.",
            "min_value": "Write the place in figures, from 1.",
            "max_value": "Write a smaller number.",
        },
    )
    is_removed = forms.BooleanField(label="Take it out", required=False)

    def __init__(self, *args: Any, at: int, **kwargs: Any):
        super().__init__(*args, prefix=f"rule-{at}", **kwargs)
        self.at = at  # where it stands on the page, from 0

    def clean_slug(self) -> str:
        """One that could not stand in a file is made anew from the name."""
        slug = self.cleaned_data["slug"]
        fits = len(slug) <= rule_files.MOST_SLUG and rule_files.SLUG.fullmatch(slug)
        return slug if fits else ""

    def clean(self):
        said = super().clean() or {}
        name, sentence = (self.data.get(self.add_prefix(key)) for key in ("name", "sentence"))
        if said.get("is_removed") or self.errors:
            return said
        if (name or "").strip() and not (sentence or "").strip():
            self.add_error("sentence", "Say in a sentence what this rule asks of everybody.")
        if (sentence or "").strip() and not (name or "").strip():
            self.add_error("name", "Give this rule a short name.")
        return said

    @property
    def heading(self) -> str:
        """ "Rule 3"; empty for a row that was empty when the page was made."""
        return f"Rule {self.at + 1}" if self["slug"].value() or self["name"].value() else ""

    @property
    def is_there(self) -> bool:
        """Of a valid row: whether it is a rule that stays or comes."""
        said = self.cleaned_data
        return bool(said.get("name")) and not said.get("is_removed")

    @property
    def sort_key(self) -> tuple[int, int, int]:
        """By the place it says. One that was given the place of another goes before it when it
        moves up, behind it when it moves down. Without a place, at the end."""
        was = self.at + 1
        place = self.cleaned_data["place"] or 1000
        return (place, (place > was) - (place < was), self.at)

    @property
    def rule(self) -> RuleText:
        said = self.cleaned_data
        return RuleText(
            slug=said["slug"],
            name=said["name"],
            sentence=said["sentence"],
            is_essential=said["is_essential"],
        )


class RulesForm(forms.Form):
    """All the rules at once. `rules` gives them in their order, once it is valid."""

    use_required_attribute = False

    reason = forms.CharField(
        label="Why do the rules change?",
        help_text="Every member is asked again, and reads this.",
        max_length=2000,
        widget=forms.Textarea(attrs={"rows": 2}),
        error_messages={"required": "Say why the rules change."},
    )
    after = forms.IntegerField(widget=forms.HiddenInput, min_value=0, max_value=32_767)
    came_from = OneLine(
        required=False, max_length=rule_files.MOST_CAME_FROM, widget=forms.HiddenInput
    )

    def __init__(
        self,
        data: Mapping[str, Any] | None = None,
        *,
        rules: Sequence[RuleText] = (),
        after: int = 0,
        came_from: str = "",
    ):
        super().__init__(data, initial={"after": after, "came_from": came_from})
        self.rows = self._rows(data, rules)
        self.rules: tuple[RuleText, ...] = ()
        if self._after(data, after) == 0:
            del self.fields["reason"]

    def _after(self, data: Mapping[str, Any] | None, after: int) -> int:
        """Whether there is an earlier version the sender knew of."""
        typed = (data or {}).get("after", str(after))
        return int(typed) if typed.isdecimal() and len(typed) < 6 else 0

    def _rows(self, data: Mapping[str, Any] | None, rules: Sequence[RuleText]) -> list[RuleRow]:
        if data is None:
            filled = [self._filled(at, rule) for at, rule in enumerate(rules)]
            empty = (RuleRow(at=at) for at in range(len(filled), len(filled) + EMPTY_ROWS))
            return [*filled, *empty][:MOST_ROWS]
        n = next((at for at in range(MOST_ROWS, 0, -1) if f"rule-{at - 1}-name" in data), 0)
        return [RuleRow(data, at=at) for at in range(n)]

    def _filled(self, at: int, rule: RuleText) -> RuleRow:
        initial = {
            "slug": rule.slug,
            "name": rule.name,
            "sentence": rule.sentence,
            "is_essential": rule.is_essential,
            "place": at + 1,
        }
        return RuleRow(at=at, initial=initial)

    def clean(self):
        said = super().clean()
        if [row for row in self.rows if not row.is_valid()]:  # all of them: each says its own
            return said
        there = [row for row in self.rows if row.is_there]
        there.sort(key=lambda row: row.sort_key)
        rules = [row.rule for row in there]
        if not FEWEST <= len(rules) <= MOST:
            raise ValidationError(
                f"Lay down {number(FEWEST)} to {number(MOST)} rules; "
                f"{'this is' if len(rules) == 1 else 'these are'} {number(len(rules))}."
            )
        self._refuse_twins(there)
        self.rules = rule_files.with_slugs(rules)
        return said

    @property
    def filled_rows(self) -> list[RuleRow]:
        return [row for row in self.rows if row.heading]

    @property
    def empty_rows(self) -> list[RuleRow]:
        """Rows to add to the rules; folded away until they are wanted."""
        return [row for row in self.rows if not row.heading]

    @property
    def opens_empty_rows(self) -> bool:
        return not self.filled_rows or any(row["sentence"].value() for row in self.empty_rows)

    def is_valid(self) -> bool:
        return super().is_valid() and not any(row.errors for row in self.rows)

    @property
    def faults(self) -> list[FaultLine]:
        """Of the whole and of each row, in the order of the page, with its place on it."""
        if not self.is_bound:
            return []
        of_rows = [
            replace(fault, label=f"{row.heading or 'Another rule'}, {lower_first(fault.label)}")
            for row in self.rows
            for fault in faults_of(row)
        ]
        of_form = faults_of(self)
        whole = [fault for fault in of_form if not fault.href]
        return [*whole, *of_rows, *(fault for fault in of_form if fault.href)]

    def _refuse_twins(self, rows: Sequence[RuleRow]) -> None:
        seen = set[str]()
        for row in rows:
            name = rule_files.in_one_line(row.cleaned_data["name"]).casefold()
            if name in seen:
                row.add_error("name", "Another rule has this name. Give one of them another.")
            seen.add(name)


class RuleFileForm(forms.Form):
    """A file, or its text pasted in. What was sent stands in `text` again, to be mended there."""

    file = forms.FileField(
        label="The rules, as a YAML file",
        required=False,
        help_text="A text file, 100 KB at most.",
        error_messages={"empty": "Nothing is written in this file. Choose another one."},
    )
    text = forms.CharField(
        label="Or paste its text here",
        required=False,
        strip=False,
        widget=forms.Textarea(attrs={"rows": 16, "spellcheck": "false"}),
    )

    faults: tuple[Fault, ...] = ()
    found: rule_files.RuleFile | None = None

    def clean(self):
        said = super().clean() or {}
        upload, text = said.get("file"), said.get("text", "")
        if self.errors:
            return said
        if (upload and upload.size > rule_files.MOST_BYTES) or len(text) > rule_files.MOST_BYTES:
            raise ValidationError("This is too long to be a file of rules. Choose another one.")
        if not upload and not text.strip():
            raise ValidationError("Choose a file, or paste its text.")
        content = upload.read() if upload else text
        self.found, self.faults = rule_files.read_rules(
            content, name=upload.name if upload else "the text"
        )
        if upload:
            self.data = {**self.data.dict(), "text": _as_text(content)}
        if self.found is None:
            n = len(self.faults)
            raise ValidationError(
                f"{'One thing is' if n == 1 else f'{number(n).capitalize()} things are'} wrong "
                "with it. Each is listed below with its line."
            )
        return said


def _as_text(content: bytes) -> str:
    """To be shown and mended; what is no letter is shown as a sign that it was none."""
    return content.decode("utf-8", errors="replace").removeprefix("\ufeff").replace("\0", "�")


class AssentForm(forms.Form):
    note = forms.CharField(
        label="A note",
        help_text="Such as a rule that the board has still to look at. All members read it.",
        required=False,
        max_length=2000,
        widget=forms.Textarea(attrs={"rows": 2}),
    )


class RecordAssentForm(AssentForm):
    channel = forms.ChoiceField(
        label="How did they tell you?",
        choices=[
            (Channel.PHONE.value, "By telephone"),
            (Channel.PAPER.value, "On paper"),
            (Channel.TABLE.value, "At a meeting"),
        ],
        widget=forms.RadioSelect,
        error_messages={"required": "Choose how they told you."},
    )
    field_order = ("channel", "note")


class RuleTestForm(forms.Form):
    slug = forms.ChoiceField(label="Which rule?", error_messages={"required": "Choose a rule."})
    on = DayField(
        label="On which day?",
        help_text="Day, month, year: 17/3/2026 or 17 March 2026.",
        error_messages={"required": "Write the day."},
    )
    words = forms.CharField(
        label="What happened?",
        help_text="A few words, so that you remember. It is no score, and all members read it.",
        max_length=2000,
        widget=forms.Textarea(attrs={"rows": 3}),
        error_messages={"required": "Say in a few words what happened."},
    )

    def __init__(self, *args, rules: Sequence[RuleText], **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["slug"].choices = [(rule.slug, rule.name) for rule in rules]
        self.fields["on"].initial = clock.today()
