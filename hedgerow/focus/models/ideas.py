"""The long list: ideas as cards, what became of each, and who would gain."""

from django.db import models
from django.db.models import F, Q
from django.urls import reverse

from hedgerow.agreements.models import Word, word_constraints
from hedgerow.core.fields import PenceField
from hedgerow.core.models import Versioned
from hedgerow.core.owners import Owner
from hedgerow.people.models import NOBODY, Cluster, Seat


class Source(models.TextChoices):
    """Where an idea comes from."""

    PICTURE = "picture", "Our shared picture"
    MEMBER = "member", "One of us"
    CATALOGUE = "catalogue", "The programme’s catalogue"
    ELSEWHERE = "elsewhere", "What others already do"


class Ended(models.TextChoices):
    """What became of an idea that is no longer on the long list."""

    MERGED = "merged", "Put together with another"
    SPLIT = "split", "Taken apart"
    WITHDRAWN = "withdrawn", "Taken off the list"


class Idea(Versioned):
    """One card of the long list, with the six tests that every idea is put to.

    Source of the tests: HACT, Collaborate 2, worksheet 3 (2010). Nothing is deleted: an idea that
    was merged, split or withdrawn stays, and says so.
    """

    OWNER = Owner.CLUSTER
    PERSONAL = NOBODY

    TESTS = ("effect", "success", "ingredients", "own_means", "outside", "time")

    cluster = models.ForeignKey(Cluster, models.PROTECT, related_name="ideas")
    number = models.PositiveSmallIntegerField()  # in its cluster, from 1
    title = models.CharField(max_length=120)
    words = models.TextField(blank=True)  # what it is, in a few sentences
    source = models.CharField(max_length=10, choices=Source.choices)
    # PICTURE: slug of the need; CATALOGUE: slug of the entry; ELSEWHERE: who does it; MEMBER: ""
    came_from = models.CharField(max_length=120, blank=True)
    effect = models.TextField(blank=True)  # the likely effect
    success = models.TextField(blank=True)  # what it looks like once it has worked
    ingredients = models.TextField(blank=True)  # what it takes
    own_means = models.TextField(blank=True)  # what of that we have
    outside = models.TextField(blank=True)  # openings, influence and contacts outside
    time = models.TextField(blank=True)  # how long it honestly takes
    cost = PenceField(null=True)  # roughly; None: nobody has said yet
    is_quick_win = models.BooleanField(default=False)
    raised_by = models.ForeignKey(Seat, models.PROTECT, related_name="+")
    raised_at = models.DateTimeField()
    ended_how = models.CharField(max_length=10, choices=Ended.choices, blank=True)
    ended_because = models.TextField(blank=True)
    ended_by = models.ForeignKey(Seat, models.PROTECT, null=True, related_name="+")
    ended_at = models.DateTimeField(null=True)

    class Meta:
        ordering = ["number"]
        constraints = [
            models.UniqueConstraint(fields=["cluster", "number"], name="idea_has_its_number"),
            models.CheckConstraint(condition=~Q(title=""), name="idea_has_a_title"),
            models.CheckConstraint(
                condition=Q(cost=None) | Q(cost__gte=0), name="idea_costs_nothing_or_more"
            ),
            models.CheckConstraint(
                condition=Q(ended_how="", ended_because="", ended_by=None, ended_at=None)
                | (
                    ~Q(ended_how="")
                    & ~Q(ended_because="")
                    & Q(ended_by__isnull=False, ended_at__isnull=False)
                ),
                name="idea_ended_says_how_and_why",
            ),
        ]

    def __str__(self):
        return self.title

    def get_absolute_url(self):
        return reverse("focus:idea", args=[self.pk])

    @property
    def is_live(self) -> bool:
        return self.ended_at is None


class Descent(models.Model):
    """An idea came out of another: two or more were merged into it, or one was split."""

    OWNER = Owner.CLUSTER
    PERSONAL = NOBODY

    parent = models.ForeignKey(Idea, models.PROTECT, related_name="became")
    child = models.ForeignKey(Idea, models.PROTECT, related_name="came_out_of")

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["parent", "child"], name="descent_once"),
            models.CheckConstraint(
                condition=~Q(parent=F("child")), name="no_idea_descends_from_itself"
            ),
        ]

    def __str__(self):
        return f"{self.child} out of {self.parent}"


class IdeaBefore(models.Model):
    """What a card said until it was changed. Written once."""

    OWNER = Owner.CLUSTER
    PERSONAL = NOBODY

    idea = models.ForeignKey(Idea, models.PROTECT, related_name="before")
    said = models.JSONField()  # name of each changed field -> what it said
    by = models.ForeignKey(Seat, models.PROTECT, related_name="+")  # who changed it
    at = models.DateTimeField()

    class Meta:
        ordering = ["pk"]

    def __str__(self):
        return f"{self.idea} before {self.at:%d %B %Y}"


class Gain(Word):
    """Whether one organisation would gain if an idea came about, in its own words."""

    OWNER = Owner.CLUSTER
    PERSONAL = NOBODY

    idea = models.ForeignKey(Idea, models.PROTECT, related_name="gains")
    would_gain = models.BooleanField()
    words = models.CharField(max_length=200)  # what it would gain, or why it would not

    class Meta:
        ordering = ["pk"]
        constraints = [
            *word_constraints("idea", called="gain"),
            models.CheckConstraint(condition=~Q(words=""), name="gain_has_words"),
        ]

    def __str__(self):
        return f"{self.organisation}: {self.words}"
