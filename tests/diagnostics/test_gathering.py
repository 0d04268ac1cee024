"""The stage that gathers: it may close when all is there, and its page says what is not."""

from datetime import timedelta

import pytest
from django.urls import reverse

from hedgerow.agreements.models import Meeting
from hedgerow.core import clock
from hedgerow.core.actions import Refused
from hedgerow.diagnostics.models import Round
from hedgerow.diagnostics.queries.gathering import gathering_lines
from hedgerow.diagnostics.queries.rounds import round_of
from hedgerow.diagnostics.stage import still_missing
from hedgerow.journeys import actions as journeys
from hedgerow.journeys.models import Stage, StageResult
from tests.factories import MemberFactory, SeatFactory, actor, signed_in, team
from tests.front.pages import cost_of, page, text_of

from .scenes_rounds import (
    OWN_TEST,
    TESTS,
    gathering,
    meet,
    member_of,
    opened,
    said_why_not,
    talked,
)
from .test_rounds import answer_all, close

pytestmark = pytest.mark.django_db


def url(stage):
    return reverse("diagnostics:gathering", args=[stage.pk])


def gather_all(own) -> Round:
    round = opened(own)
    for seat in (own.core, own.second):
        answer_all(round, seat)
    said_why_not(round, own.third)
    talked(own, round)
    meet(own)
    return close(round, own.facilitator)


def test_a_stage_that_has_just_begun_is_told_everything_that_is_missing():
    _, stage = gathering()

    assert still_missing(stage) == [
        "No round of questions has been asked yet in this stage.",
        "There is no picture yet: it comes from the answers to a round.",
        "The next meeting has no date yet.",
    ]


def test_a_round_belongs_to_the_stage_that_was_open():
    own, stage = gathering()

    assert opened(own).stage == stage
    assert opened(team(own.cluster.programme)).stage is None


def test_when_all_is_there_the_stage_closes_and_leaves_what_presses():
    own, stage = gathering()
    gather_all(own)
    assert still_missing(stage) == []

    journeys.close_stage(by=actor(own.facilitator), stage=stage)

    assert StageResult.objects.get(stage=stage).kind == "need-profile"


def test_the_journey_says_of_a_stage_that_is_closed_what_ended_it(client):
    own, stage = gathering()
    strip = reverse("cluster", args=[own.cluster.pk])
    assert stage.sentence in page(client, strip, own.core)
    gather_all(own)
    journeys.close_stage(by=actor(own.facilitator), stage=stage)
    words = page(client, strip, own.core)

    assert "All three tests met." in words
    assert stage.sentence not in words


def without_an_answer(own, round):
    round.askings.get().sheets.filter(organisation=own.second.organisation).delete()
    return f"{own.second.organisation} has neither answered everything nor said why not."


def without_a_reason(own, round):
    round.why_nots.update(ended_at=clock.now())
    return f"{own.third.organisation} has neither answered everything nor said why not. Round 1 is closed: ask them"


def while_open(own, round):
    Round.objects.update(closed_at=None, closed_by=None)
    return "Round 1 is still open. Close it"


def without_a_talk(own, round):
    round.talk.delete()
    return "What came of talking the picture through is not written down yet."


def with_a_meeting_called_off(own, round):
    Meeting.objects.update(called_off_at=clock.now())
    return "The next meeting has no date yet."


def with_a_newer_round(own, round):
    opened(own)
    return "have neither answered everything nor said why not. Remind them"


@pytest.mark.parametrize(
    "undo",
    [
        without_an_answer,
        without_a_reason,
        while_open,
        without_a_talk,
        with_a_meeting_called_off,
        with_a_newer_round,
    ],
)
def test_each_part_that_is_gone_is_missed_and_keeps_the_stage_open(undo):
    own, stage = gathering()
    round = gather_all(own)

    sentence = undo(own, round)

    assert sentence in " ".join(still_missing(stage))
    with pytest.raises(Refused, match="cannot be closed yet"):
        journeys.close_stage(by=actor(own.facilitator), stage=stage)


def test_who_joins_after_the_close_is_not_waited_for():
    own, stage = gathering()
    gather_all(own)
    MemberFactory(cluster=own.cluster, joined_at=clock.now() + timedelta(seconds=1))
    MemberFactory(cluster=own.cluster, is_second_tier=True)

    assert still_missing(stage) == []


def test_a_round_that_was_open_when_the_stage_began_answers_for_it_and_an_older_one_does_not():
    own = team(SeatFactory().cluster.programme)
    older = opened(own)
    own, stage = gathering(own=own)
    assert round_of(stage) == older

    Round.objects.update(closed_at=stage.opened_at - timedelta(hours=1), closed_by=own.core)

    assert round_of(stage) is None


def test_an_answer_on_paper_counts_and_the_page_says_so(client):
    own, stage = gathering()
    round = opened(own)
    answer_all(round, own.core)
    round.askings.get().sheets.update(recorded_by=own.facilitator)

    shown = page(client, url(stage), own.second)

    assert f"For {own.core.organisation} it was written down by somebody else." in shown


def test_the_page_and_the_exit_test_agree_at_each_step():
    own, stage = gathering()
    steps = (
        lambda: [answer_all(opened(own), seat) for seat in (own.core, own.second, own.third)],
        lambda: talked(own, opened(own)),
        lambda: close(opened(own), own.core),
        lambda: meet(own),
    )
    for do in steps:
        assert still_missing(stage)
        assert not all(line.is_met for line in gathering_lines(stage))
        do()
    assert still_missing(stage) == []
    assert all(line.is_met for line in gathering_lines(stage))


def test_the_page_says_what_there_is_what_is_missing_and_where_it_is_done(client):
    own, stage = gathering()
    round = opened(own)
    meet(own)

    response = signed_in(client, own.core).get(url(stage))

    assert "One of three met" in text_of(response)
    html = response.content.decode()
    for name, thing in (("diagnostics:round", round), ("agreements:meetings", own.cluster)):
        assert f'href="{reverse(name, args=[thing.pk])}"' in html
    assert "Close “Gathering”" not in text_of(response)


def test_the_facilitator_closes_it_from_its_page(client):
    own, stage = gathering()
    gather_all(own)
    facilitator = signed_in(client, own.facilitator)
    assert "Close “Gathering” and open “Finding the focus”" in text_of(facilitator.get(url(stage)))

    facilitator.post(reverse("journeys:close", args=[stage.pk]))

    stage.refresh_from_db()
    assert stage.closed_at
    assert "Missing" not in text_of(facilitator.get(url(stage)))


def test_a_sentence_that_the_room_does_not_know_is_ticked(client):
    own, stage = gathering(tests=TESTS + OWN_TEST.lstrip("\n"))
    gather_all(own)
    assert still_missing(stage) == ["Not ticked yet: There were biscuits."]
    test = stage.exit_tests.get(slug="biscuits")
    member = signed_in(client, own.core)
    assert "Tick this" in text_of(member.get(url(stage)))

    answer = member.post(
        reverse("journeys:tick", args=[test.pk]), {f"t{test.pk}-evidence": "Hobnobs."}, follow=True
    )

    assert answer.redirect_chain[-1][0] == url(stage)
    assert still_missing(stage) == []


def test_a_tick_does_not_stand_in_for_what_the_room_can_see():
    own, stage = gathering()
    for test in stage.exit_tests.all():
        journeys.tick(by=actor(own.core), exit_test=test, evidence="We are sure.")

    assert len(still_missing(stage)) == 3


def test_a_design_that_names_no_part_is_told_of_all_of_them():
    _, stage = gathering(tests=OWN_TEST)

    assert [line.ident for line in gathering_lines(stage)[1:]] == [
        "answered",
        "talked",
        "next",
    ]


def test_a_stage_that_runs_as_a_checklist_stays_one(client):
    own, stage = gathering()
    Stage.objects.filter(pk=stage.pk).update(is_checklist=True)

    answer = signed_in(client, own.core).get(url(stage), follow=True)

    assert answer.redirect_chain == [(stage.get_absolute_url(), 302)]


def test_neighbours_do_not_see_the_page(client):
    own, stage = gathering()

    page(client, url(stage), team(own.cluster.programme).core, status=404)


def test_the_page_costs_as_many_queries_however_many_members_there_are(client):
    own, stage = gathering()
    gather_all(own)
    signed_in(client, own.core)
    before = cost_of(client, url(stage))
    for _ in range(4):
        seat = SeatFactory(cluster=own.cluster)
        assert member_of(seat)
        answer_all(Round.objects.get(), seat)

    assert cost_of(client, url(stage)) <= before
