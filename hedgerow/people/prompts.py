"""What waits for whom among people, organisations and clusters, for "Next for you"."""

from collections.abc import Iterable, Iterator
from datetime import date, datetime, timedelta

from django.db.models import Exists, OuterRef, Q, QuerySet
from django.urls import reverse

from hedgerow.core import clock
from hedgerow.core.days import in_words
from hedgerow.core.prepared import prepared
from hedgerow.core.rooms import Prompt

from . import rules
from .access import visible
from .models import Invitation, Mandate, Member, Organisation, Programme, Role, Seat
from .readers import Reader, live, seat_words, with_seats


def prompts(reader: Reader, today: date) -> Iterator[Prompt]:
    """At most four queries; what stands beside an invitation or a mandate, only if there is one."""
    if reader.person is None:
        return
    if reader.waits_for_second_factor:
        yield _second_factor()
    yield from _invitations(reader)
    yield from _empty_organisations(reader)
    yield from _mandates(reader, today)
    yield from _seats_to_fill(reader)
    yield from _programmes(reader)


def _second_factor() -> Prompt:
    return Prompt(
        key="people.second_factor",
        sentence="Set up a second factor",
        why="Your seat stays shut until you show one: an app on your telephone, or a passkey.",
        minutes=3,
        url=reverse("people:factors"),
        button="Set it up",
        place="Hedgerow",
    )


def _invitations(reader: Reader) -> Iterator[Prompt]:
    for invitation in _waiting(reader.person.email, clock.now()):
        place = str(invitation.cluster or invitation.programme or "Hedgerow")
        runs_out_on = clock.day_of(invitation.expires_at)
        yield Prompt(
            key=f"people.invitation:{invitation.pk}",
            sentence=f"Answer the invitation to {place}",
            why=f"You are offered the seat of {invitation.get_role_display()}.",
            minutes=1,
            url=reverse("people:you"),
            button="See the invitation",
            place=place,
            due_on=runs_out_on,
        )


@prepared
def _waiting(email: str, now: datetime) -> QuerySet[Invitation]:
    waiting = Invitation.objects.filter(
        email=email, accepted_at=None, revoked_at=None, expires_at__gt=now
    )
    read = waiting.only("role", "expires_at", "cluster", "programme")
    return read.prefetch_related("cluster", "programme")


def _empty_organisations(reader: Reader) -> Iterator[Prompt]:
    if not any(Role.CORE in seat.roles for seat in reader.seats):
        return
    for organisation in _empty(reader):
        yield Prompt(
            key=f"people.describe:{organisation.pk}",
            sentence=f"Say what {organisation} does",
            why="Nothing stands on its page yet. The others in your cluster look there first.",
            minutes=5,
            url=reverse("people:describe_organisation", args=[organisation.pk]),
            button="Describe it",
            place=organisation.name,
        )


@prepared
def _empty(reader: Reader) -> QuerySet[Organisation]:
    own = visible(reader, rules.DESCRIBE_ORGANISATION)
    return own.filter(words="", is_published=False).only("name")


def _mandates(reader: Reader, today: date) -> Iterator[Prompt]:
    """To whoever gave a mandate that ends today or tomorrow."""
    keys = [seat.key for seat in reader.seats if seat.role is Role.CORE]
    if not keys:
        return
    ending = _ending(keys, today, today + timedelta(days=1))
    for mandate in with_seats(ending, "deputy"):
        yield Prompt(
            key=f"people.mandate:{mandate.pk}",
            sentence=f"{seat_words(mandate.deputy)} stands in until {in_words(mandate.until_on)}",
            why="After that the voice is yours again. Give another mandate if you are still away.",
            minutes=2,
            url=reverse("people:give_mandate", args=[mandate.deputy_id]),
            button="Choose more days",
            place=str(mandate.deputy.cluster),
            due_on=mandate.until_on,
        )


@prepared
def _ending(given_by: Iterable[int], first: date, last: date) -> QuerySet[Mandate]:
    return Mandate.objects.filter(
        given_by__in=given_by, ended_at=None, until_on__gte=first, until_on__lte=last
    )


def _seats_to_fill(reader: Reader) -> Iterator[Prompt]:
    """To the facilitator: members whose Core Group seat is empty and offered to nobody."""
    keys = [seat.cluster for seat in reader.seats if seat.role is Role.FACILITATOR]
    if not keys:
        return
    here = Q(cluster=OuterRef("cluster"), organisation=OuterRef("organisation"), role=Role.CORE)
    empty = (
        Member.objects.filter(
            ~Exists(Seat.objects.filter(here, ended_at=None)),
            ~Exists(
                Invitation.objects.filter(
                    here, accepted_at=None, revoked_at=None, expires_at__gt=clock.now()
                )
            ),
            cluster__in=keys,
            cluster__ended_at=None,
            cluster__is_published=False,
            left_at=None,
            is_second_tier=False,
        )
        .select_related("cluster", "organisation")
        .order_by("pk")
    )
    for member in empty:
        yield Prompt(
            key=f"people.core_seat:{member.pk}",
            sentence=f"Invite somebody to speak for {member.organisation}",
            why="It has no Core Group member, so it has no voice in what is decided.",
            minutes=3,
            url=reverse("people:cluster_people", args=[member.cluster_id]),
            button="Invite them",
            place=str(member.cluster),
        )


def _programmes(reader: Reader) -> Iterator[Prompt]:
    """To an operator: the first programme, and a manager for each."""
    if not reader.has(Role.OPERATOR):
        return
    programmes = visible(reader, rules.SEE_PROGRAMMES).filter(
        is_published=False, is_example=reader.person.is_example
    )
    here = Q(programme=OuterRef("pk"), role=Role.MANAGER)
    is_led = Exists(Seat.objects.filter(here, live(clock.now())))
    is_offered = Exists(
        Invitation.objects.filter(
            here, accepted_at=None, revoked_at=None, expires_at__gt=clock.now()
        )
    )
    found = list(programmes.annotate(has_manager=is_led | is_offered).order_by("pk"))
    if not found:
        yield Prompt(
            key="people.first_programme",
            sentence="Set up the first programme",
            why="Clusters begin in a programme, and there is none here yet.",
            minutes=3,
            url=reverse("people:platform"),
            button="Set it up",
            place="Hedgerow",
        )
    for programme in found:
        if not programme.has_manager:
            yield _manager_to_invite(programme)


def _manager_to_invite(programme: Programme) -> Prompt:
    return Prompt(
        key=f"people.manager:{programme.pk}",
        sentence=f"Invite a manager for {programme}",
        why="Nobody runs it, and nobody else can bring clusters into it.",
        minutes=2,
        url=reverse("people:invite_manager", args=[programme.pk]),
        button="Invite a manager",
        place=programme.name,
    )
