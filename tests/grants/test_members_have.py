"""What members have from whom: by their numbers, each by itself, as funders publish it."""

import re

import pytest
from django.urls import reverse

from hedgerow.core.actors import Actor
from hedgerow.grants.actions.giving import take_grants
from hedgerow.grants.queries.members_have import members_have
from hedgerow.people.models import Identifier, Role, Scheme
from tests.factories import MemberFactory, signed_in
from tests.front.pages import cost_of, links_in, main_of, page, text_of
from tests.journeys.walks import walk
from tests.workplans.handed import ready

from .opened import given, numbered, reading

pytestmark = pytest.mark.django_db


@pytest.fixture
def read_in(s):
    numbered(s)
    found = reading(
        given(1),
        given(2, amountAwarded=0.5, awardDate="2026-05-01"),
        given(3, to="GB-CHC-1000002"),
        given(4, to="GB-CHC-9999999"),
        given(5, currency="EUR", amountAwarded=1200.5, awardDate="2020-05-01"),
        name="fund.json",
    )
    take_grants(by=Actor.command(), found=found, digest="a" * 64, licence="cc-by-4.0")


def url(cluster):
    return reverse("grants:members_have", args=[cluster.pk])


def test_each_member_has_what_is_published_under_its_number(s, read_in):
    by_name = {one.name: one for one in members_have(s.cluster)}
    first, second, third = (by_name[str(one)] for one in s.own.organisations)

    assert [line.pence for line in first.lines] == [50, 1_500_000, 120_050]  # newest first
    assert (first.pence, first.n_otherwise) == (1_500_050, 1)
    assert [line.pence for line in second.lines] == [1_500_000]
    assert third.lines == ()


def test_every_number_of_a_member_counts_and_our_own_does_not(s, read_in):
    first = s.own.organisations[0]
    Identifier.objects.create(organisation=first, scheme=Scheme.COH, number="01234567")
    Identifier.objects.create(organisation=first, scheme=Scheme.LOCAL, number="0000001")
    found = reading(given(8, to="GB-COH-01234567"), given(9, to="XI-HEDGEROW-0000001"))
    take_grants(by=Actor.command(), found=found, digest="b" * 64)

    mine = next(one for one in members_have(s.cluster) if one.key == first.pk)

    assert mine.numbers == ("GB-CHC-1000001", "GB-COH-01234567")
    assert len(mine.lines) == 4


def test_the_page_says_what_it_is_where_from_and_who_has_no_number(client, s, read_in):
    without = MemberFactory(cluster=s.cluster).organisation
    shown = page(client, url(s.cluster), s.own.core)

    assert "The list may be incomplete" in shown
    assert "One member has no register number written down" in shown
    assert f"Add a number for {without}" in shown
    seen = signed_in(client, s.own.core).get(url(s.cluster))
    assert reverse("people:organisation", args=[without.pk]) in links_in(main_of(seen))
    assert "fund.json, read on" in shown
    assert "Creative Commons Attribution 4.0" in shown
    assert "EUR 1,200.50" in shown
    assert "£15,000.50" in shown
    assert "Nothing was found in the files that were read." in shown


def test_no_sum_is_made_of_several_members_and_nobody_is_ranked(client, s, read_in):
    shown = page(client, url(s.cluster), s.own.core)

    assert "£30,000.50" not in shown
    names = sorted(str(one) for one in s.own.organisations)
    found = sorted(names, key=lambda name: re.search(rf"{name} GB-CHC", shown).start())
    assert found == names


def test_before_any_file_the_page_says_so(client, s):
    numbered(s)
    shown = page(client, url(s.cluster), s.own.core)

    assert "nothing is known here" in shown
    assert f"The manager of {s.programme} reads such files in" in shown
    assert "Ask the manager to read in the files" in shown
    assert "Nothing was found" not in shown


def test_who_has_nothing_is_led_to_its_numbers(client, s, read_in):
    third = s.own.organisations[2]
    shown = signed_in(client, s.own.core).get(url(s.cluster))

    assert f"See whether the numbers of {third} are right" in text_of(shown)
    assert reverse("people:organisation", args=[third.pk]) in links_in(main_of(shown))


def test_the_clusters_page_leads_there_from_the_focus_on_those_who_read_it(client, s):
    def leads(seat, cluster=s.cluster):
        there = reverse("cluster", args=[cluster.pk])
        return url(cluster) in links_in(main_of(signed_in(client, seat).get(there)))

    forming = walk().team
    assert not leads(forming.core, forming.cluster)
    ready(own=s.own)
    inside = {Role.CORE, Role.DEPUTY, Role.STAFF, Role.FACILITATOR, Role.SUPPORTER}
    assert {role for role, seat in s.own.seats.items() if leads(seat)} == inside
    assert not leads(s.staff[Role.MANAGER])


def test_those_round_the_table_read_it_and_nobody_else(client, s, read_in):
    inside = {Role.CORE, Role.DEPUTY, Role.STAFF, Role.FACILITATOR, Role.SUPPORTER}
    for role, seat in s.seats.items():
        page(client, url(s.cluster), seat, status=200 if role in inside else 404)
    page(client, url(s.cluster), s.neighbour.core, status=404)


def test_more_members_and_grants_cost_no_more_queries(client, s, read_in):
    page(client, url(s.cluster), s.own.core)
    before = cost_of(client, url(s.cluster))
    for n in range(3):
        member = MemberFactory(cluster=s.cluster)
        Identifier.objects.create(
            organisation=member.organisation, scheme=Scheme.CHC, number=f"10010{n}0"
        )
    found = reading(*(given(20 + n, to=f"GB-CHC-10010{n}0") for n in range(3)))
    take_grants(by=Actor.command(), found=found, digest="c" * 64)

    assert cost_of(client, url(s.cluster)) == before
