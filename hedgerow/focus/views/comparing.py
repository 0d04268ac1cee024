"""A closed sharing out beside what other rules would pay for, and its ballots as a file."""

from django.http import Http404, HttpResponse
from django.shortcuts import render

from hedgerow.focus import rules
from hedgerow.focus.queries.comparing import ballots_in, comparison_in
from hedgerow.focus.shares.beside import comparison_words
from hedgerow.people.access import door


@door(rules.SEE_SHARE_OUTS)
def compare(request, share_out, by):
    _wants_closed(share_out)
    request.is_invented = share_out.cluster.is_example
    words = {
        "cluster": share_out.cluster,
        "share_out": share_out,
        "beside": comparison_words(comparison_in(share_out)),
    }
    return render(request, "focus/compare.html", words)


@door(rules.SEE_SHARE_OUTS)
def ballots_file(request, share_out, by):
    _wants_closed(share_out)
    name = f"{share_out.cluster.slug}-fair-shares-{share_out.number}.pb"
    return HttpResponse(
        ballots_in(share_out),
        content_type="text/plain; charset=utf-8",
        headers={"Content-Disposition": f'attachment; filename="{name}"'},
    )


def _wants_closed(share_out):
    """Before it is closed there is nothing to compare, and nothing of others to hand out."""
    if share_out.is_open or share_out.given_up_because:
        raise Http404
