"""What waits for whom in a round, on the cluster's page, among its dates and in its report."""

from datetime import timedelta

import pytest
from django.urls import reverse

from hedgerow.core import clock
from hedgerow.core.owners import Audience
from hedgerow.diagnostics.actions import releases
from hedgerow.diagnostics.questions.packs import instrument_of
from hedgerow.front.queries import dates_of, next_list, sections_of
from hedgerow.look.words import first_up
from hedgerow.people.models import Role
from tests.factories import MandateFactory, SeatFactory, actor, reader, signed_in
from tests.front.pages import cost_of, page

from .scenes_rounds import OWN_TEST, TESTS, gathering, meet, member_of, opened, said_why_not, talked
from .scenes_sheets import answered, scores
from .test_rounds import answer, answer_all, close

pytestmark = pytest.mark.django_db


def prompts(seat, today=None):
    """Of this room, by the first part of their key."""
    lines = next_list(reader(seat), today or clock.today())
    found = [*(line.prompt for line in lines.lines), *lines.waiting]
    return {p.key.split(":")[0]: p for p in found if p.key.startswith("diagnostics.")}


def finish(sheet):
    sheet.finished_at = clock.now()
    sheet.save()


# who answers


def test_a_member_is_asked_once_a_round_for_all_its_sets(s):
    round = opened(s, "capacity", "ict-baseline", "key-facts")

    asked = prompts(s.own.core)["diagnostics.answer"]

    assert asked.sentence == "Answer three sets of questions"
    assert asked.due_on == round.due_on
    assert asked.minutes == sum(it for it in minutes(round))
    first = round.askings.get(position=1)
    assert asked.url.endswith(f"/askings/{first.pk}/begin/")


def minutes(round):
    return [instrument_of(asking.text).minutes for asking in round.askings.all()]


def test_the_next_unanswered_one_is_the_link(s):
    round = opened(s, "capacity", "ict-baseline")
    first, second = round.askings.all()
    mine = answer(first, s.own.core, finished=False)
    assert prompts(s.own.core)["diagnostics.answer"].url == mine.get_absolute_url()

    finish(mine)

    asked = prompts(s.own.core)["diagnostics.answer"]
    assert asked.url.endswith(f"/askings/{second.pk}/begin/")
    assert asked.minutes == minutes(round)[1]
    answer(second, s.own.core)
    assert not prompts(s.own.core)


def test_who_of_an_organisation_is_asked(s):
    round = opened(s)
    asked = "diagnostics.answer"
    assert asked in prompts(s.own.core)
    assert asked in prompts(s.own.seats[Role.DEPUTY])
    assert asked in prompts(s.own.second)
    for role in (Role.STAFF, Role.FACILITATOR, Role.SUPPORTER, Role.SPONSOR):
        assert asked not in prompts(s.own.seats[role]), role
    for seat in (s.neighbour.core, s.staff[Role.MANAGER], s.operator):
        assert not prompts(seat)

    begun = answer(round.askings.get(), s.own.seats[Role.STAFF], finished=False)
    assert prompts(s.own.seats[Role.STAFF])[asked].url == begun.get_absolute_url()

    finish(begun)
    assert asked not in prompts(s.own.core)
    assert asked in prompts(s.own.second)


def test_where_roles_are_asked_one_by_one_staff_are_asked_and_who_is_done_waits(s):
    round = opened(s, "capacity", roles=("front_line", "manager"))
    assert "diagnostics.answer" in prompts(s.own.seats[Role.STAFF])

    answer(round.askings.get(), s.own.core, role="manager")

    waiting = prompts(s.own.core)
    assert "diagnostics.answer" not in waiting
    assert waiting["diagnostics.waiting"].waits_on.endswith("(front line)")
    assert "diagnostics.answer" in prompts(s.own.seats[Role.STAFF])


def test_who_said_why_not_is_not_asked_again_nor_is_anybody_once_it_is_closed(s):
    round = opened(s)
    said_why_not(round, s.own.core)
    assert not prompts(s.own.core)

    close(round, s.own.facilitator)

    assert "diagnostics.answer" not in prompts(s.own.second)


def test_the_core_group_holder_confirms_what_was_written_down_for_them(s):
    round = opened(s)
    sheet = answer(round.askings.get(), s.own.core, recorded_by=s.own.facilitator)
    asked = prompts(s.own.core)
    assert asked["diagnostics.confirm"].url == sheet.get_absolute_url()
    assert "diagnostics.confirm" not in prompts(s.own.seats[Role.DEPUTY])
    assert "diagnostics.confirm" not in prompts(s.own.second)

    sheet.confirmed_at = clock.now()
    sheet.save()

    assert not prompts(s.own.core)


# who leads


def test_the_facilitator_opens_the_first_round_and_the_core_group_where_there_is_none():
    own, _ = gathering()
    assert "diagnostics.open" in prompts(own.facilitator)
    assert "diagnostics.open" not in prompts(own.core)

    own.facilitator.ended_at = clock.now()
    own.facilitator.save()
    assert "diagnostics.open" in prompts(own.core)
    assert "diagnostics.open" not in prompts(own.seats[Role.STAFF])

    own.facilitator.ended_at = None
    own.facilitator.save()
    opened(own)
    assert not prompts(own.facilitator)


def test_once_all_have_answered_or_the_day_is_over_whoever_leads_hears_of_it(s):
    round = opened(s)
    assert not prompts(s.own.facilitator)
    late = prompts(s.own.facilitator, round.due_on + timedelta(days=1))
    assert "Still missing" in late["diagnostics.late"].why

    for seat in (s.own.core, s.own.second, s.own.third):
        answer_all(round, seat)

    assert prompts(s.own.facilitator)["diagnostics.close"].url == reverse(
        "diagnostics:close_round", args=[round.pk]
    )
    assert not prompts(s.own.core)


def test_after_the_close_it_is_talked_through(s):
    round = close(opened(s), s.own.facilitator)
    assert prompts(s.own.facilitator).keys() == {"diagnostics.talk"}
    with clock.at(clock.now() + timedelta(days=60)):
        assert not prompts(s.own.facilitator)

    talked(s, round)

    assert not prompts(s.own.facilitator)


def test_after_the_talk_what_the_stage_still_wants_is_asked_for():
    own, _ = gathering(tests=TESTS + OWN_TEST.lstrip("\n"))
    round = opened(own)
    for seat in (own.core, own.second, own.third):
        said_why_not(round, seat)
    close(round, own.facilitator)
    talked(own, round)

    assert "The next meeting has no date" in prompts(own.facilitator)["diagnostics.gathering"].why
    assert prompts(own.core).keys() == {"diagnostics.tick"}
    meet(own)
    assert not prompts(own.facilitator)


def test_nothing_waits_in_a_cluster_that_has_ended(s):
    opened(s)
    s.cluster.ended_at = clock.now()
    s.cluster.save()

    assert not prompts(s.own.core)
    assert not prompts(s.own.facilitator)


# the cluster's page, its dates, its report


def test_the_clusters_page_says_how_far_it_is_and_what_is_still_ours(client, s):
    there = reverse("cluster", args=[s.cluster.pk])
    assert "Nothing is asked yet." in page(client, there, s.own.core)
    assert "What we ask ourselves" not in page(client, there, s.own.seats[Role.STAFF])
    round = opened(s)
    answer_all(round, s.own.core)

    assert "One of three has answered, until" in page(client, there, s.own.core)
    assert f"{s.own.second.organisation}: not begun." in page(client, there, s.own.second)
    assert "What we ask ourselves" not in page(client, there, s.own.seats[Role.SPONSOR])

    close(round, s.own.facilitator)
    assert "It is not talked through yet." in page(client, there, s.own.seats[Role.STAFF])


def test_the_day_stands_among_the_dates_while_the_round_is_open(s):
    round = opened(s)
    for seat, is_there in ((s.own.core, True), (s.own.seats[Role.SPONSOR], False)):
        lines = dates_of(reader(seat), s.cluster, clock.today())
        assert (round.due_on in [line.on for line in lines]) is is_there

    close(round, s.own.facilitator)

    assert not [
        it
        for it in dates_of(reader(s.own.core), s.cluster, clock.today())
        if it.url == round.get_absolute_url()
    ]


def test_the_report_says_what_was_asked_and_who_answered(s):
    round = opened(s)
    answer_all(round, s.own.core)
    said_why_not(round, s.own.second, "We merge in May.")
    assert "of our questions" not in str(sections_of(reader(s.own.core), s.cluster))
    close(round, s.own.facilitator)
    talked(s, round)

    said = str(sections_of(reader(s.own.core), s.cluster))

    for words in (
        "One of three has answered.",
        "did not answer everything, and said why: We merge in May.",
        "The picture was talked through on",
    ):
        assert words in said
    assert "of our questions" not in str(sections_of(reader(s.own.seats[Role.SPONSOR]), s.cluster))


# what it costs


def test_where_nothing_is_asked_home_costs_one_query_more_at_most(client, s, monkeypatch):
    signed_in(client, s.own.core)
    cost_of(client, "/home/")  # the first visit of a day writes down that they came
    with_room = cost_of(client, "/home/")
    monkeypatch.setattr("hedgerow.diagnostics.prompts.rounds_seen", lambda reader: ())

    assert with_room - cost_of(client, "/home/") <= 1


def test_home_costs_the_same_in_many_rounds_as_in_one(client, s):
    round = opened(s, "capacity", "ict-baseline")
    answer_all(round, s.own.second)
    signed_in(client, s.own.core)
    cost_of(client, "/home/")
    one = cost_of(client, "/home/")
    for own in (s.neighbour, s.elsewhere):
        opened(own)
        SeatFactory(
            user=s.own.core.user,
            cluster=own.cluster,
            organisation=own.organisations[0],
            role=Role.DEPUTY,
        )

    assert cost_of(client, "/home/") <= one + 2  # what other rooms ask of a second cluster


def test_a_deputy_who_stands_in_confirms_and_answers(s):
    deputy = SeatFactory(role=Role.DEPUTY, cluster=s.cluster, organisation=s.own.core.organisation)
    MandateFactory(deputy=deputy, given_by=s.own.core)
    round = opened(s)
    answer(round.askings.get(), s.own.core, recorded_by=s.own.facilitator)

    assert "diagnostics.confirm" in prompts(deputy)
    assert actor(deputy).seat == deputy.pk


def test_after_the_close_the_page_and_the_report_say_what_presses_for_most(client, s):
    round = opened(s)
    asking = round.askings.get()
    for seat, strength in ((s.own.core, 1), (s.own.second, 2), (s.own.third, 5)):
        answered(s, asking, seat, scores(asking, strength=strength), Audience.CLUSTER)
    releases.close_round(
        by=actor(s.own.facilitator), round=round, knows_absent=False, version=round.version
    )
    first = instrument_of(asking.text).needs_table.rows[0].name
    said = f"{first_up(first)}: pressing for two of three."
    there = reverse("cluster", args=[s.cluster.pk])

    assert said in page(client, there, s.own.core)
    assert page(client, there, s.own.core).count(": pressing for two of three.") == 3
    assert said in str(sections_of(reader(s.own.facilitator), s.cluster))
    for role in (Role.STAFF, Role.SUPPORTER):
        assert said not in page(client, there, s.own.seats[role])
        assert said not in str(sections_of(reader(s.own.seats[role]), s.cluster))


def test_whoever_has_a_yes_to_give_is_asked_for_it_once(s):
    round = opened(s)
    asking = round.askings.get()
    for seat in (s.own.core, s.own.second, s.own.third):
        answered(s, asking, seat, scores(asking), Audience.FACILITATOR)
    releases.close_round(
        by=actor(s.own.facilitator), round=round, knows_absent=False, version=round.version
    )
    wanted = "diagnostics.consent"
    member = member_of(s.own.second)
    assert prompts(s.own.second)[wanted].url == reverse(
        "diagnostics:consent", args=[member.pk, asking.pk]
    )
    assert wanted in prompts(s.own.core)
    for seat in (s.own.facilitator, s.own.seats[Role.STAFF], s.neighbour.core):
        assert wanted not in prompts(seat)

    releases.consent(by=actor(s.own.second), member=member, asking=asking)

    assert wanted not in prompts(s.own.second)
    assert wanted in prompts(s.own.core)
