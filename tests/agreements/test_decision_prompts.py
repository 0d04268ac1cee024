"""What decisions ask of whom, and what a cluster's page and report tell of them."""

from datetime import timedelta

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from hedgerow.agreements import actions, letters
from hedgerow.agreements.models import Channel, Stance
from hedgerow.agreements.panels import decisions as panels
from hedgerow.agreements.prompts.decisions import of_decisions
from hedgerow.agreements.ways import shipped_ways
from hedgerow.core import clock
from hedgerow.people.models import Role
from tests.factories import MandateFactory, actor, reader, scene
from tests.front.pages import page

from . import scenes_decisions

pytestmark = pytest.mark.django_db


@pytest.fixture
def s():
    return scene()


@pytest.fixture
def decision(s):
    """Proposed by the Core Group member of the first organisation."""
    return scenes_decisions.decision(s)


def asked(seat):
    return {prompt.key: prompt for prompt in of_decisions(reader(seat), clock.today())}


def say(seat, decision, stance=Stance.AGREE, reason=""):
    return actions.speak(by=actor(seat), decision=decision, stance=stance, reason=reason)


def test_each_member_is_asked_to_vote_until_it_has(s, decision):
    first = s.own.organisations[0]
    found = asked(s.own.core)[f"agreements.voice:{decision.pk}:{first.pk}"]

    assert found.sentence == "Vote on “We meet each month”"
    assert found.why == "None of three members have voted. Yours can be changed until it closes."
    assert found.due_on == clock.today() + timedelta(days=7)
    assert found.url.endswith("#vote")
    assert (found.act, found.act_on) == (letters.VOICE, decision.pk)
    assert found.act_version == decision.version

    say(s.own.core, decision)

    assert asked(s.own.core) == {}
    (left,) = asked(s.own.second).values()
    assert left.why.startswith("One of three members has voted.")


@pytest.mark.parametrize("role", [role for role in Role if role not in (Role.CORE, Role.OPERATOR)])
def test_nobody_else_is_asked_to_vote(s, decision, role):
    assert asked(s.seats[role]) == {}


def test_a_deputy_who_stands_in_is_asked_too(s, decision):
    deputy = s.own.seats[Role.DEPUTY]
    MandateFactory(deputy=deputy, given_by=s.own.core)

    assert len(asked(deputy)) == 1


def test_what_is_over_or_in_a_cluster_that_has_ended_is_asked_no_more(s, decision):
    with clock.at(decision.closes_at + timedelta(minutes=1)):
        assert asked(s.own.core) == {}
    s.cluster.ended_at = clock.now()
    s.cluster.save()
    assert asked(s.own.core) == {}


def test_what_was_written_down_is_to_be_confirmed_by_its_own_people_only(s, decision):
    voice = scenes_decisions.voice(s)
    assert voice.channel == Channel.PHONE

    (prompt,) = asked(s.own.core).values()

    assert prompt.key == f"agreements.confirm:{voice.pk}"
    assert prompt.why == (
        f"Written down for {s.own.organisations[0]}: agree. It counts until you undo it."
    )
    assert f"agreements.confirm:{voice.pk}" not in asked(s.own.second)
    actions.confirm_voice(by=actor(s.own.core), voice=voice)
    assert asked(s.own.core) == {}


def test_when_all_have_voted_the_facilitator_and_the_proposer_are_asked_to_close(s, decision):
    scenes_decisions.voice(s)
    for seat in (s.own.second, s.own.third):
        say(seat, decision)
    assert asked(s.own.facilitator) == {}

    say(s.own.core, decision)

    for seat in (s.own.facilitator, s.own.core):
        (prompt,) = asked(seat).values()
        assert prompt.key == f"agreements.close:{decision.pk}"
    assert asked(s.own.second) == {}


def test_prompts_of_many_decisions_ask_no_more_than_those_of_one(s, decision):
    few = cost(lambda: asked(s.own.core))
    for n in range(5):
        actions.propose(
            by=actor(s.own.core),
            cluster=s.cluster,
            title=f"Proposal {n}",
            words="",
            options=["One", "Two"],
            way=shipped_ways()[0],
            closes_on=clock.today() + timedelta(days=3),
        )

    assert cost(lambda: asked(s.own.core)) == few <= 6


def cost(ask):
    with CaptureQueriesContext(connection) as found:
        ask()
    return len(found)


def test_the_clusters_page_shows_what_is_open_and_what_was_decided_last(client, s, decision):
    here = s.cluster.get_absolute_url()
    assert "We meet each month Open" in page(client, here, s.own.core)
    for seat in (s.own.core, s.own.second, s.own.third):
        say(seat, decision)
    actions.close(by=actor(s.own.core), decision=decision)

    found = page(client, here, s.own.core)

    assert "We meet each month Carried" in found
    assert f"Everything that {s.cluster} has decided" in found


def test_a_cluster_without_decisions_says_what_to_do(client, s):
    here = s.cluster.get_absolute_url()

    assert "Put something to the vote" in page(client, here, s.own.core)
    assert "Put something to the vote" not in page(client, here, s.own.seats[Role.STAFF])
    manager = page(client, here, s.staff[Role.MANAGER])
    assert "What we decide" not in manager


def test_the_last_day_to_vote_is_among_the_clusters_days(s, decision):
    (line,) = panels.dates(reader(s.own.core), s.cluster)

    assert line.on == clock.today() + timedelta(days=7)
    assert line.sentence == "Last day to vote on “We meet each month”"
    assert list(panels.dates(reader(s.neighbour.core), s.neighbour.cluster)) == []


def test_the_report_tells_what_was_decided_and_dissent_as_it_was_given(s, decision):
    assert list(panels.sections(reader(s.own.core), s.cluster)) == []
    say(s.own.core, decision)
    say(s.own.second, decision)
    say(s.own.third, decision, Stance.BLOCK, "Mondays are our only open day.")
    actions.close(by=actor(s.own.core), decision=decision)

    (section,) = panels.sections(reader(s.own.core), s.cluster)

    told = " ".join(section.sentences)
    assert "Blocked: We meet each month." in told
    assert "All three members spoke; three were needed. Two agreed and one blocked it." in told
    assert "One member blocked it, and one block stops it." in told
    assert f"{s.own.organisations[2]} blocked it: “Mondays are our only open day.”" in told
    for other in (s.staff[Role.MANAGER], s.own.seats[Role.SPONSOR], s.neighbour.core):
        assert list(panels.sections(reader(other), s.cluster)) == []


def test_what_a_member_said_that_has_left_is_shown_and_not_counted(client, s, decision):
    say(s.own.third, decision, Stance.BLOCK, "We are leaving.")
    s.cluster.members.filter(organisation=s.own.organisations[2]).update(left_at=clock.now())

    found = page(client, decision.get_absolute_url(), s.own.core)

    assert "It has no vote here any more, so this is not counted." in found
    assert "None of two members have spoken" in found
