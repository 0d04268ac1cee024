"""`hedgerow import organisations`: all or nothing, and the same file twice changes nothing."""

import json

import pytest
from click.testing import CliRunner

from hedgerow.cli import cli
from hedgerow.core import chain
from hedgerow.core.models import Event, Upload
from hedgerow.people.models import Cluster, Member, Organisation
from tests.factories import ClusterFactory, IdentifierFactory, MemberFactory, OrganisationFactory

FILE = """\
name,register number,legal form,income band,postcode,what it does
Open Door,1012345; 01234567,Charitable company,"£100,000 to £499,999",BL1 1AA,"Finds homes,
and keeps them."
Roof,,Community group without a register entry,,,
"""


@pytest.fixture(autouse=True)
def home(settings, tmp_path):
    settings.HOME = tmp_path


@pytest.fixture
def call(tmp_path):
    """Calls the command on these words, for the cluster "hazelford"."""

    def run(words, *more, slug="hazelford"):
        file = tmp_path / "list.csv"
        file.write_bytes(words if isinstance(words, bytes) else words.encode())
        return CliRunner().invoke(
            cli, ["import", "organisations", str(file), "--cluster", slug, *more]
        )

    return run


@pytest.fixture
def cluster(transactional_db):
    return ClusterFactory(slug="hazelford", name="Collaborate Hazelford")


def everything():
    return (
        sorted(Organisation.objects.values_list("name", "words", "postcode", "version")),
        Member.objects.count(),
        Event.objects.count(),
    )


def rows(found):
    return [(fault["row"], fault["column"]) for fault in json.loads(found.stdout)["faults"]]


def test_organisations_in_a_file_join_the_cluster(call, cluster):
    done = call(FILE)

    assert done.exit_code == 0, done.output
    door = Organisation.objects.get(name="Open Door")
    assert (door.legal_form, door.income_band) == ("charitable_company", "under_500k")
    assert (door.postcode, door.words) == ("BL1 1AA", "Finds homes,\nand keeps them.")
    assert {str(one) for one in door.identifiers.all()} == {"GB-CHC-1012345", "GB-COH-01234567"}
    assert cluster.members.count() == 2
    assert "2 new here" in done.stderr
    assert "Collaborate Hazelford has 2 more in it." in done.stderr
    assert Event.objects.filter(did="people.organisation_joined").count() == 2
    assert chain.verify() == []


def test_the_same_file_twice_changes_nothing(call, cluster):
    call(FILE)
    before = everything()
    done = call(FILE)

    assert done.exit_code == 0, done.output
    assert everything() == before
    assert "2 as before" in done.stderr
    assert "nothing was changed" in done.stderr


def test_one_fault_and_nothing_changes_and_all_faults_are_told(call, cluster):
    before = everything()
    done = call(FILE + "Ash,12,Club,,BL1,\n\n,1012346,,,,\n")

    assert done.exit_code == 1
    assert everything() == before
    assert [line.split(":")[0] for line in done.stdout.splitlines()] == [
        "Row 4, register number",
        "Row 4, legal form",
        "Row 4, postcode",
        "Row 6, name",
    ]
    assert "Nothing was changed. Mend what is listed" in done.stderr


def test_every_row_is_accounted_for(call, cluster):
    told = json.loads(call(FILE + "Ash,12,,,,\n\n", "--json").stdout)

    assert told["n_rows"] == 4
    assert (told["n_left_out"], told["n_faulty"], told["n_blank"]) == (2, 1, 1)
    assert (told["n_added"], told["n_joined"], told["n_as_before"]) == (0, 0, 0)
    told = json.loads(call(FILE, "--json").stdout)
    assert (told["n_rows"], told["n_added"], told["faults"]) == (2, 2, [])


def test_a_trial_tells_the_same_and_changes_nothing(call, cluster):
    before = everything()
    done = call(FILE, "--dry-run", "--json")

    assert done.exit_code == 0
    assert json.loads(done.stdout)["n_added"] == 2
    assert everything() == before
    assert not Upload.objects.exists()


def test_the_file_is_kept_with_what_was_wrong_with_it(call, cluster):
    call("name\n\n,\n" + "Ash\nASH\n")

    upload = Upload.objects.get()
    assert (upload.name, upload.by_person) == ("list.csv", None)
    assert upload.finished_at
    assert upload.faults[0]["sentence"] == "This is on row 4 already."


def test_an_organisation_is_known_by_its_number_wherever_it_is(call, cluster):
    number = IdentifierFactory(number="1012345", organisation__name="Open Door")
    done = call("Name,Register Number\nOPEN DOOR,1012345\n", "--json")

    assert json.loads(done.stdout)["n_joined"] == 1
    assert cluster.members.get().organisation == number.organisation
    assert Organisation.objects.count() == 1


def test_one_that_left_can_come_back(call, cluster):
    call(FILE)
    Member.objects.filter(organisation__name="Open Door").update(
        left_at=Member.objects.first().joined_at
    )

    assert json.loads(call(FILE, "--json").stdout)["n_joined"] == 1


def test_a_name_is_known_in_its_own_cluster_only(call, cluster):
    OrganisationFactory(name="Roof")
    call("name\nRoof\n")

    assert Organisation.objects.filter(name="Roof").count() == 2


@pytest.mark.parametrize(
    ("row", "column", "said"),
    [
        ("Open Gate,1012345,", "name", "is called “Open Door” here"),
        ("Open Door,1012346,", "register number", "under another number"),
        ("Open Door,1012345; 1099999,", "register number", "Give each a row of its own"),
        ("Open Door,1012345,Finds work.", "what it does", "Only it can change that"),
    ],
)
def test_what_is_an_organisations_own_to_say_is_never_overwritten(call, cluster, row, column, said):
    door = MemberFactory(
        cluster=cluster, organisation__name="Open Door", organisation__words="Finds homes."
    ).organisation
    IdentifierFactory(organisation=door, number="1012345")
    IdentifierFactory(number="1099999")
    before = everything()
    done = call(f"name,register number,what it does\n{row}\n")

    assert done.exit_code == 1
    assert done.stdout.startswith(f"Row 2, {column}: ")
    assert said in done.stdout
    assert everything() == before


def test_a_number_that_comes_twice_is_a_fault(call, cluster):
    done = call("name,register number\nAsh,1012345\nOak,1012345\n", "--json")
    assert rows(done) == [(3, "register number")]


def test_what_an_action_refuses_is_told_with_its_row(call, cluster):
    Cluster.objects.update(is_example=True)
    IdentifierFactory(number="1012345", organisation__name="Open Door")
    before = everything()
    done = call("name,register number\nRoof,\nOpen Door,1012345\n", "--json")

    assert done.exit_code == 1
    assert rows(done) == [(3, "")]
    assert everything() == before


def test_columns_that_are_not_asked_for_are_named(call, cluster):
    assert "Not read, because not asked for: colour." in call("name,colour\nAsh,green\n").stderr


def test_a_file_that_is_no_table_is_told_so(call, cluster):
    done = call(b"PK\x03\x04")

    assert done.exit_code == 1
    assert "CSV UTF-8" in done.stdout


def test_a_cluster_that_is_not_there_is_told_with_those_that_are(call, cluster):
    done = call(FILE, slug="hazelferd")

    assert done.exit_code == 1
    assert "There are: hazelford." in done.stderr


def test_the_published_record_is_closed_to_files(call, cluster):
    Cluster.objects.update(is_published=True)
    assert "which no file is read into" in call(FILE).stderr
