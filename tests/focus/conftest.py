"""What nearly every test of this room begins with. A file that needs another has its own."""

import pytest

from tests.factories import ProgrammeFactory, scene, team

from .scenes_ideas import long_list


@pytest.fixture
def s():
    return scene()


@pytest.fixture
def t():
    """Where nobody from outside is needed."""
    return team(ProgrammeFactory())


@pytest.fixture
def idea(s):
    return long_list(s.own, 1)[0]
