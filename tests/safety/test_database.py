"""What DATABASE_URL and the linked SQLite lead to, and that a live connection has it."""

import subprocess
import sys
import time
from contextlib import closing
from pathlib import Path
from types import SimpleNamespace

import pytest
from django.conf import settings
from django.core.exceptions import ImproperlyConfigured
from django.db import OperationalError, connection, transaction

from hedgerow.core import database, guard
from hedgerow.core.actions import Refused


@pytest.mark.parametrize(
    "version", ["3.51.3", "3.52.0", "3.53.4", "4.0.0", "3.50.7", "3.50.9", "3.44.6"]
)
def test_a_sqlite_with_the_fix_uses_wal(version):
    assert database.pragmas(numbers(version))["journal_mode"] == "wal"


@pytest.mark.parametrize(
    "version", ["3.51.2", "3.51.0", "3.50.6", "3.49.1", "3.45.0", "3.44.5", "3.40.1", "3.7.0"]
)
def test_a_sqlite_that_can_damage_a_shared_database_keeps_the_old_journal(version):
    assert database.pragmas(numbers(version))["journal_mode"] == "delete"


def numbers(version):
    return tuple(int(part) for part in version.split("."))


def test_both_kinds_flush_every_write_and_overwrite_what_is_erased():
    for version in ((3, 53, 4), (3, 40, 1)):
        told = database.pragmas(version)
        assert (told["synchronous"], told["secure_delete"]) == (2, 1)
        assert (told["foreign_keys"], told["mmap_size"]) == (1, 0)


@pytest.mark.sqlite
def test_the_process_has_one_sqlite_only():
    from django.db.backends.sqlite3.base import Database

    assert database.linked_sqlite() is sys.modules["sqlite3"]
    assert Database is sys.modules["sqlite3.dbapi2"]
    assert Database.sqlite_version == database.linked_sqlite().sqlite_version


@pytest.mark.sqlite
@pytest.mark.django_db
def test_a_live_connection_has_what_was_asked_of_it():
    wanted = database.pragmas(database.linked_sqlite().sqlite_version_info)

    with connection.cursor() as cursor:
        found = {name: cursor.execute(f"PRAGMA {name}").fetchone() for name in wanted}
        patience = cursor.execute("PRAGMA busy_timeout").fetchone()

    assert {name: row[0] for name, row in found.items()} == wanted
    assert patience[0] >= 20_000
    assert connection.transaction_mode == "IMMEDIATE"
    assert settings.DATABASES["default"].get("ATOMIC_REQUESTS", False) is False


@pytest.mark.django_db
def test_a_database_that_is_as_asked_is_let_through():
    guard.check_database()


@pytest.mark.sqlite
@pytest.mark.django_db(transaction=True)
@pytest.mark.parametrize(
    ("pragma", "words"),
    [
        ("journal_mode=DELETE", "on a network"),
        ("synchronous=NORMAL", "synchronous 2 and has 1"),
        ("secure_delete=OFF", "secure_delete 1 and has 0"),
        ("foreign_keys=OFF", "foreign_keys 1 and has 0"),
        ("busy_timeout=5", "busy_timeout"),
    ],
)
def test_a_database_that_does_not_keep_what_was_set_is_refused(pragma, words):
    name, value = pragma.split("=")
    with connection.cursor() as cursor:
        before = cursor.execute(f"PRAGMA {name}").fetchone()[0]
        cursor.execute(f"PRAGMA {name}={value}")
    try:
        with pytest.raises(Refused, match=words):
            guard.check_database()
    finally:
        with connection.cursor() as cursor:
            cursor.execute(f"PRAGMA {name}={before}")


@pytest.mark.sqlite
@pytest.mark.django_db(transaction=True)
def test_transactions_that_wait_for_their_lock_are_asked_for():
    connection.ensure_connection()
    connection.transaction_mode = "DEFERRED"
    try:
        with pytest.raises(Refused, match="lock"):
            guard.check_database()
    finally:
        connection.transaction_mode = "IMMEDIATE"


@pytest.mark.sqlite
@pytest.mark.django_db(transaction=True)
def test_a_transaction_holds_the_lock_from_its_first_line():
    file = connection.settings_dict["NAME"]
    sqlite = database.linked_sqlite()
    with transaction.atomic():
        connection.cursor().execute("SELECT 1")
        other = sqlite.connect(file, timeout=0)
        with pytest.raises(sqlite.OperationalError, match="locked"):
            other.execute("BEGIN IMMEDIATE")
        other.close()


def test_a_database_that_does_not_answer_is_told_of_in_a_sentence(monkeypatch):
    def silent():
        raise OperationalError("connection refused")

    monkeypatch.setattr(connection, "ensure_connection", silent)
    with pytest.raises(Refused, match="The database does not answer: connection refused"):
        guard.check_database()


def test_a_new_database_is_its_owners_alone(tmp_path):
    told = database.databases({}, tmp_path / "home")["default"]

    file = Path(told["NAME"])
    assert file == tmp_path / "home" / "hedgerow.sqlite3"
    assert file.stat().st_mode & 0o077 == 0
    assert file.parent.stat().st_mode & 0o077 == 0


def test_a_new_database_is_in_its_mode_before_anybody_can_open_it(tmp_path):
    told = database.databases({}, tmp_path)["default"]
    sqlite = database.linked_sqlite()
    wanted = database.pragmas(sqlite.sqlite_version_info)["journal_mode"]
    with closing(sqlite.connect(told["NAME"])) as opened:
        assert opened.execute("PRAGMA journal_mode").fetchone() == (wanted,)


def test_processes_that_start_together_on_a_new_database_are_all_let_in(tmp_path):
    """Where they change the mode themselves, about one in fifty is refused as locked."""
    start = (
        "import sys, time; from pathlib import Path; from hedgerow.core import database;"
        "time.sleep(max(0, float(sys.argv[2]) - time.time()));"
        "told = database.databases({}, Path(sys.argv[1]))['default'];"
        "c = database.linked_sqlite().connect(told['NAME'], timeout=20);"
        "[c.execute(p) for p in told['OPTIONS']['init_command'].split(';')];"
        "c.execute('CREATE TABLE IF NOT EXISTS t (a)'); c.execute('INSERT INTO t VALUES (1)');"
        "c.commit()"
    )
    for n in range(3):
        home, at = tmp_path / f"home-{n}", time.time() + 1
        starting = [
            subprocess.Popen([sys.executable, "-c", start, home, str(at)]) for _ in range(6)
        ]
        assert [process.wait() for process in starting] == [0] * 6


def test_a_home_with_half_a_restore_in_it_is_not_started(tmp_path):
    (tmp_path / ".restoring").mkdir()
    with pytest.raises(ImproperlyConfigured, match="did not finish"):
        database.databases({}, tmp_path)


def test_a_home_that_cannot_be_made_says_so(tmp_path):
    (tmp_path / "file").touch()
    with pytest.raises(ImproperlyConfigured, match="cannot be made"):
        database.databases({}, tmp_path / "file" / "home")


# PostgreSQL by its address


def postgresql(url):
    return database.databases({"DATABASE_URL": url}, Path("not-touched"))["default"]


def test_an_address_of_postgresql_is_taken_apart():
    told = postgresql(
        "postgresql://ann:p%40ss%2Fw%3A%23rd@db.example:6543/hedge%20row?sslmode=require"
    )

    assert told["ENGINE"] == "django.db.backends.postgresql"
    assert (told["USER"], told["PASSWORD"]) == ("ann", "p@ss/w:#rd")
    assert (told["HOST"], told["PORT"], told["NAME"]) == ("db.example", "6543", "hedge row")
    assert told["OPTIONS"]["sslmode"] == "require"
    assert told["CONN_HEALTH_CHECKS"] is True
    assert not Path("not-touched").exists()


@pytest.mark.parametrize(
    ("url", "host"),
    [
        ("postgres:///hedgerow", ""),
        ("postgresql://%2Fvar%2Frun%2Fpostgresql/hedgerow", "/var/run/postgresql"),
        ("postgresql:///hedgerow?host=/var/run/postgresql", "/var/run/postgresql"),
        ("postgresql://[::1]:5432/hedgerow", "::1"),
        ("postgresql://%2FRun%2FMine/hedgerow", "/Run/Mine"),
    ],
)
def test_sockets_and_short_addresses_are_understood(url, host):
    told = postgresql(url)
    assert (told["HOST"], told["NAME"]) == (host, "hedgerow")


@pytest.mark.parametrize(
    ("url", "words"),
    [
        ("mysql://u:secret-word@h/n", "mysql"),
        ("sqlite:///secret-word", "sqlite"),
        ("secret-word", "knows only postgresql"),
        ("postgresql://u:secret-word@h:5432/", "name one database"),
        ("postgresql://u:secret-word@h:5432/a/b", "name one database"),
        ("postgresql://u:secret-word@h:port/n", "cannot be read"),
        ("postgresql://u:secret-word#1@h:1/n", "cannot be read|name one"),
        ("postgresql://u:secret-word@h/n?sslmood=require", "sslmood"),
        ("postgresql://u:secret-word@h/n?port=5432", "port="),
    ],
)
def test_an_address_that_cannot_be_used_is_refused_without_its_password(url, words):
    with pytest.raises(ImproperlyConfigured, match=words) as refused:
        postgresql(url)
    assert "secret-word" not in str(refused.value)


def test_what_was_chosen_is_one_clear_line(monkeypatch, tmp_path):
    monkeypatch.setitem(settings.DATABASES, "default", database.databases({}, tmp_path)["default"])
    assert database.chosen().startswith(f"SQLite {database.linked_sqlite().sqlite_version} in ")
    assert "every write flushed to disk" in database.chosen()

    told = postgresql("postgresql://ann:secret@db.example/hedgerow")
    monkeypatch.setitem(settings.DATABASES, "default", told)
    assert database.chosen() == "PostgreSQL, database hedgerow on db.example."


def test_an_older_sqlite_is_told_of_clearly(monkeypatch, tmp_path):
    monkeypatch.setitem(settings.DATABASES, "default", database.databases({}, tmp_path)["default"])
    old = SimpleNamespace(sqlite_version="3.40.1", sqlite_version_info=(3, 40, 1))
    monkeypatch.setattr(database, "linked_sqlite", lambda: old)

    assert "can damage a database" in database.chosen()
    assert "every write flushed to disk" in database.chosen()
