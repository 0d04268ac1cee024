"""Sharing a budget out fairly over ideas that cost something: one equal share a member."""

from django.db import models
from django.db.models import Q
from django.urls import reverse

from hedgerow.agreements.models import Word, word_constraints
from hedgerow.core.fields import PenceField
from hedgerow.core.models import Versioned
from hedgerow.core.owners import Owner
from hedgerow.people.models import NOBODY, Cluster, Seat

from .ideas import Idea


class Marks(models.TextChoices):
    """How members mark what they want; and with it what a mark is worth.

    TICKS: utility `count`. POINTS, 0 to 5: utility `score`. COST: ticks that count by what the
    thing costs, utility `cost`.
    """

    TICKS = "ticks", "A tick for each thing you want"
    POINTS = "points", "0 to 5 points for each thing"
    COST = "cost", "A tick for each, which counts by what the thing costs"


class ShareOut(Versioned):
    """Which things a budget pays for, if each member holds an equal share of it. The rule for what
    is left over and for ties is named before anybody marks anything."""

    OWNER = Owner.CLUSTER
    PERSONAL = NOBODY

    cluster = models.ForeignKey(Cluster, models.PROTECT, related_name="share_outs")
    number = models.PositiveSmallIntegerField()
    budget = PenceField()
    marks = models.CharField(max_length=6, choices=Marks.choices)
    completion = models.CharField(max_length=6)  # one of analysis.equal_shares.COMPLETIONS
    ties = models.CharField(max_length=5)  # one of analysis.ballots.TIES
    is_secret = models.BooleanField()
    due_on = models.DateField()
    opened_by = models.ForeignKey(Seat, models.PROTECT, related_name="+")
    opened_at = models.DateTimeField()
    closed_at = models.DateTimeField(null=True)
    closed_by = models.ForeignKey(Seat, models.PROTECT, null=True, related_name="+")
    members = models.JSONField(default=list)  # keys of those who had a share when it closed
    given_up_because = models.TextField(blank=True)

    class Meta:
        ordering = ["number"]
        constraints = [
            models.UniqueConstraint(fields=["cluster", "number"], name="share_out_has_its_number"),
            models.UniqueConstraint(
                fields=["cluster"], condition=Q(closed_at=None), name="one_open_share_out"
            ),
            models.CheckConstraint(condition=Q(budget__gt=0), name="share_out_has_a_budget"),
            models.CheckConstraint(
                condition=Q(completion__in=("none", "add1u", "greedy")),
                name="share_out_names_its_completion",
            ),
            models.CheckConstraint(
                condition=Q(ties__in=("file", "name", "cost", "votes")),
                name="share_out_names_its_ties",
            ),
            models.CheckConstraint(
                condition=Q(closed_at=None, closed_by=None, given_up_because="")
                | Q(closed_at__isnull=False, closed_by__isnull=False),
                name="share_out_closed_by_somebody",
            ),
        ]

    def __str__(self):
        return f"Fair shares {self.number}"

    def get_absolute_url(self):
        return reverse("focus:share_out", args=[self.pk])

    @property
    def is_open(self) -> bool:
        return self.closed_at is None


class Costed(models.Model):
    """An idea with the title and the cost it had when the sharing out began."""

    OWNER = Owner.CLUSTER
    PERSONAL = NOBODY

    share_out = models.ForeignKey(ShareOut, models.CASCADE, related_name="options")
    idea = models.ForeignKey(Idea, models.PROTECT, related_name="+")
    position = models.PositiveSmallIntegerField()
    title = models.CharField(max_length=120)
    cost = PenceField()

    class Meta:
        ordering = ["position"]
        constraints = [
            models.UniqueConstraint(fields=["share_out", "idea"], name="idea_is_costed_once"),
            models.UniqueConstraint(fields=["share_out", "position"], name="costed_has_its_place"),
            models.CheckConstraint(condition=Q(cost__gt=0), name="costed_costs_something"),
        ]

    def __str__(self):
        return self.title


class ShareBallot(Word):
    """What one member wants. `points`: key of a Costed, as text -> 1 to 5 (1 where it ticks)."""

    OWNER = Owner.ORGANISATION  # the cluster's once it is shown
    PERSONAL = NOBODY

    share_out = models.ForeignKey(ShareOut, models.PROTECT, related_name="ballots")
    points = models.JSONField()
    is_shown = models.BooleanField()

    class Meta:
        ordering = ["pk"]
        constraints = word_constraints("share_out", called="share_ballot")

    def __str__(self):
        return f"What {self.organisation} wants"
