"""`hedgerow decide`: the same count from a file, without a database."""

import json
import subprocess
import sys
from dataclasses import asdict

import pytest
from click.testing import CliRunner

from hedgerow.cli import cli

from .polls import WAYS

SOUND = {
    "way": "consent",
    "options": [1, 2],
    "entitled": [1, 2, 3],
    "said": [
        {"organisation": 1, "stance": "agree", "option": 2},
        {"organisation": 2, "stance": "agree", "option": 2},
        {"organisation": 3, "stance": "abstain"},
    ],
}


@pytest.fixture
def decide(tmp_path):
    def called(held, *words):
        file = tmp_path / "votes.json"
        file.write_text(held if isinstance(held, str) else json.dumps(held), encoding="utf-8")
        return CliRunner().invoke(cli, ["decide", str(file), *words])

    return called


def test_it_says_what_the_votes_come_to(decide):
    told = decide(SOUND)

    assert told.exit_code == 0, told.output
    assert told.output.startswith("It is carried: option 2.\n3 of 3 spoke; 3 needed.\n")


def test_for_a_machine_it_is_the_whole_tally(decide):
    told = json.loads(decide(SOUND, "--json").output)

    assert (told["outcome"], told["chosen"]) == ("carried", 2)
    assert told["counts"] == {"agree": 2, "abstain": 1, "disagree": 0, "block": 0}
    assert told["by_option"] == {"1": 0, "2": 2}


def test_a_way_of_ones_own_is_written_out(decide):
    way = {**asdict(WAYS["consent"]), "carries": "everyone"}
    assert decide({**SOUND, "way": way}).output.startswith("It is not carried.")


@pytest.mark.parametrize(
    ("held", "sentence"),
    [
        ("{", "this is not JSON"),
        ([], "it must hold way, options"),
        ({**SOUND, "more": 1}, "and nothing else"),
        ({**SOUND, "way": "shouting"}, "must be one of consent, majority, everyone"),
        ({**SOUND, "way": {"slug": "ours"}}, "or hold slug, number"),
        ({**SOUND, "way": {**asdict(WAYS["consent"]), "number": "1"}}, "must be numbers"),
        ({**SOUND, "way": {**asdict(WAYS["consent"]), "carries": "no"}}, "“carries” is one of"),
        ({**SOUND, "way": {**asdict(WAYS["consent"]), "open_days": 0}}, "days cannot be"),
        ({**SOUND, "options": {}}, "“options” must be a list"),
        ({**SOUND, "entitled": ["1"]}, "must hold whole numbers"),
        ({**SOUND, "entitled": [True]}, "must hold whole numbers"),
        ({**SOUND, "said": [7]}, "vote 1 must hold organisation and stance"),
        ({**SOUND, "said": [{"organisation": 1, "stance": "shrug"}]}, "vote 1: the stance"),
        ({**SOUND, "said": [{"organisation": "1", "stance": "block"}]}, "vote 1: organisation"),
        ({**SOUND, "said": SOUND["said"] * 2}, "an organisation speaks twice"),
        ({**SOUND, "options": []}, "there is nothing to agree to"),
    ],
)
def test_a_file_that_means_nothing_is_refused_in_a_sentence(decide, held, sentence):
    told = decide(held)
    assert told.exit_code == 1
    assert sentence in told.output and told.output.startswith("votes.json: ")

    for_a_machine = decide(held, "--json")
    assert for_a_machine.exit_code == 1
    assert sentence in json.loads(for_a_machine.output)["fault"]


def test_it_never_loads_django(tmp_path):
    (tmp_path / "votes.json").write_text(json.dumps(SOUND), encoding="utf-8")
    asked = (
        "import sys; from hedgerow.cli import cli; "
        f"cli(['decide', {str(tmp_path / 'votes.json')!r}], standalone_mode=False); "
        "sys.exit('django' in sys.modules)"
    )
    told = subprocess.run(
        [sys.executable, "-P", "-c", asked], capture_output=True, text=True, check=False
    )
    assert told.returncode == 0, told.stderr
