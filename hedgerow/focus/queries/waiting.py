"""What members are asked to say in all the reader's clusters, at a fixed number of queries: who has
spoken, and never what they said."""

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Literal

from django.db.models import QuerySet

from hedgerow.agreements.queries.decisions_gathered import voiced_in
from hedgerow.core.readings import asked_once_by, beside
from hedgerow.focus.models import (
    Answer,
    Ballot,
    RedSpot,
    Reopening,
    Round,
    RoundKind,
    ShareBallot,
    ShareOut,
)
from hedgerow.look.words import first_up, out_of
from hedgerow.people.models import Cluster
from hedgerow.people.readers import Reader

from .under_way import AtWork, going_on

Kind = Literal["spots", "votes", "reopening", "marks"]


@dataclass(frozen=True, kw_only=True)
class Asked:
    """What every member says once for itself, and who has said it."""

    kind: Kind
    thing: Round | Reopening | ShareOut
    cluster: Cluster
    entitled: Mapping[
        int, str
    ]  # names by key: of those who have a voice now, or had when it closed
    words: Mapping[int, bool]  # organisations that spoke -> whether it waits to be confirmed

    @property
    def is_open(self) -> bool:
        return self.thing.is_open

    @property
    def due_on(self) -> date | None:
        return None if isinstance(self.thing, Reopening) else self.thing.due_on

    @property
    def missing(self) -> tuple[str, ...]:
        """Names of those who have not spoken."""
        return tuple(name for key, name in self.entitled.items() if key not in self.words)

    @property
    def spoke(self) -> str:
        """ "Two of three members have spoken"."""
        n = len(self.entitled) - len(self.missing)
        verb = "has" if n == 1 else "have"
        return f"{first_up(out_of(n, len(self.entitled)))} members {verb} spoken"


@asked_once_by
def asked_of(reader: Reader) -> tuple[Asked, ...]:
    """Every round of the shortlistings that go on, open or closed, and what is open besides. Eight
    queries at most, and none where nothing is open."""
    here = [one for one in going_on(reader) if one.shortlisting or one.share_out]
    if not here:
        return ()
    names = voiced_in([one.cluster for one in here])
    shortlistings = {one.shortlisting: one.cluster for one in here if one.shortlisting}
    share_outs = [one.share_out for one in here if one.share_out]
    return (
        *(_in_shortlistings(shortlistings, names) if shortlistings else ()),
        *(_in_share_outs(share_outs, here, names) if share_outs else ()),
    )


def open_for(reader: Reader, cluster: Cluster) -> list[Asked]:
    """What is open in one of them. No query where the page asked for `asked_of`."""
    return [one for one in asked_of(reader) if one.is_open and one.cluster.pk == cluster.pk]


def _in_shortlistings(
    clusters: Mapping[int, Cluster], names: Mapping[int, Mapping[int, str]]
) -> Iterable[Asked]:
    """Their rounds, and what is asked to come back."""
    rounds = list(Round.objects.filter(shortlisting__in=clusters).order_by("number"))
    spots = _spoke(RedSpot.objects.filter(round__in=rounds), "round")
    ballots = _spoke(Ballot.objects.filter(round__in=rounds), "round")
    for round in rounds:
        cluster = clusters[round.shortlisting_id]
        is_spots = round.kind == RoundKind.SPOTS
        here = names[cluster.pk]
        yield Asked(
            kind="spots" if is_spots else "votes",
            thing=round,
            cluster=cluster,
            entitled=here
            if round.is_open
            else {key: here[key] for key in round.members if key in here},
            words=(spots if is_spots else ballots)[round.pk],
        )
    asked = Reopening.objects.filter(
        candidate__shortlisting__in=clusters, granted_at=None, declined_at=None
    )
    reopenings = list(beside(asked, "candidate__title", "candidate__shortlisting").order_by("pk"))
    answers = _spoke(Answer.objects.filter(reopening__in=reopenings), "reopening")
    for reopening in reopenings:
        cluster = clusters[reopening.candidate.shortlisting_id]
        yield Asked(
            kind="reopening",
            thing=reopening,
            cluster=cluster,
            entitled=names[cluster.pk],
            words=answers[reopening.pk],
        )


def _in_share_outs(
    keys: Sequence[int], here: Sequence[AtWork], names: Mapping[int, Mapping[int, str]]
) -> Iterable[Asked]:
    clusters = {one.cluster.pk: one.cluster for one in here}
    marks = _spoke(ShareBallot.objects.filter(share_out__in=keys), "share_out")
    for share_out in ShareOut.objects.filter(pk__in=keys):
        yield Asked(
            kind="marks",
            thing=share_out,
            cluster=clusters[share_out.cluster_id],
            entitled=names[share_out.cluster_id],
            words=marks[share_out.pk],
        )


def _spoke(words: QuerySet, about: str) -> Mapping[int, dict[int, bool]]:
    """By what it is about: which organisations have a word that stands, and whether it waits to
    be confirmed. Nothing of what they say is read."""
    found: dict[int, dict[int, bool]] = defaultdict(dict)
    rows = words.filter(ended_at=None).order_by("pk")
    for key, organisation, recorder, confirmed_at in rows.values_list(
        about, "organisation", "recorded_by", "confirmed_at"
    ):
        found[key][organisation] = recorder is not None and confirmed_at is None
    return found
