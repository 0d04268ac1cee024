"""The ballots of a closed sharing out in pabulib's format, which `hedgerow focus tally` reads.

Members are numbered as in the table on the page and not named, so that the file can be handed on.
"""

import csv
import io
from collections.abc import Collection, Iterator, Sequence

from .described import Sharing


def ballots_written(sharing: Sharing, selected: Collection[str], description: str) -> str:
    """`selected`: keys of what was chosen. What pabulib does not know stands under keys of our
    own: utility, completion, ties."""
    text = io.StringIO(newline="")
    csv.writer(text, delimiter=";", lineterminator="\n").writerows(
        _rows(sharing, selected, description)
    )
    return text.getvalue()


def _rows(sharing: Sharing, selected: Collection[str], description: str) -> Iterator[Sequence[str]]:
    has_points = sharing.utility == "score"
    yield ("META",)
    yield "key", "value"
    yield "description", description
    yield "country", "United Kingdom"
    yield "currency", "GBP"
    yield "num_projects", str(len(sharing.things))
    yield "num_votes", str(len(sharing.holders))
    yield "budget", _pounds(sharing.budget)
    yield "vote_type", "scoring" if has_points else "approval"
    if has_points:
        yield "min_points", "0"
        yield "max_points", "5"
    yield "rule", "equalshares"
    yield "utility", sharing.utility
    yield "completion", sharing.completion
    yield "ties", sharing.ties
    yield ("PROJECTS",)
    yield "project_id", "cost", "votes", "name", "selected"
    places = {one.key: str(place) for place, one in enumerate(sharing.things, start=1)}
    votes = sharing.election().votes
    for one in sharing.things:
        yield (
            places[one.key],
            _pounds(one.cost),
            str(votes[one.key]),
            one.title,
            "1" if one.key in selected else "0",
        )
    yield ("VOTES",)
    yield ("voter_id", "vote", "points") if has_points else ("voter_id", "vote")
    for number, holder in enumerate(sharing.holders, start=1):
        marks = dict(holder.points)
        marked = [one.key for one in sharing.things if one.key in marks]
        cells = [str(number), ",".join(places[key] for key in marked)]
        yield [*cells, ",".join(str(marks[key]) for key in marked)] if has_points else cells


def _pounds(pence: int) -> str:
    return f"{pence // 100}.{pence % 100:02}"
