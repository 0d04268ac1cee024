"""Shortlisting with red spots, from the long list to three: what each step does, and what it will
not do."""

from datetime import timedelta

import pytest

from hedgerow.agreements.models import Meeting
from hedgerow.core import clock
from hedgerow.core.actions import Stale
from hedgerow.core.models import Event, Mail
from hedgerow.focus.actions import shortlisting as actions
from hedgerow.focus.actions import shortlists
from hedgerow.focus.models import Idea, RedSpot, Shortlisting
from hedgerow.focus.queries.shortlisting import stands
from hedgerow.people import actions as people
from hedgerow.people import tries
from hedgerow.people.models import Member, Role
from tests.factories import MemberFactory, ProgrammeFactory, SeatFactory, actor, team

from .shortlistings import DUE, MONDAY, TUESDAY, begun, ideas_in, on, refusal

pytestmark = pytest.mark.django_db


@pytest.fixture
def own():
    with on(MONDAY):
        return team(ProgrammeFactory())


def beginning(own, **more):
    return {
        "by": actor(own.core),
        "cluster": own.cluster,
        "is_secret": True,
        "due_on": None,
        **more,
    }


# beginning


def test_a_shortlisting_begins_with_red_spots_over_the_ideas_chosen(own):
    ideas = ideas_in(own.cluster, own.core, 4)
    made = actions.begin_shortlisting(**beginning(own, ideas=[ideas[2], ideas[0]]))

    assert [str(one) for one in made.candidates.all()] == ["A hall", "A van"]
    assert [one.idea for one in made.candidates.all()] == [ideas[2], ideas[0]]
    (round,) = made.rounds.all()
    assert (round.number, round.kind, round.due_on, round.is_open) == (1, "spots", None, True)
    assert (made.number, made.begun_by, made.is_open) == (1, own.core, True)


def test_an_idea_that_is_named_twice_stands_once(own):
    ideas = ideas_in(own.cluster, own.core, 2)
    made = actions.begin_shortlisting(**beginning(own, ideas=[*ideas, *ideas]))
    assert made.candidates.count() == 2


def test_a_candidate_keeps_the_title_it_had(own):
    run = begun(own=own)
    Idea.objects.filter(pk=run.idea(1).pk).update(title="A lorry")
    assert str(run.candidate(1)) == "A van"


def test_what_a_shortlisting_cannot_begin_with(own):
    first, second = ideas_in(own.cluster, own.core, 2)
    elsewhere = team(ProgrammeFactory())
    (other,) = ideas_in(elsewhere.cluster, elsewhere.core, 1)

    begins = actions.begin_shortlisting
    assert "two ideas or more" in refusal(begins, **beginning(own, ideas=[first, first]))
    assert "is not on it" in refusal(begins, **beginning(own, ideas=[first, other]))
    Idea.objects.filter(pk=second.pk).update(
        ended_how="withdrawn", ended_because="So.", ended_by=own.core, ended_at=clock.now()
    )
    told = refusal(begins, **beginning(own, ideas=[first, second]))
    assert told == ("“One rota” is no longer on the long list: taken off the list. Leave it out.")


def test_its_last_day_is_today_or_later_and_within_a_year(own):
    ideas = ideas_in(own.cluster, own.core, 2)
    with on(TUESDAY):
        how = beginning(own, ideas=ideas)
        told = refusal(actions.begin_shortlisting, **{**how, "due_on": MONDAY})
        assert told == "2 March 2026 is over. Choose today or a later day."
        far = TUESDAY + timedelta(days=367)
        told = refusal(actions.begin_shortlisting, **{**how, "due_on": far})
        assert "more than a year ahead" in told
        actions.begin_shortlisting(**{**how, "due_on": TUESDAY})


def test_only_a_meeting_of_the_cluster_that_takes_place_is_named(own):
    ideas = ideas_in(own.cluster, own.core, 2)
    meeting = Meeting.objects.create(
        cluster=team(ProgrammeFactory()).cluster,
        title="Core Group",
        starts_at=clock.now(),
        minutes=60,
        called_by=own.core,
        called_at=clock.now(),
    )
    how = beginning(own, ideas=ideas, meeting=meeting)
    assert "Choose a meeting of this cluster" in refusal(actions.begin_shortlisting, **how)
    Meeting.objects.filter(pk=meeting.pk).update(cluster=own.cluster)
    made = actions.begin_shortlisting(**{**how, "meeting": Meeting.objects.get()})
    assert made.meeting == meeting


def test_one_shortlisting_goes_on_at_a_time(own):
    run = begun(own=own)
    ideas = list(own.cluster.ideas.all())

    told = refusal(actions.begin_shortlisting, **beginning(own, ideas=ideas))
    assert told.startswith("A shortlisting goes on since 2 March 2026.")
    give_up(run)
    assert actions.begin_shortlisting(**beginning(own, ideas=ideas)).number == 2


def test_it_needs_somebody_who_can_vote(own):
    ideas = ideas_in(own.cluster, own.core, 2)
    Member.objects.filter(cluster=own.cluster).update(is_second_tier=True)

    how = beginning(own, ideas=ideas, by=actor(own.facilitator))
    assert "has no full member just now" in refusal(actions.begin_shortlisting, **how)


def test_nothing_begins_in_a_cluster_that_has_ended_or_is_published(own):
    ideas = ideas_in(own.cluster, own.core, 2)
    own.cluster.is_published = True
    own.cluster.save()
    how = beginning(own, ideas=ideas)
    assert "of the published record" in refusal(actions.begin_shortlisting, **how)
    own.cluster.is_published, own.cluster.ended_at = False, clock.now()
    own.cluster.save()
    assert "nothing in it can be changed" in refusal(actions.begin_shortlisting, **how)


def test_whoever_lost_their_seat_begins_nothing(own):
    ideas = ideas_in(own.cluster, own.core, 2)
    other = actor(SeatFactory(role=Role.FACILITATOR))
    how = beginning(own, ideas=ideas, by=other)
    assert "You have no seat" in refusal(actions.begin_shortlisting, **how)


# rounds


def test_ideas_with_a_red_spot_are_struck_out(own):
    run = begun(own=own).past_spots(1, 2)

    assert run.standing() == [3, 4, 5]
    assert run.stands().stage == "done"
    closed = Event.objects.get(did="focus.vote_round_closed").detail
    assert closed["gone"] == [run.candidate(1).pk, run.candidate(2).pk]


def test_the_single_lowest_drops_and_it_stops_at_three(own):
    run = begun(own=own).past_spots()
    run.round_of({1: 5, 2: 5}, {3: 5, 4: 4, 5: 1}, {1: 10})
    assert run.standing() == [1, 2, 3, 4]
    run.round_of({1: 5, 2: 5}, {3: 5, 4: 4, 2: 1}, {1: 10})

    assert run.standing() == [1, 2, 3]
    assert run.stands().stage == "done"


def test_there_may_be_another_round_though_three_stand(own):
    run = begun(own=own, n=3).past_spots()
    run.round_of({1: 5, 2: 5}, {3: 3, 1: 7}, {1: 10})
    assert run.standing() == [1, 2]
    run.round_of({1: 6, 2: 4})
    assert run.standing() == [1]
    assert "Fewer than two ideas stand" in refusal(run.opens)


def test_where_several_are_level_nothing_drops_until_the_group_says(own):
    run = begun(own=own).past_spots()
    run.round_of({1: 4, 2: 4, 3: 2}, {1: 10}, {1: 10})

    assert run.standing() == [1, 2, 3, 4, 5]
    told = refusal(run.opens)
    assert told == (
        "“A shop” and “A website” are level at the bottom. First say whether all of them go, or "
        "whether you vote again."
    )
    run.settles("drop_all")
    assert run.standing() == [1, 2, 3]


def test_the_group_may_vote_again(own):
    run = begun(own=own).past_spots()
    run.round_of({1: 4, 2: 4, 3: 2}, {1: 10}, {1: 10})
    run.settles("vote_again")
    assert run.standing() == [1, 2, 3, 4, 5]
    run.round_of({1: 3, 2: 3, 3: 4}, {1: 4, 4: 6}, {1: 10})
    assert run.standing() == [1, 2, 3, 4]


def test_where_all_are_level_they_cannot_all_go(own):
    run = begun(own=own, n=2).past_spots()
    run.round_of({1: 5, 2: 5})

    assert "without them nothing would be left" in refusal(run.settles, settled="drop_all")
    run.settles("vote_again")


def test_what_is_not_level_is_not_settled(own):
    run = begun(own=own).past_spots()
    assert "Nothing is level" in refusal(run.settles, settled="drop_all")
    run.round_of({1: 4, 2: 4, 3: 2}, {1: 10}, {1: 10})
    level = run.round
    run.settles("vote_again")
    told = refusal(run.settles, settled="drop_all")
    assert "Nothing is level" in told
    run.round_of({1: 4, 2: 4, 3: 2}, {1: 10}, {1: 10})
    told = refusal(
        actions.settle_round,
        by=run.core,
        round=level,
        settled="drop_all",
        version=level.version + 1,
    )
    assert "Nothing is level" in told


def test_a_round_is_not_closed_without_saying_so_while_somebody_has_not_voted(own):
    run = begun(own=own)
    run.spot(run.core)

    told = refusal(run.closes, knows_absent=False)
    second, third = run.team.organisations[1:]
    assert told == (
        f"{second} and {third} have not voted. Wait, or say that you close the round without them."
    )
    run.spot(run.second)
    assert "has not voted" in refusal(run.closes, knows_absent=False)
    run.spot(run.third)
    closed = run.closes(knows_absent=False)
    assert closed.members == sorted(one.pk for one in run.team.organisations)
    assert closed.closed_by == run.team.facilitator


def test_a_round_of_votes_wants_one_ballot_at_least(own):
    run = begun(own=own)
    run.closes()
    run.opens()

    assert "Nobody has voted" in refusal(run.closes)
    run.casts(run.core, {1: 4, 2: 3, 3: 3})
    run.closes()
    assert run.stands().rounds[0].absent == tuple(str(one.pk) for one in run.team.organisations[1:])


def test_a_ballot_of_a_member_that_left_alone_is_not_enough(own):
    run = begun(own=own)
    run.closes()
    run.opens()
    run.casts(run.third, {1: 10})
    people.leave_cluster(by=run.third, member=member_of(run, run.team.third))

    assert "Nobody has voted" in refusal(run.closes)


def test_who_joins_while_a_round_is_open_has_a_vote_in_it(own):
    run = begun(own=own)
    with on(MONDAY):
        run.past_spots()
        run.opens()
    seat = SeatFactory(cluster=own.cluster, organisation=joined(own).organisation)
    run.casts(actor(seat), {1: 4, 2: 3, 3: 3})
    assert seat.organisation_id in run.closes().members


def test_a_red_spot_of_who_left_strikes_nothing_out(own):
    run = begun(own=own)
    run.spot(run.third, 1)
    people.leave_cluster(by=run.third, member=member_of(run, run.team.third))
    run.closes()

    assert run.standing() == [1, 2, 3, 4, 5]
    assert RedSpot.objects.get().ended_at is None


def test_what_is_closed_stays_as_it_was_whoever_comes_and_goes(own):
    run = begun(own=own).past_spots(None, None, 1)
    people.leave_cluster(by=run.third, member=member_of(run, run.team.third))
    joined(own)

    assert run.standing() == [2, 3, 4, 5]


def test_a_shortlisting_that_everybody_left_can_still_be_read(own):
    run = begun(own=own)
    Member.objects.filter(cluster=own.cluster).update(left_at=clock.now())

    assert len(run.stands().standing) == 5
    assert "has no full member just now" in refusal(run.closes)


def test_one_round_is_open_at_a_time(own):
    run = begun(own=own)
    assert refusal(run.opens) == "A round is open. Close it before you open the next."


def test_the_same_round_is_closed_once(own):
    run = begun(own=own)
    first = run.round
    run.closes()
    told = refusal(
        actions.close_vote_round, by=run.core, round=first, knows_absent=True, version=first.version
    )
    assert told.startswith("This round was closed on")


def test_what_somebody_else_changed_is_read_again_first(own):
    run = begun(own=own)
    version = run.fresh.version
    run.past_spots()

    with pytest.raises(Stale):
        actions.open_vote_round(
            by=run.core, shortlisting=run.shortlisting, due_on=None, version=version
        )
    run.opens()
    with pytest.raises(Stale):
        actions.close_vote_round(by=run.core, round=run.round, knows_absent=True, version=99)
    with pytest.raises(Stale):
        actions.settle_round(by=run.core, round=run.round, settled="drop_all", version=99)
    with pytest.raises(Stale):
        actions.give_up_shortlisting(
            by=run.core, shortlisting=run.shortlisting, because="So.", version=99
        )


# giving up


def give_up(run, because="We talk first."):
    return actions.give_up_shortlisting(
        by=run.core, shortlisting=run.shortlisting, because=because, version=run.fresh.version
    )


def test_it_is_given_up_with_a_reason_and_what_was_secret_stays_so(own):
    run = begun(own=own)
    spot = run.spot(run.core, 1)
    assert "Say why you give it up" in refusal(give_up, run=run, because=" ")
    ended = give_up(run)

    assert (ended.ended_by, ended.given_up_because) == (own.core, "We talk first.")
    assert not RedSpot.objects.get(pk=spot.pk).is_shown
    assert run.standing() == [1, 2, 3, 4, 5]
    assert "ended on" in refusal(give_up, run=run)
    assert "ended on" in refusal(run.opens)
    assert "ended on" in refusal(run.closes)
    assert "ended on" in refusal(run.settles, settled="drop_all")


def test_what_was_asked_for_ends_with_it(own):
    run = begun(own=own).past_spots(1)
    asked = run.asks(run.second, 1)
    give_up(run)

    asked.refresh_from_db()
    assert asked.is_taken_back and asked.declined_at


# letters


def test_everybody_who_votes_gets_a_letter_where_there_is_a_last_day(own):
    begun(own=own, due_on=DUE)
    letters = Mail.objects.filter(why="votes")

    assert {one.person for one in letters} == {
        seat.user_id for seat in (own.core, own.second, own.third)
    }
    letter = letters.first()
    assert letter.subject == (
        f"Your red spot, if you want one, until Monday 9 March 2026: {own.cluster}"
    )
    assert "/shortlistings/" in letter.text
    assert "until the round is closed" not in letter.text


def test_each_round_has_its_own_letter(own):
    run = begun(own=own, due_on=DUE)
    with on(TUESDAY):
        run.past_spots()
        run.opens(due_on=DUE)

    letters = Mail.objects.filter(subject__startswith="Your ten votes, until Monday 9 March 2026")
    assert letters.count() == 3
    assert "The idea with the fewest votes drops." in letters.first().text


def test_no_letters_go_out_for_a_round_that_is_held_in_a_meeting(own):
    begun(own=own).past_spots().opens()
    assert not Mail.objects.filter(why="votes").exists()


def test_the_people_of_the_example_get_no_letters(own):
    for seat in (own.core, own.second):
        seat.user.is_example = True
        seat.user.save()
    begun(own=own, due_on=DUE)
    assert [one.person for one in Mail.objects.filter(why="votes")] == [own.third.user_id]


def test_letters_to_everybody_are_counted(own, monkeypatch):
    few = tries.Limit(kind="round_of_letters", n=1, span=timedelta(days=1))
    monkeypatch.setattr(tries, "ROUNDS_OF_LETTERS", few)
    run = begun(own=own, due_on=DUE)
    with on(MONDAY):
        run.past_spots()
        told = refusal(
            actions.open_vote_round,
            by=run.core,
            shortlisting=run.shortlisting,
            due_on=DUE,
            version=run.fresh.version,
        )
    assert "letters sent to everybody" in told
    assert run.round.number == 1


# the queries


def test_how_it_stands_takes_five_queries(own, django_assert_num_queries):
    run = begun(own=own).past_spots(1)
    run.round_of({2: 4, 3: 3, 4: 3}, {2: 10}, {3: 10})
    asked = run.asks(run.core, 1)
    for by in (run.second, run.third):
        run.answers(by, asked)
    shortlisting = Shortlisting.objects.get(pk=run.shortlisting.pk)

    with django_assert_num_queries(5):
        state = stands(shortlisting)
    assert len(state.reopened) == 1


def test_a_shortlist_ends_it(own):
    run = begun(own=own).past_spots()
    shortlists.write_shortlist(
        by=run.core,
        cluster=own.cluster,
        ideas=[run.idea(1)],
        words="We talked.",
        shortlisting=run.shortlisting,
        version=run.fresh.version,
    )
    assert "ended on" in refusal(run.opens)


def member_of(run, seat):
    return run.team.cluster.members.get(organisation=seat.organisation)


def joined(own):
    return MemberFactory(cluster=own.cluster, joined_at=clock.now())
