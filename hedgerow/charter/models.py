"""What a cluster is for, the rules it holds itself to, and what each member brings to the table."""

from django.db import models
from django.db.models import Q
from django.urls import reverse

from hedgerow.agreements.models import ON_BEHALF, Channel
from hedgerow.core.fields import PenceField
from hedgerow.core.models import Versioned
from hedgerow.core.owners import Audience, AudienceField, Owner
from hedgerow.people.models import NOBODY, Cluster, Organisation, Seat


class Driver(models.TextChoices):
    """What brought the members together."""

    VULNERABILITY = "vulnerability", "Something we all fear"
    HOPE = "hope", "Something we all hope for"
    OPPORTUNITY = "opportunity", "A chance that came up"


class Objective(models.TextChoices):
    """The four kinds of shared objective. Source: S0."""

    ALIGN = "align", "Services that fit together"
    PRACTICE = "practice", "Practice, evidence, tools or infrastructure in common"
    AGENDA = "agenda", "One voice on policy, funding or commissioning"
    PROJECTS = "projects", "Faster work on projects that are alike"


class Need(models.TextChoices):
    """The six kinds of shared capability need. Source: S0."""

    DESIGN = "design", "Design better services"
    LEARNING = "learning", "Learn together"
    LEADERSHIP = "leadership", "Lead on digital work"
    STANDARDS = "standards", "Agree and use standards"
    REUSE = "reuse", "Use again what others have made"
    SUPPLY = "supply", "Find the right people and suppliers"


class Charter(Versioned):
    """One a cluster: why it came together, and who draws the answers together by when."""

    OWNER = Owner.CLUSTER
    PERSONAL = NOBODY

    cluster = models.OneToOneField(Cluster, models.PROTECT, related_name="charter")
    driver = models.CharField(max_length=16, choices=Driver.choices, blank=True)
    driver_words = models.TextField(blank=True)
    objectives = models.JSONField(default=list)  # values of Objective, in its order
    needs = models.JSONField(default=list)  # values of Need, in its order
    gatherer = models.ForeignKey(Seat, models.PROTECT, null=True, related_name="+")
    gatherer_agreed_at = models.DateTimeField(null=True)  # their own yes
    answers_by = models.DateField(null=True)  # when every member will have answered
    readable_years = models.PositiveSmallIntegerField(default=6)  # after the cluster has ended

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=Q(gatherer_agreed_at=None) | Q(gatherer__isnull=False),
                name="somebody_agreed_to_gather",
            ),
            models.CheckConstraint(
                condition=Q(readable_years__gte=1, readable_years__lte=30),
                name="charter_is_readable_a_while",
            ),
        ]

    def __str__(self):
        return f"Charter of {self.cluster}"


class RuleSet(models.Model):
    """One version of a cluster's ground rules. It is never changed: a change is another version,
    and asks every member again."""

    OWNER = Owner.CLUSTER
    PERSONAL = NOBODY

    cluster = models.ForeignKey(Cluster, models.PROTECT, related_name="rule_sets")
    number = models.PositiveSmallIntegerField()
    made_by = models.ForeignKey(Seat, models.PROTECT, related_name="+")
    made_at = models.DateTimeField()
    reason = models.TextField(blank=True)  # why it was changed; empty for the first
    came_from = models.CharField(max_length=80, blank=True)  # "collaborate-2, version 1"

    class Meta:
        ordering = ["number"]
        constraints = [
            models.UniqueConstraint(fields=["cluster", "number"], name="rule_set_has_its_number"),
            models.CheckConstraint(
                condition=Q(number=1) | ~Q(reason=""), name="changed_rules_say_why"
            ),
        ]

    def __str__(self):
        return f"Ground rules, version {self.number}"

    def get_absolute_url(self):
        return reverse("charter:rules", args=[self.cluster_id])


class GroundRule(models.Model):
    OWNER = Owner.CLUSTER
    PERSONAL = NOBODY

    rule_set = models.ForeignKey(RuleSet, models.CASCADE, related_name="rules")
    position = models.PositiveSmallIntegerField()
    slug = models.SlugField(max_length=40)  # the same rule has the same one in every version
    name = models.CharField(max_length=80)
    sentence = models.TextField()
    is_essential = models.BooleanField(default=False)

    class Meta:
        ordering = ["position"]
        constraints = [
            models.UniqueConstraint(
                fields=["rule_set", "position"], name="ground_rule_has_its_place"
            ),
            models.UniqueConstraint(fields=["rule_set", "slug"], name="ground_rule_once"),
        ]

    def __str__(self):
        return self.name


class Assent(models.Model):
    """An organisation's yes to one version of the rules: by whom, when, and with what note.
    Written down for it (`recorded_by`), it says so and waits to be confirmed or undone."""

    OWNER = Owner.CLUSTER
    PERSONAL = NOBODY

    rule_set = models.ForeignKey(RuleSet, models.PROTECT, related_name="assents")
    organisation = models.ForeignKey(Organisation, models.PROTECT, related_name="+")
    note = models.TextField(blank=True)  # "Rule 4, as far as our board allows"
    channel = models.CharField(max_length=8, choices=Channel.choices)
    by = models.ForeignKey(Seat, models.PROTECT, related_name="+")  # whose word it is
    recorded_by = models.ForeignKey(Seat, models.PROTECT, null=True, related_name="+")
    at = models.DateTimeField()
    confirmed_by = models.ForeignKey(Seat, models.PROTECT, null=True, related_name="+")
    confirmed_at = models.DateTimeField(null=True)
    ended_at = models.DateTimeField(null=True)  # taken back or undone

    class Meta:
        ordering = ["pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["rule_set", "organisation"],
                condition=Q(ended_at=None),
                name="assent_once_an_organisation",
            ),
            models.CheckConstraint(
                condition=Q(channel__in=ON_BEHALF, recorded_by__isnull=False)
                | (~Q(channel__in=ON_BEHALF) & Q(recorded_by=None)),
                name="assent_on_behalf_says_who_wrote_it",
            ),
        ]

    def __str__(self):
        return f"{self.organisation} to {self.rule_set}"


class RuleTest(models.Model):
    """A day on which a rule was put to the test, as a note: nobody is scored."""

    OWNER = Owner.CLUSTER
    PERSONAL = NOBODY

    cluster = models.ForeignKey(Cluster, models.PROTECT, related_name="rule_tests")
    slug = models.SlugField(max_length=40)  # of the rule
    on = models.DateField()
    words = models.TextField()
    by = models.ForeignKey(Seat, models.PROTECT, related_name="+")
    at = models.DateTimeField()
    taken_back_at = models.DateTimeField(null=True)

    class Meta:
        ordering = ["-on", "-pk"]

    def __str__(self):
        return f"{self.slug}, {self.on}"


class Delegation(models.Model):
    """What the holder of a Core Group seat may commit without going back to ask. Said anew, the
    older one stays with its end."""

    OWNER = Owner.CLUSTER
    PERSONAL = NOBODY

    seat = models.ForeignKey(Seat, models.PROTECT, related_name="delegations")
    words = models.TextField()  # "Our time and our files. Not money over £500."
    up_to = PenceField(null=True)  # money it may commit; None: not said
    days = models.PositiveSmallIntegerField(null=True)  # of its people's time; None: not said
    by = models.ForeignKey(Seat, models.PROTECT, related_name="+")
    at = models.DateTimeField()
    ended_at = models.DateTimeField(null=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["seat"], condition=Q(ended_at=None), name="one_delegation_a_seat"
            ),
            models.CheckConstraint(
                condition=Q(up_to=None) | Q(up_to__gte=0), name="delegation_is_not_negative"
            ),
        ]

    def __str__(self):
        return f"Delegation of {self.seat}"


class Competition(models.Model):
    """Where an organisation competes with other members, and what it stops doing there."""

    OWNER = Owner.CLUSTER
    PERSONAL = NOBODY

    cluster = models.ForeignKey(Cluster, models.PROTECT, related_name="competitions")
    organisation = models.ForeignKey(Organisation, models.PROTECT, related_name="+")
    # whom it meets there; none: whoever it may be
    others = models.ManyToManyField(Organisation, related_name="+")
    where = models.CharField(max_length=200)  # "Tenders for floating support in Hazelford"; "" none
    stops = models.TextField(blank=True)  # what it stops doing there; empty: nothing
    by = models.ForeignKey(Seat, models.PROTECT, related_name="+")
    at = models.DateTimeField()
    taken_back_at = models.DateTimeField(null=True)

    class Meta:
        ordering = ["pk"]

    def __str__(self):
        return self.where


class Readiness(Versioned):
    """One organisation's look at itself before it joins in. No score, no pass, no fail."""

    OWNER = Owner.ORGANISATION
    PERSONAL = NOBODY

    organisation = models.ForeignKey(Organisation, models.PROTECT, related_name="readinesses")
    cluster = models.ForeignKey(Cluster, models.PROTECT, related_name="readinesses")
    # question slug -> "yes", "partly", "not_yet" or "cannot_tell"
    answers = models.JSONField(default=dict)
    limits = models.TextField(blank=True)  # where our generosity stops, honestly
    audience = AudienceField(default=Audience.FACILITATOR)
    begun_at = models.DateTimeField()
    changed_at = models.DateTimeField()
    finished_at = models.DateTimeField(null=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["organisation", "cluster"], name="readiness_once_in_a_cluster"
            )
        ]

    def __str__(self):
        return f"Readiness of {self.organisation}"


class Profile(Versioned):
    """What a cluster says of itself on its public page, and words for others to copy."""

    OWNER = Owner.CLUSTER
    PERSONAL = NOBODY

    cluster = models.OneToOneField(Cluster, models.PROTECT, related_name="profile")
    about = models.TextField(blank=True)  # what it is for, for outsiders
    boilerplate = models.TextField(blank=True)  # 100 words to paste into a bid or a letter
    contact = models.EmailField(blank=True)  # of the cluster, not of a person

    def __str__(self):
        return f"Profile of {self.cluster}"


class Logo(models.Model):
    """A picture made anew from the one that was given: only its pixels were kept."""

    OWNER = Owner.CLUSTER
    PERSONAL = NOBODY

    profile = models.OneToOneField(Profile, models.CASCADE, related_name="logo")
    png = models.BinaryField()
    digest = models.CharField(max_length=64)
    width = models.PositiveSmallIntegerField()
    height = models.PositiveSmallIntegerField()
    described = models.CharField(max_length=120)  # its text alternative

    class Meta:
        constraints = [models.CheckConstraint(condition=~Q(described=""), name="logo_is_described")]

    def __str__(self):
        return self.described
