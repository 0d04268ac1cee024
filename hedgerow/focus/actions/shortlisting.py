"""Beginning a shortlisting, opening and closing its rounds, and giving it up."""

from collections.abc import Sequence
from datetime import date

from django.db.models import Max

from hedgerow.agreements.actions.speakers import may_write_to_all, seat_in, write_down
from hedgerow.agreements.models import Meeting
from hedgerow.core import clock
from hedgerow.core.actions import Refused, action, locked
from hedgerow.core.actors import Actor
from hedgerow.focus import letters
from hedgerow.focus.models import (
    Ballot,
    Candidate,
    Idea,
    RedSpot,
    Round,
    RoundKind,
    Settled,
    Shortlisting,
)
from hedgerow.focus.queries.shortlisting import stands
from hedgerow.look.words import day, listed
from hedgerow.people.actions.clusters import going_on
from hedgerow.people.kinds import refuse_published
from hedgerow.people.models import Cluster, Seat

from .standing import (
    day_for_votes,
    has_votes,
    live_ideas,
    meeting_of,
    names_of,
    open_round,
    open_shortlisting,
    refuse_level,
    refuse_open_round,
    refuse_requests,
    take_requests_back,
    titles_of,
    words_of,
    write_of_round,
)


@action
def begin_shortlisting(
    *,
    by: Actor,
    cluster: Cluster,
    ideas: Sequence[Idea],
    is_secret: bool,
    due_on: date | None,
    meeting: Meeting | None = None,
) -> Shortlisting:
    """Put ideas of the long list to the red spots, until a day or, without one, in a meeting.

    With a day, everybody who speaks for a member gets a letter.
    """
    cluster = going_on(locked(cluster))
    refuse_published(by, cluster)
    seat = seat_in(by, cluster)
    if other := cluster.shortlistings.filter(ended_at=None).first():
        raise Refused(
            f"A shortlisting goes on since {day(other.begun_at)}. Bring it to its end, or give it "
            "up, before you begin another."
        )
    has_votes(cluster)
    ideas = live_ideas(
        cluster,
        ideas,
        least=2,
        most=None,
        say="Choose two ideas or more; with fewer there is nothing to choose between.",
    )
    _check_day(by, cluster, due_on)
    last = cluster.shortlistings.aggregate(last=Max("number"))["last"] or 0
    shortlisting = Shortlisting.objects.create(
        cluster=cluster,
        number=last + 1,
        is_secret=is_secret,
        meeting=meeting_of(cluster, meeting),
        begun_by=seat,
        begun_at=clock.now(),
    )
    Candidate.objects.bulk_create(
        Candidate(shortlisting=shortlisting, idea=idea, position=position, title=idea.title)
        for position, idea in enumerate(ideas, start=1)
    )
    write_down(
        "focus.shortlisting_begun",
        by=by,
        to=shortlisting,
        cluster=cluster.pk,
        shortlisting=shortlisting.pk,
        n=len(ideas),
        is_secret=is_secret,
    )
    _open(by, seat, shortlisting, RoundKind.SPOTS, due_on)
    return shortlisting


@action
def open_vote_round(
    *, by: Actor, shortlisting: Shortlisting, due_on: date | None, version: int
) -> Round:
    """Ten votes each over what stands, until a day or, without one, in a meeting. Also where three
    or fewer stand, if not everybody is comfortable with them."""
    shortlisting = open_shortlisting(shortlisting, version=version)
    seat = seat_in(by, shortlisting.cluster)
    refuse_open_round(shortlisting, so="Close it before you open the next.")
    state = stands(shortlisting)
    refuse_level(state, titles_of(shortlisting))
    if len(state.standing) < 2:
        raise Refused(
            "Fewer than two ideas stand, so there is nothing to choose between. Ask for one to "
            "come back, or write the shortlist down."
        )
    refuse_requests(shortlisting)
    has_votes(shortlisting.cluster)
    _check_day(by, shortlisting.cluster, due_on)
    round = _open(by, seat, shortlisting, RoundKind.VOTES, due_on)
    _save(shortlisting)
    return round


@action
def close_vote_round(*, by: Actor, round: Round, knows_absent: bool, version: int) -> Round:
    """Count what was said, show it to the whole cluster, and let the single lowest drop.

    `knows_absent`: whoever closes it has seen who has not voted, and closes it all the same.
    """
    shortlisting = open_shortlisting(round.shortlisting)
    round = locked(open_round(round), version=version)
    seat = seat_in(by, shortlisting.cluster)
    # Asked once: of somebody who leaves meanwhile, all that follows knows the same.
    members = has_votes(shortlisting.cluster)
    words = _words_in(round).filter(ended_at=None)
    voted = set(words.values_list("organisation", flat=True)).intersection(members)
    absent = [key for key in members if key not in voted]
    if not voted and round.kind == RoundKind.VOTES:
        raise Refused(
            "Nobody has voted, so there is nothing to count. Wait for the first ballot, or give "
            "the shortlisting up."
        )
    if absent and not knows_absent:
        has = "has" if len(absent) == 1 else "have"
        raise Refused(
            f"{listed(names_of(absent))} {has} not voted. Wait, or say that you close the round "
            "without them."
        )
    # What a member said in secret that has left since is neither counted nor shown.
    words.filter(organisation__in=members).update(is_shown=True)
    round.closed_at, round.closed_by, round.members = clock.now(), seat, members
    _save(round)
    _save(shortlisting)
    before, state = [*titles_of(shortlisting)], stands(shortlisting)
    last = state.rounds[-1] if round.kind == RoundKind.VOTES else None
    write_of_round(
        "focus.vote_round_closed",
        by=by,
        round=round,
        to=round,
        is_spots=last is None,
        n_voted=len(voted),
        n_members=len(members),
        absent=absent,
        gone=_keys(last.dropped if last else [key for key in before if key in state.struck]),
        level=_keys(last.lowest if last and len(last.lowest) > 1 else ()),
        n_standing=len(state.standing),
    )
    return round


@action
def settle_round(*, by: Actor, round: Round, settled: str, version: int) -> Round:
    """Write down what the group said of those that are level at the bottom."""
    shortlisting = open_shortlisting(round.shortlisting)
    round = locked(round, version=version)
    seat = seat_in(by, shortlisting.cluster)
    state = stands(shortlisting)
    newest = shortlisting.rounds.order_by("number").last()
    if round.settled or round != newest or state.stage != "tied":
        raise Refused("Nothing is level at the bottom of this round, so there is nothing to say.")
    level = state.rounds[-1].lowest
    if settled == Settled.DROP_ALL and len(level) == len(state.standing):
        raise Refused("All of them are level: without them nothing would be left. Vote again.")
    round.settled, round.settled_by, round.settled_at = Settled(settled), seat, clock.now()
    _save(round)
    _save(shortlisting)
    write_of_round(
        "focus.round_settled",
        by=by,
        round=round,
        to=round,
        settled=round.settled,
        level=_keys(level),
    )
    return round


@action
def give_up_shortlisting(
    *, by: Actor, shortlisting: Shortlisting, because: str, version: int
) -> Shortlisting:
    """End it without a shortlist. A round that is open is never counted, and what is secret in it
    stays so. Requests that something comes back end with it."""
    shortlisting = open_shortlisting(shortlisting, version=version)
    seat = seat_in(by, shortlisting.cluster)
    shortlisting.given_up_because = words_of(because, "Say why you give it up; it stays with it.")
    for round in shortlisting.rounds.filter(closed_at=None):
        locked(round)  # so that nobody votes meanwhile
    n_requests = take_requests_back(shortlisting)
    shortlisting.ended_at, shortlisting.ended_by = clock.now(), seat
    _save(shortlisting)
    write_down(
        "focus.shortlisting_given_up",
        by=by,
        to=shortlisting,
        cluster=shortlisting.cluster_id,
        shortlisting=shortlisting.pk,
        n_requests=n_requests,
    )
    return shortlisting


def _check_day(by: Actor, cluster: Cluster, due_on: date | None) -> None:
    """With a day there are letters to all. They are counted before anything is recorded, as
    everywhere, so that two actions at once never wait for each other."""
    if due_on is not None:
        day_for_votes(due_on)
        may_write_to_all(by, cluster)


def _open(
    by: Actor, seat: Seat, shortlisting: Shortlisting, kind: RoundKind, due_on: date | None
) -> Round:
    last = shortlisting.rounds.aggregate(last=Max("number"))["last"] or 0
    round = Round.objects.create(
        shortlisting=shortlisting,
        number=last + 1,
        kind=kind,
        due_on=due_on,
        opened_by=seat,
        opened_at=clock.now(),
    )
    write_of_round(
        "focus.vote_round_opened",
        by=by,
        round=round,
        to=round,
        is_spots=kind == RoundKind.SPOTS,
        due_on=due_on,
    )
    if due_on is not None:
        letters.ask_for_votes(round)
    return round


def _words_in(round: Round):
    rows = RedSpot if round.kind == RoundKind.SPOTS else Ballot
    return rows.objects.filter(round=round)


def _save(row: Round | Shortlisting) -> None:
    row.version += 1
    row.save()


def _keys(texts: Sequence[str]) -> list[int]:
    return [int(text) for text in texts]
