"""Parts of an award: said to be reached by the cluster, released by the programme."""

from django.db.models import Sum

from hedgerow.ledger import actions, rules
from hedgerow.ledger.forms.money import DoubtForm, ReachedForm, ReleaseForm
from hedgerow.ledger.models import TRANCHE_NAMES, Instalment
from hedgerow.ledger.queries.accounts import doubt_words, told_of
from hedgerow.look.words import day, first_low
from hedgerow.people.access import door
from hedgerow.units import pounds

from .pages import Change, changing, fresh, not_yet


@door(rules.TELL_INSTALMENT)
def tell_instalment(request, instalment, by):
    part = TRANCHE_NAMES[instalment.tranche].lower()
    waits = f" when this is reached: “{instalment.when}”" if instalment.when else ""
    change = Change(
        title="Is this reached?",
        lead=f"{pounds(instalment.pence)} of the award ({part}) is released{waits}. Once you say that "
        "it is, the programme’s manager reads it and can release the money.",
        button="Say that it is reached",
        leave="Not yet",
        facts=doubt_words(instalment),
    )
    return changing(
        request,
        instalment.award,
        ReachedForm(request.POST or None, initial={"told": instalment.told or instalment.doubted}),
        lambda **said: actions.tell_instalment(by=by, instalment=instalment, **said),
        change=change,
        done="It is said. The programme’s manager is asked to release the money.",
        versioned=lambda: _now(instalment),
    )


@door(rules.RELEASE_INSTALMENT)
def release(request, instalment, by):
    award = fresh(instalment.award)
    due = f" It is due on {day(instalment.due_on)}." if instalment.due_on else ""
    change = Change(
        title=f"Release {pounds(instalment.pence)}?",
        lead=f"{TRANCHE_NAMES[instalment.tranche]}: {first_low(str(instalment))}.{due} Once it is "
        f"released, {award.holding} can draw it.",
        button=f"Release {pounds(instalment.pence)}",
        leave="Not now",
        facts=(*doubt_words(instalment), *_said(instalment)),
        instead=not_yet(instalment, "ledger:doubt_instalment"),
    )
    return changing(
        request,
        award,
        ReleaseForm(request.POST or None, award=award),
        lambda **said: actions.release_instalment(by=by, instalment=instalment, **said),
        change=change,
        done=f"{pounds(instalment.pence)} is released.",
        versioned=lambda: _now(instalment),
    )


@door(rules.RELEASE_INSTALMENT)
def doubt_instalment(request, instalment, by):
    change = Change(
        title="What is still missing?",
        lead=f"{pounds(_waiting_for(instalment))} is released when this is reached: "
        f"“{instalment.when}”. It is still to come. The cluster reads what you say here, and can answer.",
        button="Say that it is not reached yet",
        leave="Leave it for now",
        facts=(*doubt_words(instalment), *_said(instalment)),
    )
    return changing(
        request,
        instalment.award,
        DoubtForm(request.POST or None),
        lambda **said: actions.doubt_instalment(by=by, instalment=instalment, **said),
        change=change,
        done="It is said. The cluster reads why, and can answer.",
        versioned=lambda: _now(instalment),
    )


def _said(instalment):
    if not instalment.when:
        return ()
    said = told_of(instalment)
    if said is None:
        since = "since" if instalment.doubt else "yet"
        return (f"The cluster has not said {since} that it is reached.",)
    return (f"The cluster says that it is reached: {said.words}", f"{said.by}, {day(said.on)}.")


def _waiting_for(instalment):
    """Pence, of all parts that wait for the same."""
    rows = Instalment.objects.filter(award=instalment.award_id, when=instalment.when, released=None)
    return rows.aggregate(pence=Sum("pence"))["pence"] or instalment.pence


def _now(instalment):
    """None once the award was cut by all of it."""
    return Instalment.objects.filter(pk=instalment.pk).first()
