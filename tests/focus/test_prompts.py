"""What waits for whom on the way to a focus: one thing of each kind, to those who can do it."""

from datetime import timedelta

import pytest
from django.urls import reverse

from hedgerow.agreements.models import BoardAnswer
from hedgerow.core import clock
from hedgerow.core.readings import reading
from hedgerow.focus.models import Reopening
from hedgerow.focus.prompts import prompts as of_focus
from hedgerow.front.queries import next_list
from hedgerow.journeys.queries.gathered import journeys_of
from hedgerow.people.models import Role
from tests.agreements.scenes_boards import board_of
from tests.factories import MandateFactory, SeatFactory, reader, team

from .found import OWN, finding
from .scenes_ideas import gain_of, long_list
from .scenes_sharing import marks_of, share_out_of
from .scenes_shortlisting import (
    ballot_of,
    closed,
    ended,
    round_of,
    shortlist_of,
    shortlisting_of,
    spot_of,
)
from .scenes_studies import adoption_of, carried, handed_in, study_of

pytestmark = pytest.mark.django_db

MOST_QUERIES = 25


def all_of(seat, today=None):
    lines = next_list(reader(seat), today or clock.today())
    found = [*(line.prompt for line in lines.lines), *lines.waiting]
    return [p for p in found if "/focus/" in p.url or p.key.startswith("agreements.board")]


def prompts(seat, today=None):
    """That this room asks, by the first part of their key."""
    return {p.key.split(":")[0]: p for p in all_of(seat, today)}


def paused(own, *, votes=()):
    """A shortlisting of five ideas with its red spots closed, and a round for each of these."""
    row = shortlisting_of(own)
    closed(row.rounds.get(), own)
    candidates = list(row.candidates.all())
    for ballots in votes:
        round = round_of(row, own)
        for seat, places in zip((own.core, own.second, own.third), ballots, strict=True):
            ballot_of(round, seat, {candidates[n]: votes for n, votes in places.items()})
        closed(round, own)
    return row


LEVEL = ({0: 5, 1: 5}, {0: 5, 2: 5}, {1: 5, 2: 5})  # the fourth and the fifth have none


# a round


def test_who_speaks_for_a_member_is_asked_for_its_red_spot(s):
    round = shortlisting_of(s.own).rounds.get()

    asked = prompts(s.own.core)["focus.spots"]

    assert asked.sentence == "Use your red spot, or say that you use none"
    assert "None of three members have spoken" in asked.why
    assert asked.url == reverse("focus:red_spot", args=[round.pk])
    assert (asked.minutes, asked.due_on) == (1, round.due_on)
    assert "focus.spots" in prompts(s.own.third)
    for role in (Role.DEPUTY, Role.STAFF, Role.FACILITATOR, Role.SUPPORTER, Role.SPONSOR):
        assert "focus.spots" not in prompts(s.own.seats[role]), role
    for seat in (s.neighbour.core, s.staff[Role.MANAGER], s.operator):
        assert not prompts(seat)


def test_a_deputy_is_asked_on_the_days_on_which_they_stand_in(s):
    shortlisting_of(s.own)
    assert not prompts(s.own.seats[Role.DEPUTY])

    MandateFactory(deputy=s.own.seats[Role.DEPUTY], given_by=s.own.core)

    assert "focus.spots" in prompts(s.own.seats[Role.DEPUTY])


def test_who_speaks_for_two_members_is_led_to_the_ballot_of_each(s):
    shortlisting_of(s.own)
    other = SeatFactory(
        user=s.own.core.user,
        cluster=s.cluster,
        organisation=s.own.third.organisation,
        role=Role.DEPUTY,
    )
    MandateFactory(deputy=other, given_by=s.own.third)

    urls = {prompt.url for prompt in all_of(s.own.core) if prompt.key.startswith("focus.spots")}

    assert {there.partition("?")[2] for there in urls} == {
        f"seat={s.own.core.pk}",
        f"seat={other.pk}",
    }


def test_the_ten_votes_are_asked_for_and_who_has_cast_them_waits_for_the_others(s):
    row = paused(s.own)
    round = round_of(row, s.own)
    assert prompts(s.own.core)["focus.votes"].sentence == "Cast your ten votes"

    ballot_of(round, s.own.core, {row.candidates.first(): 10})

    mine = prompts(s.own.core)
    assert "focus.votes" not in mine
    _, second, third = s.own.organisations
    assert mine["focus.waiting_votes"].waits_on == f"{second} and {third}"
    assert "focus.votes" in prompts(s.own.second)


def test_once_all_have_voted_or_the_day_is_over_whoever_leads_hears_of_it(s):
    row = paused(s.own)
    round = round_of(row, s.own)
    assert not prompts(s.own.facilitator)
    late = prompts(s.own.facilitator, round.due_on + timedelta(days=1))["focus.late_votes"]
    assert str(s.own.organisations[1]) in late.why
    assert "round 1 of the votes" in late.sentence

    for seat in (s.own.core, s.own.second, s.own.third):
        ballot_of(round, seat, {row.candidates.first(): 10})

    asked = prompts(s.own.facilitator)["focus.close_votes"]
    assert asked.sentence == "Close round 1 of the votes"
    assert not prompts(s.own.core), "the facilitator leads, and nobody else is missing"


def test_the_core_group_leads_where_there_is_no_facilitator(s):
    paused(s.own)
    assert "focus.open" not in prompts(s.own.core)

    s.own.facilitator.ended_at = clock.now()
    s.own.facilitator.save()

    assert "focus.open" in prompts(s.own.core)
    assert "focus.open" not in prompts(s.own.seats[Role.STAFF])


# between rounds


def test_the_next_round_is_opened_and_what_is_level_is_settled(s):
    row = paused(s.own)
    asked = prompts(s.own.facilitator)
    assert asked["focus.open"].why.startswith("Five ideas stand.")

    round = round_of(row, s.own)
    candidates = list(row.candidates.all())
    for seat, places in zip((s.own.core, s.own.second, s.own.third), LEVEL, strict=True):
        ballot_of(round, seat, {candidates[n]: votes for n, votes in places.items()})
    closed(round, s.own)

    asked = prompts(s.own.facilitator)
    assert list(asked) == ["focus.settle"]
    assert asked["focus.settle"].sentence == "Say what becomes of two ideas that are level"


def test_three_that_are_left_are_written_down(s):
    row = paused(s.own, votes=[LEVEL])
    row.rounds.filter(number=2).update(
        settled="drop_all", settled_by=s.own.facilitator, settled_at=clock.now()
    )

    asked = prompts(s.own.facilitator)

    assert list(asked) == ["focus.write"]
    assert asked["focus.write"].why.startswith("Three ideas are left.")


def test_every_member_is_asked_whether_an_idea_comes_back(s):
    row = paused(s.own, votes=[LEVEL])
    asked = asked_back(s, row)

    mine = prompts(s.own.second)["focus.reopening"]

    assert mine.sentence == f"Say whether “{asked.candidate}” comes back"
    assert "One of three members has spoken" in mine.why
    assert mine.url == reverse("focus:reopening", args=[asked.pk])
    assert "focus.waiting_reopening" in prompts(s.own.core)
    assert not prompts(s.own.facilitator), "nothing is opened while they answer"


def asked_back(s, row):
    """By the first organisation, which agrees."""
    asked = Reopening.objects.create(
        candidate=row.candidates.last(),
        after=row.rounds.last(),
        reason="We never talked about it.",
        asked_by=s.own.core,
        asked_at=clock.now(),
    )
    asked.answers.create(
        agrees=True,
        organisation=s.own.organisations[0],
        channel="page",
        by=s.own.core,
        at=clock.now(),
    )
    return asked


# what was written down for somebody


def test_what_was_written_down_waits_for_the_word_of_those_it_is_about(s):
    written = {"recorded_by": s.own.facilitator, "channel": "phone"}
    row = paused(s.own)
    ballot = ballot_of(round_of(row, s.own), s.own.core, {row.candidates.first(): 10}, **written)
    idea = row.candidates.first().idea
    gain = gain_of(idea, s.own.core, **written)
    marks = marks_of(share_out_of(s.own), s.own.core, {}, **written)

    mine = prompts(s.own.core)

    assert mine["focus.confirm_votes"].url == row.get_absolute_url()
    assert mine["focus.confirm_gain"].url == idea.get_absolute_url()
    assert mine["focus.confirm_marks"].url == marks.share_out.get_absolute_url()
    for seat in (s.own.second, s.own.facilitator, s.own.seats[Role.STAFF]):
        assert not any("confirm" in key for key in prompts(seat))
    for word in (ballot, gain, marks):
        word.confirmed_at, word.confirmed_by = clock.now(), s.own.core
        word.save()
    assert not any("confirm" in key for key in prompts(s.own.core))


def test_a_red_spot_waits_to_be_confirmed_after_its_round_has_closed_too(s):
    row = shortlisting_of(s.own)
    round = row.rounds.get()
    spot_of(round, s.own.core, recorded_by=s.own.facilitator, channel="paper")
    open_still = prompts(s.own.core)["focus.confirm_spots"]
    assert open_still.sentence.endswith(", or undo it")
    assert open_still.why.endswith("it counts until you undo it.")

    closed(round, s.own)
    later = prompts(s.own.core)["focus.confirm_spots"]
    assert later.sentence == f"Confirm what was written down for {s.own.core.organisation}"
    assert later.why.endswith("Somebody else wrote it down, and it was counted.")

    ended(row, s.own)
    assert not prompts(s.own.core)


# a budget


def test_marks_are_asked_for_and_closed_once_they_are_in(s):
    share_out = share_out_of(s.own)
    asked = prompts(s.own.core)["focus.marks"]
    assert asked.sentence == "Mark what £600 should pay for"
    assert (asked.minutes, asked.due_on) == (3, share_out.due_on)
    assert asked.url == reverse("focus:mark", args=[share_out.pk])

    for seat in (s.own.core, s.own.second, s.own.third):
        marks_of(share_out, seat, {share_out.options.first(): 5})

    assert not prompts(s.own.core)
    assert prompts(s.own.facilitator)["focus.close_marks"].sentence == "Close the sharing of £600"


# the shortlist


def test_what_a_member_would_gain_is_asked_once_for_all_that_it_has_not_said(s):
    first, second = long_list(s.own, 2)
    shortlist_of(s.own, [first, second])
    gain_of(first, s.own.second)

    mine, theirs = prompts(s.own.core)["focus.gain"], prompts(s.own.second)["focus.gain"]

    assert mine.sentence == "Say what you would gain from two things on the shortlist"
    assert (mine.minutes, theirs.minutes) == (2, 1)
    assert theirs.sentence == f"Say what you would gain from “{second}”"
    assert theirs.url == reverse("focus:say_gain", args=[second.pk])
    gain_of(second, s.own.second, would_gain=False)
    assert "focus.gain" not in prompts(s.own.second)


def test_each_member_says_whether_its_board_must_agree_and_later_what_it_said(s):
    shortlist_of(s.own, long_list(s.own, 1))
    name = s.own.organisations[0]
    assert prompts(s.own.core)["agreements.board"].sentence == (
        f"Say whether the board of {name} must agree to the focus"
    )

    board = board_of(s.own.core, meets_on=clock.today())

    mine = prompts(s.own.core)
    assert "agreements.board" not in mine
    assert mine["agreements.board_met"].sentence == f"Write down what the board of {name} said"
    assert "agreements.board_met" not in prompts(s.own.core, clock.today() - timedelta(days=1))
    for seat in (s.own.second, s.own.facilitator, s.own.seats[Role.STAFF]):
        assert "agreements.board_met" not in prompts(seat)
    board.answer, board.answered_on = BoardAnswer.AGREED, clock.today()
    board.save()
    assert "agreements.board_met" not in prompts(s.own.core)


def test_the_two_who_promised_a_report_are_asked_once_for_it_and_not_for_the_promise(s):
    idea = long_list(s.own, 1)[0]
    shortlist_of(s.own, [idea])
    study = study_of(s.own, idea)

    lines = next_list(reader(s.own.core), clock.today()).lines
    about = [line.prompt for line in lines if line.prompt.due_on == study.promise.due_on]

    assert [p.sentence for p in about] == [
        f"Write the report on “{idea}” that you promised with {s.own.organisations[1]}"
    ]
    assert about[0].url == reverse("focus:write_study", args=[study.pk])
    assert about[0].act == "", "a letter must not keep the promise without the report"
    assert not any("report" in p.sentence for p in all_of(s.own.third))


def test_a_report_is_asked_for_until_it_is_in_or_its_promise_is_let_go(s):
    first, second = long_list(s.own, 2)
    shortlist_of(s.own, [first, second])
    handed_in(study_of(s.own, first))
    other = study_of(s.own, second, due_on=clock.today() + timedelta(days=60))
    assert len([p for p in all_of(s.own.core) if "report" in p.sentence]) == 1

    held = other.promise
    held.let_go_at, held.ended_by = clock.now(), s.own.core
    held.save()

    assert not [p for p in all_of(s.own.core) if "Write the report" in p.sentence]


def test_whoever_leads_hears_of_one_step_at_a_time_from_the_shortlist_to_the_focus(s):
    idea = long_list(s.own, 1)[0]
    shortlist = shortlist_of(s.own, [idea])
    assert list(prompts(s.own.facilitator)) == ["focus.pair"]

    study = study_of(s.own, idea)
    assert list(prompts(s.own.facilitator)) == ["focus.findings"]

    shortlist.findings = "In one table."
    shortlist.save()
    assert list(prompts(s.own.facilitator)) == []

    handed_in(study)
    assert list(prompts(s.own.facilitator)) == ["focus.propose"]

    adoption = adoption_of(s.own, [idea])
    assert list(prompts(s.own.facilitator)) == []

    carried(adoption)
    assert list(prompts(s.own.facilitator)) == []
    assert "focus.gain" not in prompts(s.own.core)


# the stage


def test_a_shortlisting_is_begun_once_the_stage_is_open_and_there_are_three_ideas(s):
    long_list(s.own, 3)
    assert not prompts(s.own.facilitator), "no stage wants it"

    own, _ = finding()
    long_list(own, 2)
    assert "focus.begin" not in prompts(own.facilitator)
    long_list(own, 3)

    asked = prompts(own.facilitator)
    assert list(asked) == ["focus.begin"]
    assert asked["focus.begin"].why.startswith("Three ideas are on the long list.")
    ended(shortlisting_of(own), own, because="Too early.")
    assert "focus.begin" not in prompts(own.facilitator)


def test_what_the_stage_still_wants_comes_after_what_is_next(s):
    own, stage = finding()

    asked = prompts(own.facilitator)

    assert list(asked) == ["focus.finding"]
    assert asked["focus.finding"].url == reverse("focus:finding", args=[stage.pk])
    assert "focus.finding" not in prompts(own.core)


def test_a_sentence_that_no_fact_answers_is_for_the_core_group_to_tick(s):
    own, _ = finding(tests=OWN)

    assert "focus.tick" in prompts(own.core)
    assert "focus.tick" not in prompts(own.facilitator)


# where it ends, and what it costs


def test_in_a_cluster_that_has_ended_nothing_waits(s):
    shortlisting_of(s.own)
    share_out_of(s.own)
    shortlist_of(s.own, long_list(s.own, 1))
    assert prompts(s.own.core)

    s.cluster.ended_at = clock.now()
    s.cluster.save()

    for seat in (s.own.core, s.own.facilitator):
        assert not prompts(seat)


def everything(own):
    """A round of votes open, a budget open, and a shortlist with a report under way."""
    ideas = long_list(own)
    row = paused(own)
    yesterday = clock.today() - timedelta(days=1)
    ballot_of(round_of(row, own, due_on=yesterday), own.core, {row.candidates.first(): 10})
    share_out_of(own)
    shortlist_of(own, ideas[:2])
    study_of(own, ideas[0])


def test_where_nothing_is_under_way_one_query_is_asked(s, django_assert_num_queries):
    long_list(s.own, 2)
    who = reader(s.own.core)
    with reading():
        journeys_of(who)  # every page has asked for these
        with django_assert_num_queries(1):
            assert not list(of_focus(who, clock.today()))


@pytest.mark.parametrize("place", ["core", "facilitator"])
def test_what_waits_costs_the_same_in_many_clusters_as_in_one(
    s, place, django_assert_max_num_queries
):
    seat = getattr(s.own, place)
    everything(s.own)
    with reading(), django_assert_max_num_queries(MOST_QUERIES) as asked:
        assert list(focus_prompts(seat))
    for _ in range(2):
        own = team(s.programme)
        everything(own)
        paused_one = team(s.programme)
        paused(paused_one)
        for other in (own, paused_one):
            held = getattr(other, place)
            held.user = seat.user
            held.save()
    who = reader(seat)
    with reading():
        with_many = len(list(focus_prompts(seat, who)))
    assert with_many > 3
    with reading(), django_assert_max_num_queries(len(asked) + 5):  # five for what is paused
        list(focus_prompts(seat, who))


def focus_prompts(seat, who=None):
    return of_focus(who or reader(seat), clock.today())
