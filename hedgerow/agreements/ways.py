"""Ways to decide, as files: those that come with Hedgerow, and a cluster's own.

Needs no database but in `ways_of`. A slug is stored with every decision: never renamed.
"""

import re
from dataclasses import replace
from functools import cache
from importlib.resources import files
from typing import TYPE_CHECKING, cast

import yaml

from hedgerow.analysis.voices import (
    CARRIES,
    LONGEST_OPEN,
    LONGEST_WAIT,
    REOPENS,
    Carries,
    Reopens,
    Way,
)
from hedgerow.core.faults import Fault
from hedgerow.core.yamls import Node, read_yaml

if TYPE_CHECKING:
    from hedgerow.people.models import Cluster

    from .models import Decision, DecisionTemplate

MOST_VERSIONS = 9999

_SLUG = re.compile(r"[a-z][a-z0-9]*(?:-[a-z0-9]+)*")
_FIRST = ("consent", "majority", "everyone")  # in the order in which they are offered


def read_way(text: str | bytes, *, name: str) -> tuple[Way | None, tuple[Fault, ...]]:
    """The way, or None and everything that is wrong with it. `name` is what faults call it."""
    top = read_yaml(text, name=name)
    read = {
        "slug": top.shaped(
            "slug",
            _SLUG,
            "small letters, digits and hyphens, 40 at most, such as “consent”",
            most=40,
        ),
        "number": top.number("version", least=1, most=MOST_VERSIONS, otherwise=1),
        "name": top.text("name", most=120),
        "sentence": top.sentence("sentence"),
        "carries": cast("Carries", top.choice("carries", CARRIES) or "consent"),
        "quorum_percent": top.number("quorum", least=50, most=100),
        "block_stops": top.flag("block_stops"),
        "open_days": _open_days(top),
        **_reopening(top.one("reopens")),
    }
    faults = top.faults()
    return (None, faults) if faults else (Way(**read), ())


def _open_days(top: Node) -> int:
    n = top.days("open_for")
    if n > LONGEST_OPEN:
        top.fault(f"“open_for” must be {LONGEST_OPEN} days at most; it says {n}.", at="open_for")
    return n


def _reopening(node: Node) -> dict[str, object]:
    return {
        "reopens": cast("Reopens", node.choice("by", REOPENS) or "never"),
        "reopens_after_days": node.number("after", least=0, most=LONGEST_WAIT, otherwise=0),
    }


def write_way(way: Way) -> str:
    """The file that `read_way` reads the same way from."""
    held = {
        "slug": way.slug,
        "version": way.number,
        "name": way.name,
        "sentence": way.sentence,
        "carries": way.carries,
        "quorum": way.quorum_percent,
        "block_stops": way.block_stops,
        "open_for": f"{way.open_days} days",
        "reopens": {"by": way.reopens, "after": way.reopens_after_days},
    }
    return yaml.safe_dump(held, sort_keys=False, allow_unicode=True, width=100)


@cache
def shipped_ways() -> tuple[Way, ...]:
    """Those that come with Hedgerow. Raises ValueError if one of them has a fault."""
    folder = files("hedgerow.packs") / "agreements"
    names = sorted(entry.name for entry in folder.iterdir() if entry.name.endswith(".yaml"))
    ways = [_shipped((folder / name).read_text(encoding="utf-8"), name) for name in names]
    return tuple(sorted(ways, key=lambda way: (_FIRST.index(way.slug), way.slug)))


def _shipped(text: str, name: str) -> Way:
    way, faults = read_way(text, name=name)
    if way is None:
        raise ValueError(f"{name}: {faults[0].sentence}")
    return way


def ways_of(cluster: "Cluster") -> tuple[Way, ...]:
    """What a cluster can decide by: the shipped ways, and the newest of each of its own.

    One of its own with a shipped slug stands in that one's place. One query.
    """
    ways = {way.slug: way for way in shipped_ways()}
    own = cluster.decision_templates.order_by("slug", "number")
    newest = {template.slug: template for template in own}  # the only ones that are read again
    ways |= {slug: way_of_template(template) for slug, template in newest.items()}
    return tuple(ways.values())


def way_of_template(template: "DecisionTemplate") -> Way:
    """Its number is the row's: what the file says of its version is only where it came from."""
    return replace(_shipped(template.text, template.slug), number=template.number)


def way_of(decision: "Decision") -> Way:
    """The way as it stood when the decision was opened."""
    return Way(**decision.way)
