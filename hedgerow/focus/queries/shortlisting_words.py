"""What members said in a round, line by line: what is shown to all, and the reader's own."""

from collections.abc import Collection, Iterator

from hedgerow.agreements.queries.decision_voices import how_said
from hedgerow.focus.models import Ballot, RedSpot, Round, RoundKind

from .shortlisting_lines import BallotLine, OwnWord, SpotLine
from .shortlisting_rows import Own, Rows
from .shortlisting_said import votes_said


def spot_lines(rows: Rows, round: Round) -> tuple[SpotLine, ...]:
    """Those that are shown."""
    return tuple(
        SpotLine(
            key=spot.pk,
            organisation=spot.organisation.name,
            organisation_key=spot.organisation_id,
            candidate=spot.candidate_id,
            title=rows.titles.get(str(spot.candidate_id), ""),
            reason=spot.reason,
            how=how_said(spot),
            waits=waits(spot),
            counts=spot.organisation_id in _voting(rows, round),
        )
        for spot in rows.words_in(round)
        if isinstance(spot, RedSpot) and spot.is_shown
    )


def ballot_lines(rows: Rows, round: Round) -> tuple[BallotLine, ...]:
    """Those that are shown."""
    return tuple(
        BallotLine(
            key=ballot.pk,
            organisation=ballot.organisation.name,
            organisation_key=ballot.organisation_id,
            votes=tuple(ballot.votes.get(one.pk, 0) for one in rows.candidates),
            says=_says(rows, ballot),
            how=how_said(ballot),
            waits=waits(ballot),
            counts=ballot.organisation_id in _voting(rows, round),
        )
        for ballot in rows.words_in(round)
        if isinstance(ballot, Ballot) and ballot.is_shown
    )


def own_word(rows: Rows, round: Round, own: Own) -> OwnWord:
    words = [word for word in rows.words_in(round) if word.organisation_id == own.key]
    word = words[0] if words else None
    spot = word if isinstance(word, RedSpot) else None
    return OwnWord(
        key=word.pk if word else None,
        round=round.pk,
        round_name=str(round),
        is_spots=round.kind == RoundKind.SPOTS,
        is_open=round.is_open,
        organisation=rows.members[own.key],
        organisation_key=own.key,
        says=_says(rows, word) if word else "",
        candidate=spot.candidate_id if spot else None,
        reason=spot.reason if spot else "",
        votes=word.votes if isinstance(word, Ballot) else {},
        how=how_said(word) if word else "",
        waits=word is not None and waits(word),
        may_speak=own.may_speak,
    )


def words_to_confirm(rows: Rows, own: list[Own]) -> Iterator[OwnWord]:
    """The newest round first. What was never counted needs nobody's word."""
    rounds = [*rows.closed, *([rows.open] if rows.open else [])]
    for round in reversed(rounds):
        for one in own:
            found = own_word(rows, round, one)
            if found.waits:
                yield found


def _says(rows: Rows, word: RedSpot | Ballot) -> str:
    if isinstance(word, RedSpot):
        title = rows.titles.get(str(word.candidate_id))
        return f"A red spot for “{title}”." if title else "No red spot."
    return votes_said([(rows.titles[str(key)], n) for key, n in word.votes.items()])


def waits(word: RedSpot | Ballot) -> bool:
    return word.recorded_by_id is not None and word.confirmed_at is None


def _voting(rows: Rows, round: Round) -> Collection[int]:
    return rows.members if round.is_open else round.members
