"""What nearly every test of this room begins with. A file that needs another has its own."""

import json

import pytest

from hedgerow.core import sheets
from hedgerow.core.sheets import apart
from tests.factories import scene

from .scenes_sheets import capacity_of


@pytest.fixture
def s():
    return scene()


@pytest.fixture
def asking(s):
    """Of capacity, in an open round."""
    return capacity_of(s)


@pytest.fixture(scope="module")
def workbooks_in_this_process():
    """Read here, where each would cost a process; the process itself is tested in core."""
    with pytest.MonkeyPatch.context() as patched:
        patched.setattr(
            sheets, "_told", lambda data, limits: json.loads(json.dumps(apart.told(data, limits)))
        )
        yield
