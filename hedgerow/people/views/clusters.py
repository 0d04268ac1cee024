"""Who is in a cluster, and how they come and go."""

from django.contrib import messages
from django.shortcuts import redirect, render
from django.views.decorators.http import require_POST

from hedgerow.core.actions import Refused
from hedgerow.people import actions, queries, rules
from hedgerow.people.access import door, may, visible
from hedgerow.people.forms import ClusterInviteForm, JoinForm
from hedgerow.people.models import Cluster, Organisation, Role, Seat

from .attempts import DONE, attempt


@door(rules.SEE_PEOPLE)
def cluster_people(request, cluster, by):
    return people_page(request, cluster)


@require_POST
@door(rules.INVITE_TO_CLUSTER)
def invite(request, cluster, by):
    form = _invite_form(cluster, request.POST)
    status = attempt(form, lambda **said: actions.invite(by=by, cluster=cluster, **said))
    if status != DONE:
        return people_page(request, cluster, status, invite_form=form)
    messages.success(request, f"The invitation to {form.cleaned_data['email']} is on its way.")
    return redirect("people:cluster_people", cluster.pk)


@require_POST
@door(rules.INVITE_TO_CLUSTER)
def join(request, cluster, by):
    form = JoinForm(request.POST, auto_id="join_%s")
    status = attempt(form, lambda **said: actions.join_new(by=by, cluster=cluster, **said))
    if status != DONE:
        return people_page(request, cluster, status, join_form=form)
    messages.success(request, "The organisation is in. Invite its Core Group member next.")
    return redirect("people:cluster_people", cluster.pk)


@door(rules.END_CLUSTER)
def end(request, cluster, by):
    if request.method != "POST":
        return render(request, "people/end_cluster.html", {"cluster": cluster})
    try:
        actions.end_cluster(by=by, cluster=cluster)
    except Refused as refused:
        words = {"cluster": cluster, "refusal": str(refused)}
        return render(request, "people/end_cluster.html", words, status=409)
    messages.success(request, "The cluster has ended. It can be read, and not be changed.")
    return redirect("people:cluster_people", cluster.pk)


@door(rules.LEAVE_CLUSTER)
def leave(request, member, by):
    """Shows what leaving means; the button does it."""
    words = {"member": queries.member_line(member), "cluster": member.cluster, "refusal": ""}
    if request.method != "POST":
        return render(request, "people/leave_cluster.html", words)
    try:
        actions.leave_cluster(by=by, member=member)
    except Refused as refused:
        words["refusal"] = str(refused)
        return render(request, "people/leave_cluster.html", words, status=409)
    messages.success(request, f"{member.organisation} has left {member.cluster}.")
    return redirect("home")


def people_page(
    request, cluster: Cluster, status=200, *, invite_form=None, join_form=None, refusal=""
):
    reader = request.reader
    may_invite = may(reader, rules.INVITE_TO_CLUSTER, pk=cluster.pk)
    going_on = not cluster.ended_at
    endable = deputies = Seat.objects.none()
    if going_on:
        endable = visible(reader, rules.END_SEAT).filter(cluster=cluster, ended_at=None)
        deputies = visible(reader, rules.GIVE_MANDATE).filter(
            cluster=cluster, role=Role.DEPUTY, ended_at=None
        )
    endable = set(endable.values_list("pk", flat=True))
    deputies = set(deputies.values_list("pk", flat=True))
    own = {seat.organisation for seat in reader.in_cluster(cluster.pk) if Role.CORE in seat.roles}
    words = {
        "cluster": cluster,
        "lines": queries.people_of(cluster),
        "members": queries.members_of(cluster),
        "mandates": queries.mandates_of(cluster),
        "glass": queries.glass_of(cluster),
        "own": own if going_on else set(),
        "may_take_out": _all_if(reader, rules.LEAVE_CLUSTER, cluster) if going_on else set(),
        "may_end_seats": bool(endable or deputies),
        "endable": endable,
        "deputies": deputies,
        "may_invite": may_invite and going_on,
        "may_publish": going_on and may(reader, rules.PUBLISH_CLUSTER, pk=cluster.pk),
        "may_end_cluster": going_on and may(reader, rules.END_CLUSTER, pk=cluster.pk),
        "invitations": queries.invitations_to(cluster, reader) if may_invite else [],
        "invite_form": invite_form or _invite_form(cluster),
        "join_form": join_form or JoinForm(auto_id="join_%s"),
        "refusal": refusal,
    }
    return render(request, "people/cluster_people.html", words, status=status)


def _invite_form(cluster: Cluster, said=None) -> ClusterInviteForm:
    members = Organisation.objects.filter(
        memberships__cluster=cluster, memberships__left_at=None
    ).order_by("name")
    return ClusterInviteForm(
        said, roles=queries.ROLES_TO_OFFER, organisations=members, auto_id="invite_%s"
    )


def _all_if(reader, rule, cluster) -> set[int]:
    """Keys of the organisations that the reader may take out."""
    members = visible(reader, rule).filter(cluster=cluster, left_at=None)
    return set(members.values_list("organisation", flat=True))
