"""Adding an instrument is adding a file: nothing else has to be written for it."""

from datetime import date
from io import BytesIO

import pytest
from click.testing import CliRunner
from django.urls import reverse

from hedgerow.cli import cli
from hedgerow.diagnostics.models import SectionAnswers
from hedgerow.diagnostics.pictures import picture_of
from hedgerow.diagnostics.questions import packs
from hedgerow.diagnostics.questions.instruments import Kind
from hedgerow.diagnostics.workbooks import Form, build, read_workbook
from tests.diagnostics.kinds import EVERY_KIND, FULL
from tests.diagnostics.scenes_rounds import opened
from tests.diagnostics.scenes_sheets import answered
from tests.factories import scene, signed_in
from tests.front.pages import text_of

pytestmark = pytest.mark.django_db

SLUG = EVERY_KIND.slug


@pytest.fixture
def folder(settings, tmp_path):
    """Where this Hedgerow's own instruments lie."""
    settings.HOME = tmp_path
    folder = tmp_path / packs.FOLDER
    folder.mkdir()
    return folder


@pytest.fixture
def added(folder):
    (folder / "every-kind.yaml").write_text(EVERY_KIND.text, encoding="utf-8")
    return packs.catalogue()[SLUG]


def test_a_file_in_the_folder_is_in_the_catalogue(added):
    assert added == EVERY_KIND
    assert list(packs.catalogue()) == [*packs.shipped(), SLUG]
    assert packs.faults_at_home() == ()


def test_without_a_folder_there_are_the_shipped_ones(settings, tmp_path):
    settings.HOME = tmp_path
    assert packs.catalogue() == packs.shipped()


def test_its_page_and_its_blank_workbook_are_there(client, added):
    page = text_of(client.get(reverse("diagnostics:instrument", args=[SLUG])))
    assert all(item.question in page for item in added.items)
    assert added.name in text_of(client.get(reverse("diagnostics:instruments")))
    assert client.get(reverse("diagnostics:blank_workbook", args=[SLUG])).status_code == 200


def test_it_is_asked_in_a_round_answered_and_stands_in_a_picture(client, added):
    here = scene()
    asking = opened(here, SLUG).askings.get()
    assert packs.instrument_of(asking.text) == added
    sheet = answered(here, asking, here.own.core, FULL)
    kept = {}
    for section in SectionAnswers.objects.filter(sheet=sheet):
        kept |= section.answers
    assert kept == FULL
    signed_in(client, here.own.core)
    assert client.get(sheet.get_absolute_url()).status_code == 200
    for section in added.sections:
        url = reverse("diagnostics:answer_section", args=[sheet.pk, section.slug])
        assert client.get(url).status_code == 200
    picture = picture_of(added, {1: kept}, {1: "Ours"})
    assert {beside.item for beside in picture.beside} == kept.keys()


def test_it_goes_into_a_workbook_and_comes_back_the_same(added):
    book = BytesIO()
    form = Form(instrument=added, organisation="Ours", answers=FULL)
    build(book, [form], made_on=date(2027, 3, 31))
    known = {(added.slug, added.version): added}
    reading = read_workbook(book.getvalue(), name="ours.xlsx", instruments=known)
    assert reading.faults == ()
    assert [one.answers for one in reading.forms] == [FULL]
    assert {item.kind for item in added.items} == set(Kind)


def test_a_newer_version_stands_in_the_place_of_a_shipped_one(folder):
    shipped = packs.shipped()["self-check"]
    (folder / "ours.yaml").write_text(shipped.text, encoding="utf-8")
    assert packs.catalogue()["self-check"] is shipped, "the same version changes nothing"
    assert packs.faults_at_home() == ()
    (folder / "ours.yaml").write_text(f"{shipped.text}\n# changed\n", encoding="utf-8")
    assert packs.catalogue()["self-check"] is shipped
    [fault] = packs.faults_at_home()
    assert fault.sentence.endswith("Give this one version 2 or higher.")
    newer = shipped.text.replace("version: 1", "version: 2")
    (folder / "newer.yaml").write_text(newer, encoding="utf-8")
    assert packs.catalogue()["self-check"].version == 2
    assert list(packs.catalogue()) == list(packs.shipped())


def test_a_file_that_cannot_be_used_is_left_out_and_its_fault_is_said(client, folder):
    (folder / "wrong.yaml").write_text("slug: tea\n", encoding="utf-8")
    (folder / "every-kind.yaml").write_text(EVERY_KIND.text, encoding="utf-8")
    assert list(packs.catalogue()) == [*packs.shipped(), SLUG]
    faults = packs.faults_at_home()
    assert {fault.sheet for fault in faults} == {"wrong.yaml"}
    said = f"wrong.yaml: {faults[0].sentence}"
    assert said not in text_of(client.get(reverse("diagnostics:instruments")))
    signed_in(client, scene().own.facilitator)
    assert said in text_of(client.get(reverse("diagnostics:instruments")))
    told = CliRunner().invoke(cli, ["check"]).output
    assert f"! The instrument wrong.yaml cannot be used. {faults[0].sentence}" in told


def test_a_file_that_was_changed_is_read_again(added, folder):
    changed = EVERY_KIND.text.replace("version: 3", "version: 4")
    (folder / "every-kind.yaml").write_text(changed, encoding="utf-8")
    assert packs.catalogue()[SLUG].version == 4
