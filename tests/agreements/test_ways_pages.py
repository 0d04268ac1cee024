"""The ways to decide: read, taken as a file, brought back."""

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse

from hedgerow.agreements.models import DecisionTemplate
from hedgerow.agreements.ways import read_way, shipped_ways, write_way
from hedgerow.people.models import Role
from tests.factories import scene, signed_in
from tests.front.pages import text_of

pytestmark = pytest.mark.django_db

CONSENT = shipped_ways()[0]
OWN = write_way(CONSENT).replace("slug: consent", "slug: our-own").replace("Consent", "Our own")


@pytest.fixture
def s():
    return scene()


@pytest.fixture
def member(client, s):
    return signed_in(client, s.own.core)


def ways(s, name="ways", *more):
    return reverse(f"agreements:{name}", args=[s.cluster.pk, *more])


def test_each_way_is_explained_and_can_be_taken(member, s):
    page = text_of(member.get(ways(s)))

    for way in shipped_ways():
        assert way.sentence in page
        assert "It is usually open for" in page
        answer = member.get(ways(s, "way_file", way.slug))
        assert "attachment" in answer["Content-Disposition"]
        assert read_way(answer.content, name="it") == (way, ())


def test_a_way_is_pasted_and_stands_beside_the_others_with_its_versions(member, s):
    for text in (OWN, OWN.replace("Our own", "Our better own")):
        assert member.post(ways(s, "keep_way"), {"pasted": text}).status_code == 302

    page = text_of(member.get(ways(s)))
    assert "Our better own" in page
    assert "Its versions (2)" in page
    first = member.get(ways(s, "way_file", "our-own") + "?number=1").content.decode()
    assert first == OWN
    assert b"Our better own" in member.get(ways(s, "way_file", "our-own")).content


def test_a_file_with_faults_is_listed_by_line_and_shown_to_be_mended(member, s):
    wrong = OWN.replace("carries: consent", "carries: dice")
    row = next(n for n, line in enumerate(wrong.splitlines(), start=1) if "dice" in line)

    answer = member.post(
        ways(s, "keep_way"), {"file": SimpleUploadedFile("own.yaml", wrong.encode())}
    )

    assert answer.status_code == 422
    assert "One thing is wrong with it" in text_of(answer)
    assert f'<th scope="row" class="num">{row}</th>' in answer.content.decode()
    assert "carries: dice" in answer.content.decode()
    assert not DecisionTemplate.objects.exists()


@pytest.mark.parametrize(
    ("sent", "sentence"),
    [
        ({}, "Paste a way to decide, or choose a file."),
        ({"pasted": "   "}, "Paste a way to decide, or choose a file."),
        ({"pasted": "x" * 20_001}, "Make it shorter"),
        ({"file": SimpleUploadedFile("own.yaml", b"\xff\xfe")}, "not text in UTF-8"),
        ({"file": SimpleUploadedFile("own.yaml", b"a" * 20_001)}, "too large"),
    ],
)
def test_what_cannot_be_a_way_is_refused_in_a_sentence(member, s, sent, sentence):
    answer = member.post(ways(s, "keep_way"), sent)

    assert answer.status_code == 422
    assert sentence in text_of(answer)


def test_a_file_that_is_not_there_is_not_found(member, s):
    assert member.get(ways(s, "way_file", "dice")).status_code == 404
    for number in ("1", "x", "99999"):
        assert member.get(ways(s, "way_file", "consent") + f"?number={number}").status_code == 404


@pytest.mark.parametrize(
    ("role", "reads", "keeps"),
    [
        (Role.CORE, 200, 302),
        (Role.FACILITATOR, 200, 302),
        (Role.STAFF, 200, 403),
        (Role.DEPUTY, 200, 403),
        (Role.SUPPORTER, 200, 403),
        (Role.SPONSOR, 404, 404),
        (Role.MANAGER, 404, 404),
    ],
)
def test_who_reads_the_ways_and_who_keeps_one(client, s, role, reads, keeps):
    somebody = signed_in(client, s.seats[role])

    page = somebody.get(ways(s))

    assert page.status_code == reads
    assert (b"Bring your own" in page.content) == (keeps == 302)
    assert somebody.post(ways(s, "keep_way"), {"pasted": OWN}).status_code == keeps
