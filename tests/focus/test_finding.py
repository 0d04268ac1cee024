"""The stage that finds the focus: it may close when all is there, and its page says what is not."""

import pytest
from django.urls import reverse

from hedgerow.analysis.focus import Focus
from hedgerow.core import clock
from hedgerow.core.actions import Refused
from hedgerow.core.readings import reading
from hedgerow.focus.actions import contacts
from hedgerow.focus.models import Contact, ContactKind, Gain, Idea, Shortlist, Study
from hedgerow.focus.queries.finding import KNOWN, finding_lines, parts_in, unticked_in
from hedgerow.focus.stage import still_missing
from hedgerow.journeys import actions as journeys
from hedgerow.journeys.kinds import kind_of
from hedgerow.journeys.models import Stage, StageResult
from hedgerow.journeys.packs import load_programme_pack, shipped_packs
from hedgerow.journeys.queries.results import result_of
from hedgerow.look.words import day
from hedgerow.people.models import Member
from tests.factories import MemberFactory, ProgrammeFactory, actor, signed_in, team
from tests.front.pages import cost_of, page, text_of

from .found import (
    LATER,
    OWN,
    SHORTER,
    TESTS,
    all_gain,
    finding,
    handed_in,
    in_days,
    meeting_of,
    pair_on,
    proposed,
    voted,
    withdrawn,
)
from .scenes_ideas import gain_of, idea_of
from .scenes_shortlisting import shortlist_of

pytestmark = pytest.mark.django_db


def url(stage):
    return reverse("focus:finding", args=[stage.pk])


def contact_of(own, idea=None):
    return contacts.add_contact(
        by=actor(own.core),
        cluster=own.cluster,
        idea=idea,
        kind=ContactKind.PERSON,
        words="Head of training at the council.",
    )


def find_all(own) -> Idea:
    idea = idea_of(own, is_quick_win=True)
    shortlist_of(own, [idea], findings="The facilitator gathers.", findings_by=in_days(20))
    all_gain(own, idea)
    contact_of(own, idea)
    pair_on(own, idea)
    meeting_of(own)
    return idea


def test_a_stage_that_has_just_begun_is_told_everything_that_is_missing():
    _, stage = finding()

    assert still_missing(stage) == [
        "There is no shortlist yet.",
        "What each member would gain is said of what is on the shortlist.",
        "There is no shortlist yet, so nothing on it is a quick win.",
        "Pairs look into what is on the shortlist, and there is none yet.",
        "Nobody to ask and nothing to check is written down yet.",
        "How findings are brought together is said with the shortlist.",
        "The next Core Group meeting has no date yet.",
    ]


def test_when_all_is_there_the_stage_closes_and_leaves_the_shortlist():
    own, stage = finding()
    idea = find_all(own)
    assert still_missing(stage) == []

    journeys.close_stage(by=actor(own.facilitator), stage=stage)

    left = result_of(stage.journey, Focus)
    assert [theme.idea for theme in left.themes] == [idea.pk]
    assert left.adopted_on is None
    assert left.gains == {
        seat.organisation_id: {idea.pk: "Time."} for seat in (own.core, own.second, own.third)
    }


def without_a_shortlist(own, idea):
    Shortlist.objects.get().items.all().delete()
    Shortlist.objects.all().delete()
    return "There is no shortlist yet."


def with_an_idea_withdrawn(own, idea):
    withdrawn(idea)
    return "“Shared training” is on the shortlist, and no longer on the long list"


def with_a_member_silent(own, idea):
    Gain.objects.filter(organisation=own.second.organisation).delete()
    name = own.second.organisation
    return f"{name} has not said yet what they would gain from “Shared training”."


def with_a_member_that_does_not_gain(own, idea):
    Gain.objects.filter(organisation=own.third.organisation).update(ended_at=clock.now())
    gain_of(idea, own.third, would_gain=False, words="We train nobody.")
    return (
        f"{own.third.organisation} says it would not gain from “Shared training”: “We train "
        "nobody.” Talk it through, or choose another."
    )


def with_a_new_member(own, idea):
    name = MemberFactory(cluster=own.cluster).organisation
    return f"{name} has not said yet what they would gain"


def without_a_quick_win(own, idea):
    Idea.objects.update(is_quick_win=False)
    return "Nothing on the shortlist is marked as a quick win."


def without_contacts(own, idea):
    Contact.objects.update(struck_at=clock.now())
    return "Nobody to ask and nothing to check is written down yet."


def without_a_pair(own, idea):
    Study.objects.all().delete()
    return "Nobody looks into “Shared training” yet."


def with_the_pair_let_go(own, idea):
    promise = Study.objects.get().promise
    promise.let_go_at, promise.ended_by, promise.reason = clock.now(), own.core, "No time."
    promise.save()
    return f"The pair that looked into “Shared training” let it go on {day(clock.today())}."


def without_a_way_for_findings(own, idea):
    Shortlist.objects.update(findings="")
    return "How the pairs bring together what they find is not written down yet."


def without_a_day_for_findings(own, idea):
    Shortlist.objects.update(findings_by=None)
    return "No day is set by which the pairs bring together what they find."


def without_a_meeting(own, idea):
    own.cluster.meetings.update(called_off_at=clock.now())
    return "The next Core Group meeting has no date yet."


def with_a_newer_shortlist(own, idea):
    shortlist_of(own, [idea_of(own, "A bus")])
    return "Nobody looks into “A bus” yet."


@pytest.mark.parametrize(
    "undo",
    [
        without_a_shortlist,
        with_an_idea_withdrawn,
        with_a_member_silent,
        with_a_member_that_does_not_gain,
        with_a_new_member,
        without_a_quick_win,
        without_contacts,
        without_a_pair,
        with_the_pair_let_go,
        without_a_way_for_findings,
        without_a_day_for_findings,
        without_a_meeting,
        with_a_newer_shortlist,
    ],
)
def test_each_part_that_is_gone_is_missed_and_keeps_the_stage_open(undo):
    own, stage = finding()
    idea = find_all(own)

    sentence = undo(own, idea)

    assert sentence in " ".join(still_missing(stage))
    with pytest.raises(Refused, match="cannot be closed yet"):
        journeys.close_stage(by=actor(own.facilitator), stage=stage)


def test_who_has_left_or_only_supports_us_is_not_waited_for():
    own, stage = finding()
    find_all(own)
    MemberFactory(cluster=own.cluster, left_at=clock.now())
    MemberFactory(cluster=own.cluster, is_second_tier=True)

    assert still_missing(stage) == []


def test_a_promise_that_is_kept_is_still_a_pair_that_took_it_on():
    own, stage = finding()
    idea = find_all(own)

    handed_in(own.core, idea.studies.get())

    assert still_missing(stage) == []


def test_a_gain_that_was_written_down_counts_and_the_page_says_so(client):
    own, stage = finding()
    idea = idea_of(own)
    shortlist_of(own, [idea])
    gain_of(idea, own.second, recorded_by=own.facilitator, channel="phone")

    shown = page(client, url(stage), own.core)

    assert f"For {own.second.organisation} it was written down by somebody else." in shown
    assert f"{own.second.organisation} has not said" not in shown


# what a design names


def test_a_shorter_design_asks_for_two_things_in_one_sentence():
    own, stage = finding(tests=SHORTER)
    find_all(own)
    assert still_missing(stage) == []

    Contact.objects.update(struck_at=clock.now())
    Shortlist.objects.update(findings="")

    assert still_missing(stage) == [
        "Nobody to ask and nothing to check is written down yet.",
        "How the pairs bring together what they find is not written down yet.",
    ]
    named = {line.sentence: [part.slug for part in line.parts] for line in finding_lines(stage)}
    assert named["A pair has taken on each, with a list of people to ask."] == ["pairs", "contacts"]


def test_the_room_wants_three_things_even_if_no_sentence_names_them():
    _, stage = finding(tests=OWN)

    besides = [line.ident for line in finding_lines(stage) if line.key is None]

    assert besides == ["shortlist", "gains", "pairs"]


def test_a_sentence_that_the_room_does_not_know_is_ticked(client):
    own, stage = finding(tests=TESTS + OWN.lstrip("\n"))
    find_all(own)
    assert still_missing(stage) == ["Not ticked yet: There were biscuits."]
    assert "Tick this" in text_of(signed_in(client, own.core).get(url(stage)))

    test = stage.exit_tests.get(slug="biscuits")
    journeys.tick(by=actor(own.core), exit_test=test, evidence="Crumbs.")

    assert still_missing(stage) == []
    assert unticked_in([stage])[stage.pk] == []


@pytest.mark.parametrize("slug", shipped_packs())
def test_every_sentence_of_the_shipped_designs_for_this_stage_is_known(slug):
    stages = {plan.kind: plan for plan in load_programme_pack(slug).stages}

    assert {test.slug for test in stages["focus"].exit_tests} <= set(KNOWN)
    assert "looked-into" in {test.slug for test in stages["workplan"].exit_tests}


def test_the_next_stage_can_be_told_of_reports_and_of_the_focus():
    own, stage = finding(tests=LATER)
    idea = find_all(own)
    pair, by = f"{own.core.organisation} and {own.second.organisation}", day(in_days(21))
    assert still_missing(stage) == [
        f"{pair} look into “Shared training” by {by}; their report is not in yet.",
        "We have not decided yet what we work on.",
    ]

    handed_in(own.core, idea.studies.get())
    adoption = proposed(own, idea)
    assert still_missing(stage) == [f"Decision 1 on it is open until {day(in_days(7))}."]

    voted(own, adoption)
    assert still_missing(stage) == []


def test_a_focus_that_was_not_carried_is_said_with_its_decision():
    own, stage = finding(tests=LATER)
    idea = find_all(own)
    handed_in(own.core, idea.studies.get())
    organisations = [own.core.organisation, own.second.organisation, own.third.organisation]

    voted(own, proposed(own, idea), against=organisations)

    assert still_missing(stage) == [f"Decision 1 on it, of {day(clock.today())}: not carried."]


# the page


def test_the_page_and_the_exit_test_agree_at_each_step():
    own, stage = finding()
    idea = idea_of(own, is_quick_win=True)
    steps = (
        lambda: shortlist_of(own, [idea], findings="We meet.", findings_by=in_days(5)),
        lambda: all_gain(own, idea),
        lambda: contact_of(own),
        lambda: pair_on(own, idea),
        lambda: meeting_of(own),
    )
    for do in steps:
        assert still_missing(stage)
        assert not all(line.is_met for line in finding_lines(stage))
        do()
    assert still_missing(stage) == []
    assert all(line.is_met for line in finding_lines(stage))


def test_the_page_says_what_there_is_what_is_missing_and_where_it_is_done(client):
    own, stage = finding()
    idea = idea_of(own)
    shortlist = shortlist_of(own, [idea])

    response = signed_in(client, own.core).get(url(stage))

    assert "One of seven met" in text_of(response)
    html = response.content.decode()
    for there in (shortlist, idea):
        assert f'href="{there.get_absolute_url()}"' in html
    for name in ("focus:contacts", "focus:focus", "agreements:meetings"):
        assert f'href="{reverse(name, args=[own.cluster.pk])}"' in html
    assert "Close “Finding the focus”" not in text_of(response)


def test_the_facilitator_closes_it_from_its_page(client):
    own, stage = finding()
    find_all(own)
    facilitator = signed_in(client, own.facilitator)
    assert "Close “Finding the focus”" in text_of(facilitator.get(url(stage)))

    facilitator.post(reverse("journeys:close", args=[stage.pk]))

    stage.refresh_from_db()
    assert stage.closed_at
    assert "Missing" not in text_of(facilitator.get(url(stage)))


def test_a_closed_stage_is_not_judged_by_how_things_stand_today(client):
    own, stage = finding()
    idea = find_all(own)
    journeys.close_stage(by=actor(own.facilitator), stage=stage)
    MemberFactory(cluster=own.cluster)
    withdrawn(idea)

    shown = page(client, url(stage), own.core)

    assert "Missing" not in shown
    assert "It was there on the day the stage was closed." in shown


# stages from before the room


@pytest.mark.parametrize("is_open", [True, False])
def test_ticks_from_before_the_room_stay_as_evidence(client, is_open):
    own, stage = finding()
    test = stage.exit_tests.get(slug="shortlist")
    journeys.tick(by=actor(own.core), exit_test=test, evidence="On the flip chart.")
    if not is_open:
        Stage.objects.filter(pk=stage.pk).update(closed_at=clock.now(), closed_by=own.core)

    shown = page(client, url(stage), own.core)

    assert "On the flip chart." in shown
    assert ("There is no shortlist yet." in shown) is is_open


def test_a_design_that_runs_it_as_a_checklist_leads_to_the_plain_page(client):
    own, stage = finding()
    Stage.objects.filter(pk=stage.pk).update(is_checklist=True)
    stage.refresh_from_db()

    answer = signed_in(client, own.core).get(url(stage))

    assert (answer.status_code, answer["Location"]) == (302, stage.get_absolute_url())
    assert kind_of(stage).leaves is None


def test_a_checklist_closes_with_its_ticks_and_leaves_nothing():
    own, stage = finding(tests=OWN)
    Stage.objects.filter(pk=stage.pk).update(is_checklist=True)
    stage.refresh_from_db()
    test = stage.exit_tests.get()
    journeys.tick(by=actor(own.core), exit_test=test, evidence="Crumbs.")

    journeys.close_stage(by=actor(own.core), stage=stage)

    assert not StageResult.objects.filter(stage=stage).exists()


# counts


def test_however_many_stages_are_asked_about_it_costs_the_same(django_assert_max_num_queries):
    made = []
    for _ in range(3):
        own, stage = finding(tests=TESTS + LATER.lstrip("\n"), own=team(ProgrammeFactory()))
        idea = find_all(own)
        pair_on(own, idea_of(own, "A bus"))
        voted(own, proposed(own, idea))
        made.append(stage)
    stages = list(Stage.objects.filter(pk__in=[one.pk for one in made]).select_related("journey"))

    with django_assert_max_num_queries(10):
        found = parts_in(stages)

    assert found.keys() == {stage.pk for stage in stages}
    for parts in found.values():
        assert [slug for slug, part in parts.items() if not part.is_met] == ["reports"]
    with django_assert_max_num_queries(0):
        assert parts_in([]) == {}


def test_a_page_asks_once_about_a_stage(django_assert_max_num_queries):
    _, stage = finding()
    stage = Stage.objects.select_related("journey").get(pk=stage.pk)

    with reading():
        parts_in([stage])
        with django_assert_max_num_queries(0):
            parts_in([stage])


def test_the_page_costs_the_same_with_many_members_and_ideas(client):
    own, stage = finding()
    idea = find_all(own)
    core = signed_in(client, own.core)
    core.get(url(stage))
    few = cost_of(core, url(stage))

    more = [idea, idea_of(own, "A bus"), idea_of(own, "A van")]
    shortlist_of(own, [*more])
    for _ in range(5):
        MemberFactory(cluster=own.cluster)
    for one in more[1:]:
        pair_on(own, one)
        contact_of(own, one)

    assert cost_of(core, url(stage)) == few
    assert Member.objects.filter(cluster=own.cluster).count() == 9
