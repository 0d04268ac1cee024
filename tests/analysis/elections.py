"""Small elections for the laws, and the slow plain twin of Equal Shares, straight from the paper."""

from fractions import Fraction

from hypothesis import strategies as st

from hedgerow.analysis.ballots import Ballot, Election, Project


def election(budget, costs, *marks, unit=1):
    """election(10, {"a": 5}, "a", "a b:3"): what each voter marks, with points if not one."""
    return Election(
        budget=budget,
        unit=unit,
        projects=[Project(key=key, cost=cost, name=key.upper()) for key, cost in costs.items()],
        ballots=[
            Ballot(
                voter=f"v{n}",
                points={
                    word.partition(":")[0]: int(word.partition(":")[2] or 1)
                    for word in marked.split()
                },
            )
            for n, marked in enumerate(marks, start=1)
        ],
    )


@st.composite
def elections(draw, most_projects=5, most_voters=6, alike=False):
    """With `alike`, some voters mark the same."""
    keys = "abcdefgh"[: draw(st.integers(1, most_projects))]
    projects = [Project(key=key, cost=draw(st.integers(1, 12)), name=key) for key in keys]
    marks = st.dictionaries(st.sampled_from(keys), st.integers(1, 4), max_size=len(keys))
    n_voters = draw(st.integers(1, most_voters))
    cast = [draw(marks) for _ in range(n_voters)]
    if alike:
        cast = [draw(st.sampled_from(cast)) for _ in range(n_voters)]
    ballots = [Ballot(voter=f"v{n}", points=points) for n, points in enumerate(cast)]
    return Election(budget=draw(st.integers(0, 30)), projects=projects, ballots=ballots)


def worth(utility, project, ballot):
    if project.key not in ballot.points:
        return 0
    return {"cost": project.cost, "count": 1, "score": ballot.points[project.key]}[utility]


def rate(project, utility, ballots, money):
    """The least ρ at which what the backers pay, ρ for each point or all they have, is the cost."""
    backers = [one for one in ballots if worth(utility, project, one)]
    if not backers or sum(money[one.voter] for one in backers) < project.cost:
        return None
    at = {one.voter: money[one.voter] / worth(utility, project, one) for one in backers}
    backers.sort(key=lambda one: at[one.voter])
    paid = Fraction()
    for place, one in enumerate(backers):
        others = sum(worth(utility, project, other) for other in backers[place:])
        found = (project.cost - paid) / others
        if found <= at[one.voter]:
            return found
        paid += money[one.voter]
    raise AssertionError("somebody can pay the last of it")


def twin(election, utility, share=None):
    """What is selected, and what each voter has left; ties by file."""
    n = len(election.ballots)
    start = Fraction(election.budget, n) if share is None else share
    money = {one.voter: start for one in election.ballots}
    left, selected = list(election.projects), []
    while True:
        rates = [(rate(one, utility, election.ballots, money), one) for one in left]
        found = [pair for pair in rates if pair[0] is not None]
        if not found:
            return selected, money
        least, project = min(found, key=lambda pair: pair[0])
        for one in election.ballots:
            pays = least * worth(utility, project, one)
            money[one.voter] -= min(money[one.voter], pays)
        selected.append(project.key)
        left.remove(project)


def twin_add1u(election, utility):
    n = len(election.ballots)
    share = Fraction(election.budget, n)
    kept = twin(election, utility)[0]
    backed = [p for p in election.projects if any(worth(utility, p, b) for b in election.ballots)]
    while True:
        found = twin(election, utility, share)[0]
        spent = sum(election.costs[key] for key in found)
        if spent > election.budget:
            return kept
        kept = found
        rest = [one for one in backed if one.key not in found]
        if not any(spent + one.cost <= election.budget for one in rest):
            return kept
        share += election.unit
