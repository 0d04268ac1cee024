"""What came of it that nobody had planned."""

from django.db import models
from django.db.models import Q

from hedgerow.agreements.models import Word, word_constraints
from hedgerow.core.owners import Owner
from hedgerow.people.models import NOBODY, Cluster, Organisation, Seat

from .plans import Workplan


class GainKind(models.TextChoices):
    """Own words for what S4 calls spin-offs, and its four heads of social capital."""

    MONEY = "money", "Money saved or won"
    OPENING = "opening", "A door that opened"
    STANDING = "standing", "Profile and voice"
    SUPPORT = "support", "Help from one another"
    CONFIDENCE = "confidence", "Self-confidence"
    TRUST = "trust", "Trust to do more together"
    OTHER = "other", "Something else"


class UnplannedGain(models.Model):
    """One line, written when it happened. Taken back, the row stays."""

    OWNER = Owner.CLUSTER
    PERSONAL = NOBODY

    cluster = models.ForeignKey(Cluster, models.PROTECT, related_name="unplanned_gains")
    words = models.CharField(max_length=300)
    kind = models.CharField(max_length=12, choices=GainKind.choices)
    on = models.DateField()
    others = models.CharField(max_length=160, blank=True)  # who gained besides members
    evidence = models.TextField(blank=True)
    pence = models.BigIntegerField(null=True)  # what it is worth; None: not valued
    by = models.ForeignKey(Seat, models.PROTECT, related_name="+")
    at = models.DateTimeField()
    taken_back_because = models.TextField(blank=True)
    taken_back_by = models.ForeignKey(Seat, models.PROTECT, null=True, related_name="+")
    taken_back_at = models.DateTimeField(null=True, editable=False)

    class Meta:
        ordering = ["-on", "-pk"]
        constraints = [
            models.CheckConstraint(condition=~Q(words=""), name="gain_says_what"),
            models.CheckConstraint(
                condition=Q(pence=None) | (Q(pence__gt=0) & ~Q(evidence="")),
                name="valued_gain_has_its_evidence",
            ),
            models.CheckConstraint(
                condition=Q(taken_back_at=None, taken_back_by=None, taken_back_because="")
                | (
                    Q(taken_back_at__isnull=False, taken_back_by__isnull=False)
                    & ~Q(taken_back_because="")
                ),
                name="gain_taken_back_says_why",
            ),
        ]

    def __str__(self):
        return self.words


class Gainer(models.Model):
    """A member that gained."""

    OWNER = Owner.CLUSTER
    PERSONAL = NOBODY

    gain = models.ForeignKey(UnplannedGain, models.CASCADE, related_name="gainers")
    organisation = models.ForeignKey(Organisation, models.PROTECT, related_name="+")

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["gain", "organisation"], name="gainer_once"),
        ]

    def __str__(self):
        return f"{self.organisation_id} gained from {self.gain_id}"


class GainsSaid(Word):
    """A member that was asked what it gained, planned or not, and what it said."""

    OWNER = Owner.CLUSTER
    PERSONAL = NOBODY

    workplan = models.ForeignKey(Workplan, models.PROTECT, related_name="gains_said")
    has_nothing = models.BooleanField(default=False)  # it has nothing to add
    words = models.TextField(blank=True)

    class Meta:
        ordering = ["pk"]
        constraints = [
            *word_constraints("workplan", called="gains_said"),
            models.CheckConstraint(
                condition=Q(has_nothing=True, words="") | (Q(has_nothing=False) & ~Q(words="")),
                name="gains_said_in_words_or_nothing",
            ),
        ]

    def __str__(self):
        return f"{self.organisation}: {self.words or 'nothing to add'}"
