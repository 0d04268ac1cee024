"""The forms by which ideas are put together, taken apart, taken off and marked."""

import pytest

from hedgerow.focus.models import Idea
from tests.factories import signed_in
from tests.front.pages import main_of, text_of

from .scenes_ideas import idea_of, long_list
from .test_ideas_pages import url
from .test_shaping import shortlisting_over

pytestmark = pytest.mark.django_db


# putting together


def test_the_ticks_of_the_list_come_with_the_address(client, s):
    first, second, third = long_list(s.own, 3)
    core = signed_in(client, s.own.core)
    assert main_of(core.get(url("ideas", s.cluster))).count('name="idea"') == 3

    html = main_of(core.get(url("merge_ideas", s.cluster), {"idea": [first.pk, second.pk]}))

    assert html.count("checked") == 2
    assert f'value="{third.pk}"' not in html


@pytest.mark.parametrize("asked", [[], ["1"], ["nonsense"], ["999999"]])
def test_with_fewer_than_two_ticks_all_are_offered(client, s, asked):
    long_list(s.own, 3)

    html = main_of(
        signed_in(client, s.own.core).get(url("merge_ideas", s.cluster), {"idea": asked})
    )

    assert html.count('name="idea"') == 3


def test_what_each_says_is_there_to_begin_with(client, s):
    one, other = idea_of(s.own, "Train", words="By turns."), idea_of(s.own, "Buy", words="Gas.")

    html = main_of(
        signed_in(client, s.own.core).get(
            url("merge_ideas", s.cluster), {"idea": [one.pk, other.pk]}
        )
    )

    assert "By turns.\n\nGas.</textarea>" in html


def test_two_are_put_together_by_form(client, s):
    first, second = long_list(s.own, 2)
    sent = {"idea": [first.pk, second.pk], "title": "Both", "words": "", "because": "One road."}

    shown = text_of(
        signed_in(client, s.own.core).post(url("merge_ideas", s.cluster), sent, follow=True)
    )

    assert "They are one idea now: “Both”." in shown
    assert [idea.title for idea in Idea.objects.filter(ended_at=None)] == ["Both"]


@pytest.mark.parametrize(
    ("ticks", "sent", "said"),
    [
        (0, {}, "Tick the ideas that belong together."),
        (1, {}, "Tick two to six ideas. Ticked is one."),
        (7, {}, "Tick two to six ideas. Ticked are seven."),
        (2, {"title": ""}, "Give the idea a title of a few words."),
        (2, {"because": ""}, "Say why they belong together."),
    ],
)
def test_what_cannot_be_put_together_is_said_at_its_field(client, s, ticks, sent, said):
    ideas = [idea_of(s.own, f"Idea {n}") for n in range(8)]
    whole = {"idea": [it.pk for it in ideas[:ticks]], "title": "Both", "because": "So.", **sent}

    answer = signed_in(client, s.own.core).post(url("merge_ideas", s.cluster), whole)

    assert answer.status_code == 422
    assert said in text_of(answer)
    assert main_of(answer).count("checked") == ticks
    assert Idea.objects.filter(ended_at=None).count() == 8


def test_an_idea_that_was_taken_off_meanwhile_is_named_as_gone(client, s):
    first, _, third = long_list(s.own, 3)
    core = signed_in(client, s.own.core)
    core.post(url("withdraw_idea", third), {"because": "No.", "version": 1})
    sent = {"idea": [first.pk, third.pk], "title": "Both", "because": "So."}

    answer = core.post(url("merge_ideas", s.cluster), sent)

    assert answer.status_code == 422
    assert "One of these is off the long list by now." in text_of(answer)
    assert 'value="Both"' in main_of(answer)


def test_one_idea_is_not_put_together_with_itself(client, s):
    long_list(s.own, 1)

    html = main_of(signed_in(client, s.own.core).get(url("merge_ideas", s.cluster)))

    assert "There is nothing to put together." in html
    assert "<form" not in html


def test_what_is_voted_on_is_refused_with_what_to_do(client, s):
    first, second = long_list(s.own, 2)
    shortlisting_over(s, first)
    sent = {"idea": [first.pk, second.pk], "title": "Both", "because": "So."}

    answer = signed_in(client, s.own.core).post(url("merge_ideas", s.cluster), sent)

    assert answer.status_code == 409
    assert "Wait until the shortlisting has ended, or give that up." in text_of(answer)


# taking apart, taking off, quick wins


def test_an_idea_is_taken_apart_by_form(client, s):
    idea = idea_of(s.own, "Train and buy")
    sent = {"title-1": "Train", "words-1": "By turns.", "title-2": "Buy", "because": "Two."}

    shown = text_of(
        signed_in(client, s.own.core).post(
            url("split_idea", idea), {**sent, "version": 1}, follow=True
        )
    )

    assert "“Train and buy” is “Train” and “Buy” now." in shown
    assert [it.title for it in Idea.objects.filter(ended_at=None)] == ["Train", "Buy"]


@pytest.mark.parametrize(
    ("sent", "said"),
    [
        ({"title-2": ""}, "Give the idea a title of a few words."),
        ({"words-3": "More."}, "Give part 3 a title, or leave out what it is."),
        ({"because": ""}, "Say why it is taken apart."),
    ],
)
def test_a_part_wants_its_title_and_the_whole_a_reason(client, s, sent, said):
    idea = idea_of(s.own, "Train and buy")
    whole = {"title-1": "Train", "title-2": "Buy", "because": "Two.", "version": 1, **sent}

    answer = signed_in(client, s.own.core).post(url("split_idea", idea), whole)

    assert answer.status_code == 422
    assert said in text_of(answer)
    assert Idea.objects.get() == idea


def test_an_idea_is_taken_off_by_form_with_its_reason(client, s):
    idea = long_list(s.own, 1)[0]
    core = signed_in(client, s.own.core)
    empty = core.post(url("withdraw_idea", idea), {"because": " ", "version": 1})
    assert empty.status_code == 422

    shown = text_of(
        core.post(url("withdraw_idea", idea), {"because": "No room.", "version": 1}, follow=True)
    )

    assert "is off the long list. It stays to be read." in shown
    assert "Why: No room." in shown


def test_after_a_clash_the_form_holds_the_reason_and_the_newest_version(client, s):
    idea = long_list(s.own, 1)[0]
    Idea.objects.filter(pk=idea.pk).update(version=4)

    answer = signed_in(client, s.own.core).post(
        url("withdraw_idea", idea), {"because": "No room.", "version": 1}
    )

    assert answer.status_code == 409
    assert "No room.</textarea>" in main_of(answer)
    assert 'name="version" value="4"' in main_of(answer)


def test_a_quick_win_is_marked_and_unmarked_by_one_press(client, s):
    idea = long_list(s.own, 1)[0]
    core = signed_in(client, s.own.core)

    shown = text_of(
        core.post(url("mark_quick_win", idea), {"is_quick_win": "on", "version": 1}, follow=True)
    )
    assert "is a quick win." in shown
    assert Idea.objects.get().is_quick_win

    core.post(url("mark_quick_win", idea), {"version": 2})
    assert not Idea.objects.get().is_quick_win
    stale = core.post(url("mark_quick_win", idea), {"is_quick_win": "on", "version": 1})
    assert stale.status_code == 409
    assert core.post(url("mark_quick_win", idea), {"is_quick_win": "on"}).status_code == 422
    assert core.get(url("mark_quick_win", idea)).status_code == 405
