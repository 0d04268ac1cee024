"""Attacks on agreements, charter and erasure that once worked, and do not any more."""

from dataclasses import replace
from datetime import time, timedelta
from io import BytesIO

import pytest
from django.urls import reverse
from PIL import Image, ImageFile

from hedgerow.agreements import actions
from hedgerow.agreements.models import Remark
from hedgerow.agreements.ways import shipped_ways
from hedgerow.charter import actions as charter
from hedgerow.charter import logos
from hedgerow.charter.models import Charter
from hedgerow.core import clock
from hedgerow.core.actions import Refused
from hedgerow.people import tries
from tests.charter.scenes_rules import RULES
from tests.factories import actor, scene, signed_in

pytestmark = pytest.mark.django_db

WAYS = {way.slug: way for way in shipped_ways()}


@pytest.fixture
def s():
    return scene()


@pytest.fixture
def decision(s):
    return actions.propose(
        by=actor(s.own.facilitator),
        cluster=s.cluster,
        title="We meet each month",
        words="",
        options=[],
        way=WAYS["consent"],
        closes_on=clock.today() + timedelta(days=7),
    )


def ended(seat):
    seat.ended_at = clock.now() - timedelta(minutes=1)
    seat.save(update_fields=["ended_at"])
    return seat


def test_whoever_left_takes_no_remark_back_and_reads_nothing_by_trying(client, s, decision):
    remark = actions.remark(by=actor(s.own.second), decision=decision, words="Too early.")
    signed_in(client, ended(s.own.second))
    for ends_at in (None, clock.now()):
        s.cluster.ended_at = ends_at
        s.cluster.save(update_fields=["ended_at"])
        answer = client.post(reverse("agreements:take_back_remark", args=[remark.pk]))
        assert answer.status_code == 404
    assert Remark.objects.get(pk=remark.pk).words == "Too early."


def test_a_gatherer_whose_seat_has_ended_reads_nothing_by_saying_yes(client, s):
    charter.name_gatherer(
        by=actor(s.own.facilitator), cluster=s.cluster, seat=s.own.second, version=1
    )
    signed_in(client, ended(s.own.second))
    answer = client.post(reverse("charter:say_yes", args=[Charter.objects.get().pk]))
    assert answer.status_code == 404


def test_a_picture_of_very_many_scans_is_refused_before_it_is_read(monkeypatch):
    whole = BytesIO()
    Image.new("L", (64, 64), 128).save(whole, "JPEG", progressive=True)
    given = whole.getvalue()
    last = given[given.rfind(b"\xff\xda") : -2]
    assert logos.draw_anew(given).width == 64
    monkeypatch.setattr(ImageFile.ImageFile, "load", lambda _: pytest.fail("it was read"))
    with pytest.raises(Refused, match="takes too long to read"):
        logos.draw_anew(given[:-2] + last * 1000 + given[-2:])


def test_what_a_member_undid_is_not_written_down_for_it_again(s, decision):
    second = s.own.organisations[1]

    def write_down():
        return actions.record_voice(
            by=actor(s.own.facilitator),
            decision=decision,
            organisation=second,
            stance="agree",
            option=None,
            reason="",
            channel="phone",
            had_to_check_back=False,
        )

    actions.undo_voice(by=actor(s.own.second), voice=write_down())
    with pytest.raises(Refused, match="ask its own people"):
        write_down()
    own = actions.speak(by=actor(s.own.second), decision=decision, stance="abstain")
    assert own.ended_at is None


@pytest.mark.parametrize("is_own", [True, False], ids=["taken back", "undone"])
def test_a_yes_that_a_member_ended_is_not_written_down_for_it_again(s, is_own):
    laid = charter.lay_down_rules(
        by=actor(s.own.facilitator), cluster=s.cluster, rules=RULES, after=0
    )
    member, facilitator = actor(s.own.second), actor(s.own.facilitator)
    told = {"rule_set": laid, "organisation": s.own.organisations[1], "channel": "paper"}
    if is_own:
        charter.take_back_assent(by=member, assent=charter.assent(by=member, rule_set=laid))
    else:
        written = charter.record_assent(by=facilitator, **told)
        charter.undo_assent(by=member, assent=written)
    with pytest.raises(Refused, match="Only its own people can agree again"):
        charter.record_assent(by=facilitator, **told)
    assert charter.assent(by=member, rule_set=laid).ended_at is None


def test_rules_written_from_a_version_that_never_was_are_answered_with_a_page(client, s):
    signed_in(client, s.own.facilitator)
    rules = {
        f"rule-{n}-{name}": getattr(rule, name)
        for n, rule in enumerate(RULES)
        for name in ("slug", "name", "sentence")
    }
    sent = {**rules, "after": "999", "reason": "Because.", "came_from": ""}
    for last in range(2):  # before there is any version, and after
        answer = client.post(reverse("charter:edit_rules", args=[s.cluster.pk]), sent)
        assert answer.status_code == 409
        if last == 0:
            charter.lay_down_rules(
                by=actor(s.own.facilitator), cluster=s.cluster, rules=RULES, after=0
            )


def test_nobody_fills_the_letter_boxes_of_a_cluster(s, monkeypatch, decision):
    monkeypatch.setattr(tries, "ROUNDS_OF_LETTERS", replace(tries.ROUNDS_OF_LETTERS, n=2))
    by, on = actor(s.own.facilitator), clock.today() + timedelta(days=3)
    told = {"on": on, "at": time(12), "minutes": 60}
    meeting = actions.call_meeting(by=by, cluster=s.cluster, title="Meeting", **told)
    with pytest.raises(Refused, match="Go on tomorrow"):
        actions.call_meeting(by=by, cluster=s.cluster, title="Another", **told)
    with pytest.raises(Refused, match="Go on tomorrow"):
        actions.change_meeting(
            by=by, meeting=meeting, version=meeting.version, reason="", title="Again", **told
        )
    with pytest.raises(Refused, match="Go on tomorrow"):
        charter.lay_down_rules(by=by, cluster=s.cluster, rules=RULES, after=0)
    with pytest.raises(Refused, match="Go on tomorrow"):
        actions.propose(
            by=by,
            cluster=s.cluster,
            title="Another",
            words="",
            options=[],
            way=WAYS["consent"],
            closes_on=on,
        )
    assert actions.call_meeting(by=actor(s.own.core), cluster=s.cluster, title="Theirs", **told)
