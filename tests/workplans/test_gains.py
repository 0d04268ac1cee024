"""What nobody had planned: one line when it happens, and each member's own word at the end."""

from datetime import timedelta

import pytest

from hedgerow.core import clock
from hedgerow.core.actions import Refused
from hedgerow.core.models import Event
from hedgerow.journeys.queries.return_views import GAIN_KINDS
from hedgerow.people.models import Role
from hedgerow.workplans.actions import gains as actions
from hedgerow.workplans.forms.gains import RecordGainsForm
from hedgerow.workplans.models import GainKind, GainsSaid, UnplannedGain
from hedgerow.workplans.queries.gains import GainLog, gains_in
from hedgerow.workplans.queries.gains_said import said_in
from tests.factories import MandateFactory, OrganisationFactory, actor

from .carried import gained
from .planned import begun

pytestmark = pytest.mark.django_db


@pytest.fixture
def p():
    return begun()


def log_of(p):
    return gains_in([p.cluster.pk])[p.cluster.pk]


def table_of(p):
    return said_in([p.cluster.pk])[p.cluster.pk]


def says(p, seat, *, has_nothing=False, words="We know our neighbours."):
    return actions.say_gains(
        by=actor(seat),
        workplan=p.plan,
        has_nothing=has_nothing,
        words="" if has_nothing else words,
    )


def written(p, seat, **said):
    row = {"has_nothing": False, "words": "A trainer.", "channel": "phone", **said}
    return actions.record_gains(
        by=p.facilitator, workplan=p.plan, organisation=seat.organisation, **row
    )


# the log


def test_a_gain_is_one_line_with_who_gained_and_needs_no_value(p):
    gain = gained(p, members=list(p.team.organisations[:2]), others="The town")

    (line,) = log_of(p).lines
    assert (line.words, line.pence, line.key) == ("A caretaker.", None, gain.pk)
    assert line.who == f"{p.team.organisations[0]}, {p.team.organisations[1]} and The town"
    assert log_of(p).in_short == "One gain that nobody had planned. Nobody put a value on it."
    told = Event.objects.get(did="workplans.gain_logged").detail
    assert told == {"kind": "support"}


@pytest.mark.parametrize("role", [Role.STAFF, Role.FACILITATOR, Role.SUPPORTER])
def test_anybody_round_the_table_writes_one_down(p, role):
    assert gained(p, seat=p.team.seats[role]).by == p.team.seats[role]


@pytest.mark.parametrize(
    ("said", "refusal"),
    [
        ({"words": "  "}, "Say in a line what was gained"),
        ({"words": "Two\nlines"}, "on one line"),
        ({"words": "x" * 301}, "301 characters long; 300 are the most"),
        ({"members": []}, "Say who gained"),
        ({"pence": 100}, "Say what shows that it is worth this"),
        ({"pence": 0, "evidence": "A letter."}, "worth more than nothing"),
        ({"pence": -1, "evidence": "A letter."}, "worth more than nothing"),
        ({"pence": 10**13, "evidence": "A letter."}, "more than Hedgerow can hold"),
    ],
)
def test_half_a_gain_is_refused_with_what_is_missing(p, said, refusal):
    with pytest.raises(Refused, match=refusal):
        gained(p, **{"words": "A caretaker.", **said})

    assert not UnplannedGain.objects.exists()


@pytest.mark.parametrize(
    ("days", "refusal"), [(1, "has not come yet"), (-3661, "more than ten years ago")]
)
def test_a_gain_is_of_a_day_that_has_come(p, days, refusal):
    with pytest.raises(Refused, match=refusal):
        gained(p, on=clock.today() + timedelta(days=days))


def test_only_members_are_ticked_and_others_are_written(p):
    with pytest.raises(Refused, match="write them among the others"):
        gained(p, members=[OrganisationFactory()])


def test_worth_is_summed_by_itself_and_says_over_how_many(p):
    for _ in range(4):
        gained(p)
    for pence in (2_000_000, 30_000, 10_000):
        gained(p, pence=pence, evidence="Its letter.")

    assert log_of(p).in_short == (
        "Seven gains that nobody had planned. Three of them were valued, at £20,400 together."
    )


def test_where_all_are_valued_nothing_is_left_to_say(p):
    gained(p, pence=50, evidence="A count.")

    assert log_of(p).in_short == "One gain that nobody had planned, worth £0.50 in all."
    assert GainLog().in_short == "Nobody has written down a gain that was not planned yet."


def test_one_that_is_taken_back_counts_no_more_and_stays_to_be_read(p):
    gain = gained(p, pence=100, evidence="A count.")

    actions.take_back_gain(by=p.facilitator, gain=gain, because="We had it before.")

    assert (log_of(p).n, log_of(p).worth) == (0, 0)
    (line,) = log_of(p).taken_back
    assert line.taken_back_because == "We had it before."
    with pytest.raises(Refused, match="taken back on"):
        actions.take_back_gain(by=p.core, gain=gain, because="Again.")


def test_taking_back_needs_its_reason(p):
    with pytest.raises(Refused, match="Say why"):
        actions.take_back_gain(by=p.core, gain=gained(p), because=" ")


def test_the_log_is_three_questions_for_any_number(p, django_assert_num_queries):
    for _ in range(3):
        gained(p)
    other = begun()
    gained(other)

    with django_assert_num_queries(3):
        found = gains_in([p.cluster.pk, other.cluster.pk])

    assert [log.n for log in found.values()] == [3, 1]


def test_the_kinds_are_called_in_the_return_as_they_are_here():
    assert dict(GainKind.choices) == dict(GAIN_KINDS)


# each member's own word


def test_a_member_says_what_it_gained_and_can_say_it_anew(p):
    first = says(p, p.team.core)
    second = says(p, p.team.core, has_nothing=True)

    first.refresh_from_db()
    assert first.ended_at
    line = table_of(p).of(p.team.core.organisation_id)
    assert (line.key, line.says, line.words) == (second.pk, "Nothing to add", "")
    told = Event.objects.filter(did__startswith="workplans.gains").order_by("number")
    assert [event.did for event in told] == ["workplans.gains_said", "workplans.gains_changed"]
    assert told[0].detail == {"organisation": p.team.core.organisation_id}


def test_the_same_again_is_one_word(p):
    says(p, p.team.core)
    says(p, p.team.core)

    assert GainsSaid.objects.count() == 1


def test_words_and_nothing_to_add_are_one_or_the_other(p):
    for has_nothing, words, refusal in (
        (True, "A trainer.", "Leave one of the two"),
        (False, " ", "or that there is nothing to add"),
        (False, "x" * 1001, "1,000 are the most"),
    ):
        with pytest.raises(Refused, match=refusal):
            actions.say_gains(by=p.core, workplan=p.plan, has_nothing=has_nothing, words=words)


@pytest.mark.parametrize("role", [Role.STAFF, Role.DEPUTY, Role.FACILITATOR, Role.SUPPORTER])
def test_only_who_speaks_for_a_member_says_it(p, role):
    with pytest.raises(Refused):
        says(p, p.team.seats[role])

    assert not GainsSaid.objects.exists()


def test_a_deputy_says_it_while_standing_in(p):
    MandateFactory(deputy=p.team.seats[Role.DEPUTY], given_by=p.team.core)

    assert says(p, p.team.seats[Role.DEPUTY]).organisation == p.team.core.organisation


def test_what_is_written_down_counts_and_waits_until_it_is_confirmed(p):
    word = written(p, p.team.second)
    line = table_of(p).of(p.team.second.organisation_id)
    assert (line.waits, line.can_be_said) == (True, True)
    assert "not confirmed yet" in line.how

    actions.confirm_gains(by=actor(p.team.second), said=word)
    actions.confirm_gains(by=actor(p.team.second), said=word)

    line = table_of(p).of(p.team.second.organisation_id)
    assert (line.waits, line.can_be_said) == (False, False)
    assert Event.objects.filter(did="workplans.gains_confirmed").count() == 1
    with pytest.raises(Refused, match="confirmed this on"):
        actions.undo_gains(by=actor(p.team.second), said=word)


def test_what_is_undone_counts_no_more_and_is_not_written_down_again(p):
    word = written(p, p.team.second)

    actions.undo_gains(by=actor(p.team.second), said=word)

    assert table_of(p).of(p.team.second.organisation_id).says == "Has not said yet"
    with pytest.raises(Refused, match="undid what was written down"):
        written(p, p.team.second)


def test_only_a_facilitator_writes_down_and_only_its_own_people_answer(p):
    word = written(p, p.team.second)

    with pytest.raises(Refused, match="only they can answer it"):
        actions.confirm_gains(by=actor(p.team.third), said=word)
    with pytest.raises(Refused, match="Only a facilitator"):
        actions.record_gains(
            by=p.core,
            workplan=p.plan,
            organisation=p.team.second.organisation,
            has_nothing=True,
            words="",
            channel="phone",
        )


def test_the_table_counts_who_has_said(p):
    assert table_of(p).in_short.startswith("None of three has said")
    says(p, p.team.core)
    assert table_of(p).in_short.startswith("One of three has said")
    says(p, p.team.second)
    says(p, p.team.third, has_nothing=True)
    assert table_of(p).in_short.startswith("All three have said")
    third = p.team.third.organisation_id
    assert table_of(p).own_first([third])[0].organisation_key == third


def test_what_is_written_down_for_another_is_asked_in_their_words():
    own = RecordGainsForm(members=[])["words"]

    assert own.help_text == "As they said it. Read it back to them if you can."
