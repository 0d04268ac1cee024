"""What the programme's manager changes in an award."""

from hedgerow.analysis import ledger
from hedgerow.core import clock
from hedgerow.ledger import actions, rules
from hedgerow.ledger.forms.money import AmountForm, CloseForm, HoldingForm
from hedgerow.ledger.models import TRANCHE_NAMES
from hedgerow.ledger.queries import money_in
from hedgerow.ledger.queries.postings import ledger_of
from hedgerow.people.access import door
from hedgerow.people.models import Organisation
from hedgerow.units import pounds

from .pages import Change, changing, fresh


@door(rules.KEEP_AWARD)
def change_amount(request, award, by):
    award, money = fresh(award), money_in([award.pk])[award.pk]
    change = Change(
        title="Change how much the award is",
        lead=f"It is {pounds(money.award)} now, of which {pounds(money.free)} is not committed and "
        f"{pounds(money.unreleased)} not released.",
        button="Change the award",
        facts=(
            "It can be raised to what the programme’s terms give to each cluster.",
            "It can be lowered by what is neither committed nor released.",
            "What is still to be released changes by the same amount.",
        ),
    )
    return changing(
        request,
        award,
        AmountForm(request.POST or None, award=award, tranches=TRANCHE_NAMES),
        lambda **said: actions.change_amount(by=by, award=award, **said),
        change=change,
        done="The award is changed.",
    )


@door(rules.KEEP_AWARD)
def change_holding(request, award, by):
    award = fresh(award)
    money = money_in([award.pk])[award.pk]
    change = Change(
        title="Who holds the money?",
        lead=f"{award.holding} holds it for all, and has drawn {pounds(money.drawn)}. From now on "
        "another full member draws and hands back.",
        button="Have this member hold it",
        facts=("What was drawn and not spent is for the two members to hand on.",),
    )
    return changing(
        request,
        award,
        HoldingForm(request.POST or None, members=_others(award)),
        lambda **said: actions.change_holding(by=by, award=award, **said),
        change=change,
        done="Another member holds the money from now on.",
        versioned=lambda: fresh(award),
    )


@door(rules.CLOSE_AWARD)
def close(request, award, by):
    award = fresh(award)
    money = money_in([award.pk])[award.pk]
    change = Change(
        title="Close this award?",
        lead=f"{pounds(money.spent)} is spent and {pounds(money.drawn)} drawn. Once it is closed, "
        "nothing is entered any more.",
        button="Close the award",
        leave="Leave it open",
        facts=(
            (
                "It can be closed once all that is committed is spent or freed, and as much is "
                "spent as was drawn, in each part of the award."
            ),
            *_in_the_way(award),
        ),
    )
    return changing(
        request,
        award,
        CloseForm(request.POST or None, award=award),
        lambda **said: actions.close_award(by=by, award=award, **said),
        change=change,
        done="The award is closed.",
        versioned=lambda: fresh(award),
    )


def _in_the_way(award):
    """What keeps it from being closed today, in a sentence, if anything does."""
    try:
        ledger.closed(ledger_of(award), clock.today())
    except ValueError as wrong:
        yield f"Not yet: {wrong}"


def _others(award):
    here = {
        "memberships__cluster": award.cluster_id,
        "memberships__left_at": None,
        "memberships__is_second_tier": False,
    }
    return Organisation.objects.filter(**here).exclude(pk=award.holding_id)
