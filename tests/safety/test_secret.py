import subprocess
import sys
import time

import pytest
from django.core.exceptions import ImproperlyConfigured

from hedgerow.core.secret import secret_key


def test_the_secret_is_made_once_and_is_its_owners_alone(tmp_path):
    home = tmp_path / "new" / "home"

    key = secret_key(home)

    assert len(key) >= 50
    assert secret_key(home) == key
    assert (home / "secret_key").stat().st_mode & 0o777 == 0o600
    assert home.stat().st_mode & 0o777 == 0o700
    assert [file.name for file in home.iterdir()] == ["secret_key"]


def test_a_secret_that_others_could_read_is_closed_to_them(tmp_path):
    key = secret_key(tmp_path)
    (tmp_path / "secret_key").chmod(0o644)

    assert secret_key(tmp_path) == key
    assert (tmp_path / "secret_key").stat().st_mode & 0o777 == 0o600


def test_processes_that_start_together_get_the_same_secret(tmp_path):
    script = (
        "import sys, time; from pathlib import Path; from hedgerow.core.secret import secret_key;"
        "time.sleep(max(0, float(sys.argv[2]) - time.time()));"
        "print(*{secret_key(Path(sys.argv[1], str(n))) for n in range(40)}, sep='\\n')"
    )
    at = str(time.time() + 1)
    starting = [
        subprocess.Popen([sys.executable, "-c", script, tmp_path, at], stdout=subprocess.PIPE)
        for _ in range(4)
    ]
    told = [set(process.communicate()[0].decode().split()) for process in starting]
    assert [len(keys) for keys in told] == [40] * 4
    assert len(set.union(*told)) == 40


@pytest.mark.parametrize("left", ["", "short", "\n"])
def test_what_cannot_be_a_secret_is_refused(tmp_path, left):
    (tmp_path / "secret_key").write_text(left)
    with pytest.raises(ImproperlyConfigured, match="Delete it"):
        secret_key(tmp_path)
