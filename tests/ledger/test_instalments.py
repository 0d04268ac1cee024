"""Releasing an award part by part, saying that what a part waits for is reached, and what
conditions ask."""

import pytest

from hedgerow.core.actions import Refused, Stale
from hedgerow.core.models import Event
from hedgerow.ledger import actions
from hedgerow.ledger.models import Condition
from hedgerow.look.words import day
from tests.factories import actor

pytestmark = pytest.mark.django_db


def release(a, part=None, n=9, **more):
    part = part or a.waiting[0]
    said = {"by": a.manager, "on": a.day(n), "words": "", "version": part.version, **more}
    return actions.release_instalment(instalment=part, **said)


def test_a_part_is_released_once(a):
    part = a.waiting[0]
    entry = release(a, part)

    part.refresh_from_db()
    assert (part.released, a.money.released) == (entry, 1_350_000)
    with pytest.raises(Refused, match=f"This was released on {day(a.day(9))}"):
        release(a, part)
    assert Event.objects.get(did="ledger.released").detail["pence"] == 600_000


def test_a_part_that_was_changed_meanwhile_is_read_again(a):
    part = a.waiting[0]
    actions.change_amount(
        by=a.manager,
        award=a.award,
        verb="lower",
        tranche="main",
        pence=5,
        on=a.day(3),
        words="So.",
    )
    with pytest.raises(Stale):
        release(a, part)
    assert a.money.released == 750_000


@pytest.mark.parametrize(("n", "says"), [(-1, "is before the award"), (61, "is still to come")])
def test_a_part_is_released_from_the_award_until_today(a, n, says):
    with pytest.raises(Refused, match=says):
        release(a, n=n)


def test_only_the_manager_releases(a):
    with pytest.raises(Refused, match="Only the manager"):
        release(a, by=a.holder)


def test_a_wrong_release_is_undone_and_waits_again(a):
    entry = release(a)
    actions.undo(by=a.manager, entry=entry, words="Nothing was reached yet.")

    assert a.money.released == 750_000
    assert a.waiting[0].pence == 600_000
    assert release(a, n=12).on == a.day(12)
    assert a.money.released == 1_350_000


def test_a_release_that_is_drawn_is_not_undone(a):
    entry = release(a)
    a.enters("draw", 1_200_000, n=10)

    with pytest.raises(Refused, match="only £0 is released and not yet drawn"):
        actions.undo(by=a.manager, entry=entry, words="No.")
    assert [part.pence for part in a.waiting] == [100_000, 50_000]


# what a part waits for is reached


def reach(a, part=None, told="The courses ran in May.", by=None, **more):
    part = part or a.waiting[0]
    said = {"version": part.version, **more}
    return actions.tell_instalment(by=by or a.second, instalment=part, told=told, **said)


def lower(a, tranche, pence):
    return actions.change_amount(
        by=a.manager,
        award=a.award,
        verb="lower",
        tranche=tranche,
        pence=pence,
        on=a.day(3),
        words="Two members fewer.",
    )


def test_what_a_part_waits_for_is_said_to_be_reached_and_it_still_waits_for_the_manager(a):
    part = reach(a)

    assert (part.told, part.told_by) == ("The courses ran in May.", a.s.own.second)
    assert a.money.released == 750_000
    assert release(a).pence == 600_000


def test_every_part_that_waits_for_the_same_is_said_to_be_reached_at_once(a):
    other = a.waiting[2]
    other.when = "The database has its keeper"
    other.save()

    reach(a)

    assert [part.told != "" for part in a.waiting] == [True, True, False]
    event = Event.objects.get(did="ledger.instalment_told")
    assert event.detail == {"award": a.key, "pence": 700_000}


def test_it_is_said_anew_until_the_part_is_released(a):
    part = a.waiting[0]
    reach(a, told="The courses are planned.")
    reach(a, told="The courses ran in May.")
    release(a)

    assert [one.told for one in a.waiting] == ["The courses ran in May."] * 2
    with pytest.raises(Refused, match=f"This was released on {day(a.day(9))}"):
        reach(a, part, version=3)


def test_saying_the_same_of_a_part_again_changes_nothing(a):
    reach(a)
    reach(a)
    assert Event.objects.filter(did="ledger.instalment_told").count() == 1


def test_of_two_who_say_it_the_second_reads_it_again(a):
    part = a.waiting[0]
    reach(a, told="The courses are planned.")

    with pytest.raises(Stale):
        reach(a, part)
    with pytest.raises(Stale):
        release(a, part)


def test_of_a_part_that_was_cut_meanwhile_nothing_is_said(a):
    part, gone = a.waiting[0], a.waiting[2]
    lower(a, "main", 5)
    lower(a, "quick_wins", 50_000)

    with pytest.raises(Stale):
        reach(a, part)
    with pytest.raises(Stale, match="took this away"):
        reach(a, gone)
    assert reach(a).pence == 599_995


def test_what_waits_for_nothing_cannot_be_reached(a):
    actions.undo(by=a.manager, entry=a.award.instalments.first().released, words="Too early.")
    free = a.waiting[0]

    assert not free.when
    with pytest.raises(Refused, match="waits for nothing that could be reached"):
        reach(a, free)


def test_it_is_said_in_words_and_by_those_of_the_cluster(a):
    with pytest.raises(Refused, match="Say what shows that it is reached"):
        reach(a, told=" ")
    with pytest.raises(Refused, match="You have no seat"):
        reach(a, by=actor(a.s.neighbour.core))


def test_nothing_is_said_of_an_award_that_is_closed(a):
    actions.close_award(by=a.manager, award=a.award, on=a.day(5), version=a.award.version)
    with pytest.raises(Refused, match="This award was closed"):
        reach(a)


def test_a_release_that_was_undone_leaves_what_the_cluster_said(a):
    reach(a)
    actions.undo(by=a.manager, entry=release(a), words="Of another day.")

    assert a.waiting[0].told == "The courses ran in May."


# conditions


def tell(a, told="Ground Floor keeps it.", by=None, **more):
    condition = Condition.objects.get()
    said = {"version": condition.version, **more}
    return actions.tell_condition(by=by or a.holder, condition=condition, told=told, **said)


def meet(a, **more):
    condition = Condition.objects.get()
    said = {"by": a.manager, "version": condition.version, **more}
    return actions.meet_condition(condition=condition, **said)


def test_a_condition_is_told_anew_until_it_is_met(a):
    tell(a, told="We look for somebody.")
    told = tell(a, told="Ground Floor keeps it.")
    assert (told.told, told.told_by) == ("Ground Floor keeps it.", a.s.own.core)

    met = meet(a)
    assert met.met_by_id == a.manager.seat
    with pytest.raises(Refused, match="and stays so"):
        tell(a, told="Somebody else does.")
    with pytest.raises(Refused, match="and stays so"):
        meet(a)
    events = Event.objects.filter(did__startswith="ledger.condition").order_by("number")
    assert [event.did for event in events] == [
        "ledger.condition_told",
        "ledger.condition_told",
        "ledger.condition_met",
    ]


def test_saying_the_same_again_changes_nothing(a):
    tell(a)
    tell(a)
    assert Event.objects.filter(did="ledger.condition_told").count() == 1


def test_of_two_who_tell_a_condition_the_second_reads_it_again(a):
    read = Condition.objects.get().version
    tell(a, told="We look for somebody.")

    with pytest.raises(Stale):
        tell(a, by=actor(a.s.own.second), version=read)
    with pytest.raises(Stale):
        meet(a, version=read)


def test_a_condition_is_told_in_words_and_met_by_the_manager(a):
    with pytest.raises(Refused, match="Say what you did"):
        tell(a, told=" ")
    with pytest.raises(Refused, match="Only the manager"):
        meet(a, by=a.holder)
    with pytest.raises(Refused, match="You have no seat"):
        tell(a, by=actor(a.s.neighbour.core))
