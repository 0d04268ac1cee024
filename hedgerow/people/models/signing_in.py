"""How a person shows who they are."""

from django.db import models
from django.db.models import Q

from hedgerow.core.owners import Owner

from .seats import User


class SignInCode(models.Model):
    """Somebody asked for a code at an address. `user` is empty where nobody has that address."""

    OWNER = Owner.PERSON
    PERSONAL = frozenset({"user"})
    ENDS_AT_RESTORE = True  # core/snapshots.py

    user = models.ForeignKey(User, models.CASCADE, null=True, related_name="codes")
    digest = models.CharField(max_length=64, blank=True)  # keyed; empty until the code is made
    asked_at = models.DateTimeField(db_index=True)
    expires_at = models.DateTimeField()
    tries = models.PositiveSmallIntegerField(default=0)  # wrong ones
    spent_at = models.DateTimeField(null=True, editable=False)

    def __str__(self):
        return f"Code asked for at {self.asked_at}"


class Try(models.Model):
    """One of the things that may be done only so often: by whom is kept as a digest."""

    OWNER = Owner.SYSTEM
    PERSONAL = frozenset({"whom"})

    kind = models.CharField(max_length=24)
    whom = models.CharField(max_length=64)
    at = models.DateTimeField(db_index=True)

    class Meta:
        indexes = [models.Index(fields=["kind", "whom", "at"], name="tries_of_whom")]

    def __str__(self):
        return f"{self.kind} at {self.at}"


class SignIn(models.Model):
    """One browser in which a person is signed in, or was."""

    OWNER = Owner.PERSON
    PERSONAL = frozenset({"user", "session_key", "browser"})
    ENDS_AT_RESTORE = True  # core/snapshots.py

    user = models.ForeignKey(User, models.CASCADE, related_name="sign_ins")
    session_key = models.CharField(max_length=40, blank=True)  # emptied when it ends
    browser = models.CharField(max_length=60, blank=True)  # "Firefox on Windows"
    is_kept = models.BooleanField(default=False)  # for 14 days
    began_at = models.DateTimeField()
    ended_at = models.DateTimeField(null=True, editable=False)

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=Q(ended_at=None) | Q(session_key=""),
                name="sign_in_that_ended_has_no_session",
            )
        ]

    def __str__(self):
        return self.browser or "A browser"


class Authenticator(models.Model):
    """An app that shows six new figures every half minute (RFC 6238)."""

    OWNER = Owner.PERSON
    PERSONAL = frozenset({"user", "secret"})

    user = models.OneToOneField(User, models.CASCADE, related_name="authenticator")
    secret = models.CharField(max_length=64)  # base32
    made_at = models.DateTimeField()
    shown_at = models.DateTimeField(
        null=True, editable=False
    )  # when it first worked; till then: none
    last_step = models.BigIntegerField(default=0)  # of the last figures taken: never twice

    def __str__(self):
        return "Authenticator app"


class Passkey(models.Model):
    """A key that a telephone or computer holds (WebAuthn)."""

    OWNER = Owner.PERSON
    PERSONAL = frozenset({"user", "name", "credential_key", "credential"})

    user = models.ForeignKey(User, models.CASCADE, related_name="passkeys")
    name = models.CharField(max_length=60)
    credential_key = models.CharField(max_length=1400, unique=True)  # base64url
    credential = models.TextField()  # attested credential, base64url
    uses = models.PositiveBigIntegerField(default=0)  # the key's own count, where it keeps one
    made_at = models.DateTimeField()
    used_at = models.DateTimeField(null=True, editable=False)

    def __str__(self):
        return self.name


class RecoveryCode(models.Model):
    """One of ten codes on paper, for when telephone and key are lost. Works once."""

    OWNER = Owner.PERSON
    PERSONAL = frozenset({"user", "digest"})
    ENDS_AT_RESTORE = True  # core/snapshots.py: the key of the digests is another then

    user = models.ForeignKey(User, models.CASCADE, related_name="recovery_codes")
    digest = models.CharField(max_length=64)  # keyed
    spent_at = models.DateTimeField(null=True, editable=False)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["user", "digest"], name="recovery_code_once")
        ]

    def __str__(self):
        return "Recovery code"
