from django.db import models
from django.db.models import Q
from django.urls import reverse

from hedgerow.core.models import Versioned
from hedgerow.core.owners import Owner
from hedgerow.people.models import NOBODY, Programme, Seat


class OpportunityKind(models.TextChoices):
    FUNDING = "funding", "Funding"
    SUPPORT = "support", "Help or advice"
    TRAINING = "training", "Training"
    GOODS = "goods", "Equipment or goods"


class Opportunity(Versioned):
    """An offer of funding or support that clusters can find while there is time."""

    OWNER = Owner.PROGRAMME
    PERSONAL = NOBODY

    programme = models.ForeignKey(Programme, models.PROTECT, related_name="opportunities")
    title = models.CharField(max_length=160)
    offered_by = models.CharField(max_length=160)
    kind = models.CharField(max_length=10, choices=OpportunityKind.choices)
    words = models.TextField()  # what it is, in two or three sentences
    for_whom = models.CharField(max_length=200, blank=True)
    least = models.BigIntegerField(null=True)  # pence
    most = models.BigIntegerField(null=True)
    link = models.URLField(max_length=300, blank=True)
    closes_on = models.DateField(null=True)  # None: it stays open
    is_public = models.BooleanField(default=False)  # anybody may read it; else the programme's
    checked_on = models.DateField()  # when somebody last looked whether it is right
    by = models.ForeignKey(Seat, models.PROTECT, related_name="+")
    at = models.DateTimeField()
    ended_because = models.CharField(max_length=200, blank=True)
    ended_at = models.DateTimeField(null=True, editable=False)

    class Meta:
        ordering = ["pk"]
        constraints = [
            models.CheckConstraint(
                condition=Q(least=None) | Q(most=None) | Q(least__lte=models.F("most")),
                name="opportunity_from_least_to_most",
            ),
            models.CheckConstraint(
                condition=Q(ended_at=None, ended_because="")
                | (Q(ended_at__isnull=False) & ~Q(ended_because="")),
                name="opportunity_ended_says_why",
            ),
        ]

    def __str__(self):
        return self.title

    def get_absolute_url(self):
        return reverse("grants:opportunity", args=[self.pk])
