"""What the invented clusters asked and answered, done again through the same actions."""

from collections.abc import Mapping
from functools import cache
from typing import Any

from hedgerow.core.owners import Audience
from hedgerow.core.rooms import Deed
from hedgerow.diagnostics.questions.instruments import Answers, Instrument
from hedgerow.diagnostics.questions.packs import instrument_of
from hedgerow.people.example import Scene, read
from hedgerow.people.models import Member

from . import actions
from .models import Asking, Round, Shared, Sheet

Step = Mapping[str, Any]

_SAYS = {"y": "yes", "p": "partly", "n": "no", "u": "unknown"}


def _open(scene: Scene, slug: str, step: Step) -> None:
    actions.open_round(
        by=scene.by(step["by"]),
        cluster=scene.clusters[slug],
        asked=[(instrument, ()) for instrument in step["asks"]],
        due_on=scene.day(step["due"]),
    )


def _fill_in(scene: Scene, slug: str, step: Step) -> None:
    by = scene.by(step["by"])
    asking = _asking(scene, slug, step)
    sheet = actions.begin_sheet(by=by, member=_member(scene, slug, step["by"]), asking=asking)
    actions.give_answers(
        by=by,
        sheet=sheet,
        answers=_answers(scene, asking, step, step["by"]),
        finish=True,
        version=sheet.version,
    )


def _write_down(scene: Scene, slug: str, step: Step) -> None:
    asking = _asking(scene, slug, step)
    actions.record_answers(
        by=scene.by(step["by"]),
        asking=asking,
        member=_member(scene, slug, step["for"]),
        answers=_answers(scene, asking, step, step["for"]),
    )


def _confirm(scene: Scene, slug: str, step: Step) -> None:
    sheet = Sheet.objects.get(
        asking=_asking(scene, slug, step), organisation=scene.seats[step["by"]].organisation
    )
    actions.confirm_sheet(by=scene.by(step["by"]), sheet=sheet)


def _share(scene: Scene, slug: str, step: Step) -> None:
    for shared in Shared.objects.filter(
        asking=_asking(scene, slug, step), organisation=scene.seats[step["by"]].organisation
    ):
        actions.share_section(
            by=scene.by(step["by"]),
            shared=shared,
            audience=Audience(step["audience"]),
            version=shared.version,
        )


def _why_not(scene: Scene, slug: str, step: Step) -> None:
    actions.say_why_not(
        by=scene.by(step["by"]),
        member=_member(scene, slug, step["by"]),
        round=_round(scene, slug),
        words=step["words"],
    )


def _close(scene: Scene, slug: str, step: Step) -> None:
    asked = _round(scene, slug)
    actions.close_round(
        by=scene.by(step["by"]), round=asked, knows_absent=True, version=asked.version
    )


def _agree_to_show(scene: Scene, slug: str, step: Step) -> None:
    actions.consent(
        by=scene.by(step["by"]),
        member=_member(scene, slug, step["by"]),
        asking=_asking(scene, slug, step),
    )


def _talk(scene: Scene, slug: str, step: Step) -> None:
    actions.write_talk(
        by=scene.by(step["by"]),
        round=_round(scene, slug),
        on=scene.day(step["day"]),
        needs=step["needs"],
        own=step["own"],
        outside=step["outside"],
        version=0,
    )


def _round(scene: Scene, slug: str) -> Round:
    return Round.objects.filter(cluster=scene.clusters[slug]).latest("number")


def _asking(scene: Scene, slug: str, step: Step) -> Asking:
    return Asking.objects.get(round=_round(scene, slug), slug=step["instrument"])


def _member(scene: Scene, slug: str, key: str) -> Member:
    organisation = scene.seats[key].organisation
    return Member.objects.get(cluster=scene.clusters[slug], organisation=organisation)


@cache
def _told() -> Mapping[str, Any]:
    told: Mapping[str, Any] = read("answers.yaml")
    return told


def _answers(scene: Scene, asking: Asking, step: Step, key: str) -> Answers:
    """As the file holds them for an organisation, each instrument in a short form of its own."""
    instrument = instrument_of(asking.text)
    told = _told()[step.get("answers", instrument.slug)][key]
    match instrument.slug:
        case "capacity":
            return _scores(instrument, told)
        case "ict-baseline":
            return _baseline(instrument, told, _told()["costs"][key])
        case "purchasing":
            return _purchases(scene, told)
        case _:
            return _marks(instrument, told)


def _scores(instrument: Instrument, told: str) -> Answers:
    """“25 43”: strength 2 and priority 5 in the first function, 4 and 3 in the second."""
    table = instrument.needs_table
    return {
        table.slug: [
            {"row": row.slug, "cells": {"strength": int(pair[0]), "priority": int(pair[1])}}
            for row, pair in zip(table.rows, told.split(), strict=True)
        ]
    }


def _baseline(instrument: Instrument, told: str, costs: Mapping[str, int]) -> Answers:
    """“yn…”: one letter an item. Costs in pounds, by item."""
    letters = told.replace(" ", "")
    said = {
        item.slug: {"say": _SAYS[letter]}
        for item, letter in zip(instrument.items, letters, strict=True)
    }
    return {
        slug: {**says, **({"cost": costs[slug] * 100} if slug in costs else {})}
        for slug, says in said.items()
    }


def _purchases(scene: Scene, told: Mapping[str, Any]) -> Answers:
    """[supplier, kind, pounds a year, how content, days until the contract ends]."""
    answers: Answers = {
        "bought": [
            {"row": supplier, "cells": _purchase(scene, *cells)}
            for supplier, *cells in told["bought"]
        ],
        "buy-together": told["together"],
    }
    if "cannot-change" in told:
        answers["cannot-change"] = told["cannot-change"]
    return answers


def _purchase(
    scene: Scene, category: str, spend: int, satisfaction: int, ends: int | None = None
) -> dict[str, Any]:
    cells = {"category": category, "spend": spend * 100, "satisfaction": satisfaction}
    return cells if ends is None else {**cells, "contract-end": scene.day(ends).isoformat()}


def _marks(instrument: Instrument, told: Mapping[str, Any]) -> Answers:
    """“433”: a step of the scale for each item in turn; what is said in words, by item."""
    asked = [item.slug for item in instrument.items if item.scale]
    words = {slug: said for slug, said in told.items() if slug != "marks"}
    return dict(zip(asked, map(int, told["marks"]), strict=True)) | words


DEEDS: Mapping[str, Deed] = {
    "open_round": _open,
    "fill_in": _fill_in,
    "write_down_answers": _write_down,
    "confirm_answers": _confirm,
    "share_answers": _share,
    "why_not": _why_not,
    "close_round": _close,
    "agree_to_show": _agree_to_show,
    "talk": _talk,
}
