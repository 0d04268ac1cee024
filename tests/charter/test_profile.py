"""What a cluster shows to the world; and that of a picture only its pixels are kept."""

import struct
import zlib
from io import BytesIO
from random import Random
from zipfile import ZipFile

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse
from hypothesis import given, settings
from hypothesis import strategies as st
from PIL import Image, PngImagePlugin

from hedgerow.charter import actions
from hedgerow.charter.logos import (
    CUT_SHORT,
    MOST_GIVEN,
    MOST_KEPT,
    MOVES,
    NOT_A_PICTURE,
    SIDE,
    TOO_MANY,
    draw_anew,
)
from hedgerow.charter.models import Logo, Profile
from hedgerow.core import clock
from hedgerow.core.actions import Refused
from hedgerow.core.models import Event
from hedgerow.people.actions import publish_cluster
from hedgerow.people.models import Cluster, Role
from tests.factories import actor, scene, signed_in
from tests.front.pages import page, text_of

from . import scenes_rest
from .scenes_rest import picture


@pytest.fixture
def s(db):
    return scene()


def url(name, cluster):
    return reverse(f"charter:{name}", args=[cluster.pk])


def opened(drawn):
    return Image.open(BytesIO(drawn.png))


def noise(size, mode="RGB"):
    """A picture that no compression makes small."""
    scramble = Random(7).randbytes(size[0] * size[1] * len(mode))
    out = BytesIO()
    Image.frombytes(mode, size, scramble).save(out, "PNG")
    return out.getvalue()


# pictures


@pytest.mark.parametrize(
    "given",
    [
        picture(),
        picture(format="JPEG"),
        picture(format="WEBP"),
        picture(format="GIF"),
        picture(mode="L", colour=9),
        picture(mode="1", colour=1),
        picture(mode="P", colour=3),
        picture(mode="LA", colour=(9, 128)),
        picture(mode="RGBA", colour=(1, 2, 3, 4)),
        picture(mode="I;16", colour=40000),
        picture(mode="CMYK", colour=(10, 200, 30, 4), format="JPEG"),
    ],
    ids=[
        "png",
        "jpeg",
        "webp",
        "gif",
        "grey",
        "bit",
        "palette",
        "grey-alpha",
        "alpha",
        "16-bit",
        "cmyk",
    ],
)
def test_a_picture_becomes_a_plain_png_of_the_same_size(given):
    drawn = draw_anew(given)

    with opened(drawn) as kept:
        assert kept.format == "PNG"
        assert kept.mode in ("RGB", "RGBA")
        assert kept.size == (drawn.width, drawn.height) == (60, 40)


def test_colours_and_what_shines_through_are_kept():
    with opened(draw_anew(picture(mode="RGBA", colour=(10, 20, 30, 40)))) as kept:
        assert kept.getpixel((5, 5)) == (10, 20, 30, 40)
    with opened(draw_anew(picture(mode="I;16", colour=65535))) as kept:
        assert kept.getpixel((5, 5)) == (255, 255, 255)


def test_where_and_by_whom_it_was_taken_is_gone():
    exif = Image.Exif()
    exif[0x013B] = "Canary Photographer"
    exif.get_ifd(0x8825)[1] = "N"
    given = picture(
        format="JPEG", exif=exif, comment=b"canary comment", icc_profile=b"canary profile"
    )
    assert given.count(b"anary") == 3

    drawn = draw_anew(given)

    assert b"anary" not in drawn.png
    with opened(drawn) as kept:
        assert not kept.getexif()
        assert not kept.info


def test_words_in_a_png_are_gone():
    words = PngImagePlugin.PngInfo()
    words.add_text("Author", "Canary")
    words.add_itxt("Comment", "Canary", zip=False)

    assert b"Canary" not in draw_anew(picture(pnginfo=words)).png


def test_only_these_parts_stand_in_what_is_kept():
    png = draw_anew(noise((300, 200))).png

    kinds, at = set(), 8
    while at < len(png):
        (length,) = struct.unpack(">I", png[at : at + 4])
        kinds.add(png[at + 4 : at + 8])
        at += 12 + length
    assert kinds <= {b"IHDR", b"PLTE", b"tRNS", b"IDAT", b"IEND"}


def test_a_photograph_on_its_side_stands_up():
    exif = Image.Exif()
    exif[0x0112] = 6

    drawn = draw_anew(picture(size=(60, 40), format="JPEG", exif=exif))

    assert (drawn.width, drawn.height) == (40, 60)


@pytest.mark.parametrize(
    ("size", "kept"),
    [
        ((2000, 1000), (512, 256)),
        ((10, 3000), (2, 512)),
        ((1, 1), (1, 1)),
        ((512, 512), (512, 512)),
    ],
)
def test_it_fits_into_512_by_512_and_keeps_its_shape(size, kept):
    drawn = draw_anew(picture(size=size))

    assert (drawn.width, drawn.height) == kept


@pytest.mark.parametrize("mode", ["RGB", "RGBA"])
def test_even_the_busiest_picture_is_kept_in_200_kb(mode):
    given = noise((600, 600), mode)
    assert MOST_KEPT < len(given) < MOST_GIVEN

    drawn = draw_anew(given)

    assert len(drawn.png) <= MOST_KEPT
    assert max(drawn.width, drawn.height) <= SIDE
    with opened(drawn) as kept:
        assert kept.size == (drawn.width, drawn.height)


def huge_png(width, height):
    """A few bytes that say they are a great many pixels."""

    def part(kind, body):
        return (
            struct.pack(">I", len(body)) + kind + body + struct.pack(">I", zlib.crc32(kind + body))
        )

    head = struct.pack(">IIBBBBB", width, height, 8, 2, 0, 0, 0)
    body = zlib.compress(bytes(100_000))
    return b"\x89PNG\r\n\x1a\n" + part(b"IHDR", head) + part(b"IDAT", body) + part(b"IEND", b"")


def moving(kind):
    frames = [Image.new("RGB", (20, 20), (shade, 0, 0)) for shade in (0, 90, 200)]
    out = BytesIO()
    frames[0].save(out, kind, save_all=True, append_images=frames[1:], duration=100)
    return out.getvalue()


SVG = b'<svg xmlns="http://www.w3.org/2000/svg"><script>alert(1)</script></svg>'


@pytest.mark.parametrize(
    ("given", "sentence"),
    [
        (b"", NOT_A_PICTURE),
        (b"hello", NOT_A_PICTURE),
        (SVG, NOT_A_PICTURE),
        (b"%PDF-1.7 and so on", NOT_A_PICTURE),
        (picture(format="BMP"), NOT_A_PICTURE),
        (picture(format="TIFF"), NOT_A_PICTURE),
        (picture(format="ICO"), NOT_A_PICTURE),
        (picture(size=(300, 300), format="JPEG")[:900], CUT_SHORT),
        (noise((90, 90))[:5000], CUT_SHORT),
        (huge_png(50_000, 50_000), TOO_MANY),
        (huge_png(20_000, 1_000), TOO_MANY),
        (huge_png(10_000, 10_000), TOO_MANY),
        (huge_png(3_000, 3_000), CUT_SHORT),
        (moving("GIF"), MOVES),
        (moving("WEBP"), MOVES),
        (moving("PNG"), MOVES),
        (b"x" * (MOST_GIVEN + 1), "larger than 2 MB"),
    ],
    ids=[
        "empty",
        "words",
        "svg",
        "pdf",
        "bmp",
        "tiff",
        "ico",
        "cut-jpeg",
        "cut-png",
        "bomb",
        "wide",
        "warned",
        "short",
        "gif",
        "webp",
        "apng",
        "big",
    ],
)
def test_what_is_no_standing_picture_is_refused_with_a_sentence(given, sentence):
    with pytest.raises(Refused) as refused:
        draw_anew(given)

    assert sentence in str(refused.value)


def with_a_zip_behind(given):
    out = BytesIO()
    with ZipFile(out, "w") as archive:
        archive.writestr("canary.html", SVG)
    return given + out.getvalue()


@pytest.mark.parametrize(
    "given",
    [
        with_a_zip_behind(picture()),
        with_a_zip_behind(picture(format="GIF")),
        picture(format="JPEG") + b"<script>canary()</script>",
        picture(format="JPEG", comment=b"*/=canary();/*"),
        picture(format="WEBP") + SVG,
    ],
)
def test_a_picture_that_is_something_else_besides_is_a_picture_and_nothing_else(given):
    drawn = draw_anew(given)

    assert b"canary" not in drawn.png
    assert b"script" not in drawn.png
    assert b"PK\x03\x04" not in drawn.png
    assert drawn.png.endswith(b"IEND\xaeB`\x82")


@settings(max_examples=60)
@given(st.data())
def test_whatever_is_given_there_is_a_picture_or_a_sentence(data):
    given = bytearray(data.draw(st.sampled_from([picture(), picture(format="GIF"), JPEG, WEBP])))
    for _ in range(data.draw(st.integers(1, 8))):
        given[data.draw(st.integers(0, len(given) - 1))] = data.draw(st.integers(0, 255))

    try:
        drawn = draw_anew(bytes(given))
    except Refused as refused:
        assert str(refused).endswith(".")
    else:
        assert len(drawn.png) <= MOST_KEPT


JPEG, WEBP = picture(format="JPEG"), picture(format="WEBP")


def test_the_same_picture_is_drawn_the_same():
    assert draw_anew(picture()).digest == draw_anew(picture()).digest


# giving one


def give(client, s, content, *, name="logo.png", described="A hedge", seat=None):
    return signed_in(client, seat or s.own.core).post(
        url("set_logo", s.cluster),
        {"file": SimpleUploadedFile(name, content), "described": described},
    )


@pytest.mark.parametrize("name", ["logo.png", "logo.svg", "logo.html", "../../etc/passwd", "logo"])
def test_a_picture_counts_by_what_is_in_it_not_by_its_name(client, s, name):
    assert give(client, s, picture(format="JPEG"), name=name).status_code == 302

    assert Logo.objects.get().described == "A hedge"


@pytest.mark.parametrize(
    ("content", "described", "said"),
    [
        (SVG, "A hedge", "This is not a picture we can read."),
        (b"", "A hedge", "This file is empty."),
        (picture(), " ", "for those who do not see it"),
        (picture(), "x" * 121, "Describe it in 120 characters at most."),
        (moving("GIF"), "A hedge", "This picture moves."),
    ],
)
def test_what_cannot_be_taken_is_said_at_its_field(client, s, content, described, said):
    answer = give(client, s, content, described=described)

    assert answer.status_code == 422
    assert said in text_of(answer)
    assert not Logo.objects.exists()


def test_a_form_without_a_file_asks_for_one(client, s):
    answer = signed_in(client, s.own.core).post(url("set_logo", s.cluster), {"described": "A gate"})

    assert answer.status_code == 422
    assert "Choose a picture." in text_of(answer)
    assert "A gate" in answer.content.decode()


def test_another_picture_takes_the_place_of_the_first(client, s):
    scenes_rest.logo(s)

    give(client, s, picture(size=(30, 30)))

    assert Logo.objects.get().width == 30


def test_a_picture_is_taken_away(client, s):
    scenes_rest.logo(s)

    signed_in(client, s.own.facilitator).post(url("remove_logo", s.cluster))

    assert not Logo.objects.exists()
    assert Event.objects.filter(did="charter.logo_removed").exists()


def test_whoever_does_not_lead_cannot_give_or_take_one(client, s):
    scenes_rest.logo(s)
    for role in (Role.STAFF, Role.SUPPORTER):
        seat = s.own.seats[role]
        assert give(client, s, picture(), seat=seat).status_code == 403
        assert signed_in(client, seat).post(url("remove_logo", s.cluster)).status_code == 403
    assert give(client, s, picture(), seat=s.neighbour.core).status_code == 404


def test_in_the_example_nobody_changes_what_anyone_may_read(client, s):
    Cluster.objects.filter(pk=s.cluster.pk).update(is_example=True)

    answer = give(client, s, picture())

    assert answer.status_code == 409
    assert "The example stays whole" in text_of(answer)
    assert not Logo.objects.exists()


# the file itself


def publish(s, is_public=True):
    s.cluster.refresh_from_db()
    publish_cluster(
        by=actor(s.own.core), cluster=s.cluster, is_public=is_public, version=s.cluster.version
    )
    s.cluster.refresh_from_db()


def public_logo(s):
    return reverse("charter:public_logo", args=[s.cluster.slug])


def test_those_round_the_table_are_sent_the_picture_as_a_png_and_nothing_else(client, s):
    logo = scenes_rest.logo(s)

    answer = signed_in(client, s.own.seats[Role.STAFF]).get(url("logo", s.cluster))

    assert answer.status_code == 200
    assert answer["Content-Type"] == "image/png"
    assert answer["X-Content-Type-Options"] == "nosniff"
    assert answer["ETag"] == f'"{logo.digest}"'
    assert Image.open(BytesIO(answer.content)).size == (60, 40)


def test_a_browser_that_has_it_is_not_sent_it_again(client, s):
    logo = scenes_rest.logo(s)

    answer = signed_in(client, s.own.core).get(
        url("logo", s.cluster), headers={"If-None-Match": f'"{logo.digest}"'}
    )

    assert answer.status_code == 304
    assert answer.content == b""


def test_anyone_sees_the_picture_only_while_the_cluster_wants_a_page(client, s):
    scenes_rest.logo(s)
    assert client.get(public_logo(s)).status_code == 404

    publish(s)
    assert client.get(public_logo(s)).status_code == 200

    publish(s, is_public=False)
    assert client.get(public_logo(s)).status_code == 404
    nothing = client.get(reverse("charter:public_logo", args=["nothing-like-it"]))
    assert nothing.status_code == 404


def test_a_stranger_and_a_neighbour_do_not_see_the_private_address(client, s):
    scenes_rest.logo(s)
    assert client.get(url("logo", s.cluster)).status_code in (302, 404)
    assert signed_in(client, s.neighbour.core).get(url("logo", s.cluster)).status_code == 404


# words


WORDS = {
    "about": "We keep people in their homes.",
    "boilerplate": "Three charities of one town.",
    "contact": "together@example.org",
    "version": "1",
}


def test_words_are_written_and_counted(client, s):
    answer = signed_in(client, s.own.core).post(url("write_profile", s.cluster), WORDS, follow=True)

    shown = text_of(answer)
    assert "We keep people in their homes." in shown
    assert "Select all of it and copy: five words" in shown
    assert "together@example.org" in shown


@pytest.mark.parametrize(
    "wrong", [{"contact": "nobody"}, {"about": "x" * 1001}, {"boilerplate": "x" * 1201}]
)
def test_what_does_not_fit_is_said_and_nothing_is_lost(client, s, wrong):
    answer = signed_in(client, s.own.core).post(url("write_profile", s.cluster), {**WORDS, **wrong})

    assert answer.status_code == 422
    assert "needs another look" in text_of(answer)
    assert not Profile.objects.exists()


def test_two_who_write_at_once_do_not_overwrite_each_other(client, s):
    scenes_rest.profile(s)

    clash = signed_in(client, s.own.facilitator).post(url("write_profile", s.cluster), WORDS)

    assert clash.status_code == 409
    assert "As it stands now" in text_of(clash)
    assert "Three charities of one town." in text_of(clash)


def test_the_same_again_is_nothing_to_write_down(s):
    scenes_rest.profile(s)
    scenes_rest.logo(s)
    n = Event.objects.count()

    scenes_rest.profile(s)
    scenes_rest.logo(s)

    assert Event.objects.count() == n


# the page that anyone may read


def test_the_public_page_shows_picture_words_objectives_and_members(client, s):
    scenes_rest.charter(s)
    scenes_rest.profile(s)
    scenes_rest.logo(s)
    publish(s)

    response = client.get(reverse("public_cluster", args=[s.cluster.slug]))

    shown, markup = text_of(response), response.content.decode()
    assert f'src="{public_logo(s)}?v=' in markup
    assert 'alt="A hedge with a gate in it"' in markup
    assert "We help people in one town to keep their homes." in shown
    assert "Services that fit together" in shown
    assert "Three charities of one town that share what none could have alone." in shown
    assert s.own.organisations[0].name in shown


def test_the_public_page_shows_nothing_else_of_the_charter(client, s):
    scenes_rest.charter(s)
    scenes_rest.readiness(s)
    publish(s)

    shown = text_of(client.get(reverse("public_cluster", args=[s.cluster.slug])))

    assert "lost a tender" not in shown
    assert "Learn together" not in shown
    assert "donors" not in shown
    assert "Chief executive" not in shown


def test_before_the_page_is_opened_its_people_see_what_it_would_show(client, s):
    scenes_rest.charter(s)
    scenes_rest.profile(s)
    scenes_rest.logo(s)

    response = signed_in(client, s.own.core).get(reverse("cluster_page", args=[s.cluster.pk]))

    shown, markup = text_of(response), response.content.decode()
    assert f'src="{url("logo", s.cluster)}?v=' in markup
    assert "Three charities of one town that share what none could have alone." in shown
    assert "Services that fit together" in shown


def test_markup_in_the_words_stays_words(client, s):
    signed_in(client, s.own.core).post(
        url("write_profile", s.cluster),
        {**WORDS, "about": "<script>alert(1)</script>", "boilerplate": "</textarea><b>bold"},
    )
    publish(s)

    markup = client.get(reverse("public_cluster", args=[s.cluster.slug])).content.decode()

    assert "<script>alert" not in markup
    assert "</textarea><b>bold" not in markup


def test_nothing_changes_in_a_cluster_that_has_ended(client, s):
    scenes_rest.logo(s)
    Cluster.objects.filter(pk=s.cluster.pk).update(ended_at=clock.now())

    assert "Give another picture" not in page(client, url("profile", s.cluster), s.own.core)
    with pytest.raises(Refused, match="ended on"):
        actions.remove_logo(by=actor(s.own.core), cluster=s.cluster)
