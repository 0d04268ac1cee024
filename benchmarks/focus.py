"""Equal Shares beside pabutools where that is there, alone where it is not; and how long reasons take.

    python -m benchmarks.focus [FOLDER] [--completion none|add1u] [--only WORD]

FOLDER holds pabulib files; without one, elections are made up. One run, both in turns on the very
same elections; seconds of processor time of the rule by itself, both reading nothing, ours as the
median of three. Winners are compared as sets, ties by the order of the file. A measurement, not a
test; by itself it ends with 1 where winners differ. See requirements/bench.in.
"""

import argparse
import random
import resource
import statistics
import sys
import time
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

from hedgerow.analysis.ballots import Ballot, Election, Project
from hedgerow.analysis.equal_shares import equal_shares, winners
from hedgerow.analysis.equal_shares_again import SharesAgain
from hedgerow.analysis.explained import covered, least_changes, steadiness
from hedgerow.focus.tallying.pabulib import read_ballots

TIMES, LARGEST = 20, 0.5  # as fast as pabutools so many times; seconds for the largest file
REASONS = 1.0  # seconds, of 12 voters and 60 projects
UTILITIES, COMPLETIONS = ("cost", "count", "score"), ("none", "add1u")
Spent = dict[tuple[str, str], list[float]]  # seconds: ours, theirs, and our longest


def main() -> int:
    words = argparse.ArgumentParser(description=__doc__)
    words.add_argument("folder", nargs="?", type=Path)
    words.add_argument("--completion", choices=COMPLETIONS, action="append")
    words.add_argument("--only", default="")
    asked = words.parse_args()
    found = _files(asked.folder, asked.only) if asked.folder else _made_up()
    return measure(found, asked.completion or COMPLETIONS)


def measure(
    elections: Iterator[tuple[str, Election]] | None = None, completions: Any = ("none",)
) -> int:
    """How many outcomes had other winners."""
    peer = _peer()
    print("Equal Shares, " + ("beside pabutools." if peer else "alone: pabutools is not here."))
    spent: Spent = {(u, c): [0.0, 0.0, 0.0] for u in UTILITIES for c in completions}
    n_different = 0
    for name, election in elections or _made_up():
        told = []
        for (utility, completion), total in spent.items():
            runs = [_timed(_ours, election, utility, completion) for _ in range(3)]
            mine = statistics.median(seconds for _, seconds in runs)
            total[0] += mine
            total[2] = max(total[2], mine)
            words = f"{utility} {completion} {mine:.4f} s"
            if peer:
                theirs, other = peer(election, utility, completion)
                total[1] += other
                words += f" against {other:.3f} s, {other / mine:.0f} times"
                if theirs != runs[0][0]:
                    n_different += 1
                    words += f" DIFFERENT: {theirs ^ runs[0][0]}"
            told.append(words)
        print(f"{name}\n  " + "\n  ".join(told), flush=True)
    _sum_up(spent, n_different, peer is not None)
    _reasons()
    return n_different


def _sum_up(spent: Spent, n_different: int, beside: bool) -> None:
    print("\nOver all of them:")
    for (utility, completion), (mine, other, longest) in spent.items():
        kept = "kept" if longest <= LARGEST else "NOT kept"
        line = f"  {utility} {completion}: {mine:.2f} s, the longest {longest:.2f} s "
        line += f"(at most {LARGEST}: {kept})"
        if beside:
            times = other / mine
            reached = "reached" if times >= TIMES else "NOT reached"
            line += f", against {other:.2f} s: {times:.0f} times ({TIMES} is {reached})"
        print(line)
    if beside:
        print(f"  outcomes with other winners: {n_different}")
    most = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss // 1024
    print(f"  most memory: {most} MB")


def _reasons() -> None:
    election = _made(12, 60, 0.3)
    for completion in ("none", "greedy"):
        for utility in UTILITIES:
            runs = [_timed(_explained, election, utility, completion)[1] for _ in range(3)]
            mine = statistics.median(runs)
            kept = "kept" if mine <= REASONS else "NOT kept"
            print(
                f"Reasons for 12 voters and 60 projects, {utility} {completion}: {mine:.2f} s "
                f"(at most {REASONS}: {kept})"
            )


def _explained(election: Election, utility: Any, completion: Any) -> None:
    shares = equal_shares(election, utility, completion)
    again = SharesAgain(election, utility, completion)
    asked = [one.voter for one in covered(election, shares)]
    least_changes(election, shares.selected, again, asked, lower_never_loses=True)
    steadiness(election, shares.selected, again)


def _files(folder: Path, only: str) -> Iterator[tuple[str, Election]]:
    found = (path for path in folder.glob("*.pb") if only in path.name)
    for path in sorted(found, key=lambda path: path.stat().st_size):
        begun = time.process_time()
        with path.open("rb") as stream:
            ballots, faults = read_ballots(stream, path.name)
        seconds = time.process_time() - begun
        if ballots is None:
            print(f"{path.name}: {faults[0].row}: {faults[0].sentence}")
        else:
            size = f"{path.stat().st_size:,} bytes, read in {seconds:.2f} s"
            yield f"{path.name} ({size})", ballots.election


def _made_up() -> Iterator[tuple[str, Election]]:
    for n_voters, n_projects in ((12, 60), (300, 15), (2_000, 30)):
        yield f"{n_voters} voters, {n_projects} projects", _made(n_voters, n_projects, 0.2)


def _made(n_voters: int, n_projects: int, part: float) -> Election:
    """Each voter marks about this part of the projects. The same every time."""
    chance = random.Random(n_voters * n_projects)
    projects = [
        Project(key=f"p{n}", cost=chance.randrange(2_000, 80_000)) for n in range(n_projects)
    ]
    ballots = [
        Ballot(
            voter=f"v{n}",
            points={one.key: chance.randint(1, 5) for one in projects if chance.random() < part},
        )
        for n in range(n_voters)
    ]
    return Election(budget=400_000, projects=projects, ballots=ballots)


def _timed(run: Callable[..., Any], *given: Any) -> tuple[Any, float]:
    begun = time.process_time()
    found = run(*given)
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
    sys.exit(min(main(), 1))
