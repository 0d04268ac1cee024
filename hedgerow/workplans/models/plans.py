"""What a cluster will do: objectives, the steps to each, who does them, and what waits for what."""

from django.db import models
from django.db.models import F, Q
from django.urls import reverse

from hedgerow.agreements.models import Promise
from hedgerow.core.models import Versioned
from hedgerow.core.owners import Owner
from hedgerow.people.models import NOBODY, Cluster, Seat


class Workplan(Versioned):
    """One a cluster. It lives on while it is carried out; what was handed in is a Submission."""

    OWNER = Owner.CLUSTER
    PERSONAL = NOBODY

    cluster = models.OneToOneField(Cluster, models.PROTECT, related_name="workplan")
    summary = models.TextField(blank=True)  # in a few sentences, for somebody who reads no more
    meetings = models.TextField(blank=True)  # how often the Core Group meets, to the end
    begun_by = models.ForeignKey(Seat, models.PROTECT, related_name="+")
    begun_at = models.DateTimeField()

    def __str__(self):
        return f"Workplan of {self.cluster}"

    def get_absolute_url(self):
        return reverse("workplans:plan", args=[self.cluster_id])


class Strand(models.TextChoices):
    MAIN = "main", "Main theme"
    PARALLEL = "parallel", "Low-cost activity beside it"


class Result(models.TextChoices):
    """What became of an objective, in the cluster's own judgement."""

    MET = "met", "Met"
    PARTLY = "partly", "Partly met"
    NOT_MET = "not_met", "Not met"


class Objective(Versioned):
    """What will be true, for whom, and how and when that is looked at. Dropped, the row stays."""

    OWNER = Owner.CLUSTER
    PERSONAL = NOBODY

    BEHIND = ("found", "stands_behind", "differs")  # come in behind: three questions

    workplan = models.ForeignKey(Workplan, models.PROTECT, related_name="objectives")
    number = models.PositiveSmallIntegerField()  # in its plan, from 1; never used again
    title = models.CharField(max_length=200)  # what will be true
    for_whom = models.CharField(max_length=200, blank=True)
    judged_how = models.TextField(blank=True)
    judged_on = models.DateField(null=True)
    theme = models.BigIntegerField(null=True)  # key of the idea in the focus it comes from
    theme_title = models.CharField(max_length=120, blank=True)  # as the focus had it
    strand = models.CharField(max_length=8, choices=Strand.choices, default=Strand.MAIN)
    found = models.TextField(blank=True)  # what there is already
    stands_behind = models.TextField(blank=True)  # what of it we will stand behind
    differs = models.TextField(blank=True)  # what is different in what we do
    by = models.ForeignKey(Seat, models.PROTECT, related_name="+")
    at = models.DateTimeField()
    dropped_because = models.TextField(blank=True)
    dropped_by = models.ForeignKey(Seat, models.PROTECT, null=True, related_name="+")
    dropped_at = models.DateTimeField(null=True, editable=False)
    result = models.CharField(max_length=8, choices=Result.choices, blank=True)
    result_words = models.TextField(blank=True)  # what shows it
    result_by = models.ForeignKey(Seat, models.PROTECT, null=True, related_name="+")
    result_at = models.DateTimeField(null=True, editable=False)

    class Meta:
        ordering = ["number"]
        constraints = [
            models.UniqueConstraint(fields=["workplan", "number"], name="objective_has_its_number"),
            models.CheckConstraint(
                condition=Q(dropped_at=None, dropped_by=None, dropped_because="")
                | (Q(dropped_at__isnull=False, dropped_by__isnull=False) & ~Q(dropped_because="")),
                name="objective_dropped_says_why",
            ),
            models.CheckConstraint(
                condition=Q(result="", result_words="", result_by=None, result_at=None)
                | (
                    ~Q(result="")
                    & ~Q(result_words="")
                    & Q(result_by__isnull=False, result_at__isnull=False)
                ),
                name="objective_judged_whole",
            ),
        ]

    def __str__(self):
        return self.title

    def get_absolute_url(self):
        return reverse("workplans:objective", args=[self.pk])


class StepKind(models.TextChoices):
    ACTIVITY = "activity", "Activity"
    MILESTONE = "milestone", "Milestone"


class Step(Versioned):
    """An activity, or a milestone to reach. Planned, it names its pair; once the plan is carried
    out it is their promise, which says when it is due and what became of it."""

    OWNER = Owner.CLUSTER
    PERSONAL = NOBODY

    workplan = models.ForeignKey(Workplan, models.PROTECT, related_name="steps")
    objective = models.ForeignKey(Objective, models.PROTECT, related_name="steps")
    number = models.PositiveSmallIntegerField()  # in its plan, from 1; never used again
    kind = models.CharField(max_length=10, choices=StepKind.choices)
    title = models.CharField(max_length=160)
    starts_on = models.DateField(null=True)  # of an activity
    due_on = models.DateField(null=True)  # as planned; None: not said yet
    first = models.ForeignKey(Seat, models.PROTECT, null=True, related_name="+")
    second = models.ForeignKey(Seat, models.PROTECT, null=True, related_name="+")
    alone_because = models.CharField(max_length=200, blank=True)
    is_quick_win = models.BooleanField(default=False)
    promise = models.OneToOneField(Promise, models.PROTECT, null=True, related_name="plan_step")
    by = models.ForeignKey(Seat, models.PROTECT, related_name="+")
    at = models.DateTimeField()
    dropped_because = models.TextField(blank=True)
    dropped_by = models.ForeignKey(Seat, models.PROTECT, null=True, related_name="+")
    dropped_at = models.DateTimeField(null=True, editable=False)

    class Meta:
        ordering = ["number"]
        constraints = [
            models.UniqueConstraint(fields=["workplan", "number"], name="step_has_its_number"),
            models.CheckConstraint(
                condition=Q(starts_on=None) | Q(due_on=None) | Q(starts_on__lte=F("due_on")),
                name="step_begins_before_it_is_due",
            ),
            models.CheckConstraint(
                condition=Q(kind="activity") | Q(starts_on=None), name="milestone_is_one_day"
            ),
            models.CheckConstraint(
                condition=Q(second=None) | (Q(first__isnull=False) & ~Q(second=F("first"))),
                name="step_is_held_by_two_people",
            ),
            models.CheckConstraint(
                condition=Q(dropped_at=None, dropped_by=None, dropped_because="")
                | (Q(dropped_at__isnull=False, dropped_by__isnull=False) & ~Q(dropped_because="")),
                name="step_dropped_says_why",
            ),
        ]

    def __str__(self):
        return self.title

    def get_absolute_url(self):
        return reverse("workplans:step", args=[self.pk])


class Dependency(models.Model):
    """A step that cannot begin, or be reached, before another is done. They make no ring."""

    OWNER = Owner.CLUSTER
    PERSONAL = NOBODY

    step = models.ForeignKey(Step, models.CASCADE, related_name="waits_for")
    on = models.ForeignKey(Step, models.CASCADE, related_name="waited_for")

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["step", "on"], name="dependency_once"),
            models.CheckConstraint(condition=~Q(step=F("on")), name="no_step_waits_for_itself"),
        ]

    def __str__(self):
        return f"{self.step_id} after {self.on_id}"


class Wording(models.Model):
    """What the plan, an objective or a step said until it was changed. Written once."""

    OWNER = Owner.CLUSTER
    PERSONAL = NOBODY

    workplan = models.ForeignKey(Workplan, models.PROTECT, related_name="wordings")
    objective = models.ForeignKey(Objective, models.PROTECT, null=True, related_name="wordings")
    step = models.ForeignKey(Step, models.PROTECT, null=True, related_name="wordings")
    said = models.JSONField()  # field -> what stood there
    by = models.ForeignKey(Seat, models.PROTECT, related_name="+")  # who changed it
    at = models.DateTimeField()  # until then

    class Meta:
        ordering = ["pk"]
        constraints = [
            models.CheckConstraint(
                condition=Q(objective=None) | Q(step=None), name="wording_is_of_one_thing"
            ),
        ]

    def __str__(self):
        return f"Wording {self.pk}"
