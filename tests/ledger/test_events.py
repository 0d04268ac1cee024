"""What the history says of awards: to those of the cluster and to the programme's manager."""

import pytest

from hedgerow.core.owners import Owner
from hedgerow.ledger import actions
from hedgerow.ledger.models import Condition, Entry
from hedgerow.look.words import day
from hedgerow.people.models import Role
from hedgerow.people.queries import history_of
from tests.factories import reader

pytestmark = pytest.mark.django_db


def sentences(a, seat):
    cluster = a.award.cluster_id
    lines = history_of(reader(seat), owner=Owner.CLUSTER, key=cluster, limit=50)
    return [line.sentence for line in reversed(lines)]


def test_the_history_says_what_happened(a):
    first, second, third = a.organisations
    a.enters("draw", 10_000, n=2)
    a.enters("commit", 5_000, n=3, member=1, line=3, tranche="levelling_up")
    a.enters("hand_over", 2_000, n=4, member=1, to=2, line=3, tranche="levelling_up")
    actions.undo(by=a.holder, entry=Entry.objects.get(verb="draw"), words="No.")
    part = a.waiting[0]
    for told in ("In April.", "In May."):
        part = actions.tell_instalment(
            by=a.holder, instalment=part, told=told, version=part.version
        )
        if told == "In April.":
            part = actions.doubt_instalment(
                by=a.manager, instalment=part, reason="In May?", version=part.version
            )
    actions.release_instalment(
        by=a.manager, instalment=part, on=a.day(5), words="", version=part.version
    )
    condition = Condition.objects.get()
    actions.tell_condition(by=a.holder, condition=condition, told="So.", version=1)
    actions.doubt_condition(by=a.manager, condition=condition, reason="Who?", version=2)
    actions.tell_condition(by=a.holder, condition=condition, told="So, and who.", version=3)
    actions.meet_condition(by=a.manager, condition=condition, version=4)
    actions.change_amount(
        by=a.manager,
        award=a.award,
        verb="lower",
        tranche="quick_wins",
        pence=1_000,
        on=a.day(6),
        words="So.",
    )
    actions.change_holding(
        by=a.manager, award=a.award, holding=second, reason="So.", version=a.award.version
    )

    told = sentences(a, a.s.staff[Role.MANAGER])

    said = "\n".join(told)
    for words in (
        f"awarded £15,000 on {day(a.day(0))}, which {first} holds for all; £7,500 was released",
        f"wrote down: £100 was drawn, on {day(a.day(2))}.",
        f"wrote down: {second} committed £50 of the levelling-up line, line 3 of the budget, on",
        f"{second} handed £20 that it had committed over to {third} of the levelling-up line",
        f"undid entry 7: £100 was not drawn, on {day(a.day(2))}.",
        f"released £6,000, on {day(a.day(5))}.",
        "said that what £7,500 of the award waits for is reached.",
        "said what meets condition 1 of the award.",
        "said that what £7,500 of the award waits for is not reached yet.",
        "said that condition 1 of the award is not met yet.",
        "took condition 1 of the award as met.",
        "lowered the award of the quick wins by £10.",
        f"had {second} hold the award from then on; before, {first} did.",
    ):
        assert words in said, said


def test_the_cluster_reads_it_and_its_neighbour_does_not(a):
    a.enters("draw", 10_000, n=2)

    assert any("£100 was drawn" in one for one in sentences(a, a.s.own.third))
    assert not any("£100 was drawn" in one for one in sentences(a, a.s.neighbour.core))


def test_closing_is_told(a):
    actions.close_award(by=a.manager, award=a.award, on=a.day(5), version=a.award.version)
    assert f"closed the award, on {day(a.day(5))}." in sentences(a, a.s.own.third)[-1]


def test_the_terms_stand_in_the_history_of_the_programme(a):
    seat = a.s.staff[Role.MANAGER]
    lines = history_of(reader(seat), owner=Owner.PROGRAMME, key=a.s.programme.pk, limit=50)
    assert "set the terms, version 1: up to £15,000 to each cluster." in lines[0].sentence
