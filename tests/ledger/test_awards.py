"""Making an award, and what its programme changes in it."""

from datetime import timedelta

import pytest

from hedgerow.core import clock
from hedgerow.core.actions import Refused, Stale
from hedgerow.core.models import Event
from hedgerow.journeys.models import SubmissionKind
from hedgerow.ledger import actions
from hedgerow.ledger.actions import ConditionSaid, InstalmentSaid
from hedgerow.ledger.models import Award, Entry, Posting
from hedgerow.ledger.queries import award_of, awards_in
from hedgerow.look.words import day
from hedgerow.people.models import Member, Role
from tests.factories import OrganisationFactory, actor

from .awarded import AMOUNTS, agreed, instalments, terms_set

pytestmark = pytest.mark.django_db


@pytest.fixture
def manager(s):
    return actor(s.staff[Role.MANAGER])


def make(s, submission, **more):
    said = {
        "by": actor(s.staff[Role.MANAGER]),
        "submission": submission,
        "holding": s.own.organisations[0],
        "awarded_on": clock.today(),
        "amounts": AMOUNTS,
        "conditions": [],
        "instalments": instalments(AMOUNTS),
        "words": "",
        **more,
    }
    return actions.make_award(**said)


@pytest.fixture
def plan(s, manager):
    terms_set(manager, s.programme)
    return agreed(s, on=clock.today() - timedelta(days=1))


def test_an_award_is_made_whole_and_what_waits_for_nothing_is_released(s, a):
    assert award_of(s.cluster) == a.award
    assert awards_in([s.cluster, s.neighbour.cluster]) == {s.cluster.pk: a.award}
    assert (a.money.award, a.money.released, a.money.drawn) == (1_500_000, 750_000, 0)
    assert [part.released is not None for part in a.award.instalments.all()] == [True, False] * 3
    assert [one.words for one in a.award.conditions.all()] == ["Say who keeps the database."]
    told = Event.objects.get(did="ledger.award_made")
    assert (told.owner_kind, told.owner_key, told.audience) == ("cluster", s.cluster.pk, "funder")
    assert told.detail["amount"] == 1_500_000
    assert told.detail["released"] == 750_000


def test_what_waits_for_a_day_alone_is_not_released_at_once(s, plan):
    later = InstalmentSaid(tranche="main", pence=5, due_on=clock.today() + timedelta(days=9))
    award = make(s, plan, amounts={"main": 5}, instalments=[later])

    assert award.instalments.get().released is None


@pytest.mark.parametrize(
    ("more", "says"),
    [
        ({"amounts": {}, "instalments": []}, "an amount above nothing"),
        ({"amounts": {"main": -5}, "instalments": []}, "below nothing"),
        ({"amounts": {"main": 0}, "instalments": []}, "an amount above nothing"),
        ({"amounts": {"main": 1_500_001}}, "Of the main part, £15,000.01 is awarded"),
        ({"instalments": []}, "what is to be released of it comes to £0"),
        (
            {
                "amounts": {"main": 5},
                "instalments": [InstalmentSaid(tranche="quick_wins", pence=5)],
            },
            "Of the main part, £0.05",
        ),
        (
            {
                "amounts": {"main": 5},
                "instalments": [
                    InstalmentSaid(tranche="main", pence=10),
                    InstalmentSaid(tranche="main", pence=-5),
                ],
            },
            "below nothing",
        ),
        (
            {
                "amounts": {"main": 1_500_001},
                "instalments": [InstalmentSaid(tranche="main", pence=1_500_001)],
            },
            "£15,000.01 is more than £15,000, which the terms",
        ),
        ({"conditions": [ConditionSaid(words=" ")]}, "what each condition is"),
    ],
)
def test_an_award_that_does_not_add_up_is_refused(s, plan, more, says):
    with pytest.raises(Refused, match=says):
        make(s, plan, **more)
    assert not Award.objects.exists()
    assert not Posting.objects.exists()


@pytest.mark.parametrize(
    ("days", "says"), [(-2, "An award cannot be older"), (1, "is still to come")]
)
def test_an_award_is_made_between_the_plan_and_today(s, plan, days, says):
    with pytest.raises(Refused, match=says):
        make(s, plan, awarded_on=clock.today() + timedelta(days=days))


def test_a_condition_is_not_due_before_the_award(s, plan):
    early = ConditionSaid(words="So.", due_on=clock.today() - timedelta(days=1))
    with pytest.raises(Refused, match="is before the award"):
        make(s, plan, conditions=[early])


@pytest.mark.parametrize("answer", ["", "returned", "redirected", "taken_back"])
def test_only_an_agreed_plan_is_awarded(s, plan, answer):
    plan.answer, plan.answer_words = answer, "So."
    if not answer:
        plan.answered_by = plan.answered_at = None
    plan.save()

    with pytest.raises(Refused, match="not agreed"):
        make(s, plan)


def test_a_return_is_not_awarded(s, plan):
    plan.kind = SubmissionKind.RETURN
    plan.save()
    with pytest.raises(Refused, match="no plan"):
        make(s, plan)


def test_a_cluster_has_one_award(s, a):
    with pytest.raises(Refused, match="was awarded £15,000 on"):
        make(s, a.award.submission)


def test_without_terms_nothing_is_awarded(s):
    with pytest.raises(Refused, match="has no terms yet"):
        make(s, agreed(s, on=clock.today()))


def test_only_a_full_member_that_is_here_holds_the_money(s, plan):
    tier = s.own.seats[Role.SUPPORTER].organisation
    Member.objects.filter(organisation=s.own.organisations[2]).update(left_at=clock.now())

    with pytest.raises(Refused, match="is no full member"):
        make(s, plan, holding=tier)
    with pytest.raises(Refused, match=f"left {s.cluster} on {day(clock.today())}"):
        make(s, plan, holding=s.own.organisations[2])
    with pytest.raises(Refused, match="is not a member"):
        make(s, plan, holding=OrganisationFactory())


def test_only_the_programmes_own_manager_makes_it(s, plan):
    for seat in (s.own.core, s.other_staff[Role.MANAGER], s.staff[Role.ASSESSOR]):
        with pytest.raises(Refused, match="Only the manager"):
            make(s, plan, by=actor(seat))


# who holds it


def test_another_member_holds_the_money_with_a_reason(s, a):
    actions.change_holding(
        by=a.manager,
        award=a.award,
        holding=a.organisations[1],
        reason="They have staff.",
        version=a.award.version,
    )

    assert (a.award.holding, a.award.holding_because) == (a.organisations[1], "They have staff.")
    told = Event.objects.get(did="ledger.holding_changed").detail
    assert (told["before"], told["holding"]) == (a.organisations[0].pk, a.organisations[1].pk)
    a.enters("draw", 5, by=a.second)
    with pytest.raises(Refused, match=f"{a.organisations[1]} holds the money for all"):
        a.enters("draw", 5, by=a.holder)


def test_who_holds_it_is_not_changed_without_a_reason_or_to_nobody(s, a):
    def change(**more):
        said = {"holding": a.organisations[1], "reason": "So.", "version": a.award.version, **more}
        actions.change_holding(by=said.pop("by", a.manager), award=a.award, **said)

    with pytest.raises(Refused, match="Say why"):
        change(reason="  ")
    with pytest.raises(Refused, match="holds the money already"):
        change(holding=a.organisations[0])
    with pytest.raises(Refused, match="no full member"):
        change(holding=s.own.seats[Role.SUPPORTER].organisation)
    with pytest.raises(Refused, match="Only the manager"):
        change(by=a.holder)


def test_who_read_it_before_the_last_entry_reads_it_again(s, a):
    read = a.award.version
    a.enters("draw", 5)

    with pytest.raises(Stale):
        actions.change_holding(
            by=a.manager, award=a.award, holding=a.organisations[1], reason="So.", version=read
        )
    assert a.award.holding == a.organisations[0]


# how much it is


def changes(a, verb, pence, n=9, tranche="main", words="So.", by=None):
    return actions.change_amount(
        by=by or a.manager,
        award=a.award,
        verb=verb,
        tranche=tranche,
        pence=pence,
        on=a.day(n),
        words=words,
    )


def unreleased(a):
    """By tranche: of what waits to be released, and of the account."""
    waits = {name: 0 for name in AMOUNTS}
    for part in a.waiting:
        waits[part.tranche] += part.pence
    return waits, {name: sums.unreleased for name, sums in a.money.by_tranche.items()}


def test_a_cut_is_taken_from_what_is_released_last(s, a):
    changes(a, "lower", 250_000)

    assert a.money.award == 1_250_000
    assert [part.pence for part in a.waiting] == [350_000, 100_000, 50_000]
    told = Event.objects.get(did="ledger.amount_changed").detail
    assert (told["verb"], told["pence"]) == ("lower", 250_000)


def test_a_cut_of_all_that_waits_leaves_no_part_of_nothing(s, a):
    changes(a, "lower", 600_000)

    assert [part.tranche for part in a.waiting] == ["levelling_up", "quick_wins"]
    assert unreleased(a)[0] == unreleased(a)[1]


def test_a_raise_is_one_part_more_that_waits_and_goes_no_further_than_the_terms(s, a):
    changes(a, "lower", 250_000, tranche="main")
    with pytest.raises(Refused, match=r"£15,000.01 is more than £15,000"):
        changes(a, "award", 250_001)

    changes(a, "award", 250_000, tranche="quick_wins")

    assert a.money.award == 1_500_000
    waits, told = unreleased(a)
    assert waits == told
    last = a.waiting[-1]
    actions.release_instalment(
        by=a.manager, instalment=last, on=a.day(10), words="", version=last.version
    )
    assert a.money.by_tranche["quick_wins"].released == 300_000


@pytest.mark.parametrize(
    ("verb", "pence", "n", "says"),
    [
        ("lower", 600_001, 9, "only £6,000 is awarded and not yet released"),
        ("lower", 0, 9, "Nothing would move"),
        ("lower", -5, 9, "below nothing"),
        ("award", 5, 9, "more than £15,000"),
        ("lower", 5, -1, "is before the award"),
        ("lower", 5, 61, "is still to come"),
    ],
)
def test_an_amount_that_cannot_change_so_is_refused(s, a, verb, pence, n, says):
    with pytest.raises(Refused, match=says):
        changes(a, verb, pence, n)
    assert unreleased(a)[0] == unreleased(a)[1]
    assert a.money.award == 1_500_000


def test_what_is_committed_cannot_be_taken_off(s, a):
    a.enters("commit", 1_000_000, member=1)
    with pytest.raises(Refused, match="only £2,000 of the award is free"):
        changes(a, "lower", 250_000)


def test_why_an_amount_changes_is_said(s, a):
    with pytest.raises(Refused, match="Say why the amount changes"):
        changes(a, "lower", 5, words=" ")
    with pytest.raises(Refused, match="Only the manager"):
        changes(a, "lower", 5, by=a.holder)


# closing


def close(a, n=60, **more):
    said = {"by": a.manager, "award": a.award, "on": a.day(n), "version": a.award.version, **more}
    return actions.close_award(**said)


def test_an_award_is_closed_once_it_is_settled_and_nothing_happens_after(s, a):
    a.enters("draw", 5, n=2)
    a.enters("commit", 5, n=3, member=1)
    a.enters("spend", 5, n=4, member=1)

    close(a, n=10)

    assert (a.award.closed_on, a.award.closed_by) == (a.day(10), s.staff[Role.MANAGER])
    condition = a.award.conditions.get()
    part = a.waiting[0]
    late = [
        lambda: a.enters("commit", 5, n=4, member=1),
        lambda: actions.undo(
            by=a.holder, entry=Entry.objects.get(verb="draw"), words="It was wrong."
        ),
        lambda: actions.release_instalment(
            by=a.manager, instalment=part, on=a.day(4), words="", version=part.version
        ),
        lambda: changes(a, "lower", 5, n=4),
        lambda: actions.change_holding(
            by=a.manager,
            award=a.award,
            holding=a.organisations[1],
            reason="So.",
            version=a.award.version,
        ),
        lambda: actions.tell_condition(
            by=a.holder, condition=condition, told="So.", version=condition.version
        ),
        lambda: actions.meet_condition(
            by=a.manager, condition=condition, version=condition.version
        ),
    ]
    for act in late:
        with pytest.raises(Refused, match=f"This award was closed on {day(a.day(10))}"):
            act()


@pytest.mark.parametrize(
    ("moved", "n", "says"),
    [
        ([("commit", 5, {"member": 1})], 60, "£0.05 is still committed"),
        ([("draw", 5, {})], 60, "£0.05 was drawn and not spent. Hand it back"),
        (
            [("commit", 5, {"member": 1}), ("spend", 5, {"member": 1})],
            60,
            "£0.05 was spent and not drawn. Draw it",
        ),
        ([("draw", 5, {}), ("hand_back", 5, {})], 0, "There are entries up to"),
        ([], 61, "is still to come"),
        ([], -1, "is before the award"),
    ],
)
def test_it_is_not_closed_before_it_is_settled(s, a, moved, n, says):
    for verb, pence, more in moved:
        a.enters(verb, pence, n=2, **more)

    with pytest.raises(Refused, match=says):
        close(a, n=n)
    assert a.award.is_open


def test_closing_it_twice_changes_nothing(s, a):
    close(a, n=10)
    close(a, n=20, version=1)

    assert a.award.closed_on == a.day(10)
    assert Event.objects.filter(did="ledger.award_closed").count() == 1


def test_members_do_not_close_it(s, a):
    with pytest.raises(Refused, match="Only the manager"):
        close(a, by=a.holder)


def test_the_manager_settles_it_when_the_cluster_has_ended(s, a):
    a.enters("commit", 5, n=2, member=1)
    s.cluster.ended_at = clock.now()
    s.cluster.save()

    with pytest.raises(Refused, match="nothing in it can be changed"):
        a.enters("free", 5, n=3, member=1)
    a.enters("free", 5, n=3, member=1, by=a.manager)
    close(a)
    assert not a.award.is_open
