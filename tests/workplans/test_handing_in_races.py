"""When two who lead hand in the same plan, or one changes it, in one instant."""

import pytest

from hedgerow.workplans.actions import plans
from hedgerow.workplans.models import Budget
from tests.at_once import all_at_once

from .handed import ready

pytestmark = [pytest.mark.postgres, pytest.mark.django_db(transaction=True)]


def test_two_who_lead_hand_in_once():
    h = ready()
    digest = h.digest

    answers = all_at_once(
        lambda: h.hands_in(digest=digest),
        lambda: h.hands_in(seat=h.own.facilitator, digest=digest),
    )

    assert answers == ["done", "refused"]
    assert h.journey.submissions.count() == 1
    assert Budget.objects.filter(submission__isnull=False).count() == 1


def test_it_is_changed_or_handed_in_and_never_handed_in_unread():
    h = ready()
    digest, plan = h.digest, h.b.p.fresh()

    answers = all_at_once(
        lambda: h.hands_in(digest=digest),
        lambda: plans.write_plan(
            by=h.b.core,
            workplan=plan,
            summary="We buy together.",
            meetings="Each month.",
            version=plan.version,
        ),
    )

    assert answers == ["done", "refused"]
    plan.refresh_from_db()
    assert h.journey.submissions.exists() == (plan.summary == "We train together.")
