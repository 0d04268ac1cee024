"""Calendars to subscribe to, by an address that can be taken back."""

from django.db import models
from django.db.models import Q

from hedgerow.core.owners import Owner
from hedgerow.people.models import Cluster, User


class Feed(models.Model):
    """A person's calendar: of one cluster, or of every cluster they sit in. Its address is a
    signed link to this row; ending the row ends the address."""

    OWNER = Owner.PERSON
    PERSONAL = frozenset({"user"})

    user = models.ForeignKey(User, models.PROTECT, related_name="feeds")
    cluster = models.ForeignKey(Cluster, models.PROTECT, null=True, related_name="+")  # None: all
    made_at = models.DateTimeField()
    ended_at = models.DateTimeField(null=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["user", "cluster"],
                condition=Q(ended_at=None, cluster__isnull=False),
                name="one_feed_a_cluster",
            ),
            models.UniqueConstraint(
                fields=["user"],
                condition=Q(ended_at=None, cluster=None),
                name="one_feed_of_all",
            ),
        ]

    def __str__(self):
        return f"Calendar {self.pk}"
