from django.db import models

from .owners import AudienceField, Owner


class Versioned(models.Model):
    """A row that two people may edit: `locked(row, version=…)` refuses the one who read it first
    and writes last. Whoever saves adds one."""

    version = models.PositiveIntegerField(default=1, editable=False)

    class Meta:
        abstract = True


class Event(models.Model):
    """One thing somebody did. Written once; never changed, never deleted.

    Keys and numbers only, and no foreign keys: names are looked up when it is read, so that a
    person can be erased without breaking the chain of digests.
    """

    OWNER = Owner.SYSTEM  # each row says whose history it stands in
    PERSONAL = frozenset({"by_person"})

    number = models.PositiveBigIntegerField(unique=True)
    at = models.DateTimeField(db_index=True)
    by_person = models.BigIntegerField(null=True)
    by_seat = models.BigIntegerField(null=True)
    for_organisation = models.BigIntegerField(null=True)
    via = models.CharField(max_length=8)
    owner_kind = models.CharField(max_length=16, choices=Owner.choices)
    owner_key = models.BigIntegerField(null=True)
    audience = AudienceField()
    did = models.CharField(max_length=80, db_index=True)  # "journeys.stage_closed"
    thing = models.CharField(max_length=80, db_index=True)  # "journeys.stage:7"
    detail = models.JSONField(default=dict)
    previous = models.CharField(max_length=64, blank=True)
    digest = models.CharField(max_length=64)

    class Meta:
        indexes = [models.Index(fields=["owner_kind", "owner_key", "-at"], name="event_of_owner")]

    def __str__(self) -> str:
        return f"{self.did} {self.thing}"


class RecordHead(models.Model):
    """The end of the chain of events: one row, locked while an event is added."""

    OWNER = Owner.SYSTEM
    PERSONAL = frozenset[str]()

    number = models.PositiveBigIntegerField(default=0)
    digest = models.CharField(max_length=64, blank=True)

    class Meta:
        constraints = [models.CheckConstraint(condition=models.Q(pk=1), name="one_record_head")]

    def __str__(self) -> str:
        return f"Record of {self.number} events"


class Receipt(models.Model):
    """A form that was sent and done. Sent again, it leads to the same page and does nothing."""

    OWNER = Owner.SYSTEM
    PERSONAL = frozenset({"by_person"})

    token = models.CharField(max_length=64)
    by_person = models.BigIntegerField(default=0)  # 0: nobody signed in
    at = models.DateTimeField(db_index=True)
    answer = models.TextField(blank=True)  # where the first one was sent on to

    class Meta:
        constraints = [models.UniqueConstraint(fields=["token", "by_person"], name="receipt_once")]

    def __str__(self) -> str:
        return self.token


class Job(models.Model):
    """Something to be done soon by a worker, written down together with what it follows from."""

    OWNER = Owner.SYSTEM
    PERSONAL = frozenset[str]()

    name = models.CharField(max_length=80)
    key = models.CharField(max_length=120)
    detail = models.JSONField(default=dict)  # keys and numbers only
    run_at = models.DateTimeField()
    attempts = models.PositiveSmallIntegerField(default=0)
    leased_until = models.DateTimeField(null=True)  # a worker has it, and says so until then
    is_wanted_again = models.BooleanField(default=False)  # asked for while a worker had it
    fault = models.CharField(max_length=80, blank=True)  # the class that was raised last, no words
    done_at = models.DateTimeField(null=True)
    failed_at = models.DateTimeField(null=True)  # given up: an operator has to look

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["name", "key"],
                condition=models.Q(done_at=None, failed_at=None),
                name="job_waits_once",
            ),
            models.CheckConstraint(
                condition=models.Q(done_at=None) | models.Q(failed_at=None),
                name="job_is_done_or_failed",
            ),
        ]
        indexes = [
            models.Index(
                fields=["run_at"],
                condition=models.Q(done_at=None, failed_at=None),
                name="jobs_that_wait",
            )
        ]

    def __str__(self) -> str:
        return f"{self.name} {self.key}"


class ScheduleRun(models.Model):
    """A schedule was taken up for one of its days: by one worker, and not again."""

    OWNER = Owner.SYSTEM
    PERSONAL = frozenset[str]()

    name = models.CharField(max_length=80)
    due_on = models.DateField()
    at = models.DateTimeField()

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["name", "due_on"], name="schedule_once_a_day")
        ]

    def __str__(self) -> str:
        return f"{self.name} of {self.due_on}"


class Mail(models.Model):
    """One message to one person. Some days after it went, its words are blanked."""

    OWNER = Owner.PERSON
    PERSONAL = frozenset({"person", "to", "subject", "text", "calendar"})

    key = models.CharField(max_length=120, unique=True)  # the same message is written once
    why = models.CharField(max_length=80)  # why they get it, in a word: "digest"
    person = models.BigIntegerField(null=True, db_index=True)  # None: not one of our users (yet)
    to = models.EmailField()
    subject = models.CharField(max_length=200)
    text = models.TextField()
    calendar = models.TextField(blank=True, default="")  # an invitation, as calendars read it
    posted_at = models.DateTimeField()
    sent_at = models.DateTimeField(null=True)
    attempts = models.PositiveSmallIntegerField(default=0)
    blanked_at = models.DateTimeField(null=True)

    class Meta:
        indexes = [models.Index(fields=["posted_at"], name="mail_by_day")]

    def __str__(self) -> str:
        return self.key


class SpentLink(models.Model):
    """A signed link that did what it was for. It does nothing more."""

    OWNER = Owner.SYSTEM
    PERSONAL = frozenset[str]()

    digest = models.CharField(max_length=64, unique=True)
    at = models.DateTimeField()
    expires_at = models.DateTimeField(db_index=True)  # from then on the row is not needed

    def __str__(self) -> str:
        return f"Spent {self.at}"


class Upload(models.Model):
    """A file somebody gave us, and what was wrong with it. The file is kept beside the database,
    under its digest: the same file twice is kept once."""

    OWNER = Owner.PERSON
    PERSONAL = frozenset({"by_person", "name", "faults"})

    by_person = models.BigIntegerField(null=True, db_index=True)  # None: at the machine itself
    kind = models.CharField(max_length=40)  # what it holds: "people.organisations"
    name = models.CharField(max_length=200)  # as its giver calls it
    digest = models.CharField(max_length=64, db_index=True)
    n_bytes = models.PositiveBigIntegerField()
    at = models.DateTimeField()
    faults = models.JSONField(default=list)
    finished_at = models.DateTimeField(null=True)
    removed_at = models.DateTimeField(null=True)  # the file itself is gone

    def __str__(self) -> str:
        return f"Upload {self.pk}"
