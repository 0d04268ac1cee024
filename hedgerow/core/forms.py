"""Fields of forms that read what people type, and say in a sentence why they cannot."""

from abc import ABC, abstractmethod
from datetime import date
from typing import Any, Generic, TypeVar

from django import forms
from django.core.exceptions import ValidationError

from hedgerow.units import Pence, pounds, read_pounds

from .days import in_words, read_day

Value = TypeVar("Value", Pence, date)

_LONGEST = 60  # characters; no amount and no day needs more


class _Typed(forms.Field, ABC, Generic[Value]):
    """Words that stand for a value. Whoever sees the form again sees their own words."""

    widget = forms.TextInput

    @abstractmethod
    def read(self, typed: str) -> Value:
        """Raises ValueError with a sentence."""

    def to_python(self, value: Any) -> Value | None:
        typed = str(value or "").strip()
        if not typed:
            return None
        try:
            if len(typed) > _LONGEST:
                raise ValueError("That is longer than it can be. Check what was typed.")
            return self.read(typed)
        except ValueError as wrong:
            raise ValidationError(str(wrong), code="invalid") from None

    def has_changed(self, initial: Any, data: Any) -> bool:
        try:
            return bool(self.to_python(data) != initial)
        except ValidationError:
            return True

    def widget_attrs(self, widget: forms.Widget) -> dict[str, Any]:
        return {**super().widget_attrs(widget), "autocomplete": "off"}


class PoundsField(_Typed[Pence]):
    """An amount in pounds, cleaned to pence. `least` and `most` are pence, and may be reached."""

    def __init__(self, *, least: int | None = 0, most: int | None = None, **kwargs: Any) -> None:
        super().__init__(**kwargs)
        self.least, self.most = least, most

    def read(self, typed: str) -> Pence:
        amount = read_pounds(typed)
        if self.least is not None and amount < self.least:
            raise ValueError(f"Enter {pounds(self.least)} or more.")
        if self.most is not None and amount > self.most:
            raise ValueError(f"Enter {pounds(self.most)} or less.")
        return amount

    def prepare_value(self, value: Any) -> Any:
        return pounds(value).replace("£", "") if isinstance(value, int) else value

    def widget_attrs(self, widget: forms.Widget) -> dict[str, Any]:
        return {**super().widget_attrs(widget), "inputmode": "decimal"}


class DayField(_Typed[date]):
    """A day, cleaned to a date. `first` and `last` may be chosen; the UK writes day before month."""

    def __init__(
        self, *, first: date | None = None, last: date | None = None, **kwargs: Any
    ) -> None:
        super().__init__(**kwargs)
        self.first, self.last = first, last

    def read(self, typed: str) -> date:
        day = read_day(typed)
        if self.first and day < self.first:
            raise ValueError(f"Choose {in_words(self.first)} or a later day.")
        if self.last and day > self.last:
            raise ValueError(f"Choose {in_words(self.last)} or an earlier day.")
        return day

    def prepare_value(self, value: Any) -> Any:
        return in_words(value) if isinstance(value, date) else value
