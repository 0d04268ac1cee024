"""An organisation's public face: said whole, refused in sentences, never overwritten unseen."""

import pytest

from hedgerow.core.actions import Refused, Stale
from hedgerow.core.actors import Actor
from hedgerow.core.models import Event
from hedgerow.people import actions
from hedgerow.people.models import Role
from tests.factories import OrganisationFactory, SeatFactory, scene, signed_in

pytestmark = pytest.mark.django_db
COMMAND = Actor.command()


def said(organisation, **more):
    return {
        "version": organisation.version,
        "name": organisation.name,
        "words": "",
        "legal_form": "",
        "income_band": "",
        "identifiers": "",
        "postcode": "",
        "areas": "",
        **more,
    }


def send(client, organisation, **more):
    return client.post(f"/organisations/{organisation.pk}/describe/", said(organisation, **more))


def test_an_organisation_on_no_register_gets_a_number_of_ours():
    organisation = actions.create_organisation(by=COMMAND, name="Open Door")

    assert str(organisation.identifiers.get()) == f"XI-HEDGEROW-{organisation.pk:07}"


def test_a_register_number_takes_the_place_of_ours():
    organisation = actions.create_organisation(by=COMMAND, name="Open Door")

    actions.describe_organisation(
        by=COMMAND, organisation=organisation, version=1, name="Open Door", identifiers=["1096829"]
    )

    assert str(organisation.identifiers.get()) == "GB-CHC-1096829"


def test_two_organisations_do_not_have_one_number():
    actions.create_organisation(by=COMMAND, name="Open Door", identifiers=["1096829"])

    with pytest.raises(Refused, match="Another organisation has the number 1096829"):
        actions.create_organisation(by=COMMAND, name="Open House", identifiers=["1096829"])


def test_a_postcode_becomes_a_council_and_a_point():
    organisation = actions.create_organisation(by=COMMAND, name="Open Door", postcode="bl11ru")

    assert organisation.postcode == "BL1 1RU"
    assert organisation.authority == "E08000001"
    assert (organisation.easting, organisation.northing) == (371575, 409157)


def test_an_organisation_of_the_published_record_has_no_place_on_a_map():
    with pytest.raises(Refused, match="shows no address"):
        actions.create_organisation(by=COMMAND, name="Real", postcode="BL1 1RU", is_published=True)


def test_the_same_words_again_change_nothing():
    organisation = actions.create_organisation(
        by=COMMAND, name="Open Door", identifiers=["1096829"]
    )

    again = actions.describe_organisation(
        by=COMMAND, organisation=organisation, version=1, name="Open Door", identifiers=["1096829"]
    )

    assert again.version == 1
    assert not Event.objects.filter(did="people.organisation_described").exists()


def test_two_who_write_at_once_do_not_overwrite_each_other():
    organisation = actions.create_organisation(by=COMMAND, name="Open Door")
    actions.describe_organisation(
        by=COMMAND, organisation=organisation, version=1, name="Open Door", words="First."
    )

    with pytest.raises(Stale):
        actions.describe_organisation(
            by=COMMAND, organisation=organisation, version=1, name="Open Door", words="Second."
        )

    organisation.refresh_from_db()
    assert organisation.words == "First."


# on its page


def test_the_core_group_member_describes_it(client):
    seat = SeatFactory()
    signed_in(client, seat)

    answer = send(
        client,
        seat.organisation,
        words="A drop-in.",
        legal_form="cio",
        identifiers="charity no. 1096829\n01234567",
        postcode="BL1 1RU",
        areas="Bolton\nBury Council",
    )

    assert answer.status_code == 302
    page = client.get(answer["Location"]).content.decode()
    for words in ("A drop-in.", "1096829", "01234567", "Bolton and Bury", "BL1 1RU"):
        assert words in page


def test_in_the_second_of_two_tabs_one_is_told_and_sees_the_newest(client):
    seat = SeatFactory()
    signed_in(client, seat)
    send(client, seat.organisation, words="First.")

    answer = send(client, seat.organisation, words="Second.")

    page = answer.content.decode()
    assert answer.status_code == 409
    assert "Somebody else changed this" in page
    assert 'name="version" value="2"' in page
    assert "Second." in page


@pytest.mark.parametrize(
    ("field", "typed", "words"),
    [
        ("name", "", "Fill this in"),
        ("postcode", "Bolton", "not a whole UK postcode"),
        ("postcode", "BL1 8ZZ", "We do not know BL1 8ZZ"),
        ("identifiers", "1096829\nrubbish", "not a number we know the form of"),
        ("areas", "Boltn", "Do you mean Bolton?"),
        ("areas", "Hazelford", "not the name of a council"),
        ("income_band", "rich", "Choose one of those on the list"),
    ],
)
def test_what_is_typed_wrongly_is_said_beside_its_field(client, field, typed, words):
    seat = SeatFactory()
    signed_in(client, seat)

    answer = send(client, seat.organisation, **{field: typed})

    assert answer.status_code == 422
    assert words in answer.content.decode()
    seat.organisation.refresh_from_db()
    assert seat.organisation.version == 1


@pytest.mark.parametrize("role", [Role.STAFF, Role.FACILITATOR, Role.MANAGER])
def test_others_who_see_it_are_refused_with_the_rules_sentence(client, role):
    s = scene()
    signed_in(client, s.seats[role])

    answer = send(client, s.own.organisations[0])

    assert answer.status_code == 403
    assert "Only a Core Group member can say what an organisation is." in answer.content.decode()


def test_the_page_names_only_clusters_that_the_reader_sees(client):
    s = scene()
    first = s.own.organisations[0]
    s.elsewhere.cluster.members.create(organisation=first, joined_at=s.own.core.began_at)
    signed_in(client, s.own.second)

    page = client.get(f"/organisations/{first.pk}/").content.decode()

    assert s.cluster.name in page
    assert s.elsewhere.cluster.name not in page


def test_an_organisation_has_a_name():
    with pytest.raises(Refused, match="has a name"):
        actions.create_organisation(by=COMMAND, name="  ")


def test_an_area_is_a_council():
    with pytest.raises(Refused, match="no local authority with the code X1"):
        actions.create_organisation(by=COMMAND, name="Open Door", areas=["X1"])


def test_words_are_shown_as_words(client):
    seat = SeatFactory(organisation=OrganisationFactory(name="<b>Open</b>"))
    seat.cluster.members.create(organisation=seat.organisation, joined_at=seat.began_at)
    signed_in(client, seat)

    page = client.get(f"/organisations/{seat.organisation_id}/").content.decode()

    assert "<b>Open</b>" not in page
    assert "&lt;b&gt;Open&lt;/b&gt;" in page
