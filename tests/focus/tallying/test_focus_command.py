"""`hedgerow focus tally`: what it prints, for people and for machines, and that it loads no Django."""

import json
import subprocess
import sys

import pytest
from click.testing import CliRunner

from hedgerow.cli import cli

from .files import META, lines, points


@pytest.fixture
def tallied(tmp_path):
    def run(found, *words):
        path = tmp_path / "list.pb"
        path.write_text("\n".join(found), encoding="utf-8")
        return CliRunner().invoke(cli, ["focus", "tally", str(path), *words])

    return run


def told(result):
    assert result.exit_code == 0, result.output
    return json.loads(result.stdout)


def test_a_machine_is_told_these_things(tallied):
    found = told(tallied(lines(), "--json"))

    assert list(found) == [
        "rule", "completion", "budget", "cost", "selected", "ties", "projects",
    ]  # fmt: skip
    assert (found["rule"], found["completion"]) == ("equal-shares", "none")
    assert (found["budget"], found["cost"], found["selected"]) == (400, 400, ["van", "rota"])
    assert found["ties"] == []
    assert [one["project_id"] for one in found["projects"]] == ["van", "rota"]
    assert found["projects"][0]["paid"] == [{"voters": 3, "each": "100"}]
    assert found["projects"][0]["votes"] == 3


def test_for_what_is_not_selected_it_says_how_near(tallied):
    changed = [line.replace("rota;100", "rota;150") for line in lines()]
    rota = told(tallied(changed, "--json"))["projects"][1]

    assert (rota["selected"], rota["backers_hold"], rota["short_by"]) == (False, "100", "50")
    assert "short by 50.00" in tallied(changed).stdout


@pytest.mark.parametrize("rule", ["equal-shares", "greedy", "red-spot"])
@pytest.mark.parametrize("utility", ["cost", "count", "score"])
@pytest.mark.parametrize("ties", ["file", "name", "cost", "votes"])
def test_every_rule_answers_people_and_machines(tallied, rule, utility, ties):
    words = ["--rule", rule, "--utility", utility, "--ties", ties]

    # With two backers the rota is cheap for each mark, and leaves one of the van's with too little.
    both = rule != "equal-shares" or utility == "cost"
    selected = {"van", "rota"} if both else {"rota"}
    cost = 400 if both else 100
    assert set(told(tallied(lines(), *words, "--json"))["selected"]) == selected
    first = tallied(lines(), *words).stdout.splitlines()[0]
    assert first == f"Selected: {len(selected)}. They cost {cost} of 400."


def test_completion_is_named_and_done(tallied):
    cheaper = [line.replace("rota;100", "rota;90") for line in lines()]
    for completion in ("add1u", "greedy"):
        found = told(tallied(cheaper, "--completion", completion, "--json"))
        assert (found["completion"], found["cost"]) == (completion, 390)


def test_a_tie_is_shown(tallied):
    level = [line.replace("300", "400").replace("rota;100", "rota;400") for line in lines()]
    level = [line.replace("2;van,rota", "2;van").replace("3;van", "3;rota") for line in level]
    found = told(tallied(level, "--rule", "greedy", "--json"))

    assert found["ties"] == [{"round": 1, "between": ["van", "rota"], "chosen": "van"}]
    said = tallied(level, "--rule", "greedy").stdout
    assert "van, rota were equally good; van came first by file" in said


LONG = ["project_id;cost", *(f"{key};1" for key in "abcde")]


def test_level_at_the_bottom_nothing_drops_until_the_group_says(tallied):
    rows = ["voter_id;vote", "1;a,b,c", "2;a,b,c"]
    found = told(tallied(lines(projects=LONG, votes=rows), "--rule", "red-spot", "--json"))

    assert found["selected"] == []
    assert found["ties"] == [{"round": 1, "between": ["d", "e"], "chosen": None}]
    words = ["--rule", "red-spot", "--drop-level"]
    assert told(tallied(lines(projects=LONG, votes=rows), *words, "--json"))["selected"] == [
        "a", "b", "c",
    ]  # fmt: skip
    assert "level at the bottom" in tallied(lines(projects=LONG, votes=rows), *words[:2]).stdout


def test_a_red_spot_in_the_file_strikes_out(tallied):
    rows = ["voter_id;vote;red_spot", "1;a,b,c;", "2;a,b,c;a"]
    words = ["--rule", "red-spot", "--drop-level"]
    found = tallied(lines(projects=LONG, votes=rows), *words)

    assert "Struck out by a red spot: a" in found.stdout
    assert "a" not in told(tallied(lines(projects=LONG, votes=rows), *words, "--json"))["selected"]
    rows[2] = "2;a;boat"
    assert tallied(lines(projects=LONG, votes=rows), *words).exit_code == 1


def test_it_explains(tallied):
    changed = [line.replace("rota;100", "rota;150") for line in lines()]
    found = told(tallied(changed, "--explain", "--json"))["explained"]

    assert found["near"][0]["price"] == 100
    assert found["voters"][3]["wanted"] == []
    assert found["steady"][0] == {"project_id": "van", "still": 5, "changes": 8}
    said = tallied(changed, "--explain").stdout
    assert "would have been selected" in said
    assert "at this price: 100" in said
    assert "or less" not in said


def test_it_does_not_explain_what_would_take_for_ever(tallied):
    many = ["voter_id;vote", *(f"{n};van" for n in range(3000))]

    for words in (["--explain"], ["--explain", "--json"]):
        assert tallied(lines(votes=many), *words).exit_code == 1
    assert tallied(lines(), "--rule", "red-spot", "--explain").exit_code == 1


def test_a_broken_file_is_refused_by_line(tallied):
    broken = lines(meta=[*META, "num_votes;5"])
    found = tallied(broken)

    assert (found.exit_code, found.stdout) == (1, "")
    assert found.stderr.startswith("list.pb:7: num_votes is 5, and there are 4")
    found = tallied(broken, "--json")
    assert found.exit_code == 1
    assert json.loads(found.stdout)["faults"][0]["row"] == 7


def test_decimals_are_told_in_the_currency(tallied):
    found = told(tallied([line.replace("400", "400.25") for line in lines()], "--json"))

    assert (found["budget"], found["cost"]) == (400.25, 400)


def test_points_decide_by_score(tallied):
    scored = points("scoring", "1;van,rota;1,9", "2;van,rota;1,9")
    found = told(tallied(scored, "--utility", "score", "--json"))

    assert found["selected"] == ["rota", "van"]


def test_it_never_loads_django(tmp_path):
    path = tmp_path / "list.pb"
    path.write_text("\n".join(lines()), encoding="utf-8")
    asked = (
        "import sys; from hedgerow.cli import cli; "
        f"cli(['focus', 'tally', {str(path)!r}, '--explain'], standalone_mode=False); "
        "sys.exit('django' in sys.modules)"
    )
    done = subprocess.run([sys.executable, "-c", asked], capture_output=True, check=False)

    assert done.returncode == 0, done.stderr
