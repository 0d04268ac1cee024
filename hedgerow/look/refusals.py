"""What Django says of a field, in our words: what to do, not what is wrong with it.

A form says its own sentence where it knows a better one (`error_messages`).
"""

from django import forms
from django.core import validators

_OF_FIELDS: dict[type[forms.Field], dict[str, str]] = {
    forms.Field: {"required": "Fill this in."},
    forms.BooleanField: {"required": "Tick this to go on."},
    forms.ChoiceField: {
        "required": "Choose one.",
        "invalid_choice": "Choose one of those on the list.",
    },
    forms.MultipleChoiceField: {
        "required": "Choose at least one.",
        "invalid_choice": "Choose from those on the list.",
        "invalid_list": "Choose from those on the list.",
    },
    forms.ModelChoiceField: {
        "required": "Choose one.",
        "invalid_choice": "Choose one of those on the list.",
    },
    forms.IntegerField: {"invalid": "Write a whole number in figures, such as 4."},
    forms.DateField: {"invalid": "Write a day, such as 17 March 2026."},
    forms.FileField: {
        "required": "Choose a file.",
        "missing": "Choose a file.",
        "invalid": "The file did not come through. Choose it again.",
        "empty": "There is nothing in this file. Choose another.",
        "max_length": "Give the file a shorter name: at most %(max)d characters.",
    },
}
_TOO_LONG = "Make it shorter: it has %(show_value)d characters, and at most %(limit_value)d fit."


def in_our_words() -> None:
    """Once, when the site starts: these are attributes of Django's own classes."""
    for kind, sentences in _OF_FIELDS.items():
        kind.default_error_messages = {**vars(kind).get("default_error_messages", {}), **sentences}
    validators.EmailValidator.message = (
        "This is not a whole email address. It looks like name@place.org."
    )
    validators.MaxLengthValidator.message = _TOO_LONG
    validators.MinValueValidator.message = "Write %(limit_value)s or more."
    validators.MaxValueValidator.message = "Write %(limit_value)s or less."
    validators.ProhibitNullCharactersValidator.message = (
        "There is a character in it that cannot be kept. Type it again."
    )
    validators.validate_slug.message = "Use letters, figures and hyphens, and no spaces."
