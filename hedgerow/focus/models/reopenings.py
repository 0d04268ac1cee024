"""Asking for what was struck out or has dropped: it comes back only if every member agrees."""

from django.db import models
from django.db.models import Q

from hedgerow.agreements.models import Word, word_constraints
from hedgerow.core.models import Versioned
from hedgerow.core.owners import Owner
from hedgerow.people.models import NOBODY, Seat

from .ballots import Round
from .shortlists import Candidate


class Reopening(Versioned):
    """Open until all have agreed (`granted_at`), one does not, or it is taken back."""

    OWNER = Owner.CLUSTER
    PERSONAL = NOBODY

    candidate = models.ForeignKey(Candidate, models.PROTECT, related_name="reopenings")
    after = models.ForeignKey(Round, models.PROTECT, related_name="reopenings")  # the last closed
    reason = models.TextField()
    asked_by = models.ForeignKey(Seat, models.PROTECT, related_name="+")
    asked_at = models.DateTimeField()
    members = models.JSONField(default=list)  # keys of all who had to agree, once it is granted
    granted_at = models.DateTimeField(null=True)
    declined_at = models.DateTimeField(null=True)  # a member did not agree, or it was taken back
    is_taken_back = models.BooleanField(default=False)

    class Meta:
        ordering = ["pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["candidate"],
                condition=Q(granted_at=None, declined_at=None),
                name="one_open_reopening_a_candidate",
            ),
            models.CheckConstraint(condition=~Q(reason=""), name="reopening_says_why"),
            models.CheckConstraint(
                condition=Q(granted_at=None) | Q(declined_at=None),
                name="reopening_is_granted_or_declined",
            ),
            models.CheckConstraint(
                condition=Q(is_taken_back=False) | Q(declined_at__isnull=False),
                name="reopening_taken_back_is_over",
            ),
        ]

    def __str__(self):
        return f"{self.candidate} again"

    @property
    def is_open(self) -> bool:
        return self.granted_at is None and self.declined_at is None


class Answer(Word):
    """Whether one member agrees that it comes back."""

    OWNER = Owner.CLUSTER
    PERSONAL = NOBODY

    reopening = models.ForeignKey(Reopening, models.PROTECT, related_name="answers")
    agrees = models.BooleanField()
    reason = models.TextField(blank=True)

    class Meta:
        ordering = ["pk"]
        constraints = [
            *word_constraints("reopening", called="reopening_answer"),
            models.CheckConstraint(
                condition=Q(agrees=True) | ~Q(reason=""), name="not_agreeing_has_its_reason"
            ),
        ]

    def __str__(self):
        return f"{self.organisation}: {'yes' if self.agrees else 'no'}"
