"""Which answers are counted: one sheet for each organisation, and of it only what the whole cluster
may see. The same for every reader who may read it; what only some may see stands beside it.

Answers are read through `visible` alone, but for `kept_back`, which is for what is released.
"""

from collections import defaultdict
from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any

from hedgerow.core.owners import Audience
from hedgerow.diagnostics import rules
from hedgerow.diagnostics.models import Role as AskedOf
from hedgerow.diagnostics.models import SectionAnswers, Sheet
from hedgerow.diagnostics.questions.instruments import Answers
from hedgerow.people.access import visible
from hedgerow.people.models import Role
from hedgerow.people.readers import Reader

IN_THE_CLUSTER = frozenset(Audience.CLUSTER.up)
_FIRST = (Role.CORE, Role.DEPUTY)  # whose sheet goes before those of staff
_ONE_OF_ROLES = (AskedOf.MANAGER, *(role for role in AskedOf if role != AskedOf.MANAGER))


@dataclass(frozen=True, kw_only=True)
class Chosen:
    """A sheet that counts for its organisation."""

    key: int
    organisation: int
    role: str  # as whom it was answered; "" where the instrument is asked once
    finished_at: datetime
    is_unconfirmed: bool  # written down by the facilitator, and not yet confirmed


@dataclass(frozen=True, kw_only=True)
class Aside:
    """Answers that this reader may see and that are not counted."""

    audience: str
    answers: Answers


@dataclass(frozen=True, kw_only=True)
class Counted:
    """Of one asking, for one reader. Organisations by their keys."""

    told: Mapping[int, Answers]  # what counts, where one sheet of each is wanted
    by_role: Mapping[str, Mapping[int, Answers]] = field(default_factory=dict)
    aside: Mapping[int, Mapping[str, Aside]] = field(default_factory=dict)  # then by section
    unseen: Mapping[str, int] = field(default_factory=dict)  # by section: how many keep theirs
    answered: frozenset[int] = frozenset()  # who has a sheet that counts, seen or not
    unconfirmed: frozenset[int] = frozenset()

    @property
    def n_unseen(self) -> int:
        """Of the section that most keep to themselves."""
        return max(self.unseen.values(), default=0)


def chosen(
    askings: Mapping[int, Collection[str]], members: Collection[int]
) -> dict[int, list[Chosen]]:
    """By asking, of those by their key and the roles they are asked of: the sheets that count, the
    one that stands for its organisation first. One query, and no answer is read."""
    rows = Sheet.objects.filter(
        asking__in=askings, organisation__in=members, finished_at__isnull=False
    ).values_list(
        "pk",
        "asking",
        "organisation",
        "role",
        "seat__role",
        "finished_at",
        "recorded_by",
        "confirmed_at",
    )
    found: dict[int, dict[int, list[tuple[Any, ...]]]] = defaultdict(lambda: defaultdict(list))
    for row in rows.order_by("finished_at", "pk"):
        found[row[1]][row[2]].append(row)
    return {
        asking: [
            one
            for organisation in found[asking].values()
            for one in (_by_role(organisation) if roles else [_for_all(organisation)])
        ]
        for asking, roles in askings.items()
    }


def counted(
    reader: Reader, askings: Mapping[int, Collection[str]], members: Collection[int]
) -> dict[int, Counted]:
    """Three queries, for however many askings and members."""
    sheets = chosen(askings, members)
    mine = {one.key for of_asking in sheets.values() for one in of_asking}
    seen: dict[int, dict[str, Aside]] = defaultdict(dict)
    # Keys first: the rows themselves hold JSON, and would be compared by it.
    keys = visible(reader, rules.SEE_ANSWERS).filter(sheet__asking__in=askings).values("pk")
    for sheet, section, audience, answers in _answers(pk__in=keys):
        if sheet in mine and answers:
            seen[sheet][section] = Aside(audience=audience, answers=answers)
    kept: dict[int, list[str]] = defaultdict(list)
    unseen = SectionAnswers.objects.filter(sheet__asking__in=askings).exclude(answers={})
    for sheet, section in unseen.exclude(shared__audience__in=IN_THE_CLUSTER).values_list(
        "sheet", "shared__section"
    ):
        kept[sheet].append(section)
    return {asking: _counted(of_asking, seen, kept) for asking, of_asking in sheets.items()}


def open_to_the_cluster(
    askings: Mapping[int, Collection[str]], members: Collection[int]
) -> dict[int, dict[int, Answers]]:
    """By asking and organisation: what `counted` counts for whoever may read all of it. For what
    is kept when a round closes. Two queries."""
    return _sheets_split(askings, members)[0]


def kept_back(
    askings: Mapping[int, Collection[str]], members: Collection[int]
) -> dict[int, dict[int, Answers]]:
    """By asking and organisation: what the cluster may not see of the sheets that count.

    For what is released at the end of a round, through `analysis.disclosure`; never for a page.
    Two queries.
    """
    return _sheets_split(askings, members)[1]


def _sheets_split(
    askings: Mapping[int, Collection[str]], members: Collection[int]
) -> tuple[dict[int, dict[int, Answers]], dict[int, dict[int, Answers]]]:
    """What the cluster may see of the sheets that count, and what it may not."""
    sheets = chosen(askings, members)
    where = {
        one.key: (asking, one.organisation)
        for asking, of_asking in sheets.items()
        for one in _one_each(of_asking)
    }
    seen: dict[int, dict[int, Answers]] = {asking: {} for asking in askings}
    kept: dict[int, dict[int, Answers]] = {asking: {} for asking in askings}
    for sheet, _section, audience, answers in _answers(sheet__asking__in=askings):
        if sheet in where and answers:
            asking, organisation = where[sheet]
            to = seen if audience in IN_THE_CLUSTER else kept
            to[asking].setdefault(organisation, {}).update(answers)
    return seen, kept


def _answers(**which: object) -> Iterable[tuple[int, str, str, Answers]]:
    return SectionAnswers.objects.filter(**which).values_list(
        "sheet", "shared__section", "shared__audience", "answers"
    )


def _counted(
    sheets: list[Chosen], seen: Mapping[int, Mapping[str, Aside]], kept: Mapping[int, list[str]]
) -> Counted:
    told: dict[int, Answers] = {}
    by_role: dict[str, dict[int, Answers]] = defaultdict(dict)
    aside: dict[int, dict[str, Aside]] = {}
    unseen: dict[str, int] = defaultdict(int)
    ones = {one.key for one in _one_each(sheets)}
    for one in sheets:
        parts = seen.get(one.key, {})
        open_ones = [part.answers for part in parts.values() if part.audience in IN_THE_CLUSTER]
        answers = {slug: value for part in open_ones for slug, value in part.items()}
        if answers and one.role:
            by_role[one.role][one.organisation] = answers
        if one.key not in ones:
            continue
        if answers:
            told[one.organisation] = answers
        others = {s: part for s, part in parts.items() if part.audience not in IN_THE_CLUSTER}
        if others:
            aside[one.organisation] = others
        for section in kept.get(one.key, ()):
            unseen[section] += 1
    return Counted(
        told=told,
        by_role=dict(by_role),
        aside=aside,
        unseen=dict(unseen),
        answered=frozenset(one.organisation for one in sheets),
        unconfirmed=frozenset(one.organisation for one in sheets if one.is_unconfirmed),
    )


def _one_each(sheets: Iterable[Chosen]) -> list[Chosen]:
    """The first of each organisation."""
    first: dict[int, Chosen] = {}
    for one in sheets:
        first.setdefault(one.organisation, one)
    return list(first.values())


def _for_all(rows: list[tuple[Any, ...]]) -> Chosen:
    """Of the Core Group's seat; else of a deputy; else the newest of anybody."""
    for role in _FIRST:
        if of_role := [row for row in rows if row[4] == role]:
            return _chosen(of_role[-1])
    return _chosen(rows[-1])


def _by_role(rows: list[tuple[Any, ...]]) -> list[Chosen]:
    newest = {row[3]: row for row in rows}
    first = [newest[role] for role in _ONE_OF_ROLES if role in newest]
    return [_chosen(row) for row in first]


def _chosen(row: tuple[Any, ...]) -> Chosen:
    key, _asking, organisation, role, _seat, finished_at, recorded_by, confirmed_at = row
    return Chosen(
        key=key,
        organisation=organisation,
        role=role,
        finished_at=finished_at,
        is_unconfirmed=bool(recorded_by) and not confirmed_at,
    )
