"""Sharing a budget out: opened, marked, written down, closed, given up; and what is refused."""

from datetime import timedelta

import pytest

from hedgerow.core import clock
from hedgerow.core.actions import Refused, Stale
from hedgerow.core.models import Event
from hedgerow.focus.actions import sharing as actions
from hedgerow.focus.events.sharing import SENTENCES
from hedgerow.focus.models import ShareBallot, ShareOut
from hedgerow.focus.queries import sharing as queries
from hedgerow.focus.queries.comparing import outcome_in
from hedgerow.people import actions as people
from hedgerow.people.models import Role
from tests.factories import MandateFactory, MemberFactory, ProgrammeFactory, actor, reader, team

from .scenes_ideas import idea_of, long_list

pytestmark = pytest.mark.django_db


def opened(t, ideas=None, by=None, **other):
    how = {
        "budget": 600_00,
        "marks": "ticks",
        "completion": "none",
        "ties": "file",
        "is_secret": True,
        "due_on": clock.today() + timedelta(days=7),
    }
    return actions.open_share_out(
        by=actor(by or t.facilitator),
        cluster=t.cluster,
        ideas=long_list(t, 3) if ideas is None else ideas,
        **{**how, **other},
    )


def marks(share_out, seat, *places, points=1):
    """places: of options, from 1."""
    keys = list(share_out.options.values_list("pk", flat=True))
    return actions.mark(
        by=actor(seat),
        share_out=share_out,
        points={keys[place - 1]: points for place in places},
    )


def recorded(share_out, t, organisation, *places, channel="phone"):
    keys = list(share_out.options.values_list("pk", flat=True))
    return actions.record_marks(
        by=actor(t.facilitator),
        share_out=share_out,
        organisation=organisation,
        points={keys[place - 1]: 1 for place in places},
        channel=channel,
    )


def closed(share_out, t, *, knows_absent=True):
    return actions.close_share_out(
        by=actor(t.core),
        share_out=share_out,
        knows_absent=knows_absent,
        version=ShareOut.objects.get(pk=share_out.pk).version,
    )


def told(did):
    return list(Event.objects.filter(did=f"focus.{did}").order_by("number"))


# opening


def test_what_ideas_are_called_and_cost_on_that_day_is_kept(t):
    first, second = long_list(t, 2)

    share_out = opened(t, [second, first])
    first.title, first.cost = "Another", 7
    first.save()

    kept = [(one.title, one.cost) for one in share_out.options.all()]
    assert kept == [("One payroll for all of us", 100_00), ("A shared minibus", 200_00)]
    assert (share_out.number, str(share_out), share_out.is_open) == (1, "Fair shares 1", True)
    (event,) = told("share_out_opened")
    assert event.detail == {"n": 2, "budget": 600_00, "due": share_out.due_on.isoformat()}


@pytest.mark.parametrize(
    ("how", "sentence"),
    [
        ({"budget": 0}, "a sum above nought"),
        ({"completion": "half"}, "not known here"),
        ({"ties": "dice"}, "not known here"),
        ({"due_on": clock.today() - timedelta(days=1)}, "is over"),
        ({"due_on": clock.today() + timedelta(days=800)}, "more than a year"),
        ({"ideas": []}, "Choose two ideas or more, 20 at most"),
    ],
)
def test_what_cannot_be_shared_out_is_refused(t, how, sentence):
    with pytest.raises(Refused, match=sentence):
        opened(t, **how)

    assert not ShareOut.objects.exists()


def test_an_idea_without_a_cost_is_refused_by_name(t):
    with pytest.raises(Refused, match="“Shared soup” has no cost yet"):
        opened(t, [*long_list(t, 2), idea_of(t, "Shared soup", cost=None)])


def test_twenty_ideas_are_the_most(t):
    ideas = [idea_of(t, f"Idea {n}") for n in range(21)]

    with pytest.raises(Refused, match="20 at most"):
        opened(t, ideas)
    assert opened(t, ideas[:20]).options.count() == 20


def test_one_budget_is_shared_out_at_a_time(t):
    opened(t)

    with pytest.raises(Refused, match="Fair shares 1 is open until"):
        opened(t)


def test_an_idea_of_another_cluster_is_refused(t):
    other = team(ProgrammeFactory())

    with pytest.raises(Refused, match="one of these is not on it"):
        opened(t, [*long_list(t, 2), *long_list(other, 1)])


# marking


def test_a_mark_stands_until_another_is_said_and_the_older_one_is_kept(t):
    share_out = opened(t)

    first = marks(share_out, t.core, 1, 2)
    second = marks(share_out, t.core, 3)

    first.refresh_from_db()
    third = share_out.options.get(position=3)
    assert first.ended_at
    assert second.points == {str(third.pk): 1}
    assert queries.own_ballot(share_out, t.core.organisation_id) == second
    assert [len(told(did)) for did in ("marks_given", "marks_changed")] == [1, 1]


def test_the_same_marks_said_again_are_nothing_to_do(t):
    share_out = opened(t)

    assert marks(share_out, t.core, 1) == marks(share_out, t.core, 1)

    assert ShareBallot.objects.count() == 1


def test_of_a_mark_the_record_holds_whose_it_is_and_nothing_of_what_it_says(t):
    share_out = opened(t)

    marks(share_out, t.core, 1)

    (event,) = told("marks_given")
    assert event.detail == {"share_out": share_out.pk, "organisation": t.core.organisation_id}


def test_wanting_none_of_them_is_a_word_too(t):
    share_out = opened(t)

    marks(share_out, t.core)
    page = queries.share_page(reader(t.second), share_out)

    assert [one.organisation_key for one in page.marked] == [t.core.organisation_id]


@pytest.mark.parametrize(
    ("kind", "given", "fits"), [("ticks", 2, 1), ("points", 6, 5), ("cost", 2, 1)]
)
def test_more_than_a_mark_can_be_is_refused(t, kind, given, fits):
    share_out = opened(t, marks=kind)

    with pytest.raises(Refused):
        marks(share_out, t.core, 1, points=given)
    assert list(marks(share_out, t.core, 1, points=fits).points.values()) == [fits]
    with pytest.raises(Refused):
        marks(share_out, t.core, 1, points=-1)


def test_what_is_not_on_its_list_cannot_be_marked(t):
    share_out = opened(t)

    with pytest.raises(Refused, match="not among the things"):
        actions.mark(by=actor(t.core), share_out=share_out, points={0: 1})


def test_a_deputy_marks_on_the_days_on_which_they_stand_in(t):
    share_out = opened(t)
    deputy = t.seats[Role.DEPUTY]

    with pytest.raises(Refused, match="today is not one"):
        marks(share_out, deputy, 1)
    MandateFactory(deputy=deputy, given_by=t.core)

    assert marks(share_out, deputy, 1).organisation == t.core.organisation


@pytest.mark.parametrize("role", [Role.STAFF, Role.FACILITATOR, Role.SUPPORTER])
def test_who_has_no_vote_marks_nothing(t, role):
    with pytest.raises(Refused):
        marks(opened(t), t.seats[role], 1)


# written down


def test_what_a_facilitator_writes_down_counts_and_waits_to_be_confirmed(t):
    share_out = opened(t)
    second = t.second.organisation

    ballot = recorded(share_out, t, second, 1)
    before = queries.share_page(reader(t.core), share_out)
    actions.confirm_marks(by=actor(t.second), ballot=ballot)
    after = queries.share_page(reader(t.core), share_out)

    assert [one.organisation for one in before.marked if one.is_written] == [second.name]
    assert not any(one.is_written for one in after.marked)
    ballot.refresh_from_db()
    assert ballot.confirmed_by == t.second


def test_undone_it_has_said_nothing_and_is_not_written_down_for_again(t):
    share_out = opened(t)

    ballot = recorded(share_out, t, t.second.organisation, 1)
    actions.undo_marks(by=actor(t.second), ballot=ballot)

    assert not queries.share_page(reader(t.core), share_out).marked
    with pytest.raises(Refused, match="undid what was written down"):
        recorded(share_out, t, t.second.organisation, 1)


def test_what_a_member_said_itself_is_not_written_over(t):
    share_out = opened(t)
    marks(share_out, t.second, 1)

    with pytest.raises(Refused, match="spoke for itself"):
        recorded(share_out, t, t.second.organisation, 2)


def test_only_a_facilitator_writes_down_and_only_their_own_people_answer(t):
    share_out = opened(t)
    ballot = recorded(share_out, t, t.second.organisation, 1)

    for act in (actions.confirm_marks, actions.undo_marks):
        with pytest.raises(Refused, match="only they can answer it"):
            act(by=actor(t.core), ballot=ballot)
    with pytest.raises(Refused, match="Only a facilitator"):
        actions.record_marks(
            by=actor(t.core),
            share_out=share_out,
            organisation=t.third.organisation,
            points={},
            channel="phone",
        )


# closing


def test_closing_shows_what_all_want_and_keeps_who_had_a_share(t):
    share_out = opened(t)
    for seat in (t.core, t.second, t.third):
        marks(share_out, seat, 1)
    assert not ShareBallot.objects.filter(is_shown=True).exists()

    share_out = closed(share_out, t, knows_absent=False)

    assert share_out.members == sorted(one.pk for one in t.organisations)
    assert ShareBallot.objects.filter(is_shown=True).count() == 3
    (event,) = told("share_out_closed")
    assert event.detail == {"n_marked": 3, "n_members": 3, "absent": []}
    (chosen,) = outcome_in(share_out).chosen
    assert (chosen.title, chosen.cost) == ("One payroll for all of us", 100_00)


def test_closing_without_somebody_wants_that_one_knows_and_names_them(t):
    share_out = opened(t)
    marks(share_out, t.core, 1)

    with pytest.raises(Refused, match=f"{t.second.organisation}.*have not said what to pay for"):
        closed(share_out, t, knows_absent=False)
    share_out = closed(share_out, t)

    outcome = outcome_in(share_out)
    assert len(outcome.held) == 3
    assert len(outcome.absent) == 2
    assert outcome.share == 200_00


def test_with_nobody_s_marks_there_is_nothing_to_close(t):
    with pytest.raises(Refused, match="Nobody has marked anything"):
        closed(opened(t), t)


def test_whoever_comes_or_leaves_afterwards_changes_nothing(t):
    share_out = opened(t)
    for seat in (t.core, t.second, t.third):
        marks(share_out, seat, 1)
    share_out = closed(share_out, t)
    before = outcome_in(share_out)

    MemberFactory(cluster=t.cluster)
    member = t.cluster.members.get(organisation=t.third.organisation)
    people.leave_cluster(by=actor(t.third), member=member)

    assert outcome_in(ShareOut.objects.get()) == before


def test_what_a_member_wanted_that_left_before_is_neither_counted_nor_shown(t):
    share_out = opened(t)
    for seat in (t.core, t.second, t.third):
        marks(share_out, seat, 1)
    member = t.cluster.members.get(organisation=t.third.organisation)
    people.leave_cluster(by=actor(t.third), member=member)

    share_out = closed(share_out, t, knows_absent=False)

    left = ShareBallot.objects.get(organisation=t.third.organisation)
    assert not left.is_shown
    assert [one.key for one in outcome_in(share_out).held] == [
        str(key) for key in sorted((t.core.organisation_id, t.second.organisation_id))
    ]


def test_what_is_closed_stays_and_can_still_be_confirmed(t):
    share_out = opened(t)
    ballot = recorded(share_out, t, t.second.organisation, 1)
    share_out = closed(share_out, t)

    for act in (
        lambda: marks(share_out, t.core, 1),
        lambda: recorded(share_out, t, t.third.organisation, 1),
        lambda: closed(share_out, t),
        lambda: actions.undo_marks(by=actor(t.second), ballot=ballot),
    ):
        with pytest.raises(Refused, match="Fair shares 1 was closed on"):
            act()
    ballot.refresh_from_db()
    actions.confirm_marks(by=actor(t.second), ballot=ballot)
    assert told("marks_confirmed")


def test_who_read_an_older_version_does_not_close_it(t):
    share_out = opened(t)
    marks(share_out, t.core, 1)

    with pytest.raises(Stale):
        actions.close_share_out(by=actor(t.core), share_out=share_out, knows_absent=True, version=9)


def test_given_up_it_says_why_and_what_was_secret_stays_so(t):
    share_out = opened(t)
    marks(share_out, t.core, 1)

    with pytest.raises(Refused, match="Say why"):
        actions.give_up_share_out(by=actor(t.core), share_out=share_out, because=" ", version=1)
    actions.give_up_share_out(
        by=actor(t.core), share_out=share_out, because="The grant fell through.", version=1
    )

    share_out.refresh_from_db()
    assert share_out.given_up_because == "The grant fell through."
    assert not ShareBallot.objects.get().is_shown
    with pytest.raises(Refused, match="was given up on"):
        marks(share_out, t.second, 1)
    assert opened(t).number == 2


def test_in_the_open_a_mark_is_shown_at_once(t):
    share_out = opened(t, is_secret=False)

    marks(share_out, t.core, 2)

    (line,) = queries.share_page(reader(t.second), share_out).seen
    assert (line.organisation, line.wants) == (t.core.organisation.name, ("A shared minibus",))


def test_in_secret_nobody_sees_it_but_its_own_people(t):
    share_out = opened(t)

    marks(share_out, t.core, 2)

    sees = {
        role: len(queries.share_page(reader(seat), share_out).seen)
        for role, seat in t.seats.items()
    }
    assert {role for role, n in sees.items() if n} == {Role.CORE, Role.DEPUTY, Role.STAFF}
    assert not queries.share_page(reader(t.second), share_out).seen


# what waits, and what the history says


def test_every_event_has_its_sentence(t):
    share_out = opened(t)
    marks(share_out, t.core, 1)
    marks(share_out, t.core, 2)
    undone = recorded(share_out, t, t.second.organisation, 1)
    actions.undo_marks(by=actor(t.second), ballot=undone)
    actions.confirm_marks(by=actor(t.third), ballot=recorded(share_out, t, t.third.organisation, 1))
    closed(share_out, t)
    again = opened(t)
    actions.give_up_share_out(by=actor(t.core), share_out=again, because="No.", version=1)

    written = {event.did for event in Event.objects.filter(did__startswith="focus.")}

    assert written == set(SENTENCES)
