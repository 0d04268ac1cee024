"""Who is where."""

from collections.abc import Iterable
from dataclasses import dataclass, replace
from datetime import date, datetime

from django.contrib.sessions.models import Session
from django.db.models import Exists, OuterRef, QuerySet

from hedgerow.core import clock
from hedgerow.people.models import (
    Authenticator,
    BreakGlass,
    Cluster,
    Invitation,
    Mandate,
    Member,
    Organisation,
    Programme,
    Role,
    Scheme,
    Seat,
    SignIn,
    User,
)
from hedgerow.people.postcodes import authority_name
from hedgerow.people.readers import Reader, live, seat_words, standing_in

# In the order in which a form offers them.
ROLES_TO_OFFER = (
    Role.CORE,
    Role.DEPUTY,
    Role.STAFF,
    Role.SUPPORTER,
    Role.FACILITATOR,
    Role.SPONSOR,
)

_RANK = {role: rank for rank, role in enumerate(Role)}
_SEAT = ("user", "organisation", "cluster", "programme")


@dataclass(frozen=True, kw_only=True)
class SeatLine:
    key: int
    words: str  # "Chief executive, Open Door"
    person_key: int
    name: str  # of the person; empty if they did not say
    role: Role
    role_label: str
    organisation: str  # empty where the seat is for none
    organisation_key: int | None
    place: str  # the cluster or programme; empty for an operator
    cluster_key: int | None
    since: date
    until: date | None  # None while it lasts
    stands_in: bool  # a deputy with a mandate for today


@dataclass(frozen=True, kw_only=True)
class MemberLine:
    key: int
    name: str
    organisation_key: int
    is_second_tier: bool
    since: date
    has_core_seat: bool


@dataclass(frozen=True, kw_only=True)
class MandateLine:
    key: int
    deputy: str
    organisation_key: int
    from_on: date
    until_on: date


@dataclass(frozen=True, kw_only=True)
class InvitationLine:
    key: int
    email: str  # empty where the reader may not know it
    role_label: str
    organisation: str
    place: str
    organisation_key: int | None
    inviter_key: int | None
    invited_by: str
    invited_on: date
    until: date  # the day on which it runs out


@dataclass(frozen=True, kw_only=True)
class GlassLine:
    by: str
    reason: str
    at: datetime
    until: datetime


@dataclass(frozen=True, kw_only=True)
class SignInLine:
    key: int
    browser: str
    since: datetime
    is_here: bool  # the browser that asks
    is_kept: bool


@dataclass(frozen=True, kw_only=True)
class OrganisationFace:
    key: int
    name: str
    words: str
    legal_form: str
    income_band: str
    numbers: tuple[tuple[str, str], ...]  # register, number
    postcode: str
    authority: str
    areas: tuple[str, ...]


def seat_line(seat: Seat, *, stands_in: bool = False) -> SeatLine:
    place = seat.cluster or seat.programme
    ended = seat.ended_at if seat.ended_at and seat.ended_at <= clock.now() else None
    return SeatLine(
        key=seat.pk,
        words=seat_words(seat),
        person_key=seat.user_id,
        name=seat.user.name,
        role=Role(seat.role),
        role_label=seat.get_role_display(),
        organisation=str(seat.organisation or ""),
        organisation_key=seat.organisation_id,
        place=str(place or ""),
        cluster_key=seat.cluster_id,
        since=clock.day_of(seat.began_at),
        until=clock.day_of(ended) if ended else None,
        stands_in=stands_in,
    )


def people_of(cluster: Cluster) -> list[SeatLine]:
    """Who sits there today: by organisation, then by role; those for none last. One query."""
    seats = _live_seats().filter(cluster=cluster).exclude(role=Role.OPERATOR)
    return sorted(
        _lines(seats), key=lambda line: (not line.organisation, line.organisation, _RANK[line.role])
    )


def seats_of(user: User) -> list[SeatLine]:
    """Those they hold, then those they held; oldest first. One query."""
    seats = Seat.objects.filter(user=user).select_related(*_SEAT).annotate(stands_in=standing_in())
    return sorted(_lines(seats), key=lambda line: (line.until is not None, line.since))


def staff_of(programme: Programme) -> list[SeatLine]:
    """One query."""
    return sorted(
        _lines(_live_seats().filter(programme=programme)), key=lambda line: _RANK[line.role]
    )


def role_lines(seats: QuerySet[Seat]) -> list[SeatLine]:
    """Live ones of these, by place. One query."""
    mine = seats.filter(live(clock.now())).select_related(*_SEAT).annotate(stands_in=standing_in())
    return sorted(_lines(mine), key=lambda line: (line.place, line.organisation, _RANK[line.role]))


def members_of(cluster: Cluster) -> list[MemberLine]:
    """Those in it today, by name. One query."""
    core = Seat.objects.filter(
        cluster=OuterRef("cluster"),
        organisation=OuterRef("organisation"),
        role=Role.CORE,
        ended_at=None,
    )
    members = (
        cluster.members.filter(left_at=None)
        .select_related("organisation")
        .annotate(has_core=Exists(core))
        .order_by("organisation__name")
    )
    return [member_line(member, has_core_seat=member.has_core) for member in members]


def member_line(member: Member, *, has_core_seat: bool = False) -> MemberLine:
    return MemberLine(
        key=member.pk,
        name=member.organisation.name,
        organisation_key=member.organisation_id,
        is_second_tier=member.is_second_tier,
        since=clock.day_of(member.joined_at),
        has_core_seat=has_core_seat,
    )


def mandates_of(cluster: Cluster) -> list[MandateLine]:
    """Those that hold today or later. One query."""
    mandates = (
        Mandate.objects.filter(deputy__cluster=cluster, ended_at=None, until_on__gte=clock.today())
        .select_related(*(f"deputy__{name}" for name in _SEAT))
        .order_by("from_on", "pk")
    )
    return [
        MandateLine(
            key=mandate.pk,
            deputy=seat_words(mandate.deputy),
            organisation_key=mandate.deputy.organisation_id,
            from_on=mandate.from_on,
            until_on=mandate.until_on,
        )
        for mandate in mandates
    ]


def invitations_to(cluster: Cluster, reader: Reader) -> list[InvitationLine]:
    """Those that wait. The address is told to whoever invited and to the organisation that it is
    for. One query."""
    person = reader.person.pk if reader.person else None
    own = {seat.organisation for seat in reader.in_cluster(cluster.pk) if seat.organisation}
    return [
        line
        if line.inviter_key == person or line.organisation_key in own
        else replace(line, email="")
        for line in _invitations(cluster.invitations)
    ]


def invitations_to_staff(programme: Programme) -> list[InvitationLine]:
    """Those that wait. One query."""
    return _invitations(programme.invitations)


def invitations_for(email: str) -> list[InvitationLine]:
    """Those that wait for whoever has this address. One query."""
    return _invitations(Invitation.objects.filter(email=email))


def invitation_line(invitation: Invitation) -> InvitationLine:
    return InvitationLine(
        key=invitation.pk,
        email=invitation.email,
        role_label=invitation.get_role_display(),
        organisation=str(invitation.organisation or ""),
        place=str(invitation.cluster or invitation.programme or "Hedgerow"),
        organisation_key=invitation.organisation_id,
        inviter_key=invitation.invited_by_id,
        invited_by=str(invitation.invited_by or "Whoever runs this Hedgerow"),
        invited_on=clock.day_of(invitation.invited_at),
        until=clock.day_of(invitation.expires_at),
    )


def glass_of(cluster: Cluster) -> list[GlassLine]:
    """Each time an operator opened it, newest first. One query."""
    opened = (
        BreakGlass.objects.filter(seat__cluster=cluster)
        .select_related("seat__user")
        .order_by("-seat__began_at", "-pk")
    )
    return [
        GlassLine(
            by=f"{glass.seat.user.title or glass.seat.get_role_display()}",
            reason=glass.reason,
            at=glass.seat.began_at,
            until=glass.seat.ended_at,
        )
        for glass in opened
    ]


def clusters_of(programme: Programme) -> list[Cluster]:
    """By name. One query."""
    return list(programme.clusters.order_by("name"))


def sign_ins_of(user: User, *, here: str | None) -> list[SignInLine]:
    """Where they are signed in now, this browser first. Two queries."""
    mine = list(SignIn.objects.filter(user=user, ended_at=None).order_by("-began_at", "-pk"))
    alive = set(
        Session.objects.filter(
            pk__in=[sign_in.session_key for sign_in in mine], expire_date__gt=clock.now()
        ).values_list("pk", flat=True)
    )
    lines = [
        SignInLine(
            key=sign_in.pk,
            browser=str(sign_in),
            since=sign_in.began_at,
            is_here=sign_in.session_key == here,
            is_kept=sign_in.is_kept,
        )
        for sign_in in mine
        if sign_in.session_key in alive
    ]
    return sorted(lines, key=lambda line: not line.is_here)


def has_second_factor(user: User) -> bool:
    return (
        user.passkeys.exists()
        or Authenticator.objects.filter(user=user, shown_at__isnull=False).exists()
    )


def organisation_face(organisation: Organisation) -> OrganisationFace:
    """Two queries."""
    numbers = organisation.identifiers.exclude(scheme=Scheme.LOCAL).order_by("scheme", "number")
    return OrganisationFace(
        key=organisation.pk,
        name=organisation.name,
        words=organisation.words,
        legal_form=organisation.get_legal_form_display() if organisation.legal_form else "",
        income_band=organisation.get_income_band_display() if organisation.income_band else "",
        numbers=tuple((Scheme(one.scheme).label, one.number) for one in numbers),
        postcode=organisation.postcode,
        authority=authority_name(organisation.authority),
        areas=tuple(organisation.areas.order_by("name").values_list("name", flat=True)),
    )


def _live_seats() -> QuerySet[Seat]:
    return (
        Seat.objects.filter(live(clock.now()))
        .select_related(*_SEAT)
        .annotate(stands_in=standing_in())
    )


def _lines(seats: Iterable[Seat]) -> list[SeatLine]:
    return [
        seat_line(seat, stands_in=seat.role == Role.DEPUTY and seat.stands_in) for seat in seats
    ]


def _invitations(where) -> list[InvitationLine]:
    waiting = (
        where.filter(accepted_at=None, revoked_at=None, expires_at__gt=clock.now())
        .select_related("cluster", "organisation", "programme", "invited_by")
        .order_by("-invited_at", "-pk")
    )
    return [invitation_line(invitation) for invitation in waiting]
