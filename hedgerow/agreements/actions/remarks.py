"""What is said about a proposal, while it is open and after."""

from hedgerow.agreements.models import Decision, Remark
from hedgerow.core import clock
from hedgerow.core.actions import Refused, action, locked, nothing_to_do
from hedgerow.core.actors import Actor

from .speakers import kept_decision, said, seat_in, write_down


@action
def remark(*, by: Actor, decision: Decision, words: str) -> Remark:
    decision = kept_decision(decision)
    seat, words = seat_in(by, decision.cluster), said(words)
    if not words:
        raise Refused("Write your remark first.")
    made = Remark.objects.create(decision=decision, by=seat, words=words, at=clock.now())
    _record(by, made, "agreements.remark_made")
    return made


@action
def take_back_remark(*, by: Actor, remark: Remark) -> Remark:
    """Whoever said it takes it back. Its words are gone; that it was there stays."""
    remark = locked(remark)
    kept_decision(remark.decision)
    if remark.by.user_id != by.person:
        raise Refused("Only whoever said it can take it back.")
    if remark.taken_back_at:
        nothing_to_do()
        return remark
    remark.taken_back_at, remark.words = clock.now(), ""
    remark.save(update_fields=["taken_back_at", "words"])
    _record(by, remark, "agreements.remark_taken_back")
    return remark


def _record(by: Actor, made: Remark, did: str) -> None:
    decision = made.decision
    write_down(did, by=by, to=made, cluster=decision.cluster_id, decision=decision.pk)
