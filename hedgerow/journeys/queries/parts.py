"""What the stage of a room takes, thing by thing, beside the sentences of its design."""

from collections.abc import Callable, Collection, Iterable, Iterator, Mapping
from dataclasses import dataclass

from django.db.models import Exists, OuterRef

from hedgerow.journeys.models import ExitTest, Stage, Tick

from .stages import ExitTestLine, TickLine, exit_test_lines

# A sentence of a design by its slug, and the slugs of all of them -> slugs of the parts that answer
# it; () where it is ticked.
Answering = Callable[[str, Collection[str]], tuple[str, ...]]


@dataclass(frozen=True, kw_only=True)
class Part:
    """One thing that a stage takes."""

    slug: str
    sentence: str  # what is wanted, where the design has no sentence for it
    there: tuple[str, ...]  # sentences on what there is
    missing: tuple[str, ...]  # sentences on what is not; none: it is met
    url: str  # where it is done
    button: str

    @property
    def is_met(self) -> bool:
        return not self.missing


@dataclass(frozen=True, kw_only=True)
class PartsLine:
    """A sentence that ends the stage, or a part that no sentence of the design names."""

    key: int | None  # of the exit test
    ident: str
    sentence: str
    hint: str  # what would show it, where it is ticked
    parts: tuple[Part, ...]  # that answer it; none: it is ticked
    tick: TickLine | None
    taken_back: tuple[TickLine, ...]
    is_over: bool  # of a stage that is closed or left, or has not begun

    @property
    def is_met(self) -> bool:
        return all(part.is_met for part in self.parts) if self.parts else self.tick is not None

    @property
    def wants_tick(self) -> bool:
        return not self.parts and self.tick is None and not self.is_over


def part_lines(stage: Stage, parts: Mapping[str, Part], answering: Answering) -> list[PartsLine]:
    """In the order of the design, then what the room wants besides.

    `parts`: none of a stage that is not open, of which only what was written at the time is shown:
    how things stand today says nothing about it.
    """
    tests = exit_test_lines(stage)
    slugs = {test.slug for test in tests}
    lines = [_line(test, parts, answering(test.slug, slugs), stage) for test in tests]
    shown = {part.slug for line in lines for part in line.parts}
    return [*lines, *_besides(part for slug, part in parts.items() if slug not in shown)]


def named_in(stages: Iterable[Stage], known: Collection[str]) -> dict[int, set[str]]:
    """By the key of the stage: the slugs of its sentences that are among these. One query."""
    found: dict[int, set[str]] = {stage.pk: set() for stage in stages}
    tests = ExitTest.objects.filter(stage__in=found, slug__in=known)
    for stage, slug in tests.values_list("stage", "slug"):
        found[stage].add(slug)
    return found


def unticked_in(stages: Iterable[Stage], known: Collection[str]) -> dict[int, list[ExitTest]]:
    """By the key of the stage: its sentences that have no tick and are not among these slugs. One
    query, or none."""
    found: dict[int, list[ExitTest]] = {stage.pk: [] for stage in stages}
    standing = Tick.objects.filter(exit_test=OuterRef("pk"), undone_at=None)
    tests = ExitTest.objects.filter(~Exists(standing), stage__in=found).exclude(slug__in=known)
    for test in tests if found else ():
        found[test.stage_id].append(test)
    return found


def _line(
    test: ExitTestLine, parts: Mapping[str, Part], slugs: Iterable[str], stage: Stage
) -> PartsLine:
    return PartsLine(
        key=test.key,
        ident=f"test-{test.key}",
        sentence=test.sentence,
        hint=test.hint,
        parts=tuple(parts[slug] for slug in slugs if slug in parts),
        tick=test.tick,
        taken_back=test.taken_back,
        is_over=not stage.is_open,
    )


def _besides(parts: Iterable[Part]) -> Iterator[PartsLine]:
    for part in parts:
        yield PartsLine(
            key=None,
            ident=part.slug,
            sentence=part.sentence,
            hint="",
            parts=(part,),
            tick=None,
            taken_back=(),
            is_over=False,
        )
