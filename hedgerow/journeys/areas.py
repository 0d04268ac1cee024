"""What clusters worked on before, as data: a list to take ideas from. A programme may bring its own."""

from collections.abc import Mapping
from dataclasses import dataclass

from hedgerow.core.yamls import Node, no_twins

TESTS = ("effect", "success", "ingredients", "own_means", "outside", "time")  # of a cluster's idea


@dataclass(frozen=True, kw_only=True)
class AreaSource:
    title: str
    publisher: str
    year: int


@dataclass(frozen=True, kw_only=True)
class Area:
    slug: str  # stored with every idea that came from it: never used for something else
    title: str
    sentence: str  # what it is
    takes: str  # what it usually takes
    time: str  # how long it honestly takes
    hints: Mapping[str, str]  # one of TESTS -> what to think of; a test may lack one
    source: AreaSource


def read_areas(top: Node, key: str, *, least: int) -> tuple[Area, ...]:
    """Those that stand under a name. With `least` 0 the list may be left out."""
    nodes = top.each(key, least=least)
    no_twins(nodes, "slug")
    return tuple(map(_area, nodes))


def _area(node: Node) -> Area:
    return Area(
        slug=node.slug("slug"),
        title=node.text("title", most=120),
        sentence=node.sentence("sentence", most=400),
        takes=node.sentence("takes", most=400),
        time=node.sentence("time", most=240),
        hints=_hints(node),
        source=_source(node.one("source")),
    )


def _hints(node: Node) -> dict[str, str]:
    if not node.names("hints"):
        return {}
    hints = node.one("hints")
    said = {test: hints.text(test, otherwise="", most=240) for test in TESTS}
    return {test: words for test, words in said.items() if words}


def _source(node: Node) -> AreaSource:
    return AreaSource(
        title=node.text("title"),
        publisher=node.text("publisher"),
        year=node.number("year", least=1800, most=2200),
    )
