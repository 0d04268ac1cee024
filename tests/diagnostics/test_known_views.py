"""A figure is safe from whoever knows some of the answers in it, however they came to know them."""

import pytest

from hedgerow.core.owners import Audience
from hedgerow.diagnostics.actions import give_answers, record_answers
from hedgerow.diagnostics.models import Release
from tests.factories import actor, scene

from .scenes_pictures import closed, crowd, scored
from .scenes_rounds import member_of
from .scenes_sheets import begun, capacity_of, share

pytestmark = pytest.mark.django_db


@pytest.fixture
def s():
    return scene()


def told_to_the_facilitator(s, asking, seat, answers):
    """Who has the section to themselves before anything in it counts."""
    said = {"asking": asking, "member": member_of(seat), "answers": answers}
    record_answers(by=actor(s.own.facilitator), **said, finish=False)
    share(seat, asking.shared.get(organisation=seat.organisation), Audience.ONLY_US)
    record_answers(by=actor(s.own.facilitator), **said)


@pytest.mark.parametrize(("n_told", "shown"), [(0, 3), (1, 3), (5, None)])
def test_a_facilitator_who_wrote_down_five_of_six_is_not_told_the_sixth(s, n_told, shown):
    asking = capacity_of(s)
    for n, seat in enumerate(crowd(s, 6).seats):
        answers = scored(asking, {"accounts": (1, 5) if n < 3 else (4, 2)})
        if n < n_told:
            told_to_the_facilitator(s, asking, seat, answers)
        else:
            kept_from_the_start(asking, seat, answers, is_late=False)
    closed(s)

    assert Release.objects.get().cells.get("accounts") == shown


@pytest.mark.parametrize(("n_late", "shown"), [(0, 3), (1, 3), (5, None), (6, 3)])
def test_of_answers_closed_after_the_cluster_saw_them_the_figure_says_nothing_more(
    s, n_late, shown
):
    """Five had stood in the picture: with them, the count would tell of the sixth. Of six, all is
    known already."""
    asking = capacity_of(s)
    for n, seat in enumerate(crowd(s, 6).seats):
        answers = scored(asking, {"accounts": (1, 5) if n < 3 else (4, 2)})
        kept_from_the_start(asking, seat, answers, is_late=n < n_late)
    closed(s)

    assert Release.objects.get().cells.get("accounts") == shown


def kept_from_the_start(asking, seat, answers, *, is_late):
    sheet = begun(asking, seat)
    (shared,) = asking.shared.filter(organisation=seat.organisation)
    if not is_late:
        share(seat, shared, Audience.ONLY_US)
    give_answers(by=actor(seat), sheet=sheet, answers=answers, finish=True, version=sheet.version)
    if is_late:
        share(seat, shared, Audience.ONLY_US)
