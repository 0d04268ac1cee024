"""PDFs: what is typed is shown and never run, and the same comes out everywhere."""

import io
import re
from pathlib import Path

import pytest
from pypdf import PdfReader

from hedgerow.core import typeset as setting
from hedgerow.core.actions import Refused
from hedgerow.core.typeset import NotTypeset, typeset
from hedgerow.units import pounds

EXAMPLE = Path(setting.__file__).parents[1] / "look/typst/example.typ"
BEGIN = '#show: paper.with(title: data.title, by: "Hazelford", date: data.date)\n'
ONE = BEGIN + "#data.said\n"

FILLED = {
    "title": "One client record",
    "subtitle": "For the panel",
    "cluster": "Hazelford neighbours",
    "members": ["Hazel House", "Ford Advice"],
    "date": "2026-03-17",
    "asked": 2150000,
    "days": 12,
    "aim": "We keep one list.\n\nIt takes until autumn.",
    "steps": [{"what": "Agree on names", "who": "Ford Advice", "days": 12, "pence": 123405}],
    "risks": ["Nobody has time in June."],
}

HOSTILE = {
    "code": '#import "@preview/cetz:0.3.4": * #panic() #read("/etc/passwd")',
    "brackets": ")] } ] #] $x^2$ ```raw``` `a`",
    "marks": "*not bold* _not slanted_ = no heading - no list + 1. no",
    "references": "@somebody <label> ~ -- --- ... https://example.org // no comment /* nor here */",
    "backslashes": '\\ \\u{41} \\n \\" \' "',
    "json": '"}, {"title": "another"}',
    "page": "<script>alert(1)</script> &amp; {{ title }} {% now %}",
    "other letters": "Zażółć Ωμέγα Привет crèche ½ £ €",
    "one long word": "a" * 400,
}


def one(said: str) -> bytes:
    return typeset(ONE, {"title": "A title", "date": "2026-03-17", "said": said})


def read(pdf: bytes) -> PdfReader:
    return PdfReader(io.BytesIO(pdf))


def text_of(pdf: bytes) -> str:
    return "\n".join(page.extract_text() for page in read(pdf).pages)


def close(text: str) -> str:
    """Without what breaking lines puts in or takes away."""
    return re.sub(r"[\s\u200b\u00ad]", "", text)


def metadata(pdf: bytes) -> str:
    return read(pdf).trailer["/Root"]["/Metadata"].get_object().get_data().decode()


def fonts(pdf: bytes) -> set[str]:
    return {
        font.get_object()["/BaseFont"].split("+")[-1].split("-")[0]
        for page in read(pdf).pages
        for font in page["/Resources"]["/Font"].values()
    }


def test_the_example_shows_every_piece_of_the_house_style():
    text = " ".join(text_of(typeset(EXAMPLE.read_text(), FILLED)).split())

    for piece in (
        "One client record For the panel",
        "Asked for £21,500",
        "Sent in 17 March 2026",
        "We keep one list. It takes until autumn.",
        "Step Who Days Cost",
        "Agree on names Ford Advice 12 £1,234.05",
        "Together 12 £21,500",
        "Nobody has time in June.",
        "One client record, 17 March 2026 1 of 1",
    ):
        assert piece in text


def test_a_table_that_runs_on_says_its_head_on_every_page():
    steps = FILLED["steps"] * 120
    pages = read(typeset(EXAMPLE.read_text(), {**FILLED, "steps": steps})).pages

    assert len(pages) > 2
    for at, page in enumerate(pages[:-1], 1):
        text = page.extract_text()
        assert re.search(r"Step\s+Who\s+Days\s+Cost", text)
        assert f"{at} of {len(pages)}" in text


@pytest.mark.parametrize("pence", [0, 5, 99, 100, 99_999, 100_000, 123_456_789, -5, -1_234_550])
def test_sums_are_written_as_on_pages(pence):
    pdf = typeset(
        BEGIN + "Sum: #pounds(data.sum).", {"title": "T", "date": "2026-03-17", "sum": pence}
    )
    assert f"Sum:{pounds(pence)}." in close(text_of(pdf)).replace("−", "-")


@pytest.mark.parametrize("said", HOSTILE.values(), ids=HOSTILE)
def test_what_people_type_is_shown_and_not_run(said):
    assert close(said) in close(text_of(one(said)))


def test_a_hostile_title_is_only_a_title():
    title = '#panic("x") ] <a> @b $c$'
    pdf = typeset(ONE, {"title": title, "date": "2026-03-17", "said": "words"})

    assert read(pdf).metadata.title == title
    assert close(title) in close(text_of(pdf))


def test_what_has_no_shape_at_all_is_left_out():
    assert "before and after" in text_of(one("before\x00 and\x07 \ufffeafter"))
    assert "half a pair" in text_of(one("half a pair \ud83c"))


def test_what_no_font_has_takes_away_the_promise_and_nothing_else():
    with_tree = one("tea 🌳 biscuits 你好 שלום مرحبا")

    assert re.search("tea.*biscuits", text_of(with_tree))
    assert "/StructTreeRoot" in read(with_tree).trailer["/Root"]
    assert "pdfuaid" not in metadata(with_tree)
    assert "<pdfuaid:part>1</pdfuaid:part>" in metadata(one("שלום مرحبا"))


def test_a_long_word_stays_on_the_paper():
    lines = [line for line in text_of(one("w" * 400)).splitlines() if "ww" in line]
    assert len(lines) > 3


def test_it_says_its_title_its_language_and_its_makers():
    pdf = read(one("words"))

    assert pdf.metadata.title == "A title"
    assert pdf.metadata.author == "Hazelford"
    assert pdf.trailer["/Root"]["/Lang"] == "en-GB"
    assert pdf.trailer["/Root"]["/ViewerPreferences"]["/DisplayDocTitle"]
    assert pdf.trailer["/Root"]["/MarkInfo"]["/Marked"]


def test_the_same_data_makes_the_same_bytes():
    assert typeset(EXAMPLE.read_text(), FILLED) == typeset(EXAMPLE.read_text(), FILLED)
    assert one("this") != one("that")


def test_the_only_day_in_it_is_the_one_it_was_given():
    told = read(one("words")).metadata

    assert told["/CreationDate"] == told["/ModDate"] == "D:20260317000000Z"
    today = typeset(ONE + "#datetime.today().display()", {**FILLED, "said": ""})
    assert "1970-01-01" in text_of(today)


def test_only_the_fonts_that_come_with_it_are_used():
    wished = '#set text(font: ("Arial", "Liberation Sans", "DejaVu Sans", "Noto Sans"))\nwords'
    pdf = typeset(BEGIN + wished + " مرحبا", {"title": "T", "date": "2026-03-17"})

    assert fonts(pdf) <= {"LibertinusSerif", "DejaVuSansMono"}
    assert fonts(pdf)


@pytest.mark.parametrize(
    "template",
    [
        '#import "@preview/cetz:0.3.4"',
        '#include "other.typ"',
        "#eval(data.said)",
        '#plugin("x.wasm")',
    ],
)
def test_a_template_may_bring_nothing_in(template, monkeypatch):
    monkeypatch.setattr(setting, "_SETTER", Path("nowhere"))  # refused before anything is set
    with pytest.raises(NotTypeset) as refused:
        typeset(ONE + template, {**FILLED, "said": "1 + 1"})
    assert "may not say" in refused.value.why


@pytest.mark.parametrize("call", ["read", "json", "csv", "yaml", "image"])
def test_a_template_reads_no_file_of_this_machine(call, tmp_path):
    there = tmp_path / "there.json"
    there.write_text("[1]")
    for path in ("/etc/passwd", str(there), f"../../../../../..{there}"):
        with pytest.raises(NotTypeset) as refused:
            typeset(ONE + f'#{call}("{path}")', {**FILLED, "said": ""})
        assert re.search("file not found|escape the project root", refused.value.why)


def test_a_fault_is_told_without_what_people_typed():
    with pytest.raises(NotTypeset) as fault:
        typeset(ONE + "#panic(data.said)", {**FILLED, "said": "our secret"})

    assert "our secret" in fault.value.why
    assert str(fault.value) == "The PDF could not be made. The page itself can be printed instead."


def test_more_than_two_megabytes_are_refused():
    with pytest.raises(Refused, match="too long for one PDF"):
        one("word " * 400_000)


def test_what_takes_too_long_is_ended(monkeypatch):
    monkeypatch.setattr(setting, "_LONGEST", 0)
    with pytest.raises(NotTypeset) as fault:
        one("words")
    assert "0 seconds" in fault.value.why
