"""What gathering the facts has to come to, and what of it is there."""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from types import MappingProxyType

from django.db.models import Exists, OuterRef
from django.urls import reverse

from hedgerow.agreements.models import Meeting
from hedgerow.core import clock
from hedgerow.core.readings import asked_once
from hedgerow.diagnostics.models import Round, Talk
from hedgerow.journeys.models import ExitTest, Stage, Tick
from hedgerow.journeys.queries import ExitTestLine, exit_test_lines
from hedgerow.journeys.queries.stages import TickLine
from hedgerow.look.words import clock_time, day, listed, weekday

from .round_status import RoundStatus
from .rounds import rounds_of, status_of


@dataclass(frozen=True, kw_only=True)
class Part:
    """One thing that gathering takes."""

    slug: str
    sentence: str  # what is wanted, where the design has no sentence for it
    there: tuple[str, ...]  # sentences on what there is
    missing: tuple[str, ...]  # sentences on what is not; none: it is met
    url: str  # where it is done
    button: str

    @property
    def is_met(self) -> bool:
        return not self.missing


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


def unticked_in(stages: Iterable[Stage]) -> dict[int, list[ExitTest]]:
    """By the key of the stage: its sentences that only a tick answers, and that have none. One
    query, or none."""
    found: dict[int, list[ExitTest]] = {stage.pk: [] for stage in stages}
    standing = Tick.objects.filter(exit_test=OuterRef("pk"), undone_at=None)
    tests = ExitTest.objects.filter(~Exists(standing), stage__in=found).exclude(slug__in=KNOWN)
    for test in tests if found else ():
        found[test.stage_id].append(test)
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


@dataclass(frozen=True, kw_only=True)
class GatheringLine:
    """A sentence that ends the stage, or a part that no sentence of the design names."""

    key: int | None  # of the exit test
    ident: str
    sentence: str
    hint: str  # what would show it, where it is ticked
    part: Part | None  # that answers it; None: it is ticked
    tick: TickLine | None
    taken_back: tuple[TickLine, ...]
    is_over: bool  # of a stage that is closed or left, or has not begun

    @property
    def is_met(self) -> bool:
        return self.part.is_met if self.part else self.tick is not None

    @property
    def wants_tick(self) -> bool:
        return not self.part and self.tick is None and not self.is_over


def gathering_lines(stage: Stage) -> list[GatheringLine]:
    """In the order of the design, then what the room wants besides.

    Of a stage that is not open, only what was written at the time: how things stand today says
    nothing about it.
    """
    parts = parts_of(stage) if stage.is_open else {}
    lines = [_line(test, parts, stage) for test in exit_test_lines(stage)]
    named = {line.part.slug for line in lines if line.part}
    return [*lines, *_besides(part for slug, part in parts.items() if slug not in named)]


def _line(test: ExitTestLine, parts: Mapping[str, Part], stage: Stage) -> GatheringLine:
    return GatheringLine(
        key=test.key,
        ident=f"test-{test.key}",
        sentence=test.sentence,
        hint=test.hint,
        part=parts.get(KNOWN.get(test.slug, "")),
        tick=test.tick,
        taken_back=test.taken_back,
        is_over=not stage.is_open,
    )


def _besides(parts: Iterable[Part]) -> Iterator[GatheringLine]:
    for part in parts:
        yield GatheringLine(
            key=None,
            ident=part.slug,
            sentence=part.sentence,
            hint="",
            part=part,
            tick=None,
            taken_back=(),
            is_over=False,
        )
