"""The lines of a cluster's page of questions, and of one round's own."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from django.urls import reverse

from hedgerow.diagnostics import rules
from hedgerow.diagnostics.models import Asking, Role, Round, Sheet, Talk
from hedgerow.diagnostics.questions.packs import instrument_of
from hedgerow.look.words import day, weekday
from hedgerow.people.access import MEMBERS, visible
from hedgerow.people.models import Cluster
from hedgerow.people.readers import LiveSeat, Reader, seat_words

from .minutes import all_in_words
from .round_status import MemberStatus, RoundStatus
from .rounds import status_of

DONE = 2  # of the signs


@dataclass(frozen=True, kw_only=True)
class RoundLine:
    """One round in a list."""

    round: Round
    status: RoundStatus
    talked_on: date | None

    @property
    def asked(self) -> list[str]:
        return [f"“{instrument_of(asking.text).name}”" for asking in self.status.askings]

    @property
    def when(self) -> str:
        if self.round.is_open:
            return f"Open until {weekday(self.round.due_on)}."
        return f"Asked on {day(self.round.opened_at)}, closed on {day(self.round.closed_at)}."


@dataclass(frozen=True, kw_only=True)
class AskedLine:
    """One instrument of a round, as everybody reads it."""

    asking: Asking
    slug: str
    name: str
    sentence: str
    minutes: str  # in words, and whether real answers were timed
    roles: tuple[str, ...]


@dataclass(frozen=True, kw_only=True)
class OwnLine:
    """One instrument as it stands for the reader, with the one thing to press."""

    name: str
    words: str
    state: int  # of the sign: 0 not begun, 1 under way, 2 done, 3 needs them
    url: str
    button: str  # "": nothing to do here
    differ_url: str  # where two of an organisation answered


@dataclass(frozen=True, kw_only=True)
class OwnPart:
    """What one organisation of the reader's is asked."""

    status: MemberStatus
    lines: tuple[OwnLine, ...]
    may_say_why_not: bool

    @property
    def next(self) -> OwnLine | None:
        """The first that still wants something of the reader."""
        return next((line for line in self.lines if line.button and line.state != DONE), None)


def round_lines(cluster: Cluster) -> list[RoundLine]:
    """The newest first. Five queries for any number."""
    rounds = list(Round.objects.filter(cluster=cluster).order_by("-number"))
    status = status_of(rounds)
    talks = dict(Talk.objects.filter(round__cluster=cluster).values_list("round", "on"))
    return [RoundLine(round=it, status=status[it.pk], talked_on=talks.get(it.pk)) for it in rounds]


def asked_lines(status: RoundStatus) -> list[AskedLine]:
    """One query for all of them."""
    minutes = all_in_words(instrument_of(asking.text) for asking in status.askings)
    return [_asked(asking, minutes[asking.slug]) for asking in status.askings]


def _asked(asking: Asking, minutes: str) -> AskedLine:
    instrument = instrument_of(asking.text)
    return AskedLine(
        asking=asking,
        slug=asking.slug,
        name=instrument.name,
        sentence=instrument.sentence,
        minutes=minutes,
        roles=tuple(Role(role).label.lower() for role in asking.roles),
    )


def own_parts(reader: Reader, round: Round, status: RoundStatus) -> list[OwnPart]:
    """Of each organisation that the reader answers for, once. One query, or none."""
    seats = {
        seat.organisation: seat
        for seat in reader.in_cluster(round.cluster_id)
        if seat.roles & MEMBERS and status.of(seat.organisation)
    }
    if not seats:
        return []
    sheets = list(
        visible(reader, rules.SEE_SHEETS)
        .filter(asking__round=round)
        .select_related("seat__user", "seat__organisation", "seat__cluster", "seat__programme")
        .order_by("pk")
    )
    return [
        _own_part(status.of(organisation), seat, round, status.askings, sheets)
        for organisation, seat in seats.items()
    ]


def _own_part(
    mine: MemberStatus,
    seat: LiveSeat,
    round: Round,
    askings: Sequence[Asking],
    sheets: Sequence[Sheet],
) -> OwnPart:
    ours = [sheet for sheet in sheets if sheet.organisation_id == mine.organisation]
    return OwnPart(
        status=mine,
        lines=tuple(
            _own_line(mine, seat, round, asking, [s for s in ours if s.asking_id == asking.pk])
            for asking in askings
        ),
        may_say_why_not=bool(seat.roles & rules.SAY_WHY_NOT.seats) and not mine.has_answered,
    )


def _own_line(
    member: MemberStatus, seat: LiveSeat, round: Round, asking: Asking, sheets: Sequence[Sheet]
) -> OwnLine:
    own = next((sheet for sheet in sheets if sheet.seat_id == seat.key), None)
    finished = [sheet for sheet in sheets if sheet.finished_at]
    state, words, button = _how(own, finished, is_open=round.is_open)
    begin = reverse("diagnostics:begin_sheet", args=[member.member, asking.pk])
    differ = reverse("diagnostics:differences", args=[member.member, asking.pk])
    return OwnLine(
        name=instrument_of(asking.text).name,
        words=words,
        state=state,
        url=own.get_absolute_url() if own else begin,
        button=button,
        differ_url=differ if len(finished) > 1 else "",
    )


def _how(own: Sheet | None, finished: Sequence[Sheet], *, is_open: bool) -> tuple[int, str, str]:
    """The sign, the words and the button."""
    if own and own.finished_at:
        if own.recorded_by_id and not own.confirmed_at:
            return 3, "It was written down for you. Check it, and confirm it.", "Check it"
        button = "Read or change" if is_open else "Read"
        return 2, f"You answered on {day(own.finished_at)}.", button
    if own:
        begun = f"You began on {day(own.begun_at)}."
        return 1, begun, "Go on" if is_open else "Read"
    if finished:
        who = "; ".join(dict.fromkeys(seat_words(sheet.seat) for sheet in finished))
        return 2, f"Answered: {who}.", "Answer too" if is_open else ""
    return 0, "Not begun." if is_open else "Not answered.", "Answer" if is_open else ""


def talk_of(round: Round) -> Talk | None:
    return (
        Talk.objects.filter(round=round)
        .select_related("by__user", "by__organisation", "by__cluster", "by__programme")
        .first()
    )
