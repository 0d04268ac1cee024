"""Putting an idea on the long list, and changing its card."""

from typing import Any

from django.db.models import Max

from hedgerow.agreements.actions.speakers import said, seat_in, write_down
from hedgerow.core import clock
from hedgerow.core.actions import Refused, action, locked, nothing_to_do
from hedgerow.core.actors import Actor
from hedgerow.focus.models import Idea, IdeaBefore, Source
from hedgerow.focus.queries.catalogue import areas_of
from hedgerow.focus.queries.ideas_held import votes_on
from hedgerow.focus.queries.ideas_needs import needs_of
from hedgerow.look.words import count, day
from hedgerow.people.actions.clusters import going_on
from hedgerow.people.kinds import refuse_published, refuse_unseen
from hedgerow.people.models import Cluster, Seat

LONGEST_TITLE = LONGEST_SOURCE = 120  # characters
MOST_LIVE = 100  # ideas on one long list
TEXTS = ("words", *Idea.TESTS)


@action
def add_idea(
    *,
    by: Actor,
    cluster: Cluster,
    title: str,
    words: str = "",
    source: str = Source.MEMBER,
    came_from: str = "",
    effect: str = "",
    success: str = "",
    ingredients: str = "",
    own_means: str = "",
    outside: str = "",
    time: str = "",
    cost: int | None = None,
    is_quick_win: bool = False,
) -> Idea:
    """Put a card on the long list. A title is enough; the six tests can wait.

    `came_from`: slug of the need or of the entry of the catalogue, or who does it already.
    """
    cluster = going_on(locked(cluster))
    refuse_published(by, cluster)
    seat = seat_in(by, cluster)
    refuse_full(cluster, 1)
    idea = new_card(
        cluster,
        seat,
        title=title,
        words=words,
        source=Source(source),
        came_from=_origin(cluster, Source(source), came_from),
        effect=effect,
        success=success,
        ingredients=ingredients,
        own_means=own_means,
        outside=outside,
        time=time,
        cost=cost,
        is_quick_win=is_quick_win,
    )
    record_idea("focus.idea_added", by, idea, source=idea.source)
    return idea


@action
def change_idea(
    *,
    by: Actor,
    idea: Idea,
    version: int,
    title: str,
    words: str,
    effect: str,
    success: str,
    ingredients: str,
    own_means: str,
    outside: str,
    time: str,
    cost: int | None,
    is_quick_win: bool,
) -> Idea:
    """Write the card anew, unless it is being voted on. What each changed field said until now is
    kept beside it."""
    idea = live_idea(idea, version=version)
    _refuse_voted_on(idea)
    seat = seat_in(by, idea.cluster)
    told: dict[str, Any] = {
        "title": _title(title),
        "words": said(words),
        "effect": said(effect),
        "success": said(success),
        "ingredients": said(ingredients),
        "own_means": said(own_means),
        "outside": said(outside),
        "time": said(time),
        "cost": _cost(cost),
        "is_quick_win": is_quick_win,
    }
    return _change(by, seat, idea, told)


@action
def mark_quick_win(*, by: Actor, idea: Idea, is_quick_win: bool, version: int) -> Idea:
    idea = live_idea(idea, version=version)
    _refuse_voted_on(idea)
    return _change(by, seat_in(by, idea.cluster), idea, {"is_quick_win": is_quick_win})


def live_idea(idea: Idea, *, version: int | None = None) -> Idea:
    """The card, locked. Raises Refused if its cluster has ended, or it is off the list."""
    idea = locked(idea, version=version)
    going_on(idea.cluster)
    if idea.ended_at:
        raise Refused(
            f"“{idea}” has been off the long list since {day(idea.ended_at)}: "
            f"{idea.get_ended_how_display().lower()}. Open it to see what became of it."
        )
    return idea


def new_card(cluster: Cluster, seat: Seat, **fields: Any) -> Idea:
    """The next number in the cluster, which is locked. Raises Refused for what no card can say."""
    last = Idea.objects.filter(cluster=cluster).aggregate(last=Max("number"))["last"] or 0
    told = {**fields, "title": _title(fields["title"]), "cost": _cost(fields.get("cost"))}
    told |= {name: said(told[name]) for name in TEXTS if name in told}
    return Idea.objects.create(
        cluster=cluster, number=last + 1, raised_by=seat, raised_at=clock.now(), **told
    )


def refuse_full(cluster: Cluster, n: int) -> None:
    """Raises Refused if so many more cards are too many."""
    live = Idea.objects.filter(cluster=cluster, ended_at=None).count()
    if live + n > MOST_LIVE:
        raise Refused(
            f"The long list holds {count(live, 'idea')}; {MOST_LIVE} are the most. Put some of "
            "them together first, or take off what nobody wants any more."
        )


def record_idea(did: str, by: Actor, idea: Idea, **detail: object) -> None:
    write_down(did, by=by, to=idea, cluster=idea.cluster_id, idea=idea.pk, **detail)


def _refuse_voted_on(idea: Idea) -> None:
    """What members voted on is what they read."""
    if told := votes_on([idea]):
        raise Refused(" ".join(told))


def _change(by: Actor, seat: Seat, idea: Idea, told: dict[str, Any]) -> Idea:
    before = {name: getattr(idea, name) for name in told}
    changed = [name for name in told if told[name] != before[name]]
    if not changed:
        nothing_to_do()
        return idea
    IdeaBefore.objects.create(
        idea=idea, said={name: before[name] for name in changed}, by=seat, at=clock.now()
    )
    for name in changed:
        setattr(idea, name, told[name])
    idea.version += 1
    idea.save(update_fields=[*changed, "version"])
    if changed == ["is_quick_win"]:
        record_idea("focus.quick_win_marked", by, idea, is_quick_win=idea.is_quick_win)
    else:
        record_idea("focus.idea_changed", by, idea, n=len(changed))
    return idea


def _title(title: str) -> str:
    title = title.strip()
    refuse_unseen(title)
    if not title:
        raise Refused("Give the idea a title of a few words.")
    if len(title) > LONGEST_TITLE:
        raise Refused(
            f"The title is {len(title)} characters long; {LONGEST_TITLE} are the most. Shorten it."
        )
    return title


def _cost(cost: int | None) -> int | None:
    if cost is not None and cost < 0:
        raise Refused("An idea costs nothing or more. Write 0 if it costs nothing.")
    return cost


def _origin(cluster: Cluster, source: Source, came_from: str) -> str:
    """Where it comes from, if that is there. Else Refused."""
    came_from = came_from.strip()
    refuse_unseen(came_from)
    if source == Source.MEMBER:
        return ""
    if source == Source.ELSEWHERE:
        if len(came_from) > LONGEST_SOURCE:
            raise Refused(f"Say in {LONGEST_SOURCE} characters at most who does it already.")
        return came_from
    known: list[str]
    if source == Source.PICTURE:
        known = [need.slug for need in needs_of(cluster)]
        where = "your shared picture"
    else:
        known = [area.slug for area in areas_of(cluster)]
        where = "the programme’s catalogue"
    if came_from not in known:
        raise Refused(f"This is not in {where} any more. Choose again, or add it as your own idea.")
    return came_from
