"""Promises: what two people of different members take on, with a day."""

from django.db import models
from django.db.models import F, Q
from django.urls import reverse

from hedgerow.core.models import Versioned
from hedgerow.core.owners import Owner
from hedgerow.people.models import NOBODY, Cluster, Seat

from .decisions import Decision
from .meetings import Meeting


class Promise(Versioned):
    """Held by a pair; by one alone only where it says why."""

    OWNER = Owner.CLUSTER
    PERSONAL = NOBODY

    cluster = models.ForeignKey(Cluster, models.PROTECT, related_name="promises")
    words = models.CharField(max_length=200)
    first = models.ForeignKey(Seat, models.PROTECT, related_name="+")
    second = models.ForeignKey(Seat, models.PROTECT, null=True, related_name="+")
    alone_because = models.CharField(max_length=200, blank=True)
    due_on = models.DateField()
    first_due_on = models.DateField(editable=False)  # the day that was promised at the start
    meeting = models.ForeignKey(Meeting, models.PROTECT, null=True, related_name="promises")
    decision = models.ForeignKey(Decision, models.PROTECT, null=True, related_name="promises")
    made_by = models.ForeignKey(Seat, models.PROTECT, related_name="+")
    made_at = models.DateTimeField()
    kept_at = models.DateTimeField(null=True, editable=False)
    let_go_at = models.DateTimeField(null=True, editable=False)
    # Why the day was moved last, or it was let go; each reason before it is with its step.
    reason = models.TextField(blank=True)
    ended_by = models.ForeignKey(Seat, models.PROTECT, null=True, related_name="+")

    class Meta:
        ordering = ["due_on", "pk"]
        constraints = [
            models.CheckConstraint(
                condition=(Q(second__isnull=False, alone_because="") & ~Q(second=F("first")))
                | (Q(second=None) & ~Q(alone_because="")),
                name="promise_is_held_by_two_or_says_why",
            ),
            models.CheckConstraint(
                condition=Q(kept_at=None) | Q(let_go_at=None), name="promise_is_kept_or_let_go"
            ),
            models.CheckConstraint(
                condition=Q(kept_at=None, let_go_at=None, ended_by=None)
                | (
                    (Q(kept_at__isnull=False) | Q(let_go_at__isnull=False))
                    & Q(ended_by__isnull=False)
                ),
                name="promise_ended_by_somebody",
            ),
        ]
        indexes = [models.Index(fields=["cluster", "due_on"], name="promises_of_cluster")]

    def __str__(self):
        return self.words

    def get_absolute_url(self):
        return reverse("agreements:promise", args=[self.pk])

    @property
    def is_open(self) -> bool:
        return self.kept_at is None and self.let_go_at is None


class StepKind(models.TextChoices):
    MOVED = "moved", "Moved"
    KEPT = "kept", "Kept"
    LET_GO = "let_go", "Let go"
    TAKEN_UP_AGAIN = "taken_up_again", "Taken up again"
    TAKEN_OVER = "taken_over", "Taken over"


class PromiseStep(models.Model):
    """One thing that became of a promise. Written once; never changed, never deleted."""

    OWNER = Owner.CLUSTER
    PERSONAL = NOBODY

    promise = models.ForeignKey(Promise, models.PROTECT, related_name="steps")
    kind = models.CharField(max_length=16, choices=StepKind.choices)
    from_on = models.DateField(null=True)  # from_on, to_on: the day it was moved from, and to
    to_on = models.DateField(null=True)
    # Why; of one taken over: why somebody held it alone until then, empty where two held it.
    reason = models.TextField(blank=True)
    by = models.ForeignKey(Seat, models.PROTECT, related_name="+")
    at = models.DateTimeField()

    class Meta:
        ordering = ["pk"]
        constraints = [
            models.CheckConstraint(
                condition=(
                    Q(kind="moved", from_on__isnull=False, to_on__isnull=False)
                    & ~Q(from_on=F("to_on"))
                )
                | (~Q(kind="moved") & Q(from_on=None, to_on=None)),
                name="promise_step_has_two_days_if_moved",
            ),
            models.CheckConstraint(
                condition=(Q(kind__in=["moved", "let_go", "taken_up_again"]) & ~Q(reason=""))
                | Q(kind="kept", reason="")
                | Q(kind="taken_over"),
                name="promise_step_says_why",
            ),
        ]

    def __str__(self):
        return f"{self.get_kind_display()}: {self.promise}"
