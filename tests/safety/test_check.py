"""`hedgerow check` says how the site is, and refuses what must not be served to strangers."""

import json
from datetime import timedelta
from pathlib import Path

import pytest
from click.testing import CliRunner
from django.db import OperationalError, connection

from hedgerow.cli import cli
from hedgerow.core import backups, clock, guard, health
from hedgerow.core.models import Job, ScheduleRun
from tests.factories import ProgrammeFactory

from .parts import quiet

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def home(settings, tmp_path):
    settings.HOME = tmp_path
    settings.PASSPHRASE_FILE = ""
    return tmp_path


@pytest.fixture
def production(settings):
    """A site that strangers can reach and that is as it should be."""
    settings.IS_PRODUCTION = settings.IS_HTTPS = True
    settings.PUBLIC_URL = "https://hedgerow.example.org"
    settings.ALLOWED_HOSTS = ["hedgerow.example.org"]
    settings.SESSION_COOKIE_SECURE = True
    settings.SECRET_KEY = "0123456789 a secret of the site's own, of some length"
    settings.EMAIL_BACKEND = "django.core.mail.backends.smtp.EmailBackend"
    return settings


def told(*arguments):
    ended = CliRunner().invoke(cli, ["check", *arguments, "--json"])
    return ended.exit_code, json.loads(ended.stdout)


def sentences(kind):
    return [line.sentence for line in health.lines() if line.kind == kind]


def test_on_ones_own_computer_nothing_is_refused(settings):
    settings.DEBUG = True
    assert guard.refusals() == []
    assert sentences("refusal") == []


def test_a_site_that_is_as_it_should_be_is_let_through(production):
    assert guard.refusals() == []
    code, found = told()
    assert (code, found["is_safe"]) == (0, True)


@pytest.mark.parametrize(
    ("name", "value", "words"),
    [
        ("DEBUG", True, "HEDGEROW_DEBUG"),
        ("IS_HTTPS", False, "not https"),
        ("SECRET_KEY", "short", "can be guessed"),
        ("SECRET_KEY", "a" * 60, "can be guessed"),
        ("ALLOWED_HOSTS", ["*"], "any name"),
        ("ALLOWED_HOSTS", [".example.org"], "any name"),
        ("EMAIL_BACKEND", "django.core.mail.backends.console.EmailBackend", "terminal"),
        ("ALLOWED_HOSTS", [], "ALLOWED_HOSTS"),
        ("SESSION_COOKIE_HTTPONLY", False, "security.W01"),
    ],
)
def test_what_is_unsafe_is_refused_in_production(production, name, value, words):
    setattr(production, name, value)

    assert [sentence for sentence in guard.refusals() if words in sentence]
    code, found = told()
    assert (code, found["is_safe"]) == (1, False)


def test_a_secret_that_others_can_read_is_refused(production, home):
    (home / "secret_key").write_text("x" * 60)
    (home / "secret_key").chmod(0o644)
    assert "chmod 600" in guard.refusals()[0]
    (home / "secret_key").chmod(0o600)
    assert guard.refusals() == []


def test_a_database_without_its_guard_is_refused(production, monkeypatch):
    monkeypatch.setattr(guard, "database_faults", lambda: ["The database is not guarded."])
    assert guard.refusals() == ["The database is not guarded."]
    assert sentences("refusal") == ["The database is not guarded."]


@pytest.mark.postgres
def test_a_postgresql_that_may_lose_what_was_saved_is_refused():
    with connection.cursor() as cursor:
        cursor.execute("SET LOCAL synchronous_commit TO off")
    assert "synchronous_commit" in guard.database_faults()[0]


def test_a_database_that_is_not_up_to_date_is_refused(monkeypatch):
    monkeypatch.setattr(health, "is_up_to_date", lambda: False)
    assert sentences("refusal") == [
        "The database is not up to date. Start Hedgerow once: hedgerow serve."
    ]


def test_a_database_that_does_not_answer_is_one_refusal(production, monkeypatch):
    def silent(*anything):
        raise OperationalError("connection refused")

    monkeypatch.setattr(connection, "ensure_connection", silent)
    monkeypatch.setattr(health, "MigrationExecutor", silent)
    code, found = told()

    refusals = [line["sentence"] for line in found["lines"] if line["kind"] == "refusal"]
    assert (code, refusals) == (1, ["The database does not answer: connection refused"])


def test_a_full_disk_is_told_of(monkeypatch):
    monkeypatch.setattr(guard, "LEAST_FREE", 2**60)
    assert any("Make room" in sentence for sentence in sentences("warning"))


def test_whether_a_worker_is_there_is_told():
    assert any("No worker has run" in sentence for sentence in sentences("warning"))

    today = ScheduleRun.objects.create(name="a", due_on=clock.today(), at=clock.now())
    assert any("A worker last looked" in sentence for sentence in sentences("fine"))

    ScheduleRun.objects.filter(pk=today.pk).update(at=clock.now() - timedelta(days=3))
    assert any("A worker last looked" in sentence for sentence in sentences("warning"))


def test_jobs_that_wait_or_were_given_up_are_told_of():
    long_ago = clock.now() - timedelta(hours=1)
    Job.objects.create(name="a", key="1", run_at=long_ago)
    assert any("1 job waits for a worker" in sentence for sentence in sentences("warning"))

    Job.objects.create(name="b", key="2", run_at=long_ago, failed_at=long_ago, fault="KeyError")
    assert any("1 job was given up, last b" in sentence for sentence in sentences("warning"))


def test_the_age_of_the_last_backup_is_told(home):
    assert any("no backup yet" in sentence for sentence in sentences("warning"))

    file = home / "hedgerow.tar"
    file.touch()
    for days, kind in ((1, "fine"), (8, "warning")):
        made_at = (clock.now() - timedelta(days=days)).isoformat()
        (home / "last_backup.json").write_text(json.dumps({"file": str(file), "made_at": made_at}))
        assert any("last backup was made" in sentence for sentence in sentences(kind))

    file.unlink()
    assert any("not there any more" in sentence for sentence in sentences("fine"))


def test_in_production_open_backups_and_the_example_are_warned_of(production):
    ProgrammeFactory(is_example=True)
    warnings = [line["sentence"] for line in told()[1]["lines"] if line["kind"] == "warning"]
    assert any("not sealed" in sentence for sentence in warnings)
    assert any("example is loaded" in sentence for sentence in warnings)

    production.IS_PRODUCTION = False
    assert not any("example is loaded" in line["sentence"] for line in told()[1]["lines"])


def test_for_people_each_line_is_a_sentence_with_its_mark(production):
    production.DEBUG = True
    ended = CliRunner().invoke(cli, ["check"])

    lines = ended.stdout.splitlines()
    assert ended.exit_code == 1
    assert lines[0].startswith("  ")
    assert any(line.startswith("X HEDGEROW_DEBUG") for line in lines)
    assert all(line.rstrip().endswith((".", ")")) for line in lines)


def test_a_pack_is_checked_with_the_line_of_each_fault(tmp_path):
    shipped = Path(__file__).parents[2] / "hedgerow/packs/programmes/collaborate-2.yaml"
    ended = CliRunner().invoke(cli, ["check", "pack", str(shipped), "--json"])
    assert (ended.exit_code, json.loads(ended.stdout)) == (0, {"is_sound": True, "faults": []})

    (tmp_path / "bad.yaml").write_text("slug: bad\n")
    ended = CliRunner().invoke(cli, ["check", "pack", str(tmp_path / "bad.yaml"), "--json"])
    found = json.loads(ended.stdout)
    assert (ended.exit_code, found["is_sound"]) == (1, False)
    assert found["faults"][0].keys() == {"sheet", "row", "column", "sentence"}


@pytest.mark.django_db(transaction=True)
def test_a_backup_just_made_is_known_to_check(filled, tmp_path):
    backups.remember(backups.verify(backups.make(tmp_path / "kept", tick=quiet), tick=quiet))
    assert any("last backup was made on" in sentence for sentence in sentences("fine"))
