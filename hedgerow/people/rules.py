"""Who may see and change people, organisations, clusters and programmes. From access.md."""

from functools import partial

from django.db.models import Exists, OuterRef, Q

from hedgerow.core.owners import Audience, Owner

from .access import ROUND_THE_TABLE, STAFF, VOICE, Rule
from .models import Role, Seat

_own = partial(Rule, owner=Owner.PERSON)
_on_organisation = partial(Rule, model="people.Organisation", owner=Owner.ORGANISATION)
_on_cluster = partial(Rule, model="people.Cluster", owner=Owner.CLUSTER)
_on_member = partial(Rule, model="people.Member", owner=Owner.CLUSTER, way="cluster")
_on_seat = partial(Rule, model="people.Seat", owner=Owner.CLUSTER, way="cluster")
_on_mandate = partial(Rule, model="people.Mandate", owner=Owner.CLUSTER, way="deputy__cluster")
_on_invitation = partial(Rule, model="people.Invitation", owner=Owner.CLUSTER, way="cluster")
_on_programme = partial(Rule, model="people.Programme", owner=Owner.PROGRAMME)
_on_staff = partial(Rule, model="people.Seat", owner=Owner.PROGRAMME, way="programme")
_on_platform = partial(Rule, owner=Owner.SYSTEM, seats=frozenset({Role.OPERATOR}))

_MANAGER = frozenset({Role.MANAGER})
_LEADS = frozenset({Role.CORE, Role.FACILITATOR})
_LIVE = (("ended_at", None),)
_SITTING = Seat.objects.filter(
    cluster=OuterRef("cluster"), organisation=OuterRef("organisation"), ended_at=None
)

# What is somebody's own.

SEE_SELF = _own(to="see your own page", model="people.User")
ERASE_SELF = _own(to="be erased", model="people.User", sees=SEE_SELF)
SEE_OWN_SEATS = _own(to="see your own seats", model="people.Seat", way="user")
SEE_OWN_SIGN_INS = _own(
    to="see where you are signed in", model="people.SignIn", way="user", only=_LIVE
)
SEE_OWN_CODES = _own(to="see the codes you asked for", model="people.SignInCode", way="user")
SEE_OWN_APP = _own(to="see your authenticator app", model="people.Authenticator", way="user")
SEE_OWN_PASSKEYS = _own(to="see your passkeys", model="people.Passkey", way="user")
SEE_OWN_RECOVERY_CODES = _own(to="see your recovery codes", model="people.RecoveryCode", way="user")

SEE_OWN_DEEDS = _own(to="see what you did", model="core.Event", way="by_person")
SEE_OWN_MAIL = _own(to="see the mail sent to you", model="core.Mail", way="person")
SEE_OWN_UPLOADS = _own(to="see the files you gave", model="core.Upload", way="by_person")

# Organisations. What stands in an Organisation is its public face.

SEE_ORGANISATION = _on_organisation(
    to="see an organisation",
    seats=frozenset({*ROUND_THE_TABLE, Role.SPONSOR, Role.MANAGER}),
    audience=Audience.EVERYONE,
)
DESCRIBE_ORGANISATION = _on_organisation(
    to="say what an organisation is", seats=VOICE, sees=SEE_ORGANISATION
)
SEE_IDENTIFIERS = Rule(
    to="see an organisation's numbers",
    model="people.Identifier",
    owner=Owner.ORGANISATION,
    way="organisation",
    seats=SEE_ORGANISATION.seats,
    audience=Audience.EVERYONE,
)
SEE_AREAS = Rule(
    to="see where an organisation works",
    model="people.Area",
    owner=Owner.ORGANISATION,
    way="organisation",
    seats=SEE_ORGANISATION.seats,
    audience=Audience.EVERYONE,
)

# Clusters.

SEE_CLUSTER = _on_cluster(
    to="see a cluster", seats=frozenset({*ROUND_THE_TABLE, Role.SPONSOR, Role.MANAGER})
)
SEE_HISTORY = _on_cluster(
    to="read the history of a cluster", seats=frozenset({*ROUND_THE_TABLE, Role.MANAGER})
)
SEE_PEOPLE = _on_cluster(
    to="see who is in a cluster", seats=frozenset({*ROUND_THE_TABLE, Role.MANAGER})
)
RUN_CLUSTER = _on_cluster(to="run a cluster", seats=_LEADS, sees=SEE_CLUSTER)
PUBLISH_CLUSTER = _on_cluster(
    to="open or close the public page of a cluster", seats=VOICE, sees=SEE_CLUSTER
)
INVITE_TO_CLUSTER = _on_cluster(
    to="invite people to a cluster", seats=_LEADS | _MANAGER, sees=SEE_CLUSTER
)
END_CLUSTER = _on_cluster(to="end a cluster", seats=_MANAGER, sees=SEE_CLUSTER)

SEE_MEMBERS = _on_member(to="see the members of a cluster", seats=SEE_CLUSTER.seats)
LEAVE_CLUSTER = _on_member(
    to="take an organisation out of a cluster",
    seats=VOICE | _MANAGER,
    sees=SEE_MEMBERS,
    own="organisation",
    staff_reach=Q(~Exists(_SITTING)),
    staff_when="once nobody sits for it",
)

# Seats.

SEE_SEATS = _on_seat(to="see the seats of a cluster", seats=SEE_PEOPLE.seats)
END_SEAT = _on_seat(
    to="end a seat",
    seats=_LEADS | _MANAGER,
    sees=SEE_SEATS,
    own="organisation",
    staff_reach=Q(role=Role.FACILITATOR),  # the seat that only they give
    staff_when="for a facilitator's seat",
)
LEAVE_SEAT = _own(to="give up your seat", model="people.Seat", way="user", sees=SEE_OWN_SEATS)
GIVE_MANDATE = Rule(
    to="let its deputy stand in",
    model="people.Seat",
    owner=Owner.ORGANISATION,
    way="organisation",
    about="cluster",
    seats=VOICE,
    sees=SEE_SEATS,
)
SEE_MANDATES = _on_mandate(to="see who stands in for whom", seats=SEE_PEOPLE.seats)
END_MANDATE = Rule(
    to="take a mandate back",
    model="people.Mandate",
    owner=Owner.ORGANISATION,
    way="deputy__organisation",
    about="deputy__cluster",
    seats=VOICE,
    sees=SEE_MANDATES,
)
SEE_GLASS = Rule(
    to="see why a cluster was opened",
    model="people.BreakGlass",
    owner=Owner.CLUSTER,
    way="seat__cluster",
    seats=SEE_PEOPLE.seats,
)
SEE_INVITATIONS = _on_invitation(to="see the invitations to a cluster", seats=_LEADS | _MANAGER)
REVOKE_INVITATION = _on_invitation(
    to="take an invitation back",
    seats=_LEADS | _MANAGER,
    sees=SEE_INVITATIONS,
)

# Programmes.

SEE_PROGRAMME = _on_programme(to="see a programme", seats=STAFF)
RUN_PROGRAMME = _on_programme(to="run a programme", seats=_MANAGER, sees=SEE_PROGRAMME)
SEE_STAFF = _on_staff(to="see who works for a programme", seats=_MANAGER)
END_STAFF_SEAT = _on_staff(to="end a seat of a programme", seats=_MANAGER, sees=SEE_STAFF)
SEE_STAFF_INVITATIONS = Rule(
    to="see the invitations to a programme",
    model="people.Invitation",
    owner=Owner.PROGRAMME,
    way="programme",
    seats=_MANAGER,
)
REVOKE_STAFF_INVITATION = Rule(
    to="take an invitation to a programme back",
    model="people.Invitation",
    owner=Owner.PROGRAMME,
    way="programme",
    seats=_MANAGER,
    sees=SEE_STAFF_INVITATIONS,
)

# The platform: who holds which role, never content.

SEE_ROLES = _on_platform(to="see who holds which role", model="people.Seat")
SEE_PROGRAMMES = _on_platform(to="see which programmes there are", model="people.Programme")
SEE_CLUSTERS = _on_platform(to="see which clusters there are", model="people.Cluster")
SEE_ACCOUNTS = _on_platform(to="see which accounts there are", model="people.User")
KEEP_ACCOUNTS = _on_platform(
    to="close an account or clear a second factor", model="people.User", sees=SEE_ACCOUNTS
)
ERASE_PERSON = _on_platform(
    to="erase a person who asks for it", model="people.User", sees=SEE_ACCOUNTS
)
SET_UP_PROGRAMME = _on_platform(
    to="set up a programme", model="people.Programme", sees=SEE_PROGRAMMES
)
BREAK_GLASS = _on_platform(
    to="open a cluster for a reason", model="people.Cluster", sees=SEE_CLUSTERS
)

# What is everybody's.

SEE_FACTS = Rule(to="read the published record", model="people.PublishedFact", owner=Owner.EVERYONE)
