from django.db import models
from django.db.models import Q
from django.urls import reverse

from hedgerow.core.models import Versioned
from hedgerow.core.owners import Owner

NOBODY = frozenset[str]()


class Design(models.Model):
    """A programme's journey as its pack said on the day it was loaded. Never changed."""

    OWNER = Owner.PROGRAMME
    PERSONAL = NOBODY

    programme = models.ForeignKey("people.Programme", models.PROTECT, related_name="designs")
    pack = models.SlugField()
    version = models.PositiveSmallIntegerField()
    text = models.TextField()  # the YAML itself
    digest = models.CharField(max_length=64)
    loaded_at = models.DateTimeField()

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["programme", "pack", "version"], name="design_loaded_once"
            )
        ]

    def __str__(self):
        return f"{self.pack}, version {self.version}"

    def get_absolute_url(self):
        return reverse("journeys:design", args=[self.pk])


class Journey(models.Model):
    """One cluster going through one design.

    It copies its stages when it starts, so that a change of the programme does not rewrite what
    is under way.
    """

    OWNER = Owner.PROGRAMME
    PERSONAL = NOBODY

    cluster = models.OneToOneField("people.Cluster", models.PROTECT, related_name="journey")
    design = models.ForeignKey(Design, models.PROTECT)
    started_on = models.DateField()

    def __str__(self):
        return f"Journey of {self.cluster}"

    def get_absolute_url(self):
        return reverse("journeys:journey", args=[self.pk])


class Stage(models.Model):
    """One run through one stage. Going back adds a run; a closed run never opens again."""

    OWNER = Owner.PROGRAMME
    PERSONAL = NOBODY

    journey = models.ForeignKey(Journey, models.CASCADE, related_name="stages")
    position = models.PositiveSmallIntegerField()
    run = models.PositiveSmallIntegerField(default=1)
    kind = models.CharField(max_length=20)
    name = models.CharField(max_length=80)
    sentence = models.TextField()
    planned_days = models.PositiveSmallIntegerField()
    is_checklist = models.BooleanField(default=False)  # ticks end it even where its room exists
    opened_at = models.DateTimeField(null=True, editable=False)
    closed_at = models.DateTimeField(null=True, editable=False)
    closed_by = models.ForeignKey("people.Seat", models.PROTECT, null=True, related_name="+")
    left_at = models.DateTimeField(null=True, editable=False)  # given up by going back
    reason = models.TextField(blank=True)  # why this run was added

    class Meta:
        ordering = ["position", "run"]
        constraints = [
            models.UniqueConstraint(fields=["journey", "position", "run"], name="stage_run_once"),
            models.UniqueConstraint(
                fields=["journey"],
                condition=Q(opened_at__isnull=False, closed_at=None, left_at=None),
                name="one_open_stage_a_journey",
            ),
            models.CheckConstraint(
                condition=Q(closed_at=None, left_at=None) | Q(opened_at__isnull=False),
                name="stage_opens_before_it_ends",
            ),
            models.CheckConstraint(
                condition=Q(closed_at=None) | Q(left_at=None), name="stage_is_closed_or_left"
            ),
            models.CheckConstraint(
                condition=Q(run=1) | ~Q(reason=""), name="another_run_has_its_reason"
            ),
        ]

    def __str__(self):
        return self.name if self.run == 1 else f"{self.name}, run {self.run}"

    def get_absolute_url(self):
        return reverse("journeys:stage", args=[self.pk])

    @property
    def is_open(self) -> bool:
        return bool(self.opened_at) and not self.closed_at and not self.left_at


class ExitTest(models.Model):
    """One sentence that must be true before a stage ends."""

    OWNER = Owner.PROGRAMME
    PERSONAL = NOBODY

    stage = models.ForeignKey(Stage, models.CASCADE, related_name="exit_tests")
    position = models.PositiveSmallIntegerField()
    slug = models.SlugField()
    sentence = models.TextField()
    hint = models.TextField(blank=True)  # what shows that it is so

    class Meta:
        ordering = ["position"]
        constraints = [
            models.UniqueConstraint(fields=["stage", "slug"], name="exit_test_once_a_stage")
        ]

    def __str__(self):
        return self.sentence


class Tick(models.Model):
    """Somebody said that an exit test is met, and what shows it. Taking it back keeps the row."""

    OWNER = Owner.CLUSTER
    PERSONAL = NOBODY

    exit_test = models.ForeignKey(ExitTest, models.CASCADE, related_name="ticks")
    evidence = models.TextField()
    by = models.ForeignKey("people.Seat", models.PROTECT, related_name="+")
    at = models.DateTimeField()
    undone_at = models.DateTimeField(null=True, editable=False)
    undone_by = models.ForeignKey("people.Seat", models.PROTECT, null=True, related_name="+")

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["exit_test"], condition=Q(undone_at=None), name="one_tick_stands"
            ),
            models.CheckConstraint(condition=~Q(evidence=""), name="tick_has_evidence"),
            models.CheckConstraint(
                condition=Q(undone_at=None, undone_by=None)
                | Q(undone_at__isnull=False, undone_by__isnull=False),
                name="tick_undone_at_with_by",
            ),
        ]

    def __str__(self):
        return f"Tick on {self.exit_test_id}"


class Keeper(models.TextChoices):
    """Whose a date is: who may move it."""

    PROGRAMME = "programme", "The programme's"
    CLUSTER = "cluster", "The cluster's own"


class Milestone(models.Model):
    """A thing with a date on a journey: the end of a stage, a plan handed in, a meeting."""

    OWNER = Owner.PROGRAMME
    PERSONAL = NOBODY

    journey = models.ForeignKey(Journey, models.CASCADE, related_name="milestones")
    slug = models.SlugField()
    name = models.CharField(max_length=120)  # "The plan is handed in"
    keeper = models.CharField(max_length=10, choices=Keeper.choices)
    position = models.PositiveSmallIntegerField()
    ends_stage = models.PositiveSmallIntegerField(null=True)  # position of the stage it ends
    done_on = models.DateField(null=True, editable=False)

    class Meta:
        ordering = ["position"]
        constraints = [
            models.UniqueConstraint(fields=["journey", "slug"], name="milestone_once_a_journey")
        ]

    def __str__(self):
        return self.name


class Timetable(models.Model):
    """One version of a journey's dates. The newest holds; all earlier ones are kept."""

    OWNER = Owner.PROGRAMME
    PERSONAL = NOBODY

    journey = models.ForeignKey(Journey, models.CASCADE, related_name="timetables")
    number = models.PositiveSmallIntegerField()
    made_at = models.DateTimeField()
    made_by = models.ForeignKey("people.Seat", models.PROTECT, null=True, related_name="+")
    reason = models.TextField(blank=True)  # empty for the first only
    move = models.OneToOneField("Move", models.PROTECT, null=True)  # that was agreed, if one was

    class Meta:
        ordering = ["number"]
        constraints = [
            models.UniqueConstraint(fields=["journey", "number"], name="timetable_numbered"),
            models.CheckConstraint(
                condition=Q(number=1) | ~Q(reason=""), name="moved_timetable_has_its_reason"
            ),
        ]

    def __str__(self):
        return f"Timetable {self.number}"


class PlannedDate(models.Model):
    """The day of one milestone in one version of the timetable."""

    OWNER = Owner.PROGRAMME
    PERSONAL = NOBODY

    timetable = models.ForeignKey(Timetable, models.CASCADE, related_name="dates")
    milestone = models.ForeignKey(Milestone, models.CASCADE, related_name="dates")
    on = models.DateField()

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["timetable", "milestone"], name="one_day_a_milestone")
        ]

    def __str__(self):
        return f"{self.milestone_id} on {self.on}"


class Move(models.Model):
    """A date that somebody asks to move, with the reason, and what became of it.

    Only the programme's dates are asked about; the cluster moves its own at once.
    """

    OWNER = Owner.PROGRAMME
    PERSONAL = NOBODY

    milestone = models.ForeignKey(Milestone, models.CASCADE, related_name="moves")
    from_on = models.DateField()
    to_on = models.DateField()
    reason = models.TextField()
    asked_by = models.ForeignKey("people.Seat", models.PROTECT, related_name="+")
    asked_at = models.DateTimeField()
    answered_by = models.ForeignKey("people.Seat", models.PROTECT, null=True, related_name="+")
    answered_at = models.DateTimeField(null=True, editable=False)
    is_agreed = models.BooleanField(null=True, editable=False)
    answer = models.TextField(blank=True)  # words, when it is not agreed

    class Meta:
        constraints = [
            models.CheckConstraint(condition=~Q(reason=""), name="move_has_its_reason"),
            models.CheckConstraint(
                condition=~Q(from_on=models.F("to_on")), name="move_goes_somewhere"
            ),
            models.UniqueConstraint(
                fields=["milestone"], condition=Q(answered_at=None), name="one_move_waits"
            ),
            models.CheckConstraint(
                condition=Q(answered_at=None, answered_by=None, is_agreed=None)
                | Q(answered_at__isnull=False, answered_by__isnull=False, is_agreed__isnull=False),
                name="move_answered_whole",
            ),
            models.CheckConstraint(
                condition=Q(is_agreed=None) | Q(is_agreed=True) | ~Q(answer=""),
                name="move_refused_in_words",
            ),
        ]

    def __str__(self):
        return f"{self.milestone_id}: {self.from_on} to {self.to_on}"


class Standing(models.Model):
    """Somebody of a member said that the date of a milestone still stands for them."""

    OWNER = Owner.CLUSTER
    PERSONAL = NOBODY

    milestone = models.ForeignKey(Milestone, models.CASCADE, related_name="standings")
    organisation = models.ForeignKey("people.Organisation", models.PROTECT)
    on = models.DateField()  # the day it stood at when they said so
    by = models.ForeignKey("people.Seat", models.PROTECT, related_name="+")
    at = models.DateTimeField()

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["milestone", "organisation", "on"], name="one_word_an_organisation"
            )
        ]

    def __str__(self):
        return f"{self.organisation_id}: {self.on} stands"


class Allowance(Versioned):
    """Days of help that a journey was given. Counted in halves."""

    OWNER = Owner.PROGRAMME
    PERSONAL = NOBODY

    journey = models.ForeignKey(Journey, models.CASCADE, related_name="allowances")
    slug = models.SlugField()
    name = models.CharField(max_length=80)  # "Facilitator days"
    half_days = models.PositiveSmallIntegerField()
    until_stage = models.PositiveSmallIntegerField()  # position of the last stage they are for

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["journey", "slug"], name="allowance_once_a_journey")
        ]

    def __str__(self):
        return self.name


class DayLog(models.Model):
    """Days of an allowance that were used, when and for what. Struck out, the row stays."""

    OWNER = Owner.PROGRAMME
    PERSONAL = NOBODY

    allowance = models.ForeignKey(Allowance, models.CASCADE, related_name="logs")
    on = models.DateField()
    half_days = models.PositiveSmallIntegerField()
    what = models.CharField(max_length=200)
    by = models.ForeignKey("people.Seat", models.PROTECT, related_name="+")
    at = models.DateTimeField()
    struck_at = models.DateTimeField(null=True, editable=False)
    struck_by = models.ForeignKey("people.Seat", models.PROTECT, null=True, related_name="+")

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=Q(struck_at=None, struck_by=None)
                | Q(struck_at__isnull=False, struck_by__isnull=False),
                name="log_struck_at_with_by",
            ),
            models.CheckConstraint(condition=Q(half_days__gte=1), name="log_is_of_something"),
            models.CheckConstraint(condition=~Q(what=""), name="log_says_for_what"),
        ]

    def __str__(self):
        return f"{self.half_days} half days on {self.on}"


class StageResult(models.Model):
    """What a closed stage leaves to the stages after it: a snapshot of what was known then.

    `parts` are keyed by organisation and hold only what stood at "our cluster" or is safe;
    an organisation that leaves takes its part out.
    """

    OWNER = Owner.CLUSTER
    PERSONAL = NOBODY

    stage = models.OneToOneField(Stage, models.PROTECT, related_name="result")
    kind = models.CharField(max_length=40)  # name of the result type
    version = models.PositiveSmallIntegerField()
    whole = models.JSONField()
    parts = models.JSONField(default=dict)
    made_at = models.DateTimeField()

    def __str__(self):
        return f"{self.kind} of stage {self.stage_id}"


class SubmissionKind(models.TextChoices):
    PLAN = "plan", "Plan and budget"
    RETURN = "return", "Return"


class Answered(models.TextChoices):
    """What the programme said to what was handed in, or that it was taken back before."""

    AGREED = "agreed", "Agreed"
    CONDITIONS = "conditions", "Agreed with conditions"
    RETURNED = "returned", "Sent back with what is missing"
    REDIRECTED = "redirected", "Pointed to other support"
    TAKEN_BACK = "taken_back", "Taken back"


class Submission(Versioned):
    """What a cluster handed in to its programme, as it stood on that day. `whole` never changes."""

    OWNER = Owner.CLUSTER
    PERSONAL = NOBODY

    journey = models.ForeignKey(Journey, models.PROTECT, related_name="submissions")
    kind = models.CharField(max_length=8, choices=SubmissionKind.choices)
    number = models.PositiveSmallIntegerField()  # of its kind in its journey, from 1
    shape = models.PositiveSmallIntegerField()  # VERSION of the type that `whole` is of
    whole = models.JSONField()  # analysis.workplan.Workplan, or analysis.returns.ClusterReturn
    digest = models.CharField(max_length=64)  # SHA-256 of `whole` as JSON with sorted keys
    words = models.TextField(blank=True)  # what changed since the one before
    submitted_by = models.ForeignKey("people.Seat", models.PROTECT, related_name="+")
    submitted_at = models.DateTimeField()
    answer = models.CharField(max_length=12, choices=Answered.choices, blank=True)
    answer_words = models.TextField(blank=True)  # why; of one sent back: what is missing
    answered_by = models.ForeignKey("people.Seat", models.PROTECT, null=True, related_name="+")
    answered_at = models.DateTimeField(null=True, editable=False)

    class Meta:
        ordering = ["journey", "kind", "number"]
        constraints = [
            models.UniqueConstraint(
                fields=["journey", "kind", "number"], name="submission_has_its_number"
            ),
            models.UniqueConstraint(
                fields=["journey", "kind"],
                condition=Q(answer="") | Q(answer="agreed") | Q(answer="conditions"),
                name="one_submission_waits_or_is_agreed",
            ),
            models.CheckConstraint(
                condition=Q(answer="", answered_by=None, answered_at=None)
                | (~Q(answer="") & Q(answered_by__isnull=False) & Q(answered_at__isnull=False)),
                name="submission_answered_whole",
            ),
            models.CheckConstraint(
                condition=~Q(answer__in=("returned", "redirected")) | ~Q(answer_words=""),
                name="submission_sent_back_in_words",
            ),
        ]

    def __str__(self):
        return f"{self.get_kind_display()}, {self.number}"

    def get_absolute_url(self):
        return reverse("journeys:submission", args=[self.pk])

    @property
    def waits(self) -> bool:
        return not self.answer

    @property
    def is_agreed(self) -> bool:
        return self.answer in (Answered.AGREED, Answered.CONDITIONS)
