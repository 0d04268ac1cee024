"""Who said what about a proposal, as its page shows it."""

from dataclasses import dataclass
from datetime import date

from hedgerow.agreements.models import Channel, Decision, Stance, Voice, Word
from hedgerow.core import clock
from hedgerow.look.words import day
from hedgerow.people.readers import seat_words

from .decisions_gathered import SEAT
from .words import WAYS_TO_US

DISSENT = (Stance.DISAGREE, Stance.BLOCK)

_SAYS = {
    Stance.AGREE: "Agrees",
    Stance.ABSTAIN: "Abstains",
    Stance.DISAGREE: "Disagrees",
    Stance.BLOCK: "Blocks",
}
_DOTS = {Stance.AGREE: 2, Stance.ABSTAIN: 0, Stance.DISAGREE: 1, Stance.BLOCK: 3}


@dataclass(frozen=True, kw_only=True)
class VoiceLine:
    key: int
    organisation: str
    organisation_key: int
    stance: str
    position: int | None  # of the option agreed to
    says: str  # "Agrees to “Meet in May”"
    dot: int  # for the sign: 0 to 3
    reason: str
    had_to_check_back: bool
    on: date
    how: str  # "By Chief executive, Open Door, on the page."
    waits: bool  # written down by somebody else and neither confirmed nor undone
    ended_on: date | None  # said anew, or undone
    is_undone: bool
    counts: bool = True  # False: of an organisation that has no voice in it any more

    @property
    def is_dissent(self) -> bool:
        return self.stance in DISSENT


def all_voices_of(decision: Decision, *, several: bool) -> tuple[list[VoiceLine], list[VoiceLine]]:
    """Those that stand, by name; and the earlier ones, newest first. One query."""
    voices = (
        Voice.objects.filter(decision=decision)
        .select_related(
            "organisation",
            "option",
            *(f"{by}__{part}" for by in ("by", "recorded_by", "confirmed_by") for part in SEAT),
        )
        .order_by("-pk")
    )
    lines = [voice_line(voice, several=several) for voice in voices]
    standing = sorted(
        (line for line in lines if line.ended_on is None),
        key=lambda line: (line.organisation, line.organisation_key),
    )
    return standing, [line for line in lines if line.ended_on]


def voice_line(voice: Voice, *, several: bool, with_how: bool = True) -> VoiceLine:
    """`with_how` reads the seats; without it no more is read than the voice."""
    stance = Stance(voice.stance)
    waits = bool(voice.recorded_by_id) and not voice.confirmed_at and not voice.ended_at
    return VoiceLine(
        key=voice.pk,
        organisation=voice.organisation.name,
        organisation_key=voice.organisation_id,
        stance=stance.value,
        position=voice.option.position if voice.option else None,
        says=says(voice, several=several),
        dot=_DOTS[stance],
        reason=voice.reason,
        had_to_check_back=voice.had_to_check_back,
        on=clock.day_of(voice.at),
        how=how_said(voice) if with_how else "",
        waits=waits,
        ended_on=clock.day_of(voice.ended_at) if voice.ended_at else None,
        is_undone=voice.is_undone,
    )


def says(voice: Voice, *, several: bool) -> str:
    said = _SAYS[Stance(voice.stance)]
    return f"{said} to “{voice.option}”" if several and voice.option else said


def how_said(word: Word) -> str:
    """How it came in, and whether its owner has said that it is right. Reads its seats."""
    if word.recorded_by is None:
        came = "from a letter" if word.channel == Channel.LINK else "on the page"
        return f"By {seat_words(word.by)}, {came}."
    writer = seat_words(word.recorded_by)
    told = f"Written down by {writer}, as said {WAYS_TO_US[Channel(word.channel)]}"
    if word.confirmed_at and word.confirmed_by:
        on = day(word.confirmed_at)
        return f"{told}; confirmed by {seat_words(word.confirmed_by)} on {on}."
    if word.is_undone:
        return f"{told}; undone by their own people."
    return f"{told}; not confirmed yet."
