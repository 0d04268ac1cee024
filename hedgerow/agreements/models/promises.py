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
    reason = models.TextField(blank=True)  # why the day was moved last, or it was let go
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
