"""What a shortlisting says of itself, in sentences."""

from collections.abc import Iterable, Sequence

from hedgerow.core import clock
from hedgerow.focus.models import Round, RoundKind, Settled
from hedgerow.look.words import count, day, first_up, listed, number, out_of, weekday
from hedgerow.people.readers import seat_words

from .shortlisting_lines import State
from .shortlisting_rows import Rows

MOST_NAMED = 3  # in a sentence; the list of members below it names everybody


def state_of(rows: Rows) -> State:
    shortlisting, state = rows.shortlisting, rows.state
    if shortlisting.ended_at:
        return "given_up" if shortlisting.given_up_because else "written"
    if rows.open:
        return "voting"
    if state.stage == "tied":
        return "level"
    return "enough" if state.stage == "done" else "pause"


def next_of(rows: Rows) -> str:
    match state_of(rows):
        case "written":
            return f"The shortlist was written down on {day(rows.shortlisting.ended_at)}."
        case "given_up":
            return _given_up(rows)
        case "voting":
            return _voting(rows)
        case "level":
            return _level(rows)
    if asked := [*rows.asked.values()]:
        waits = listed(quoted(rows.titles[str(one.candidate_id)] for one in asked))
        what = "whether it comes back" if len(asked) == 1 else "whether they come back"
        return f"{waits}: say {what}. The next round can open once all have answered."
    return _pause(rows)


def came_of(rows: Rows, round: Round) -> str:
    """Of a closed round."""
    if round.kind == RoundKind.SPOTS:
        return _spots(rows, round)
    closed = _result(rows, round)
    lowest = [rows.titles[key] for key in closed.lowest]
    n = closed.totals[closed.lowest[0]]
    if len(lowest) == 1:
        had = f"the fewest votes, {count(n, 'vote')}," if n else "no votes at all"
        return f"“{lowest[0]}” had {had} and dropped."
    votes = f"{count(n, 'vote')} each" if n else "no votes at all"
    return f"{listed(quoted(lowest))} were level at the bottom, with {votes}."


def settled_in(rows: Rows, round: Round) -> str:
    if not round.settled:
        return ""
    said = "let all of them go" if round.settled == Settled.DROP_ALL else "vote again"
    assert round.settled_by and round.settled_at
    by = seat_words(round.settled_by)
    return f"We said: {said}. Written down by {by}, on {day(round.settled_at)}."


def stands_open(round: Round, voted: int, absent: Sequence[str]) -> str:
    """Until when a round is open, and whom it waits for."""
    is_spots = round.kind == RoundKind.SPOTS
    who = _who_has_spoken("spoken" if is_spots else "voted", voted, absent)
    if round.due_on and round.due_on < clock.today():
        on = weekday(round.due_on)
        if is_spots:
            was = f"The last day for the red spots was {on}. They stay open until somebody closes them."
        else:
            was = f"The last day of {str(round).lower()} was {on}. It stays open until somebody closes it."
        return f"{was} {who}"
    what = "The red spots are open" if is_spots else f"{round} is open"
    if round.due_on is None:
        return f"{what} in a meeting. {who}"
    return f"{what} until the end of {weekday(round.due_on)}. {who}"


def _who_has_spoken(spoken: str, n: int, absent: Sequence[str]) -> str:
    """ "Two of three have voted; we wait for Ground Floor." """
    if not absent:
        return f"All have {spoken}, so the round can be closed."
    if n:
        have = "has" if n == 1 else "have"
        said = first_up(out_of(n, n + len(absent)))
        whom = listed(absent) if len(absent) <= MOST_NAMED else f"{number(len(absent))} more"
        return f"{said} {have} {spoken}; we wait for {whom}."
    if len(absent) > MOST_NAMED:
        return f"None of {number(len(absent))} have {spoken} yet."
    return f"{listed(absent)} {'has' if len(absent) == 1 else 'have'} not {spoken} yet."


def quoted(titles: Iterable[str]) -> list[str]:
    return [f"“{title}”" for title in titles]


def votes_said(votes: Sequence[tuple[str, int]]) -> str:
    """ "Six for “A van” and four for “One rota”."; the most first."""
    if len(votes) == 1:
        return f"All ten for “{votes[0][0]}”."
    most_first = sorted(votes, key=lambda pair: -pair[1])
    return f"{first_up(listed(f'{number(n)} for “{title}”' for title, n in most_first))}."


def result_of(rows: Rows, round: Round):
    """The closed round of votes, as analysis.red_spot counted it."""
    return _result(rows, round)


def _result(rows: Rows, round: Round):
    votes = [one.pk for one in rows.closed if one.kind == RoundKind.VOTES]
    return rows.state.rounds[votes.index(round.pk)]


def _spots(rows: Rows, round: Round) -> str:
    struck = {
        spot.candidate_id
        for spot in rows.words_in(round)
        if spot.candidate_id and spot.organisation_id in round.members
    }
    titles = [one.title for one in rows.candidates if one.pk in struck]
    if not titles:
        return "Nobody used a red spot, so every idea stands."
    were = "was" if len(titles) == 1 else "were"
    return f"{listed(quoted(titles))} {were} struck out."


def _given_up(rows: Rows) -> str:
    on = day(rows.shortlisting.ended_at)
    left = [round for round in rows.rounds if round.is_open]
    open_then = f", while {_while_open(left[0])}: nothing in it was counted" if left else ""
    return f"It was given up on {on}{open_then}."


def _while_open(round: Round) -> str:
    if round.kind == RoundKind.SPOTS:
        return "the round of red spots was open"
    return f"{str(round).lower()} was open"


def _voting(rows: Rows) -> str:
    round = rows.open
    assert round
    if round.kind == RoundKind.SPOTS:
        return (
            "Each member says whether it uses its red spot, and on what. Then a Core Group member "
            "or the facilitator closes the round."
        )
    return (
        "Each member spends its ten votes on one to three ideas. Then a Core Group member or the "
        "facilitator closes the round, and the lowest drops."
    )


def _level(rows: Rows) -> str:
    level = rows.state.rounds[-1].lowest
    titles = listed(quoted(rows.titles[key] for key in level))
    if len(level) == len(rows.state.standing):
        return f"{titles} are all level, so nothing dropped. Talk about them, then vote again."
    return (
        f"{titles} are level at the bottom, so nothing dropped. Talk about them; then say whether "
        "all of them go, or whether you vote again."
    )


def _pause(rows: Rows) -> str:
    standing = rows.state.standing
    if not standing:
        return (
            "No idea stands any more. Ask for one to come back, or give this up and look at the "
            "long list again."
        )
    if len(standing) == 1:
        return (
            f"“{rows.titles[standing[0]]}” alone still stands. If everybody is comfortable with "
            "it, write the shortlist down; if not, ask for another to come back."
        )
    stand = first_up(count(len(standing), "idea"))
    if rows.state.stage == "done":
        return (
            f"{stand} stand. If everybody is comfortable with them, write the shortlist down; if "
            "not, talk about it, and vote once more."
        )
    which = "next" if rows.state.rounds else "first"
    return f"{stand} stand. Talk about what came of it, then open the {which} round of votes."
