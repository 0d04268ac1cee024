from django import forms


class CloseForm(forms.Form):
    """Who closes a round without some members says that they know."""

    knows_absent = forms.BooleanField(
        label="I know that these members are not in it", required=False
    )
    version = forms.IntegerField(widget=forms.HiddenInput)


class ConsentForm(forms.Form):
    understands = forms.BooleanField(
        label="We know what it means, and agree",
        error_messages={"required": "Tick that you know what it means, or leave it as it is."},
    )
