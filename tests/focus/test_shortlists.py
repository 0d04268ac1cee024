"""The shortlist: one to three ideas that the talk came to, and why."""

from datetime import timedelta

import pytest

from hedgerow.core import clock
from hedgerow.core.actions import Stale
from hedgerow.core.models import Event
from hedgerow.focus.actions import shortlists as actions
from hedgerow.focus.models import Idea, Reopening
from hedgerow.focus.queries.shortlists import shortlist_page, shortlists_of
from tests.factories import ProgrammeFactory, SeatFactory, actor, team

from .shortlistings import DUE, MONDAY, TUESDAY, begun, ideas_in, on, refusal

pytestmark = pytest.mark.django_db


@pytest.fixture
def own():
    with on(MONDAY):
        return team(ProgrammeFactory())


def writes(run, *places, words="We all gain from it.", **more):
    how = {
        "by": run.core,
        "cluster": run.team.cluster,
        "ideas": [run.idea(n) for n in places],
        "words": words,
        "shortlisting": run.shortlisting,
        "version": run.fresh.version,
    }
    return actions.write_shortlist(**{**how, **more})


def test_it_is_written_from_what_stands_and_ends_the_shortlisting(own):
    run = begun(own=own).past_spots(4, 5)
    made = writes(run, 3, 1)

    assert [str(one.idea) for one in made.items.all()] == ["A hall", "A van"]
    assert (made.number, made.by, made.shortlisting) == (1, own.core, run.shortlisting)
    assert (run.fresh.ended_by, run.fresh.given_up_because) == (own.core, "")


def test_the_votes_are_advice_so_other_ideas_may_be_written_down(own):
    run = begun(own=own).past_spots(4, 5)
    page = shortlist_page(writes(run, 1, 4))

    assert [(one.title, one.stood_to_the_end) for one in page.ideas] == [
        ("A van", True),
        ("A shop", False),
    ]
    assert page.left_out == ("One rota", "A hall")


def test_it_holds_one_to_three_ideas_of_the_long_list_and_says_why(own):
    run = begun(own=own).past_spots()
    elsewhere = team(ProgrammeFactory())
    (other,) = ideas_in(elsewhere.cluster, elsewhere.core, 1)

    assert "three at most" in refusal(writes, run=run, ideas=[])
    four = [run.idea(n) for n in (1, 2, 3, 4)]
    assert "three at most" in refusal(writes, run=run, ideas=four)
    assert "is not on it" in refusal(writes, run=run, ideas=[other])
    assert "Say what the talk came to" in refusal(writes, run=run, words=" ", ideas=four[:1])
    Idea.objects.filter(pk=four[0].pk).update(
        ended_how="merged", ended_because="So.", ended_by=own.core, ended_at=clock.now()
    )
    assert "no longer on the long list: put together" in refusal(writes, run=run, ideas=four[:1])


def test_it_waits_until_the_round_is_closed(own):
    run = begun(own=own)
    told = refusal(writes, run=run, ideas=[run.idea(1)])
    assert told == "A round is open. Close it before you write the shortlist down."


def test_it_may_be_written_while_several_are_level(own):
    run = begun(own=own).past_spots()
    run.round_of({1: 5, 2: 5}, {3: 10}, {1: 10})
    assert writes(run, 1, 2, 3).number == 1


def test_what_was_asked_for_ends_with_it(own):
    run = begun(own=own).past_spots(1)
    run.asks(run.second, 1)
    writes(run, 1)
    assert Reopening.objects.get().is_taken_back


def test_without_a_shortlisting_it_is_written_straight_from_the_long_list(own):
    ideas = ideas_in(own.cluster, own.core, 2)
    how = {"by": actor(own.facilitator), "cluster": own.cluster, "words": "There are but two."}
    made = actions.write_shortlist(ideas=ideas, **how)

    page = shortlist_page(made)
    assert (page.shortlisting_url, page.left_out) == ("", ())
    assert all(one.stood_to_the_end for one in page.ideas)


def test_while_a_shortlisting_goes_on_it_is_written_from_there(own):
    run = begun(own=own).past_spots()
    told = refusal(writes, run=run, ideas=[run.idea(1)], shortlisting=None, version=None)
    assert told.startswith("A shortlisting goes on.")


def test_a_shortlisting_gives_one_shortlist_of_its_own_cluster(own):
    run, other = begun(own=own).past_spots(), begun().past_spots()
    told = refusal(
        writes,
        run=run,
        ideas=[run.idea(1)],
        shortlisting=other.shortlisting,
        version=other.fresh.version,
    )
    assert "is not one of" in told
    writes(run, 1)
    assert "This shortlisting ended on" in refusal(writes, run=run, ideas=[run.idea(1)])


def test_nobody_writes_from_what_changed_meanwhile(own):
    run = begun(own=own).past_spots()
    with pytest.raises(Stale):
        writes(run, 1, version=1)


def test_nobody_writes_without_a_seat_or_where_nothing_is_written(own):
    run = begun(own=own).past_spots()
    told = refusal(writes, run=run, ideas=[run.idea(1)], by=actor(SeatFactory()))
    assert "You have no seat" in told
    own.cluster.is_published = True
    own.cluster.save()
    assert "of the published record" in refusal(writes, run=run, ideas=[run.idea(1)])
    own.cluster.is_published, own.cluster.ended_at = False, clock.now()
    own.cluster.save()
    assert "nothing in it can be changed" in refusal(writes, run=run, ideas=[run.idea(1)])


def test_the_newest_stands_and_the_older_ones_stay(own, django_assert_max_num_queries):
    run = begun(own=own).past_spots()
    writes(run, 1)
    made = writes(run, 2, shortlisting=None, version=None)
    Idea.objects.filter(pk=run.idea(2).pk).update(is_quick_win=True)

    with django_assert_max_num_queries(10):
        pages = shortlists_of(own.cluster)
    assert [(one.number, one.is_newest, one.has_quick_win) for one in pages] == [
        (2, True, True),
        (1, False, False),
    ]
    assert shortlists_of(team(ProgrammeFactory()).cluster) == []
    with django_assert_max_num_queries(11):
        shortlist_page(type(made).objects.get(pk=made.pk))


# how findings are brought together


def plans(shortlist, by, **more):
    how = {"findings": "At the next meeting.", "findings_by": DUE, "version": shortlist.version}
    return actions.plan_findings(by=by, shortlist=shortlist, **{**how, **more})


def test_how_findings_are_brought_together_is_said_and_said_anew(own):
    run = begun(own=own).past_spots()
    made = writes(run, 1)
    with on(TUESDAY):
        said = plans(made, run.core)
        assert (said.findings, said.findings_by) == ("At the next meeting.", DUE)
        n = Event.objects.count()
        plans(said, run.core)
        assert Event.objects.count() == n
        with pytest.raises(Stale):
            plans(made, run.core, findings="By letter.")
        assert plans(said, run.core, findings_by=None).findings_by is None


def test_a_plan_for_findings_says_something_by_a_day_to_come(own):
    run = begun(own=own).past_spots()
    made = writes(run, 1)
    with on(TUESDAY):
        how = {"shortlist": made, "by": run.core}
        assert "Say how you bring together" in refusal(plans, **how, findings=" ")
        past = TUESDAY - timedelta(days=1)
        assert refusal(plans, **how, findings_by=past).startswith("2 March 2026 is over.")
        far = TUESDAY + timedelta(days=367)
        assert "more than a year ahead" in refusal(plans, **how, findings_by=far)
        stranger = actor(SeatFactory())
        assert "You have no seat" in refusal(plans, shortlist=made, by=stranger)
    own.cluster.ended_at = clock.now()
    own.cluster.save()
    assert "nothing in it can be changed" in refusal(plans, shortlist=made, by=run.core)
