"""Those who keep the rules of a programme, and those who keep the platform running."""

from django.contrib import messages
from django.shortcuts import redirect, render
from django.urls import reverse
from django.views.decorators.http import require_POST

from hedgerow.core.actions import Refused
from hedgerow.people import actions, queries, rules
from hedgerow.people.access import door, hall, visible
from hedgerow.people.forms import GlassForm, InviteForm, ProgrammeForm
from hedgerow.people.kinds import is_erased
from hedgerow.people.models import OF_A_PROGRAMME, Role

from .attempts import DONE, attempt


@door(rules.RUN_PROGRAMME)
def programme_people(request, programme, by):
    return _programme_page(request, programme)


@require_POST
@door(rules.RUN_PROGRAMME)
def invite_staff(request, programme, by):
    form = InviteForm(request.POST, roles=OF_A_PROGRAMME, auto_id="invite_%s")
    status = attempt(form, lambda **said: actions.invite(by=by, programme=programme, **said))
    if status != DONE:
        return _programme_page(request, programme, status, invite_form=form)
    messages.success(request, f"The invitation to {form.cleaned_data['email']} is on its way.")
    return redirect("people:programme_people", programme.pk)


@door(rules.END_STAFF_SEAT)
def end_staff_seat(request, seat, by):
    """Shows what ending means; the button does it."""
    if request.method != "POST":
        words = {"seat": queries.seat_line(seat), "back": _people_of(seat.programme_id)}
        return render(request, "people/end_seat.html", words)
    try:
        actions.end_seat(by=by, seat=seat)
    except Refused as refused:
        return _programme_page(request, seat.programme, 409, refusal=str(refused))
    messages.success(request, "The seat has ended, and opens nothing any more.")
    return redirect("home" if seat.user_id == by.person else _people_of(seat.programme_id))


@require_POST
@door(rules.REVOKE_STAFF_INVITATION)
def revoke_staff_invitation(request, invitation, by):
    try:
        actions.revoke_invitation(by=by, invitation=invitation)
    except Refused as refused:
        return _programme_page(request, invitation.programme, 409, refusal=str(refused))
    messages.success(request, "The invitation is taken back: its link is dead.")
    return redirect(_people_of(invitation.programme_id))


@hall(rules.SEE_ROLES, acts=True)
def platform(request, seats, by):
    return _platform_page(request)


@require_POST
@hall(rules.SET_UP_PROGRAMME, acts=True)
def create_programme(request, programmes, by):
    form = ProgrammeForm(request.POST)
    status = attempt(form, lambda **said: actions.create_programme(by=by, **said))
    if status != DONE:
        return _platform_page(request, status, programme_form=form)
    messages.success(request, "The programme is set up. Invite its manager next.")
    return redirect("people:platform")


@door(rules.SET_UP_PROGRAMME)
def invite_manager(request, programme, by):
    form = InviteForm(request.POST or None, roles=(Role.MANAGER,))
    words = {"form": form, "programme": programme}
    if request.method != "POST":
        return render(request, "people/invite_manager.html", words)
    status = attempt(form, lambda **said: actions.invite(by=by, programme=programme, **said))
    if status != DONE:
        return render(request, "people/invite_manager.html", words, status=status)
    messages.success(request, f"The invitation to {form.cleaned_data['email']} is on its way.")
    return redirect("people:platform")


@door(rules.SEE_ACCOUNTS)
def account(request, person, by):
    return _account_page(request, person)


@require_POST
@door(rules.KEEP_ACCOUNTS, fresh=True)
def close_account(request, person, by):
    return _kept(request, person, lambda: actions.close_account(by=by, user=person))


@require_POST
@door(rules.KEEP_ACCOUNTS, fresh=True)
def open_account(request, person, by):
    return _kept(request, person, lambda: actions.open_account(by=by, user=person))


@require_POST
@door(rules.KEEP_ACCOUNTS, fresh=True)
def clear_factors(request, person, by):
    return _kept(request, person, lambda: actions.clear_factors(by=by, user=person))


@door(rules.BREAK_GLASS, fresh=True)
def break_glass(request, cluster, by):
    form = GlassForm(request.POST or None)
    words = {"form": form, "cluster": cluster}
    if request.method != "POST":
        return render(request, "people/break_glass.html", words)
    status = attempt(form, lambda **said: actions.break_glass(by=by, cluster=cluster, **said))
    if status != DONE:
        return render(request, "people/break_glass.html", words, status=status)
    messages.success(
        request, "The cluster is open to you for four hours. Everybody in it was told."
    )
    return redirect("people:cluster_people", cluster.pk)


def _programme_page(request, programme, status=200, *, invite_form=None, refusal=""):
    words = {
        "programme": programme,
        "lines": queries.staff_of(programme),
        "clusters": queries.clusters_of(programme),
        "invitations": queries.invitations_to_staff(programme),
        "invite_form": invite_form or InviteForm(roles=OF_A_PROGRAMME, auto_id="invite_%s"),
        "refusal": refusal,
    }
    return render(request, "people/programme_people.html", words, status=status)


def _platform_page(request, status=200, *, programme_form=None):
    words = {
        "lines": queries.role_lines(visible(request.reader, rules.SEE_ROLES)),
        "programmes": visible(request.reader, rules.SEE_PROGRAMMES).order_by("name"),
        "clusters": visible(request.reader, rules.SEE_CLUSTERS).order_by("name"),
        "programme_form": programme_form or ProgrammeForm(),
    }
    return render(request, "people/platform.html", words, status=status)


def _kept(request, person, deed):
    try:
        deed()
    except Refused as refused:
        return _account_page(request, person, 409, refusal=str(refused))
    messages.success(request, "It is done, and stands in their history.")
    return redirect("people:account", person.pk)


def _account_page(request, person, status=200, refusal=""):
    words = {
        "person": person,
        "seats": queries.seats_of(person),
        "has_second_factor": queries.has_second_factor(person),
        "is_erased": is_erased(person),
        "refusal": refusal,
    }
    return render(request, "people/account.html", words, status=status)


def _people_of(key: int) -> str:
    return reverse("people:programme_people", args=[key])
