"""The budget of an agreed plan is changed by a decision; which one holds is derived from it."""

import pytest

from hedgerow.agreements import actions as agreements
from hedgerow.core.actions import Refused, Stale
from hedgerow.core.models import Event
from hedgerow.ledger import actions as ledger
from hedgerow.ledger.models import Entry
from hedgerow.workplans.actions import budget_changes, budgets
from hedgerow.workplans.queries.budget_pages import budget_page
from hedgerow.workplans.queries.budgets import lines_of
from tests.factories import actor

from .budgeted import agreed, writing

pytestmark = pytest.mark.django_db


def test_what_was_handed_in_holds_once_the_plan_is_agreed():
    b = agreed()

    assert (b.standing.number, b.state.is_agreed, b.state.verdict) == (1, True, None)


def test_before_the_plan_is_agreed_its_budget_needs_no_decision():
    b = writing()

    with pytest.raises(Refused, match="not agreed yet"):
        b.begins_change()
    with pytest.raises(Refused, match="not agreed yet"):
        b.puts()
    with pytest.raises(Refused, match=r"It stays|it stays"):
        budget_changes.give_up_change(by=b.core, budget=b.open, version=b.open.version)


def test_a_change_begins_as_a_copy_and_holds_nothing():
    b = agreed()

    change = b.begins_change()

    assert lines_of(change) == lines_of(b.standing)
    assert b.standing.number == 1
    with pytest.raises(Refused, match="being written already"):
        b.begins_change()


def test_a_change_is_put_as_a_decision_that_names_each_change_and_both_sums():
    b = agreed()
    b.begins_change()
    b.changes(1, pence=800_00, title="Two trainers")
    b.drops(2)
    b.adds("A van", 300_50, category="travel", member=b.own.organisations[0])

    decision = b.puts("Vans are dear.")

    assert decision.title == "Budget 2: three changes"
    lines = decision.words.splitlines()
    assert lines[0] == ("“A trainer”: £800 instead of £1,000; now called “Two trainers”.")
    assert lines[1] == "Taken out: “Laptops”, £500."
    assert lines[2] == f"New: “A van”, £300.50, for {b.own.organisations[0]}."
    assert lines[4] == "The budget becomes £1,100.50 in all instead of £1,500."
    assert lines[-1] == "Vans are dear."
    assert Event.objects.get(did="workplans.budget_change_put").detail["before"] == 1_500_00


def test_every_way_in_which_a_line_differs_has_its_words():
    b = agreed()
    objective = b.p.adds()
    b.begins_change()
    b.changes(
        1,
        category="advice",
        kind="levelling_up",
        member=b.own.organisations[0],
        objective=objective,
    )

    words = b.puts().words

    for said in (
        f"for {b.own.organisations[0]} instead of all of us together",
        "towards “All of us train together”",
        "under “Advice and other professional help” instead of “Training”",
        "to bring a member up to where sharing is possible",
        "The budget stays £1,500 in all.",
    ):
        assert said in words


def test_more_changes_than_fit_into_a_decision_are_counted():
    b = agreed()
    b.begins_change()
    for n in range(40):
        b.adds(f"{'Long ' * 25}{n}", 1_00)

    words = b.puts("x" * 2000).words

    assert len(words) <= 4000
    assert "more changes: see the budget beside the one before." in words
    assert words.endswith("x")


def test_a_change_that_changes_nothing_is_not_put():
    b = agreed()
    b.begins_change()

    with pytest.raises(Refused, match="Nothing is changed yet"):
        b.puts()


def test_carried_it_holds_at_once_and_not_carried_the_old_one_stays():
    b = agreed()
    b.begins_change()
    b.changes(1, pence=900_00)
    decision = b.puts()
    assert (b.standing.number, b.state.put.number, b.state.vote) == (1, 2, decision)

    b.votes(decision)
    assert (b.standing.number, b.state.verdict, b.state.put) == (2, decision, None)

    b.begins_change()
    b.changes(1, pence=700_00)
    again = b.puts()
    b.loses(again)
    assert (b.standing.number, b.state.fallen) == (2, again)
    assert b.line(1).pence == 900_00


def test_a_withdrawn_change_says_nothing():
    b = agreed()
    b.begins_change()
    b.changes(1, pence=900_00)
    decision = b.puts()

    agreements.withdraw(by=b.core, decision=decision, reason="Not now.", version=decision.version)

    assert (b.standing.number, b.state.fallen, b.state.put) == (1, None, None)
    assert b.begins_change().number == 3


def test_while_one_is_put_to_the_vote_no_other_is_begun():
    b = agreed()
    b.begins_change()
    b.changes(1, pence=900_00)
    b.puts()

    with pytest.raises(Refused, match="as decision 1, until"):
        b.begins_change()


def test_while_an_earlier_one_is_decided_again_no_other_is_put():
    b = agreed()
    b.begins_change()
    b.changes(1, pence=900_00)
    first = b.puts()
    b.loses(first)
    b.begins_change()
    b.changes(1, pence=800_00)
    b.asks_again(first)

    with pytest.raises(Refused, match="as decision 2, until"):
        b.puts()


def test_decided_again_the_last_word_says_which_holds():
    b = agreed()
    b.begins_change()
    b.changes(1, pence=900_00)
    first = b.puts()
    b.loses(first)

    again = b.asks_again(first)
    assert (b.standing.number, b.state.put.number, b.state.vote) == (1, 2, again)
    b.votes(again)

    assert (b.standing.number, b.state.verdict) == (2, again)


def taken_again(b, spent):
    """A change of line 1 to £2,000 is carried, something is ordered on it, and it is lost as it is
    decided again. Any member may ask again, at once."""
    b.begins_change()
    b.changes(1, pence=2_000_00)
    first = b.votes(b.puts())
    first.way = {**first.way, "reopens": "any_member", "reopens_after_days": 0}
    first.save()
    b.enters("commit", 1, spent)
    return first, b.loses(b.asks_again(first))


def test_a_change_that_is_not_carried_again_leaves_the_budget_before():
    b = agreed()

    _, again = taken_again(b, 1_000_00)

    assert (b.standing.number, b.state.fallen, b.state.too_late) == (1, again, "")


def test_no_budget_comes_back_that_plans_less_than_what_is_committed():
    b = agreed()

    first, again = taken_again(b, 1_000_01)

    assert (b.standing.number, b.state.verdict, b.state.fallen) == (2, first, again)
    assert b.state.too_late.startswith("On line 1, £1,000.01 is committed or spent")
    stands = " ".join(budget_page(b.p.fresh()).stands)
    assert "the budget before cannot hold any more: On line 1, £1,000.01" in stands
    ledger.undo(by=b.core, entry=Entry.objects.get(verb="commit"), words="Called off.")
    assert b.standing.number == 2  # what came later changes nothing that was decided


def test_what_is_put_stays_as_it_is():
    b = agreed()
    b.begins_change()
    line = b.changes(1, pence=900_00)
    b.puts()

    with pytest.raises(Refused, match="was put to the vote on"):
        budgets.drop_line(by=b.core, line=line, version=line.version)


def test_who_puts_it_has_read_it_as_it_is():
    b = agreed()
    read = b.begins_change()
    b.changes(1, pence=900_00)

    with pytest.raises(Stale):
        budget_changes.give_up_change(by=b.core, budget=read, version=read.version)


def test_a_change_can_be_given_up_and_stays_to_be_read():
    b = agreed()
    change = b.begins_change()
    b.changes(1, pence=900_00)

    budget_changes.give_up_change(by=b.core, budget=b.open, version=b.open.version)

    change.refresh_from_db()
    assert (change.given_up_at is None, b.state.open, b.standing.number) == (False, None, 1)
    assert change.lines.get(number=1).pence == 900_00
    with pytest.raises(Refused, match="given up on"):
        budgets.drop_line(by=b.core, line=change.lines.get(number=1), version=2)
    assert b.begins_change().number == 3


# the award


def test_a_change_over_the_award_is_not_put():
    b = agreed()
    b.begins_change()
    b.changes(1, pence=15_000_00)

    with pytest.raises(
        Refused, match=r"£500 over the award of £15,000. Take it off first, then put"
    ):
        b.puts()


def test_a_change_lowers_no_line_below_what_is_committed_on_it():
    b = agreed()
    b.enters("commit", 1, 600_00)
    b.begins_change()

    with pytest.raises(Refused, match="£600 is committed or spent on “A trainer”"):
        b.changes(1, pence=599_99)
    with pytest.raises(Refused, match="cannot plan less"):
        b.drops(1)
    with pytest.raises(Refused, match="what kind of line it is stays"):
        b.changes(1, kind="quick_win")

    assert b.changes(1, pence=600_00).pence == 600_00


def test_what_was_committed_after_a_line_was_lowered_is_seen_when_it_is_put():
    b = agreed()
    b.begins_change()
    b.changes(1, pence=500_00)
    b.enters("commit", 1, 600_00)

    with pytest.raises(Refused, match="On line 1, £600 is committed or spent, and it plans £500"):
        b.puts()


def test_what_is_put_to_the_vote_is_kept_room_for():
    b = agreed()
    b.begins_change()
    b.changes(1, pence=500_00)
    b.drops(2)
    decision = b.puts()

    with pytest.raises(
        Refused, match="plans £500 for “A trainer” is put to the vote, as decision 1"
    ):
        b.enters("commit", 1, 500_01)
    b.enters("commit", 1, 500_00)
    with pytest.raises(Refused, match="plans £0 for “Laptops”"):
        b.enters("commit", 2, 1_00, b.own.second)

    b.loses(decision)
    assert b.enters("commit", 1, 1_00).pence == 1_00


def test_a_change_carried_when_the_award_had_been_lowered_meanwhile_does_not_hold():
    b = agreed(levelling_up=1_000_00)
    award = b.award
    b.begins_change()
    b.changes(1, pence=14_500_00)
    decision = b.puts()
    entry = award.entries.get(verb="release", tranche="levelling_up")
    ledger.undo(by=actor(b.p.manager), entry=entry, words="Too early.")
    b.lowers(1_00, "levelling_up")

    b.votes(decision)

    assert b.standing.number == 1
    assert b.state.fallen == decision
    assert b.state.too_late == "It plans £15,000, and the award is £14,999."
    b.raises(1_00, "levelling_up")
    assert b.standing.number == 1  # what came later changes nothing that was decided


def test_lowering_the_award_after_it_was_carried_does_not_bring_the_old_one_back():
    b = agreed(levelling_up=1_000_00)
    b.begins_change()
    b.changes(1, pence=14_500_00)
    b.votes(b.puts())
    entry = b.award.entries.get(verb="release", tranche="levelling_up")
    ledger.undo(by=actor(b.p.manager), entry=entry, words="Too early.")

    b.lowers(1_00, "levelling_up")

    assert b.standing.number == 2


def test_once_the_award_is_closed_its_budget_stays():
    b = agreed()
    award = b.award
    type(award).objects.update(closed_on=award.awarded_on, closed_by=b.p.manager)

    with pytest.raises(Refused, match="was closed on"):
        b.begins_change()
