"""What lies on the table at a meeting: decisions to speak on, and whose word is still missing."""

from dataclasses import dataclass
from datetime import date

from hedgerow.agreements import rules
from hedgerow.agreements.models import Meeting, Voice
from hedgerow.look.words import out_of
from hedgerow.people.access import visible
from hedgerow.people.models import Member
from hedgerow.people.readers import Reader

from .agenda import last_day, open_decisions


@dataclass(frozen=True, kw_only=True)
class OnTable:
    key: int
    title: str
    closes_on: date
    spoken: str  # "three of six"
    n_spoken: int
    waits_for: tuple[tuple[int, str], ...]  # key and name of members that have not spoken
    may_record: bool


def table_of(reader: Reader, meeting: Meeting) -> list[OnTable]:
    """Three queries; one, where nothing is open."""
    decisions = open_decisions(meeting)
    if not decisions:
        return []
    members = list(
        Member.objects.filter(cluster=meeting.cluster_id, left_at=None, is_second_tier=False)
        .order_by("organisation__name")
        .values_list("organisation", "organisation__name")
    )
    spoken = set(
        Voice.objects.filter(decision__in=decisions, ended_at=None).values_list(
            "decision", "organisation"
        )
    )
    records = set(
        visible(reader, rules.RECORD_VOICE)
        .filter(cluster=meeting.cluster_id, closed_at=None)
        .values_list("pk", flat=True)
    )
    found = []
    for decision in decisions:
        missing = tuple((key, name) for key, name in members if (decision.pk, key) not in spoken)
        n_spoken = len(members) - len(missing)
        found.append(
            OnTable(
                key=decision.pk,
                title=decision.title,
                closes_on=last_day(decision),
                spoken=out_of(n_spoken, len(members)),
                n_spoken=n_spoken,
                waits_for=missing,
                may_record=decision.pk in records,
            )
        )
    return found
