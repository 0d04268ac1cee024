"""Whose a record is, and how far its owner lets it be seen. From access.md."""

from typing import Any

from django.db import models


class Owner(models.TextChoices):
    PERSON = "person"
    ORGANISATION = "organisation"
    CLUSTER = "cluster"
    PROGRAMME = "programme"
    EVERYONE = "everyone"
    SYSTEM = "system"


class Audience(models.TextChoices):
    """Five steps, each of which holds the ones before it."""

    ONLY_US = "only_us", "Only us"
    FACILITATOR = "facilitator", "Us and our facilitator"
    CLUSTER = "cluster", "Our cluster"
    FUNDER = "funder", "Our funder"
    EVERYONE = "everyone", "Everyone"

    @property
    def up(self) -> tuple[str, ...]:
        """This step and the wider ones, as they are stored."""
        steps = list(Audience)
        return tuple(step.value for step in steps[steps.index(self) :])


class AudienceField(models.CharField):  # type: ignore[type-arg]  # takes none when it runs
    def __init__(self, **kwargs: Any):
        kwargs.setdefault("max_length", 16)
        kwargs.setdefault("choices", Audience.choices)
        super().__init__(**kwargs)
