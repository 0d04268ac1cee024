"""An instrument is read from its file, or every fault of it is named by its line."""

import pytest

from hedgerow.diagnostics.questions.answers import MOST_POUNDS
from hedgerow.diagnostics.questions.instruments import Kind, Scored
from hedgerow.diagnostics.questions.packs import instrument_of, read_instrument

WHOLE = """\
slug: tea
version: 3
name: Tea
sentence: How the kettle is.
minutes: 2
scored: spread
note: A trial.
source: {title: Kettles, publisher: Us, year: 2026, licence: Our own words.}
scales:
  liking: [Cold, Warm, Hot]
sections:
  - slug: kettle
    name: The kettle
    audience: cluster
    items:
      - {slug: words, kind: text, question: What is it like, most: 50}
      - {slug: cups, kind: number, question: How many cups, unit: cups, most: 12}
      - {slug: cost, kind: money, question: What did it cost, most: £90}
      - {slug: since, kind: day, question: Since when}
      - {slug: leaks, kind: says, question: Is it tight, note: true, cost: true}
      - {slug: warmth, kind: scale, question: How warm, scale: liking}
      - slug: kind-of
        kind: choice
        question: Which kind?
        options: [{slug: black, name: Black}, {slug: green, name: Green, help: Or white.}]
      - slug: with
        kind: several
        question: With what?
        options: [{slug: milk, name: Milk}, {slug: sugar, name: Sugar}]
      - slug: first
        kind: ranked
        question: What first?
        most: 1
        options: [{slug: tea, name: Tea}, {slug: cake, name: Cake}]
      - slug: biscuits
        kind: table
        question: Which biscuits?
        row_name: Biscuit
        most: 4
        columns: [{slug: left, name: Left over, kind: number, most: 9}]
      - {slug: photo, kind: file, question: A picture}
"""


def faults_of(text: str) -> list[tuple[int, str]]:
    found, faults = read_instrument(text, name="tea.yaml")
    assert found is None
    return [(fault.row, fault.sentence) for fault in faults]


def with_item(*lines: str, scored: str = "nothing") -> str:
    """An instrument with one section, whose items begin on line 14."""
    top = WHOLE.split("    items:\n")[0].replace("scored: spread", f"scored: {scored}")
    return f"{top}    items:\n" + "".join(f"      {line}\n" for line in lines)


def test_a_whole_file_is_read_with_every_kind_and_limit():
    tea, faults = read_instrument(WHOLE, name="tea.yaml")
    assert faults == ()
    assert {item.kind for item in tea.items} == set(Kind)
    assert (tea.title, tea.scored, tea.note) == ("Tea, version 3", Scored.SPREAD, "A trial.")
    assert tea.item("cost").most == 90_00
    assert tea.item("warmth").scale.steps == ("Cold", "Warm", "Hot")
    assert tea.item("with").most == 2, "as many as there are, where the file says nothing"
    assert tea.item("leaks").has_note and tea.item("leaks").has_cost
    assert tea.item("biscuits").columns[0].most == 9
    assert tea.text == WHOLE and len(tea.digest) == 64
    assert instrument_of(WHOLE) == tea
    assert instrument_of(WHOLE) is instrument_of(WHOLE)


def test_a_frozen_text_with_a_fault_is_not_an_instrument():
    with pytest.raises(ValueError, match=r"Line 1: “.*” is missing here"):
        instrument_of("name: Tea\n")


TEXT = "- {slug: a, kind: text, question: Q, most: 9}"


@pytest.mark.parametrize(
    "lines, row, said",
    [
        (["- {slug: a, kind: essay, question: Q}"], 16, "“kind” must be one of text, number"),
        (["- {slug: a, kind: text, question: Q}"], 16, "“most” is missing here"),
        (["- {slug: a, kind: text, question: Q, most: 0}"], 16, "“most” must be a whole number"),
        (["- {slug: a, kind: text, question: Q, most: 9999}"], 16, "from 1 to 2000"),
        (["- {slug: a, kind: money, question: Q, most: £0}"], 16, "“most” must be above nothing"),
        (
            ["- {slug: a, kind: scale, question: Q, scale: loving}"],
            16,
            "there is no scale “loving”",
        ),
        (
            [TEXT[:-1] + ", flags: true}"],
            16,
            "“flags” goes with says only; this is of the kind text",
        ),
        ([TEXT[:-1] + ", unit: cups}"], 16, "“unit” goes with number only"),
        ([TEXT[:-1] + ", colour: red}"], 16, "“colour” is not a name that can stand here"),
        ([TEXT[:-1] + ", known_as: shoes}"], 16, "“known_as” must be one of name, legal_form"),
        ([TEXT[:-1] + ", topic: gardens}"], 16, "“topic” must be one of collaboration"),
        ([TEXT, TEXT], 17, "“a” is the “slug” on line 16 already"),
        ([TEXT.replace("slug: a", "slug: kettle")], 16, "“kettle” is the “slug” on line 12"),
        (["- {slug: a, kind: says, question: Q, flags: true}"], 6, "“flags” (a) means something"),
    ],
)
def test_a_fault_of_an_item_is_said_with_its_line(lines, row, said):
    faults = faults_of(with_item(*lines))
    assert any(at == row and said in sentence for at, sentence in faults), faults


def choice(*options: str) -> list[str]:
    return ["- slug: a", "  kind: choice", "  question: Q", f"  options: [{', '.join(options)}]"]


@pytest.mark.parametrize(
    "options, said",
    [
        (["{slug: x, name: X}"], "“options” must have at least 2"),
        (["{slug: x, name: X}", "{slug: x, name: Y}"], "“x” is the “slug” on line 19 already"),
        (["{slug: x, name: Tea}", "{slug: y, name: TEA}"], "“TEA” and “Tea” would be read as the"),
        (["{slug: x, name: Y}", "{slug: y, name: Z}"], "“Z” and “Y” would be read as the same"),
        (["{slug: x, name: 'A; B'}", "{slug: y, name: C}"], "cannot hold “;”"),
    ],
)
def test_two_answers_that_would_be_read_as_one_are_refused(options, said):
    assert any(said in sentence for _, sentence in faults_of(with_item(*choice(*options))))


def table(*lines: str) -> list[str]:
    columns = "  columns: [{slug: n, name: Number, kind: number}]"
    return ["- slug: a", "  kind: table", "  question: Q", columns, *lines]


ROWS = "  rows: [{slug: r, name: Row}]"


@pytest.mark.parametrize(
    "lines, said",
    [
        (table(), "either “rows” that are asked for, or a “row_name”"),
        (table(ROWS, "  row_name: Thing", "  most: 3"), "either “rows”"),
        (table(ROWS, "  most: 3"), "“most” goes with “row_name”"),
        (table("  row_name: Thing"), "“most” is missing"),
        (table("  row_name: Number", "  most: 3"), "would be read as the same"),
        (["- {slug: a, kind: table, question: Q, row_name: R, most: 3}"], "“columns” is missing"),
        (
            [
                "- slug: a",
                "  kind: table",
                "  question: Q",
                ROWS,
                "  columns: [{slug: n, name: N, kind: several}]",
            ],
            "“kind” must be one of text, number, money, day, says, scale, choice",
        ),
        (
            [
                "- slug: a",
                "  kind: table",
                "  question: Q",
                ROWS,
                "  columns: [{slug: n, name: N, kind: says, flags: true}]",
            ],
            "a column has no “flags”",
        ),
    ],
)
def test_a_table_has_rows_that_are_asked_for_or_named_by_whoever_answers(lines, said):
    faults = faults_of(with_item(*lines))
    assert any(said in sentence for _, sentence in faults), faults


@pytest.mark.parametrize("scored", ["needs", "baseline", "spread", "offers", "sums"])
def test_what_is_counted_must_be_there_to_count(scored):
    [(row, sentence)] = faults_of(with_item(TEXT, scored=scored))
    assert row == 6
    assert sentence.startswith(f"Line 6: “scored” is {scored}: that needs ")


def test_strength_and_priority_are_scales_of_five_steps():
    lines = table(ROWS)
    lines[3] = (
        "  columns: ["
        + ", ".join(
            f"{{slug: {slug}, name: {slug}, kind: scale, scale: liking}}"
            for slug in ("strength", "priority")
        )
        + "]"
    )
    text = with_item(*lines, scored="needs")
    assert "a scale of 5 steps" in faults_of(text)[0][1]
    five = text.replace("[Cold, Warm, Hot]", "[Cold, Cool, Warm, Hot, Boiling]")
    found, faults = read_instrument(five, name="tea.yaml")
    assert faults == () and found.needs_table.slug == "a"


@pytest.mark.parametrize(
    "old, new, row, said",
    [
        ("audience: cluster", "audience: everyone", 14, "one of only_us, facilitator, cluster, fu"),
        ("- slug: kettle", "- slug: finish", 12, "a section cannot have the slug “finish”"),
        ("scored: spread", "scored: harshly", 6, "“scored” must be one of nothing, needs"),
        ("version: 3", "version: 0", 2, "“version” must be a whole number from 1"),
        ("[Cold, Warm, Hot]", "[Cold]", 10, "must have 2 to 10 steps; it has 1"),
        ("[Cold, Warm, Hot]", "[Cold, COLD]", 10, "would be read as the same"),
        ("[Cold, Warm, Hot]", "[Cold, 2 warm]", 10, "must begin with a word"),
        ("[Cold, Warm, Hot]", "none", 10, "“liking” must be a list"),
        ("licence: Our own words.", "licence: ours", 8, "“licence” must be a sentence"),
    ],
)
def test_a_fault_of_the_whole_is_said_with_its_line(old, new, row, said):
    assert old in WHOLE
    faults = faults_of(WHOLE.replace(old, new))
    assert any(at == row and said in sentence for at, sentence in faults), faults


def test_every_fault_is_named_in_one_reading():
    faults = faults_of("slug: Tea\nscored: harshly\nsections: []\ncolour: red\n")
    assert len(faults) >= 8
    assert [row for row, _ in faults] == sorted(row for row, _ in faults)


@pytest.mark.parametrize(
    "text",
    [
        "",
        "- a\n- b\n",
        "slug: [",
        b"\xff\xfe",
        "scales: x\nsections: y\n",
        "sections:\n  - items: 3\n",
        "scales:\n  a: {b: c}\nsections:\n  - items:\n      - kind: table\n        rows: x\n",
    ],
)
def test_nothing_that_somebody_writes_ends_otherwise_than_in_sentences(text):
    found, faults = read_instrument(text, name="x.yaml")
    assert found is None
    assert all(fault.sentence.startswith("Line ") for fault in faults) and faults


def test_an_amount_without_a_limit_has_the_usual_one():
    text = with_item("- {slug: a, kind: money, question: Q}")
    found, _ = read_instrument(text, name="tea.yaml")
    assert found.item("a").most == MOST_POUNDS
