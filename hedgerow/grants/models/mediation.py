from django.db import models
from django.db.models import Q

from hedgerow.core.owners import Owner
from hedgerow.people.models import NOBODY, Cluster, Seat


class MediationNote(models.Model):
    """What the programme did when it stepped in, on timetable, rules or money. Struck out, it
    stays."""

    OWNER = Owner.PROGRAMME
    PERSONAL = NOBODY

    cluster = models.ForeignKey(Cluster, models.PROTECT, related_name="mediation_notes")
    on = models.DateField()
    asked_by = models.CharField(max_length=160, blank=True)  # who asked for it: a role or member
    words = models.TextField()
    outcome = models.TextField(blank=True)
    by = models.ForeignKey(Seat, models.PROTECT, related_name="+")
    at = models.DateTimeField()
    struck_at = models.DateTimeField(null=True, editable=False)
    struck_by = models.ForeignKey(Seat, models.PROTECT, null=True, related_name="+")

    class Meta:
        ordering = ["-on", "-pk"]
        constraints = [
            models.CheckConstraint(condition=~Q(words=""), name="mediation_note_says_what"),
            models.CheckConstraint(
                condition=Q(struck_at=None, struck_by=None)
                | Q(struck_at__isnull=False, struck_by__isnull=False),
                name="mediation_note_struck_by_somebody",
            ),
        ]

    def __str__(self):
        return f"Note of {self.on}"
