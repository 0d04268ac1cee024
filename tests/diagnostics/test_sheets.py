"""Answers of an organisation: begun, kept section by section, finished, told to a facilitator."""

from datetime import timedelta

import pytest

from hedgerow.core import clock
from hedgerow.core.actions import Refused, Stale
from hedgerow.core.models import Event
from hedgerow.core.owners import Audience, Owner
from hedgerow.diagnostics.actions import recording, sheets
from hedgerow.diagnostics.known import answers_of
from hedgerow.diagnostics.models import Round, SectionAnswers, Shared, Sheet
from hedgerow.people.actions import leave_cluster
from hedgerow.people.models import Role
from tests.factories import actor

from .scenes_rounds import member_of, opened
from .scenes_sheets import answered, begun, scores

pytestmark = pytest.mark.django_db


def keep(s, sheet, answers, *, seat=None, seconds=0, version=None, section="functions"):
    return sheets.keep_section(
        by=actor(seat or s.own.core),
        sheet=sheet,
        section=section,
        answers=answers,
        seconds=seconds,
        version=sheet.version if version is None else version,
    )


def close(asking):
    Round.objects.filter(pk=asking.round_id).update(
        closed_at=clock.now(), closed_by=asking.round.opened_by
    )
    asking.round.refresh_from_db()


# beginning


def test_whoever_begins_again_comes_to_the_same_sheet(s, asking):
    first = begun(asking, s.own.core)

    assert begun(asking, s.own.core) == first
    assert Sheet.objects.count() == 1
    assert Event.objects.filter(did="diagnostics.sheet_begun").count() == 1


def test_two_of_one_organisation_have_a_sheet_each_and_share_whom_they_show_it_to(s, asking):
    begun(asking, s.own.core)
    begun(asking, s.own.seats[Role.STAFF])

    assert Sheet.objects.count() == 2
    assert [(it.section, it.audience) for it in Shared.objects.all()] == [
        ("functions", Audience.CLUSTER)
    ]


def test_a_role_is_wanted_exactly_where_several_are_asked(s):
    asking = opened(s, "self-check", roles=["manager", "board"]).askings.get()

    with pytest.raises(Refused, match="as whom"):
        begun(asking, s.own.core)
    assert begun(asking, s.own.core, role="board").role == "board"


def test_no_role_is_taken_where_it_is_asked_once(s, asking):
    with pytest.raises(Refused, match="Begin without a role"):
        begun(asking, s.own.core, role="board")


def test_a_second_tier_member_is_not_asked(s, asking):
    with pytest.raises(Refused, match="is not asked"):
        begun(asking, s.own.seats[Role.SUPPORTER])


def test_a_member_of_another_cluster_is_not_asked(s, asking):
    with pytest.raises(Refused, match="another cluster"):
        begun(asking, s.neighbour.core)


def test_what_was_shown_to_fewer_before_begins_so_again(s, asking):
    answered(s, asking, s.own.core, scores(asking), Audience.ONLY_US)
    close(asking)
    again = opened(s, "capacity").askings.get()

    begun(again, s.own.core)

    assert Shared.objects.get(asking=again).audience == Audience.ONLY_US


def test_what_was_shown_to_more_before_begins_as_its_section_does(s, asking):
    answered(s, asking, s.own.core, scores(asking), Audience.FUNDER)
    close(asking)
    again = opened(s, "capacity").askings.get()

    begun(again, s.own.core)

    assert Shared.objects.get(asking=again).audience == Audience.CLUSTER


# keeping


def test_a_section_is_kept_whole_so_what_is_not_sent_is_taken_out(s, asking):
    sheet = keep(s, begun(asking, s.own.core), scores(asking))
    assert answers_of(sheet) == scores(asking)

    sheet = keep(s, sheet, {})

    assert answers_of(sheet) == {}


def kept_lines() -> int:
    return Event.objects.filter(did="diagnostics.section_kept").count()


def test_an_hour_of_keeping_one_section_is_one_line_of_history(s, asking):
    sheet = begun(asking, s.own.core)
    for strength in (1, 2, 3):
        sheet = keep(s, sheet, scores(asking, strength=strength))
    assert kept_lines() == 1

    with clock.at(clock.now() + timedelta(minutes=61)):
        keep(s, sheet, scores(asking, strength=4))
    assert kept_lines() == 2
    assert answers_of(sheet) == scores(asking, strength=4)


def test_a_change_after_finishing_has_a_line_of_its_own(s, asking):
    sheet = keep(s, begun(asking, s.own.core), scores(asking))
    sheet = sheets.finish_sheet(by=actor(s.own.core), sheet=sheet, version=sheet.version)

    sheet = keep(s, sheet, scores(asking, strength=1))
    keep(s, sheet, scores(asking, strength=2))

    assert kept_lines() == 2


def test_answers_of_several_sections_add_and_change_and_take_nothing_out(s):
    asking = opened(s, "ict-baseline").askings.get()
    sheet = begun(asking, s.own.core)
    first, second = {"a1-age": {"say": "yes"}}, {"a3-list": {"say": "no"}}
    sheet = answered(s, asking, s.own.core, first, finish=False)
    sheet = answered(s, asking, s.own.core, second, finish=False)

    assert answers_of(sheet) == first | second
    assert sheet.finished_at is None


def test_an_answer_that_cannot_be_is_refused_in_a_sentence(s, asking):
    wrong = scores(asking, strength=6)

    with pytest.raises(Refused, match="Choose a step from 1 to 5"):
        keep(s, begun(asking, s.own.core), wrong)
    assert not any(row.answers for row in SectionAnswers.objects.all())


def test_an_answer_of_another_section_is_refused(s):
    sheet = begun(opened(s, "ict-baseline").askings.get(), s.own.core)

    with pytest.raises(Refused, match="another section"):
        keep(s, sheet, {"a1-age": {"say": "yes"}}, section="network")


def test_a_section_that_is_not_asked_is_refused(s, asking):
    with pytest.raises(Refused, match="not asked here"):
        keep(s, begun(asking, s.own.core), {}, section="nothing")


def test_what_changed_elsewhere_is_not_written_over(s, asking):
    sheet = begun(asking, s.own.core)
    keep(s, sheet, scores(asking, strength=3))

    with pytest.raises(Stale, match="another window"):
        keep(s, sheet, scores(asking, strength=1), version=sheet.version)
    assert answers_of(sheet) == scores(asking, strength=3)


def test_the_same_answers_sent_twice_do_not_clash(s, asking):
    """A script keeps a page a moment before its button is pressed."""
    sheet = begun(asking, s.own.core)
    keep(s, sheet, scores(asking))

    assert keep(s, sheet, scores(asking), version=sheet.version).version == sheet.version + 1


def test_nothing_is_written_down_where_nothing_changed(s, asking):
    sheet = keep(s, begun(asking, s.own.core), scores(asking))
    n = Event.objects.count()

    keep(s, sheet, scores(asking), seconds=20)

    assert Event.objects.count() == n
    assert Sheet.objects.get().seconds == 20


@pytest.mark.parametrize(("seconds", "counted"), [(40, 40), (301, 300), (86_400, 300), (-5, 0)])
def test_time_away_is_left_out(s, asking, seconds, counted):
    sheet = keep(s, begun(asking, s.own.core), scores(asking), seconds=seconds)

    assert sheet.seconds == counted


# until when


def test_nothing_is_answered_once_the_round_has_closed(s, asking):
    sheet = begun(asking, s.own.core)
    close(asking)

    with pytest.raises(Refused, match="closed on"):
        keep(s, Sheet.objects.get(), scores(asking))
    with pytest.raises(Refused, match="closed on"):
        begun(asking, s.own.second)
    assert answers_of(sheet) == {}


def test_nothing_is_answered_in_a_cluster_that_has_ended(s, asking):
    begun(asking, s.own.core)
    s.cluster.ended_at = clock.now()
    s.cluster.save()

    with pytest.raises(Refused, match="ended on"):
        keep(s, Sheet.objects.get(), scores(asking))


def test_nothing_is_answered_for_an_organisation_that_left(s, asking):
    begun(asking, s.own.core)
    leave_cluster(by=actor(s.own.core), member=member_of(s.own.core))

    with pytest.raises(Refused, match="has left"):
        keep(s, Sheet.objects.get(), scores(asking))


def test_nothing_is_answered_from_a_seat_that_ended(s, asking):
    begun(asking, s.own.core)
    s.own.core.ended_at = clock.now() - timedelta(minutes=1)
    s.own.core.save()

    with pytest.raises(Refused, match="seat that these answers are from has ended"):
        keep(s, Sheet.objects.get(), scores(asking))


# finishing


def test_one_answer_is_enough_to_finish_and_none_is_not(s, asking):
    sheet = begun(asking, s.own.core)
    with pytest.raises(Refused, match="one question at least"):
        sheets.finish_sheet(by=actor(s.own.core), sheet=sheet, version=sheet.version)
    table = "strengths"
    sheet = keep(s, sheet, {table: scores(asking)[table][:1]})

    sheet = sheets.finish_sheet(by=actor(s.own.core), sheet=sheet, version=sheet.version)

    assert sheet.finished_at


def test_a_finished_sheet_can_be_changed_and_stays_finished(s, asking):
    sheet = answered(s, asking, s.own.core, scores(asking))

    changed = keep(s, sheet, scores(asking, strength=1))

    assert changed.finished_at == sheet.finished_at
    assert answers_of(changed) == scores(asking, strength=1)


def test_what_was_done_stands_in_the_history_of_the_organisation_alone(s, asking):
    answered(s, asking, s.own.core, scores(asking))

    for event in Event.objects.filter(
        did__in=["diagnostics.answers_given", "diagnostics.sheet_finished"]
    ):
        assert (event.owner_kind, event.owner_key) == (
            Owner.ORGANISATION,
            s.own.core.organisation_id,
        )
        assert event.audience == Audience.ONLY_US
        assert event.detail["cluster"] == s.cluster.pk


# told to a facilitator


def tell(s, asking, seat, **answers):
    return recording.record_answers(
        by=actor(s.own.facilitator),
        asking=asking,
        member=member_of(seat),
        answers=answers or scores(asking),
    )


def test_a_facilitator_writes_down_what_was_told_and_it_waits_for_a_yes(s, asking):
    sheet = tell(s, asking, s.own.second)

    assert sheet.seat == s.own.second
    assert sheet.recorded_by == s.own.facilitator
    assert sheet.finished_at
    assert not sheet.confirmed_at

    assert sheets.confirm_sheet(by=actor(s.own.second), sheet=sheet).confirmed_at


def test_who_goes_on_from_what_was_written_down_confirms_it(s, asking):
    tell(s, asking, s.own.second)
    sheet = begun(asking, s.own.second)

    sheet = keep(s, sheet, scores(asking, strength=5), seat=s.own.second)

    assert sheet.confirmed_at


def test_a_facilitator_may_write_it_down_again_until_it_is_confirmed(s, asking):
    sheet = tell(s, asking, s.own.second)
    again = tell(s, asking, s.own.second, **scores(asking, priority=1))
    assert answers_of(again) == scores(asking, priority=1)
    assert again == sheet

    sheets.confirm_sheet(by=actor(s.own.second), sheet=sheet)

    with pytest.raises(Refused, match="by itself"):
        tell(s, asking, s.own.second)


def test_nobody_writes_over_what_an_organisation_answers_itself(s, asking):
    begun(asking, s.own.seats[Role.STAFF])

    with pytest.raises(Refused, match="Its own answers stand"):
        tell(s, asking, s.own.core)


def test_nothing_is_written_down_for_whom_nobody_could_confirm_it(s, asking):
    s.own.second.ended_at = clock.now()
    s.own.second.save()

    with pytest.raises(Refused, match="Invite somebody first"):
        tell(s, asking, s.own.second)
