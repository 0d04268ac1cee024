"""One step of a plan that is carried out, and how it stands in a sentence."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime

from hedgerow.agreements.queries.promises import PromiseLine
from hedgerow.analysis.returns import Became
from hedgerow.core import clock
from hedgerow.look.words import count, day, listed
from hedgerow.people.models import Seat
from hedgerow.workplans.models import Step


@dataclass(frozen=True, kw_only=True)
class StepLine:
    key: int
    number: int
    title: str
    is_milestone: bool
    is_quick_win: bool
    starts_on: date | None
    planned_on: date | None  # the day that was planned at first
    due_on: date | None  # the day that stands now
    promise: PromiseLine | None  # None: nobody has taken it up
    pair: tuple[tuple[str, str], ...]  # as planned or promised: title, organisation
    wants: str  # what it still needs to be taken up; "": nothing
    after: tuple[int, ...]  # numbers of the steps it waits for
    days: int | None  # until it is due; below nothing once that day has passed
    dropped_at: datetime | None
    dropped_because: str

    @property
    def dropped_on(self) -> date | None:
        return clock.day_of(self.dropped_at) if self.dropped_at else None

    @property
    def became(self) -> Became:
        if self.dropped_on or (self.promise and self.promise.let_go_on):
            return "stopped"
        return "done" if self.promise and self.promise.kept_on else "open"

    @property
    def on(self) -> date | None:
        """The day on which it was done or stopped."""
        if self.promise and not self.promise.is_open:
            return self.promise.kept_on or self.promise.let_go_on
        return self.dropped_on

    @property
    def is_late(self) -> bool:
        return self.became == "open" and self.days is not None and self.days < 0

    @property
    def is_to_come(self) -> bool:
        """Its first day has not come yet."""
        if self.starts_on is None or self.due_on is None or self.days is None:
            return False
        return (self.due_on - self.starts_on).days < self.days

    @property
    def is_slipping(self) -> bool:
        """It has a later day now than was promised at first."""
        if self.became != "open" or self.promise is None:
            return False
        return self.promise.due_on > self.promise.first_due_on

    @property
    def why(self) -> str:
        """Why it was stopped, or why its day moved last."""
        if self.promise and (self.promise.let_go_on or not self.dropped_on):
            return self.promise.reason
        return self.dropped_because

    @property
    def state(self) -> str:
        """In a word or two, for a sign."""
        if self.became != "open":
            return "Done" if self.became == "done" else "Stopped"
        if self.promise is None:
            return "Nobody’s yet" if not self.pair else "Not taken up yet"
        if self.is_late:
            return "Overdue"
        if self.is_slipping:
            return "Slipping"
        return "To come" if self.is_to_come else "Under way"

    @property
    def dot(self) -> int:
        if self.is_late:
            return 3
        return {"Done": 2, "Slipping": 1, "Under way": 1}.get(self.state, 0)

    @property
    def sentence(self) -> str:
        """How it stands, with its days; why it is so is beside it."""
        return {"done": self._done, "stopped": self._stopped}.get(self.became, self._open)()

    def _done(self) -> str:
        assert self.on
        if self.planned_on and self.on > self.planned_on:
            return f"Done on {day(self.on)}; it was planned for {day(self.planned_on)}."
        return f"Done on {day(self.on)}."

    def _stopped(self) -> str:
        assert self.on
        if self.planned_on:
            return f"Stopped on {day(self.on)}; it was planned for {day(self.planned_on)}."
        return f"Stopped on {day(self.on)}."

    def _open(self) -> str:
        if self.promise is None:
            day_said = f"Planned for {day(self.due_on)}" if self.due_on else "It has no day yet"
            return f"{day_said}; {self.wants}." if self.wants else f"{day_said}."
        assert self.due_on is not None and self.days is not None
        slipped = ""
        if self.due_on != self.promise.first_due_on:
            slipped = f"it was for {day(self.promise.first_due_on)} at first"
        if self.days < 0:
            late = f"Overdue since {day(self.due_on)}, {count(-self.days, 'day')} ago"
            return f"{late}; {slipped}." if slipped else f"{late}."
        due = {0: "today", 1: "tomorrow"}.get(self.days, f"in {count(self.days, 'day')}")
        if self.is_slipping:
            was = f"Slipping: it was for {day(self.promise.first_due_on)}"
            return f"{was}, and is for {day(self.due_on)} now, {due}."
        return f"Due {due}, on {day(self.due_on)}{'; ' + slipped if slipped else ''}."


@dataclass(frozen=True, kw_only=True)
class Planned:
    """What is read of all steps at once."""

    today: date
    promises: Mapping[int, PromiseLine]
    seats: Mapping[int, Seat | None]
    after: Mapping[int, tuple[int, ...]]

    def line(self, step: Step) -> StepLine:
        promise = self.promises.get(step.promise_id) if step.promise_id else None
        due_on = promise.due_on if promise else step.due_on
        return StepLine(
            key=step.pk,
            number=step.number,
            title=step.title,
            is_milestone=step.kind == "milestone",
            is_quick_win=step.is_quick_win,
            starts_on=step.starts_on,
            planned_on=promise.first_due_on if promise else step.due_on,
            due_on=due_on,
            promise=promise,
            pair=tuple(one.half for one in promise.holders) if promise else self._pair(step),
            wants="" if promise else self._wants(step),
            after=self.after.get(step.pk, ()),
            days=(due_on - self.today).days if due_on else None,
            dropped_at=step.dropped_at,
            dropped_because=step.dropped_because,
        )

    def _seats(self, step: Step) -> list[Seat]:
        found = (self.seats.get(key) for key in (step.first_id, step.second_id) if key)
        return [seat for seat in found if seat]

    def _pair(self, step: Step) -> tuple[tuple[str, str], ...]:
        return tuple(
            (seat.user.title or seat.get_role_display(), str(seat.organisation or ""))
            for seat in self._seats(step)
        )

    def _wants(self, step: Step) -> str:
        """ "it waits for a pair and for a day to come"."""
        seats, now = self._seats(step), clock.now()
        wants = []
        if not seats or (len(seats) == 1 and not step.alone_because):
            wants.append("for a pair")
        elif any(seat.ended_at and seat.ended_at <= now for seat in seats):
            wants.append("for a new pair, as somebody’s seat has ended")
        if step.due_on is None:
            wants.append("for a day")
        elif step.due_on < self.today:
            wants.append("for a new day, as that one has passed")
        return f"it waits {listed(wants)}" if wants else ""
