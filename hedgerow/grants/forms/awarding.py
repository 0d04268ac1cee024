"""What people type about answers to plans and returns, read into what the actions take."""

from collections.abc import Sequence

from django import forms

from hedgerow.analysis.postings import TRANCHES
from hedgerow.core import clock
from hedgerow.core.forms import DayField, PoundsField
from hedgerow.grants.queries.awarding import Asked
from hedgerow.ledger.actions.awards import CONDITION, WHEN, ConditionSaid, InstalmentSaid
from hedgerow.ledger.models import TRANCHE_NAMES
from hedgerow.people.forms import OneLine
from hedgerow.units import Pence

MOST_ROWS = 40
_MOST_WORDS = 4000
_DAY = "Day, month, year: 17/3/2026 or 17 March 2026."
_CONDITIONS, _INSTALMENTS = 1, 2  # empty rows to begin with


def _text(label: str, *, rows: int = 4, required: str = "", hint: str = "") -> forms.CharField:
    return forms.CharField(
        label=label,
        help_text=hint,
        required=bool(required),
        max_length=_MOST_WORDS,
        widget=forms.Textarea(attrs={"rows": rows}),
        error_messages={
            "required": required,
            "max_length": f"Write {_MOST_WORDS:,} characters at most.",
        },
    )


class MissingForm(forms.Form):
    """What is missing, a line each."""

    version = forms.IntegerField(widget=forms.HiddenInput)
    missing = _text(
        "What is missing?",
        rows=6,
        required="Say what is missing, a line for each thing.",
        hint="A line for each thing, so that they can answer one by one.",
    )

    def clean_missing(self) -> list[str]:
        lines = self.cleaned_data["missing"].splitlines()
        return [line.strip() for line in lines if line.strip()]


class RedirectForm(forms.Form):
    version = forms.IntegerField(widget=forms.HiddenInput)
    words = _text(
        "Which other support, and why?",
        required="Say which support would fit better, and whom to ask there.",
        hint="The cluster reads this as you write it.",
    )


class AcceptForm(forms.Form):
    version = forms.IntegerField(widget=forms.HiddenInput)
    words = _text("What do you say to them?", rows=3)


class AgreeForm(forms.Form):
    """Sums by part, then rows for conditions and for what is released later. What of a part no row
    names is released at once."""

    version = forms.IntegerField(widget=forms.HiddenInput)
    n_conditions = forms.IntegerField(widget=forms.HiddenInput, min_value=0, max_value=MOST_ROWS)
    n_instalments = forms.IntegerField(widget=forms.HiddenInput, min_value=0, max_value=MOST_ROWS)
    holding = forms.ModelChoiceField(
        label="Who holds the money for all?",
        queryset=None,
        empty_label="Choose a member",
        error_messages={
            "required": "Choose the member that holds the money.",
            "invalid_choice": "Choose one of the full members.",
        },
    )
    awarded_on = DayField(
        label="On which day is it awarded?",
        help_text=_DAY,
        error_messages={"required": "Write the day."},
    )
    words = _text("What do you say to them?", rows=3)

    def __init__(self, *args, holders, asked: Asked, version: int, **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["holding"].queryset = holders
        self.fields["awarded_on"].last = clock.today()
        said = asked.conditions
        self.initial = {
            "version": version,
            "awarded_on": clock.today(),
            "n_conditions": len(said) + _CONDITIONS,
            "n_instalments": _INSTALMENTS,
            **self.initial,
        }
        for tranche in TRANCHES:
            self.fields[tranche] = PoundsField(
                label=TRANCHE_NAMES[tranche], required=False, initial=asked.amounts[tranche]
            )
        for at in range(self._n("n_conditions")):
            self._add_condition(at, said[at] if at < len(said) else "")
        for at in range(self._n("n_instalments")):
            self._add_instalment(at)

    @property
    def amounts(self):
        return [self[tranche] for tranche in TRANCHES]

    @property
    def conditions(self):
        return [(self[f"c{at}_words"], self[f"c{at}_due_on"]) for at in self._rows("c", "words")]

    @property
    def instalments(self):
        names = ("tranche", "pence", "when", "due_on")
        return [[self[f"i{at}_{name}"] for name in names] for at in self._rows("i", "pence")]

    def with_more_rows(self) -> dict[str, str]:
        """What was typed, with room for three more of each."""
        data = self.data.dict() if hasattr(self.data, "dict") else dict(self.data)
        for name in ("n_conditions", "n_instalments"):
            data[name] = str(min(self._n(name) + 3, MOST_ROWS))
        return data

    def clean(self):
        said = super().clean()
        amounts = {tranche: said.pop(tranche, None) or 0 for tranche in TRANCHES}
        conditions = [self._condition(at, said) for at in self._rows("c", "words")]
        instalments = [self._instalment(at, said) for at in self._rows("i", "pence")]
        wanted = ("version", "holding", "awarded_on", "words")
        later = [one for one in instalments if one]
        return {
            **{name: said[name] for name in wanted if name in said},
            "amounts": amounts,
            "conditions": [one for one in conditions if one],
            "instalments": [*_at_once(amounts, later), *later],
        }

    def _n(self, name: str) -> int:
        typed = str(self.data.get(name, "")) if self.is_bound else str(self.initial[name])
        return min(int(typed), MOST_ROWS) if typed.isascii() and typed.isdecimal() else 0

    def _rows(self, letter: str, name: str) -> list[int]:
        return [at for at in range(MOST_ROWS) if f"{letter}{at}_{name}" in self.fields]

    def _add_condition(self, at: int, words: str) -> None:
        self.fields[f"c{at}_words"] = OneLine(
            label=f"Condition {at + 1}",
            required=False,
            max_length=CONDITION,
            initial=words,
            error_messages={"max_length": f"Write {CONDITION} characters at most."},
        )
        self.fields[f"c{at}_due_on"] = DayField(label="By when?", required=False)

    def _add_instalment(self, at: int) -> None:
        self.fields[f"i{at}_tranche"] = forms.ChoiceField(
            label="Of which part?", required=False, choices=list(TRANCHE_NAMES.items())
        )
        self.fields[f"i{at}_pence"] = PoundsField(label="How much?", required=False, least=1)
        self.fields[f"i{at}_when"] = OneLine(
            label="When what is reached?",
            required=False,
            max_length=WHEN,
            error_messages={"max_length": f"Write {WHEN} characters at most."},
        )
        self.fields[f"i{at}_due_on"] = DayField(label="On or about which day?", required=False)

    def _condition(self, at: int, said) -> ConditionSaid | None:
        words, due_on = said.pop(f"c{at}_words", ""), said.pop(f"c{at}_due_on", None)
        if due_on and not words and f"c{at}_words" not in self.errors:
            self.add_error(f"c{at}_words", "Say what the condition is, or leave its day out.")
        return ConditionSaid(words=words, due_on=due_on) if words else None

    def _instalment(self, at: int, said) -> InstalmentSaid | None:
        tranche = said.pop(f"i{at}_tranche", "") or "main"
        pence = said.pop(f"i{at}_pence", None)
        when, due_on = said.pop(f"i{at}_when", ""), said.pop(f"i{at}_due_on", None)
        if (when or due_on) and not pence and f"i{at}_pence" not in self.errors:
            self.add_error(f"i{at}_pence", "Say how much is released then, or leave the row empty.")
        if pence and not (when or due_on) and f"i{at}_due_on" not in self.errors:
            self.add_error(
                f"i{at}_when",
                "Say what is to be reached, or the day. What waits for nothing needs no row.",
            )
        if not pence:
            return None
        return InstalmentSaid(tranche=tranche, pence=Pence(pence), when=when, due_on=due_on)


def _at_once(amounts, later: Sequence[InstalmentSaid]) -> list[InstalmentSaid]:
    """The rest of each part, released with the award."""
    found = []
    for tranche, pence in amounts.items():
        rest = pence - sum(one.pence for one in later if one.tranche == tranche)
        if rest > 0:
            found.append(InstalmentSaid(tranche=tranche, pence=Pence(rest)))
    return found
