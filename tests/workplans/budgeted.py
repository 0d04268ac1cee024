"""A plan with a budget: being written, handed in, agreed with its award, changed by decisions."""

from dataclasses import dataclass

from django.db import transaction

from hedgerow.agreements import actions as agreements
from hedgerow.agreements.models import Decision
from hedgerow.agreements.ways import ways_of
from hedgerow.core import clock
from hedgerow.core.actors import Actor
from hedgerow.journeys.actions import submissions
from hedgerow.journeys.models import Answered, Submission, SubmissionKind
from hedgerow.ledger import actions as ledger
from hedgerow.ledger.models import Award, Entry, Terms
from hedgerow.people.models import Organisation, Seat
from hedgerow.workplans.actions import budget_changes, budgets, spending
from hedgerow.workplans.models import Budget, BudgetLine
from hedgerow.workplans.queries.budgets import BudgetState, budget_states
from hedgerow.workplans.queries.plans import plan_now
from tests.factories import Team, actor
from tests.focus.found import decide

from .planned import Planned, begun, in_days

AWARD = 15_000_00


@dataclass(frozen=True, kw_only=True)
class Budgeted:
    """A plan whose budget is written. Lines are of the newest budget that has them."""

    p: Planned

    @property
    def own(self) -> Team:
        return self.p.team

    @property
    def core(self) -> Actor:
        return self.p.core

    @property
    def state(self) -> BudgetState:
        return budget_states([self.p.plan.pk])[self.p.plan.pk]

    @property
    def open(self) -> Budget:
        found = self.state.open
        assert found
        return found

    @property
    def standing(self) -> Budget:
        found = self.state.standing
        assert found
        return found

    @property
    def award(self) -> Award:
        return Award.objects.get(cluster=self.p.cluster)

    def line(self, number: int, budget: Budget | None = None) -> BudgetLine:
        return (budget or self.state.open or self.standing).lines.get(number=number)

    def begins(self) -> Budget:
        return budgets.begin_budget(by=self.core, workplan=self.p.plan)

    def adds(self, title: str = "A trainer", pence: int = 1_000_00, **other: object) -> BudgetLine:
        said = {"kind": "shared", "category": "training", **other}
        return budgets.add_line(by=self.core, budget=self.open, title=title, pence=pence, **said)

    def gives(self, member: Organisation, hours: int = 12, pence: int = 0) -> BudgetLine:
        return self.adds(
            "A room", pence, kind="in_kind", category="rooms", hours=hours, member=member
        )

    def changes(self, number: int, **other: object) -> BudgetLine:
        line = self.line(number)
        said = {
            name: getattr(line, name)
            for name in ("title", "kind", "category", "pence", "hours", "member", "objective")
        }
        return budgets.change_line(
            by=self.core, line=line, version=line.version, **{**said, **other}
        )

    def drops(self, number: int) -> Budget:
        line = self.line(number)
        return budgets.drop_line(by=self.core, line=line, version=line.version)

    def hands_in(self) -> Submission:
        """The plan as it is, without asking whether it is whole."""
        with transaction.atomic():
            row = submissions.submit(
                by=self.core,
                journey=self.p.journey,
                kind=SubmissionKind.PLAN,
                result=plan_now(self.p.fresh()),
                words="",
            )
            budgets.freeze_for(by=self.core, workplan=self.p.plan, submission=row)
        return row

    def is_answered(self, answer: Answered, words: str = "") -> Submission:
        row = self.p.journey.submissions.get(kind="plan", answer="")
        return submissions.answer(
            by=actor(self.p.manager),
            submission=row,
            answer=answer,
            words=words,
            version=row.version,
        )

    def is_awarded(self, pence: int = AWARD, **parts: int) -> Award:
        """The plan is agreed, and all of the award is released at once. parts: of it, by tranche."""
        row = self.is_answered(Answered.AGREED)
        self.gives_terms()
        rest = pence - sum(parts.values())
        amounts = {"main": rest, **parts} if rest else parts
        return ledger.make_award(
            by=actor(self.p.manager),
            submission=row,
            holding=self.own.organisations[0],
            awarded_on=clock.today(),
            amounts=amounts,
            conditions=[],
            instalments=[
                ledger.InstalmentSaid(tranche=tranche, pence=part)
                for tranche, part in amounts.items()
            ],
            words="",
        )

    def gives_terms(self, amount: int = AWARD) -> Terms:
        return Terms.objects.create(
            programme=self.p.cluster.programme,
            number=self.p.cluster.programme.terms.count() + 1,
            amount=amount,
            made_by=self.p.manager,
            made_at=clock.now(),
        )

    def lowers(self, pence: int, tranche: str = "main") -> Award:
        """What is neither released nor committed."""
        return self._amount("lower", pence, tranche)

    def raises(self, pence: int, tranche: str = "main") -> Award:
        return self._amount("award", pence, tranche)

    def _amount(self, verb: str, pence: int, tranche: str) -> Award:
        return ledger.change_amount(
            by=actor(self.p.manager),
            award=self.award,
            verb=verb,
            tranche=tranche,
            pence=pence,
            on=clock.today(),
            words="So.",
        )

    def begins_change(self) -> Budget:
        return budget_changes.begin_change(by=self.core, workplan=self.p.plan)

    def puts(self, words: str = "It costs more.", *, closes_in: int = 7) -> Decision:
        budget = self.open
        return budget_changes.put_change(
            by=self.core,
            budget=budget,
            words=words,
            way=ways_of(self.p.cluster)[0],
            closes_on=in_days(closes_in),
            version=budget.version,
        )

    def votes(self, decision: Decision, *, against: tuple[Organisation, ...] = ()) -> Decision:
        """All three, and it is closed."""
        decide(self.own, decision, against=against)
        decision.refresh_from_db()
        return decision

    def loses(self, decision: Decision) -> Decision:
        return self.votes(decision, against=self.own.organisations)

    def asks_again(self, decision: Decision) -> Decision:
        return agreements.reopen(
            by=self.core, decision=decision, reason="We know more.", closes_on=in_days(7)
        )

    def enters(
        self, verb: str, line: int, pence: int, seat: Seat | None = None, **other: object
    ) -> Entry:
        seat = seat or self.own.core
        said = {"on": clock.today(), "words": "Invoice 231, Office Works", **other}
        return getattr(spending, verb)(
            by=actor(seat),
            award=self.award,
            line=line,
            pence=pence,
            **{"member": seat.organisation, **said},
        )


def writing(*, own: Team | None = None, award: str = "£15,000") -> Budgeted:
    """An empty budget."""
    b = Budgeted(p=begun(own=own, award=award))
    b.begins()
    return b


def agreed(*, own: Team | None = None, **parts: int) -> Budgeted:
    """Agreed, with £15,000: line 1 is £1,000 for all, line 2 £500 for the second member, both out
    of the main part; line 3 twelve hours of the third."""
    b = writing(own=own)
    b.adds()
    b.adds("Laptops", 500_00, category="equipment", member=b.own.organisations[1])
    b.gives(b.own.organisations[2])
    b.hands_in()
    b.is_awarded(**parts)
    return b
