"""From the long list to at most three: the shortlisting itself, and the list that came of it."""

from django.db import models
from django.db.models import Q
from django.urls import reverse

from hedgerow.agreements.models import Meeting
from hedgerow.core.models import Versioned
from hedgerow.core.owners import Owner
from hedgerow.people.models import NOBODY, Cluster, Seat

from .ideas import Idea


class Shortlisting(Versioned):
    """Red spots, then rounds of ten votes, until at most three are left.

    How it stands is never kept: it is worked out from its rounds and reopenings by
    analysis.red_spot. It ends with a Shortlist, or is given up.
    """

    OWNER = Owner.CLUSTER
    PERSONAL = NOBODY

    cluster = models.ForeignKey(Cluster, models.PROTECT, related_name="shortlistings")
    number = models.PositiveSmallIntegerField()
    is_secret = models.BooleanField()  # ballots are shown only once their round has closed
    meeting = models.ForeignKey(Meeting, models.PROTECT, null=True, related_name="+")
    begun_by = models.ForeignKey(Seat, models.PROTECT, related_name="+")
    begun_at = models.DateTimeField()
    ended_at = models.DateTimeField(null=True)
    ended_by = models.ForeignKey(Seat, models.PROTECT, null=True, related_name="+")
    given_up_because = models.TextField(blank=True)

    class Meta:
        ordering = ["number"]
        constraints = [
            models.UniqueConstraint(
                fields=["cluster", "number"], name="shortlisting_has_its_number"
            ),
            models.UniqueConstraint(
                fields=["cluster"],
                condition=Q(ended_at=None),
                name="one_shortlisting_at_a_time",
            ),
            models.CheckConstraint(
                condition=Q(ended_at=None, ended_by=None, given_up_because="")
                | Q(ended_at__isnull=False, ended_by__isnull=False),
                name="shortlisting_ended_by_somebody",
            ),
        ]

    def __str__(self):
        return f"Shortlisting {self.number}"

    def get_absolute_url(self):
        return reverse("focus:shortlisting", args=[self.pk])

    @property
    def is_open(self) -> bool:
        return self.ended_at is None


class Candidate(models.Model):
    """An idea that is voted on, under the title it had when the shortlisting began."""

    OWNER = Owner.CLUSTER
    PERSONAL = NOBODY

    shortlisting = models.ForeignKey(Shortlisting, models.CASCADE, related_name="candidates")
    idea = models.ForeignKey(Idea, models.PROTECT, related_name="+")
    position = models.PositiveSmallIntegerField()  # from 1
    title = models.CharField(max_length=120)

    class Meta:
        ordering = ["position"]
        constraints = [
            models.UniqueConstraint(fields=["shortlisting", "idea"], name="idea_stands_once"),
            models.UniqueConstraint(
                fields=["shortlisting", "position"], name="candidate_has_its_place"
            ),
        ]

    def __str__(self):
        return self.title


class Shortlist(Versioned):
    """At most three ideas, in the group's own words why. The newest one stands.

    What the votes come to is advice: the group may write down something else, and says why.
    """

    OWNER = Owner.CLUSTER
    PERSONAL = NOBODY

    cluster = models.ForeignKey(Cluster, models.PROTECT, related_name="shortlists")
    number = models.PositiveSmallIntegerField()
    shortlisting = models.OneToOneField(
        Shortlisting, models.PROTECT, null=True, related_name="shortlist"
    )
    words = models.TextField()  # what the talk came to, and who saw it differently
    findings = models.TextField(blank=True)  # how the pairs bring together what they find
    findings_by = models.DateField(null=True)
    by = models.ForeignKey(Seat, models.PROTECT, related_name="+")
    at = models.DateTimeField()

    class Meta:
        ordering = ["number"]
        constraints = [
            models.UniqueConstraint(fields=["cluster", "number"], name="shortlist_has_its_number"),
            models.CheckConstraint(condition=~Q(words=""), name="shortlist_says_why"),
        ]

    def __str__(self):
        return f"Shortlist {self.number}"

    def get_absolute_url(self):
        return reverse("focus:shortlist", args=[self.pk])


class Shortlisted(models.Model):
    OWNER = Owner.CLUSTER
    PERSONAL = NOBODY

    shortlist = models.ForeignKey(Shortlist, models.CASCADE, related_name="items")
    idea = models.ForeignKey(Idea, models.PROTECT, related_name="shortlisted")
    position = models.PositiveSmallIntegerField()

    class Meta:
        ordering = ["position"]
        constraints = [
            models.UniqueConstraint(fields=["shortlist", "idea"], name="shortlisted_once"),
            models.UniqueConstraint(fields=["shortlist", "position"], name="shortlisted_place"),
            models.CheckConstraint(
                condition=Q(position__gte=1, position__lte=3), name="at_most_three_on_a_shortlist"
            ),
        ]

    def __str__(self):
        return f"{self.idea} on {self.shortlist}"
