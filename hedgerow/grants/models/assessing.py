"""Who looks at a plan that was handed in, and what they say to each criterion."""

from django.db import models
from django.db.models import Q
from django.urls import reverse

from hedgerow.core.models import Versioned
from hedgerow.core.owners import Owner
from hedgerow.journeys.models import Submission
from hedgerow.ledger.models import Criterion, Terms
from hedgerow.people.models import NOBODY, Seat


class Assessment(Versioned):
    """Of one plan, under the terms that held when it was begun."""

    OWNER = Owner.PROGRAMME
    PERSONAL = NOBODY

    submission = models.OneToOneField(Submission, models.PROTECT, related_name="assessment")
    terms = models.ForeignKey(Terms, models.PROTECT, related_name="assessments")
    begun_by = models.ForeignKey(Seat, models.PROTECT, related_name="+")
    begun_at = models.DateTimeField()

    def __str__(self):
        return f"Assessment of {self.submission}"

    def get_absolute_url(self):
        return reverse("grants:assessment", args=[self.pk])


class Conflict(models.TextChoices):
    NONE = "none", "No conflict of interest"
    HAS = "has", "A conflict of interest"


class Assignment(Versioned):
    """One assessor on one plan. The plan is read after declaring that there is no conflict."""

    OWNER = Owner.PROGRAMME
    PERSONAL = NOBODY

    assessment = models.ForeignKey(Assessment, models.PROTECT, related_name="assignments")
    assessor = models.ForeignKey(Seat, models.PROTECT, related_name="+")
    assigned_by = models.ForeignKey(Seat, models.PROTECT, related_name="+")
    assigned_at = models.DateTimeField()
    due_on = models.DateField(null=True)
    conflict = models.CharField(max_length=4, choices=Conflict.choices, blank=True)
    conflict_words = models.TextField(blank=True)
    declared_at = models.DateTimeField(null=True, editable=False)
    comment = models.TextField(blank=True)  # on the whole plan
    sent_at = models.DateTimeField(null=True, editable=False)  # scores are in; unchanged since
    taken_off_at = models.DateTimeField(null=True, editable=False)

    class Meta:
        ordering = ["pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["assessment", "assessor"],
                condition=Q(taken_off_at=None),
                name="assessor_once_a_plan",
            ),
            models.CheckConstraint(
                condition=Q(conflict="", declared_at=None)
                | (~Q(conflict="") & Q(declared_at__isnull=False)),
                name="conflict_declared_whole",
            ),
            models.CheckConstraint(
                condition=~Q(conflict="has") | (~Q(conflict_words="") & Q(sent_at=None)),
                name="conflicted_assessor_says_why_and_never_scores",
            ),
            models.CheckConstraint(
                condition=Q(sent_at=None) | Q(conflict="none"), name="scores_after_declaring"
            ),
        ]

    def __str__(self):
        return f"Assignment {self.pk}"

    def get_absolute_url(self):
        return reverse("grants:assignment", args=[self.pk])


class Score(models.Model):
    """What one assessor gives one criterion."""

    OWNER = Owner.PROGRAMME
    PERSONAL = NOBODY

    assignment = models.ForeignKey(Assignment, models.CASCADE, related_name="scores")
    criterion = models.ForeignKey(Criterion, models.PROTECT, related_name="+")
    points = models.PositiveSmallIntegerField(null=True)  # None: not yet
    words = models.TextField(blank=True)

    class Meta:
        ordering = ["criterion__position"]
        constraints = [
            models.UniqueConstraint(fields=["assignment", "criterion"], name="score_once"),
        ]

    def __str__(self):
        return f"{self.points} for {self.criterion_id}"
