"""Our focus on the cluster's page, among its dates and in its report."""

from datetime import timedelta

import pytest
from django.urls import reverse

from hedgerow.core import clock
from hedgerow.core.readings import reading
from hedgerow.focus import panels as of_focus
from hedgerow.focus.models import Reopening
from hedgerow.front.queries import dates_of, panels_of, sections_of
from hedgerow.look.words import day, listed
from hedgerow.people.models import Role
from tests.factories import reader, signed_in, through_the_glass
from tests.front.pages import page

from .found import decide
from .scenes_ideas import gain_of, long_list
from .scenes_sharing import share_out_of
from .scenes_shortlisting import (
    ballot_of,
    closed,
    ended,
    round_of,
    shortlist_of,
    shortlisting_of,
    spot_of,
)
from .scenes_studies import adoption_of, handed_in, study_of

pytestmark = pytest.mark.django_db


def sentences(s, seat=None):
    """Of the panel."""
    found = panels_of(reader(seat or s.own.core), s.cluster)
    ours = [panel for panel in found if panel.heading == "Our focus"]
    return ours[0].context["sentences"] if ours else None


def section(s, heading, seat=None):
    found = sections_of(reader(seat or s.own.core), s.cluster)
    return next((one for one in found if one.heading.startswith(heading)), None)


# the panel


def test_the_panel_says_where_we_are_step_by_step(s):
    assert sentences(s) == [
        "Nothing is on our long list yet. Anybody round the table can add an idea."
    ]

    ideas = long_list(s.own)
    assert sentences(s) == ["Five ideas are on our long list."]

    row = shortlisting_of(s.own)
    assert sentences(s)[1].startswith("Red spots are open until ")
    assert sentences(s)[1].endswith("None of three members have spoken.")

    closed(row.rounds.get(), s.own)
    assert sentences(s)[1] == "We are shortlisting. No round is open: this is the time to talk."

    round = round_of(row, s.own)
    ballot_of(round, s.own.core, {row.candidates.first(): 10})
    assert sentences(s)[1].startswith("Round 1 of the votes is open until ")
    assert sentences(s)[1].endswith("One of three members has spoken.")

    closed(round, s.own)
    ended(row, s.own)
    shortlist_of(s.own, ideas[:2], row)
    titles = listed(f"“{idea}”" for idea in ideas[:2])
    assert sentences(s) == [f"On our shortlist: {titles}.", "None of two reports are in."]

    handed_in(study_of(s.own, ideas[0]))
    assert sentences(s)[1] == "One of two reports is in."

    adoption = adoption_of(s.own, ideas[:2])
    assert sentences(s)[1].startswith("Our focus is put to the vote, until ")

    decide(s.own, adoption.decision)
    assert sentences(s) == [f"We work on {titles}, as decided on {day(clock.today())}."]


def test_the_panel_names_what_else_is_open(s):
    share_out_of(s.own)
    assert sentences(s)[1].startswith("What a budget pays for is open until ")

    row = shortlisting_of(s.own)
    round = closed(row.rounds.get(), s.own)
    asked = Reopening.objects.create(
        candidate=row.candidates.first(),
        after=round,
        reason="We were away.",
        asked_by=s.own.core,
        asked_at=clock.now(),
    )

    assert sentences(s)[1].startswith(f"We are asked whether “{asked.candidate}” comes back.")


def test_it_is_for_those_round_the_table_and_whoever_looks_through_the_glass(s):
    for role in (Role.CORE, Role.DEPUTY, Role.STAFF, Role.FACILITATOR, Role.SUPPORTER):
        assert sentences(s, s.own.seats[role]), role
    assert sentences(s, through_the_glass(s.cluster))
    for seat in (s.own.seats[Role.SPONSOR], s.staff[Role.MANAGER], s.neighbour.core):
        assert sentences(s, seat) is None


def test_the_panel_has_one_link_to_the_way(client, s):
    signed_in(client, s.own.core)

    shown = client.get(reverse("cluster", args=[s.cluster.pk])).content.decode()

    assert shown.count(reverse("focus:focus", args=[s.cluster.pk])) == 1
    assert "/focus/" not in page(
        client, reverse("cluster", args=[s.cluster.pk]), s.own.seats[Role.SPONSOR]
    )


# days


def test_the_last_days_of_what_is_open_are_among_the_dates(s):
    row = shortlisting_of(s.own)
    share_out = share_out_of(s.own)
    found = days(s)
    assert found["Last day for the red spots"].on == row.rounds.get().due_on
    assert found["Last day to mark what £600 should pay for"].url == share_out.get_absolute_url()

    closed(row.rounds.get(), s.own)
    round_of(row, s.own)
    found = days(s)
    assert found["Last day to vote in round 1"].url == row.get_absolute_url()
    assert "Last day for the red spots" not in found

    ended(row, s.own, because="Enough.")
    assert "Last day to vote in round 1" not in days(s)


def test_the_day_for_what_the_pairs_found_is_among_the_dates(s):
    shortlist = shortlist_of(s.own, long_list(s.own, 1))
    assert not days(s)

    shortlist.findings, shortlist.findings_by = "In a table.", clock.today() + timedelta(days=9)
    shortlist.save()

    assert days(s)["The pairs bring together what they found"].on == shortlist.findings_by


def test_a_round_that_is_held_in_a_meeting_has_no_day_of_its_own(s):
    row = shortlisting_of(s.own)
    row.rounds.update(due_on=None)

    assert not days(s)
    assert sentences(s)[1].startswith("Red spots are open in our meeting.")


def test_a_cluster_that_has_ended_has_no_days(s):
    shortlisting_of(s.own)
    s.cluster.ended_at = clock.now()
    s.cluster.save()

    assert not days(s)


def days(s):
    """Of this room, by their sentence."""
    found = dates_of(reader(s.own.core), s.cluster, clock.today(), limit=50)
    return {line.sentence: line for line in found if "/focus/" in line.url}


# the report


def test_the_report_tells_how_the_focus_was_found_with_sources_and_days(s):
    ideas = long_list(s.own, 4)
    row = shortlisting_of(s.own, ideas)
    struck = row.candidates.first()
    spot_of(row.rounds.get(), s.own.core, struck, "We have one already.")
    closed(row.rounds.get(), s.own)
    ended(row, s.own)
    shortlist_of(s.own, ideas[1:3], row, words="These two are for all of us.")
    gain_of(ideas[1], s.own.core, words="Two days a month.")
    gain_of(ideas[1], s.own.second, would_gain=False, words="We have no minibus.")
    handed_in(study_of(s.own, ideas[1]))
    decision = adoption_of(s.own, ideas[1:2]).decision
    first, second, third = s.own.organisations
    decide(s.own, decision, against=[third])

    listed_ideas = section(s, "Our long list")
    assert listed_ideas.sentences[0] == "Four ideas in all: four of our own."
    votes = section(s, "How we voted")
    said = " ".join(votes.sentences)
    assert f"{first} on “{struck}”: “We have one already.”" in said
    assert f"“{struck}” was struck out." in said
    assert "advice" in votes.source
    shortlist = section(s, "Our shortlist")
    told = " ".join(shortlist.sentences)
    assert "These two are for all of us." in told
    assert f"“{ideas[1]}”: {first} would gain." in told
    assert f"“{ideas[1]}”: {second} would not: “We have no minibus.”" in told
    assert f"“{ideas[1]}”: {first} and {second} looked into it" in told
    focus = section(s, "Our focus")
    assert focus.sentences[0] == f"“{ideas[1]}”."
    assert any(line.startswith(f"{third} saw it differently") for line in focus.sentences)
    assert focus.source == f"Decision {decision.number} of this cluster."
    for one in (listed_ideas, votes, shortlist, focus):
        assert one.as_at == clock.today()


def test_only_those_round_the_table_read_it(s):
    long_list(s.own)

    assert section(s, "Our long list", s.own.seats[Role.SUPPORTER])
    assert section(s, "Our long list", s.own.seats[Role.SPONSOR]) is None
    assert section(s, "Our long list", s.staff[Role.MANAGER]) is None


def test_an_open_round_is_not_in_the_report(s):
    shortlisting_of(s.own)

    assert section(s, "How we voted") is None


# what it costs


def test_where_nothing_is_under_way_the_page_costs_one_query_more(s, django_assert_num_queries):
    long_list(s.own)
    who = reader(s.own.core)
    with reading(), django_assert_num_queries(1):
        assert list(of_focus.panels(who, s.cluster))
        assert not list(of_focus.dates(who, s.cluster))


def test_dates_of_many_clusters_cost_what_those_of_one_do(s, django_assert_num_queries):
    shortlisting_of(s.own)
    who = reader(s.own.core)
    with reading(), django_assert_num_queries(6):
        for cluster in (s.cluster, s.neighbour.cluster, s.cluster):
            list(of_focus.dates(who, cluster))
