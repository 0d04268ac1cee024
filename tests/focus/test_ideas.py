"""Cards of the long list: what can be put on it, what is refused, and what a change leaves."""

from dataclasses import replace

import pytest

from hedgerow.analysis.needs import NeedProfile, Score
from hedgerow.core import clock
from hedgerow.core.actions import Refused, Stale
from hedgerow.core.models import Event
from hedgerow.focus.actions import ideas as actions
from hedgerow.focus.actions.shaping import withdraw_idea
from hedgerow.focus.models import Idea, IdeaBefore, Source
from hedgerow.focus.queries import ideas as queries
from hedgerow.focus.queries.ideas_needs import needs_of
from hedgerow.journeys.models import StageResult
from hedgerow.journeys.results import kept
from hedgerow.people.actions import leave_cluster
from hedgerow.people.models import Member, Role
from tests.factories import actor

from .found import finding
from .scenes_ideas import gain_of, idea_of, long_list

pytestmark = pytest.mark.django_db

FUNCTIONS = ("accounts", "it-support", "training", "buying")


def add(s, title="Train together", *, by=None, cluster=None, **more):
    return actions.add_idea(
        by=actor(by or s.own.core), cluster=cluster or s.cluster, title=title, **more
    )


def said_on(idea, **more):
    """All that a card says, with some of it changed."""
    names = ("title", "words", *Idea.TESTS, "cost", "is_quick_win")
    return {**{name: getattr(idea, name) for name in names}, **more}


def change(s, idea, *, by=None, version=None, **more):
    return actions.change_idea(
        by=actor(by or s.own.core),
        idea=idea,
        version=version or idea.version,
        **said_on(idea, **more),
    )


def take_off(s, idea):
    withdraw_idea(by=actor(s.own.core), idea=idea, because="So.", version=idea.version)


def leave_picture(own, stage, **more):
    """As a closed stage of gathering leaves it: IT support presses for two, training for one."""
    first, second, third = (one.pk for one in own.organisations)
    low, high = Score(strength=1, priority=5), Score(strength=4, priority=4)
    profile = NeedProfile(
        instrument="capacity",
        functions=FUNCTIONS,
        scores={
            first: {"training": low, "it-support": Score(strength=2, priority=4), "buying": high},
            second: {"it-support": Score(strength=3, priority=5), "training": high},
            third: {"accounts": high},
        },
        names={"it-support": "IT support", "training": "Staff training"},
    )
    before = stage.journey.stages.get(position=2)
    row = vars(kept(replace(profile, **more)))
    return StageResult.objects.create(stage=before, made_at=clock.now(), **row)


# adding


def test_a_title_is_enough_for_a_card(s):
    idea = add(s, " Train together ")

    assert (idea.title, idea.number, idea.source) == ("Train together", 1, Source.MEMBER)
    assert (idea.cost, idea.is_quick_win, idea.raised_by) == (None, False, s.own.core)
    told = Event.objects.get(did="focus.idea_added").detail
    assert told == {"idea": idea.pk, "source": "member"}


def test_cards_are_numbered_in_their_cluster_and_no_number_comes_back(s):
    first = add(s)
    elsewhere = add(s, by=s.neighbour.core, cluster=s.neighbour.cluster)
    take_off(s, first)

    assert [first.number, elsewhere.number, add(s, "Buy together").number] == [1, 1, 2]


@pytest.mark.parametrize(
    ("said", "refusal"),
    [
        ({"title": "  "}, "Give the idea a title"),
        ({"title": "x" * 121}, "121 characters long; 120 are the most"),
        ({"title": "Two\nlines"}, "on one line"),
        ({"words": "x" * 4001}, "4,001 characters long"),
        ({"effect": "x" * 4001}, "4,001 characters long"),
        ({"cost": -1}, "costs nothing or more"),
        ({"source": "elsewhere", "came_from": "x" * 121}, "120 characters at most"),
        ({"source": "picture", "came_from": "it-support"}, "not in your shared picture"),
        ({"source": "catalogue", "came_from": "moonshine"}, "not in the programme’s catalogue"),
    ],
)
def test_what_no_card_can_say_is_refused_in_a_sentence(s, said, refusal):
    with pytest.raises(Refused, match=refusal):
        add(s, **said)

    assert not Idea.objects.exists()
    assert not Event.objects.filter(did="focus.idea_added").exists()


def test_it_says_where_it_comes_from(s):
    seen = add(s, source="elsewhere", came_from="The next county")
    listed = add(s, source="catalogue", came_from="training")
    ours = add(s, came_from="a slip")

    assert queries.idea_page(seen).came_from == "From what others already do: The next county."
    told = queries.idea_page(listed).came_from
    assert told.startswith("From what clusters worked on before: train our people together (HACT,")
    assert ours.came_from == ""
    assert queries.idea_page(ours).came_from == "From one of us."


def test_an_entry_of_the_catalogue_leaves_hints_at_the_tests_that_are_open(s):
    idea = add(s, source="catalogue", came_from="training", effect="Fewer empty places.")

    tests = {line.asked.slug: line for line in queries.idea_page(idea).tests}

    assert tests["effect"].hint == ""
    assert "how many people would have been trained" in tests["success"].hint.lower()


def test_nothing_is_added_where_nothing_changes_any_more(s):
    s.cluster.is_published = True
    s.cluster.save()
    with pytest.raises(Refused, match="published record"):
        add(s)


def test_whoever_has_lost_their_seat_meanwhile_adds_nothing(s):
    by = actor(s.own.core)
    member = Member.objects.get(cluster=s.cluster, organisation=s.own.core.organisation)
    leave_cluster(by=by, member=member)

    with pytest.raises(Refused, match="no seat"):
        add(s)


def test_a_list_has_an_end(s, monkeypatch):
    monkeypatch.setattr(actions, "MOST_LIVE", 2)
    long_list(s.own, 2)

    with pytest.raises(Refused, match="holds two ideas; 2 are the most"):
        add(s)


# from the shared picture


def test_needs_stand_in_order_with_for_how_many_each_presses():
    own, stage = finding()
    leave_picture(own, stage)

    assert [(need.name, need.words) for need in needs_of(own.cluster)] == [
        ("IT support", "Presses for both."),
        ("Staff training", "Presses for one of two."),
    ]


def test_what_was_counted_without_showing_whose_it_is_counts_too():
    own, stage = finding()
    leave_picture(own, stage, released={"buying": 5}, n_unseen=6)

    assert [(need.slug, need.words) for need in needs_of(own.cluster)] == [
        ("buying", "Presses for five of seven."),
        ("it-support", "Presses for both."),
        ("training", "Presses for one of two."),
    ]


def test_a_need_without_a_name_is_called_by_its_slug():
    own, stage = finding()
    leave_picture(own, stage, names={})

    assert needs_of(own.cluster)[0].name == "It support"


def test_without_a_picture_or_a_journey_there_are_no_needs(s):
    own, _ = finding()

    assert needs_of(own.cluster) == needs_of(s.cluster) == ()


def test_a_card_from_the_picture_says_which_need_and_for_how_many():
    own, stage = finding()
    leave_picture(own, stage)
    idea = actions.add_idea(
        by=actor(own.core),
        cluster=own.cluster,
        title="IT support",
        source="picture",
        came_from="it-support",
    )

    assert queries.idea_page(idea).came_from == (
        "From our shared picture: IT support. Presses for both."
    )
    line = queries.sources(own.cluster).needs[0]
    assert [ref.key for ref in line.on_list] == [idea.pk]


# changing


def test_a_change_keeps_what_each_changed_field_said(s):
    idea = add(s, effect="Fewer gaps.", cost=1200_00)

    changed = change(s, idea, by=s.own.second, effect="No gaps.", cost=None, title="Train")

    before = IdeaBefore.objects.get()
    assert before.said == {"title": "Train together", "effect": "Fewer gaps.", "cost": 120000}
    assert (before.by, changed.version, changed.cost) == (s.own.second, 2, None)
    assert Event.objects.get(did="focus.idea_changed").detail == {"idea": idea.pk, "n": 3}
    was = queries.idea_page(changed).changes[0].was
    assert [(line.name, line.said) for line in was] == [
        ("The title", "Train together"),
        ("The effect", "Fewer gaps."),
        ("The cost", "£1,200"),
    ]


def test_the_same_again_changes_nothing(s):
    idea = add(s)

    assert change(s, idea).version == 1
    assert not IdeaBefore.objects.exists()


def test_of_two_who_change_one_card_the_second_is_told(s):
    idea = add(s)
    change(s, idea, words="By turns.")

    with pytest.raises(Stale):
        change(s, idea, version=1, words="In one place.")

    assert Idea.objects.get().words == "By turns."


def test_a_quick_win_is_marked_and_unmarked_with_its_history(s):
    idea = add(s)

    marked = actions.mark_quick_win(by=actor(s.own.core), idea=idea, is_quick_win=True, version=1)
    again = actions.mark_quick_win(by=actor(s.own.core), idea=idea, is_quick_win=True, version=2)
    actions.mark_quick_win(by=actor(s.own.core), idea=idea, is_quick_win=False, version=2)

    assert (marked.is_quick_win, again.version) == (True, 2)
    assert [row.said for row in IdeaBefore.objects.all()] == [
        {"is_quick_win": False},
        {"is_quick_win": True},
    ]
    assert Event.objects.filter(did="focus.quick_win_marked").count() == 2


# the list


def test_the_list_says_what_each_costs_who_gains_and_what_is_open(s):
    own = s.own
    open_one = idea_of(own, "Train together", cost=1200_00, effect="Fewer gaps.", time="A year.")
    gain_of(open_one, own.core)
    gain_of(open_one, own.second, would_gain=False, words="We have trainers.")
    full = idea_of(own, "Buy together", **dict.fromkeys(Idea.TESTS, "Known."))
    take_off(s, idea_of(own, "Neither"))

    lines = queries.long_list_page(s.cluster).lines

    assert [line.idea.title for line in lines] == ["Train together", "Buy together"]
    assert [line.open_words for line in lines] == [
        "four of six tests are still open",
        "all six tests are answered",
    ]
    assert lines[0].gains.in_short == "One of three gains, one does not and one has not said yet."
    assert lines[1].gains.in_short == "Nobody has said yet whether they gain."
    assert full.pk == lines[1].idea.pk


def test_a_list_of_sixty_costs_no_more_than_one_of_two(s, django_assert_num_queries):
    for n in range(60):
        gain_of(idea_of(s.own, f"Idea {n}"), s.own.core)

    with django_assert_num_queries(5):
        assert len(queries.long_list_page(s.cluster).lines) == 60


def test_the_door_lets_members_and_the_facilitator_add_and_nobody_else(s):
    for role in (Role.STAFF, Role.DEPUTY, Role.FACILITATOR):
        assert add(s, by=s.own.seats[role]).raised_by == s.own.seats[role]
    with pytest.raises(Refused, match="no seat"):
        add(s, by=s.neighbour.core)
