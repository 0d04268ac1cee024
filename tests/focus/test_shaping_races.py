"""When several shape one long list at once, on a database that lets things happen at once."""

import pytest

from hedgerow.focus.actions import gains, ideas
from hedgerow.focus.actions.shaping import merge_ideas, withdraw_idea
from hedgerow.focus.models import Descent, Gain, Idea
from tests.at_once import all_at_once
from tests.factories import ProgrammeFactory, actor, team

from .scenes_ideas import long_list

pytestmark = [pytest.mark.postgres, pytest.mark.django_db(transaction=True)]


def merging(own, *chosen):
    return lambda: merge_ideas(
        by=actor(own.core),
        cluster=own.cluster,
        ideas=chosen,
        title="Both",
        words="",
        because="So.",
    )


def test_of_three_who_put_the_same_idea_together_at_once_one_does():
    own = team(ProgrammeFactory())
    first, *others = long_list(own, 4)

    answers = all_at_once(*[merging(own, first, other) for other in others])

    assert answers == ["done", "refused", "refused"]
    assert Descent.objects.filter(parent=first).count() == 1
    assert Idea.objects.filter(cluster=own.cluster, ended_at=None).count() == 3


def test_of_taking_it_off_and_putting_it_together_at_once_one_happens():
    own = team(ProgrammeFactory())
    first, second = long_list(own, 2)

    answers = all_at_once(
        merging(own, first, second),
        lambda: withdraw_idea(by=actor(own.core), idea=first, because="So.", version=1),
    )

    assert answers == ["done", "refused"]


def test_four_who_add_at_once_get_four_numbers():
    own = team(ProgrammeFactory())

    answers = all_at_once(
        *[lambda: ideas.add_idea(by=actor(own.core), cluster=own.cluster, title="Train")] * 4
    )

    assert answers == ["done"] * 4
    numbers = Idea.objects.filter(cluster=own.cluster).values_list("number", flat=True)
    assert sorted(numbers) == [1, 2, 3, 4]


def test_of_what_one_member_says_twice_at_once_one_word_stands():
    own = team(ProgrammeFactory())
    idea = long_list(own, 1)[0]

    answers = all_at_once(
        *[
            lambda yes=yes: gains.say_gain(
                by=actor(own.core), idea=idea, would_gain=yes, words="So."
            )
            for yes in (True, False, True)
        ]
    )

    assert answers == ["done"] * 3
    assert Gain.objects.filter(idea=idea, ended_at=None).count() == 1
