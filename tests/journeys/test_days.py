from datetime import date

import pytest

from hedgerow.core.actions import Refused, Stale
from hedgerow.journeys import actions, queries
from hedgerow.journeys.words import days_named

from .walks import STARTED, at, walk

pytestmark = pytest.mark.django_db


def log(w, half_days, what="A meeting", on=STARTED):
    with at(date(2026, 3, 20)):
        return actions.log_days(
            by=w.facilitator,
            allowance=w.journey.allowances.get(),
            on=on,
            half_days=half_days,
            what=what,
        )


def line_of(w):
    return queries.day_lines(w.journey)[0]


def test_days_are_logged_in_halves_and_what_is_left_is_said():
    w = walk()
    log(w, 1)
    log(w, 1, what="Notes")

    line = line_of(w)

    assert (line.used, line.left, line.left_words) == (2, 4, "2 of 3 left")
    assert [entry.what for entry in line.log] == ["Notes", "A meeting"]
    assert line.sentence == (
        "Two of three facilitator days are left. "
        "None of three stages that they are meant for are closed. That is in step with the journey."
    )


def test_more_days_than_are_left_are_refused_with_what_to_do():
    w = walk()
    log(w, 5)

    with pytest.raises(Refused) as refused:
        log(w, 2)

    assert str(refused.value) == (
        "½ of 3 facilitator days is left, so 1 cannot be logged. "
        "Strike out a line that is wrong, or ask the programme manager to give more."
    )
    assert line_of(w).used == 5


def test_a_line_struck_out_stays_to_be_read_and_counts_no_more():
    w = walk()
    wrong = log(w, 5)

    actions.strike_days(by=w.facilitator, log=wrong)

    line = line_of(w)
    assert line.used == 0
    assert line.log[0].struck_by.startswith("Chief executive")
    with pytest.raises(Refused, match="was struck out on"):
        actions.strike_days(by=w.facilitator, log=wrong)
    log(w, 6)
    assert line_of(w).left == 0


@pytest.mark.parametrize(
    ("how", "sentence"),
    [
        ({"half_days": 0}, "half a day or more"),
        ({"half_days": 1, "what": " "}, "what the time was for"),
        ({"half_days": 1, "on": date(2026, 3, 21)}, "still to come"),
    ],
)
def test_a_line_says_how_much_what_for_and_when(how, sentence):
    w = walk()

    with pytest.raises(Refused, match=sentence):
        log(w, **how)


def test_days_that_go_faster_than_stages_are_said_to():
    w = walk()
    log(w, 3)

    assert "days go faster than stages" in line_of(w).sentence


def test_with_none_left_the_stages_still_open_are_said_to_go_without():
    w = walk()
    with at(date(2026, 3, 12)):
        w.close()
    log(w, 6)

    assert line_of(w).sentence == (
        "None of three facilitator days are left. "
        "One of three stages that they are meant for is closed: the rest will have to go without."
    )


def test_the_manager_gives_more_days_and_never_fewer_than_are_used():
    w = walk()
    log(w, 5)
    allowance = w.journey.allowances.get()

    actions.give_days(by=w.manager, allowance=allowance, half_days=8, version=1)

    assert line_of(w).left == 3
    with pytest.raises(Refused, match=r"2½ are used already"):
        actions.give_days(by=w.manager, allowance=allowance, half_days=4, version=2)
    with pytest.raises(Refused, match="It is 4 facilitator days already"):
        actions.give_days(by=w.manager, allowance=allowance, half_days=8, version=2)
    with pytest.raises(Stale):
        actions.give_days(by=w.manager, allowance=allowance, half_days=9, version=1)


@pytest.mark.parametrize(
    ("half_days", "name", "said"),
    [
        (2, "Facilitator days", "1 facilitator day"),
        (3, "Facilitator days", "1½ facilitator days"),
        (2, "Days for ICT reviews", "1 day for ICT reviews"),
        (8, "ICT days", "4 ICT days"),
    ],
)
def test_days_are_said_as_they_are_called(half_days, name, said):
    assert days_named(half_days, name) == said
