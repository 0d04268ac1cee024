"""What changed from one return to the next, in sentences."""

from collections.abc import Iterator

from hedgerow.analysis.returns import ClusterReturn
from hedgerow.look.words import count
from hedgerow.units import Pence, pounds

from .change_words import OBJECTIVES, STEPS, ChangeLine, rewritten
from .queries.return_views import JUDGED


def return_changes(before: ClusterReturn, after: ClusterReturn) -> tuple[ChangeLine, ...]:
    """Sums, what was judged, what was done, gains, and the cluster's own words."""
    return (*_sums(before, after), *_results(before, after), *_words(before, after))


def _sums(before: ClusterReturn, after: ClusterReturn) -> Iterator[ChangeLine]:
    for name, label in (
        ("award", "The award"),
        ("released", "What was released"),
        ("drawn", "What was drawn"),
        ("committed", "What is committed and not yet spent"),
        ("spent", "What was spent"),
    ):
        was: Pence = getattr(before, name)
        now: Pence = getattr(after, name)
        if was != now:
            sentence = f"{label} is {pounds(now)} now; it was {pounds(was)}."
            yield ChangeLine(group="Money", sentence=sentence)


def _results(before: ClusterReturn, after: ClusterReturn) -> Iterator[ChangeLine]:
    was = {one.number: one.judged for one in before.objectives}
    for one in after.objectives:
        if was.get(one.number, one.judged) != one.judged:
            now, then = JUDGED[one.judged][1].lower(), JUDGED[was[one.number]][1].lower()
            sentence = f"Objective {one.number}, “{one.title}”, is {now}; it was {then}."
            yield ChangeLine(group=OBJECTIVES, sentence=sentence)
    n_done = [sum(step.became == "done" for step in one.steps) for one in (before, after)]
    if n_done[0] != n_done[1]:
        sentence = f"{n_done[1]:,} of {len(after.steps):,} steps are done; it was {n_done[0]:,}."
        yield ChangeLine(group=STEPS, sentence=sentence)
    if len(before.gains) != len(after.gains):
        told = count(len(after.gains), "gain")
        sentence = f"It tells of {told} that nobody had planned; it was {len(before.gains):,}."
        yield ChangeLine(group="Gains", sentence=sentence)


def _words(before: ClusterReturn, after: ClusterReturn) -> Iterator[ChangeLine]:
    was = {one.heading: one.words for one in before.said}
    now = {one.heading: one.words for one in after.said}
    for heading in dict.fromkeys([*now, *was]):
        then, words = was.get(heading, ""), now.get(heading, "")
        if then != words:
            yield ChangeLine(
                group="What the cluster says",
                sentence=f"“{heading}” {rewritten(then, words)}.",
                before=then,
                after=words,
            )
