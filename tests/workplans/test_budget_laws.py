"""What is so of every budget, whatever is done to it and in whichever order."""

from django.db import transaction
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from hypothesis.extra.django import TestCase

from hedgerow.core.actions import Refused
from hedgerow.ledger.queries import by_line, money_in
from hedgerow.workplans.queries.budget_pages import budget_page
from hedgerow.workplans.queries.budget_shares import shares_page
from hedgerow.workplans.queries.budgets import lines_of

from .budgeted import AWARD, Budgeted, agreed, writing

KINDS = ("shared", "levelling_up", "quick_win", "in_kind")
AMOUNTS = st.integers(0, 6_000_00)
DEEDS = st.lists(
    st.one_of(
        st.tuples(st.just("adds"), AMOUNTS, st.sampled_from(KINDS), st.integers(0, 3)),
        st.tuples(st.just("changes"), st.integers(1, 5), AMOUNTS),
        st.tuples(st.just("drops"), st.integers(1, 5)),
        st.tuples(st.just("begins_change")),
        st.tuples(st.just("puts"), st.booleans()),
        st.tuples(st.just("commit"), st.integers(1, 5), AMOUNTS),
        st.tuples(st.just("spend"), st.integers(1, 5), AMOUNTS),
        st.tuples(st.just("free"), st.integers(1, 5), AMOUNTS),
    ),
    max_size=14,
)
SLOWLY = settings(max_examples=15, deadline=None, suppress_health_check=[HealthCheck.too_slow])


def does(b: Budgeted, deed) -> None:
    name, *said = deed
    try:
        with transaction.atomic():
            _does(b, name, said)
    except Refused:
        pass


def _does(b: Budgeted, name: str, said) -> None:
    if name in ("changes", "drops", "adds", "puts") and b.state.open is None:
        return
    if name == "adds":
        pence, kind, whom = said
        member = b.own.organisations[whom] if whom < 3 else None
        hours = {"hours": 3} if kind == "in_kind" else {}
        b.adds("A thing", pence, kind=kind, member=member, **hours)
    elif name in ("changes", "drops"):
        if b.open.lines.filter(number=said[0]).exists():
            _edits(b, name, said)
    elif name == "begins_change":
        b.begins_change()
    elif name == "puts":
        decision = b.puts()
        (b.votes if said[0] else b.loses)(decision)
    else:
        other = {"was_ordered": False} if name == "spend" else {}
        b.enters(name, *said, **other)


def _edits(b: Budgeted, name: str, said) -> None:
    if name == "changes":
        b.changes(said[0], pence=said[1])
    else:
        b.drops(said[0])


class BudgetLaws(TestCase):
    @SLOWLY
    @given(DEEDS)
    def test_sums_add_up_and_nothing_is_over(self, deeds):
        b = agreed()
        for deed in deeds:
            does(b, deed)

        table = budget_page(b.p.fresh()).table
        for sums in table.sums:
            assert sum(row.money for row in sums.rows) == table.total.money
            assert sum(row.committed for row in sums.rows) == table.total.committed
            assert sum(row.spent for row in sums.rows) == table.total.spent
            assert sum(row.hours for row in sums.rows) == table.total.hours
        assert table.total.money <= AWARD
        moved = by_line(b.award)
        planned = {line.number: line.pence for line in lines_of(b.standing) if line.is_money}
        for number, money in moved.items():
            assert money.spent <= money.committed <= planned.get(number, 0)
        assert money_in([b.award])[b.award.pk].committed == table.total.committed

    @SLOWLY
    @given(DEEDS)
    def test_a_version_never_changes_once_it_is_frozen(self, deeds):
        b = agreed()
        seen = {}
        for deed in deeds:
            does(b, deed)
            for budget in b.p.plan.budgets.filter(frozen_at__isnull=False):
                assert seen.setdefault(budget.pk, lines_of(budget)) == lines_of(budget)

    @SLOWLY
    @given(
        st.lists(st.tuples(AMOUNTS, st.sampled_from(KINDS), st.integers(0, 3)), max_size=8),
        st.permutations(range(3)),
    )
    def test_who_is_named_first_changes_nobodys_share(self, lines, order):
        """The same budget of the same members, of whom another came first."""
        found = []
        for places in (range(3), order):
            b = writing()
            roles = {place: b.own.organisations[at] for place, at in enumerate(places)}
            for pence, kind, whom in lines:
                does_line(b, pence, kind, roles.get(whom))
            page = shares_page(b.p.fresh())
            shares = {line.key: (line.share.money, line.share.hours) for line in page.lines}
            found.append([shares[roles[place].pk] for place in range(3)])
            assert sum(money for money, _ in shares.values()) + page.left == page.money
        assert found[0] == found[1]


def does_line(b: Budgeted, pence: int, kind: str, member) -> None:
    hours = {"hours": 3} if kind == "in_kind" else {}
    try:
        b.adds("A thing", pence, kind=kind, member=member, **hours)
    except Refused:
        assert pence == 0 or member is None
