"""The pages on which orders and invoices are written down and read."""

import pytest
from django.urls import reverse

from hedgerow.core import clock
from hedgerow.ledger.models import Entry
from hedgerow.look.words import day, weekday
from hedgerow.people.models import Role
from tests.factories import scene, signed_in
from tests.front.pages import cost_of, main_of, page, text_of
from tests.journeys.walks import at

from .budgeted import agreed
from .planned import in_days

pytestmark = pytest.mark.django_db


@pytest.fixture
def b():
    return agreed()


@pytest.fixture
def core(client, b):
    return signed_in(client, b.own.core)


def url(name, b):
    return reverse(f"workplans:{name}", args=[b.award.pk])


def told(**other):
    return {
        "line": 1,
        "what": "ordered",
        "pence": "£600",
        "on": day(clock.today()),
        "words": "Order 7, Office Works",
        "to": "",
        **other,
    }


def entered():
    return list(Entry.objects.filter(line__isnull=False).values_list("verb", "pence"))


def test_who_reads_and_who_writes(client):
    s = scene()
    b = agreed(own=s.own)
    inside = {Role.CORE, Role.DEPUTY, Role.STAFF, Role.FACILITATOR, Role.SUPPORTER}
    for role, seat in s.seats.items():
        signed_in(client, seat)
        reads = role in {*inside, Role.MANAGER}
        writes = role in {Role.CORE, Role.DEPUTY, Role.STAFF, Role.MANAGER}
        assert client.get(url("spending", b)).status_code == (200 if reads else 404), role
        answer = client.get(url("spend", b))
        assert answer.status_code == (200 if writes else 403 if reads else 404), role
        if answer.status_code == 403:
            assert "can write down what was committed or spent" in text_of(answer)
        there = url("spend", b)
        if reads:
            assert (there in main_of(client.get(url("spending", b)))) == writes, role


def test_an_order_is_written_down_by_one_form(core, b):
    answer = core.post(url("spend", b), told(), follow=True)

    words = text_of(answer)
    assert "Written down. Of “A trainer”, £400 is not committed yet, and £600 is ordered" in words
    assert "£600 of £1,500 is ordered. £900 is left." in words
    assert f"{day(clock.today())} Ordered: £600, {b.own.organisations[0]}." in words
    assert entered() == [("commit", 600_00)]


@pytest.mark.parametrize(
    ("what", "verbs"),
    [
        ("paid_order", ["spend"]),
        ("paid", ["commit", "spend"]),
        ("freed", ["free"]),
        ("came_back", ["refund"]),
        ("handed_over", ["hand_over"]),
    ],
)
def test_each_thing_that_can_happen_has_its_entry(core, b, what, verbs):
    b.enters("commit", 1, 300_00)
    b.enters("spend", 1, 100_00)
    before = Entry.objects.count()

    other = {"to": b.own.organisations[1].pk} if what == "handed_over" else {}
    answer = core.post(url("spend", b), told(what=what, pence="50", **other))

    assert answer.status_code == 302
    found = Entry.objects.order_by("pk")[before:]
    assert [entry.verb for entry in found] == verbs
    assert {entry.pence for entry in found} == {50_00}


@pytest.mark.parametrize(
    ("said", "why"),
    [
        ({"line": ""}, "Choose a line"),
        ({"line": "3"}, "not in the budget that holds"),
        ({"what": ""}, "Choose what happened"),
        ({"pence": "1200,50"}, "is not an amount in pounds"),
        ({"pence": "1.2k"}, "is not an amount in pounds"),
        ({"pence": "-5"}, "Enter £0.01 or more"),
        ({"pence": "0"}, "Enter £0.01 or more"),
        ({"pence": "1.005"}, "is not an amount in pounds"),
        ({"on": ""}, "Write the day"),
        ({"on": "30 February 2026"}, "30 February 2026"),
        ({"words": ""}, "Say what it was"),
        ({"what": "handed_over"}, "Choose who pays it from now on"),
        ({"to": "first"}, "Only what is handed over has another payer"),
    ],
)
def test_what_is_wrong_is_said_and_what_was_typed_stays(core, b, said, why):
    if said.get("to"):
        said = {"to": b.own.organisations[1].pk}

    answer = core.post(url("spend", b), told(**said))

    assert answer.status_code == 422
    assert why in text_of(answer)
    if "words" not in said:
        assert "Order 7, Office Works" in main_of(answer)
    assert entered() == []


def test_what_does_not_fit_is_refused_with_what_is_left(core, b):
    answer = core.post(url("spend", b), told(pence="1,000.01"))

    assert answer.status_code == 409
    assert "“A trainer” plans £1,000, of which £1,000 is left" in text_of(answer)
    assert entered() == []


def test_a_member_is_not_asked_which_it_is_and_the_manager_is(client, b):
    assert 'name="member"' not in main_of(signed_in(client, b.own.core).get(url("spend", b)))
    manager = signed_in(client, b.p.manager)
    assert 'name="member"' in main_of(manager.get(url("spend", b)))

    manager.post(url("spend", b), told(line=2, member=b.own.organisations[1].pk))

    assert [entry.member for entry in Entry.objects.filter(line=2)] == []  # £600 is over its £500
    manager.post(url("spend", b), told(line=2, pence="5", member=b.own.organisations[1].pk))
    assert Entry.objects.get(line=2).member == b.own.organisations[1]


def test_the_link_of_a_line_chooses_it(core, b):
    html = main_of(core.get(f"{url('spend', b)}?line=2"))

    assert '<option value="2" selected>2. Laptops: £500 of £500 left</option>' in html


def test_the_manager_reads_lines_as_they_were_handed_in(client, b):
    b.begins_change()
    b.changes(1, title="A better trainer", pence=1_100_00)
    b.votes(b.puts())

    theirs = page(client, url("spending", b), b.p.manager)
    ours = page(client, url("spending", b), b.own.core)

    assert "A better trainer" in ours
    assert "A better trainer" not in theirs
    assert "Lines are named as they were handed in." in theirs


def test_it_is_read_at_any_day(client, b):
    today = clock.today()
    b.enters("commit", 1, 600_00)
    tomorrow = in_days(1)
    with at(tomorrow):
        b.enters("spend", 1, 600_00)
    core = signed_in(client, b.own.core)

    then = text_of(core.get(url("spending", b), {"on": day(today)}))
    later = text_of(core.get(url("spending", b), {"on": day(tomorrow)}))

    assert "and £600 of that is paid" not in then
    assert "As it stood at the end of" in then
    assert "and £600 of that is paid" in later


def test_a_day_that_is_none_shows_all_and_says_so(core, b):
    answer = core.get(url("spending", b), {"on": "soon"})

    assert answer.status_code == 200
    assert "soon" in text_of(answer) + main_of(answer)
    assert f"As it stands on {weekday(clock.today())}" in text_of(answer)


def test_an_award_that_is_closed_offers_no_form(core, b):
    award = b.award
    type(award).objects.update(closed_on=award.awarded_on, closed_by=b.p.manager)

    html = main_of(core.get(url("spending", b)))

    assert "Nothing is entered after that." in html
    assert url("spend", b) not in html
    assert "<button" not in main_of(core.get(url("spend", b)))


def test_the_page_costs_the_same_however_much_moved(core, b):
    b.enters("commit", 1, 1_00)
    core.get(url("spending", b))
    before = cost_of(core, url("spending", b)), cost_of(core, url("spend", b))
    assert max(before) <= 25

    for _ in range(5):
        b.enters("commit", 1, 1_00)
        b.enters("commit", 2, 1_00, b.own.second)

    assert (cost_of(core, url("spending", b)), cost_of(core, url("spend", b))) == before
