"""What one organisation says, whichever of its people says it: the same for votes and ballots."""

from django.db import models
from django.db.models import Q

from hedgerow.people.models import Organisation, Seat


class Channel(models.TextChoices):
    """How a word reached us."""

    PAGE = "page", "On the page"
    LINK = "link", "From a letter"
    PHONE = "phone", "By telephone"
    PAPER = "paper", "On paper"
    TABLE = "table", "At a meeting"


ON_BEHALF = (Channel.PHONE, Channel.PAPER, Channel.TABLE)  # somebody else wrote it down


class Word(models.Model):
    """It is changed by saying it again: the older row stays, `ended_at` says until when it held.

    Written down for somebody (`recorded_by`), it counts, says so, and waits for that
    organisation's own people to confirm it or undo it.
    """

    organisation = models.ForeignKey(Organisation, models.PROTECT, related_name="+")
    channel = models.CharField(max_length=8, choices=Channel.choices)
    by = models.ForeignKey(Seat, models.PROTECT, related_name="+")  # whose word it is
    recorded_by = models.ForeignKey(Seat, models.PROTECT, null=True, related_name="+")
    at = models.DateTimeField()
    confirmed_by = models.ForeignKey(Seat, models.PROTECT, null=True, related_name="+")
    confirmed_at = models.DateTimeField(null=True)
    ended_at = models.DateTimeField(null=True)  # said anew, or undone
    is_undone = models.BooleanField(default=False)

    class Meta:
        abstract = True


def word_constraints(
    about: str, *, called: str, undone_called: str = ""
) -> list[models.BaseConstraint]:
    """One word of an organisation stands about each thing; a recorded one says who wrote it.

    What it is called is part of the constraints' names, so for ever.
    """
    return [
        models.UniqueConstraint(
            fields=[about, "organisation"],
            condition=Q(ended_at=None),
            name=f"one_{called}_an_organisation",
        ),
        models.CheckConstraint(
            condition=Q(channel__in=ON_BEHALF, recorded_by__isnull=False)
            | (~Q(channel__in=ON_BEHALF) & Q(recorded_by=None)),
            name=f"{called}_on_behalf_says_who_wrote_it",
        ),
        models.CheckConstraint(
            condition=Q(is_undone=False) | Q(ended_at__isnull=False),
            name=f"{undone_called or f'undone_{called}'}_is_ended",
        ),
    ]
