import ipaddress
import os
import signal
import socket
import subprocess
import sys
import threading
import time
from functools import partial
from importlib import import_module
from pathlib import Path
from typing import TYPE_CHECKING

import click

from hedgerow.commands import ready, say

if TYPE_CHECKING:
    from django.core.handlers.wsgi import WSGIHandler

_PAGES = 2  # processes; each answers four requests at a time
_PATIENCE = 10  # seconds that a process is given to finish what it is doing
_PAUSE = 5  # seconds before a worker that died is missed


@click.command()
@click.option("--host", default="127.0.0.1", show_default=True, help="The address to listen on.")
@click.option(
    "--port",
    envvar="PORT",
    default=8000,
    show_default=True,
    type=click.IntRange(1, 65535),
    help="The port to listen on; PORT says the same.",
)
@click.option("--no-worker", is_flag=True, help="Do not run a worker beside the pages.")
@click.option("--prepare", is_flag=True, help="First load the published record and the example.")
@click.pass_context
def serve(ctx: click.Context, host: str, port: int, no_worker: bool, prepare: bool) -> None:
    """Serve Hedgerow's pages, on this computer alone unless --host says otherwise.

    A new or older database is brought up to date first. Ctrl-C ends it.
    """
    _refuse_a_taken_port(host, port)
    os.environ["PORT"] = str(port)  # what settings and the worker go by
    ready()
    _tell_where()
    _refuse_the_unsafe(host)
    _bring_up_to_date()
    _collect_styles()
    if prepare:
        from hedgerow.commands.demo import load

        ctx.invoke(load)
    _serve_until_told(host, port, None if no_worker else _Worker())


def _refuse_a_taken_port(host: str, port: int) -> None:
    family = socket.AF_INET6 if ":" in host else socket.AF_INET
    with socket.socket(family) as attempt:
        # As the server will: a port that was left a moment ago counts as free.
        attempt.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        try:
            attempt.bind((host, port))
        except OSError as error:
            raise click.ClickException(
                f"Port {port} of {host} cannot be used: {error.strerror}. "
                f"Choose another by putting PORT={port + 1} before the command."
            ) from error


def _tell_where() -> None:
    from django.conf import settings

    from hedgerow.core.database import chosen

    say(f"Everything is kept in {settings.HOME}.")
    say(chosen())


def _refuse_the_unsafe(host: str) -> None:
    from hedgerow.core import guard
    from hedgerow.core.actions import Refused

    guard.check_database()
    for sentence in guard.lack_of_room():
        say(sentence)
    if reasons := guard.refusals(to_others=not _is_this_computer(host)):
        raise Refused("\n".join(["This is not safe to serve to others yet:", *reasons]))


def _is_this_computer(host: str) -> bool:
    try:
        return ipaddress.ip_address(host).is_loopback
    except ValueError:
        return host == "localhost"


def _bring_up_to_date() -> None:
    from django.core.management import call_command
    from django.db import connection
    from django.db.migrations.executor import MigrationExecutor

    executor = MigrationExecutor(connection)
    if executor.migration_plan(executor.loader.graph.leaf_nodes()):
        say("Bringing the database up to date.")
        call_command("migrate", verbosity=0, interactive=False)


def _collect_styles() -> None:
    """Put styles, scripts and pictures where they are served from, if they changed since."""
    from django.conf import settings
    from django.core.management import call_command

    stamp, state = Path(settings.STATIC_ROOT) / ".collected", _state_of_styles()
    if not stamp.exists() or stamp.read_text() != state:
        say("Collecting styles, scripts and pictures.")
        call_command("collectstatic", verbosity=0, interactive=False, clear=True)
        stamp.write_text(state)


def _state_of_styles() -> str:
    from django.apps import apps
    from django.conf import settings
    from django.contrib.staticfiles.finders import get_finders

    not_ours = apps.get_app_config("staticfiles").ignore_patterns
    files = sorted(
        (name, storage.path(name))
        for finder in get_finders()
        for name, storage in finder.list(not_ours)
    )
    lines = [str(settings.STORAGES["staticfiles"])]
    for name, path in files:
        stat = Path(path).stat()
        lines.append(f"{name} {stat.st_size} {stat.st_mtime_ns}")
    return "\n".join(lines)


def _serve_until_told(host: str, port: int, worker: "_Worker | None") -> None:
    from django.db import connections
    from django.urls import get_resolver
    from granian.constants import Interfaces
    from granian.log import LogLevels
    from granian.server import Server

    # Loaded here once, so that the processes that answer begin with it.
    _ = import_module("hedgerow.wsgi"), get_resolver().url_patterns
    connections.close_all()  # none may be carried over into them
    server = Server(
        "hedgerow.wsgi:application",
        address=host,
        port=port,
        interface=Interfaces.WSGI,
        workers=_PAGES,
        blocking_threads=4,
        websockets=False,
        log_level=LogLevels.warning,
        respawn_failed_workers=True,
        workers_kill_timeout=_PATIENCE,
    )
    if worker:
        server.on_startup(worker.start)
    telling = threading.Thread(target=_tell_when_it_answers, args=(host, port), daemon=True)
    server.on_startup(telling.start)
    try:
        server.serve(target_loader=partial(_pages, os.getpid()), wrap_loader=False)
    finally:
        if worker:
            worker.stop()
    say("Hedgerow has ended.")


def _tell_when_it_answers(host: str, port: int) -> None:
    from django.conf import settings

    while True:
        try:
            socket.create_connection((host, port), _PATIENCE).close()
        except OSError:
            time.sleep(0.02)
        else:
            break
    say(f"\nHedgerow is at {settings.PUBLIC_URL} (Ctrl-C ends it)")


def _pages(parent: int) -> "WSGIHandler":
    """What each process that answers begins with."""
    # Out of reach of Ctrl-C: granian tells it to end, and hangs if told twice at once.
    os.setsid()
    threading.Thread(target=_leave_with, args=(parent,), daemon=True).start()
    return import_module("hedgerow.wsgi").application


def _leave_with(parent: int) -> None:
    while os.getppid() == parent:
        time.sleep(1)
    os.kill(os.getpid(), signal.SIGTERM)
    time.sleep(_PATIENCE)
    os.kill(os.getpid(), signal.SIGKILL)  # it came too early, and was missed


class _Worker:
    """A `hedgerow worker` beside the pages, started again if it dies, and never left behind."""

    def __init__(self) -> None:
        self.stopping = threading.Event()
        self.process: subprocess.Popen[bytes] | None = None
        self.watch = threading.Thread(target=self._keep_alive, daemon=True)

    def start(self) -> None:
        self._start_process()
        self.watch.start()

    def stop(self) -> None:
        self.stopping.set()
        if self.watch.is_alive():
            self.watch.join()
        if self.process is None:
            return
        self.process.terminate()
        try:
            self.process.wait(_PATIENCE)
        except subprocess.TimeoutExpired:
            self.process.kill()
            self.process.wait()

    def _start_process(self) -> None:
        command = [
            sys.executable,
            "-P",
            "-m",
            "hedgerow.cli",
            "worker",
            "--beside",
            str(os.getpid()),
        ]
        # Out of reach of Ctrl-C, so that it ends when told to, after what it is doing.
        self.process = subprocess.Popen(command, start_new_session=True)

    def _keep_alive(self) -> None:
        while not self.stopping.wait(_PAUSE):
            assert self.process
            if self.process.poll() is not None:
                say(f"The worker ended by itself ({self.process.returncode}); starting it again.")
                self._start_process()
