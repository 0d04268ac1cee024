"""Who is written to about a decision, what the link in it opens, and when it is dead."""

import re
from datetime import timedelta

import pytest
from django.urls import reverse

from hedgerow.agreements import actions
from hedgerow.agreements.models import Channel, Voice
from hedgerow.core import clock, links
from hedgerow.core.actions import Refused, Stale
from hedgerow.core.models import Mail, SpentLink
from hedgerow.people import actions as people
from hedgerow.people.models import Role
from tests.factories import MandateFactory, ProgrammeFactory, team

from .polls import CLOCK, CLOSES, OPENED, TUESDAY, WAYS, days_later, on, poll

pytestmark = pytest.mark.django_db

PURPOSE = "agreements.voice"


def letters(why="voice"):
    return {letter.to: letter for letter in Mail.objects.filter(why=why)}


def token_in(text: str) -> str:
    return re.search(r"/by-letter/voice/([^/?\s]+)", text)[1]


def token_for(seat) -> str:
    return token_in(letters()[seat.user.email].text)


def link_for(seat):
    return links.read(token_for(seat), PURPOSE)


# --- who is written to


def test_everybody_who_can_speak_for_a_member_is_written_to_and_nobody_else():
    p = poll()
    assert set(letters()) == {
        seat.user.email for seat in (p.team.core, p.team.second, p.team.third)
    }


def test_a_deputy_who_stands_in_today_is_written_to_as_well():
    with on(OPENED):
        own = team(ProgrammeFactory())
        deputy = own.seats[Role.DEPUTY]
        MandateFactory(deputy=deputy, given_by=own.core)
    poll(own=own)

    assert deputy.user.email in letters()


def test_nobody_in_the_example_and_nobody_whose_account_is_closed_is_written_to():
    with on(OPENED):
        own = team(ProgrammeFactory())
    for seat, mark in ((own.core, {"is_example": True}), (own.second, {"is_active": False})):
        type(seat.user).objects.filter(pk=seat.user_id).update(**mark)
    poll(own=own)

    assert set(letters()) == {own.third.user.email}


def test_the_letter_says_what_is_asked_how_it_is_decided_and_until_when():
    p = poll(options=["A van", "A bicycle"])
    letter = letters()[p.team.core.user.email]

    assert letter.subject == "Your vote: We share a van"
    assert "It costs £90 a week." in letter.text
    assert "more agree than disagree" in letter.text
    assert "Monday 9 March 2026, 11.59pm" in letter.text
    assert "A bicycle" in letter.text


def test_a_long_title_still_fits_into_a_subject():
    p = poll()
    with on(OPENED):
        actions.propose(
            by=p.core,
            cluster=p.team.cluster,
            title="x" * 160,
            words="",
            options=[],
            way=WAYS["consent"],
            closes_on=CLOSES,
        )
    assert max(len(letter.subject) for letter in Mail.objects.all()) <= 200


def test_each_core_group_member_is_told_the_outcome_once():
    p = poll()
    with on(TUESDAY):
        p.all_agree()
    p.closed_by_the_clock()
    with on(days_later(1)):
        actions.close_due(by=CLOCK)

    told = Mail.objects.filter(why="outcome")
    assert sorted(told.values_list("to", flat=True)) == sorted(
        seat.user.email for seat in (p.team.core, p.team.second, p.team.third)
    )
    assert {letter.subject for letter in told} == {"Carried: We share a van"}
    assert all("All three members spoke" in letter.text for letter in told)
    assert not any("by-letter" in letter.text for letter in told)


def test_the_outcome_names_what_was_chosen_among_several():
    p = poll(options=["A van", "A bicycle"])
    with on(TUESDAY):
        for by in (p.core, p.second, p.third):
            p.says(by, option=p.option(2))
    p.closed_by_the_clock()

    assert "What was chosen: A bicycle" in letters("outcome")[p.team.core.user.email].text


def test_of_what_is_withdrawn_they_are_told_why():
    p = poll()
    with on(TUESDAY):
        actions.withdraw(by=p.core, decision=p.decision, reason="The van is sold.", version=1)

    letter = letters("outcome")[p.team.second.user.email]
    assert letter.subject == "Withdrawn: We share a van"
    assert "The van is sold." in letter.text


def test_a_decision_that_is_reopened_is_written_about_anew():
    p = poll(reopens="any_member", reopens_after_days=0)
    p.closed_by_the_clock()
    with on(days_later(0)):
        again = actions.reopen(
            by=p.core,
            decision=p.decision,
            reason="The lease has ended.",
            closes_on=days_later(7),
        )
    assert Mail.objects.filter(why="voice").count() == 6
    assert Mail.objects.filter(key__startswith=f"{PURPOSE}:{again.pk}:").count() == 3


def test_what_is_refused_sends_nothing():
    p = poll()
    Mail.objects.all().delete()
    with on(TUESDAY), pytest.raises(Refused):
        actions.close(by=p.core, decision=p.decision)
    assert not Mail.objects.exists()


# --- the link


def test_the_link_is_one_seats_for_one_decision_until_it_closes():
    p = poll()
    with on(TUESDAY):
        link = link_for(p.team.second)

    assert (link.person, link.seat) == (p.team.second.user_id, p.team.second.pk)
    assert (link.about, link.version) == (p.decision.pk, p.decision.version)
    assert link.expires_at == p.decision.closes_at


def test_a_vote_by_link_says_so_and_uses_the_link_up():
    p = poll()
    with on(TUESDAY):
        link = link_for(p.team.second)
        assert p.says(p.second, link=link).channel == Channel.LINK
        with pytest.raises(Refused, match="works once"):
            p.says(p.second, "abstain", link=link)
    assert p.standing() == {p.team.second.organisation_id: "agree"}


def test_what_is_refused_does_not_use_the_link_up():
    p = poll()
    with on(TUESDAY):
        link = link_for(p.team.second)
        with pytest.raises(Refused, match="Say why"):
            p.says(p.second, "block", reason=" ", link=link)
        assert not SpentLink.objects.exists()
        assert p.says(p.second, link=link)


def test_a_link_votes_for_nobody_else_and_on_nothing_else():
    p = poll()
    other = poll(own=p.team)
    with on(TUESDAY):
        link = links.read(
            token_in(Mail.objects.get(key=f"{PURPOSE}:{p.decision.pk}:{p.team.second.pk}").text),
            PURPOSE,
        )
        for act, by in ((p.says, p.third), (other.says, p.second)):
            with pytest.raises(Refused, match="something else"):
                act(by, link=link)
    assert not Voice.objects.exists()


def test_a_link_to_what_has_changed_since_does_nothing():
    p = poll()
    with on(TUESDAY):
        link = link_for(p.team.second)
        type(p.decision).objects.filter(pk=p.decision.pk).update(version=2)
        with pytest.raises(Stale):
            p.says(p.second, link=link)


@pytest.mark.parametrize("spoil", [lambda t: t[:-1], lambda t: "0" + t, lambda t: t.upper()])
def test_a_forged_link_opens_nothing(spoil, client):
    p = poll()
    with on(TUESDAY):
        answer = client.get(
            reverse("agreements:voice_by_letter", args=[spoil(token_for(p.team.core))])
        )
    assert answer.status_code == 410


def test_a_link_made_for_something_else_opens_nothing(client):
    p = poll()
    with on(TUESDAY):
        token = links.make(
            "journeys.say_it_stands",
            person=p.team.core.user_id,
            seat=p.team.core.pk,
            about=p.decision.pk,
            version=1,
            expires_at=clock.now() + timedelta(days=1),
        )
        answer = client.get(reverse("agreements:voice_by_letter", args=[token]))
    assert answer.status_code == 410


def test_an_old_link_says_until_when_it_could_be_used(client):
    p = poll()
    with on(TUESDAY):
        token = token_for(p.team.core)
    with on(days_later(0)):
        answer = client.get(reverse("agreements:voice_by_letter", args=[token]))
    assert answer.status_code == 410
    assert "9 March 2026" in answer.content.decode()


def test_a_link_dies_with_its_seat(client):
    p = poll()
    with on(TUESDAY):
        token = token_for(p.team.second)
        people.end_seat(by=p.second, seat=p.team.second)
        answer = client.get(reverse("agreements:voice_by_letter", args=[token]))
        assert answer.status_code == 410
        link = links.read(token, PURPOSE)
        with pytest.raises(Refused, match="no seat in"):
            p.says(p.second, link=link)


def test_a_deputys_link_works_on_the_days_they_stand_in():
    with on(OPENED):
        own = team(ProgrammeFactory())
        deputy = own.seats[Role.DEPUTY]
        MandateFactory(deputy=deputy, given_by=own.core)
    p = poll(own=own)
    with on(TUESDAY):
        with pytest.raises(Refused, match="stand in"):
            p.says(deputy, link=link_for(deputy))
        MandateFactory(deputy=deputy, given_by=own.core)
        assert p.says(deputy, link=link_for(deputy)).by == deputy
