"""When two of one member say at once what its board says, on a database that lets them."""

import pytest

from hedgerow.agreements.models import BoardSays
from tests.at_once import all_at_once
from tests.factories import ProgrammeFactory, team

from .scenes_boards import in_days, said

pytestmark = [pytest.mark.postgres, pytest.mark.django_db(transaction=True)]


def test_a_board_has_one_row_however_many_say_it_first():
    t = team(ProgrammeFactory())

    answers = all_at_once(
        lambda: said(t.core, meets_on=in_days(3)), lambda: said(t.core, meets_on=in_days(4))
    )

    assert answers == ["done", "refused"]
    assert BoardSays.objects.count() == 1
