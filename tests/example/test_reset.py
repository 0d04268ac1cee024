"""Reset, the example begins again on the day on which that is done."""

from datetime import timedelta

import pytest
from click.testing import CliRunner

from hedgerow.cli import cli
from hedgerow.core import clock
from hedgerow.core.models import Event
from hedgerow.front import example
from hedgerow.people.models import Programme


@pytest.mark.django_db(transaction=True)
def test_reset_gives_the_days_of_today(transactional_db):
    with clock.at(clock.now() - timedelta(days=40)):
        example.load()
    answer = CliRunner().invoke(cli, ["demo", "reset", "--yes"])

    assert answer.exit_code == 0, answer.output
    assert Programme.objects.filter(is_published=True).exists()
    newest = Event.objects.latest("at").at
    assert clock.now() - newest < timedelta(days=3)
