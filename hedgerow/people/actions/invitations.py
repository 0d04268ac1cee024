"""Seats offered to an email address. There is no other way in."""

import hashlib
import secrets
from datetime import timedelta

from django.conf import settings
from django.core.exceptions import ValidationError
from django.core.validators import validate_email
from django.db.models import Q
from django.urls import reverse

from hedgerow.core import clock, outbox
from hedgerow.core.actions import Refused, action, locked, nothing_to_do, record
from hedgerow.core.actors import Actor
from hedgerow.core.days import in_words
from hedgerow.core.owners import Audience, Owner
from hedgerow.people import tries
from hedgerow.people.kinds import refuse_published, refuse_to_mail, refuse_unseen
from hedgerow.people.models import (
    Cluster,
    Invitation,
    Organisation,
    Programme,
    Role,
    Seat,
    User,
)

from .clusters import going_on, revoke_waiting
from .seats import check_place, lock_place, record_seat, refuse_seat

OPEN_FOR = timedelta(days=14)

# Who may offer which seat. A Core Group member offers the seats of their own organisation, and the
# Core Group seat of another that never had anybody.
_OFFERED_BY = {
    Role.CORE: (Role.CORE, Role.DEPUTY, Role.STAFF, Role.SUPPORTER, Role.SPONSOR),
    Role.FACILITATOR: (Role.CORE, Role.DEPUTY, Role.STAFF, Role.SUPPORTER, Role.SPONSOR),
    Role.MANAGER: (
        Role.CORE,
        Role.SUPPORTER,
        Role.FACILITATOR,
        Role.MANAGER,
        Role.ASSESSOR,
        Role.VIEWER,
    ),
    Role.OPERATOR: (Role.MANAGER, Role.OPERATOR),
}


@action
def invite(
    *,
    by: Actor,
    email: str,
    role: str,
    title: str = "",
    cluster: Cluster | None = None,
    organisation: Organisation | None = None,
    programme: Programme | None = None,
) -> tuple[Invitation, str]:
    """Offer a seat by mail. Gives the invitation and the address of its page, whose token is the
    proof that the mail arrived: not to be shown to whoever invites.

    Asked again for the same seat, the earlier invitation is taken back.
    """
    role = Role(role)
    check_place(role, cluster, organisation, programme)
    refuse_unseen(title)
    refuse_published(by, cluster or programme)
    _refuse_offer(by, role, cluster, organisation)
    invitation, url = _offer(by, email, role, title, cluster, organisation, programme)
    outbox.post(
        to=invitation.email,
        subject=f"You are invited to {cluster or programme or 'Hedgerow'}",
        text=_words(invitation, url),
        key=f"people.invitation:{invitation.pk}",
        why="invitation",
    )
    _record("people.invited", by, invitation)
    return invitation, url


@action
def invite_operator(*, by: Actor, email: str) -> tuple[Invitation, str]:
    """Nothing is sent: whoever is at the machine hands the address over."""
    invitation, url = _offer(by, email, Role.OPERATOR, "", None, None, None)
    _record("people.invited", by, invitation)
    return invitation, url


@action
def accept_invitation(*, by: Actor, invitation: Invitation) -> Seat:
    """Whoever holds its token takes the seat. The address was shown by the token's arrival, so a
    person who is new is added."""
    lock_place(invitation.cluster, invitation.organisation)
    invitation = locked(invitation)
    _refuse_closed(invitation)
    email, role = invitation.email, Role(invitation.role)
    user = User.objects.filter(email=email).first()
    place = (invitation.cluster, invitation.organisation, invitation.programme)
    refuse_published(by, invitation.cluster or invitation.programme)
    refuse_seat(user, role, *place)
    if user is None:
        user, is_new = User.objects.get_or_create(email=email, defaults={"title": invitation.title})
        if not is_new:  # by another invitation, in this instant
            refuse_seat(user, role, *place)
    seat = Seat.objects.create(
        user=user,
        role=role,
        cluster=invitation.cluster,
        organisation=invitation.organisation,
        programme=invitation.programme,
        began_at=clock.now(),
    )
    invitation.accepted_at, invitation.seat = seat.began_at, seat
    invitation.save(update_fields=["accepted_at", "seat"])
    accepted_by = Actor(
        person=user.pk, seat=seat.pk, for_organisation=seat.organisation_id, via=by.via
    )
    record_seat("people.seat_taken", accepted_by, seat)
    return seat


@action
def revoke_invitation(*, by: Actor, invitation: Invitation) -> Invitation:
    invitation = locked(invitation)
    if invitation.revoked_at:
        nothing_to_do()
        return invitation
    if invitation.accepted_at:
        raise Refused("This invitation was accepted already. You can end the seat instead.")
    if by.for_organisation and invitation.organisation_id not in (None, by.for_organisation):
        raise Refused("Only those it invites for, and the facilitator, can take this one back.")
    if invitation.cluster:
        going_on(invitation.cluster)
    invitation.revoked_at = clock.now()
    invitation.save(update_fields=["revoked_at"])
    _record("people.invitation_revoked", by, invitation)
    return invitation


def digest_of_token(token: str) -> str:
    return hashlib.sha256(token.encode()).hexdigest()


def why_closed(invitation: Invitation) -> str:
    """A sentence; empty while it can be accepted."""
    if invitation.accepted_at:
        return "This invitation was accepted already. Sign in to go on."
    if invitation.revoked_at:
        return "This invitation was taken back. Ask whoever sent it for a new one."
    if clock.now() >= invitation.expires_at:
        day = in_words(clock.day_of(invitation.expires_at))
        return f"This invitation could be accepted until {day}. Ask whoever sent it for a new one."
    if invitation.cluster and invitation.cluster.ended_at:
        return f"{invitation.cluster} has ended, so nobody can join it any more."
    return ""


def _refuse_closed(invitation: Invitation) -> None:
    why = why_closed(invitation)
    if why:
        raise Refused(why)


def _refuse_offer(
    by: Actor, role: Role, cluster: Cluster | None, organisation: Organisation | None
) -> None:
    if by.seat is None:  # a command at the machine itself, or the example
        return
    seat = Seat.objects.get(pk=by.seat)
    acting = Role.CORE if seat.role == Role.DEPUTY else Role(seat.role)
    if role not in _OFFERED_BY.get(acting, ()):
        raise Refused(
            f"{_whole(acting)} cannot offer the seat of a {role.label.lower()}. "
            f"{'Ask your programme manager.' if acting is not Role.OPERATOR else ''}".strip()
        )
    is_for_another = organisation and seat.organisation_id not in (None, organisation.pk)
    if is_for_another and role in (Role.DEPUTY, Role.STAFF, Role.SUPPORTER):
        raise Refused(f"Only {organisation} itself and the facilitator can invite its people.")
    had_people = Seat.objects.filter(cluster=cluster, organisation=organisation)
    if is_for_another and had_people.exists():
        # Whoever is invited would take it over.
        raise Refused(
            f"{organisation} has had people here. Only the facilitator or the programme manager "
            "can invite its next Core Group member. Ask one of them."
        )


def _whole(role: Role) -> str:
    label = role.label if role is Role.CORE else role.label.lower()
    return f"A {label}"


def _offer(
    by: Actor,
    email: str,
    role: Role,
    title: str,
    cluster: Cluster | None,
    organisation: Organisation | None,
    programme: Programme | None,
) -> tuple[Invitation, str]:
    email = email.strip().lower()
    try:
        validate_email(email)
    except ValidationError:
        raise Refused(f"“{email[:80]}” is not an email address. Check it and try again.") from None
    lock_place(cluster, organisation)  # else somebody accepts between what is read and what is done
    user = User.objects.filter(email=email).first()
    if user and user.pk == by.person:
        raise Refused("This is your own address. You cannot invite yourself.")
    refuse_to_mail(by, user, cluster or programme)
    if by.person and not tries.take(tries.INVITATIONS, str(by.person)):
        raise Refused("You have sent many invitations today. Send the next ones tomorrow.")
    refuse_seat(user, role, cluster, organisation, programme)
    same = Q(
        email=email,
        role=role,
        cluster=cluster,
        organisation=organisation,
        programme=programme,
    )
    revoke_waiting(same)
    token = secrets.token_urlsafe(24)
    invitation = Invitation.objects.create(
        email=email,
        role=role,
        title=title.strip(),
        cluster=cluster,
        organisation=organisation,
        programme=programme,
        digest=digest_of_token(token),
        invited_by_id=by.person,
        invited_at=clock.now(),
        expires_at=clock.now() + OPEN_FOR,
    )
    return invitation, settings.PUBLIC_URL + reverse("people:invitation", args=[token])


def _words(invitation: Invitation, url: str) -> str:
    whom = f" for {invitation.organisation}" if invitation.organisation else ""
    inviter = f"{invitation.invited_by} invites" if invitation.invited_by else "We invite"
    until = in_words(clock.day_of(invitation.expires_at))
    return (
        f"{inviter} you to {invitation.cluster or invitation.programme or 'run Hedgerow'}, as "
        f"{invitation.get_role_display()}{whom}.\n\n"
        f"Open this page and press its one button to accept:\n\n{url}\n\n"
        f"It works once, until {until}. If you do not know what this is about, do nothing: "
        "nobody has signed you up for anything."
    )


def _record(did: str, by: Actor, invitation: Invitation) -> None:
    if invitation.cluster_id:
        owner: tuple[Owner, int | None] = (Owner.CLUSTER, invitation.cluster_id)
    elif invitation.programme_id:
        owner = (Owner.PROGRAMME, invitation.programme_id)
    else:
        owner = (Owner.SYSTEM, None)
    record(
        did,
        by=by,
        to=invitation,
        owner=owner,
        audience=Audience.CLUSTER,
        role=invitation.role,
        organisation=invitation.organisation_id,
    )
