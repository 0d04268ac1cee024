"""What gathering the facts has to come to, and what of it is there."""

from collections.abc import Iterable, Mapping, Sequence
from types import MappingProxyType

from django.urls import reverse

from hedgerow.agreements.models import Meeting
from hedgerow.core import clock
from hedgerow.core.readings import asked_once
from hedgerow.diagnostics.models import Round, Talk
from hedgerow.journeys.models import Stage
from hedgerow.journeys.queries.parts import Part, PartsLine, part_lines
from hedgerow.look.words import clock_time, day, listed, weekday

from .round_status import RoundStatus
from .rounds import rounds_of, status_of

# Sentences of a design that the room can answer by itself: slug of the sentence -> part.
KNOWN: Mapping[str, str] = {
    "all-answered": "answered",
    "picture-talked-through": "talked",
    "next-date": "next",
}


def parts_of(stage: Stage) -> Mapping[str, Part]:
    """By slug, in the order in which they are usually done."""
    return parts_in([stage])[stage.pk]


@asked_once
def parts_in(stages: Iterable[Stage]) -> dict[int, Mapping[str, Part]]:
    """The same for many, by the key of the stage. Six queries at most. Each stage knows its
    journey."""
    stages = list(stages)
    if not stages:
        return {}
    asked = rounds_of(stages)
    rounds = [round for round in asked.values() if round]
    status = status_of(rounds)
    talks = {talk.round_id: talk for talk in Talk.objects.filter(round__in=rounds)}
    coming = _coming([stage.journey.cluster_id for stage in stages])
    found: dict[int, Mapping[str, Part]] = {}
    for stage in stages:
        cluster, round = stage.journey.cluster_id, asked[stage.pk]
        parts = (
            _answered(cluster, round, status[round.pk] if round else None),
            _talked(cluster, round, talks.get(round.pk) if round else None),
            _next(cluster, coming.get(cluster)),
        )
        found[stage.pk] = MappingProxyType({part.slug: part for part in parts})
    return found


def _coming(clusters: Sequence[int]) -> dict[int, Meeting]:
    """The next meeting of each."""
    meetings = Meeting.objects.filter(
        cluster__in=clusters, called_off_at=None, ended_at=None, starts_at__gt=clock.now()
    )
    return {meeting.cluster_id: meeting for meeting in meetings.order_by("-starts_at", "-pk")}


def _answered(cluster: int, round: Round | None, status: RoundStatus | None) -> Part:
    there, missing = [], []
    if round is None or status is None:
        missing.append("No round of questions has been asked yet in this stage.")
    else:
        there.append(f"{status.answered_words} {round}, asked on {day(round.opened_at)}.")
        if refused := [line.name for line in status.members if line.why_not]:
            verb = "has" if len(refused) == 1 else "have"
            there.append(f"{listed(refused)} {verb} said why not.")
        if status.waiting:
            missing.append(_who_is_missing(round, status))
        if unconfirmed := [line.name for line in status.members if line.unconfirmed]:
            there.append(
                f"For {listed(unconfirmed)} it was written down by somebody else. "
                "It counts, and waits to be confirmed."
            )
    return Part(
        slug="answered",
        sentence="Every member has answered, or has said why it does not.",
        there=tuple(there),
        missing=tuple(missing),
        url=round.get_absolute_url() if round else reverse("diagnostics:rounds", args=[cluster]),
        button="Open the round" if round else "Open the questions",
    )


def _who_is_missing(round: Round, status: RoundStatus) -> str:
    names = listed(line.name for line in status.waiting)
    verb = "has" if len(status.waiting) == 1 else "have"
    said = f"{names} {verb} neither answered everything nor said why not."
    if round.is_open:
        return f"{said} Remind them, or ask why."
    return f"{said} {round} is closed: ask them to say why, or ask another round."


def _talked(cluster: int, round: Round | None, talk: Talk | None) -> Part:
    there, missing = [], []
    if talk:
        there.append(f"We talked it through on {day(talk.on)}.")
    if round is None:
        missing.append("There is no picture yet: it comes from the answers to a round.")
    elif round.is_open:
        missing.append(
            f"{round} is still open. Close it once the answers are in, so that the picture stays."
        )
    if round and not talk:
        missing.append("What came of talking the picture through is not written down yet.")
    return Part(
        slug="talked",
        sentence="The round is closed, and we have talked the picture through.",
        there=tuple(there),
        missing=tuple(missing),
        url=round.get_absolute_url() if round else reverse("diagnostics:rounds", args=[cluster]),
        button="Open the round" if round else "Open the questions",
    )


def _next(cluster: int, coming: Meeting | None) -> Part:
    when = f"{weekday(coming.starts_at)}, {clock_time(coming.starts_at)}" if coming else ""
    return Part(
        slug="next",
        sentence="The next date stands.",
        there=(f"{coming.title}: {when}.",) if coming else (),
        missing=() if coming else ("The next meeting has no date yet.",),
        url=reverse("agreements:meetings", args=[cluster]),
        button="Open the meetings",
    )


def gathering_lines(stage: Stage) -> list[PartsLine]:
    """In the order of the design, then what the room wants besides."""
    parts = parts_of(stage) if stage.is_open else {}
    return part_lines(stage, parts, lambda slug, _: (KNOWN[slug],) if slug in KNOWN else ())
