"""Counting voices: what one voice an organisation comes to, by the way that was agreed before."""

from collections import Counter
from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Literal, get_args

Carries = Literal["consent", "majority", "two_thirds", "everyone"]
Reopens = Literal["never", "any_member", "who_did_not_agree"]
Stance = Literal["agree", "abstain", "disagree", "block"]
Outcome = Literal["carried", "not_carried", "blocked", "tied", "no_quorum"]

CARRIES: tuple[Carries, ...] = get_args(Carries)
REOPENS: tuple[Reopens, ...] = get_args(Reopens)
STANCES: tuple[Stance, ...] = get_args(Stance)

LONGEST_OPEN, LONGEST_WAIT = 366, 3660  # days


@dataclass(frozen=True, kw_only=True)
class Way:
    """A way to decide. Raises ValueError if a part of it means nothing.

    `consent`: more agree than disagree; whoever disagrees is heard and lets it go on, and whoever
    cannot, blocks. `majority`: more than half of those who took a side, for one option. `two_thirds`: at least two in three of them. `everyone`: every
    member, for one option. Whoever abstains has spoken and takes no side.
    """

    slug: str
    number: int  # its version, from 1
    name: str
    sentence: str  # what it means, for whoever has a voice
    carries: Carries
    quorum_percent: int  # of those with a voice; 0 to 100
    block_stops: bool  # one block stops it; else a block is a disagreement
    open_days: int  # for how long it is open, unless somebody chooses another day
    reopens: Reopens  # who may ask for it again once it is closed
    reopens_after_days: int  # not before so many days after it closed

    def __post_init__(self) -> None:
        if self.carries not in CARRIES or self.reopens not in REOPENS:
            raise ValueError(f"{self.slug}: this is not a way to carry or to reopen anything")
        if not 0 <= self.quorum_percent <= 100:
            raise ValueError(f"{self.slug}: a quorum is 0 to 100 per cent")
        if not (1 <= self.open_days <= LONGEST_OPEN and self.reopens_after_days >= 0):
            raise ValueError(f"{self.slug}: days cannot be negative, nor none to vote in")


@dataclass(frozen=True, kw_only=True)
class Said:
    """The voice of one organisation, as it stands."""

    organisation: int
    stance: Stance
    option: int | None = None  # what it agrees to: one of the options; None if it does not agree


@dataclass(frozen=True, kw_only=True)
class Tally:
    outcome: Outcome
    chosen: int | None  # the option that carried
    counts: Mapping[Stance, int]  # of voices; every stance is there
    by_option: Mapping[int, int]  # of those who agree; every option is there, in its order
    n_spoke: int
    n_entitled: int
    n_needed: int  # so many have to speak for it to count; never none


def tally(
    way: Way, said: Iterable[Said], entitled: Collection[int], options: Sequence[int]
) -> Tally:
    """Count the voices of those who are entitled; what others said counts nothing.

    `options` and `entitled` are keys, none twice. Where several options share the most voices and
    would carry if they were one, it is tied; by majority also where as many are against as for.
    Exact: whole numbers only, no share is ever rounded.

    Raises ValueError if an organisation speaks twice, agrees to no option of these, or names one
    without agreeing; and if there is no option, or one is there twice.
    """
    heard = _heard(said, frozenset(entitled), options)
    counts: dict[Stance, int] = {stance: 0 for stance in STANCES}
    for voice in heard:
        counts[voice.stance] += 1
    agreed = Counter(voice.option for voice in heard)
    by_option = {option: agreed[option] for option in options}
    n_entitled = len(frozenset(entitled))
    n_needed = needed(way, n_entitled)
    outcome = _outcome(way, counts, by_option, n_entitled, n_needed)
    chosen = max(options, key=by_option.__getitem__) if outcome == "carried" else None
    return Tally(
        outcome=outcome,
        chosen=chosen,
        counts=counts,
        by_option=by_option,
        n_spoke=len(heard),
        n_entitled=n_entitled,
        n_needed=n_needed,
    )


def needed(way: Way, n_entitled: int) -> int:
    """How many have to speak: the quorum, rounded up; at least one, also where nobody could."""
    return max(1, -(-n_entitled * way.quorum_percent // 100))


def _heard(
    said: Iterable[Said], entitled: frozenset[int], options: Sequence[int]
) -> Sequence[Said]:
    if not options or len(set(options)) < len(options):
        raise ValueError("there is nothing to agree to, or one option twice")
    voices = list(said)
    if len({voice.organisation for voice in voices}) < len(voices):
        raise ValueError("an organisation speaks twice")
    for voice in voices:
        if voice.stance not in STANCES:
            raise ValueError(f"{voice.stance} is not a stance")
        if (voice.option in options) != (voice.stance == "agree"):
            raise ValueError("agreeing is to one of the options, and nothing else is")
    return [voice for voice in voices if voice.organisation in entitled]


def _outcome(
    way: Way,
    counts: Mapping[Stance, int],
    by_option: Mapping[int, int],
    n_entitled: int,
    n_needed: int,
) -> Outcome:
    if sum(counts.values()) < n_needed:
        return "no_quorum"
    if way.block_stops and counts["block"]:
        return "blocked"
    n_for, n_against = counts["agree"], counts["disagree"] + counts["block"]
    most = max(by_option.values())
    n_sharing = sum(n == most for n in by_option.values())
    if n_for and n_sharing == 1 and _carries(way, most, n_for, n_against, n_entitled):
        return "carried"
    if n_for and n_sharing > 1 and _carries(way, n_for, n_for, n_against, n_entitled):
        return "tied"
    if way.carries == "majority" and n_for and n_for == n_against:
        return "tied"
    return "not_carried"


def _carries(way: Way, n: int, n_for: int, n_against: int, n_entitled: int) -> bool:
    """Whether so many for one thing carry it, of all who are for something and against."""
    n_sides = n_for + n_against
    match way.carries:
        case "consent":
            return n_for > n_against
        case "majority":
            return 2 * n > n_sides
        case "two_thirds":
            return 3 * n >= 2 * n_sides
        case "everyone":
            return n == n_entitled


@dataclass(frozen=True, kw_only=True)
class CheckedBack:
    """How often whoever spoke could not decide alone."""

    n_marked: int  # voices marked "had to check back"
    n_voices: int
    n_decisions: int  # closed ones, those in which nobody spoke included


def checked_back(decisions: Iterable[Iterable[bool]]) -> CheckedBack:
    """Of closed decisions, for each voice that counted, whether it was marked.

    Source: HACT, Collaborate 2, worksheet 2 (2010): checking back with the home organisation is
    what costs a Core Group its momentum most.
    """
    marks = [list(decision) for decision in decisions]
    return CheckedBack(
        n_marked=sum(map(sum, marks)), n_voices=sum(map(len, marks)), n_decisions=len(marks)
    )
