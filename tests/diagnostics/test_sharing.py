"""Whom an organisation lets see a section of its answers: step by step, at once, also afterwards."""

import pytest
from django.urls import reverse

from hedgerow.core import clock
from hedgerow.core.actions import Refused, Stale
from hedgerow.core.models import Event
from hedgerow.core.owners import Audience
from hedgerow.diagnostics import rules
from hedgerow.diagnostics.actions import close_round, share_section
from hedgerow.diagnostics.models import Shared, Snapshot
from hedgerow.people import sessions
from hedgerow.people.access import visible
from hedgerow.people.models import Role
from tests.factories import actor, reader, signed_in
from tests.front.pages import page, text_of

from .scenes_pictures import closed, crowd, kept_by
from .scenes_sheets import answered, capacity_of, scores, share

pytestmark = pytest.mark.django_db


@pytest.fixture
def shared(s):
    asking = capacity_of(s)
    answered(s, asking, s.own.core, scores(asking))
    return Shared.objects.get()


def url(shared):
    return reverse("diagnostics:share_section", args=[shared.pk])


@pytest.mark.parametrize(
    ("step", "who"),
    [
        (Audience.ONLY_US, {"core", "staff"}),
        (Audience.FACILITATOR, {"core", "staff", "facilitator"}),
        (Audience.CLUSTER, {"core", "staff", "facilitator", "other"}),
        (Audience.FUNDER, {"core", "staff", "facilitator", "other"}),
    ],
)
def test_each_step_holds_the_ones_before_it_and_no_answer_goes_to_the_funder(s, shared, step, who):
    share(s.own.core, shared, step)
    seats = {
        "core": s.own.core,
        "staff": s.own.seats[Role.STAFF],
        "facilitator": s.own.facilitator,
        "other": s.own.second,
        "manager": s.staff[Role.MANAGER],
        "supporter": s.own.seats[Role.SUPPORTER],
        "next door": s.neighbour.core,
    }

    seen = {
        name for name, seat in seats.items() if visible(reader(seat), rules.SEE_ANSWERS).exists()
    }

    assert seen == who


def test_it_never_goes_to_everyone(s, shared):
    with pytest.raises(Refused, match="no further than our funder"):
        share(s.own.core, shared, Audience.EVERYONE)


def test_two_who_choose_at_once_are_told_of_each_other(s, shared):
    share(s.own.core, shared, Audience.FUNDER)

    with pytest.raises(Stale):
        share_section(by=actor(s.own.core), shared=shared, audience="only_us", version=1)


def test_the_same_step_again_is_nothing(s, shared):
    n = Event.objects.count()
    share(s.own.core, shared, Audience.CLUSTER)

    assert Event.objects.count() == n


def test_showing_it_to_fewer_after_the_close_takes_it_out_of_what_was_kept(s, shared):
    asking = shared.asking
    answered(s, asking, s.own.second, scores(asking))
    round = asking.round
    round.refresh_from_db()
    close_round(by=actor(s.own.facilitator), round=round, knows_absent=True, version=round.version)
    ours, theirs = str(shared.organisation_id), str(s.own.second.organisation_id)
    assert set(Snapshot.objects.get().parts) == {ours, theirs}

    share(s.own.core, shared, Audience.FUNDER)
    assert set(Snapshot.objects.get().parts) == {ours, theirs}
    share(s.own.core, shared, Audience.FACILITATOR)

    assert set(Snapshot.objects.get().parts) == {theirs}


def test_the_page_says_what_each_step_means_and_works_at_once(client, s, shared):
    shown = page(client, url(shared), s.own.core)
    assert "nobody there reads the answers themselves" in shown
    assert "who can then help early" in shown

    sent = client.post(url(shared), {"audience": "only_us", "version": shared.version})

    assert sent["Location"] == shared.asking.get_absolute_url()
    shared.refresh_from_db()
    assert shared.audience == Audience.ONLY_US


def test_a_clash_shows_the_newest_and_sending_it_again_decides(client, s, shared):
    share(s.own.core, shared, Audience.FUNDER)
    signed_in(client, s.own.core)

    clash = client.post(url(shared), {"audience": "only_us", "version": "1"})

    assert clash.status_code == 409
    assert 'name="version" value="2"' in clash.content.decode()
    assert client.post(url(shared), {"audience": "only_us", "version": "2"}).status_code == 302


def test_it_wants_a_fresh_code(client, s, shared, monkeypatch):
    signed_in(client, s.own.core)
    monkeypatch.setattr(sessions, "is_fresh", lambda session: False)

    sent = client.post(url(shared), {"audience": "funder", "version": "1"})

    assert sent["Location"].startswith(reverse("people:again"))
    shared.refresh_from_db()
    assert shared.audience == Audience.CLUSTER


def test_staff_may_read_but_not_choose(client, s, shared):
    page(client, url(shared), s.own.seats[Role.STAFF], status=403)
    page(client, url(shared), s.own.second, status=403)
    page(client, url(shared), s.neighbour.core, status=404)


def test_nothing_is_chosen_in_a_cluster_that_has_ended(client, s, shared):
    s.cluster.ended_at = clock.now()
    s.cluster.save()

    sent = signed_in(client, s.own.core).post(url(shared), {"audience": "only_us", "version": "1"})

    assert sent.status_code == 409
    assert "ended on" in text_of(sent)


@pytest.mark.parametrize("step", [Audience.FACILITATOR, Audience.CLUSTER, Audience.FUNDER])
def test_what_is_in_a_figure_of_kept_answers_is_not_opened_after_it(s, step):
    """Else the others' could be taken from the figure: of three that press, one is seen."""
    asking = kept_by(s, crowd(s, 6).seats, pressing=3)
    closed(s)
    own = Shared.objects.get(asking=asking, organisation=s.own.organisations[0])

    with pytest.raises(Refused, match="theirs could be worked out from it"):
        share(s.own.core, own, step)


def test_where_no_figure_was_safe_what_was_kept_can_be_opened_after_the_close(s):
    asking = kept_by(s, crowd(s, 4).seats, pressing=2)
    closed(s)
    own = Shared.objects.get(asking=asking, organisation=s.own.organisations[0])

    share(s.own.core, own, Audience.CLUSTER)

    own.refresh_from_db()
    assert own.audience == Audience.CLUSTER


@pytest.mark.parametrize(("role", "n_links"), [(Role.CORE, 1), (Role.STAFF, 0), (Role.DEPUTY, 0)])
def test_only_who_may_choose_who_sees_them_is_shown_the_way(client, s, shared, role, n_links):
    there = reverse("diagnostics:asking", args=[shared.asking_id])

    html = signed_in(client, s.own.seats[role]).get(there).content.decode()

    assert html.count(url(shared)) == n_links
