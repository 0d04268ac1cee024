"""What stands beside the form by which a focus is put to the vote."""

from dataclasses import dataclass

from django.db.models import QuerySet

from hedgerow.agreements.models import Decision
from hedgerow.focus.models import Idea
from hedgerow.people.models import Cluster
from hedgerow.people.readers import Reader

from .finding_facts import Facts, facts_in
from .studies import StudyLine, studies_of


@dataclass(frozen=True, kw_only=True)
class GainLine:
    organisation: str
    gains: bool | None  # None: it has not said yet
    words: str


@dataclass(frozen=True, kw_only=True)
class Beside:
    """One shortlisted idea: who gains, and what its pair found."""

    idea: Idea
    gains: tuple[GainLine, ...]
    study: StudyLine | None

    @property
    def ident(self) -> str:
        """Of its place on the page."""
        return f"idea-{self.idea.pk}"

    @property
    def is_for_all(self) -> bool:
        return all(line.gains for line in self.gains)


@dataclass(frozen=True, kw_only=True)
class Proposing:
    choices: QuerySet[Idea]  # live ideas
    in_order: tuple[int, ...]  # their keys: the shortlist first
    shortlisted: tuple[int, ...]
    beside: tuple[Beside, ...]
    others: tuple[Idea, ...]  # live, and not on the shortlist
    under_way: Decision | None  # a focus that is put to the vote already
    holds: Decision | None  # by which another focus holds now


def proposing(reader: Reader, cluster: Cluster) -> Proposing:
    """Thirteen queries at most."""
    facts = facts_in([cluster.pk])[cluster.pk]
    choices = Idea.objects.filter(cluster=cluster, ended_at=None).order_by("number")
    listed = [idea for idea in facts.ideas if idea.is_live]
    keys = [idea.pk for idea in listed]
    others = [idea for idea in choices if idea.pk not in keys]
    studies = studies_of(reader, keys) if keys else {}
    return Proposing(
        choices=choices,
        in_order=(*keys, *(idea.pk for idea in others)),
        shortlisted=tuple(keys),
        beside=tuple(
            Beside(
                idea=idea,
                gains=tuple(_gains(facts, idea)),
                study=next((line for line in studies.get(idea.pk, ()) if line.stands), None),
            )
            for idea in listed
        ),
        others=tuple(others),
        under_way=facts.focus.open_decision,
        holds=facts.focus.verdict,
    )


def _gains(facts: Facts, idea: Idea) -> list[GainLine]:
    found = []
    for key, name in facts.members.items():
        gain = facts.gains.get((idea.pk, key))
        found.append(
            GainLine(
                organisation=name,
                gains=gain.would_gain if gain else None,
                words=gain.words if gain else "",
            )
        )
    return found
