"""Drawing, handing back, and undoing what was wrong."""

from hedgerow.ledger import actions, rules
from hedgerow.ledger.forms.money import MovedForm, UndoForm
from hedgerow.ledger.queries import money_in
from hedgerow.ledger.queries.entries import entries_of
from hedgerow.look.words import day
from hedgerow.people.access import door
from hedgerow.units import pounds

from .pages import Change, changing, fresh


@door(rules.ENTER_DRAWING)
def draw(request, award, by):
    money = money_in([award.pk])[award.pk]
    change = Change(
        title="What was drawn?",
        lead=f"{pounds(money.undrawn)} is released and not drawn yet. Nothing is paid here: write "
        "down what came to your account.",
        button="Write it down",
    )
    return _moved(request, award, by, "draw", money, change, "Written down as drawn.")


@door(rules.ENTER_DRAWING)
def hand_back(request, award, by):
    money = money_in([award.pk])[award.pk]
    change = Change(
        title="What was handed back?",
        lead=f"{pounds(money.drawn)} is drawn, and {pounds(money.free)} of the award is free. What "
        "is handed back makes the award less.",
        button="Write it down",
    )
    return _moved(request, award, by, "hand_back", money, change, "Written down as handed back.")


@door(rules.UNDO_ENTRY)
def undo(request, entry, by):
    award = fresh(entry.award)
    line = next(one for one in entries_of(award) if one.key == entry.pk)
    change = Change(
        title=f"Undo entry {line.number}?",
        lead=f"{pounds(line.pence)}, on {day(line.on)}. {line.sentence}. Its opposite is "
        "entered for the same day, so that it counts on no day. Both can be read.",
        button="Undo it",
    )
    return changing(
        request,
        award,
        UndoForm(request.POST or None),
        lambda **said: actions.undo(by=by, entry=entry, **said),
        change=change,
        done=f"Entry {line.number} is undone.",
    )


def _moved(request, award, by, verb, money, change, done):
    award = fresh(award)
    form = MovedForm(request.POST or None, award=award, tranches=money.by_tranche)

    def deed(**said):
        actions.enter(by=by, award=award, verb=verb, **said)

    return changing(request, award, form, deed, change=change, done=done)
