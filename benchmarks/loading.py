"""Asking for pages: one, as a browser would, or as many as come in some seconds."""

import gzip
import http.client
import re
import threading
import time
from dataclasses import dataclass
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from benchmarks.serving import Server

CONNECTIONS = 4
_FILES = re.compile(rb"""<(?:link|script|img|source)\b[^>]*?\b(?:href|src)="(/[^"]+)\"""")


@dataclass(frozen=True, kw_only=True)
class Answer:
    status: int
    n_wire: int  # bytes of head and body, as they came
    body: bytes

    @property
    def n_bytes(self) -> int:
        return len(self.body)


@dataclass(frozen=True, kw_only=True)
class Rate:
    rate: float  # pages a second
    cpu_ms: float  # of the server, for each page


def one(port: int, path: str, cookie: str, accepts: str = "gzip") -> Answer:
    connection = http.client.HTTPConnection("127.0.0.1", port, timeout=10)
    connection.request("GET", path, headers=_headers(cookie, accepts))
    response = connection.getresponse()
    raw = response.read()
    head = sum(len(name) + len(value) + 4 for name, value in response.getheaders())
    body = gzip.decompress(raw) if response.headers["Content-Encoding"] == "gzip" else raw
    connection.close()
    return Answer(status=response.status, n_wire=head + len(raw), body=body)


def visit(port: int, path: str, cookie: str) -> tuple[int, int]:
    """Bytes of a first visit, with all that the page asks for, and of a later one."""
    page = one(port, path, cookie)
    files = {found.decode() for found in _FILES.findall(page.body)}
    asked = [one(port, file, cookie, "br, gzip") for file in files if "/static/" in file]
    assert all(answer.status == 200 for answer in asked)
    return page.n_wire + sum(answer.n_wire for answer in asked), page.n_wire


def pages_a_second(server: "Server", path: str, cookie: str, seconds: float) -> Rate:
    """With as many connections kept open as the server answers at a time."""
    counts, until = [0] * CONNECTIONS, time.perf_counter() + seconds

    def ask(n: int) -> None:
        connection = http.client.HTTPConnection("127.0.0.1", server.port, timeout=30)
        headers = _headers(cookie, "gzip")
        while time.perf_counter() < until:
            connection.request("GET", path, headers=headers)
            response = connection.getresponse()
            response.read()
            assert response.status == 200, response.status
            counts[n] += 1
        connection.close()

    began, cpu_before = time.perf_counter(), server.cpu_seconds()
    threads = [threading.Thread(target=ask, args=(n,)) for n in range(CONNECTIONS)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    took, cpu = time.perf_counter() - began, server.cpu_seconds() - cpu_before
    return Rate(rate=sum(counts) / took, cpu_ms=1000 * cpu / sum(counts))


def _headers(cookie: str, accepts: str) -> dict[str, str]:
    return {"Host": "localhost", "Cookie": cookie, "Accept-Encoding": accepts}
