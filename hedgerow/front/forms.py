from django import forms


class PublicPageForm(forms.Form):
    """Whether a cluster wants a page that anyone may read."""

    is_public = forms.TypedChoiceField(
        choices=[("yes", "Open it"), ("no", "Close it")],
        coerce=lambda word: word == "yes",
        error_messages={
            "required": "Say whether the page is to be open.",
            "invalid_choice": "Say whether the page is to be open.",
        },
    )
    version = forms.IntegerField(
        min_value=0,
        error_messages={"required": "Open this page again and press the button once more."},
    )
