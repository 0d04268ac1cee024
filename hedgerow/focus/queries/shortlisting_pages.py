"""A shortlisting as its pages show it to one reader: how it stands, who has voted, what is next."""

from collections.abc import Iterator

from django.urls import reverse

from hedgerow.core import clock
from hedgerow.focus.models import Reopening, Round, RoundKind, Shortlisting
from hedgerow.look.words import day, first_up, listed, out_of
from hedgerow.people.models import Cluster
from hedgerow.people.readers import Reader, seat_words

from .reopenings import reopening_line
from .shortlisting import stands_of
from .shortlisting_lines import (
    CandidateLine,
    OpenRound,
    RoundLine,
    ShortlistingLine,
    ShortlistingPage,
    VotedLine,
)
from .shortlisting_rows import Rows, own_in, rows_of
from .shortlisting_said import (
    came_of,
    next_of,
    result_of,
    settled_in,
    stands_open,
    state_of,
)
from .shortlisting_words import ballot_lines, own_word, spot_lines, waits, words_to_confirm


def shortlisting_page(reader: Reader, shortlisting: Shortlisting) -> ShortlistingPage:
    """Thirteen queries at most, however many vote and however often."""
    rows = rows_of(shortlisting)
    cluster, state = shortlisting.cluster, state_of(rows)
    own = own_in(reader, cluster.pk, rows.members)
    candidates = tuple(_candidates(rows))
    goes_on = shortlisting.is_open and cluster.ended_at is None
    at_rest = goes_on and state in ("pause", "enough")
    lowest = rows.state.rounds[-1].lowest if state == "level" else ()
    return ShortlistingPage(
        key=shortlisting.pk,
        number=shortlisting.number,
        version=shortlisting.version,
        cluster=cluster.pk,
        is_secret=shortlisting.is_secret,
        begun_by=seat_words(shortlisting.begun_by),
        begun_on=clock.day_of(shortlisting.begun_at),
        meeting=shortlisting.meeting.title if shortlisting.meeting else "",
        meeting_url=shortlisting.meeting.get_absolute_url() if shortlisting.meeting else "",
        state=state,
        next=next_of(rows),
        candidates=candidates,
        rounds=tuple(_round(rows, round) for round in rows.closed),
        open=_open(rows, rows.open) if rows.open else None,
        own=tuple(own_word(rows, rows.open, one) for one in own) if rows.open else (),
        to_confirm=tuple(words_to_confirm(rows, own)),
        reopenings=tuple(reopening_line(rows, one, own) for one in rows.reopenings),
        level=tuple(one for one in candidates if str(one.key) in lowest),
        may_open_round=at_rest and len(rows.state.standing) > 1 and not rows.asked,
        may_drop_all=goes_on and 0 < len(lowest) < len(rows.state.standing),
        may_write=goes_on and state != "voting",
        may_give_up=goes_on,
        ended_by=seat_words(shortlisting.ended_by) if shortlisting.ended_by else "",
        ended_on=clock.day_of(shortlisting.ended_at) if shortlisting.ended_at else None,
        given_up_because=shortlisting.given_up_because,
        shortlist_url=_shortlist_url(shortlisting) if state == "written" else "",
    )


def open_shortlisting(cluster: Cluster) -> Shortlisting | None:
    """The one that goes on, if one does. One query."""
    return cluster.shortlistings.filter(ended_at=None).first()


def shortlistings_of(cluster: Cluster) -> list[ShortlistingLine]:
    """The newest first. Six queries at most."""
    found = list(cluster.shortlistings.order_by("-number"))
    states = stands_of(found)
    return [_line(one, states[one.pk]) for one in found]


def _line(shortlisting: Shortlisting, state) -> ShortlistingLine:
    label = "Open" if shortlisting.is_open else "Written down"
    if shortlisting.given_up_because:
        label = "Given up"
    n, of = len(state.standing), len(state.options)
    stands = "stands" if n == 1 else "stand"
    ideas = f"{first_up(out_of(n, of))} ideas"
    came = f"{ideas} stood at the end." if shortlisting.ended_at else f"{ideas} {stands}."
    return ShortlistingLine(
        key=shortlisting.pk,
        number=shortlisting.number,
        url=shortlisting.get_absolute_url(),
        begun_on=clock.day_of(shortlisting.begun_at),
        ended_on=clock.day_of(shortlisting.ended_at) if shortlisting.ended_at else None,
        state=label,
        sentence=shortlisting.given_up_because or came,
        n_candidates=of,
    )


def _candidates(rows: Rows) -> Iterator[CandidateLine]:
    state = rows.state
    granted = {one.candidate_id: one for one in reversed(rows.reopenings) if one.granted_at}
    at_rest = state_of(rows) in ("pause", "enough") and rows.shortlisting.cluster.ended_at is None
    for one in rows.candidates:
        key = str(one.pk)
        stands = "struck" if key in state.struck else "dropped"
        stands = "standing" if key in state.standing else stands
        asked = rows.asked.get(one.pk)
        back = granted.get(one.pk)
        yield CandidateLine(
            key=one.pk,
            idea=one.idea_id,
            title=one.title,
            url=reverse("focus:idea", args=[one.idea_id]),
            stands=stands,
            is_back=stands == "standing" and back is not None,
            said=_said(rows, key, back),
            may_be_asked=at_rest and stands != "standing" and asked is None,
            asked=reverse("focus:reopening", args=[asked.pk]) if asked else "",
        )


def _said(rows: Rows, key: str, back: Reopening | None) -> str:
    state = rows.state
    if key in state.struck:
        names = sorted(rows.names[int(one)] for one in state.struck[key])
        return f"Struck out by {listed(names)}."
    if key in state.dropped:
        votes = [one for one in rows.closed if one.kind == RoundKind.VOTES]
        last = [one for one, done in zip(votes, state.rounds, strict=True) if key in done.dropped]
        after = ", after it had come back" if back else ""
        return f"Dropped in round {last[-1].number - 1}{after}."
    return f"Came back on {day(back.granted_at)}: every member agreed." if back else ""


def _round(rows: Rows, round: Round) -> RoundLine:
    is_spots = round.kind == RoundKind.SPOTS
    done = None if is_spots else result_of(rows, round)
    voted = {word.organisation_id for word in rows.words_in(round)}
    return RoundLine(
        key=round.pk,
        number=round.number,
        version=round.version,
        name=str(round),
        url_name=f"round-{round.number}",
        is_spots=is_spots,
        closed_on=clock.day_of(round.closed_at),
        closed_by=seat_words(round.closed_by),
        totals=tuple(done.totals.get(str(one.pk)) if done else None for one in rows.candidates),
        lowest=tuple(rows.titles[key] for key in done.lowest) if done else (),
        dropped=tuple(rows.titles[key] for key in done.dropped) if done else _struck(rows, round),
        absent=tuple(sorted(rows.names[key] for key in round.members if key not in voted)),
        sentence=came_of(rows, round),
        settled=settled_in(rows, round),
        spots=spot_lines(rows, round),
        ballots=ballot_lines(rows, round),
    )


def _struck(rows: Rows, round: Round) -> tuple[str, ...]:
    struck = {spot.candidate_id for spot in rows.spots if spot.organisation_id in round.members}
    return tuple(one.title for one in rows.candidates if one.pk in struck)


def _open(rows: Rows, round: Round) -> OpenRound:
    words = {word.organisation_id: word for word in rows.words_in(round)}
    members = tuple(
        VotedLine(
            organisation=name,
            organisation_key=key,
            has_voted=key in words,
            is_written=key in words and waits(words[key]),
        )
        for key, name in rows.members.items()
    )
    absent = [one.organisation for one in members if not one.has_voted]
    return OpenRound(
        key=round.pk,
        number=round.number,
        version=round.version,
        name=str(round),
        is_spots=round.kind == RoundKind.SPOTS,
        is_live=round.due_on is None,
        due_on=round.due_on,
        is_past=round.due_on is not None and round.due_on < clock.today(),
        members=members,
        spots=spot_lines(rows, round),
        ballots=ballot_lines(rows, round),
        sentence=stands_open(round, len(members) - len(absent), absent),
    )


def _shortlist_url(shortlisting: Shortlisting) -> str:
    return shortlisting.shortlist.get_absolute_url()
