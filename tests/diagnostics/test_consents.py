"""A yes of everybody whose answers a table holds back, and nothing before the last of them."""

import pytest
from django.urls import reverse

from hedgerow.core import clock
from hedgerow.core.actions import Refused
from hedgerow.core.models import Event
from hedgerow.core.owners import Audience, Owner
from hedgerow.diagnostics.actions import releases as actions
from hedgerow.diagnostics.models import Consent, Release
from hedgerow.diagnostics.prompts import prompts
from hedgerow.diagnostics.queries.registers import stands_of
from hedgerow.people.actions import leave_cluster
from hedgerow.people.models import Role
from tests.factories import actor, reader, signed_in
from tests.front.pages import page, text_of

from .scenes_pictures import closed, crowd, kept_by
from .scenes_rounds import member_of
from .scenes_sheets import share

pytestmark = pytest.mark.django_db


@pytest.fixture
def asking(s):
    """Kept by the first two; closed, and held back."""
    asking = kept_by(s, [s.own.core, s.own.second], pressing=1)
    closed(s)
    asking.refresh_from_db()
    return asking


def agree(asking, seat):
    return actions.consent(by=actor(seat), member=member_of(seat), asking=asking)


def url(asking, seat):
    return reverse("diagnostics:consent", args=[member_of(seat).pk, asking.pk])


def newest():
    return Release.objects.last()


def test_with_the_last_yes_it_is_shown_at_once_and_whole(client, s, asking):
    agree(asking, s.own.core)
    assert not newest().by_consent
    agree(asking, s.own.second)

    assert newest().by_consent
    assert newest().cells["accounts"] == 1
    assert None not in newest().cells.values()
    words = page(client, reverse("diagnostics:releases", args=[asking.pk]), s.own.third)
    assert "With the yes of every one of them." in words
    assert "Accounts: presses for one of two." in words


def test_a_yes_that_was_taken_back_is_none(s, asking):
    given = agree(asking, s.own.core)
    actions.take_back_consent(by=actor(s.own.core), consent=given)
    agree(asking, s.own.second)

    assert not newest().by_consent
    agree(asking, s.own.core)
    assert newest().by_consent


def test_agreeing_twice_is_agreeing_once(s, asking):
    assert agree(asking, s.own.core) == agree(asking, s.own.core)
    assert Event.objects.filter(did="diagnostics.consented").count() == 1


def test_who_keeps_nothing_is_not_asked(client, s, asking):
    page(client, url(asking, s.own.third), s.own.third, status=404)
    with pytest.raises(Refused, match="nothing has to be agreed"):
        agree(asking, s.own.third)


def test_nobody_is_asked_before_the_round_is_closed(s):
    asking = kept_by(s, [s.own.core, s.own.second], pressing=1)

    with pytest.raises(Refused):
        agree(asking, s.own.core)


def test_nothing_is_asked_where_all_was_shown(s):
    asking = kept_by(s, crowd(s, 6).seats, pressing=3)
    closed(s)
    row = newest()
    row.cells = {"accounts": 3}
    row.save()

    assert not stands_of([asking])[asking.pk].asked


def test_the_page_says_what_a_yes_means_and_how_many_are_still_asked(client, s, asking):
    agree(asking, s.own.second)
    words = page(client, url(asking, s.own.core), s.own.core)

    assert "Everybody in the cluster could then work out" in words
    assert "There are two of you in it" in words
    assert "only how many are still asked: one." in words
    assert s.own.second.organisation.name not in words


def test_without_the_tick_nothing_is_agreed_and_with_it_it_is(client, s, asking):
    page(client, url(asking, s.own.core), s.own.core)
    assert client.post(url(asking, s.own.core)).status_code == 422
    assert not Consent.objects.exists()
    assert client.post(url(asking, s.own.core), {"understands": "on"}).status_code == 302
    assert Consent.objects.get().organisation == s.own.core.organisation
    assert "You agreed on" in page(client, url(asking, s.own.core))


@pytest.mark.parametrize(
    ("is_last", "said"),
    [(False, "It is shown when everybody who is asked has."), (True, "It is shown from now on.")],
)
def test_who_agreed_is_told_whether_theirs_was_the_last_yes(client, s, asking, is_last, said):
    if is_last:
        agree(asking, s.own.second)
    signed_in(client, s.own.core)
    answer = client.post(url(asking, s.own.core), {"understands": "on"}, follow=True)

    assert said in text_of(answer)


def test_it_is_taken_back_with_a_button_and_not_by_reading(client, s, asking):
    given = agree(asking, s.own.core)
    back = reverse("diagnostics:take_back_consent", args=[given.pk])
    page(client, back, s.own.core, status=405)
    assert client.post(back).status_code == 302
    given.refresh_from_db()
    assert given.ended_at


def test_that_one_agreed_stands_in_its_own_history_alone(s, asking):
    agree(asking, s.own.core)
    event = Event.objects.get(did="diagnostics.consented")

    assert (event.owner_kind, event.owner_key) == (Owner.ORGANISATION, s.own.core.organisation_id)
    assert event.audience == Audience.ONLY_US


@pytest.mark.parametrize("role", [Role.DEPUTY, Role.STAFF])
def test_only_the_core_group_member_agrees(client, s, asking, role):
    page(client, url(asking, s.own.core), s.own.seats[role], status=403)


def test_who_leaves_is_not_asked_any_more_and_is_not_in_it(s, asking):
    leave_cluster(by=actor(s.own.second), member=member_of(s.own.second))
    agree(asking, s.own.core)

    assert newest().by_consent
    assert newest().contributors == [s.own.core.organisation_id]


def test_who_shows_theirs_after_all_is_not_asked_any_more(s, asking):
    share(s.own.second, asking.shared.get(organisation=s.own.second.organisation), "cluster")

    assert stands_of([asking])[asking.pk].asked == {s.own.core.organisation_id}


@pytest.fixture
def of_three(s):
    """Kept by all three; the first has agreed to figures over three."""
    asking = kept_by(s, [s.own.core, s.own.second, s.own.third], pressing=1)
    closed(s)
    agree(asking, s.own.core)
    return asking


def leaves(s, asking):
    leave_cluster(by=actor(s.own.third), member=member_of(s.own.third))


def opens(s, asking):
    share(s.own.third, asking.shared.get(organisation=s.own.third.organisation), "cluster")


@pytest.mark.parametrize("happens", [leaves, opens])
def test_a_yes_to_figures_over_three_is_none_to_figures_over_two(client, s, of_three, happens):
    """Over two, the other takes its own from the sum and has the first one's."""
    happens(s, of_three)
    agree(of_three, s.own.second)

    assert not newest().by_consent
    assert "You agreed on" not in page(client, url(of_three, s.own.core), s.own.core)
    agree(of_three, s.own.core)
    assert newest().by_consent
    assert newest().contributors == [s.own.core.organisation_id, s.own.second.organisation_id]


def test_who_agreed_and_is_asked_again_is_told_so(s, of_three):
    def asked():
        return [it for it in prompts(reader(s.own.core), clock.today()) if "consent" in it.key]

    assert not asked()
    leaves(s, of_three)
    assert len(asked()) == 1


def test_beside_what_was_shown_the_yes_of_those_who_stay_would_tell_of_who_left(client, s):
    """Of six, three press: that was shown. Were the same said of five, the sixth would be told."""
    seats = crowd(s, 6).seats
    asking = kept_by(s, seats, pressing=3)
    closed(s)
    leave_cluster(by=actor(seats[5]), member=member_of(seats[5]))
    stand = stands_of([asking])[asking.pk]

    assert stand.gives_away
    assert not stand.asked
    with pytest.raises(Refused):
        agree(asking, s.own.core)
    words = page(client, reverse("diagnostics:asking_picture", args=[asking.pk]), s.own.core)
    assert "even with everybody’s yes" in words
