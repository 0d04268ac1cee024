"""A shortlisting as far on as a test wants it, brought there by the actions."""

from django.urls import reverse

from hedgerow.agreements.models import Channel
from hedgerow.focus.actions import reopenings, shortlisting, shortlists, voting
from tests.factories import actor

from .found import in_days
from .scenes_ideas import long_list


def url(name, thing):
    return reverse(f"focus:{name}", args=[getattr(thing, "pk", thing)])


def voters(s):
    return s.own.core, s.own.second, s.own.third


def begun(s, n=5, *, is_secret=True, is_live=False):
    return shortlisting.begin_shortlisting(
        by=actor(s.own.facilitator),
        cluster=s.cluster,
        ideas=long_list(s.own, n),
        is_secret=is_secret,
        due_on=None if is_live else in_days(7),
    )


def open_round(row):
    return row.rounds.get(closed_at=None)


def candidate(row, position):
    return row.candidates.get(position=position)


def spots(row, s, struck=()):
    """All say; `struck`: pairs of a place among the voters and the position of an idea."""
    where = dict(struck)
    for place, seat in enumerate(voters(s)):
        position = where.get(place)
        voting.use_red_spot(
            by=actor(seat),
            round=open_round(row),
            candidate=candidate(row, position) if position else None,
            reason="It would give us away." if position else "",
        )
    return close(row, s)


def close(row, s, *, knows_absent=False):
    round = open_round(row)
    return shortlisting.close_vote_round(
        by=actor(s.own.facilitator), round=round, knows_absent=knows_absent, version=round.version
    )


def next_round(row, s, *, is_live=False):
    row.refresh_from_db()
    return shortlisting.open_vote_round(
        by=actor(s.own.facilitator),
        shortlisting=row,
        due_on=None if is_live else in_days(7),
        version=row.version,
    )


def cast(row, seat, votes):
    """votes: position of an idea -> votes."""
    told = {candidate(row, position).pk: n for position, n in votes.items()}
    return voting.cast_ballot(by=actor(seat), round=open_round(row), votes=told)


def record(row, s, seat, votes):
    """What the member of this seat told the facilitator by telephone."""
    told = {candidate(row, position).pk: n for position, n in votes.items()}
    [ballot] = voting.record_ballots(
        by=actor(s.own.facilitator),
        round=open_round(row),
        ballots={seat.organisation: told},
        channel=Channel.PHONE,
    )
    return ballot


def voted(row, s, *ballots):
    """A round of votes, opened, voted in by all three and closed."""
    next_round(row, s)
    for seat, votes in zip(voters(s), ballots, strict=True):
        cast(row, seat, votes)
    return close(row, s)


def at_votes(s, *, struck=(), n=5, **how):
    """A round of votes is open."""
    row = begun(s, n, **how)
    spots(row, s, struck)
    next_round(row, s)
    return row


def level(s):
    """Two of five are level at the bottom, with none."""
    row = begun(s)
    spots(row, s)
    voted(row, s, {1: 10}, {2: 10}, {3: 10})
    return row


def asked(s, row, position, seat=None):
    return reopenings.ask_to_reopen(
        by=actor(seat or s.own.core),
        candidate=candidate(row, position),
        reason="The rent has come down.",
    )


def agree(reopening, seat):
    return reopenings.answer_reopening(by=actor(seat), reopening=reopening, agrees=True)


def written(s, row=None, n=2):
    return shortlists.write_shortlist(
        by=actor(s.own.facilitator),
        cluster=s.cluster,
        ideas=long_list(s.own, n),
        words="Payroll presses for all. Charity 2 would rather train.",
        shortlisting=row,
    )
