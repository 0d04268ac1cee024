"""Red spots and ten votes, what is level, and what comes back."""

from collections.abc import Mapping

from hedgerow.agreements.models import Channel
from hedgerow.core.rooms import Deed
from hedgerow.focus.actions import reopenings, shortlisting, voting
from hedgerow.focus.models import Candidate, RedSpot, Reopening, Round, Settled
from hedgerow.people.example import Scene

from .steps import Step, kept


def _shortlisting(scene: Scene, slug: str, step: Step) -> None:
    scene.kept[step["key"]] = shortlisting.begin_shortlisting(
        by=scene.by(step["by"]),
        cluster=scene.clusters[slug],
        ideas=kept(scene, step["ideas"]),
        is_secret=step["secret"],
        due_on=scene.day(step["due"]),
    )


def _spots(scene: Scene, slug: str, step: Step) -> None:
    """Each member uses its red spot itself, or says that it does not."""
    round = _open_round(scene, step)
    for key in step["none"]:
        voting.use_red_spot(by=scene.by(key), round=round, candidate=None)
    for key, told in step.get("used", {}).items():
        candidate = _candidate(scene, step["of"], told["idea"])
        voting.use_red_spot(
            by=scene.by(key), round=round, candidate=candidate, reason=told["reason"]
        )


def _record_spot(scene: Scene, slug: str, step: Step) -> None:
    voting.record_spot(
        by=scene.by(step["by"]),
        round=_open_round(scene, step),
        organisation=scene.seats[step["for"]].organisation,
        candidate=None,
        reason="",
        channel=Channel(step["channel"]),
    )


def _confirm_spot(scene: Scene, slug: str, step: Step) -> None:
    by = scene.by(step["by"])
    spot = RedSpot.objects.get(
        round__shortlisting=scene.kept[step["of"]], organisation=by.for_organisation, ended_at=None
    )
    voting.confirm_spot(by=by, spot=spot)


def _ballots(scene: Scene, slug: str, step: Step) -> None:
    """Each member casts its own ten votes."""
    round = _open_round(scene, step)
    for key, told in step["cast"].items():
        votes = {_candidate(scene, step["of"], idea).pk: n for idea, n in told.items()}
        voting.cast_ballot(by=scene.by(key), round=round, votes=votes)


def _close_votes(scene: Scene, slug: str, step: Step) -> None:
    round = _open_round(scene, step)
    shortlisting.close_vote_round(
        by=scene.by(step["by"]), round=round, knows_absent=False, version=round.version
    )


def _next_votes(scene: Scene, slug: str, step: Step) -> None:
    listing = scene.kept[step["of"]]
    listing.refresh_from_db()
    shortlisting.open_vote_round(
        by=scene.by(step["by"]),
        shortlisting=listing,
        due_on=scene.day(step["due"]) if "due" in step else None,
        version=listing.version,
    )


def _settle(scene: Scene, slug: str, step: Step) -> None:
    round = Round.objects.filter(shortlisting=scene.kept[step["of"]]).latest("number")
    shortlisting.settle_round(
        by=scene.by(step["by"]),
        round=round,
        settled=Settled(step["settled"]),
        version=round.version,
    )


def _ask_back(scene: Scene, slug: str, step: Step) -> None:
    reopenings.ask_to_reopen(
        by=scene.by(step["by"]),
        candidate=_candidate(scene, step["of"], step["idea"]),
        reason=step["reason"],
    )


def _come_back(scene: Scene, slug: str, step: Step) -> None:
    """Each of them agrees that it comes back."""
    candidate = _candidate(scene, step["of"], step["idea"])
    for key in step["yes"]:
        asked = Reopening.objects.filter(candidate=candidate).latest("pk")
        reopenings.answer_reopening(by=scene.by(key), reopening=asked, agrees=True)


def _open_round(scene: Scene, step: Step) -> Round:
    return Round.objects.get(shortlisting=scene.kept[step["of"]], closed_at=None)


def _candidate(scene: Scene, listing: str, idea: str) -> Candidate:
    return Candidate.objects.get(shortlisting=scene.kept[listing], idea=scene.kept[idea])


DEEDS: Mapping[str, Deed] = {
    "shortlisting": _shortlisting,
    "spots": _spots,
    "record_spot": _record_spot,
    "confirm_spot": _confirm_spot,
    "ballots": _ballots,
    "close_votes": _close_votes,
    "next_votes": _next_votes,
    "settle": _settle,
    "ask_back": _ask_back,
    "come_back": _come_back,
}
