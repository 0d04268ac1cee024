"""What the record tells of shortlistings: who, in which round and with what outcome; never a vote."""

import json

import pytest

from hedgerow.core.models import Event
from hedgerow.core.owners import Owner
from hedgerow.focus.actions import reopenings, shortlisting, shortlists, voting
from hedgerow.focus.events.shortlisting import SENTENCES
from hedgerow.people.queries import history_of
from tests.factories import ProgrammeFactory, reader, team

from .shortlistings import DUE, MONDAY, TUESDAY, Run, begun, on

pytestmark = pytest.mark.django_db


@pytest.fixture
def lived():
    """A shortlisting in which everything happened that can, then one that was given up."""
    with on(MONDAY):
        own = team(ProgrammeFactory())
    _, second, third = own.organisations
    run = begun(own=own, due_on=DUE)
    with on(MONDAY):
        run.spot(run.core, 1)
        run.spot(run.core, 2)
        voting.confirm_spot(by=run.second, spot=run.writes_spot(second))
        voting.undo_spot(by=run.third, spot=run.writes_spot(third))
        run.closes()
        run.opens()
        run.casts(run.core, {1: 5, 3: 5})
        run.casts(run.core, {1: 10})
        voting.confirm_ballot(by=run.second, ballot=run.writes(second, {3: 10}))
        voting.undo_ballot(by=run.third, ballot=run.writes(third, {3: 10}))
        run.closes()
        run.settles("vote_again")
        run.round_of({1: 4, 3: 6}, {4: 10}, {1: 10})
        reopenings.take_back_reopening(by=run.core, reopening=run.asks(run.core, 2))
        run.answers(run.core, run.asks(run.core, 2), agrees=False)
        asked = run.asks(run.core, 2)
        run.answers(run.second, asked)
        answer = _records(run, asked, third)
        reopenings.undo_answer(by=run.third, answer=answer)
        asked = run.asks(run.core, 2)
        answer = _records(run, asked, second)
        run.answers(run.third, asked)
        reopenings.confirm_answer(by=run.second, answer=answer)
        made = shortlists.write_shortlist(
            by=run.core,
            cluster=own.cluster,
            ideas=[run.idea(1)],
            words="Secret words.",
            shortlisting=run.shortlisting,
            version=run.fresh.version,
        )
        shortlists.plan_findings(
            by=run.core, shortlist=made, findings="Secret words.", findings_by=DUE, version=1
        )
        again = shortlisting.begin_shortlisting(
            by=run.core,
            cluster=own.cluster,
            ideas=list(own.cluster.ideas.all()),
            is_secret=False,
            due_on=None,
        )
    with on(TUESDAY):
        shortlisting.give_up_shortlisting(
            by=run.facilitator, shortlisting=again, because="Secret words.", version=again.version
        )
    return run


def _records(run: Run, asked, organisation):
    return reopenings.record_answer(
        by=run.facilitator,
        reopening=asked,
        organisation=organisation,
        agrees=True,
        reason="",
        channel="table",
    )


def told(run):
    lines = history_of(
        reader(run.team.third), owner=Owner.CLUSTER, key=run.team.cluster.pk, limit=99
    )
    return [line.sentence for line in reversed(lines)]


def test_everything_that_happens_is_told_in_a_sentence(lived):
    did = Event.objects.filter(did__startswith="focus.").values_list("did", flat=True)
    assert set(did) == set(SENTENCES)
    assert told(lived) and all(line.endswith(".") for line in told(lived))


def test_the_sentences_say_what_came_of_a_round(lived):
    ends, (first, second, third) = told(lived), lived.team.organisations

    assert any("began a shortlisting of five ideas, voted on secretly." in one for one in ends)
    assert any("opened the round of red spots, until 9 March 2026." in one for one in ends)
    assert any(
        f"closed the round of red spots, without {third}; struck out: “One rota”. "
        "Of the members, two of three took part." in one
        for one in ends
    )
    assert any("level at the bottom: “A shop” and “A website”." in one for one in ends)
    assert any(
        "wrote down what was said after round 1 of votes: vote again, as “A shop” and “A website” "
        "were level." in one
        for one in ends
    )
    assert any("closed round 2 of votes; dropped: “A website”." in one for one in ends)
    assert any(f"cast the ten votes of {first} in round 1 of votes anew." in one for one in ends)
    assert any(f"wrote down the ten votes of {second} in round 1" in one for one in ends)
    assert "All members agreed: “One rota” stands again." in ends
    assert "Not all members had agreed after all, so “One rota” is out again." in ends


def test_no_event_holds_a_vote_a_word_or_an_answer(lived):
    secret = {"focus.spot", "focus.ballot", "focus.answer"}
    for event in Event.objects.filter(did__startswith="focus."):
        assert "Secret" not in json.dumps(event.detail)
        if event.did.rpartition("_")[0] in secret:
            about = {"candidate"} if event.did.startswith("focus.answer") else {"round"}
            assert set(event.detail) == {"shortlisting", "organisation", *about}
