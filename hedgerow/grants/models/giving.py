"""Grants as funders publish them, and what a programme needs to publish its own."""

from django.db import models
from django.db.models import Q

from hedgerow.core.models import Versioned
from hedgerow.core.owners import Owner
from hedgerow.people.models import NOBODY, Programme, Seat


class Publisher(Versioned):
    """As whom a programme publishes its awards in the 360Giving data standard."""

    OWNER = Owner.PROGRAMME
    PERSONAL = NOBODY

    programme = models.OneToOneField(Programme, models.PROTECT, related_name="publisher")
    name = models.CharField(max_length=160)
    org_id = models.CharField(max_length=80)  # "GB-CHC-1234567"
    prefix = models.CharField(max_length=60)  # "360G-hedgeshire", from the standard's register
    licence = models.URLField(max_length=200)
    by = models.ForeignKey(Seat, models.PROTECT, related_name="+")
    at = models.DateTimeField()

    def __str__(self):
        return self.name


class GrantFile(models.Model):
    """A publisher's file that was read in. Read again unchanged, nothing changes."""

    OWNER = Owner.EVERYONE
    PERSONAL = NOBODY

    name = models.CharField(max_length=200)
    publisher = models.CharField(max_length=160, blank=True)
    licence = models.CharField(max_length=200, blank=True)
    digest = models.CharField(max_length=64, unique=True)  # SHA-256 of its bytes
    n_rows = models.PositiveIntegerField()  # blank ones too
    n_grants = models.PositiveIntegerField()  # rows taken: new, changed and as they were
    n_faults = models.PositiveIntegerField()  # rows refused
    n_changed = models.PositiveIntegerField(default=0)  # of those taken; known before otherwise
    n_same = models.PositiveIntegerField(default=0)  # of those taken; known before, word for word
    read_by = models.ForeignKey(Seat, models.PROTECT, null=True, related_name="+")  # None: command
    read_at = models.DateTimeField()

    class Meta:
        ordering = ["-read_at", "-pk"]

    def __str__(self):
        return self.name


class GrantFault(models.Model):
    """A row of a file that was not taken, with the place and the reason."""

    OWNER = Owner.EVERYONE
    PERSONAL = NOBODY

    file = models.ForeignKey(GrantFile, models.CASCADE, related_name="faults")
    place = models.CharField(max_length=120)
    sentence = models.TextField()

    class Meta:
        ordering = ["pk"]

    def __str__(self):
        return f"{self.place}: {self.sentence}"


class Grant(models.Model):
    """One published grant. The newest file that holds it says how it stands."""

    OWNER = Owner.EVERYONE
    PERSONAL = NOBODY

    file = models.ForeignKey(GrantFile, models.PROTECT, related_name="grants")
    grant_id = models.CharField(max_length=200, unique=True)
    title = models.TextField()
    pence = models.BigIntegerField()
    currency = models.CharField(max_length=3)
    awarded_on = models.DateField()
    funder_id = models.CharField(max_length=120)
    funder = models.TextField()
    recipient_id = models.CharField(max_length=120, db_index=True)
    recipient = models.TextField()
    programme = models.TextField(blank=True)

    class Meta:
        ordering = ["-awarded_on", "pk"]
        constraints = [
            models.CheckConstraint(condition=~Q(grant_id=""), name="grant_has_its_id"),
        ]

    def __str__(self):
        return self.title
