"""What was ordered and paid is written down on a line, within what it plans."""

from datetime import date

import pytest

from hedgerow.analysis import ledger as books
from hedgerow.core import clock
from hedgerow.core.actions import Refused
from hedgerow.ledger import actions as ledger
from hedgerow.ledger.models import Entry
from hedgerow.ledger.queries import by_line, ledger_of
from hedgerow.people.models import Role
from hedgerow.workplans.queries.spending import open_orders, spending_page
from tests.journeys.walks import at

from .budgeted import agreed, writing
from .planned import in_days

pytestmark = pytest.mark.django_db


def stands(b, line):
    money = by_line(b.award).get(line)
    return (money.committed, money.spent) if money else (0, 0)


def test_an_order_is_committed_on_its_line_from_the_main_part():
    b = agreed()

    entry = b.enters("commit", 1, 600_00)

    assert (entry.verb, entry.line, entry.tranche, entry.member) == (
        "commit",
        1,
        "main",
        b.own.organisations[0],
    )
    assert stands(b, 1) == (600_00, 0)


def test_the_part_of_the_award_follows_the_kind_of_the_line():
    b = writing()
    b.adds("Backups", 100_00, kind="levelling_up", member=b.own.organisations[0])
    b.adds("A leaflet", 50_00, kind="quick_win")
    b.hands_in()
    b.is_awarded(levelling_up=100_00, quick_wins=50_00)

    assert b.enters("commit", 1, 100_00).tranche == "levelling_up"
    assert b.enters("commit", 2, 50_00).tranche == "quick_wins"
    assert books.total(ledger_of(b.award), "committed") == 150_00


def test_no_more_is_ordered_than_a_line_plans():
    b = agreed()
    b.enters("commit", 1, 600_00)

    with pytest.raises(Refused, match=r"plans £1,000, of which £400 is left; £400.01 is more"):
        b.enters("commit", 1, 400_01)

    b.enters("commit", 1, 400_00)
    assert stands(b, 1) == (1_000_00, 0)


def test_an_invoice_pays_what_was_ordered():
    b = agreed()
    b.enters("commit", 1, 600_00)

    b.enters("spend", 1, 450_00)

    assert stands(b, 1) == (600_00, 450_00)
    assert open_orders(b.award.pk, 1, b.own.organisations[0].pk) == 150_00


def test_an_invoice_of_more_than_was_ordered_commits_the_rest_too():
    b = agreed()
    b.enters("commit", 1, 600_00)

    b.enters("spend", 1, 650_00)

    assert stands(b, 1) == (650_00, 650_00)
    assert list(Entry.objects.filter(line=1).values_list("verb", "pence")) == [
        ("commit", 600_00),
        ("commit", 50_00),
        ("spend", 650_00),
    ]


def test_what_was_not_ordered_before_is_committed_and_spent_in_one_act_and_leaves_orders_alone():
    b = agreed()
    b.enters("commit", 1, 600_00)

    b.enters("spend", 1, 100_00, was_ordered=False)

    assert stands(b, 1) == (700_00, 100_00)


def test_what_is_paid_and_not_ordered_stays_within_the_line_whole_or_not_at_all():
    b = agreed()
    b.enters("commit", 1, 600_00)

    with pytest.raises(Refused, match="£400 is left"):
        b.enters("spend", 1, 401_00, was_ordered=False)
    with pytest.raises(Refused, match="£400 is left"):
        b.enters("spend", 1, 1_000_01)

    assert stands(b, 1) == (600_00, 0)


def test_nothing_is_paid_for_an_order_that_nobody_wrote_down():
    b = agreed()

    with pytest.raises(Refused, match="was not written down as ordered"):
        b.enters("spend", 1, 1_00)


def test_what_came_to_less_is_freed_and_can_be_ordered_again():
    b = agreed()
    b.enters("commit", 1, 1_000_00)

    b.enters("free", 1, 300_00)

    assert stands(b, 1) == (700_00, 0)
    b.enters("commit", 1, 300_00)
    with pytest.raises(Refused, match="is more than that"):
        b.enters("free", 1, 1_000_01)


def test_what_came_back_is_committed_until_it_is_freed():
    b = agreed()
    b.enters("spend", 1, 500_00, was_ordered=False)

    b.enters("refund", 1, 200_00)

    assert stands(b, 1) == (500_00, 300_00)
    b.enters("free", 1, 200_00)
    assert stands(b, 1) == (300_00, 300_00)


def test_an_order_is_handed_over_and_paid_by_who_took_it_over():
    b = agreed()
    first, second, _ = b.own.organisations
    b.enters("commit", 2, 400_00, b.own.second)

    b.enters("hand_over", 2, 400_00, b.own.second, to=first)

    assert open_orders(b.award.pk, 2, first.pk) == 400_00
    assert open_orders(b.award.pk, 2, second.pk) == 0
    b.enters("spend", 2, 410_00)
    assert stands(b, 2) == (410_00, 410_00)


def test_a_line_for_one_member_is_ordered_on_by_it():
    b = agreed()

    with pytest.raises(Refused, match=r"is for .*, so .* writes down what is ordered on it"):
        b.enters("commit", 2, 1_00)

    b.enters("commit", 2, 1_00, b.own.second)
    assert stands(b, 2) == (1_00, 0)


def test_people_enter_for_their_own_organisation():
    b = agreed()

    with pytest.raises(Refused, match="so its own people write it down"):
        b.enters("commit", 1, 1_00, member=b.own.organisations[1])

    b.enters("commit", 1, 1_00, b.own.seats[Role.STAFF])
    b.enters("commit", 1, 1_00, b.p.manager, member=b.own.organisations[1])
    assert stands(b, 1) == (2_00, 0)


@pytest.mark.parametrize(
    ("line", "said", "why"),
    [
        (9, {}, "not in the budget that holds"),
        (3, {}, "hours given in kind"),
        (1, {"words": "  "}, "Say what it was"),
        (1, {"pence": -5}, "cannot be below nothing"),
        (1, {"pence": 0}, "Nothing would move"),
        (1, {"on": date(2020, 1, 1)}, "before the award"),
        (1, {"on": date(2120, 1, 1)}, "still to come"),
    ],
)
def test_what_cannot_be_entered_is_refused_in_words(line, said, why):
    b = agreed()

    with pytest.raises(Refused, match=why):
        b.enters("commit", line, **{"pence": 1_00, **said})

    assert not Entry.objects.filter(line__isnull=False).exists()


def test_the_award_bounds_what_its_lines_plan():
    b = agreed(levelling_up=14_000_00)
    b.enters("commit", 1, 1_000_00)

    with pytest.raises(Refused, match=r"only £0 of the award is free; £0.01 is more"):
        b.enters("commit", 2, 1, b.own.second)


def test_once_the_award_is_closed_nothing_is_entered():
    b = agreed()
    award = b.award
    type(award).objects.update(closed_on=award.awarded_on, closed_by=b.p.manager)

    with pytest.raises(Refused, match="was closed on"):
        b.enters("commit", 1, 1_00)


# by line and member, at any day


def test_what_stands_on_each_line_and_for_each_member_adds_up():
    b = agreed()
    first, second, _ = b.own.organisations
    b.enters("commit", 1, 600_00)
    b.enters("spend", 1, 100_00, b.own.second, was_ordered=False)
    b.enters("commit", 2, 50_00, b.own.second)

    page = spending_page(b.award, b.standing)

    assert [(line.number, line.paid.committed, line.left) for line in page.lines] == [
        (1, 700_00, 300_00),
        (2, 50_00, 450_00),
    ]
    assert {one.key: one.paid.committed for one in page.members} == {
        first.pk: 600_00,
        second.pk: 150_00,
    }
    assert (page.paid.committed, page.paid.spent, page.left) == (750_00, 100_00, 750_00)
    assert [entry.did for entry in page.lines[0].entries] == ["Ordered", "Ordered", "Paid"]


def test_it_is_read_as_it_stood_on_any_day():
    b = agreed()
    b.enters("commit", 1, 600_00)
    today, eve, later = clock.today(), in_days(9), in_days(10)
    with at(later):
        b.enters("spend", 1, 600_00)

    def spent(on):
        return spending_page(b.award, b.standing, on=on).paid

    assert (spent(today).committed, spent(today).spent) == (600_00, 0)
    assert (spent(eve).spent, spent(later).spent, spent(None).spent) == (0, 600_00, 600_00)


def test_what_was_undone_counts_for_nothing_and_says_so():
    b = agreed()
    entry = b.enters("commit", 1, 600_00)
    ledger.undo(by=b.core, entry=entry, words="Twice.")

    line = spending_page(b.award, b.standing).lines[0]

    assert line.paid.committed == 0
    assert line.entries[0].undone_by == line.entries[1].number
    assert line.entries[1].undoes == entry.number


def test_no_undoing_leaves_more_on_a_line_than_it_plans():
    b = agreed()
    b.enters("commit", 1, 1_000_00)
    freed = b.enters("free", 1, 1_000_00)
    b.enters("commit", 1, 1_000_00)

    with pytest.raises(Refused, match="Write the order down anew"):
        ledger.undo(by=b.core, entry=freed, words="It was right.")

    assert stands(b, 1) == (1_000_00, 0)


def test_a_refusal_tells_the_manager_nothing_of_a_budget_that_was_not_handed_in():
    b = agreed()
    b.begins_change()
    b.changes(1, title="A quiet trainer", pence=777_00)
    b.changes(2, title="Quiet laptops", pence=333_00)
    b.changes(3, title="A quiet room")
    b.votes(b.puts())
    refused = []
    for verb, line, pence in (
        ("commit", 1, 800_00),
        ("commit", 2, 1_00),
        ("commit", 3, 1_00),
        ("spend", 1, 5_00),
    ):
        with pytest.raises(Refused) as why:
            b.enters(verb, line, pence, b.p.manager, member=b.own.organisations[0])
        refused.append(str(why.value))

    for secret in ("uiet", "777", "333", str(b.own.organisations[1])):
        assert not [said for said in refused if secret in said]
    with pytest.raises(Refused, match="“A quiet trainer” plans £777"):
        b.enters("commit", 1, 800_00)


def test_a_refusal_tells_the_manager_nothing_of_a_vote():
    b = agreed()
    b.begins_change()
    b.changes(1, pence=777_00)
    b.puts()

    with pytest.raises(Refused) as why:
        b.enters("commit", 1, 800_00, b.p.manager, member=b.own.organisations[0])

    assert "777" not in str(why.value)
    assert "vote" not in str(why.value)


def test_what_moved_on_no_line_is_shown_too():
    b = agreed()
    ledger.enter(
        by=b.core,
        award=b.award,
        verb="commit",
        pence=5_00,
        on=clock.today(),
        member=b.own.organisations[0],
    )

    page = spending_page(b.award, b.standing)

    assert page.lines[-1].title == "On no line"
    assert page.paid.committed == 5_00


def test_it_costs_the_same_however_much_moved(django_assert_num_queries):
    b = agreed()
    b.enters("commit", 1, 1_00)
    for _ in range(4):
        b.enters("commit", 2, 1_00, b.own.second)
    award, budget = b.award, b.standing

    with django_assert_num_queries(2):
        spending_page(award, budget)
