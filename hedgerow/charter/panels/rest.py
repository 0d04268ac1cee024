from collections.abc import Iterator

from hedgerow.agreements.queries.places import sees
from hedgerow.charter import rules
from hedgerow.charter.queries.profile import face_of
from hedgerow.charter.queries.purpose import Purpose, charter_of, gathering_of, purpose_of
from hedgerow.charter.queries.readiness import can_begin, shared_with
from hedgerow.charter.questions import MINUTES
from hedgerow.core import clock
from hedgerow.core.rooms import Panel, Section
from hedgerow.look.words import count, day, listed
from hedgerow.people.models import Cluster, Role
from hedgerow.people.reach import MEMBERS
from hedgerow.people.readers import Reader


def panels(reader: Reader, cluster: Cluster) -> Iterator[Panel]:
    """What it is for, for those round the table; how ready we are, for those who are asked."""
    if not sees(reader, rules.SEE_CHARTER, cluster):
        return
    purpose = purpose_of(charter_of(cluster))
    writes = any(seat.roles & rules.EDIT_CHARTER.seats for seat in reader.in_cluster(cluster.pk))
    may_write = writes and not cluster.ended_at
    if may_write or not purpose.is_empty:
        yield Panel(
            heading="What we are for",
            template="charter/_purpose_panel.html",
            context={"cluster": cluster, "purpose": purpose, "may_write": may_write},
            order=40,
        )
    yield from _readiness(reader, cluster)


def _readiness(reader: Reader, cluster: Cluster) -> Iterator[Panel]:
    """The reader's own, and how many others they may read. Whoever keeps it to itself is in no
    number here."""
    roles = {seat.role for seat in reader.in_cluster(cluster.pk)}
    if not roles & {*MEMBERS, Role.FACILITATOR}:
        return
    lines = shared_with(reader, cluster)
    to_begin = can_begin(reader, cluster, lines)
    shared = [line for line in lines if not line.is_own]
    if lines or to_begin:
        yield Panel(
            heading="How ready we are",
            template="charter/_readiness_panel.html",
            context={
                "cluster": cluster,
                "own": [line for line in lines if line.is_own],
                "n_shared": len(shared),
                "to_begin": to_begin,
                "minutes": MINUTES,
            },
            order=60,
        )


def public(cluster: Cluster) -> Iterator[Panel]:
    """What the cluster itself wrote for everybody. Three queries."""
    face = face_of(cluster)
    if face.about or face.objectives or face.logo:
        yield Panel(
            heading="What they are for",
            template="charter/_public_about.html",
            context={"face": face},
            order=10,
        )
    if face.boilerplate or face.contact:
        yield Panel(
            heading="To copy, and to write to",
            template="charter/_public_copy.html",
            context={"face": face},
            order=20,
        )


def sections(reader: Reader, cluster: Cluster) -> Iterator[Section]:
    """Why they came together. Nothing of readiness: a report travels."""
    if not sees(reader, rules.SEE_CHARTER, cluster):
        return
    charter = charter_of(cluster)
    purpose = purpose_of(charter)
    if purpose.is_empty and not charter.gatherer_id:
        return
    yield Section(
        heading="What we are for",
        sentences=(*_said(purpose), *_gathering(charter)),
        source="What this cluster wrote down for itself.",
        as_at=clock.today(),
        order=10,
    )


def _said(purpose: Purpose) -> Iterator[str]:
    if purpose.driver:
        yield f"What brought us together: {_lower(purpose.driver)}."
    if purpose.driver_words:
        yield purpose.driver_words
    if purpose.objectives:
        yield f"What we want together: {listed(map(_lower, purpose.objectives))}."
    if purpose.needs:
        yield f"What we need to get better at: {listed(map(_lower, purpose.needs))}."
    years = count(purpose.readable_years, "year")
    yield f"After the end of the cluster its seats can read all this for {years} more."


def _gathering(charter) -> Iterator[str]:
    gathering = gathering_of(charter)
    if gathering.agreed_on and not gathering.has_left:
        yield f"{gathering.who}, draws everybody’s answers together."
    if gathering.answers_by:
        yield f"Every member answers by {day(gathering.answers_by)}."


def _lower(label: str) -> str:
    return label[:1].lower() + label[1:]
