"""What every test shares: how hard Hypothesis tries, no way out to the network, no quiet skips."""

import ipaddress
import os
import socket
from pathlib import Path
from types import SimpleNamespace

import pytest
from django.conf import settings as site
from django.db.backends.signals import connection_created
from django.test.utils import override_settings
from hypothesis import HealthCheck, settings

IN_CI = bool(os.environ.get("CI"))
HERE = Path(__file__).parent / "tests"
WITHOUT_A_DATABASE = [
    HERE / name
    for name in ("analysis", "house", "look", "packs", "focus/tallying", "grants/giving")
]
ON_POSTGRES = os.environ.get("DATABASE_URL", "").startswith("postgres")

settings.register_profile("default", deadline=None)
settings.register_profile("ci", deadline=None, derandomize=True, print_blob=True)
settings.register_profile(
    "deep", deadline=None, max_examples=4000, suppress_health_check=[HealthCheck.too_slow]
)
settings.load_profile("ci" if IN_CI else "default")


def pytest_configure(config):
    if IN_CI:
        config.pluginmanager.register(_NothingSkips(), "nothing-skips")


def pytest_collection_modifyitems(config, items):
    left_out = {id(item): item for item in items if _is_for_the_other(item)}
    if left_out:
        config.hook.pytest_deselected(items=list(left_out.values()))
        items[:] = [item for item in items if id(item) not in left_out]


def _is_for_the_other(item) -> bool:
    """What is about the other database; and, on the second one, what asks no database at all."""
    if item.get_closest_marker("sqlite" if ON_POSTGRES else "postgres"):
        return True
    asks = item.get_closest_marker("django_db") or "db" in getattr(item, "fixturenames", ())
    return ON_POSTGRES and not asks and any(map(item.path.is_relative_to, WITHOUT_A_DATABASE))


class _NothingSkips:
    """In CI a test that skips has not been run by anybody: say so, and fail."""

    def __init__(self):
        self.skipped = []

    def pytest_runtest_logreport(self, report):
        if report.skipped and not hasattr(report, "wasxfail"):
            self.skipped.append(report.nodeid)

    def pytest_collectreport(self, report):
        if report.skipped:
            self.skipped.append(report.nodeid)

    def pytest_terminal_summary(self, terminalreporter):
        for nodeid in self.skipped:
            terminalreporter.write_line(f"SKIPPED, which CI does not allow: {nodeid}")

    def pytest_sessionfinish(self, session):
        if self.skipped and session.exitstatus == pytest.ExitCode.OK:
            session.exitstatus = pytest.ExitCode.TESTS_FAILED


def _reverse_what_has_no_order(connection, **signal):
    """PostgreSQL gives rows that nobody put in order as it likes; here they come backwards, so that
    who leans on their order is found out on either."""
    if connection.vendor == "sqlite":
        with connection.cursor() as cursor:
            cursor.execute("PRAGMA reverse_unordered_selects = 1")


connection_created.connect(_reverse_what_has_no_order)


@pytest.fixture(autouse=True, scope="session")
def plain_styles():
    """Pages name styles as they are called here; only browsers need them collected and packed."""
    Path(site.STATIC_ROOT).mkdir(parents=True, exist_ok=True)
    real = site.STORAGES
    plain = {"BACKEND": "django.contrib.staticfiles.storage.StaticFilesStorage"}
    with override_settings(STORAGES={**real, "staticfiles": plain}):
        yield SimpleNamespace(instead_of=real)


@pytest.fixture(autouse=True, scope="session")
def no_way_out():
    """Connections to anywhere but this machine fail at once, whoever tries."""
    real = socket.socket.connect, socket.socket.connect_ex

    def guarded(connect):
        def call(self, address):
            if self.family in (socket.AF_INET, socket.AF_INET6) and not _is_here(address[0]):
                raise AssertionError(
                    f"a test reached for {address[0]}: nothing leaves this machine"
                )
            return connect(self, address)

        return call

    socket.socket.connect, socket.socket.connect_ex = map(guarded, real)
    yield
    socket.socket.connect, socket.socket.connect_ex = real


def _is_here(host):
    try:
        return host == "localhost" or ipaddress.ip_address(host).is_loopback
    except ValueError:
        return False
