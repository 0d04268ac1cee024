"""What we write is held to the standard: each rule finds what breaks it."""

import pytest

from hedgerow.grants.giving.rules import faults_of

from .files import grant


def wrong(**changed):
    return {fault.column for fault in faults_of({"grants": [grant(**changed)]})}


def test_a_grant_as_the_standard_wants_it_has_no_fault():
    assert wrong() == set()
    assert wrong(awardDate="2026-03-17T00:00:00Z", fromOpenCall="No", url="https://a.org") == set()


@pytest.mark.parametrize("key", ["id", "title", "description", "currency", "awardDate"])
@pytest.mark.parametrize("value", [None, "", 5, []])
def test_texts_are_needed(key, value):
    assert wrong(**{key: value}) == {f"/grants/0/{key}"}
    assert wrong(without=[key]) == {f"/grants/0/{key}"}


@pytest.mark.parametrize(
    ("key", "value"),
    [
        ("amountAwarded", "15000"),
        ("amountAwarded", None),
        ("amountAwarded", True),
        ("amountAwarded", float("nan")),
        ("amountAwarded", float("inf")),
        ("amountDisbursed", "1"),
        ("currency", "gbp"),
        ("currency", "ZZZ"),
        ("awardDate", "17/03/2026"),
        ("awardDate", "2026-02-30"),
        ("awardDate", "2026-03-17T10:00:00"),
        ("fromOpenCall", "Y"),
        ("fromOpenCall", None),
        ("dataSource", "ours"),
        ("dateModified", "2026-03-17"),
        ("recipientOrganization", []),
        ("fundingOrganization", []),
        ("fundingOrganization", None),
        ("plannedDates", {}),
        ("grantProgramme", "x"),
    ],
)
def test_a_field_is_of_its_kind(key, value):
    assert wrong(**{key: value}) == {f"/grants/0/{key}"}


@pytest.mark.parametrize(
    ("key", "value", "at"),
    [
        ("fundingOrganization", [{"id": "a"}], "/0/name"),
        ("recipientOrganization", [{"name": "a"}], "/0/id"),
        ("plannedDates", [{"startDate": "soon"}], "/0/startDate"),
        ("plannedDates", [{"duration": -1}], "/0/duration"),
        ("plannedDates", ["soon"], "/0"),
        ("classifications", [{"code": 5}], "/0/code"),
        ("beneficiaryLocation", [{"name": None}], "/0/name"),
    ],
)
def test_a_part_is_of_its_kind(key, value, at):
    assert wrong(**{key: value}) == {f"/grants/0/{key}{at}"}


def test_there_is_one_kind_of_recipient():
    person = {"id": "a", "name": "b"}

    assert wrong(recipientIndividual=person) == {"/grants/0/recipientOrganization"}
    assert wrong(without=["recipientOrganization"]) == {"/grants/0/recipientOrganization"}
    assert wrong(without=["recipientOrganization"], recipientIndividual=person) == set()
    assert wrong(without=["fundingOrganization"]) == {"/grants/0/fundingOrganization"}


def test_an_id_comes_once():
    found = faults_of({"grants": [grant(1), grant(2), grant(1)]})
    assert [fault.column for fault in found] == ["/grants/2/id"]


@pytest.mark.parametrize("package", [{}, {"grants": []}, {"grants": "x"}, {"grants": None}])
def test_a_package_holds_grants(package):
    assert [fault.column for fault in faults_of(package)] == ["/grants"]


def test_a_package_says_its_version():
    assert [fault.column for fault in faults_of({"version": "new", "grants": [grant()]})] == [
        "/version"
    ]
    assert [fault.column for fault in faults_of({"grants": [5]})] == ["/grants/0"]
