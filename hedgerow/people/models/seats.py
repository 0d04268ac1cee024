"""People, and what they may do where."""

from datetime import datetime

from django.contrib.auth.models import AbstractBaseUser
from django.db import models
from django.db.models import Q

from hedgerow.core.owners import Owner

from .places import NOBODY, Cluster, Organisation, Programme


class User(AbstractBaseUser):
    """A person who signs in. There is no password: a code goes to the email address."""

    OWNER = Owner.PERSON
    PERSONAL = frozenset({"email", "name", "title", "last_login"})

    email = models.EmailField(unique=True)  # kept in lower case
    name = models.CharField(max_length=120, blank=True)
    title = models.CharField(max_length=120, blank=True)  # "Chief executive"
    is_active = models.BooleanField(default=True)
    is_example = models.BooleanField(default=False, editable=False)
    wants_digest = models.BooleanField(default=True)
    looked_at = models.DateTimeField(null=True, editable=False)  # "since your last visit"

    USERNAME_FIELD = "email"
    EMAIL_FIELD = "email"
    REQUIRED_FIELDS = []

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=Q(email=models.functions.Lower("email")), name="email_in_lower_case"
            ),
            models.CheckConstraint(
                condition=Q(is_example=False) | Q(name=""), name="example_people_have_no_name"
            ),
        ]

    def __str__(self):
        return self.name or self.title or "Somebody"


class Role(models.TextChoices):
    CORE = "core", "Core Group member"
    DEPUTY = "deputy", "Deputy"
    STAFF = "staff", "Member's staff"
    FACILITATOR = "facilitator", "Facilitator"
    SUPPORTER = "supporter", "Second-tier supporter"
    SPONSOR = "sponsor", "Sponsor"
    MANAGER = "manager", "Programme manager"
    ASSESSOR = "assessor", "Assessor"
    VIEWER = "viewer", "Viewer"
    OPERATOR = "operator", "Platform operator"


FOR_AN_ORGANISATION = (Role.CORE, Role.DEPUTY, Role.STAFF, Role.SUPPORTER)
IN_A_CLUSTER = (*FOR_AN_ORGANISATION, Role.FACILITATOR, Role.SPONSOR)
OF_A_PROGRAMME = (Role.MANAGER, Role.ASSESSOR, Role.VIEWER)


def where_a_role_stands(*, operator_has_no_cluster: bool = False) -> Q:
    """Which of cluster, organisation and programme a role wants. An operator's seat is in a
    cluster only while the glass is broken."""
    operator = Q(role=Role.OPERATOR, organisation=None, programme=None)
    return (
        Q(
            role__in=FOR_AN_ORGANISATION,
            cluster__isnull=False,
            organisation__isnull=False,
            programme=None,
        )
        | Q(
            role__in=(Role.FACILITATOR, Role.SPONSOR),
            cluster__isnull=False,
            organisation=None,
            programme=None,
        )
        | Q(role__in=OF_A_PROGRAMME, programme__isnull=False, cluster=None, organisation=None)
        | (operator & Q(cluster=None) if operator_has_no_cluster else operator)
    )


class Seat(models.Model):
    """What a person may do, where, from an instant until another. Never deleted."""

    OWNER = Owner.CLUSTER
    PERSONAL = frozenset({"user"})

    user = models.ForeignKey(User, models.PROTECT, related_name="seats")
    role = models.CharField(max_length=12, choices=Role.choices)
    cluster = models.ForeignKey(Cluster, models.PROTECT, null=True, related_name="seats")
    organisation = models.ForeignKey(Organisation, models.PROTECT, null=True, related_name="seats")
    programme = models.ForeignKey(Programme, models.PROTECT, null=True, related_name="seats")
    began_at = models.DateTimeField()
    ended_at = models.DateTimeField(null=True, editable=False)

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=where_a_role_stands(),
                name="seat_stands_where_its_role_does",
            ),
            models.UniqueConstraint(
                fields=["cluster", "organisation"],
                condition=Q(role=Role.CORE, ended_at=None),
                name="one_core_group_seat_an_organisation",
            ),
            models.UniqueConstraint(
                fields=["user", "role", "cluster", "organisation"],
                condition=Q(ended_at=None, organisation__isnull=False),
                name="seat_once_for_an_organisation",
            ),
            models.UniqueConstraint(
                fields=["user", "role", "cluster"],
                condition=Q(ended_at=None, organisation=None, cluster__isnull=False),
                name="seat_once_in_a_cluster",
            ),
            models.UniqueConstraint(
                fields=["user", "role", "programme"],
                condition=Q(ended_at=None, programme__isnull=False),
                name="seat_once_in_a_programme",
            ),
            models.CheckConstraint(
                condition=Q(ended_at=None) | Q(ended_at__gte=models.F("began_at")),
                name="seat_ends_after_it_begins",
            ),
        ]
        indexes = [models.Index(fields=["user", "ended_at"], name="seats_of_user")]

    def __str__(self):
        return f"{self.get_role_display()}, {self.organisation or self.cluster or self.programme}"


class Mandate(models.Model):
    """Days on which a deputy stands in for the Core Group member: both included."""

    OWNER = Owner.CLUSTER
    PERSONAL = NOBODY

    deputy = models.ForeignKey(Seat, models.PROTECT, related_name="mandates")
    given_by = models.ForeignKey(Seat, models.PROTECT, related_name="+")
    from_on = models.DateField()
    until_on = models.DateField()
    ended_at = models.DateTimeField(null=True, editable=False)  # taken back before its last day

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=Q(until_on__gte=models.F("from_on")), name="mandate_runs_forward"
            )
        ]

    def __str__(self):
        return f"{self.deputy}, {self.from_on} to {self.until_on}"


class BreakGlass(models.Model):
    """Why an operator opened a cluster's content: four hours, and everybody there was told."""

    OWNER = Owner.CLUSTER
    PERSONAL = NOBODY

    seat = models.OneToOneField(Seat, models.PROTECT, related_name="broken_glass")
    reason = models.TextField()

    def __str__(self):
        return f"Opened by {self.seat}"


class Invitation(models.Model):
    """A seat that was offered to an email address. Whoever opens its link has shown the address."""

    OWNER = Owner.CLUSTER
    PERSONAL = frozenset({"email", "title", "invited_by"})
    ENDS_AT_RESTORE = True  # core/snapshots.py: it may have been revoked since

    email = models.EmailField()  # kept in lower case
    role = models.CharField(max_length=12, choices=Role.choices)
    title = models.CharField(max_length=120, blank=True)
    cluster = models.ForeignKey(Cluster, models.PROTECT, null=True, related_name="invitations")
    organisation = models.ForeignKey(Organisation, models.PROTECT, null=True, related_name="+")
    programme = models.ForeignKey(Programme, models.PROTECT, null=True, related_name="invitations")
    digest = models.CharField(max_length=64, unique=True, editable=False)  # of its token
    invited_by = models.ForeignKey(User, models.PROTECT, null=True, related_name="+")
    invited_at = models.DateTimeField()
    expires_at = models.DateTimeField()
    accepted_at = models.DateTimeField(null=True, editable=False)
    revoked_at = models.DateTimeField(null=True, editable=False)
    seat = models.OneToOneField(Seat, models.PROTECT, null=True, related_name="invitation")

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=where_a_role_stands(operator_has_no_cluster=True),
                name="invitation_stands_where_its_role_does",
            ),
            models.CheckConstraint(
                condition=Q(accepted_at=None) | Q(revoked_at=None),
                name="invitation_is_accepted_or_revoked",
            ),
            models.CheckConstraint(
                condition=Q(accepted_at=None, seat=None)
                | Q(accepted_at__isnull=False, seat__isnull=False),
                name="invitation_accepted_with_its_seat",
            ),
        ]

    def __str__(self):
        return f"{self.get_role_display()}, {self.organisation or self.cluster or self.programme}"

    def is_open(self, now: datetime) -> bool:
        return not self.accepted_at and not self.revoked_at and now < self.expires_at
