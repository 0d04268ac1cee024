"""Organisations, programmes and clusters."""

from django.db import models
from django.db.models import Q
from django.urls import reverse

from hedgerow.core.models import Versioned
from hedgerow.core.owners import Owner

NOBODY = frozenset[str]()  # PERSONAL of a model that holds nothing about a person


class LegalForm(models.TextChoices):
    CHARITABLE_COMPANY = "charitable_company", "Charitable company"
    CIO = "cio", "Charitable incorporated organisation"
    UNINCORPORATED_CHARITY = "unincorporated_charity", "Charity that is not incorporated"
    TRUST = "trust", "Charitable trust"
    COMMUNITY_GROUP = "community_group", "Community group without a register entry"
    CIC = "cic", "Community interest company"
    COOPERATIVE = "cooperative", "Co-operative or community benefit society"
    HOUSING_ASSOCIATION = "housing_association", "Housing association"
    COMPANY = "company", "Company"
    PUBLIC_BODY = "public_body", "Council or other public body"
    OTHER = "other", "Something else"


class IncomeBand(models.TextChoices):
    """Yearly income, as the charity registers band it."""

    UNDER_10K = "under_10k", "Under £10,000"
    UNDER_100K = "under_100k", "£10,000 to £99,999"
    UNDER_500K = "under_500k", "£100,000 to £499,999"
    UNDER_1M = "under_1m", "£500,000 to £999,999"
    UNDER_5M = "under_5m", "£1 million to £4,999,999"
    OVER_5M = "over_5m", "£5 million or more"


class Organisation(Versioned):
    """A charity, council or helpline. What stands here is its public face."""

    OWNER = Owner.ORGANISATION
    PERSONAL = NOBODY

    name = models.CharField(max_length=200)
    legal_form = models.CharField(max_length=24, choices=LegalForm.choices, blank=True)
    income_band = models.CharField(max_length=12, choices=IncomeBand.choices, blank=True)
    words = models.TextField(blank=True, help_text="What you do, in a sentence or two.")
    postcode = models.CharField(max_length=8, blank=True)
    authority = models.CharField(max_length=9, blank=True)  # ONS code of the local authority
    easting = models.PositiveIntegerField(null=True, blank=True)  # metres, national grid
    northing = models.PositiveIntegerField(null=True, blank=True)
    is_published = models.BooleanField(default=False, editable=False)  # in the published record
    is_example = models.BooleanField(default=False, editable=False)

    class Meta:
        ordering = ["name"]
        constraints = [
            models.CheckConstraint(
                condition=Q(easting=None, northing=None)
                | Q(easting__isnull=False, northing__isnull=False),
                name="organisation_point_is_whole",
            ),
            models.CheckConstraint(
                condition=Q(is_published=False) | Q(easting=None, postcode=""),
                name="published_organisation_has_no_point",
            ),
        ]

    def __str__(self):
        return self.name

    def get_absolute_url(self):
        return reverse("people:organisation", args=[self.pk])


class Scheme(models.TextChoices):
    """Registers, by their org-id prefixes."""

    CHC = "GB-CHC", "Charity Commission for England and Wales"
    SC = "GB-SC", "Office of the Scottish Charity Regulator"
    NIC = "GB-NIC", "Charity Commission for Northern Ireland"
    COH = "GB-COH", "Companies House"
    LOCAL = "XI-HEDGEROW", "A number of our own, where no register has one"


class Identifier(models.Model):
    """A number that a register gave an organisation."""

    OWNER = Owner.ORGANISATION
    PERSONAL = NOBODY

    organisation = models.ForeignKey(Organisation, models.CASCADE, related_name="identifiers")
    scheme = models.CharField(max_length=12, choices=Scheme.choices)
    number = models.CharField(max_length=40)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["scheme", "number"], name="identifier_names_one")
        ]

    def __str__(self):
        return f"{self.scheme}-{self.number}"


class Area(models.Model):
    """A local authority in which an organisation works."""

    OWNER = Owner.ORGANISATION
    PERSONAL = NOBODY

    organisation = models.ForeignKey(Organisation, models.CASCADE, related_name="areas")
    authority = models.CharField(max_length=9)  # ONS code
    name = models.CharField(max_length=80)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["organisation", "authority"], name="area_once")
        ]

    def __str__(self):
        return self.name


class Programme(models.Model):
    """Who keeps the rules for some clusters, and the journey they set them."""

    OWNER = Owner.PROGRAMME
    PERSONAL = NOBODY

    slug = models.SlugField(unique=True)
    name = models.CharField(max_length=120)
    guardian = models.CharField(max_length=120)  # who keeps the rules: "HACT"
    sentence = models.TextField(blank=True)
    is_published = models.BooleanField(default=False, editable=False)
    is_example = models.BooleanField(default=False, editable=False)

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=Q(is_published=False) | Q(is_example=False),
                name="programme_is_not_both_real_and_invented",
            )
        ]

    def __str__(self):
        return self.name

    def get_absolute_url(self):
        return reverse("journeys:board", args=[self.pk])


class Cluster(Versioned):
    """Organisations that promise each other something. Latent until somebody has joined."""

    OWNER = Owner.CLUSTER
    PERSONAL = NOBODY

    programme = models.ForeignKey(Programme, models.PROTECT, related_name="clusters")
    slug = models.SlugField(unique=True)
    name = models.CharField(max_length=120)  # "Collaborate Hazelford"
    place = models.CharField(max_length=120, blank=True)  # "Hazelford"
    purpose = models.TextField(blank=True)
    is_public = models.BooleanField(default=False)  # has a page that anyone may read
    ended_at = models.DateTimeField(null=True, editable=False)
    is_published = models.BooleanField(default=False, editable=False)
    is_example = models.BooleanField(default=False, editable=False)
    organisations = models.ManyToManyField(Organisation, through="Member", related_name="clusters")

    class Meta:
        ordering = ["name"]

    def __str__(self):
        return self.name

    def get_absolute_url(self):
        return reverse("cluster", args=[self.pk])


class Member(models.Model):
    """An organisation in a cluster, from a day until it leaves."""

    OWNER = Owner.CLUSTER
    PERSONAL = NOBODY

    cluster = models.ForeignKey(Cluster, models.PROTECT, related_name="members")
    organisation = models.ForeignKey(Organisation, models.PROTECT, related_name="memberships")
    is_second_tier = models.BooleanField(default=False)  # works for the others; holds no vote
    joined_at = models.DateTimeField()
    left_at = models.DateTimeField(null=True, editable=False)

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["cluster", "organisation"],
                condition=Q(left_at=None),
                name="member_once_at_a_time",
            ),
            models.CheckConstraint(
                condition=Q(left_at=None) | Q(left_at__gte=models.F("joined_at")),
                name="member_left_after_joining",
            ),
        ]

    def __str__(self):
        return f"{self.organisation} in {self.cluster}"


class PublishedFact(models.Model):
    """One thing that is published of a programme, a cluster or an organisation, and where."""

    OWNER = Owner.EVERYONE
    PERSONAL = NOBODY

    programme = models.ForeignKey(Programme, models.CASCADE, related_name="facts")
    cluster = models.ForeignKey(Cluster, models.CASCADE, null=True, related_name="facts")
    organisation = models.ForeignKey(Organisation, models.CASCADE, null=True, related_name="facts")
    heading = models.CharField(max_length=80)  # facts of one heading stand together
    position = models.PositiveSmallIntegerField()
    sentence = models.TextField()
    source = models.TextField()
    as_at = models.CharField(max_length=40)  # "July 2010"

    class Meta:
        ordering = ["position"]
        constraints = [
            models.UniqueConstraint(fields=["programme", "position"], name="fact_has_its_place"),
            models.CheckConstraint(condition=~Q(source=""), name="fact_has_a_source"),
        ]

    def __str__(self):
        return self.sentence
