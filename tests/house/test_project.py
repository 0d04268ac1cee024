"""What holds for the project as files: locks, reasons, what make knows."""

import os
import re
import subprocess
import tomllib
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[2]
LOCKS = sorted((ROOT / "requirements").glob("*.txt"))
PROJECT = tomllib.loads((ROOT / "pyproject.toml").read_text())

# Spelt with spaces, so that this file does not name what it looks for.
REGISTRIES = [
    words.replace(" ", ".") for words in ("pypi org", "pythonhosted org", "npmjs org", "debian org")
]
PLACES = [
    words.replace(" ", "/")
    for words in (
        " work main",
        " work shared",
        " work .",
        " opt pypi",
        " opt wheels",
        " root ",
        " tmp ",
    )
]


def files():
    """What could be committed: every file outside what .gitignore names."""
    left_out = {".git", *(line.strip("/") for line in (ROOT / ".gitignore").read_text().split())}
    for folder, folders, names in os.walk(ROOT):
        inside = Path(folder)
        folders[:] = [
            name
            for name in folders
            if name not in left_out and str((inside / name).relative_to(ROOT)) not in left_out
        ]
        yield from (inside / name for name in names)


def test_no_file_names_a_registry_or_a_place_on_somebodys_machine():
    found = [
        f"{path.relative_to(ROOT)}: {word}"
        for path in files()
        for content in [path.read_bytes()]
        for word in (*REGISTRIES, *PLACES)
        if word.encode() in content
    ]
    assert not found


@pytest.mark.parametrize("lock", LOCKS, ids=lambda path: path.name)
def test_a_lock_has_sums_for_every_package_and_no_address(lock):
    text = lock.read_text()
    entries = re.split(r"\n(?=\S)", re.sub(r"(?m)^#.*\n", "", text).strip())

    assert "://" not in text
    assert not re.search(r"(?m)^-", text)
    assert entries
    for entry in entries:
        assert re.match(r"[a-z0-9-]+==\S+", entry), entry
        assert entry.count("--hash=sha256:") >= 1, entry


def wanted(name):
    lines = (ROOT / "requirements" / name).read_text().splitlines()
    return {bare(line) for line in lines if line and not line.startswith(("#", "-"))}


def bare(requirement):
    return re.sub(r"\s", "", requirement.replace('"', "'"))


def test_what_is_told_to_people_is_what_is_locked():
    assert {bare(line) for line in PROJECT["project"]["dependencies"]} == wanted("web.in")
    assert {bare(line) for line in PROJECT["dependency-groups"]["dev"]} == wanted("dev.in")


def test_every_dependency_has_its_reason():
    lines = (ROOT / "pyproject.toml").read_text().splitlines()
    told = [*PROJECT["project"]["dependencies"], *PROJECT["dependency-groups"]["dev"]]
    for requirement in told:
        at = lines.index(f'    "{requirement}",')
        assert lines[at - 1].strip().startswith("# "), f"{requirement} has no reason"


def test_nothing_heavy_comes_in_with_the_postcodes():
    locked = (ROOT / "requirements" / "web.txt").read_text()
    assert not re.search(r"(?m)^(pandas|numpy|rich)==", locked)


@pytest.mark.parametrize("target", ["run", "test", "check", "bench", "lock", "clean", "help"])
def test_make_knows(target):
    subprocess.run(["make", "--dry-run", target], cwd=ROOT, check=True, capture_output=True)
