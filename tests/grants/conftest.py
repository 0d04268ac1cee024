import pytest

from tests.factories import scene

from .assessed import Assessed


@pytest.fixture
def s():
    return scene()


@pytest.fixture
def a(s):
    """A plan that waits, terms with two criteria, and two assessors."""
    return Assessed(s)
