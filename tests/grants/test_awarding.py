"""The programme's answers: one, whole or not at all, and never a change of the plan."""

import pytest

from hedgerow.core.actions import Refused, Stale
from hedgerow.core.models import Event
from hedgerow.core.owners import Owner
from hedgerow.grants.actions import awarding
from hedgerow.grants.queries.awarding import amounts_in, can_hold
from hedgerow.journeys.models import Answered, Submission
from hedgerow.journeys.queries.submissions import plan_in
from hedgerow.ledger.actions import ConditionSaid, InstalmentSaid
from hedgerow.ledger.models import Award, Condition
from hedgerow.ledger.queries import money_in
from hedgerow.people.models import Role
from hedgerow.people.queries.history import history_of
from tests.factories import OrganisationFactory, actor, reader
from tests.journeys.handed_in import a_line

from .assessed import LEVELLING_UP, MAIN, in_days

pytestmark = pytest.mark.django_db


# agreeing


def test_to_agree_answers_the_plan_and_makes_the_award_in_one_act(a):
    award = a.agrees()

    assert a.now().answer == Answered.AGREED
    assert (award.submission, award.holding) == (a.now(), a.s.own.organisations[0])
    money = money_in([award])[award.pk]
    assert (money.award, money.released) == (MAIN + LEVELLING_UP, MAIN)


def test_with_conditions_it_is_agreed_with_conditions(a):
    award = a.agrees(conditions=[ConditionSaid(words="Say who leads.", due_on=in_days(30))])

    assert a.now().answer == Answered.CONDITIONS
    assert [(one.words, one.due_on) for one in award.conditions.all()] == [
        ("Say who leads.", in_days(30))
    ]


@pytest.mark.parametrize(
    ("changed", "said"),
    [
        ({"amounts": {"main": 20_000_00}}, "Make them the same"),
        (
            {
                "amounts": {"main": 20_000_00},
                "instalments": [InstalmentSaid(tranche="main", pence=20_000_00)],
            },
            "which the terms of",
        ),
        ({"amounts": {}, "instalments": []}, "Say how much is awarded"),
        ({"awarded_on": in_days(1)}, "still to come"),
        ({"conditions": [ConditionSaid(words=" ")]}, "Say what each condition is"),
    ],
)
def test_an_award_that_cannot_be_made_leaves_the_plan_waiting(a, changed, said):
    with pytest.raises(Refused, match=said):
        a.agrees(**changed)

    assert a.now().waits
    assert not Award.objects.exists()
    assert not Condition.objects.exists()


def test_only_a_full_member_holds_the_money(a):
    stranger = OrganisationFactory()
    supporter = a.s.own.seats[Role.SUPPORTER].organisation

    for organisation in (stranger, supporter):
        with pytest.raises(Refused):
            a.agrees(holding=organisation)
        assert organisation not in can_hold(a.cluster)
    assert set(can_hold(a.cluster)) == set(a.s.own.organisations)


def test_what_a_plan_asks_for_is_told_by_what_its_lines_are_for(a):
    plan = a.handed.plan(
        lines=(
            a_line(1, 100),
            a_line(2, 20, kind="levelling_up"),
            a_line(3, 3, kind="quick_win"),
            a_line(4, 4000, kind="in_kind", hours=2),
            a_line(5, 50),
        )
    )

    assert amounts_in(plan) == {"main": 150, "levelling_up": 20, "quick_wins": 3}
    assert sum(amounts_in(plan).values()) == plan.money


# once


ANSWERS = {
    "agree": lambda a, row: a.agrees(row),
    "send back": lambda a, row: awarding.send_back(
        by=a.manager, submission=row, missing=["Who?"], version=row.version
    ),
    "redirect": lambda a, row: awarding.redirect(
        by=a.manager, submission=row, words="The council.", version=row.version
    ),
}


@pytest.mark.parametrize("then", ANSWERS)
@pytest.mark.parametrize("first", ANSWERS)
def test_a_second_answer_is_refused_with_the_first(a, first, then):
    ANSWERS[first](a, a.now())
    standing = (a.now().answer, a.now().answer_words)

    with pytest.raises(Refused, match=r"on \d+ \w+ \d{4} by Chief executive"):
        ANSWERS[then](a, a.now())
    assert (a.now().answer, a.now().answer_words) == standing
    assert Award.objects.count() == (first == "agree")


@pytest.mark.parametrize("answer", ANSWERS)
def test_a_plan_that_was_taken_back_is_not_answered(a, answer):
    read = a.now()
    a.handed.takes_back(a.plan)

    with pytest.raises(Refused, match="was taken back on"):
        ANSWERS[answer](a, read)
    assert a.now().answer == Answered.TAKEN_BACK


@pytest.mark.parametrize("answer", ANSWERS)
def test_nobody_but_the_programmes_manager_answers(a, answer):
    for seat in (a.s.other_staff[Role.MANAGER], a.first, a.s.own.core, a.s.own.facilitator):
        a.manager = actor(seat)
        with pytest.raises(Refused, match="Only the manager of"):
            ANSWERS[answer](a, a.now())
    assert a.now().waits


@pytest.mark.parametrize("answer", ANSWERS)
def test_no_answer_changes_a_word_of_the_plan(a, answer):
    before = (a.now().whole, a.now().digest, plan_in(a.now()))
    ANSWERS[answer](a, a.now())

    assert (a.now().whole, a.now().digest, plan_in(a.now())) == before


def test_an_answer_to_another_reading_is_stale(a):
    with pytest.raises(Stale):
        a.agrees(version=a.plan.version + 1)
    assert a.now().waits


# sending back, pointing elsewhere


def test_what_is_missing_is_a_line_each(a):
    a.sends_back(" Who leads? ", "", "By when?")

    assert a.now().answer == Answered.RETURNED
    assert a.now().answer_words == "Who leads?\nBy when?"
    assert a.handed.hands_in(words="We said who.").number == 2


def test_to_send_back_or_point_elsewhere_needs_words(a):
    with pytest.raises(Refused, match="Say what is missing"):
        a.sends_back(" ", "")
    with pytest.raises(Refused, match="which support would fit"):
        awarding.redirect(by=a.manager, submission=a.plan, words=" ", version=a.plan.version)
    assert a.now().waits


def test_a_cluster_pointed_elsewhere_can_hand_in_another(a):
    awarding.redirect(by=a.manager, submission=a.plan, words="Mentors.", version=a.plan.version)

    assert a.now().answer == Answered.REDIRECTED
    assert a.handed.hands_in().waits


# returns


def test_a_return_is_accepted(a):
    a.agrees()
    row = a.hands_in_return()
    awarding.accept_return(by=a.manager, submission=row, words="Thank you.", version=row.version)

    row.refresh_from_db()
    assert (row.answer, row.answer_words) == (Answered.AGREED, "Thank you.")


def test_a_return_is_sent_back_and_comes_again(a):
    a.agrees()
    row = a.hands_in_return()
    awarding.send_back_return(
        by=a.manager, submission=row, missing=["What did it cost?"], version=row.version
    )

    row.refresh_from_db()
    assert (row.answer, row.answer_words) == (Answered.RETURNED, "What did it cost?")
    assert a.hands_in_return().number == 2


def test_a_return_is_no_plan_and_a_plan_no_return(a):
    with pytest.raises(ValueError, match="not answered as"):
        awarding.accept_return(by=a.manager, submission=a.plan, words="", version=a.plan.version)
    a.agrees()
    row = a.hands_in_return()
    with pytest.raises(ValueError, match="not answered as"):
        awarding.redirect(by=a.manager, submission=row, words="X", version=row.version)


# the history


def test_each_answer_is_told_in_the_programmes_history(a):
    a.sends_back("Who?", "When?")
    a.plan = a.handed.hands_in()
    awarding.redirect(by=a.manager, submission=a.plan, words="Mentors.", version=a.plan.version)
    a.plan = a.handed.hands_in()
    a.agrees(conditions=[ConditionSaid(words="Say who leads.")])
    row = a.hands_in_return()
    awarding.send_back_return(by=a.manager, submission=row, missing=["Sums"], version=row.version)
    row = a.hands_in_return()
    awarding.accept_return(by=a.manager, submission=row, words="", version=row.version)

    lines = history_of(reader(a.manager_seat), owner=Owner.PROGRAMME, key=a.s.programme.pk, limit=9)
    told = " ".join(line.sentence for line in lines)
    for words in (
        f"sent the plan of {a.cluster} back, with two things to add",
        f"pointed {a.cluster} to other support",
        "under one condition, and made the award",
        f"sent the return of {a.cluster} back, with one thing to add",
        f"accepted the return of {a.cluster}",
    ):
        assert words in told


def test_no_word_of_an_answer_stands_in_the_record(a):
    a.sends_back("Canary")

    assert not [event for event in Event.objects.all() if "Canary" in str(event.detail)]
    assert Submission.objects.get().answer_words == "Canary"
