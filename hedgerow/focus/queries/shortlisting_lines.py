"""What the pages of a shortlisting show, line by line."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from typing import Literal

Stands = Literal["standing", "struck", "dropped"]
State = Literal["voting", "level", "pause", "enough", "written", "given_up"]


@dataclass(frozen=True, kw_only=True)
class CandidateLine:
    key: int
    idea: int
    title: str
    url: str  # of the idea
    stands: Stands
    is_back: bool  # it was out, came back, and stands
    said: str  # "Struck out by Open Door.", "Dropped in round 2."; "" where it stood all along
    may_be_asked: bool  # it can be asked to come back now
    asked: str  # url of the open request that it comes back; "" if nobody asks


@dataclass(frozen=True, kw_only=True)
class SpotLine:
    """What a member said in a round of red spots that is shown."""

    key: int
    organisation: str
    organisation_key: int
    candidate: int | None  # None: it uses no red spot
    title: str  # of the idea; "" for none
    reason: str
    how: str  # "By Chief executive, Open Door, on the page."
    waits: bool  # written down by somebody else, and not confirmed yet
    counts: bool  # False: of a member that had no vote when the round closed


@dataclass(frozen=True, kw_only=True)
class BallotLine:
    """The ten votes of a member, in a round where they are shown."""

    key: int
    organisation: str
    organisation_key: int
    votes: tuple[int, ...]  # in the order of the page's candidates; nought where it gave none
    says: str  # "Six for “A shared van” and four for “One rota”."
    how: str
    waits: bool
    counts: bool


@dataclass(frozen=True, kw_only=True)
class RoundLine:
    """A round that is closed."""

    key: int
    number: int
    version: int
    name: str  # "Red spots", "Round 1"
    url_name: str  # for links within the page: "round-2"
    is_spots: bool
    closed_on: date
    closed_by: str
    totals: tuple[int | None, ...]  # in the order of the page's candidates; None: did not stand
    lowest: tuple[str, ...]  # titles at the bottom
    dropped: tuple[str, ...]  # titles that dropped, or were struck out
    absent: tuple[str, ...]  # names of those who did not vote
    sentence: str  # what came of it
    settled: str  # what the group said where several were level, and who pressed; "" if nothing
    spots: tuple[SpotLine, ...]
    ballots: tuple[BallotLine, ...]


@dataclass(frozen=True, kw_only=True)
class VotedLine:
    """Whether a member has voted in the open round; never what."""

    organisation: str
    organisation_key: int
    has_voted: bool
    is_written: bool  # written down for it, and not confirmed yet


@dataclass(frozen=True, kw_only=True)
class OpenRound:
    key: int
    number: int
    version: int
    name: str
    is_spots: bool
    is_live: bool  # held in a meeting: no last day
    due_on: date | None
    is_past: bool  # its last day is over, and nobody has closed it
    members: tuple[VotedLine, ...]  # by name
    spots: tuple[SpotLine, ...]  # only where ballots are open from the start
    ballots: tuple[BallotLine, ...]
    sentence: str  # until when, and who has not voted

    @property
    def waits_for(self) -> tuple[str, ...]:
        return tuple(one.organisation for one in self.members if not one.has_voted)

    @property
    def has_all_voted(self) -> bool:
        return not self.waits_for


@dataclass(frozen=True, kw_only=True)
class OwnWord:
    """What the reader's own organisation said in a round, or that it has not."""

    key: int | None  # of the spot or the ballot; None: it has not voted
    round: int
    round_name: str
    is_spots: bool
    is_open: bool  # the round
    organisation: str
    organisation_key: int
    says: str  # "Six for …", "A red spot for …", "No red spot."; "" if it has not voted
    candidate: int | None  # that has the red spot
    reason: str
    votes: Mapping[int, int]  # key of a candidate -> votes
    how: str
    waits: bool  # written down for it, to be confirmed or undone
    may_speak: bool  # the reader votes for it today


@dataclass(frozen=True, kw_only=True)
class AnswerLine:
    key: int
    organisation: str
    organisation_key: int
    agrees: bool
    reason: str
    how: str
    waits: bool
    is_own: bool  # of the reader's own organisation


@dataclass(frozen=True, kw_only=True)
class ReopeningLine:
    """A request that an idea comes back."""

    key: int
    version: int
    url: str
    candidate: int
    title: str
    reason: str
    asked_by: str
    asked_on: date
    is_open: bool
    state: Literal["open", "granted", "declined", "taken_back"]
    answers: tuple[AnswerLine, ...]  # that stand, by name
    waits_for: tuple[tuple[int, str], ...]  # key and name of members that have not answered
    has_all_agreed: bool  # open, though all who are members today agree: somebody agrees again
    sentence: str


@dataclass(frozen=True, kw_only=True)
class ShortlistingPage:
    key: int
    number: int
    version: int
    cluster: int
    is_secret: bool
    begun_by: str
    begun_on: date
    meeting: str  # its title; "" if none
    meeting_url: str
    state: State
    next: str  # what can be done next, in a sentence or two
    candidates: tuple[CandidateLine, ...]  # in their order
    rounds: tuple[RoundLine, ...]  # closed, the first first
    open: OpenRound | None
    own: tuple[OwnWord, ...]  # in the open round, one for each organisation of the reader's
    to_confirm: tuple[OwnWord, ...]  # in any round, what was written down for the reader's own
    reopenings: tuple[ReopeningLine, ...]  # the newest first
    level: tuple[CandidateLine, ...]  # at the bottom, where the group has to say
    may_open_round: bool
    may_drop_all: bool  # of what is level; False where nothing would be left
    may_write: bool  # the shortlist can be written down from it now
    may_give_up: bool
    ended_by: str
    ended_on: date | None
    given_up_because: str
    shortlist_url: str  # "" until it is written

    @property
    def standing(self) -> tuple[CandidateLine, ...]:
        return tuple(one for one in self.candidates if one.stands == "standing")

    @property
    def struck(self) -> tuple[CandidateLine, ...]:
        return tuple(one for one in self.candidates if one.stands == "struck")

    @property
    def dropped(self) -> tuple[CandidateLine, ...]:
        return tuple(one for one in self.candidates if one.stands == "dropped")

    @property
    def vote_rounds(self) -> tuple[RoundLine, ...]:
        return tuple(one for one in self.rounds if not one.is_spots)

    @property
    def table(self) -> tuple[tuple[CandidateLine, tuple[int | None, ...]], ...]:
        """Each candidate with its votes in each closed round of votes; None: it did not stand."""
        return tuple(
            (one, tuple(round.totals[place] for round in self.vote_rounds))
            for place, one in enumerate(self.candidates)
        )


@dataclass(frozen=True, kw_only=True)
class ShortlistingLine:
    """One shortlisting in the list of a cluster's."""

    key: int
    number: int
    url: str
    begun_on: date
    ended_on: date | None
    state: str  # "Open", "Written down", "Given up"
    sentence: str
    n_candidates: int
