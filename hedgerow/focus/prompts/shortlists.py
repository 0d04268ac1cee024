"""What a shortlist asks: what each member would gain, the reports, and what its board says."""

from collections.abc import Iterator, Sequence
from datetime import date

from django.urls import reverse

from hedgerow.agreements.prompts.boards import board_to_ask
from hedgerow.agreements.prompts.promises import due_key
from hedgerow.agreements.queries.boards import own_boards
from hedgerow.core.rooms import Prompt
from hedgerow.focus.models import Study
from hedgerow.focus.queries.finding_facts import Facts, facts_in
from hedgerow.focus.queries.under_way import AtWork
from hedgerow.look.words import count
from hedgerow.people.models import Cluster, Member, Role
from hedgerow.people.readers import LiveSeat, Reader

A_GAIN, A_REPORT = 1, 15  # minutes; a report that takes longer is written in several goes


def of_shortlists(reader: Reader, here: Sequence[AtWork], today: date) -> Iterator[Prompt]:
    """Eleven queries at most where there is a shortlist or a focus, and none where neither is."""
    clusters = {one.cluster.pk: one.cluster for one in here if one.waits}
    if not clusters:
        return
    facts = facts_in(clusters)
    boards, members = own_boards(reader, clusters), _memberships(reader, clusters)
    for key, cluster in clusters.items():
        seats = reader.in_cluster(key)
        yield from _to_write(facts[key], cluster, seats)
        for organisation in _own(seats, facts[key]):
            if not facts[key].focus.verdict:
                yield from _to_gain(facts[key], cluster, organisation)
            yield from board_to_ask(
                boards.get((key, organisation)),
                member=members[key, organisation],
                name=facts[key].members[organisation],
                cluster=cluster,
                to="the focus",
                today=today,
            )


def _own(seats: Sequence[LiveSeat], facts: Facts) -> list[int]:
    own = dict.fromkeys(seat.organisation for seat in seats if Role.CORE in seat.roles)
    return [key for key in own if key is not None and key in facts.members]


def _to_gain(facts: Facts, cluster: Cluster, organisation: int) -> Iterator[Prompt]:
    silent = [idea for idea in facts.ideas if (idea.pk, organisation) not in facts.gains]
    if not silent:
        return
    n = len(silent)
    what = f"“{silent[0]}”" if n == 1 else f"{count(n, 'thing')} on the shortlist"
    yield Prompt(
        key=f"focus.gain:{facts.standing.shortlist.pk}:{organisation}",
        sentence=f"Say what you would gain from {what}",
        why="It is worth doing together if every member gains. That you would not is an answer too.",
        minutes=A_GAIN * n,
        url=reverse("focus:say_gain", args=[silent[0].pk]),
        button="Say what you would gain",
        place=cluster.name,
    )


def _to_write(facts: Facts, cluster: Cluster, seats: Sequence[LiveSeat]) -> Iterator[Prompt]:
    """For the two who promised it, from the day on which they did until they hand it in. It stands
    in place of what the promise itself would ask."""
    mine = {seat.key for seat in seats}
    for idea in facts.ideas:
        study = facts.study_of(idea)
        if study and not study.is_handed_in and mine & {*_holders(study)}:
            yield _report(study, cluster, mine)


def _holders(study: Study) -> list[int]:
    held = study.promise
    return [key for key in (held.first_id, held.second_id) if key]


def _report(study: Study, cluster: Cluster, mine: set[int]) -> Prompt:
    held = study.promise
    others = [seat for seat in (held.first, held.second) if seat and seat.pk not in mine]
    promised = f" that you promised with {others[0].organisation}" if others else ""
    return Prompt(
        key=due_key(held.pk, held.due_on),
        sentence=f"Write the report on “{study.idea}”{promised}",
        why="What the problem is, what could be done and what it would take. Your two organisations "
        "alone read it until you hand it in.",
        minutes=A_REPORT,
        url=reverse("focus:write_study", args=[study.pk]),
        button="Go on with the report" if study.changed_at else "Begin the report",
        place=cluster.name,
        due_on=held.due_on,
    )


def _memberships(reader: Reader, clusters: dict[int, Cluster]) -> dict[tuple[int, int], int]:
    """Their keys, by cluster and organisation. One query."""
    own = {seat.organisation for seat in reader.seats if Role.CORE in seat.roles}
    rows = Member.objects.filter(cluster__in=clusters, organisation__in=own, left_at=None)
    return {
        (cluster, organisation): key
        for cluster, organisation, key in rows.values_list("cluster", "organisation", "pk")
    }
