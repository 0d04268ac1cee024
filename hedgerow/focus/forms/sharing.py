"""What people type to share a budget out, and to say what they want it to pay for."""

from datetime import timedelta

from django import forms
from django.core.exceptions import ValidationError

from hedgerow.agreements.forms.words import ChannelField
from hedgerow.core import clock
from hedgerow.core.forms import DayField, PoundsField
from hedgerow.focus.actions.sharing import MOST_OPTIONS, MOST_POINTS
from hedgerow.focus.actions.standing import FURTHEST
from hedgerow.focus.models import Marks
from hedgerow.focus.shares.words import MARKS, REST, TIES
from hedgerow.look.words import count
from hedgerow.units import pounds

from .shortlisting import WordsField

SECRET, OPEN = "secret", "open"
A_WEEK = timedelta(days=7)


class OpenShareForm(forms.Form):
    """ideas: rows that cost something, in the order of the long list."""

    ideas = forms.MultipleChoiceField(
        label="Which ideas?",
        help_text=f"Two or more, {MOST_OPTIONS} at most, so that everybody can look at each.",
        widget=forms.CheckboxSelectMultiple,
        error_messages={"required": "Tick two ideas or more."},
    )
    budget = PoundsField(
        label="How much is there to share?",
        least=1_00,
        error_messages={"required": "Write how much there is."},
    )
    marks = forms.ChoiceField(
        label="How do members mark what they want?",
        choices=list(MARKS.items()),
        widget=forms.RadioSelect,
        error_messages={"required": "Choose how members mark."},
    )
    completion = forms.ChoiceField(
        label="What happens with what is left over?",
        help_text="Shares rarely come out even. Name the rule now, before anybody marks anything.",
        choices=list(REST.items()),
        widget=forms.RadioSelect,
        error_messages={"required": "Choose what happens with what is left over."},
    )
    ties = forms.ChoiceField(
        label="If several are equally good, which is taken?",
        choices=list(TIES.items()),
        widget=forms.RadioSelect,
        error_messages={"required": "Choose which is taken."},
    )
    ballots = forms.ChoiceField(
        label="Who sees what members want while it is open?",
        choices=[
            (SECRET, "Nobody: it is secret until it is closed, then all see all of it"),
            (OPEN, "Everybody round the table, as soon as a member has marked it"),
        ],
        widget=forms.RadioSelect,
        error_messages={"required": "Choose who sees what members want."},
    )
    due_on = DayField(
        label="Until which day?",
        help_text="Day, month, year: 17/3/2026 or 17 March 2026.",
        error_messages={"required": "Write the day."},
    )

    def __init__(self, *args, ideas, **kwargs):
        super().__init__(*args, **kwargs)
        self.known = {str(idea.pk): idea for idea in ideas}
        choices = [(key, f"{idea}, {pounds(idea.cost)}") for key, idea in self.known.items()]
        self.fields["ideas"].choices = choices
        self.fields["ideas"].initial = list(self.known) if len(self.known) <= MOST_OPTIONS else []
        today = clock.today()
        self.fields["due_on"].first, self.fields["due_on"].last = today, today + FURTHEST
        self.fields["due_on"].initial = today + A_WEEK

    def clean_ideas(self):
        chosen = set(self.cleaned_data["ideas"])
        if len(chosen) < 2:
            raise ValidationError("Tick two ideas or more; one has nothing to be chosen from.")
        if len(chosen) > MOST_OPTIONS:
            raise ValidationError(f"That is {len(chosen)} ideas; {MOST_OPTIONS} are the most.")
        return [idea for key, idea in self.known.items() if key in chosen]

    def clean(self):
        said = super().clean()
        if ballots := said.pop("ballots", ""):
            said["is_secret"] = ballots == SECRET
        return said


class MarksForm(forms.Form):
    """things: rows of Costed. marks: one of Marks. points: what is said now, key -> points; {}
    where it is said that none is wanted, None where nothing is. Gives `points`."""

    wants_none = forms.BooleanField(label="We want none of these", required=False)
    BOTH = "You have marked something, and that you want none. Take one back."
    NOTHING = "Nothing is marked. If you want none of these, tick this and send it."

    def __init__(self, *args, things, marks, points=None, **kwargs):
        super().__init__(*args, **kwargs)
        self.things = tuple(things)
        has_points = marks == Marks.POINTS
        for thing in self.things:
            label = f"{thing.title}, {pounds(thing.cost)}"
            now = (points or {}).get(thing.pk, 0)
            self.fields[_name(thing)] = (
                forms.TypedChoiceField(
                    label=label,
                    choices=[(n, count(n, "point")) for n in range(MOST_POINTS + 1)],
                    coerce=int,
                    initial=now,
                    error_messages={"required": f"Choose 0 to {MOST_POINTS} points."},
                )
                if has_points
                else forms.BooleanField(label=label, required=False, initial=bool(now))
            )
        self.fields["wants_none"].initial = points == {}

    def lines(self):
        return [self[_name(thing)] for thing in self.things]

    def clean(self):
        said = super().clean()
        points = {
            thing.pk: int(said.pop(_name(thing))) for thing in self.things if said.get(_name(thing))
        }
        for thing in self.things:
            said.pop(_name(thing), None)
        wants_none = said.pop("wants_none", False)
        if points and wants_none:
            self.add_error("wants_none", self.BOTH)
        elif not points and not wants_none and not self.errors:
            self.add_error("wants_none", self.NOTHING)
        said["points"] = points
        return said


class RecordMarksForm(MarksForm):
    """members: lines of those who have not marked, or for whom it was written down."""

    member = forms.ChoiceField(
        label="For which member?", error_messages={"required": "Choose the member."}
    )
    channel = ChannelField()
    BOTH = "Something is marked, and that they want none. Take one back."
    NOTHING = "Nothing is marked. If they want none of these, tick this and send it."

    def __init__(self, *args, members, **kwargs):
        super().__init__(*args, **kwargs)
        names = [(str(one.organisation_key), one.organisation) for one in members]
        self.fields["member"].choices = [("", "Choose the member"), *names]
        self.fields["wants_none"].label = "They want none of these"

    def clean_member(self):
        return int(self.cleaned_data["member"])


class CloseShareForm(forms.Form):
    knows_absent = forms.BooleanField(label="We know who is missing", required=False)
    version = forms.IntegerField(widget=forms.HiddenInput)


class GiveUpShareForm(forms.Form):
    because = WordsField(
        label="Why do you give it up?",
        help_text="It stays to be read, with this reason.",
        missing="Say why you give it up.",
    )
    version = forms.IntegerField(widget=forms.HiddenInput)


def _name(thing) -> str:
    return f"thing-{thing.pk}"
