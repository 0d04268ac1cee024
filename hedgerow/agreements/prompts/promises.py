"""Promises that are due, and those whose holder's seat has ended."""

from collections.abc import Iterator
from datetime import date, timedelta

from django.urls import reverse

from hedgerow.agreements.queries.places import with_facilitator
from hedgerow.agreements.queries.promises import PromiseLine, open_promises_for
from hedgerow.agreements.rules import LEADS
from hedgerow.core.rooms import Prompt
from hedgerow.look.words import day, listed
from hedgerow.people.models import FOR_AN_ORGANISATION, Cluster, Role
from hedgerow.people.readers import Reader

ASK_BEFORE = timedelta(days=14)
KEEPS = "agreements.promise"  # purpose of a signed link; kept in links that are out


def of_promises(reader: Reader, today: date) -> Iterator[Prompt]:
    """Two queries; another where the seat of somebody who holds one has ended."""
    mine = {seat.key for seat in reader.seats if seat.role in FOR_AN_ORGANISATION}
    leads = {seat.cluster for seat in reader.seats if seat.roles & LEADS}
    if not mine and not leads:
        return
    found = [(line, cluster) for line, cluster in open_promises_for(reader) if not cluster.ended_at]
    for line, cluster in found:
        if line.due_on <= today + ASK_BEFORE and mine & {holder.seat for holder in line.holders}:
            yield _due(line, cluster)
    gone = [(line, cluster) for line, cluster in found if line.gone and cluster.pk in leads]
    for line, cluster in _to_take_over(reader, gone):
        yield _take_over(line, cluster)


def due_key(promise: int, due_on: date) -> str:
    """Of the prompt about a promise by its day. A room that asks for what was promised, on a page of
    its own, takes the same key, so that it is asked once."""
    return f"agreements.promise:{promise}:{due_on}"


def _due(line: PromiseLine, cluster: Cluster) -> Prompt:
    return Prompt(
        key=due_key(line.key, line.due_on),
        sentence=f"“{line.words}”: is it done?",
        why=_why(line),
        minutes=1,
        url=reverse("agreements:promise", args=[line.key]),
        button="Say that it is done, or move it",
        place=cluster.name,
        due_on=line.due_on,
        act=KEEPS,
        act_on=line.key,
        act_version=line.version,
    )


def _why(line: PromiseLine) -> str:
    held = f"Promised by {listed(holder.words for holder in line.holders)}."
    moved = f" It was first for {day(line.first_due_on)}." if line.is_moved else ""
    return f"{held}{moved}" + (f" It came from {line.came_from}." if line.came_from else "")


def _to_take_over(
    reader: Reader, gone: list[tuple[PromiseLine, Cluster]]
) -> Iterator[tuple[PromiseLine, Cluster]]:
    """Asked of the facilitator and of the organisations that hold it; of every Core Group member
    where the cluster has no facilitator."""
    led = with_facilitator(reader) if gone else frozenset()
    for line, cluster in gone:
        held_by = {holder.organisation_key for holder in line.holders}
        for seat in reader.in_cluster(cluster.pk):
            is_asked = Role.CORE in seat.roles and (
                seat.organisation in held_by or cluster.pk not in led
            )
            if is_asked or seat.role is Role.FACILITATOR:
                yield line, cluster
                break


def _take_over(line: PromiseLine, cluster: Cluster) -> Prompt:
    who = listed(holder.words for holder in line.gone)
    return Prompt(
        key=f"agreements.take_over:{line.key}",
        sentence=f"“{line.words}”: say who takes it over",
        why=f"{who} held it, and {'that seat has' if len(line.gone) == 1 else 'both seats have'} "
        "ended.",
        minutes=2,
        url=reverse("agreements:take_over", args=[line.key]),
        button="Choose who takes it over",
        place=cluster.name,
        due_on=line.due_on,
    )
