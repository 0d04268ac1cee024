"""The pages of a shortlisting: who reads them, what they say to whom, and what their buttons do."""

import re

import pytest

from hedgerow.core import clock
from hedgerow.focus.actions import voting
from hedgerow.focus.models import Round, Settled, Shortlisting
from hedgerow.look.words import day, weekday
from hedgerow.people.models import Role
from tests.agreements.scenes_meetings import meeting
from tests.factories import SeatFactory, actor, signed_in
from tests.front.pages import cost_of, main_of, page, text_of

from .polled import (
    agree,
    asked,
    at_votes,
    begun,
    candidate,
    cast,
    close,
    in_days,
    level,
    next_round,
    open_round,
    record,
    spots,
    url,
    voted,
    voters,
    written,
)
from .scenes_ideas import long_list

pytestmark = pytest.mark.django_db

INSIDE = {Role.CORE, Role.DEPUTY, Role.STAFF, Role.FACILITATOR, Role.SUPPORTER}
LEADS = {Role.CORE, Role.FACILITATOR}


def section(html, ident):
    """The markup of one part of the page."""
    return re.search(rf'(?s)aria-labelledby="{ident}".*?</section>\s', html).group()


# who may


def test_those_round_the_table_read_it_and_nobody_else(client, s):
    row = begun(s)
    there = (url("shortlistings", s.cluster), url("shortlisting", row))
    for role, seat in s.seats.items():
        for path in there:
            page(client, path, seat, status=200 if role in INSIDE else 404)
    for seat in (s.neighbour.core, s.elsewhere.facilitator):
        for path in there:
            page(client, path, seat, status=404)


def test_who_leads_begins_opens_and_gives_up_and_others_are_told_who_can(client, s):
    row = begun(s)
    for role in INSIDE:
        for path in (
            url("begin_shortlisting", s.cluster),
            url("open_vote_round", row),
            url("give_up_shortlisting", row),
        ):
            shown = page(client, path, s.own.seats[role], status=200 if role in LEADS else 403)
            is_refused = "Only a Core Group member or a facilitator can" in shown
            assert is_refused == (role not in LEADS)


def test_who_does_not_lead_closes_nothing_and_settles_nothing(client, s):
    round = open_round(begun(s))
    for role, status in ((Role.STAFF, 403), (Role.SUPPORTER, 403), (Role.MANAGER, 404)):
        seat = s.seats[role]
        for name in ("close_vote_round", "settle_round"):
            assert signed_in(client, seat).post(url(name, round)).status_code == status


# beginning


def test_before_the_first_one_the_page_says_how_it_begins(client, s):
    path = url("shortlistings", s.cluster)

    assert "Choose the ideas and begin" in page(client, path, s.own.core)
    assert "Choose the ideas and begin" not in page(client, path, s.own.seats[Role.STAFF])


def test_all_live_ideas_are_ticked_until_somebody_says_otherwise(client, s):
    long_list(s.own, 4)

    html = main_of(signed_in(client, s.own.facilitator).get(url("begin_shortlisting", s.cluster)))

    assert html.count('name="ideas"') == html.count("checked") == 4


def test_with_fewer_than_two_ideas_the_page_asks_for_some(client, s):
    long_list(s.own, 1)

    shown = page(client, url("begin_shortlisting", s.cluster), s.own.core)

    assert "There are fewer than two ideas to choose from." in shown
    assert "Begin with the red spots" not in shown


def test_it_begins_by_form_with_the_ideas_that_were_ticked(client, s):
    ideas = long_list(s.own, 5)
    sent = {
        "ideas": [idea.pk for idea in ideas[:4]],
        "ballots": "secret",
        "held": "days",
        "due_on": day(in_days(9)),
    }

    answer = signed_in(client, s.own.core).post(
        url("begin_shortlisting", s.cluster), sent, follow=True
    )

    row = Shortlisting.objects.get()
    assert row.is_secret
    assert [one.idea for one in row.candidates.all()] == ideas[:4]
    assert row.rounds.get().due_on == in_days(9)
    assert f"Every member is asked, until {weekday(in_days(9))}." in text_of(answer)


def test_in_a_meeting_it_begins_live_and_leads_to_the_one_screen(client, s):
    held = meeting(s)
    sent = {"ideas": [idea.pk for idea in long_list(s.own)], "ballots": "open", "held": "live"}
    there = f"{url('begin_shortlisting', s.cluster)}?meeting={held.pk}"
    facilitator = signed_in(client, s.own.facilitator)
    assert held.title in text_of(facilitator.get(there))

    answer = facilitator.post(there, {**sent, "due_on": "nonsense that is not asked for"})

    row = Shortlisting.objects.get()
    assert answer.headers["Location"] == url("live_shortlisting", row)
    assert (row.meeting, row.is_secret, row.rounds.get().due_on) == (held, False, None)


def test_a_meeting_of_somebody_else_is_not_found(client, s):
    here = url("begin_shortlisting", s.cluster)
    facilitator = signed_in(client, s.own.facilitator)
    for named in ("999999", "x", "9" * 30):
        assert facilitator.get(f"{here}?meeting={named}").status_code == 404


@pytest.mark.parametrize(
    ("change", "said"),
    [
        ({"ideas": []}, "Tick two ideas or more."),
        ({"ideas": "one"}, "Tick two ideas or more; one has nothing to be chosen from."),
        ({"ballots": ""}, "Choose who sees the votes."),
        ({"held": ""}, "Choose over some days, or live."),
        ({"due_on": ""}, "Write the last day for votes."),
        ({"due_on": "31/2/2027"}, "31"),
        ({"due_on": "1 January 2020"}, "is over. Choose today or a later day."),
    ],
)
def test_what_cannot_begin_comes_back_with_what_was_ticked(client, s, change, said):
    ideas = [idea.pk for idea in long_list(s.own)]
    sent = {"ideas": ideas, "ballots": "secret", "held": "days", "due_on": day(in_days(3))}
    if change.get("ideas") == "one":
        change = {"ideas": ideas[:1]}

    answer = signed_in(client, s.own.core).post(
        url("begin_shortlisting", s.cluster), {**sent, **change}
    )

    assert answer.status_code == 422
    assert said in text_of(answer)
    assert not Shortlisting.objects.exists()


def test_a_second_one_is_refused_on_the_form_itself(client, s):
    begun(s)
    sent = {"ideas": [idea.pk for idea in long_list(s.own)], "ballots": "open", "held": "live"}
    core = signed_in(client, s.own.core)
    assert "One goes on already." in text_of(core.get(url("begin_shortlisting", s.cluster)))

    answer = core.post(url("begin_shortlisting", s.cluster), sent)

    assert answer.status_code == 409
    assert "Bring it to its end, or give it up" in text_of(answer)


# where it stands, and the one thing to do


def lead_of(response):
    return re.search(r'(?s)<p class="lead">(.*?)</p>', response.content.decode()).group(1)


def solid_in(response):
    return re.findall(r'class="btn"[^>]*>([^<]+)', main_of(response))


def test_the_first_sentence_says_where_ones_own_organisation_stands(client, s):
    row = begun(s)
    core = signed_in(client, s.own.core)
    there = url("shortlisting", row)
    assert f"{s.own.core.organisation} has not said yet whether" in lead_of(core.get(there))
    spots(row, s)
    next_round(row, s)
    assert f"{s.own.core.organisation} has not voted yet." in lead_of(core.get(there))

    cast(row, s.own.core, {1: 10})

    assert f"{s.own.core.organisation} has voted." in lead_of(core.get(there))
    assert lead_of(signed_in(client, s.own.facilitator).get(there)).startswith("Round 1 is open ")


def test_there_is_one_thing_to_do_and_it_is_the_readers_own(client, s):
    row = begun(s)
    core, there = signed_in(client, s.own.core), url("shortlisting", row)
    assert solid_in(core.get(there)) == ["Say whether we use our red spot"]
    spots(row, s)
    assert solid_in(core.get(there)) == ["Open the next round of votes"]
    assert solid_in(signed_in(client, s.own.seats[Role.STAFF]).get(there)) == []
    next_round(row, s)
    core = signed_in(client, s.own.core)
    assert solid_in(core.get(there)) == ["Give our ten votes"]
    for seat, position in zip(voters(s), (1, 2, 3), strict=True):
        cast(row, seat, {position: 10})
    assert solid_in(core.get(there)) == ["Close the round"]
    close(row, s)
    assert solid_in(core.get(there)) == ["Say what happens to those that are level"]


def test_with_three_left_the_next_thing_is_to_write_the_shortlist_down(client, s):
    row = begun(s, 4)
    spots(row, s, [(0, 4)])

    shown = signed_in(client, s.own.core).get(url("shortlisting", row))

    assert solid_in(shown) == ["Write the shortlist down"]
    assert "Open the first round of votes" in text_of(shown)


def test_whoever_has_not_answered_a_request_is_asked_first(client, s):
    row = begun(s)
    spots(row, s, [(0, 5)])
    asked(s, row, 5)

    second = signed_in(client, s.own.second).get(url("shortlisting", row))

    assert solid_in(second) == [f"Say whether “{candidate(row, 5)}” comes back"]
    assert solid_in(signed_in(client, s.own.core).get(url("shortlisting", row))) == []


def test_while_all_are_waited_for_nobody_is_told_to_go_on(client, s):
    row = begun(s, 4)
    spots(row, s, [(0, 4)])
    asked(s, row, 4)

    assert solid_in(signed_in(client, s.own.core).get(url("shortlisting", row))) == []


# the ideas


def test_what_was_struck_out_has_the_only_red_circle_and_the_reason(client, s):
    row = at_votes(s, struck=[(1, 5)])

    html = main_of(signed_in(client, s.own.core).get(url("shortlisting", row)))

    assert html.count("signs.svg#s3") == 1
    assert f"<s>{candidate(row, 5)}</s>" in html
    part = section(html, "ideas")
    for words in (
        f"Struck out by {s.own.second.organisation}",
        f"{s.own.second.organisation} used its red spot: “It would give us away.”",
        "It is reopened only if all agree.",
    ):
        assert words in part


def test_what_came_back_says_when_and_why(client, s):
    row = begun(s)
    spots(row, s, [(1, 5)])
    reopening = asked(s, row, 5)
    agree(reopening, s.own.second)
    agree(reopening, s.own.third)

    shown = signed_in(client, s.own.core).get(url("shortlisting", row))

    assert f"Came back on {day(clock.today())}: every member agreed" in text_of(shown)
    assert "asked for it: “The rent has come down.”" in text_of(shown)
    assert "used its red spot: “It would give us away.”" in text_of(shown)
    assert "signs.svg#s3" not in main_of(shown)


def test_asking_for_one_to_come_back_is_offered_between_rounds_to_those_with_a_voice(client, s):
    row = begun(s)
    spots(row, s, [(1, 5)])
    offer = "Ask that it comes back"
    assert offer in page(client, url("shortlisting", row), s.own.third)
    for role in (Role.FACILITATOR, Role.STAFF, Role.DEPUTY, Role.SUPPORTER):
        assert offer not in page(client, url("shortlisting", row), s.own.seats[role])
    next_round(row, s)
    assert offer not in page(client, url("shortlisting", row), s.own.third)


# round by round


def test_the_table_says_in_words_which_was_lowest(client, s):
    row = begun(s)
    spots(row, s, [(2, 5)])
    voted(row, s, {1: 6, 2: 4}, {1: 5, 3: 5}, {3: 9, 4: 1})

    html = section(main_of(signed_in(client, s.own.core).get(url("shortlisting", row))), "rounds")

    assert '<td>1<span class="src">lowest, so it dropped</span></td>' in html
    assert '<td class="zero">not in it</td>' in html
    assert "<td>11</td>" in html
    assert 'aria-label="Table: Votes by round" tabindex="0"' in html
    assert "The votes are advice. You talk, then you decide." in page(
        client, url("shortlisting", row)
    )


def test_what_is_level_is_said_and_nothing_drops_by_itself(client, s):
    row = level(s)

    shown = page(client, url("shortlisting", row), s.own.core)

    assert shown.count("level at the bottom; nothing dropped") == 2
    assert "Two ideas are level at the bottom" in shown
    assert "Let both go Vote again" in shown
    staff = page(client, url("shortlisting", row), s.own.seats[Role.STAFF])
    assert "Two ideas are level" in staff
    assert "Let both go" not in staff


def test_the_ballots_of_a_closed_round_are_a_table_that_marks_ones_own(client, s):
    row = begun(s)
    spots(row, s)
    voted(row, s, {1: 6, 2: 4}, {2: 10}, {3: 7, 4: 2, 5: 1})

    html = main_of(signed_in(client, s.own.second).get(url("shortlisting", row)))

    assert "<summary>Ballots of round 1</summary>" in html
    mine = re.search(r'(?s)<tr class="you">(.*?)</tr>', html).group(1)
    assert f"{s.own.second.organisation} (you)" in mine
    assert re.findall(r">(\d+)</td>", mine) == ["0", "10", "0", "0", "0"]
    assert 'aria-label="Table: Ballots of Round 1" tabindex="0"' in html


def test_a_round_closed_without_somebody_names_them_and_who_closed_it(client, s):
    row = at_votes(s)
    cast(row, s.own.core, {1: 6, 2: 4})
    cast(row, s.own.second, {3: 9, 4: 1})
    close(row, s, knows_absent=True)

    shown = page(client, url("shortlisting", row), s.own.core)

    third = s.own.third.organisation
    assert f"Without {third}. A missing vote is not a no." in shown
    assert f"Did not vote: {third}." in shown
    assert f"Closed by Chief executive, {s.cluster}" in shown


# secrecy


def test_while_a_secret_round_is_open_no_page_says_what_a_member_votes(client, s):
    """Two ballots that differ make the same pages for everybody else."""
    row = at_votes(s)
    others = [s.own.core, s.own.third, *(s.own.seats[role] for role in INSIDE - {Role.CORE})]
    paths = [
        url("shortlisting", row),
        url("live_shortlisting", row),
        url("ballot", open_round(row)),
    ]

    def pages():
        found = []
        for seat in others:
            reader = signed_in(client, seat)
            for path in paths:
                html = reader.get(path).content.decode()
                found.append(re.sub(r'name="(csrfmiddlewaretoken|once)" value="[^"]*"', "", html))
        return found

    with clock.at(clock.now()):
        cast(row, s.own.second, {1: 7, 2: 3})
        before = pages()
        cast(row, s.own.second, {4: 8, 5: 1, 3: 1})
        assert pages() == before


def test_a_secret_red_spot_is_shown_to_nobody_else_until_the_round_closes(client, s):
    row = begun(s)
    voting.use_red_spot(
        by=actor(s.own.second),
        round=open_round(row),
        candidate=candidate(row, 2),
        reason="Violets in the safe.",
    )
    for seat in (s.own.core, s.own.facilitator, s.own.third):
        for path in (url("shortlisting", row), url("live_shortlisting", row)):
            html = signed_in(client, seat).get(path).content.decode()
            assert "Violets" not in html
            assert "signs.svg#s3" not in html
    assert "Violets" in page(client, url("shortlisting", row), s.own.second)

    close(row, s, knows_absent=True)

    assert "Violets" in page(client, url("shortlisting", row), s.own.core)


def test_where_ballots_are_open_they_are_shown_at_once(client, s):
    row = at_votes(s, is_secret=False)
    cast(row, s.own.second, {1: 7, 2: 3})

    shown = page(client, url("shortlisting", row), s.own.core)

    assert f"Seven for “{candidate(row, 1)}” and three for “{candidate(row, 2)}”." in shown


# buttons


def test_a_round_is_closed_by_a_button_once_all_have_voted(client, s):
    row = at_votes(s)
    for seat, position in zip(voters(s), (1, 2, 3), strict=True):
        cast(row, seat, {position: 10})
    round = open_round(row)

    answer = signed_in(client, s.own.core).post(
        url("close_vote_round", round), {"version": round.version}, follow=True
    )

    round.refresh_from_db()
    assert round.closed_by == s.own.core
    assert "The round is closed." in text_of(answer)


def test_closing_without_somebody_wants_a_tick_and_names_them(client, s):
    row = at_votes(s)
    cast(row, s.own.core, {1: 10})
    round = open_round(row)
    core = signed_in(client, s.own.core)

    refused = core.post(url("close_vote_round", round), {"version": round.version})

    assert refused.status_code == 409
    names = f"{s.own.second.organisation} and {s.own.third.organisation} have not voted."
    assert names in text_of(refused)
    done = core.post(
        url("close_vote_round", round), {"version": round.version, "knows_absent": "on"}
    )
    assert done.status_code == 302
    assert not Round.objects.filter(closed_at=None).exists()


def test_what_was_closed_meanwhile_is_not_closed_again(client, s):
    row = at_votes(s)
    cast(row, s.own.core, {1: 10})
    round = open_round(row)
    close(row, s, knows_absent=True)

    late = signed_in(client, s.own.core).post(
        url("close_vote_round", round), {"version": round.version, "knows_absent": "on"}
    )

    assert late.status_code == 409
    assert "This round was closed on" in text_of(late)


@pytest.mark.parametrize("said", ["drop_all", "vote_again"])
def test_what_is_level_is_settled_by_a_button(client, s, said):
    row = level(s)
    round = row.rounds.latest("number")

    answer = signed_in(client, s.own.core).post(
        url("settle_round", round), {"settled": said, "version": round.version}, follow=True
    )

    round.refresh_from_db()
    assert round.settled == Settled(said)
    assert f"We said: {Settled(said).label.lower()}." in text_of(answer)


def test_nothing_is_settled_without_a_word(client, s):
    round = level(s).rounds.latest("number")
    for said in ("", "keep_all"):
        answer = signed_in(client, s.own.core).post(
            url("settle_round", round), {"settled": said, "version": round.version}
        )
        assert answer.status_code == 422


def test_the_next_round_is_opened_by_form(client, s):
    row = begun(s)
    spots(row, s)
    row.refresh_from_db()
    sent = {"held": "days", "due_on": day(in_days(4)), "version": row.version}

    answer = signed_in(client, s.own.core).post(url("open_vote_round", row), sent, follow=True)

    assert open_round(row).due_on == in_days(4)
    assert f"The round is open until {weekday(in_days(4))}." in text_of(answer)


def test_opening_on_what_others_have_changed_keeps_what_was_typed(client, s):
    row = begun(s)
    spots(row, s)

    clash = signed_in(client, s.own.core).post(
        url("open_vote_round", row), {"held": "days", "due_on": day(in_days(4)), "version": 1}
    )

    row.refresh_from_db()
    assert clash.status_code == 409
    assert day(in_days(4)) in clash.content.decode()
    assert f'name="version" value="{row.version}"' in clash.content.decode()


def test_a_round_too_early_is_explained_and_offers_no_form(client, s):
    shown = page(client, url("open_vote_round", begun(s)), s.own.core)

    assert "Not yet." in shown
    assert "Open the round" not in shown


def test_it_is_given_up_with_a_reason_that_stays(client, s):
    row = begun(s)
    core = signed_in(client, s.own.core)
    empty = core.post(url("give_up_shortlisting", row), {"because": " ", "version": row.version})
    assert empty.status_code == 422

    answer = core.post(
        url("give_up_shortlisting", row),
        {"because": "Half of us were away.", "version": row.version},
        follow=True,
    )

    row.refresh_from_db()
    assert row.ended_at
    assert "“Half of us were away.”" in text_of(answer)
    assert "Stood to the end" in text_of(answer) and "Stands" not in text_of(answer)
    assert "given up. “Half of us were away.”" in page(client, url("shortlistings", s.cluster))


def test_the_same_form_sent_twice_begins_once(client, s):
    sent = {"ideas": [idea.pk for idea in long_list(s.own)], "ballots": "open", "held": "live"}
    core = signed_in(client, s.own.core)
    for _ in range(2):
        answer = core.post(url("begin_shortlisting", s.cluster), {**sent, "once": "a" * 32})
        assert answer.status_code == 302
    assert Shortlisting.objects.count() == 1


# the end


def test_after_the_shortlist_is_written_the_page_leads_there_and_offers_no_button(client, s):
    row = begun(s, 4)
    spots(row, s, [(0, 4)])
    shortlist = written(s, row)

    html = main_of(signed_in(client, s.own.core).get(url("shortlisting", row)))

    assert f'href="{shortlist.get_absolute_url()}"' in html
    assert "<form" not in html


def test_in_a_cluster_that_has_ended_everything_can_be_read_and_nothing_done(client, s):
    row = at_votes(s)
    record(row, s, s.own.second, {1: 10})
    s.cluster.ended_at = clock.now()
    s.cluster.save()
    shown = page(client, url("shortlisting", row), s.own.second)
    assert "Look at what was written down for us" not in shown

    for path in (url("shortlistings", s.cluster), url("shortlisting", row)):
        html = main_of(signed_in(client, s.own.core).get(path))
        assert "<form" not in html
        assert "Give our ten votes" not in html
        assert "ended on" in html


def test_the_pages_cost_the_same_with_many_members_and_rounds_as_with_few(client, s):
    row = begun(s)
    spots(row, s, [(0, 5)])
    voted(row, s, {1: 6, 2: 4}, {2: 5, 3: 5}, {3: 9, 4: 1})
    next_round(row, s)
    record(row, s, s.own.core, {1: 6, 2: 4})
    cast(row, s.own.second, {1: 10})
    signed_in(client, s.own.core)
    paths = [url("shortlisting", row), url("shortlistings", s.cluster)]
    few = [cost_of(client, path) for path in paths]
    for _ in range(4):
        cast(row, SeatFactory(cluster=s.cluster), {1: 5, 2: 4, 3: 1})
    close(row, s, knows_absent=True)
    next_round(row, s)
    cast(row, s.own.second, {1: 10})

    many = [cost_of(client, path) for path in paths]

    assert all(more <= less for more, less in zip(many, few, strict=True))
    assert max(few) <= 30
