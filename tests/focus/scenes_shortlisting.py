"""Three shortlistings in the own cluster of a scene, as rows: one that ended with a shortlist, one
that was given up before its red spots were shown, and one with a secret round of votes open."""

from collections.abc import Mapping, Sequence
from datetime import date, timedelta

from hedgerow.core import clock
from hedgerow.focus.models import (
    Answer,
    Ballot,
    Candidate,
    Idea,
    RedSpot,
    Reopening,
    Round,
    RoundKind,
    Shortlist,
    Shortlisted,
    Shortlisting,
)
from hedgerow.people.models import Seat
from tests.factories import Scene, Team

from .scenes_ideas import long_list


def shortlisting_of(
    own: Team, ideas: Sequence[Idea] = (), *, is_secret: bool = True, due_on: date | None = None
) -> Shortlisting:
    """Begun by the facilitator, with its round of red spots open, due in a week."""
    row = Shortlisting.objects.create(
        cluster=own.cluster,
        number=own.cluster.shortlistings.count() + 1,
        is_secret=is_secret,
        begun_by=own.facilitator,
        begun_at=clock.now(),
    )
    for position, idea in enumerate(ideas or long_list(own), start=1):
        row.candidates.create(idea=idea, position=position, title=idea.title)
    round_of(row, own, due_on=due_on)
    return row


def round_of(shortlisting: Shortlisting, own: Team, *, due_on: date | None = None) -> Round:
    """The next one: the first is of red spots."""
    number = shortlisting.rounds.count() + 1
    return shortlisting.rounds.create(
        number=number,
        kind=RoundKind.SPOTS if number == 1 else RoundKind.VOTES,
        due_on=due_on or clock.today() + timedelta(days=7),
        opened_by=own.facilitator,
        opened_at=clock.now(),
    )


def spot_of(
    round: Round, seat: Seat, candidate: Candidate | None = None, reason: str = "", **other: object
) -> RedSpot:
    """The one of this seat's organisation, hidden if the shortlisting is secret."""
    return RedSpot.objects.create(
        round=round, candidate=candidate, reason=reason, **{**_word(round, seat), **other}
    )


def ballot_of(round: Round, seat: Seat, votes: Mapping[Candidate, int], **other: object) -> Ballot:
    pairs = [*votes.items(), (None, 0), (None, 0)][:3]
    row = {
        name: value
        for place, (candidate, n) in zip(("first", "second", "third"), pairs, strict=True)
        for name, value in ((place, candidate), (f"n_{place}", n))
    }
    return Ballot.objects.create(round=round, **row, **{**_word(round, seat), **other})


def closed(round: Round, own: Team) -> Round:
    """By the facilitator, with the three organisations of the team entitled; what stands is shown."""
    round.closed_at, round.closed_by = clock.now(), own.facilitator
    round.members = [organisation.pk for organisation in own.organisations]
    round.save()
    round.spots.filter(ended_at=None).update(is_shown=True)
    round.ballots.filter(ended_at=None).update(is_shown=True)
    return round


def ended(shortlisting: Shortlisting, own: Team, because: str = "") -> Shortlisting:
    shortlisting.ended_at, shortlisting.ended_by = clock.now(), own.facilitator
    shortlisting.given_up_because = because
    shortlisting.save()
    return shortlisting


def shortlist_of(
    own: Team,
    ideas: Sequence[Idea],
    shortlisting: Shortlisting | None = None,
    words: str = "We talked it through.",
    **other: object,
) -> Shortlist:
    row = Shortlist.objects.create(
        cluster=own.cluster,
        number=own.cluster.shortlists.count() + 1,
        shortlisting=shortlisting,
        words=words,
        by=own.facilitator,
        at=clock.now(),
        **other,
    )
    for position, idea in enumerate(ideas, start=1):
        row.items.create(idea=idea, position=position)
    return row


def _word(round: Round, seat: Seat) -> dict[str, object]:
    return {
        "organisation": seat.organisation,
        "channel": "page",
        "by": seat,
        "at": clock.now(),
        "is_shown": not round.shortlisting.is_secret,
    }


# --- one of each


def shown(scene: Scene) -> Shortlisting:
    """Ended with a shortlist."""
    own = scene.own
    found = Shortlisting.objects.filter(cluster=scene.cluster, number=1).first()
    if found:
        return found
    row = shortlisting_of(own)
    first, *others = row.candidates.all()
    spots = row.rounds.get()
    spot_of(spots, own.core, first, "We have one already.")
    closed(spots, own)
    votes = round_of(row, own)
    ballot_of(votes, own.core, {others[0]: 6, others[1]: 4})
    closed(votes, own)
    ended(row, own)
    shortlist_of(own, [it.idea for it in others[:3]], row)
    return row


def given_up(scene: Scene) -> Shortlisting:
    """In the midst of a secret round of red spots, in which the first organisation used its own."""
    shown(scene)
    found = Shortlisting.objects.filter(cluster=scene.cluster, number=2).first()
    if found:
        return found
    row = shortlisting_of(scene.own)
    spot_of(row.rounds.get(), scene.own.core, row.candidates.first(), "Of no use to us.")
    return ended(row, scene.own, because="Half of us were away.")


def going_on(scene: Scene) -> Shortlisting:
    """In its first secret round of votes, in which the first organisation has voted."""
    given_up(scene)
    found = Shortlisting.objects.filter(cluster=scene.cluster, number=3).first()
    if found:
        return found
    own, row = scene.own, shortlisting_of(scene.own)
    closed(row.rounds.get(), own)
    ballot_of(round_of(row, own), own.core, {row.candidates.first(): 10})
    return row


def candidate(scene: Scene) -> Candidate:
    return going_on(scene).candidates.first()


def open_round(scene: Scene) -> Round:
    return going_on(scene).rounds.get(closed_at=None)


def hidden_spot(scene: Scene) -> RedSpot:
    return RedSpot.objects.get(round__shortlisting=given_up(scene))


def shown_spot(scene: Scene) -> RedSpot:
    return RedSpot.objects.get(round__shortlisting=shown(scene))


def hidden_ballot(scene: Scene) -> Ballot:
    return Ballot.objects.get(round__shortlisting=going_on(scene))


def shown_ballot(scene: Scene) -> Ballot:
    return Ballot.objects.get(round__shortlisting=shown(scene))


def reopening(scene: Scene) -> Reopening:
    """Of what the first organisation struck out, which asks for it again."""
    struck = shown_spot(scene).candidate
    found = struck.reopenings.first()
    return found or struck.reopenings.create(
        after=shown_spot(scene).round,
        reason="We were wrong.",
        asked_by=scene.own.core,
        asked_at=clock.now(),
    )


def answer(scene: Scene) -> Answer:
    return reopening(scene).answers.create(
        agrees=True,
        organisation=scene.own.organisations[0],
        channel="page",
        by=scene.own.core,
        at=clock.now(),
    )


def shortlist(scene: Scene) -> Shortlist:
    return shown(scene).shortlist


def shortlisted(scene: Scene) -> Shortlisted:
    return shortlist(scene).items.get(position=1)


SCENES = {
    "focus.Shortlisting": going_on,
    "focus.Candidate": candidate,
    "focus.Round": open_round,
    "focus.RedSpot": hidden_spot,
    "focus.SEE_SPOTS": shown_spot,
    "focus.Ballot": hidden_ballot,
    "focus.SEE_BALLOTS": shown_ballot,
    "focus.Reopening": reopening,
    "focus.Answer": answer,
    "focus.Shortlist": shortlist,
    "focus.Shortlisted": shortlisted,
}
