"""What people type on the pages of people, organisations and clusters, read into values."""

import difflib

from django import forms

from hedgerow.core.forms import DayField

from . import postcodes
from .identifiers import OrgId, read_identifier
from .kinds import ONE_LINE, UNSEEN
from .models import IncomeBand, LegalForm, Organisation, Role


class OneLine(forms.CharField):
    """Words on one line, with nothing in them that cannot be seen."""

    def validate(self, value):
        super().validate(value)
        if UNSEEN.search(value):
            raise forms.ValidationError(ONE_LINE)


class EmailForm(forms.Form):
    email = forms.EmailField(
        label="Your email address",
        max_length=254,
        widget=forms.EmailInput(attrs={"autocomplete": "email"}),
        error_messages={
            "required": "Type your email address.",
            "invalid": "This is not a whole email address. Check it: it looks like name@place.org.",
        },
    )


class ErasureForm(forms.Form):
    """The address typed once more, so that nobody is erased by a slip."""

    typed = forms.CharField(
        label="The email address, typed once more",
        max_length=254,
        widget=forms.EmailInput(attrs={"autocomplete": "off"}),
        error_messages={"required": "Type the email address of whoever is to be erased."},
    )

    def __init__(self, *args, email: str, **kwargs):
        super().__init__(*args, **kwargs)
        self.email = email

    def clean_typed(self) -> str:
        if self.cleaned_data["typed"].strip().lower() != self.email:
            raise forms.ValidationError(
                "This is not the address on this page. Check that it is the right person, and type "
                "it as it stands above."
            )
        return self.email


class CodeForm(forms.Form):
    typed = forms.CharField(
        label="The code from the message",
        max_length=40,
        widget=forms.TextInput(
            attrs={
                "autocomplete": "one-time-code",
                "spellcheck": "false",
                "autocapitalize": "characters",
            }
        ),
        error_messages={"required": "Type the code."},
    )


class SignInForm(CodeForm):
    is_kept = forms.BooleanField(
        label="Keep me signed in here for 14 days",
        help_text="Only on a device that is yours alone.",
        required=False,
    )


class FiguresForm(forms.Form):
    typed = forms.CharField(
        label="The six figures in your app, or a recovery code",
        max_length=40,
        widget=forms.TextInput(attrs={"autocomplete": "one-time-code", "spellcheck": "false"}),
        error_messages={"required": "Type the figures."},
    )


class AppForm(forms.Form):
    typed = forms.CharField(
        label="The six figures that the app shows now",
        max_length=12,
        widget=forms.TextInput(attrs={"autocomplete": "one-time-code", "inputmode": "numeric"}),
        error_messages={"required": "Type the figures."},
    )


class PasskeyForm(forms.Form):
    name = OneLine(label="What to call it", max_length=60, initial="This device")
    answer = forms.CharField(widget=forms.HiddenInput, max_length=20_000)


class PasskeyAnswerForm(forms.Form):
    answer = forms.CharField(widget=forms.HiddenInput, max_length=20_000)


class PersonForm(forms.Form):
    name = OneLine(label="Your name", max_length=120, required=False)
    title = OneLine(
        label="Your title", max_length=120, required=False, help_text="Such as “Chief executive”."
    )
    wants_digest = forms.BooleanField(
        label="Send me the weekly letter",
        help_text="One thing to do first, and what changed. Only when there is something.",
        required=False,
    )


class InviteForm(forms.Form):
    email = forms.EmailField(
        label="Email address",
        max_length=254,
        widget=forms.EmailInput(attrs={"autocomplete": "off"}),
    )
    role = forms.ChoiceField(label="Seat")
    title = OneLine(
        label="Title", max_length=120, required=False, help_text="Such as “Chief executive”."
    )

    def __init__(self, *args, roles: tuple[Role, ...], **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["role"].choices = [(role.value, role.label) for role in roles]


class ClusterInviteForm(InviteForm):
    organisation = forms.ModelChoiceField(
        queryset=Organisation.objects.none(),
        label="Organisation",
        required=False,
        empty_label="None: a facilitator or sponsor",
    )
    field_order = ["email", "organisation", "role", "title"]

    def __init__(self, *args, organisations, **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["organisation"].queryset = organisations

    def clean(self):
        said = super().clean()
        role, organisation = said.get("role"), said.get("organisation")
        alone = role in (Role.FACILITATOR, Role.SPONSOR)
        if role and alone and organisation:
            said["organisation"] = None
        if role and not alone and not organisation and "organisation" not in self.errors:
            self.add_error("organisation", "Choose whose seat this is.")
        return said


class JoinForm(forms.Form):
    name = OneLine(label="Name of the organisation", max_length=200)
    is_second_tier = forms.BooleanField(
        label="It supports the others",
        help_text="It works for them and holds no vote.",
        required=False,
    )


class ProgrammeForm(forms.Form):
    name = OneLine(label="Name", max_length=120)
    guardian = OneLine(label="Who keeps the rules", max_length=120)
    sentence = forms.CharField(label="What it is for", widget=forms.Textarea, required=False)
    slug = forms.SlugField(
        label="Address", help_text="Small letters, figures and hyphens. It stands in links."
    )


class MandateForm(forms.Form):
    from_on = DayField(label="First day")
    until_on = DayField(label="Last day")


class GlassForm(forms.Form):
    reason = forms.CharField(
        label="Why you have to open it",
        help_text="Everybody in the cluster is sent these words, now.",
        widget=forms.Textarea,
        max_length=1000,
    )


class LinesField(forms.CharField):
    """One thing a line."""

    widget = forms.Textarea

    def to_python(self, value):
        lines = [line.strip() for line in super().to_python(value).splitlines()]
        return [line for line in lines if line]


class OrganisationForm(forms.Form):
    version = forms.IntegerField(widget=forms.HiddenInput)
    name = OneLine(label="Name", max_length=200)
    words = forms.CharField(
        label="What you do",
        help_text="A sentence or two. Anybody in your clusters and programme can read it.",
        widget=forms.Textarea,
        required=False,
        max_length=2000,
    )
    legal_form = forms.ChoiceField(
        label="Legal form", choices=[("", "Not said"), *LegalForm.choices], required=False
    )
    income_band = forms.ChoiceField(
        label="Yearly income", choices=[("", "Not said"), *IncomeBand.choices], required=False
    )
    identifiers = LinesField(
        label="Register numbers",
        help_text="One a line: a charity number, a company number. Leave it empty if you have none.",
        required=False,
    )
    postcode = OneLine(
        label="Postcode",
        help_text="Of your office. Leave it empty if its place must not be known.",
        required=False,
        max_length=12,
    )
    areas = LinesField(
        label="Where you work",
        help_text="Names of councils, one a line.",
        required=False,
    )

    @classmethod
    def of(cls, organisation: Organisation) -> "OrganisationForm":
        numbers = organisation.identifiers.exclude(scheme="XI-HEDGEROW")
        return cls(
            initial={
                "version": organisation.version,
                "name": organisation.name,
                "words": organisation.words,
                "legal_form": organisation.legal_form,
                "income_band": organisation.income_band,
                "identifiers": "\n".join(map(str, numbers)),
                "postcode": organisation.postcode,
                "areas": "\n".join(organisation.areas.values_list("name", flat=True)),
            }
        )

    def clean_identifiers(self) -> list[OrgId]:
        return [_or_error(read_identifier, line) for line in self.cleaned_data["identifiers"]]

    def clean_postcode(self) -> str:
        typed = self.cleaned_data["postcode"].strip()
        if not typed:
            return ""
        postcode = _or_error(postcodes.normal, typed)
        if postcodes.place_of(postcode) is None:
            raise forms.ValidationError(
                f"We do not know {postcode}: it may be new, or no longer in use. Check it, or leave "
                "it empty and write below where you work."
            )
        return postcode

    def clean_areas(self) -> list[str]:
        return [_or_error(_authority, line) for line in self.cleaned_data["areas"]]


def _authority(typed: str) -> str:
    """The code of a local authority by its name. Raises ValueError with a sentence."""
    by_name = {name.casefold(): code for code, name in postcodes.authorities().items()}
    wanted = typed.casefold().removesuffix(" council").strip()
    if wanted in by_name:
        return by_name[wanted]
    near = difflib.get_close_matches(wanted, by_name, n=1)
    hint = f" Do you mean {postcodes.authority_name(by_name[near[0]])}?" if near else ""
    raise ValueError(f"“{typed[:60]}” is not the name of a council that we know.{hint}")


def _or_error(read, typed):
    try:
        return read(typed)
    except ValueError as wrong:
        raise forms.ValidationError(str(wrong)) from None
