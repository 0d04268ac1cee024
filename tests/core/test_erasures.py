"""What an erasure does with a field, a file and a row; and the list that outlasts every backup."""

import io
import os
from datetime import timedelta

import pytest
from django.db import models, transaction

from hedgerow.core import clock, erasures, tombstones, uploads
from hedgerow.core.actions import Refused, action, record
from hedgerow.core.actors import Actor
from hedgerow.core.models import Event, Upload
from hedgerow.core.owners import Owner
from hedgerow.core.rooms import OnErasure, tables
from hedgerow.people.models import User
from tests.factories import MandateFactory, ProgrammeFactory, SeatFactory, UserFactory

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def home(settings, tmp_path):
    settings.HOME = tmp_path
    return tmp_path


@action
def begin(*, by: Actor) -> None:
    """Any first event at all: it is what a database's lineage is known by."""
    programme = ProgrammeFactory()
    record("people.programme_created", by=by, to=programme, owner=(Owner.PROGRAMME, programme.pk))


def erase(user):
    with transaction.atomic():
        return erasures.erase(user.pk, user.email, named=[])


# fields


@pytest.mark.parametrize(
    ("field", "over"),
    [
        (models.CharField(max_length=9), ""),
        (models.TextField(), ""),
        (models.EmailField(), ""),
        (models.JSONField(default=list), []),
        (models.DateTimeField(null=True), None),
    ],
)
def test_words_are_emptied_and_what_may_be_empty_is_nothing(field, over):
    field.name = "told"
    assert erasures.emptied(field) == {"told": over}


@pytest.mark.parametrize(
    "field", [models.BigIntegerField(), models.ForeignKey(User, models.PROTECT, name="user")]
)
def test_a_key_stays_a_key(field):
    assert erasures.emptied(field) == {}


def test_a_kind_of_field_that_nobody_thought_of_is_an_error_and_not_kept_in_silence():
    with pytest.raises(LookupError, match="nothing says how"):
        erasures.emptied(models.DateField(name="born_on"))


def test_an_address_that_may_stand_once_only_becomes_one_that_nobody_has():
    first, second = UserFactory(), UserFactory()
    erase(first)
    erase(second)
    for user in (first, second):
        user.refresh_from_db()
        assert user.email == erasures.erased_address(user.pk)


# rows


def test_rows_of_others_are_left_alone():
    user, other = UserFactory(), UserFactory(name="Ben")
    for who in (user, other):
        Upload.objects.create(
            by_person=who.pk, kind="k", name="list.csv", digest="d", n_bytes=1, at=clock.now()
        )

    assert erase(user) == {"people.user": 1, "core.upload": 1}

    other.refresh_from_db()
    assert other.name == "Ben"
    assert [row.name for row in Upload.objects.order_by("pk")] == ["", "list.csv"]


def test_what_stays_is_found_through_the_seat_however_many_keys_lead_there():
    seat = SeatFactory()
    mandate = MandateFactory(deputy__cluster=seat.cluster, deputy__organisation=seat.organisation)
    assert mandate.given_by == seat

    for user in (seat.user, mandate.deputy.user):
        lines = {line.table: line for line in erasures.lines_for(user.pk, user.email)}
        assert lines["people.mandate"].n == 1
        assert lines["people.mandate"].what is OnErasure.KEEP
        assert lines["people.mandate"].why == erasures.OTHERS_RELY_ON_IT


def test_a_table_without_anything_about_them_is_not_listed():
    user = UserFactory()
    (line,) = erasures.lines_for(user.pk, user.email)
    assert (line.table, line.n, line.what) == ("people.user", 1, OnErasure.BLANK)


def test_it_is_done_whole_or_not_at_all(transactional_db):
    with pytest.raises(AssertionError, match="whole or not"):
        erasures.erase(1, "", named=[])


# files


def keep(user, words=b"name\nAsh\n"):
    by = Actor(person=user.pk)
    return uploads.keep(io.BytesIO(words), by=by, kind="k", name="list.csv")


def files(home):
    return [path.name for path in (home / "uploads").iterdir()]


def test_their_files_are_removed_and_not_the_same_file_that_somebody_else_gave(home):
    user, other = UserFactory(), UserFactory()
    keep(user)
    shared = keep(user, b"shared")
    assert keep(other, b"shared").digest == shared.digest

    erase(user)
    erasures._remove_files(user.pk)

    assert files(home) == [shared.digest]
    assert Upload.objects.filter(by_person=user.pk, removed_at=None).count() == 0


def test_a_file_that_is_just_being_given_again_waits(home, monkeypatch):
    monkeypatch.setattr(erasures, "checkpoint", lambda: True)
    user = UserFactory()
    upload = keep(user)
    erase(user)
    soon = (clock.now() + timedelta(seconds=5)).timestamp()
    os.utime(home / "uploads" / upload.digest, (soon, soon))

    with pytest.raises(Refused, match="tried again"):
        erasures.finish(user.pk)
    assert files(home) == [upload.digest]


def test_while_the_log_is_in_use_it_is_tried_again(monkeypatch):
    monkeypatch.setattr(erasures, "checkpoint", lambda: False)
    with pytest.raises(Refused, match="tried again"):
        erasures.finish(1)


# the list


@pytest.fixture
def listed(home):
    begin(by=Actor.command())
    for person in (5, 7):
        tombstones.write(person)
    return home / "erased"


def test_the_list_holds_lineage_key_and_instant_for_its_owners_eyes_only(listed):
    (first, second) = tombstones.of_this_database()

    assert (first.person, second.person) == (5, 7)
    assert first.lineage == Event.objects.get(number=1).digest
    assert abs(first.at - clock.now()) < timedelta(minutes=1)
    assert listed.stat().st_mode & 0o777 == 0o600


def test_somebody_is_on_it_once(listed):
    tombstones.write(5)
    assert len(tombstones.read(listed)) == 2


def test_it_stands_elsewhere_if_so_set(home, settings):
    begin(by=Actor.command())
    settings.ERASED_FILE = str(home / "elsewhere")
    tombstones.write(5)
    assert [path.name for path in home.iterdir()] == ["elsewhere"]


def test_those_of_another_database_are_not_ours(listed):
    Event.objects.filter(number=1).update(digest="f" * 64)
    assert tombstones.of_this_database() == []


def test_no_list_is_an_empty_one():
    assert tombstones.of_this_database() == []


def test_each_changed_character_is_found(listed):
    whole = listed.read_text()
    for place, letter in enumerate(whole):
        listed.write_text(whole[:place] + ("0" if letter != "0" else "1") + whole[place + 1 :])
        with pytest.raises(Refused, match=r"as it was written|cut off"):
            tombstones.read(listed)


@pytest.mark.parametrize("spoiled", [b"\xff\n", b"\n", b"Dear all,\n", b"\x00" * 80 + b"\n"])
def test_another_file_is_refused_with_a_sentence(listed, spoiled):
    listed.write_bytes(listed.read_bytes() + spoiled)
    with pytest.raises(Refused, match="is not as it was written"):
        tombstones.read(listed)


def test_one_that_is_not_there_is_refused_with_a_sentence(home):
    with pytest.raises(Refused, match="cannot be read"):
        tombstones.read(home / "erased")


def test_what_a_power_cut_left_of_a_line_is_refused_and_gone_with_the_next(listed):
    listed.write_bytes(listed.read_bytes() + b"0123")
    with pytest.raises(Refused, match="cut off in line 3"):
        tombstones.read(listed)

    tombstones.write(9)

    assert [stone.person for stone in tombstones.of_this_database()] == [5, 7, 9]


def test_a_list_that_is_damaged_is_not_added_to(listed):
    listed.write_bytes(listed.read_bytes().replace(b" 7 ", b" 8 "))
    with pytest.raises(Refused, match="not as it was written"):
        tombstones.write(9)


def test_every_table_that_is_emptied_has_rows_about_somebody():
    """So that no table says BLANK or DELETE and is never reached."""
    for table in tables().values():
        if table.on_erasure is not OnErasure.KEEP:
            assert table.person, table.model
