"""One award to a cluster: who holds it, on what conditions, and when what part of it is released."""

from django.db import models
from django.db.models import Q
from django.urls import reverse

from hedgerow.analysis.postings import TRANCHES
from hedgerow.core.models import Versioned
from hedgerow.core.owners import Owner
from hedgerow.journeys.models import Submission
from hedgerow.people.models import NOBODY, Cluster, Organisation, Seat

TRANCHE_NAMES = {
    "main": "Main part",
    "levelling_up": "Levelling up",
    "quick_wins": "Quick wins",
}
assert tuple(TRANCHE_NAMES) == TRANCHES


class Award(Versioned):
    """How much it is, and where the money stands, are sums of its postings."""

    OWNER = Owner.PROGRAMME
    PERSONAL = NOBODY

    cluster = models.OneToOneField(Cluster, models.PROTECT, related_name="award")
    submission = models.OneToOneField(Submission, models.PROTECT, related_name="award")
    holding = models.ForeignKey(Organisation, models.PROTECT, related_name="+")  # the money for all
    holding_because = models.TextField(blank=True)  # why it was handed to them from another
    awarded_on = models.DateField()
    words = models.TextField(blank=True)
    made_by = models.ForeignKey(Seat, models.PROTECT, related_name="+")
    made_at = models.DateTimeField()
    closed_on = models.DateField(null=True, editable=False)
    closed_by = models.ForeignKey(Seat, models.PROTECT, null=True, related_name="+")

    class Meta:
        ordering = ["pk"]
        constraints = [
            models.CheckConstraint(
                condition=Q(closed_on=None, closed_by=None)
                | Q(closed_on__isnull=False, closed_by__isnull=False),
                name="award_closed_by_somebody",
            ),
        ]

    def __str__(self):
        return f"Award to {self.cluster}"

    def get_absolute_url(self):
        return reverse("ledger:account", args=[self.pk])

    @property
    def is_open(self) -> bool:
        return self.closed_on is None


class Claim(Versioned):
    """What a cluster says is so, until its programme takes it so; or says, with why, not yet."""

    told = models.TextField(blank=True)  # what shows it
    told_by = models.ForeignKey(Seat, models.PROTECT, null=True, related_name="+")
    told_at = models.DateTimeField(null=True, editable=False)
    # The newest doubt and what it was about stay, beside what was said since.
    doubt = models.TextField(blank=True)
    doubted = models.TextField(blank=True)
    doubted_by = models.ForeignKey(Seat, models.PROTECT, null=True, related_name="+")
    doubted_at = models.DateTimeField(null=True, editable=False)

    class Meta:
        abstract = True
        constraints = [
            models.CheckConstraint(
                condition=Q(doubt="", doubted="", doubted_by=None, doubted_at=None)
                | (
                    ~Q(doubt="")
                    & ~Q(doubted="")
                    & Q(doubted_by__isnull=False, doubted_at__isnull=False)
                ),
                name="%(class)s_doubted_whole",
            ),
        ]


class Condition(Claim):
    """What the programme agreed the plan under, and how it was met."""

    OWNER = Owner.PROGRAMME
    PERSONAL = NOBODY

    award = models.ForeignKey(Award, models.CASCADE, related_name="conditions")
    position = models.PositiveSmallIntegerField()
    words = models.CharField(max_length=300)
    due_on = models.DateField(null=True)
    met_at = models.DateTimeField(null=True, editable=False)  # the programme took it so
    met_by = models.ForeignKey(Seat, models.PROTECT, null=True, related_name="+")

    class Meta:
        ordering = ["position"]
        constraints = [
            *Claim.Meta.constraints,
            models.UniqueConstraint(fields=["award", "position"], name="condition_has_its_place"),
            models.CheckConstraint(condition=~Q(words=""), name="condition_says_what"),
            models.CheckConstraint(
                condition=Q(told="", told_by=None, told_at=None)
                | (~Q(told="") & Q(told_by__isnull=False, told_at__isnull=False)),
                name="condition_told_whole",
            ),
            models.CheckConstraint(
                condition=Q(met_at=None, met_by=None)
                | Q(met_at__isnull=False, met_by__isnull=False),
                name="condition_met_by_somebody",
            ),
        ]

    def __str__(self):
        return self.words


class Instalment(Claim):
    """A part of the award that is to be released: at once, or when something is reached."""

    OWNER = Owner.PROGRAMME
    PERSONAL = NOBODY

    award = models.ForeignKey(Award, models.CASCADE, related_name="instalments")
    position = models.PositiveSmallIntegerField()
    tranche = models.CharField(max_length=12, choices=list(TRANCHE_NAMES.items()))
    pence = models.BigIntegerField()
    when = models.CharField(max_length=200, blank=True)  # what is to be reached; "": on approval
    due_on = models.DateField(null=True)
    released = models.OneToOneField(
        "Entry", models.PROTECT, null=True, editable=False, related_name="instalment"
    )

    class Meta:
        ordering = ["position"]
        constraints = [
            *Claim.Meta.constraints,
            models.UniqueConstraint(fields=["award", "position"], name="instalment_has_its_place"),
            models.CheckConstraint(condition=Q(pence__gt=0), name="instalment_is_of_something"),
            models.CheckConstraint(
                condition=Q(told="", told_by=None, told_at=None)
                | (~Q(told="") & ~Q(when="") & Q(told_by__isnull=False, told_at__isnull=False)),
                name="instalment_told_whole",
            ),
        ]

    def __str__(self):
        return self.when or "On approval"
