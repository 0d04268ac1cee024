"""People, their seats, and who stands in for whom."""

from datetime import date, timedelta

from django.db.models import Q, QuerySet

from hedgerow.core import clock, outbox
from hedgerow.core.actions import Refused, action, for_change, locked, nothing_to_do, record
from hedgerow.core.actors import Actor
from hedgerow.core.owners import Audience, Owner
from hedgerow.people.kinds import refuse_published, refuse_unseen, stays_whole
from hedgerow.people.models import (
    FOR_AN_ORGANISATION,
    IN_A_CLUSTER,
    OF_A_PROGRAMME,
    BreakGlass,
    Cluster,
    Mandate,
    Member,
    Organisation,
    Programme,
    Role,
    Seat,
    User,
)

from .clusters import core_seat, end_seats, going_on

GLASS_LASTS = timedelta(hours=4)
LONGEST_MANDATE = timedelta(days=366)


@action
def add_person(
    *, by: Actor, email: str, title: str, name: str = "", is_example: bool = False
) -> User:
    refuse_unseen(title, name)
    email = email.strip().lower()
    user, is_new = User.objects.get_or_create(
        email=email, defaults={"title": title, "name": name, "is_example": is_example}
    )
    if not is_new:
        raise Refused(f"{email} is here already. Give that person a seat instead.")
    record(
        "people.person_added",
        by=by,
        to=user,
        owner=(Owner.PERSON, user.pk),
        audience=Audience.ONLY_US,
    )
    return user


@action
def describe_person(*, by: Actor, user: User, name: str, title: str, wants_digest: bool) -> User:
    user = locked(user)
    refuse_unseen(name, title)
    if (user.name, user.title, user.wants_digest) == (name, title, wants_digest):
        nothing_to_do()
        return user
    stays_whole(by, user)
    user.name, user.title, user.wants_digest = name, title, wants_digest
    user.save(update_fields=["name", "title", "wants_digest"])
    record(
        "people.person_described",
        by=by,
        to=user,
        owner=(Owner.PERSON, user.pk),
        audience=Audience.ONLY_US,
    )
    return user


@action
def give_seat(
    *,
    by: Actor,
    user: User,
    role: str,
    cluster: Cluster | None = None,
    organisation: Organisation | None = None,
    programme: Programme | None = None,
) -> Seat:
    """Wants what the role stands in: a cluster and organisation, a cluster, a programme, nothing.

    Refused for whom the place has no such seat.
    """
    role = Role(role)
    check_place(role, cluster, organisation, programme)
    refuse_published(by, cluster or programme)
    refuse_seat(user, role, cluster, organisation, programme)
    seat = Seat.objects.create(
        user=user,
        role=role,
        cluster=cluster,
        organisation=organisation,
        programme=programme,
        began_at=clock.now(),
    )
    record_seat("people.seat_given", by, seat)
    return seat


@action
def end_seat(*, by: Actor, seat: Seat) -> Seat:
    """From now on it opens nothing. What was done from it stays."""
    seat = locked(seat)
    if seat.ended_at and seat.ended_at <= clock.now():
        nothing_to_do()
        return seat
    stays_whole(by, seat.user)
    is_own = by.person == seat.user_id
    if seat.cluster and not is_own:
        going_on(seat.cluster)
        _refuse_to_staff(by, seat)
    if not is_own and by.for_organisation not in (None, seat.organisation_id):
        raise Refused(
            f"You can end seats of your own organisation. For this one, ask "
            f"{seat.organisation or 'the programme manager'} or your facilitator."
        )
    end_seats(Seat.objects.filter(pk=seat.pk))
    seat.refresh_from_db()
    record_seat("people.seat_ended", by, seat)
    return seat


@action
def give_mandate(*, by: Actor, deputy: Seat, from_on: date, until_on: date) -> Mandate:
    """The deputy stands in for the Core Group member on these days, both included."""
    deputy = locked(deputy)
    if deputy.role != Role.DEPUTY or deputy.ended_at:
        raise Refused("Only a deputy can stand in. Invite one first.")
    assert deputy.cluster and deputy.organisation
    going_on(deputy.cluster)
    giver = core_seat(deputy.cluster, deputy.organisation)
    if giver is None:
        raise Refused(
            f"{deputy.organisation} has no Core Group member just now, so nobody can be stood in "
            "for. Invite one."
        )
    if by.seat not in (None, giver.pk):
        raise Refused("Only the Core Group member can say who stands in for them.")
    if until_on < from_on:
        raise Refused("The last day is before the first. Change one of the two.")
    if until_on < clock.today():
        raise Refused("These days are over already. Choose days that are still to come.")
    if until_on - from_on > LONGEST_MANDATE:
        raise Refused("A mandate is for a year at most. Choose an earlier last day.")
    overlapping = Mandate.objects.filter(
        deputy__cluster=deputy.cluster,
        deputy__organisation=deputy.organisation,
        ended_at=None,
        from_on__lte=until_on,
        until_on__gte=from_on,
    )
    if overlapping.exists():
        raise Refused(
            "Somebody stands in on some of these days already. Take that mandate back, or choose "
            "other days."
        )
    mandate = Mandate.objects.create(
        deputy=deputy, given_by=giver, from_on=from_on, until_on=until_on
    )
    _record_mandate("people.mandate_given", by, mandate)
    return mandate


@action
def end_mandate(*, by: Actor, mandate: Mandate) -> Mandate:
    mandate = locked(mandate)
    if mandate.ended_at or mandate.until_on < clock.today():
        nothing_to_do()
        return mandate
    assert mandate.deputy.cluster
    going_on(mandate.deputy.cluster)
    mandate.ended_at = clock.now()
    mandate.save(update_fields=["ended_at"])
    _record_mandate("people.mandate_ended", by, mandate)
    return mandate


@action
def break_glass(*, by: Actor, cluster: Cluster, reason: str) -> Seat:
    """An operator opens one cluster to read it, for four hours. Everybody there is told by mail."""
    operator = Seat.objects.filter(
        pk=by.seat, user=by.person, role=Role.OPERATOR, cluster=None, ended_at=None
    ).first()
    if operator is None:
        raise Refused("Only a platform operator can open a cluster for a reason.")
    if len(reason.strip()) < 10:
        raise Refused("Say why in a sentence: everybody in the cluster will read it.")
    now = clock.now()
    open_now = Q(role=Role.OPERATOR, cluster=cluster, ended_at__gt=now)
    if Seat.objects.filter(open_now, user=operator.user).exists():
        raise Refused("You have opened this cluster already, and your four hours are not over.")
    seat = Seat.objects.create(
        user=operator.user,
        role=Role.OPERATOR,
        cluster=cluster,
        began_at=now,
        ended_at=now + GLASS_LASTS,
    )
    BreakGlass.objects.create(seat=seat, reason=reason.strip())
    for reached in _people_in(cluster):
        outbox.post(
            to=reached.email,
            subject=f"An operator opened {cluster}",
            text=_glass_words(cluster, operator, reason.strip()),
            key=f"people.glass:{seat.pk}:{reached.pk}",
            why="glass",
            person=reached.pk,
        )
    record(
        "people.glass_broken",
        by=by,
        to=seat,
        owner=(Owner.CLUSTER, cluster.pk),
        audience=Audience.CLUSTER,
    )
    return seat


def _refuse_to_staff(by: Actor, seat: Seat) -> None:
    """Of the seats in a cluster, its programme ends those that only it gives: facilitators'."""
    acting = Seat.objects.filter(pk=by.seat, role=Role.MANAGER).first()
    if acting and seat.role != Role.FACILITATOR:
        raise Refused(
            "This seat is for the cluster to end: ask its organisation's Core Group member or the "
            "facilitator."
        )


def _people_in(cluster: Cluster) -> list[User]:
    now = clock.now()
    here = Q(seats__cluster=cluster) & (Q(seats__ended_at=None) | Q(seats__ended_at__gt=now))
    return list(
        User.objects.filter(here, is_active=True)
        .exclude(seats__role=Role.OPERATOR, seats__cluster=None)
        .distinct()
        .order_by("pk")
    )


def _glass_words(cluster: Cluster, operator: Seat, reason: str) -> str:
    return (
        f"{operator.user}, who runs this Hedgerow, has opened {cluster} to read it.\n\n"
        f"The reason they gave:\n\n    {reason}\n\n"
        "They can read what the cluster holds for four hours from now, and change nothing. It "
        "stands in the cluster's history. If you did not expect this, ask them, or your programme "
        "manager."
    )


# What several actions do, inside their own transactions.


def check_place(
    role: Role,
    cluster: Cluster | None,
    organisation: Organisation | None,
    programme: Programme | None,
) -> None:
    """Raises ValueError if the caller gave a role a place that it does not stand in."""
    wanted = (role in IN_A_CLUSTER, role in FOR_AN_ORGANISATION, role in OF_A_PROGRAMME)
    if wanted != (cluster is not None, organisation is not None, programme is not None):
        raise ValueError(f"a {role} seat stands elsewhere")


def lock_place(cluster: Cluster | None, organisation: Organisation | None) -> None:
    """What `refuse_seat` locks, before invitations to it: as leaving does, and inviting anew."""
    if cluster and organisation:
        for_change(_members(cluster, organisation)).first()


def _members(cluster: Cluster, organisation: Organisation) -> QuerySet[Member]:
    return Member.objects.filter(cluster=cluster, organisation=organisation, left_at=None)


def refuse_seat(
    user: User | None,
    role: Role,
    cluster: Cluster | None,
    organisation: Organisation | None,
    programme: Programme | None,
) -> None:
    """Raises Refused if the place has no such seat for them. `user` is None if they are new."""
    if cluster:
        going_on(cluster)
    if cluster and organisation:
        _refuse_for_organisation(role, cluster, organisation)
    place = cluster or programme
    if user is None and place and place.is_example:
        raise Refused(f"The example has its people already: {place} is for nobody else.")
    if user is None:
        return
    if not user.is_active:
        raise Refused("This person's account is closed. An operator can open it again.")
    if place and user.is_example != place.is_example:
        raise Refused(f"The people of the example stay in the example: {place} is not for them.")
    theirs = Seat.objects.filter(
        user=user, role=role, cluster=cluster, organisation=organisation, programme=programme
    )
    if theirs.filter(ended_at=None).exists():
        raise Refused(f"{user} has this seat already.")


def _refuse_for_organisation(role: Role, cluster: Cluster, organisation: Organisation) -> None:
    # Locked, so that two who are offered the one Core Group seat come one after the other.
    member = for_change(_members(cluster, organisation)).first()
    if member is None:
        was = Member.objects.filter(cluster=cluster, organisation=organisation).exists()
        raise Refused(
            f"{organisation} has left {cluster}. It can join again first."
            if was
            else f"{organisation} is not in {cluster}. It has to join first."
        )
    if member.is_second_tier and role is not Role.SUPPORTER:
        raise Refused(
            f"{organisation} supports {cluster} and holds no vote there: its people are "
            "second-tier supporters."
        )
    if not member.is_second_tier and role is Role.SUPPORTER:
        raise Refused(
            f"{organisation} is a full member of {cluster}: its people are not supporters."
        )
    if role is Role.CORE and core_seat(cluster, organisation):
        raise Refused(
            f"{organisation} has its Core Group member already, and each organisation has one. "
            "End that seat first, or invite a deputy."
        )


def owner_of_seat(seat: Seat) -> tuple[Owner, int | None]:
    if seat.cluster_id:
        return Owner.CLUSTER, seat.cluster_id
    if seat.programme_id:
        return Owner.PROGRAMME, seat.programme_id
    return Owner.SYSTEM, None


def record_seat(did: str, by: Actor, seat: Seat) -> None:
    record(
        did,
        by=by,
        to=seat,
        owner=owner_of_seat(seat),
        audience=Audience.CLUSTER,
        person=seat.user_id,
        role=seat.role,
        organisation=seat.organisation_id,
    )


def _record_mandate(did: str, by: Actor, mandate: Mandate) -> None:
    record(
        did,
        by=by,
        to=mandate,
        owner=(Owner.CLUSTER, mandate.deputy.cluster_id),
        audience=Audience.CLUSTER,
        deputy=mandate.deputy_id,
        from_on=mandate.from_on,
        until_on=mandate.until_on,
    )
