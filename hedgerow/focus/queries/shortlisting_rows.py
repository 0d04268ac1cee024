"""Everything that the page of one shortlisting is made from, at a fixed number of queries."""

from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass

from hedgerow.agreements.models import Word
from hedgerow.agreements.queries.decisions_gathered import voiced_in
from hedgerow.analysis.red_spot import Shortlist
from hedgerow.core.readings import beside
from hedgerow.focus.models import (
    Answer,
    Ballot,
    Candidate,
    RedSpot,
    Reopening,
    Round,
    RoundKind,
    Shortlisting,
)
from hedgerow.people.models import Organisation, Seat
from hedgerow.people.reach import MEMBERS, VOICE
from hedgerow.people.readers import LiveSeat, Reader, seats_named

from .shortlisting import Parts, worked_out


@dataclass(frozen=True, kw_only=True)
class Rows:
    shortlisting: Shortlisting
    candidates: list[Candidate]  # in their order
    rounds: list[Round]  # in their order
    spots: list[RedSpot]  # that stand, by the name of the organisation; so the next two
    ballots: list[Ballot]
    answers: list[Answer]
    reopenings: list[Reopening]  # the newest first
    members: Mapping[int, str]  # names of those who have a vote today, by name
    names: Mapping[int, str]  # of every organisation that had one when a round closed, too
    state: Shortlist

    @property
    def closed(self) -> list[Round]:
        return [round for round in self.rounds if not round.is_open]

    @property
    def open(self) -> Round | None:
        """None once the shortlisting is over, also if it was given up in the middle of a round."""
        rounds = [round for round in self.rounds if round.is_open]
        return rounds[0] if rounds and self.shortlisting.is_open else None

    @property
    def asked(self) -> dict[int, Reopening]:
        """Open requests, by the key of the candidate."""
        return {one.candidate_id: one for one in self.reopenings if one.is_open}

    @property
    def titles(self) -> dict[str, str]:
        """By the key of the candidate, as text."""
        return {str(one.pk): one.title for one in self.candidates}

    def words_in(self, round: Round) -> list[RedSpot] | list[Ballot]:
        rows = self.spots if round.kind == RoundKind.SPOTS else self.ballots
        return [row for row in rows if row.round_id == round.pk]


def rows_of(shortlisting: Shortlisting) -> Rows:
    """Ten queries at most."""
    rounds = list(shortlisting.rounds.order_by("number"))
    candidates = list(shortlisting.candidates.order_by("position"))
    reopenings = list(
        Reopening.objects.filter(candidate__shortlisting=shortlisting).order_by("-pk")
    )
    spots = _standing(RedSpot, round__in=[one.pk for one in rounds])
    ballots = _standing(Ballot, round__in=[one.pk for one in rounds])
    answers = _standing(Answer, reopening__in=[one.pk for one in reopenings])
    members = voiced_in([shortlisting.cluster])[shortlisting.cluster_id]
    _name_seats(
        (shortlisting, ("begun_by", "ended_by")),
        *((one, ("closed_by", "settled_by")) for one in rounds),
        *((one, ("asked_by",)) for one in reopenings),
        *((one, ("by", "recorded_by", "confirmed_by")) for one in (*spots, *ballots, *answers)),
    )
    parts = Parts(
        candidates=[one.pk for one in candidates],
        rounds=[one for one in rounds if not one.is_open],
        spots=spots,
        ballots=ballots,
        granted=sorted(
            (one for one in reopenings if one.granted_at), key=lambda one: (one.granted_at, one.pk)
        ),
    )
    return Rows(
        shortlisting=shortlisting,
        candidates=candidates,
        rounds=rounds,
        spots=spots,
        ballots=ballots,
        answers=answers,
        reopenings=reopenings,
        members=members,
        names={**_names({key for one in rounds for key in one.members}, members), **members},
        state=worked_out(parts),
    )


@dataclass(frozen=True, kw_only=True)
class Own:
    """An organisation that the reader belongs to in a cluster."""

    key: int
    may_speak: bool  # the reader votes for it today


def own_in(reader: Reader, cluster: int, members: Collection[int]) -> list[Own]:
    """Those that have a vote there today. No query."""
    found: dict[int, bool] = {}
    for seat in reader.in_cluster(cluster):
        if seat.organisation in members and seat.roles & MEMBERS:
            found[seat.organisation] = found.get(seat.organisation, False) or _speaks(seat)
    return [Own(key=key, may_speak=may_speak) for key, may_speak in found.items()]


def _speaks(seat: LiveSeat) -> bool:
    return bool(seat.roles & VOICE)


def _standing(model: type[Word], **where: object) -> list:
    words = model._default_manager.filter(ended_at=None, **where)
    return list(beside(words.order_by("organisation__name", "pk"), "organisation__name"))


def _name_seats(*rows: tuple[object, tuple[str, ...]]) -> None:
    """Put the seats that these fields name into the rows. One query for all."""
    keys = {getattr(row, f"{name}_id") for row, names in rows for name in names} - {None}
    seats: Mapping[int, Seat | None] = seats_named(keys)
    for row, names in rows:
        for name in names:
            setattr(row, name, seats.get(getattr(row, f"{name}_id")))


def _names(keys: Iterable[int], known: Collection[int]) -> dict[int, str]:
    gone = set(keys).difference(known)
    rows = Organisation.objects.filter(pk__in=gone).order_by("name")
    return dict(rows.values_list("pk", "name"))
