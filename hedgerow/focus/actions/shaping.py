"""Putting ideas together, taking one apart, and taking one off the long list. Nothing is deleted."""

from collections.abc import Iterable, Sequence

from hedgerow.agreements.actions.speakers import MOST_WORDS, said, seat_in
from hedgerow.core import clock
from hedgerow.core.actions import Refused, Stale, action, for_change, locked
from hedgerow.core.actors import Actor
from hedgerow.focus.models import Descent, Ended, Gain, Idea, Source
from hedgerow.focus.queries.ideas_asked import NAMES
from hedgerow.focus.queries.ideas_held import holds_of
from hedgerow.look.words import listed, number
from hedgerow.people.actions.clusters import going_on
from hedgerow.people.models import Cluster, Seat

from .ideas import live_idea, new_card, record_idea, refuse_full

LEAST_MERGED, MOST_MERGED = 2, 6
LEAST_PARTS, MOST_PARTS = 2, 4


@action
def merge_ideas(
    *, by: Actor, cluster: Cluster, ideas: Sequence[Idea], title: str, words: str, because: str
) -> Idea:
    """Put ideas together into a new card.

    Each test keeps what every one of them said, costs that are known are added up, and it is a
    quick win only if all are. A member that said it gains from any of them, and of none that it
    does not, gains from it in its latest words; one that gains from none of them does not; the
    others are asked anew.
    """
    cluster = going_on(locked(cluster))
    seat = seat_in(by, cluster)
    parents = _together(cluster, ideas)
    _refuse_held(parents)
    reason = _because(because, "Say why they belong together; it stays with each of them.")
    child = new_card(
        cluster,
        seat,
        title=title,
        words=words,
        **_origin(parents),
        **{test: _joined(parents, test) for test in Idea.TESTS},
        cost=_added_up(parents),
        is_quick_win=all(parent.is_quick_win for parent in parents),
    )
    _carry_gains(parents, child)
    for parent in parents:
        _end(parent, seat, Ended.MERGED, reason, [child])
    record_idea("focus.ideas_merged", by, child, parents=[parent.pk for parent in parents])
    return child


@action
def split_idea(
    *, by: Actor, idea: Idea, parts: Sequence[tuple[str, str]], because: str, version: int
) -> list[Idea]:
    """Take an idea apart. `parts`: title and words of each; their tests are said anew."""
    cluster = going_on(locked(idea.cluster))
    idea = live_idea(idea, version=version)
    seat = seat_in(by, cluster)
    _refuse_held([idea])
    if not LEAST_PARTS <= len(parts) <= MOST_PARTS:
        raise Refused(
            f"Name {number(LEAST_PARTS)} to {number(MOST_PARTS)} parts, each with a title."
        )
    reason = _because(because, "Say why it is taken apart; it stays with the idea.")
    refuse_full(cluster, len(parts) - 1)
    children = [
        new_card(
            cluster, seat, title=title, words=words, source=idea.source, came_from=idea.came_from
        )
        for title, words in parts
    ]
    _end(idea, seat, Ended.SPLIT, reason, children)
    record_idea("focus.idea_split", by, idea, parts=[child.pk for child in children])
    return children


@action
def withdraw_idea(*, by: Actor, idea: Idea, because: str, version: int) -> Idea:
    """Take it off the long list. It stays to be read, with the reason."""
    cluster = going_on(locked(idea.cluster))
    idea = live_idea(idea, version=version)
    seat = seat_in(by, cluster)
    _refuse_held([idea])
    reason = _because(because, "Say why it is taken off; whoever added it reads that.")
    _end(idea, seat, Ended.WITHDRAWN, reason, [])
    record_idea("focus.idea_withdrawn", by, idea)
    return idea


def _together(cluster: Cluster, ideas: Iterable[Idea]) -> list[Idea]:
    """As they are now, locked, by number; all of them still on the long list."""
    keys = {idea.pk for idea in ideas}
    if not LEAST_MERGED <= len(keys) <= MOST_MERGED:
        raise Refused(
            f"Choose {number(LEAST_MERGED)} to {number(MOST_MERGED)} ideas to put together."
        )
    found = for_change(Idea.objects.filter(pk__in=keys, cluster=cluster).order_by("pk"))
    parents = sorted(found, key=lambda idea: idea.number)
    if len(parents) < len(keys):
        raise Refused("Only ideas of one long list can be put together. Choose again.")
    gone = [f"“{parent}”" for parent in parents if parent.ended_at]
    if gone:
        is_are = "is" if len(gone) == 1 else "are"
        raise Stale(
            f"{listed(gone)} {is_are} off the long list by now. Look at what became of it, "
            "and choose again."
        )
    return parents


def _refuse_held(ideas: Sequence[Idea]) -> None:
    held = holds_of(ideas)
    if held:
        raise Refused(" ".join(held))


def _because(because: str, missing: str) -> str:
    reason = said(because)
    if not reason:
        raise Refused(missing)
    return reason


def _origin(parents: Sequence[Idea]) -> dict[str, str]:
    """That of all, where it is the same; what came from several places was put together by us."""
    if len({parent.source for parent in parents}) > 1:
        return {"source": Source.MEMBER, "came_from": ""}
    froms = {parent.came_from for parent in parents}
    if len(froms) == 1:
        return {"source": parents[0].source, "came_from": parents[0].came_from}
    if parents[0].source == Source.ELSEWHERE:
        return {"source": Source.ELSEWHERE, "came_from": ""}
    return {"source": Source.MEMBER, "came_from": ""}


def _joined(parents: Sequence[Idea], test: str) -> str:
    """What each said, under its title where they differ."""
    told = [(parent.title, getattr(parent, test)) for parent in parents if getattr(parent, test)]
    if len({words for _, words in told}) <= 1:
        return told[0][1] if told else ""
    joined = "\n\n".join(f"{title}: {words}" for title, words in told)
    if len(joined) > MOST_WORDS:
        raise Refused(
            f"Put together, “{NAMES[test]}” would be {len(joined):,} characters long; "
            f"{MOST_WORDS:,} are the most. Shorten it on one of the cards first."
        )
    return joined


def _added_up(parents: Sequence[Idea]) -> int | None:
    known = [parent.cost for parent in parents if parent.cost is not None]
    return sum(known) if known else None


def _carry_gains(parents: Sequence[Idea], child: Idea) -> None:
    """In the member's own words, with the day on which it said them."""
    by_member: dict[int, list[Gain]] = {}
    for gain in Gain.objects.filter(idea__in=parents, ended_at=None).order_by("at", "pk"):
        by_member.setdefault(gain.organisation_id, []).append(gain)
    for said_of in by_member.values():
        against = [gain for gain in said_of if not gain.would_gain]
        if against and len(against) < len(parents):
            continue
        Gain.objects.create(idea=child, **_as_it_was(said_of[-1]))


def _as_it_was(gain: Gain) -> dict[str, object]:
    names = (
        "organisation_id",
        "channel",
        "by_id",
        "recorded_by_id",
        "at",
        "confirmed_by_id",
        "confirmed_at",
        "would_gain",
        "words",
    )
    return {name: getattr(gain, name) for name in names}


def _end(idea: Idea, seat: Seat, how: Ended, because: str, children: Sequence[Idea]) -> None:
    Descent.objects.bulk_create([Descent(parent=idea, child=child) for child in children])
    idea.ended_how, idea.ended_because = how, because
    idea.ended_by, idea.ended_at = seat, clock.now()
    idea.version += 1
    idea.save(update_fields=["ended_how", "ended_because", "ended_by", "ended_at", "version"])
