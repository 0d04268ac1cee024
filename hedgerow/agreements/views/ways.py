"""The ways a cluster can decide: to read, to take, and to bring as a file."""

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render

from hedgerow.agreements import actions, rules
from hedgerow.agreements.forms.decisions import WayForm
from hedgerow.agreements.queries import ways as queries
from hedgerow.core.actions import Refused
from hedgerow.people.access import door, may, visible


@door(rules.SEE_AGREEMENTS)
def ways(request, cluster, by):
    """Reading is for whoever sees what the cluster decides; keeping one has its own address."""
    return _ways_page(request, cluster)


@door(rules.KEEP_WAYS)
def keep_way(request, cluster, by):
    if request.method != "POST":
        return _ways_page(request, cluster)
    form = WayForm(request.POST, request.FILES)
    if not form.is_valid():
        return _ways_page(request, cluster, form=form, status=422)
    try:
        kept = actions.keep_way(by=by, cluster=cluster, text=form.cleaned_data["text"])
    except Refused as refused:
        form.add_error(None, str(refused))
        return _ways_page(request, cluster, form=form, status=409)
    messages.success(
        request,
        f"“{kept}” is kept, as version {kept.number}. What is open is decided as it began.",
    )
    return redirect("agreements:ways", pk=cluster.pk)


@door(rules.SEE_AGREEMENTS)
def way_file(request, cluster, by, slug):
    """The newest version, or with ?number= an older one of the cluster's own."""
    said = request.GET.get("number", "")
    if said and not (said.isascii() and said.isdecimal() and len(said) < 5):
        raise Http404
    own = visible(request.reader, rules.SEE_WAYS)
    text = queries.text_of_way(cluster, own, slug, int(said) if said else None)
    if text is None:
        raise Http404
    return HttpResponse(
        text,
        content_type="application/yaml; charset=utf-8",
        headers={"Content-Disposition": f'attachment; filename="{slug}.yaml"'},
    )


def _ways_page(request, cluster, *, form=None, status=200):
    may_keep = not cluster.ended_at and may(request.reader, rules.KEEP_WAYS, pk=cluster.pk)
    context = {
        "cluster": cluster,
        "lines": queries.way_lines(cluster),
        "may_keep": may_keep,
        "form": form or WayForm(),
        "faults": form.faults if form else (),
    }
    return render(request, "agreements/ways.html", context, status=status)
