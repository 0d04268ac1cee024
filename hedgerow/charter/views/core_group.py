from django.contrib import messages
from django.shortcuts import redirect, render
from django.views.decorators.http import require_POST

from hedgerow.charter import rules
from hedgerow.charter.actions import core_group as actions
from hedgerow.charter.forms.core_group import CompetitionForm, DelegationForm
from hedgerow.charter.queries import core_group as queries
from hedgerow.core import clock
from hedgerow.core.actions import Refused
from hedgerow.people.access import door, may, visible
from hedgerow.people.models import Organisation
from hedgerow.people.rules import GIVE_MANDATE, INVITE_TO_CLUSTER
from hedgerow.people.views.attempts import DONE, attempt


@door(rules.SEE_CHARTER)
def core_group(request, cluster, by):
    return _page(request, cluster)


@door(rules.DELEGATE)
def delegate(request, seat, by):
    """What this seat may commit: shown as it was said last, to be said anew."""
    cluster = seat.cluster
    request.is_invented = cluster.is_example
    said = queries.standing_delegation(seat.pk)
    initial = {"words": said.words, "up_to": said.up_to, "days": said.days} if said else {}
    form, status = DelegationForm(request.POST or None, initial=initial), 200
    if request.method == "POST":
        status = attempt(form, lambda **told: actions.delegate(by=by, seat=seat, **told))
        if status == DONE:
            return _back(request, cluster, "Said: the others can read what your seat may commit.")
    context = {"cluster": cluster, "seat": seat, "said": said, "form": form}
    return render(request, "charter/core_group_delegate.html", context, status=status)


@door(rules.DECLARE_COMPETITION)
def compete(request, member, by):
    """One button says nowhere; the form says where, with whom, and what stops."""
    cluster = member.cluster
    request.is_invented = cluster.is_example
    others = Organisation.objects.filter(
        memberships__cluster=cluster, memberships__left_at=None
    ).exclude(pk=member.organisation_id)
    others = others.order_by("name").distinct()
    is_nowhere = request.POST.get("nowhere") == "yes"
    form = CompetitionForm(
        request.POST if request.method == "POST" and not is_nowhere else None, others=others
    )
    refusal, status = "", 200
    if request.method == "POST" and is_nowhere:
        try:
            actions.declare_competition(by=by, member=member, where="", stops="", others=())
        except Refused as refused:
            refusal, status = str(refused), 409
        else:
            return _back(request, cluster, "Said: you compete nowhere with the others.", "compete")
    elif request.method == "POST":
        status = attempt(form, lambda **told: _declare(by, member, **told))
        if status == DONE:
            said = "Said: the others can read where you compete."
            return _back(request, cluster, said, "compete")
    mine = queries.competitions_of(cluster).get(member.organisation_id, ())
    context = {
        "cluster": cluster,
        "member": member,
        "form": form,
        "refusal": refusal,
        "mine": mine,
        "is_somewhere": any(said.where for said in mine),
    }
    return render(request, "charter/compete.html", context, status=status)


@require_POST
@door(rules.TAKE_BACK_COMPETITION)
def take_back_competition(request, competition, by):
    try:
        actions.take_back_competition(by=by, competition=competition)
    except Refused as refused:
        return _page(request, competition.cluster, refusal=str(refused), status=409)
    return _back(request, competition.cluster, "It is taken back.", "compete")


def _declare(by, member, *, others, **told):
    return actions.declare_competition(by=by, member=member, others=list(others), **told)


def _page(request, cluster, *, refusal="", status=200):
    request.is_invented = cluster.is_example
    reader = request.reader
    here = reader.in_cluster(cluster.pk)
    found = queries.core_group(
        cluster, frozenset(seat.organisation for seat in here if seat.organisation)
    )
    context = {
        "cluster": cluster,
        "found": found,
        "today": clock.today(),
        "refusal": refusal,
        **_may(reader, cluster),
    }
    return render(request, "charter/core_group.html", context, status=status)


def _may(reader, cluster):
    """What the reader can do here: keys of seats, members, deputies and competitions."""
    if cluster.ended_at:
        return {"may_invite": False}
    return {
        "delegates": _keys(reader, rules.DELEGATE, cluster),
        "competes": _keys(reader, rules.DECLARE_COMPETITION, cluster),
        "takes_back": _keys(reader, rules.TAKE_BACK_COMPETITION, cluster),
        "mandates": _keys(reader, GIVE_MANDATE, cluster),
        "may_invite": may(reader, INVITE_TO_CLUSTER, pk=cluster.pk),
    }


def _keys(reader, rule, cluster):
    return set(visible(reader, rule).filter(cluster=cluster).values_list("pk", flat=True))


def _back(request, cluster, sentence, anchor=""):
    messages.success(request, sentence)
    answer = redirect("charter:core_group", cluster.pk)
    if anchor:
        answer["Location"] += f"#{anchor}"
    return answer
