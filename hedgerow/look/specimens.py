"""What the page of all parts is filled with: invented Hedgeshire, and nobody's.

Nothing else reads this. The dates stand still, so that the page looks the same each day.
"""

from dataclasses import dataclass
from datetime import date

from django import forms

from hedgerow.core.forms import DayField, PoundsField
from hedgerow.core.owners import Audience

TODAY = date(2026, 9, 15)


@dataclass(frozen=True, kw_only=True)
class Stage:
    state: str  # done, now, next, later
    name: str
    when: str
    note: str = ""
    url: str = ""


STAGES = (
    Stage(
        state="done",
        name="Forming the cluster",
        when="12 January to 6 February 2026",
        note="All five tests met.",
        url="#c-journey",
    ),
    Stage(
        state="done",
        name="Gathering",
        when="6 February to 2 March 2026",
        note="All three tests met.",
        url="#c-journey",
    ),
    Stage(
        state="now",
        name="Finding the focus",
        when="Since 2 March 2026; planned to end 27 March 2026",
        note="Two of five tests met.",
        url="#c-journey",
    ),
    Stage(
        state="next",
        name="Making the workplan",
        when="Planned 27 March to 8 May 2026",
        note="The grant is released when the programme agrees to the plan.",
    ),
    Stage(state="later", name="Taking it forward", when="Planned 8 May to 30 September 2026"),
    Stage(
        state="later",
        name="Looking back and closing",
        when="Planned 30 September to 30 November 2026",
        note="Everybody learns from it.",
    ),
)


class SavingForm(forms.Form):
    """A field of each kind."""

    supplier = forms.CharField(
        label="Supplier", max_length=120, help_text="As on the invoice. Only you see this."
    )
    cost = PoundsField(label="Cost in a year", help_text="In pounds, without VAT.")
    kind = forms.ChoiceField(
        label="What kind of saving is it?",
        choices=[
            ("price", "We moved to a better price"),
            ("together", "We asked together"),
            ("stopped", "We stopped buying it"),
        ],
        widget=forms.RadioSelect,
        error_messages={"required": "Choose one."},
    )
    audience = forms.ChoiceField(
        label="Who may see it?",
        choices=Audience.choices,
        widget=forms.RadioSelect,
        initial=Audience.ONLY_US,
        help_text="Prices start at “Only us”. You can change it later, both ways.",
    )
    ends_on = DayField(
        label="When does the contract end?",
        required=False,
        help_text="Day, month, year: 17/3/2026 or 17 March 2026. Leave it empty if you do not know.",
    )
    sites = forms.IntegerField(label="At how many sites?", min_value=1, required=False)
    line = forms.ChoiceField(
        label="Under which heading?",
        choices=[("it", "IT support"), ("phones", "Telephones"), ("power", "Electricity")],
    )
    uses = forms.MultipleChoiceField(
        label="Who uses it?",
        choices=[("staff", "Staff"), ("volunteers", "Volunteers"), ("guests", "People we help")],
        widget=forms.CheckboxSelectMultiple,
        required=False,
    )
    how = forms.CharField(
        label="What did you do?", widget=forms.Textarea(attrs={"rows": 2}), required=False
    )
    invoice = forms.FileField(
        label="The invoice", required=False, help_text="A PDF or a photograph, 5 MB at most."
    )
    is_seen = forms.BooleanField(
        label="A second member has seen the invoice",
        help_text="Only then does it count as proved.",
        required=False,
    )


def empty_form() -> SavingForm:
    return SavingForm(prefix="new")


def wrong_form() -> SavingForm:
    """Sent with a cost in words and no kind chosen."""
    sent = {
        "supplier": "Hedgeshire Telephones",
        "cost": "about 1k",
        "audience": "only_us",
        "ends_on": "31 January 2027",
        "line": "phones",
    }
    return SavingForm({f"sent-{name}": typed for name, typed in sent.items()}, prefix="sent")


CALENDAR = (date(2026, 9, 1), date(2027, 9, 1))
SPENT = ((64.8, "done"), (24.0, "planned"), (11.2, "left"))
CARRIED = ((83.3, "done"),)
ATTENDED = (4, 5, 5, 6, 5, 6)
PRICE = {"points": ((1.41, "late", 7),), "band": (0.92, 1.24)}
BEFORE_AND_AFTER = {"points": ((2.5, "then", 6), (4.5, "you", 7)), "band": (2.5, 4.5)}
PAIR = (("Chief executive", "Rowan House"), ("Director", "Bright Start"))
NODES = {
    "open": ("Open Door", 50, 18, 11, True),
    "rowan": ("Rowan House", 82, 70, 9, False),
    "ground": ("Ground Floor", 18, 70, 9, False),
}
TIES = (("open", "rowan", 3, True), ("open", "ground", 1, False))
