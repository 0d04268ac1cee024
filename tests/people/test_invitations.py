"""The only way in: a seat offered by mail, taken once by whoever has the address."""

import re
from datetime import timedelta

import pytest
from django.test import Client

from hedgerow.core import clock
from hedgerow.core.actions import Refused
from hedgerow.core.actors import Actor
from hedgerow.core.models import Mail
from hedgerow.people import actions, tries
from hedgerow.people.models import Invitation, Role, Seat, User
from tests.factories import (
    MandateFactory,
    MemberFactory,
    ProgrammeFactory,
    SeatFactory,
    UserFactory,
    actor,
    scene,
    signed_in,
)

pytestmark = pytest.mark.django_db
COMMAND = Actor.command()


@pytest.fixture
def s():
    return scene()


def invite(s, role=Role.STAFF, *, by=None, email="new@place.org", **more):
    where = {"cluster": s.cluster}
    if role in (Role.CORE, Role.DEPUTY, Role.STAFF):
        where["organisation"] = s.own.organisations[0]
    return actions.invite(by=by or actor(s.own.core), email=email, role=role, **where | more)


def path_of(url):
    assert url.startswith("http://localhost:8000/")
    return url.removeprefix("http://localhost:8000")


def test_who_is_invited_gets_a_mail_with_a_page_of_one_button(client, s):
    invitation, url = invite(s, email=" New@Place.org ")

    mail = Mail.objects.get()
    assert (mail.to, mail.why) == ("new@place.org", "invitation")
    assert url in mail.text
    page = client.get(path_of(url)).content.decode()
    main = page[page.index("<main") : page.index("</main>")]
    assert main.count("<button") == 1
    assert s.cluster.name in main
    assert not invitation.accepted_at


def test_looking_at_the_page_accepts_nothing(client, s):
    _, url = invite(s)

    client.get(path_of(url))
    client.head(path_of(url))

    assert not User.objects.filter(email="new@place.org").exists()


def test_accepting_makes_the_person_the_seat_and_signs_in(client, s):
    _, url = invite(s, title="Finance worker")

    answer = client.post(path_of(url))

    assert answer["Location"] == "/home/"
    seat = Seat.objects.get(user__email="new@place.org")
    assert (seat.role, seat.cluster, seat.user.title) == (Role.STAFF, s.cluster, "Finance worker")
    assert client.get(f"/clusters/{s.cluster.pk}/people/").status_code == 200


def test_an_invitation_works_once(s):
    _, url = invite(s)
    Client().post(path_of(url))

    again = Client()
    answer = again.post(path_of(url))

    assert answer.status_code == 410
    assert "accepted already" in answer.content.decode()
    assert again.get("/you/").status_code == 302


@pytest.mark.parametrize(("days", "works"), [(13, True), (14, False)])
def test_an_invitation_works_for_fourteen_days(client, s, days, works):
    _, url = invite(s)

    with clock.at(clock.now() + timedelta(days=days)):
        answer = client.post(path_of(url))

    assert (answer.status_code == 302) == works
    assert Seat.objects.filter(user__email="new@place.org").exists() == works


def test_an_invitation_that_was_taken_back_is_dead(client, s):
    invitation, url = invite(s)
    actions.revoke_invitation(by=actor(s.own.core), invitation=invitation)

    answer = client.post(path_of(url))

    assert answer.status_code == 410
    assert "taken back" in answer.content.decode()


def test_an_invitation_dies_with_its_cluster(client, s):
    _, url = invite(s)
    actions.end_cluster(by=COMMAND, cluster=s.cluster)

    assert client.post(path_of(url)).status_code == 410
    assert not Seat.objects.filter(user__email="new@place.org").exists()


def test_an_invitation_dies_when_its_organisation_leaves(client, s):
    _, url = invite(s)
    member = s.cluster.members.get(organisation=s.own.organisations[0])
    actions.leave_cluster(by=COMMAND, member=member)

    assert client.post(path_of(url)).status_code == 410


@pytest.mark.parametrize("spoil", [lambda t: t[:-1], lambda t: t + "x", lambda t: "x" * 32])
def test_a_token_that_is_not_ours_opens_nothing(client, s, spoil):
    _, url = invite(s)
    token = path_of(url).removeprefix("/invitation/").rstrip("/")

    answer = client.post(f"/invitation/{spoil(token)}/")

    assert answer.status_code == 410
    assert s.cluster.name not in answer.content.decode()


def test_an_invitation_opens_its_own_cluster_only(client, s):
    _, url = invite(s)
    client.post(path_of(url))

    assert client.get(f"/clusters/{s.neighbour.cluster.pk}/people/").status_code == 404


def test_the_token_is_kept_nowhere_but_in_the_mail(s):
    invitation, url = invite(s)
    token = path_of(url).removeprefix("/invitation/").rstrip("/")

    assert token not in str(Invitation.objects.filter(pk=invitation.pk).values())


def test_asked_again_the_earlier_link_is_dead(client, s):
    _, first = invite(s)
    _, second = invite(s)

    assert client.get(path_of(first)).status_code == 410
    assert client.get(path_of(second)).status_code == 200


def test_somebody_else_who_is_signed_in_does_not_take_it(client, s):
    _, url = invite(s)
    signed_in(client, s.own.second)

    answer = client.post(path_of(url), {"x": "1"})

    assert answer.status_code == 409
    assert "You are signed in as" in answer.content.decode()
    assert not Seat.objects.filter(user__email="new@place.org").exists()


def test_whoever_has_the_address_and_is_signed_in_takes_it_from_their_own_page(client, s):
    seat = SeatFactory()
    invitation, _ = invite(s, email=seat.user.email)
    signed_in(client, seat)
    assert "Offered to you" in client.get("/you/").content.decode()

    client.post(f"/you/invitations/{invitation.pk}/accept/")

    assert Seat.objects.filter(user=seat.user, cluster=s.cluster).exists()


def test_nobody_takes_an_invitation_to_another_address_from_their_own_page(client, s):
    invitation, _ = invite(s)
    signed_in(client, s.own.second)

    assert client.post(f"/you/invitations/{invitation.pk}/accept/").status_code == 404


def test_staff_who_accept_still_have_to_set_up_a_second_factor(client, s):
    _, url = actions.invite(
        by=actor(s.staff[Role.MANAGER]),
        email="new@place.org",
        role=Role.MANAGER,
        programme=s.programme,
    )

    client.post(path_of(url))

    assert client.get(f"/programmes/{s.programme.pk}/people/").status_code == 404
    assert "Set up a second factor" in client.get("/you/").content.decode()


def test_an_account_that_was_closed_takes_no_invitation(client, s):
    _, url = invite(s, email="closed@place.org")
    UserFactory(email="closed@place.org", is_active=False)

    answer = client.post(path_of(url))

    assert answer.status_code == 409
    assert "account is closed" in answer.content.decode()


# who may offer what


def test_nobody_invites_themselves(s):
    with pytest.raises(Refused, match="cannot invite yourself"):
        invite(s, email=s.own.core.user.email.upper())


@pytest.mark.parametrize("typed", ["", "place.org", "a@b", "new@place.org\nBcc: x@y.org"])
def test_what_is_not_an_address_is_refused(s, typed):
    with pytest.raises(Refused, match="not an email address"):
        invite(s, email=typed)


def test_a_core_group_member_does_not_invite_people_of_another_organisation(s):
    with pytest.raises(Refused, match="itself and the facilitator"):
        invite(s, organisation=s.own.organisations[1])


def test_a_core_group_member_invites_the_voice_of_one_that_has_none(s):
    empty = MemberFactory(cluster=s.cluster).organisation

    invitation, _ = invite(s, Role.CORE, organisation=empty)

    assert invitation.organisation == empty


def test_an_organisation_that_has_a_voice_is_offered_no_second_one(s):
    with pytest.raises(Refused, match="has its Core Group member already"):
        invite(s, Role.CORE)


@pytest.mark.parametrize("role", [Role.FACILITATOR])
def test_the_facilitator_is_for_the_manager_to_invite(s, role):
    with pytest.raises(Refused, match="Ask your programme manager"):
        invite(s, role)

    invitation, _ = invite(s, role, by=actor(s.staff[Role.MANAGER]))
    assert invitation.role == role


def test_a_sponsor_is_invited_by_the_cluster_and_not_by_the_programme(s):
    with pytest.raises(Refused, match="cannot offer"):
        invite(s, Role.SPONSOR, by=actor(s.staff[Role.MANAGER]))

    invitation, _ = invite(s, Role.SPONSOR)
    assert invitation.role == Role.SPONSOR


def test_a_deputy_who_stands_in_invites_as_the_core_group_member_does(s):
    mandate = MandateFactory(deputy=s.own.seats[Role.DEPUTY], given_by=s.own.core)

    invitation, _ = invite(s, by=actor(mandate.deputy))

    assert invitation.invited_by == mandate.deputy.user


@pytest.mark.parametrize(
    ("role", "may"), [(Role.STAFF, False), (Role.CORE, True), (Role.FACILITATOR, True)]
)
def test_on_the_page_who_may_invite_invites(client, s, role, may):
    signed_in(client, s.seats[role])
    there = f"/clusters/{s.cluster.pk}/people/invite/"

    answer = client.post(
        there,
        {"email": "new@place.org", "role": "staff", "organisation": s.own.organisations[0].pk},
    )

    assert answer.status_code == (302 if may else 403)
    assert Invitation.objects.exists() == may


def test_the_address_of_the_invitation_is_not_shown_to_who_invites(client, s):
    signed_in(client, s.own.core)
    client.post(
        f"/clusters/{s.cluster.pk}/people/invite/",
        {"email": "new@place.org", "role": "staff", "organisation": s.own.organisations[0].pk},
    )

    url = re.search(r"/invitation/\S+", Mail.objects.get().text)[0]
    assert url not in client.get(f"/clusters/{s.cluster.pk}/people/").content.decode()


def test_fifty_invitations_a_day_and_not_one_more(s):
    for _ in range(tries.INVITATIONS.n):
        assert tries.take(tries.INVITATIONS, str(s.own.core.user_id))

    with pytest.raises(Refused, match="many invitations today"):
        invite(s)


def test_the_first_operator_comes_by_a_link_from_the_machine(client):
    _, url = actions.invite_operator(by=COMMAND, email="me@place.org")
    assert not Mail.objects.exists()

    client.post(path_of(url))

    seat = Seat.objects.get()
    assert (seat.role, seat.user.email) == (Role.OPERATOR, "me@place.org")


def test_an_operator_sets_up_a_programme_and_invites_its_manager(client):
    signed_in(client, SeatFactory(role=Role.OPERATOR))
    client.post("/platform/programmes/", {"name": "Ours", "guardian": "Us", "slug": "ours"})
    programme = ProgrammeFactory._meta.model.objects.get(slug="ours")

    client.post(
        f"/platform/programmes/{programme.pk}/invite/", {"email": "m@place.org", "role": "manager"}
    )

    assert Invitation.objects.get().programme == programme


@pytest.mark.parametrize("end", ["accepted", "taken back", "could be accepted until", "has ended"])
def test_whoever_opened_the_page_in_time_and_pressed_too_late_is_refused(s, end):
    """The page was read while it could still be accepted: the action looks again."""
    invitation, _ = invite(s)
    later = clock.now()
    if end == "accepted":
        actions.accept_invitation(by=COMMAND, invitation=invitation)
    elif end == "taken back":
        actions.revoke_invitation(by=COMMAND, invitation=invitation)
    elif end == "has ended":
        s.cluster.ended_at = clock.now()
        s.cluster.save()
    else:
        later += timedelta(days=15)

    with clock.at(later), pytest.raises(Refused, match=end):
        actions.accept_invitation(by=COMMAND, invitation=invitation)


def test_of_two_who_are_offered_the_one_voice_the_first_has_it(s):
    empty = MemberFactory(cluster=s.cluster).organisation
    first, _ = invite(s, Role.CORE, organisation=empty)
    second, _ = invite(s, Role.CORE, organisation=empty, email="other@place.org")
    actions.accept_invitation(by=COMMAND, invitation=first)

    with pytest.raises(Refused, match="has its Core Group member already"):
        actions.accept_invitation(by=COMMAND, invitation=second)


def test_an_invitation_that_was_accepted_is_not_taken_back(s):
    invitation, _ = invite(s)
    actions.accept_invitation(by=COMMAND, invitation=invitation)

    with pytest.raises(Refused, match="end the seat instead"):
        actions.revoke_invitation(by=COMMAND, invitation=invitation)
