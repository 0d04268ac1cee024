"""Items of an instrument and the columns of their tables, as its file holds them."""

from collections.abc import Mapping
from typing import Any

from hedgerow.core.yamls import Node, no_twins
from hedgerow.units import Pence, pounds

from .answers import MOST_NUMBER, MOST_POUNDS, MOST_TEXT, same
from .crosswalk import topics
from .instruments import IN_A_COLUMN, KNOWN_AS, Column, Item, Kind, Option, Scale

MOST_OPTIONS = 60
MOST_COLUMNS = 8
MOST_ROWS = 40  # of a table whose rows are named by whoever answers

# Which kinds a name can stand with; one that is not here stands with all of them.
_ONLY_WITH = {
    "most": (Kind.TEXT, Kind.NUMBER, Kind.MONEY, Kind.SEVERAL, Kind.RANKED, Kind.TABLE),
    "unit": (Kind.NUMBER,),
    "scale": (Kind.SCALE,),
    "options": (Kind.CHOICE, Kind.SEVERAL, Kind.RANKED),
    "rows": (Kind.TABLE,),
    "row_name": (Kind.TABLE,),
    "columns": (Kind.TABLE,),
    "flags": (Kind.SAYS,),
    "note": (Kind.SAYS,),
    "cost": (Kind.SAYS,),
}

Scales = Mapping[str, Scale]


def read_scales(top: Node) -> Scales:
    """By slug. Steps are words, so that a figure typed for one cannot mean another."""
    if not top.names("scales"):
        return {}
    node = top.one("scales")
    slugs = list(node.held) if isinstance(node.held, dict) else []
    return {slug: Scale(slug=slug, steps=_steps(node, slug)) for slug in slugs}


def _steps(node: Node, slug: str) -> tuple[str, ...]:
    steps = node.texts(slug)
    if 0 < len(steps) < 2 or len(steps) > 10:
        node.fault(f"the scale “{slug}” must have 2 to 10 steps; it has {len(steps)}.", at=slug)
    for step in steps:
        if step[0].isdigit():
            node.fault(f"the step “{step}” must begin with a word; steps are numbered.", at=slug)
    _no_likes(node, [(step,) for step in steps], at=slug)
    return steps


def read_item(node: Node, scales: Scales) -> Item:
    kind = _kind(node, tuple(Kind))
    _check_names(node, kind)
    read: dict[str, Any] = {
        "slug": node.slug("slug"),
        "kind": kind or Kind.TEXT,
        "question": node.text("question", most=240),
        "help": node.sentence("help", otherwise="", most=400),
        "is_public": node.flag("public", otherwise=False),
        "known_as": node.choice("known_as", tuple(KNOWN_AS), otherwise=""),
        "topic": node.choice("topic", tuple(topics()), otherwise=""),
    }
    match kind:
        case Kind.NUMBER:
            read["unit"] = node.text("unit", otherwise="", most=40)
        case Kind.SAYS:
            read["flags"] = node.flag("flags", otherwise=False)
            read["has_note"] = node.flag("note", otherwise=False)
            read["has_cost"] = node.flag("cost", otherwise=False)
        case Kind.SEVERAL | Kind.RANKED:
            read["options"] = _options(node, "options", least=2)
            n = len(read["options"])
            read["most"] = node.number("most", least=1, most=max(n, 1), otherwise=n)
        case Kind.TABLE:
            read |= _table(node, scales)
    return Item(**(_of_both(node, kind, scales) | read))


def _of_both(node: Node, kind: Kind | None, scales: Scales) -> dict[str, Any]:
    """What items and columns have in common."""
    match kind:
        case Kind.TEXT:
            return {"most": node.number("most", least=1, most=MOST_TEXT)}
        case Kind.NUMBER:
            most = node.number("most", least=1, most=MOST_NUMBER, otherwise=MOST_NUMBER)
            return {"most": most}
        case Kind.MONEY:
            return {"most": _most_pounds(node)}
        case Kind.SCALE:
            return {"scale": _scale(node, scales)}
        case Kind.CHOICE:
            return {"options": _options(node, "options", least=2)}
    return {}


def _kind(node: Node, of: tuple[Kind, ...]) -> Kind | None:
    said = node.choice("kind", [kind.value for kind in of])
    return Kind(said) if said else None


def _check_names(node: Node, kind: Kind | None) -> None:
    """A name that another kind has, said as such, rather than as one that is unknown."""
    for name, kinds in _ONLY_WITH.items():
        if not node.names(name) or kind in kinds:
            continue
        node.asked.add(name)
        if kind:
            of = ", ".join(kinds)
            node.fault(f"“{name}” goes with {of} only; this is of the kind {kind}.", at=name)


def _most_pounds(node: Node) -> int:
    most = node.pounds("most", otherwise=Pence(MOST_POUNDS))
    if not 0 < most <= MOST_POUNDS:
        node.fault(f"“most” must be above nothing and {pounds(MOST_POUNDS)} at most.", at="most")
    return int(most)


def _scale(node: Node, scales: Scales) -> Scale | None:
    slug = node.slug("scale")
    if slug and slug not in scales:
        there = ", ".join(scales) or "none"
        node.fault(f"there is no scale “{slug}” in this file; there is {there}.", at="scale")
    return scales.get(slug)


def _options(node: Node, key: str, *, least: int) -> tuple[Option, ...]:
    nodes = node.each(key, least=least)
    no_twins(nodes, "slug")
    if len(nodes) > MOST_OPTIONS:
        node.fault(f"“{key}” has {len(nodes)} in its list; {MOST_OPTIONS} is the most.", at=key)
    found = tuple(_option(it) for it in nodes)
    _no_likes(node, [(it.slug, it.name) for it in found], at=key)
    return found


def _option(node: Node) -> Option:
    name = node.text("name", most=120)
    if ";" in name:
        node.fault("a name here cannot hold “;”, which parts one answer from the next.", at="name")
    return Option(
        slug=node.slug("slug"), name=name, help=node.sentence("help", otherwise="", most=300)
    )


def _no_likes(node: Node, called: list[tuple[str, ...]], *, at: str) -> None:
    """What people type is read without capitals and blanks: then two must not be the same."""
    first: dict[str, str] = {}
    for words in called:
        for key in dict.fromkeys(map(same, words)):
            if key and key in first:
                node.fault(f"“{words[-1]}” and “{first[key]}” would be read as the same.", at=at)
            first[key] = words[-1]


def _table(node: Node, scales: Scales) -> dict[str, Any]:
    if node.names("rows") == node.names("row_name"):
        node.fault(
            "a table needs either “rows” that are asked for, or a “row_name” for those that "
            "whoever answers names; not both."
        )
        node.asked |= {"rows", "row_name", "most"}
    elif node.names("rows") and node.names("most"):
        node.fault("“most” goes with “row_name”; rows that are asked for are so many.", at="most")
        node.asked.add("most")
    read: dict[str, Any] = {"columns": _columns(node, scales)}
    if node.names("rows"):
        return read | {"rows": _options(node, "rows", least=1)}
    if node.names("row_name"):
        read["row_name"] = node.text("row_name", most=60)
        read["most"] = node.number("most", least=1, most=MOST_ROWS)
    return read


def _columns(node: Node, scales: Scales) -> tuple[Column, ...]:
    nodes = node.each("columns")
    no_twins(nodes, "slug")
    if len(nodes) > MOST_COLUMNS:
        node.fault(f"a table has {MOST_COLUMNS} columns at most; this has {len(nodes)}.")
    found = tuple(_column(it, scales) for it in nodes)
    named = [(it.slug, it.name) for it in found]
    _no_likes(node, [*named, *_first_column(node)], at="columns")
    return found


def _first_column(node: Node) -> list[tuple[str, ...]]:
    """What stands over the names of the rows: no other column can be called that."""
    held = node.held.get("row_name") if isinstance(node.held, dict) else None
    return [(held.held,)] if held and isinstance(held.held, str) else []


def _column(node: Node, scales: Scales) -> Column:
    kind = _kind(node, IN_A_COLUMN)
    _check_names(node, kind)
    for name in ("flags", "note", "cost", "unit"):
        if node.names(name) and name not in node.asked:
            node.asked.add(name)
            node.fault(f"a column has no “{name}”.", at=name)
    return Column(
        slug=node.slug("slug"),
        name=node.text("name", most=80),
        kind=kind or Kind.TEXT,
        help=node.sentence("help", otherwise="", most=300),
        **_of_both(node, kind, scales),
    )
