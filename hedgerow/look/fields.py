"""What a field of a form is to the eye: its kind, its size, its choices, its faults."""

from dataclasses import dataclass

from django import forms
from django.forms.boundfield import BoundField, BoundWidget
from django.forms.widgets import Input
from django.utils.safestring import SafeString

_SHORT = 12  # characters; a postcode, a day in figures, a number
_NAME = 120  # characters; what may be longer is a sentence, and is seen whole


def kind_of(bound: BoundField) -> str:
    """choices (radios, or boxes under one question), tick (one box), group (several), line."""
    widget = bound.field.widget
    if isinstance(widget, forms.RadioSelect | forms.CheckboxSelectMultiple):
        return "choices"
    if isinstance(widget, forms.CheckboxInput):
        return "tick"
    return "group" if widget.use_fieldset else "line"


def size_of(bound: BoundField) -> dict[str, str]:
    """A field is as wide as what belongs in it, unless its widget says otherwise."""
    widget = bound.field.widget
    if "class" in widget.attrs or not isinstance(widget, Input):
        return {}
    if isinstance(widget, forms.CheckboxInput | forms.FileInput):
        return {}
    longest = getattr(bound.field, "max_length", None) or 100
    is_short = isinstance(widget, forms.NumberInput | forms.DateInput) or longest <= _SHORT
    if widget.attrs.get("inputmode") in ("decimal", "numeric"):
        is_short = True
    if is_short:
        return {"class": "ch8"}
    is_long = isinstance(widget, forms.TextInput) and longest > _NAME
    return {"class": "line" if is_long else "ch20"}


class ChoiceLine:
    """One radio or box with its words. That the answer is wrong is said once, of them all."""

    def __init__(self, choice: BoundWidget):
        choice.data["attrs"].pop("aria-invalid", None)
        self.words = choice.choice_label
        self.key = choice.id_for_label
        self.tag: SafeString = choice.tag()


@dataclass(frozen=True, kw_only=True)
class FaultLine:
    """A fault of a form: where it is, as an address on the page, or "" if it is of the whole."""

    href: str
    label: str
    sentence: str


def faults_of(form: forms.BaseForm) -> list[FaultLine]:
    """In the order of the page: of the whole and of hidden fields, then field by field."""
    whole = [FaultLine(href="", label="", sentence=said) for said in form.non_field_errors()]
    for bound in form:
        for said in bound.errors:
            href, label = ("", "") if bound.is_hidden else (_first_part(bound), _opening(bound))
            whole.append(FaultLine(href=href, label=label, sentence=said))
    return whole


def _opening(bound: BoundField) -> str:
    label = str(bound.label)
    return label if label.endswith(("?", ".", ":")) else f"{label}:"


def _first_part(bound: BoundField) -> str:
    first = bound.subwidgets[0].id_for_label if kind_of(bound) == "choices" else ""
    key = first or bound.id_for_label or bound.auto_id
    return f"#{key}" if key else ""
