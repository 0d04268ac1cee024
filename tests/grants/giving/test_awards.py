"""An award to a cluster as a grant: the holder is the recipient, and the cluster is named."""

from dataclasses import replace
from datetime import UTC, date, datetime
from decimal import Decimal

import pytest

from hedgerow.grants.giving.awards import Award, grant_of
from hedgerow.grants.giving.rules import faults_of
from hedgerow.grants.giving.shapes import Classification, Organisation, Period, Programme
from hedgerow.grants.giving.writing import as_json
from hedgerow.units import Pence

MILL = Organisation(id="GB-CHC-1", name="Mill Street Shelter", charity_number="1")
QUAY = Organisation(id="XI-HEDGEROW-7", name="Quay House")
AWARD = Award(
    id="360G-hedge-1",
    title="Hazelford: training together",
    description="One training plan for three.",
    pence=Pence(15_000_50),
    awarded_on=date(2026, 3, 17),
    funder=Organisation(id="GB-CHC-2", name="The Hedge Fund"),
    cluster="hazelford",
    cluster_name="Hazelford",
    holder=QUAY,
    members=(QUAY, MILL),
    programme=Programme(code="c2", title="Collaborate"),
    starts_on=date(2026, 4, 1),
    released=Pence(6_000_00),
    modified_at=datetime(2026, 3, 18, 9, 30, tzinfo=UTC),
)


def test_the_holder_is_the_recipient_and_the_money_is_counted_once():
    told = grant_of(AWARD)

    assert told.recipients == (QUAY,)
    assert told.awarded.pence == 15_000_50
    assert told.disbursed.amount == Decimal(6000)
    assert told.planned == (Period(start="2026-04-01"),)
    assert told.modified == "2026-03-18T09:30:00+00:00"


def test_the_cluster_is_named_with_its_members_by_identifier():
    assert grant_of(AWARD).classifications == (
        Classification(
            vocabulary="Hedgerow: clusters",
            code="hazelford",
            title="Hazelford",
            description=(
                "Quay House holds this award for a cluster of 2 organisations: "
                "Mill Street Shelter (GB-CHC-1), Quay House (XI-HEDGEROW-7)."
            ),
        ),
    )


def test_the_order_of_members_changes_nothing():
    assert grant_of(replace(AWARD, members=(MILL, QUAY))) == grant_of(AWARD)


def test_it_is_strictly_valid():
    bare = replace(AWARD, programme=None, starts_on=None, released=None, modified_at=None)
    for award in (AWARD, bare, replace(AWARD, ends_on=date(2027, 3, 31), starts_on=None)):
        assert faults_of({"grants": [as_json(grant_of(award))]}) == []


@pytest.mark.parametrize(
    ("changed", "says"),
    [
        ({"members": (MILL,)}, "not a member"),
        ({"pence": Pence(0)}, "more than nothing"),
        ({"pence": Pence(-1)}, "more than nothing"),
        ({"released": Pence(15_000_51)}, "no more"),
        ({"released": Pence(-1)}, "not below nothing"),
        ({"id": "1"}, "begins with 360G-"),
        ({"description": ""}, "needs a title, a description"),
        ({"cluster_name": ""}, "the name of its cluster"),
        ({"funder": Organisation(id="", name="The Hedge Fund")}, "The Hedge Fund needs both"),
        ({"members": (QUAY, Organisation(id="GB-CHC-9", name=""))}, "GB-CHC-9 needs both"),
    ],
)
def test_what_cannot_be_published_is_refused_in_words(changed, says):
    with pytest.raises(ValueError, match=says):
        grant_of(replace(AWARD, **changed))
