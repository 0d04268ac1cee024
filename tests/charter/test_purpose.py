"""What a cluster is for; who draws the answers together, with their own yes; and by when."""

from datetime import date, timedelta

import pytest
from django.urls import reverse

from hedgerow.charter import actions
from hedgerow.charter.models import Charter, Need, Objective
from hedgerow.charter.queries.forming import parts_of
from hedgerow.core import clock
from hedgerow.core.actions import Refused, Stale
from hedgerow.core.days import in_words
from hedgerow.core.models import Event
from hedgerow.front.queries import next_list, sections_of
from hedgerow.journeys.models import Milestone, PlannedDate
from hedgerow.people.models import Role
from tests.factories import SeatFactory, actor, reader, scene, signed_in
from tests.front.pages import main_of, page, text_of

from . import formed, scenes_rest

pytestmark = pytest.mark.django_db


@pytest.fixture
def s():
    return scene()


def url(name, cluster):
    return reverse(f"charter:{name}", args=[cluster.pk])


SENT = {
    "driver": "vulnerability",
    "driver_words": "Each of us could lose its only finance worker.",
    "objectives": ["projects", "align"],
    "needs": ["supply", "design"],
    "readable_years": "10",
    "version": "1",
}


def test_a_member_writes_down_what_the_cluster_is_for(client, s):
    answer = signed_in(client, s.own.core).post(url("write_purpose", s.cluster), SENT, follow=True)

    shown = text_of(answer)
    assert "Something we all fear. Each of us could lose its only finance worker." in shown
    assert "Services that fit together" in shown
    assert "for 10 years more" in shown
    charter = Charter.objects.get(cluster=s.cluster)
    assert charter.objectives == ["align", "projects"]
    assert charter.needs == ["design", "supply"]


def test_every_objective_and_every_need_can_be_chosen(client, s):
    form = main_of(signed_in(client, s.own.core).get(url("write_purpose", s.cluster)))

    assert len(Objective) == 4
    assert len(Need) == 6
    for value in (*Objective.values, *Need.values):
        assert f'value="{value}"' in form


def test_nothing_of_it_has_to_be_filled_in_but_the_years(client, s):
    member = signed_in(client, s.own.core)

    empty = member.post(url("write_purpose", s.cluster), {"version": "1"})
    years = member.post(url("write_purpose", s.cluster), {"version": "1", "readable_years": "6"})

    assert empty.status_code == 422
    assert "Write a number of years." in text_of(empty)
    assert years.status_code == 302


@pytest.mark.parametrize(
    "wrong",
    [
        {"driver": "greed"},
        {"objectives": ["align", "empire"]},
        {"needs": ["sleep"]},
        {"readable_years": "0"},
        {"readable_years": "31"},
        {"readable_years": "for ever"},
        {"driver_words": "x" * 2001},
        {"version": "two"},
    ],
)
def test_what_is_not_on_the_list_is_refused_with_a_sentence_and_nothing_is_lost(client, s, wrong):
    answer = signed_in(client, s.own.core).post(
        url("write_purpose", s.cluster), {**SENT, "driver_words": "We were all alone.", **wrong}
    )

    assert answer.status_code == 422
    assert "needs another look" in text_of(answer)
    assert wrong.get("driver_words", "We were all alone.") in answer.content.decode()
    assert not Charter.objects.filter(cluster=s.cluster).exclude(driver="").exists()


@pytest.mark.parametrize("wrong", [{"driver": "x"}, {"objectives": ["x"]}, {"readable_years": 99}])
def test_the_action_refuses_what_no_form_would_send(s, wrong):
    said = {
        "driver": "",
        "driver_words": "",
        "objectives": [],
        "needs": [],
        "readable_years": 6,
        "version": 1,
    }
    with pytest.raises(Refused):
        actions.write_purpose(by=actor(s.own.core), cluster=s.cluster, **{**said, **wrong})


def test_whoever_read_an_older_version_is_shown_the_newer_and_decides(client, s):
    facilitator = signed_in(client, s.own.facilitator)
    facilitator.post(url("write_purpose", s.cluster), SENT)

    clash = facilitator.post(url("write_purpose", s.cluster), {**SENT, "driver": "hope"})

    assert clash.status_code == 409
    assert "Somebody else changed this" in text_of(clash)
    assert "As it stands now" in text_of(clash)
    assert 'name="version" value="2"' in clash.content.decode()


def test_the_same_again_is_nothing_to_write_down(s):
    charter = scenes_rest.charter(s)
    n = Event.objects.count()

    actions.write_purpose(
        by=actor(s.own.core),
        cluster=s.cluster,
        driver=charter.driver,
        driver_words=charter.driver_words,
        objectives=reversed(charter.objectives),
        needs=charter.needs,
        readable_years=charter.readable_years,
        version=charter.version,
    )

    assert Event.objects.count() == n


def test_whoever_leads_writes_and_others_round_the_table_read(client, s):
    scenes_rest.charter(s)
    for role in (Role.STAFF, Role.DEPUTY, Role.SUPPORTER):
        shown = page(client, url("purpose", s.cluster), s.own.seats[role])
        assert "Two of us lost a tender" in shown
        assert "Change what we are for" not in shown
        page(client, url("write_purpose", s.cluster), s.own.seats[role], status=403)
    assert "Change what we are for" in page(client, url("purpose", s.cluster), s.own.facilitator)


def test_nobody_else_reads_it(client, s):
    scenes_rest.charter(s)
    for seat in (s.neighbour.core, s.elsewhere.facilitator, *s.staff.values(), s.operator):
        page(client, url("purpose", s.cluster), seat, status=404)
    page(client, url("purpose", s.cluster), s.own.seats[Role.SPONSOR], status=404)


# who draws the answers together


def test_who_names_themselves_has_said_yes(client, s):
    signed_in(client, s.own.core).post(
        url("gatherer", s.cluster), {"seat": s.own.core.pk, "version": "1"}
    )

    charter = Charter.objects.get(cluster=s.cluster)
    assert charter.gatherer == s.own.core
    assert charter.gatherer_agreed_at


def test_who_is_named_by_another_is_asked_and_says_yes_with_one_button(client, s):
    signed_in(client, s.own.facilitator).post(
        url("gatherer", s.cluster), {"seat": s.own.second.pk, "version": "1"}
    )
    charter = Charter.objects.get(cluster=s.cluster)
    assert charter.gatherer_agreed_at is None
    asked = prompts_of(s.own.second)
    assert any("you draw everybody’s answers together" in sentence for sentence in asked)
    yes = reverse("charter:say_yes", args=[charter.pk])
    assert yes not in signed_in(client, s.own.core).get(url("purpose", s.cluster)).content.decode()

    named = signed_in(client, s.own.second)
    assert yes in named.get(url("purpose", s.cluster)).content.decode()
    named.post(yes)

    charter.refresh_from_db()
    assert charter.gatherer_agreed_at
    assert parts_of(s.cluster)["gatherer"].is_met
    assert not any("draw everybody’s answers" in sentence for sentence in prompts_of(s.own.second))


def test_nobody_says_yes_for_another(client, s):
    charter = actions.name_gatherer(
        by=actor(s.own.facilitator), cluster=s.cluster, seat=s.own.second, version=1
    )
    yes = reverse("charter:say_yes", args=[charter.pk])

    assert signed_in(client, s.own.core).post(yes).status_code == 403
    assert signed_in(client, s.neighbour.core).post(yes).status_code == 404
    assert signed_in(client, s.own.second).get(yes).status_code == 405
    charter.refresh_from_db()
    assert charter.gatherer_agreed_at is None


def test_a_yes_that_comes_after_somebody_else_was_named_is_refused(s):
    charter = formed.name(s.own)

    with pytest.raises(Refused, match="Somebody else is named"):
        actions.say_yes(by=actor(s.own.second), charter=charter)


def test_naming_somebody_else_clears_the_yes_and_asks_them(s):
    charter = formed.name(s.own)

    actions.name_gatherer(
        by=actor(s.own.core), cluster=s.cluster, seat=s.own.second, version=charter.version
    )

    charter.refresh_from_db()
    assert charter.gatherer == s.own.second
    assert charter.gatherer_agreed_at is None


def test_naming_the_same_person_again_keeps_their_yes(s):
    charter = formed.name(s.own)

    actions.name_gatherer(
        by=actor(s.own.facilitator), cluster=s.cluster, seat=s.own.core, version=charter.version
    )

    charter.refresh_from_db()
    assert charter.gatherer_agreed_at


def test_only_somebody_round_this_table_today_can_be_named(s):
    ended = SeatFactory(cluster=s.cluster, ended_at=clock.now())
    for seat in (s.neighbour.core, s.own.seats[Role.SPONSOR], s.staff[Role.MANAGER], ended):
        with pytest.raises(Refused, match="sits round the table"):
            actions.name_gatherer(by=actor(s.own.core), cluster=s.cluster, seat=seat, version=1)


def test_a_seat_of_next_door_cannot_be_sent_in_a_form(client, s):
    answer = signed_in(client, s.own.core).post(
        url("gatherer", s.cluster), {"seat": s.neighbour.core.pk, "version": "1"}
    )

    assert answer.status_code == 422
    assert "Choose somebody who sits round the table today." in text_of(answer)


def test_a_yes_after_the_seat_ended_is_refused(s):
    charter = actions.name_gatherer(
        by=actor(s.own.facilitator), cluster=s.cluster, seat=s.own.second, version=1
    )
    s.own.second.ended_at = clock.now()
    s.own.second.save()

    with pytest.raises(Refused, match="has ended"):
        actions.say_yes(by=actor(s.own.second), charter=charter)


def test_a_yes_is_said_once(s):
    charter = formed.name(s.own, s.own.second)
    n = Event.objects.count()

    actions.say_yes(by=actor(s.own.second), charter=charter)

    assert Event.objects.count() == n


# by when


def test_the_day_is_filled_in_from_the_timetable(client):
    own, _ = formed.forming()
    planned = PlannedDate.objects.get(milestone__slug="answers-in").on

    response = signed_in(client, own.core).get(url("answers_by", own.cluster))

    assert f'value="{in_words(planned)}"' in response.content.decode()
    assert not Charter.objects.exists()


def test_where_the_timetable_says_another_day_the_page_says_so_and_leads_there(client):
    own, _ = formed.forming()
    milestone = Milestone.objects.get(slug="answers-in")
    planned = milestone.dates.get().on

    answer = signed_in(client, own.core).post(
        url("answers_by", own.cluster),
        {"on": in_words(planned - timedelta(days=1)), "version": "1"},
        follow=True,
    )

    assert "Two days: The timetable says" in text_of(answer)
    there = reverse("journeys:timetable", args=[milestone.journey_id])
    assert f'href="{there}#date-{milestone.pk}"' in answer.content.decode()

    same = client.post(
        url("answers_by", own.cluster),
        {"on": in_words(planned), "version": "2"},
        follow=True,
    )
    assert "The timetable says" not in text_of(same)


def test_without_a_journey_the_day_is_simply_asked_for(client, s):
    assert "The timetable says" not in page(client, url("answers_by", s.cluster), s.own.core)


@pytest.mark.parametrize("on", ["1/1/2001", "soon", "", "1/1/2999"])
def test_a_day_that_cannot_be_is_refused_with_what_was_typed(client, s, on):
    answer = signed_in(client, s.own.core).post(
        url("answers_by", s.cluster), {"on": on, "version": "1"}
    )

    assert answer.status_code == 422
    assert f'value="{on}"' in answer.content.decode() or not on
    assert not Charter.objects.filter(answers_by__isnull=False).exists()


@pytest.mark.parametrize("days", [-1, 732])
def test_the_action_refuses_such_a_day_too(s, days):
    with pytest.raises(Refused):
        actions.set_answers_by(
            by=actor(s.own.core),
            cluster=s.cluster,
            on=clock.today() + timedelta(days=days),
            version=1,
        )


def test_two_who_set_it_at_once_do_not_overwrite_each_other(s):
    on = clock.today() + timedelta(days=9)
    actions.set_answers_by(by=actor(s.own.core), cluster=s.cluster, on=on, version=1)

    with pytest.raises(Stale):
        actions.set_answers_by(
            by=actor(s.own.facilitator), cluster=s.cluster, on=on + timedelta(days=1), version=1
        )


def test_nothing_changes_in_a_cluster_that_has_ended(client, s):
    charter = scenes_rest.charter(s)
    s.cluster.ended_at = clock.now()
    s.cluster.save()

    shown = page(client, url("purpose", s.cluster), s.own.core)
    assert "It can be read, and nothing in it can be changed." in shown
    assert "Change what we are for" not in shown
    with pytest.raises(Refused, match="ended on"):
        actions.set_answers_by(
            by=actor(s.own.core), cluster=s.cluster, on=date(2099, 1, 1), version=charter.version
        )


# where else it shows


def test_it_stands_on_the_clusters_page_and_in_its_report(client, s):
    scenes_rest.charter(s)

    shown = page(client, reverse("cluster", args=[s.cluster.pk]), s.own.second)
    said = [
        sentence
        for section in sections_of(reader(s.own.second), s.cluster)
        for sentence in section.sentences
    ]

    assert "Two of us lost a tender that we could have won together." in shown
    assert "What brought us together: something we all hope for." in said


def test_the_manager_does_not_read_it_on_the_clusters_page(client, s):
    scenes_rest.charter(s)

    shown = page(client, reverse("cluster", args=[s.cluster.pk]), s.staff[Role.MANAGER])

    assert "lost a tender" not in shown
    assert "What we are for" not in shown


def test_each_change_is_a_sentence_in_the_history(client, s):
    scenes_rest.charter(s)
    shown = page(client, reverse("cluster_history", args=[s.cluster.pk]), s.own.second)

    assert "wrote down what the cluster is for." in shown
    assert "took on drawing everybody’s answers together." in shown
    assert "set the day by which every member will have answered" in shown
    assert "tender" not in shown


def prompts_of(seat):
    return [line.prompt.sentence for line in next_list(reader(seat), clock.today()).lines]
