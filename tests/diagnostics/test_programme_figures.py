"""What a programme counts of what organisations opened to it: never one answer, never a name."""

import pytest
from django.urls import reverse

from hedgerow.core.owners import Audience
from hedgerow.people.models import Role
from tests.factories import signed_in
from tests.front.pages import cost_of, html_of, page

from .scenes_pictures import closed, crowd, scored
from .scenes_rounds import opened
from .scenes_sheets import answered, share

pytestmark = pytest.mark.django_db

FLAG = "a2-supported-system"


def figures(s):
    return reverse("diagnostics:programme_figures", args=[s.programme.pk])


def reviewed(s, n, n_below, audience=Audience.FUNDER, team=None, is_closed=True):
    own = team or s
    asking = opened(own, "ict-baseline").askings.get()
    seats = crowd(s, n).seats if team is None else [team.core, team.second, team.third][:n]
    for at, seat in enumerate(seats):
        answers = {FLAG: {"say": "no" if at < n_below else "yes"}}
        answered(s, asking, seat, answers, audience)
    if is_closed:
        closed(s, asking.round, seat=seats[0])
    return asking


def test_how_many_are_below_is_said_of_all_who_opened_theirs(client, s):
    reviewed(s, 6, 5)
    reviewed(s, 2, 2, team=s.neighbour)
    words = page(client, figures(s), s.staff[Role.MANAGER])

    assert "Eight organisations in two clusters opened theirs to you." in words
    assert "7 of 8 organisations reviewed are below the baseline" in words


@pytest.mark.parametrize("n_below", [0, 6])
def test_what_is_so_for_none_or_for_all_is_not_said(client, s, n_below):
    reviewed(s, 6, n_below)
    words = page(client, figures(s), s.staff[Role.MANAGER])

    assert "reviewed" not in words.replace("Reviewed", "")
    assert "the same for none or for all of them" in words


def test_of_four_nothing_is_said(client, s):
    reviewed(s, 4, 2)

    assert "With fewer than five, no figure is shown." in page(
        client, figures(s), s.staff[Role.MANAGER]
    )


@pytest.mark.parametrize("audience", [Audience.ONLY_US, Audience.FACILITATOR, Audience.CLUSTER])
def test_what_was_not_opened_to_the_funder_is_not_counted(client, s, audience):
    reviewed(s, 6, 3, audience)

    assert "No organisation has opened its answers to you." in page(
        client, figures(s), s.staff[Role.MANAGER]
    )


def test_an_open_round_is_not_counted_or_the_figure_would_move_with_each_answer(client, s):
    reviewed(s, 6, 3, is_closed=False)

    assert "No organisation has opened its answers to you." in page(
        client, figures(s), s.staff[Role.MANAGER]
    )


def test_closing_ones_own_again_works_at_once(client, s):
    asking = reviewed(s, 6, 3)
    row = asking.shared.filter(organisation=s.own.core.organisation)
    for shared in row:
        share(s.own.core, shared, Audience.CLUSTER)

    assert "2 of 5 organisations reviewed" in page(client, figures(s), s.staff[Role.MANAGER])


def test_needs_in_common_are_counted_over_clusters_and_nobody_is_named(client, s):
    asking = opened(s).askings.get()
    seats = crowd(s, 6).seats
    for n, seat in enumerate(seats):
        mark = (1, 5) if n < 4 else (5, 1)
        answered(s, asking, seat, scored(asking, {"accounts": mark}), Audience.FUNDER)
    closed(s)
    signed_in(client, s.staff[Role.MANAGER])
    html = html_of(client.get(figures(s)))

    assert "Accounts: presses for four of six." in html
    assert not any(seat.organisation.name in html for seat in seats)
    assert s.cluster.name not in html


@pytest.mark.parametrize("role", [Role.ASSESSOR, Role.VIEWER])
def test_other_staff_of_a_programme_see_no_figures(client, s, role):
    page(client, figures(s), s.staff[role], status=404)


def test_nobody_sees_the_figures_of_another_programme(client, s):
    page(client, figures(s), s.other_staff[Role.MANAGER], status=404)
    page(client, figures(s), s.own.core, status=404)


def test_a_manager_comes_to_the_figures_from_the_questions_and_nobody_else_is_sent_there(client, s):
    there = f'href="{figures(s)}"'
    asked = reverse("diagnostics:instruments")
    signed_in(client, s.staff[Role.MANAGER])
    assert there in html_of(client.get(asked))
    signed_in(client, s.own.core)
    assert there not in html_of(client.get(asked))


def test_more_clusters_cost_no_more_queries(client, s):
    reviewed(s, 3, 1)
    signed_in(client, s.staff[Role.MANAGER])
    client.get(figures(s))
    few = cost_of(client, figures(s))
    reviewed(s, 3, 2, team=s.neighbour)

    assert cost_of(client, figures(s)) == few
