from typing import Any

from django import forms
from django.db import models

from .forms import PoundsField


class PenceField(models.BigIntegerField):  # type: ignore[type-arg]  # takes none when it runs
    """Money in whole pence, which may be owed. Shown with the filter `pounds`."""

    def formfield(self, **kwargs: Any) -> forms.Field | None:
        return models.Field.formfield(self, **{"form_class": PoundsField, **kwargs})
