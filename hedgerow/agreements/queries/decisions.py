"""One decision, as its own page shows it."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from datetime import date, timedelta

from hedgerow.agreements.models import Decision, Outcome, Promise, Remark, Stance
from hedgerow.analysis.voices import Way
from hedgerow.core import clock
from hedgerow.core.links import Link
from hedgerow.core.models import SpentLink
from hedgerow.look.words import count, day, first_up, listed, number, out_of, weekday
from hedgerow.people.models import Role
from hedgerow.people.readers import LiveSeat, Reader, seat_words

from .decision_outcomes import counted, dot_of, explained, spoke, state_of
from .decision_voices import VoiceLine, all_voices_of
from .decisions_gathered import SEAT, Heard, heard_in, last_day, voiced_in
from .ways import reopening


@dataclass(frozen=True, kw_only=True)
class OptionLine:
    position: int  # from 1
    words: str
    n: int  # who agree to it
    is_chosen: bool


@dataclass(frozen=True, kw_only=True)
class RemarkLine:
    key: int
    by: str
    on: date
    words: str  # empty once it is taken back
    taken_back_on: date | None


@dataclass(frozen=True, kw_only=True)
class PromiseLine:
    words: str
    url: str
    due_on: date


@dataclass(frozen=True, kw_only=True)
class OtherRun:
    """The decision that this one decides again, or that decides this one again."""

    number: int
    title: str
    url: str
    state: str


@dataclass(frozen=True, kw_only=True)
class DecisionPage:
    state: str  # "Open", or its outcome
    dot: int
    news: str  # what the title would say if it were a sentence
    way: Way
    way_aside: str  # "Consent, version 1"
    options: tuple[OptionLine, ...]  # empty for a plain proposal
    proposed_by: str
    opened_on: date
    last_day: date
    is_past: bool  # open still, though its time is over
    closed_by: str  # empty while it is open
    sums: str
    explained: str  # empty while it is open
    voices: tuple[VoiceLine, ...]  # that stand, by name
    silent: tuple[tuple[int, str], ...]  # keys and names of members who have not spoken
    earlier: tuple[VoiceLine, ...]  # newest first
    remarks: tuple[RemarkLine, ...]
    promises: tuple[PromiseLine, ...]
    reopens: OtherRun | None
    reopened_as: OtherRun | None
    n_unconfirmed: int
    again: str  # who may have it decided again, and when
    again_from: date | None  # None while it is open, and where it is not decided again

    @property
    def dissent(self) -> tuple[VoiceLine, ...]:
        return tuple(line for line in self.counted if line.is_dissent)

    @property
    def chosen_position(self) -> int | None:
        return next((option.position for option in self.options if option.is_chosen), None)

    @property
    def counted(self) -> tuple[VoiceLine, ...]:
        return tuple(line for line in self.voices if line.counts)

    @property
    def voices_aside(self) -> str:
        n = len(self.counted)
        return first_up(out_of(n, n + len(self.silent)))

    @property
    def n_checked_back(self) -> int:
        return sum(line.had_to_check_back for line in self.counted)

    @property
    def has_all_spoken(self) -> bool:
        return not self.silent and not self.n_unconfirmed

    def voice_of(self, organisation: int | None) -> VoiceLine | None:
        return next((one for one in self.voices if one.organisation_key == organisation), None)


def decision_page(decision: Decision) -> DecisionPage:
    """Ten queries, whoever spoke and however often."""
    (heard,) = heard_in([decision])
    standing, earlier = all_voices_of(decision, several=heard.has_options)
    standing = [replace(one, counts=one.organisation_key in heard.entitled) for one in standing]
    spoken = {line.organisation_key for line in standing}
    members = voiced_in([decision.cluster])[decision.cluster_id]
    silent = [(key, name) for key, name in members.items() if key not in spoken]
    if not decision.is_open:
        silent = _silent_then(decision, spoken)
    return DecisionPage(
        state=state_of(decision),
        dot=dot_of(decision),
        news=_news(heard),
        way=heard.way,
        way_aside=f"{heard.way.name}, version {heard.way.number}",
        options=_options(heard),
        proposed_by=seat_words(decision.proposed_by),
        opened_on=clock.day_of(decision.opened_at),
        last_day=last_day(decision),
        is_past=decision.is_open and decision.closes_at <= clock.now(),
        closed_by=_closed_by(decision),
        sums=f"{spoke(heard.sums, is_open=decision.is_open)} {counted(heard.sums)}".strip(),
        explained=_explained(heard),
        voices=tuple(standing),
        silent=tuple(silent),
        earlier=tuple(earlier),
        remarks=tuple(map(_remark, _remarks(decision))),
        promises=tuple(_promises(decision)),
        reopens=_other(decision.reopens),
        reopened_as=_other(Decision.objects.filter(reopens=decision).first()),
        n_unconfirmed=sum(line.waits and line.counts for line in standing),
        again=reopening(heard.way, _again_from(heard)),
        again_from=_again_from(heard),
    )


def spent_on(link: Link) -> date | None:
    """When a link was used; None while it still works. One query."""
    at = SpentLink.objects.filter(digest=link.digest).values_list("at", flat=True).first()
    return clock.day_of(at) if at else None


def voices_here(reader: Reader, cluster: int) -> list[LiveSeat]:
    """The seats from which the reader votes there, one an organisation."""
    seats = [seat for seat in reader.in_cluster(cluster) if Role.CORE in seat.roles]
    return list({seat.organisation: seat for seat in reversed(seats)}.values())


def idle_deputies(reader: Reader, cluster: int) -> list[LiveSeat]:
    """Seats of the reader's as a deputy for whom nobody has said that they stand in today."""
    speaks_for = {seat.organisation for seat in voices_here(reader, cluster)}
    return [
        seat
        for seat in reader.in_cluster(cluster)
        if seat.role is Role.DEPUTY and seat.organisation not in speaks_for
    ]


def _silent_then(decision: Decision, spoken: set[int]) -> list[tuple[int, str]]:
    """Of those that had a voice when it closed."""
    keys = [key for key in decision.entitled if key not in spoken]
    if not keys:
        return []
    members = decision.cluster.organisations.filter(pk__in=keys).distinct().order_by("name")
    return list(members.values_list("pk", "name"))


def _closed_on(decision: Decision) -> date | None:
    return clock.day_of(decision.closed_at) if decision.closed_at else None


def _again_from(heard: Heard) -> date | None:
    closed_on = _closed_on(heard.decision)
    is_decided = heard.decision.outcome not in ("", Outcome.WITHDRAWN)
    if closed_on is None or not is_decided or heard.way.reopens == "never":
        return None
    rests = heard.way.reopens_after_days if heard.decision.outcome == Outcome.CARRIED else 0
    return closed_on + timedelta(days=rests)


def may_ask_again(page: DecisionPage, organisations: Iterable[int | None]) -> bool:
    """Whether one of these members may have it decided again today."""
    if page.again_from is None or clock.today() < page.again_from or page.reopened_as:
        return False
    if page.way.reopens == "any_member":
        return any(organisations)
    agreed = {
        line.organisation_key
        for line in page.counted
        if line.stance == Stance.AGREE
        and (not page.chosen_position or line.position == page.chosen_position)
    }
    return any(organisation not in agreed for organisation in organisations)


def _news(heard: Heard) -> str:
    one = heard.decision
    if one.is_open and one.closes_at <= clock.now():
        return f"Voting ended on {weekday(last_day(one))}. The votes are being counted."
    if one.is_open:
        n_left = len(heard.entitled) - heard.sums.n_spoke
        waits = f"{first_up(count(n_left, 'member'))} {'has' if n_left == 1 else 'have'} not voted"
        waits = waits if n_left else "All members have voted"
        return f"Open until the end of {weekday(last_day(one))}. {waits}."
    on = day(one.closed_at)
    if one.outcome == Outcome.CARRIED and heard.chosen:
        return f"Carried on {on}: “{heard.chosen}”."
    return f"{state_of(one)} on {on}."


def _explained(heard: Heard) -> str:
    one = heard.decision
    if one.is_open:
        return ""
    if one.outcome == Outcome.WITHDRAWN:
        return "It was withdrawn before it was decided."
    return explained(heard.way, heard.sums, heard.options)


def _closed_by(decision: Decision) -> str:
    if decision.is_open:
        return ""
    if decision.closed_by:
        return seat_words(decision.closed_by)
    return "the clock, when its time was over"


def _options(heard: Heard) -> tuple[OptionLine, ...]:
    if not heard.has_options:
        return ()
    return tuple(
        OptionLine(
            position=position,
            words=words,
            n=heard.sums.by_option[key],
            is_chosen=key == heard.decision.chosen_id,
        )
        for position, (key, words) in enumerate(heard.options.items(), start=1)
    )


def _remarks(decision: Decision) -> Sequence[Remark]:
    seat = (f"by__{part}" for part in SEAT)
    return Remark.objects.filter(decision=decision).select_related(*seat).order_by("pk")


def _remark(remark: Remark) -> RemarkLine:
    taken_back_on = clock.day_of(remark.taken_back_at) if remark.taken_back_at else None
    return RemarkLine(
        key=remark.pk,
        by=seat_words(remark.by),
        on=clock.day_of(remark.at),
        words="" if taken_back_on else remark.words,
        taken_back_on=taken_back_on,
    )


def _promises(decision: Decision) -> list[PromiseLine]:
    made = Promise.objects.filter(decision=decision).order_by("due_on", "pk")
    return [
        PromiseLine(words=one.words, url=one.get_absolute_url(), due_on=one.due_on) for one in made
    ]


def _other(decision: Decision | None) -> OtherRun | None:
    if decision is None:
        return None
    return OtherRun(
        number=decision.number,
        title=decision.title,
        url=decision.get_absolute_url(),
        state=state_of(decision),
    )


def what_closing_wants(page: DecisionPage) -> str:
    """Why it cannot be closed yet; empty if it can."""
    if page.is_past or page.has_all_spoken:
        return ""
    reasons = []
    if page.silent:
        names = listed(name for _, name in page.silent)
        reasons.append(f"{names} {'has' if len(page.silent) == 1 else 'have'} not voted")
    if page.n_unconfirmed:
        n = page.n_unconfirmed
        reasons.append(
            f"{number(n)} {'vote' if n == 1 else 'votes'} written down for somebody "
            f"{'waits' if n == 1 else 'wait'} to be confirmed"
        )
    return (
        f"It closes by itself at the end of {weekday(page.last_day)}. "
        f"It could be closed before then, but {'; '.join(reasons)}."
    )
