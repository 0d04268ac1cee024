"""What an operator is asked to do first."""

import pytest

from hedgerow.core import clock
from hedgerow.people import actions
from hedgerow.people.models import Role
from hedgerow.people.prompts import prompts
from tests.factories import ProgrammeFactory, SeatFactory, actor, reader

pytestmark = pytest.mark.django_db


def asked(seat):
    return [prompt.sentence for prompt in prompts(reader(seat), clock.today())]


def test_an_operator_of_an_empty_hedgerow_sets_up_a_programme():
    ProgrammeFactory(is_example=True)
    ProgrammeFactory(is_published=True)

    assert asked(SeatFactory(role=Role.OPERATOR)) == ["Set up the first programme"]


def test_a_programme_wants_a_manager_until_one_is_invited_or_there():
    operator = SeatFactory(role=Role.OPERATOR)
    elm, ash = ProgrammeFactory(name="Elm"), ProgrammeFactory(name="Ash")

    assert asked(operator) == ["Invite a manager for Elm", "Invite a manager for Ash"]
    SeatFactory(role=Role.MANAGER, programme=elm)
    assert asked(operator) == ["Invite a manager for Ash"]
    actions.invite(by=actor(operator), programme=ash, email="rowan@example.org", role=Role.MANAGER)
    assert asked(operator) == []


def test_nobody_else_is_asked_to_set_anything_up():
    assert asked(SeatFactory(role=Role.MANAGER)) == []
    assert asked(SeatFactory(role=Role.ASSESSOR)) == []
