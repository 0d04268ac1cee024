"""Whom an organisation lets see a section of its answers."""

from django.db.models import Exists, OuterRef, QuerySet

from hedgerow.core.actions import Refused, action, for_change, locked, nothing_to_do, record
from hedgerow.core.actors import Actor
from hedgerow.core.owners import Audience, Owner
from hedgerow.diagnostics.models import Release, Round, Shared, Sheet
from hedgerow.people.actions.clusters import going_on

from .releases import take_out_part

STEPS = (Audience.ONLY_US, Audience.FACILITATOR, Audience.CLUSTER, Audience.FUNDER)


@action
def share_section(*, by: Actor, shared: Shared, audience: Audience, version: int) -> Shared:
    """Wider or narrower, from now on; also after the round has closed.

    Below `our cluster`, it goes out of what was kept of the round too. What a later round has
    filled in from it follows when it is narrowed, until it is finished there.
    """
    round = _locked_with_later(shared.asking.round)
    going_on(round.cluster)
    shared = locked(shared, version=version)
    audience = Audience(audience)
    if shared.audience == audience:
        nothing_to_do()
        return shared
    is_wider = _is_wider(audience, shared)
    was_open = shared.audience in Audience.CLUSTER.up
    _refuse(audience, shared, opens=is_wider and not was_open)
    shared.seen_by = _seen_by(shared)
    shared.audience = audience
    shared.version += 1
    shared.save()
    _record(by, shared, round)
    if was_open and audience not in Audience.CLUSTER.up:
        organisation, asking = shared.organisation, shared.asking
        take_out_part(by=by, cluster=round.cluster, organisation=organisation, asking=asking)
    if not is_wider:
        _narrow_what_was_filled_in_from(shared, by)
    return shared


def _locked_with_later(round: Round) -> Round:
    """The rounds that follow it too, before anything is written down: whoever answers in one of them
    meanwhile would wait for us, and we for them."""
    rounds = Round.objects.filter(cluster=round.cluster_id, number__gte=round.number)
    first, *_ = for_change(rounds.order_by("number"))
    return first


def _refuse(audience: Audience, shared: Shared, *, opens: bool) -> None:
    if audience not in STEPS:
        raise Refused("Answers go no further than our funder. Choose one of the four steps.")
    if opens and _is_in_a_figure(shared):
        raise Refused(
            "When the round closed, a figure was shown of what you and others keep to yourselves. "
            "If yours were opened now, theirs could be worked out from it. "
            "It stays as it is; in the next round you can open it from the start."
        )


def _record(by: Actor, shared: Shared, round: Round) -> None:
    record(
        "diagnostics.section_shared",
        by=by,
        to=shared,
        owner=(Owner.ORGANISATION, shared.organisation_id),
        audience=Audience.ONLY_US,
        cluster=round.cluster_id,
        asking=shared.asking_id,
        section=shared.section,
        step=shared.audience,
    )


def _narrow_what_was_filled_in_from(shared: Shared, by: Actor) -> None:
    audience = Audience(shared.audience)
    for later in _filled_in_from(shared):
        if _is_wider(Audience(later.audience), shared):
            share_section(by=by, shared=later, audience=audience, version=later.version)


def _filled_in_from(shared: Shared) -> QuerySet[Shared]:
    """The same section in later rounds of the cluster, where nobody has finished yet."""
    finished = Sheet.objects.filter(
        asking=OuterRef("asking"), organisation=OuterRef("organisation"), finished_at__isnull=False
    )
    return Shared.objects.filter(
        ~Exists(finished),
        organisation=shared.organisation_id,
        section=shared.section,
        asking__slug=shared.asking.slug,
        asking__round__cluster=shared.asking.round.cluster_id,
        asking__round__number__gt=shared.asking.round.number,
        asking__round__closed_at=None,
    )


def _seen_by(shared: Shared) -> Audience:
    """The widest step at which answers in it stood that count: they are known there from now on."""
    before, now = Audience(shared.seen_by), Audience(shared.audience)
    stood = Sheet.objects.filter(
        asking=shared.asking_id, organisation=shared.organisation_id, finished_at__isnull=False
    )
    return now if now in before.up and stood.exists() else before


def _is_wider(audience: Audience, shared: Shared) -> bool:
    return audience in Audience(shared.audience).up and audience != shared.audience


def _is_in_a_figure(shared: Shared) -> bool:
    """Whether something was shown, by rule, that its answers went into."""
    releases = Release.objects.filter(asking=shared.asking_id, held_back="", by_consent=False)
    return any(
        shared.organisation_id in release.contributors
        and any(cell is not None for cell in release.cells.values())
        for release in releases
    )
