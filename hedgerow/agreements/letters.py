"""Letters about decisions: that one is open, with a link to vote by, and what came of it."""

from collections.abc import Iterator

from django.conf import settings
from django.db.models import Q
from django.template.loader import render_to_string
from django.urls import reverse

from hedgerow.agreements.models import Decision, Outcome
from hedgerow.agreements.queries import voices
from hedgerow.agreements.queries.decision_outcomes import counted, explained, spoke
from hedgerow.core import clock, links, outbox
from hedgerow.look.words import clock_time, weekday
from hedgerow.people.kinds import is_erased
from hedgerow.people.models import Cluster, Role, Seat
from hedgerow.people.readers import live, standing_in

from .ways import way_of

VOICE = "agreements.voice"  # purpose of the link to vote by; kept in links that are out


def ask_for_voices(decision: Decision) -> int:
    """Post a letter to everybody who can speak for a member today. How many.

    Its link is one seat's own, works once, for as long as the decision is open as it is now.
    """
    n = 0
    for seat in who_speaks(decision.cluster):
        context = {
            **_about(decision),
            "organisation": seat.organisation,
            "way": way_of(decision),
            "options": list(decision.options.order_by("position")),
            "last_moment": f"{weekday(decision.closes_at)}, {clock_time(decision.closes_at)}",
            "link": _link(decision, seat),
        }
        outbox.post(
            to=seat.user.email,
            subject=f"Your vote: {decision.title}",
            text=render_to_string("agreements/decision_letter.txt", context),
            key=f"{VOICE}:{decision.pk}:{seat.pk}",
            why="voice",
            person=seat.user_id,
        )
        n += 1
    return n


def tell_the_outcome(decision: Decision) -> int:
    """Post what came of it to each Core Group member. How many."""
    n = 0
    for seat in who_speaks(decision.cluster):
        if seat.role != Role.CORE:
            continue
        outbox.post(
            to=seat.user.email,
            subject=f"{Outcome(decision.outcome).label}: {decision.title}",
            text=render_to_string("agreements/decision_outcome_letter.txt", _outcome(decision)),
            key=f"agreements.outcome:{decision.pk}:{seat.pk}",
            why="outcome",
            person=seat.user_id,
        )
        n += 1
    return n


def _outcome(decision: Decision) -> dict[str, object]:
    about = {**_about(decision), "outcome": Outcome(decision.outcome).label, "lines": []}
    if decision.outcome == Outcome.WITHDRAWN:
        return {**about, "reason": decision.withdrawn_because}
    sums = voices.tally_now(decision)
    options = {option.pk: option.words for option in decision.options.all()}
    told = (
        spoke(sums, is_open=False),
        counted(sums),
        explained(way_of(decision), sums, options),
    )
    chosen = options.get(decision.chosen_id, "") if len(options) > 1 else ""
    return {**about, "chosen": chosen, "lines": [line for line in told if line]}


def _about(decision: Decision) -> dict[str, object]:
    return {
        "cluster": decision.cluster,
        "decision": decision,
        "page": f"{settings.PUBLIC_URL}{decision.get_absolute_url()}",
    }


def who_speaks(cluster: Cluster) -> Iterator[Seat]:
    """Live seats that can vote there today and are real people's: nobody in the example is mailed."""
    speaks = Q(role=Role.CORE) | (Q(role=Role.DEPUTY) & Q(stands_in=True))
    seats = (
        Seat.objects.filter(live(clock.now()), cluster=cluster)
        .annotate(stands_in=standing_in())
        .filter(speaks, user__is_active=True, user__is_example=False)
        .filter(organisation__in=voices.entitled(cluster, clock.now()))
        .select_related("user", "organisation")
        .order_by("pk")
    )
    return (seat for seat in seats if not is_erased(seat.user))


def _link(decision: Decision, seat: Seat) -> str:
    token = links.make(
        VOICE,
        person=seat.user_id,
        seat=seat.pk,
        about=decision.pk,
        version=decision.version,
        expires_at=decision.closes_at,
    )
    return f"{settings.PUBLIC_URL}{reverse('agreements:voice_by_letter', args=[token])}"
