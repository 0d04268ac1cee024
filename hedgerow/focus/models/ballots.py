"""Rounds of a shortlisting: one of red spots, then rounds of ten votes."""

from django.db import models
from django.db.models import F, Q

from hedgerow.agreements.models import Word, word_constraints
from hedgerow.core.models import Versioned
from hedgerow.core.owners import Owner
from hedgerow.people.models import NOBODY, Seat

from .shortlists import Candidate, Shortlisting


class RoundKind(models.TextChoices):
    SPOTS = "spots", "Red spots"
    VOTES = "votes", "Votes"


class Settled(models.TextChoices):
    """What the group said where several were level at the bottom. The values are
    analysis.red_spot.Settles."""

    DROP_ALL = "drop_all", "Let all of them go"
    VOTE_AGAIN = "vote_again", "Vote again"


class Round(Versioned):
    """Closed once all have voted, or by somebody who names those who have not."""

    OWNER = Owner.CLUSTER
    PERSONAL = NOBODY

    shortlisting = models.ForeignKey(Shortlisting, models.PROTECT, related_name="rounds")
    number = models.PositiveSmallIntegerField()  # from 1, which is that of the red spots
    kind = models.CharField(max_length=5, choices=RoundKind.choices)
    due_on = models.DateField(null=True)  # None: held live, in a meeting
    opened_by = models.ForeignKey(Seat, models.PROTECT, related_name="+")
    opened_at = models.DateTimeField()
    closed_at = models.DateTimeField(null=True)
    closed_by = models.ForeignKey(Seat, models.PROTECT, null=True, related_name="+")
    members = models.JSONField(default=list)  # keys of those who had a vote when it closed
    settled = models.CharField(max_length=10, choices=Settled.choices, blank=True)
    settled_by = models.ForeignKey(Seat, models.PROTECT, null=True, related_name="+")
    settled_at = models.DateTimeField(null=True)

    class Meta:
        ordering = ["number"]
        constraints = [
            models.UniqueConstraint(
                fields=["shortlisting", "number"], name="vote_round_has_its_number"
            ),
            models.UniqueConstraint(
                fields=["shortlisting"],
                condition=Q(closed_at=None),
                name="one_open_vote_round",
            ),
            models.CheckConstraint(
                condition=Q(number=1, kind="spots") | (Q(number__gt=1) & Q(kind="votes")),
                name="red_spots_come_first",
            ),
            models.CheckConstraint(
                condition=Q(closed_at=None, closed_by=None)
                | Q(closed_at__isnull=False, closed_by__isnull=False),
                name="vote_round_closed_at_with_by",
            ),
            models.CheckConstraint(
                condition=Q(settled="", settled_by=None, settled_at=None)
                | (
                    ~Q(settled="")
                    & Q(
                        kind="votes",
                        closed_at__isnull=False,
                        settled_by__isnull=False,
                        settled_at__isnull=False,
                    )
                ),
                name="only_closed_votes_are_settled",
            ),
        ]

    def __str__(self):
        return "Red spots" if self.kind == RoundKind.SPOTS else f"Round {self.number - 1}"

    @property
    def is_open(self) -> bool:
        return self.closed_at is None


class RedSpot(Word):
    """A member's one red spot, or its word that it uses none (`candidate` is None)."""

    OWNER = Owner.ORGANISATION  # the cluster's once it is shown
    PERSONAL = NOBODY

    round = models.ForeignKey(Round, models.PROTECT, related_name="spots")
    candidate = models.ForeignKey(Candidate, models.PROTECT, null=True, related_name="spots")
    reason = models.TextField(blank=True)
    is_shown = models.BooleanField()  # to the whole cluster: from the start, or once it has closed

    class Meta:
        ordering = ["pk"]
        constraints = [
            *word_constraints("round", called="red_spot"),
            models.CheckConstraint(
                condition=Q(candidate=None, reason="")
                | (Q(candidate__isnull=False) & ~Q(reason="")),
                name="red_spot_has_its_reason",
            ),
        ]

    def __str__(self):
        return f"Red spot of {self.organisation}"


class Ballot(Word):
    """Ten votes on at most three options, all of them spent."""

    OWNER = Owner.ORGANISATION  # the cluster's once it is shown
    PERSONAL = NOBODY

    round = models.ForeignKey(Round, models.PROTECT, related_name="ballots")
    first = models.ForeignKey(Candidate, models.PROTECT, related_name="+")
    second = models.ForeignKey(Candidate, models.PROTECT, null=True, related_name="+")
    third = models.ForeignKey(Candidate, models.PROTECT, null=True, related_name="+")
    n_first = models.PositiveSmallIntegerField()
    n_second = models.PositiveSmallIntegerField(default=0)
    n_third = models.PositiveSmallIntegerField(default=0)
    is_shown = models.BooleanField()

    class Meta:
        ordering = ["pk"]
        constraints = [
            *word_constraints("round", called="ballot"),
            models.CheckConstraint(
                condition=Q(n_first=10 - F("n_second") - F("n_third"), n_first__gte=1),
                name="ballot_spends_all_ten",
            ),
            models.CheckConstraint(
                condition=(
                    Q(second=None, n_second=0, third=None, n_third=0)
                    | Q(second__isnull=False, n_second__gte=1, third=None, n_third=0)
                    | Q(second__isnull=False, n_second__gte=1, third__isnull=False, n_third__gte=1)
                ),
                name="ballot_is_on_three_at_most",
            ),
            models.CheckConstraint(
                condition=~Q(first=F("second")) & ~Q(first=F("third")) & ~Q(second=F("third")),
                name="ballot_names_each_option_once",
            ),
        ]

    def __str__(self):
        return f"Ten votes of {self.organisation}"

    @property
    def votes(self) -> dict[int, int]:
        """Key of a candidate -> votes, above nought."""
        pairs = (
            (self.first_id, self.n_first),
            (self.second_id, self.n_second),
            (self.third_id, self.n_third),
        )
        return {candidate: n for candidate, n in pairs if candidate}
