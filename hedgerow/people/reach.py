"""What a seat reaches: rules as data, and the rows and events they open. From access.md."""

import functools
from dataclasses import dataclass, field
from typing import Any

from django.apps import apps
from django.db.models import F, Q, QuerySet

from hedgerow.core.models import Event
from hedgerow.core.owners import Audience, Owner

from .models import FOR_AN_ORGANISATION, OF_A_PROGRAMME, Cluster, Member, Role
from .readers import LiveSeat, Reader

VOICE = frozenset({Role.CORE})  # a deputy who stands in acts as one
MEMBERS = frozenset({Role.CORE, Role.DEPUTY, Role.STAFF})
ROUND_THE_TABLE = frozenset({*MEMBERS, Role.FACILITATOR, Role.SUPPORTER})
STAFF = frozenset(OF_A_PROGRAMME)
NO_SEAT = frozenset[Role]()  # the owner is the person, or everyone

EVERYTHING = Q(pk__isnull=False)  # an empty Q would vanish when it is or-ed

# Their pages show them what is theirs to read; what was done, and by whom, is not.
NO_HISTORY = frozenset({Role.SPONSOR, Role.ASSESSOR, Role.VIEWER})

# From which step of an audience a role reads what is not its own.
_FROM = {
    Role.FACILITATOR: Audience.FACILITATOR,
    Role.CORE: Audience.CLUSTER,
    Role.DEPUTY: Audience.CLUSTER,
    Role.STAFF: Audience.EVERYONE,
    Role.SUPPORTER: Audience.EVERYONE,
    Role.SPONSOR: Audience.FUNDER,
    Role.MANAGER: Audience.FUNDER,
    Role.ASSESSOR: Audience.FUNDER,
    Role.VIEWER: Audience.EVERYONE,
}


@dataclass(frozen=True, kw_only=True)
class Rule:
    """Who may do one thing to one kind of thing.

    `sees` is the rule of those who may know that the thing exists: they are refused with a
    sentence, everyone else with a 404. A rule without it is itself one for seeing.
    """

    to: str  # what it lets you do: "move a date"
    model: str  # what it is done to: "journeys.Journey"
    owner: Owner
    way: str = ""  # from there to its owner: "stage__journey__cluster"; "": it is the owner
    or_way: str = ""  # to a second owner, where two organisations own it together
    seats: frozenset[Role] = NO_SEAT
    about: str = ""  # from there to the cluster it is about, where the owner is not the cluster
    audience: str | Audience = ""  # where its owner's choice stands, or a step that always holds
    only: tuple[tuple[str, Any], ...] = ()  # which of them: (("ended_at", None),)
    sees: "Rule | None" = None
    own: str = ""  # of a cluster's: the way to the organisation whose people reach its own only
    held_by: str = ""  # of a programme's: the way to the seat that it was given to, and to no other
    staff_reach: Q | None = field(default=None, compare=False)  # of a cluster's: which of them
    staff_when: str = ""  # the same in words: "once nobody sits for it"

    @property
    def reads(self) -> bool:
        return self.sees is None

    @property
    def refusal(self) -> str:
        roles = [self._who(role) for role in Role if role in self.seats]
        who = " or ".join(roles) or "the person it belongs to"
        return f"Only {who} can {self.to}."

    def _who(self, role: Role) -> str:
        if self.own and role in FOR_AN_ORGANISATION:
            return f"{_a(role.label)} of that organisation"
        if self.staff_when and role in OF_A_PROGRAMME:
            return f"{_a(role.label)} ({self.staff_when})"
        return _a(role.label)


def visible(reader: Reader, rule: Rule) -> QuerySet:
    """Everything this rule lets this reader see or act on, and nothing else.

    Costs no query of its own: the seats are known, and are compared as values.
    """
    things = apps.get_model(rule.model)._default_manager.filter(**dict(rule.only))
    if rule.owner is Owner.EVERYONE and not rule.seats:
        return things
    if rule.owner is Owner.PERSON:
        mine = {rule.way or "pk": reader.person.pk} if reader.person else {"pk__in": ()}
        things = things.filter(**mine)
        if rule.sees and rule.sees.owner is not Owner.PERSON:  # left behind in a seat that ended
            things = things.filter(pk__in=visible(reader, rule.sees).values("pk"))
        return things
    admitted = [reach for seat in reader.seats if (reach := _reach(rule, seat)) is not None]
    if not admitted:
        return things.none()
    return things.filter(functools.reduce(Q.__or__, admitted)).distinct()


def may(reader: Reader, rule: Rule, **which: object) -> bool:
    """Whether the rule lets them, of what is found by these: one row by its `pk`, or any of some."""
    return visible(reader, rule).filter(**which).exists()


def seat_for(
    reader: Reader, rule: Rule, thing: Any, preferred: int | None = None
) -> LiveSeat | None:
    """The seat from which the reader acts on a thing that the rule admits them to.

    None where the right comes from being the person it belongs to, or anybody. Raises LookupError
    if the rule does not admit them.
    """
    if rule.owner is Owner.PERSON or not rule.seats:
        return None
    model = type(thing)._default_manager
    for seat in sorted(reader.seats, key=lambda seat: seat.key != preferred):
        reach = _reach(rule, seat)
        if reach is not None and model.filter(reach, pk=thing.pk).exists():
            return seat
    raise LookupError("the rule does not admit this reader to this thing")


def _reach(rule: Rule, seat: LiveSeat) -> Q | None:
    """What one seat reaches under a rule; None if nothing at all."""
    if seat.role is Role.OPERATOR:
        return _operators_reach(rule, seat)
    if not seat.roles & rule.seats or rule.owner is Owner.SYSTEM:
        return None
    if rule.owner is Owner.ORGANISATION:
        return _reach_of_organisations(rule, seat)
    if rule.owner is Owner.CLUSTER:
        return _reach_of_clusters(rule, seat)
    if rule.owner is Owner.PROGRAMME:
        return _reach_of_programmes(rule, seat)
    return EVERYTHING


def _operators_reach(rule: Rule, seat: LiveSeat) -> Q | None:
    """Content only through the glass: one cluster, reading, for as long as the seat lasts."""
    if seat.cluster is None:
        return EVERYTHING if Role.OPERATOR in rule.seats else None
    if not rule.reads or rule.owner is Owner.SYSTEM:
        return None
    if rule.owner is Owner.CLUSTER:
        return Q(**{rule.way or "pk": seat.cluster})
    if rule.owner is Owner.ORGANISATION:
        shared = _as_shared(rule, Audience.CLUSTER, _members_of(rule, seat))
        return shared if rule.audience else None
    return Q(**{rule.about: seat.cluster}) if rule.about else None


def _reach_of_clusters(rule: Rule, seat: LiveSeat) -> Q | None:
    if seat.role in OF_A_PROGRAMME:
        reach = Q(**{_join(rule.way, "programme"): seat.programme})
        if rule.staff_reach is not None:
            reach &= rule.staff_reach
    else:
        reach = Q(**{rule.way or "pk": seat.cluster})
        if rule.own and seat.role in FOR_AN_ORGANISATION:
            reach &= Q(**{rule.own: seat.organisation})
    is_guest = seat.role in (Role.SPONSOR, *OF_A_PROGRAMME)
    return _as_shared(rule, _FROM[seat.role], reach) if is_guest else reach


def _reach_of_programmes(rule: Rule, seat: LiveSeat) -> Q | None:
    if seat.role in OF_A_PROGRAMME:
        reach = Q(**{rule.way or "pk": seat.programme})
        return reach & Q(**{rule.held_by: seat.key}) if rule.held_by else reach
    if rule.about:
        return Q(**{rule.about: seat.cluster})
    return Q(**{rule.way or "pk": seat.under})


def _reach_of_organisations(rule: Rule, seat: LiveSeat) -> Q | None:
    """Its own, and what others share with the clusters or programme that the seat is in."""
    own = None
    if seat.role in FOR_AN_ORGANISATION:
        own = Q(**{rule.way or "pk": seat.organisation})
        if rule.or_way:
            own |= Q(**{rule.or_way: seat.organisation})
        if rule.about:
            own &= Q(**{rule.about: seat.cluster})
    if not rule.audience:
        return own
    shared = _as_shared(rule, _FROM[seat.role], _members_of(rule, seat))
    if own is None or shared is None:
        return own or shared
    return own | shared


def _members_of(rule: Rule, seat: LiveSeat) -> Q:
    """What belongs to organisations that are in the seat's cluster or programme today.

    What an organisation that left has shared leaves with it.
    """
    members = _join(rule.way, "memberships")
    here = {f"{members}__left_at": None}
    if seat.role in OF_A_PROGRAMME:
        here[f"{members}__cluster__programme"] = seat.programme
    else:
        here[f"{members}__cluster"] = seat.cluster
    if rule.about:
        here[rule.about] = F(f"{members}__cluster")
    return Q(**here)


def _as_shared(rule: Rule, wanted: Audience, reach: Q) -> Q | None:
    """Narrowed to what its owner lets this step see; None where that is nothing."""
    if not rule.audience:
        return reach
    if isinstance(rule.audience, Audience):
        return reach if rule.audience in wanted.up else None
    return reach & Q(**{f"{rule.audience}__in": wanted.up})


def _join(way: str, step: str) -> str:
    return f"{way}__{step}" if way else step


def _a(role: str) -> str:
    article = "an" if role[0] in "AEIO" else "a"
    return f"{article} {role if role.startswith('Core') else role[0].lower() + role[1:]}"


# --- the record


def reads_history(reader: Reader) -> bool:
    return any(seat.role not in NO_HISTORY for seat in reader.seats)


def visible_events(reader: Reader) -> QuerySet[Event]:
    """The events in whose history this reader may look, newest first.

    An event stands in its owner's history. Others read it from the step that it was written with:
    one of an organisation only if its detail says in which `cluster`, so that what is shared with
    one cluster does not show in another.
    """
    admitted = [Q(owner_kind=Owner.EVERYONE)] if reader.person or reader.seats else []
    if reader.person:
        admitted.append(Q(owner_kind=Owner.PERSON, owner_key=reader.person.pk))
    for seat in reader.seats:
        admitted.extend(_events_reached(seat))
    if not admitted:
        return Event.objects.none()
    return Event.objects.filter(functools.reduce(Q.__or__, admitted)).order_by("-number")


def _events_reached(seat: LiveSeat) -> list[Q]:
    of_cluster = Q(owner_kind=Owner.CLUSTER, owner_key=seat.cluster)
    of_programme = Q(owner_kind=Owner.PROGRAMME)
    of_organisation = Q(owner_kind=Owner.ORGANISATION)
    if seat.role is Role.OPERATOR:
        return [of_cluster] if seat.cluster else [Q(owner_kind=Owner.SYSTEM)]
    if seat.role in NO_HISTORY:
        return []
    if seat.role in OF_A_PROGRAMME:
        clusters = Cluster.objects.filter(programme=seat.programme).values("pk")
        told = Q(audience__in=Audience.FUNDER.up)
        return [
            of_programme & Q(owner_key=seat.programme),
            Q(owner_kind=Owner.CLUSTER, owner_key__in=clusters) & told,
        ]
    told = Q(audience__in=_FROM[seat.role].up)
    members = Member.objects.filter(cluster=seat.cluster, left_at=None).values("organisation")
    reached = [
        of_cluster,
        of_programme & Q(owner_key=seat.under, detail__cluster=seat.cluster),
        of_organisation & told & Q(owner_key__in=members, detail__cluster=seat.cluster),
    ]
    if seat.role in (Role.CORE, Role.DEPUTY):
        reached.append(of_organisation & Q(owner_key=seat.organisation))
    return reached
