"""Publishers' files taken in: every row accounted for, twice with no change, and only what differs."""

import pytest

from hedgerow.core.actions import Refused
from hedgerow.core.actors import Actor
from hedgerow.core.models import Event
from hedgerow.grants.actions.giving import take_grants
from hedgerow.grants.models import Grant, GrantFault, GrantFile
from hedgerow.grants.queries.taking import KEPT, preview_of
from hedgerow.people.models import Role
from tests.factories import actor
from tests.grants.giving.files import as_csv, grant, read, row

from .opened import given, reading

pytestmark = pytest.mark.django_db
FIRST, SECOND = "a" * 64, "b" * 64


def take(found, digest=FIRST, **more):
    return take_grants(by=Actor.command(), found=found, digest=digest, **more)


def counts(taken):
    return (taken.n_new, taken.n_changed, taken.n_same, taken.n_faulty)


def rows():
    return list(Grant.objects.order_by("grant_id").values_list("grant_id", "file__digest", *KEPT))


def test_a_file_is_taken_in_with_its_account():
    found = reading(grant(1), grant(2, amountAwarded=12.5), grant(3, title=None))
    taken = take(found, licence="cc-by-4.0")

    assert counts(taken) == (2, 0, 0, 1)
    file = GrantFile.objects.get()
    assert (file.n_rows, file.n_grants, file.n_faults) == (3, 2, 1)
    assert file.licence == "Creative Commons Attribution 4.0"
    assert list(Grant.objects.order_by("grant_id").values_list("pence", flat=True)) == [
        1_500_000,
        1250,
    ]
    assert GrantFault.objects.get().place == "line 1, /grants/2/title"


def test_the_same_file_twice_changes_nothing():
    found = reading(grant(1), grant(2))
    take(found)
    before, n_events = rows(), Event.objects.count()

    again = take(found)

    assert again.was_read
    assert counts(again) == (0, 0, 2, 0)
    assert rows() == before
    assert GrantFile.objects.count() == 1
    assert Event.objects.count() == n_events


def test_an_older_file_read_again_does_not_undo_a_newer_one():
    older = reading(grant(1))
    take(older)
    take(reading(grant(1, title="A larger van")), SECOND)
    take(older)

    assert Grant.objects.get().title == "A larger van"


def test_a_newer_file_changes_only_what_differs():
    take(reading(grant(1), grant(2), grant(3)))
    keys = dict(Grant.objects.values_list("grant_id", "pk"))

    taken = take(reading(grant(1), grant(2, amountAwarded=20), grant(4)), SECOND)

    assert counts(taken) == (1, 1, 1, 0)
    assert (taken.file.n_grants, taken.file.n_changed, taken.file.n_same) == (3, 1, 1)
    now = {one.grant_id: one for one in Grant.objects.select_related("file")}
    assert {key: now[key].pk for key in keys} == keys
    assert now["360G-hedge-2"].pence == 2000
    assert [now[f"360G-hedge-{n}"].file.digest for n in (1, 2, 3, 4)] == [
        SECOND,
        SECOND,
        FIRST,  # what a newer file does not name stays
        SECOND,
    ]


def test_what_a_file_would_change_is_seen_before_and_changes_nothing():
    take(reading(grant(1), grant(2)))
    before = rows()

    preview = preview_of(reading(grant(1), grant(2, title="Other"), grant(3), grant(3)), SECOND)

    assert (preview.n_new, preview.n_changed, preview.n_same, preview.n_faulty) == (0, 1, 1, 2)
    assert [change.what for change in preview.changes] == [(("Title", "A van for three", "Other"),)]
    assert preview.sentence == "Four rows: 1 other than before, 1 as before and 2 refused."
    assert preview.earlier is None
    assert rows() == before
    again = preview_of(reading(grant(1)), FIRST)
    assert again.sentence == "This very file was read before, so nothing would change."


def test_a_file_of_which_nothing_can_be_taken_is_refused_and_leaves_nothing():
    with pytest.raises(Refused, match="can be taken, so nothing was"):
        take(reading(grant(1, title=None)))

    assert not GrantFile.objects.exists()


def test_a_number_that_no_register_has_is_refused_and_the_rest_is_taken():
    taken = take(reading(given(1, to="GB-CHC-" + "1" * 120), given(2)))

    assert counts(taken) == (1, 0, 0, 1)
    assert "longer than 120 characters" in taken.faults[0].sentence
    assert taken.file.n_rows == taken.file.n_grants + taken.file.n_faults


def test_of_a_person_nothing_is_kept():
    person = {"recipientIndividual": {"id": "360G-x-IND-7", "name": "Ash Willow"}}
    take(reading(grant(1, without=["recipientOrganization"], **person)))

    kept = Grant.objects.get()
    assert (kept.recipient, kept.recipient_id) == ("", "")
    assert "Willow" not in str(Grant.objects.values().get())


def test_other_currencies_are_kept_as_they_are():
    take(reading(grant(1, currency="EUR", amountAwarded=1200.5)))

    assert Grant.objects.values_list("currency", "pence").get() == ("EUR", 120_050)


def test_blank_rows_and_parts_are_accounted_for():
    found = read(as_csv([row(1), dict.fromkeys(row(1), ""), row(2)]), "list.csv")
    taken = take(found)

    assert (taken.n_new, taken.n_blank) == (2, 1)
    assert taken.file.n_rows == 3


def test_many_grants_are_compared_batch_by_batch(monkeypatch, django_assert_num_queries):
    monkeypatch.setattr("hedgerow.grants.queries.taking.BATCH", 2)
    take(reading(*(grant(n) for n in range(1, 6))))
    found = reading(*(grant(n) for n in range(1, 6)), grant(6))

    with django_assert_num_queries(4):  # three batches, and whether the file is known
        preview = preview_of(found, SECOND)
    assert (preview.n_new, preview.n_same) == (1, 5)
    assert counts(take(found, SECOND)) == (1, 0, 5, 0)


def test_it_stands_in_the_history_of_the_programme_or_of_the_platform(s):
    by = actor(s.staff[Role.MANAGER])
    take_grants(by=by, found=reading(grant(1)), digest=FIRST, programme=s.programme)
    take(reading(grant(2), grant(3, id=None)), SECOND)

    mine, ours = Event.objects.filter(did="grants.file_read").order_by("number")
    assert (mine.owner_kind, mine.owner_key, ours.owner_kind) == (
        "programme",
        s.programme.pk,
        "system",
    )
    assert ours.detail == {"new": 1, "changed": 0, "same": 0, "refused": 1}
    assert GrantFile.objects.get(digest=FIRST).read_by == s.staff[Role.MANAGER]
