"""When two press at once, on a database that lets things happen at once."""

import pytest

from hedgerow.core.owners import Audience
from hedgerow.diagnostics.actions import (
    begin_sheet,
    close_round,
    keep_section,
    record_all,
    record_answers,
)
from hedgerow.diagnostics.known import answers_of
from hedgerow.diagnostics.models import Round, Shared, Sheet
from hedgerow.people.models import Role
from tests.at_once import all_at_once, while_held
from tests.factories import ProgrammeFactory, actor, team
from tests.journeys.test_races import n_events

from .scenes_rounds import member_of, opened
from .scenes_sheets import answered, begun, scores, share
from .test_known import next_round

pytestmark = [pytest.mark.postgres, pytest.mark.django_db(transaction=True)]


@pytest.fixture
def t():
    return team(ProgrammeFactory())


@pytest.fixture
def asking(t):
    return opened(t, "capacity").askings.get()


def test_the_same_sheet_is_begun_once(t, asking):
    answers = all_at_once(
        *[
            lambda: begin_sheet(by=actor(t.core), member=member_of(t.core), asking=asking)
            for _ in range(4)
        ]
    )

    assert answers == ["done"] * 4
    assert Sheet.objects.count() == 1
    assert n_events("diagnostics.sheet_begun") == 1


def test_three_of_one_organisation_begin_at_once_and_share_it_once(t, asking):
    seats = [t.core, t.seats[Role.DEPUTY], t.seats[Role.STAFF]]

    answers = all_at_once(
        *[
            lambda seat=seat: begin_sheet(by=actor(seat), member=member_of(seat), asking=asking)
            for seat in seats
        ]
    )

    assert answers == ["done"] * 3
    assert Sheet.objects.count() == 3
    assert Shared.objects.count() == 1


def test_of_different_answers_at_once_one_is_kept_and_the_others_are_told(t, asking):
    sheet = begun(asking, t.core)

    answers = all_at_once(
        *[
            lambda n=n: keep_section(
                by=actor(t.core),
                sheet=sheet,
                section="functions",
                answers=scores(asking, strength=n),
                seconds=0,
                version=sheet.version,
            )
            for n in (1, 2, 3, 4)
        ]
    )

    assert answers == ["done", "refused", "refused", "refused"]


def test_nothing_is_kept_after_the_close_that_it_raced_with(t, asking):
    sheet = begun(asking, t.core)
    round = Round.objects.get()

    all_at_once(
        lambda: close_round(
            by=actor(t.facilitator), round=round, knows_absent=True, version=round.version
        ),
        lambda: keep_section(
            by=actor(t.core),
            sheet=sheet,
            section="functions",
            answers=scores(asking),
            seconds=0,
            version=sheet.version,
        ),
    )

    round.refresh_from_db()
    sheet.refresh_from_db()
    assert round.closed_at
    if answers_of(sheet):
        assert sheet.changed_at <= round.closed_at


def test_an_organisation_that_begins_itself_is_not_written_down_beside_it(t, asking):
    all_at_once(
        lambda: begin_sheet(by=actor(t.core), member=member_of(t.core), asking=asking),
        lambda: record_answers(
            by=actor(t.facilitator),
            asking=asking,
            member=member_of(t.core),
            answers=scores(asking),
        ),
    )

    assert Sheet.objects.count() == 1


def test_what_several_told_is_written_down_while_one_of_them_writes_something_down(t, asking):
    told = [(member_of(seat), scores(asking)) for seat in (t.core, t.second, t.third)]
    last = max((member for member, _ in told), key=lambda member: member.pk)

    answer = while_held(last, lambda: record_all(by=actor(t.facilitator), asking=asking, told=told))

    assert answer == "done"
    assert Sheet.objects.count() == 3


def test_a_section_is_closed_while_somebody_answers_in_the_round_that_follows_it(t, asking):
    answered(t, asking, t.core, scores(asking), Audience.CLUSTER)
    later = next_round(t, asking)
    begun(later, t.core)

    answer = while_held(later.round, lambda: share(t.core, asking.shared.get(), Audience.ONLY_US))

    assert answer == "done"
    assert later.shared.get().audience == Audience.ONLY_US
