"""A file as an answer: kept whole, of a few kinds, and handed out as a download only."""

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse

from hedgerow.core.actions import Refused, Stale
from hedgerow.core.owners import Audience
from hedgerow.diagnostics.actions import finish_sheet, keep_file, remove_file
from hedgerow.diagnostics.file_kinds import MOST_BYTES, kind_of
from hedgerow.diagnostics.known import answers_of
from hedgerow.diagnostics.models import AnswerFile, Shared
from hedgerow.diagnostics.questions.instruments import Kind
from hedgerow.diagnostics.questions.packs import catalogue
from tests.factories import actor, signed_in
from tests.front.pages import page, text_of

from .scenes_rounds import opened
from .scenes_sheets import PDF, begun, share

pytestmark = pytest.mark.django_db

ITEM = next(item for item in catalogue()["purchasing"].items if item.kind is Kind.FILE)
SECTION = catalogue()["purchasing"].section_of(ITEM.slug).slug


@pytest.fixture
def sheet(s):
    return begun(opened(s, "purchasing").askings.get(), s.own.core)


def keep(s, sheet, name="list.pdf", content=PDF, **more):
    return keep_file(
        by=actor(s.own.core),
        sheet=sheet,
        item=more.pop("item", ITEM.slug),
        name=name,
        content=content,
        version=more.pop("version", sheet.version),
    )


def section_url(sheet):
    return reverse("diagnostics:answer_section", args=[sheet.pk, SECTION])


@pytest.mark.parametrize(
    ("name", "content", "kind"),
    [
        ("a.pdf", b"%PDF-1.4", "pdf"),
        ("A.PDF", b"%PDF-1.4", "pdf"),
        ("a.png", b"\x89PNG\r\n\x1a\n...", "png"),
        ("a.jpeg", b"\xff\xd8\xff\xe0", "jpeg"),
        ("a.xlsx", b"PK\x03\x04...", "xlsx"),
        ("a.csv", "Supplier,£\n".encode(), "csv"),
        ("a.csv", b"a,\x00", None),
        ("a.pdf", b"<html>", None),
        ("a.html", b"<html>", None),
        ("a.svg", b"<svg>", None),
        ("a.exe", b"MZ", None),
        ("pdf", b"%PDF-1.4", None),
        (".pdf", b"%PDF-1.4", None),
        ("a.pdf.html", b"%PDF-1.4", None),
    ],
)
def test_a_file_is_what_its_name_and_its_first_bytes_say_together(name, content, kind):
    assert kind_of(name, content) == kind


def test_another_file_takes_the_place_of_the_first(s, sheet):
    sheet = keep(s, sheet)
    sheet = keep(s, sheet, name="newer.pdf")

    file = AnswerFile.objects.get()
    assert file.name == "newer.pdf"
    assert answers_of(sheet)[ITEM.slug] == {"file": file.pk, "name": "newer.pdf"}


@pytest.mark.parametrize(
    ("name", "content", "said"),
    [
        ("a.pdf", b"", "nothing in the file"),
        ("a.pdf", PDF + b" " * MOST_BYTES, "larger than 2 MB"),
        ("a.exe", b"MZ", "PDF, PNG, JPEG"),
    ],
)
def test_a_file_that_is_not_kept_is_refused_in_a_sentence(s, sheet, name, content, said):
    with pytest.raises(Refused, match=said):
        keep(s, sheet, name=name, content=content)


def test_no_file_answers_a_question_that_asks_for_none(s, sheet):
    with pytest.raises(Refused, match="No file is asked for"):
        keep(s, sheet, item="bought")


def test_a_file_does_not_write_over_what_was_not_seen(s, sheet):
    keep(s, sheet)
    with pytest.raises(Stale):
        keep(s, sheet, name="other.pdf", version=1)


def test_its_own_button_keeps_the_page_with_it(client, s, sheet):
    signed_in(client, s.own.core)
    sent = client.post(
        section_url(sheet),
        {
            "version": "1",
            "give_file": ITEM.slug,
            f"q_{ITEM.slug}": SimpleUploadedFile("C:\\of us\\list.pdf", PDF),
        },
    )

    assert sent["Location"] == section_url(sheet)
    assert "Here already: list.pdf" in page(client, section_url(sheet))

    client.post(section_url(sheet), {"version": "2", "remove_file": ITEM.slug})
    assert not AnswerFile.objects.exists()
    assert answers_of(sheet) == {}


def test_keeping_the_section_leaves_the_file(client, s, sheet):
    keep(s, sheet)
    signed_in(client, s.own.core).post(section_url(sheet), {"version": "2"})

    assert ITEM.slug in answers_of(sheet)


def test_a_wrong_file_says_so_on_the_page(client, s, sheet):
    signed_in(client, s.own.core)
    sent = client.post(
        section_url(sheet),
        {"version": "1", f"q_{ITEM.slug}": SimpleUploadedFile("a.html", b"<script>")},
    )

    assert sent.status_code == 409
    assert "no file of a kind that we keep" in text_of(sent)


def test_it_is_handed_out_as_a_download_to_whom_the_section_is_shown(client, s, sheet):
    sheet = keep(s, sheet, name="Ours “new”.pdf")
    finish_sheet(by=actor(s.own.core), sheet=sheet, version=sheet.version)
    file = AnswerFile.objects.get()
    url = reverse("diagnostics:answer_file", args=[file.pk])

    sent = signed_in(client, s.own.core).get(url)

    assert sent.content == PDF
    assert sent["Content-Disposition"].startswith("attachment; filename=")
    assert sent["X-Content-Type-Options"] == "nosniff"
    shared = Shared.objects.get(section=SECTION)
    share(s.own.core, shared, Audience.ONLY_US)
    page(client, url, s.own.second, status=404)
    page(client, url, s.own.facilitator, status=404)
    share(s.own.core, shared, Audience.CLUSTER)
    assert signed_in(client, s.own.second).get(url).status_code == 200


def test_a_file_can_be_taken_out_once(s, sheet):
    sheet = keep(s, sheet)
    by = actor(s.own.core)
    sheet = remove_file(by=by, sheet=sheet, item=ITEM.slug, version=sheet.version)

    again = remove_file(by=by, sheet=sheet, item=ITEM.slug, version=sheet.version)

    assert again.version == sheet.version
    assert answers_of(sheet) == {}
