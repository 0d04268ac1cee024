"""Rounds of questions, what each organisation answered, whom it lets see it, and what was shown."""

from django.db import models
from django.db.models import Q
from django.urls import reverse

from hedgerow.core.models import Versioned
from hedgerow.core.owners import Audience, AudienceField, Owner
from hedgerow.journeys.models import Stage
from hedgerow.people.models import NOBODY, Cluster, Organisation, Seat


class Round(Versioned):
    """Some instruments, asked of all members by a day. Closed once, with its snapshot."""

    OWNER = Owner.CLUSTER
    PERSONAL = NOBODY

    cluster = models.ForeignKey(Cluster, models.PROTECT, related_name="rounds")
    number = models.PositiveSmallIntegerField()
    # the stage that it is part of, if one was open
    stage = models.ForeignKey(Stage, models.PROTECT, null=True, related_name="rounds")
    opened_by = models.ForeignKey(Seat, models.PROTECT, related_name="+")
    opened_at = models.DateTimeField()
    due_on = models.DateField()
    closed_by = models.ForeignKey(Seat, models.PROTECT, null=True, related_name="+")
    closed_at = models.DateTimeField(null=True)

    class Meta:
        ordering = ["number"]
        constraints = [
            models.UniqueConstraint(fields=["cluster", "number"], name="round_has_its_number"),
            models.UniqueConstraint(
                fields=["cluster"], condition=Q(closed_at=None), name="one_open_round_a_cluster"
            ),
            models.CheckConstraint(
                condition=Q(closed_at=None, closed_by=None)
                | Q(closed_at__isnull=False, closed_by__isnull=False),
                name="round_closed_at_with_by",
            ),
        ]

    def __str__(self):
        return f"Round {self.number}"

    def get_absolute_url(self):
        return reverse("diagnostics:round", args=[self.pk])

    @property
    def is_open(self) -> bool:
        return self.closed_at is None


class Role(models.TextChoices):
    """As whom somebody answers, where an instrument is asked of several separately."""

    FRONT_LINE = "front_line", "Front line"
    MANAGER = "manager", "Manager"
    BOARD = "board", "Board"


class Asking(models.Model):
    """One instrument in one round, with its text as it was on that day."""

    OWNER = Owner.CLUSTER
    PERSONAL = NOBODY

    round = models.ForeignKey(Round, models.CASCADE, related_name="askings")
    position = models.PositiveSmallIntegerField()
    slug = models.SlugField(max_length=60)
    number = models.PositiveSmallIntegerField()  # version of the instrument
    text = models.TextField()  # the YAML itself
    digest = models.CharField(max_length=64)
    roles = models.JSONField(default=list)  # values of Role asked separately; []: once each

    class Meta:
        ordering = ["position"]
        constraints = [
            models.UniqueConstraint(fields=["round", "slug"], name="instrument_once_a_round")
        ]

    def __str__(self):
        return f"{self.slug} in {self.round}"

    def get_absolute_url(self):
        return reverse("diagnostics:asking", args=[self.pk])


class Shared(Versioned):
    """One section of an instrument as one organisation lets it be seen in one cluster's round."""

    OWNER = Owner.ORGANISATION
    PERSONAL = NOBODY

    asking = models.ForeignKey(Asking, models.CASCADE, related_name="shared")
    organisation = models.ForeignKey(Organisation, models.PROTECT, related_name="+")
    section = models.SlugField(max_length=60)
    audience = AudienceField(default=Audience.ONLY_US)
    # how far answers in it that count were shown before the audience was lowered
    seen_by = AudienceField(default=Audience.ONLY_US)

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["asking", "organisation", "section"], name="section_shared_once"
            )
        ]

    def __str__(self):
        return f"{self.section} of {self.organisation}"


class Sheet(Versioned):
    """One person's answers to one instrument for their organisation."""

    OWNER = Owner.ORGANISATION
    PERSONAL = NOBODY

    asking = models.ForeignKey(Asking, models.CASCADE, related_name="sheets")
    organisation = models.ForeignKey(Organisation, models.PROTECT, related_name="+")
    seat = models.ForeignKey(Seat, models.PROTECT, related_name="+")  # whose answers they are
    role = models.CharField(max_length=16, choices=Role.choices, blank=True)
    # slug of an item -> where its answer was filled in from, until its section is kept
    filled = models.JSONField(default=dict)
    seconds = models.PositiveIntegerField(default=0)  # with the form open, idle time left out
    # a facilitator who wrote down what the organisation told them; it waits to be confirmed
    recorded_by = models.ForeignKey(Seat, models.PROTECT, null=True, related_name="+")
    confirmed_at = models.DateTimeField(null=True)
    begun_at = models.DateTimeField()
    changed_at = models.DateTimeField()
    finished_at = models.DateTimeField(null=True)

    class Meta:
        ordering = ["pk"]
        constraints = [
            models.UniqueConstraint(fields=["asking", "seat"], name="sheet_once_a_person"),
            models.CheckConstraint(
                condition=Q(confirmed_at=None) | Q(recorded_by__isnull=False),
                name="only_recorded_sheets_are_confirmed",
            ),
        ]

    def __str__(self):
        return f"Answers of {self.organisation}"

    def get_absolute_url(self):
        return reverse("diagnostics:sheet", args=[self.pk])


class SectionAnswers(models.Model):
    """What one sheet says in one section."""

    OWNER = Owner.ORGANISATION
    PERSONAL = NOBODY

    sheet = models.ForeignKey(Sheet, models.CASCADE, related_name="sections")
    shared = models.ForeignKey(Shared, models.PROTECT, related_name="answers")
    answers = models.JSONField(default=dict)  # slug of an item -> its value (answers.py)
    kept_at = models.DateTimeField(null=True)  # None: filled in, and not looked at yet

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["sheet", "shared"], name="section_answered_once")
        ]

    def __str__(self):
        return f"{self.shared.section} of {self.sheet}"


class AnswerFile(models.Model):
    """A file that answers an item. Kept whole, and handed out as a download only."""

    OWNER = Owner.ORGANISATION
    PERSONAL = NOBODY

    section = models.ForeignKey(SectionAnswers, models.CASCADE, related_name="files")
    item = models.SlugField(max_length=60)
    name = models.CharField(max_length=120)
    content = models.BinaryField()
    n_bytes = models.PositiveIntegerField()
    at = models.DateTimeField()

    class Meta:
        constraints = [models.UniqueConstraint(fields=["section", "item"], name="one_file_an_item")]

    def __str__(self):
        return self.name


class WhyNot(models.Model):
    """Why a member does not answer a round: its own words, before the whole cluster."""

    OWNER = Owner.CLUSTER
    PERSONAL = NOBODY

    round = models.ForeignKey(Round, models.CASCADE, related_name="why_nots")
    organisation = models.ForeignKey(Organisation, models.PROTECT, related_name="+")
    words = models.TextField()
    by = models.ForeignKey(Seat, models.PROTECT, related_name="+")
    at = models.DateTimeField()
    ended_at = models.DateTimeField(null=True)  # taken back

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["round", "organisation"],
                condition=Q(ended_at=None),
                name="one_why_not_a_member",
            ),
            models.CheckConstraint(condition=~Q(words=""), name="why_not_has_words"),
        ]

    def __str__(self):
        return f"{self.organisation}: {self.words[:40]}"


class Consent(models.Model):
    """An organisation's yes to one table being shown that could not be shown safely otherwise."""

    OWNER = Owner.ORGANISATION
    PERSONAL = NOBODY

    asking = models.ForeignKey(Asking, models.CASCADE, related_name="consents")
    organisation = models.ForeignKey(Organisation, models.PROTECT, related_name="+")
    by = models.ForeignKey(Seat, models.PROTECT, related_name="+")
    among = models.JSONField(default=list)  # keys of all who were asked on that day
    at = models.DateTimeField()
    ended_at = models.DateTimeField(null=True)  # taken back; what was released stays released

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["asking", "organisation"],
                condition=Q(ended_at=None),
                name="one_consent_a_table",
            )
        ]

    def __str__(self):
        return f"{self.organisation} to {self.asking}"


class Release(models.Model):
    """What was shown of answers that their owners keep to themselves: the register. Never changed."""

    OWNER = Owner.CLUSTER
    PERSONAL = NOBODY

    asking = models.ForeignKey(Asking, models.PROTECT, related_name="releases")
    profile = models.SlugField(max_length=20)  # of analysis.disclosure
    cells = models.JSONField()  # what it is about -> the figure, or None where none is safe
    contributors = models.JSONField()  # keys of the organisations whose own answers are in it
    by_consent = models.BooleanField(default=False)
    held_back = models.CharField(max_length=20, blank=True)  # why there is no figure at all
    at = models.DateTimeField()

    class Meta:
        ordering = ["pk"]

    def __str__(self):
        return f"Release {self.pk} of {self.asking}"


class Snapshot(models.Model):
    """What a round came to on the day it closed: a NeedProfile, kept as journeys.results keeps one.
    Parts are of those who showed theirs to the cluster; who shows less later takes theirs out."""

    OWNER = Owner.CLUSTER
    PERSONAL = NOBODY

    round = models.OneToOneField(Round, models.PROTECT, related_name="snapshot")
    kind = models.CharField(max_length=40)
    version = models.PositiveSmallIntegerField()
    whole = models.JSONField()
    parts = models.JSONField(default=dict)
    made_at = models.DateTimeField()

    def __str__(self):
        return f"Snapshot of {self.round}"


class Talk(Versioned):
    """What came of talking the picture through: the three questions, in the group's words."""

    OWNER = Owner.CLUSTER
    PERSONAL = NOBODY

    round = models.OneToOneField(Round, models.PROTECT, related_name="talk")
    on = models.DateField()
    needs = models.TextField()  # what we all need
    own = models.TextField(blank=True)  # what we have, and how best to use it
    outside = models.TextField(blank=True)  # what lies outside that we could use
    by = models.ForeignKey(Seat, models.PROTECT, related_name="+")
    at = models.DateTimeField()

    class Meta:
        constraints = [
            models.CheckConstraint(condition=~Q(needs=""), name="talk_says_what_we_need")
        ]

    def __str__(self):
        return f"Talk of {self.round}"
