"""Reminding a member: to whom a letter goes, what it says, and how often."""

from datetime import timedelta

import pytest
from django.conf import settings
from django.urls import reverse

from hedgerow.core import clock
from hedgerow.core.actions import Refused
from hedgerow.core.models import Event, Mail
from hedgerow.diagnostics.actions import reminders
from hedgerow.diagnostics.questions.packs import catalogue
from hedgerow.people import tries
from hedgerow.people.models import Member, Role
from hedgerow.people.readers import seat_words
from tests.factories import MemberFactory, SeatFactory, actor, signed_in
from tests.front.pages import text_of

from .scenes_rounds import member_of, opened, said_why_not
from .test_rounds import answer_all, close

pytestmark = pytest.mark.django_db


def nudge(s, round, seat, by=None):
    return reminders.nudge(by=actor(by or s.own.facilitator), member=member_of(seat), round=round)


def test_a_letter_goes_to_those_who_can_answer_and_to_nobody_else(s):
    round = opened(s)

    assert nudge(s, round, s.own.core) == 2

    people = {s.own.core.user_id, s.own.seats[Role.DEPUTY].user_id}
    assert set(Mail.objects.values_list("person", flat=True)) == people
    assert Event.objects.get(did="diagnostics.nudged").detail == {
        "organisation": s.own.core.organisation_id
    }


def test_it_says_who_asks_what_for_how_long_until_when_and_signs_nobody_in(s):
    round = opened(s, "capacity", "ict-baseline")
    nudge(s, round, s.own.second)

    letter = Mail.objects.get()
    said = " ".join(letter.text.split())
    assert f"{seat_words(s.own.facilitator)}, asks {s.own.second.organisation}" in said
    asked = catalogue()["ict-baseline"].name
    for words in (str(s.cluster), asked, "Please answer by", "not begun", "say there why not"):
        assert words in said, words
    page = f"{settings.PUBLIC_URL}{reverse('diagnostics:round', args=[round.pk])}"
    assert [word for word in letter.text.split() if word.startswith("http")] == [page]


def test_who_has_done_their_part_gets_no_letter_while_others_are_waited_for(s):
    round = opened(s, "capacity", roles=("manager", "board"))
    answer_as_manager(round, s.own.core)

    nudge(s, round, s.own.core)

    assert set(Mail.objects.values_list("person", flat=True)) == {s.own.seats[Role.DEPUTY].user_id}
    assert "board" in Mail.objects.get().text


def answer_as_manager(round, seat):
    answer_all(round, seat)
    round.askings.get().sheets.update(role="manager")


@pytest.mark.parametrize("how", [answer_all, said_why_not])
def test_who_is_done_is_not_reminded(s, how):
    round = opened(s)
    how(round, s.own.core)

    with pytest.raises(Refused, match="nothing to remind them of"):
        nudge(s, round, s.own.core)
    assert not Mail.objects.exists()


def test_once_a_day_a_member_and_round(s):
    round = opened(s)
    nudge(s, round, s.own.second)
    with pytest.raises(Refused, match="less than a day ago"):
        nudge(s, round, s.own.second, by=s.own.core)
    nudge(s, round, s.own.third)

    with clock.at(clock.now() + timedelta(days=1, minutes=1)):
        nudge(s, round, s.own.second)

    assert Mail.objects.filter(person=s.own.second.user_id).count() == 2


def test_nobody_writes_to_themselves(s):
    with pytest.raises(Refused, match="you need no letter"):
        nudge(s, opened(s), s.own.core, by=s.own.core)
    assert not Mail.objects.exists()


def test_nobody_sends_letters_without_end(s, monkeypatch):
    few = tries.Limit(kind="nudges", n=1, span=timedelta(days=1))
    monkeypatch.setattr(reminders, "MOST_NUDGES", few)
    round = opened(s)
    nudge(s, round, s.own.second)

    with pytest.raises(Refused, match="Go on tomorrow"):
        nudge(s, round, s.own.third)


def test_nobody_is_reminded_of_a_closed_round_or_for_an_organisation_it_does_not_ask(s):
    round = opened(s)
    tier = MemberFactory(cluster=s.cluster, is_second_tier=True)
    elsewhere = Member.objects.filter(cluster=s.elsewhere.cluster).first()
    for member in (tier, elsewhere):
        with pytest.raises(Refused, match="is not among those"):
            reminders.nudge(by=actor(s.own.facilitator), member=member, round=round)
    close(round, s.own.facilitator)
    with pytest.raises(Refused, match="was closed on"):
        nudge(s, round, s.own.core)


def test_the_people_of_the_example_are_not_written_to_and_the_page_says_so(client, s):
    round = opened(s)
    s.own.second.user.is_example = True
    s.own.second.user.save()

    answer = signed_in(client, s.own.facilitator).post(
        reverse("diagnostics:nudge", args=[member_of(s.own.second).pk]), follow=True
    )

    assert "No letter went out" in text_of(answer)
    assert not Mail.objects.exists()
    assert Event.objects.filter(did="diagnostics.nudged").count() == 1
    assert answer.redirect_chain[-1][0] == round.get_absolute_url()


def test_one_button_reminds_and_a_second_press_says_why_not(client, s):
    round = opened(s)
    facilitator = signed_in(client, s.own.facilitator)
    there = reverse("diagnostics:nudge", args=[member_of(s.own.second).pk])
    assert f'action="{there}"' in facilitator.get(round.get_absolute_url()).content.decode()

    first = facilitator.post(there, follow=True)
    again = facilitator.post(there)

    assert f"One letter to {s.own.second.organisation} is on the way." in text_of(first)
    assert again.status_code == 409
    assert "less than a day ago" in text_of(again)
    assert Mail.objects.count() == 1


def test_only_who_leads_reminds(client, s):
    opened(s)
    there = reverse("diagnostics:nudge", args=[member_of(s.own.second).pk])
    for seat, status in (
        (s.own.seats[Role.STAFF], 403),
        (s.own.seats[Role.SUPPORTER], 403),
        (s.neighbour.facilitator, 404),
        (s.operator, 404),
    ):
        assert signed_in(client, seat).post(there).status_code == status
    assert signed_in(client, s.own.facilitator).get(there).status_code == 405
    assert not Mail.objects.exists()


def test_a_cluster_that_was_never_asked_has_nobody_to_remind(client, s):
    there = reverse("diagnostics:nudge", args=[member_of(s.own.second).pk])

    assert signed_in(client, s.own.facilitator).post(there).status_code == 404


def test_somebody_whose_seat_has_ended_gets_no_letter(s):
    SeatFactory(
        role=Role.STAFF, cluster=s.cluster, organisation=s.own.second.organisation
    )  # staff are not written to either
    s.own.second.ended_at = clock.now()
    s.own.second.save()

    assert nudge(s, opened(s), s.own.second) == 0
