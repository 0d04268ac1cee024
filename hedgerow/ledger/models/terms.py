"""On what terms a programme makes an award: how much, what is looked at, what is asked back."""

from django.db import models
from django.db.models import Q

from hedgerow.core.owners import Owner
from hedgerow.people.models import NOBODY, Programme, Seat


class Terms(models.Model):
    """One version. Never changed: the newest holds, and what was assessed under an older one keeps
    that one."""

    OWNER = Owner.PROGRAMME
    PERSONAL = NOBODY

    programme = models.ForeignKey(Programme, models.PROTECT, related_name="terms")
    number = models.PositiveSmallIntegerField()
    amount = models.BigIntegerField()  # pence, to each cluster; no plan may ask for more
    conditions = models.TextField(blank=True)  # of every award, a line each
    timetable = models.TextField(blank=True)  # when plans are read and decided on, in words
    other_support = models.TextField(blank=True)  # where else a cluster may be pointed to
    day_rate = models.BigIntegerField(null=True)  # pence for a day of help; None: not said
    made_by = models.ForeignKey(Seat, models.PROTECT, related_name="+")
    made_at = models.DateTimeField()

    class Meta:
        ordering = ["programme", "number"]
        constraints = [
            models.UniqueConstraint(fields=["programme", "number"], name="terms_numbered"),
            models.CheckConstraint(condition=Q(amount__gt=0), name="terms_give_something"),
            models.CheckConstraint(
                condition=Q(day_rate=None) | Q(day_rate__gte=0), name="terms_day_rate_not_below_0"
            ),
        ]

    def __str__(self):
        return f"Terms {self.number} of {self.programme}"


class Criterion(models.Model):
    """One thing that assessors look at."""

    OWNER = Owner.PROGRAMME
    PERSONAL = NOBODY

    terms = models.ForeignKey(Terms, models.CASCADE, related_name="criteria")
    position = models.PositiveSmallIntegerField()
    title = models.CharField(max_length=120)
    words = models.TextField()  # what they look for in the plan
    most = models.PositiveSmallIntegerField(default=5)  # points

    class Meta:
        ordering = ["position"]
        constraints = [
            models.UniqueConstraint(fields=["terms", "position"], name="criterion_has_its_place"),
            models.CheckConstraint(
                condition=Q(most__gte=1, most__lte=20), name="criterion_has_points"
            ),
        ]

    def __str__(self):
        return self.title


class ReturnHeading(models.Model):
    """One thing that the cluster's return says, besides what is taken from its plan."""

    OWNER = Owner.PROGRAMME
    PERSONAL = NOBODY

    terms = models.ForeignKey(Terms, models.CASCADE, related_name="return_headings")
    position = models.PositiveSmallIntegerField()
    sentence = models.CharField(max_length=200)
    most = models.PositiveSmallIntegerField(default=1000)  # characters

    class Meta:
        ordering = ["position"]
        constraints = [
            models.UniqueConstraint(fields=["terms", "position"], name="heading_has_its_place"),
        ]

    def __str__(self):
        return self.sentence
