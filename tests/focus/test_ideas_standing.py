"""Where an idea stands is said on its card and on the list, and only what can be done is offered."""

import pytest

from hedgerow.core import clock
from hedgerow.focus.models import Idea, Shortlisting
from hedgerow.focus.queries.ideas_standing import standings_of, with_standing
from tests.factories import signed_in
from tests.front.pages import cost_of, main_of, page, text_of

from . import polled
from .found import all_gain, proposed, voted
from .polled import url
from .scenes_ideas import idea_of, long_list
from .test_shaping import share_out_over

pytestmark = pytest.mark.django_db

SHAPING = ("change_idea", "split_idea", "withdraw_idea", "mark_quick_win")


def stands(s):
    """What is said of each idea on the list, in their order."""
    ideas = list(with_standing(Idea.objects.filter(cluster=s.cluster)).order_by("number"))
    found = standings_of(s.cluster.pk, ideas)
    return [found[idea.pk].words for idea in ideas]


def offered(client, s, idea):
    """Which of the four the card leads to."""
    html = main_of(signed_in(client, s.own.facilitator).get(url("idea", idea)))
    return [name for name in SHAPING if url(name, idea) in html]


def over(s, row):
    """Two of the five are written down; one was struck out and one dropped."""
    polled.voted(row, s, {1: 10}, {2: 10}, {1: 5, 3: 5})
    return polled.written(s, row)


def test_in_a_round_it_says_what_is_voted_on_struck_out_and_dropped(s):
    long_list(s.own, 5)
    idea_of(s.own, "A late one")
    row = polled.begun(s)
    assert stands(s) == [*["Being voted on"] * 5, ""]

    polled.spots(row, s, [(0, 5)])
    assert stands(s) == [*["Being voted on"] * 4, "Struck out by a red spot", ""]

    polled.voted(row, s, {1: 10}, {2: 10}, {1: 5, 3: 5})
    assert stands(s)[2:] == ["Being voted on", "Dropped in round 1", "Struck out by a red spot", ""]


def test_what_came_back_is_voted_on_again(s):
    row = polled.at_votes(s, struck=[(0, 5)], n=5)
    polled.cast(row, s.own.core, {1: 10})
    polled.cast(row, s.own.second, {2: 10})
    polled.cast(row, s.own.third, {1: 5, 3: 5})
    polled.close(row, s)
    asked = polled.asked(s, row, 5)
    for seat in polled.voters(s)[1:]:
        polled.agree(asked, seat)

    assert stands(s)[4] == "Being voted on"


def test_once_it_is_over_it_says_what_is_on_the_shortlist_and_what_is_out(s):
    row = polled.begun(s)
    polled.spots(row, s, [(0, 5)])
    over(s, row)

    assert stands(s) == [
        "On our shortlist",
        "On our shortlist",
        "",
        "Dropped in round 1",
        "Struck out by a red spot",
    ]


def test_what_was_given_up_is_not_told(s):
    row = polled.begun(s)
    Shortlisting.objects.filter(pk=row.pk).update(
        ended_at=clock.now(), ended_by=s.own.core, given_up_because="So."
    )

    assert stands(s) == [""] * 5


def test_a_focus_is_put_to_the_vote_and_then_holds_until_another_does(s):
    first, second = long_list(s.own, 2)
    polled.written(s)
    adoption = proposed(s.own, first)
    assert stands(s) == ["Put to the vote as our focus", "On our shortlist"]

    voted(s.own, adoption)
    assert stands(s) == ["In our focus", "On our shortlist"]

    voted(s.own, proposed(s.own, second))
    assert stands(s) == ["On our shortlist", "In our focus"]


def test_over_what_a_budget_is_shared_out_it_says_so(client, s):
    idea = long_list(s.own, 1)[0]
    share_out_over(s, idea)

    assert stands(s) == ["A budget is being shared out over it"]
    assert offered(client, s, idea) == []


def test_the_card_and_the_list_say_it_with_a_way_to_it(client, s):
    row = polled.begun(s)
    polled.spots(row, s, [(0, 5)])
    ideas = long_list(s.own, 5)

    for there in (url("idea", ideas[4]), url("ideas", s.cluster)):
        answer = signed_in(client, s.own.second).get(there)
        assert "Struck out by a red spot Red spots and votes" in text_of(answer)
        assert f'href="{url("shortlisting", row)}"' in main_of(answer)


def test_what_is_voted_on_is_offered_nothing_and_its_pages_say_why(client, s):
    row = polled.begun(s, n=3)
    ideas = [polled.candidate(row, n).idea for n in (2, 3)]
    assert offered(client, s, ideas[0]) == []
    shown = page(client, url("idea", ideas[0]), s.own.facilitator)
    assert "What is being voted on stays as it is until that is over." in shown

    for name in SHAPING[:3]:
        html = main_of(client.get(url(name, ideas[0])))
        assert "is being voted on. Wait until the shortlisting has ended" in html
        assert "<textarea" not in html
    chosen = {"idea": [it.pk for it in ideas], "title": "Both", "because": "One road."}
    answer = client.post(url("merge_ideas", s.cluster), chosen)
    assert answer.status_code == 409
    assert "is being voted on" in text_of(answer)


def test_two_free_ideas_can_be_ticked_on_the_list_and_no_others(client, s):
    row = polled.begun(s, n=2)
    listed = url("ideas", s.cluster)
    signed_in(client, s.own.facilitator)
    free = idea_of(s.own, "A late one")
    assert "Put together with others" not in text_of(client.get(listed))
    assert "There is nothing to put together." in text_of(client.get(url("merge_ideas", s.cluster)))

    other = idea_of(s.own, "A later one")
    html = main_of(client.get(listed))
    assert html.count('name="idea"') == 2
    for idea in (free, other):
        assert f'name="idea" value="{idea.pk}"' in html
    assert "We are choosing now" in html
    assert f'value="{polled.candidate(row, 1).idea_id}"' not in main_of(
        client.get(url("merge_ideas", s.cluster))
    )


def test_what_is_shortlisted_is_written_on_and_not_taken_apart(client, s):
    polled.written(s, n=1)
    idea = long_list(s.own, 1)[0]

    assert offered(client, s, idea) == ["change_idea", "mark_quick_win"]
    assert "We have chosen from this list" in page(client, url("ideas", s.cluster), s.own.core)


def test_a_free_idea_is_offered_all_of_it(client, s):
    assert offered(client, s, long_list(s.own, 1)[0]) == list(SHAPING)


def test_saying_where_all_of_it_stands_costs_little(client, s):
    ideas = long_list(s.own, 5)
    for idea in ideas:
        all_gain(s.own, idea)
    core = signed_in(client, s.own.core)
    pages = (url("ideas", s.cluster), url("idea", ideas[1]))
    core.get(pages[0])
    row = polled.begun(s)
    polled.spots(row, s, [(0, 5)])
    polled.voted(row, s, {1: 10}, {2: 10}, {1: 5, 3: 5})

    while_voting = [cost_of(core, there) for there in pages]
    polled.written(s, row)
    voted(s.own, proposed(s.own, ideas[0]))
    with_a_focus = [cost_of(core, there) for there in pages]

    for listed, card in (while_voting, with_a_focus):
        assert listed <= 20
        assert card <= 23
