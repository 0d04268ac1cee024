"""Voting from a letter: a GET shows, a POST acts, without a sign-in and once."""

import re
from datetime import timedelta

import pytest
from django.core import mail
from django.urls import reverse

from hedgerow.agreements import actions
from hedgerow.agreements.letters import VOICE
from hedgerow.agreements.models import Channel, Stance, Voice
from hedgerow.core import clock, links
from hedgerow.core.models import Mail
from hedgerow.people.models import Role
from tests.factories import MandateFactory, actor, scene
from tests.front.pages import text_of

from . import scenes_decisions

pytestmark = pytest.mark.django_db


@pytest.fixture
def s():
    return scene()


@pytest.fixture
def decision(s):
    return scenes_decisions.decision(s)


def there(seat, decision, **changes):
    made = {
        "person": seat.user_id,
        "seat": seat.pk,
        "about": decision.pk,
        "version": decision.version,
        "expires_at": decision.closes_at,
    }
    return reverse("agreements:voice_by_letter", args=[links.make(VOICE, **made | changes)])


def test_the_letter_brings_a_link_for_each_stance_and_the_page_has_it_chosen(client, s, decision):
    letter = Mail.objects.get(person=s.own.core.user_id, why="voice")
    (path,) = re.findall(r"http\S+(/agreements/by-letter/voice/\S+)\?say=abstain", letter.text)
    assert decision.title in letter.text
    assert decision.words in letter.text
    assert not mail.outbox

    page = client.get(f"{path}?say=abstain").content.decode()

    assert re.search(r'value="abstain"[^>]*checked', page)
    assert not Voice.objects.exists()


def test_one_button_votes_without_a_sign_in_and_the_channel_is_kept(client, s, decision):
    path = there(s.own.core, decision)

    answer = client.post(f"{path}?say=agree-1", {"choice": "agree-1"})

    assert answer.status_code == 200
    assert "Your vote is in" in text_of(answer)
    voice = Voice.objects.get()
    assert (voice.organisation, voice.stance) == (s.own.organisations[0], Stance.AGREE)
    assert voice.channel == Channel.LINK


def test_a_used_link_says_when_and_does_nothing_more(client, s, decision):
    path = there(s.own.core, decision)
    client.post(path, {"choice": "agree-1"})

    shown, again = client.get(path), client.post(path, {"choice": "block", "reason": "No."})

    assert shown.status_code == 410
    assert again.status_code == 409
    for answer in (shown, again):
        assert "This link was used on" in text_of(answer)
    assert Voice.objects.get().stance == Stance.AGREE


def test_a_vote_without_a_reason_does_not_use_the_link_up(client, s, decision):
    path = there(s.own.core, decision)

    assert client.post(path, {"choice": "disagree"}).status_code == 422
    assert client.post(path, {"choice": "disagree", "reason": "No."}).status_code == 200


def test_a_forged_link_and_one_for_something_else_say_so(client, s, decision):
    path = there(s.own.core, decision)
    forged = path[:-3] + ("A" if path[-3] != "A" else "B") + path[-2:]
    other = links.make(
        "stands",
        person=s.own.core.user_id,
        seat=s.own.core.pk,
        about=decision.pk,
        version=decision.version,
        expires_at=decision.closes_at,
    )

    for wrong in (forged, reverse("agreements:voice_by_letter", args=[other])):
        answer = client.post(wrong, {"choice": "agree-1"})
        assert answer.status_code == 410
        assert "not one of ours" in text_of(answer)
    assert not Voice.objects.exists()


def test_an_expired_link_says_until_when_it_worked(client, s, decision):
    path = there(s.own.core, decision)

    with clock.at(decision.closes_at + timedelta(minutes=1)):
        answer = client.get(path)

    assert answer.status_code == 410
    assert "This link could be used until" in text_of(answer)


def test_a_link_to_a_decision_that_is_closed_shows_what_came_of_it(client, s, decision):
    path = there(s.own.core, decision)
    for seat in (s.own.core, s.own.second, s.own.third):
        actions.speak(by=actor(seat), decision=decision, stance=Stance.AGREE)
    actions.close(by=actor(s.own.facilitator), decision=decision)

    shown, sent = client.get(path), client.post(path, {"choice": "block", "reason": "Too late?"})

    assert "Nobody who spoke was against, so it is carried." in text_of(shown)
    assert sent.status_code == 409
    assert "was closed on" in text_of(sent)
    assert "Too late?" in text_of(sent)


def test_a_link_dies_with_the_seat(client, s, decision):
    path = there(s.own.core, decision)
    s.own.core.ended_at = clock.now()
    s.own.core.save()

    answer = client.post(path, {"choice": "agree-1"})

    assert answer.status_code == 410
    assert "a seat that has ended" in text_of(answer)


def test_a_deputys_link_works_on_the_days_of_the_mandate_and_else_says_why_not(client, s, decision):
    deputy = s.own.seats[Role.DEPUTY]
    path = there(deputy, decision)

    before = client.post(path, {"choice": "agree-1"})
    MandateFactory(deputy=deputy, given_by=s.own.core)
    during = client.post(path, {"choice": "agree-1"})

    assert before.status_code == 410
    assert "Today you do not" in text_of(before)
    assert during.status_code == 200
    assert Voice.objects.get().by == deputy


def test_a_link_to_a_decision_of_another_cluster_finds_nothing(client, s, decision):
    assert client.get(there(s.neighbour.core, decision)).status_code == 404
