"""The end of a round, and what is shown of answers that members keep to themselves."""

from hedgerow.core import clock
from hedgerow.core.actions import Refused, action, for_change, locked, nothing_to_do, record
from hedgerow.core.actors import Actor
from hedgerow.core.owners import Audience, Owner
from hedgerow.diagnostics.models import Asking, Consent, Round, Snapshot
from hedgerow.diagnostics.queries.counted import open_to_the_cluster
from hedgerow.diagnostics.queries.registers import full_members, stands_of
from hedgerow.diagnostics.queries.rounds import status_of
from hedgerow.journeys.actions import drop_parts
from hedgerow.journeys.actions.stages import seat_of
from hedgerow.journeys.results import kept
from hedgerow.look.words import day, listed
from hedgerow.people.actions.clusters import going_on
from hedgerow.people.models import Cluster, Member, Organisation

from .releasing import profile_at_close, release_at_close, release_by_consent


@action
def close_round(*, by: Actor, round: Round, knows_absent: bool, version: int) -> Round:
    """For good. What members keep to themselves is released as far as that is safe, and what the
    round came to is kept. Whoever has not finished is not in it, and is named before."""
    round = locked(round, version=version)
    going_on(round.cluster)
    if round.closed_at:
        raise Refused(f"{round} was closed on {day(round.closed_at)}. Its picture stays.")
    waiting = status_of([round])[round.pk].waiting
    if waiting and not knows_absent:
        names = listed(line.name for line in waiting)
        raise Refused(
            f"{names} {'has' if len(waiting) == 1 else 'have'} neither answered nor said why not. "
            "Remind them, or tick that you know, and the round closes without them."
        )
    now = clock.now()
    round.closed_at, round.closed_by_id = now, seat_of(by)
    round.version += 1
    round.save()
    record(
        "diagnostics.round_closed",
        by=by,
        to=round,
        owner=(Owner.CLUSTER, round.cluster_id),
        number=round.number,
        absent=[line.organisation for line in waiting],
    )
    askings = list(round.askings.all())
    members = full_members(round.cluster_id)
    releases = release_at_close(by, round, askings, members)
    roles = {asking.pk: asking.roles for asking in askings}
    profile = profile_at_close(askings, open_to_the_cluster(roles, members), releases)
    Snapshot.objects.create(round=round, made_at=now, **vars(kept(profile)))
    return round


@action
def consent(*, by: Actor, member: Member, asking: Asking) -> Consent:
    """An organisation's yes. With the last one, what was held back is shown, at once and whole."""
    round = locked(asking.round)
    member = locked(member)
    going_on(round.cluster)
    if member.left_at or member.cluster_id != round.cluster_id:
        raise Refused(f"{member.organisation} is not in {round.cluster} any more.")
    stand = stands_of([asking])[asking.pk]
    if member.organisation_id not in stand.asked:
        raise Refused(
            "Nothing of yours is held back here, so nothing has to be agreed. "
            "What was released stands in the register."
        )
    before = Consent.objects.filter(
        asking=asking, organisation=member.organisation, ended_at=None
    ).first()
    if before and member.organisation_id in stand.agreed:
        nothing_to_do()
        return before
    now = clock.now()
    if before:  # it was to figures over more
        before.ended_at = now
        before.save(update_fields=["ended_at"])
    given = Consent.objects.create(
        asking=asking,
        organisation=member.organisation,
        by_id=seat_of(by),
        among=sorted(stand.asked),
        at=now,
    )
    _record("diagnostics.consented", by, given, round)
    if stand.asked <= stand.agreed | {member.organisation_id}:
        release_by_consent(by, round, asking, stand)
    return given


@action
def take_back_consent(*, by: Actor, consent: Consent) -> Consent:
    """From now on. What was shown with it stays shown."""
    round = locked(consent.asking.round)
    consent = locked(consent)
    going_on(round.cluster)
    if consent.ended_at:
        nothing_to_do()
        return consent
    consent.ended_at = clock.now()
    consent.save(update_fields=["ended_at"])
    _record("diagnostics.consent_taken_back", by, consent, round)
    return consent


def take_out_part(
    *, by: Actor, cluster: Cluster, organisation: Organisation, asking: Asking
) -> bool:
    """Inside an action: what an organisation no longer shows leaves what the round came to, and
    what stages kept of it. Gives whether there was any."""
    key = str(organisation.pk)
    snapshot = for_change(Snapshot.objects.filter(round=asking.round_id)).first()
    if not snapshot or snapshot.whole.get("instrument") != asking.slug:
        return False
    if key not in snapshot.parts:
        return False
    del snapshot.parts[key]
    snapshot.save(update_fields=["parts"])
    drop_parts(by=by, organisation=organisation, cluster=cluster)
    return True


def _record(did: str, by: Actor, consent: Consent, round: Round) -> None:
    """In the history of the organisation alone: who has agreed is not shown to the others."""
    record(
        did,
        by=by,
        to=consent,
        owner=(Owner.ORGANISATION, consent.organisation_id),
        audience=Audience.ONLY_US,
        cluster=round.cluster_id,
        asking=consent.asking_id,
    )
