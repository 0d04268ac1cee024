"""Answers of the first organisation's Core Group member, finished, and whom they are shown to."""

from collections.abc import Mapping
from typing import Any

from hedgerow.core.owners import Audience
from hedgerow.diagnostics.actions import sharing, sheets
from hedgerow.diagnostics.models import AnswerFile, Asking, SectionAnswers, Shared, Sheet
from hedgerow.diagnostics.questions.packs import instrument_of
from hedgerow.people.models import Seat
from tests.factories import Scene, actor

from .scenes_rounds import member_of, opened

PDF = b"%PDF-1.7\nA list of what we buy."


def answered(
    scene: Scene,
    asking: Asking,
    seat: Seat,
    answers: Mapping[str, Any],
    audience: Audience | None = None,
    *,
    finish: bool = True,
    role: str = "",
) -> Sheet:
    """What the person in this seat answers, finished; all sections at `audience`, if one is told,
    from before there was anything to see."""
    sheet = begun(asking, seat, role=role or next(iter(asking.roles), ""))
    if audience is not None:
        for shared in Shared.objects.filter(asking=asking, organisation=sheet.organisation):
            share(seat, shared, audience)
    return sheets.give_answers(
        by=actor(seat), sheet=sheet, answers=dict(answers), finish=finish, version=sheet.version
    )


def begun(asking: Asking, seat: Seat, role: str = "") -> Sheet:
    return sheets.begin_sheet(by=actor(seat), member=member_of(seat), asking=asking, role=role)


def share(seat: Seat, shared: Shared, audience: Audience) -> Shared:
    shared.refresh_from_db()
    return sharing.share_section(
        by=actor(seat), shared=shared, audience=audience, version=shared.version
    )


def scores(asking: Asking, strength: int = 2, priority: int = 4) -> dict[str, Any]:
    """The same strength and priority for every row of the instrument's table of needs."""
    table = instrument_of(asking.text).needs_table
    cells = {"strength": strength, "priority": priority}
    return {table.slug: [{"row": row.slug, "cells": dict(cells)} for row in table.rows]}


def capacity_of(scene: Scene) -> Asking:
    return opened(scene).askings.get(slug="capacity")


def sheet(scene: Scene) -> Sheet:
    asking = capacity_of(scene)
    found = Sheet.objects.filter(asking=asking, seat=scene.own.core).first()
    return found or answered(scene, asking, scene.own.core, scores(asking), Audience.FACILITATOR)


def shared(scene: Scene) -> Shared:
    return answers(scene).shared


def answers(scene: Scene) -> SectionAnswers:
    asking = capacity_of(scene)
    slug = instrument_of(asking.text).section_of(_table(asking)).slug
    return sheet(scene).sections.get(shared__section=slug)


def answer_file(scene: Scene) -> AnswerFile:
    """A row of its own: no instrument of the round need ask for a file."""
    return AnswerFile.objects.create(
        section=answers(scene),
        item="list",
        name="list.pdf",
        content=PDF,
        n_bytes=len(PDF),
        at=sheet(scene).changed_at,
    )


def counted(scene: Scene) -> SectionAnswers:
    """Of the second organisation, which lets the programme count them."""
    asking = capacity_of(scene)
    theirs = answered(scene, asking, scene.own.second, scores(asking), Audience.FUNDER)
    return theirs.sections.first()


def _table(asking: Asking) -> str:
    return instrument_of(asking.text).needs_table.slug


SCENES = {
    "diagnostics.Sheet": sheet,
    "diagnostics.Shared": shared,
    "diagnostics.SectionAnswers": answers,
    "diagnostics.AnswerFile": answer_file,
    "diagnostics.SEE_COUNTED": counted,
}
