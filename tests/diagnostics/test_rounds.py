"""Asking a round: what is frozen, what is refused, and how far each member has come."""

from datetime import timedelta

import pytest

from hedgerow.core import clock
from hedgerow.core.actions import Refused, Stale
from hedgerow.core.models import Event
from hedgerow.diagnostics.actions import reminders, rounds
from hedgerow.diagnostics.models import Asking, Round, Sheet, Talk, WhyNot
from hedgerow.diagnostics.queries.rounds import status_of
from hedgerow.diagnostics.questions.packs import catalogue, instrument_of
from hedgerow.people.actions import leave_cluster
from hedgerow.people.models import Member, Role
from tests.factories import MemberFactory, SeatFactory, actor

from .scenes_rounds import member_of, opened, said_why_not, talked

pytestmark = pytest.mark.django_db

NEXT_WEEK = timedelta(days=7)
EACH_ROLE = ("front_line", "manager", "board")


def answer(asking: Asking, seat, *, role="", finished=True, **more) -> Sheet:
    """As a row: what is in it is nobody's business here."""
    now = clock.now()
    return Sheet.objects.create(
        asking=asking,
        organisation=seat.organisation,
        seat=seat,
        role=role,
        begun_at=now,
        changed_at=now,
        finished_at=now if finished else None,
        **more,
    )


def answer_all(round: Round, seat) -> None:
    for asking in round.askings.all():
        answer(asking, seat)


def close(round: Round, seat) -> Round:
    round.closed_at, round.closed_by = clock.now(), seat
    round.save()
    return round


def open_with(s, asked=(("capacity", ()),), *, by=None, due_on=None):
    return rounds.open_round(
        by=actor(by or s.own.facilitator),
        cluster=s.cluster,
        asked=asked,
        due_on=due_on or clock.today() + NEXT_WEEK,
    )


# opening


def test_a_round_asks_each_instrument_as_its_text_is_on_that_day(s):
    round = open_with(s, [("ict-baseline", ()), ("capacity", ("board", "front_line"))])

    askings = {asking.slug: asking for asking in round.askings.all()}
    assert round.number == 1
    assert set(askings) == {"capacity", "ict-baseline"}
    assert askings["capacity"].roles == ["front_line", "board"]
    for slug, asking in askings.items():
        assert asking.text == catalogue()[slug].text
        assert instrument_of(asking.text).digest == asking.digest
    assert Event.objects.get(did="diagnostics.round_opened").detail["n"] == 2


@pytest.mark.parametrize(
    ("asked", "said"),
    [
        ((), "at least one set"),
        ((("shoe-sizes", ()),), "not asked here any more"),
        ((("capacity", ("cook", "board")),), "not known here"),
        ((("capacity", ("board",)),), "at least two of"),
    ],
)
def test_what_cannot_be_asked_is_refused_in_a_sentence(s, asked, said):
    with pytest.raises(Refused, match=said):
        open_with(s, asked)

    assert not Round.objects.exists()


@pytest.mark.parametrize(("days", "said"), [(0, "leaves nobody time"), (-1, "time"), (366, "year")])
def test_the_day_is_one_on_which_answers_can_come_in(s, days, said):
    with pytest.raises(Refused, match=said):
        open_with(s, due_on=clock.today() + timedelta(days=days))


def test_a_second_round_waits_until_the_first_is_closed(s):
    first = opened(s)
    with pytest.raises(Refused, match="Round 1 is open until"):
        open_with(s)

    close(first, s.own.facilitator)

    assert open_with(s).number == 2


def test_nobody_asks_in_a_cluster_that_has_ended_or_has_no_member(s):
    Member.objects.filter(cluster=s.cluster).update(left_at=clock.now())
    with pytest.raises(Refused, match="no member yet"):
        open_with(s)
    s.cluster.ended_at = clock.now()
    s.cluster.save()
    with pytest.raises(Refused, match="ended on"):
        open_with(s)


def test_whoever_has_lost_their_seat_meanwhile_is_refused(s):
    s.own.facilitator.ended_at = clock.now()
    s.own.facilitator.save()

    with pytest.raises(Refused, match="no seat in"):
        open_with(s)


# another day


def test_the_day_moves_and_the_history_has_both(s):
    round = opened(s)
    was, to = round.due_on, round.due_on + NEXT_WEEK

    moved = rounds.move_round(by=actor(s.own.core), round=round, due_on=to, version=1)

    assert moved.due_on == to
    event = Event.objects.get(did="diagnostics.round_moved")
    assert (event.detail["was"], event.detail["due"]) == (was.isoformat(), to.isoformat())
    with pytest.raises(Stale):
        rounds.move_round(by=actor(s.own.core), round=round, due_on=was, version=1)


def test_the_same_day_is_no_move_and_a_closed_round_has_none(s):
    round = opened(s)
    rounds.move_round(by=actor(s.own.core), round=round, due_on=round.due_on, version=1)
    assert not Event.objects.filter(did="diagnostics.round_moved").exists()

    close(round, s.own.core)

    with pytest.raises(Refused, match="was closed on"):
        rounds.move_round(
            by=actor(s.own.core), round=round, due_on=round.due_on + NEXT_WEEK, version=1
        )


# why not


def test_a_member_says_why_not_changes_its_words_and_takes_them_back(s):
    round = opened(s)
    first = said_why_not(round, s.own.core)
    assert said_why_not(round, s.own.core) == first

    second = said_why_not(round, s.own.core, "Our director left.")
    first.refresh_from_db()
    assert first.ended_at

    reminders.take_back_why_not(by=actor(s.own.core), why_not=second)
    assert not WhyNot.objects.filter(ended_at=None).exists()
    assert Event.objects.filter(did="diagnostics.why_not_said").count() == 2


@pytest.mark.parametrize(
    ("who", "said"),
    [(Role.STAFF, "no vote"), (Role.DEPUTY, "stand in"), (Role.FACILITATOR, "no vote")],
)
def test_only_the_members_own_voice_says_why_not(s, who, said):
    round = opened(s)
    with pytest.raises(Refused, match=said):
        reminders.say_why_not(
            by=actor(s.own.seats[who]), member=member_of(s.own.core), round=round, words="No."
        )


def test_nobody_says_it_for_another_member(s):
    round = opened(s)
    with pytest.raises(Refused, match="says for itself"):
        reminders.say_why_not(
            by=actor(s.own.second), member=member_of(s.own.core), round=round, words="No."
        )
    why_not = said_why_not(round, s.own.core)
    with pytest.raises(Refused, match="takes back what it said"):
        reminders.take_back_why_not(by=actor(s.own.second), why_not=why_not)


@pytest.mark.parametrize(("words", "said"), [(" ", "few words"), ("x" * 501, "500 are the most")])
def test_why_not_takes_a_few_words(s, words, said):
    with pytest.raises(Refused, match=said):
        said_why_not(opened(s), s.own.core, words)


def test_who_answered_everything_has_nothing_to_excuse(s):
    round = opened(s)
    answer_all(round, s.own.core)

    with pytest.raises(Refused, match="has answered all of it"):
        said_why_not(round, s.own.core)


def test_after_the_close_a_reason_can_be_given_and_none_taken_back(s):
    round = opened(s)
    why_not = said_why_not(round, s.own.core)
    close(round, s.own.facilitator)

    assert said_why_not(round, s.own.second)
    with pytest.raises(Refused, match="was closed on"):
        reminders.take_back_why_not(by=actor(s.own.core), why_not=why_not)


# how far each has come


def status(round):
    return status_of([round])[round.pk]


def test_a_member_has_answered_once_one_of_its_people_finished_each_set(s):
    round = opened(s, "capacity", "ict-baseline")
    capacity, ict = round.askings.all()
    answer(capacity, s.own.core)
    answer(ict, s.own.seats[Role.STAFF], finished=False)
    mine = status(round).of(s.own.core.organisation_id)
    assert (mine.n_finished, mine.n_asked, mine.words) == (1, 2, "One of two answered")
    assert mine.open_askings == {ict.pk}

    Sheet.objects.update(finished_at=clock.now())

    mine = status(round).of(s.own.core.organisation_id)
    assert mine.has_answered and mine.is_done
    assert status(round).answered_words == "One of three has answered"


def test_where_roles_are_asked_one_by_one_each_is_waited_for(s):
    round = opened(s, "capacity", roles=EACH_ROLE)
    asking = round.askings.get()
    answer(asking, s.own.core, role="manager")
    answer(asking, s.own.seats[Role.STAFF], role="front_line")
    mine = status(round).of(s.own.core.organisation_id)
    assert (mine.n_finished, mine.n_asked) == (2, 3)
    assert mine.still_wants.endswith(": board")

    answer(asking, s.own.seats[Role.DEPUTY], role="board")

    assert status(round).of(s.own.core.organisation_id).has_answered


def test_a_reason_makes_a_member_done_and_an_answer_after_all_does_too(s):
    round = opened(s)
    said_why_not(round, s.own.core)
    mine = status(round).of(s.own.core.organisation_id)
    assert mine.is_done and not mine.has_answered

    answer_all(round, s.own.core)

    assert status(round).of(s.own.core.organisation_id).has_answered
    assert {line.name for line in status(round).waiting} == {
        s.own.second.organisation.name,
        s.own.third.organisation.name,
    }


def test_who_works_for_the_others_who_left_and_who_came_later_are_not_counted(s):
    round = opened(s)
    leave_cluster(by=actor(s.own.third), member=member_of(s.own.third))
    assert len(status(round).members) == 2

    close(round, s.own.facilitator)
    later = MemberFactory(cluster=s.cluster, joined_at=clock.now() + timedelta(seconds=1))

    assert status(round).of(later.organisation_id) is None
    assert len(status(round).members) == 2


def test_it_costs_three_queries_for_any_number_of_rounds_and_members(s, django_assert_num_queries):
    all_of_them = [opened(place, "capacity", "ict-baseline") for place in (s.own, s.neighbour)]
    for seat in (s.own.core, s.own.second, s.neighbour.core):
        answer_all(next(it for it in all_of_them if it.cluster == seat.cluster), seat)
    for _ in range(3):
        SeatFactory(cluster=s.cluster)

    with django_assert_num_queries(3):
        found = status_of(all_of_them)

    assert [len(it.members) for it in found.values()] == [6, 3]


# the talk


def test_the_talk_is_written_once_all_have_answered_or_the_round_is_closed(s):
    round = opened(s)
    with pytest.raises(Refused, match="Not all answers are in yet"):
        talked(s, round)

    close(round, s.own.facilitator)

    talk = talked(s, round)
    assert talk.version == 1
    assert talked(s, round, version=1) == talk  # the same again
    assert Event.objects.filter(did="diagnostics.talk_written").count() == 1


@pytest.mark.parametrize(
    ("said", "refusal"),
    [
        ({"needs": "  "}, "what you all need"),
        ({"own": "x" * 4001}, "4,000 are the most"),
        ({"on": "tomorrow"}, "still to come"),
        ({"on": "long ago"}, "before the questions were asked"),
    ],
)
def test_a_talk_has_its_day_and_its_words(s, said, refusal):
    days = {"tomorrow": timedelta(days=1), "long ago": timedelta(days=-1)}
    if "on" in said:
        said = {"on": clock.today() + days[said["on"]]}
    with pytest.raises(Refused, match=refusal):
        talked(s, close(opened(s), s.own.core), **said)


def test_two_who_write_the_first_talk_or_change_it_do_not_overwrite_each_other(s):
    round = close(opened(s), s.own.core)
    talked(s, round)
    with pytest.raises(Stale):
        talked(s, round, needs="Something else.")
    talked(s, round, needs="Our accounts, first of all.", version=1)
    with pytest.raises(Stale):
        talked(s, round, needs="Something else.", version=1)

    assert Talk.objects.get().needs == "Our accounts, first of all."
