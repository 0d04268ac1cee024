"""What a programme changes in an award: who holds it, how much it is, its end."""

from datetime import date
from typing import Literal

from hedgerow.analysis import ledger
from hedgerow.analysis.postings import Tranche
from hedgerow.core.actions import Refused, action, locked, nothing_to_do
from hedgerow.core.actors import Actor
from hedgerow.ledger.models import Award
from hedgerow.ledger.queries.postings import ledger_of
from hedgerow.people.models import Organisation

from .acting import day_of_award, full_member, manager_in, open_award, words_of, write_down
from .awards import within_terms
from .entries import WORDS, post
from .instalments import fit_instalments


@action
def change_holding(
    *, by: Actor, award: Award, holding: Organisation, reason: str, version: int
) -> Award:
    """Have another full member hold the money from now on. What was drawn is between the two."""
    award = open_award(award, version=version)
    manager_in(by, award.cluster.programme)
    before = award.holding
    if holding == before:
        raise Refused(f"{holding} holds the money already. Choose another member.")
    full_member(award.cluster, holding)
    award.holding = holding
    award.holding_because = words_of(
        reason, else_say="Say why another member holds the money from now on; it stays with it."
    )
    award.version += 1
    award.save()
    write_down(
        "ledger.holding_changed",
        by=by,
        to=award,
        award=award,
        holding=holding.pk,
        before=before.pk,
    )
    return award


@action
def change_amount(
    *,
    by: Actor,
    award: Award,
    verb: Literal["award", "lower"],
    tranche: Tranche,
    pence: int,
    on: date,
    words: str,
) -> Award:
    """Raise one part of the award, or lower it by what is neither released nor committed. What is
    to be released follows: a raise is an instalment more, a cut is taken from the last."""
    if verb not in ("award", "lower"):
        raise ValueError(f"{verb} does not change what an award is")
    award = open_award(award)
    seat = manager_in(by, award.cluster.programme)
    if verb == "award":
        within_terms(award.cluster, ledger.award(ledger_of(award)) + pence)
    entry = post(
        award=award,
        seat=seat,
        verb=verb,
        pence=pence,
        on=day_of_award(award, on),
        tranche=tranche,
        words=words_of(words, most=WORDS, else_say="Say why the amount changes; it stays with it."),
    )
    fit_instalments(award, tranche, pence if verb == "award" else -pence)
    write_down(
        "ledger.amount_changed",
        by=by,
        to=entry,
        award=award,
        verb=verb,
        pence=pence,
        on=on,
        tranche=tranche,
    )
    return award


@action
def close_award(*, by: Actor, award: Award, on: date, version: int) -> Award:
    """For good: all that was drawn is spent, all that is committed too, and nothing is entered
    after."""
    award = locked(award)
    seat = manager_in(by, award.cluster.programme)
    if award.closed_on:
        nothing_to_do()
        return award
    award = locked(award, version=version)
    try:
        award.closed_on = ledger.closed(ledger_of(award), day_of_award(award, on))
    except ValueError as wrong:
        raise Refused(str(wrong)) from None
    award.closed_by = seat
    award.version += 1
    award.save()
    write_down("ledger.award_closed", by=by, to=award, award=award, on=on)
    return award
