"""The shortlist: writing it down after the talk, reading it, and bringing findings together."""

from django.contrib import messages
from django.shortcuts import redirect, render

from hedgerow.analysis.red_spot import ENOUGH
from hedgerow.focus import rules
from hedgerow.focus.actions import shortlists as actions
from hedgerow.focus.forms.shortlists import FindingsForm, ShortlistForm
from hedgerow.focus.queries.focuses import focus_now
from hedgerow.focus.queries.gains import gains_of
from hedgerow.focus.queries.shortlisting_pages import open_shortlisting, shortlisting_page
from hedgerow.focus.queries.shortlists import shortlist_page, shortlists_of
from hedgerow.focus.queries.studies import studies_of
from hedgerow.people.access import door, may, visible
from hedgerow.people.views.attempts import DONE, WRONG, attempt


@door(rules.WRITE_SHORTLIST)
def write_shortlist(request, cluster, by):
    """From the shortlisting that goes on, if one does; the votes are advice."""
    shortlisting = open_shortlisting(cluster)
    page = shortlisting_page(request.reader, shortlisting) if shortlisting else None
    left = [one.idea for one in page.standing] if page and len(page.standing) <= ENOUGH else []
    ideas = visible(request.reader, rules.SEE_IDEAS).filter(cluster=cluster, ended_at=None)
    form = ShortlistForm(request.POST or None, ideas=ideas, left=left)
    status = 200
    if request.method == "POST":
        written = []
        status = attempt(
            form,
            lambda **said: written.append(
                actions.write_shortlist(by=by, cluster=cluster, shortlisting=shortlisting, **said)
            ),
        )
        if status == DONE:
            messages.success(request, "Your shortlist is written down, with what you said of it.")
            return redirect(written[0])
    request.is_invented = cluster.is_example
    words = {
        "cluster": cluster,
        "form": form,
        "shortlisting": shortlisting,
        "page": page,
        "version": _version(form, shortlisting, status),
        "may_write": page is None or page.may_write or bool(form.errors),
        "has_ideas": bool(form.known),
    }
    return render(request, "focus/shortlist_write.html", words, status=status)


@door(rules.SEE_SHORTLISTS)
def shortlist(request, shortlist, by):
    cluster = shortlist.cluster
    request.is_invented = cluster.is_example
    is_going_on = cluster.ended_at is None
    page = shortlist_page(shortlist)
    others = shortlists_of(cluster)
    is_open = is_going_on and page.is_newest
    keys = [one.idea for one in page.ideas]
    rows = visible(request.reader, rules.SEE_IDEAS).filter(pk__in=keys)
    gains, studies = gains_of(rows), studies_of(request.reader, keys)
    mine = {seat.organisation for seat in request.reader.in_cluster(cluster.pk)}
    words = {
        "cluster": cluster,
        "shortlist": shortlist,
        "page": page,
        "ideas": [(one, gains[one.idea], studies[one.idea]) for one in page.ideas],
        "silent": _silent_in(gains.values()),
        "unsaid": {
            key
            for key, table in gains.items()
            if any(line.organisation_key in mine for line in table.silent)
        },
        "focus": focus_now(cluster),
        "earlier": [one for one in others if one.number < page.number],
        "newest": others[0],
        "may_plan": is_open and may(request.reader, rules.PLAN_FINDINGS, pk=shortlist.pk),
        "may_pair": is_open and may(request.reader, rules.NAME_PAIR, cluster=cluster),
        "may_propose": is_open and may(request.reader, rules.PROPOSE_FOCUS, pk=cluster.pk),
        "may_gain": is_open and may(request.reader, rules.SAY_GAIN, cluster=cluster),
    }
    return render(request, "focus/shortlist.html", words)


@door(rules.PLAN_FINDINGS)
def plan_findings(request, shortlist, by):
    if request.method != "POST":
        first = {"findings": shortlist.findings, "findings_by": shortlist.findings_by}
        return _findings_page(request, shortlist, FindingsForm(initial=first))
    form = FindingsForm(request.POST)
    status = attempt(form, lambda **said: actions.plan_findings(by=by, shortlist=shortlist, **said))
    if status != DONE:
        return _findings_page(request, shortlist, form, status)
    messages.success(request, "It stands with the shortlist.")
    return redirect(shortlist)


def _silent_in(tables) -> list[str]:
    """Names of the members that have not said of each idea whether they gain."""
    return sorted({line.organisation for table in tables for line in table.silent})


def _version(form, shortlisting, status):
    if shortlisting is None:
        return ""
    return form.data.get("version", "") if status == WRONG else shortlisting.version


def _findings_page(request, shortlist, form, status=200):
    """After a clash the form holds what was typed, with the newest version."""
    shortlist.refresh_from_db()
    request.is_invented = shortlist.cluster.is_example
    words = {
        "cluster": shortlist.cluster,
        "shortlist": shortlist,
        "form": form,
        "version": form.data.get("version", "") if status == WRONG else shortlist.version,
    }
    return render(request, "focus/shortlist_findings.html", words, status=status)
