"""`hedgerow serve` as it is run: it answers, it ends when told, it leaves nobody behind."""

import os
import signal
import socket
import subprocess
import sys
import time
import urllib.error
import urllib.request
from contextlib import contextmanager

import pytest

pytestmark = pytest.mark.sqlite  # a home of its own, with the database in it

PATIENCE = 120  # seconds; only a test that fails waits so long


@pytest.fixture
def port():
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        return free.getsockname()[1]


@contextmanager
def served(home, port):
    # In a group of its own, as a terminal gives it one.
    process = subprocess.Popen(
        [sys.executable, "-P", "-m", "hedgerow.cli", "serve"],
        env={**os.environ, "HEDGEROW_HOME": str(home), "PORT": str(port)},
        stderr=subprocess.PIPE,
        text=True,
        start_new_session=True,
    )
    told = []
    try:
        for line in process.stderr:
            told.append(line)
            if line.startswith("Hedgerow is at "):
                break
        assert f"http://localhost:{port}" in told[-1], "".join(told)
        yield process
    finally:
        process.kill()
        process.wait()
        process.stderr.close()


def answer(port):
    try:
        return urllib.request.urlopen(f"http://localhost:{port}/", timeout=PATIENCE).status
    except urllib.error.HTTPError as error:
        return error.code


def children(process):
    lines = subprocess.run(
        ["ps", "-eo", "pid=,ppid="], capture_output=True, text=True, check=True
    ).stdout.splitlines()
    return [int(pid) for pid, parent in map(str.split, lines) if int(parent) == process.pid]


def are_gone(processes):
    until = time.monotonic() + PATIENCE
    while any(map(is_alive, processes)):
        if time.monotonic() > until:
            return False
        time.sleep(0.1)
    return True


def is_alive(pid):
    try:
        os.kill(pid, 0)
    except ProcessLookupError:
        return False
    return True


def test_it_answers_and_ends_with_ctrl_c(tmp_path, port):
    with served(tmp_path, port) as process:
        assert answer(port) == 200
        besides = children(process)
        assert len(besides) == 3  # two that answer, one that works

        os.killpg(process.pid, signal.SIGINT)

        assert process.wait(PATIENCE) == 0
        assert are_gone(besides)


def test_killed_it_leaves_nobody_behind(tmp_path, port):
    with served(tmp_path, port) as process:
        besides = children(process)

        process.kill()

        assert are_gone(besides)


def test_a_taken_port_is_refused_in_words(tmp_path, port):
    with socket.socket() as other:
        other.bind(("127.0.0.1", port))
        other.listen()

        told = subprocess.run(
            [sys.executable, "-P", "-m", "hedgerow.cli", "serve", "--port", str(port)],
            env={**os.environ, "HEDGEROW_HOME": str(tmp_path)},
            capture_output=True,
            text=True,
            check=False,
        )

    assert told.returncode == 1
    assert f"Port {port} of 127.0.0.1 cannot be used" in told.stderr
    assert not list(tmp_path.iterdir())
