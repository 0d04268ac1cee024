"""Awards as open data: those that can be published as grants, and the files of them."""

import io
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from hedgerow.grants.giving.awards import Award, grant_of
from hedgerow.grants.giving.rules import faults_of
from hedgerow.grants.giving.shapes import Grant, Organisation
from hedgerow.grants.giving.shapes import Programme as OfProgramme
from hedgerow.grants.giving.writing import as_json, write_csv, write_json
from hedgerow.grants.models import Publisher
from hedgerow.people import models as people
from hedgerow.units import Pence

from .open_facts import Facts, HeldBack, held, sifted_awards
from .open_gathered import changed_in, members_of, spans_of


@dataclass(frozen=True, kw_only=True)
class Open:
    grants: tuple[Grant, ...]
    held_back: tuple[HeldBack, ...]
    publishers: tuple[Publisher, ...]  # of those programmes that have an award in it

    @property
    def package(self) -> dict[str, Any]:
        """What the file says of itself, where one publisher speaks. `modified` is that of the
        newest award, so that the same awards are the same file."""
        if len(self.publishers) != 1:
            return {}
        publisher = self.publishers[0]
        name = publisher.programme.name
        told = {
            "title": f"Awards of {name}",
            "description": f"The awards of {name} to clusters of organisations, from Hedgerow.",
            "identifier": f"{publisher.prefix}-{publisher.programme.slug}",
            "publisher": {"name": publisher.name, "identifier": publisher.org_id},
            "license": publisher.licence,
        }
        modified = max((grant.modified for grant in self.grants), default="")
        return {**told, "modified": modified} if modified else told


def open_awards(
    programmes: Iterable[people.Programme] | None = None, *, with_example: bool = False
) -> Open:
    """Of these programmes, or of all. Eleven queries at most, for any number of awards."""
    found = sifted_awards(programmes, with_example=with_example)
    clusters = [facts.cluster_key for facts in found.fit]
    members, spans = members_of(clusters), spans_of(clusters)
    changed = changed_in([facts.key for facts in found.fit])
    grants, held_back, used = [], list(found.held_back), {}
    for facts in found.fit:
        publisher = found.publishers[facts.programme_key]
        try:
            grant = grant_from(
                facts,
                publisher,
                members=members.get(facts.cluster_key, {}),
                span=spans.get(facts.cluster_key, (None, None)),
                changed_at=changed.get(facts.key, facts.made_at),
            )
        except ValueError as changed_meanwhile:  # somebody left since the facts were asked
            held_back.append(held(facts, str(changed_meanwhile)))
        else:
            grants.append(grant)
            used[publisher.pk] = publisher
    return Open(grants=tuple(grants), held_back=tuple(held_back), publishers=tuple(used.values()))


def text_of(found: Open, kind: str) -> str:
    """The file as ".json" or ".csv". The same awards give the same text, and it is strictly valid."""
    package = {**found.package, "grants": [as_json(grant) for grant in found.grants]}
    faults = faults_of(package)
    assert not faults, faults
    into = io.StringIO(newline="")
    if kind == ".json":
        write_json(found.grants, into, found.package)
    else:
        write_csv(found.grants, into)
    return into.getvalue()


def grant_from(
    facts: Facts,
    publisher: Publisher,
    *,
    members: Mapping[int, Organisation],
    span: tuple[date | None, date | None],
    changed_at: datetime,
) -> Grant:
    """Raises ValueError, with a sentence, where the members are not those of the facts any more."""
    holder = members.get(facts.holder_key)
    if holder is None:
        raise ValueError(f"{facts.holder} is not a member of the cluster any more.")
    starts_on, ends_on = span
    return grant_of(
        Award(
            id=f"{publisher.prefix}-{facts.key}",
            title=_title(facts, publisher),
            description=_description(facts),
            pence=Pence(facts.pence),
            awarded_on=facts.awarded_on,
            funder=Organisation(id=publisher.org_id, name=publisher.name),
            cluster=facts.cluster_slug,
            cluster_name=facts.cluster_name,
            holder=holder,
            members=tuple(members.values()),
            programme=OfProgramme(code=publisher.programme.slug, title=facts.programme),
            starts_on=starts_on,
            ends_on=ends_on,
            released=Pence(facts.released),
            modified_at=changed_at.replace(microsecond=0),
        )
    )


def _title(facts: Facts, publisher: Publisher) -> str:
    is_invented = facts.is_example or publisher.programme.is_example
    return f"{'Invented example: ' if is_invented else ''}Award to {facts.cluster_name}"


def _description(facts: Facts) -> str:
    """What anybody may know. The plan itself is the cluster’s, and is not told here."""
    return (
        f"One award to the organisations of {facts.cluster_name} together, to carry out the plan "
        f"that they made in {facts.programme}."
    )
