"""A form with one field of every kind, for the tests of the look."""

from django import forms

from hedgerow.core.forms import DayField, PoundsField

CHOICES = [("a", "We moved to a better price"), ("b", "We asked together")]


class Every(forms.Form):
    name = forms.CharField(label="Supplier", help_text="As on the invoice.", max_length=120)
    email = forms.EmailField(label="Email address", required=False)
    many = forms.IntegerField(label="How many", min_value=1)
    cost = PoundsField(label="Cost in a year", help_text="In pounds, without VAT.")
    ends_on = DayField(label="When does the contract end?", required=False)
    from_on = forms.DateField(label="First day", widget=forms.DateInput(attrs={"type": "date"}))
    why = forms.CharField(label="Why", widget=forms.Textarea, help_text="Members read this.")
    band = forms.ChoiceField(label="Income", choices=CHOICES)
    kind = forms.ChoiceField(
        label="What kind of saving is it?",
        help_text="The first that fits.",
        choices=CHOICES,
        widget=forms.RadioSelect,
    )
    who = forms.MultipleChoiceField(
        label="Who has seen it?", choices=CHOICES, widget=forms.CheckboxSelectMultiple
    )
    proof = forms.BooleanField(label="A second member has seen it", help_text="In person.")
    file = forms.FileField(label="The invoice")
    token = forms.CharField(widget=forms.HiddenInput)
