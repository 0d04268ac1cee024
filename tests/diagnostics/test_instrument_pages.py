"""What is asked can be read to the end by anybody, with every limit, before anybody answers."""

from io import BytesIO

import pytest
from django.urls import reverse
from openpyxl import load_workbook

from hedgerow.diagnostics.questions import packs
from hedgerow.diagnostics.questions.asked import asks_for
from hedgerow.diagnostics.questions.instruments import Kind
from tests.front.pages import text_of

pytestmark = pytest.mark.django_db

SLUGS = tuple(packs.shipped())


def test_the_list_names_every_instrument_and_about_how_long_it_takes(
    client, django_assert_max_num_queries
):
    with django_assert_max_num_queries(3):
        page = text_of(client.get(reverse("diagnostics:instruments")))
    for instrument in packs.shipped().values():
        assert instrument.name in page
        assert instrument.sentence in page
    assert "About six minutes, by our own guess" in page


@pytest.mark.parametrize("slug", SLUGS)
def test_a_page_holds_every_question_and_every_limit(client, slug, django_assert_max_num_queries):
    instrument = packs.shipped()[slug]
    with django_assert_max_num_queries(3):
        page = text_of(client.get(reverse("diagnostics:instrument", args=[slug])))
    for section in instrument.sections:
        assert section.name in page
    for item in instrument.items:
        assert item.question in page
        assert asks_for(item) in page
        for one in (*item.options, *item.rows):
            assert one.name in page
        for column in item.columns:
            assert f"{column.name}. {asks_for(column)}" in page
    assert instrument.note in page
    assert instrument.source.licence in page


def test_a_page_says_which_questions_flag_and_what_is_public(client):
    page = text_of(client.get(reverse("diagnostics:instrument", args=["ict-baseline"])))
    assert page.count("“No” here means below the baseline.") == 5
    assert "“No” to one of five of them means below the baseline" in page
    assert "A self-check, not a certificate." in page
    facts = text_of(client.get(reverse("diagnostics:instrument", args=["key-facts"])))
    assert "This is public knowledge. It is filled in for you from the public registers" in facts


def test_nobody_finds_an_instrument_that_there_is_not(client):
    for name in ("instrument", "blank_workbook", "instrument_file"):
        assert client.get(reverse(f"diagnostics:{name}", args=["nothing"])).status_code == 404


@pytest.mark.parametrize("slug", SLUGS)
def test_the_blank_workbook_opens_and_asks_the_same(client, slug):
    answered = client.get(reverse("diagnostics:blank_workbook", args=[slug]))
    book = load_workbook(BytesIO(b"".join(answered.streaming_content)))
    said = {str(cell.value) for sheet in book for row in sheet.iter_rows() for cell in row}
    for item in packs.shipped()[slug].items:
        assert item.kind is Kind.FILE or any(item.question in words for words in said), item.slug


def test_the_file_of_an_instrument_is_handed_out_as_it_stands(client):
    answered = client.get(reverse("diagnostics:instrument_file", args=["capacity"]))
    again, faults = packs.read_instrument(answered.content, name="capacity.yaml")
    assert (again, faults) == (packs.shipped()["capacity"], ())
    assert "attachment" in answered["Content-Disposition"]


def test_the_crosswalk_says_what_hardly_anybody_asks(client):
    page = text_of(client.get(reverse("diagnostics:crosswalk")))
    assert "What hardly anybody asks Working between organisations." in page
    assert "Two of six ask about it" in page
    assert "It marks nobody" in page


def test_a_table_counts_line_by_line(client):
    page = text_of(client.get(reverse("diagnostics:instrument", args=["capacity"])))
    assert "20 questions About six minutes" in page


def test_the_crosswalk_leads_to_our_own_questions(client):
    page = client.get(reverse("diagnostics:crosswalk"))
    assert reverse("diagnostics:instrument", args=["self-check"]) in page.content.decode()
    assert "Money. What is set aside for tools and for putting them right." in text_of(page)
    assert "We do not ask" not in text_of(page)
