"""What the record tells of decisions: who, what and with which outcome; never their words."""

import json

import pytest

from hedgerow.agreements import actions
from hedgerow.agreements.events.decisions import SENTENCES
from hedgerow.agreements.ways import write_way
from hedgerow.core.models import Event
from hedgerow.core.owners import Owner
from hedgerow.people.queries import history_of
from tests.factories import reader

from .polls import TUESDAY, WAYS, days_later, on, poll

pytestmark = pytest.mark.django_db


@pytest.fixture
def lived():
    """A decision in which everything happened that can."""
    p = poll(options=["A van", "A bicycle"], reopens="any_member", reopens_after_days=0)
    own = p.team
    with on(TUESDAY):
        p.says(p.core, option=p.option(1))
        p.says(p.core, "disagree", reason="Our lease forbids it.")
        actions.undo_voice(by=p.third, voice=p.writes(own.third.organisation, "abstain"))
        actions.confirm_voice(by=p.second, voice=p.writes(own.second.organisation, "abstain"))
        made = actions.remark(by=p.third, decision=p.decision, words="Whose van is it?")
        actions.take_back_remark(by=p.third, remark=made)
        text = (
            write_way(WAYS["majority"])
            .replace("slug: majority", "slug: ours")
            .replace("name: Majority", "name: Ours")
        )
        actions.keep_way(by=p.core, cluster=own.cluster, text=text)
    p.closed_by_the_clock()
    with on(days_later(1)):
        again = actions.reopen(
            by=p.third,
            decision=p.decision,
            reason="The lease has ended.",
            closes_on=days_later(9),
        )
        actions.withdraw(by=p.third, decision=again, reason="It was sold.", version=1)
    return p


def sentences(p):
    lines = history_of(reader(p.team.third), owner=Owner.CLUSTER, key=p.team.cluster.pk, limit=99)
    return [line.sentence for line in reversed(lines)]


def test_everything_that_happens_is_told_in_a_sentence(lived):
    told = Event.objects.filter(did__startswith="agreements.")
    assert set(told.values_list("did", flat=True)) == set(SENTENCES)
    assert sentences(lived) and all(line.endswith(".") for line in sentences(lived))


def test_the_sentences_say_who_did_what_to_which(lived):
    own, told = lived.team, sentences(lived)
    core, third = (f"Chief executive, {seat.organisation}" for seat in (own.core, own.third))
    facilitator = f"Chief executive, {own.cluster}"
    first, second = own.core.organisation, own.second.organisation

    assert told == [
        f"{core} put “We share a van” to the vote.",
        f"{core} voted for {first} on “We share a van”: agrees.",
        f"{core} changed the vote of {first} on “We share a van”: disagrees.",
        (
            f"{facilitator} wrote down the vote of {own.third.organisation} on “We share a van”: "
            "abstains."
        ),
        (
            f"{third} undid what was written down for {own.third.organisation} on “We share a "
            "van”. It has no vote there until it speaks."
        ),
        f"{facilitator} wrote down the vote of {second} on “We share a van”: abstains.",
        (
            f"Chief executive, {second} confirmed what was written down for {second} on “We share "
            "a van”."
        ),
        f"{third} said something about “We share a van”.",
        f"{third} took back a remark about “We share a van”.",
        f"{core} kept version 1 of a way to decide, “Ours”.",
        "The clock closed “We share a van”: too few spoke. Of the members, two of three spoke.",
        f"{third} reopened “We share a van”: it is put to the vote again.",
        f"{third} withdrew “We share a van”.",
    ]


def test_no_word_that_somebody_wrote_is_in_the_record(lived):
    record = json.dumps(list(Event.objects.values_list("detail", flat=True)))
    for word in ("lease", "sold", "van", "bicycle", "Whose"):
        assert word not in record
