"""What answers come to. Members are ash, birch and cedar; their names say the same with a capital."""

import json

import pytest

from hedgerow.analysis.baseline import Say
from hedgerow.analysis.needs import Score
from hedgerow.analysis.spreads import Sum
from hedgerow.diagnostics.pictures import (
    changes_between,
    differences_in,
    picture_of,
    pictures_by_role,
    place_in_words,
)
from hedgerow.diagnostics.pictures.told import says_in, scores_in
from hedgerow.diagnostics.questions.instruments import (
    Column,
    Instrument,
    Item,
    Kind,
    Option,
    Scale,
    Scored,
    Section,
    Source,
)

NAMES = {"cedar": "Cedar", "ash": "Ash", "birch": "Birch", "dunnock": "Dunnock"}
FIVE = Scale(slug="five", steps=("None", "Little", "Some", "Much", "All"))


def options(*slugs):
    return tuple(Option(slug=slug, name=slug.capitalize()) for slug in slugs)


def column(slug, kind, **more):
    return Column(slug=slug, name=slug.capitalize(), kind=kind, **more)


def item(slug, kind, **more):
    return Item(slug=slug, kind=kind, question=f"{slug.capitalize()}?", **more)


def asked(scored, *items):
    return Instrument(
        slug="asked",
        version=1,
        name="Asked",
        sentence="",
        minutes=1,
        scored=scored,
        sections=(Section(slug="all", name="All", audience="cluster", items=items),),
        source=Source(title="", publisher="", licence=""),
    )


def rows(**cells):
    return [{"row": name, "cells": of} for name, of in cells.items()]


def picture(instrument, **told):
    return picture_of(instrument, told, NAMES)


NOTE = item("note", Kind.TEXT)
MARKS = item(
    "marks",
    Kind.TABLE,
    rows=options("payroll", "buying"),
    columns=(
        column("strength", Kind.SCALE, scale=FIVE),
        column("priority", Kind.SCALE, scale=FIVE),
    ),
)
CAPACITY = asked(Scored.NEEDS, MARKS, NOTE)


def marks(**both):
    """payroll=(2, 5): strength and priority."""
    cells = {
        slug: {
            name: mark
            for name, mark in zip(("strength", "priority"), of, strict=True)
            if mark is not None
        }
        for slug, of in both.items()
    }
    return {"marks": rows(**cells)}


# --- who is in it


def test_members_stand_by_name_and_who_said_nothing_is_out():
    found = picture(CAPACITY, cedar=marks(payroll=(1, 1)), ash={"note": "Ours."}, birch={})

    assert [(one.key, one.n_answered, one.n_asked) for one in found.members] == [
        ("ash", 1, 2),
        ("cedar", 1, 2),
    ]


# --- needs


def test_needs_and_introductions_are_of_the_scores_in_the_table():
    found = picture(CAPACITY, cedar=marks(payroll=(5, 1)), ash=marks(payroll=(2, 5)))
    (need,) = found.needs.needs
    (introduction,) = found.needs.introductions

    assert (need.function, need.presses, need.strong) == ("payroll", ("ash",), ("cedar",))
    assert (introduction.offers, introduction.needs) == (("cedar",), ("ash",))
    assert found.needs.functions == {"payroll": "Payroll", "buying": "Buying"}
    assert list(found.needs.scores) == ["ash", "cedar"]
    assert found.needs.sides["cedar"].offers == ("payroll",)


def test_a_row_marked_once_is_not_counted_and_said():
    found = picture(CAPACITY, ash=marks(buying=(None, 5), payroll=(2, 4)))

    assert found.needs.scores == {"ash": {"payroll": Score(strength=2, priority=4)}}
    assert found.needs.half == {"ash": ("buying",)}


def test_what_the_score_leaves_out_stands_beside():
    (beside,) = picture(CAPACITY, ash=marks(payroll=(1, 1)) | {"note": "Ours."}).beside

    assert (beside.item, beside.said) == ("note", {"ash": "Ours."})


def test_changes_of_needs_are_of_who_answered_twice():
    found = changes_between(
        CAPACITY,
        {"ash": marks(payroll=(2, 5)), "birch": marks(payroll=(1, 1))},
        {"ash": marks(payroll=(4, 5)), "cedar": marks(payroll=(1, 1)), "birch": {"note": "-"}},
    )

    assert found.needs.both == ("ash",)
    assert [one.turn for one in found.needs.changes] == ["eased"]


# --- baseline

ICT = asked(
    Scored.BASELINE,
    item("firewall", Kind.SAYS, flags=True, has_cost=True),
    item("spares", Kind.SAYS, has_note=True),
    NOTE,
)


def test_a_baseline_says_who_is_below_and_what_to_put_right():
    told = {
        "ash": {"firewall": {"say": "no", "cost": 900}, "spares": {"say": "yes"}},
        "birch": {"firewall": {"say": "yes"}},
        "cedar": {"spares": {"note": "One somewhere."}},
    }
    found = picture(ICT, **told).baseline

    assert (found.reviews.n_below, found.reviews.n_reviewed) == (1, 2)
    (fix,) = found.reviews.fixes
    assert (fix.item, fix.no, fix.cost) == ("firewall", ("ash",), 900)
    assert found.flags == ("firewall",)
    assert found.said["ash"]["firewall"] == Say(word="no", cost=900)
    assert "cedar" not in found.said  # a note alone says neither yes nor no


def test_changes_against_a_baseline():
    before, now = {"firewall": {"say": "no"}}, {"firewall": {"say": "yes"}}
    (moved,) = changes_between(ICT, {"ash": before}, {"ash": now}).baseline

    assert (moved.before, moved.now) == ("below", "meets")


# --- spreads

CHECKED = asked(
    Scored.SPREAD,
    item("trust", Kind.SCALE, scale=FIVE),
    item("aims", Kind.SEVERAL, options=options("homes", "work")),
    item(
        "slots",
        Kind.TABLE,
        rows=options("purpose", "learning"),
        columns=(column("far", Kind.SCALE, scale=FIVE), column("why", Kind.TEXT)),
    ),
)
TRUSTING = {
    "ash": {"trust": 2, "aims": ["homes", "work"], "slots": rows(learning={"far": 5})},
    "birch": {"trust": 5, "aims": ["work"], "slots": rows(purpose={"far": 1, "why": "So."})},
}


def test_a_spread_is_of_each_question_and_each_cell():
    trust, aims, purpose, learning = picture(CHECKED, **TRUSTING).spreads

    assert (trust.steps.lowest, trust.steps.middle, trust.steps.highest) == (2, (2, 5), 5)
    assert trust.spread.counts == {"1": 0, "2": 1, "3": 0, "4": 0, "5": 1}
    assert trust.choices["2"] == "Little"
    assert (aims.spread.counts, aims.steps) == ({"homes": 1, "work": 2}, None)
    assert (purpose.place, purpose.question) == ("slots/purpose/far", "Purpose: Far")
    assert (learning.said, learning.spread.n_answered) == ({"ash": 5}, 1)


def test_a_table_with_words_stands_beside_its_spread():
    assert [one.item for one in picture(CHECKED, **TRUSTING).beside] == ["slots"]


def test_two_raters_of_one_organisation_are_compared():
    found = differences_in(CHECKED, {1: TRUSTING["ash"], 2: TRUSTING["birch"]})

    assert [(one.item, one.apart) for one in found] == [("trust", 3), ("aims", None)]


def test_a_place_is_said_in_words():
    assert place_in_words(CHECKED, "slots/learning/far") == "Learning: Far"
    assert place_in_words(CHECKED, "trust") == "Trust?"


def test_roles_are_asked_apart_and_set_side_by_side():
    told = {("ash", "manager"): {"trust": 5}, ("ash", "board"): {"trust": 1}}
    told |= {("birch", "manager"): {"trust": 4}}
    found = pictures_by_role(CHECKED, told, NAMES)

    assert list(found.by_role) == ["board", "manager"]
    assert found.by_role["manager"].spreads[0].steps.middle == (4, 5)
    assert {key: of[0].apart for key, of in found.apart.items()} == {"ash": 4}


# --- offers

TRAINING = asked(
    Scored.OFFERS,
    item(
        "run",
        Kind.TABLE,
        columns=(column("places", Kind.NUMBER), column("open", Kind.SAYS)),
    ),
    item("want", Kind.SEVERAL, options=options("first-aid", "budgets")),
    item("attend", Kind.TEXT),
)


def test_courses_meet_however_they_are_written():
    found = picture(
        TRAINING,
        ash={"run": [{"row": "FIRST-aid ", "cells": {"places": 6}}]},
        birch={"want": ["first-aid", "budgets"], "attend": "Fire\nBudgets"},
        cedar={"want": ["first-aid"]},
    ).offers
    first_aid, budgets, fire = found.subjects

    assert first_aid.name == "First-aid"
    assert (list(first_aid.offers), list(first_aid.wants)) == (["ash"], ["birch", "cedar"])
    assert first_aid.offers["ash"] == {"places": 6}
    assert (list(budgets.takes), list(fire.takes)) == (["birch"], ["birch"])
    assert found.matches == found.in_common == (first_aid,)


def test_what_is_not_open_to_others_is_not_offered():
    run = [{"row": "Fire", "cells": {"open": "no"}}]

    assert picture(TRAINING, ash={"run": run}).offers.subjects == ()


def test_what_one_runs_and_wants_alone_is_no_match():
    of = {"run": [{"row": "Budgets", "cells": {}}], "want": ["budgets"]}

    assert picture(TRAINING, ash=of).offers.matches == ()


# --- sums

BOUGHT = asked(
    Scored.SUMS,
    item(
        "bought",
        Kind.TABLE,
        row_name="Supplier",
        columns=(
            column("category", Kind.CHOICE, options=options("energy", "phones")),
            column("spend", Kind.MONEY),
            column("satisfaction", Kind.SCALE, scale=FIVE),
            column("ends", Kind.DAY),
        ),
    ),
    item("staff", Kind.NUMBER, unit="people"),
)


def supply(name, category, spend, **more):
    return {"row": name, "cells": {"category": category, "spend": spend, **more}}


BUYING = {
    "ash": {
        "bought": [
            supply("Brightwatt", "energy", 70000, ends="2027-03-31"),
            supply("Oldgas", "energy", 30000),
        ],
        "staff": 12,
    },
    "birch": {"bought": [supply("bright watt", "energy", 50000, ends="2026-12-01")], "staff": 3},
}


def test_amounts_are_added_up_by_what_they_are_for():
    energy, staff = picture(BOUGHT, **BUYING).sums.amounts

    assert (energy.row, energy.name, energy.is_money) == ("energy", "Energy", True)
    assert (energy.sum, energy.said) == (Sum(total=150000, n=2), {"ash": 100000, "birch": 50000})
    assert (staff.name, staff.unit, staff.sum) == ("Staff?", "people", Sum(total=15, n=2))
    assert picture(BOUGHT, **BUYING).sums.totals == {"bought/spend": Sum(total=150000, n=2)}


def test_members_with_one_supplier_are_found_however_it_is_written():
    (shared,) = picture(BOUGHT, **BUYING).sums.suppliers

    assert shared.name == "Brightwatt"
    assert shared.buys == {"ash": ("Energy",), "birch": ("Energy",)}


def test_contracts_stand_by_the_day_they_end():
    ends = picture(BOUGHT, **BUYING).sums.ends

    assert [(end.key, end.day.isoformat(), end.name) for end in ends] == [
        ("birch", "2026-12-01", "bright watt"),
        ("ash", "2027-03-31", "Brightwatt"),
    ]


def test_what_is_not_scored_stands_side_by_side():
    found = picture(asked(Scored.NOTHING, NOTE), ash={"note": "A"}, birch={"note": "B"})

    assert found.beside[0].said == {"ash": "A", "birch": "B"}


# --- laws


@pytest.mark.parametrize(
    ("instrument", "told"),
    [
        (CAPACITY, {"ash": marks(payroll=(2, 5)), "birch": marks(payroll=(5, 1), buying=(1, 5))}),
        (ICT, {"ash": {"firewall": {"say": "no"}}, "birch": {"spares": {"say": "no"}}}),
        (CHECKED, TRUSTING),
        (TRAINING, {"ash": {"attend": "Fire"}, "birch": {"attend": "fire"}}),
        (BOUGHT, BUYING),
    ],
    ids=lambda one: one.scored if isinstance(one, Instrument) else "",
)
def test_a_picture_is_plain_and_the_same_in_whatever_order_members_come(instrument, told):
    one = picture_of(instrument, told, NAMES)
    other = picture_of(instrument, dict(reversed(told.items())), NAMES)

    assert one == other
    assert json.dumps(one.plain()) == json.dumps(other.plain())
    assert json.loads(json.dumps(one.plain())) == one.plain()


def test_plain_tells_the_counts_too():
    plain = picture(ICT, ash={"firewall": {"say": "no"}}).plain()

    assert plain["baseline"]["reviews"]["n_below"] == 1
    assert plain["scored"] == "baseline"


def test_what_answers_tell_is_read_for_one_organisation_too():
    assert scores_in(CAPACITY, marks(payroll=(2, 5))).whole == {
        "payroll": Score(strength=2, priority=5)
    }
    assert scores_in(CAPACITY, {}).whole == {}
    assert says_in(ICT, {"spares": {"note": "-"}}) == {}
