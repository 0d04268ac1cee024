"""The published record, loaded from its pack."""

from hedgerow.core.actors import Actor
from hedgerow.people.actions import load_record
from hedgerow.people.models import Programme
from hedgerow.people.published import load_record as read_record


def load() -> bool:
    """Load the record of Collaborate 2; False if it stands already."""
    if Programme.objects.filter(is_published=True).exists():
        return False
    load_record(by=Actor.command(), record=read_record("collaborate-2"))
    return True
