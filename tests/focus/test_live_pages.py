"""A shortlisting run from one screen in a meeting."""

import re

import pytest

from hedgerow.agreements.models import Channel
from hedgerow.core import clock
from hedgerow.focus.actions import voting
from hedgerow.focus.models import Ballot, RedSpot, RoundKind
from hedgerow.people.models import Role
from tests.factories import SeatFactory, actor, signed_in
from tests.front.pages import cost_of, main_of, page, text_of

from .polled import (
    at_votes,
    begun,
    candidate,
    cast,
    close,
    level,
    next_round,
    open_round,
    spots,
    url,
    voters,
)

pytestmark = pytest.mark.django_db


@pytest.fixture
def row(s):
    """A live round of ten votes over five ideas."""
    row = begun(s, is_live=True)
    spots(row, s)
    next_round(row, s, is_live=True)
    return row


def typed(row, lines, **more):
    """lines: seat -> position of an idea -> what was typed. All other cells are sent empty."""
    sent = {
        f"v-{seat.organisation_id}-{candidate(row, position).pk}": str(n)
        for seat, told in lines.items()
        for position, n in told.items()
    }
    return {"channel": "table", **sent, **more}


def screen(client, row, seat):
    return main_of(signed_in(client, seat).get(url("live_shortlisting", row)))


# who may


def test_those_who_lead_see_the_screen_and_others_are_told_who_can(client, s, row):
    for role, seat in s.seats.items():
        leads = role in (Role.CORE, Role.FACILITATOR)
        inside = role in (Role.DEPUTY, Role.STAFF, Role.SUPPORTER)
        status = 200 if leads else 403 if inside else 404
        page(client, url("live_shortlisting", row), seat, status=status)
    page(client, url("live_shortlisting", row), s.neighbour.facilitator, status=404)


def test_a_core_group_member_closes_and_opens_and_writes_down_for_nobody(client, s, row):
    html = screen(client, row, s.own.second)

    assert "Close the round and count" in html
    assert url("record_ballots", open_round(row)) not in html
    for name in ("record_ballots", "record_spot"):
        answer = signed_in(client, s.own.second).post(url(name, open_round(row)), typed(row, {}))
        assert answer.status_code == 403
    answer = signed_in(client, s.neighbour.facilitator).post(url("record_ballots", open_round(row)))
    assert answer.status_code == 404


# the screen


def test_it_has_a_line_for_each_member_that_has_not_voted(client, s, row):
    cast(row, s.own.core, {1: 10})

    html = screen(client, row, s.own.facilitator)

    assert f'id="line-{s.own.second.organisation_id}"' in html
    assert f'id="line-{s.own.core.organisation_id}"' not in html
    assert html.count('type="number"') == 10
    key = f"v-{s.own.third.organisation_id}-{candidate(row, 2).pk}"
    label = f"{s.own.third.organisation}, {candidate(row, 2)}, 0 to 10"
    assert f'<label class="hide" for="id_{key}">{label}</label>' in html
    assert 'aria-label="Table: Ten votes of each member" tabindex="0"' in html


def test_it_says_whose_votes_the_room_sees(client, s, row):
    written, cast_alone = "called out are seen by the room as you write them", "are not shown"

    assert written in screen(client, row, s.own.facilitator)
    assert written not in (html := screen(client, row, s.own.second))
    assert cast_alone in html
    for seat in voters(s):
        cast(row, seat, {1: 10})
    close(row, s)
    assert cast_alone not in screen(client, row, s.own.facilitator)


def test_who_is_missing_is_named_before_it_is_closed_without_them(client, s, row):
    cast(row, s.own.core, {1: 10})

    shown = page(client, url("live_shortlisting", row), s.own.facilitator)

    names = f"{s.own.second.organisation} and {s.own.third.organisation}"
    assert f"Not yet: {names}." in shown
    assert "We know who is missing, and close it without them" in shown


def test_with_every_vote_in_there_is_nothing_left_to_write_down(client, s, row):
    for seat, position in zip(voters(s), (1, 2, 3), strict=True):
        cast(row, seat, {position: 10})

    html = screen(client, row, s.own.facilitator)

    assert "Nobody is left to write down for" in html
    assert "We know who is missing" not in html


# writing down


def test_ballots_called_out_are_written_down_and_empty_lines_skipped(client, s, row):
    lines = {s.own.core: {1: 6, 2: 4}, s.own.third: {3: 10}}

    answer = signed_in(client, s.own.facilitator).post(
        url("record_ballots", open_round(row)), typed(row, lines), follow=True
    )

    ballots = {one.organisation: one for one in Ballot.objects.all()}
    assert set(ballots) == {s.own.core.organisation, s.own.third.organisation}
    own = ballots[s.own.core.organisation]
    assert own.votes == {candidate(row, 1).pk: 6, candidate(row, 2).pk: 4}
    assert (own.channel, own.recorded_by) == (Channel.TABLE, s.own.facilitator)
    names = f"{s.own.core.organisation} and {s.own.third.organisation}"
    assert f"Written down for {names}." in text_of(answer)
    assert "Written down for it; it counts, and waits to be confirmed." in text_of(answer)


def test_a_half_filled_line_names_its_member_and_nothing_is_written_down(client, s, row):
    lines = {s.own.core: {1: 6, 2: 4}, s.own.second: {1: 7}, s.own.third: {3: 10}}

    answer = signed_in(client, s.own.facilitator).post(
        url("record_ballots", open_round(row)), typed(row, lines)
    )

    assert answer.status_code == 422
    said = f"{s.own.second.organisation}, {candidate(row, 1)}: Seven votes are placed."
    assert said in text_of(answer)
    html = main_of(answer)
    line = re.search(rf'(?s)id="line-{s.own.second.organisation_id}".*?</tr>', html).group()
    assert "Seven votes are placed. A ballot spends all ten." in line
    assert f'id="id_v-{s.own.third.organisation_id}-{candidate(row, 3).pk}" value="10"' in (
        re.sub(r'(value="10") (.*?)(id="[^"]*")', r"\3 \1", html)
    )
    assert not Ballot.objects.exists()


@pytest.mark.parametrize(
    ("told", "said"),
    [
        ({1: 0, 2: 0}, "No votes are placed."),
        ({1: 4, 2: 3, 3: 2, 4: 1}, "They are on four ideas."),
        ({1: "ten"}, "Write a whole number from 0 to 10."),
        ({1: 12}, "Write a whole number from 0 to 10."),
    ],
)
def test_what_is_no_ballot_is_a_fault_of_its_line(client, s, row, told, said):
    answer = signed_in(client, s.own.facilitator).post(
        url("record_ballots", open_round(row)), typed(row, {s.own.second: told})
    )

    assert answer.status_code == 422
    assert said in text_of(answer)
    assert not Ballot.objects.exists()


def test_an_empty_screen_writes_nothing_down(client, s, row):
    answer = signed_in(client, s.own.facilitator).post(
        url("record_ballots", open_round(row)), typed(row, {})
    )

    assert answer.status_code == 422
    assert "Type the ten votes of at least one member." in text_of(answer)


def test_what_a_member_has_cast_meanwhile_is_not_written_over_and_nothing_is_lost(client, s, row):
    cast(row, s.own.second, {5: 10})
    lines = {s.own.second: {1: 10}, s.own.third: {3: 10}}

    answer = signed_in(client, s.own.facilitator).post(
        url("record_ballots", open_round(row)), typed(row, lines)
    )

    assert answer.status_code == 409
    assert f"{s.own.second.organisation} spoke for itself" in text_of(answer)
    assert Ballot.objects.get().organisation == s.own.second.organisation
    assert main_of(answer).count('value="10"') == 2


def test_how_it_reached_the_facilitator_is_asked(client, s, row):
    answer = signed_in(client, s.own.facilitator).post(
        url("record_ballots", open_round(row)), typed(row, {s.own.core: {1: 10}}, channel="page")
    )

    assert answer.status_code == 422
    assert not Ballot.objects.exists()


def test_the_screen_never_shows_what_was_written_down(client, s, row):
    facilitator = signed_in(client, s.own.facilitator)
    facilitator.post(url("record_ballots", open_round(row)), typed(row, {s.own.core: {1: 6, 2: 4}}))

    html = screen(client, row, s.own.facilitator)

    assert f'id="line-{s.own.core.organisation_id}"' in html  # it can be put right
    assert not re.search(r'type="number"[^>]*value=', html)


def test_after_the_close_nothing_is_written_down(client, s, row):
    round = open_round(row)
    cast(row, s.own.core, {1: 6, 2: 4})
    close(row, s, knows_absent=True)

    late = signed_in(client, s.own.facilitator).post(
        url("record_ballots", round), typed(row, {s.own.second: {1: 10}})
    )

    assert late.status_code == 409
    assert "Round 1 is closed, so nothing was written down." in text_of(late)


def spots_typed(row, lines, **more):
    """lines: seat -> position of an idea, or "none", and the reason. The others have not said."""
    sent = {"channel": "table"}
    for seat, (said, reason) in lines.items():
        spot = candidate(row, said).pk if isinstance(said, int) else said
        sent |= {f"spot-{seat.organisation_id}": spot, f"reason-{seat.organisation_id}": reason}
    return {**sent, **more}


def test_red_spots_called_out_are_written_down_and_who_has_not_said_is_skipped(client, s):
    row = begun(s, is_live=True)
    lines = {s.own.core: ("none", ""), s.own.third: (4, "We left that trade.")}

    answer = signed_in(client, s.own.facilitator).post(
        url("record_spot", open_round(row)), spots_typed(row, lines), follow=True
    )

    said = {one.organisation: one.candidate for one in RedSpot.objects.all()}
    third = s.own.third.organisation
    assert said == {s.own.core.organisation: None, third: candidate(row, 4)}
    assert "We left that trade." not in answer.content.decode()
    assert f"Written down for {s.own.core.organisation} and {third}." in text_of(answer)


@pytest.mark.parametrize(
    ("line", "said"),
    [
        ((4, " "), "Say why, so that the others understand it."),
        (("", "It is too far."), "Choose what they said."),
        (("999999", "It is too far."), "Choose one of those on the list."),
    ],
)
def test_a_half_filled_red_spot_is_a_fault_of_its_line_and_none_is_kept(client, s, line, said):
    row = begun(s, is_live=True)
    lines = {s.own.core: ("none", ""), s.own.third: line}

    answer = signed_in(client, s.own.facilitator).post(
        url("record_spot", open_round(row)), spots_typed(row, lines)
    )

    assert answer.status_code == 422
    html = main_of(answer)
    at = re.search(rf'(?s)id="line-{s.own.third.organisation_id}".*?</tr>', html).group()
    assert said in at
    assert str(s.own.third.organisation) in html[: html.index("</ul>")]
    assert not RedSpot.objects.exists()


def test_a_red_spot_that_is_refused_takes_the_others_with_it(client, s):
    row = begun(s, is_live=True)
    voting.use_red_spot(by=actor(s.own.third), round=open_round(row), candidate=None)
    lines = {s.own.core: ("none", ""), s.own.third: (4, "We left that trade.")}

    answer = signed_in(client, s.own.facilitator).post(
        url("record_spot", open_round(row)), spots_typed(row, lines)
    )

    assert answer.status_code == 409
    assert f"{s.own.third.organisation}: " in text_of(answer)
    assert "Nothing was written down." in text_of(answer)
    assert RedSpot.objects.get().organisation == s.own.third.organisation


def test_no_red_spot_said_by_anybody_is_nothing_to_write_down(client, s):
    row = begun(s, is_live=True)

    answer = signed_in(client, s.own.facilitator).post(
        url("record_spot", open_round(row)), spots_typed(row, {s.own.core: ("", "")})
    )

    assert answer.status_code == 422
    assert "Say of at least one member what it said." in text_of(answer)


# from here on and back to here


def test_the_round_is_closed_and_the_next_opened_without_leaving_the_screen(client, s):
    row = begun(s, is_live=True)
    core = signed_in(client, s.own.core)
    there = url("live_shortlisting", row)
    round = open_round(row)
    sent = {"version": round.version, "from": "live"}

    refused = core.post(url("close_vote_round", round), sent)
    assert refused.status_code == 409
    assert 'name="from" value="live"' in main_of(refused)
    done = core.post(url("close_vote_round", round), {**sent, "knows_absent": "on"})
    assert done.headers["Location"].startswith(there)
    row.refresh_from_db()
    assert "Open round 1, live" in text_of(core.get(there))

    opened = core.post(
        url("open_vote_round", row), {"held": "live", "from": "live", "version": row.version}
    )

    assert opened.headers["Location"].startswith(there)
    assert (open_round(row).kind, open_round(row).due_on) == (RoundKind.VOTES, None)


def test_a_round_opened_twice_at_once_is_refused_on_the_screen(client, s):
    row = begun(s, is_live=True)
    spots(row, s)
    row.refresh_from_db()
    was = row.version
    next_round(row, s, is_live=True)

    late = signed_in(client, s.own.core).post(
        url("open_vote_round", row), {"held": "live", "from": "live", "version": was}
    )

    assert late.status_code == 409
    assert "Somebody else changed this" in text_of(late)
    assert "Who has voted" in text_of(late)


def test_what_is_level_is_settled_on_the_screen(client, s):
    row = level(s)
    core, there = signed_in(client, s.own.core), url("live_shortlisting", row)
    assert "Let both go Vote again" in text_of(core.get(there))
    round = row.rounds.latest("number")

    done = core.post(
        url("settle_round", round),
        {"settled": "drop_all", "version": round.version, "from": "live"},
    )

    assert done.headers["Location"].startswith(there)
    assert "We said: let all of them go." in text_of(core.get(there))


def test_where_all_are_level_only_another_vote_is_offered(client, s):
    row = begun(s, 3)
    spots(row, s)
    next_round(row, s)
    for seat, position in zip(voters(s), (1, 2, 3), strict=True):
        cast(row, seat, {position: 10})
    close(row, s)

    shown = page(client, url("live_shortlisting", row), s.own.core)

    assert "Vote again" in shown
    assert "Let all of them go" not in shown


def test_once_three_are_left_the_screen_leads_to_the_shortlist(client, s):
    row = begun(s, 4, is_live=True)
    spots(row, s, [(0, 4)])

    html = screen(client, row, s.own.facilitator)

    assert url("write_shortlist", s.cluster) in html
    assert f"<s>{candidate(row, 4)}</s>" in html


def test_in_a_cluster_that_has_ended_the_screen_has_no_button(client, s, row):
    s.cluster.ended_at = clock.now()
    s.cluster.save()

    assert "<form" not in screen(client, row, s.own.facilitator)


def test_the_screen_costs_the_same_with_many_members_as_with_few(client, s):
    row = at_votes(s)
    signed_in(client, s.own.facilitator)
    few = cost_of(client, url("live_shortlisting", row))
    for _ in range(4):
        SeatFactory(cluster=s.cluster)

    assert cost_of(client, url("live_shortlisting", row)) <= few <= 30
