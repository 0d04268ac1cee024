"""The pages of open awards: what anybody reads, a page at a time, and what their manager sees."""

import csv
import io
import json

import pytest
from django.urls import reverse

from hedgerow.grants.queries.open_data import open_awards
from hedgerow.people.models import Identifier, Organisation, Programme, Role
from tests.factories import scene
from tests.front.pages import cost_of, links_in, main_of, page
from tests.ledger.awarded import awarded

from .opened import more_awards, publishing
from .scenes import publisher

pytestmark = pytest.mark.django_db


def url(name, *args):
    return reverse(f"grants:{name}", args=args)


def test_anybody_reads_and_takes_the_awards_of_a_programme_that_publishes(client, s):
    publishing(s)
    shown = page(client, url("open_data"))

    assert f"The awards of {s.programme.name}, newest first." in shown
    assert "£15,000 £7,500" in shown
    assert "GB-CHC-1000002" in shown
    assert "Creative Commons Attribution 4.0" in shown
    taken = client.get(url("open_json", s.programme.slug))
    assert taken["Content-Type"] == "application/json; charset=utf-8"
    assert len(json.loads(taken.content)["grants"]) == 1
    rows = list(
        csv.DictReader(io.StringIO(client.get(url("open_csv", s.programme.slug)).content.decode()))
    )
    assert rows[0]["Amount Awarded"] == "15000"


def test_the_same_file_is_not_sent_twice(client, s):
    publishing(s)
    for name in ("open_json", "open_csv"):
        there = url(name, s.programme.slug)
        taken = client.get(there)
        again = client.get(there, headers={"If-None-Match": taken["ETag"]})
        assert (again.status_code, again.content) == (304, b"")
        assert client.get(there).content == taken.content


def test_who_publishes_nothing_has_no_file(client, s):
    page(client, url("open_json", s.programme.slug), status=404)
    page(client, url("open_json", "nothing"), status=404)
    assert "No programme here publishes its awards yet." in page(client, url("open_data"))
    publisher(s)
    page(client, url("open_csv", s.programme.slug), status=404)
    assert "No award can be read here yet." in page(client, url("open_data"))


# more than a page of them


def test_of_51_awards_a_page_shows_the_newest_50_and_the_sums_of_all(client, s):
    publishing(s)
    more_awards(s, 50)
    there = url("open_programme", s.programme.slug)
    sentence = "51 awards of £15,050 together; £7,520 of it is released."
    first, second = page(client, there), page(client, f"{there}?page=2")

    for shown in (page(client, url("open_data")), first, second):
        assert sentence in shown
        assert "In all 51 awards £15,050 £7,520" in shown
    assert s.cluster.name in first
    assert first.index("Row 049") < first.index("Row 001")
    assert "Row 000" not in first
    assert "Row 000" in second
    assert "Row 001" not in second
    assert "those from 1 to 50." in first
    assert "those from 51 to 51." in second
    assert "1 of 2 After" in first
    assert "Before 2 of 2" in second


def test_the_first_page_leads_to_all_of_them_only_where_there_are_more(client, s):
    publishing(s)
    there = url("open_programme", s.programme.slug)
    more_awards(s, 49)
    shown = client.get(url("open_data"))
    assert there not in links_in(main_of(shown))
    assert "those from" not in page(client, url("open_data"))
    assert "Pages of awards" not in client.get(there).content.decode()

    more_awards(s, 1)
    assert there in links_in(main_of(client.get(url("open_data"))))
    assert f"All 51 awards of {s.programme.name}" in page(client, url("open_data"))


def test_a_page_that_is_not_there_is_the_nearest(client, s):
    publishing(s)
    more_awards(s, 50)
    there = url("open_programme", s.programme.slug)

    for number in ("nine", "", "²", "1"):
        assert "Row 049" in page(client, f"{there}?page={number}")
    for number in ("0", "-4", "99", "2"):
        assert "Row 000" in page(client, f"{there}?page={number}")


def test_the_page_of_a_programme_has_its_files_and_says_who_publishes(client, s):
    publishing(s)
    there = url("open_programme", s.programme.slug)
    shown = client.get(there)

    assert {url("open_json", s.programme.slug), url("open_csv", s.programme.slug)} <= links_in(
        main_of(shown)
    )
    assert "Published by The fund (GB-CHC-1000001) under Creative Commons" in page(client, there)


def test_an_invented_programme_says_on_its_page_that_it_is(client, s):
    publishing(s)
    there = url("open_programme", s.programme.slug)
    assert "nvented" not in page(client, there)
    Programme.objects.filter(pk=s.programme.pk).update(is_example=True)

    shown = page(client, there)
    for words in ("everybody in it are invented", "An invented example", "Invented: the awards"):
        assert words in shown
    assert "Invented: the awards" in page(client, url("open_data"))


def test_who_publishes_nothing_has_no_page_of_its_own(client, s):
    there = url("open_programme", s.programme.slug)
    awarded(s)
    page(client, there, status=404)
    page(client, url("open_programme", "nothing"), status=404)
    publisher(s)
    Programme.objects.filter(pk=s.programme.pk).update(is_published=True)
    page(client, there, status=404)
    Programme.objects.filter(pk=s.programme.pk).update(is_published=False)

    shown = page(client, there)
    assert "No award of this programme is published yet." in shown
    assert "One award cannot be published yet" in shown


def test_what_is_held_back_is_in_no_row_and_in_no_sum(client, s):
    publishing(s)
    more_awards(s, 2)
    held = Organisation.objects.get(memberships__cluster__name="Row 001")
    held.identifiers.all().delete()

    for there in (url("open_data"), url("open_programme", s.programme.slug)):
        shown = page(client, there)
        assert "Row 000" in shown
        assert "Row 001" not in shown
        assert "Two awards of £15,001 together; £7,500.40 of it is released." in shown
        assert "One award cannot be published yet" in shown


def test_two_programmes_of_one_name_share_nothing(client, s):
    other = scene()
    publishing(s)
    awarded(other)
    publisher(other)
    Programme.objects.filter(pk=other.programme.pk).update(name=s.programme.name)

    assert page(client, url("open_data")).count("cannot be published yet") == 1
    assert "cannot be published" not in page(client, url("open_programme", s.programme.slug))
    shown = page(client, url("open_programme", other.programme.slug))
    assert "One award cannot be published yet" in shown
    assert "£15,000" not in shown


def test_more_awards_and_programmes_cost_no_more_queries(client, s, django_assert_max_num_queries):
    publishing(s)
    pages = [url("open_data"), url("open_programme", s.programme.slug)]
    before = [cost_of(client, there) for there in pages]
    other = scene()
    awarded(other)
    publisher(other)
    more_awards(s, 55)

    assert [cost_of(client, there) for there in pages] == before
    assert max(before) <= 10
    with django_assert_max_num_queries(16):
        client.get(url("open_json", s.programme.slug))


# what the manager sees


def test_the_manager_is_told_how_many_are_open_and_of_50_why_they_are_not(client, s):
    publishing(s)
    there = url("publisher", s.programme.pk)
    page(client, there, s.staff[Role.MANAGER])
    before = cost_of(client, there)
    more_awards(s, 2)
    more_awards(s, 50, numbers=False)
    shown = page(client, there)

    assert "Three awards can be published" in shown
    assert len(open_awards().held_back) == shown.count("has no number written down") == 50
    assert " more. When some" not in shown
    assert cost_of(client, there) == before <= 10

    Identifier.objects.all().delete()
    shown = page(client, there)
    assert "No awards can be published" in shown
    assert shown.count("no number written down") == 50
    assert "And three awards more." in shown
