"""Give and take: what comes to each member, and what each puts in. Never a ranking."""

from dataclasses import dataclass

from hedgerow.analysis.plan_sums import MemberShare, by_member, left_with_all
from hedgerow.look.words import count
from hedgerow.units import Pence, pounds
from hedgerow.workplans.models import Workplan

from .budget_changes import names_in
from .plans import plan_now


@dataclass(frozen=True, kw_only=True)
class ShareLine:
    key: int  # of the organisation
    member: str
    share: MemberShare

    @property
    def takes(self) -> str:
        """In a sentence."""
        share = self.share
        if not share.money:
            return f"No money of the plan is for {self.member}."
        parts = []
        if share.own:
            up = f" ({pounds(share.levelling_up)} to bring it up)" if share.levelling_up else ""
            parts.append(f"{pounds(share.own)} in lines of its own{up}")
        if share.joint:
            parts.append(f"{pounds(share.joint)} as its part of what is for all of us")
        return f"{self.member} gets {' and '.join(parts)}."

    @property
    def gives(self) -> str:
        share = self.share
        worth = f", worth {pounds(share.in_kind)}" if share.in_kind else ""
        hours = f"{count(share.hours, 'hour')}{worth}" if share.hours else "no hours"
        steps = f"holds {count(share.n_steps, 'step')} of the plan"
        return f"It puts in {hours}, and {steps}."


@dataclass(frozen=True, kw_only=True)
class SharesPage:
    lines: tuple[ShareLine, ...]  # by name
    left: Pence  # of what is for all, that does not divide
    money: Pence  # of the whole budget; shares and what is left come to it
    hours: int
    in_kind: Pence

    @property
    def own(self) -> Pence:
        return Pence(sum(line.share.own for line in self.lines))

    @property
    def levelling_up(self) -> Pence:
        return Pence(sum(line.share.levelling_up for line in self.lines))

    @property
    def joint(self) -> Pence:
        """Of what is for all, with what does not divide."""
        return Pence(sum(line.share.joint for line in self.lines) + self.left)


def shares_page(workplan: Workplan) -> SharesPage:
    """Fourteen queries at most, for any number of members and lines."""
    plan, names = plan_now(workplan), names_in(workplan)
    lines = [
        ShareLine(key=share.organisation, member=names.member(share.organisation), share=share)
        for share in by_member(plan)
    ]
    return SharesPage(
        lines=tuple(sorted(lines, key=lambda line: (line.member.casefold(), line.key))),
        left=left_with_all(plan),
        money=plan.money,
        hours=sum(line.share.hours for line in lines),
        in_kind=Pence(sum(line.share.in_kind for line in lines)),
    )
