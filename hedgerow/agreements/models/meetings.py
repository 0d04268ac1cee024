"""Meetings: when, who, what about, and what was written down while it went on."""

from datetime import datetime, timedelta

from django.db import models
from django.db.models import F, Q
from django.urls import reverse

from hedgerow.core.models import Versioned
from hedgerow.core.owners import Owner
from hedgerow.people.models import NOBODY, Cluster, Seat


class Meeting(Versioned):
    """A meeting of the Core Group. `sequence` goes up with each change a calendar must hear of."""

    OWNER = Owner.CLUSTER
    PERSONAL = NOBODY

    cluster = models.ForeignKey(Cluster, models.PROTECT, related_name="meetings")
    title = models.CharField(max_length=120, default="Core Group meeting")
    starts_at = models.DateTimeField()
    minutes = models.PositiveSmallIntegerField()  # how long it is meant to take
    place = models.CharField(max_length=200, blank=True)
    link = models.URLField(max_length=300, blank=True)  # to join from afar
    social = models.CharField(max_length=200, blank=True)  # "Soup at Bright Start afterwards"
    called_by = models.ForeignKey(Seat, models.PROTECT, related_name="+")
    called_at = models.DateTimeField()
    sequence = models.PositiveSmallIntegerField(default=0)
    called_off_at = models.DateTimeField(null=True, editable=False)
    # Why it was changed last, or called off; each reason before it is with its change.
    reason = models.TextField(blank=True)
    begun_at = models.DateTimeField(null=True, editable=False)
    ended_at = models.DateTimeField(null=True, editable=False)

    class Meta:
        ordering = ["starts_at", "pk"]
        constraints = [
            models.CheckConstraint(
                condition=Q(minutes__gte=5, minutes__lte=720), name="meeting_lasts_a_while"
            ),
            models.CheckConstraint(
                condition=Q(called_off_at=None) | Q(begun_at=None),
                name="meeting_is_not_called_off_once_begun",
            ),
            models.CheckConstraint(
                condition=Q(ended_at=None) | Q(begun_at__isnull=False),
                name="meeting_ends_after_it_begins",
            ),
        ]
        indexes = [models.Index(fields=["cluster", "starts_at"], name="meetings_of_cluster")]

    def __str__(self):
        return self.title

    def get_absolute_url(self):
        return reverse("agreements:meeting", args=[self.pk])

    @property
    def ends_at(self) -> datetime:
        return self.starts_at + timedelta(minutes=self.minutes)


class MeetingChange(models.Model):
    """A meeting as it was called until it was changed, or called off. Written once; never changed,
    never deleted."""

    OWNER = Owner.CLUSTER
    PERSONAL = NOBODY

    meeting = models.ForeignKey(Meeting, models.PROTECT, related_name="changes")
    title = models.CharField(max_length=120)
    from_at = models.DateTimeField()  # when it would have been
    to_at = models.DateTimeField(null=True)  # None: it was called off
    minutes = models.PositiveSmallIntegerField()
    place = models.CharField(max_length=200, blank=True)
    link = models.URLField(max_length=300, blank=True)
    social = models.CharField(max_length=200, blank=True)
    reason = models.TextField(blank=True)
    by = models.ForeignKey(Seat, models.PROTECT, related_name="+")
    at = models.DateTimeField()

    class Meta:
        ordering = ["pk"]
        constraints = [
            models.CheckConstraint(
                condition=Q(to_at__isnull=False, to_at=F("from_at")) | ~Q(reason=""),
                name="meeting_says_why_it_moves_or_is_called_off",
            ),
            models.UniqueConstraint(
                fields=["meeting"], condition=Q(to_at=None), name="meeting_called_off_once"
            ),
        ]

    def __str__(self):
        return f"{self.meeting}, changed"


class Answer(models.TextChoices):
    COMING = "coming", "Coming"
    NOT_COMING = "not_coming", "Cannot come"


class Attendance(models.Model):
    """One person in their seat at one meeting: what they said before, and whether they came."""

    OWNER = Owner.CLUSTER
    PERSONAL = NOBODY

    meeting = models.ForeignKey(Meeting, models.PROTECT, related_name="attendances")
    seat = models.ForeignKey(Seat, models.PROTECT, related_name="+")
    answer = models.CharField(max_length=12, choices=Answer.choices, blank=True)
    answered_at = models.DateTimeField(null=True)
    came = models.BooleanField(null=True)
    came_by = models.ForeignKey(Seat, models.PROTECT, null=True, related_name="+")  # who said so
    stood_in = models.BooleanField(default=False)  # as a deputy, with a mandate for that day

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["meeting", "seat"], name="attendance_once"),
            models.CheckConstraint(
                condition=Q(came=None, came_by=None) | Q(came__isnull=False, came_by__isnull=False),
                name="attendance_says_who_wrote_it",
            ),
        ]

    def __str__(self):
        return f"{self.seat} at {self.meeting}"


class AgendaItem(models.Model):
    """What somebody wants talked about, beside what the agenda gathers by itself."""

    OWNER = Owner.CLUSTER
    PERSONAL = NOBODY

    meeting = models.ForeignKey(Meeting, models.PROTECT, related_name="items")
    words = models.CharField(max_length=200)
    by = models.ForeignKey(Seat, models.PROTECT, related_name="+")
    at = models.DateTimeField()
    taken_off_at = models.DateTimeField(null=True)

    class Meta:
        ordering = ["pk"]

    def __str__(self):
        return self.words


class Note(models.Model):
    """A line written down during a meeting. It can be struck out; it stays readable."""

    OWNER = Owner.CLUSTER
    PERSONAL = NOBODY

    meeting = models.ForeignKey(Meeting, models.PROTECT, related_name="notes")
    words = models.TextField()
    by = models.ForeignKey(Seat, models.PROTECT, related_name="+")
    at = models.DateTimeField()
    struck_at = models.DateTimeField(null=True)

    class Meta:
        ordering = ["pk"]

    def __str__(self):
        return f"Note {self.pk}"
