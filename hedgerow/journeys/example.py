"""What the invented clusters did on their journeys, done again through the same actions."""

from collections.abc import Mapping
from datetime import date, timedelta
from importlib.resources import files
from typing import Any

from hedgerow.core import clock
from hedgerow.core.rooms import Deed
from hedgerow.people.actions import give_mandate
from hedgerow.people.example import BEFORE_ALL, Scene

from . import actions
from .models import Allowance, ExitTest, Journey, Milestone, Stage

Step = Mapping[str, Any]


def working_day(on: date) -> date:
    """The same day; between Christmas Eve and New Year’s Day the last weekday before them."""
    eve = date(on.year - 1 if on.month == 1 else on.year, 12, 24)
    if not eve <= on <= date(eve.year + 1, 1, 1):
        return on
    before = eve - timedelta(days=1)
    return before - timedelta(days=max(0, before.weekday() - 4))


def furnish(scene: Scene) -> None:
    pack = files("hedgerow.packs") / "programmes" / "collaborate-2.yaml"
    with clock.at(scene.instant(BEFORE_ALL)):
        text = pack.read_text(encoding="utf-8")
        actions.load_design(by=scene.by("manager"), programme=scene.programme, text=text)


def _start(scene: Scene, slug: str, step: Step) -> None:
    actions.start_journey(
        by=scene.by(step["by"]), cluster=scene.clusters[slug], starts_on=scene.day(step["day"])
    )


def _tick(scene: Scene, slug: str, step: Step) -> None:
    test = _exit_test(scene, slug, step["test"])
    actions.tick(by=scene.by(step["by"]), exit_test=test, evidence=step["evidence"])


def _untick(scene: Scene, slug: str, step: Step) -> None:
    actions.untick(by=scene.by(step["by"]), exit_test=_exit_test(scene, slug, step["test"]))


def _close(scene: Scene, slug: str, step: Step) -> None:
    actions.close_stage(by=scene.by(step["by"]), stage=_open_stage(scene, slug))


def _back(scene: Scene, slug: str, step: Step) -> None:
    to = _journey(scene, slug).stages.filter(kind=step["to"]).earliest("run").position
    actions.go_back(
        by=scene.by(step["by"]),
        stage=_open_stage(scene, slug),
        to_position=to,
        reason=step["reason"],
    )


def _ask(scene: Scene, slug: str, step: Step) -> None:
    actions.ask_to_move(
        by=scene.by(step["by"]),
        milestone=_milestone(scene, slug, step),
        to_on=planned_day(scene, step["to"]),
        reason=step["reason"],
    )


def _answer(scene: Scene, slug: str, step: Step) -> None:
    move = _milestone(scene, slug, step).moves.get(answered_at=None)
    actions.answer_move(by=scene.by(step["by"]), move=move, is_agreed=step["agreed"])


def _move(scene: Scene, slug: str, step: Step) -> None:
    actions.move_date(
        by=scene.by(step["by"]),
        milestone=_milestone(scene, slug, step),
        to_on=scene.day(step["to"]),
        reason=step["reason"],
    )


def _stands(scene: Scene, slug: str, step: Step) -> None:
    milestone = _milestone(scene, slug, step)
    on = milestone.journey.timetables.latest("number").dates.get(milestone=milestone).on
    actions.say_it_stands(by=scene.by(step["by"]), milestone=milestone, on=on)


def _meet(scene: Scene, slug: str, step: Step) -> None:
    actions.meet_milestone(
        by=scene.by(step["by"]),
        milestone=_milestone(scene, slug, step),
        done_on=scene.day(step["day"]),
    )


def _log(scene: Scene, slug: str, step: Step) -> None:
    actions.log_days(
        by=scene.by(step["by"]),
        allowance=Allowance.objects.get(journey=_journey(scene, slug), slug=step["allowance"]),
        on=scene.day(step["day"]),
        half_days=step["halves"],
        what=step["what"],
    )


def _mandate(scene: Scene, slug: str, step: Step) -> None:
    give_mandate(
        by=scene.by(step["by"]),
        deputy=scene.seats[step["deputy"]],
        from_on=scene.day(step["from"]),
        until_on=scene.day(step["until"]),
    )


def planned_day(scene: Scene, offset: int) -> date:
    """A day that is to come falls on no holiday, and is still to come; what was is as it was."""
    on = scene.day(offset)
    kept = working_day(on)
    return kept if kept > scene.today else on


def _journey(scene: Scene, slug: str) -> Journey:
    return Journey.objects.get(cluster=scene.clusters[slug])


def _open_stage(scene: Scene, slug: str) -> Stage:
    stages = _journey(scene, slug).stages
    return stages.get(opened_at__isnull=False, closed_at=None, left_at=None)


def _exit_test(scene: Scene, slug: str, test: str) -> ExitTest:
    return _open_stage(scene, slug).exit_tests.get(slug=test)


def _milestone(scene: Scene, slug: str, step: Step) -> Milestone:
    return _journey(scene, slug).milestones.get(slug=step["milestone"])


DEEDS: Mapping[str, Deed] = {
    "start": _start,
    "tick": _tick,
    "untick": _untick,
    "close": _close,
    "back": _back,
    "ask": _ask,
    "answer": _answer,
    "move": _move,
    "stands": _stands,
    "meet": _meet,
    "log": _log,
    "mandate": _mandate,
}
