"""A tally, told to people in lines and to machines in JSON."""

from collections.abc import Iterator
from fractions import Fraction
from typing import Any

from hedgerow.focus.tallying.tallies import Tally
from hedgerow.focus.tallying.why import Why


def told_to_machines(found: Tally, reasons: Why | None = None) -> dict[str, Any]:
    """Sums in units of the currency: whole numbers or decimals; what may not come out, "a/b"."""
    told: dict[str, Any] = {
        "rule": found.asked.rule,
        "completion": found.asked.completion if found.asked.rule == "equal-shares" else "none",
        "budget": _number(found, found.election.budget),
        "cost": _number(found, found.cost),
        "selected": list(found.selected),
        "ties": [
            {"round": tie.round, "between": list(tie.between), "chosen": tie.chosen}
            for tie in found.ties
        ],
        "projects": [_project(found, key) for key in found.election.costs],
    }
    if reasons:
        told["explained"] = _explained(found, reasons)
    return told


def _project(found: Tally, key: str) -> dict[str, Any]:
    project = next(one for one in found.election.projects if one.key == key)
    told: dict[str, Any] = {
        "project_id": key,
        "name": project.name,
        "cost": _number(found, project.cost),
        "votes": found.election.votes[key],
        "selected": key in found.selected,
    }
    if found.share is not None:
        short = project.cost - found.held[key]
        told["share"] = _exact(found, found.share)
        told["paid"] = [
            {"voters": n, "each": _exact(found, pence)} for n, pence in found.paid.get(key, ())
        ]
        told["backers_hold"] = _exact(found, found.held[key])
        told["short_by"] = None if key in found.selected else _exact(found, max(short, Fraction()))
    if found.asked.rule == "red-spot":
        told["struck"] = key in found.struck
        told["rounds"] = [str(votes) for votes in found.rounds[key]]
    return told


def _explained(found: Tally, reasons: Why) -> dict[str, Any]:
    return {
        "near": [
            {
                "project_id": one.project,
                "price": None if one.price is None else _number(found, one.price),
                "step": _number(found, one.step),
                "votes": None if one.votes is None else list(one.votes),
            }
            for one in reasons.near
        ],
        "voters": [
            {
                "voter_id": one.voter,
                "paid": {key: _exact(found, pence) for key, pence in one.paid.items()},
                "left": _exact(found, one.left),
                "wanted": list(one.wanted),
            }
            for one in reasons.covered
        ],
        "steady": [
            {"project_id": one.project, "still": one.n_still, "changes": one.n_changes}
            for one in reasons.steady
        ],
    }


def told_to_people(found: Tally, reasons: Why | None = None) -> list[str]:
    return [*_outcome(found), *(_reasons(found, reasons) if reasons else ())]


def _outcome(found: Tally) -> Iterator[str]:
    budget, cost = _number(found, found.election.budget), _number(found, found.cost)
    if found.selected:
        yield f"Selected: {len(found.selected)}. They cost {cost:,} of {budget:,}."
    else:
        yield "Nothing is selected."
    for place, key in enumerate(found.selected, start=1):
        n, price = found.election.votes[key], _number(found, found.election.costs[key])
        yield f"{place}. {_named(found, key)}: {price:,}, {_votes(n)}"
    for tie in found.ties:
        between = ", ".join(tie.between)
        if tie.chosen is None:
            yield (
                f"Round {tie.round}: {between} are level at the bottom, so nothing drops. The group "
                "says whether all of them drop (--drop-level), or votes again."
            )
        else:
            rule = found.asked.ties
            yield f"Tie {tie.round}: {between} were equally good; {tie.chosen} came first by {rule}."
    for key in found.struck:
        yield f"Struck out by a red spot: {_named(found, key)}"
    if found.share is not None:
        yield f"Each of {len(found.election.ballots):,} voters held {_about(found, found.share)}."
        yield from _not_selected(found)


def _not_selected(found: Tally) -> Iterator[str]:
    for key, cost in found.election.costs.items():
        if key not in found.selected:
            held = found.held[key]
            short = f"short by {_about(found, cost - held)}" if cost > held else "paid for in full"
            yield (
                f"Not selected: {_named(found, key)}. Its {_votes(found.election.votes[key])} still "
                f"hold {_about(found, held)} towards {_number(found, cost):,}: {short}."
            )


def _reasons(found: Tally, reasons: Why) -> Iterator[str]:
    for near in reasons.near:
        ways = []
        if near.votes is not None:
            ways.append(f"had {', '.join(near.votes)} backed it too")
        if near.price is not None:
            ways.append(f"at this price: {_number(found, near.price):,}")
        told = ", or ".join(ways) or "by no vote more and at no lower price that was tried"
        yield f"{_named(found, near.project)} would have been selected {told}."
    for one in reasons.covered:
        paid = ", ".join(f"{key} {_about(found, pence)}" for key, pence in one.paid.items())
        wanted = ", ".join(one.wanted) or "nothing"
        yield f"{one.voter}: of what it backed, {wanted} is selected. It paid: {paid or 'nothing'}."
    for steady in reasons.steady:
        yield (
            f"{_named(found, steady.project)} stays selected after {steady.n_still:,} of "
            f"{steady.n_changes:,} changes of one mark on one ballot."
        )


def _named(found: Tally, key: str) -> str:
    name = next(one.name for one in found.election.projects if one.key == key)
    return f"{key} ({name})" if name and name != key else key


def _votes(n: int) -> str:
    return "1 vote" if n == 1 else f"{n:,} votes"


def _number(found: Tally, smallest: int) -> int | float:
    """For showing only: what decides is counted in whole numbers."""
    unit = found.election.unit
    return smallest // unit if smallest % unit == 0 else smallest / unit


def _exact(found: Tally, smallest: Fraction) -> str:
    return str(smallest / found.election.unit)


def _about(found: Tally, smallest: Fraction) -> str:
    return f"{float(smallest / found.election.unit):,.2f}"
