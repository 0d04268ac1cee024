"""Giving a plan to assessors, declaring, scoring and sending: what is done, and what is refused."""

import pytest

from hedgerow.core import clock
from hedgerow.core.actions import Refused, Stale
from hedgerow.core.models import Event
from hedgerow.core.owners import Owner
from hedgerow.grants.actions import assessing
from hedgerow.grants.models import Assessment, Assignment, Score
from hedgerow.grants.queries.assessing import assessment_page, others_in
from hedgerow.journeys.models import Answered
from hedgerow.ledger.actions import CriterionSaid
from hedgerow.people.access import visible_events
from hedgerow.people.models import Role
from hedgerow.people.queries.history import history_of
from tests.factories import SeatFactory, actor, reader
from tests.ledger.awarded import terms_set

from .assessed import in_days

pytestmark = pytest.mark.django_db


def page_of(row):
    return assessment_page(Assessment.objects.get(pk=row.assessment_id))


# giving it out


def test_a_plan_is_given_out_under_the_terms_that_hold_then(a):
    (row,) = a.gives()
    terms_set(a.manager, a.s.programme, number=1, criteria=(CriterionSaid(title="X", words="Y"),))
    (other,) = a.gives(a.second)

    assert row.assessment.terms == a.terms == other.assessment.terms
    assert [line.title for line in page_of(row).criteria] == [
        "It will help people",
        "It can be done",
    ]


def test_nobody_who_sits_in_the_cluster_assesses_its_plan(a):
    SeatFactory(user=a.first.user, role=Role.FACILITATOR, cluster=a.cluster)

    with pytest.raises(Refused, match="also sits in"):
        a.gives(a.first)
    assert not Assessment.objects.exists()


def test_somebody_else_than_an_assessor_of_the_programme_does_not_have_it(a):
    for seat in (a.manager_seat, a.s.other_staff[Role.ASSESSOR], a.s.own.core):
        with pytest.raises(Refused, match="is no assessor of"):
            a.gives(seat)


def test_nobody_has_the_same_plan_twice(a):
    a.gives(a.first)

    with pytest.raises(Refused, match="has this plan already"):
        a.gives(a.second, a.first)
    assert Assignment.objects.count() == 1


def test_nobody_at_all_and_a_day_that_is_over_are_refused(a):
    with pytest.raises(Refused, match="Choose at least one"):
        assessing.assign(by=a.manager, submission=a.plan, assessors=[], due_on=in_days(1))
    with pytest.raises(Refused, match="has passed"):
        a.gives(due_on=in_days(-1))


def test_without_criteria_nothing_is_given_out(a):
    terms_set(a.manager, a.s.programme, number=1, criteria=())

    with pytest.raises(Refused, match="what assessors look at"):
        a.gives()


def test_a_plan_that_waits_no_longer_is_not_given_out(a):
    a.handed.takes_back(a.plan)

    with pytest.raises(Refused, match="was taken back on"):
        a.gives()


def test_only_the_manager_of_the_programme_gives_it_out(a):
    for seat in (a.s.other_staff[Role.MANAGER], a.first, a.s.own.core):
        with pytest.raises(Refused, match="Only the manager of"):
            assessing.assign(
                by=actor(seat), submission=a.plan, assessors=[a.first], due_on=in_days(1)
            )


# declaring


def test_a_conflict_says_what_it_is(a):
    (row,) = a.gives()

    with pytest.raises(Refused, match="what the conflict is"):
        a.declares(row, "has", " ")
    a.declares(row, "has", "My sister works there.")

    line = page_of(row).lines[0]
    assert (line.has_conflict, line.note) == (True, "My sister works there.")


def test_a_conflict_that_was_declared_is_not_taken_back_alone(a):
    (row,) = a.gives()
    a.declares(row, "has", "My sister works there.")

    with pytest.raises(Refused, match="ask the programme manager"):
        a.declares(row, "none")
    with pytest.raises(Refused, match="somebody else scores this plan"):
        a.keeps(row)


def test_a_conflict_found_while_scoring_stops_the_scores(a):
    (row,) = a.gives()
    a.declares(row)
    a.keeps(row)
    a.declares(row, "has", "I know one of them.")

    with pytest.raises(Refused, match="somebody else scores this plan"):
        a.sends(row)
    assert not page_of(row).sent


def test_said_again_alike_nothing_is_written_down(a):
    (row,) = a.gives()
    a.declares(row)
    a.declares(row)

    assert Event.objects.filter(did="grants.declared").count() == 1


def test_whoever_came_to_sit_in_the_cluster_has_a_conflict(a):
    (row,) = a.gives()
    SeatFactory(user=a.first.user, role=Role.STAFF, cluster=a.cluster)

    with pytest.raises(Refused, match="which is a conflict of interest"):
        a.declares(row)


def test_whoever_came_to_sit_there_after_declaring_does_not_score(a):
    (row,) = a.gives()
    a.declares(row)
    SeatFactory(user=a.first.user, role=Role.STAFF, cluster=a.cluster)

    with pytest.raises(Refused, match="You also sit in"):
        a.keeps(row)


def test_what_was_given_to_somebody_else_is_theirs(a):
    row, _ = a.gives(a.first, a.second)

    with pytest.raises(Refused, match="given to somebody else"):
        a.declares(row, by=actor(a.second))


def test_an_assessor_whose_seat_has_ended_does_nothing_more(a):
    (row,) = a.gives()
    a.first.ended_at = clock.now()
    a.first.save()

    with pytest.raises(Refused, match="no assessor of"):
        a.declares(row)


# scoring


def test_nothing_is_scored_before_declaring(a):
    (row,) = a.gives()

    with pytest.raises(Refused, match="Say first that you have no conflict"):
        a.keeps(row)
    assert not Score.objects.exists()


def test_a_draft_is_kept_half_and_changed(a):
    (row,) = a.gives()
    a.declares(row)
    a.keeps(row, 4, None)
    a.keeps(row, 0, 5, comment="Well made.")

    row.refresh_from_db()
    assert list(row.scores.values_list("points", flat=True)) == [0, 5]
    assert row.comment == "Well made."


@pytest.mark.parametrize("points", [-1, 6])
def test_points_outside_what_there_is_are_refused(a, points):
    (row,) = a.gives()
    a.declares(row)

    with pytest.raises(Refused, match="from 0 to 5"):
        a.keeps(row, points, 1)


def test_a_criterion_of_another_assessment_is_a_fault(a):
    (row,) = a.gives()
    row = a.declares(row)

    with pytest.raises(ValueError, match="not of the assessment"):
        assessing.keep_scores(
            by=actor(a.first), assignment=row, scores={0: (1, "")}, comment="", version=row.version
        )


def test_what_was_kept_in_another_window_is_not_written_over(a):
    (row,) = a.gives()
    old = a.declares(row).version
    a.keeps(row, 1, 1)

    with pytest.raises(Stale):
        a.keeps(row, 5, 5, version=old)
    assert list(row.scores.values_list("points", flat=True)) == [1, 1]


@pytest.mark.parametrize(
    ("points", "words", "said"),
    [((4, None), "So.", "Give points for “It can be done”"), ((4, 4), "", "Say in a line why")],
)
def test_half_a_score_is_not_sent(a, points, words, said):
    (row,) = a.gives()
    a.declares(row)
    a.keeps(row, *points, words=words)

    with pytest.raises(Refused, match=said):
        a.sends(row)


def test_nought_is_a_score(a):
    (row,) = a.gives()

    assert a.scored(row, 0, 0).sent_at


def test_what_was_sent_stays_as_it_is(a):
    (row,) = a.gives()
    a.scored(row, 4, 3)

    for later in (
        lambda: a.keeps(row, 5, 5),
        lambda: a.sends(row),
        lambda: a.declares(row, "has", "Late."),
    ):
        with pytest.raises(Refused, match="Your scores are in"):
            later()
    with pytest.raises(Refused, match="What is in stays in"):
        assessing.take_off(by=a.manager, assignment=row, version=row.version)
    assert list(row.scores.values_list("points", flat=True)) == [4, 3]


@pytest.mark.parametrize("how", ["taken back", "sent back"])
def test_a_plan_that_is_answered_meanwhile_is_told_and_the_draft_is_kept(a, how):
    (row,) = a.gives()
    a.declares(row)
    a.keeps(row, 4, 3)
    if how == "taken back":
        a.handed.takes_back(a.plan)
    else:
        a.sends_back("Say who.")

    with pytest.raises(Refused, match=f"was {how} on"):
        a.sends(row)
    a.keeps(row, 5, 2)
    assert list(row.scores.values_list("points", flat=True)) == [5, 2]


# who sees which scores


def test_the_manager_sees_no_score_before_all_are_in(a):
    first, second = a.gives(a.first, a.second)
    a.scored(first, 4, 3, comment="Strong.")

    page = page_of(first)
    assert not page.is_shown
    assert not any(line.scores for line in page.criteria)
    assert not page.comments

    a.scored(second, 2, 3)
    page = page_of(first)
    assert page.is_shown
    assert [line.mean for line in page.criteria] == ["3.0", "3.0"]
    assert [line.apart for line in page.criteria] == ["two points apart", "All alike"]
    assert [words for _, words in page.comments] == ["Strong."]


def test_deciding_without_somebody_shows_what_the_others_gave(a):
    first, second = a.gives(a.first, a.second)
    a.scored(first)
    assessing.take_off(by=a.manager, assignment=second, version=second.version)

    page = page_of(first)
    assert page.is_shown
    assert [line.is_off for line in page.lines] == [False, True]
    with pytest.raises(Refused, match="taken from you"):
        a.declares(second)


def test_nobody_waits_for_an_assessor_with_a_conflict(a):
    first, second = a.gives(a.first, a.second)
    a.scored(first)
    a.declares(second, "has", "My sister works there.")

    assert page_of(first).is_shown
    assert [line.note for line in page_of(first).conflicts] == ["My sister works there."]


def test_whoever_was_taken_off_can_be_asked_again(a):
    (row,) = a.gives()
    a.declares(row, "has", "A slip.")
    row.refresh_from_db()
    assessing.take_off(by=a.manager, assignment=row, version=row.version)
    (again,) = a.gives()

    assert again.pk != row.pk
    assert a.scored(again).sent_at


def test_others_scores_are_read_once_ones_own_are_in_and_not_before(a):
    third = SeatFactory(role=Role.ASSESSOR, programme=a.s.programme)
    first, second, late = a.gives(a.first, a.second, third)
    a.scored(first, 4, 3)
    a.declares(second)
    a.keeps(second, 1, 1)
    a.declares(late)
    a.keeps(late, 5, 5)
    second.refresh_from_db()
    assert others_in(second) == ()

    second = a.sends(second)
    assert [[one.points for one in line.scores] for line in others_in(second)] == [[4], [3]]


# the history


def test_what_is_done_is_told_in_the_programmes_history(a):
    first, second = a.gives(a.first, a.second)
    a.scored(first)
    a.declares(second, "has", "Canary.")
    second.refresh_from_db()
    assessing.take_off(by=a.manager, assignment=second, version=second.version)

    lines = history_of(reader(a.manager_seat), owner=Owner.PROGRAMME, key=a.s.programme.pk, limit=6)
    told = " ".join(line.sentence for line in lines)
    for words in (
        "two assessors",
        "no conflict of interest",
        "went on scoring",
        "sent their scores",
    ):
        assert words in told
    assert f"goes on without Chief executive, {a.s.programme}" in told
    assert "Canary" not in told


def test_nobody_in_the_cluster_reads_of_it(a):
    first, _ = a.gives(a.first, a.second)
    a.scored(first)

    for seat in (*a.s.own.seats.values(), a.s.own.second):
        read = visible_events(reader(seat)).values_list("did", flat=True)
        assert not [did for did in read if did.startswith("grants.")]


def test_an_answer_names_who_waits_no_longer(a):
    (row,) = a.gives()
    a.handed.answers(a.plan, Answered.REDIRECTED, words="Ask the council.")

    with pytest.raises(Refused, match="pointed to other support on"):
        a.declares(row)
