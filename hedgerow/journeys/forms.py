"""What people type, read into what the actions take."""

import re

from django import forms
from django.core.exceptions import ValidationError

from hedgerow.core import clock
from hedgerow.core.forms import DayField
from hedgerow.look.words import day, days_of
from hedgerow.people.forms import OneLine

from .models import Design
from .packs import read_programme_pack
from .queries.designs import name_of_design

_DAYS = re.compile(r"(?P<whole>\d{0,3})(?:\s*(?P<half>½)|[.,](?P<tenth>[05]))?(?:\s*days?)?")
_MOST_BYTES = 200_000


class HalfDaysField(forms.CharField):
    """Days in halves, cleaned to half days: 1, 1.5, 1½ or ½."""

    def to_python(self, value):
        typed = super().to_python(value)
        if not typed:
            return None
        match = _DAYS.fullmatch(typed.strip())
        if not match or not (match["whole"] or match["half"]):
            raise ValidationError(f"“{typed[:20]}” is not days in halves. Write 1, 1.5 or 2.")
        half = bool(match["half"]) or match["tenth"] == "5"
        return int(match["whole"] or 0) * 2 + half

    def prepare_value(self, value):
        return days_of(value) if isinstance(value, int) else value

    def widget_attrs(self, widget):
        return {**super().widget_attrs(widget), "inputmode": "decimal", "autocomplete": "off"}


def _words(label: str, *, hint: str = "", rows: int = 3, missing: str) -> forms.CharField:
    return forms.CharField(
        label=label,
        help_text=hint,
        max_length=2000,
        widget=forms.Textarea(attrs={"rows": rows}),
        error_messages={"required": missing},
    )


class TickForm(forms.Form):
    evidence = _words(
        "What shows it", rows=2, missing="Say what shows it: a date, a document, who was there."
    )


class BackForm(forms.Form):
    to_position = forms.TypedChoiceField(
        label="Back to which stage?",
        coerce=int,
        widget=forms.RadioSelect,
        error_messages={"required": "Choose a stage."},
    )
    reason = _words(
        "Why are you going back?",
        hint="It is kept with the stage, and the programme reads it.",
        missing="Say why you are going back.",
    )

    def __init__(self, *args, stages, **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["to_position"].choices = stages


class MoveForm(forms.Form):
    to_on = DayField(
        label="The new day",
        help_text="Day, month, year: 17/3/2026 or 17 March 2026.",
        error_messages={"required": "Write the new day."},
    )
    reason = _words(
        "Why does it move?",
        missing="Say why the date moves.",
    )
    version = forms.IntegerField(widget=forms.HiddenInput, required=False)

    def __init__(self, *args, read_by, **kwargs):
        super().__init__(*args, **kwargs)
        hint = f"It is kept with the timetable, and the {read_by} reads it"
        self.fields["reason"].help_text = (
            f"{hint}: no names of members and no votes." if read_by == "programme" else f"{hint}."
        )

    def clean_to_on(self):
        to_on = self.cleaned_data["to_on"]
        if to_on < clock.today():
            raise ValidationError(f"{day(to_on)} has passed. Choose today or a later day.")
        return to_on


class AnswerForm(forms.Form):
    answer = _words(
        "Why can the date not move?",
        hint="The cluster reads this and plans with it.",
        missing="Say why the date cannot move.",
    )


class TakeBackForm(forms.Form):
    version = forms.IntegerField(widget=forms.HiddenInput)


class MeetForm(forms.Form):
    done_on = DayField(
        label="On which day was it met?",
        help_text="Day, month, year: 17/3/2026 or 17 March 2026.",
        error_messages={"required": "Write the day."},
    )


class LogForm(forms.Form):
    half_days = HalfDaysField(
        label="Days",
        help_text="In halves: 0.5, 1 or 1.5.",
        error_messages={"required": "Write how many days."},
    )
    on = DayField(
        label="On which day?",
        help_text="For several, the last of them.",
        error_messages={"required": "Write the day."},
    )
    what = forms.CharField(
        label="What for?",
        help_text="The programme reads this: no names of members and no votes.",
        max_length=200,
        error_messages={"required": "Say what the time was for."},
    )


class GiveForm(forms.Form):
    half_days = HalfDaysField(
        label="Days in all",
        help_text="In halves, with those that are used.",
        error_messages={"required": "Write how many days."},
    )
    version = forms.IntegerField(widget=forms.HiddenInput)


class ClusterForm(forms.Form):
    name = OneLine(
        label="Name",
        max_length=120,
        help_text="As it will be called by everybody: Collaborate Hazelford.",
        error_messages={"required": "Give the cluster a name."},
    )
    slug = forms.SlugField(
        label="Address",
        help_text="A short word for links, in small letters: hazelford.",
        error_messages={
            "required": "Give it a short word for links.",
            "invalid": "Use letters, digits and hyphens only.",
        },
    )
    place = OneLine(label="Place", max_length=120, required=False)
    purpose = forms.CharField(
        label="What it is for",
        max_length=2000,
        required=False,
        widget=forms.Textarea(attrs={"rows": 2}),
        help_text="One sentence.",
    )


class _DesignField(forms.ModelChoiceField):
    def label_from_instance(self, design):
        return name_of_design(design)


class StartForm(forms.Form):
    starts_on = DayField(
        label="On which day does it begin?",
        help_text="All dates are planned from this day. 17/3/2026 or 17 March 2026.",
        error_messages={"required": "Write the day."},
    )
    design = _DesignField(
        label="By which design?",
        queryset=Design.objects.none(),
        empty_label=None,
        error_messages={"required": "Choose a design."},
    )

    def __init__(self, *args, designs, **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["design"].queryset = designs
        self.fields["design"].initial = designs.first()
        self.fields["starts_on"].initial = clock.today()


class DesignForm(forms.Form):
    pack = forms.FileField(
        label="The design, as a YAML file",
        help_text="A text file, 200 KB at most. Every fault in it is listed with its line.",
        error_messages={"required": "Choose a file."},
    )

    faults = ()

    def clean_pack(self):
        upload = self.cleaned_data["pack"]
        if upload.size > _MOST_BYTES:
            raise ValidationError("This file is too large to be a design. Choose another one.")
        content = upload.read()
        pack, self.faults = read_programme_pack(content, name=upload.name)
        if pack is None:
            n = len(self.faults)
            raise ValidationError(
                f"{n} {'thing is' if n == 1 else 'things are'} wrong with this file. "
                "They are listed below, line by line."
            )
        return content.decode("utf-8")
