from collections.abc import Iterator, Sequence

from hedgerow.agreements.queries.places import sees
from hedgerow.core import clock
from hedgerow.core.rooms import DatedLine, Panel, Section
from hedgerow.diagnostics import rules
from hedgerow.diagnostics.models import Round
from hedgerow.diagnostics.queries.in_common import in_common
from hedgerow.diagnostics.queries.pictures import sees_whole
from hedgerow.diagnostics.queries.round_status import RoundStatus
from hedgerow.diagnostics.queries.rounds import rounds_seen, status_of
from hedgerow.diagnostics.questions.packs import instrument_of
from hedgerow.look.words import count, day, listed
from hedgerow.people.models import Cluster
from hedgerow.people.readers import Reader


def panels(reader: Reader, cluster: Cluster) -> Iterator[Panel]:
    """The last round; before the first, only for those who could ask it."""
    if not sees(reader, rules.SEE_QUESTIONS, cluster):
        return
    rounds = _of(reader, cluster)
    leads = any(seat.roles & rules.OPEN_ROUND.seats for seat in reader.in_cluster(cluster.pk))
    may_open = leads and not cluster.ended_at
    if not rounds and not may_open:
        return
    last = rounds[-1] if rounds else None
    stands = status_of([last])[last.pk] if last else None
    yield Panel(
        heading="What we ask ourselves",
        template="diagnostics/_round_panel.html",
        context={
            "cluster": cluster,
            "round": last,
            "stands": stands,
            "own": list(_own(reader, cluster, stands)) if last and last.is_open else [],
            "may_open": may_open,
            "in_common": _in_common(reader, last),
        },
        order=30,
    )


def dates(reader: Reader, cluster: Cluster) -> Iterator[DatedLine]:
    """The day by which all answer. One query for all the reader's clusters."""
    for round in _of(reader, cluster):
        if round.is_open and not cluster.ended_at:
            yield DatedLine(
                on=round.due_on,
                sentence=f"{round} of the questions: every member has answered",
                url=round.get_absolute_url(),
            )


def sections(reader: Reader, cluster: Cluster) -> Iterator[Section]:
    """What closed rounds asked, who answered, and what came of it."""
    if not sees(reader, rules.SEE_QUESTIONS, cluster):
        return
    closed = [round for round in _of(reader, cluster) if not round.is_open]
    stands = status_of(closed)
    for round in closed:
        yield Section(
            heading=f"{round} of our questions",
            sentences=(*_told(round, stands[round.pk]), *_in_common(reader, round)),
            source="What the members of this cluster answered, as far as they show it to all.",
            as_at=clock.day_of(round.closed_at),
            order=50,
        )


def _in_common(reader: Reader, round: Round | None) -> tuple[str, ...]:
    """For those who see the answers of other members, once the round is closed."""
    if round is None or round.is_open or not sees_whole(reader, round.cluster_id):
        return ()
    return in_common([round])[round.pk]


def _of(reader: Reader, cluster: Cluster) -> list[Round]:
    return [round for round in rounds_seen(reader) if round.cluster_id == cluster.pk]


def _own(reader: Reader, cluster: Cluster, stands: RoundStatus | None) -> Iterator[str]:
    """How far the reader's own organisations have come, where something is still to do."""
    seats = [seat for seat in reader.in_cluster(cluster.pk) if seat.organisation]
    for key in dict.fromkeys(seat.organisation for seat in seats):
        member = stands.of(key) if stands else None
        if member and not member.is_done:
            yield f"{member.name}: {member.words.lower()}."


def _told(round: Round, stands: RoundStatus) -> Iterator[str]:
    asked = [f"“{instrument_of(asking.text).name}”" for asking in stands.askings]
    sets = count(len(asked), "set")
    yield f"On {day(round.opened_at)} every member was asked {sets} of questions: {listed(asked)}."
    yield f"{stands.answered_words}."
    yield from _why_nots(stands)
    if round.talked_on:
        yield f"The picture was talked through on {day(round.talked_on)}."


def _why_nots(stands: RoundStatus) -> Sequence[str]:
    return [
        f"{member.name} did not answer everything, and said why: {member.why_not.words}"
        for member in stands.members
        if member.why_not and not member.has_answered
    ]
