"""How far one member, and all of them, have come with a round. Who answered, and never what."""

from dataclasses import dataclass
from datetime import date

from hedgerow.diagnostics.models import Asking, Role
from hedgerow.diagnostics.questions.packs import instrument_of
from hedgerow.look.words import first_up, listed, number, out_of


@dataclass(frozen=True, kw_only=True)
class WhyNotLine:
    key: int
    words: str
    on: date


@dataclass(frozen=True, kw_only=True)
class SheetKey:
    """That somebody answers, without a word of what."""

    key: int
    asking: int
    seat: int
    is_finished: bool


@dataclass(frozen=True, kw_only=True)
class MemberStatus:
    """One member, and how much of what it is asked is answered."""

    member: int  # key of its membership
    organisation: int
    name: str
    n_asked: int  # an instrument asked of three roles counts three times
    n_finished: int
    sheets: tuple[SheetKey, ...]
    open_askings: frozenset[int]  # keys of those that still want an answer of this member
    missing_roles: tuple[tuple[str, tuple[Role, ...]], ...]  # instrument -> who has not answered
    unconfirmed: tuple[int, ...]  # keys of sheets that a facilitator wrote down
    why_not: WhyNotLine | None

    @property
    def has_begun(self) -> bool:
        return bool(self.sheets)

    @property
    def has_answered(self) -> bool:
        return self.n_finished == self.n_asked

    @property
    def is_done(self) -> bool:
        return self.has_answered or self.why_not is not None

    @property
    def words(self) -> str:
        """ "Answered", "Two of three answered", "Not begun"."""
        if self.has_answered:
            return "Answered"
        if self.n_finished:
            return f"{first_up(out_of(self.n_finished, self.n_asked))} answered"
        return "Begun" if self.has_begun else "Not begun"

    @property
    def still_wants(self) -> str:
        """ "Capacity: front line and board", where roles are asked one by one."""
        said = (
            f"{name}: {listed(role.label.lower() for role in roles)}"
            for name, roles in self.missing_roles
        )
        return "; ".join(said)


@dataclass(frozen=True, kw_only=True)
class RoundStatus:
    askings: tuple[Asking, ...]
    members: tuple[MemberStatus, ...]  # full members, by name

    @property
    def waiting(self) -> list[MemberStatus]:
        """Those who have neither answered all nor said why not."""
        return [member for member in self.members if not member.is_done]

    @property
    def n_answered(self) -> int:
        return sum(member.has_answered for member in self.members)

    @property
    def is_complete(self) -> bool:
        return bool(self.members) and not self.waiting

    @property
    def minutes(self) -> int:
        """For one person who answers all of it, as the packs guess."""
        return sum(instrument_of(asking.text).minutes for asking in self.askings)

    @property
    def answered_words(self) -> str:
        """ "Four of six have answered"."""
        verb = "has" if self.n_answered == 1 else "have"
        return f"{first_up(out_of(self.n_answered, len(self.members)))} {verb} answered"

    @property
    def in_short(self) -> str:
        """ "Four of six have answered, and one has said why not"."""
        n = sum(not member.has_answered and member.is_done for member in self.members)
        if not n:
            return self.answered_words
        return f"{self.answered_words}, and {number(n)} {'has' if n == 1 else 'have'} said why not"

    def finished_by(self, seat: int, organisation: int) -> bool:
        """Whether somebody has finished all that is asked, for their part."""
        mine = self.of(organisation)
        done = (
            {it.asking for it in mine.sheets if it.seat == seat and it.is_finished} if mine else ()
        )
        return len(done) == len(self.askings)

    def of(self, organisation: int | None) -> MemberStatus | None:
        return next((one for one in self.members if one.organisation == organisation), None)
