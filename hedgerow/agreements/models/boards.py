from django.db import models
from django.db.models import Q

from hedgerow.core.models import Versioned
from hedgerow.core.owners import Audience, AudienceField, Owner
from hedgerow.people.models import NOBODY, Cluster, Organisation, Seat


class BoardAnswer(models.TextChoices):
    AGREED = "agreed", "Agreed"
    NOT_AGREED = "not_agreed", "Not agreed"


class BoardSays(Versioned):
    """Whether one member's board must agree before the cluster goes ahead, when, and its word."""

    OWNER = Owner.ORGANISATION
    PERSONAL = NOBODY

    cluster = models.ForeignKey(Cluster, models.PROTECT, related_name="+")
    organisation = models.ForeignKey(Organisation, models.PROTECT, related_name="+")
    must_agree = models.BooleanField()
    meets_on = models.DateField(null=True)
    answer = models.CharField(max_length=10, choices=BoardAnswer.choices, blank=True)
    answered_on = models.DateField(null=True)
    words = models.TextField(blank=True)
    audience = AudienceField(default=Audience.ONLY_US)
    by = models.ForeignKey(Seat, models.PROTECT, related_name="+")
    at = models.DateTimeField()

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["cluster", "organisation"], name="one_board_a_member"),
            models.CheckConstraint(
                condition=Q(answer="", answered_on=None)
                | (~Q(answer="") & Q(answered_on__isnull=False, must_agree=True)),
                name="board_answered_on_a_day",
            ),
            models.CheckConstraint(
                condition=Q(must_agree=True) | Q(meets_on=None), name="only_an_asked_board_meets"
            ),
        ]

    def __str__(self):
        return f"Board of {self.organisation}"
