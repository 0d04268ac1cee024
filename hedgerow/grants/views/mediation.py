"""The mediation log of a cluster. Its people never see it."""

from django.contrib import messages
from django.shortcuts import redirect, render

from hedgerow.core import clock
from hedgerow.core.actions import Refused
from hedgerow.grants import rules
from hedgerow.grants.actions import mediation as actions
from hedgerow.grants.forms.mediation import NoteForm
from hedgerow.grants.queries.mediation import note_lines
from hedgerow.people.access import door, visible
from hedgerow.people.views.attempts import DONE, REFUSED, attempt


@door(rules.SEE_MEDIATED)
def mediation(request, cluster, by):
    return _page(request, cluster)


@door(rules.WRITE_MEDIATION)
def add_mediation(request, cluster, by):
    form = NoteForm(request.POST or None, initial={"on": clock.today()})
    status = 200
    if request.method == "POST":
        status = attempt(form, lambda **said: actions.add_note(by=by, cluster=cluster, **said))
        if status == DONE:
            messages.success(request, "It is in the log, for the programme alone.")
            return redirect("grants:mediation", cluster.pk)
    request.is_invented = cluster.is_example
    words = {"cluster": cluster, "programme": cluster.programme, "form": form}
    return render(request, "grants/add_mediation.html", words, status=status)


@door(rules.STRIKE_MEDIATION)
def strike_mediation(request, note, by):
    if request.method != "POST":
        return redirect("grants:mediation", note.cluster_id)
    try:
        actions.strike_note(by=by, note=note)
    except Refused as refused:
        return _page(request, note.cluster, refusal=str(refused), status=REFUSED)
    messages.success(request, "It is struck out. It stays to be read.")
    return redirect("grants:mediation", note.cluster_id)


def _page(request, cluster, *, refusal="", status=200):
    notes = visible(request.reader, rules.SEE_MEDIATION).filter(cluster=cluster)
    request.is_invented = cluster.is_example
    words = {
        "cluster": cluster,
        "programme": cluster.programme,
        "lines": note_lines(notes),
        "refusal": refusal,
    }
    return render(request, "grants/mediation.html", words, status=status)
