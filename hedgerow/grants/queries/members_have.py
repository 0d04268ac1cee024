"""What members of a cluster have from whom, according to files that funders publish."""

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date

from hedgerow.core import clock
from hedgerow.grants.models import Grant
from hedgerow.people.models import Cluster, Identifier, Member, Scheme


@dataclass(frozen=True, kw_only=True)
class HasLine:
    funder: str
    title: str
    pence: int
    currency: str
    awarded_on: date
    file: str
    read_on: date
    licence: str

    @property
    def amount(self) -> str:
        """In another currency than pounds: “1,200” or “1,200.50”."""
        whole, odd = divmod(abs(self.pence), 100)
        sign = "-" if self.pence < 0 else ""
        return f"{sign}{whole:,}.{odd:02}" if odd else f"{sign}{whole:,}"

    @property
    def is_in_pounds(self) -> bool:
        return self.currency == "GBP"


@dataclass(frozen=True, kw_only=True)
class MemberHas:
    """One member, by itself: members are not compared."""

    key: int
    name: str
    numbers: tuple[str, ...]  # as registers give them: “GB-CHC-1012345”
    lines: tuple[HasLine, ...]  # newest first

    @property
    def pence(self) -> int:
        return sum(line.pence for line in self.lines if line.is_in_pounds)

    @property
    def n_otherwise(self) -> int:
        """Grants that are not in pounds, and so are in no sum."""
        return sum(not line.is_in_pounds for line in self.lines)

    @property
    def ident(self) -> str:
        return f"member-{self.key}"


def members_have(cluster: Cluster) -> list[MemberHas]:
    """By name. Three queries."""
    members = list(
        Member.objects.filter(cluster=cluster, left_at=None)
        .select_related("organisation")
        .order_by("organisation__name", "pk")
    )
    numbers = _numbers([member.organisation_id for member in members])
    grants = _grants(number for its in numbers.values() for number in its)
    return [
        MemberHas(
            key=member.organisation_id,
            name=member.organisation.name,
            numbers=numbers[member.organisation_id],
            lines=tuple(
                sorted(
                    (line for number in numbers[member.organisation_id] for line in grants[number]),
                    key=lambda line: line.awarded_on,
                    reverse=True,
                )
            ),
        )
        for member in members
    ]


def _numbers(organisations: Iterable[int]) -> dict[int, tuple[str, ...]]:
    """Those of registers: our own are known to no funder."""
    found: dict[int, tuple[str, ...]] = defaultdict(tuple)
    rows = Identifier.objects.filter(organisation__in=list(organisations))
    for one in rows.exclude(scheme=Scheme.LOCAL).order_by("scheme", "number"):
        found[one.organisation_id] += (str(one),)
    return found


def _grants(numbers: Iterable[str]) -> dict[str, list[HasLine]]:
    found: dict[str, list[HasLine]] = defaultdict(list)
    rows = Grant.objects.filter(recipient_id__in=list(numbers)).select_related("file")
    for grant in rows.order_by("-awarded_on", "pk"):
        found[grant.recipient_id].append(
            HasLine(
                funder=grant.funder,
                title=grant.title,
                pence=grant.pence,
                currency=grant.currency,
                awarded_on=grant.awarded_on,
                file=grant.file.name,
                read_on=clock.day_of(grant.file.read_at),
                licence=grant.file.licence,
            )
        )
    return found
