"""The stage that forms a cluster: it may close when all is there, and its page says what is not."""

from datetime import timedelta

import pytest
from django.urls import reverse

from hedgerow.agreements.models import Meeting
from hedgerow.charter.models import Assent, Charter, Delegation
from hedgerow.charter.queries.forming import forming_lines
from hedgerow.charter.stage import still_missing
from hedgerow.core import clock
from hedgerow.core.actions import Refused
from hedgerow.front.queries import next_list
from hedgerow.journeys import actions as journeys
from hedgerow.journeys.models import Stage, Tick
from hedgerow.people.actions import leave_cluster
from hedgerow.people.models import Member, Role
from tests.factories import (
    MemberFactory,
    ProgrammeFactory,
    SeatFactory,
    actor,
    reader,
    signed_in,
    team,
)
from tests.front.pages import cost_of, page, text_of

from . import formed

pytestmark = pytest.mark.django_db


def url(stage):
    return reverse("charter:forming", args=[stage.pk])


def test_a_new_cluster_is_told_everything_that_is_missing():
    _, stage = formed.forming()

    said = " ".join(still_missing(stage))

    assert "What the seat may commit without going back to ask is not said yet" in said
    assert "No ground rules are written down yet." in said
    assert "Nobody is named yet who draws everybody’s answers together." in said
    assert "No day is set by which every member will have answered." in said
    assert "The next Core Group meeting has no date yet." in said


def test_when_all_is_there_nothing_is_missing_and_the_stage_closes():
    own, stage = formed.forming()
    formed.form_all(own)

    assert still_missing(stage) == []
    journeys.close_stage(by=actor(own.facilitator), stage=stage)

    stage.refresh_from_db()
    assert stage.closed_at


def without_a_delegation(own):
    Delegation.objects.filter(seat=own.second).update(ended_at=clock.now())
    return f"is not said yet for {own.second.organisation}"


def without_a_seat(own):
    own.third.ended_at = clock.now()
    own.third.save()
    return f"Nobody sits in the Core Group for {own.third.organisation}."


def without_a_member(own):
    member = Member.objects.get(cluster=own.cluster, organisation=own.third.organisation)
    leave_cluster(by=actor(own.third), member=member)
    return "A cluster begins with at least three members; two have joined."


def with_one_more(own):
    more = SeatFactory(
        cluster=own.cluster, organisation=None or MemberFactory(cluster=own.cluster).organisation
    )
    return f"is not agreed yet by {more.organisation}."


def without_an_assent(own):
    Assent.objects.filter(organisation=own.second.organisation).update(ended_at=clock.now())
    return f"Version 1 of the ground rules is not agreed yet by {own.second.organisation}."


def with_newer_rules(own):
    formed.assent(formed.lay_down(own, number=2), own.core)
    others = f"{own.second.organisation} and {own.third.organisation}"
    return f"Version 2 of the ground rules is not agreed yet by {others}."


def without_a_yes(own):
    Charter.objects.update(gatherer_agreed_at=None)
    return "is named to draw the answers together, and has not said yes yet."


def with_a_gatherer_who_left(own):
    Charter.objects.update(gatherer=own.seats[Role.STAFF])
    own.seats[Role.STAFF].ended_at = clock.now()
    own.seats[Role.STAFF].save()
    return "that seat has ended. Name somebody else."


def without_a_day(own):
    Charter.objects.update(answers_by=None)
    return "No day is set"


def with_a_meeting_called_off(own):
    Meeting.objects.update(called_off_at=clock.now())
    return "The next Core Group meeting has no date yet."


def with_a_meeting_that_has_been(own):
    Meeting.objects.update(starts_at=clock.now() - timedelta(minutes=1))
    return "The next Core Group meeting has no date yet."


@pytest.mark.parametrize(
    "undo",
    [
        without_a_delegation,
        without_a_seat,
        without_a_member,
        with_one_more,
        without_an_assent,
        with_newer_rules,
        without_a_yes,
        with_a_gatherer_who_left,
        without_a_day,
        with_a_meeting_called_off,
        with_a_meeting_that_has_been,
    ],
)
def test_each_part_that_is_gone_is_missed_by_name_and_keeps_the_stage_open(undo):
    own, stage = formed.forming()
    formed.form_all(own)

    sentence = undo(own)

    assert sentence in " ".join(still_missing(stage))
    with pytest.raises(Refused, match="cannot be closed yet"):
        journeys.close_stage(by=actor(own.facilitator), stage=stage)


def test_who_works_for_the_others_is_not_counted_and_not_asked():
    own, stage = formed.forming()
    formed.form_all(own)
    MemberFactory(cluster=own.cluster, is_second_tier=True)

    assert still_missing(stage) == []


def test_an_assent_on_paper_counts_and_the_page_says_so(client):
    own, stage = formed.forming()
    formed.form_all(own)
    Assent.objects.all().delete()
    rule_set = formed.lay_down(own, number=2)
    for seat in (own.core, own.second):
        formed.assent(rule_set, seat)
    formed.assent(rule_set, own.third, on_paper=True)

    assert still_missing(stage) == []
    shown = page(client, url(stage), own.core)
    assert f"For {own.third.organisation} it was written down by somebody else." in shown


def test_a_sentence_that_the_room_does_not_know_is_ticked(client):
    own, stage = formed.forming(design=formed.FORMING + formed.OWN.lstrip("\n"))
    formed.form_all(own)
    assert still_missing(stage) == ["Not ticked yet: We have chosen a name."]
    test = stage.exit_tests.get(slug="name-chosen")
    member = signed_in(client, own.core)
    assert "Tick this" in text_of(member.get(url(stage)))

    answer = member.post(
        reverse("journeys:tick", args=[test.pk]), {f"t{test.pk}-evidence": "Hazel."}, follow=True
    )

    assert answer.redirect_chain[-1][0] == url(stage)
    assert "“Hazel.” Chief executive," in text_of(answer)
    assert still_missing(stage) == []


def test_a_tick_without_words_is_asked_for_them_at_its_sentence(client):
    own, stage = formed.forming(design=formed.FORMING + formed.OWN.lstrip("\n"))
    test = stage.exit_tests.get(slug="name-chosen")

    answer = signed_in(client, own.core).post(
        reverse("journeys:tick", args=[test.pk]), {f"t{test.pk}-evidence": " "}
    )

    assert answer.status_code == 422
    assert "Say what shows it" in text_of(answer)
    assert "We have chosen a name." in text_of(answer)


def test_a_tick_does_not_stand_in_for_what_the_room_can_see():
    own, stage = formed.forming()
    for test in stage.exit_tests.all():
        journeys.tick(by=actor(own.core), exit_test=test, evidence="We are sure.")

    assert len(still_missing(stage)) == 5


def test_a_design_that_names_few_parts_is_told_of_the_others_too(client):
    own, stage = formed.forming(design=formed.OWN)

    shown = page(client, url(stage), own.core)

    assert "Every member has agreed to the ground rules as they stand." in shown
    assert "The next Core Group meeting has a date." in shown
    assert len(forming_lines(stage)) == 6


def test_one_sentence_of_a_design_can_want_two_parts():
    both = """
      - slug: dates-set
        sentence: There is a day for the answers and a date for the meeting.
        evidence: Both.
"""
    own, stage = formed.forming(design=both)
    formed.set_day(own)

    line = forming_lines(stage)[0]

    assert [part.slug for part in line.parts] == ["answers", "meeting"]
    assert not line.is_met
    formed.meet(own)
    assert forming_lines(stage)[0].is_met


def test_the_page_says_what_there_is_what_is_missing_and_where_it_is_done(client):
    own, stage = formed.forming()
    formed.set_day(own)

    response = signed_in(client, own.core).get(url(stage))

    assert "One of five met" in text_of(response)
    for name in ("charter:core_group", "charter:rules", "charter:gatherer", "agreements:meetings"):
        assert f'href="{reverse(name, args=[own.cluster.pk])}"' in response.content.decode()
    assert "Close “Forming the cluster”" not in text_of(response)


def test_the_page_and_the_exit_test_agree():
    own, stage = formed.forming()
    for do in (formed.delegate_all, formed.agree_all, formed.name, formed.set_day, formed.meet):
        assert bool(still_missing(stage)) is not all(l.is_met for l in forming_lines(stage))
        do(own)
    assert all(line.is_met for line in forming_lines(stage))


def test_the_facilitator_closes_it_from_its_page(client):
    own, stage = formed.forming()
    formed.form_all(own)
    facilitator = signed_in(client, own.facilitator)
    assert "Close “Forming the cluster” and open “Gathering”" in text_of(
        facilitator.get(url(stage))
    )

    facilitator.post(reverse("journeys:close", args=[stage.pk]))

    stage.refresh_from_db()
    assert stage.closed_at


def test_the_stages_own_address_leads_to_the_page(client):
    own, stage = formed.forming()

    answer = signed_in(client, own.core).get(stage.get_absolute_url())

    assert answer.status_code == 302
    assert answer["Location"] == url(stage)


def test_a_stage_that_runs_as_a_checklist_stays_one(client):
    own, stage = formed.forming()
    Stage.objects.filter(pk=stage.pk).update(is_checklist=True)

    answer = signed_in(client, own.core).get(url(stage), follow=True)

    assert answer.redirect_chain == [(stage.get_absolute_url(), 302)]
    assert "None of five met" in text_of(answer)


def test_a_stage_that_was_ticked_before_the_room_came_still_shows_its_ticks(client):
    own, stage = formed.forming()
    Stage.objects.filter(pk=stage.pk).update(is_checklist=True)
    for test in stage.exit_tests.all():
        journeys.tick(by=actor(own.core), exit_test=test, evidence=f"Noted under {test.slug}.")
    stage.refresh_from_db()
    journeys.close_stage(by=actor(own.core), stage=stage)
    Stage.objects.filter(pk=stage.pk).update(is_checklist=False)

    shown = page(client, url(stage), own.core)

    assert Tick.objects.count() == 5
    assert "“Noted under rules-agreed.” Chief executive," in shown
    assert "Missing" not in shown
    assert "Take this tick back" not in shown
    assert "Closed by Chief executive" in shown


def test_ticks_from_before_are_kept_as_evidence_beside_what_the_room_sees(client):
    own, stage = formed.forming()
    test = stage.exit_tests.get(slug="rules-agreed")
    journeys.tick(by=actor(own.core), exit_test=test, evidence="All said yes in March.")

    shown = page(client, url(stage), own.core)

    assert "Ticked “All said yes in March.”" in shown
    assert "No ground rules are written down yet." in shown


def test_neighbours_and_staff_of_the_programme_do_not_see_the_page(client):
    own, stage = formed.forming()
    next_door = team(own.cluster.programme)
    manager = SeatFactory(role=Role.MANAGER, programme=own.cluster.programme)

    page(client, url(stage), next_door.core, status=404)
    page(client, url(stage), manager, status=404)


def sentences(seat):
    return [line.prompt.sentence for line in next_list(reader(seat), clock.today()).lines]


def test_the_facilitator_is_told_what_is_missing_and_the_core_group_where_there_is_none():
    own, _ = formed.forming()
    wanted = "See to what “Forming the cluster” still wants"

    assert wanted in sentences(own.facilitator)
    assert wanted not in sentences(own.core)

    own.facilitator.ended_at = clock.now()
    own.facilitator.save()
    assert wanted in sentences(own.core)


def test_a_core_group_member_is_asked_to_tick_what_only_they_can():
    own, _ = formed.forming(design=formed.FORMING + formed.OWN.lstrip("\n"))

    assert "Tick what is true in “Forming the cluster”" in sentences(own.second)
    assert "Tick what is true in “Forming the cluster”" not in sentences(own.facilitator)


def test_the_page_costs_as_many_queries_however_many_members_there_are(client):
    own, stage = formed.forming()
    formed.form_all(own)
    signed_in(client, own.core)
    before = cost_of(client, url(stage))
    for _ in range(4):
        SeatFactory(cluster=own.cluster)
        more = SeatFactory(
            cluster=own.cluster, organisation=MemberFactory(cluster=own.cluster).organisation
        )
        Delegation.objects.create(seat=more, words="Our time.", by=more, at=clock.now())

    assert cost_of(client, url(stage)) <= before


def test_a_journey_of_a_programme_of_ours_begins_on_the_page(client):
    """The design as it is shipped, not one made up for tests."""
    from hedgerow.journeys.packs import shipped_text

    own = team(ProgrammeFactory())
    manager = SeatFactory(role=Role.MANAGER, programme=own.cluster.programme)
    for slug in ("collaborate-2", "self-service"):
        own = team(ProgrammeFactory())
        manager = SeatFactory(role=Role.MANAGER, programme=own.cluster.programme)
        journeys.load_design(
            by=actor(manager), programme=own.cluster.programme, text=shipped_text(slug)
        )
        journey = journeys.start_journey(
            by=actor(manager), cluster=own.cluster, starts_on=clock.today()
        )
        stage = journey.stages.get(position=1)

        assert all(line.parts for line in forming_lines(stage)), slug
        formed.form_all(own)
        assert still_missing(stage) == []
