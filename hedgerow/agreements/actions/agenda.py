"""What somebody wants talked about."""

from hedgerow.agreements.models import AgendaItem, Meeting
from hedgerow.core import clock
from hedgerow.core.actions import Refused, action, locked, nothing_to_do, record
from hedgerow.core.actors import Actor
from hedgerow.core.owners import Owner
from hedgerow.people.kinds import refuse_unseen

from .meetings import meeting_to_come, seat_of


@action
def add_item(*, by: Actor, meeting: Meeting, words: str) -> AgendaItem:
    """Put something on the agenda, beside what it gathers by itself."""
    meeting = meeting_to_come(meeting)
    refuse_unseen(words)
    if not words.strip():
        raise Refused("Write what you want to talk about.")
    item = AgendaItem.objects.create(
        meeting=meeting, words=words.strip(), by_id=seat_of(by), at=clock.now()
    )
    _record("agreements.item_added", by, item, meeting)
    return item


@action
def take_off_item(*, by: Actor, item: AgendaItem) -> AgendaItem:
    """Take it off the agenda again. The record keeps that it was there."""
    meeting = meeting_to_come(item.meeting)
    item = locked(item)
    if item.taken_off_at:
        nothing_to_do()
        return item
    item.taken_off_at = clock.now()
    item.save(update_fields=["taken_off_at"])
    _record("agreements.item_taken_off", by, item, meeting)
    return item


def _record(did: str, by: Actor, item: AgendaItem, meeting: Meeting) -> None:
    record(did, by=by, to=item, owner=(Owner.CLUSTER, meeting.cluster_id), meeting=meeting.pk)
