"""What every action has in common."""

import threading
from datetime import UTC, date, datetime

import pytest
from django.db import IntegrityError, connection, transaction
from hypothesis import given
from hypothesis import strategies as st

from hedgerow.core import chain, clock
from hedgerow.core.actions import (
    DoneAlready,
    Refused,
    Stale,
    action,
    digest_of,
    locked,
    nothing_to_do,
    plain,
    record,
    sent_once,
)
from hedgerow.core.actors import Actor
from hedgerow.core.models import Event, Receipt, RecordHead, Upload
from hedgerow.core.owners import Audience, Owner
from tests.at_once import while_held
from tests.factories import ClusterFactory, MemberFactory, OrganisationFactory

NOW = datetime(2026, 3, 17, 9, 0, tzinfo=UTC)
BY = Actor(person=5, seat=7, for_organisation=11)


@action
def keep(*, by, token, detail=None):
    kept = Receipt.objects.create(token=token, at=clock.now())
    record("test.kept", by=by, to=kept, owner=(Owner.CLUSTER, 3), **(detail or {}))
    return kept


@action
def change_in_silence(*, by):
    Receipt.objects.create(token="silent", at=clock.now())


@action
def change_and_refuse(*, by):
    keep(by=by, token="refused")
    raise Refused("Not today. Ask again tomorrow.")


@action
def look(*, by):
    nothing_to_do()


@action
def keep_two_in_silence(*, by):
    keep(by=by, token="1")
    keep(by=by, token="2")


@pytest.mark.django_db
def test_an_action_is_written_down_with_who_and_whose_and_what():
    with clock.at(NOW):
        kept = keep(by=BY, token="1", detail={"moved_to": date(2026, 4, 1), "days": [1, 2]})

    event = Event.objects.get()
    assert (event.by_person, event.by_seat, event.for_organisation) == (5, 7, 11)
    assert (event.via, event.at, event.number) == ("page", NOW, 1)
    assert (event.owner_kind, event.owner_key, event.audience) == ("cluster", 3, Audience.CLUSTER)
    assert (event.did, event.thing) == ("test.kept", f"core.receipt:{kept.pk}")
    assert event.detail == {"moved_to": "2026-04-01", "days": [1, 2]}


@pytest.mark.django_db(transaction=True)
def test_an_action_that_records_nothing_is_undone():
    with pytest.raises(AssertionError, match="did not record it"):
        change_in_silence(by=BY)
    assert not Receipt.objects.exists()


@pytest.mark.django_db(transaction=True)
def test_an_action_that_is_refused_leaves_neither_a_change_nor_an_event():
    with pytest.raises(Refused):
        change_and_refuse(by=BY)

    assert not Receipt.objects.exists()
    assert not Event.objects.exists()
    assert chain.verify() == []


@pytest.mark.django_db
def test_an_action_may_find_nothing_to_do():
    look(by=BY)
    assert not Event.objects.exists()


@pytest.mark.django_db(transaction=True)
def test_what_inner_actions_record_does_not_speak_for_the_outer_one():
    with pytest.raises(AssertionError, match="keep_two_in_silence"):
        keep_two_in_silence(by=BY)
    assert not Event.objects.exists()


def test_an_action_says_whose_doing_it_is():
    with pytest.raises(AssertionError, match="whose doing"):

        @action
        def change(*, token): ...


def test_an_action_is_called_by_keyword():
    with pytest.raises(AssertionError):

        @action
        def change(by): ...


@pytest.mark.django_db
def test_whose_doing_it_is_is_an_actor():
    with pytest.raises(AssertionError, match="wants by=Actor"):
        look(by=None)


@pytest.mark.django_db
def test_nothing_is_recorded_outside_an_action():
    with pytest.raises(AssertionError, match="outside an action"):
        record("test.kept", by=BY, to=Receipt(pk=1), owner=(Owner.CLUSTER, 3))


@pytest.mark.parametrize("value", ["Ash, of Hazelford", 1.5, {"a": 1}, b"a", "a\nb", "x" * 81])
def test_the_record_holds_no_words(value):
    with pytest.raises(AssertionError, match="neither a key nor a number"):
        plain("test.kept", [value])


keys_and_numbers = st.recursive(
    st.none()
    | st.booleans()
    | st.integers(-(2**53), 2**53)
    | st.text("abzABZ019_.:+-", max_size=80)
    | st.dates()
    | st.datetimes(timezones=st.just(UTC)),
    lambda inner: st.lists(inner, max_size=3),
    max_leaves=6,
)


@pytest.mark.django_db
@given(
    st.lists(
        st.dictionaries(st.text("abcxyz", min_size=3, max_size=6), keys_and_numbers, max_size=3),
        min_size=1,
        max_size=4,
    )
)
def test_whatever_is_recorded_the_chain_holds(details):
    for detail in details:
        token = str(Event.objects.count())
        keep(by=BY, token=token, detail={f"d_{key}": value for key, value in detail.items()})
    assert chain.verify() == []
    assert chain.head()[0] == Event.objects.count()


@pytest.fixture
def five(db):
    for token in "12345":
        keep(by=BY, token=token, detail={"number": int(token)})
    assert chain.verify() == []


@pytest.mark.parametrize(
    ("field", "value"),
    [
        ("at", NOW),
        ("by_person", 6),
        ("by_seat", None),
        ("for_organisation", 12),
        ("via", "clock"),
        ("owner_kind", "programme"),
        ("owner_key", 4),
        ("audience", "everyone"),
        ("did", "test.lost"),
        ("thing", "core.receipt:99"),
        ("detail", {"number": 4}),
        ("digest", "0" * 64),
    ],
)
def test_an_event_that_was_changed_is_found(five, field, value):
    Event.objects.filter(number=3).update(**{field: value})
    assert "Event 3 is not as it was written." in chain.verify()


def test_an_event_that_was_taken_out_is_found(five):
    Event.objects.filter(number=3).delete()
    assert "Event 3 is missing." in chain.verify()


def test_events_that_were_taken_off_the_end_are_found(five):
    Event.objects.filter(number__gte=4).delete()
    assert chain.verify() == ["Events 4 to 5 are missing."]


def test_events_that_changed_places_are_found(five):
    Event.objects.filter(number=3).update(number=99)
    Event.objects.filter(number=4).update(number=3)
    Event.objects.filter(number=99).update(number=4)
    assert len(chain.verify()) >= 2


def test_an_event_written_anew_with_its_digest_is_found(five):
    event = Event.objects.get(number=3)
    event.by_person = 6
    event.digest = digest_of(event)
    event.save()
    assert chain.verify() == ["Event 4 does not follow from the one before it."]


@pytest.mark.parametrize("change", [{"number": 4}, {"digest": "0" * 64}])
def test_a_head_that_is_not_that_of_the_last_event_is_found(five, change):
    RecordHead.objects.update(**change)
    assert chain.verify() == ["The record ends with event 5, and not as its head says."]


@pytest.mark.django_db
def test_the_record_has_one_end():
    with pytest.raises(IntegrityError), transaction.atomic():
        RecordHead.objects.create(pk=2)


@pytest.mark.django_db(transaction=True)
def test_a_form_that_is_sent_twice_is_done_once():
    with sent_once("token"):
        keep(by=BY, token="1")
    with pytest.raises(DoneAlready), sent_once("token"):
        keep(by=BY, token="2")

    assert Event.objects.count() == 1


@pytest.mark.django_db(transaction=True)
def test_a_form_that_was_refused_can_be_sent_again():
    with pytest.raises(Refused), sent_once("token"):
        change_and_refuse(by=BY)
    with sent_once("token"):
        keep(by=BY, token="1")

    assert Event.objects.count() == 1


@pytest.mark.django_db(transaction=True)
def test_a_token_is_no_use_to_anybody_else():
    with sent_once("token"):
        keep(by=BY, token="1")
    with sent_once("token"):
        keep(by=Actor(person=6), token="2")

    assert Event.objects.count() == 2


@pytest.mark.django_db
def test_whoever_read_a_row_before_it_changed_is_told_so():
    cluster = ClusterFactory(version=2)
    with transaction.atomic():
        assert locked(cluster, version=2) == cluster
        with pytest.raises(Stale, match="look again"):
            locked(cluster, version=1)


@pytest.mark.django_db
def test_whoever_read_a_row_before_it_was_taken_away_is_told_so():
    upload = Upload.objects.create(kind="test", name="x", digest="0", n_bytes=0, at=NOW)
    Upload.objects.all().delete()
    with transaction.atomic(), pytest.raises(Stale, match="took this away"):
        locked(upload)


@pytest.mark.postgres
@pytest.mark.django_db(transaction=True)
def test_a_locked_row_is_nobody_elses_until_the_action_ends():
    upload = Upload.objects.create(kind="test", name="x", digest="0", n_bytes=0, at=NOW)
    free = []

    def look_from_elsewhere():
        with transaction.atomic():
            free.append(list(Upload.objects.select_for_update(skip_locked=True)))
        connection.close()

    with transaction.atomic():
        locked(upload)
        thread = threading.Thread(target=look_from_elsewhere)
        thread.start()
        thread.join()
    look_from_elsewhere()

    assert free == [[], [upload]]


@pytest.mark.postgres
@pytest.mark.django_db(transaction=True)
def test_who_points_to_a_locked_row_and_who_has_it_do_not_wait_for_each_other():
    """That what is pointed to is there is looked up at the very end, when all is recorded."""
    cluster, organisation = ClusterFactory(), OrganisationFactory()

    @action
    def point(*, by):
        member = MemberFactory(cluster=cluster, organisation=organisation)
        record("test.pointed", by=by, to=member, owner=(Owner.CLUSTER, cluster.pk))

    assert while_held(cluster, lambda: point(by=BY)) == "done"
