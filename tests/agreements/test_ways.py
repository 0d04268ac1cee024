"""Ways to decide as files: read, written, kept, and used as they stood."""

from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from hedgerow.agreements import actions
from hedgerow.agreements.models import DecisionTemplate
from hedgerow.agreements.ways import read_way, shipped_ways, way_of, ways_of, write_way
from hedgerow.analysis.voices import CARRIES, REOPENS, Way
from hedgerow.core.actions import Refused
from hedgerow.core.models import Event
from tests.factories import actor

from .polls import OPENED, WAYS, on, poll

OURS = """
# Our own, from the away day.
slug: sleep-on-it
version: 4
name: Sleep on it
sentence: Two thirds, after a night.
carries: two_thirds
quorum: 60
block_stops: true
open_for: 2 weeks
reopens:
  by: any_member
  after: 10
"""

words = (
    st.text(
        alphabet=st.characters(
            min_codepoint=32, max_codepoint=0x2FF, exclude_characters="\x7f"
        ).filter(lambda sign: not "\x7f" <= sign <= "\xa0" and sign != "\xad"),
        min_size=1,
        max_size=60,
    )
    .map(lambda said: " ".join(said.split()))
    .filter(bool)
)
ways = st.builds(
    Way,
    slug=st.from_regex(r"[a-z][a-z0-9]{0,9}(-[a-z0-9]{1,9}){0,2}", fullmatch=True),
    number=st.integers(1, 9999),
    name=words,
    sentence=words.map(lambda said: f"{said}."),
    carries=st.sampled_from(CARRIES),
    quorum_percent=st.integers(50, 100),
    block_stops=st.booleans(),
    open_days=st.integers(1, 366),
    reopens=st.sampled_from(REOPENS),
    reopens_after_days=st.integers(0, 3660),
)


@given(ways)
def test_a_way_that_is_written_is_read_back_as_it_was(way):
    assert read_way(write_way(way), name="ours") == (way, ())


def test_three_ways_come_with_hedgerow_the_gentlest_first():
    assert [way.slug for way in shipped_ways()] == ["consent", "majority", "everyone"]


@pytest.mark.parametrize("way", shipped_ways(), ids=lambda way: way.slug)
def test_each_shipped_way_says_what_it_does(way):
    assert ("block stops" in way.sentence) == way.block_stops
    share = {50: "half of us", 75: "three quarters of us", 100: "every one of us"}
    assert share[way.quorum_percent] in way.sentence


def test_what_is_read_is_what_the_file_says():
    way, faults = read_way(OURS, name="ours")

    assert not faults
    assert (way.slug, way.number, way.carries) == ("sleep-on-it", 4, "two_thirds")
    assert (way.quorum_percent, way.block_stops, way.open_days) == (60, True, 14)
    assert (way.reopens, way.reopens_after_days) == ("any_member", 10)


@pytest.mark.parametrize(
    ("line", "instead", "at", "sentence"),
    [
        ("slug: sleep-on-it", "slug: Sleep", 3, "small letters"),
        ("slug: sleep-on-it", f"slug: {'a' * 41}", 3, "40 at most"),
        ("version: 4", "version: four", 4, "whole number"),
        ("name: Sleep on it", "name: ''", 5, "nothing is written under “name”"),
        ("name: Sleep on it", f"name: {'a' * 121}", 5, "120 characters at most"),
        ("after a night.", "after a night", 6, "ends with a full stop"),
        ("carries: two_thirds", "carries: shouting", 7, "one of consent, majority"),
        ("quorum: 60", "quorum: 101", 8, "from 50 to 100"),
        ("quorum: 60", "quorums: 60", 8, "Did you mean “quorum”?"),
        ("block_stops: true", "block_stops: perhaps", 9, "true or false"),
        ("open_for: 2 weeks", "open_for: 0 days", 10, "a length of time"),
        ("open_for: 2 weeks", "open_for: 60 weeks", 10, "366 days at most"),
        ("  by: any_member", "  by: everybody", 12, "one of never, any_member"),
        ("  after: 10", "  after: -1", 13, "whole number"),
    ],
)
def test_each_fault_is_named_with_its_line(line, instead, at, sentence):
    assert line in OURS
    way, faults = read_way(OURS.replace(line, instead), name="ours")

    assert way is None
    found = [fault for fault in faults if sentence in fault.sentence]
    assert [fault.row for fault in found] == [at], faults


@given(st.text(max_size=200))
def test_whatever_stands_in_a_file_nothing_is_raised(text):
    way, faults = read_way(text, name="ours")
    assert (way is None) == bool(faults)


# --- kept by a cluster


@pytest.fixture
def p(db):
    return poll()


def kept(p, text=OURS, by=None):
    with on(OPENED):
        return actions.keep_way(by=by or p.core, cluster=p.team.cluster, text=text)


def test_a_way_that_is_kept_is_offered_beside_the_shipped_ones(p):
    row = kept(p)

    assert (row.number, row.name, row.text) == (1, "Sleep on it", OURS)
    offered = ways_of(p.team.cluster)
    assert [way.slug for way in offered] == ["consent", "majority", "everyone", "sleep-on-it"]
    assert offered[-1].number == 1  # and not what the file says


def test_the_same_slug_is_the_next_version_and_the_newest_is_offered(p):
    kept(p)
    again = kept(p, OURS.replace("quorum: 60", "quorum: 70"))

    assert again.number == 2
    (way,) = [way for way in ways_of(p.team.cluster) if way.slug == "sleep-on-it"]
    assert (way.number, way.quorum_percent) == (2, 70)
    assert DecisionTemplate.objects.count() == 2


def test_the_same_way_again_is_no_new_version(p):
    assert kept(p) == kept(p, OURS + "# A remark.\n")
    assert Event.objects.filter(did="agreements.way_kept").count() == 1


def test_one_of_their_own_stands_in_the_place_of_a_shipped_one(p):
    row = kept(p, write_way(replace(WAYS["majority"], quorum_percent=80)))

    assert row.number == 2
    offered = {way.slug: way for way in ways_of(p.team.cluster)}
    assert offered["majority"].quorum_percent == 80 and len(offered) == 3


def test_what_was_changed_back_is_a_version_too(p):
    kept(p)
    kept(p, OURS.replace("quorum: 60", "quorum: 70"))
    assert kept(p).number == 3


def test_a_file_with_a_fault_is_refused_with_its_line(p):
    with pytest.raises(Refused, match=r"Line 8: .*from 50 to 100"):
        kept(p, OURS.replace("quorum: 60", "quorum: 101"))
    assert not DecisionTemplate.objects.exists()


def test_two_ways_are_not_called_the_same(p):
    with pytest.raises(Refused, match="a way called “Consent” already"):
        kept(p, write_way(WAYS["consent"]).replace("slug: consent", "slug: ours"))


def test_a_way_is_kept_from_a_seat_in_that_cluster(p):
    with pytest.raises(Refused, match="no seat in"):
        kept(p, by=actor(poll().team.core))


def test_ways_of_one_cluster_are_not_anothers(p):
    kept(p)
    assert len(ways_of(poll().team.cluster)) == 3


def test_a_decision_goes_by_its_way_as_it_stood_when_it_was_opened(p):
    assert way_of(p.fresh) == WAYS["consent"]
    kept(p, write_way(replace(WAYS["consent"], quorum_percent=60)))

    assert way_of(p.fresh).quorum_percent == 75
