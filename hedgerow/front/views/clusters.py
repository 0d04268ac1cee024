"""A cluster's own pages, and the one that anyone may read if it wants that."""

from django.contrib import messages
from django.http import Http404
from django.shortcuts import redirect, render
from django.template.loader import render_to_string
from django.utils.text import slugify

from hedgerow.agreements.queries.places import sees
from hedgerow.core import clock
from hedgerow.core.actions import Refused
from hedgerow.core.owners import Owner
from hedgerow.core.readings import reading
from hedgerow.front import queries
from hedgerow.front.forms import PublicPageForm
from hedgerow.look.words import count, first_up
from hedgerow.people import actions, rules
from hedgerow.people.access import ROUND_THE_TABLE, door, hall, lobby
from hedgerow.people.queries import history_of, people_of

NEWEST = 5  # lines of the history on a cluster's page
A_PAGE = 25  # lines of a page of history


@hall(rules.SEE_CLUSTER)
def clusters(request, found):
    return render(request, "front/clusters.html", {"groups": queries.cluster_groups(found)})


@door(rules.SEE_CLUSTER)
def cluster(request, cluster, by):
    reader = request.reader
    request.is_invented = cluster.is_example
    sees_people = sees(reader, rules.SEE_PEOPLE, cluster)
    sees_history = sees(reader, rules.SEE_HISTORY, cluster)
    members = queries.member_lines(reader, cluster)
    people = people_of(cluster) if sees_people else []
    own = {seat.organisation for seat in reader.in_cluster(cluster.pk)}
    with reading():
        panels = [_shown(request, panel) for panel in queries.panels_of(reader, cluster)]
        changes = _history(reader, Owner.CLUSTER, cluster, NEWEST)[0] if sees_history else []
    words = {
        "cluster": cluster,
        "panels": panels,
        "members": members,
        "n_members_words": first_up(count(len(members), "member")),
        "who": queries.who_lines(members, people, own),
        "beside": [queries.title_of(person) for person in people if not person.organisation],
        "changes": changes,
        "sits_here": _sits(reader, cluster),
        "has_journey": not members and queries.has_journey(reader, cluster),
        "sees_history": sees_history,
        "sees_people": sees_people,
        "may_invite": not cluster.ended_at and sees(reader, rules.INVITE_TO_CLUSTER, cluster),
        "may_publish": not cluster.ended_at and sees(reader, rules.PUBLISH_CLUSTER, cluster),
        "today": clock.today(),
    }
    return render(request, "front/cluster.html", words)


@door(rules.SEE_HISTORY)
def cluster_history(request, cluster, by):
    request.is_invented = cluster.is_example
    words = {
        "cluster": cluster,
        "sits_here": _sits(request.reader, cluster),
        **_history_page(request, Owner.CLUSTER, cluster),
    }
    return render(request, "front/cluster_history.html", words)


@door(rules.SEE_PROGRAMME)
def programme_history(request, programme, by):
    request.is_invented = programme.is_example
    words = _history_page(request, Owner.PROGRAMME, programme)
    return render(request, "front/programme_history.html", {"programme": programme, **words})


@door(rules.SEE_PEOPLE)
def cluster_report(request, cluster, by):
    request.is_invented = cluster.is_example
    with reading():
        sections = queries.sections_of(request.reader, cluster)
    words = {
        "cluster": cluster,
        "sections": sections,
        "members": queries.member_lines(request.reader, cluster),
        "today": clock.today(),
    }
    return render(request, "front/cluster_report.html", words)


@door(rules.PUBLISH_CLUSTER)
def cluster_page(request, cluster, by):
    """Shows what becomes public; the button opens the page, or closes it."""
    request.is_invented = cluster.is_example
    if request.method != "POST":
        return _cluster_page(request, cluster, PublicPageForm())
    form = PublicPageForm(request.POST)
    if not form.is_valid():
        return _cluster_page(request, cluster, form, status=422)
    try:
        done = actions.publish_cluster(by=by, cluster=cluster, **form.cleaned_data)
    except Refused as refused:
        form.add_error(None, str(refused))
        cluster.refresh_from_db()
        return _cluster_page(request, cluster, form, status=409)
    messages.success(
        request,
        "Your page is open to everyone." if done.is_public else "Your page is closed to everyone.",
    )
    return redirect("cluster_page", cluster.pk)


@lobby("A cluster that wants a page shows it to everyone.")
def public_cluster(request, slug):
    cluster = queries.public_cluster(slug)
    if cluster is None:
        raise Http404
    request.is_invented = cluster.is_example
    words = {"page": queries.page_of(cluster), "panels": _public_panels(request, cluster)}
    return render(request, "front/public_cluster.html", words)


def _cluster_page(request, cluster, form, status=200):
    words = {
        "cluster": cluster,
        "form": form,
        "page": queries.page_of(cluster),
        "panels": _public_panels(request, cluster),
    }
    return render(request, "front/cluster_page.html", words, status=status)


def _public_panels(request, cluster):
    return [_shown(request, panel) for panel in queries.public_panels(cluster)]


def _shown(request, panel):
    """A room's panel, drawn with the room's own template."""
    return {
        "ident": slugify(panel.heading),
        "heading": panel.heading,
        "body": render_to_string(panel.template, dict(panel.context), request),
    }


def _sits(reader, cluster) -> bool:
    """Round its table: for others a page shows only what they may read."""
    return any(seat.roles & ROUND_THE_TABLE for seat in reader.in_cluster(cluster.pk))


def _history_page(request, owner, thing):
    asked = request.GET.get("before", "")
    before = int(asked) if asked.isdecimal() and len(asked) < 19 else None
    lines, earlier = _history(request.reader, owner, thing, A_PAGE, before)
    return {"lines": lines, "earlier": earlier, "before": before}


def _history(reader, owner, thing, limit, before=None):
    """Lines, newest first, and the number before which the earlier ones stand, if there are any."""
    lines = history_of(reader, owner=owner, key=thing.pk, limit=limit + 1, before=before)
    shown = lines[:limit]
    return shown, shown[-1].number if len(lines) > limit else None
