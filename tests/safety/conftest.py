import io
from pathlib import Path

import pytest
from django.contrib.sessions.backends.db import SessionStore

from hedgerow.core import backups, uploads
from hedgerow.core.actors import Actor
from tests.safety.acts import begin
from tests.safety.parts import PASSPHRASE, quiet


@pytest.fixture
def filled(transactional_db, settings, tmp_path):
    """A site with a home of its own, two programmes, their record, two uploads and a session."""
    settings.HOME = tmp_path / "home"
    settings.HOME.mkdir()
    settings.PASSPHRASE_FILE = ""
    for slug in ("hedgeshire", "elsewhere"):
        begin(by=Actor.command(), slug=slug)
    for text in (b"a,b\n1,2\n", b"c,d\n3,4\n"):
        uploads.keep(io.BytesIO(text), by=Actor.command(), kind="a.kind", name="a file.csv")
    session = SessionStore()
    session["who"] = "Ann"
    session.save()
    return settings.HOME


@pytest.fixture
def sealed(filled, settings, tmp_path):
    """The same, with a passphrase."""
    settings.PASSPHRASE_FILE = str(tmp_path / "passphrase")
    Path(settings.PASSPHRASE_FILE).write_text(f"{PASSPHRASE}\nA note that is none of it.\n")
    return filled


@pytest.fixture
def backup(filled, tmp_path):
    return backups.make(tmp_path / "kept", tick=quiet)
