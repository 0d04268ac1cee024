"""What the programme's history says of its answers."""

from collections.abc import Mapping

from hedgerow.core.rooms import Sentence, Told
from hedgerow.look.words import count


def _agreed(told: Told) -> str:
    n = told.detail["n_conditions"]
    under = f", under {count(n, 'condition')}" if n else ""
    return f"{told.by} agreed to the plan of {_cluster(told)}{under}, and made the award."


def _sent_back(told: Told) -> str:
    n = count(told.detail["n_missing"], "thing")
    return f"{told.by} sent the plan of {_cluster(told)} back, with {n} to add."


def _redirected(told: Told) -> str:
    return f"{told.by} pointed {_cluster(told)} to other support."


def _accepted(told: Told) -> str:
    return f"{told.by} accepted the return of {_cluster(told)}."


def _return_sent_back(told: Told) -> str:
    n = count(told.detail["n_missing"], "thing")
    return f"{told.by} sent the return of {_cluster(told)} back, with {n} to add."


def _cluster(told: Told) -> str:
    return told.named("people.cluster", told.detail["about"])


SENTENCES: Mapping[str, Sentence] = {
    "grants.plan_agreed": _agreed,
    "grants.plan_sent_back": _sent_back,
    "grants.plan_redirected": _redirected,
    "grants.return_accepted": _accepted,
    "grants.return_sent_back": _return_sent_back,
}
