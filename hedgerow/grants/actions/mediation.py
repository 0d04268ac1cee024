"""What the programme did when it stepped in. Only the programme reads it."""

from datetime import date

from hedgerow.agreements.actions.speakers import said
from hedgerow.core import clock
from hedgerow.core.actions import Refused, action, locked, nothing_to_do, record
from hedgerow.core.actors import Actor
from hedgerow.core.owners import Owner
from hedgerow.grants.models import MediationNote
from hedgerow.ledger.actions.acting import manager_in
from hedgerow.look.words import day
from hedgerow.people.kinds import refuse_published, refuse_unseen
from hedgerow.people.models import Cluster

MOST_ASKED_BY = 160  # characters
MOST_WORDS = 2000


@action
def add_note(
    *, by: Actor, cluster: Cluster, on: date, asked_by: str, words: str, outcome: str
) -> MediationNote:
    """`asked_by`: a role or a member, never a name. Also of a cluster that has ended."""
    refuse_published(by, cluster)
    seat = manager_in(by, cluster.programme)
    asked_by = said(asked_by, most=MOST_ASKED_BY)
    refuse_unseen(asked_by)
    words, outcome = said(words, most=MOST_WORDS), said(outcome, most=MOST_WORDS)
    if not words:
        raise Refused("Say what was done, in a line or two.")
    if on > clock.today():
        raise Refused(f"{day(on)} is not here yet. Write down what was done, with its day.")
    note = MediationNote.objects.create(
        cluster=cluster,
        on=on,
        asked_by=asked_by,
        words=words,
        outcome=outcome,
        by=seat,
        at=clock.now(),
    )
    _record("grants.mediation_noted", by, note)
    return note


@action
def strike_note(*, by: Actor, note: MediationNote) -> MediationNote:
    """Struck out, it stays to be read."""
    seat = manager_in(by, note.cluster.programme)
    note = locked(note)
    if note.struck_at:
        nothing_to_do()
        return note
    note.struck_at, note.struck_by = clock.now(), seat
    note.save(update_fields=["struck_at", "struck_by"])
    _record("grants.mediation_struck", by, note)
    return note


def _record(did: str, by: Actor, note: MediationNote) -> None:
    """In the programme's own history. That `cluster` is not named in it keeps it there."""
    record(
        did,
        by=by,
        to=note,
        owner=(Owner.PROGRAMME, note.cluster.programme_id),
        about=note.cluster_id,
        on=note.on,
    )
