"""What a programme cost: award and days by cluster and organisation, added up exactly."""

from datetime import timedelta
from fractions import Fraction

import pytest
from django.urls import reverse
from django.utils.text import slugify

from hedgerow.core import clock
from hedgerow.grants.queries.costs import costs_of
from hedgerow.journeys.models import Allowance, DayLog, Design, Journey
from hedgerow.ledger.models import Terms
from hedgerow.people.models import Role
from tests.factories import ClusterFactory, MemberFactory, SeatFactory
from tests.front.pages import cost_of, page
from tests.ledger.awarded import awarded

pytestmark = pytest.mark.django_db


def url(programme):
    return reverse("grants:costs", args=[programme.pk])


def used(cluster, seat, name, half_days) -> DayLog:
    """Days of help to a cluster, on a journey of its own."""
    journey = Journey.objects.filter(cluster=cluster).first() or Journey.objects.create(
        cluster=cluster, started_on=clock.today(), design=a_design(cluster.programme)
    )
    allowance, _ = Allowance.objects.get_or_create(
        journey=journey,
        slug=slugify(name),
        defaults={"name": name, "half_days": 12, "until_stage": 1},
    )
    return allowance.logs.create(
        on=clock.today() - timedelta(days=1),
        half_days=half_days,
        what="A meeting",
        by=seat,
        at=clock.now(),
    )


def a_design(programme) -> Design:
    return Design.objects.filter(programme=programme).first() or Design.objects.create(
        programme=programme, pack="none", version=1, text="", digest="", loaded_at=clock.now()
    )


def test_an_award_and_the_days_at_their_rate_are_what_a_cluster_cost(s):
    awarded(s)  # £15,000, at £500 a day
    used(s.cluster, s.own.facilitator, "Facilitator days", 9)
    used(s.cluster, s.own.facilitator, "Days for ICT reviews", 8)
    page = costs_of(s.programme)

    (line,) = page.lines
    assert page.kinds == ("Facilitator days", "Days for ICT reviews")
    assert line.half_days == (9, 8)
    assert (line.days, line.whole) == (4_250_00, 19_250_00)
    assert line.exact.for_each == Fraction(19_250_00, 4)
    assert line.for_each == 4_813_00
    assert line.sentence == (
        "An award of £15,000 and 8½ days of help: £19,250 in all. "
        "For each of four organisations that is about £4,813."
    )


def test_what_was_struck_out_costs_nothing(s):
    awarded(s)
    log = used(s.cluster, s.own.facilitator, "Facilitator days", 9)
    log.struck_at, log.struck_by = clock.now(), s.own.facilitator
    log.save()

    (line,) = costs_of(s.programme).lines
    assert line.whole == 15_000_00
    assert "no days of help" in line.sentence


def test_where_no_rate_is_said_days_are_counted_and_nothing_is_guessed(client, s):
    awarded(s)
    Terms.objects.update(day_rate=None)
    used(s.cluster, s.own.facilitator, "Facilitator days", 2)
    found = costs_of(s.programme)

    assert (found.day_rate, found.whole.whole, found.whole.for_each) == (None, None, None)
    assert found.lines[0].sentence == (
        "An award of £15,000 and 1 day of help, which nobody has put a price on."
    )
    shown = page(client, url(s.programme), s.staff[Role.MANAGER])
    assert "do not say what a day of help costs" in shown
    assert "For each organisation" not in shown


def test_the_newest_terms_say_the_rate(s):
    awarded(s)
    used(s.cluster, s.own.facilitator, "Facilitator days", 2)
    Terms.objects.create(
        programme=s.programme,
        number=2,
        amount=1,
        day_rate=333_33,
        made_by=s.staff[Role.MANAGER],
        made_at=clock.now(),
    )
    assert costs_of(s.programme).lines[0].whole == 15_333_33


def test_all_clusters_add_up_exactly_and_a_member_of_two_counts_once(s):
    awarded(s)
    used(s.cluster, s.own.facilitator, "Facilitator days", 3)
    used(s.neighbour.cluster, s.neighbour.facilitator, "Facilitator days", 1)
    MemberFactory(cluster=s.neighbour.cluster, organisation=s.own.organisations[0])
    Terms.objects.update(day_rate=1)  # half a penny for half a day
    found = costs_of(s.programme)

    assert found.whole.exact.whole == sum(line.exact.whole for line in found.lines)
    assert found.whole.exact.days == Fraction(2)
    assert [line.exact.days for line in found.lines] == [Fraction(3, 2), Fraction(1, 2)]
    assert (found.whole.exact.n_members, found.n_twice) == (8, 1)


def test_a_cluster_that_cost_nothing_is_in_no_line(client, s):
    assert costs_of(s.programme).lines == ()
    shown = page(client, url(s.programme), s.staff[Role.MANAGER])
    assert "it has cost nothing yet" in shown


def test_where_nobody_is_left_there_is_no_figure_for_each(s):
    awarded(s)
    s.cluster.members.update(left_at=clock.now())

    (line,) = costs_of(s.programme).lines
    assert line.for_each is None
    assert line.sentence.endswith(
        "Nobody is a member, so there is no figure for each organisation."
    )


def test_the_page_says_it_in_a_table_and_in_words(client, s):
    awarded(s)
    used(s.cluster, s.own.facilitator, "Facilitator days", 2)
    shown = page(client, url(s.programme), s.staff[Role.MANAGER])

    assert f"{s.cluster} Four organisations £15,000 1 £500 £15,500 £3,875" in shown
    assert "All of them Four organisations £15,000 1 £500 £15,500 £3,875" in shown
    assert "For each of four organisations that is £3,875." in shown
    assert "what Collaborate 2 published" in shown


def test_only_the_manager_sees_what_it_cost(client, s):
    for role, seat in s.seats.items():
        page(client, url(s.programme), seat, status=200 if role is Role.MANAGER else 404)
    page(client, url(s.programme), s.other_staff[Role.MANAGER], status=404)


def test_more_clusters_cost_no_more_queries(client, s):
    awarded(s)
    used(s.cluster, s.own.facilitator, "Facilitator days", 2)
    page(client, url(s.programme), s.staff[Role.MANAGER])
    before = cost_of(client, url(s.programme))
    for _ in range(3):
        cluster = ClusterFactory(programme=s.programme)
        MemberFactory(cluster=cluster)
        seat = SeatFactory(role=Role.FACILITATOR, cluster=cluster)
        used(cluster, seat, "Facilitator days", 2)
    assert cost_of(client, url(s.programme)) == before
