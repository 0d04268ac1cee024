"""The acid test: who says what it would gain, what is written down for it, and what that comes to."""

import pytest

from hedgerow.core import clock
from hedgerow.core.actions import Refused
from hedgerow.core.models import Event
from hedgerow.focus.actions import gains as actions
from hedgerow.focus.models import Gain
from hedgerow.focus.queries.gains import GainLine, GainTable, gains_of
from hedgerow.people.models import Member, Role
from tests.factories import MandateFactory, MemberFactory, actor

from .scenes_ideas import gain_of, long_list

pytestmark = pytest.mark.django_db


def say(seat, idea, would_gain=True, words="Time."):
    return actions.say_gain(by=actor(seat), idea=idea, would_gain=would_gain, words=words)


def write_down(s, idea, member, would_gain=True, words="Time.", channel="phone"):
    return actions.record_gain(
        by=actor(s.own.facilitator),
        idea=idea,
        organisation=member.organisation,
        would_gain=would_gain,
        words=words,
        channel=channel,
    )


# saying it


def test_a_member_says_what_it_gains_and_can_say_it_anew(s, idea):
    first = say(s.own.core, idea)
    second = say(s.own.core, idea, False, "We have one already.")

    first.refresh_from_db()
    assert first.ended_at
    line = gains_of([idea])[idea.pk].of(s.own.core.organisation_id)
    assert (line.key, line.would_gain, line.words) == (second.pk, False, "We have one already.")
    told = Event.objects.filter(did__startswith="focus.gain").order_by("number")
    assert [event.did for event in told] == [
        "focus.gain_said",
        "focus.gain_changed",
    ]


def test_the_record_names_the_idea_and_the_member_and_never_the_word(s, idea):
    say(s.own.core, idea, False, "No.")

    assert Event.objects.get(did="focus.gain_said").detail == {
        "idea": idea.pk,
        "organisation": s.own.core.organisation_id,
    }


def test_the_same_again_is_one_word(s, idea):
    say(s.own.core, idea)
    say(s.own.core, idea)

    assert Gain.objects.count() == 1


@pytest.mark.parametrize(
    ("would_gain", "words", "refusal"),
    [
        (True, " ", "in a line what you would gain"),
        (False, "", "why you would gain nothing"),
        (True, "x" * 201, "201 characters long; 200 are the most"),
        (True, "Two\nlines", "on one line"),
    ],
)
def test_it_is_said_in_one_line(s, idea, would_gain, words, refusal):
    with pytest.raises(Refused, match=refusal):
        say(s.own.core, idea, would_gain, words)

    assert not Gain.objects.exists()


@pytest.mark.parametrize("role", [Role.STAFF, Role.DEPUTY, Role.FACILITATOR, Role.SUPPORTER])
def test_only_who_speaks_for_a_member_says_it(s, idea, role):
    with pytest.raises(Refused):
        say(s.own.seats[role], idea)

    assert not Gain.objects.exists()


def test_a_deputy_says_it_while_standing_in(s, idea):
    MandateFactory(deputy=s.own.seats[Role.DEPUTY], given_by=s.own.core)

    assert say(s.own.seats[Role.DEPUTY], idea).organisation == s.own.core.organisation


# written down for somebody


def test_what_is_written_down_counts_and_waits_until_it_is_confirmed(s, idea):
    gain = write_down(s, idea, s.own.second)
    table = gains_of([idea])[idea.pk]
    assert table.of(s.own.second.organisation_id).waits
    assert "not confirmed yet" in table.of(s.own.second.organisation_id).how

    actions.confirm_gain(by=actor(s.own.second), gain=gain)

    line = gains_of([idea])[idea.pk].of(s.own.second.organisation_id)
    assert (line.waits, line.can_be_said) == (False, False)
    assert "confirmed by" in line.how
    with pytest.raises(Refused, match="confirmed this on"):
        actions.undo_gain(by=actor(s.own.second), gain=gain)


def test_what_is_undone_counts_no_more_and_is_not_written_down_again(s, idea):
    gain = write_down(s, idea, s.own.second)

    actions.undo_gain(by=actor(s.own.second), gain=gain)

    assert gains_of([idea])[idea.pk].of(s.own.second.organisation_id).would_gain is None
    with pytest.raises(Refused, match="undid what was written down"):
        write_down(s, idea, s.own.second)


def test_what_a_member_said_itself_is_never_written_over(s, idea):
    say(s.own.second, idea)

    with pytest.raises(Refused, match="only its own people can change that"):
        write_down(s, idea, s.own.second, False, "No.")


def test_nobody_answers_for_another_member(s, idea):
    gain = write_down(s, idea, s.own.second)

    for press in (actions.confirm_gain, actions.undo_gain):
        with pytest.raises(Refused, match="only they can answer it"):
            press(by=actor(s.own.third), gain=gain)


# what it comes to


@pytest.mark.parametrize(
    ("said", "words"),
    [
        ([], "Nobody is a member yet."),
        ([None, None], "Nobody has said yet whether they gain."),
        ([True] * 6, "All six gain."),
        ([True, True], "Both gain."),
        ([True], "One of one gains."),
        ([True, False, None], "One of three gains, one does not and one has not said yet."),
        ([False, False, None, None], "None of four gain, two do not and two have not said yet."),
        ([True] * 5 + [False], "Five of six gain and one does not."),
    ],
)
def test_it_is_said_in_a_sentence_in_which_nobody_is_smoothed_over(said, words):
    table = GainTable(
        lines=tuple(
            GainLine(organisation=f"Member {n}", organisation_key=n, would_gain=it)
            for n, it in enumerate(said)
        )
    )

    assert table.in_short == words
    assert table.all_gain is (bool(said) and all(said))


def test_only_full_members_of_today_are_counted(s, idea):
    joined = MemberFactory(cluster=s.cluster).organisation
    Member.objects.filter(cluster=s.cluster, organisation=s.own.third.organisation).update(
        left_at=clock.now()
    )
    gain_of(idea, s.own.third)

    keys = {line.organisation_key for line in gains_of([idea])[idea.pk].lines}

    assert joined.pk in keys
    assert s.own.third.organisation_id not in keys
    assert len(keys) == 3


def test_the_readers_own_come_first(s, idea):
    table = gains_of([idea])[idea.pk]
    last = table.lines[-1].organisation_key

    assert table.own_first({last})[0].organisation_key == last


def test_many_ideas_cost_three_questions(s, django_assert_num_queries):
    ideas = long_list(s.own, 5)
    for one in ideas:
        for seat in (s.own.core, s.own.second):
            gain_of(one, seat)

    with django_assert_num_queries(3):
        assert all(len(table.gain) == 2 for table in gains_of(ideas).values())


# who is asked
