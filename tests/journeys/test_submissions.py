"""Handing in, taking back and answering: one of each, in words, and nothing that was handed in
ever changes."""

from datetime import date

import pytest

from hedgerow.core import rooms
from hedgerow.core.actions import Refused, Stale
from hedgerow.core.models import Event
from hedgerow.core.owners import Audience
from hedgerow.core.readings import reading
from hedgerow.core.rooms import Told
from hedgerow.journeys.events import SENTENCES
from hedgerow.journeys.models import Answered, Submission, SubmissionKind
from hedgerow.journeys.queries.submissions import (
    digest_of,
    plan_in,
    plan_view,
    return_in,
    submissions_in,
)
from hedgerow.people import actions as people
from hedgerow.people.models import Organisation

from .handed_in import HandedIn, a_return, a_step
from .walks import STARTED, at, walk

pytestmark = pytest.mark.django_db

PLAN, RETURN = SubmissionKind.PLAN, SubmissionKind.RETURN


@pytest.fixture
def s():
    return HandedIn()


def test_what_was_handed_in_is_read_back_as_it_was(s):
    plan = s.plan()

    submission = s.hands_in(plan, words="  Our first.  ")

    submission.refresh_from_db()
    assert (submission.number, submission.waits, submission.words) == (1, True, "Our first.")
    assert submission.submitted_by == s.team.core
    assert submission.digest == digest_of(plan)
    assert plan_in(submission) == plan


def test_a_return_is_read_back_as_it_was(s):
    found = a_return(s.team)

    assert return_in(Submission.objects.get(pk=s.hands_in(found).pk)) == found


def test_two_plans_that_differ_in_a_penny_have_different_digests(s):
    assert digest_of(s.plan()) == digest_of(s.plan())
    assert digest_of(s.plan()) != digest_of(s.plan(award=20_000_01))


def test_while_one_waits_no_other_is_handed_in_and_the_refusal_says_whose_and_when(s):
    with at(date(2026, 3, 9)):
        s.hands_in()

    with pytest.raises(Refused) as refused:
        s.hands_in(by=s.second)

    assert str(refused.value) == (
        "The plan and budget was handed in on 9 March 2026 by Chief executive, "
        f"{s.team.organisations[0]}, and waits for the programme’s answer. To hand in another, "
        "take that one back first."
    )
    assert Submission.objects.count() == 1


@pytest.mark.parametrize("answer", [Answered.AGREED, Answered.CONDITIONS])
def test_once_it_is_agreed_no_other_is_handed_in(s, answer):
    s.answers(s.hands_in(), answer, words="Two conditions.")

    with pytest.raises(Refused, match="the cluster decides"):
        s.hands_in()


def test_a_return_is_handed_in_once(s):
    s.answers(s.hands_in(a_return(s.team)), Answered.AGREED)

    with pytest.raises(Refused, match=r"was accepted on .* once"):
        s.hands_in(a_return(s.team))


@pytest.mark.parametrize("answer", [Answered.RETURNED, Answered.REDIRECTED])
def test_what_was_sent_back_is_followed_by_another(s, answer):
    first = s.hands_in()
    s.answers(first, answer, words="No days.")

    second = s.hands_in(s.plan(summary="With days."), words="We added days.")

    assert second.number == 2
    assert plan_in(Submission.objects.get(pk=first.pk)) == s.plan()


def test_a_plan_and_a_return_do_not_wait_for_each_other(s):
    s.hands_in()

    assert s.hands_in(a_return(s.team)).number == 1


def test_it_is_taken_back_while_it_waits_and_another_comes(s):
    first = s.takes_back(s.hands_in(), version=1)

    assert (first.answer, first.answered_by, first.version) == (
        Answered.TAKEN_BACK,
        s.team.core,
        2,
    )
    assert s.hands_in().number == 2


def test_what_was_answered_is_not_taken_back_and_says_what_was_answered(s):
    submission = s.hands_in()
    with at(date(2026, 4, 1)):
        s.answers(submission, Answered.AGREED)

    with pytest.raises(Refused, match=r"was agreed on 1 April 2026 by .* waits no longer"):
        s.takes_back(submission, version=1)


def test_what_was_taken_back_is_not_answered_and_says_by_whom(s):
    submission = s.hands_in()
    s.takes_back(submission)

    with pytest.raises(Refused, match=r"was taken back on .* by Chief executive"):
        s.answers(submission, Answered.AGREED)

    submission.refresh_from_db()
    assert submission.answer == Answered.TAKEN_BACK


def test_it_is_answered_once(s):
    submission = s.hands_in()
    s.answers(submission, Answered.RETURNED, words="No days.")

    with pytest.raises(Refused, match="was sent back on"):
        s.answers(submission, Answered.AGREED)


@pytest.mark.parametrize(
    ("answer", "asked"),
    [(Answered.RETURNED, "Say what is missing"), (Answered.REDIRECTED, "Say which other support")],
)
def test_what_is_sent_back_says_why(s, answer, asked):
    submission = s.hands_in()

    with pytest.raises(Refused, match=asked):
        s.answers(submission, answer, words="  ")

    submission.refresh_from_db()
    assert submission.waits


@pytest.mark.parametrize(
    ("kind", "answer"),
    [(PLAN, "taken_back"), (RETURN, "conditions"), (RETURN, "redirected")],
)
def test_an_answer_that_is_none_to_this_kind_is_a_fault_of_ours(s, kind, answer):
    submission = s.hands_in(a_return(s.team) if kind == RETURN else None)

    with pytest.raises(ValueError, match="is not answered with"):
        s.answers(submission, Answered(answer), words="So.")


def test_who_read_an_older_version_is_told_to_look_again(s):
    submission = s.hands_in()

    with pytest.raises(Stale):
        s.answers(submission, Answered.AGREED, version=7)
    with pytest.raises(Stale):
        s.takes_back(submission, version=7)


def test_in_a_cluster_that_has_ended_nothing_is_handed_in_answered_or_taken_back(s):
    submission = s.hands_in()
    people.end_cluster(by=s.manager, cluster=s.cluster)

    for act in (
        lambda: s.hands_in(a_return(s.team)),
        lambda: s.takes_back(submission),
        lambda: s.answers(submission, Answered.AGREED),
    ):
        with pytest.raises(Refused, match="ended"):
            act()


def told(event):
    return SENTENCES[event.did](
        Told(by="Somebody", look_up=lambda: None, detail=event.detail, named=lambda *of: "it")
    )


def test_what_happened_is_told_to_the_cluster_and_its_programme(s):
    first = s.hands_in(words="A private word.")
    s.answers(first, Answered.RETURNED, words="Another one.")
    s.takes_back(s.hands_in())
    s.answers(s.hands_in(), Answered.CONDITIONS)
    s.answers(s.hands_in(a_return(s.team)), Answered.AGREED)

    events = Event.objects.filter(did__contains="submi").order_by("number")
    assert {one.audience for one in events} == {Audience.FUNDER}
    assert {one.owner_key for one in events} == {s.cluster.pk}
    assert "word" not in str([one.detail for one in events])
    assert [told(one) for one in events] == [
        "Somebody handed in the plan and budget.",
        "Somebody sent the plan and budget back and said what is missing.",
        "Somebody handed in the plan and budget again, as number 2.",
        "Somebody took the plan and budget back before the programme had answered.",
        "Somebody handed in the plan and budget again, as number 3.",
        "Somebody agreed to the plan and budget, with conditions.",
        "Somebody handed in the return.",
        "Somebody accepted the return.",
    ]


def test_each_answer_has_its_sentence(s):
    sentence = rooms.sentence_of("journeys.submission_answered")
    for answer in set(Answered) - {Answered.TAKEN_BACK}:
        detail = {"kind": "plan", "number": 1, "answer": str(answer)}
        said = sentence(Told(by="X", look_up=lambda: None, detail=detail, named=lambda *of: ""))
        assert said.startswith("X ")
        assert said.endswith(".")


def test_many_clusters_cost_one_question_and_what_was_handed_in_stays_where_it_is(
    s, django_assert_num_queries
):
    other = HandedIn(walk())
    s.answers(s.hands_in(), Answered.RETURNED, words="No days.")
    s.hands_in()
    s.hands_in(a_return(s.team))
    keys = [s.cluster.pk, other.cluster.pk]

    with django_assert_num_queries(1), reading():
        plans, returns = submissions_in(keys, PLAN), submissions_in(keys, RETURN)

    assert [one.number for one in plans[s.cluster.pk]] == [1, 2]
    assert [one.number for one in returns[s.cluster.pk]] == [1]
    assert plans[other.cluster.pk] == []
    assert "whole" not in vars(plans[s.cluster.pk][0])


def test_for_no_cluster_nothing_is_asked(django_assert_num_queries):
    with django_assert_num_queries(0):
        assert submissions_in([], PLAN) == {}


def test_a_plan_is_shown_with_names_and_sums_for_one_question(s, django_assert_num_queries):
    with django_assert_num_queries(1):
        view = plan_view(s.plan(), s.cluster)

    names = [str(one) for one in s.team.organisations]
    assert list(view.members) == names
    assert view.objectives[0].steps[0].holders == (names[0], names[1])
    assert [one.member for one in view.by_objective[0].lines] == ["All together", names[1]]
    assert (view.money, view.left, view.hours, view.n_lines) == (1_300_00, 18_700_00, 40, 3)
    assert view.in_short == (
        "Two objectives in two steps, for £1,300 of £20,000, and 40 hours in kind."
    )
    assert view.boards == "Two members’ boards have to agree; one of two has."


def test_an_organisation_that_is_gone_is_said_to_be(s):
    plan = s.plan(members=(*s.plan().members, 10**9))

    assert plan_view(plan, s.cluster).members[-1] == "An organisation that is gone"
    assert Organisation.objects.filter(pk=10**9).count() == 0


def test_a_step_that_begins_before_what_it_waits_for_says_so(s):
    view = plan_view(s.plan(), s.cluster)

    (step,) = view.objectives[1].steps
    assert (step.after_words, step.clash) == ("step 1", "It begins before step 1 is due.")
    later = s.plan(
        steps=(a_step(1), a_step(2, after=(1,), starts_on=date(2027, 3, 1), due_on=None))
    )
    assert plan_view(later, s.cluster).objectives[0].steps[1].clash == ""


def test_a_plan_handed_in_before_the_journey_moves_on_stays(s):
    with at(STARTED):
        submission = s.hands_in()
    s.w.close()

    assert submissions_in([s.cluster.pk], PLAN)[s.cluster.pk] == [submission]
