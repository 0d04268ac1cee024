"""An organisation's look at itself: begun, answered as far as it likes, and shared as it chooses."""

from collections.abc import Mapping

from hedgerow.charter.models import Readiness
from hedgerow.charter.questions import ANSWERS, questions
from hedgerow.core import clock
from hedgerow.core.actions import Refused, action, locked, nothing_to_do, record
from hedgerow.core.actors import Actor
from hedgerow.core.owners import Audience, Owner
from hedgerow.people.actions.clusters import going_on
from hedgerow.people.models import Member

MOST_WORDS = 4000  # characters on where the generosity stops
STEPS = (Audience.ONLY_US, Audience.FACILITATOR, Audience.CLUSTER)  # it goes no further


@action
def begin_readiness(*, by: Actor, member: Member) -> Readiness:
    """One an organisation and cluster: whoever begins it again comes to the same."""
    member = locked(member)
    going_on(member.cluster)
    if member.left_at:
        raise Refused(f"{member.organisation} has left {member.cluster}.")
    if member.is_second_tier:
        raise Refused("These questions are for members; who works for the others is not asked.")
    now = clock.now()
    readiness, is_new = Readiness.objects.get_or_create(
        organisation=member.organisation,
        cluster=member.cluster,
        defaults={"begun_at": now, "changed_at": now},
    )
    if not is_new:
        nothing_to_do()
        return readiness
    _record("charter.readiness_begun", by, readiness)
    return readiness


@action
def answer_readiness(
    *,
    by: Actor,
    readiness: Readiness,
    answers: Mapping[str, str],
    limits: str,
    is_finished: bool,
    version: int,
) -> Readiness:
    """The whole of it at once, as far as it goes: no question has to be answered."""
    readiness = _fresh(readiness, version)
    known = questions()
    said = {slug: answer for slug, answer in answers.items() if answer}
    if set(said) - set(known) or set(said.values()) - set(ANSWERS):
        raise Refused("One of the answers is to a question that is not asked here any more.")
    if len(limits) > MOST_WORDS:
        raise Refused(f"Write {MOST_WORDS:,} characters at most about your limits.")
    # Answers to questions of long ago, which no form shows, stay.
    gone = {slug: answer for slug, answer in readiness.answers.items() if slug not in known}
    before = (readiness.answers, readiness.limits, readiness.finished_at is not None)
    readiness.answers = gone | {slug: said[slug] for slug in known if slug in said}
    readiness.limits = limits.strip()
    if (readiness.answers, readiness.limits, is_finished) == before:
        nothing_to_do()
        return readiness
    readiness.changed_at = clock.now()
    readiness.finished_at = (readiness.finished_at or clock.now()) if is_finished else None
    _save(readiness)
    _record("charter.readiness_answered", by, readiness, finished=is_finished)
    return readiness


@action
def share_readiness(
    *, by: Actor, readiness: Readiness, audience: Audience, version: int
) -> Readiness:
    """Wider or narrower, from now on."""
    readiness = _fresh(readiness, version)
    audience = Audience(audience)
    if audience not in STEPS:
        raise Refused("How ready one is stays in the cluster: choose one of its three steps.")
    if readiness.audience == audience:
        nothing_to_do()
        return readiness
    readiness.audience = audience
    _save(readiness)
    _record("charter.readiness_shared", by, readiness, step=audience.value)
    return readiness


def _fresh(readiness: Readiness, version: int) -> Readiness:
    readiness = locked(readiness, version=version)
    going_on(readiness.cluster)
    return readiness


def _save(readiness: Readiness) -> None:
    readiness.version += 1
    readiness.save()


def _record(did: str, by: Actor, readiness: Readiness, **detail: object) -> None:
    """In the history of the organisation alone: that it looked at itself is its own affair."""
    record(
        did,
        by=by,
        to=readiness,
        owner=(Owner.ORGANISATION, readiness.organisation_id),
        audience=Audience.ONLY_US,
        cluster=readiness.cluster_id,
        **detail,
    )
