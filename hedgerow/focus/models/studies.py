"""Looking into an idea: by a pair, with a day; and whom to ask."""

from django.db import models
from django.db.models import Q
from django.urls import reverse

from hedgerow.agreements.models import Promise
from hedgerow.core.models import Versioned
from hedgerow.core.owners import Owner
from hedgerow.people.models import NOBODY, Cluster, Seat

from .ideas import Idea


class Study(Versioned):
    """A pair's short report on one idea. Theirs until they hand it in; then the cluster's.

    Who they are and by which day is their promise. Source of the headings: HACT, Collaborate 2,
    worksheet 4 (2010).
    """

    OWNER = Owner.ORGANISATION  # of the two who hold the promise; the cluster's once handed in
    PERSONAL = NOBODY

    HEADINGS = (
        "problem",
        "staff",
        "options",
        "routes",
        "resources",
        "means",
        "levers",
        "time",
    )

    idea = models.ForeignKey(Idea, models.PROTECT, related_name="studies")
    promise = models.OneToOneField(Promise, models.PROTECT, related_name="study")
    problem = models.TextField(blank=True)  # what the problem is
    staff = models.TextField(blank=True)  # who does that job in each member, and what they say
    options = models.TextField(blank=True)
    routes = models.TextField(blank=True)  # how each could be gone about
    resources = models.TextField(blank=True)  # what each would take
    means = models.TextField(blank=True)  # what of that we have
    levers = models.TextField(blank=True)  # whom and what outside we could use
    time = models.TextField(blank=True)
    changed_at = models.DateTimeField(null=True)
    handed_in_at = models.DateTimeField(null=True)
    handed_in_by = models.ForeignKey(Seat, models.PROTECT, null=True, related_name="+")

    class Meta:
        ordering = ["pk"]
        constraints = [
            models.CheckConstraint(
                condition=Q(handed_in_at=None, handed_in_by=None)
                | (Q(handed_in_at__isnull=False, handed_in_by__isnull=False) & ~Q(problem="")),
                name="study_handed_in_by_somebody",
            ),
        ]

    def __str__(self):
        return f"Report on {self.idea}"

    def get_absolute_url(self):
        return reverse("focus:study", args=[self.pk])

    @property
    def is_handed_in(self) -> bool:
        return self.handed_in_at is not None


class ContactKind(models.TextChoices):
    PERSON = "person", "Somebody to ask"
    RESOURCE = "resource", "Something to check"


class Contact(models.Model):
    """Somebody to ask or something to check, inside the cluster or outside."""

    OWNER = Owner.CLUSTER
    PERSONAL = NOBODY

    cluster = models.ForeignKey(Cluster, models.PROTECT, related_name="+")
    idea = models.ForeignKey(Idea, models.PROTECT, null=True, related_name="contacts")
    kind = models.CharField(max_length=8, choices=ContactKind.choices)
    words = models.CharField(max_length=200)  # who or what, and what for
    came_of = models.CharField(max_length=200, blank=True)  # what came of it
    by = models.ForeignKey(Seat, models.PROTECT, related_name="+")
    at = models.DateTimeField()
    struck_at = models.DateTimeField(null=True)  # written by mistake

    class Meta:
        ordering = ["pk"]
        constraints = [models.CheckConstraint(condition=~Q(words=""), name="contact_has_words")]

    def __str__(self):
        return self.words
