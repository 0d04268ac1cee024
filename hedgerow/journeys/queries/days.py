"""Days of help: what is left, against where the journey stands."""

from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date

from hedgerow.analysis.schedule import Pace, half_days_left, pace
from hedgerow.core import clock
from hedgerow.journeys.models import Allowance, DayLog, Journey
from hedgerow.journeys.words import days_left
from hedgerow.look.words import days_of, first_up, out_of
from hedgerow.people.readers import seat_words

from .gathered import SEAT, Stages, stages_of


@dataclass(frozen=True, kw_only=True)
class LogLine:
    key: int
    on: date
    half_days: int
    what: str
    by: str
    struck_by: str = ""  # empty while it counts
    struck_on: date | None = None


@dataclass(frozen=True, kw_only=True)
class DaysLine:
    """One allowance of one journey. Half days throughout."""

    key: int
    version: int
    name: str  # "Facilitator days"
    half_days: int
    used: int
    pace: Pace
    n_closed: int  # of the stages it is meant for
    n_stages: int  # that it is meant for
    until: str  # name of the last of them
    last_on: date | None  # the newest day that counts
    log: tuple[LogLine, ...] = ()  # newest first; where the log was asked for

    @property
    def left(self) -> int:
        return self.half_days - self.used

    @property
    def anchor(self) -> str:
        return f"days-{self.key}"

    @property
    def left_words(self) -> str:
        """ "4.5 of 6 left"."""
        whole = days_of(self.half_days)
        return f"{days_of(self.left)} of {whole} left" if self.left else f"None of {whole} left"

    @property
    def sentence(self) -> str:
        """What is left against where the journey stands."""
        are = "is" if self.left in (1, 2) else "are"
        return f"{days_left(self.left, self.half_days, self.name)} {are} left. {self._against}"

    @property
    def _against(self) -> str:
        closed = first_up(out_of(self.n_closed, self.n_stages))
        are = "is" if self.n_closed == 1 else "are"
        closed = f"{closed} stages that they are meant for {are} closed"
        if self.n_stages == 1:
            closed = f"“{self.until}”, which they are meant for, is{'' if self.n_closed else ' not'} closed"
        if self.n_closed == self.n_stages:
            return f"{closed}."
        return {
            Pace.FITS: f"{closed}. That is in step with the journey.",
            Pace.AHEAD: f"{closed}: days go faster than stages.",
            Pace.NONE_LEFT: f"{closed}: the rest will have to go without.",
        }[self.pace]


def day_lines(journey: Journey) -> list[DaysLine]:
    """Every allowance with its log. Three queries."""
    logs = (
        DayLog.objects.filter(allowance__journey=journey)
        .select_related(
            *(f"{by}__{part}" for by in ("by", "struck_by") for part in SEAT),
        )
        .order_by("-on", "-pk")
    )
    return _lines([journey], stages_of([journey]), list(logs), with_log=True)[journey.pk]


def days_of_journeys(
    journeys: Sequence[Journey], stages: dict[int, Stages]
) -> dict[int, list[DaysLine]]:
    """Every allowance of many journeys, without the log. Two queries."""
    logs = DayLog.objects.filter(allowance__journey__in=journeys, struck_at=None).order_by(
        "-on", "-pk"
    )
    return _lines(journeys, stages, list(logs), with_log=False)


def _lines(
    journeys: Sequence[Journey],
    stages: dict[int, Stages],
    logs: Iterable[DayLog],
    *,
    with_log: bool,
) -> dict[int, list[DaysLine]]:
    by_allowance: dict[int, list[DayLog]] = defaultdict(list)
    for log in logs:
        by_allowance[log.allowance_id].append(log)
    found: dict[int, list[DaysLine]] = {journey.pk: [] for journey in journeys}
    for allowance in Allowance.objects.filter(journey__in=journeys).order_by("pk"):
        found[allowance.journey_id].append(
            _line(
                allowance,
                stages[allowance.journey_id],
                by_allowance[allowance.pk],
                with_log=with_log,
            )
        )
    return found


def _line(
    allowance: Allowance, stages: Stages, logs: Sequence[DayLog], *, with_log: bool
) -> DaysLine:
    counting = [log for log in logs if log.struck_at is None]
    used = [log.half_days for log in counting]
    meant_for = [stage for stage in stages.newest if stage.position <= allowance.until_stage]
    n_closed = stages.n_closed(until=allowance.until_stage)
    return DaysLine(
        key=allowance.pk,
        version=allowance.version,
        name=allowance.name,
        half_days=allowance.half_days,
        used=allowance.half_days - half_days_left(allowance.half_days, used),
        pace=pace(allowance.half_days, used, n_closed, len(meant_for)),
        n_closed=n_closed,
        n_stages=len(meant_for),
        until=meant_for[-1].name,
        last_on=max((log.on for log in counting), default=None),
        log=tuple(map(_log_line, logs)) if with_log else (),
    )


def _log_line(log: DayLog) -> LogLine:
    return LogLine(
        key=log.pk,
        on=log.on,
        half_days=log.half_days,
        what=log.what,
        by=seat_words(log.by),
        struck_by=seat_words(log.struck_by) if log.struck_by else "",
        struck_on=clock.day_of(log.struck_at) if log.struck_at else None,
    )
