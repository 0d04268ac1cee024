"""What became of promises, counted and said in sentences."""

from collections.abc import Iterable
from dataclasses import dataclass

from hedgerow.look.words import count, first_up, number, out_of

from .promises import PromiseLine, Promises


@dataclass(frozen=True, kw_only=True)
class Share:
    """Of promises that are over: how many were kept by the day first promised."""

    on_time: int
    kept: int
    over: int


def kept_by(lines: Iterable[PromiseLine]) -> Share:
    over = [line for line in lines if not line.is_open]
    return Share(
        on_time=sum(line.is_on_time for line in over),
        kept=sum(line.kept_on is not None for line in over),
        over=len(over),
    )


def told(promises: Promises) -> tuple[str, ...]:
    """What became of the promises, in sentences; none where there are none."""
    lines = promises.all
    if not lines:
        return ()
    pairs = [line for line in lines if line.second]
    alone = [line for line in lines if not line.second]
    said = [f"{first_up(count(len(lines), 'promise was', 'promises were'))} made. {_held(lines)}"]
    said.append(_ended(promises))
    moved = sum(line.is_moved for line in lines)
    if moved:
        some = "It" if len(lines) == 1 else first_up(out_of(moved, len(lines)))
        said.append(
            f"{some} {'has' if moved == 1 else 'have'} another day now than the one first promised."
        )
    if promises.late:
        said.append(f"{first_up(count(len(promises.late), 'is', 'are'))} late today.")
    said += [_kept_by_the_day("a pair", pairs), _kept_by_the_day("one alone", alone)]
    return tuple(sentence for sentence in said if sentence)


def _kept_by_the_day(who: str, lines: Iterable[PromiseLine]) -> str:
    """Of those that are over; empty where none is."""
    share = kept_by(lines)
    if not share.over:
        return ""
    if share.over == 1:
        was = "was" if share.on_time else "was not"
        return f"The one held by {who} that is over {was} kept by the day first promised."
    return (
        f"Of those held by {who} that are over, {out_of(share.on_time, share.over)} "
        f"{'was' if share.on_time == 1 else 'were'} kept by the day first promised."
    )


def _held(lines: Iterable[PromiseLine]) -> str:
    lines = list(lines)
    by_two = sum(line.second is not None for line in lines)
    if by_two == len(lines):
        return "A pair holds it." if len(lines) == 1 else "Each is held by a pair."
    if not by_two:
        return "One person holds it alone." if len(lines) == 1 else "Each is held by one alone."
    return (
        f"{first_up(count(by_two, 'is', 'are'))} held by a pair, "
        f"{count(len(lines) - by_two, 'by one alone', 'by one alone')}."
    )


def _ended(promises: Promises) -> str:
    kept, gone, still = len(promises.kept), len(promises.let_go), len(promises.open_ones)
    if not kept and not gone:
        return "None has been kept or let go yet."
    said = f"{first_up(count(kept, 'was', 'were', zero='none'))} kept"
    on_time = sum(line.is_on_time for line in promises.kept)
    if kept:
        said += f", {number(on_time, zero='none')} of them by the day first promised"
    said += f"; {count(gone, 'was', 'were', zero='none')} let go"
    return said + (f"; {count(still, 'is', 'are')} open." if still else ".")
