"""What people type to write a budget and to put a change of it to the vote."""

from django import forms

from hedgerow.agreements.forms.decisions import ProposalForm
from hedgerow.analysis.workplan import CATEGORIES, LINE_KINDS
from hedgerow.core.forms import PoundsField
from hedgerow.people.forms import OneLine
from hedgerow.workplans.actions.budget_checks import LONGEST_TITLE, MOST_HOURS

ALL = "All of us together"
WHOLE_PLAN = "The whole plan"


class LineForm(forms.Form):
    """members, objectives: rows that can be chosen. Gives them as rows, or None for all."""

    title = OneLine(
        label="What is it?",
        max_length=LONGEST_TITLE,
        error_messages={"required": "Say what it is, in a line."},
    )
    kind = forms.ChoiceField(
        label="What is it for?",
        choices=list(LINE_KINDS.items()),
        widget=forms.RadioSelect,
        error_messages={"required": "Choose what it is for."},
    )
    pence = PoundsField(
        label="How much does it cost?",
        help_text="Needed unless in kind. In kind: what the hours are worth, if you want to say.",
        error_messages={"required": "Say how much it costs."},
    )
    hours = forms.IntegerField(
        label="How many hours?",
        help_text="Needed in kind, and only then: whole hours.",
        required=False,
        min_value=1,
        max_value=MOST_HOURS,
        widget=forms.TextInput(attrs={"inputmode": "numeric", "autocomplete": "off"}),
        error_messages={
            "invalid": "Write whole hours in figures, such as 12.",
            "min_value": "Write one hour or more.",
            "max_value": "That is more hours than can be. Check the number.",
        },
    )
    member = forms.ChoiceField(
        label="For which member? In kind: who gives it?",
        required=False,
        error_messages={"invalid_choice": "This is no member any more. Choose one that is."},
    )
    objective = forms.ChoiceField(
        label="Towards which objective?",
        required=False,
        error_messages={"invalid_choice": "This is in the plan no more. Choose another."},
    )
    category = forms.ChoiceField(
        label="Which category?",
        choices=[("", "Choose one"), *CATEGORIES.items()],
        error_messages={"required": "Choose a category."},
    )

    def __init__(self, *args, members, objectives, **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["pence"].required = self["kind"].value() != "in_kind"
        self.members = {str(one.pk): one for one in members}
        self.objectives = {str(one.pk): one for one in objectives}
        self.fields["member"].choices = [
            ("", ALL),
            *((key, str(one)) for key, one in self.members.items()),
        ]
        self.fields["objective"].choices = [
            ("", WHOLE_PLAN),
            *((key, str(one)) for key, one in self.objectives.items()),
        ]

    def clean_member(self):
        return self.members.get(self.cleaned_data["member"])

    def clean_objective(self):
        return self.objectives.get(self.cleaned_data["objective"])

    def clean(self):
        said = super().clean()
        kind = said.get("kind")
        if kind == "in_kind":
            if "hours" in said and said["hours"] is None:
                self.add_error("hours", "Say how many hours are given.")
            if "member" in said and said["member"] is None:
                self.add_error("member", "Choose the member that gives these hours.")
        elif kind:
            if "pence" in said and not said["pence"]:
                self.add_error("pence", "Say how much it costs.")
            if said.get("hours") is not None:
                self.add_error("hours", "Hours are given in kind. Leave this empty.")
            if kind == "levelling_up" and "member" in said and said["member"] is None:
                self.add_error("member", "Choose the member that it brings up.")
        said["pence"] = said.get("pence") or 0
        return said


class ChangeLineForm(LineForm):
    version = forms.IntegerField(widget=forms.HiddenInput)


class VersionForm(forms.Form):
    """A button that says what it read."""

    version = forms.IntegerField(widget=forms.HiddenInput)


class PutChangeForm(ProposalForm):
    """A proposal whose title and sentences are the lines that are changed."""

    title = options = None
    version = forms.IntegerField(widget=forms.HiddenInput)
    field_order = ("words", "way", "closes_on")

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["words"].label = "Why do you want this?"
        self.fields["words"].help_text = "The changes themselves are named in the proposal."
        self.fields["words"].max_length = 2000

    def clean_options(self):
        return []
