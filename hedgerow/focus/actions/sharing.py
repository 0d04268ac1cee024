"""Sharing a budget out: opening it, marking what one wants, closing it, giving it up."""

from collections.abc import Mapping, Sequence
from datetime import date

from django.db.models import Max

from hedgerow.agreements.actions.speakers import seat_in, write_down
from hedgerow.agreements.actions.words import (
    Speaker,
    confirmed,
    own_speaker,
    put,
    recorded_speaker,
    undone,
)
from hedgerow.agreements.models import Channel
from hedgerow.analysis.ballots import TIES
from hedgerow.analysis.equal_shares import COMPLETIONS
from hedgerow.core import clock
from hedgerow.core.actions import Refused, action, locked, nothing_to_do
from hedgerow.core.actors import Actor
from hedgerow.focus.models import Costed, Idea, Marks, ShareBallot, ShareOut
from hedgerow.look.words import day, listed
from hedgerow.people.actions.clusters import going_on
from hedgerow.people.kinds import refuse_published
from hedgerow.people.models import Cluster, Organisation

from .standing import day_for_votes, has_votes, live_ideas, names_of, words_of

MOST_OPTIONS = 20
MOST_POINTS = 5


@action
def open_share_out(
    *,
    by: Actor,
    cluster: Cluster,
    ideas: Sequence[Idea],
    budget: int,
    marks: str,
    completion: str,
    ties: str,
    is_secret: bool,
    due_on: date,
) -> ShareOut:
    """Ask every member what a budget, in pence, should pay for. What the ideas are called and cost
    today is what they are called and cost in it."""
    cluster = going_on(locked(cluster))
    refuse_published(by, cluster)
    seat = seat_in(by, cluster)
    if other := ShareOut.objects.filter(cluster=cluster, closed_at=None).first():
        raise Refused(
            f"{other} is open until {day(other.due_on)}. Close it or give it up first; then share "
            "the next."
        )
    has_votes(cluster)
    if budget <= 0:
        raise Refused("Say how much there is to share: a sum above nought.")
    if completion not in COMPLETIONS or ties not in TIES:
        raise Refused("One of these rules is not known here. Load the page again.")
    ideas = _costed(cluster, ideas)
    last = ShareOut.objects.filter(cluster=cluster).aggregate(last=Max("number"))["last"] or 0
    share_out = ShareOut.objects.create(
        cluster=cluster,
        number=last + 1,
        budget=budget,
        marks=Marks(marks),
        completion=completion,
        ties=ties,
        is_secret=is_secret,
        due_on=day_for_votes(due_on),
        opened_by=seat,
        opened_at=clock.now(),
    )
    Costed.objects.bulk_create(
        Costed(share_out=share_out, idea=idea, position=position, title=idea.title, cost=idea.cost)
        for position, idea in enumerate(ideas, start=1)
    )
    _record("focus.share_out_opened", by, share_out, n=len(ideas), budget=budget, due=due_on)
    return share_out


@action
def mark(*, by: Actor, share_out: ShareOut, points: Mapping[int, int]) -> ShareBallot:
    """Say what one's organisation wants: key of a Costed -> points, or 1 where one ticks. With
    nothing in it, that it wants none of them. It can be changed until it is closed."""
    share_out = _open_one(share_out)
    speaker = own_speaker(by, share_out.cluster, Channel.PAGE)
    done = _put(share_out, speaker, points)
    if not done.is_new:
        nothing_to_do()
        return done.word
    _record_word("focus.marks_changed" if done.before else "focus.marks_given", by, done.word)
    return done.word


@action
def record_marks(
    *,
    by: Actor,
    share_out: ShareOut,
    organisation: Organisation,
    points: Mapping[int, int],
    channel: str,
) -> ShareBallot:
    """Write down what a member said that it wants. It counts, and waits for that member's own
    people to confirm it or undo it."""
    share_out = _open_one(share_out)
    speaker = recorded_speaker(by, share_out.cluster, organisation, channel)
    done = _put(share_out, speaker, points)
    if not done.is_new:
        nothing_to_do()
        return done.word
    _record_word("focus.marks_recorded", by, done.word)
    return done.word


@action
def confirm_marks(*, by: Actor, ballot: ShareBallot) -> ShareBallot:
    """Say that what was written down for one's organisation is right; also once it is closed."""
    share_out = _kept_one(ballot.share_out)
    done = confirmed(by, share_out.cluster, ballot)
    if not done.is_new:
        nothing_to_do()
        return done.word
    _record_word("focus.marks_confirmed", by, done.word)
    return done.word


@action
def undo_marks(*, by: Actor, ballot: ShareBallot) -> ShareBallot:
    """Take out what was written down for one's organisation, while it is open."""
    share_out = _open_one(ballot.share_out)
    ballot = undone(by, share_out.cluster, ballot)
    _record_word("focus.marks_undone", by, ballot)
    return ballot


@action
def close_share_out(
    *, by: Actor, share_out: ShareOut, knows_absent: bool, version: int
) -> ShareOut:
    """For good: what members want is shown to all of them, and what the budget pays for with it.

    Whoever has a voice has a share, marked or not. `knows_absent`: whoever closes it has seen who
    has not marked anything, and closes it all the same.
    """
    share_out = locked(_open_one(share_out), version=version)
    seat = seat_in(by, share_out.cluster)
    # Asked once: of somebody who leaves meanwhile, all that follows knows the same.
    members = has_votes(share_out.cluster)
    words = share_out.ballots.filter(ended_at=None, organisation__in=members)
    marked = set(words.values_list("organisation", flat=True))
    absent = [key for key in members if key not in marked]
    if not marked:
        raise Refused(
            "Nobody has marked anything, so there is nothing to go by. Wait for the first, or give "
            "it up."
        )
    if absent and not knows_absent:
        has = "has" if len(absent) == 1 else "have"
        raise Refused(
            f"{listed(names_of(absent))} {has} not said what to pay for. Wait, or say that you "
            "close it without them; their shares stay theirs."
        )
    words.update(is_shown=True)
    share_out.closed_at, share_out.closed_by, share_out.members = clock.now(), seat, members
    _save(share_out)
    _record(
        "focus.share_out_closed",
        by,
        share_out,
        n_marked=len(marked),
        n_members=len(members),
        absent=absent,
    )
    return share_out


@action
def give_up_share_out(*, by: Actor, share_out: ShareOut, because: str, version: int) -> ShareOut:
    """End it without an outcome. What was marked in secret is shown to nobody else."""
    share_out = locked(_open_one(share_out), version=version)
    seat = seat_in(by, share_out.cluster)
    share_out.given_up_because = words_of(because, "Say why you give it up; it stays with it.")
    share_out.closed_at, share_out.closed_by = clock.now(), seat
    _save(share_out)
    _record("focus.share_out_given_up", by, share_out)
    return share_out


def _open_one(share_out: ShareOut) -> ShareOut:
    """The sharing out, locked, while members can mark. Else Refused, saying since when not."""
    fresh = _kept_one(share_out)
    if fresh.given_up_because:
        raise Refused(f"{fresh} was given up on {day(fresh.closed_at)}. Share a budget out anew.")
    if fresh.closed_at:
        raise Refused(
            f"{fresh} was closed on {day(fresh.closed_at)}, and what came of it is shown. What you "
            "think of that is for the talk."
        )
    return fresh


def _kept_one(share_out: ShareOut) -> ShareOut:
    fresh = locked(share_out)
    going_on(fresh.cluster)
    return fresh


def _costed(cluster: Cluster, ideas: Sequence[Idea]) -> list[Idea]:
    """In the order of the long list, locked."""
    found = live_ideas(
        cluster,
        ideas,
        least=2,
        most=MOST_OPTIONS,
        say=f"Choose two ideas or more, {MOST_OPTIONS} at most.",
    )
    if free := [idea for idea in found if not idea.cost]:
        raise Refused(f"“{free[0]}” has no cost yet. Say what it costs first, or leave it out.")
    return sorted(found, key=lambda idea: idea.number)


def _put(share_out: ShareOut, speaker: Speaker, points: Mapping[int, int]):
    said = {"points": _points(share_out, points), "is_shown": not share_out.is_secret}
    return put(ShareBallot, speaker, about={"share_out": share_out}, said=said)


def _points(share_out: ShareOut, points: Mapping[int, int]) -> dict[str, int]:
    """As it is kept: what has none is not there."""
    known = share_out.options.order_by("position").values_list("pk", flat=True)
    if set(points) - set(known):
        raise Refused("One of these is not among the things to choose from. Load the page again.")
    most = MOST_POINTS if share_out.marks == Marks.POINTS else 1
    if any(not 0 <= n <= most for n in points.values()):
        raise Refused(
            f"Give each thing 0 to {MOST_POINTS} points."
            if most > 1
            else "Tick a thing, or leave it."
        )
    return {str(key): points[key] for key in known if points.get(key)}


def _save(share_out: ShareOut) -> None:
    share_out.version += 1
    share_out.save()


def _record(did: str, by: Actor, share_out: ShareOut, **detail: object) -> None:
    write_down(did, by=by, to=share_out, cluster=share_out.cluster_id, **detail)


def _record_word(did: str, by: Actor, ballot: ShareBallot) -> None:
    """Never what it says."""
    write_down(
        did,
        by=by,
        to=ballot,
        cluster=ballot.share_out.cluster_id,
        share_out=ballot.share_out_id,
        organisation=ballot.organisation_id,
    )
