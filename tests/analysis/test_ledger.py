"""The money of one award: it sums to zero, nobody takes more than there is, and dates are kept."""

from dataclasses import replace
from datetime import date, timedelta
from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from hedgerow.analysis.ledger import (
    Spending,
    added,
    award,
    balance,
    by_member,
    closed,
    spent_against_committed,
    total,
)
from hedgerow.analysis.postings import (
    STEPS,
    TRANCHES,
    VERBS,
    Account,
    Posting,
    entry,
    opposite,
)

FIRST = date(2026, 3, 2)


def day(n):
    return FIRST + timedelta(days=n)


def book(*entries):
    """Entries as (day, verb, pence, then names), in the order in which they are entered."""
    postings = ()
    for on, verb, pence, *rest in entries:
        more = dict(rest[0]) if rest else {}
        postings = added(postings, entry(verb, pence, on=day(on), **more))
    return postings


STARTED = (
    (0, "award", 15_000_00),
    (1, "release", 6_000_00),
    (2, "draw", 5_000_00),
    (3, "commit", 2_000_00, {"member": "mill"}),
    (5, "commit", 500_00, {"member": "quay"}),
    (9, "spend", 750_00, {"member": "mill"}),
)


def test_money_goes_from_award_to_spent():
    postings = book(*STARTED)

    assert {step: total(postings, step) for step in STEPS} == {
        "awarded": 9_000_00, "released": 1_000_00, "drawn": 5_000_00,
        "free": 12_500_00, "committed": 1_750_00, "spent": 750_00,
    }  # fmt: skip
    assert award(postings) == 15_000_00
    assert sum(one.pence for one in postings) == 0


def test_spent_stands_against_committed_on_any_day():
    postings = book(*STARTED)

    told = [spent_against_committed(postings, on=day(n)) for n in (2, 3, 8, 9)]
    assert [(one.committed, one.spent, one.open) for one in told] == [
        (0, 0, 0), (2_000_00, 0, 2_000_00), (2_500_00, 0, 2_500_00), (2_500_00, 750_00, 1_750_00),
    ]  # fmt: skip


def test_each_member_has_its_own():
    postings = book(*STARTED)

    assert by_member(postings) == {
        "mill": Spending(committed=2_000_00, spent=750_00),
        "quay": Spending(committed=500_00, spent=0),
    }
    assert balance(postings, Account(step="committed", member="mill")) == 1_250_00
    assert balance(postings, Account(step="committed", member="mill"), on=day(8)) == 2_000_00


def test_a_line_for_levelling_up_and_one_for_quick_wins_are_kept_apart():
    postings = book(
        (0, "award", 12_000_00),
        (0, "award", 2_000_00, {"tranche": "levelling_up"}),
        (0, "award", 1_000_00, {"tranche": "quick_wins"}),
        (0, "release", 1_000_00, {"tranche": "quick_wins"}),
        (1, "commit", 600_00, {"tranche": "quick_wins", "member": "quay"}),
    )

    assert award(postings) == 15_000_00
    assert [award(postings, tranche=one) for one in TRANCHES] == [12_000_00, 2_000_00, 1_000_00]
    assert total(postings, "released", tranche="quick_wins") == 1_000_00
    assert by_member(postings, tranche="main") == {}
    with pytest.raises(ValueError, match="only £400 of the award is free for quick wins"):
        added(postings, entry("commit", 500_00, on=day(2), tranche="quick_wins", member="mill"))


@pytest.mark.parametrize(
    ("asked", "says"),
    [
        (("release", 9_000_01, {}), "only £9,000 is awarded and not yet released; £9,000.01"),
        (("draw", 1_000_01, {}), "only £1,000 is released and not yet drawn"),
        (("take_back", 1_000_01, {}), "only £1,000 is released and not yet drawn"),
        (("put_back", 5_000_01, {}), "only £5,000 is drawn"),
        (("hand_back", 5_000_01, {}), "only £5,000 is drawn"),
        (("lower", 9_000_01, {}), "only £9,000 is awarded and not yet released"),
        (("commit", 12_500_01, {"member": "mill"}), "only £12,500 of the award is free"),
        (("spend", 1_250_01, {"member": "mill"}), "only £1,250 is committed and not yet spent"),
        (("spend", 1, {"member": "wharf"}), "only £0 is committed"),
        (("free", 500_01, {"member": "quay"}), "only £500 is committed"),
        (("hand_over", 500_01, {"member": "quay", "to": "mill"}), "only £500 is committed"),
        (("refund", 750_01, {"member": "mill"}), "only £750 is spent"),
    ],
)
def test_nobody_takes_more_than_there_is(asked, says):
    verb, pence, more = asked
    with pytest.raises(ValueError, match=says):
        added(book(*STARTED), entry(verb, pence, on=day(10), **more))


@pytest.mark.parametrize(
    ("pence", "says"),
    [
        (-1, "below nothing"),
        (0, "Nothing would move"),
        (12.5, "whole number of pence"),
        (Decimal(12), "whole number of pence"),
        (True, "whole number of pence"),
        ("12", "whole number of pence"),
        (10**13, "more than Hedgerow can hold"),
        (10**40, "more than Hedgerow can hold"),
    ],
)
def test_an_amount_is_pence_and_whole_and_more_than_nothing(pence, says):
    with pytest.raises(ValueError, match=says):
        entry("award", pence, on=FIRST)


@pytest.mark.parametrize(
    ("verb", "more", "says"),
    [
        ("commit", {}, "which member"),
        ("release", {"member": "mill"}, "not of one member"),
        ("commit", {"member": "mill", "to": "quay"}, "handed over"),
        ("hand_over", {"member": "mill"}, "handed over"),
        ("hand_over", {"member": "mill", "to": "mill"}, "has it already"),
    ],
)
def test_an_entry_says_whose_it_is_where_it_is_somebodys(verb, more, says):
    with pytest.raises(ValueError, match=says):
        entry(verb, 1, on=FIRST, **more)


def test_a_member_that_leaves_hands_over_or_frees_what_is_committed():
    left = book(
        *STARTED,
        (11, "hand_over", 1_000_00, {"member": "mill", "to": "quay"}),
        (11, "free", 250_00, {"member": "mill"}),
    )

    assert by_member(left) == {
        "mill": Spending(committed=750_00, spent=750_00),
        "quay": Spending(committed=1_500_00, spent=0),
    }
    assert total(left, "free") == 12_750_00


def test_an_entry_of_an_earlier_day_counts_from_that_day():
    postings = book(*STARTED, (4, "spend", 100_00, {"member": "mill"}))

    assert spent_against_committed(postings, on=day(4)).spent == 100_00
    with pytest.raises(ValueError, match="On 4 March 2026 only £0 is committed"):
        added(postings, entry("spend", 100_00, on=day(2), member="mill"))


def test_what_is_needed_later_is_not_taken_earlier():
    postings = book(*STARTED[:2], (9, "draw", 6_000_00))

    with pytest.raises(ValueError, match="On 11 March 2026 only £0 is released"):
        added(postings, entry("draw", 1, on=day(3)))


def test_money_can_be_spent_before_it_is_drawn():
    postings = book(
        (0, "award", 100), (0, "commit", 100, {"member": 1}), (0, "spend", 100, {"member": 1})
    )
    assert (total(postings, "spent"), total(postings, "drawn")) == (100, 0)


def test_after_closing_nothing_is_entered():
    done = book(*STARTED, (9, "spend", 1_250_00, {"member": "mill"}))
    with pytest.raises(ValueError, match="£500 is still committed"):
        closed(done, day(20))
    done = added(done, entry("free", 500_00, on=day(10), member="quay"))
    with pytest.raises(ValueError, match=r"£3,000 was drawn and not spent\. Hand it back"):
        closed(done, day(20))
    done = added(done, entry("hand_back", 3_000_00, on=day(12)))
    with pytest.raises(ValueError, match="entries up to 14 March 2026"):
        closed(done, day(11))

    with pytest.raises(ValueError, match="closed on 22 March 2026"):
        added(done, entry("award", 1, on=day(3)), closed_on=closed(done, day(20)))
    assert award(done) == 12_000_00


def test_what_was_spent_is_drawn_before_closing():
    owed = book(
        (0, "award", 100), (0, "commit", 100, {"member": 1}), (0, "spend", 100, {"member": 1})
    )
    with pytest.raises(ValueError, match=r"£1 was spent and not drawn\. Draw it"):
        closed(owed, FIRST)


def test_what_is_drawn_of_one_line_does_not_make_up_for_what_is_spent_of_another():
    crossed = book(
        (0, "award", 100),
        (0, "release", 100),
        (0, "draw", 100),
        (0, "award", 100, {"tranche": "quick_wins"}),
        (1, "commit", 100, {"tranche": "quick_wins", "member": 1}),
        (1, "spend", 100, {"tranche": "quick_wins", "member": 1}),
    )
    with pytest.raises(ValueError, match=r"£1 was drawn and not spent\. Hand it back"):
        closed(crossed, day(2))
    crossed = added(crossed, entry("hand_back", 100, on=day(1)))
    with pytest.raises(ValueError, match=r"£1 for quick wins was spent and not drawn\. Draw it"):
        closed(crossed, day(2))


def test_an_entry_that_does_not_sum_to_zero_is_refused():
    debit, credit = entry("award", 100, on=FIRST)
    later, other = (
        replace(credit, on=day(1)),
        entry("award", 100, on=FIRST, tranche="quick_wins")[1],
    )

    for unequal in ([debit], [debit, later], [debit, other]):
        with pytest.raises(ValueError, match="not the same"):
            added((), unequal)
    assert added((), [debit, credit]) == (debit, credit)


MEMBERS = ("mill", "quay", "wharf")
asked_for = st.lists(
    st.tuples(
        st.integers(0, 6),
        st.sampled_from(VERBS),
        st.integers(1, 40),
        st.sampled_from(TRANCHES),
        st.sampled_from(MEMBERS),
        st.sampled_from(MEMBERS),
    ),
    max_size=40,
)
OF_MEMBERS = ("commit", "free", "spend", "refund", "hand_over")


def lines(verb, pence, on, tranche, member, to):
    whose = member if verb in OF_MEMBERS else None
    taker = to if verb == "hand_over" else None
    return entry(verb, pence, on=day(on), tranche=tranche, member=whose, to=taker)


def played(asked):
    """What is left of a sequence after refusals, with whether each was taken."""
    postings, taken = (), []
    for on, verb, pence, tranche, member, to in asked:
        try:
            postings = added(postings, lines(verb, pence, on, tranche, member, to))
        except ValueError:
            taken.append(False)
        else:
            taken.append(True)
    return postings, taken


@given(asked_for)
def test_after_any_sequence_all_postings_sum_to_zero(asked):
    postings, _ = played(asked)

    for n in range(8):
        assert sum(one.pence for one in postings if one.on <= day(n)) == 0


@given(asked_for)
def test_no_path_spends_or_releases_more_than_the_award(asked):
    postings, _ = played(asked)

    for tranche in (None, *TRANCHES):
        for n in range(7):
            at = {"on": day(n), "tranche": tranche}
            spending, whole = spent_against_committed(postings, **at), award(postings, **at)
            assert 0 <= spending.spent <= spending.committed <= whole
            assert spending.committed + total(postings, "free", **at) == whole
            assert all(total(postings, step, **at) >= 0 for step in STEPS)


@given(asked_for)
def test_an_entry_and_its_opposite_of_the_same_day_leave_everything_as_it_was(asked):
    postings, taken = played(asked)
    last = next(
        (one for one, was in zip(reversed(asked), reversed(taken), strict=True) if was), None
    )
    if last is None:
        return
    on, verb, pence, tranche, member, to = last
    giver, taker = (to, member) if verb == "hand_over" else (member, to)

    undone = added(postings, lines(opposite(verb), pence, on, tranche, giver, taker))

    before = postings[:-2]
    for account in {one.account for one in undone}:
        for n in range(7):
            assert balance(undone, account, on=day(n)) == balance(before, account, on=day(n))


def test_what_undoes_is_undone_by_what_it_undoes():
    assert all(opposite(opposite(verb)) == verb for verb in VERBS)
    assert [verb for verb in VERBS if opposite(verb) == verb] == ["hand_over"]


def test_a_wrong_release_is_taken_back_while_it_is_not_drawn():
    released = book((0, "award", 10_000), (1, "release", 6_000), (2, "draw", 5_000))

    with pytest.raises(ValueError, match="only £10 is released and not yet drawn"):
        added(released, entry("take_back", 6_000, on=day(1)))
    drawn_back = added(released, entry("put_back", 5_000, on=day(2)))
    after = added(drawn_back, entry("take_back", 6_000, on=day(1)))

    assert (total(after, "awarded"), total(after, "released")) == (10_000, 0)
    assert award(after) == 10_000


@given(asked_for)
def test_the_shares_of_the_members_add_up(asked):
    postings, _ = played(asked)
    shares, whole = by_member(postings).values(), spent_against_committed(postings)

    assert sum(one.committed for one in shares) == whole.committed
    assert sum(one.spent for one in shares) == whole.spent


@given(asked_for, st.permutations(MEMBERS))
def test_other_names_for_the_members_change_nobodys_share(asked, others):
    renamed = dict(zip(MEMBERS, others, strict=True))
    swapped = [(*rest, renamed[member], renamed[to]) for *rest, member, to in asked]
    (before, taken), (after, also) = played(asked), played(swapped)

    assert also == taken
    assert by_member(after) == {renamed[key]: one for key, one in by_member(before).items()}


@given(asked_for)
def test_it_agrees_with_envelopes_that_are_emptied_and_filled_by_hand(asked):
    postings, taken = played(asked)
    kept = [one for one, was in zip(asked, taken, strict=True) if was]

    envelopes = _by_hand(kept, until=6)
    for step in STEPS:
        for tranche in TRANCHES:
            for member in (None, *MEMBERS):
                there = balance(postings, Account(step=step, tranche=tranche, member=member))
                assert there == envelopes.get((step, tranche, member), 0)
    assert [_is_possible(asked, taken, n) for n in range(len(asked))] == taken


# verb -> (envelope that is emptied, envelope that is filled) on each of the two sides
_HANDS = {
    "award": [(None, "awarded"), (None, "free")],
    "lower": [("awarded", None), ("free", None)],
    "release": [("awarded", "released")],
    "take_back": [("released", "awarded")],
    "draw": [("released", "drawn")],
    "put_back": [("drawn", "released")],
    "hand_back": [("drawn", None), ("free", None)],
    "draw_again": [(None, "drawn"), (None, "free")],
    "commit": [("free", "committed")],
    "free": [("committed", "free")],
    "hand_over": [("committed", "committed")],
    "spend": [("committed", "spent")],
    "refund": [("spent", "committed")],
}


def _by_hand(asked, until):
    """Envelopes of pennies at the end of a day."""
    envelopes = {}
    for on, verb, pence, tranche, member, to in asked:
        if on > until:
            continue
        for emptied, filled in _HANDS[verb]:
            if emptied:
                key = (emptied, tranche, member if emptied in ("committed", "spent") else None)
                envelopes[key] = envelopes.get(key, 0) - pence
            if filled:
                whose = to if verb == "hand_over" else member
                key = (filled, tranche, whose if filled in ("committed", "spent") else None)
                envelopes[key] = envelopes.get(key, 0) + pence
    return envelopes


def _is_possible(asked, taken, n):
    """Whether entry n leaves no envelope with less than nothing on any day."""
    on, verb, _, _, member, to = asked[n]
    if verb == "hand_over" and member == to:
        return False
    before = [one for one, was in zip(asked[:n], taken[:n], strict=True) if was]
    return all(
        pence >= 0
        for until in range(on, 7)
        for pence in _by_hand([*before, asked[n]], until).values()
    )


def test_a_posting_is_a_fact():
    posting = Posting(on=FIRST, account=Account(step="free"), pence=-100)
    with pytest.raises(AttributeError):
        posting.pence = 0
