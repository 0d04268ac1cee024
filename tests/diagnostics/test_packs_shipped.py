"""What the ten instruments that come with Hedgerow promise."""

import json
import subprocess
import sys

import pytest
from click.testing import CliRunner

from hedgerow.cli import cli
from hedgerow.diagnostics.questions import packs
from hedgerow.diagnostics.questions.instruments import Kind, Scored

SHIPPED = packs.shipped()
EVERY = pytest.mark.parametrize("instrument", SHIPPED.values(), ids=SHIPPED)


def test_there_are_ten_and_the_best_first():
    assert list(packs.catalogue()) == [
        "capacity",
        "key-facts",
        "people",
        "ict-baseline",
        "purchasing",
        "training",
        "objectives",
        "collective-impact",
        "system-conditions",
        "self-check",
    ]


def test_every_kind_of_question_is_used_somewhere():
    assert {item.kind for one in SHIPPED.values() for item in one.items} == set(Kind)
    assert {one.scored for one in SHIPPED.values()} == set(Scored)


def test_capacity_asks_of_the_twenty_functions_twice():
    capacity = SHIPPED["capacity"]
    assert [row.slug for row in capacity.needs_table.rows] == [
        "outcomes",
        "computers",
        "it-support",
        "data-protection",
        "client-records",
        "training",
        "employment",
        "recruitment",
        "volunteers",
        "policies",
        "health-safety",
        "accounts",
        "payroll",
        "fundraising",
        "tendering",
        "buying",
        "buildings",
        "publicity",
        "board-briefing",
        "users-say",
    ]
    assert [column.slug for column in capacity.needs_table.columns] == ["strength", "priority"]
    assert [section.audience for section in capacity.sections] == ["cluster"]
    assert capacity.minutes <= 6


def test_the_baseline_has_33_questions_of_which_five_flag():
    ict = SHIPPED["ict-baseline"]
    assert [len(section.items) for section in ict.sections] == [6, 5, 5, 7, 4, 6]
    flags = [item.slug.split("-")[0] for item in ict.items if item.flags]
    assert flags == ["a2", "b1", "c2", "d1", "e1"]
    assert all(item.kind is Kind.SAYS and item.has_note and item.has_cost for item in ict.items)
    assert {section.audience for section in ict.sections} == {"facilitator"}
    assert ict.note == "A self-check, not a certificate."


def test_prices_stay_with_their_owner_unless_it_chooses():
    assert SHIPPED["purchasing"].section_of("bought").audience == "only_us"
    assert SHIPPED["training"].section_of("attend").audience == "only_us"


def test_the_counts_that_the_others_promise():
    impact = SHIPPED["collective-impact"]
    assert [len(section.items) for section in impact.sections] == [5, 5, 9]
    assert len(SHIPPED["system-conditions"].item("eleven").rows) == 11
    assert SHIPPED["system-conditions"].note == "Our reading, not the published text."
    assert len(SHIPPED["objectives"].item("kinds").options) == 4
    assert len(SHIPPED["objectives"].item("needs").options) == 6
    assert len(list(SHIPPED["self-check"].items)) == 10
    assert SHIPPED["self-check"].minutes == 10


@EVERY
def test_nobody_has_to_ask_what_a_question_means(instrument):
    for item in instrument.items:
        assert item.help, item.slug
        assert item.question.endswith((".", "?")), item.slug


@EVERY
def test_words_are_typed_with_the_marks_of_print(instrument):
    """Straight quotes and two hyphens are for machines."""
    read = [instrument.name, instrument.sentence, instrument.note]
    read += [part.name + part.sentence for part in instrument.sections]
    read += [item.question + item.help for item in instrument.items]
    for words in read:
        assert not {"'", '"'} & set(words), words
        assert " - " not in words, words


@EVERY
def test_the_command_says_what_an_instrument_holds(instrument, tmp_path):
    file = tmp_path / "it.yaml"
    file.write_text(instrument.text, encoding="utf-8")
    said = CliRunner().invoke(cli, ["diagnostics", "check", str(file)])
    assert said.exit_code == 0
    assert f"{instrument.title} ({instrument.slug}) is sound." in said.output
    told = json.loads(CliRunner().invoke(cli, ["diagnostics", "check", str(file), "--json"]).output)
    assert told["is_sound"] and told["faults"] == []
    assert [slug for part in told["holds"]["sections"] for slug in part["items"]] == [
        item.slug for item in instrument.items
    ]


def test_the_command_names_every_fault_by_its_line(tmp_path):
    file = tmp_path / "wrong.yaml"
    text = SHIPPED["capacity"].text.replace("scored: needs", "scored: harshly")
    file.write_text(text.replace("kind: table", "kind: chair"), encoding="utf-8")
    said = CliRunner().invoke(cli, ["diagnostics", "check", str(file)])
    assert said.exit_code == 1
    assert "wrong.yaml:10:9: Line 10: “scored” must be one of nothing" in said.output
    assert "“kind” must be one of text" in said.output
    told = json.loads(CliRunner().invoke(cli, ["diagnostics", "check", str(file), "--json"]).output)
    assert not told["is_sound"] and told["holds"] is None
    assert {fault["row"] for fault in told["faults"]} >= {10, 38}


def test_the_command_does_without_django():
    code = (
        "import sys; from click.testing import CliRunner; from hedgerow.cli import cli; "
        "CliRunner().invoke(cli, ['diagnostics', '--help']); "
        "from hedgerow.diagnostics.questions.packs import catalogue; assert len(catalogue()) == 10; "
        "sys.exit('django' in sys.modules)"
    )
    assert subprocess.run([sys.executable, "-c", code], check=False).returncode == 0
