"""Which known frameworks ask about which topics, which of our own questions do, and what nobody asks.

Names of frameworks only, none of their text. It gives topics to talk about and no score of anybody.
"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from functools import cache
from importlib.resources import files

from hedgerow.core.faults import Fault
from hedgerow.core.yamls import Node, no_twins, read_yaml

from .instruments import Instrument, Item, Source

FEW = 2  # frameworks; a topic that this many ask about or fewer is nearly nobody's


@dataclass(frozen=True, kw_only=True)
class Framework:
    slug: str
    name: str
    owner: str
    levels: str
    licence: str


@dataclass(frozen=True, kw_only=True)
class Topic:
    slug: str
    name: str
    sentence: str
    asked_as: Mapping[str, str]  # slug of a framework -> what that one calls it; no key: not asked


@dataclass(frozen=True, kw_only=True)
class Crosswalk:
    source: Source
    frameworks: tuple[Framework, ...]
    topics: tuple[Topic, ...]

    @property
    def hardly_asked(self) -> tuple[Topic, ...]:
        """What few frameworks or none ask about, the fewest first."""
        found = [topic for topic in self.topics if len(topic.asked_as) <= FEW]
        return tuple(sorted(found, key=lambda topic: len(topic.asked_as)))


def carried(instruments: Iterable[Instrument]) -> dict[str, tuple[tuple[Instrument, Item], ...]]:
    """Our own questions by the topic that they carry, in the order of the instruments."""
    found: dict[str, list[tuple[Instrument, Item]]] = {}
    for instrument in instruments:
        for item in instrument.items:
            if item.topic:
                found.setdefault(item.topic, []).append((instrument, item))
    return {topic: tuple(items) for topic, items in found.items()}


@cache
def crosswalk() -> Crosswalk:
    """The one that comes with Hedgerow. Raises ValueError if it has a fault."""
    text = (files("hedgerow.packs") / "crosswalk.yaml").read_text(encoding="utf-8")
    read, faults = read_crosswalk(text, name="crosswalk.yaml")
    if read is None:
        raise ValueError(f"crosswalk.yaml: {faults[0].sentence}")
    return read


@cache
def topics() -> dict[str, str]:
    """What each topic that an item may carry is called, by slug."""
    return {topic.slug: topic.name for topic in crosswalk().topics}


def read_crosswalk(text: str | bytes, *, name: str) -> tuple[Crosswalk | None, tuple[Fault, ...]]:
    """The crosswalk, or None and everything that is wrong. `name` is what faults call the file."""
    top = read_yaml(text, name=name)
    source = read_source(top.one("source"))
    frameworks = tuple(_framework(node) for node in _unlike(top.each("frameworks")))
    known = tuple(it.slug for it in frameworks)
    found = tuple(_topic(node, known) for node in _unlike(top.each("topics")))
    faults = top.faults()
    if faults:
        return None, faults
    return Crosswalk(source=source, frameworks=frameworks, topics=found), ()


def read_source(node: Node) -> Source:
    year = node.number("year", least=1800, most=2200, otherwise=0)
    return Source(
        title=node.text("title", most=200),
        publisher=node.text("publisher", most=200),
        year=year or None,
        licence=node.sentence("licence", most=400),
    )


def _framework(node: Node) -> Framework:
    return Framework(
        slug=node.slug("slug"),
        name=node.text("name", most=80),
        owner=node.text("owner", most=120),
        levels=node.sentence("levels", most=300),
        licence=node.sentence("licence", most=200),
    )


def _topic(node: Node, frameworks: tuple[str, ...]) -> Topic:
    asked_as: dict[str, str] = {}
    if node.names("asked_as"):
        cells = node.one("asked_as")
        asked_as = {slug: cells.text(slug, otherwise="", most=120) for slug in frameworks}
    return Topic(
        slug=node.slug("slug"),
        name=node.text("name", most=80),
        sentence=node.sentence("sentence", most=300),
        asked_as={slug: words for slug, words in asked_as.items() if words},
    )


def _unlike(nodes: list[Node]) -> list[Node]:
    no_twins(nodes, "slug")
    return nodes
