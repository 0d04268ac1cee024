"""Seats, mandates, leaving: what ends, ends at once, and what was stays."""

from datetime import timedelta

import pytest

from hedgerow.core import clock
from hedgerow.core.actions import Refused
from hedgerow.core.actors import Actor
from hedgerow.core.models import Event, Mail
from hedgerow.people import actions, rules
from hedgerow.people.access import visible
from hedgerow.people.models import Invitation, Mandate, Role, Seat
from hedgerow.people.readers import reader_of
from tests.factories import (
    ClusterFactory,
    MandateFactory,
    MemberFactory,
    OrganisationFactory,
    ProgrammeFactory,
    SeatFactory,
    UserFactory,
    actor,
    reader,
    scene,
    signed_in,
    team,
)

pytestmark = pytest.mark.django_db
COMMAND = Actor.command()


def sees(seat, cluster):
    return visible(reader(seat), rules.SEE_CLUSTER).filter(pk=cluster.pk).exists()


def test_an_organisation_has_one_core_group_seat():
    seat = SeatFactory()

    with pytest.raises(Refused, match="has its Core Group member already"):
        actions.give_seat(
            by=COMMAND,
            user=UserFactory(),
            role=Role.CORE,
            cluster=seat.cluster,
            organisation=seat.organisation,
        )

    assert Seat.objects.filter(role=Role.CORE).count() == 1


def test_an_organisation_can_have_another_core_group_member_after_the_first():
    seat = SeatFactory()
    actions.end_seat(by=COMMAND, seat=seat)

    new = actions.give_seat(
        by=COMMAND,
        user=UserFactory(),
        role=Role.CORE,
        cluster=seat.cluster,
        organisation=seat.organisation,
    )

    assert new.ended_at is None


@pytest.mark.parametrize(
    ("member", "words"),
    [(None, "is not in"), ({"left_at": clock.now()}, "has left")],
    ids=["a stranger", "one that left"],
)
def test_no_seat_is_given_for_an_organisation_that_is_not_a_member(member, words):
    cluster, organisation = ClusterFactory(), OrganisationFactory()
    if member:
        MemberFactory(cluster=cluster, organisation=organisation, **member)

    with pytest.raises(Refused, match=words):
        actions.give_seat(
            by=COMMAND,
            user=UserFactory(),
            role=Role.STAFF,
            cluster=cluster,
            organisation=organisation,
        )


def test_a_second_tier_organisation_has_supporters_and_no_voice():
    member = MemberFactory(is_second_tier=True)
    where = {"cluster": member.cluster, "organisation": member.organisation}

    with pytest.raises(Refused, match="holds no vote"):
        actions.give_seat(by=COMMAND, user=UserFactory(), role=Role.CORE, **where)

    seat = actions.give_seat(by=COMMAND, user=UserFactory(), role=Role.SUPPORTER, **where)
    assert seat.role == Role.SUPPORTER


def test_a_full_member_has_no_supporters():
    member = MemberFactory()

    with pytest.raises(Refused, match="full member"):
        actions.give_seat(
            by=COMMAND,
            user=UserFactory(),
            role=Role.SUPPORTER,
            cluster=member.cluster,
            organisation=member.organisation,
        )


def test_nobody_sits_twice_in_the_same_seat():
    seat = SeatFactory(role=Role.FACILITATOR)

    with pytest.raises(Refused, match="has this seat already"):
        actions.give_seat(by=COMMAND, user=seat.user, role=seat.role, cluster=seat.cluster)


def test_a_person_whose_account_is_closed_gets_no_seat():
    user = UserFactory(is_active=False)

    with pytest.raises(Refused, match="account is closed"):
        actions.give_seat(by=COMMAND, user=user, role=Role.MANAGER, programme=ProgrammeFactory())


@pytest.mark.parametrize("is_example", [True, False])
def test_the_people_of_the_example_stay_in_it(is_example):
    user = UserFactory(is_example=is_example)
    programme = ProgrammeFactory(is_example=not is_example)

    with pytest.raises(Refused, match="stay in the example"):
        actions.give_seat(by=COMMAND, user=user, role=Role.MANAGER, programme=programme)


def test_a_role_in_the_wrong_place_is_the_callers_fault():
    with pytest.raises(ValueError, match="stands elsewhere"):
        actions.give_seat(by=COMMAND, user=UserFactory(), role=Role.MANAGER)


def test_a_seat_that_ended_opens_nothing_at_the_next_request(client):
    seat = SeatFactory(role=Role.FACILITATOR)
    signed_in(client, seat)
    assert client.get(f"/clusters/{seat.cluster_id}/people/").status_code == 200

    actions.end_seat(by=COMMAND, seat=seat)

    assert client.get(f"/clusters/{seat.cluster_id}/people/").status_code == 404
    assert Seat.objects.filter(pk=seat.pk).exists()


def test_a_seat_ends_once():
    seat = SeatFactory()
    ended = actions.end_seat(by=COMMAND, seat=seat)

    again = actions.end_seat(by=COMMAND, seat=seat)

    assert again.ended_at == ended.ended_at
    assert Event.objects.filter(did="people.seat_ended").count() == 1


def test_a_core_group_member_ends_the_seats_of_their_own_organisation_only():
    s = scene()

    with pytest.raises(Refused, match="own organisation"):
        actions.end_seat(by=actor(s.own.second), seat=s.own.seats[Role.STAFF])

    ended = actions.end_seat(by=actor(s.own.core), seat=s.own.seats[Role.STAFF])
    assert ended.ended_at


def test_anybody_can_give_up_their_own_seat(client):
    seat = SeatFactory(role=Role.STAFF)
    signed_in(client, seat)

    assert client.get(f"/you/seats/{seat.pk}/leave/").status_code == 200
    client.post(f"/you/seats/{seat.pk}/leave/")

    seat.refresh_from_db()
    assert seat.ended_at


def test_nobody_can_give_up_somebody_elses_seat(client):
    s = scene()
    signed_in(client, s.own.core)

    answer = client.post(f"/you/seats/{s.own.second.pk}/leave/")

    assert answer.status_code == 404
    s.own.second.refresh_from_db()
    assert s.own.second.ended_at is None


# standing in


def test_a_deputy_acts_for_the_core_group_member_on_the_days_of_the_mandate_only():
    deputy = SeatFactory(role=Role.DEPUTY)
    core = SeatFactory(cluster=deputy.cluster, organisation=deputy.organisation)
    first = clock.today() + timedelta(days=1)
    actions.give_mandate(by=actor(core), deputy=deputy, from_on=first, until_on=first)

    def may(days):
        with clock.at(clock.now() + timedelta(days=days)):
            theirs = visible(reader(deputy), rules.DESCRIBE_ORGANISATION)
            return theirs.filter(pk=deputy.organisation_id).exists()

    assert [may(0), may(1), may(2)] == [False, True, False]


def test_a_mandate_is_given_by_the_core_group_member_only():
    deputy = MandateFactory().deputy
    other = SeatFactory(role=Role.DEPUTY, cluster=deputy.cluster, organisation=deputy.organisation)

    with pytest.raises(Refused, match="Only the Core Group member"):
        actions.give_mandate(
            by=actor(deputy),
            deputy=other,
            from_on=clock.today() + timedelta(days=3),
            until_on=clock.today() + timedelta(days=4),
        )


@pytest.mark.parametrize(
    ("first", "last", "words"),
    [
        (2, 1, "last day is before the first"),
        (-3, -1, "over already"),
        (0, 400, "a year at most"),
        (0, 0, "on some of these days already"),
    ],
)
def test_a_mandate_has_days_that_make_sense(first, last, words):
    mandate = MandateFactory()
    today = clock.today()

    with pytest.raises(Refused, match=words):
        actions.give_mandate(
            by=actor(mandate.given_by),
            deputy=mandate.deputy,
            from_on=today + timedelta(days=first),
            until_on=today + timedelta(days=last),
        )


def test_only_a_deputy_stands_in():
    s = scene()

    with pytest.raises(Refused, match="Only a deputy"):
        actions.give_mandate(
            by=actor(s.own.core),
            deputy=s.own.seats[Role.STAFF],
            from_on=clock.today(),
            until_on=clock.today(),
        )


def test_nobody_is_stood_in_for_where_there_is_no_core_group_member():
    deputy = SeatFactory(role=Role.DEPUTY)

    with pytest.raises(Refused, match="no Core Group member just now"):
        actions.give_mandate(
            by=COMMAND, deputy=deputy, from_on=clock.today(), until_on=clock.today()
        )


def test_a_mandate_taken_back_ends_at_once():
    mandate = MandateFactory()
    assert any(seat.stands_in for seat in reader(mandate.deputy).seats)

    actions.end_mandate(by=actor(mandate.given_by), mandate=mandate)

    assert not any(seat.stands_in for seat in reader(mandate.deputy).seats)


def test_a_mandate_ends_with_the_seat_of_whoever_gave_it():
    mandate = MandateFactory()

    actions.end_seat(by=COMMAND, seat=mandate.given_by)

    assert not any(seat.stands_in for seat in reader(mandate.deputy).seats)


# leaving


def test_an_organisation_that_leaves_takes_its_seats_mandates_and_invitations_with_it():
    s = scene()
    first = s.own.organisations[0]
    mandate = MandateFactory(deputy=s.own.seats[Role.DEPUTY], given_by=s.own.core)
    actions.invite(
        by=actor(s.own.core),
        email="new@example.org",
        role=Role.STAFF,
        cluster=s.cluster,
        organisation=first,
    )
    member = s.cluster.members.get(organisation=first)

    actions.leave_cluster(by=actor(s.own.core), member=member)

    theirs = [s.own.core, s.own.seats[Role.DEPUTY], s.own.seats[Role.STAFF]]
    assert not any(sees(seat, s.cluster) for seat in theirs)
    assert sees(s.own.second, s.cluster)
    assert Mandate.objects.get(pk=mandate.pk).ended_at
    assert Invitation.objects.get().revoked_at
    assert Seat.objects.filter(organisation=first).count() == 3


def test_an_organisation_that_left_is_no_longer_seen_by_the_others():
    s = scene()
    first = s.own.organisations[0]
    theirs = visible(reader(s.own.second), rules.SEE_ORGANISATION).filter(pk=first.pk)
    assert theirs.exists()

    actions.leave_cluster(by=COMMAND, member=s.cluster.members.get(organisation=first))

    assert not theirs.exists()


def test_an_organisation_that_left_can_join_again():
    member = MemberFactory()
    actions.leave_cluster(by=COMMAND, member=member)

    again = actions.join_cluster(
        by=COMMAND, cluster=member.cluster, organisation=member.organisation
    )

    assert again.pk != member.pk


def test_nobody_takes_another_organisation_out():
    s = scene()
    member = s.cluster.members.get(organisation=s.own.organisations[1])

    with pytest.raises(Refused, match="own Core Group member or the programme manager"):
        actions.leave_cluster(by=actor(s.own.core), member=member)


def test_an_organisation_is_in_a_cluster_once():
    member = MemberFactory()

    with pytest.raises(Refused, match="already"):
        actions.join_cluster(by=COMMAND, cluster=member.cluster, organisation=member.organisation)


def test_invented_organisations_stay_out_of_real_clusters():
    with pytest.raises(Refused, match="kept apart"):
        actions.join_cluster(
            by=COMMAND,
            cluster=ClusterFactory(),
            organisation=OrganisationFactory(is_example=True),
        )


def test_a_cluster_that_ended_can_be_read_and_not_changed():
    t = team(ProgrammeFactory())
    actions.end_cluster(by=COMMAND, cluster=t.cluster)
    t.cluster.refresh_from_db()

    assert sees(t.core, t.cluster)
    for change in (
        lambda: actions.join_cluster(
            by=COMMAND, cluster=t.cluster, organisation=OrganisationFactory()
        ),
        lambda: actions.publish_cluster(
            by=COMMAND, cluster=t.cluster, is_public=True, version=t.cluster.version
        ),
        lambda: actions.give_seat(
            by=COMMAND, user=UserFactory(), role=Role.FACILITATOR, cluster=t.cluster
        ),
    ):
        with pytest.raises(Refused, match="ended on"):
            change()


def test_from_a_cluster_that_ended_one_can_still_go():
    t = team(ProgrammeFactory())
    actions.end_cluster(by=COMMAND, cluster=t.cluster)

    assert actions.end_seat(by=actor(t.core), seat=t.core).ended_at


# breaking the glass


def test_an_operator_opens_a_cluster_for_four_hours_and_everybody_is_told():
    s = scene()

    seat = actions.break_glass(
        by=actor(s.operator), cluster=s.cluster, reason="Their page does not open."
    )

    assert seat.ended_at - seat.began_at == timedelta(hours=4)
    told = set(Mail.objects.filter(why="glass").values_list("to", flat=True))
    people = Seat.objects.filter(cluster=s.cluster).exclude(user=s.operator.user)
    assert told == set(people.values_list("user__email", flat=True))
    assert all("Their page does not open." in mail.text for mail in Mail.objects.all())
    assert sees(s.operator, s.cluster)
    assert not sees(s.operator, s.neighbour.cluster)
    with clock.at(clock.now() + timedelta(hours=4)):
        assert not sees(s.operator, s.cluster)


def test_through_the_glass_nothing_can_be_changed():
    s = scene()
    actions.break_glass(by=actor(s.operator), cluster=s.cluster, reason="A page does not open.")

    for rule in (rules.RUN_CLUSTER, rules.INVITE_TO_CLUSTER, rules.PUBLISH_CLUSTER):
        assert not visible(reader(s.operator), rule).exists()


@pytest.mark.parametrize("reason", ["", "because"])
def test_the_glass_is_not_broken_without_a_reason(reason):
    s = scene()

    with pytest.raises(Refused, match="Say why"):
        actions.break_glass(by=actor(s.operator), cluster=s.cluster, reason=reason)


def test_only_an_operator_breaks_the_glass():
    s = scene()

    with pytest.raises(Refused, match="Only a platform operator"):
        actions.break_glass(by=actor(s.own.core), cluster=s.cluster, reason="I want to look in.")


def test_the_glass_is_broken_once_at_a_time():
    s = scene()
    actions.break_glass(by=actor(s.operator), cluster=s.cluster, reason="A page does not open.")

    with pytest.raises(Refused, match="already"):
        actions.break_glass(
            by=actor(s.operator), cluster=s.cluster, reason="And once more, please."
        )


def test_a_seat_of_staff_stays_shut_until_a_second_factor_is_shown():
    seat = SeatFactory(role=Role.MANAGER)

    shut = reader_of(seat.user)

    assert shut.seats == ()
    assert shut.waits_for_second_factor
    assert [live.key for live in reader_of(seat.user, second_factor=True).seats] == [seat.pk]
