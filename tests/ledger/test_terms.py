"""The terms of a programme: each version whole, read by everybody before they begin."""

import pytest
from django.urls import reverse

from hedgerow.core import clock
from hedgerow.core.actions import Refused, Stale
from hedgerow.core.models import Event
from hedgerow.ledger.actions import CriterionSaid, HeadingSaid
from hedgerow.ledger.models import Terms
from hedgerow.ledger.queries import terms_in, terms_now
from hedgerow.people.models import Role
from tests.factories import actor, signed_in
from tests.front.pages import main_of, page, text_of

from .awarded import terms_set

pytestmark = pytest.mark.django_db

ROW = CriterionSaid(title="It can be done", words="Who does what.", most=5)


@pytest.fixture
def manager(s):
    return actor(s.staff[Role.MANAGER])


def url(name, programme):
    return reverse(f"ledger:{name}", args=[programme.pk])


def test_the_newest_terms_hold_and_the_older_ones_stay(s, manager):
    first = terms_set(manager, s.programme)
    second = terms_set(manager, s.programme, amount=2_000_000, number=1)

    assert terms_now(s.programme) == second
    assert terms_in([s.programme, s.other_programme]) == {s.programme.pk: second}
    first.refresh_from_db()
    assert (first.number, first.amount, first.criteria.count()) == (1, 1_500_000, 2)
    assert [one.title for one in second.criteria.all()] == [
        "It will help people",
        "It can be done",
    ]
    told = Event.objects.filter(did="ledger.terms_set").order_by("number")
    assert [one.detail["number"] for one in told] == [1, 2]


def test_a_programme_without_terms_has_none(s):
    assert terms_now(s.programme) is None
    assert terms_in([s.programme]) == {}


def test_of_two_who_set_them_the_second_is_told(s, manager):
    terms_set(manager, s.programme)

    with pytest.raises(Stale, match="Somebody else set the terms"):
        terms_set(manager, s.programme, amount=5)
    with pytest.raises(Stale):
        terms_set(manager, s.programme, amount=5, number=7)
    assert Terms.objects.count() == 1


def test_the_same_terms_again_are_no_new_version(s, manager):
    first = terms_set(manager, s.programme)

    assert terms_set(manager, s.programme, number=1) == first
    assert Terms.objects.count() == 1


@pytest.mark.parametrize(
    ("more", "says"),
    [
        ({"amount": 0}, "an amount above nothing"),
        ({"amount": -5}, "an amount above nothing"),
        ({"day_rate": -1}, "less than nothing"),
        ({"criteria": [CriterionSaid(title="A", words="B", most=21)]}, "from 1 to 20"),
        ({"criteria": [CriterionSaid(title="A", words="B", most=0)]}, "from 1 to 20"),
        ({"criteria": [CriterionSaid(title=" ", words="B")]}, "a title"),
        ({"criteria": [CriterionSaid(title="A", words=" ")]}, "what assessors look for"),
        ({"criteria": [ROW, ROW]}, "Two of the things to look at are the same"),
        ({"criteria": [CriterionSaid(title="A" * 121, words="B")]}, "121 characters"),
        ({"headings": [HeadingSaid(sentence="Why?", most=5001)]}, "from 1 to 5,000"),
        ({"headings": [HeadingSaid(sentence="Why?")] * 2}, "Two of the questions are the same"),
        (
            {"headings": [HeadingSaid(sentence=f"Why {n}?") for n in range(21)]},
            "too many to answer",
        ),
        ({"conditions": "x" * 2001}, "2,001 characters"),
    ],
)
def test_terms_that_make_no_sense_are_refused(s, manager, more, says):
    with pytest.raises(Refused, match=says):
        terms_set(manager, s.programme, **more)
    assert not Terms.objects.exists()


def test_only_its_own_manager_sets_them(s, manager):
    for seat in (s.own.core, s.staff[Role.ASSESSOR], s.other_staff[Role.MANAGER]):
        with pytest.raises(Refused, match="Only the manager"):
            terms_set(actor(seat), s.programme)


def test_a_manager_whose_seat_has_ended_sets_nothing(s, manager):
    seat = s.staff[Role.MANAGER]
    seat.ended_at = clock.now()
    seat.save()

    with pytest.raises(Refused, match="Only the manager"):
        terms_set(manager, s.programme)


def test_the_published_record_is_not_added_to_by_hand(s, manager):
    s.programme.is_published = True
    s.programme.save()

    with pytest.raises(Refused, match="published record"):
        terms_set(manager, s.programme)


# on pages


def test_everybody_at_the_table_and_all_staff_read_them_before_they_begin(client, s, manager):
    terms_set(manager, s.programme)
    outside = {Role.SPONSOR, Role.OPERATOR}
    for role, seat in s.seats.items():
        page(client, url("terms", s.programme), seat, status=404 if role in outside else 200)
    page(client, url("terms", s.programme), s.elsewhere.core, status=404)


def test_all_of_them_stands_on_the_page(client, s, manager):
    terms_set(manager, s.programme, other_support="The council’s small grants.")

    said = page(client, url("terms", s.programme), s.own.core)

    assert "£15,000 is the most that each cluster can be awarded" in said
    assert "£500 is what a day of help is counted at." in said
    assert "It will help people What changes for them. 5" in said
    assert "up to 10 in all" in said
    assert "All members agree to the plan." in said
    assert "Plans are read within four weeks." in said
    assert "What would you do again? 1,000 characters at most." in said
    assert "The council’s small grants." in said
    assert "Set new terms" not in said


def test_where_there_are_none_it_says_what_usually_happens(client, s):
    assert "No terms yet." in page(client, url("terms", s.programme), s.own.core)
    assert "Set the terms" in page(client, url("terms", s.programme), s.staff[Role.MANAGER])
    page(client, url("set_terms", s.programme), s.own.core, status=403)
    page(client, url("set_terms", s.programme), s.staff[Role.ASSESSOR], status=403)


TYPED = {
    "amount": "£15,000",
    "conditions": "All members agree.\nNobody is left out.",
    "timetable": "",
    "other_support": "",
    "day_rate": "500",
    "number": "0",
    "title-1": "It will help people",
    "words-1": "What changes for them.",
    "points-1": "",
    "title-2": "",
    "words-2": "",
    "points-2": "",
    "title-3": "It can be done",
    "words-3": "Who does what.",
    "points-3": "10",
    "sentence-1": "",
    "length-1": "",
    "sentence-2": "What would you do again?",
    "length-2": "",
}


def test_they_are_set_by_form_and_empty_rows_are_left_out(client, s):
    manager = signed_in(client, s.staff[Role.MANAGER])

    answer = text_of(manager.post(url("set_terms", s.programme), TYPED, follow=True))

    assert "The terms are set." in answer
    terms = Terms.objects.get()
    assert (terms.amount, terms.day_rate, terms.number) == (1_500_000, 50_000, 1)
    assert [(one.position, one.title, one.most) for one in terms.criteria.all()] == [
        (1, "It will help people", 5),
        (2, "It can be done", 10),
    ]
    assert [(one.sentence, one.most) for one in terms.return_headings.all()] == [
        ("What would you do again?", 1000)
    ]
    assert "Nobody is left out." in answer


def test_the_form_opens_with_what_holds_and_room_for_more(client, s, manager):
    terms_set(manager, s.programme)

    shown = main_of(signed_in(client, s.staff[Role.MANAGER]).get(url("set_terms", s.programme)))

    assert 'name="title-2" value="It can be done"' in shown
    assert 'name="title-5"' in shown
    assert 'name="title-6"' not in shown
    assert 'name="number" value="1"' in shown


def test_the_form_leads_back_to_the_terms(client, s, manager):
    shown = signed_in(client, s.staff[Role.MANAGER]).get(url("set_terms", s.programme))

    assert f'<a href="{url("terms", s.programme)}">Its terms</a>' in shown.content.decode()


def test_more_rows_keep_what_was_typed_and_set_nothing(client, s):
    manager = signed_in(client, s.staff[Role.MANAGER])

    answer = manager.post(url("set_terms", s.programme), {**TYPED, "more": "1", "amount": "oh"})

    shown = main_of(answer)
    assert answer.status_code == 200
    assert 'name="title-6"' in shown
    assert 'value="It can be done"' in shown
    assert 'name="amount" value="oh"' in shown
    assert "is not an amount" not in shown
    assert not Terms.objects.exists()


@pytest.mark.parametrize(
    ("fault", "field", "says"),
    [
        ({"amount": "1200,50"}, "amount", "is not an amount in pounds"),
        ({"amount": "1.2k"}, "amount", "is not an amount in pounds"),
        ({"amount": ""}, "amount", "Write how much."),
        ({"day_rate": "-5"}, "day_rate", "Enter £0 or more."),
        ({"words-1": ""}, "words-1", "Say what assessors look for."),
        ({"title-1": ""}, "title-1", "Give it a title, or leave its row empty."),
        ({"points-1": "0"}, "points-1", "Write a whole number from 1 to 20."),
        ({"points-1": "many"}, "points-1", "Write a whole number from 1 to 20."),
        ({"length-1": "500"}, "sentence-1", "Write the question, or leave its row empty."),
        ({"length-2": "5001"}, "length-2", "Write a whole number from 1 to 5,000."),
    ],
)
def test_what_is_wrong_is_said_beside_its_field(client, s, fault, field, says):
    manager = signed_in(client, s.staff[Role.MANAGER])

    answer = manager.post(url("set_terms", s.programme), {**TYPED, **fault})

    assert answer.status_code == 422
    beside = main_of(answer).split(f'id="id_{field}_error">')[1].split("</p>")[0]
    assert says in beside
    assert not Terms.objects.exists()


def test_a_clash_shows_what_holds_and_keeps_what_was_typed(client, s, manager):
    terms_set(manager, s.programme, amount=700_000)

    answer = signed_in(client, s.staff[Role.MANAGER]).post(url("set_terms", s.programme), TYPED)

    assert answer.status_code == 409
    assert "version 1, set on" in text_of(answer)
    assert "up to £7,000." in text_of(answer)
    assert 'name="amount" value="£15,000"' in main_of(answer)
    assert 'name="number" value="1"' in main_of(answer)
