"""Putting ideas together, taking one apart, taking one off: nothing is lost, and all of it is told."""

from datetime import timedelta

import pytest

from hedgerow.core import clock
from hedgerow.core.actions import Refused, Stale
from hedgerow.core.models import Event
from hedgerow.focus.actions import shaping as actions
from hedgerow.focus.actions.gains import say_gain
from hedgerow.focus.actions.ideas import change_idea, mark_quick_win
from hedgerow.focus.models import (
    Candidate,
    Costed,
    Descent,
    Gain,
    Idea,
    ShareOut,
    Shortlist,
    Shortlisted,
    Shortlisting,
)
from hedgerow.focus.queries import ideas as queries
from hedgerow.focus.queries.gains import gains_of
from hedgerow.people.models import Role
from tests.factories import actor

from .found import proposed
from .scenes_ideas import gain_of, idea_of, long_list
from .test_ideas import said_on

pytestmark = pytest.mark.django_db


def merge(s, *ideas, by=None, title="Both", words="", because="They are one."):
    return actions.merge_ideas(
        by=actor(by or s.own.core),
        cluster=s.cluster,
        ideas=ideas,
        title=title,
        words=words,
        because=because,
    )


def split(s, idea, *titles, because="Two things.", version=None):
    return actions.split_idea(
        by=actor(s.own.core),
        idea=idea,
        parts=[(title, f"{title} it is.") for title in titles],
        because=because,
        version=version or idea.version,
    )


def withdraw(s, idea, because="Nobody wants it.", version=None):
    return actions.withdraw_idea(
        by=actor(s.own.core), idea=idea, because=because, version=version or idea.version
    )


def shortlisting_over(s, *ideas):
    row = Shortlisting.objects.create(
        cluster=s.cluster, number=1, is_secret=True, begun_by=s.own.core, begun_at=clock.now()
    )
    for position, idea in enumerate(ideas, start=1):
        Candidate.objects.create(
            shortlisting=row, idea=idea, position=position, title=f"{idea.title}, as it was"
        )
    return row


def share_out_over(s, idea):
    row = ShareOut.objects.create(
        cluster=s.cluster,
        number=1,
        budget=15000_00,
        marks="ticks",
        completion="none",
        ties="name",
        is_secret=True,
        due_on=clock.today() + timedelta(days=7),
        opened_by=s.own.core,
        opened_at=clock.now(),
    )
    Costed.objects.create(share_out=row, idea=idea, position=1, title=idea.title, cost=100_00)
    return row


def shortlist_of(s, number, *ideas):
    row = Shortlist.objects.create(
        cluster=s.cluster, number=number, words="So.", by=s.own.core, at=clock.now()
    )
    for position, idea in enumerate(ideas, start=1):
        Shortlisted.objects.create(shortlist=row, idea=idea, position=position)
    return row


# putting together


def test_ideas_put_together_become_one_card_and_say_so_both_ways(s):
    first, second = long_list(s.own, 2)

    child = merge(s, second, first, title="Payroll and minibus", words="Both at once.")

    first.refresh_from_db()
    assert (child.number, child.is_live, child.words) == (3, True, "Both at once.")
    assert (first.ended_how, first.ended_because, first.ended_by) == (
        "merged",
        "They are one.",
        s.own.core,
    )
    assert [ref.number for ref in queries.idea_page(child).came_out_of] == [1, 2]
    assert [ref.key for ref in queries.idea_page(first).became] == [child.pk]
    listed = queries.long_list_page(s.cluster)
    assert [line.idea for line in listed.lines] == [child]
    assert {line.became[0].key for line in listed.ended} == {child.pk}
    told = Event.objects.get(did="focus.ideas_merged").detail
    assert told == {"idea": child.pk, "parents": [first.pk, second.pk]}


def test_what_each_said_to_a_test_is_kept_under_its_title_where_they_differ(s):
    one = idea_of(s.own, "Train", effect="Fewer gaps.", success="A full room.", time="A year.")
    other = idea_of(s.own, "Buy", effect="Less paid.", time="A year.")

    child = merge(s, one, other)

    assert child.effect == "Train: Fewer gaps.\n\nBuy: Less paid."
    assert (child.success, child.time, child.outside) == ("A full room.", "A year.", "")


@pytest.mark.parametrize(
    ("costs", "together"),
    [((100, 250), 350), ((None, 250), 250), ((None, None), None), ((0,) * 2, 0)],
)
def test_costs_that_are_known_are_added_up(s, costs, together):
    ideas = [idea_of(s.own, f"Idea {n}", cost=cost) for n, cost in enumerate(costs)]

    assert merge(s, *ideas).cost == together


@pytest.mark.parametrize("quick", [(True, True), (True, False), (False, False)])
def test_it_is_a_quick_win_only_if_all_are(s, quick):
    ideas = [idea_of(s.own, f"Idea {n}", is_quick_win=it) for n, it in enumerate(quick)]

    assert merge(s, *ideas).is_quick_win is all(quick)


@pytest.mark.parametrize(
    ("froms", "together"),
    [
        ([("picture", "training")] * 2, ("picture", "training")),
        ([("picture", "training"), ("picture", "payroll")], ("member", "")),
        ([("picture", "training"), ("member", "")], ("member", "")),
        ([("elsewhere", "Devon"), ("elsewhere", "Kent")], ("elsewhere", "")),
    ],
)
def test_it_comes_from_where_all_of_them_came(s, froms, together):
    ideas = [
        idea_of(s.own, f"Idea {n}", source=source, came_from=came_from)
        for n, (source, came_from) in enumerate(froms)
    ]

    child = merge(s, *ideas)

    assert (child.source, child.came_from) == together


@pytest.mark.parametrize(
    ("said", "carried"),
    [
        ([True, True], True),
        ([True, None], True),
        ([False, False], False),
        ([True, False], None),
        ([False, None], None),
        ([None, None], None),
    ],
)
def test_a_members_word_is_carried_over_only_where_it_is_clear(s, said, carried):
    ideas = long_list(s.own, 2)
    for idea, would_gain in zip(ideas, said, strict=True):
        if would_gain is not None:
            gain_of(idea, s.own.core, would_gain=would_gain, words=f"About {idea.title}.")

    child = merge(s, *ideas)

    line = gains_of([child])[child.pk].of(s.own.core.organisation_id)
    assert line.would_gain is carried


def test_a_word_is_carried_over_as_it_was_said_and_when(s):
    ideas = long_list(s.own, 2)
    gain_of(ideas[0], s.own.core, words="Time.")
    last = gain_of(ideas[1], s.own.core, words="Money.")
    undone = gain_of(ideas[1], s.own.second)
    Gain.objects.filter(pk=undone.pk).update(ended_at=clock.now())

    child = merge(s, *ideas)

    carried = Gain.objects.get(idea=child)
    assert (carried.words, carried.at, carried.by) == ("Money.", last.at, s.own.core)
    assert Gain.objects.filter(idea__in=ideas, ended_at=None).count() == 2


def test_two_to_six_of_one_list_can_be_put_together(s):
    ideas = [idea_of(s.own, f"Idea {n}") for n in range(7)]
    foreign = idea_of(s.neighbour, "Theirs")

    for chosen in ([ideas[0]], [ideas[0], ideas[0]], ideas):
        with pytest.raises(Refused, match="Choose two to six ideas"):
            merge(s, *chosen)
    with pytest.raises(Refused, match="of one long list"):
        merge(s, ideas[0], foreign)
    assert merge(s, *ideas[:6]).number == 8


def test_what_is_off_the_list_meanwhile_is_not_put_together(s):
    first, second = long_list(s.own, 2)
    withdraw(s, second)

    with pytest.raises(Stale, match="“A shared minibus” is off the long list by now"):
        merge(s, first, second)

    assert Idea.objects.get(pk=first.pk).is_live


def test_what_would_grow_too_long_is_refused_with_its_name(s):
    ideas = [idea_of(s.own, f"Idea {n}", effect=f"{n}" * 2500) for n in range(2)]

    with pytest.raises(Refused, match="Put together, “The effect” would be 5,"):
        merge(s, *ideas)

    assert Idea.objects.filter(ended_at=None).count() == 2


# taking apart, taking off


def test_an_idea_is_taken_apart_and_its_parts_begin_anew(s):
    idea = idea_of(s.own, "Train and buy", source="elsewhere", came_from="Devon", effect="Much.")

    parts = split(s, idea, "Train", "Buy")

    idea.refresh_from_db()
    assert [(it.number, it.title, it.words) for it in parts] == [
        (2, "Train", "Train it is."),
        (3, "Buy", "Buy it is."),
    ]
    assert {(it.source, it.came_from, it.effect, it.cost) for it in parts} == {
        ("elsewhere", "Devon", "", None)
    }
    assert (idea.ended_how, idea.effect) == ("split", "Much.")
    assert Descent.objects.filter(parent=idea).count() == 2
    told = Event.objects.get(did="focus.idea_split").detail
    assert told == {"idea": idea.pk, "parts": [it.pk for it in parts]}


@pytest.mark.parametrize("n", [0, 1, 5])
def test_it_is_taken_into_two_to_four_parts(s, n):
    idea = long_list(s.own, 1)[0]

    with pytest.raises(Refused, match="two to four parts"):
        split(s, idea, *(f"Part {it}" for it in range(n)))

    assert Idea.objects.get().is_live


def test_a_part_without_a_title_takes_nothing_apart(s):
    idea = long_list(s.own, 1)[0]

    with pytest.raises(Refused, match="a title"):
        split(s, idea, "Train", " ")

    assert Idea.objects.get() == idea


def test_an_idea_that_is_taken_off_stays_with_its_reason(s):
    idea = long_list(s.own, 1)[0]

    withdraw(s, idea)

    idea.refresh_from_db()
    assert (idea.ended_how, idea.ended_because) == ("withdrawn", "Nobody wants it.")
    page = queries.long_list_page(s.cluster)
    assert (page.lines, [line.how for line in page.ended]) == ((), ["Taken off the list"])
    assert Event.objects.filter(did="focus.idea_withdrawn").count() == 1


def test_each_of_them_wants_a_reason(s):
    first, second = long_list(s.own, 2)

    with pytest.raises(Refused, match="why they belong together"):
        merge(s, first, second, because=" ")
    with pytest.raises(Refused, match="why it is taken apart"):
        split(s, first, "A", "B", because="")
    with pytest.raises(Refused, match="why it is taken off"):
        withdraw(s, first, because="")


def test_what_has_ended_is_not_changed_any_more(s):
    idea = long_list(s.own, 1)[0]
    ended = withdraw(s, idea)
    refusal = "has been off the long list since .* taken off the list"

    with pytest.raises(Refused, match=refusal):
        withdraw(s, ended)
    with pytest.raises(Refused, match=refusal):
        split(s, ended, "A", "B")
    with pytest.raises(Refused, match=refusal):
        change_idea(by=actor(s.own.core), idea=ended, version=2, **said_on(ended, title="New"))
    with pytest.raises(Refused, match=refusal):
        say_gain(by=actor(s.own.core), idea=ended, would_gain=True, words="Time.")


def test_whoever_read_an_older_card_is_told(s):
    idea = long_list(s.own, 1)[0]
    change_idea(by=actor(s.own.core), idea=idea, version=1, **said_on(idea, words="New."))

    with pytest.raises(Stale):
        withdraw(s, idea, version=1)
    with pytest.raises(Stale):
        split(s, idea, "A", "B", version=1)


# what it stands in


def stands_in_a_vote(s, idea):
    shortlisting_over(s, idea)
    return "“One payroll for all of us, as it was” is being voted on"


def stands_in_a_share_out(s, idea):
    share_out_over(s, idea)
    return "A budget is being shared out over “One payroll for all of us”"


def stands_on_the_shortlist(s, idea):
    shortlist_of(s, 1, idea)
    return "“One payroll for all of us” is on our shortlist"


@pytest.mark.parametrize(
    "stands", [stands_in_a_vote, stands_in_a_share_out, stands_on_the_shortlist]
)
def test_what_is_in_use_cannot_end_and_the_refusal_says_where_it_is(s, stands):
    idea, other = long_list(s.own, 2)
    refusal = stands(s, idea)

    for press in (
        lambda: merge(s, idea, other),
        lambda: split(s, idea, "A", "B"),
        lambda: withdraw(s, idea),
    ):
        with pytest.raises(Refused, match=refusal):
            press()
    assert Idea.objects.filter(ended_at=None).count() == 2


def stands_in_a_proposal(s, idea):
    proposed(s.own, idea)
    return "“One payroll for all of us” is put to the vote as the focus"


@pytest.mark.parametrize("stands", [stands_in_a_vote, stands_in_a_share_out, stands_in_a_proposal])
def test_what_is_being_voted_on_stays_as_it_was_read(s, stands):
    idea, other = long_list(s.own, 2)
    refusal = stands(s, idea)

    for press in (
        lambda: change_idea(
            by=actor(s.own.core), idea=idea, version=1, **said_on(idea, title="And a bus")
        ),
        lambda: change_idea(by=actor(s.own.core), idea=idea, version=1, **said_on(idea, cost=9)),
        lambda: mark_quick_win(by=actor(s.own.core), idea=idea, version=1, is_quick_win=True),
    ):
        with pytest.raises(Refused, match=refusal):
            press()
    assert said_on(Idea.objects.get(pk=idea.pk)) == said_on(idea)
    mark_quick_win(by=actor(s.own.core), idea=other, version=1, is_quick_win=True)


def test_what_is_shortlisted_can_still_be_written_on(s):
    idea = long_list(s.own, 1)[0]
    shortlist_of(s, 1, idea)

    change_idea(by=actor(s.own.core), idea=idea, version=1, **said_on(idea, cost=900_00))

    assert Idea.objects.get().cost == 900_00


def test_what_was_voted_on_before_can_end(s):
    idea, other = long_list(s.own, 2)
    before = shortlisting_over(s, idea)
    Shortlisting.objects.filter(pk=before.pk).update(
        ended_at=clock.now(), ended_by=s.own.core, given_up_because="So."
    )
    shortlist_of(s, 1, idea)
    shortlist_of(s, 2, other)

    assert withdraw(s, idea).ended_how == "withdrawn"


def test_who_has_no_seat_here_shapes_nothing(s):
    first, second = long_list(s.own, 2)

    with pytest.raises(Refused, match="no seat"):
        merge(s, first, second, by=s.neighbour.core)
    assert merge(s, first, second, by=s.own.seats[Role.FACILITATOR]).number == 3
