"""A programme as data: what a pack must hold, and every fault of one that does not.

A pack is copied into a journey when it starts, so that changing it later rewrites nothing under
way. Its slugs and kinds are stored with the journey: never renamed, never used for something else.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from functools import cache
from importlib.resources import files
from typing import Literal

from hedgerow.core.faults import Fault
from hedgerow.core.yamls import Node, no_twins, read_yaml
from hedgerow.units import Pence

from .areas import Area, read_areas

STAGE_KINDS = ("forming", "gathering", "focus", "workplan", "implementation", "evaluation")
ROLES = (
    "core",
    "deputy",
    "staff",
    "facilitator",
    "supporter",
    "sponsor",
    "manager",
    "assessor",
    "viewer",
)
UP_TO_WORKPLAN = STAGE_KINDS[: STAGE_KINDS.index("workplan") + 1]
DAYS_IN_YEAR = 365
LEAST_CONTRIBUTORS = 5  # of whatever is shown of answers that their owners keep to themselves


@dataclass(frozen=True, kw_only=True)
class Source:
    title: str
    publisher: str
    year: int
    licence: str  # on what terms its facts stand here


@dataclass(frozen=True, kw_only=True)
class GroundRule:
    slug: str
    name: str
    sentence: str
    is_essential: bool


@dataclass(frozen=True, kw_only=True)
class Allowance:
    """Days of outside help that each cluster may use."""

    slug: str
    name: str
    half_days: int
    until: str  # kind of the last stage that they are meant for


@dataclass(frozen=True, kw_only=True)
class ExitTest:
    slug: str  # unique in its stage
    sentence: str  # true when it is met
    evidence: str  # what would show it


@dataclass(frozen=True, kw_only=True)
class StagePlan:
    kind: str  # one of STAGE_KINDS, once in a pack, in that order
    name: str
    sentence: str  # what happens
    planned_days: int  # calendar days, 1 or more
    is_checklist: bool  # runs as a checklist even where its kind has a room
    exit_tests: tuple[ExitTest, ...]


@dataclass(frozen=True, kw_only=True)
class Milestone:
    """A date to hold to: at the end of a stage, or so many weeks after the journey's start."""

    slug: str
    name: str
    belongs_to: Literal["programme", "cluster"]  # who may move it
    at_end_of: str | None  # a stage's kind
    weeks_after_start: int | None  # just one of the two is given


@dataclass(frozen=True, kw_only=True)
class Disclosure:
    """Of how many, at least, a figure is shown whose parts its owners keep to themselves."""

    scores: int = LEAST_CONTRIBUTORS
    money: int = LEAST_CONTRIBUTORS
    people: int = LEAST_CONTRIBUTORS


@dataclass(frozen=True, kw_only=True)
class ProgrammePack:
    slug: str
    version: int
    name: str
    sentence: str
    guardian: str  # who keeps the rules, as a role: "The programme’s manager"
    source: Source
    award_pence: Pence  # to each cluster; 0 where there is none
    months_to_plan: int  # up to the end of the workplan
    months_to_spend: int  # the award; 0 where there is none
    roles: tuple[str, ...]
    ground_rules: tuple[GroundRule, ...]
    allowances: tuple[Allowance, ...]
    stages: tuple[StagePlan, ...]
    milestones: tuple[Milestone, ...]
    disclosure: Disclosure = Disclosure()
    catalogue: tuple[Area, ...] = ()  # none: the one that comes with Hedgerow

    def half_days(self, slug: str) -> int:
        """Of one allowance; 0 where the programme gives none of it."""
        return next((a.half_days for a in self.allowances if a.slug == slug), 0)

    def stage(self, kind: str) -> StagePlan | None:
        return next((stage for stage in self.stages if stage.kind == kind), None)


def shipped_packs() -> tuple[str, ...]:
    """Slugs of the packs that come with Hedgerow."""
    folder = files("hedgerow.packs") / "programmes"
    names = (entry.name for entry in folder.iterdir())
    return tuple(sorted(name.removesuffix(".yaml") for name in names if name.endswith(".yaml")))


def shipped_text(slug: str) -> str:
    """The YAML of one of `shipped_packs()`."""
    return (files("hedgerow.packs") / "programmes" / f"{slug}.yaml").read_text(encoding="utf-8")


@cache
def load_programme_pack(slug: str) -> ProgrammePack:
    """One of `shipped_packs()`; raises LookupError for another, ValueError if it has a fault."""
    if slug not in shipped_packs():
        raise LookupError(f"no pack called {slug} comes with Hedgerow")
    name = f"{slug}.yaml"
    pack, faults = read_programme_pack(shipped_text(slug), name=name)
    if pack is None:
        raise ValueError(f"{name}: {faults[0].sentence}")
    return pack


def read_programme_pack(
    text: str | bytes, *, name: str
) -> tuple[ProgrammePack | None, tuple[Fault, ...]]:
    """The pack, or None and everything that is wrong with it. `name` is what faults call it."""
    top = read_yaml(text, name=name)
    pack = _pack(top)
    faults = top.faults()
    return (None, faults) if faults else (pack, ())


def _pack(top: Node) -> ProgrammePack:
    numbers = top.one("numbers")
    stage_nodes = top.each("stages")
    stages = tuple(map(_stage, stage_nodes))
    _check_order(stage_nodes, stages)
    # With one kind unread, any may be meant by what refers to it: no second fault of the first.
    kinds = [s.kind for s in stages] if all(s.kind for s in stages) and stages else STAGE_KINDS
    pack = ProgrammePack(
        slug=top.slug("slug"),
        version=top.number("version", least=1, most=9999),
        name=top.text("name", most=120),
        sentence=top.sentence("sentence"),
        guardian=top.text("guardian", most=120),
        source=_source(top.one("source")),
        award_pence=numbers.pounds("award"),
        months_to_plan=numbers.number("months_to_plan", least=1, most=60),
        months_to_spend=numbers.number("months_to_spend", least=0, most=60),
        roles=top.texts("roles", of=ROLES),
        ground_rules=tuple(map(_ground_rule, _unlike(top.each("ground_rules")))),
        allowances=tuple(_allowance(a, kinds) for a in _unlike(top.each("allowances", least=0))),
        stages=stages,
        milestones=tuple(_milestone(m, kinds) for m in _unlike(top.each("milestones", least=0))),
        disclosure=_disclosure(top),
        catalogue=read_areas(top, "catalogue", least=0),
    )
    _check_numbers(pack, numbers)
    _check_roles(pack, top)
    return pack


def _unlike(nodes: list[Node]) -> list[Node]:
    no_twins(nodes, "slug")
    return nodes


def _source(node: Node) -> Source:
    return Source(
        title=node.text("title"),
        publisher=node.text("publisher"),
        year=node.number("year", least=1800, most=2200),
        licence=node.sentence("licence"),
    )


def _ground_rule(node: Node) -> GroundRule:
    return GroundRule(
        slug=node.slug("slug"),
        name=node.text("name", most=80),
        sentence=node.sentence("sentence"),
        is_essential=node.flag("essential", otherwise=False),
    )


def _allowance(node: Node, kinds: Sequence[str]) -> Allowance:
    return Allowance(
        slug=node.slug("slug"),
        name=node.text("name", most=80),
        half_days=node.half_days("days"),
        until=node.choice("until", kinds or STAGE_KINDS),
    )


def _stage(node: Node) -> StagePlan:
    return StagePlan(
        kind=node.choice("kind", STAGE_KINDS),
        name=node.text("name", most=80),
        sentence=node.sentence("sentence"),
        planned_days=node.days("planned"),
        is_checklist=node.flag("checklist", otherwise=False),
        exit_tests=tuple(map(_exit_test, _unlike(node.each("exit_tests")))),
    )


def _exit_test(node: Node) -> ExitTest:
    return ExitTest(
        slug=node.slug("slug"),
        sentence=node.sentence("sentence", most=240),
        evidence=node.sentence("evidence", most=240),
    )


def _milestone(node: Node, kinds: Sequence[str]) -> Milestone:
    if node.names("at_end_of") == node.names("weeks_after_start"):
        node.fault("a milestone needs either “at_end_of” or “weeks_after_start”, and not both.")
    weeks = node.number("weeks_after_start", least=0, most=520, otherwise=-1)
    return Milestone(
        slug=node.slug("slug"),
        name=node.text("name", most=120),
        belongs_to=_owner(node),
        at_end_of=node.choice("at_end_of", kinds or STAGE_KINDS, otherwise="") or None,
        weeks_after_start=None if weeks < 0 else weeks,
    )


def _disclosure(top: Node) -> Disclosure:
    """A programme may only be stricter than we are."""
    if not top.names("disclosure"):
        return Disclosure()
    node = top.one("disclosure")

    def least(key: str) -> int:
        ours = LEAST_CONTRIBUTORS
        return node.number(key, least=ours, most=99, otherwise=ours)

    return Disclosure(scores=least("scores"), money=least("money"), people=least("people"))


def _owner(node: Node) -> Literal["programme", "cluster"]:
    said = node.choice("belongs_to", ("programme", "cluster"))
    return "programme" if said == "programme" else "cluster"


def _check_order(nodes: Sequence[Node], stages: Sequence[StagePlan]) -> None:
    no_twins(nodes, "kind")
    last = ""
    for node, stage in zip(nodes, stages, strict=True):
        if not stage.kind:
            continue
        if last and STAGE_KINDS.index(stage.kind) < STAGE_KINDS.index(last):
            order = ", ".join(STAGE_KINDS)
            node.fault(f"“{stage.kind}” cannot follow “{last}”; the order is {order}.", at="kind")
        else:
            last = stage.kind


def _check_numbers(pack: ProgrammePack, numbers: Node) -> None:
    both = numbers.has("award", "months_to_spend")
    if both and bool(pack.award_pence) != bool(pack.months_to_spend):
        numbers.fault(
            "an award needs months to spend it, and without an award both are 0.",
            at="months_to_spend",
        )
    _check_length(pack, numbers, "months_to_plan", pack.months_to_plan, UP_TO_WORKPLAN)
    if both and pack.award_pence and pack.months_to_spend:
        _check_length(pack, numbers, "months_to_spend", pack.months_to_spend, ["implementation"])


def _check_length(
    pack: ProgrammePack, numbers: Node, key: str, months: int, kinds: Sequence[str]
) -> None:
    """Stages cannot be planned for longer than the months they are given, rounded up to a day."""
    stages = [stage for stage in pack.stages if stage.kind in kinds]
    planned = sum(stage.planned_days for stage in stages)
    at_most = -(-months * DAYS_IN_YEAR // 12)
    if numbers.has(key) and planned > at_most:
        names = ", ".join(stage.kind for stage in stages)
        numbers.fault(f"“{key}” gives {at_most} days; {planned} are planned for {names}.", at=key)


def _check_roles(pack: ProgrammePack, top: Node) -> None:
    if pack.roles and "core" not in pack.roles:
        top.fault("“roles” must name core: without a Core Group nobody decides.", at="roles")
    owned = any(milestone.belongs_to == "programme" for milestone in pack.milestones)
    if owned and pack.roles and "manager" not in pack.roles:
        top.fault(
            "“roles” must name manager, because a milestone belongs to the programme.", at="roles"
        )
