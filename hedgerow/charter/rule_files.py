"""Ground rules as a plain file that anybody can read, change and bring back."""

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace

import yaml
from django.utils.text import slugify

from hedgerow.analysis.ground_rules import RuleText
from hedgerow.core.faults import Fault
from hedgerow.core.yamls import Node, no_twins, read_yaml

FEWEST, MOST = 3, 20  # rules in a version
MOST_NAME, MOST_SENTENCE, MOST_SLUG, MOST_CAME_FROM = 80, 600, 40, 80
MOST_BYTES = 100_000

SLUG = re.compile(r"[a-z][a-z0-9]*(?:-[a-z0-9]+)*")

_HEAD = """\
# Ground rules: from {fewest} to {most}, in their order. Change what you like and bring the file back.
# Keep the “slug” of a rule that stays, so that it is known again; a new rule needs none.
"""


@dataclass(frozen=True, kw_only=True)
class RuleFile:
    rules: tuple[RuleText, ...]
    version: int  # which version the file was written from; 0 if it does not say
    came_from: str


def write_rules(rules: Iterable[RuleText], *, version: int = 0, came_from: str = "") -> str:
    """YAML, that `read_rules` reads back as it was given."""
    top: dict[str, object] = {}
    if version:
        top["version"] = version
    if came_from:
        top["came_from"] = came_from
    top["ground_rules"] = [_written(rule) for rule in rules]
    written = yaml.safe_dump(top, allow_unicode=True, sort_keys=False, width=100)
    return _HEAD.format(fewest=FEWEST, most=MOST) + written


def _written(rule: RuleText) -> dict[str, object]:
    written: dict[str, object] = {"slug": rule.slug, "name": rule.name, "sentence": rule.sentence}
    return {**written, "essential": True} if rule.is_essential else written


def read_rules(text: str | bytes, *, name: str) -> tuple[RuleFile | None, tuple[Fault, ...]]:
    """The rules, or None and everything that is wrong. `name` is what the faults call the file."""
    top = read_yaml(text, name=name)
    nodes = top.each("ground_rules")
    if top.names("ground_rules") and nodes and not FEWEST <= len(nodes) <= MOST:
        top.fault(
            f"there must be {FEWEST} to {MOST} rules; there are {len(nodes)}.", at="ground_rules"
        )
    no_twins(nodes, "slug")
    _no_like_names(nodes)
    found = RuleFile(
        rules=with_slugs(tuple(map(_rule, nodes))),
        version=top.number("version", least=0, most=32_767, otherwise=0),
        came_from=top.text("came_from", otherwise="", most=MOST_CAME_FROM),
    )
    faults = top.faults()
    return (None, faults) if faults else (found, ())


def _rule(node: Node) -> RuleText:
    should = f"small letters, digits and hyphens, {MOST_SLUG} at most, such as “turn-up”"
    return RuleText(
        slug=node.shaped("slug", SLUG, should, otherwise="", most=MOST_SLUG),
        name=node.text("name", most=MOST_NAME),
        sentence=node.text("sentence", most=MOST_SENTENCE),
        is_essential=node.flag("essential", otherwise=False),
    )


def _no_like_names(nodes: Sequence[Node]) -> None:
    """A fault for each rule whose name an earlier one has, in whatever letters."""
    first: dict[str, int] = {}
    for node in nodes:
        found = node.held.get("name") if isinstance(node.held, dict) else None
        said = in_one_line(found.held) if found and isinstance(found.held, str) else ""
        if said and found and said.casefold() in first:
            node.fault(
                f"another rule has this name; it is on line {first[said.casefold()]} already.",
                at="name",
            )
        elif said and found:
            first[said.casefold()] = found.line


# --- what pages and files have in common


def in_one_line(words: str) -> str:
    return " ".join(words.split())


def with_slugs(rules: Sequence[RuleText]) -> tuple[RuleText, ...]:
    """Each rule that has no slug gets one from its name, unlike all the others."""
    taken = {rule.slug for rule in rules if rule.slug}
    slugged = []
    for rule in rules:
        slug = rule.slug or _new_slug(rule.name, taken)
        taken.add(slug)
        slugged.append(replace(rule, slug=slug))
    return tuple(slugged)


def _new_slug(name: str, taken: set[str]) -> str:
    stem = slugify(name).replace("_", "-").strip("-")
    stem = re.sub(r"-{2,}", "-", stem)
    if not stem or not stem[0].isalpha():
        stem = f"rule-{stem}".rstrip("-")
    stem = stem[:MOST_SLUG].rstrip("-")
    slug, n = stem, 2
    while slug in taken:
        slug = f"{stem[: MOST_SLUG - 4].rstrip('-')}-{n}"
        n += 1
    return slug
