"""The bare pages: the rows that Hedgerow's page shows, one after the other, and a form.

No rules, no sentences, no components; filled up with Hedgerow's own HTML to the same length, so
that both are compressed and sent alike.
"""

import os
from pathlib import Path

from django.contrib.auth.decorators import login_required
from django.db.models import Count, Max, OuterRef, Prefetch, Q, Subquery, Sum
from django.http import HttpResponse
from django.shortcuts import get_object_or_404
from django.template.loader import render_to_string
from django.urls import path
from django.utils.safestring import mark_safe

from hedgerow.agreements.models import Decision, Meeting, Promise, Voice
from hedgerow.charter.models import RuleSet
from hedgerow.core.models import Event
from hedgerow.journeys.models import Allowance, Milestone, Move, PlannedDate, Stage, Standing
from hedgerow.ledger.models import Posting
from hedgerow.people.models import Cluster, Programme, Seat

_AGAINST = Q(voices__ended_at=None, voices__stance__in=("disagree", "block"))
_fillers = {}  # path -> HTML; the same for every request


@login_required
def board(request, pk):
    programme = get_object_or_404(Programme, pk=pk)
    allowances = Allowance.objects.annotate(used=Sum("logs__half_days"))
    clusters = list(
        _with_journeys(programme.clusters.all()).prefetch_related(
            Prefetch("journey__allowances", allowances)
        )
    )
    context = {
        "programme": programme,
        "clusters": clusters,
        "has_days": True,
        "steps": _last_steps(clusters),
        "designs": programme.designs.all(),
        "moves": Move.objects.filter(milestone__journey__cluster__programme=programme),
        "money": Posting.objects.filter(award__cluster__programme=programme)
        .values_list("award__cluster", "step")
        .annotate(Sum("pence")),
        "decisions": Decision.objects.filter(cluster__programme=programme)
        .exclude(outcome__in=("", "withdrawn"))
        .values_list("cluster")
        .annotate(
            n=Count("pk", distinct=True), against=Count("pk", filter=_AGAINST, distinct=True)
        ),
    }
    return _answer(request, "board.html", context)


@login_required
def home(request):
    seats = Seat.objects.filter(user=request.user, ended_at=None).select_related(
        "cluster__programme", "organisation", "programme"
    )
    mine = [seat.cluster_id for seat in seats]
    own = [seat.organisation_id for seat in seats]
    events = Event.objects.filter(owner_kind="cluster", owner_key__in=mine).order_by("-at")[:8]
    context = {
        "seats": seats,
        "clusters": _with_journeys(Cluster.objects.filter(pk__in=mine)),
        "moves": Move.objects.filter(milestone__journey__cluster__in=mine, answered_at=None),
        "standings": Standing.objects.filter(
            milestone__journey__cluster__in=mine, organisation__in=own
        ),
        **_agreements(mine),
        "rule_sets": RuleSet.objects.filter(cluster__in=mine).prefetch_related("assents"),
        "events": events,
        "people": _people(events),
    }
    return _answer(request, "home.html", context)


def _with_journeys(clusters):
    stages = Stage.objects.annotate(
        n_tests=Count("exit_tests", distinct=True), n_met=Count("exit_tests__ticks", distinct=True)
    )
    planned = PlannedDate.objects.filter(milestone=OuterRef("pk")).order_by("timetable__number")
    milestones = Milestone.objects.annotate(
        first_on=Subquery(planned.values("on")[:1]),
        now_on=Subquery(planned.reverse().values("on")[:1]),
    )
    return (
        clusters.annotate(n_members=Count("members"))
        .select_related("journey")
        .prefetch_related(
            Prefetch("journey__stages", stages),
            Prefetch("journey__milestones", milestones.order_by("now_on")),
        )
    )


def _agreements(clusters):
    voices = Voice.objects.filter(ended_at=None).select_related("organisation")
    return {
        "decisions": Decision.objects.filter(cluster__in=clusters, closed_at=None)
        .select_related("cluster")
        .prefetch_related("options", Prefetch("voices", voices)),
        "promises": Promise.objects.filter(
            cluster__in=clusters, kept_at=None, let_go_at=None
        ).select_related(
            "first__user",
            "first__organisation",
            "second__user",
            "second__organisation",
            "meeting",
            "decision",
        ),
        "meetings": Meeting.objects.filter(
            cluster__in=clusters, called_off_at=None, ended_at=None
        ).prefetch_related("attendances"),
    }


def _people(events):
    seats = Seat.objects.filter(pk__in=[event.by_seat for event in events])
    return seats.select_related("user", "organisation")


def _last_steps(clusters):
    keys = [cluster.pk for cluster in clusters]
    events = Event.objects.filter(owner_kind="cluster", owner_key__in=keys)
    return events.values_list("owner_key").annotate(Max("at"))


def _answer(request, template, context):
    if request.path not in _fillers:
        html = render_to_string(template, {**context, "filler": ""}, request)
        _fillers[request.path] = _filler(request.path, len(html.encode()))
    context["filler"] = _fillers[request.path]
    return HttpResponse(render_to_string(template, context, request))


def _filler(path, n_bytes):
    kept = Path(os.environ["HEDGEROW_HOME"], f"{path.strip('/').replace('/', '-')}.html")
    whole = kept.read_bytes()
    return mark_safe(whole[: max(0, len(whole) - n_bytes)].decode(errors="ignore"))


urlpatterns = [path("board/<int:pk>/", board), path("home/", home)]
