"""The tally against a slow plain twin, its laws, and the answers worked out by hand."""

from dataclasses import replace
from fractions import Fraction

import pytest
from hypothesis import given
from hypothesis import strategies as st

from hedgerow.analysis.voices import (
    CARRIES,
    REOPENS,
    STANCES,
    Said,
    Way,
    checked_back,
    needed,
    tally,
)


def way(carries="consent", *, quorum=50, block_stops=True):
    return Way(
        slug="ours",
        number=1,
        name="Ours",
        sentence="As we do it.",
        carries=carries,
        quorum_percent=quorum,
        block_stops=block_stops,
        open_days=7,
        reopens="never",
        reopens_after_days=0,
    )


def said(*words):
    """said("agree 1", "block"): of the organisations 1, 2 and so on; "" is one that is silent."""
    voices = []
    for organisation, word in enumerate(words, start=1):
        stance, _, option = word.partition(" ")
        if stance:
            number = int(option or 1) if stance == "agree" else None
            voices.append(Said(organisation=organisation, stance=stance, option=number))
    return voices


def outcome(way, *words, options=(1,)):
    sums = tally(way, said(*words), range(1, len(words) + 1), options)
    return sums.outcome, sums.chosen


AGREE, AGAINST = ["agree"], ["disagree"]


@pytest.mark.parametrize(
    ("words", "came_to"),
    [
        (["agree"] * 4, ("carried", 1)),
        (["agree", "abstain", "", ""], ("carried", 1)),
        (["agree", "", "", ""], ("no_quorum", None)),
        (["abstain"] * 4, ("not_carried", None)),
        (["agree", "agree", "agree", "disagree"], ("carried", 1)),
        (["agree", "agree", "disagree", "disagree"], ("not_carried", None)),
        (["agree", "agree", "agree", "block"], ("blocked", None)),
        (["block", "", "", ""], ("no_quorum", None)),
        ([""] * 4, ("no_quorum", None)),
    ],
)
def test_consent_by_hand(words, came_to):
    assert outcome(way("consent"), *words) == came_to


@pytest.mark.parametrize(
    ("words", "came_to"),
    [
        (["agree", "agree", "disagree"], ("carried", 1)),
        (["agree", "agree", "disagree", "disagree"], ("tied", None)),
        (["agree", "agree", "disagree", "abstain"], ("carried", 1)),
        (["agree", "disagree", "disagree"], ("not_carried", None)),
        (["abstain"] * 3, ("not_carried", None)),
        (["agree", "agree", "block"], ("carried", 1)),
        (["agree", "block"], ("tied", None)),
    ],
)
def test_majority_by_hand(words, came_to):
    assert outcome(way("majority", block_stops=False), *words) == came_to


@pytest.mark.parametrize(
    ("words", "came_to"),
    [
        (["agree 1", "agree 1", "agree 2"], ("carried", 1)),
        (["agree 2", "agree 2", "agree 1"], ("carried", 2)),
        (["agree 1", "agree 2"], ("tied", None)),
        (["agree 1", "agree 2", "disagree"], ("tied", None)),
        (["agree 1", "agree 2", "disagree", "disagree", "disagree"], ("not_carried", None)),
        (["agree 1", "agree 1", "agree 2", "agree 3"], ("not_carried", None)),
        (["agree 1", "agree 1", "agree 2", "disagree"], ("not_carried", None)),
    ],
)
def test_a_majority_among_options_by_hand(words, came_to):
    assert outcome(way("majority"), *words, options=(1, 2, 3)) == came_to


def test_two_thirds_are_two_in_three_and_not_66_per_cent():
    plain = way("two_thirds", block_stops=False)

    assert outcome(plain, *AGREE * 2, *AGAINST) == ("carried", 1)
    assert outcome(plain, *AGREE * 65, *AGAINST * 33) == ("not_carried", None)
    assert outcome(plain, *AGREE * 66, *AGAINST * 33) == ("carried", 1)


def test_everyone_is_every_member_and_not_everyone_who_spoke():
    assert outcome(way("everyone"), *AGREE * 3) == ("carried", 1)
    assert outcome(way("everyone"), *AGREE * 3, "") == ("not_carried", None)
    assert outcome(way("everyone"), *AGREE * 3, "abstain") == ("not_carried", None)
    assert outcome(way("everyone", quorum=100), *AGREE * 3, "") == ("no_quorum", None)
    assert outcome(way("everyone"), "agree 1", "agree 2", options=(1, 2)) == ("tied", None)


@pytest.mark.parametrize(
    ("percent", "n", "most"),
    [(50, 5, 3), (50, 6, 3), (75, 6, 5), (100, 6, 6), (0, 6, 1), (1, 0, 1)],
)
def test_a_quorum_is_rounded_up_and_is_never_nobody(percent, n, most):
    assert needed(way(quorum=percent), n) == most


def test_a_voice_without_a_right_to_it_counts_nothing():
    sums = tally(way(), said("agree", "agree", "block"), [1, 2], [1])

    assert (sums.outcome, sums.n_spoke, sums.n_entitled) == ("carried", 2, 2)
    assert sums.counts == {"agree": 2, "abstain": 0, "disagree": 0, "block": 0}


def test_where_nobody_has_a_voice_nothing_is_decided():
    assert tally(way(quorum=0), [], [], [1]).outcome == "no_quorum"


@pytest.mark.parametrize(
    ("voices", "options"),
    [
        ([*said("agree"), *said("block")], [1]),  # one organisation twice
        ([Said(organisation=1, stance="agree")], [1]),
        ([Said(organisation=1, stance="agree", option=9)], [1]),
        ([Said(organisation=1, stance="abstain", option=1)], [1]),
        ([Said(organisation=1, stance="shrug")], [1]),
        ([], []),
        ([], [1, 1]),
    ],
)
def test_what_cannot_be_said_is_not_counted(voices, options):
    with pytest.raises(ValueError):
        tally(way(), voices, [1, 2], options)


@pytest.mark.parametrize(
    "wrong",
    [
        {"carries": "shouting"},
        {"reopens": "always"},
        {"quorum_percent": 101},
        {"quorum_percent": -1},
        {"open_days": 0},
        {"open_days": 367},
        {"reopens_after_days": -1},
    ],
)
def test_a_way_that_means_nothing_is_not_made(wrong):
    with pytest.raises(ValueError):
        Way(**{**vars(way()), **wrong})


# --- the laws


def twin(way, voices, entitled, options):
    """Outcome and what was chosen, the slow plain way: by fractions, and each side by itself."""
    heard = [voice for voice in voices if voice.organisation in entitled]
    if not heard or Fraction(len(heard), len(entitled)) < Fraction(way.quorum_percent, 100):
        return "no_quorum", None
    if way.block_stops and any(voice.stance == "block" for voice in heard):
        return "blocked", None
    against = [voice for voice in heard if voice.stance in ("disagree", "block")]
    behind = {o: [v for v in heard if v.stance == "agree" and v.option == o] for o in options}
    everybody_for = [voice for found in behind.values() for voice in found]

    def would_carry(found):
        if not found:
            return False
        share = Fraction(len(found), len(everybody_for) + len(against))
        return {
            "consent": len(everybody_for) > len(against),
            "majority": share > Fraction(1, 2),
            "two_thirds": share >= Fraction(2, 3),
            "everyone": {v.organisation for v in found} == set(entitled),
        }[way.carries]

    sizes = sorted((len(found) for found in behind.values()), reverse=True)
    if len(sizes) > 1 and sizes[0] == sizes[1]:
        if would_carry(everybody_for):
            return "tied", None
    else:
        for option, found in behind.items():
            if len(found) == sizes[0] and would_carry(found):
                return "carried", option
    if way.carries == "majority" and everybody_for and len(everybody_for) == len(against):
        return "tied", None
    return "not_carried", None


@st.composite
def ballots(draw):
    options = draw(st.lists(st.integers(1, 99), min_size=1, max_size=3, unique=True))
    entitled = draw(st.lists(st.integers(1, 12), max_size=9, unique=True))
    voices = []
    for organisation in draw(st.lists(st.integers(1, 14), max_size=9, unique=True)):
        stance = draw(st.sampled_from(STANCES))
        option = draw(st.sampled_from(options)) if stance == "agree" else None
        voices.append(Said(organisation=organisation, stance=stance, option=option))
    return voices, entitled, options


ways = st.builds(
    way,
    st.sampled_from(CARRIES),
    quorum=st.integers(0, 100),
    block_stops=st.booleans(),
)


@given(ways, ballots())
def test_the_tally_equals_its_slow_plain_twin(way, ballot):
    sums = tally(way, *ballot)

    assert (sums.outcome, sums.chosen) == twin(way, *ballot)


@given(ways, ballots())
def test_each_voice_is_counted_once_and_in_one_place(way, ballot):
    _, entitled, options = ballot
    sums = tally(way, *ballot)

    assert sums.n_spoke == sum(sums.counts.values()) <= sums.n_entitled == len(entitled)
    assert sum(sums.by_option.values()) == sums.counts["agree"]
    assert list(sums.counts) == list(STANCES)
    assert list(sums.by_option) == options
    assert 1 <= sums.n_needed <= max(1, len(entitled))


@given(ways, ballots(), st.randoms())
def test_the_order_of_voices_changes_nothing(way, ballot, chance):
    voices, entitled, options = ballot
    shuffled, others = list(voices), list(entitled)
    chance.shuffle(shuffled)
    chance.shuffle(others)

    assert tally(way, shuffled, others, options) == tally(way, *ballot)


@given(
    ways,
    st.integers(1, 8),
    st.integers(0, 2),
    st.lists(st.sampled_from(["abstain", "agree 2", ""]), max_size=3),
)
def test_another_voice_for_what_carried_never_undoes_it(way, n_for, n_against, others):
    words = ["agree 1"] * n_for + AGAINST * n_against + others
    before = outcome(way, *words, "", options=(1, 2))
    after = outcome(way, *words, "agree 1", options=(1, 2))

    assert after == before or before != ("carried", 1)


@given(ways, ballots())
def test_a_block_that_stops_lets_nothing_carry(way, ballot):
    sums = tally(replace(way, block_stops=True), *ballot)

    assert sums.outcome in ("blocked", "no_quorum") or not sums.counts["block"]


@given(st.lists(st.lists(st.booleans())))
def test_checking_back_is_counted_over_all_voices_of_all_decisions(decisions):
    told = checked_back(iter(decisions))

    flat = [mark for marks in decisions for mark in marks]
    assert (told.n_marked, told.n_voices) == (flat.count(True), len(flat))
    assert told.n_decisions == len(decisions)


def test_the_lists_of_words_are_the_ones_that_stand_in_files():
    assert CARRIES == ("consent", "majority", "two_thirds", "everyone")
    assert REOPENS == ("never", "any_member", "who_did_not_agree")
    assert STANCES == ("agree", "abstain", "disagree", "block")
