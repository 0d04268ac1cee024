"""The terms of a programme as its manager types them: criteria and headings in plain rows, of
which empty ones count for nothing."""

import re
from collections.abc import Mapping

from django import forms

from hedgerow.core.forms import PoundsField
from hedgerow.ledger.actions.acting import MOST_WORDS
from hedgerow.ledger.actions.terms import (
    MOST_ANSWER,
    MOST_CRITERIA,
    MOST_HEADINGS,
    MOST_POINTS,
    SENTENCE,
    TITLE,
    CriterionSaid,
    HeadingSaid,
)
from hedgerow.ledger.models import Terms

from .money import amount_field, words_field

BLANK_ROWS = 3
_USUAL_POINTS, _USUAL_LENGTH = 5, 1000
_ROW = re.compile(r"(?:title|sentence)-(\d{1,2})")


def _line(label: str, most: int) -> forms.CharField:
    return forms.CharField(
        label=label,
        required=False,
        max_length=most,
        error_messages={"max_length": f"Write {most:,} characters at most."},
    )


def _number(label: str, usual: int, most: int) -> forms.IntegerField:
    say = f"Write a whole number from 1 to {most:,}."
    return forms.IntegerField(
        label=label,
        help_text=f"{usual:,} if you leave it empty.",
        required=False,
        min_value=1,
        max_value=most,
        error_messages={"invalid": say, "min_value": say, "max_value": say},
    )


class TermsForm(forms.Form):
    amount = amount_field("Up to how much can each cluster be awarded?")
    conditions = words_field(
        "Conditions of every award", hint="One on a line.", most=MOST_WORDS, rows=4
    )
    timetable = words_field("When plans are read and decided on", most=MOST_WORDS, rows=3)
    other_support = words_field("Where else a cluster may be pointed to", most=MOST_WORDS, rows=3)
    day_rate = PoundsField(
        label="What a day of help costs",
        help_text="With it, what each cluster cost can be worked out.",
        required=False,
    )
    number = forms.IntegerField(widget=forms.HiddenInput)

    def __init__(self, *args, rows: tuple[int, int] = (BLANK_ROWS, BLANK_ROWS), **kwargs):
        """rows: of criteria and of headings, filled in and blank."""
        super().__init__(*args, **kwargs)
        self.rows = min(rows[0], MOST_CRITERIA), min(rows[1], MOST_HEADINGS)
        for n in range(1, self.rows[0] + 1):
            self.fields[f"title-{n}"] = _line(f"Thing {n} that assessors look at", TITLE)
            self.fields[f"words-{n}"] = words_field(
                f"What they look for under {n}", most=MOST_WORDS
            )
            self.fields[f"points-{n}"] = _number(f"Most points for {n}", _USUAL_POINTS, MOST_POINTS)
        for n in range(1, self.rows[1] + 1):
            self.fields[f"sentence-{n}"] = _line(f"Question {n} of the return", SENTENCE)
            self.fields[f"length-{n}"] = _number(
                f"Most characters of answer {n}", _USUAL_LENGTH, MOST_ANSWER
            )

    @classmethod
    def of(cls, terms: Terms | None) -> "TermsForm":
        if terms is None:
            return cls()
        names = ("amount", "conditions", "timetable", "other_support", "day_rate")
        initial = {name: getattr(terms, name) for name in names}
        criteria, headings = list(terms.criteria.all()), list(terms.return_headings.all())
        for n, one in enumerate(criteria, start=1):
            initial |= {f"title-{n}": one.title, f"words-{n}": one.words, f"points-{n}": one.most}
        for n, heading in enumerate(headings, start=1):
            initial |= {f"sentence-{n}": heading.sentence, f"length-{n}": heading.most}
        return cls(initial=initial, rows=(len(criteria) + BLANK_ROWS, len(headings) + BLANK_ROWS))

    @classmethod
    def typed(cls, data: Mapping[str, str]) -> "TermsForm":
        """As it was sent, with as many rows as it had."""
        return cls(data, rows=_rows(data))

    @classmethod
    def with_more_rows(cls, data: Mapping[str, str]) -> "TermsForm":
        """What was typed so far, not judged yet, and more blank rows."""
        criteria, headings = _rows(data)
        return cls(
            initial={key: data[key] for key in data if key != "number"},
            rows=(criteria + BLANK_ROWS, headings + BLANK_ROWS),
        )

    @property
    def whole(self):
        return [
            self[name]
            for name in ("amount", "conditions", "timetable", "other_support", "day_rate")
        ]

    @property
    def criteria(self):
        return [
            [self[f"{name}-{n}"] for name in ("title", "words", "points")]
            for n in range(1, self.rows[0] + 1)
        ]

    @property
    def headings(self):
        return [
            [self[f"{name}-{n}"] for name in ("sentence", "length")]
            for n in range(1, self.rows[1] + 1)
        ]

    def clean(self):
        """Gives what the action takes."""
        said = super().clean()
        names = ("amount", "conditions", "timetable", "other_support", "day_rate", "number")
        return {
            **{name: said.get(name) for name in names},
            "criteria": self._criteria(said),
            "headings": self._headings(said),
        }

    def _criteria(self, said) -> list[CriterionSaid]:
        found = []
        for n in range(1, self.rows[0] + 1):
            title, words, most = (said.get(f"{name}-{n}") for name in ("title", "words", "points"))
            if not (title or words or most) or f"title-{n}" in self.errors:
                continue
            if not title:
                self.add_error(f"title-{n}", "Give it a title, or leave its row empty.")
            elif not words and f"words-{n}" not in self.errors:
                self.add_error(f"words-{n}", "Say what assessors look for.")
            else:
                found.append(
                    CriterionSaid(title=title, words=words or "", most=most or _USUAL_POINTS)
                )
        return found

    def _headings(self, said) -> list[HeadingSaid]:
        found = []
        for n in range(1, self.rows[1] + 1):
            sentence, most = said.get(f"sentence-{n}"), said.get(f"length-{n}")
            if sentence:
                found.append(HeadingSaid(sentence=sentence, most=most or _USUAL_LENGTH))
            elif most and f"sentence-{n}" not in self.errors:
                self.add_error(f"sentence-{n}", "Write the question, or leave its row empty.")
        return found


def _rows(data: Mapping[str, str]) -> tuple[int, int]:
    """How many rows of each kind were sent, so that none is lost."""
    last = {"title": 0, "sentence": 0}
    for key in data:
        if match := _ROW.fullmatch(key):
            what = key.partition("-")[0]
            last[what] = max(last[what], int(match[1]))
    return last["title"], last["sentence"]
