"""A proposal, one voice for each member, and what was said about it."""

from django.db import models
from django.db.models import F, Q
from django.urls import reverse

from hedgerow.core.models import Versioned
from hedgerow.core.owners import Owner
from hedgerow.people.models import NOBODY, Cluster, Seat

from .meetings import Meeting
from .words import Word, word_constraints


class Stance(models.TextChoices):
    AGREE = "agree", "Agree"
    ABSTAIN = "abstain", "Abstain"
    DISAGREE = "disagree", "Disagree"
    BLOCK = "block", "Block"


class Outcome(models.TextChoices):
    CARRIED = "carried", "Carried"
    NOT_CARRIED = "not_carried", "Not carried"
    BLOCKED = "blocked", "Blocked"
    TIED = "tied", "Tied"
    NO_QUORUM = "no_quorum", "Too few spoke"
    WITHDRAWN = "withdrawn", "Withdrawn"


class DecisionTemplate(models.Model):
    """A cluster's own way to decide, as the file it was read from. A new version is a new row."""

    OWNER = Owner.CLUSTER
    PERSONAL = NOBODY

    cluster = models.ForeignKey(Cluster, models.PROTECT, related_name="decision_templates")
    slug = models.SlugField(max_length=40)
    number = models.PositiveSmallIntegerField()  # its version
    name = models.CharField(max_length=120)
    text = models.TextField()  # YAML; agreements/ways.py reads it
    by = models.ForeignKey(Seat, models.PROTECT, related_name="+")
    at = models.DateTimeField()

    class Meta:
        ordering = ["slug", "number"]
        constraints = [
            models.UniqueConstraint(
                fields=["cluster", "slug", "number"], name="decision_template_version_once"
            )
        ]

    def __str__(self):
        return self.name


class Decision(Versioned):
    """Open from `opened_at` until it is closed; never open again. Reopening makes another one.

    `way` is the way of deciding as it stood on the day it was opened: the JSON of ways.Way.
    """

    OWNER = Owner.CLUSTER
    PERSONAL = NOBODY

    cluster = models.ForeignKey(Cluster, models.PROTECT, related_name="decisions")
    number = models.PositiveIntegerField()  # in its cluster, from 1: "Decision 4"
    title = models.CharField(max_length=160)
    words = models.TextField(blank=True)  # the proposal
    way = models.JSONField()
    proposed_by = models.ForeignKey(Seat, models.PROTECT, related_name="+")
    opened_at = models.DateTimeField()
    closes_at = models.DateTimeField()
    meeting = models.ForeignKey(Meeting, models.PROTECT, null=True, related_name="decisions")
    reopens = models.OneToOneField("self", models.PROTECT, null=True, related_name="reopened_as")
    reason = models.TextField(blank=True)  # of one that reopens another: why
    withdrawn_because = models.TextField(blank=True, editable=False)
    closed_at = models.DateTimeField(null=True, editable=False)
    closed_by = models.ForeignKey(Seat, models.PROTECT, null=True, related_name="+")  # None: clock
    outcome = models.CharField(max_length=12, choices=Outcome.choices, blank=True)
    chosen = models.ForeignKey("Option", models.PROTECT, null=True, related_name="+")
    entitled = models.JSONField(default=list)  # keys of the members that had a voice when it closed

    class Meta:
        ordering = ["-number"]
        constraints = [
            models.UniqueConstraint(fields=["cluster", "number"], name="decision_has_its_number"),
            models.CheckConstraint(
                condition=Q(closed_at=None, outcome="")
                | (Q(closed_at__isnull=False) & ~Q(outcome="")),
                name="decision_closed_with_its_outcome",
            ),
            models.CheckConstraint(
                condition=(Q(outcome="withdrawn") & ~Q(withdrawn_because=""))
                | (~Q(outcome="withdrawn") & Q(withdrawn_because="")),
                name="decision_withdrawn_says_why",
            ),
            models.CheckConstraint(
                condition=Q(closes_at__gt=F("opened_at")), name="decision_closes_after_opening"
            ),
            models.CheckConstraint(
                condition=Q(chosen=None) | Q(outcome="carried"), name="only_what_carried_is_chosen"
            ),
        ]
        indexes = [models.Index(fields=["cluster", "closed_at"], name="decisions_of_cluster")]

    def __str__(self):
        return self.title

    def get_absolute_url(self):
        return reverse("agreements:decision", args=[self.pk])

    @property
    def is_open(self) -> bool:
        return self.closed_at is None


class Option(models.Model):
    """What one can agree to. A plain proposal has one, with the words of its title."""

    OWNER = Owner.CLUSTER
    PERSONAL = NOBODY

    decision = models.ForeignKey(Decision, models.CASCADE, related_name="options")
    position = models.PositiveSmallIntegerField()  # from 1
    words = models.CharField(max_length=200)

    class Meta:
        ordering = ["position"]
        constraints = [
            models.UniqueConstraint(fields=["decision", "position"], name="option_has_its_place")
        ]

    def __str__(self):
        return self.words


class Voice(Word):
    """Where one organisation stands on a proposal."""

    OWNER = Owner.CLUSTER
    PERSONAL = NOBODY

    decision = models.ForeignKey(Decision, models.PROTECT, related_name="voices")
    stance = models.CharField(max_length=8, choices=Stance.choices)
    option = models.ForeignKey(Option, models.PROTECT, null=True, related_name="+")
    reason = models.TextField(blank=True)
    had_to_check_back = models.BooleanField(default=False)

    class Meta:
        ordering = ["pk"]
        constraints = [
            *word_constraints("decision", called="voice", undone_called="undone"),
            models.CheckConstraint(
                condition=(Q(stance="agree") & Q(option__isnull=False))
                | (~Q(stance="agree") & Q(option=None)),
                name="only_agreeing_names_an_option",
            ),
            models.CheckConstraint(
                condition=Q(stance__in=("agree", "abstain")) | ~Q(reason=""),
                name="dissent_has_its_reason",
            ),
        ]

    def __str__(self):
        return f"{self.organisation}: {self.get_stance_display()}"


class Remark(models.Model):
    """What was said about a proposal. It can be taken back; that it was there stays."""

    OWNER = Owner.CLUSTER
    PERSONAL = NOBODY

    decision = models.ForeignKey(Decision, models.PROTECT, related_name="remarks")
    by = models.ForeignKey(Seat, models.PROTECT, related_name="+")
    words = models.TextField()
    at = models.DateTimeField()
    taken_back_at = models.DateTimeField(null=True)

    class Meta:
        ordering = ["pk"]

    def __str__(self):
        return f"Remark {self.pk}"
