"""What a field says when it cannot take what was typed."""

import re

import pytest
from django import forms

LIST = [("a", "One"), ("b", "Other")]
KINDS = {
    "words": forms.CharField(max_length=5),
    "an email address": forms.EmailField(),
    "a number": forms.IntegerField(min_value=2, max_value=9),
    "a day": forms.DateField(),
    "a choice": forms.ChoiceField(choices=LIST),
    "several": forms.MultipleChoiceField(choices=LIST),
    "a tick": forms.BooleanField(),
    "a file": forms.FileField(),
    "an address": forms.SlugField(),
}
# As Django says it, which tells people about our insides.
FOREIGN = re.compile(
    r"field|required|valid|ensure|submitted|encoding|slug|choice\b|null", re.IGNORECASE
)


def said(kind, typed):
    with pytest.raises(forms.ValidationError) as refused:
        KINDS[kind].clean(typed)
    return refused.value.messages


@pytest.mark.parametrize("kind", KINDS)
def test_an_empty_field_says_what_to_do(kind):
    (sentence,) = said(kind, [] if kind == "several" else None if kind == "a file" else "")

    assert re.match(r"(Fill|Choose|Tick)\b.*\.$", sentence)
    assert not FOREIGN.search(sentence)


@pytest.mark.parametrize(
    ("kind", "typed", "sentence"),
    [
        ("words", "too long", "Make it shorter: it has 8 characters, and at most 5 fit."),
        ("words", "a\x00b", "There is a character in it that cannot be kept. Type it again."),
        (
            "an email address",
            "chief executive",
            "This is not a whole email address. It looks like name@place.org.",
        ),
        ("a number", "four", "Write a whole number in figures, such as 4."),
        ("a number", "1", "Write 2 or more."),
        ("a number", "12", "Write 9 or less."),
        ("a day", "soon", "Write a day, such as 17 March 2026."),
        ("a choice", "c", "Choose one of those on the list."),
        ("several", ["c"], "Choose from those on the list."),
        ("an address", "two words", "Use letters, figures and hyphens, and no spaces."),
    ],
)
def test_what_cannot_be_taken_is_answered_with_what_can(kind, typed, sentence):
    assert said(kind, typed) == [sentence]


def test_a_form_may_know_a_better_sentence():
    field = forms.CharField(error_messages={"required": "Type the code."})

    with pytest.raises(forms.ValidationError, match=r"Type the code\."):
        field.clean("")
