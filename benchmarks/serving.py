"""A server as `hedgerow serve` starts it, with one process, on a port of its own."""

import os
import socket
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

PATIENCE = 20  # seconds


@dataclass(frozen=True, kw_only=True)
class Server:
    port: int
    pid: int

    def cpu_seconds(self) -> float:
        """What it and its processes have used of a processor so far; 0 where nobody can say."""
        return sum(map(_cpu_seconds, [self.pid, *_children(self.pid)]))


@contextmanager
def served(settings: str) -> Iterator[Server]:
    """Serve the site under these settings for as long as this."""
    port = _free_port()
    server = subprocess.Popen(
        [
            *(sys.executable, "-m", "granian", "--interface", "wsgi", "--workers", "1"),
            *("--blocking-threads", "4", "--host", "127.0.0.1", "--port", str(port), "--no-ws"),
            *("--log-level", "warning", "hedgerow.wsgi:application"),
        ],
        env={**os.environ, "DJANGO_SETTINGS_MODULE": settings},
    )
    try:
        _wait_for(port, server)
        yield Server(port=port, pid=server.pid)
    finally:
        server.terminate()
        server.wait(PATIENCE)


def _children(pid: int) -> list[int]:
    listed = Path(f"/proc/{pid}/task/{pid}/children")
    return [int(child) for child in listed.read_text().split()] if listed.exists() else []


def _cpu_seconds(pid: int) -> float:
    told = Path(f"/proc/{pid}/stat")
    if not told.exists():
        return 0.0
    fields = told.read_text().rpartition(")")[2].split()
    return (int(fields[11]) + int(fields[12])) / os.sysconf("SC_CLK_TCK")


def _free_port() -> int:
    with socket.socket() as opened:
        opened.bind(("127.0.0.1", 0))
        return int(opened.getsockname()[1])


def _wait_for(port: int, server: "subprocess.Popen[bytes]") -> None:
    until = time.monotonic() + PATIENCE
    while time.monotonic() < until and server.poll() is None:
        try:
            socket.create_connection(("127.0.0.1", port), timeout=1).close()
        except OSError:
            time.sleep(0.05)
        else:
            return
    raise SystemExit("The server did not start.")
