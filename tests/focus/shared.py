"""Budgets shared out, written in a line, and small ones for the laws."""

from hypothesis import strategies as st

from hedgerow.analysis.ballots import TIES
from hedgerow.analysis.equal_shares import COMPLETIONS
from hedgerow.focus.shares.described import Holder, Sharing, Thing

A_POUND = 100  # pence


def sharing(budget, costs, *marks, utility="count", completion="none", ties="file"):
    """sharing(400, {"van": 300}, "van", "van:5 rota", None): pounds, and what each member marks;
    "": it wants none of them; None: it has said nothing."""
    return Sharing(
        budget=budget * A_POUND,
        things=tuple(
            Thing(key=key, title=key.capitalize(), cost=cost * A_POUND)
            for key, cost in costs.items()
        ),
        holders=tuple(
            Holder(
                key=str(number),
                name=f"Member {number}",
                points=_points(marked or ""),
                has_marked=marked is not None,
            )
            for number, marked in enumerate(marks, start=1)
        ),
        utility=utility,
        completion=completion,
        ties=ties,
    )


def _points(marked):
    words = [word.partition(":") for word in marked.split()]
    return tuple(sorted((key, int(n or 1)) for key, _, n in words))


@st.composite
def sharings(draw, completions=COMPLETIONS):
    """Costs of a few pounds and odd pence, so that every change can be tried."""
    utility = draw(st.sampled_from(("count", "score", "cost")))
    keys = "abcd"[: draw(st.integers(1, 4))]
    points = st.integers(1, 5 if utility == "score" else 1)
    marks = st.dictionaries(st.sampled_from(keys), points, max_size=len(keys))
    cast = draw(st.lists(marks, min_size=1, max_size=4))
    return Sharing(
        budget=draw(st.integers(1, 2000)),
        things=tuple(
            Thing(key=key, title=key.upper(), cost=draw(st.integers(1, 1200))) for key in keys
        ),
        holders=tuple(
            Holder(
                key=str(number),
                name=f"Member {number}",
                points=tuple(sorted(given.items())),
                has_marked=bool(given),
            )
            for number, given in enumerate(cast)
        ),
        utility=utility,
        completion=draw(st.sampled_from(completions)),
        ties=draw(st.sampled_from(TIES)),
    )
