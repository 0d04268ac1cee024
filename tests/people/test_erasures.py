"""A person is erased: on their own page, by an operator, at the machine; and others keep what they
rely on."""

import json
from datetime import timedelta

import pytest
from click.testing import CliRunner
from django.contrib.auth import SESSION_KEY
from django.contrib.sessions.models import Session

from hedgerow.cli import cli
from hedgerow.core import chain, clock, erasures, outbox, tombstones
from hedgerow.core.actions import Refused
from hedgerow.core.actors import Actor, Via
from hedgerow.core.models import Event, Mail, Receipt
from hedgerow.core.owners import Owner
from hedgerow.core.rooms import OnErasure
from hedgerow.people import actions, queries
from hedgerow.people.kinds import is_erased
from hedgerow.people.models import Invitation, Mandate, Role, Seat, SignIn, SignInCode, User
from hedgerow.people.readers import reader_of, seat_words
from hedgerow.people.upkeep import clear_away, finish_erasures
from tests.factories import (
    MandateFactory,
    SeatFactory,
    UserFactory,
    actor,
    scene,
    signed_in,
    through_the_glass,
)

pytestmark = pytest.mark.django_db
AT_THE_MACHINE = Actor.command()


@pytest.fixture(autouse=True)
def home(settings, tmp_path):
    settings.HOME = tmp_path
    return tmp_path


@pytest.fixture
def ann():
    """The Core Group member of an organisation, with a deputy standing in for her."""
    seat = SeatFactory(user__email="ann@place.org", user__name="Ann Ash", user__title="Director")
    deputy = SeatFactory(role=Role.DEPUTY, cluster=seat.cluster, organisation=seat.organisation)
    MandateFactory(deputy=deputy, given_by=seat)
    return seat.user


@pytest.fixture
def operator():
    SeatFactory(role=Role.OPERATOR)
    return SeatFactory(role=Role.OPERATOR)


def erased(user, by=AT_THE_MACHINE):
    return actions.erase_person(by=by, user=user)


def invitation(**what):
    now = clock.now()
    told = {"role": Role.OPERATOR, "digest": what.get("email", "d"), "invited_at": now}
    return Invitation.objects.create(**told | what, expires_at=now + timedelta(days=1))


# what goes, and what stays


def test_address_name_and_title_are_gone_and_nobody_comes_in_with_them(ann):
    erased(ann)

    ann.refresh_from_db()
    assert (ann.email, ann.name, ann.title) == (f"erased-{ann.pk}@erased.invalid", "", "")
    assert (ann.last_login, ann.looked_at, ann.wants_digest) == (None, None, False)
    assert reader_of(ann).person is None
    code = actions.ask_for_code(by=AT_THE_MACHINE, email="ann@place.org", place="here")
    assert code.user is None


def test_every_seat_ends_with_the_mandates_it_held_or_gave(ann):
    erased(ann)

    assert not Seat.objects.filter(user=ann, ended_at=None).exists()
    assert not Mandate.objects.filter(ended_at=None).exists()
    told = Event.objects.filter(did="people.seat_ended")
    assert [event.detail["person"] for event in told] == [ann.pk]


def test_a_cluster_that_was_opened_for_a_reason_is_shut(operator):
    glass = through_the_glass(SeatFactory().cluster)

    erased(glass.user)

    glass.refresh_from_db()
    assert glass.ended_at <= clock.now()


def test_a_seat_in_a_cluster_that_has_ended_is_no_obstacle(ann):
    actions.end_cluster(by=AT_THE_MACHINE, cluster=ann.seats.get().cluster)

    erased(ann)

    assert is_erased(User.objects.get(pk=ann.pk))


def test_what_was_done_keeps_the_name_of_the_seat_and_not_of_the_person(ann):
    seat = ann.seats.get()
    assert "Director" in seat_words(seat)

    erased(ann)

    assert seat_words(Seat.objects.get(pk=seat.pk)) == f"Core Group member, {seat.organisation}"


def test_invitations_that_wait_to_or_from_the_person_are_taken_back(ann):
    to_ann = invitation(email="ann@place.org", title="Director")
    from_ann = invitation(email="ben@place.org", title="Clerk", invited_by=ann)
    of_others = invitation(email="cat@place.org", title="Clerk")

    erased(ann)

    for one in (to_ann, from_ann, of_others):
        one.refresh_from_db()
    assert (to_ann.email, to_ann.title, to_ann.revoked_at is None) == ("", "", False)
    assert (from_ann.email, from_ann.title) == ("ben@place.org", "Clerk")
    assert from_ann.revoked_at
    assert of_others.revoked_at is None
    assert of_others.email == "cat@place.org"


def test_the_invitation_that_brought_them_in_is_blanked_and_stays(ann):
    seat = ann.seats.get()
    accepted = Invitation.objects.create(
        email="old@place.org",
        role=seat.role,
        title="Director",
        cluster=seat.cluster,
        organisation=seat.organisation,
        digest="d",
        invited_at=clock.now(),
        expires_at=clock.now(),
        accepted_at=clock.now(),
        seat=seat,
    )

    erased(ann)

    accepted.refresh_from_db()
    assert (accepted.email, accepted.title, accepted.seat) == ("", "", seat)


def test_whatever_only_concerns_them_is_gone(ann):
    now = clock.now()
    SignIn.objects.create(user=ann, began_at=now, browser="Firefox")
    SignInCode.objects.create(user=ann, asked_at=now, expires_at=now)
    actions.make_recovery_codes(by=AT_THE_MACHINE, user=ann)
    Receipt.objects.create(token="t", by_person=ann.pk, at=now)
    other = SignIn.objects.create(user=UserFactory(), began_at=now)

    erased(ann)

    assert list(SignIn.objects.all()) == [other]
    assert not SignInCode.objects.exists()
    assert not ann.recovery_codes.exists()
    assert not Receipt.objects.exists()


def test_they_are_signed_out_everywhere_and_strangers_forms_forget_the_address(client, ann):
    signed_in(client, ann.seats.get())
    client.get("/you/")
    stranger = client.__class__()
    stranger.post("/sign-in/", {"email": "ann@place.org"})
    assert Session.objects.filter(pk=stranger.session.session_key).exists()
    other = signed_in(client.__class__(), SeatFactory())
    session = other.session
    session["a notice"] = "The invitation to ann@place.org is on its way."
    session.save()

    erased(ann)

    assert client.get("/you/").status_code == 302
    assert other.get("/you/").status_code == 200
    assert not Session.objects.filter(pk=stranger.session.session_key).exists()
    assert not any("ann@place.org" in str(one.get_decoded()) for one in Session.objects.all())


# letters


def letter(to, text="Words.", **more):
    return outbox.post(to=to, subject="S", text=text, key=f"k:{to[:3]}", why="w", **more)


def test_letters_to_them_are_blanked_whether_or_not_they_were_known_then(ann):
    known, unknown = letter("ann@place.org", person=ann.pk), Mail(key="u", why="w")
    unknown.to, unknown.text, unknown.posted_at = "ann@place.org", "Come!", clock.now()
    unknown.save()

    erased(ann)

    for one in (known, unknown):
        one.refresh_from_db()
        assert (one.to, one.subject, one.text) == ("", "", "")
        assert one.blanked_at
        outbox.send_mail(mail=one.pk)  # a worker that had it waiting sends nothing
    assert not Mail.objects.exclude(sent_at=None).exists()


def test_letters_to_others_no_longer_name_them(ann):
    words = f"Ann Ash invites you. Ask ann@place.org, or {seat_words(ann.seats.get())}. Ann Ashe."
    theirs = letter("ben@place.org", words)

    erased(ann)

    theirs.refresh_from_db()
    assert theirs.to == "ben@place.org"
    assert theirs.text == "somebody invites you. Ask somebody, or somebody. Ann Ashe."


# the record


def digests():
    return list(Event.objects.order_by("number").values_list("digest", flat=True))


def test_the_record_tells_it_in_keys_alone_and_still_holds_together(ann):
    actions.describe_person(
        by=Actor(person=ann.pk), user=ann, name="Ann Ash", title="Head", wants_digest=True
    )
    before = digests()

    erased(ann)

    event = Event.objects.get(did="people.person_erased")
    assert (event.thing, event.detail) == (f"people.user:{ann.pk}", {"seats": 1, "revoked": 0})
    assert chain.verify() == []
    assert digests()[: len(before)] == before


def test_the_cluster_reads_in_its_history_that_the_seat_ended(ann):
    seat = ann.seats.get()
    reader = reader_of(SeatFactory(role=Role.FACILITATOR, cluster=seat.cluster).user)

    erased(ann)

    lines = queries.history_of(reader, owner=Owner.CLUSTER, key=seat.cluster_id, limit=9)
    told = [line.sentence for line in lines]
    assert any("ended" in sentence for sentence in told)
    assert not any("Ann" in sentence or "Director" in sentence for sentence in told)


# who cannot be


def test_nobody_is_erased_twice(ann):
    erased(ann)
    with pytest.raises(Refused, match="already"):
        erased(ann)
    assert Event.objects.filter(did="people.person_erased").count() == 1


@pytest.mark.parametrize("via", [Via.PAGE, Via.COMMAND])
def test_the_people_of_the_example_stay(via):
    seat = SeatFactory(user__is_example=True)
    with pytest.raises(Refused, match="example stays whole"):
        erased(seat.user, Actor(person=seat.user_id, via=via))
    assert not is_erased(User.objects.get(pk=seat.user_id))


def test_the_last_operator_stays_until_there_is_another(operator):
    others = Seat.objects.filter(role=Role.OPERATOR).exclude(pk=operator.pk)
    others.update(ended_at=clock.now())
    with pytest.raises(Refused, match="Invite another first"):
        erased(operator.user)

    SeatFactory(role=Role.OPERATOR, user__is_active=False)
    with pytest.raises(Refused, match="Invite another first"):
        erased(operator.user)

    SeatFactory(role=Role.OPERATOR)
    erased(operator.user)


def test_an_operator_does_not_erase_themselves_among_the_others(operator):
    with pytest.raises(Refused, match="from your own page"):
        erased(operator.user, actor(operator))
    erased(operator.user, Actor(person=operator.user_id))


def test_an_account_that_was_erased_is_not_opened_again_but_the_person_can_come_back(ann):
    erased(ann)
    with pytest.raises(Refused, match="invite them anew"):
        actions.open_account(by=AT_THE_MACHINE, user=ann)

    anew = actions.add_person(by=AT_THE_MACHINE, email="ann@place.org", title="Chair")
    assert anew.pk != ann.pk


def test_an_erasure_that_cannot_be_kept_in_mind_is_not_done(ann, home, settings):
    settings.ERASED_FILE = str(home / "nowhere" / "erased")
    with pytest.raises(Refused, match="Nobody was erased"):
        erased(ann)
    ann.refresh_from_db()
    assert ann.email == "ann@place.org"
    assert ann.seats.get().ended_at is None


# finishing what was broken off


def test_whoever_is_on_the_list_and_still_here_is_erased_by_the_nightly_upkeep(ann):
    stays = SeatFactory().user
    actions.publish_cluster(
        by=AT_THE_MACHINE, cluster=ann.seats.get().cluster, is_public=True, version=1
    )
    tombstones.write(ann.pk)  # and here the machine stopped

    clear_away(by=Actor.clock())

    assert finish_erasures(by=Actor.clock()) == 0
    assert is_erased(User.objects.get(pk=ann.pk))
    assert not is_erased(User.objects.get(pk=stays.pk))
    assert chain.verify() == []


def test_somebody_who_was_given_the_key_of_an_erased_person_is_left_alone(ann):
    with clock.at(clock.now() - timedelta(days=90)):
        actions.publish_cluster(
            by=AT_THE_MACHINE, cluster=ann.seats.get().cluster, is_public=True, version=1
        )
        tombstones.write(ann.pk)
    assert finish_erasures(by=Actor.clock()) == 0


# pages


def test_somebody_erases_themselves_on_their_own_page(client, ann):
    signed_in(client, ann.seats.get())
    listed = client.get("/you/erase/").content.decode()
    assert "The account: email address, name and title" in listed
    assert "What was decided has to lead to a seat" in listed
    assert not is_erased(User.objects.get(pk=ann.pk))

    wrong = client.post("/you/erase/", {"typed": "ben@place.org"})
    assert wrong.status_code == 422
    assert not is_erased(User.objects.get(pk=ann.pk))

    done = client.post("/you/erase/", {"typed": " Ann@Place.org "}, follow=True)
    assert (done.status_code, done.redirect_chain) == (200, [("/", 302)])
    assert "You are erased here" in done.content.decode()
    assert is_erased(User.objects.get(pk=ann.pk))
    assert SESSION_KEY not in client.session
    assert client.get("/you/").status_code == 302
    assert Event.objects.get(did="people.person_erased").by_person == ann.pk


def test_an_operator_erases_whoever_asked_them(client, operator, ann):
    signed_in(client, operator)
    there = f"/platform/people/{ann.pk}/erase/"
    assert client.get(f"/platform/people/{ann.pk}/").content.decode().count(there) == 1
    assert "What stays, and why" in client.get(there).content.decode()

    assert client.post(there, {"typed": "ann@place.org"}).status_code == 302

    assert is_erased(User.objects.get(pk=ann.pk))
    account = client.get(f"/platform/people/{ann.pk}/").content.decode()
    assert "This person was erased" in account
    assert there not in account
    assert client.post(there, {"typed": f"erased-{ann.pk}@erased.invalid"}).status_code == 409


@pytest.mark.parametrize("there", ["/you/erase/", "/platform/people/{}/erase/"])
def test_it_wants_a_fresh_code(client, operator, ann, there):
    signed_in(client, operator)
    with clock.at(clock.now() + timedelta(minutes=11)):
        answer = client.post(there.format(ann.pk), {"typed": "ann@place.org"})
    assert answer["Location"].startswith("/sign-in/again/")
    assert not is_erased(User.objects.get(pk=ann.pk))


def test_nobody_but_an_operator_erases_somebody_else(client, ann):
    s = scene()
    for role, seat in s.seats.items():
        if role is not Role.OPERATOR:
            signed_in(client, seat)
            answer = client.post(f"/platform/people/{ann.pk}/erase/", {"typed": ann.email})
            assert answer.status_code == 404, role
    assert not is_erased(User.objects.get(pk=ann.pk))


def test_what_cannot_be_is_said_on_the_page(client, operator):
    Seat.objects.filter(role=Role.OPERATOR).exclude(pk=operator.pk).update(ended_at=clock.now())
    signed_in(client, operator)
    answer = client.post("/you/erase/", {"typed": operator.user.email})
    assert answer.status_code == 409
    assert "Invite another first" in answer.content.decode()


# at the machine


def typed(*words):
    return CliRunner().invoke(cli, ["erase", *words])


def test_the_command_lists_first_and_erases_when_told(ann):
    listed = typed("Ann@place.org")
    assert listed.exit_code == 0
    assert "add --yes" in listed.stderr
    assert "Seats, from when to when (1 row): stays." in listed.stdout
    assert "The account: email address, name and title (1 row): is blanked" in listed.stdout
    assert not is_erased(User.objects.get(pk=ann.pk))

    assert typed("ann@place.org", "--yes").exit_code == 0
    assert is_erased(User.objects.get(pk=ann.pk))
    assert Event.objects.get(did="people.person_erased").via == "command"


def test_a_machine_is_told_what_a_person_is(ann):
    told = json.loads(typed("ann@place.org", "--json").stdout)

    assert (told["person"], told["erased"]) == (ann.pk, False)
    (account,) = [line for line in told["tables"] if line["table"] == "people.user"]
    assert account["what"] == "blank"
    assert set(account["fields"]) == {"email", "name", "title", "last_login"}


def test_the_command_says_what_is_wrong(ann):
    assert typed().exit_code == 2
    assert typed("ann@place.org", "--again").exit_code == 2
    assert "Nobody here has the address" in typed("ben@place.org").stderr
    typed("ann@place.org", "--yes")
    again = typed(f"erased-{ann.pk}@erased.invalid", "--yes")
    assert (again.exit_code, "already" in again.stderr) == (1, True)


def test_the_command_finishes_what_was_broken_off(ann):
    actions.publish_cluster(
        by=AT_THE_MACHINE, cluster=ann.seats.get().cluster, is_public=True, version=1
    )
    tombstones.write(ann.pk)
    assert typed("--again").stdout == "Erased again: 1.\n"
    assert is_erased(User.objects.get(pk=ann.pk))


# the list that is shown is what is done


def test_the_list_counts_what_the_erasure_then_does(ann):
    SignIn.objects.create(user=ann, began_at=clock.now())
    letter("ann@place.org", person=ann.pk)
    lines = erasures.lines_for(ann.pk, ann.email)

    erased(ann)

    gone = {line.table for line in lines if line.what is OnErasure.DELETE}
    after = {line.table for line in erasures.lines_for(ann.pk, "")}
    assert "people.signin" in gone
    assert not gone & after
    assert {line.table for line in lines} >= {"people.seat", "people.mandate", "core.mail"}
