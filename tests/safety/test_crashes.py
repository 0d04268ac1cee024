"""What was acknowledged is kept, whatever is killed, and is in a backup made meanwhile."""

import json
import os
import subprocess
import sys

import pytest

pytestmark = pytest.mark.sqlite


def writers(home, *arguments):
    told = subprocess.run(
        [sys.executable, "-m", "tests.safety.writers", *arguments],
        env={**os.environ, "HEDGEROW_HOME": str(home)},
        stdout=subprocess.PIPE,
        check=True,
        timeout=240,
    )
    return json.loads(told.stdout)


def test_nothing_acknowledged_is_lost_when_writers_are_killed(tmp_path):
    found = writers(tmp_path, "kill", "12")

    assert found["acknowledged"] > 100
    assert (found["lost"], found["half"]) == (0, 0)
    assert (found["integrity"], found["record"]) == ("ok", [])


def test_that_test_would_notice_a_loss(tmp_path):
    """Acknowledged before it is done, some is lost: and nothing is half done even then."""
    found = writers(tmp_path, "kill", "8", "early")

    assert found["lost"] > 0
    assert (found["half"], found["integrity"], found["record"]) == (0, "ok", [])


def test_a_backup_made_while_four_write_holds_all_that_was_acknowledged_before(tmp_path):
    for found in writers(tmp_path, "copy", "3"):
        assert found["known"] > 20
        assert found["missing"] == 0
        assert found["faults"] == []
