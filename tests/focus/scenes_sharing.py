"""Two budgets shared out in the own cluster of a scene, as rows: one closed, one secret and open."""

from collections.abc import Mapping, Sequence
from datetime import date, timedelta

from hedgerow.core import clock
from hedgerow.focus.models import Costed, Idea, Marks, ShareBallot, ShareOut
from hedgerow.people.models import Seat
from tests.factories import Scene, Team

from .scenes_ideas import long_list


def share_out_of(
    own: Team, ideas: Sequence[Idea] = (), *, is_secret: bool = True, due_on: date | None = None
) -> ShareOut:
    row = ShareOut.objects.create(
        cluster=own.cluster,
        number=own.cluster.share_outs.count() + 1,
        budget=600_00,
        marks=Marks.POINTS,
        completion="none",
        ties="name",
        is_secret=is_secret,
        due_on=due_on or clock.today() + timedelta(days=7),
        opened_by=own.facilitator,
        opened_at=clock.now(),
    )
    for position, idea in enumerate(ideas or long_list(own), start=1):
        row.options.create(idea=idea, position=position, title=idea.title, cost=idea.cost)
    return row


def marks_of(
    share_out: ShareOut, seat: Seat, points: Mapping[Costed, int], **other: object
) -> ShareBallot:
    row = {
        "points": {str(option.pk): n for option, n in points.items()},
        "organisation": seat.organisation,
        "channel": "page",
        "by": seat,
        "at": clock.now(),
        "is_shown": not share_out.is_secret,
    }
    return ShareBallot.objects.create(share_out=share_out, **{**row, **other})


def closed(share_out: ShareOut, own: Team) -> ShareOut:
    share_out.closed_at, share_out.closed_by = clock.now(), own.facilitator
    share_out.members = [organisation.pk for organisation in own.organisations]
    share_out.save()
    share_out.ballots.filter(ended_at=None).update(is_shown=True)
    return share_out


# --- one of each


def shown(scene: Scene) -> ShareOut:
    found = ShareOut.objects.filter(cluster=scene.cluster, number=1).first()
    if found:
        return found
    row = share_out_of(scene.own)
    marks_of(row, scene.own.core, {row.options.first(): 5})
    return closed(row, scene.own)


def open_one(scene: Scene) -> ShareOut:
    """The first organisation has marked what it wants."""
    shown(scene)
    found = ShareOut.objects.filter(cluster=scene.cluster, number=2).first()
    if found:
        return found
    row = share_out_of(scene.own)
    marks_of(row, scene.own.core, {row.options.first(): 3})
    return row


def costed(scene: Scene) -> Costed:
    return open_one(scene).options.first()


def hidden_marks(scene: Scene) -> ShareBallot:
    return open_one(scene).ballots.get()


def shown_marks(scene: Scene) -> ShareBallot:
    return shown(scene).ballots.get()


SCENES = {
    "focus.ShareOut": open_one,
    "focus.Costed": costed,
    "focus.ShareBallot": hidden_marks,
    "focus.SEE_MARKS": shown_marks,
}
