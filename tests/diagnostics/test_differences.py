"""Where two of one organisation answered differently: side by side, the furthest apart first."""

import pytest
from django.urls import reverse

from hedgerow.diagnostics.queries.differences import differences_of
from hedgerow.diagnostics.questions.packs import instrument_of
from hedgerow.people.models import Role
from tests.factories import reader
from tests.front.pages import page

from .scenes_rounds import member_of
from .scenes_sheets import answered, scores

pytestmark = pytest.mark.django_db


def found(s, asking, seat=None):
    seat = seat or s.own.core
    return differences_of(reader(seat), member_of(seat), asking, instrument_of(asking.text))


def changed(answers, **rows):
    """The same, with other cells in these rows."""
    for row in answers["strengths"]:
        row["cells"] |= rows.get(row["row"], {})
    return answers


def url(seat, asking):
    return reverse("diagnostics:differences", args=[member_of(seat).pk, asking.pk])


def test_the_furthest_apart_stand_first_with_the_words_of_both(s, asking):
    answered(s, asking, s.own.core, scores(asking, strength=2))
    theirs = changed(scores(asking, strength=2), payroll={"strength": 3}, accounts={"strength": 5})
    answered(s, asking, s.own.seats[Role.STAFF], theirs)

    both = found(s, asking)

    assert [line.row for line in both.lines] == ["Accounts, Strength", "Payroll, Strength"]
    assert both.lines[0].words == ("2 – Not quite enough", "5 – Strong enough to help others")
    assert both.n_same == 38


def test_what_one_left_out_is_no_difference(s, asking):
    answered(s, asking, s.own.core, scores(asking))
    answered(s, asking, s.own.seats[Role.STAFF], {"strengths": scores(asking)["strengths"][:1]})

    assert found(s, asking).lines == ()


def test_there_is_nothing_to_compare_until_two_have_finished(s, asking):
    answered(s, asking, s.own.core, scores(asking))
    answered(s, asking, s.own.seats[Role.STAFF], scores(asking, strength=5), finish=False)

    assert "Two of us have to finish" in found(s, asking).words
    assert found(s, asking).lines == ()


def test_other_organisations_are_not_compared_and_do_not_look(client, s, asking):
    answered(s, asking, s.own.core, scores(asking))
    answered(s, asking, s.own.second, scores(asking, strength=5))

    assert len(found(s, asking).people) == 1
    page(client, url(s.own.core, asking), s.own.second, status=403)


def test_the_page_shows_them_side_by_side(client, s, asking):
    answered(s, asking, s.own.core, scores(asking))
    answered(
        s,
        asking,
        s.own.seats[Role.STAFF],
        changed(scores(asking), payroll={"priority": 1}),
    )

    shown = page(client, url(s.own.core, asking), s.own.core)

    assert "One answer to talk about, and 39 answers alike" in shown
    assert "Payroll, Priority 4 – High 1 – Not now" in shown
    assert "Where we differ" in page(client, asking.get_absolute_url(), s.own.core)
