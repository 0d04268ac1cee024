"""What nearly every test of awards begins with."""

import pytest

from tests.factories import scene

from .awarded import awarded


@pytest.fixture
def s():
    return scene()


@pytest.fixture
def a(s):
    """An award of £15,000 made 60 days ago, half of each part of it released at once."""
    return awarded(s)
