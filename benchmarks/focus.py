"""Equal Shares beside pabutools, over real ballots, where pabutools is there; alone where it is not.

    python -m benchmarks.focus FOLDER [--only WORD]

FOLDER holds pabulib files. One run, in turns, on this machine alone; seconds of processor time of
the rule by itself, both reading nothing. Winners are compared as sets, ties by the order of the
file. A measurement, not a test; it ends with 1 where winners differ. See requirements/bench.in.
"""

import resource
import sys
import time
from collections.abc import Callable
from pathlib import Path
from typing import Any

from hedgerow.analysis.ballots import Election
from hedgerow.analysis.equal_shares import winners
from hedgerow.focus.pabulib import read_ballots

TIMES, LARGEST = 20, 0.5  # as fast as pabutools so many times; seconds for the largest file
UTILITIES, COMPLETIONS = ("cost", "count", "score"), ("none", "add1u")


def main(folder: str, only: str = "") -> int:
    peer = _peer()
    if peer is None:
        print("pabutools is not here: Equal Shares is measured alone.\n")
    totals: dict[tuple[str, str], list[float]] = {}
    n_different = 0
    found = (path for path in Path(folder).glob("*.pb") if only in path.name)
    files = sorted(found, key=lambda path: path.stat().st_size)
    for path in files:
        with path.open("rb") as stream:
            ballots, faults = read_ballots(stream, path.name)
        if ballots is None:
            print(f"{path.name}: {faults[0].row}: {faults[0].sentence}")
            continue
        told = []
        for utility in UTILITIES:
            for completion in COMPLETIONS:
                ours, mine = _timed(_ours, ballots.election, utility, completion)
                total = totals.setdefault((utility, completion), [0.0, 0.0])
                total[0] += mine
                words = f"{utility} {completion} {mine:.3f} s"
                if peer:
                    theirs, other = _timed(peer, ballots.election, utility, completion)
                    total[1] += other
                    words += f" against {other:.3f} s"
                    if ours != theirs:
                        n_different += 1
                        words += f" DIFFERENT: {ours ^ theirs}"
                told.append(words)
        print(f"{path.name} ({path.stat().st_size:,} bytes)\n  " + "\n  ".join(told), flush=True)
    _sum_up(totals, n_different, peer is not None)
    return 1 if n_different else 0


def _sum_up(totals: dict[tuple[str, str], list[float]], n_different: int, beside: bool) -> None:
    print("\nOver all files:")
    for (utility, completion), (mine, other) in totals.items():
        line = f"  {utility} {completion}: {mine:.2f} s"
        if beside and mine:
            line += f" against {other:.2f} s, {other / mine:.0f} times (wanted: {TIMES})"
        print(line)
    if beside:
        print(f"  outcomes with other winners: {n_different}")
    most = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss // 1024
    print(f"  the largest file is wanted in {LARGEST} s; most memory: {most} MB")


def _timed(run: Callable[..., Any], *given: Any) -> tuple[Any, float]:
    begun = time.process_time()
    found = run(*given)
    if isinstance(found, tuple):  # what it took is told by itself, without the getting ready
        return found
    return found, time.process_time() - begun


def _ours(election: Election, utility: Any, completion: Any) -> set[str]:
    return set(winners(election, utility, completion))


def _peer() -> Callable[..., Any] | None:
    """pabutools on the very same election, sums and points as we read them."""
    try:
        from pabutools import election as pb
        from pabutools.rules import method_of_equal_shares
        from pabutools.tiebreaking import TieBreakingRule
    except ImportError:
        return None
    sats = {
        "cost": pb.Cost_Sat,
        "count": pb.Cardinality_Sat,
        "score": pb.Additive_Cardinal_Sat,
    }

    def run(election: Election, utility: str, completion: str) -> tuple[set[str], float]:
        projects = {one.key: pb.Project(one.key, one.cost) for one in election.projects}
        order = {one.key: place for place, one in enumerate(election.projects)}
        instance = pb.Instance(projects.values(), budget_limit=election.budget)
        if utility == "score":
            cast = [
                pb.CardinalBallot({projects[key]: n for key, n in one.points.items()})
                for one in election.ballots
            ]
            profile = pb.CardinalProfile(cast, instance=instance)
        else:
            cast = [pb.ApprovalBallot(projects[k] for k in one.points) for one in election.ballots]
            profile = pb.ApprovalProfile(cast, instance=instance)
        ties = TieBreakingRule(lambda instance, profile, project: order[project.name])
        step = election.unit if completion == "add1u" else None
        begun = time.process_time()
        found = method_of_equal_shares(
            instance,
            profile,
            sat_class=sats[utility],
            tie_breaking=ties,
            voter_budget_increment=step,
        )
        return {one.name for one in found}, time.process_time() - begun

    return run


if __name__ == "__main__":
    sys.exit(main(*[word for word in sys.argv[1:] if word != "--only"]))
