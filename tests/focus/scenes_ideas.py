"""A long list in the own cluster of a scene, as rows: for tests that are not about making them."""

from hedgerow.core import clock
from hedgerow.focus.models import Descent, Gain, Idea, IdeaBefore, Source
from hedgerow.people.models import Seat
from tests.factories import Scene, Team

TITLES = (
    "One payroll for all of us",
    "A shared minibus",
    "Buying gas together",
    "One telephone line",
    "A joint trainer",
)


def long_list(own: Team, n: int = 5) -> list[Idea]:
    """So many live ideas, each of which costs something."""
    found = list(Idea.objects.filter(cluster=own.cluster, ended_at=None).order_by("number"))
    more = [idea_of(own, title) for title in TITLES[len(found) : n]]
    return [*found, *more][:n]


def idea_of(own: Team, title: str = "Shared training", **other: object) -> Idea:
    """Raised by the Core Group member of the first organisation."""
    last = Idea.objects.filter(cluster=own.cluster).count()
    row = {
        "number": last + 1,
        "title": title,
        "source": Source.MEMBER,
        "cost": (last + 1) * 100_00,
        "raised_by": own.core,
        "raised_at": clock.now(),
    }
    return Idea.objects.create(cluster=own.cluster, **{**row, **other})


def gain_of(
    idea: Idea, seat: Seat, *, would_gain: bool = True, words: str = "Time.", **other: object
) -> Gain:
    """What the organisation of this seat says itself, unless it is told otherwise."""
    row = {
        "organisation": seat.organisation,
        "would_gain": would_gain,
        "words": words,
        "channel": "page",
        "by": seat,
        "at": clock.now(),
    }
    return Gain.objects.create(idea=idea, **{**row, **other})


def idea(scene: Scene) -> Idea:
    return long_list(scene.own)[0]


def descent(scene: Scene) -> Descent:
    parent, child = long_list(scene.own)[:2]
    return Descent.objects.create(parent=parent, child=child)


def before(scene: Scene) -> IdeaBefore:
    return IdeaBefore.objects.create(
        idea=idea(scene), said={"title": "Payroll"}, by=scene.own.core, at=clock.now()
    )


def gain(scene: Scene) -> Gain:
    """Of the first organisation."""
    return gain_of(idea(scene), scene.own.core)


SCENES = {
    "focus.Idea": idea,
    "focus.Descent": descent,
    "focus.IdeaBefore": before,
    "focus.Gain": gain,
}
