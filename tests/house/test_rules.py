"""Every rule against every seat: what access.md says, written here by hand, is what the rules do.

The table below is the policy. A new rule fails until it stands here; a rule that admits somebody
else fails too. If the two disagree, one of them is a defect: read access.md.
"""

import importlib
from datetime import timedelta
from importlib.resources import files

import pytest
from django.apps import apps
from django.db import transaction

from hedgerow.core import clock
from hedgerow.core.actors import Actor
from hedgerow.core.models import Event, Mail, Upload
from hedgerow.core.owners import Audience, Owner
from hedgerow.journeys import actions as journeys
from hedgerow.journeys import models as on_journeys
from hedgerow.people import actions, models
from hedgerow.people.access import Rule, seat_for, visible
from hedgerow.people.models import IN_A_CLUSTER, OF_A_PROGRAMME, Role
from hedgerow.people.readers import ANYBODY, reader_of
from tests.agreements import scenes as agreements_scenes
from tests.charter import scenes as charter_scenes
from tests.diagnostics import scenes as diagnostics_scenes
from tests.factories import (
    IdentifierFactory,
    MandateFactory,
    MemberFactory,
    SeatFactory,
    actor,
    scene,
    through_the_glass,
)
from tests.focus import scenes as focus_scenes
from tests.grants import scenes as grants_scenes
from tests.journeys import scenes_submissions as submission_scenes
from tests.ledger import scenes as ledger_scenes
from tests.workplans import scenes as workplans_scenes

SCENES = (
    agreements_scenes,
    submission_scenes,
    ledger_scenes,
    charter_scenes,
    diagnostics_scenes,
    focus_scenes,
    workplans_scenes,
    grants_scenes,
)

pytestmark = pytest.mark.django_db

# --- the policy

CORE = {"core", "core of another member", "deputy standing in"}
TABLE = CORE | {"deputy", "staff", "facilitator", "supporter"}
LEADS = CORE | {"facilitator"}
OWN_VOICE = {"core", "deputy standing in"}
GLASS = {"operator through the glass"}
THE_PERSON = {"core"}  # each thing of a person is made for this one
OPERATOR = {"operator"}
MANAGER = {"manager"}
STAFF = {"manager", "assessor", "viewer"}
EVERYBODY = None

POLICY = {
    "people.SEE_SELF": THE_PERSON,
    "people.SEE_OWN_SEATS": THE_PERSON,
    "people.LEAVE_SEAT": THE_PERSON,
    "people.SEE_OWN_SIGN_INS": THE_PERSON,
    "people.SEE_OWN_CODES": THE_PERSON,
    "people.SEE_OWN_APP": THE_PERSON,
    "people.SEE_OWN_PASSKEYS": THE_PERSON,
    "people.SEE_OWN_RECOVERY_CODES": THE_PERSON,
    "people.SEE_OWN_DEEDS": THE_PERSON,
    "people.SEE_OWN_MAIL": THE_PERSON,
    "people.SEE_OWN_UPLOADS": THE_PERSON,
    "people.SEE_ORGANISATION": TABLE | {"sponsor"} | MANAGER | GLASS,
    "people.DESCRIBE_ORGANISATION": OWN_VOICE,
    "people.SEE_IDENTIFIERS": TABLE | {"sponsor"} | MANAGER | GLASS,
    "people.SEE_AREAS": TABLE | {"sponsor"} | MANAGER | GLASS,
    "people.SEE_CLUSTER": TABLE | {"sponsor"} | MANAGER | GLASS,
    "people.SEE_HISTORY": TABLE | MANAGER | GLASS,
    "people.SEE_PEOPLE": TABLE | MANAGER | GLASS,
    "people.RUN_CLUSTER": LEADS,
    "people.PUBLISH_CLUSTER": CORE,
    "people.INVITE_TO_CLUSTER": LEADS | MANAGER,
    "people.END_CLUSTER": MANAGER,
    "people.SEE_MEMBERS": TABLE | {"sponsor"} | MANAGER | GLASS,
    "people.LEAVE_CLUSTER": OWN_VOICE,
    "people.SEE_SEATS": TABLE | MANAGER | GLASS,
    "people.END_SEAT": OWN_VOICE | {"facilitator"},
    "people.GIVE_MANDATE": OWN_VOICE,
    "people.SEE_MANDATES": TABLE | MANAGER | GLASS,
    "people.END_MANDATE": OWN_VOICE,
    "people.SEE_GLASS": TABLE | MANAGER | GLASS,
    "people.SEE_INVITATIONS": LEADS | MANAGER | GLASS,
    "people.REVOKE_INVITATION": LEADS | MANAGER,
    "people.SEE_PROGRAMME": STAFF,
    "people.RUN_PROGRAMME": MANAGER,
    "people.SEE_STAFF": MANAGER,
    "people.END_STAFF_SEAT": MANAGER,
    "people.SEE_STAFF_INVITATIONS": MANAGER,
    "people.REVOKE_STAFF_INVITATION": MANAGER,
    "people.SEE_ROLES": OPERATOR,
    "people.SEE_PROGRAMMES": OPERATOR,
    "people.SEE_CLUSTERS": OPERATOR,
    "people.SEE_ACCOUNTS": OPERATOR,
    "people.KEEP_ACCOUNTS": OPERATOR,
    "people.ERASE_SELF": THE_PERSON,
    "people.ERASE_PERSON": OPERATOR,
    "people.SET_UP_PROGRAMME": OPERATOR,
    "people.BREAK_GLASS": OPERATOR,
    "people.SEE_FACTS": EVERYBODY,
    "journeys.SEE_DESIGN": TABLE | STAFF,
    "journeys.SEE_BOARD": {"manager", "viewer"},
    "journeys.SEE_ON_BOARD": {"manager", "viewer"} | GLASS,
    "journeys.LOAD_DESIGN": MANAGER,
    "journeys.ADD_CLUSTER": MANAGER,
    "journeys.START_JOURNEY": MANAGER,
    "journeys.SEE_JOURNEY": TABLE | MANAGER | GLASS,
    "journeys.SEE_STAGE": TABLE | GLASS,
    "journeys.SEE_TEST": TABLE | GLASS,
    "journeys.TICK": CORE,
    "journeys.CLOSE_STAGE": LEADS,
    "journeys.GO_BACK": LEADS,
    "journeys.SEE_MILESTONE": TABLE | MANAGER | GLASS,
    "journeys.MOVE_DATE": LEADS,
    "journeys.ASK_TO_MOVE": {"facilitator"},
    "journeys.MOVE_PROGRAMME_DATE": MANAGER,
    "journeys.MEET_MILESTONE": LEADS | MANAGER,
    "journeys.SAY_IT_STANDS": CORE,
    "journeys.SEE_MOVE": TABLE | MANAGER | GLASS,
    "journeys.ANSWER_MOVE": MANAGER,
    "journeys.SEE_DAYS": TABLE | MANAGER | GLASS,
    "journeys.LOG_DAYS": {"facilitator"} | MANAGER,
    "journeys.GIVE_DAYS": MANAGER,
    "journeys.SEE_LOG": TABLE | MANAGER | GLASS,
    "journeys.STRIKE_DAYS": {"facilitator"} | MANAGER,
    "journeys.SEE_TICKS": TABLE | GLASS,
    "journeys.SEE_STANDINGS": TABLE | GLASS,
    "journeys.SEE_RESULTS": TABLE | GLASS,
    "journeys.SEE_TIMETABLE": TABLE | MANAGER | GLASS,
    "journeys.SEE_PLANNED_DATE": TABLE | MANAGER | GLASS,
    "agreements.SEE_AGREEMENTS": TABLE | GLASS,
    "agreements.SEE_DECISION": TABLE | GLASS,
    "agreements.SEE_DISSENT": {"manager", "viewer"} | GLASS,
    "agreements.SEE_OPTIONS": TABLE | GLASS,
    "agreements.SEE_VOICES": TABLE | GLASS,
    "agreements.SEE_REMARKS": TABLE | GLASS,
    "agreements.SEE_WAYS": TABLE | GLASS,
    "agreements.PROPOSE": LEADS,
    "agreements.SPEAK": CORE,
    "agreements.RECORD_VOICE": {"facilitator"},
    "agreements.ANSWER_RECORDED": OWN_VOICE,
    "agreements.REMARK": TABLE,
    "agreements.TAKE_BACK_REMARK": THE_PERSON,
    "agreements.CLOSE_DECISION": LEADS,
    "agreements.REOPEN": CORE,
    "agreements.KEEP_WAYS": LEADS,
    "agreements.SEE_MEETING": TABLE | GLASS,
    "agreements.SEE_MEETING_CHANGES": TABLE | GLASS,
    "agreements.SEE_ATTENDANCE": TABLE | GLASS,
    "agreements.SEE_ITEMS": TABLE | GLASS,
    "agreements.SEE_NOTES": TABLE | GLASS,
    "agreements.CALL_MEETING": LEADS,
    "agreements.RUN_MEETING": LEADS,
    "agreements.ANSWER_MEETING": TABLE,
    "agreements.ADD_ITEM": TABLE,
    "agreements.TAKE_OFF_ITEM": LEADS,
    "agreements.STRIKE_NOTE": LEADS,
    "agreements.SEE_PROMISE": TABLE | GLASS,
    "agreements.SEE_PROMISE_STEPS": TABLE | GLASS,
    "agreements.MAKE_PROMISE": LEADS,
    "agreements.END_PROMISE": TABLE,
    "agreements.SEE_BOARDS": OWN_VOICE | {"deputy", "staff", "facilitator"},
    "agreements.SAY_BOARD": OWN_VOICE,
    "agreements.SEE_FEEDS": THE_PERSON,
    "agreements.END_FEED": THE_PERSON,
    "charter.SEE_CHARTER": TABLE | GLASS,
    "charter.EDIT_CHARTER": LEADS,
    "charter.SEE_CHARTERS": TABLE | GLASS,
    "charter.SAY_YES_TO_GATHERING": THE_PERSON,
    "charter.SEE_RULE_SETS": TABLE | GLASS,
    "charter.SEE_GROUND_RULES": TABLE | GLASS,
    "charter.SEE_ASSENTS": TABLE | GLASS,
    "charter.SEE_RULE_TESTS": TABLE | GLASS,
    "charter.WRITE_RULES": LEADS,
    "charter.ASSENT": CORE,
    "charter.RECORD_ASSENT": {"facilitator"},
    "charter.ANSWER_ASSENT": OWN_VOICE,
    "charter.NOTE_RULE_TEST": LEADS,
    "charter.TAKE_BACK_RULE_TEST": THE_PERSON,
    "charter.SEE_DELEGATIONS": TABLE | GLASS,
    "charter.DELEGATE": OWN_VOICE,
    "charter.SEE_COMPETITIONS": TABLE | GLASS,
    "charter.DECLARE_COMPETITION": OWN_VOICE,
    "charter.TAKE_BACK_COMPETITION": OWN_VOICE,
    "charter.SEE_READINESS": {"core", "deputy standing in", "deputy", "staff", "facilitator"},
    "charter.BEGIN_READINESS": OWN_VOICE | {"deputy", "staff"},
    "charter.ANSWER_READINESS": OWN_VOICE | {"deputy", "staff"},
    "charter.SHARE_READINESS": OWN_VOICE,
    "charter.SEE_PROFILE": TABLE | GLASS,
    "charter.SEE_LOGO": TABLE | GLASS,
    "charter.EDIT_PROFILE": LEADS,
    "diagnostics.SEE_QUESTIONS": TABLE | GLASS,
    "diagnostics.OPEN_ROUND": LEADS,
    "diagnostics.SEE_ROUNDS": TABLE | GLASS,
    "diagnostics.RUN_ROUND": LEADS,
    "diagnostics.SEE_ASKINGS": TABLE | GLASS,
    "diagnostics.NUDGE": LEADS,
    "diagnostics.SEE_WHY_NOTS": TABLE | GLASS,
    "diagnostics.SAY_WHY_NOT": OWN_VOICE,
    "diagnostics.TAKE_BACK_WHY_NOT": OWN_VOICE,
    "diagnostics.SEE_TALKS": TABLE | GLASS,
    "diagnostics.SEE_SNAPSHOTS": TABLE | GLASS,
    "diagnostics.SEE_RELEASES": TABLE | GLASS,
    "diagnostics.SEE_SHEETS": OWN_VOICE | {"deputy", "staff"},
    "diagnostics.BEGIN_SHEET": OWN_VOICE | {"deputy", "staff"},
    "diagnostics.ANSWER": THE_PERSON,
    "diagnostics.RECORD_ANSWERS": {"facilitator"},
    "diagnostics.SEE_SHARED": OWN_VOICE | {"deputy", "staff", "facilitator"},
    "diagnostics.SHARE": OWN_VOICE,
    "diagnostics.SEE_ANSWERS": OWN_VOICE | {"deputy", "staff", "facilitator"},
    "diagnostics.SEE_OWN_ANSWERS": OWN_VOICE | {"deputy", "staff"},
    "diagnostics.SEE_OWN_FILES": OWN_VOICE | {"deputy", "staff"},
    "diagnostics.SEE_FILES": OWN_VOICE | {"deputy", "staff", "facilitator"},
    "diagnostics.SEE_CONSENTS": OWN_VOICE | {"deputy", "staff"},
    "diagnostics.CONSENT": OWN_VOICE,
    "diagnostics.TAKE_BACK_CONSENT": OWN_VOICE,
    "diagnostics.SEE_COUNTED": MANAGER | GLASS,
    "diagnostics.SEE_FIGURES": MANAGER,
    "focus.SEE_FOCUS": TABLE | GLASS,
    "focus.SEE_IDEAS": TABLE | GLASS,
    "focus.SEE_DESCENTS": TABLE | GLASS,
    "focus.SEE_IDEAS_BEFORE": TABLE | GLASS,
    "focus.SEE_GAINS": TABLE | GLASS,
    "focus.ADD_IDEA": LEADS | {"deputy", "staff"},
    "focus.SHAPE_LIST": LEADS,
    "focus.SHAPE_IDEA": LEADS,
    "focus.SAY_GAIN": CORE,
    "focus.RECORD_GAIN": {"facilitator"},
    "focus.CONFIRM_GAIN": OWN_VOICE,
    "focus.SEE_SHORTLISTINGS": TABLE | GLASS,
    "focus.BEGIN_SHORTLISTING": LEADS,
    "focus.RUN_SHORTLISTING": LEADS,
    "focus.SEE_CANDIDATES": TABLE | GLASS,
    "focus.SEE_VOTE_ROUNDS": TABLE | GLASS,
    "focus.RUN_VOTE_ROUND": LEADS,
    "focus.VOTE": CORE,
    "focus.RECORD_VOTE": {"facilitator"},
    "focus.SEE_SPOTS": TABLE | GLASS,
    "focus.SEE_OWN_SPOT": OWN_VOICE | {"deputy", "staff"},
    "focus.CONFIRM_SPOT": OWN_VOICE,
    "focus.SEE_BALLOTS": TABLE | GLASS,
    "focus.SEE_OWN_BALLOT": OWN_VOICE | {"deputy", "staff"},
    "focus.CONFIRM_BALLOT": OWN_VOICE,
    "focus.SEE_REOPENINGS": TABLE | GLASS,
    "focus.ASK_TO_REOPEN": CORE,
    "focus.ANSWER_REOPENING": CORE,
    "focus.RECORD_ANSWER": {"facilitator"},
    "focus.TAKE_BACK_REOPENING": LEADS,
    "focus.SEE_ANSWERS": TABLE | GLASS,
    "focus.CONFIRM_ANSWER": OWN_VOICE,
    "focus.SEE_SHORTLISTS": TABLE | GLASS,
    "focus.SEE_SHORTLISTED": TABLE | GLASS,
    "focus.WRITE_SHORTLIST": LEADS,
    "focus.PLAN_FINDINGS": LEADS,
    "focus.SEE_SHARE_OUTS": TABLE | GLASS,
    "focus.SEE_COSTED": TABLE | GLASS,
    "focus.OPEN_SHARE_OUT": LEADS,
    "focus.RUN_SHARE_OUT": LEADS,
    "focus.MARK": CORE,
    "focus.RECORD_MARKS": {"facilitator"},
    "focus.SEE_MARKS": TABLE | GLASS,
    "focus.SEE_OWN_MARKS": OWN_VOICE | {"deputy", "staff"},
    "focus.CONFIRM_MARKS": OWN_VOICE,
    "focus.NAME_PAIR": LEADS,
    "focus.SEE_STUDIES": TABLE | GLASS,
    "focus.SEE_DRAFTS": CORE | {"deputy", "staff"},  # of the two members that look into it
    "focus.WRITE_STUDY": CORE | {"deputy", "staff"},
    "focus.SEE_CONTACTS": TABLE | GLASS,
    "focus.ADD_CONTACT": TABLE,
    "focus.CHANGE_CONTACT": TABLE - {"supporter"},
    "focus.SEE_ADOPTIONS": TABLE | GLASS,
    "focus.SEE_ADOPTED": TABLE | GLASS,
    "focus.PROPOSE_FOCUS": LEADS,
    # what was handed in: the cluster's, and by that its funder's
    "journeys.SEE_SUBMISSION": TABLE | GLASS | {"sponsor", "manager"},
    "journeys.TAKE_BACK_SUBMISSION": LEADS,
    "journeys.ANSWER_SUBMISSION": MANAGER,
    # terms, awards and their money
    "ledger.SEE_TERMS": TABLE | STAFF,
    "ledger.SEE_CRITERIA": TABLE | STAFF,
    "ledger.SEE_RETURN_HEADINGS": TABLE | STAFF,
    "ledger.SEE_PROGRAMME_TERMS": TABLE | STAFF,
    "ledger.SET_TERMS": MANAGER,
    "ledger.SEE_AWARD": TABLE | MANAGER | GLASS,
    "ledger.SEE_CONDITIONS": TABLE | MANAGER | GLASS,
    "ledger.SEE_INSTALMENTS": TABLE | MANAGER | GLASS,
    "ledger.SEE_ENTRIES": TABLE | MANAGER | GLASS,
    "ledger.SEE_POSTINGS": TABLE | MANAGER | GLASS,
    "ledger.SEE_MONEY_ON_BOARD": {"manager", "viewer"} | GLASS,
    "ledger.KEEP_AWARD": MANAGER,
    "ledger.CLOSE_AWARD": MANAGER,
    "ledger.ENTER_SPENDING": CORE | MANAGER | {"deputy", "staff"},
    "ledger.ENTER_DRAWING": CORE | MANAGER | {"deputy", "staff"},
    "ledger.UNDO_ENTRY": CORE | MANAGER | {"deputy", "staff"},
    "ledger.TELL_CONDITION": LEADS,
    "ledger.MEET_CONDITION": MANAGER,
    "ledger.TELL_INSTALMENT": LEADS,
    "ledger.RELEASE_INSTALMENT": MANAGER,
    # the plan
    "workplans.SEE_PLACE": TABLE | GLASS,
    "workplans.SEE_PLAN": TABLE | GLASS,
    "workplans.SEE_OBJECTIVES": TABLE | GLASS,
    "workplans.SEE_STEPS": TABLE | GLASS,
    "workplans.SEE_DEPENDENCIES": TABLE | GLASS,
    "workplans.SEE_WORDINGS": TABLE | GLASS,
    "workplans.WRITE_PLAN": TABLE,
    "workplans.WRITE_OBJECTIVE": TABLE,
    "workplans.DROP_OBJECTIVE": LEADS,
    "workplans.JUDGE_OBJECTIVE": LEADS,
    "workplans.WRITE_STEP": TABLE,
    "workplans.DROP_STEP": LEADS,
    "workplans.TAKE_UP_STEP": LEADS,
    "workplans.SEE_BUDGETS": TABLE | GLASS,
    "workplans.SEE_LINES": TABLE | GLASS,
    "workplans.BEGIN_BUDGET": TABLE - {"supporter"},
    "workplans.WRITE_BUDGET": TABLE - {"supporter"},
    "workplans.WRITE_LINE": TABLE - {"supporter"},
    "workplans.BEGIN_CHANGE": LEADS,
    "workplans.PUT_CHANGE": LEADS,
    "workplans.HAND_IN": LEADS,
    "workplans.SEE_GAINS": TABLE | GLASS,
    "workplans.SEE_GAINERS": TABLE | GLASS,
    "workplans.LOG_GAIN": TABLE,
    "workplans.TAKE_BACK_GAIN": LEADS,
    "workplans.SEE_GAINS_SAID": TABLE | GLASS,
    "workplans.SAY_GAINS": CORE,
    "workplans.RECORD_GAINS": {"facilitator"},
    "workplans.CONFIRM_GAINS": OWN_VOICE,
    # the programme's side
    "grants.SEE_GRANTS": MANAGER,
    "grants.SEE_ASSESSMENTS": MANAGER,
    "grants.SEE_ASSIGNMENTS": MANAGER,
    "grants.TAKE_OFF_ASSIGNMENT": MANAGER,
    "grants.SEE_OWN_ASSIGNMENT": {"assessor"},
    "grants.DECLARE": {"assessor"},
    "grants.READ_ASSIGNED": {"assessor"},
    "grants.SCORE": {"assessor"},
    "grants.SEE_SCORES": MANAGER,
    "grants.SEE_MEDIATION": MANAGER,
    "grants.SEE_MEDIATED": MANAGER,
    "grants.WRITE_MEDIATION": MANAGER,
    "grants.STRIKE_MEDIATION": MANAGER,
    "grants.SEE_OPPORTUNITIES": TABLE | STAFF,
    "grants.SEE_BOARD_OF_OFFERS": TABLE | STAFF,
    "grants.POST_OPPORTUNITY": MANAGER,
    "grants.KEEP_OPPORTUNITY": MANAGER,
    "grants.SEE_PUBLISHER": MANAGER,
    "grants.KEEP_PUBLISHER": MANAGER,
    "grants.READ_GRANTS": MANAGER,
    "grants.SEE_GRANT_FILES": EVERYBODY,
    "grants.SEE_GRANT_FAULTS": EVERYBODY,
    "grants.SEE_PUBLISHED_GRANTS": EVERYBODY,
    "grants.SEE_WHAT_MEMBERS_HAVE": TABLE | GLASS,
}

NEED_A_SECOND_FACTOR = {Role.MANAGER, Role.ASSESSOR, Role.VIEWER, Role.OPERATOR}

# The programme's own, which all its clusters read.
NEXT_DOOR_TOO = {
    "journeys.SEE_DESIGN",
    "ledger.SEE_TERMS",
    "ledger.SEE_CRITERIA",
    "ledger.SEE_RETURN_HEADINGS",
    "ledger.SEE_PROGRAMME_TERMS",
    "grants.SEE_OPPORTUNITIES",
    "grants.SEE_BOARD_OF_OFFERS",
}

# --- the rules


def rules():
    for room in apps.get_app_configs():
        if not room.name.startswith("hedgerow."):
            continue
        try:
            module = importlib.import_module(f"{room.name}.rules")
        except ModuleNotFoundError:
            continue
        for name, rule in vars(module).items():
            if isinstance(rule, Rule) and not name.startswith("_"):
                yield f"{room.label}.{name}", rule


RULES = dict(rules())
# A room may name another's rule; it is the same rule.
OWN_RULES = {
    name: rule
    for name, rule in RULES.items()
    if not any(rule is other and name > first for first, other in RULES.items())
}
each = pytest.mark.parametrize(("name", "rule"), OWN_RULES.items(), ids=OWN_RULES)


@pytest.fixture(scope="module")
def place(django_db_setup, django_db_blocker):
    """Everything and everybody, made once for all the rules."""
    with django_db_blocker.unblock(), transaction.atomic():
        yield Place()
        transaction.set_rollback(True)


class Place:
    def __init__(self):
        self.scene = s = scene()
        self.readers = dict(self._readers(s))
        self.things = self._things(s)

    def _readers(self, s):
        first = s.own.organisations[0]
        standing_in = SeatFactory(role=Role.DEPUTY, cluster=s.cluster, organisation=first)
        MandateFactory(deputy=standing_in, given_by=s.own.core)
        self.standing_in = standing_in
        self.glass = through_the_glass(s.cluster)
        seats = {role.value: seat for role, seat in s.seats.items()}
        seats |= {
            "core of another member": s.own.second,
            "deputy standing in": standing_in,
            "operator through the glass": self.glass,
        }
        for name, seat in seats.items():
            yield name, reader_of(seat.user, second_factor=True)
            if seat.role in NEED_A_SECOND_FACTOR:
                yield f"{name} without second factor", reader_of(seat.user)
        for role in IN_A_CLUSTER:
            for where, team in (("next door", s.neighbour), ("elsewhere", s.elsewhere)):
                yield f"{role.value} {where}", reader_of(team.seats[role].user)
        for role in OF_A_PROGRAMME:
            user = s.other_staff[role].user
            yield f"{role.value} elsewhere", reader_of(user, second_factor=True)
        yield "glass next door", _glass_reader(s.neighbour.cluster)
        for role, seat in s.seats.items():
            yield f"{role.value}, ended", reader_of(_ended(seat).user, second_factor=True)
        yield "glass, over", reader_of(_glass_over(s.cluster).user, second_factor=True)
        idle = MandateFactory(
            deputy__cluster=s.cluster,
            deputy__organisation=first,
            given_by=s.own.core,
            from_on=clock.today() + timedelta(days=1),
            until_on=clock.today() + timedelta(days=2),
        )
        yield "deputy whose mandate is for tomorrow", reader_of(idle.deputy.user)
        left = MemberFactory(cluster=s.cluster, left_at=clock.now())
        gone = SeatFactory(cluster=s.cluster, organisation=left.organisation, ended_at=clock.now())
        yield "core of an organisation that left", reader_of(gone.user)
        closed = SeatFactory(role=Role.FACILITATOR, cluster=s.cluster, user__is_active=False)
        yield "facilitator whose account is closed", reader_of(closed.user)
        yield "nobody", ANYBODY

    def _things(self, s):
        """One of each model, in the own cluster, of the first organisation, of its Core Group
        member; by rule where rules of one model are about different rows."""
        first, person, now = s.own.organisations[0], s.own.core.user, clock.now()
        things = {
            "people.User": person,
            "people.Organisation": first,
            "people.Identifier": IdentifierFactory(organisation=first),
            "people.Area": first.areas.create(authority="E08000001", name="Bolton"),
            "people.Programme": s.programme,
            "people.Cluster": s.cluster,
            "people.Member": s.cluster.members.get(organisation=first),
            "people.Seat": s.own.seats[Role.DEPUTY],
            "people.SEE_OWN_SEATS": s.own.core,
            "people.LEAVE_SEAT": s.own.core,
            "people.SEE_STAFF": s.staff[Role.ASSESSOR],
            "people.END_STAFF_SEAT": s.staff[Role.ASSESSOR],
            "people.Mandate": models.Mandate.objects.get(deputy=self.standing_in),
            "people.BreakGlass": self.glass.broken_glass,
            "people.Invitation": _invitation(s, cluster=s.cluster, role=Role.FACILITATOR),
            "people.SEE_STAFF_INVITATIONS": _invitation(s, programme=s.programme, role=Role.VIEWER),
            "people.PublishedFact": models.PublishedFact.objects.create(
                programme=s.programme,
                position=1,
                heading="Facts",
                sentence="It was.",
                source="A book.",
                as_at="July 2010",
            ),
            "people.SignIn": models.SignIn.objects.create(user=person, began_at=now),
            "people.SignInCode": models.SignInCode.objects.create(
                user=person, asked_at=now, expires_at=now
            ),
            "people.Authenticator": models.Authenticator.objects.create(
                user=person, secret="A", made_at=now
            ),
            "people.Passkey": models.Passkey.objects.create(
                user=person, name="Key", credential_key="k", credential="c", made_at=now
            ),
            "people.RecoveryCode": models.RecoveryCode.objects.create(user=person, digest="d"),
            "core.Mail": Mail.objects.create(
                key="k", why="w", person=person.pk, to=person.email, posted_at=now
            ),
            "core.Upload": Upload.objects.create(
                by_person=person.pk, kind="k", name="n", digest="d", n_bytes=1, at=now
            ),
        }
        things["people.REVOKE_STAFF_INVITATION"] = things["people.SEE_STAFF_INVITATIONS"]
        things |= _on_a_journey(s)
        for room in SCENES:
            things |= {name: make(s) for name, make in room.SCENES.items()}
        things["charter.DELEGATE"] = s.own.core
        actions.describe_person(
            by=Actor(person=person.pk), user=person, name="", title="Director", wants_digest=True
        )
        things["core.Event"] = Event.objects.get(did="people.person_described")
        return things

    def thing(self, name, rule):
        return self.things.get(name) or self.things[rule.model]


def _glass_reader(cluster):
    return reader_of(through_the_glass(cluster).user, second_factor=True)


def _glass_over(cluster):
    now = clock.now()
    return SeatFactory(
        role=Role.OPERATOR,
        cluster=cluster,
        began_at=now - timedelta(hours=5),
        ended_at=now - timedelta(hours=1),
    )


def _ended(seat):
    return SeatFactory(
        role=seat.role,
        cluster=seat.cluster,
        organisation=seat.organisation,
        programme=seat.programme,
        ended_at=clock.now(),
    )


def _invitation(s, **what):
    return models.Invitation.objects.create(
        email="new@example.org",
        digest=str(what["role"]),
        invited_at=clock.now(),
        expires_at=clock.now(),
        **what,
    )


def _on_a_journey(s):
    pack = files("hedgerow.packs") / "programmes" / "collaborate-2.yaml"
    by, core, facilitator = (
        actor(s.staff[Role.MANAGER]),
        actor(s.own.core),
        actor(s.own.facilitator),
    )
    design = journeys.load_design(by=by, programme=s.programme, text=pack.read_text("utf-8"))
    today = clock.today()
    journey = journeys.start_journey(by=by, cluster=s.cluster, design=design, starts_on=today)
    stage = journey.stages.get(opened_at__isnull=False)
    tick = journeys.tick(by=core, exit_test=stage.exit_tests.first(), evidence="Minutes.")
    theirs = journey.milestones.filter(keeper="programme").first()
    own = journey.milestones.filter(keeper="cluster").first()
    day = on_journeys.PlannedDate.objects.get(milestone=theirs)
    standing = journeys.say_it_stands(by=core, milestone=theirs, on=day.on)
    move = journeys.ask_to_move(
        by=facilitator, milestone=theirs, to_on=day.on + timedelta(days=7), reason="A holiday."
    )
    allowance = journey.allowances.first()
    log = journeys.log_days(by=facilitator, allowance=allowance, on=today, half_days=1, what="Met.")
    result = on_journeys.StageResult.objects.create(
        stage=stage, kind="Nothing", version=1, whole={}, made_at=clock.now()
    )
    rows = (design, journey, stage, tick.exit_test, tick, theirs, standing, move, allowance, log)
    rows += (result, day, day.timetable)
    return {row._meta.label: row for row in rows} | {"journeys.MOVE_DATE": own}


@each
def test_a_rule_stands_in_the_policy(name, rule):
    assert name in POLICY, "write into the table whom access.md lets do this"


def test_the_policy_is_about_rules_that_are():
    assert set(POLICY) == set(OWN_RULES)


@each
def test_a_rule_admits_whom_the_policy_says_and_nobody_else(place, name, rule):
    thing = place.thing(name, rule)
    wanted = POLICY[name]
    if wanted is EVERYBODY:
        wanted = set(place.readers)
    elif name in NEXT_DOOR_TOO:
        wanted = wanted | {
            f"{role.value} next door" for role in IN_A_CLUSTER if role.value in wanted
        }
        wanted |= {"deputy whose mandate is for tomorrow"}
    elif "deputy" in wanted:
        wanted = wanted | {"deputy whose mandate is for tomorrow"}

    admitted = {
        position
        for position, reader in place.readers.items()
        if visible(reader, rule).filter(pk=thing.pk).exists()
    }

    assert admitted == wanted


@each
def test_whoever_is_admitted_acts_from_a_seat_that_lets_them(place, name, rule):
    thing = place.thing(name, rule)
    for reader in place.readers.values():
        if not visible(reader, rule).filter(pk=thing.pk).exists():
            continue
        seat = seat_for(reader, rule, thing)
        if rule.owner is Owner.PERSON or not rule.seats:
            assert seat is None
        else:
            assert seat in reader.seats


@each
def test_what_one_may_do_to_a_thing_one_may_see(place, name, rule):
    if rule.sees is None:
        return
    assert rule.sees.model == rule.model
    assert rule.sees.sees is None
    thing = place.thing(name, rule)
    for reader in place.readers.values():
        if visible(reader, rule).filter(pk=thing.pk).exists():
            assert visible(reader, rule.sees).filter(pk=thing.pk).exists()


@each
def test_a_rule_for_doing_names_the_rule_for_seeing(name, rule):
    """One without would let an operator through the glass do it."""
    assert rule.reads == name.split(".")[1].startswith("SEE_")


@each
def test_a_refusal_is_a_sentence(name, rule):
    assert rule.refusal.startswith("Only ")
    assert rule.refusal.endswith(f"can {rule.to}.")


def test_the_steps_of_an_audience_hold_each_other():
    assert list(Audience) == [
        Audience.ONLY_US,
        Audience.FACILITATOR,
        Audience.CLUSTER,
        Audience.FUNDER,
        Audience.EVERYONE,
    ]
    for step in Audience:
        assert step.up[0] == step
        assert Audience.EVERYONE in step.up
