from django import forms
from django.core.exceptions import ValidationError

from hedgerow.charter.actions.profile import MOST_ABOUT, MOST_BOILERPLATE, MOST_DESCRIBED
from hedgerow.charter.logos import MOST_GIVEN, draw_anew
from hedgerow.core.actions import Refused
from hedgerow.people.forms import OneLine


class ProfileForm(forms.Form):
    about = forms.CharField(
        label="What we are for, to somebody who does not know us",
        help_text="Two or three sentences.",
        max_length=MOST_ABOUT,
        required=False,
        widget=forms.Textarea(attrs={"rows": 4}),
        error_messages={"max_length": f"Write {MOST_ABOUT:,} characters at most."},
    )
    boilerplate = forms.CharField(
        label="Words for others to copy",
        help_text="About 100 words that fit into a bid, a letter or a newspaper as they are.",
        max_length=MOST_BOILERPLATE,
        required=False,
        widget=forms.Textarea(attrs={"rows": 6}),
        error_messages={"max_length": f"Write {MOST_BOILERPLATE:,} characters at most."},
    )
    contact = forms.EmailField(
        label="Where to write to us",
        help_text="An address of the cluster, not of a person: whoever reads the page can see it.",
        max_length=254,
        required=False,
        error_messages={
            "invalid": "This is not a whole email address. Check it: it looks like name@place.org."
        },
    )
    version = forms.IntegerField(widget=forms.HiddenInput)

    @classmethod
    def of(cls, profile):
        return cls(
            initial={
                "about": profile.about,
                "boilerplate": profile.boilerplate,
                "contact": profile.contact,
            }
        )


class LogoForm(forms.Form):
    """Cleaned to a picture of our own drawing."""

    file = forms.FileField(
        label="A picture",
        help_text="PNG, JPEG, WebP or GIF, 2 MB at most. It is drawn anew, 512 pixels wide or high.",
        error_messages={
            "required": "Choose a picture.",
            "empty": "This file is empty. Choose another one.",
        },
        widget=forms.FileInput(attrs={"accept": "image/png,image/jpeg,image/webp,image/gif"}),
    )
    described = OneLine(
        label="What it shows",
        help_text="In a few words, for those who do not see it: “A hedge with a gate in it”.",
        max_length=MOST_DESCRIBED,
        error_messages={
            "required": "Say in a few words what the picture shows, for those who do not see it.",
            "max_length": f"Describe it in {MOST_DESCRIBED} characters at most.",
        },
    )

    def clean_file(self):
        given = self.cleaned_data["file"]
        try:
            return draw_anew(given.read(MOST_GIVEN + 1))
        except Refused as refused:
            raise ValidationError(str(refused)) from None
