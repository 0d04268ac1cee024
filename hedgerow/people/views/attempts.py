"""The two ways in which a form can fail, told apart once for all pages."""

from collections.abc import Callable
from typing import Any

from django import forms

from hedgerow.core.actions import Refused

DONE, WRONG, REFUSED = 303, 422, 409


def attempt(form: forms.Form, deed: Callable[..., Any]) -> int:
    """Do it with what the form says. WRONG: the form is; REFUSED: the world is. Either way the
    sentence stands in the form."""
    if not form.is_valid():
        return WRONG
    try:
        deed(**form.cleaned_data)
    except Refused as refused:
        form.add_error(None, str(refused))
        return REFUSED
    return DONE
