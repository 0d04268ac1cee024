"""The close of a round, and what is released of answers that members keep to themselves."""

from dataclasses import replace

import pytest
from django.urls import reverse

from hedgerow.core.actions import Refused, Stale
from hedgerow.core.models import Event
from hedgerow.core.owners import Audience
from hedgerow.diagnostics.actions import releases as actions
from hedgerow.diagnostics.actions.releasing import protected
from hedgerow.diagnostics.models import Release, Sheet
from hedgerow.diagnostics.queries.registers import full_members
from hedgerow.diagnostics.queries.releasable import profiles_of, tables_of
from hedgerow.journeys.models import Design, Journey
from hedgerow.people.actions import end_cluster
from hedgerow.people.models import Role
from tests.factories import actor, signed_in
from tests.front.pages import html_of, page
from tests.packs.test_programmes import SMALL

from .scenes_pictures import closed, crowd, kept_by, scored
from .scenes_rounds import opened, said_why_not
from .scenes_sheets import answered, begun, capacity_of

pytestmark = pytest.mark.django_db


def close(round):
    return reverse("diagnostics:close_round", args=[round.pk])


def register(asking):
    return reverse("diagnostics:releases", args=[asking.pk])


def only_release():
    return Release.objects.get()


# closing


def test_a_round_is_not_closed_while_somebody_is_missing_and_nobody_said_they_know(s):
    round = opened(s)
    said_why_not(round, s.own.core)
    names = [s.own.second.organisation.name, s.own.third.organisation.name]

    with pytest.raises(Refused, match="have neither answered nor said why not") as refused:
        actions.close_round(
            by=actor(s.own.facilitator), round=round, knows_absent=False, version=round.version
        )
    assert all(name in str(refused.value) for name in names)
    closed(s)
    assert Event.objects.get(did="diagnostics.round_closed").detail["absent"] == sorted(
        [s.own.second.organisation_id, s.own.third.organisation_id]
    )


def test_a_round_in_which_all_answered_or_said_why_not_needs_no_tick(client, s):
    round = opened(s)
    for seat in (s.own.core, s.own.second, s.own.third):
        said_why_not(round, seat)
    words = page(client, close(round), s.own.facilitator)
    answer = client.post(close(round), {"version": round.version})

    assert "Nobody: every member has answered or said why not." in words
    assert "I know that these members" not in words
    assert answer.status_code == 302
    round.refresh_from_db()
    assert not round.is_open


def test_the_page_names_who_is_missing_and_asks_for_a_tick(client, s):
    round = opened(s)
    words = page(client, close(round), s.own.core)
    assert f"{s.own.second.organisation}: not begun." in words

    refused = client.post(close(round), {"version": round.version})
    assert refused.status_code == 409
    ticked = client.post(close(round), {"version": round.version, "knows_absent": "on"})
    assert ticked.status_code == 302


def test_it_is_closed_once_and_never_again(client, s):
    round = closed(s)

    with pytest.raises(Refused, match="was closed on"):
        closed(s, round)
    page(client, close(round), s.own.core, status=302)


def test_who_read_an_older_version_is_told(s):
    round = opened(s)
    with pytest.raises(Stale):
        actions.close_round(
            by=actor(s.own.core), round=round, knows_absent=True, version=round.version + 1
        )


def test_nothing_is_closed_in_a_cluster_that_has_ended(s):
    round = opened(s)
    end_cluster(by=actor(s.staff[Role.MANAGER]), cluster=s.cluster)

    with pytest.raises(Refused):
        closed(s, round)


@pytest.mark.parametrize(("role", "status"), [(Role.STAFF, 403), (Role.MANAGER, 404)])
def test_only_who_leads_closes(client, s, role, status):
    seat = s.staff.get(role) or s.own.seats[role]
    page(client, close(opened(s)), seat, status=status)


def test_what_was_begun_and_not_finished_stays_as_it_is_and_is_not_counted(s):
    asking = capacity_of(s)
    begun(asking, s.own.core)
    round = closed(s)

    assert Sheet.objects.get(asking=asking).finished_at is None
    assert round.snapshot.parts == {}
    assert not Release.objects.exists()


# what is released


def test_of_six_who_keep_theirs_a_count_between_the_ends_is_shown(client, s):
    asking = kept_by(s, crowd(s, 6).seats, pressing=3)
    closed(s)

    assert only_release().cells["accounts"] == 3
    assert only_release().cells["payroll"] is None
    assert not only_release().by_consent
    words = page(client, register(asking), s.own.core)
    assert "counts of six members who keep theirs to themselves." in words
    assert "Accounts: presses for three of six." in words


@pytest.mark.parametrize("pressing", [0, 1, 5, 6])
def test_a_count_that_would_tell_of_somebody_is_not(s, pressing):
    kept_by(s, crowd(s, 6).seats, pressing=pressing)
    closed(s)

    assert only_release().held_back == "unsafe"
    assert only_release().cells == {}


def test_of_four_nothing_is_shown(client, s):
    asking = kept_by(s, crowd(s, 4).seats, pressing=2)
    closed(s)

    assert only_release().held_back == "too_few"
    words = page(client, register(asking), s.own.core)
    assert "among so few members each could work out what the others said" in words


def test_what_the_facilitator_reads_row_by_row_must_not_tell_of_the_others(s):
    """Of six, three press; the facilitator reads two of them, and could tell of the other four."""
    seats = crowd(s, 6).seats
    asking = kept_by(s, seats, pressing=3)
    for seat in seats[:2]:
        row = asking.shared.get(organisation=seat.organisation)
        row.audience = Audience.FACILITATOR
        row.save()
    closed(s)

    assert only_release().held_back == "unsafe"


def test_those_who_show_theirs_are_not_in_what_is_released(s):
    seats = crowd(s, 7).seats
    asking = kept_by(s, seats[1:], pressing=3)
    answered(s, asking, seats[0], scored(asking, {"accounts": (1, 5)}))
    closed(s)

    assert only_release().cells["accounts"] == 3
    assert seats[0].organisation_id not in only_release().contributors


def test_the_same_of_one_member_more_is_held_back_in_the_next_round(s):
    seats = crowd(s, 7).seats
    kept_by(s, seats[:6], pressing=3)
    closed(s)
    kept_by(s, seats, pressing=3)
    closed(s)

    assert Release.objects.last().held_back == "too_like"


def test_the_same_of_the_very_same_members_is_shown_in_the_next_round(s):
    seats = crowd(s, 6).seats
    for pressing in (3, 2):
        kept_by(s, seats, pressing=pressing)
        closed(s)

    assert [row.cells["accounts"] for row in Release.objects.all()] == [3, 2]


def test_a_programme_may_be_stricter_than_we_are(s):
    text = f"{SMALL}disclosure:\n  scores: 7\n"
    design = Design.objects.create(
        programme=s.programme,
        pack="small",
        version=1,
        text=text,
        digest="d",
        loaded_at=s.own.core.began_at,
    )
    Journey.objects.create(cluster=s.cluster, design=design, started_on=s.own.core.began_at.date())
    kept_by(s, crowd(s, 6).seats, pressing=3)
    closed(s)

    assert profiles_of(s.cluster.pk)["scores"].fewest == 7
    assert only_release().held_back == "too_few"


def test_the_page_before_the_close_says_what_would_become_of_what_is_kept(client, s):
    asking = kept_by(s, crowd(s, 4).seats, pressing=2)
    words = page(client, close(asking.round), s.own.facilitator)
    assert "No counts are shown: it takes five members at least." in words

    for seat in crowd(s, 9).seats[4:]:
        answered(s, asking, seat, scored(asking, {"accounts": (1, 5)}), Audience.ONLY_US)
    assert "Counts are shown as far as each is safe" not in words


def test_being_below_and_what_one_is_below_in_are_shown_together_or_not_at_all(s):
    """One count that is hidden would be told by the others."""
    asking = opened(s, "ict-baseline").askings.get()
    seats = crowd(s, 6).seats
    flagging = ["a2-supported-system"]
    for n, seat in enumerate(seats):
        answers = {flagging[0]: {"say": "no" if n < 3 else "yes"}}
        answered(s, asking, seat, answers, Audience.ONLY_US)
    table = tables_of(s.cluster.pk, [asking], full_members(s.cluster.pk))[0]
    profile = profiles_of(s.cluster.pk)["scores"]
    cells = protected(table, profile, ())

    assert cells["below"] == 3
    assert {figure for cell, figure in cells.items() if cell != "below"} == {None}
    everybody = {key: {**of, "below": 1} for key, of in table.brought.items()}
    hidden = protected(replace(table, brought=everybody), profile, ())
    assert set(hidden.values()) == {None}


def test_sums_of_money_are_shown_by_what_it_is_spent_on_and_only_where_safe(client, s):
    """Six pay for insurance much alike; one pays for nearly all of the cleaning."""
    asking = opened(s, "purchasing").askings.get()
    for n, seat in enumerate(crowd(s, 6).seats):
        insurance = _paid("Broad Shield", "insurance", 1000_00 + n * 1_00)
        cleaning = _paid("Sparkle", "cleaning", 90_000_00 if n == 0 else 10_00)
        answered(s, asking, seat, {"bought": [insurance, cleaning]}, Audience.ONLY_US)
    closed(s)
    words = page(client, register(asking), s.own.core)

    assert only_release().cells["bought__insurance__spend"] == 6015_00
    assert only_release().cells["bought__cleaning__spend"] is None
    assert "£6,015" in words
    html = html_of(client.get(reverse("diagnostics:picture", args=[asking.round_id])))
    assert "£6,015" in html
    assert "Sparkle" not in html
    assert "£90,000" not in html


def test_no_private_answer_stands_in_a_page_or_in_the_register(client, s):
    asking = kept_by(s, crowd(s, 6).seats, pressing=3)
    closed(s)
    signed_in(client, s.own.core)
    other = s.own.second.organisation.name
    html = html_of(client.get(reverse("diagnostics:asking_picture", args=[asking.pk])))

    assert "1 to 5" not in html
    assert "4 to 2" not in html
    assert other not in html
    assert "presses for three of six" in html_of(
        client.get(reverse("diagnostics:figure", args=[asking.pk, "strengths__accounts"]))
    )


def _paid(supplier, category, pence):
    return {"row": supplier, "cells": {"category": category, "spend": pence}}
