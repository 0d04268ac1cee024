"""Instruments as files: those that come with Hedgerow, and those in the folder of this one.

Needs no Django. What is asked in a round is copied into it, so that a new version of a file
rewrites nothing that somebody answered.
"""

import hashlib
import sys
from collections.abc import Iterator
from functools import cache, lru_cache
from importlib.resources import files
from pathlib import Path

from hedgerow.core.faults import Fault
from hedgerow.core.yamls import Node, read_yaml

from .crosswalk import read_source
from .instruments import Instrument, Scored, Section
from .pack_checks import check_scored, check_slugs
from .pack_items import Scales, read_item, read_scales

FOLDER = "instruments"
AUDIENCES = ("only_us", "facilitator", "cluster", "funder")  # what an answer can be shown to
TAKEN = ("finish",)  # what the address of a section cannot be

# In which order the shipped ones are offered; others follow by name.
_FIRST = (
    "capacity",
    "key-facts",
    "people",
    "ict-baseline",
    "purchasing",
    "training",
    "objectives",
    "collective-impact",
    "system-conditions",
    "self-check",
)


def catalogue() -> dict[str, Instrument]:
    """The newest version of each instrument, by slug, in the order in which they are offered.

    A file in this Hedgerow's own folder that cannot be used is left out; `faults_at_home` says why.
    """
    return _gathered()[0]


def faults_at_home() -> tuple[Fault, ...]:
    """Why files in this Hedgerow's own folder are not in the catalogue."""
    return _gathered()[1]


def _gathered() -> tuple[dict[str, Instrument], tuple[Fault, ...]]:
    found = dict(shipped())
    faults: list[Fault] = []
    for name, instrument, wrong in _at_home():
        faults += wrong
        if instrument is None:
            continue
        there = found.get(instrument.slug)
        if there is None or instrument.version > there.version:
            found[instrument.slug] = instrument
        elif instrument.digest != there.digest:
            faults.append(_too_old(name, there))
    return {it.slug: it for it in sorted(found.values(), key=_place)}, tuple(faults)


def _too_old(name: str, there: Instrument) -> Fault:
    sentence = (
        f"Version {there.version} of {there.slug} is here already. "
        f"Give this one version {there.version + 1} or higher."
    )
    return Fault(sheet=name, row=0, column="", sentence=sentence)


def _place(instrument: Instrument) -> tuple[int, str]:
    slug = instrument.slug
    return (_FIRST.index(slug) if slug in _FIRST else len(_FIRST), instrument.name.casefold())


def instrument_of(text: str) -> Instrument:
    """The instrument that a text holds, read once. Raises ValueError if it has a fault."""
    instrument, faults = _read(text, "instrument.yaml")
    if instrument is None:
        raise ValueError(f"{faults[0].sheet}: {faults[0].sentence}")
    return instrument


@cache
def shipped() -> dict[str, Instrument]:
    """Those that come with Hedgerow, by slug. Raises ValueError if one of them has a fault."""
    folder = files("hedgerow.packs") / FOLDER
    names = sorted(entry.name for entry in folder.iterdir() if entry.name.endswith(".yaml"))
    found = {}
    for name in names:
        instrument, faults = read_instrument((folder / name).read_text(encoding="utf-8"), name=name)
        if instrument is None:
            raise ValueError(f"{name}: {faults[0].sentence}")
        found[instrument.slug] = instrument
    return {it.slug: it for it in sorted(found.values(), key=_place)}


def home_folder() -> Path | None:
    """Where files of this Hedgerow's own are put; None where no settings were loaded."""
    conf = sys.modules.get("django.conf")  # looked up: a command may do without
    if conf is None or not conf.settings.configured:
        return None
    return Path(conf.settings.HOME) / FOLDER


def _at_home() -> Iterator[tuple[str, Instrument | None, tuple[Fault, ...]]]:
    folder = home_folder()
    if folder is None or not folder.is_dir():
        return
    for path in sorted(folder.glob("*.yaml")):
        try:
            text = path.read_bytes()
        except OSError as error:
            sentence = f"It cannot be read: {error.strerror}."
            fault = Fault(sheet=path.name, row=0, column="", sentence=sentence)
            yield path.name, None, (fault,)
        else:
            yield path.name, *_read(text, path.name)


@lru_cache(maxsize=256)
def _read(text: str | bytes, name: str) -> tuple[Instrument | None, tuple[Fault, ...]]:
    return read_instrument(text, name=name)


def read_instrument(text: str | bytes, *, name: str) -> tuple[Instrument | None, tuple[Fault, ...]]:
    """The instrument, or None and everything that is wrong. `name` is what faults call the file."""
    top = read_yaml(text, name=name)
    scales = read_scales(top)
    nodes = top.each("sections")
    read = {
        "slug": top.slug("slug"),
        "version": top.number("version", least=1, most=9999),
        "name": top.text("name", most=80),
        "sentence": top.sentence("sentence", most=300),
        "minutes": top.number("minutes", least=1, most=120),
        "scored": Scored(top.choice("scored", tuple(Scored)) or Scored.NOTHING),
        "note": top.sentence("note", otherwise="", most=300),
        "source": read_source(top.one("source")),
        "sections": tuple(_section(node, scales) for node in nodes),
    }
    check_slugs(nodes)
    check_scored(top, read["scored"], [it for part in read["sections"] for it in part.items])
    faults = top.faults()
    if faults:
        return None, faults
    words = text if isinstance(text, str) else text.decode("utf-8")
    digest = hashlib.sha256(words.encode("utf-8")).hexdigest()
    return Instrument(**read, text=words, digest=digest), ()


def _section(node: Node, scales: Scales) -> Section:
    section = Section(
        slug=node.slug("slug"),
        name=node.text("name", most=80),
        audience=node.choice("audience", AUDIENCES),
        sentence=node.sentence("sentence", otherwise="", most=400),
        items=tuple(read_item(it, scales) for it in node.each("items")),
    )
    if section.slug in TAKEN:
        node.fault(f"a section cannot have the slug “{section.slug}”; give another.", at="slug")
    return section
