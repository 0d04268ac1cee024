"""Grants in JSON: what is read, what is kept with a note, what is refused and where."""

import codecs
import json
from datetime import date
from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from hedgerow.grants.giving.shapes import (
    Classification,
    Money,
    Organisation,
    Period,
    Person,
    Place,
    Programme,
)

from .files import GRANT, grant, places, read, sentences


def one(**changed):
    found = read([grant(**changed)])
    assert not found.faults, found.faults
    return found.grants[0]


def test_a_grant_is_read_whole():
    told = one(
        amountAppliedFor=20000.5,
        amountDisbursed=0,
        plannedDates=[{"startDate": "2026-04", "endDate": "2027-03-31", "duration": 12}],
        grantProgramme=[{"code": "C2", "title": "Collaborate"}],
        beneficiaryLocation=[{"name": "Bolton", "geoCode": "E08000001", "geoCodeType": "MD"}],
        classifications=[{"vocabulary": "Ours", "code": "x", "title": "Vans"}],
        fromOpenCall="Yes",
        dataSource="https://example.org/grants.json",
        dateModified="2026-03-18T09:30:00Z",
    )

    assert (told.id, told.title) == ("360G-hedge-1", "A van for three")
    assert told.awarded == Money("GBP", Decimal(15000))
    assert told.awarded.pence == 15_000_00
    assert told.applied_for.pence == 20_000_50
    assert told.disbursed.pence == 0
    assert told.awarded_on == date(2026, 3, 17)
    assert told.funders == (Organisation(id="GB-CHC-2", name="The Hedge Fund"),)
    assert told.recipients == (Organisation(id="GB-CHC-1", name="Mill Street Shelter"),)
    assert told.planned == (Period(start="2026-04", end="2027-03-31", months=Decimal(12)),)
    assert told.programmes == (Programme(code="C2", title="Collaborate"),)
    assert told.places == (Place(name="Bolton", code="E08000001", kind="MD"),)
    assert told.classifications == (Classification(vocabulary="Ours", code="x", title="Vans"),)
    assert told.from_open_call is True
    assert told.source == "https://example.org/grants.json"
    assert told.modified == "2026-03-18T09:30:00+00:00"


def test_a_person_can_be_the_recipient():
    person = {"id": "360G-hedge-p", "name": "Individual recipient"}
    told = one(without=["recipientOrganization"], recipientIndividual=person)

    assert told.person == Person(id="360G-hedge-p", name="Individual recipient")
    assert told.recipients == ()


def test_an_award_date_can_have_an_hour():
    for words in ("2026-03-17T00:00:00+00:00", "2026-03-17T10:30:00", "2026-03-17T10:30:00.5Z"):
        assert one(awardDate=words).awarded_on == date(2026, 3, 17)


def test_another_currency_is_kept_exactly_and_is_no_pence():
    told = one(currency="KWD", amountAwarded=12.345)

    assert told.awarded == Money("KWD", Decimal("12.345"))
    assert told.awarded.pence is None


def test_noise_of_counting_in_binary_is_no_half_penny():
    assert one(amountAwarded=11999.279999999999).awarded.pence == 11_999_28


def test_nobodys_address_is_kept():
    where = {"streetAddress": "1 Hidden Lane", "postalCode": "BL1 1AA", "email": "a@example.org"}
    parties = [{"id": "GB-CHC-1", "name": "A refuge", **where}]

    assert "Hidden" not in repr(one(recipientOrganization=parties))
    assert "example.org" not in repr(one(recipientOrganization=parties))


IN = "/grants/0"


@pytest.mark.parametrize("key", ["id", "title", "currency", "amountAwarded", "awardDate"])
@pytest.mark.parametrize("value", ["missing", None, "", "  ", [], {}, True, "wrong type"])
def test_what_a_grant_needs_is_there_and_of_its_type(key, value):
    changed = {key: ("1,200" if key == "amountAwarded" else 5) if value == "wrong type" else value}
    found = read([grant(without=[key])] if value == "missing" else [grant(**changed)])

    assert (found.n_rows, found.n_faulty, found.grants) == (1, 1, ())
    assert places(found) == [(1, f"{IN}/{key}")]


@pytest.mark.parametrize("key", ["recipientOrganization", "fundingOrganization"])
@pytest.mark.parametrize(
    ("value", "at"),
    [
        (None, ["/0/id", "/0/name"]),
        ([], ["/0/id", "/0/name"]),
        ("Mill Street", [""]),
        (5, [""]),
        (["Mill Street"], ["/0"]),
        ([{}], ["/0/id", "/0/name"]),
        ([{"id": "GB-CHC-1"}], ["/0/name"]),
        ([{"name": "Mill Street"}], ["/0/id"]),
        ([{"id": 5, "name": None}], ["/0/id", "/0/name"]),
        ([{"id": "GB-CHC-1", "name": "Mill Street"}, {"id": "GB-CHC-3"}], ["/1/name"]),
    ],
)
def test_parties_have_an_id_and_a_name(key, value, at):
    assert places(read([grant(**{key: value})])) == [(1, f"{IN}/{key}{end}") for end in at]


def test_a_grant_to_an_organisation_and_a_person_is_not_guessed():
    both = read([grant(recipientIndividual={"id": "p", "name": "Somebody"})])

    assert places(both) == [(1, f"{IN}/recipientIndividual")]
    assert places(read([grant(without=["recipientOrganization"], recipientIndividual="me")])) == [
        (1, f"{IN}/recipientIndividual"),
        (1, f"{IN}/recipientOrganization/0/id"),
        (1, f"{IN}/recipientOrganization/0/name"),
    ]


@pytest.mark.parametrize(
    ("changed", "says"),
    [
        ({"amountAwarded": 12.345}, "12.345 is not a whole number of pence"),
        ({"amountAwarded": 10**11}, "more than Hedgerow can hold"),
        ({"amountAwarded": "15000"}, "This is words, and a number is needed."),
        ({"currency": "pounds"}, "“pounds” is not a currency"),
        ({"awardDate": "24/07/2014"}, "“24/07/2014” is not a day that we can read"),
        ({"awardDate": "2026-02-30"}, "There is no such day as “2026-02-30”"),
        ({"awardDate": "2026-02-01T25:00:00Z"}, "There is no such day"),
        ({"title": "A\u0000van"}, "U+0000"),
        ({"title": "A \ud800 van"}, "U+D800"),
        ({"title": "x" * 32_768}, "more than 32,767 characters"),
    ],
)
def test_the_reason_is_a_sentence(changed, says):
    found = read([grant(**changed)])

    assert len(found.faults) == 1
    assert says in found.faults[0].sentence


def test_ids_that_come_twice_are_refused_all():
    found = read([grant(1), grant(2), grant(1), grant(3, title=None), grant(3)])

    assert [told.id for told in found.grants] == ["360G-hedge-2"]
    assert (found.n_rows, found.n_faulty) == (5, 4)
    assert [fault.column for fault in found.faults] == [
        "/grants/0/id", "/grants/2/id", "/grants/3/title", "/grants/3/id", "/grants/4/id",
    ]  # fmt: skip
    assert "also in /grants/2." in found.faults[0].sentence


@pytest.mark.parametrize("value", [5, None, "a grant", [1], True])
def test_what_is_no_grant_is_accounted_for(value):
    found = read([value, grant()])

    assert (len(found.grants), found.n_faulty) == (1, 1)
    assert places(found) == [(1, "/grants/0")]


@pytest.mark.parametrize(
    ("words", "means"),
    [("Y", True), ("yes", True), ("TRUE", True), ("N", False), ("no", False), (True, True)],
)
def test_yes_and_no_in_other_spellings_are_kept_with_a_note(words, means):
    found = read([grant(1, fromOpenCall=words), grant(2, fromOpenCall=words)])

    assert [told.from_open_call for told in found.grants] == [means, means]
    assert f"is read as {'Yes' if means else 'No'}. (2 times; first: /grants/0/" in found.notes[0]


def test_a_currency_in_small_letters_is_kept_with_a_note():
    found = read([grant(currency="gbp")])

    assert found.grants[0].awarded.pence == 15_000_00
    assert found.notes == ("“gbp” is read as GBP. (once; first: /grants/0/currency)",)


@pytest.mark.parametrize(
    ("changed", "field"),
    [
        ({"fromOpenCall": "Perhaps"}, "From An Open Call?"),
        ({"dateModified": "13-03-2015"}, "Last Modified"),
        ({"dateModified": "2015-03-13T10:00:00"}, "Last Modified"),
        ({"dataSource": "our files"}, "Data Source"),
        ({"dataSource": "javascript:alert(1)"}, "Data Source"),
        ({"description": 5}, "Description"),
        ({"amountAppliedFor": "many"}, "Amount Applied For"),
        ({"amountDisbursed": 0.001}, "Amount Disbursed"),
        ({"plannedDates": "soon"}, "Planned Dates"),
        ({"plannedDates": ["soon"]}, "Planned Dates"),
        ({"plannedDates": [{"startDate": "soon"}]}, "Planned Dates:Start Date"),
        ({"plannedDates": [{"duration": -2}]}, "Planned Dates:Duration (months)"),
        ({"grantProgramme": [{"title": 5}]}, "Grant Programme:Title"),
    ],
)
def test_a_grant_is_kept_without_what_it_does_not_need_and_cannot_be_read(changed, field):
    found = read([grant(**changed)])

    assert (len(found.grants), found.faults) == (1, ())
    assert found.notes[0].startswith(f"{field} was left out where it cannot be read: ")


def test_unknown_columns_are_noted_once():
    found = read(
        [
            grant(
                1, Department="Vans", recipientOrganization=[{"id": "a", "name": "b", "mood": 1}]
            ),
            grant(2, Department="Boats"),
        ]
    )

    assert len(found.grants) == 2
    assert found.notes == ("Not in 360Giving, so not read: “Department”, “Recipient Org:mood”.",)


def test_beside_the_grants_a_package_tells_of_itself():
    found = read(
        json.dumps({"version": "1.4", "publisher": {"name": "X"}, "x": 1, "grants": [GRANT]})
    )

    assert len(found.grants) == 1
    assert found.notes == ("Not in 360Giving, so not read: “x”.",)


@pytest.mark.parametrize("number", ["NaN", "Infinity", "-Infinity"])
def test_what_is_no_number_is_refused_wherever_it_stands(number):
    text = json.dumps({"grants": [grant(1, deep=[{"x": 5555}]), grant(2)]}).replace("5555", number)
    found = read(text)

    assert [told.id for told in found.grants] == ["360G-hedge-2"]
    assert sentences(found) == [f"{number} is no number that JSON knows."]


def test_a_key_that_comes_twice_is_told():
    text = json.dumps({"grants": [GRANT]}).replace('"title":', '"title": "Boats", "title":')
    found = read(text)

    assert (found.n_faulty, found.grants) == (1, ())
    assert sentences(found) == ["“title” stands twice in one object. Keep one of them."]


@pytest.mark.parametrize("digits", ["9" * 101, "1." + "0" * 200, "1e99999999999999999999"])
def test_a_number_of_any_length_is_told_and_does_not_take_long(digits):
    found = read(json.dumps({"grants": [grant(x=5555)]}).replace("5555", digits))
    assert "is longer than any amount" in sentences(found)[0]


@pytest.mark.parametrize("digits", ["1e400", "-1e400", "1e99"])
def test_an_amount_beyond_all_is_refused(digits):
    text = json.dumps({"grants": [grant(amountAwarded=5555)]}).replace("5555", digits)
    assert "more than Hedgerow can hold" in sentences(read(text))[0]


@pytest.mark.parametrize(
    "encode",
    [
        lambda text: codecs.BOM_UTF8 + text.encode(),
        lambda text: text.encode("utf-16"),
        lambda text: codecs.BOM_UTF16_BE + text.encode("utf-16-be"),
        lambda text: text.encode("utf-32"),
        lambda text: b" \r\n\t" + text.encode(),
    ],
)
def test_marks_of_an_encoding_are_read(encode):
    text = json.dumps({"grants": [grant(title="Café £")]}, ensure_ascii=False)
    assert read(encode(text)).grants[0].title == "Café £"


def whole_file(data):
    """The row and the sentence of the one fault of a file of which nothing was read."""
    found = read(data)
    assert (found.n_rows, found.grants, len(found.faults)) == (0, (), 1)
    return found.faults[0].row, found.faults[0].sentence


TEXT = json.dumps({"version": "1.4", "grants": [grant(1), grant(2)]}, indent=1)
N_LINES = TEXT.count("\n") + 1


@pytest.mark.parametrize(
    ("spoiled", "line", "says"),
    [
        ("", 0, "The file is empty"),
        ("  \n", 2, "cut"),
        ("[1]", 1, "has to begin with {"),
        ('{"version": "1.4"}', 0, "holds no list “grants”"),
        ('{"grants": []}', 0, "There are no grants in this file"),
        ('{"grants": {}}', 1, "“grants” has to be a list"),
        ('{"grants": 5}', 1, "“grants” has to be a list"),
        ("{grants: []}", 1, "a name in quotation marks"),
        ('{"a": 1, "a": 2, "grants": []}', 1, "“a” stands twice"),
        ('{"a" 1}', 1, "A colon is missing"),
        (TEXT + "x", N_LINES, "something follows"),
        (TEXT[:-4], N_LINES - 1, "cut"),
        (TEXT[:-60], N_LINES - 6, "cut"),
        (TEXT.replace('"GBP",', '"GBP",,,', 1), 8, "a name in quotation marks is due"),
        (TEXT.replace('"GBP",', '"GBP"', 1), 9, "a comma is missing"),
        (TEXT.replace("A van", "A\tvan", 1), 6, "a line break or a tab"),
        (TEXT.replace("15000", "01500", 1), 9, "a comma is missing or out of place"),
        ('{"grants": [' + "[" * 100_000, 1, "put into one another"),
        ('{"grants": [{"a": "' + "x" * 5_000_000, 1, "longer than 4 million characters"),
        ('{"grants": [{"a": [' + "1," * 3_000_000, 1, "longer than 4 million characters"),
        ('{"a": "' + "x" * 1000, 1, "never ends"),
        (TEXT.replace("A van", "A \\van", 1), 6, "a backslash"),
        ('{"grants": [1, ]}', 1, "a value is due"),
        ('{"version": NaN, "grants": []}', 1, "NaN is no number"),
        (TEXT.encode().replace(b"A van", b"A v\xe9n", 1), 6, "not in UTF-8"),
    ],
)
def test_what_is_not_json_is_refused_whole_by_its_line(spoiled, line, says):
    row, sentence = whole_file(spoiled)

    assert (row, says in sentence) == (line, True), sentence


def test_of_a_thousand_faults_all_are_counted():
    found = read([grant(n, title=None) for n in range(1200)])

    assert (found.n_faulty, len(found.faults)) == (1200, 1001)
    assert found.faults[-1].sentence.startswith("There are 1,200 faults; 1,000 are told")


def test_reading_twice_gives_the_same():
    data = [grant(1), grant(2, fromOpenCall="Y"), grant(3, title=None), grant(1)]
    assert read(data) == read(data)


def test_a_file_is_read_in_pieces_as_it_is_read_at_once(monkeypatch):
    held = {"x": 12345, "grants": [6789, *(grant(n, title=f"Café {n} 🚐") for n in range(9))]}
    data = json.dumps(held, ensure_ascii=False)
    whole = read(data)
    for size in (1, 2, 3, 7, 64):
        monkeypatch.setattr("hedgerow.grants.giving.jsons._CHUNK", size)
        assert read(data) == whole
    assert (len(whole.grants), whole.n_faulty) == (9, 1)


@given(st.data())
def test_a_file_cut_or_garbled_is_read_or_refused_and_never_breaks(data):
    text = TEXT.encode()
    place = data.draw(st.integers(0, len(text)))
    garbage = data.draw(st.binary(max_size=6) | st.sampled_from([b'"', b"{", b"[", b",", b"9"]))
    found = read(text[:place] + garbage + text[place + data.draw(st.integers(0, 9)) :])

    assert found.grants or found.faults


anything = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats(allow_nan=False) | st.text(max_size=5),
    lambda of: st.lists(of, max_size=3) | st.dictionaries(st.text(max_size=5), of, max_size=3),
    max_leaves=6,
)


@given(st.sampled_from([*GRANT, "plannedDates", "grantProgramme", "recipientIndividual"]), anything)
def test_whatever_stands_in_a_field_the_grant_is_read_or_refused(key, value):
    found = read([grant(**{key: value}), grant(7)])

    assert found.n_rows == 2
    assert found.grants[-1].id == "360G-hedge-7" or found.n_faulty == 2


@pytest.mark.parametrize("number", ["1e999999", "-1e999999999", "1e999999999"])
def test_an_exponent_beyond_all_is_refused(number):
    text = json.dumps({"grants": [grant(amountAwarded=777)]}).replace("777", number)
    assert "more than Hedgerow can hold" in sentences(read(text))[0]


def test_nothing_is_nothing_with_either_sign():
    assert str(one(amountAwarded=-0.0).awarded.amount) == "0"


def test_a_currency_is_in_plain_letters():
    assert "not a currency" in sentences(read([grant(currency="\u017f\u017f\u017f")]))[0]


def test_one_key_twice_among_many_is_found_at_once():
    many = ",".join(f'"{n}": 1' for n in range(300_000))
    found = read(f'{{"grants": [{{{many}, "z": 1, "z": 2}}]}}')

    assert sentences(found)[0] == "“z” stands twice in one object. Keep one of them."


def test_what_cannot_be_seen_is_not_quoted_as_it_is():
    """Half a letter cannot be printed, and some signs move a terminal's pen."""
    lost = {"\ud800": 1, "a\x1b[2J": 1, "two\nlines": 1}
    found = read(json.dumps({**lost, "grants": [grant(1, id="\ud800", **lost)] * 2}))

    for said in (*sentences(found), *found.notes):
        assert said.isprintable(), said
    assert "The id “\ufffd” comes more than once" in sentences(found)[1]
    assert found.notes[-1].startswith("Not in 360Giving, so not read: “\ufffd”, “a\ufffd[2J”,")
