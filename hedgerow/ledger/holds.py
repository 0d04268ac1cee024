"""What a member has to settle before it can leave its cluster."""

from collections.abc import Iterator

from hedgerow.people.models import Member
from hedgerow.units import pounds

from .queries import award_of, money_in


def to_settle(member: Member) -> Iterator[str]:
    """What it committed and did not spend, and that it holds the money for all. Two queries."""
    award = award_of(member.cluster_id)
    if award is None or not award.is_open:
        return
    own = money_in([award.pk])[award.pk].by_member.get(member.organisation_id)
    if own and own.open:
        yield (
            f"{member.organisation} has committed {pounds(own.open)} of the award and not spent it. "
            "Spend it, free it or hand it over to another member first."
        )
    if award.holding_id == member.organisation_id:
        yield (
            f"{member.organisation} holds the money of {award.cluster} for all. Ask the "
            "programme’s manager to have another member hold it first."
        )
