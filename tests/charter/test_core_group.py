"""What a seat may commit, where members compete, and the page that shows both."""

from datetime import timedelta

import pytest
from django.db import IntegrityError, connection, transaction
from django.template.loader import render_to_string
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from hedgerow.agreements.models import Attendance, Meeting
from hedgerow.charter.actions import core_group as actions
from hedgerow.charter.models import Competition, Delegation
from hedgerow.charter.panels import core_group as panels
from hedgerow.charter.prompts.core_group import of_core_group
from hedgerow.charter.queries import core_group as queries
from hedgerow.core import clock
from hedgerow.core.actions import Refused
from hedgerow.core.actors import Actor
from hedgerow.core.models import Event
from hedgerow.core.owners import Owner
from hedgerow.people import actions as people
from hedgerow.people.models import Role
from hedgerow.people.queries import history_of
from hedgerow.units import Pence
from tests.factories import (
    MandateFactory,
    MemberFactory,
    ProgrammeFactory,
    SeatFactory,
    actor,
    reader,
    signed_in,
    team,
    through_the_glass,
)
from tests.journeys.walks import walk

pytestmark = pytest.mark.django_db


@pytest.fixture
def t():
    return team(ProgrammeFactory())


@pytest.fixture
def member(client, t):
    return signed_in(client, t.core)


def words_of(response):
    return " ".join(response.content.decode().split())


def url(name, thing):
    return reverse(f"charter:{name}", args=[thing.pk])


def delegated(t, **other):
    told = {
        "by": actor(t.core),
        "seat": t.core,
        "words": "Our time and our files.",
        "up_to": Pence(500_00),
        "days": 5,
    }
    return actions.delegate(**{**told, **other})


def membership(t, n=0):
    return t.cluster.members.get(organisation=t.organisations[n])


def declared(t, **other):
    told = {
        "by": actor(t.core),
        "member": membership(t),
        "where": "Tenders for floating support",
        "stops": "We send no bid against each other.",
        "others": [t.organisations[1]],
    }
    return actions.declare_competition(**{**told, **other})


def nowhere(t, **other):
    return declared(t, where="", stops="", others=(), **other)


def last_event():
    return Event.objects.latest("number")


# --- what a seat may commit


def test_a_seat_says_what_it_may_commit_and_what_it_said_before_stays(t):
    first = delegated(t)
    second = delegated(t, words="Our time.", up_to=None, days=0)

    first.refresh_from_db()
    assert first.ended_at
    assert (second.words, second.up_to, second.days) == ("Our time.", None, 0)
    assert last_event().did == "charter.delegated"
    assert last_event().detail == {"seat": t.core.pk}


def test_said_the_same_again_nothing_changes(t):
    first = delegated(t)

    assert delegated(t) == first
    assert Event.objects.filter(did="charter.delegated").count() == 1


@pytest.mark.parametrize(
    ("said", "sentence"),
    [
        ({"words": "  "}, "Say in words"),
        ({"up_to": Pence(-1)}, "nothing or more"),
        ({"days": -1}, "between 0 and 366"),
        ({"days": 367}, "between 0 and 366"),
    ],
)
def test_what_it_may_commit_is_said_in_words_and_can_be(t, said, sentence):
    with pytest.raises(Refused, match=sentence):
        delegated(t, **said)


def test_another_member_does_not_say_it(t):
    with pytest.raises(Refused, match="to say"):
        delegated(t, by=actor(t.second))


def test_only_a_core_group_seat_commits_its_organisation(t):
    with pytest.raises(ValueError, match="Core Group"):
        delegated(t, seat=t.seats[Role.DEPUTY])


def test_a_seat_that_has_ended_commits_nothing(t):
    people.end_seat(by=Actor.command(), seat=t.core)

    with pytest.raises(Refused, match="has ended"):
        delegated(t)


def test_nothing_is_said_in_a_cluster_that_has_ended(t):
    competition = declared(t)
    people.end_cluster(by=Actor.command(), cluster=t.cluster)

    for act in (
        lambda: delegated(t),
        lambda: declared(t, where="Somewhere else"),
        lambda: actions.take_back_competition(by=actor(t.core), competition=competition),
    ):
        with pytest.raises(Refused, match="nothing in it can be changed"):
            act()


@pytest.mark.parametrize("wrong", [{"up_to": -1}], ids=["below nothing"])
def test_a_delegation_that_cannot_be_is_not_stored(t, wrong):
    said = delegated(t)

    with pytest.raises(IntegrityError), transaction.atomic():
        Delegation.objects.filter(pk=said.pk).update(**wrong)


def test_one_delegation_of_a_seat_holds(t):
    said = delegated(t)

    with pytest.raises(IntegrityError), transaction.atomic():
        Delegation.objects.create(seat=t.core, words="Two.", by=t.core, at=said.at)


# --- where members compete


def test_a_member_says_where_with_whom_and_what_stops(t):
    said = declared(t)

    assert list(said.others.all()) == [t.organisations[1]]
    assert last_event().detail == {"organisation": t.organisations[0].pk, "is_nowhere": False}


def test_or_that_it_competes_nowhere(t):
    said = nowhere(t)

    assert said.where == ""
    assert nowhere(t) == said
    assert Competition.objects.count() == 1


def test_nowhere_no_longer_holds_once_it_says_where(t):
    before = nowhere(t)
    declared(t)

    before.refresh_from_db()
    assert before.taken_back_at


def test_it_does_not_say_nowhere_while_it_says_where(t):
    said = declared(t)

    with pytest.raises(Refused, match="Take that back first"):
        nowhere(t)
    actions.take_back_competition(by=actor(t.core), competition=said)

    assert nowhere(t).where == ""


def test_nowhere_has_nobody_and_stops_nothing(t):
    with pytest.raises(Refused, match="Say where you compete"):
        declared(t, where=" ")


def test_the_same_is_not_said_twice(t):
    declared(t)

    with pytest.raises(Refused, match="said this already"):
        declared(t, stops="")


def test_others_are_other_members_of_today(t):
    stranger = MemberFactory().organisation
    people.leave_cluster(by=Actor.command(), member=membership(t, 2))

    for other in (stranger, t.organisations[0], t.organisations[2]):
        with pytest.raises(Refused, match="is not another member"):
            declared(t, others=[other])


def test_another_member_neither_says_it_nor_takes_it_back(t):
    said = declared(t)

    with pytest.raises(Refused, match="to say"):
        declared(t, by=actor(t.second), where="Elsewhere")
    with pytest.raises(Refused, match="to take back"):
        actions.take_back_competition(by=actor(t.second), competition=said)


def test_whoever_left_says_nothing_more(t):
    people.leave_cluster(by=Actor.command(), member=membership(t))

    with pytest.raises(Refused, match="has left"):
        declared(t)


def test_what_was_taken_back_is_taken_back_once(t):
    said = declared(t)
    for _ in range(2):
        actions.take_back_competition(by=actor(t.core), competition=said)

    assert Event.objects.filter(did="charter.competition_taken_back").count() == 1


def test_the_record_tells_it_in_sentences(t):
    delegated(t)
    nowhere(t)
    competition = declared(t, where="Floating support")
    actions.take_back_competition(by=actor(t.core), competition=competition)

    lines = history_of(reader(t.third), owner=Owner.CLUSTER, key=t.cluster.pk, limit=9)
    told = [line.sentence for line in lines]

    name = t.organisations[0]
    assert told == [
        f"Chief executive, {name} took back what {name} had said about competing.",
        f"Chief executive, {name} said where {name} competes with others: “Floating support”",
        f"Chief executive, {name} said that {name} competes with no other member.",
        f"Chief executive, {name} said what this seat may commit without going back to ask.",
    ]


# --- the page


def test_the_page_shows_each_seat_and_says_plainly_where_nobody_sits(member, t):
    delegated(t)
    people.end_seat(by=Actor.command(), seat=t.second)

    page = words_of(member.get(url("core_group", t.cluster)))

    assert f"{t.organisations[0]} (you)" in page
    assert "Our time and our files." in page
    assert "Money: up to £500. Time: up to five days." in page
    assert f"Nobody speaks for {t.organisations[1]}, so it has no voice" in page
    assert f"/clusters/{t.cluster.pk}/people/#invite" in page
    assert "Two of three members have somebody who speaks for them." in page
    assert "One of three members has said what their seat may commit." in page


def test_those_beside_it_are_said_to_have_no_vote(member, t):
    page = words_of(member.get(url("core_group", t.cluster)))

    for role in (Role.SUPPORTER, Role.SPONSOR, Role.FACILITATOR):
        assert f"{role.label.lower()}, without a vote" in page


def test_a_deputy_stands_in_with_a_mandate_and_not_without(member, t):
    deputy = t.seats[Role.DEPUTY]
    assert "Has no mandate, so does not stand in" in words_of(
        member.get(url("core_group", t.cluster))
    )
    MandateFactory(deputy=deputy, given_by=t.core)

    page = words_of(member.get(url("core_group", t.cluster)))

    assert "Stands in today, on" in page
    assert reverse("people:give_mandate", args=[deputy.pk]) in page


def test_who_came_to_meetings_stands_beside_the_seat(member, t):
    began = clock.now() - timedelta(days=3)
    meeting = Meeting.objects.create(
        cluster=t.cluster,
        starts_at=began,
        minutes=60,
        called_by=t.facilitator,
        called_at=began,
        begun_at=began,
    )
    Attendance.objects.create(meeting=meeting, seat=t.core, came=True, came_by=t.facilitator)

    page = words_of(member.get(url("core_group", t.cluster)))

    assert "Came to the one meeting." in page


def test_only_its_own_people_get_the_buttons(client, t):
    mine = reverse("charter:delegate", args=[t.core.pk])
    theirs = reverse("charter:compete", args=[membership(t).pk])

    signed_in(client, t.core)
    page = words_of(client.get(url("core_group", t.cluster)))
    assert mine in page
    assert theirs in page
    for seat in (t.second, t.facilitator, t.seats[Role.STAFF], t.seats[Role.SUPPORTER]):
        signed_in(client, seat)
        page = words_of(client.get(url("core_group", t.cluster)))
        assert mine not in page
        assert theirs not in page
        assert client.post(mine).status_code == 403
        assert client.post(theirs).status_code == 403


@pytest.mark.parametrize("role", [Role.SPONSOR, Role.MANAGER])
def test_whoever_is_not_round_the_table_does_not_see_it(client, t, role):
    seat = t.seats.get(role) or SeatFactory(role=role, programme=t.cluster.programme)
    signed_in(client, seat)

    assert client.get(url("core_group", t.cluster)).status_code == 404


def test_an_operator_through_the_glass_reads_it_and_does_nothing(client, t):
    signed_in(client, through_the_glass(t.cluster))

    assert client.get(url("core_group", t.cluster)).status_code == 200
    assert client.post(reverse("charter:delegate", args=[t.core.pk])).status_code == 403


def test_a_deputy_who_stands_in_says_it_for_the_seat(client, t):
    deputy = t.seats[Role.DEPUTY]
    there = reverse("charter:delegate", args=[t.core.pk])
    signed_in(client, deputy)
    assert client.get(there).status_code == 403
    MandateFactory(deputy=deputy, given_by=t.core)

    assert client.post(there, {"words": "Our time."}).status_code == 302
    assert Delegation.objects.get().by == deputy


def test_the_form_reads_pounds_and_refuses_a_comma_before_the_pence_in_words(member, t):
    there = reverse("charter:delegate", args=[t.core.pk])
    wrong = member.post(there, {"words": "Our time.", "up_to": "1200,50", "days": "2.5"})

    assert wrong.status_code == 422
    assert "“1200,50” is not an amount in pounds." in words_of(wrong)
    assert "Write whole days in figures" in words_of(wrong)
    assert 'value="1200,50"' in words_of(wrong)
    member.post(there, {"words": "Our time.", "up_to": "£1,200.50", "days": "0"})

    said = Delegation.objects.get()
    assert (said.up_to, said.days) == (1200_50, 0)
    page = words_of(member.get(there))
    assert 'value="1,200.50"' in page
    assert "No days of people’s time" in words_of(member.get(url("core_group", t.cluster)))


def test_one_button_says_that_we_compete_nowhere(member, t):
    there = reverse("charter:compete", args=[membership(t).pk])
    assert "We compete nowhere" in words_of(member.get(there))

    answer = member.post(there, {"nowhere": "yes"})

    assert answer.status_code == 302
    page = words_of(member.get(url("core_group", t.cluster)))
    assert f"{t.organisations[0]} says that it competes nowhere" in page
    assert f"{t.organisations[1]}, {t.organisations[2]}: not said yet." in page


def test_the_form_says_where_with_whom_and_what_stops(member, t):
    there = reverse("charter:compete", args=[membership(t).pk])
    empty = member.post(there, {"where": ""})
    assert empty.status_code == 422
    assert "Say where you compete, or press" in words_of(empty)
    itself = member.post(there, {"where": "Tenders", "others": [t.organisations[0].pk]})
    assert itself.status_code == 422

    member.post(
        there, {"where": "Tenders", "others": [t.organisations[1].pk], "stops": "We bid as one."}
    )

    page = words_of(member.get(url("core_group", t.cluster)))
    assert (
        f"{t.organisations[0]}: <b>Tenders</b><br>With {t.organisations[1]}. What changes there: We bid as one."
        in page
    )


def test_it_is_taken_back_by_its_own_people(client, t):
    said = declared(t)
    signed_in(client, t.second)
    assert "Take this back" not in words_of(client.get(url("core_group", t.cluster)))
    assert client.post(url("take_back_competition", said)).status_code == 403
    signed_in(client, t.core)

    assert client.get(url("take_back_competition", said)).status_code == 405
    answer = client.post(url("take_back_competition", said))

    assert answer["Location"].endswith("#compete")
    assert "Tenders" not in words_of(client.get(url("core_group", t.cluster)))


def test_a_larger_cluster_costs_no_more_queries(member, t):
    def cost():
        with CaptureQueriesContext(connection) as asked:
            assert member.get(url("core_group", t.cluster)).status_code == 200
        return len(asked)

    declared(t)
    cost()  # the first of a visit is written down
    small = cost()
    for n in range(5):
        seat = SeatFactory(cluster=t.cluster)
        delegated(t, by=actor(seat), seat=seat)
        declared(
            t,
            by=actor(seat),
            member=t.cluster.members.get(organisation=seat.organisation),
            where=f"Area {n}",
        )

    assert cost() == small <= 22


# --- what waits, and what is shown elsewhere


def asked(seat):
    return [prompt.key.split(":")[0] for prompt in of_core_group(reader(seat), clock.today())]


def forming(t):
    """A journey whose first stage this room sees to."""
    w = walk(own=t, starts_on=clock.today())
    w.journey.stages.update(is_checklist=False)
    return w


def test_while_the_cluster_forms_each_member_is_asked_one_after_the_other(t):
    w = forming(t)

    assert asked(t.core) == ["charter.delegate"]
    assert asked(t.facilitator) == asked(t.seats[Role.STAFF]) == asked(t.seats[Role.DEPUTY]) == []
    delegated(t)
    assert asked(t.core) == ["charter.compete"]
    nowhere(t)
    assert asked(t.core) == []
    assert asked(t.second) == ["charter.delegate"]
    w.journey.stages.update(is_checklist=True)
    assert asked(t.second) == []


def test_a_deputy_who_stands_in_is_asked_for_the_seat(t):
    forming(t)
    MandateFactory(deputy=t.seats[Role.DEPUTY], given_by=t.core)

    assert asked(t.seats[Role.DEPUTY]) == ["charter.delegate"]


def test_what_was_taken_back_is_asked_again(t):
    forming(t)
    delegated(t)
    actions.take_back_competition(by=actor(t.core), competition=declared(t))

    assert "charter.compete" in asked(t.core)


def test_before_a_journey_begins_nothing_is_asked(t):
    assert asked(t.core) == []


def test_the_clusters_page_says_how_far_the_core_group_is(t):
    delegated(t)
    (panel,) = panels.panels(reader(t.third), t.cluster)

    page = render_to_string(panel.template, dict(panel.context))

    assert "All three members have somebody who speaks for them." in page
    assert url("core_group", t.cluster) in page


def test_the_report_says_what_was_said(t):
    delegated(t)
    declared(t)
    nowhere(t, by=actor(t.second), member=membership(t, 1))

    (section,) = panels.sections(reader(t.third), t.cluster)

    first, second, _ = t.organisations
    assert f"The seat of {first} may commit: Our time and our files." in section.sentences
    assert (
        f"{first} competes with {second}: Tenders for floating support. "
        "What changes there: We send no bid against each other."
    ) in section.sentences
    assert f"{second} says that it competes nowhere." in section.sentences


def test_none_of_it_is_for_the_programme(t):
    manager = reader(SeatFactory(role=Role.MANAGER, programme=t.cluster.programme))

    assert list(panels.panels(manager, t.cluster)) == []
    assert list(panels.sections(manager, t.cluster)) == []


def test_an_empty_cluster_says_so():
    empty = team(ProgrammeFactory()).cluster
    empty.members.update(left_at=clock.now())

    assert queries.core_group(empty).sentences == ("No organisation is a full member yet.",)
