"""The budget, version by version: the one that is being written, and each that held."""

from django.db import models
from django.db.models import Q
from django.urls import reverse

from hedgerow.agreements.models import Decision
from hedgerow.analysis.workplan import CATEGORIES, LINE_KINDS
from hedgerow.core.models import Versioned
from hedgerow.core.owners import Owner
from hedgerow.journeys.models import Submission
from hedgerow.people.models import NOBODY, Organisation, Seat

from .plans import Objective, Workplan


class Budget(Versioned):
    """Open while it is written; frozen by handing it in, or by a decision that changes it.

    The newest that was handed in holds until the programme's answer; once the plan is agreed, the
    newest whose decision was carried holds.
    """

    OWNER = Owner.CLUSTER
    PERSONAL = NOBODY

    workplan = models.ForeignKey(Workplan, models.PROTECT, related_name="budgets")
    number = models.PositiveSmallIntegerField()  # in its plan, from 1
    words = models.TextField(blank=True)  # why it differs from the one before
    begun_by = models.ForeignKey(Seat, models.PROTECT, related_name="+")
    begun_at = models.DateTimeField()
    frozen_at = models.DateTimeField(null=True, editable=False)
    submission = models.OneToOneField(Submission, models.PROTECT, null=True, related_name="budget")
    decision = models.OneToOneField(Decision, models.PROTECT, null=True, related_name="budget")
    given_up_at = models.DateTimeField(null=True, editable=False)  # a change that was let be

    class Meta:
        ordering = ["number"]
        constraints = [
            models.UniqueConstraint(fields=["workplan", "number"], name="budget_has_its_number"),
            models.UniqueConstraint(
                fields=["workplan"],
                condition=Q(frozen_at=None, given_up_at=None),
                name="one_budget_is_being_written",
            ),
            models.CheckConstraint(
                condition=Q(frozen_at=None, submission=None, decision=None)
                | Q(frozen_at__isnull=False, submission__isnull=False, decision=None)
                | Q(frozen_at__isnull=False, submission=None, decision__isnull=False),
                name="budget_frozen_by_one_thing",
            ),
            models.CheckConstraint(
                condition=Q(frozen_at=None) | Q(given_up_at=None),
                name="budget_is_frozen_or_given_up",
            ),
        ]

    def __str__(self):
        return f"Budget {self.number}"

    def get_absolute_url(self):
        return reverse("workplans:budget_version", args=[self.pk])

    @property
    def is_open(self) -> bool:
        return self.frozen_at is None and self.given_up_at is None


class BudgetLine(Versioned):
    """What one thing is to cost. In kind it is hours, of a member, and no money of the award."""

    OWNER = Owner.CLUSTER
    PERSONAL = NOBODY

    budget = models.ForeignKey(Budget, models.PROTECT, related_name="lines")
    number = models.PositiveSmallIntegerField()  # the same thing keeps it from version to version
    objective = models.ForeignKey(Objective, models.PROTECT, null=True, related_name="+")
    member = models.ForeignKey(
        Organisation, models.PROTECT, null=True, related_name="+"
    )  # None: all
    category = models.CharField(max_length=16, choices=list(CATEGORIES.items()))
    kind = models.CharField(max_length=12, choices=list(LINE_KINDS.items()))
    title = models.CharField(max_length=160)
    pence = models.BigIntegerField()  # of the award; in kind: what the hours are worth, or 0
    hours = models.PositiveIntegerField(null=True)  # in kind only

    class Meta:
        ordering = ["number"]
        constraints = [
            models.UniqueConstraint(fields=["budget", "number"], name="budget_line_numbered"),
            models.CheckConstraint(
                condition=(Q(kind="in_kind") & Q(hours__gt=0, pence__gte=0, member__isnull=False))
                | (~Q(kind="in_kind") & Q(hours=None, pence__gt=0)),
                name="budget_line_is_money_or_hours",
            ),
            models.CheckConstraint(
                condition=~Q(kind="levelling_up") | Q(member__isnull=False),
                name="levelling_up_is_of_a_member",
            ),
        ]

    def __str__(self):
        return self.title
