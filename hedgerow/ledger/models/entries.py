"""What moved in the money of an award. Written once; a wrong entry is undone by its opposite."""

from django.db import models
from django.db.models import Q

from hedgerow.analysis.postings import STEPS, VERBS
from hedgerow.core.owners import Owner
from hedgerow.people.models import NOBODY, Organisation, Seat

from .awards import TRANCHE_NAMES, Award

_VERBS = [(verb, verb) for verb in VERBS]
_STEPS = [(step, step) for step in STEPS]


class Entry(models.Model):
    """One thing that was done with money, and its two postings. Nothing is paid here."""

    OWNER = Owner.PROGRAMME
    PERSONAL = NOBODY

    award = models.ForeignKey(Award, models.PROTECT, related_name="entries")
    number = models.PositiveIntegerField()  # in its award, from 1
    verb = models.CharField(max_length=12, choices=_VERBS)
    tranche = models.CharField(max_length=12, choices=list(TRANCHE_NAMES.items()))
    pence = models.BigIntegerField()
    on = models.DateField()
    member = models.ForeignKey(Organisation, models.PROTECT, null=True, related_name="+")
    to = models.ForeignKey(Organisation, models.PROTECT, null=True, related_name="+")
    line = models.PositiveSmallIntegerField(null=True)  # number of a line in the cluster's budget
    words = models.CharField(max_length=200, blank=True)  # "Invoice 231, Office Works"
    undoes = models.OneToOneField("self", models.PROTECT, null=True, related_name="undone_by")
    by = models.ForeignKey(Seat, models.PROTECT, related_name="+")
    at = models.DateTimeField()

    class Meta:
        ordering = ["award", "number"]
        constraints = [
            models.UniqueConstraint(fields=["award", "number"], name="entry_has_its_number"),
            models.CheckConstraint(condition=Q(pence__gt=0), name="entry_moves_something"),
            models.CheckConstraint(
                condition=Q(to=None) | Q(member__isnull=False), name="entry_handed_over_by_somebody"
            ),
        ]

    def __str__(self):
        return f"Entry {self.number}"


class Posting(models.Model):
    """One of the two sides of an entry: debits above zero, credits below."""

    OWNER = Owner.PROGRAMME
    PERSONAL = NOBODY

    entry = models.ForeignKey(Entry, models.CASCADE, related_name="postings")
    award = models.ForeignKey(Award, models.PROTECT, related_name="postings")
    step = models.CharField(max_length=10, choices=_STEPS)
    tranche = models.CharField(max_length=12, choices=list(TRANCHE_NAMES.items()))
    member = models.ForeignKey(Organisation, models.PROTECT, null=True, related_name="+")
    on = models.DateField()
    pence = models.BigIntegerField()

    class Meta:
        ordering = ["pk"]
        constraints = [
            models.CheckConstraint(condition=~Q(pence=0), name="posting_is_of_something"),
            models.CheckConstraint(
                condition=Q(step__in=("committed", "spent"), member__isnull=False)
                | (~Q(step__in=("committed", "spent")) & Q(member=None)),
                name="posting_of_a_member_or_of_all",
            ),
        ]
        indexes = [models.Index(fields=["award", "step"], name="postings_of_award")]

    def __str__(self):
        return f"{self.step}: {self.pence}"
