from django import forms


class WorkbookForm(forms.Form):
    file = forms.FileField(
        label="A spreadsheet",
        help_text="The .xlsx file that you took from here, filled in.",
        error_messages={
            "required": "Choose a spreadsheet.",
            "empty": "This file is empty. Choose another one.",
        },
        widget=forms.FileInput(attrs={"accept": ".xlsx"}),
    )
