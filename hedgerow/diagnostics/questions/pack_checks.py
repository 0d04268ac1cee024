"""What must be true of an instrument as a whole, beyond each of its questions."""

from collections.abc import Sequence

from hedgerow.core.yamls import Node, no_twins

from .instruments import Item, Kind, Scored

MOST_ITEMS = 80
STEPS = 5  # of strength, and of priority

# What the answers to these kinds can be counted or added up as.
_COUNTED = (Kind.SCALE, Kind.CHOICE, Kind.SAYS, Kind.SEVERAL, Kind.RANKED)
_SUMMED = (Kind.MONEY, Kind.NUMBER)

_OF_NEEDS = (
    "one table with “rows” and the columns strength and priority, "
    f"each with a scale of {STEPS} steps"
)
_OF_OFFERS = "a table or list “run” and one “want” that name the same things by the same slugs"


def check_slugs(sections: Sequence[Node]) -> None:
    """One slug, one thing: answers are stored by it, and addresses made of it."""
    items = [item for section in sections for item in section.each("items", least=0)]
    no_twins([*sections, *items], "slug")
    if len(items) > MOST_ITEMS:
        sections[-1].fault(f"{len(items)} questions are asked; {MOST_ITEMS} is the most.")


def check_scored(top: Node, scored: Scored, items: Sequence[Item]) -> None:
    if not top.has("scored"):
        return
    flagging = [item.slug for item in items if item.flags]
    if flagging and scored is not Scored.BASELINE:
        top.fault(
            f"“flags” ({', '.join(flagging)}) means something where “scored” is baseline only.",
            at="scored",
        )
    is_there, what = {
        Scored.NOTHING: (True, ""),
        Scored.NEEDS: (sum(map(_is_of_needs, items)) == 1, _OF_NEEDS),
        Scored.BASELINE: (bool(flagging), "at least one question with “flags: true”"),
        Scored.SPREAD: (
            any(item.kind in _COUNTED for item in items),
            f"a question whose answers can be counted: {', '.join(_COUNTED)}",
        ),
        Scored.OFFERS: (_are_offers(items), _OF_OFFERS),
        Scored.SUMS: (
            any(it.kind in _SUMMED for item in items for it in (item, *item.columns)),
            "a number or an amount, as a question or in a column",
        ),
    }[scored]
    if not is_there:
        top.fault(f"“scored” is {scored}: that needs {what}.", at="scored")


def _is_of_needs(item: Item) -> bool:
    columns = {it.slug: it for it in item.columns}
    both = [columns.get("strength"), columns.get("priority")]
    return bool(item.rows) and all(it and it.scale and len(it.scale.steps) == STEPS for it in both)


def _are_offers(items: Sequence[Item]) -> bool:
    """What is offered and what is wanted, called by the same slugs, so that they can meet."""
    by_slug = {item.slug: {it.slug for it in item.rows or item.options} for item in items}
    run, want = by_slug.get("run", set()), by_slug.get("want", set())
    return bool(run & want)
