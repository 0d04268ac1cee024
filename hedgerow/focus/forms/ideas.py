"""What people type about ideas of the long list."""

from django import forms

from hedgerow.agreements.actions.speakers import MOST_WORDS
from hedgerow.core.forms import PoundsField
from hedgerow.focus.actions.ideas import LONGEST_SOURCE, LONGEST_TITLE
from hedgerow.focus.actions.shaping import LEAST_MERGED, MOST_MERGED, MOST_PARTS
from hedgerow.focus.models import Idea, Source
from hedgerow.focus.queries.ideas_asked import SIX
from hedgerow.look.words import number
from hedgerow.people.forms import OneLine

TOO_LONG = f"Write {MOST_WORDS:,} characters at most."


def _text(label: str, *, hint: str = "", rows: int = 2, missing: str = "") -> forms.CharField:
    return forms.CharField(
        label=label,
        help_text=hint,
        max_length=MOST_WORDS,
        required=bool(missing),
        widget=forms.Textarea(attrs={"rows": rows}),
        error_messages={"max_length": TOO_LONG, **({"required": missing} if missing else {})},
    )


def _title(label: str, **more) -> OneLine:
    return OneLine(
        label=label,
        max_length=LONGEST_TITLE,
        error_messages={
            "required": "Give the idea a title of a few words.",
            "max_length": f"Write {LONGEST_TITLE} characters at most.",
        },
        **more,
    )


class _CardForm(forms.Form):
    """All that a card says. Only the title is needed."""

    title = _title("What is the idea?", help_text="A few words: “Train together”.")
    words = _text("What it is, in a few sentences", rows=3)
    effect = _text(SIX[0].question)
    success = _text(SIX[1].question)
    ingredients = _text(SIX[2].question)
    own_means = _text(SIX[3].question)
    outside = _text(SIX[4].question)
    time = _text(SIX[5].question)
    cost = PoundsField(
        label="What it costs, roughly",
        help_text="For all of us together, in pounds. Leave it empty if nobody knows yet.",
        required=False,
    )
    is_quick_win = forms.BooleanField(
        label="A quick win: it costs little and shows soon", required=False
    )

    def tests(self):
        """The six fields, in their order."""
        return [self[name] for name in Idea.TESTS]


class AddIdeaForm(_CardForm):
    who = OneLine(
        label="Does anybody do this already? Who?",
        help_text="A charity, a council, another cluster. Leave it empty if it is your own idea.",
        max_length=LONGEST_SOURCE,
        required=False,
        error_messages={"max_length": f"Write {LONGEST_SOURCE} characters at most."},
    )

    @property
    def has_faults_inside(self) -> bool:
        """Whether something is wrong, or was typed, in what is folded away."""
        names = (*Idea.TESTS, "cost", "is_quick_win")
        return self.is_bound and any(self.errors.get(name) or self.data.get(name) for name in names)

    def clean(self):
        """Gives `source` and `came_from`, as the action takes them."""
        cleaned = super().clean()
        who = cleaned.pop("who", "")
        cleaned["source"] = Source.ELSEWHERE if who else Source.MEMBER
        cleaned["came_from"] = who
        return cleaned


class ChangeIdeaForm(_CardForm):
    version = forms.IntegerField(widget=forms.HiddenInput)

    def __init__(self, *args, hints=None, **kwargs):
        """hints: by test, what to think of."""
        super().__init__(*args, **kwargs)
        for test, hint in (hints or {}).items():
            self.fields[test].help_text = hint

    @classmethod
    def of(cls, idea: Idea, hints=None):
        names = [name for name in cls.base_fields if name != "version"]
        return cls(initial={name: getattr(idea, name) for name in names}, hints=hints)


class QuickWinForm(forms.Form):
    is_quick_win = forms.BooleanField(required=False)
    version = forms.IntegerField(widget=forms.HiddenInput)


class WithdrawIdeaForm(forms.Form):
    because = _text(
        "Why is it taken off?",
        hint="It stays to be read, with this reason.",
        rows=3,
        missing="Say why it is taken off; whoever added it reads that.",
    )
    version = forms.IntegerField(widget=forms.HiddenInput)


class MergeForm(forms.Form):
    """Which ideas, and what they are called from now on."""

    idea = forms.MultipleChoiceField(
        label="Which ideas belong together?",
        widget=forms.CheckboxSelectMultiple,
        error_messages={
            "required": "Tick the ideas that belong together.",
            "invalid_choice": "One of these is off the long list by now. Look, and choose again.",
        },
    )
    title = _title("What do we call it now?")
    words = _text("What it is, in a few sentences", rows=4)
    because = _text(
        "Why do they belong together?",
        hint="It stays with each of them, so that nobody looks for theirs in vain.",
        missing="Say why they belong together.",
    )

    def __init__(self, *args, offered, **kwargs):
        """offered: ideas on the long list."""
        super().__init__(*args, **kwargs)
        self.offered = {str(idea.pk): idea for idea in offered}
        self.fields["idea"].choices = [
            (key, f"{idea.number}. {idea.title}") for key, idea in self.offered.items()
        ]

    @classmethod
    def of(cls, chosen, *, offered):
        words = "\n\n".join(idea.words for idea in chosen if idea.words)
        return cls(initial={"idea": [str(it.pk) for it in chosen], "words": words}, offered=offered)

    def clean_idea(self):
        ideas = [self.offered[key] for key in self.cleaned_data["idea"]]
        if not LEAST_MERGED <= len(ideas) <= MOST_MERGED:
            raise forms.ValidationError(
                f"Tick {number(LEAST_MERGED)} to {number(MOST_MERGED)} ideas. "
                f"Ticked {'is' if len(ideas) == 1 else 'are'} {number(len(ideas))}."
            )
        return ideas

    def clean(self):
        """Gives `ideas`, as the action takes them."""
        cleaned = super().clean()
        cleaned["ideas"] = cleaned.pop("idea", [])
        return cleaned


class SplitForm(forms.Form):
    """Two to four parts, each with a title."""

    because = _text(
        "Why is it taken apart?",
        hint="It stays with the idea.",
        missing="Say why it is taken apart.",
    )
    version = forms.IntegerField(widget=forms.HiddenInput)

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        because = self.fields.pop("because")
        for n in range(1, MOST_PARTS + 1):
            self.fields[f"title-{n}"] = _title(f"Part {n}", required=n <= 2)
            self.fields[f"words-{n}"] = _text(f"What part {n} is")
        self.fields["because"] = because

    def clean(self):
        """Gives `parts`, as the action takes them."""
        said = self.cleaned_data
        parts = []
        for n in range(1, MOST_PARTS + 1):
            title, words = said.get(f"title-{n}", ""), said.get(f"words-{n}", "")
            if words and not title and not self.errors.get(f"title-{n}"):
                self.add_error(f"title-{n}", f"Give part {n} a title, or leave out what it is.")
            elif title:
                parts.append((title, words))
        return {
            "parts": parts,
            "because": said.get("because", ""),
            "version": said.get("version"),
        }
