"""Making an award: what an agreed plan is given, who holds it, and when what part is released."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date

from hedgerow.analysis import ledger
from hedgerow.analysis.postings import TRANCHES, Tranche
from hedgerow.core import clock
from hedgerow.core.actions import Refused, action, locked
from hedgerow.core.actors import Actor
from hedgerow.journeys.models import Submission, SubmissionKind
from hedgerow.ledger.models import TRANCHE_NAMES, Award, Condition, Instalment, Terms
from hedgerow.ledger.queries.postings import ledger_of
from hedgerow.look.words import day
from hedgerow.people.kinds import refuse_published
from hedgerow.people.models import Cluster, Organisation, Seat
from hedgerow.units import Pence, pounds

from .acting import full_member, manager_in, not_to_come, words_of, write_down
from .entries import post

CONDITION, WHEN = 300, 200  # characters


@dataclass(frozen=True, kw_only=True)
class ConditionSaid:
    words: str
    due_on: date | None = None


@dataclass(frozen=True, kw_only=True)
class InstalmentSaid:
    tranche: Tranche
    pence: Pence
    when: str = ""  # what is to be reached; "" with no day: released with the award
    due_on: date | None = None

    @property
    def is_at_once(self) -> bool:
        return not self.when.strip() and self.due_on is None


@action
def make_award(
    *,
    by: Actor,
    submission: Submission,
    holding: Organisation,
    awarded_on: date,
    amounts: Mapping[Tranche, Pence],
    conditions: Sequence[ConditionSaid],
    instalments: Sequence[InstalmentSaid],
    words: str,
) -> Award:
    """Award what an agreed plan asks for, or part of it. The instalments are all of it; what waits
    for nothing is released in the same act."""
    cluster = locked(submission.journey.cluster)  # first, as where a plan is agreed to
    submission = locked(submission)
    refuse_published(by, cluster)
    seat = manager_in(by, cluster.programme)
    _check_plan(submission, cluster)
    if awarded_on < clock.day_of(submission.submitted_at):
        raise Refused(
            f"The plan was handed in on {day(submission.submitted_at)}. An award cannot be older."
        )
    full_member(cluster, holding)
    amounts = _check_amounts(cluster, amounts, instalments)
    award = Award.objects.create(
        cluster=cluster,
        submission=submission,
        holding=holding,
        awarded_on=not_to_come(awarded_on),
        words=words_of(words),
        made_by=seat,
        made_at=clock.now(),
    )
    _write_conditions(award, conditions)
    for tranche, pence in amounts.items():
        post(award=award, seat=seat, verb="award", pence=pence, on=awarded_on, tranche=tranche)
    released = _write_instalments(award, seat, instalments)
    write_down(
        "ledger.award_made",
        by=by,
        to=award,
        award=award,
        on=awarded_on,
        amount=sum(amounts.values()),
        holding=holding.pk,
        released=released,
        conditions=len(conditions),
    )
    return award


def _check_plan(submission: Submission, cluster: Cluster) -> None:
    if submission.kind != SubmissionKind.PLAN:
        raise Refused("A return is no plan, so nothing is awarded for it.")
    if made := Award.objects.filter(cluster=cluster).first():
        raise Refused(
            f"{cluster} was awarded {pounds(ledger.award(ledger_of(made)))} on "
            f"{day(made.awarded_on)}. A cluster has one award; its amount can be changed."
        )
    if not submission.is_agreed:
        raise Refused("This plan is not agreed. Agree to it first; then make the award.")


def _check_amounts(
    cluster: Cluster, amounts: Mapping[Tranche, Pence], instalments: Sequence[InstalmentSaid]
) -> dict[Tranche, Pence]:
    """Those that are something, in the order of the tranches."""
    if unknown := set(amounts) - set(TRANCHES):
        raise ValueError(f"an award has no part {unknown}")
    if any(pence < 0 for pence in amounts.values()) or any(one.pence <= 0 for one in instalments):
        raise Refused("No part of an award is below nothing. Leave out what is none.")
    found = {tranche: amounts[tranche] for tranche in TRANCHES if amounts.get(tranche)}
    if not found:
        raise Refused("Say how much is awarded: an amount above nothing.")
    for tranche in TRANCHES:
        whole = found.get(tranche, 0)
        parts = sum(one.pence for one in instalments if one.tranche == tranche)
        if parts != whole:
            name = TRANCHE_NAMES[tranche].lower()
            raise Refused(
                f"Of the {name}, {pounds(whole)} is awarded, and what is to be released of it comes "
                f"to {pounds(parts)}. Make them the same."
            )
    within_terms(cluster, sum(found.values()))
    return found


def within_terms(cluster: Cluster, whole: int) -> None:
    programme = cluster.programme
    terms = Terms.objects.filter(programme=programme).order_by("-number").first()
    if terms is None:
        raise Refused(f"{programme} has no terms yet. Set them first: how much, and on what terms.")
    if whole > terms.amount:
        raise Refused(
            f"{pounds(whole)} is more than {pounds(terms.amount)}, which the terms of {programme} "
            "give to each cluster. Award less, or set new terms first."
        )


def _write_conditions(award: Award, conditions: Sequence[ConditionSaid]) -> None:
    for one in conditions:
        if one.due_on and one.due_on < award.awarded_on:
            raise Refused(f"{day(one.due_on)} is before the award. A condition is met after it.")
    Condition.objects.bulk_create(
        Condition(
            award=award,
            position=at,
            words=words_of(one.words, most=CONDITION, else_say="Say what each condition is."),
            due_on=one.due_on,
        )
        for at, one in enumerate(conditions, start=1)
    )


def _write_instalments(award: Award, seat: Seat, instalments: Sequence[InstalmentSaid]) -> int:
    """How many pence were released at once."""
    released = 0
    for at, one in enumerate(instalments, start=1):
        entry = None
        if one.is_at_once:
            released += one.pence
            entry = post(
                award=award,
                seat=seat,
                verb="release",
                pence=one.pence,
                on=award.awarded_on,
                tranche=one.tranche,
            )
        Instalment.objects.create(
            award=award,
            position=at,
            tranche=one.tranche,
            pence=one.pence,
            when=words_of(one.when, most=WHEN),
            due_on=one.due_on,
            released=entry,
        )
    return released
