"""Grants as 360Giving: strictly valid, and read back the same."""

import io
from datetime import UTC, date, datetime, timedelta, timezone
from decimal import Decimal

from hypothesis import given
from hypothesis import strategies as st

from hedgerow.grants.giving.loose import words_of
from hedgerow.grants.giving.reading import read_grants
from hedgerow.grants.giving.rules import faults_of
from hedgerow.grants.giving.shapes import (
    Classification,
    Grant,
    Money,
    Organisation,
    Period,
    Person,
    Place,
    Programme,
)
from hedgerow.grants.giving.values import amount
from hedgerow.grants.giving.writing import as_json, write_csv, write_json


def plain(words):
    try:
        return words_of(words, is_typed=True)
    except ValueError:
        return ""


words = st.text(max_size=12).map(plain) | st.sampled_from(
    ["=1+1", "'-5", "+44", "a,b;c", 'a"b', "a\nb"]
)
needed = words.filter(bool)
organisations = st.builds(
    Organisation, id=needed, name=needed, charity_number=words, company_number=words
)
pounds = st.integers(-(10**12), 10**12).map(lambda n: amount(Decimal(n) / 100, "GBP"))
days = st.dates(date(1, 1, 1))
parts_of_days = st.sampled_from(["", "2026", "2026-03"]) | days.map(str)
moments = st.datetimes(timezones=st.just(UTC) | st.just(timezone(timedelta(hours=1))))
several = {"max_size": 2}


def money(of):
    return pounds.map(lambda sum_: Money(of, sum_))


def lists(shapes, empty, **sizes):
    return st.lists(shapes.filter(lambda one: one != empty), **{**several, **sizes}).map(tuple)


@st.composite
def grants(draw):
    of = draw(st.sampled_from(["GBP", "GBP", "EUR", "KWD"]))
    person = draw(st.none() | st.builds(Person, id=needed, name=needed))
    orgs = st.lists(organisations, min_size=1, max_size=2).map(tuple)
    return Grant(
        id=draw(needed),
        title=draw(needed),
        description=draw(needed),
        awarded=draw(money(of)),
        awarded_on=draw(days),
        funders=draw(orgs),
        recipients=() if person else draw(orgs),
        person=person,
        applied_for=draw(st.none() | money(of)),
        disbursed=draw(st.none() | money(of)),
        planned=draw(
            lists(
                st.builds(
                    Period,
                    start=parts_of_days,
                    end=parts_of_days,
                    months=st.none()
                    | st.integers(0, 99).map(lambda n: Decimal(n) / 2).map(lambda n: amount(n, "")),
                ),
                Period(),
            )
        ),
        programmes=draw(lists(st.builds(Programme, code=words, title=words), Programme())),
        places=draw(lists(st.builds(Place, name=words, code=words, kind=words), Place())),
        classifications=draw(
            lists(
                st.builds(
                    Classification, vocabulary=words, code=words, title=words, description=words
                ),
                Classification(),
            )
        ),
        from_open_call=draw(st.none() | st.booleans()),
        source=draw(st.sampled_from(["", "https://example.org/a?b=c#d"])),
        modified=draw(st.just("") | moments.map(datetime.isoformat)),
    )


packages = st.lists(grants(), min_size=1, max_size=3, unique_by=lambda one: one.id)


def written(found, write, name):
    text = io.StringIO(newline="")
    write(found, text)
    return read_grants(io.BytesIO(text.getvalue().encode()), name)


@given(packages)
def test_whatever_is_written_is_strictly_valid_and_is_read_back_the_same(found):
    assert faults_of({"version": "1.4", "grants": [as_json(one) for one in found]}) == []

    for write, name in ((write_json, "list.json"), (write_csv, "list.csv")):
        again = written(found, write, name)
        assert again.faults == ()
        assert again.grants == tuple(found)
        assert not [note for note in again.notes if "below nothing" not in note]


HEDGE = Organisation(id="GB-CHC-2", name="The Hedge Fund")


def small(**changed):
    held = {
        "id": "360G-hedge-1",
        "title": "A van",
        "description": "A red one.",
        "awarded": Money("GBP", Decimal("1200.5")),
        "awarded_on": date(2026, 3, 17),
        "funders": (HEDGE,),
        "recipients": (Organisation(id="GB-CHC-1", name="Mill Street", charity_number="1"),),
    }
    return Grant(**{**held, **changed})


def lines(*found):
    text = io.StringIO(newline="")
    write_csv(found, text)
    return text.getvalue().split("\r\n")


def test_a_table_has_the_titles_of_the_standard():
    assert lines(small(planned=(Period(start="2026-04-01", months=Decimal(12)),))) == [
        (
            "Identifier,Title,Description,Currency,Amount Awarded,Award Date,Planned Dates:Start Date,"
            "Planned Dates:Duration (months),Recipient Org:Identifier,Recipient Org:Name,"
            "Recipient Org:Charity Number,Funding Org:Identifier,Funding Org:Name"
        ),
        (
            "360G-hedge-1,A van,A red one.,GBP,1200.5,2026-03-17,2026-04-01,12,GB-CHC-1,Mill Street,1,"
            "GB-CHC-2,The Hedge Fund"
        ),
        "",
    ]


def test_columns_are_numbered_only_where_there_are_several():
    heading = lines(small(funders=(HEDGE, HEDGE)), small(id="360G-hedge-2"))[0]

    assert heading.endswith(
        "Funding Org:0:Identifier,Funding Org:0:Name,Funding Org:1:Identifier,Funding Org:1:Name"
    )
    assert "Recipient Org:Identifier," in heading


def test_a_spreadsheet_runs_nothing_of_it():
    assert "'=HYPERLINK(1)" in lines(small(title="=HYPERLINK(1)"))[1].split(",")


def test_what_is_not_said_is_left_out():
    told = as_json(small())

    assert told["amountAwarded"] == 1200.5
    assert not {"plannedDates", "dataSource", "fromOpenCall", "amountDisbursed"} & told.keys()
    assert None not in told.values()
