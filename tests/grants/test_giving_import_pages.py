"""A manager brings a publisher's file: looked at, taken over by a worker, on the list with its account."""

from threading import Event as Stop

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse

from hedgerow.core.actions import Refused
from hedgerow.core.jobs import run_worker
from hedgerow.core.models import Event, Job, Upload
from hedgerow.grants.actions.giving import ask_to_take
from hedgerow.grants.models import Grant, GrantFile
from hedgerow.people.models import Role
from tests.factories import actor, signed_in
from tests.front.pages import cost_of, page, text_of
from tests.grants.giving.files import grant

from .opened import data_of

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def home(settings, tmp_path):
    settings.HOME = tmp_path


def url(name, s, *more):
    return reverse(f"grants:{name}", args=[s.programme.pk, *more])


def bring(client, s, data, name="grants.json"):
    signed_in(client, s.staff[Role.MANAGER])
    return client.post(url("read_grants", s), {"file": SimpleUploadedFile(name, data)})


def work():
    return run_worker(stop=Stop(), once=True)


def test_a_file_is_looked_at_then_taken_over_then_listed(client, s):
    sent = bring(client, s, data_of(grant(1), grant(2), grant(3, title=None)))
    shown = page(client, sent["Location"])
    assert "Three rows: 2 new and 1 refused." in shown
    assert "line 1, /grants/2/title This is null, and it is needed." in shown
    assert not Grant.objects.exists()

    done = client.post(sent["Location"], {"licence": "cc-by-4.0"})
    assert done["Location"] == url("grant_files", s)
    assert "grants.json: It is being read." in page(client, done["Location"])
    assert work() == 1

    listed = page(client, done["Location"])
    assert "It is being read" not in listed
    assert "grants.json The Hedge Fund. Creative Commons Attribution 4.0" in listed
    account = page(client, url("grant_file", s, GrantFile.objects.get().pk))
    assert "New here 2" in account
    assert "Refused 1" in account
    assert "All of them 3" in account
    assert "This is null, and it is needed." in account
    assert Upload.objects.get().finished_at


def test_the_same_file_again_says_so_and_offers_nothing(client, s):
    data = data_of(grant(1))
    client.post(bring(client, s, data)["Location"], {"licence": ""})
    work()

    again = bring(client, s, data, name="again.json")
    shown = page(client, again["Location"])

    assert "This very file was read before, so nothing would change." in shown
    assert "Take one grant over" not in shown


def test_what_a_newer_file_says_otherwise_is_seen_before_and_after(client, s):
    client.post(bring(client, s, data_of(grant(1)))["Location"], {"licence": ""})
    work()

    newer = bring(client, s, data_of(grant(1, amountAwarded=20), grant(2)))
    assert "Amount £15,000 £20" in page(client, newer["Location"])
    client.post(newer["Location"], {"licence": ""})
    work()

    assert sorted(Grant.objects.values_list("pence", flat=True)) == [2000, 1_500_000]


def test_a_job_that_runs_twice_takes_over_once(client, s):
    client.post(bring(client, s, data_of(grant(1)))["Location"], {"licence": ""})
    work()
    Upload.objects.update(finished_at=None)
    Job.objects.update(done_at=None)

    assert work() == 1
    assert Event.objects.filter(did="grants.file_read").count() == 1
    assert Upload.objects.get().faults == []


@pytest.mark.parametrize("data", [b"{", b"%PDF-1.7", data_of(grant(1, id=None))])
def test_a_spoiled_file_is_refused_with_what_is_wrong(client, s, data):
    sent = bring(client, s, data)
    shown = page(client, sent["Location"])

    assert "There is nothing in it that can be taken." in shown
    assert "Table 3. One fault" in shown
    assert "over</button>" not in client.get(sent["Location"]).content.decode()
    client.post(sent["Location"], {"licence": ""})
    work()
    assert not GrantFile.objects.exists()
    assert "can be taken, so nothing was" in page(client, url("grant_files", s))


def test_no_file_an_empty_one_and_one_that_is_too_long_are_refused_in_words(client, s, monkeypatch):
    signed_in(client, s.staff[Role.MANAGER])
    monkeypatch.setattr("hedgerow.core.uploads.MOST_BYTES", 100)
    for sent, said in (
        ({}, "Choose a file."),
        ({"file": SimpleUploadedFile("x.json", b"")}, "This file is empty."),
        ({"file": SimpleUploadedFile("x.json", b"{" * 101)}, "The file is larger than"),
    ):
        answer = client.post(url("read_grants", s), sent)
        assert answer.status_code == 422
        assert said in text_of(answer)


def test_whoever_lost_the_seat_takes_nothing_over(client, s):
    client.post(bring(client, s, data_of(grant(1)))["Location"], {"licence": ""})
    seat = s.staff[Role.MANAGER]
    seat.ended_at = seat.began_at
    seat.save()
    work()

    assert not Grant.objects.exists()
    assert "no seat in the programme" in Upload.objects.get().faults[0]["sentence"]


def test_a_file_that_is_gone_is_asked_for_again(client, s, tmp_path):
    sent = bring(client, s, data_of(grant(1)))
    for file in (tmp_path / "uploads").iterdir():
        file.unlink()

    answer = client.get(sent["Location"])
    assert answer.status_code == 409
    assert "That file is not kept any more." in text_of(answer)
    client.post(sent["Location"], {"licence": ""})
    assert work() == 1
    assert Upload.objects.get().finished_at


def test_one_takes_over_ones_own_file_and_once(client, s):
    bring(client, s, data_of(grant(1)))
    upload, programme = Upload.objects.get(), s.programme
    with pytest.raises(ValueError, match="own file"):
        ask_to_take(by=actor(s.own.core), programme=programme, upload=upload, licence="")
    by = actor(s.staff[Role.MANAGER])
    ask_to_take(by=by, programme=programme, upload=upload, licence="")
    work()
    with pytest.raises(Refused, match="taken over already"):
        ask_to_take(by=by, programme=programme, upload=upload, licence="")


def test_another_persons_file_is_not_there(client, s):
    sent = bring(client, s, data_of(grant(1)))
    other = s.other_staff[Role.MANAGER]

    page(client, sent["Location"], other, status=404)
    theirs = sent["Location"].replace(f"/{s.programme.pk}/", f"/{s.other_programme.pk}/")
    page(client, theirs, other, status=404)


def test_only_a_manager_reads_files_in(client, s):
    for role, seat in s.seats.items():
        status = 200 if role is Role.MANAGER else 404
        for name in ("grant_files", "read_grants"):
            page(client, url(name, s), seat, status=status)


def test_more_files_cost_no_more_queries(client, s):
    def more(n):
        bring(client, s, data_of(grant(n)), name=f"{n}.json")
        sent = bring(client, s, data_of(grant(n)), name=f"{n}.json")
        client.post(sent["Location"], {"licence": ""})
        work()

    more(1)
    before = cost_of(client, url("grant_files", s))
    more(2)
    more(3)
    assert cost_of(client, url("grant_files", s)) == before
