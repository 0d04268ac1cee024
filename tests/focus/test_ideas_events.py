"""What the history says of the long list: every event in a sentence that names what it is about."""

import pytest

from hedgerow.core.models import Event
from hedgerow.core.rooms import Told
from hedgerow.focus.actions import gains, ideas, shaping
from hedgerow.focus.events.ideas import SENTENCES
from hedgerow.focus.models import Idea
from hedgerow.people.models import Organisation
from tests.factories import actor

from .test_ideas import said_on

pytestmark = pytest.mark.django_db

ROWS = {"focus.idea": Idea, "people.organisation": Organisation}


def sentences():
    """Of all that happened so far, in its order."""
    return [
        SENTENCES[event.did](
            Told(
                by="She",
                look_up=lambda: None,
                detail=event.detail,
                named=lambda label, key: str(ROWS[label].objects.get(pk=key)),
            )
        )
        for event in Event.objects.filter(did__startswith="focus.").order_by("number")
    ]


def test_each_change_of_the_list_is_told(s):
    by = actor(s.own.core)

    def add(title, **more):
        return ideas.add_idea(by=by, cluster=s.cluster, title=title, **more)

    train, buy = add("Train"), add("Buy", source="catalogue", came_from="buying")
    train = ideas.mark_quick_win(by=by, idea=train, is_quick_win=True, version=1)
    train = ideas.mark_quick_win(by=by, idea=train, is_quick_win=False, version=2)
    changed = said_on(train, words="By turns.", time="A year.")
    train = ideas.change_idea(by=by, idea=train, version=3, **changed)
    both = shaping.merge_ideas(
        by=by, cluster=s.cluster, ideas=[train, buy], title="Both", words="", because="So."
    )
    parts = shaping.split_idea(
        by=by, idea=both, parts=[("One", ""), ("Two", "")], because="So.", version=1
    )
    shaping.withdraw_idea(by=by, idea=parts[0], because="So.", version=1)

    assert sentences() == [
        "She put “Train” on the long list.",
        "She put “Buy” on the long list, from what clusters worked on before.",
        "She marked “Train” as a quick win.",
        "She said that “Train” is no quick win.",
        "She changed two things on the card “Train”.",
        "She put “Train” and “Buy” together as “Both”.",
        "She took “Both” apart into “One” and “Two”.",
        "She took “One” off the long list.",
    ]


def test_each_word_about_gaining_is_told_without_what_it_says(s):
    idea = ideas.add_idea(by=actor(s.own.core), cluster=s.cluster, title="Train")
    for would_gain in (True, False):
        gains.say_gain(by=actor(s.own.core), idea=idea, would_gain=would_gain, words="Secret.")
    for member, answer in ((s.own.second, gains.confirm_gain), (s.own.third, gains.undo_gain)):
        gain = gains.record_gain(
            by=actor(s.own.facilitator),
            idea=idea,
            organisation=member.organisation,
            would_gain=True,
            words="Secret.",
            channel="paper",
        )
        answer(by=actor(member), gain=gain)

    told = sentences()
    own, second, third = (seat.organisation for seat in (s.own.core, s.own.second, s.own.third))
    assert told[1:] == [
        f"She said what “Train” would do for {own}.",
        f"She said anew what “Train” would do for {own}.",
        f"She wrote down what “Train” would do for {second}.",
        f"She confirmed what was written down for {second} about “Train”.",
        f"She wrote down what “Train” would do for {third}.",
        f"She undid what was written down for {third} about “Train”.",
    ]


def test_no_sentence_is_left_over(s):
    test_each_change_of_the_list_is_told(s)
    seen = {*Event.objects.values_list("did", flat=True)}

    assert {did for did in SENTENCES if ".gain" not in did} == {
        did for did in seen if did.startswith("focus.")
    }
