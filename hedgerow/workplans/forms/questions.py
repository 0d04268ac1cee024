"""Every question of the plan, read from the forms that ask it, so that they cannot differ."""

from dataclasses import dataclass

from django import forms
from django.core.validators import MaxLengthValidator

from hedgerow.people.models import Seat

from .budgets import LineForm
from .plans import BehindForm, ObjectiveForm, PairForm, StepForm, WritePlanForm


@dataclass(frozen=True, kw_only=True)
class Question:
    words: str
    hint: str
    most: int | None  # characters; None: a day, a choice, a sum
    is_needed: bool  # it cannot be kept without

    @property
    def limit(self) -> str:
        """Where the hint does not say it."""
        said = f"{self.most:,} characters at most." if self.most else ""
        return "" if said in self.hint else said


@dataclass(frozen=True, kw_only=True)
class QuestionsPart:
    heading: str
    ident: str
    questions: tuple[Question, ...]


_FORMS = (
    ("The plan as a whole", "whole", WritePlanForm),
    ("Each objective", "objective", ObjectiveForm),
    ("What there is already, of each objective", "behind", BehindForm),
    ("Each step", "step", StepForm),
    ("Who does each step", "pair", lambda: PairForm(holders=Seat.objects.none())),
    ("Each line of the budget", "line", lambda: LineForm(members=(), objectives=())),
)


def questions() -> list[QuestionsPart]:
    return [
        QuestionsPart(
            heading=heading,
            ident=ident,
            questions=tuple(
                _question(field) for field in asked().fields.values() if not field.widget.is_hidden
            ),
        )
        for heading, ident, asked in _FORMS
    ]


def _question(field: forms.Field) -> Question:
    return Question(
        words=str(field.label),
        hint=str(field.help_text),
        most=_most(field),
        is_needed=field.required,
    )


def _most(field: forms.Field) -> int | None:
    limits = [one.limit_value for one in field.validators if isinstance(one, MaxLengthValidator)]
    return min(limits, default=None)
