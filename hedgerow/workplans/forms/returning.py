"""What people write for the return: a field for each heading of the programme, and no more."""

from django import forms

from hedgerow.workplans.actions.returning import MOST_WORDS


class ReturnForm(forms.Form):
    words = forms.CharField(
        label="What has changed since the one before?",
        max_length=MOST_WORDS,
        required=False,
        widget=forms.Textarea(attrs={"rows": 2}),
    )
    digest = forms.CharField(widget=forms.HiddenInput, max_length=64)

    def __init__(self, *args, headings, is_again, **kwargs):
        """is_again: one was sent back, or taken back, before."""
        super().__init__(*args, **kwargs)
        self.keys = {f"heading-{one.pk}": one.pk for one in headings}
        for name, one in zip(self.keys, headings, strict=True):
            self.fields[name] = forms.CharField(
                label=one.sentence,
                help_text=f"{one.most:,} characters at most.",
                max_length=one.most,
                widget=forms.Textarea(attrs={"rows": 5}),
                error_messages={
                    "required": "Write something here. A sentence is enough.",
                    "max_length": f"Write {one.most:,} characters at most.",
                },
            )
        if not is_again:
            del self.fields["words"]
        self.order_fields([*self.keys, "words"])

    def clean(self):
        """Gives `said`, by the key of the heading, as the action takes it."""
        cleaned = super().clean()
        said = {key: cleaned.pop(name, "") for name, key in self.keys.items()}
        return {
            "digest": cleaned.get("digest", ""),
            "words": cleaned.get("words", ""),
            "said": said,
        }
