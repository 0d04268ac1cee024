from django import forms

from hedgerow.grants.licences import LICENCES
from hedgerow.people.forms import OneLine


class GrantFileForm(forms.Form):
    file = forms.FileField(
        label="A publisher’s file",
        help_text="360Giving as JSON, CSV or XLSX, of 20 MB at most.",
        error_messages={
            "required": "Choose a file.",
            "empty": "This file is empty. Choose another one.",
        },
        widget=forms.FileInput(attrs={"accept": ".json,.csv,.xlsx"}),
    )


class LicenceForm(forms.Form):
    licence = forms.ChoiceField(
        label="Under which licence is it published?",
        help_text="It stands beside every grant from this file.",
        choices=[("", "It does not say"), *((one.key, one.name) for one in LICENCES)],
        required=False,
    )


class PublisherForm(forms.Form):
    version = forms.IntegerField(widget=forms.HiddenInput, min_value=0)
    name = OneLine(
        label="Who publishes?",
        help_text="The funder’s full name, as its register has it.",
        max_length=160,
        error_messages={"required": "Say the name of who publishes."},
    )
    org_id = OneLine(
        label="Its number",
        help_text="A charity or company number, such as 1012345 or GB-COH-01234567.",
        max_length=80,
        error_messages={"required": "Say the number that a register gave it."},
    )
    prefix = OneLine(
        label="Its prefix with 360Giving",
        help_text="From the standard’s list of publishers, such as 360G-hedgeshire.",
        max_length=60,
        error_messages={"required": "Say the prefix, which begins with 360G-."},
    )
    licence = forms.ChoiceField(
        label="Under which licence?",
        choices=[(one.url, one.name) for one in LICENCES],
        widget=forms.RadioSelect,
        error_messages={"required": "Choose one of the open licences."},
    )
