"""What moves in an award: within what there is, of its day, by whose it is; and undoing it."""

from dataclasses import replace
from datetime import timedelta

import pytest

from hedgerow.analysis.postings import VERBS
from hedgerow.core import clock
from hedgerow.core.actions import Refused
from hedgerow.core.models import Event
from hedgerow.ledger import actions
from hedgerow.ledger.models import Entry, Posting
from hedgerow.ledger.queries import LineMoney, by_line, entries_of
from hedgerow.ledger.queries.accounts import account_of
from hedgerow.ledger.queries.entries import SAID
from hedgerow.look.words import day
from hedgerow.people.models import Member, Role, Seat
from tests.factories import OrganisationFactory, actor, reader

pytestmark = pytest.mark.django_db


def test_an_entry_has_two_postings_that_sum_to_nothing(a):
    entry = a.enters("commit", 120_050, n=4, member=1, line=3, words=" Invoice 231 ")

    sides = [(one.step, one.member, one.pence, one.on) for one in entry.postings.all()]
    assert sides == [
        ("free", None, 120_050, a.day(4)),
        ("committed", a.organisations[1], -120_050, a.day(4)),
    ]
    assert (entry.words, entry.number) == ("Invoice 231", Entry.objects.count())
    told = Event.objects.get(did="ledger.entered")
    assert (told.audience, told.owner_key) == ("funder", a.award.cluster_id)
    assert told.detail["pence"] == 120_050
    assert "231" not in str(told.detail)


def test_entries_are_numbered_in_their_own_award(a):
    first, second = a.enters("draw", 5), a.enters("draw", 5)
    assert second.number == first.number + 1


@pytest.mark.parametrize(
    ("verb", "pence", "more", "says"),
    [
        ("draw", 600_001, {}, "only £6,000 is released and not yet drawn"),
        ("draw", 100_001, {"tranche": "levelling_up"}, "only £1,000 is released"),
        ("hand_back", 1, {}, "only £0 is drawn"),
        ("commit", 1_200_001, {"member": 1}, "only £12,000 of the award is free"),
        ("commit", 100_001, {"member": 1, "tranche": "quick_wins"}, "free for quick wins"),
        ("spend", 1, {"member": 1}, "only £0 is committed"),
        ("free", 1, {"member": 1}, "only £0 is committed"),
        ("refund", 1, {"member": 1}, "only £0 is spent"),
        ("hand_over", 1, {"member": 1, "to": 2}, "only £0 is committed"),
        ("commit", 5, {}, "Say which member this is for"),
        ("commit", 0, {"member": 1}, "Nothing would move"),
        ("commit", -5, {"member": 1}, "below nothing"),
        ("draw", 5, {"member": 1}, "not of one member"),
        ("commit", 5, {"member": 1, "to": 2}, "handed over"),
        ("hand_over", 5, {"member": 1, "to": 1}, "has it already"),
        ("commit", 10**13, {"member": 1}, "more than Hedgerow can hold"),
        ("commit", 5, {"member": 1, "words": "x" * 201}, "201 characters"),
    ],
)
def test_an_entry_that_cannot_be_is_refused_and_leaves_nothing(a, verb, pence, more, says):
    before = Posting.objects.count()
    with pytest.raises(Refused, match=says):
        a.enters(verb, pence, **more)
    assert Posting.objects.count() == before


def test_less_than_a_penny_is_refused(a):
    with pytest.raises(Refused, match="whole number of pence"):
        a.enters("commit", 0.5, member=1)


@pytest.mark.parametrize(
    ("n", "says"), [(-1, "is before the award, which was made on"), (61, "is still to come")]
)
def test_an_entry_is_of_a_day_from_the_award_until_today(a, n, says):
    with pytest.raises(Refused, match=f"{day(a.day(n))} {says}"):
        a.enters("commit", 5, n=n, member=1)
    a.enters("commit", 5, n=0, member=1)
    a.enters("commit", 5, n=60, member=1)


@pytest.mark.parametrize("verb", ["award", "lower", "release", "take_back", "put_back"])
def test_what_has_an_action_of_its_own_is_not_entered(a, verb):
    with pytest.raises(ValueError, match="action of its own"):
        a.enters(verb, 5)


# whose it is


@pytest.mark.parametrize("verb", ["draw", "hand_back"])
def test_what_is_drawn_is_written_down_by_the_member_that_holds_the_money(a, verb):
    a.enters("draw", 10, n=1)
    with pytest.raises(Refused, match=f"{a.organisations[0]} holds the money for all"):
        a.enters(verb, 5, n=2, by=a.second)
    a.enters(verb, 5, n=2, by=a.manager)
    a.enters(verb, 5, n=3, by=actor(a.s.own.seats[Role.STAFF]))


def test_what_is_committed_is_written_down_by_its_own_member_or_who_holds_the_money(a):
    third = actor(a.s.own.third)
    with pytest.raises(Refused, match=f"This is of {a.organisations[1]}"):
        a.enters("commit", 5, member=1, by=third)
    for by in (a.second, a.holder, a.manager):
        a.enters("commit", 5, member=1, by=by)
    with pytest.raises(Refused, match=f"This is of {a.organisations[1]}"):
        a.enters("hand_over", 5, member=1, to=2, by=third)
    a.enters("hand_over", 5, member=1, to=2, by=a.second)


def test_whose_seat_has_ended_writes_nothing_down(a):
    Seat.objects.filter(pk=a.s.own.core.pk).update(ended_at=clock.now())
    with pytest.raises(Refused, match="You have no seat"):
        a.enters("commit", 5, member=0)


def test_people_of_other_clusters_and_programmes_write_nothing_down(a):
    for seat in (a.s.neighbour.core, a.s.other_staff[Role.MANAGER], a.s.staff[Role.ASSESSOR]):
        with pytest.raises(Refused, match="You have no seat"):
            a.enters("commit", 5, member=0, by=actor(seat))


def test_nothing_is_committed_for_a_member_that_left_or_never_was(a):
    Member.objects.filter(organisation=a.organisations[1]).update(left_at=clock.now())

    with pytest.raises(Refused, match=f"{a.organisations[1]} left"):
        a.enters("commit", 5, member=1)
    with pytest.raises(Refused, match="is not a member"):
        a.enters("commit", 5, member=OrganisationFactory())
    a.enters("commit", 5, member=0)
    with pytest.raises(Refused, match=f"{a.organisations[1]} left"):
        a.enters("hand_over", 5, member=0, to=1)


def test_who_came_back_is_a_member_again(a):
    row = Member.objects.filter(organisation=a.organisations[1])
    row.update(left_at=clock.now() - timedelta(days=2))
    Member.objects.create(
        cluster=a.award.cluster, organisation=a.organisations[1], joined_at=clock.now()
    )
    assert a.enters("commit", 5, member=1)


# lines of the budget


def test_lines_of_the_budget_have_what_was_committed_and_spent_on_them(a):
    a.enters("commit", 1_000, n=1, member=1, line=3)
    a.enters("spend", 400, n=2, member=1, line=3)
    a.enters("refund", 100, n=3, member=1, line=3)
    a.enters("free", 200, n=4, member=1, line=3)
    a.enters("commit", 50, n=5, member=2, line=4)
    a.enters("commit", 7, n=6, member=2)

    assert by_line(a.award) == {
        3: LineMoney(committed=800, spent=300),
        4: LineMoney(committed=50, spent=0),
        None: LineMoney(committed=7, spent=0),
    }
    assert by_line(a.award, on=a.day(2)) == {3: LineMoney(committed=1_000, spent=400)}


def test_what_is_committed_on_one_line_is_not_spent_on_another(a):
    a.enters("commit", 1_000, member=1, line=3)

    with pytest.raises(Refused, match=r"In line 4 of the budget: On .* only £0 is committed"):
        a.enters("spend", 5, n=2, member=1, line=4)
    with pytest.raises(Refused, match="In line 4"):
        a.enters("free", 5, n=2, member=1, line=4)
    a.enters("hand_over", 1_000, n=2, member=1, to=2, line=3)
    with pytest.raises(Refused, match="only £0 is committed"):
        a.enters("spend", 5, n=3, member=1, line=3)
    a.enters("spend", 1_000, n=3, member=2, line=3)
    assert by_line(a.award)[3] == LineMoney(committed=1_000, spent=1_000)


# undoing


MOVES = [
    ("draw", {}),
    ("hand_back", {}),
    ("commit", {"member": 1, "line": 3}),
    ("spend", {"member": 1, "line": 3}),
    ("refund", {"member": 1, "line": 3}),
    ("hand_over", {"member": 1, "to": 2, "line": 3}),
]


def sums(a):
    """The whole money, without members of which nothing stands."""
    money = a.money
    return replace(
        money, by_member={who: own for who, own in money.by_member.items() if own.committed}
    )


@pytest.mark.parametrize(("verb", "more"), MOVES)
def test_what_is_undone_was_on_no_day(a, verb, more):
    a.enters("draw", 500, n=1)
    a.enters("commit", 500, n=1, member=1, line=3)
    a.enters("spend", 200, n=2, member=1, line=3)
    before, on_lines = sums(a), by_line(a.award)
    entry = a.enters(verb, 100, n=5, **more)
    assert sums(a) != before

    back = actions.undo(by=a.holder, entry=entry, words="It was twice.")

    assert sums(a) == before
    assert by_line(a.award) == on_lines
    assert (back.undoes, back.on, back.words) == (entry, a.day(5), "It was twice.")
    lines = {line.number: line for line in entries_of(a.award)}
    assert lines[entry.number].undone_by == back.number
    assert lines[back.number].undoes == entry.number
    assert not lines[entry.number].stands
    assert Event.objects.get(did="ledger.undone").detail["undoes"] == entry.number


def test_undoing_that_would_leave_less_than_nothing_is_refused(a):
    committed = a.enters("commit", 500, n=1, member=1)
    a.enters("spend", 200, n=5, member=1)

    with pytest.raises(Refused, match=f"On {day(a.day(5))} only £3 is committed"):
        actions.undo(by=a.holder, entry=committed, words="No.")
    assert a.money.committed == 500


def test_what_was_freed_is_taken_back_only_where_no_line_of_a_budget_has_to_have_room(a):
    a.enters("commit", 500, member=1)
    a.enters("commit", 500, member=1, line=3)
    of_none = a.enters("free", 200, member=1)
    of_line = a.enters("free", 200, member=1, line=3)

    assert actions.undo(by=a.holder, entry=of_none, words="No.").verb == "commit"
    with pytest.raises(Refused, match="Write the order down anew"):
        actions.undo(by=a.manager, entry=of_line, words="No.")
    assert by_line(a.award)[3].committed == 300
    shown = account_of(reader(a.s.own.core), a.award, clock.today())
    assert shown.undoable
    assert of_line.pk not in shown.undoable


def test_an_entry_is_undone_once_and_what_undid_it_is_not_undone(a):
    entry = a.enters("draw", 500)
    back = actions.undo(by=a.holder, entry=entry, words="No.")

    with pytest.raises(Refused, match=f"was undone already, by entry {back.number}"):
        actions.undo(by=a.holder, entry=entry, words="No.")
    with pytest.raises(Refused, match="is not undone itself"):
        actions.undo(by=a.holder, entry=back, words="No.")


def test_what_the_award_is_is_changed_and_not_undone(a):
    entry = Entry.objects.get(verb="award", tranche="main")
    with pytest.raises(Refused, match="Change its amount instead"):
        actions.undo(by=a.manager, entry=entry, words="No.")


def test_why_it_is_undone_is_said(a):
    entry = a.enters("draw", 500)
    with pytest.raises(Refused, match="Say what was wrong"):
        actions.undo(by=a.holder, entry=entry, words=" ")


def test_an_entry_is_undone_by_those_who_may_write_it(a):
    third = actor(a.s.own.third)
    spent = a.enters("commit", 500, member=1)
    drawn = a.enters("draw", 500)
    released = Entry.objects.filter(verb="release").first()

    with pytest.raises(Refused, match=f"This is of {a.organisations[1]}"):
        actions.undo(by=third, entry=spent, words="No.")
    with pytest.raises(Refused, match="holds the money for all"):
        actions.undo(by=third, entry=drawn, words="No.")
    with pytest.raises(Refused, match="Only the programme’s manager"):
        actions.undo(by=a.holder, entry=released, words="No.")
    actions.undo(by=a.second, entry=spent, words="No.")
    actions.undo(by=a.manager, entry=drawn, words="No.")


def test_what_a_member_that_left_had_spent_does_not_come_back_to_it(a):
    a.enters("commit", 500, member=1)
    spent = a.enters("spend", 500, member=1)
    Member.objects.filter(organisation=a.organisations[1]).update(left_at=clock.now())

    with pytest.raises(Refused, match=f"{a.organisations[1]} left"):
        actions.undo(by=a.holder, entry=spent, words="No.")


# reading them


def test_entries_are_read_with_who_and_when(a):
    a.enters("commit", 1_000, n=1, member=1, line=3, words="Invoice 231")
    a.enters("hand_over", 400, n=2, member=1, to=2, line=3)

    *_, commit, handed = entries_of(a.award)

    assert commit.sentence == f"{a.organisations[1]} committed it"
    assert handed.sentence.startswith(
        f"{a.organisations[1]} handed it over to {a.organisations[2]}"
    )
    assert (commit.on, commit.pence, commit.line, commit.words) == (
        a.day(1),
        1_000,
        3,
        "Invoice 231",
    )
    assert commit.by == f"Chief executive, {a.organisations[0]}"
    assert commit.stands


def test_every_verb_has_its_sentence():
    assert set(SAID) == set(VERBS)
