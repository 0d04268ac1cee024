"""When several do the same at once, on a database that lets things happen at once."""

import pytest

from hedgerow.focus.actions import focuses, studies
from hedgerow.focus.models import Adoption, Study
from tests.at_once import all_at_once
from tests.factories import actor

from .found import pair_on, proposed
from .scenes_ideas import idea_of

pytestmark = [pytest.mark.postgres, pytest.mark.django_db(transaction=True)]


def test_of_two_pairs_named_at_once_one_has_the_idea(t):
    idea = idea_of(t)

    answers = all_at_once(
        lambda: pair_on(t, idea),
        lambda: pair_on(t, idea, first=t.second, second=t.third),
    )

    assert answers == ["done", "refused"]
    assert Study.objects.count() == 1


def test_of_two_who_write_after_the_same_reading_one_does(t):
    study = pair_on(t, idea_of(t))

    answers = all_at_once(
        *[
            lambda seat=seat, words=words: studies.keep_study(
                by=actor(seat), study=study, headings={"problem": words}, version=1
            )
            for seat, words in ((t.core, "No time."), (t.second, "No room."))
        ]
    )

    assert answers == ["done", "refused"]


def test_a_report_is_handed_in_once(t):
    study = pair_on(t, idea_of(t))
    study = studies.keep_study(
        by=actor(t.core), study=study, headings={"problem": "No time."}, version=1
    )

    answers = all_at_once(
        *[
            lambda seat=seat: studies.hand_in(by=actor(seat), study=study, version=study.version)
            for seat in (t.core, t.second)
        ]
    )

    assert answers == ["done", "refused"]


def test_one_focus_is_put_to_the_vote_at_a_time(t):
    idea = idea_of(t)

    answers = all_at_once(lambda: proposed(t, idea), lambda: proposed(t, idea))

    assert answers == ["done", "refused"]
    assert Adoption.objects.count() == 1
    assert focuses.title_of([idea]) == "Our focus: Shared training"
