"""What the invented clusters did on their journeys, done again through the same actions."""

from collections.abc import Callable
from importlib.resources import files
from typing import Any

from hedgerow.core import clock
from hedgerow.people.actions import give_mandate
from hedgerow.people.example import BEFORE_ALL, Scene, read

from . import actions
from .models import Allowance, ExitTest, Journey, Milestone, Stage

Step = dict[str, Any]


def furnish(scene: Scene) -> None:
    pack = files("hedgerow.packs") / "programmes" / "collaborate-2.yaml"
    with clock.at(scene.instant(BEFORE_ALL)):
        text = pack.read_text(encoding="utf-8")
        design = actions.load_design(by=scene.by("manager"), programme=scene.programme, text=text)

    steps: list[tuple[int, str, Step]] = []
    for diary in read("diary.yaml"):
        start = {"do": "start", "by": "manager", "day": diary["starts"]}
        for step in (start, *diary["steps"]):
            steps.append((step["day"], diary["cluster"], step))
    journeys: dict[str, Journey] = {}
    minute, last_day = 0, None
    for day, slug, step in sorted(steps, key=lambda told: told[0]):
        minute = minute + 7 if day == last_day else 0
        last_day = day
        with clock.at(scene.instant(day, minute)):
            if step["do"] == "start":
                journeys[slug] = actions.start_journey(
                    by=scene.by("manager"),
                    cluster=scene.clusters[slug],
                    design=design,
                    starts_on=scene.day(day),
                )
            else:
                _DO[step["do"]](scene, journeys[slug], step)


def _tick(scene: Scene, journey: Journey, step: Step) -> None:
    test = _exit_test(journey, step["test"])
    actions.tick(by=scene.by(step["by"]), exit_test=test, evidence=step["evidence"])


def _untick(scene: Scene, journey: Journey, step: Step) -> None:
    actions.untick(by=scene.by(step["by"]), exit_test=_exit_test(journey, step["test"]))


def _close(scene: Scene, journey: Journey, step: Step) -> None:
    actions.close_stage(by=scene.by(step["by"]), stage=_open_stage(journey))


def _back(scene: Scene, journey: Journey, step: Step) -> None:
    to = journey.stages.filter(kind=step["to"]).earliest("run").position
    actions.go_back(
        by=scene.by(step["by"]),
        stage=_open_stage(journey),
        to_position=to,
        reason=step["reason"],
    )


def _ask(scene: Scene, journey: Journey, step: Step) -> None:
    actions.ask_to_move(
        by=scene.by(step["by"]),
        milestone=_milestone(journey, step),
        to_on=scene.day(step["to"]),
        reason=step["reason"],
    )


def _answer(scene: Scene, journey: Journey, step: Step) -> None:
    move = _milestone(journey, step).moves.get(answered_at=None)
    actions.answer_move(by=scene.by(step["by"]), move=move, is_agreed=step["agreed"])


def _move(scene: Scene, journey: Journey, step: Step) -> None:
    actions.move_date(
        by=scene.by(step["by"]),
        milestone=_milestone(journey, step),
        to_on=scene.day(step["to"]),
        reason=step["reason"],
    )


def _stands(scene: Scene, journey: Journey, step: Step) -> None:
    milestone = _milestone(journey, step)
    on = journey.timetables.latest("number").dates.get(milestone=milestone).on
    actions.say_it_stands(by=scene.by(step["by"]), milestone=milestone, on=on)


def _meet(scene: Scene, journey: Journey, step: Step) -> None:
    actions.meet_milestone(
        by=scene.by(step["by"]),
        milestone=_milestone(journey, step),
        done_on=scene.day(step["day"]),
    )


def _log(scene: Scene, journey: Journey, step: Step) -> None:
    actions.log_days(
        by=scene.by(step["by"]),
        allowance=Allowance.objects.get(journey=journey, slug=step["allowance"]),
        on=scene.day(step["day"]),
        half_days=step["halves"],
        what=step["what"],
    )


def _mandate(scene: Scene, journey: Journey, step: Step) -> None:
    give_mandate(
        by=scene.by(step["by"]),
        deputy=scene.seats[step["deputy"]],
        from_on=scene.day(step["from"]),
        until_on=scene.day(step["until"]),
    )


def _open_stage(journey: Journey) -> Stage:
    return journey.stages.get(opened_at__isnull=False, closed_at=None, left_at=None)


def _exit_test(journey: Journey, slug: str) -> ExitTest:
    return _open_stage(journey).exit_tests.get(slug=slug)


def _milestone(journey: Journey, step: Step) -> Milestone:
    return journey.milestones.get(slug=step["milestone"])


_DO: dict[str, Callable[[Scene, Journey, Step], None]] = {
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
