"""When a cluster and its programme press at once, on a database that lets things happen at once."""

import pytest

from hedgerow.core.actions import DoneAlready, Refused, sent_once
from hedgerow.core.models import Event
from hedgerow.journeys.models import Answered, Submission
from tests.at_once import all_at_once

from .handed_in import HandedIn

pytestmark = [pytest.mark.postgres, pytest.mark.django_db(transaction=True)]


def n_events(did):
    return Event.objects.filter(did=did).count()


def test_of_four_who_hand_in_at_once_one_does():
    s = HandedIn()

    answers = all_at_once(*[lambda by=by: s.hands_in(by=by) for by in (s.core, s.second) * 2])

    assert answers == ["done", *["refused"] * 3]
    assert Submission.objects.count() == n_events("journeys.submitted") == 1


def test_a_form_that_is_sent_twice_hands_in_once():
    s = HandedIn()

    def press():
        with sent_once("the same form"):
            try:
                s.hands_in()
            except DoneAlready as done:
                raise Refused from done

    assert all_at_once(press, press) == ["done", "refused"]
    assert Submission.objects.count() == 1


def test_it_is_taken_back_or_answered_and_never_both():
    s = HandedIn()
    submission = s.hands_in()

    answers = all_at_once(
        lambda: s.takes_back(submission, version=1),
        lambda: s.answers(submission, Answered.AGREED, version=1),
    )

    assert answers == ["done", "refused"]
    submission.refresh_from_db()
    assert submission.version == 2
    taken = n_events("journeys.submission_taken_back")
    assert taken == (submission.answer == Answered.TAKEN_BACK)
    assert taken + n_events("journeys.submission_answered") == 1


def test_of_two_answers_at_once_one_stands():
    s = HandedIn()
    submission = s.hands_in()

    answers = all_at_once(
        lambda: s.answers(submission, Answered.AGREED, version=1),
        lambda: s.answers(submission, Answered.RETURNED, words="No days.", version=1),
    )

    assert answers == ["done", "refused"]
    assert n_events("journeys.submission_answered") == 1


def test_while_one_is_sent_back_another_is_handed_in_after_it_or_not_at_all():
    s = HandedIn()
    first = s.hands_in()

    answers = all_at_once(
        lambda: s.answers(first, Answered.RETURNED, words="No days.", version=1),
        lambda: s.hands_in(by=s.second),
    )

    assert answers in (["done", "done"], ["done", "refused"])
    numbers = list(Submission.objects.order_by("number").values_list("number", flat=True))
    assert numbers == list(range(1, answers.count("done") + 1))
