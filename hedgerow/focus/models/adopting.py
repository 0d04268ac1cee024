"""The focus itself: what a decision of the members made of the shortlist."""

from django.db import models
from django.db.models import Q

from hedgerow.agreements.models import Decision
from hedgerow.core.owners import Owner
from hedgerow.people.models import NOBODY, Cluster

from .ideas import Idea


class Adoption(models.Model):
    """Ideas put to the vote as the focus. It is the focus once its decision is carried, until a
    later one is."""

    OWNER = Owner.CLUSTER
    PERSONAL = NOBODY

    cluster = models.ForeignKey(Cluster, models.PROTECT, related_name="adoptions")
    decision = models.OneToOneField(Decision, models.PROTECT, related_name="adoption")

    class Meta:
        ordering = ["pk"]

    def __str__(self):
        return f"Focus of {self.cluster}, by decision {self.decision.number}"


class Adopted(models.Model):
    OWNER = Owner.CLUSTER
    PERSONAL = NOBODY

    adoption = models.ForeignKey(Adoption, models.CASCADE, related_name="items")
    idea = models.ForeignKey(Idea, models.PROTECT, related_name="adopted")
    position = models.PositiveSmallIntegerField()
    title = models.CharField(max_length=120)  # as it was put to the vote

    class Meta:
        ordering = ["position"]
        constraints = [
            models.UniqueConstraint(fields=["adoption", "idea"], name="adopted_once"),
            models.UniqueConstraint(fields=["adoption", "position"], name="adopted_place"),
            models.CheckConstraint(
                condition=Q(position__gte=1, position__lte=3), name="a_focus_is_three_at_most"
            ),
        ]

    def __str__(self):
        return self.title
