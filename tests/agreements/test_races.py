"""When several press at once, on a database that lets things happen at once."""

from datetime import timedelta

import pytest

from hedgerow.agreements import actions, jobs
from hedgerow.agreements.models import Decision, Voice
from hedgerow.agreements.queries import voices
from hedgerow.core import clock, links
from hedgerow.core.jobs import Job
from hedgerow.core.models import Event, Mail
from hedgerow.people import actions as people
from hedgerow.people.models import Role
from tests.at_once import all_at_once, while_held
from tests.factories import MandateFactory, ProgrammeFactory, actor, team

from .polls import CLOCK, WAYS, poll

pytestmark = [pytest.mark.postgres, pytest.mark.django_db(transaction=True)]


def open_now(way="consent"):
    """Open from now for a week by the machine's own clock, which every thread reads."""
    own = team(ProgrammeFactory())
    decision = actions.propose(
        by=actor(own.core),
        cluster=own.cluster,
        title="We share a van",
        words="",
        options=["A van", "A bicycle"],
        way=WAYS[way],
        closes_on=clock.today() + timedelta(days=7),
    )
    return own, decision


def speaking(decision, seat, position=1, **more):
    option = decision.options.get(position=position)
    return lambda: actions.speak(
        by=actor(seat), decision=decision, stance="agree", option=option, **more
    )


def end_its_time(decision):
    """As if its week were over."""
    now = clock.now()
    Decision.objects.filter(pk=decision.pk).update(
        opened_at=now - timedelta(days=7), closes_at=now - timedelta(seconds=1)
    )


def n_events(did):
    return Event.objects.filter(did=did).count()


def test_of_two_delegates_who_vote_at_once_one_voice_counts():
    own, decision = open_now()
    deputy = own.seats[Role.DEPUTY]
    MandateFactory(deputy=deputy, given_by=own.core)

    answers = all_at_once(
        *[speaking(decision, own.core, 1), speaking(decision, deputy, 2)] * 3,
    )

    assert answers == ["done"] * 6
    assert Voice.objects.filter(decision=decision, ended_at=None).count() == 1
    assert voices.tally_now(decision).counts["agree"] == 1


def test_of_their_own_word_and_what_is_written_down_at_once_their_own_stands():
    own, decision = open_now()
    option = decision.options.get(position=2)

    answers = all_at_once(
        speaking(decision, own.second, 1),
        lambda: actions.record_voice(
            by=actor(own.facilitator),
            decision=decision,
            organisation=own.second.organisation,
            stance="agree",
            option=option,
            reason="",
            channel="phone",
            had_to_check_back=False,
        ),
    )

    assert answers in (["done", "done"], ["done", "refused"])
    standing = Voice.objects.get(decision=decision, ended_at=None)
    assert (standing.recorded_by, standing.option.position) == (None, 1)


def test_of_four_who_use_one_link_at_once_one_does():
    own, decision = open_now()
    token = Mail.objects.get(key=f"agreements.voice:{decision.pk}:{own.core.pk}").text
    token = token.split("/by-letter/voice/")[1].split("/")[0].split("?")[0]
    link = links.read(token, "agreements.voice")

    answers = all_at_once(
        *[speaking(decision, own.core, 1 + n % 2, link=link) for n in range(4)],
    )

    assert answers == ["done", *["refused"] * 3]
    assert Voice.objects.filter(decision=decision).count() == 1


def test_of_six_clocks_and_people_who_close_at_once_one_does():
    own, decision = open_now()
    end_its_time(decision)

    answers = all_at_once(
        *[lambda: actions.close(by=CLOCK, decision=decision)] * 2,
        *[lambda: actions.close_due(by=CLOCK)] * 2,
        *[lambda: actions.close(by=actor(own.core), decision=decision)] * 2,
    )

    assert set(answers) <= {"done", "refused"}
    assert n_events("agreements.decision_closed") == 1
    assert Mail.objects.filter(why="outcome").count() == 3


def test_all_that_is_due_is_closed_while_somebody_writes_something_down_about_one_of_them():
    own, first = open_now()
    second = actions.propose(
        by=actor(own.core),
        cluster=own.cluster,
        title="We share a bus",
        words="",
        options=[],
        way=WAYS["consent"],
        closes_on=clock.today() + timedelta(days=7),
    )
    end_its_time(first)
    end_its_time(second)

    assert while_held(second, lambda: actions.close_due(by=CLOCK)) == "done"
    assert n_events("agreements.decision_closed") == 2


def test_a_vote_at_the_moment_of_closing_is_counted_or_refused():
    own, decision = open_now()
    for seat in (own.core, own.second):
        speaking(decision, seat)()
    speaking(decision, own.third, 1)()

    answers = all_at_once(
        speaking(decision, own.third, 2),
        lambda: actions.close(by=actor(own.core), decision=decision),
    )

    closed = Decision.objects.get(pk=decision.pk)
    assert answers in (["done", "done"], ["done", "refused"])
    assert voices.tally_now(closed).outcome == closed.outcome == "carried"
    assert voices.tally_now(closed).chosen == closed.chosen_id
    assert not Voice.objects.filter(decision=decision, at__gt=closed.closed_at).exists()


def test_whoever_leaves_while_it_closes_is_counted_wholly_or_not_at_all():
    own, decision = open_now()
    for seat in (own.core, own.second, own.third):
        speaking(decision, seat)()
    member = own.cluster.members.get(organisation=own.third.organisation)

    all_at_once(
        lambda: people.leave_cluster(by=actor(own.third), member=member),
        lambda: actions.close(by=actor(own.core), decision=decision),
    )

    closed = Decision.objects.get(pk=decision.pk)
    event = Event.objects.get(did="agreements.decision_closed")
    assert event.detail["n_entitled"] == len(closed.entitled) in (2, 3)
    assert voices.tally_now(closed).n_spoke == event.detail["n_spoke"]


def test_four_who_propose_at_once_get_four_numbers():
    own, first = open_now()

    answers = all_at_once(
        *[
            lambda: actions.propose(
                by=actor(own.core),
                cluster=own.cluster,
                title="We share a van",
                words="",
                options=[],
                way=WAYS["consent"],
                closes_on=clock.today() + timedelta(days=1),
            )
        ]
        * 4
    )

    assert answers == ["done"] * 4
    numbers = own.cluster.decisions.order_by("number").values_list("number", flat=True)
    assert list(numbers) == [first.number, 2, 3, 4, 5]


def test_of_three_who_reopen_at_once_one_does():
    p = poll(reopens="any_member", reopens_after_days=0)
    end_its_time(p.decision)
    actions.close_due(by=CLOCK)

    answers = all_at_once(
        *[
            lambda: actions.reopen(
                by=p.core,
                decision=p.decision,
                reason="So.",
                closes_on=clock.today() + timedelta(days=1),
            )
        ]
        * 3
    )

    assert answers == ["done", "refused", "refused"]
    assert Decision.objects.filter(reopens=p.decision).count() == 1


def test_of_three_who_keep_a_way_at_once_each_has_its_version_or_none():
    own, _ = open_now()
    from hedgerow.agreements.ways import write_way

    text = (
        write_way(WAYS["majority"])
        .replace("slug: majority", "slug: ours")
        .replace("name: Majority", "name: Ours")
    )

    answers = all_at_once(
        *[
            lambda n=n: actions.keep_way(
                by=actor(own.core), cluster=own.cluster, text=text.replace("50", str(n))
            )
            for n in (51, 52, 53)
        ]
    )

    assert answers == ["done"] * 3
    numbers = own.cluster.decision_templates.values_list("number", flat=True)
    assert sorted(numbers) == [1, 2, 3]


def test_two_workers_ask_for_one_job_a_decision():
    _, decision = open_now()
    end_its_time(decision)

    all_at_once(*[lambda: jobs.ask_to_close(by=CLOCK)] * 4)

    assert Job.objects.filter(name="agreements.close").count() == 1
