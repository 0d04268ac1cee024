"""When two press at once, on a database that lets things happen at once."""

from datetime import timedelta

import pytest

from hedgerow.core import clock
from hedgerow.core.models import Event
from hedgerow.focus.actions import sharing as actions
from hedgerow.focus.models import ShareBallot, ShareOut
from hedgerow.focus.queries.comparing import outcome_in
from hedgerow.people import actions as people
from hedgerow.people.models import Role
from tests.at_once import all_at_once
from tests.factories import MandateFactory, actor

from .scenes_ideas import long_list
from .test_sharing import closed, marks, opened, recorded

pytestmark = [pytest.mark.postgres, pytest.mark.django_db(transaction=True)]


def n_events(did):
    return Event.objects.filter(did=f"focus.{did}").count()


def test_of_budgets_shared_out_at_once_one_is_open(t):
    ideas = long_list(t, 2)

    answers = all_at_once(
        *[
            lambda seat=seat: opened(t, ideas, by=seat, due_on=clock.today() + timedelta(days=7))
            for seat in (t.core, t.second, t.third, t.facilitator)
        ]
    )

    assert answers == ["done", "refused", "refused", "refused"]
    assert ShareOut.objects.get().options.count() == 2
    assert n_events("share_out_opened") == 1


def test_of_two_marks_of_one_member_at_once_one_stands(t):
    share_out = opened(t)
    deputy = t.seats[Role.DEPUTY]
    MandateFactory(deputy=deputy, given_by=t.core)

    answers = all_at_once(
        *[lambda: marks(share_out, t.core, 1), lambda: marks(share_out, deputy, 2)] * 3
    )

    assert answers == ["done"] * 6
    assert ShareBallot.objects.filter(ended_at=None).count() == 1
    assert n_events("marks_given") == 1


def test_of_their_own_word_and_what_is_written_down_at_once_their_own_stands(t):
    share_out = opened(t)

    answers = all_at_once(
        lambda: marks(share_out, t.second, 1),
        lambda: recorded(share_out, t, t.second.organisation, 2),
    )

    assert answers in (["done", "done"], ["done", "refused"])
    assert ShareBallot.objects.get(ended_at=None).recorded_by is None


def test_a_mark_at_the_moment_of_closing_is_counted_or_refused(t):
    share_out = opened(t)
    marks(share_out, t.core, 1)
    marks(share_out, t.second, 1)

    answers = all_at_once(lambda: marks(share_out, t.third, 2), lambda: closed(share_out, t))

    assert answers in (["done", "done"], ["done", "refused"])
    share_out.refresh_from_db()
    standing = ShareBallot.objects.filter(ended_at=None)
    has_third = standing.filter(organisation=t.third.organisation).exists()
    assert has_third is (answers == ["done", "done"])
    assert not standing.filter(is_shown=False).exists()
    assert not standing.filter(at__gt=share_out.closed_at).exists()
    assert len(outcome_in(share_out).absent) == (0 if has_third else 1)


def test_of_several_who_close_at_once_one_does(t):
    share_out = opened(t)
    marks(share_out, t.core, 1)

    answers = all_at_once(
        *[
            lambda seat=seat: actions.close_share_out(
                by=actor(seat), share_out=share_out, knows_absent=True, version=1
            )
            for seat in (t.core, t.second, t.facilitator)
        ],
        lambda: actions.give_up_share_out(
            by=actor(t.third), share_out=share_out, because="No.", version=1
        ),
    )

    assert answers == ["done", "refused", "refused", "refused"]
    assert n_events("share_out_closed") + n_events("share_out_given_up") == 1


def test_what_is_confirmed_and_undone_at_once_is_one_of_them(t):
    share_out = opened(t)
    ballot = recorded(share_out, t, t.second.organisation, 1)

    answers = all_at_once(
        lambda: actions.confirm_marks(by=actor(t.second), ballot=ballot),
        lambda: actions.undo_marks(by=actor(t.second), ballot=ballot),
    )

    assert answers == ["done", "refused"]
    ballot.refresh_from_db()
    assert ballot.is_undone is (ballot.confirmed_at is None)


def test_whoever_leaves_while_it_closes_has_a_share_or_none(t):
    share_out = opened(t)
    for seat in (t.core, t.second, t.third):
        marks(share_out, seat, 1)
    member = t.cluster.members.get(organisation=t.third.organisation)

    all_at_once(
        lambda: people.leave_cluster(by=actor(t.third), member=member),
        lambda: closed(share_out, t),
    )

    share_out.refresh_from_db()
    n = len(share_out.members)
    assert n in (2, 3)
    assert len(outcome_in(share_out).held) == n
    assert ShareBallot.objects.filter(is_shown=True).count() == n
    assert Event.objects.get(did="focus.share_out_closed").detail["n_members"] == n
