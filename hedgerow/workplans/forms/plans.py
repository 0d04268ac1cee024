"""What people type about a plan, read into what the actions take. Each limit stands at its field."""

from django import forms

from hedgerow.agreements.forms.promises import TakeOverForm
from hedgerow.core.forms import DayField
from hedgerow.people.forms import OneLine
from hedgerow.workplans.actions.objectives import (
    LONGEST_FOR_WHOM,
    LONGEST_TITLE,
    MOST_BECAUSE,
    MOST_BEHIND,
    MOST_JUDGED,
)
from hedgerow.workplans.actions.plans import MOST_MEETINGS, MOST_SUMMARY
from hedgerow.workplans.actions.steps import LONGEST_TITLE as LONGEST_STEP
from hedgerow.workplans.models import Objective, Step, StepKind, Strand, Workplan
from hedgerow.workplans.queries.plan_lines import ASKED

_DAY = "Day, month, year: 17/3/2026 or 17 March 2026."
_CAN_WAIT = "It can wait until the plan is handed in."


def _limit(most: int) -> str:
    return f"{most:,} characters at most."


def _text(label: str, most: int, *, hint: str = "", rows: int = 3, missing: str = ""):
    return forms.CharField(
        label=label,
        help_text=f"{hint} {_limit(most)}".strip(),
        max_length=most,
        required=bool(missing),
        widget=forms.Textarea(attrs={"rows": rows}),
        error_messages={
            "max_length": f"Write {_limit(most)}",
            **({"required": missing} if missing else {}),
        },
    )


def _line(label: str, most: int, *, hint: str = "", missing: str = ""):
    return OneLine(
        label=label,
        help_text=f"{hint} {_limit(most)}".strip(),
        max_length=most,
        required=bool(missing),
        error_messages={
            "max_length": f"Write {_limit(most)}",
            **({"required": missing} if missing else {}),
        },
    )


class _Kept(forms.Form):
    """Of a thing that may have been changed since it was read."""

    version = forms.IntegerField(widget=forms.HiddenInput)

    @classmethod
    def of(cls, row):
        names = [name for name in cls.base_fields if name != "version"]
        return cls(initial={name: getattr(row, name) for name in names})


class WritePlanForm(_Kept):
    summary = _text(
        "The plan in a few sentences",
        MOST_SUMMARY,
        hint="For somebody who reads no more: what you will do, for whom, and what it comes to.",
        rows=6,
    )
    meetings = _text(
        "How often does the Core Group meet?",
        MOST_MEETINGS,
        hint="To the end, and what each looks at: “On the first Tuesday of each month; main "
        "themes each time, the others every second time.”",
    )

    @classmethod
    def of(cls, row: Workplan):
        return super().of(row)


class ObjectiveForm(forms.Form):
    title = _line(
        "What will be true?",
        LONGEST_TITLE,
        hint="One sentence that will be true or not: “Managers of all members have learned to "
        "report outcomes.”",
        missing="Say what will be true.",
    )
    for_whom = _line("For whom?", LONGEST_FOR_WHOM, hint=f"Who is better off. {_CAN_WAIT}")
    judged_how = _text(
        "How do you judge whether it came true?",
        MOST_JUDGED,
        hint=f"What you will count, ask or look at. {_CAN_WAIT}",
    )
    judged_on = DayField(
        label="When do you judge it?", help_text=f"{_CAN_WAIT} {_DAY}", required=False
    )
    strand = forms.ChoiceField(
        label="Is it a main theme?",
        choices=[
            (Strand.MAIN, "A main theme of the plan"),
            (Strand.PARALLEL, "A low-cost activity beside the main themes"),
        ],
        initial=Strand.MAIN,
        widget=forms.RadioSelect,
        error_messages={"required": "Choose one of the two."},
    )


class ChangeObjectiveForm(ObjectiveForm, _Kept):
    @classmethod
    def of(cls, row: Objective):
        return super().of(row)


class BehindForm(_Kept):
    """Come in behind: three questions."""

    found = _text(ASKED["found"][0], MOST_BEHIND, hint=ASKED["found"][1])
    stands_behind = _text(ASKED["stands_behind"][0], MOST_BEHIND, hint=ASKED["stands_behind"][1])
    differs = _text(ASKED["differs"][0], MOST_BEHIND, hint=ASKED["differs"][1])


class StepForm(forms.Form):
    title = _line(
        "What is done?",
        LONGEST_STEP,
        hint="In words that show when it is done: “Ask three firms for a price”.",
        missing="Say what is done.",
    )
    kind = forms.ChoiceField(
        label="What kind of step is it?",
        choices=[
            (StepKind.ACTIVITY, "An activity: somebody works on it for a time"),
            (StepKind.MILESTONE, "A milestone: on its day it is reached or not"),
        ],
        initial=StepKind.ACTIVITY,
        widget=forms.RadioSelect,
        error_messages={"required": "Choose one of the two."},
    )
    starts_on = DayField(
        label="From when?",
        help_text=f"Of an activity only. {_DAY}",
        required=False,
    )
    due_on = DayField(label="By when?", help_text=f"{_CAN_WAIT} {_DAY}", required=False)
    is_quick_win = forms.BooleanField(
        label="A quick win: it costs little and shows soon", required=False
    )

    def clean(self):
        said = super().clean()
        starts_on, due_on = said.get("starts_on"), said.get("due_on")
        if starts_on and said.get("kind") == StepKind.MILESTONE:
            self.add_error(
                "starts_on",
                "A milestone is reached on one day. Leave this empty, or make it an activity.",
            )
        elif starts_on and due_on and starts_on > due_on:
            self.add_error("due_on", "This comes before the day on which it begins.")
        return said


class ChangeStepForm(StepForm, _Kept):
    """Once it is taken up, its last day is moved with the promise: it is not asked for here."""

    def __init__(self, *args, step: Step, **kwargs):
        super().__init__(*args, **kwargs)
        self.step = step
        if step.promise_id:
            del self.fields["due_on"]

    @classmethod
    def of(cls, row: Step):
        names = [name for name in cls.base_fields if name != "version"]
        return cls(step=row, initial={name: getattr(row, name) for name in names})

    def clean(self):
        said = super().clean()
        if self.step.promise_id:
            said["due_on"] = self.step.due_on
        return said


class PairForm(TakeOverForm):
    """Who does a step, as a promise asks it: two people, or one who says why."""

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["first"].label = "Who does it?"
        self.fields["first"].error_messages["required"] = "Choose who does it."
        self.fields["alone_because"].label = "Why alone?"

    @classmethod
    def of(cls, row: Step, *, holders):
        said = {"first": row.first_id, "second": row.second_id, "alone_because": row.alone_because}
        if row.first_id and not row.second_id:
            said["second"] = "alone"
        return cls(initial=said, holders=holders)


class WaitsForm(forms.Form):
    on = forms.MultipleChoiceField(
        label="Which steps must be done before this one can begin?",
        help_text="Tick none if it can begin at once.",
        required=False,
        widget=forms.CheckboxSelectMultiple,
        error_messages={
            "invalid_choice": "One of these is not in the plan any more. Look, and choose again."
        },
    )
    version = forms.IntegerField(widget=forms.HiddenInput)

    def __init__(self, *args, offered, **kwargs):
        """offered: the other live steps."""
        super().__init__(*args, **kwargs)
        self.offered = {str(step.pk): step for step in offered}
        self.fields["on"].choices = [
            (key, f"{step.number}. {step.title}") for key, step in self.offered.items()
        ]

    def clean_on(self):
        return [self.offered[key] for key in self.cleaned_data["on"]]


class DropForm(forms.Form):
    because = _text(
        "Why is it dropped?",
        MOST_BECAUSE,
        hint="It stays to be read, with this reason.",
        missing="Say why it is dropped. It stays to be read, with this reason.",
    )
    version = forms.IntegerField(widget=forms.HiddenInput)
