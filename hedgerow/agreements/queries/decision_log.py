"""What a cluster has put to the vote: all of it, what is found in it, and as a spreadsheet."""

from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from django.db.models import Exists, F, OuterRef, Q, QuerySet

from hedgerow.agreements.models import Decision, Option, Outcome, Stance, Voice
from hedgerow.analysis.voices import CheckedBack, checked_back
from hedgerow.core import clock
from hedgerow.core.cells import marked
from hedgerow.look.words import count, first_up, out_of

from .decision_outcomes import counted, dot_of, spoke, state_of
from .decision_voices import DISSENT, VoiceLine, voice_line
from .decisions_gathered import Heard, heard_in, last_day

OPEN = "open"
A_PAGE = 20


@dataclass(frozen=True, kw_only=True)
class DecisionLine:
    """One line of the log."""

    key: int
    number: int
    title: str
    url: str
    state: str  # "Open", or its outcome
    dot: int  # for the sign beside it
    on: date  # the day it closed; the last day to vote while it is open
    is_open: bool
    chosen: str  # words of the option, where there were several
    sums: str  # "Five of six members spoke; four were needed. Four agreed, one disagreed."
    dissent: tuple[VoiceLine, ...]
    n_checked_back: int
    n_unconfirmed: int


@dataclass(frozen=True, kw_only=True)
class Overview:
    """Of everything that was put to the vote in a cluster."""

    n_decided: int
    n_carried: int
    n_open: int
    n_with_dissent: int  # of those decided
    back: CheckedBack

    @property
    def sentence(self) -> str:
        """How many decided, with how much dissent, and how often somebody had to check back."""
        if not self.n_decided:
            return "Nothing has been decided yet."
        return f"{self._decided} {self._dissent} {self._back}"

    @property
    def _decided(self) -> str:
        n = self.n_decided
        if n == 1:
            return f"One decision so far, {'carried' if self.n_carried else 'not carried'}."
        return f"{first_up(count(n, 'decision'))} so far, {out_of(self.n_carried, n)} carried."

    @property
    def _dissent(self) -> str:
        if not self.n_with_dissent:
            return "Nobody disagreed."
        if self.n_decided == 1:
            return "Somebody disagreed, and it is kept."
        return (
            f"Somebody disagreed in {out_of(self.n_with_dissent, self.n_decided)}, and it is kept."
        )

    @property
    def _back(self) -> str:
        n, total = self.back.n_marked, self.back.n_voices
        if not n:
            return "Nobody had to check back before they spoke."
        return (
            f"{first_up(_times(n))} in {count(total, 'vote')} somebody had to check back with "
            "their own people first."
        )


def _times(n: int) -> str:
    return {1: "once", 2: "twice"}.get(n) or count(n, "time")


def log_of(
    decisions: QuerySet[Decision], *, words: str = "", outcome: str = ""
) -> QuerySet[Decision]:
    """Those that hold all the words, somewhere; open ones first, then the newest. No query yet."""
    if outcome:
        is_open = Q(closed_at=None)
        decisions = decisions.filter(is_open if outcome == OPEN else Q(outcome=outcome))
    for word in words.split():
        decisions = decisions.filter(_holds(word))
    newest = F("closed_at").desc(nulls_first=True)
    return decisions.select_related("cluster", "reopens").order_by(newest, "closes_at", "-number")


def _holds(word: str) -> Q:
    """In its title, words, reason or outcome, in an option, or in a reason that somebody gave."""
    outcomes = [value for value, label in Outcome.choices if word.casefold() in label.casefold()]
    options = Option.objects.filter(decision=OuterRef("pk"), words__icontains=word)
    voices = Voice.objects.filter(decision=OuterRef("pk"), reason__icontains=word)
    return (
        Q(title__icontains=word)
        | Q(words__icontains=word)
        | Q(reason__icontains=word)
        | Q(withdrawn_because__icontains=word)
        | Q(outcome__in=outcomes)
        | Q(Exists(options))
        | Q(Exists(voices))
    )


def lines_of(decisions: Sequence[Decision]) -> list[DecisionLine]:
    """In the order given. Three queries for any number; `cluster` is read with them."""
    return [_line(heard) for heard in heard_in(decisions)]


def _line(heard: Heard) -> DecisionLine:
    one = heard.decision
    voices = [
        voice_line(voice, several=heard.has_options, with_how=False) for voice in heard.voices
    ]
    return DecisionLine(
        key=one.pk,
        number=one.number,
        title=one.title,
        url=one.get_absolute_url(),
        state=state_of(one),
        dot=dot_of(one),
        on=clock.day_of(one.closed_at) if one.closed_at else last_day(one),
        is_open=one.is_open,
        chosen=heard.chosen,
        sums=" ".join(filter(None, (spoke(heard.sums, is_open=one.is_open), counted(heard.sums)))),
        dissent=tuple(line for line in voices if line.is_dissent),
        n_checked_back=sum(line.had_to_check_back for line in voices),
        n_unconfirmed=sum(line.waits for line in voices),
    )


def overview_of(decisions: QuerySet[Decision]) -> Overview:
    """Withdrawn ones were not decided. Two queries."""
    rows = list(decisions.order_by().values_list("pk", "outcome", "entitled"))
    decided = {
        key: frozenset(entitled)
        for key, outcome, entitled in rows
        if outcome not in ("", Outcome.WITHDRAWN)
    }
    marks, dissent = defaultdict(list), set()
    standing = Voice.objects.filter(decision__in=decisions.order_by(), ended_at=None)
    for key, organisation, stance, back in standing.values_list(
        "decision", "organisation", "stance", "had_to_check_back"
    ):
        if organisation in decided.get(key, ()):
            marks[key].append(back)
            dissent |= {key} if stance in DISSENT else set()
    return Overview(
        n_decided=len(decided),
        n_carried=sum(outcome == Outcome.CARRIED for _, outcome, _ in rows),
        n_open=sum(not outcome for _, outcome, _ in rows),
        n_with_dissent=len(dissent),
        back=checked_back([marks[key] for key in decided]),
    )


_HEADINGS = (
    "Number",
    "What was to be decided",
    "What the others should know",
    "Options",
    "How it is decided",
    "Opened",
    "Last day to vote",
    "Closed",
    "Outcome",
    "Chosen",
    "Members with a vote",
    "Spoke",
    "Needed",
    *(stance.label for stance in Stance),
    "Had to check back",
    "Written down and not confirmed",
    "Who disagreed, and why",
    "Decides again",
    "Why it was decided again",
    "Why it was withdrawn",
)


def log_rows(decisions: Sequence[Decision]) -> list[list[str | int]]:
    """The log as a spreadsheet takes it: a row of headings, then one for each. Three queries."""
    return [list(_HEADINGS), *map(_row, heard_in(decisions))]


def _row(heard: Heard) -> list[str | int]:
    one, sums = heard.decision, heard.sums
    dissent = (
        f"{voice.organisation} ({voice.get_stance_display().lower()}): {voice.reason}"
        for voice in heard.voices
        if voice.stance in DISSENT
    )
    cells: list[str | int] = [
        one.number,
        one.title,
        one.words,
        "\n".join(heard.options.values()) if heard.has_options else "",
        f"{heard.way.name}, version {heard.way.number}",
        clock.day_of(one.opened_at).isoformat(),
        last_day(one).isoformat(),
        clock.day_of(one.closed_at).isoformat() if one.closed_at else "",
        state_of(one),
        heard.chosen,
        sums.n_entitled,
        sums.n_spoke,
        sums.n_needed,
        *(sums.counts[stance.value] for stance in Stance),
        sum(voice.had_to_check_back for voice in heard.voices),
        sum(bool(voice.recorded_by_id) and not voice.confirmed_at for voice in heard.voices),
        "\n".join(dissent),
        one.reopens.number if one.reopens else "",
        one.reason,
        one.withdrawn_because,
    ]
    return [marked(cell) if isinstance(cell, str) else cell for cell in cells]
