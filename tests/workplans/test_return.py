"""The return: made from what stands, handed in once as it was read, and nothing typed is lost."""

from datetime import timedelta

import pytest
from django.urls import reverse

from hedgerow.core import clock
from hedgerow.core.actions import Refused, Stale
from hedgerow.core.models import Event
from hedgerow.journeys.actions import submissions
from hedgerow.journeys.models import Answered, Submission
from hedgerow.journeys.queries.submissions import return_in
from hedgerow.ledger.actions import enter, make_award, set_terms
from hedgerow.ledger.actions.awards import InstalmentSaid
from hedgerow.ledger.actions.terms import HeadingSaid
from hedgerow.workplans.actions import objectives
from hedgerow.workplans.actions.budgets import add_line, begin_budget, freeze_for
from hedgerow.workplans.actions.progress import judge
from hedgerow.workplans.actions.returning import hand_in_return
from hedgerow.workplans.queries.plans import plan_now
from hedgerow.workplans.queries.returning import return_now, return_page
from tests.factories import ProgrammeFactory, actor, signed_in, team
from tests.front.pages import main_of, page, text_of

from .carried import gained, keeps, lets_go, moves, opened, under_way
from .planned import in_days, planned
from .test_gains import says
from .test_progress_pages import url

pytestmark = pytest.mark.django_db

HEADINGS = (
    HeadingSaid(sentence="What would you do again?"),
    HeadingSaid(sentence="What not?", most=20),
)


def asks(p, headings=HEADINGS, number=0):
    return set_terms(
        by=actor(p.manager),
        programme=p.cluster.programme,
        amount=1_500_000,
        conditions="",
        timetable="",
        other_support="",
        day_rate=None,
        criteria=(),
        headings=headings,
        number=number,
    )


@pytest.fixture
def p():
    p = under_way()
    asks(p)
    return p


def told(p, *words):
    headings = return_page(p.cluster).headings
    words = words or ("All of it.", "The minibus.")
    return {one.pk: said for one, said in zip(headings, words, strict=True)}


def hands_in(p, *, said=None, words="", digest=None):
    return hand_in_return(
        by=p.core,
        cluster=p.cluster,
        said=told(p) if said is None else said,
        words=words,
        digest=return_page(p.cluster).digest if digest is None else digest,
    )


# what it holds


def test_it_is_taken_from_the_plan_the_account_and_the_gains():
    p = planned()
    asks(p)
    budget = begin_budget(by=p.core, workplan=p.fresh())
    add_line(
        by=p.core,
        budget=budget,
        title="A trainer",
        kind="shared",
        category="training",
        pence=90_000,
    )
    add_line(
        by=p.core,
        budget=budget,
        title="A room",
        kind="in_kind",
        category="rooms",
        pence=0,
        hours=9,
        member=p.team.second.organisation,
    )
    handed_in = submissions.submit(
        by=p.core, journey=p.journey, kind="plan", result=plan_now(p.fresh()), words=""
    )
    freeze_for(by=p.core, workplan=p.fresh(), submission=handed_in)
    submissions.answer(
        by=actor(p.manager), submission=handed_in, answer=Answered.AGREED, words="", version=None
    )
    award = make_award(
        by=actor(p.manager),
        submission=handed_in,
        holding=p.team.core.organisation,
        awarded_on=clock.today(),
        amounts={"main": 90_000},
        conditions=(),
        instalments=(InstalmentSaid(tranche="main", pence=90_000),),
        words="",
    )
    opened(p)
    for verb, pence in (("commit", 50_000), ("spend", 20_000)):
        enter(
            by=p.core,
            award=award,
            verb=verb,
            pence=pence,
            on=clock.today(),
            member=p.team.core.organisation,
            line=1,
        )
    keeps(p, 1)
    moves(p, 2, in_days(60))
    lets_go(p, 3)
    judge(by=p.core, objective=p.objective(1), result="partly", words="Ten came.")
    gained(p, "A caretaker.", pence=500, evidence="A letter.")
    says(p, p.team.core)

    found = return_now(p.cluster)

    assert (found.award, found.released, found.drawn) == (90_000, 90_000, 0)
    assert (found.committed, found.spent) == (30_000, 20_000)
    (line,) = found.lines
    assert (line.title, line.planned, line.committed, line.spent) == (
        "A trainer",
        90_000,
        30_000,
        20_000,
    )
    assert [step.became for step in found.steps] == ["done", "open", "stopped"]
    assert (found.steps[1].why, found.steps[1].due_on) == ("The hall was shut.", in_days(60))
    assert [(one.judged, one.words) for one in found.objectives] == [
        ("partly", "Ten came."),
        ("", ""),
    ]
    assert [(one.words, one.pence) for one in found.gains] == [("A caretaker.", 500)]
    assert (found.n_members, found.n_asked) == (3, 1)


def test_an_objective_that_was_given_up_was_not_met_and_says_why(p):
    objective = p.adds("A choir")
    objectives.drop_objective(
        by=p.core, objective=objective, because="No time.", version=objective.version
    )

    last = return_now(p.cluster).objectives[-1]

    assert (last.title, last.judged) == ("A choir", "not_met")
    assert last.words.endswith(": No time.")


def test_without_a_plan_there_is_nothing_to_return():
    own = team(ProgrammeFactory())

    assert return_page(own.cluster) is None
    with pytest.raises(LookupError, match="has no plan yet"):
        return_now(own.cluster)


# handing in


def test_what_was_read_is_what_is_handed_in_once(p):
    keeps(p, 1)
    submission = hands_in(p)

    found = return_in(submission)
    assert [(one.heading, one.words) for one in found.said] == [
        ("What would you do again?", "All of it."),
        ("What not?", "The minibus."),
    ]
    assert [step.became for step in found.steps] == ["done", "open", "open"]
    told_of = Event.objects.get(did="workplans.return_handed_in").detail
    assert told_of == {"number": 1, "objectives": 2, "gains": 0}
    with pytest.raises(Refused, match="waits for the programme’s answer"):
        hands_in(p)


def test_once_it_is_accepted_there_is_no_other(p):
    submissions.answer(
        by=actor(p.manager),
        submission=hands_in(p),
        answer=Answered.AGREED,
        words="",
        version=None,
    )

    with pytest.raises(Refused, match="There is one for the whole cluster, once"):
        hands_in(p)


def test_one_that_was_sent_back_is_handed_in_again_with_what_changed(p):
    submissions.answer(
        by=actor(p.manager),
        submission=hands_in(p),
        answer=Answered.RETURNED,
        words="Say how many came.",
        version=None,
    )

    again = hands_in(p, words="Now it says so.")

    assert (again.number, again.words) == (2, "Now it says so.")


def test_what_changed_while_it_was_read_is_shown_first(p):
    digest = return_page(p.cluster).digest
    keeps(p, 1)

    with pytest.raises(Stale, match="changed while you were reading"):
        hands_in(p, digest=digest)

    assert not Submission.objects.filter(kind="return").exists()


def test_when_the_programme_asks_otherwise_meanwhile_it_is_read_again(p):
    said = told(p)
    asks(p, headings=(HeadingSaid(sentence="Who gained?"),), number=1)

    with pytest.raises(Stale, match="changed what a return has to say"):
        hands_in(p, said=said)


@pytest.mark.parametrize(
    ("words", "refusal"),
    [
        (("All.", " "), "Write something under “What not\\?”"),
        (("All.", "x" * 21), "21 characters; 20 are the most"),
    ],
)
def test_each_heading_has_its_words_within_its_limit(p, words, refusal):
    with pytest.raises(Refused, match=refusal):
        hands_in(p, said=told(p, *words))


def test_a_return_is_of_a_plan_that_was_agreed():
    p = planned()

    with pytest.raises(Refused, match="has not been agreed yet"):
        hands_in(p, said={})


def test_where_the_programme_asks_nothing_besides_nothing_is_written():
    p = under_way()

    assert return_in(hands_in(p, said={})).said == ()


# pages


def test_headings_and_their_limits_are_seen_from_the_start_by_everybody(client):
    p = planned()
    asks(p)

    for seat in (p.team.facilitator, p.team.seats["staff"]):
        shown = page(client, url("return", p.cluster), seat)
        assert "What would you do again? 1,000 characters at most" in shown
        assert "It can be handed in once the plan is agreed." in shown
        assert "Look it over and hand it in" not in shown


def test_before_the_plan_is_agreed_there_are_no_figures(client):
    p = planned()

    shown = page(client, url("return", p.cluster), p.team.core)

    assert "once that is agreed and carried out" in shown
    assert "£0 of £0" not in shown


def test_the_button_comes_after_what_is_read_before_it_is_pressed(client, p):
    signed_in(client, p.team.core)

    html = main_of(client.get(url("hand_in_return", p.cluster)))

    assert html.index("What it was spent on") < html.index("What would you do again?")
    assert html.index("What would you do again?") < html.index("Hand it in, for the whole")


def test_steps_that_are_still_open_are_said_before_it_is_handed_in(client):
    p = under_way()
    n_open = return_page(p.cluster).n_open
    assert n_open

    for name in ("return", "hand_in_return"):
        assert "still open, and the return says so" in page(
            client, url(name, p.cluster), p.team.core
        )
    for number in range(1, n_open + 1):
        lets_go(p, number)
    for name in ("return", "hand_in_return"):
        assert "still open, and" not in page(client, url(name, p.cluster), p.team.core)


def test_it_is_handed_in_by_form(client, p):
    core = signed_in(client, p.team.core)
    assert "Look it over and hand it in" in text_of(core.get(url("return", p.cluster)))
    names = {key: f"heading-{key}" for key in told(p)}
    sent = {
        "digest": return_page(p.cluster).digest,
        **{names[key]: said for key, said in told(p).items()},
    }

    shown = text_of(core.post(url("hand_in_return", p.cluster), sent, follow=True))

    assert "Handed in. It waits for the programme’s answer." in shown
    assert "The return as it was handed in on " in shown
    assert "Look it over and hand it in" not in shown
    twice = core.post(url("hand_in_return", p.cluster), sent)
    assert twice.status_code == 409
    assert "All of it.</textarea>" in main_of(twice)


def test_what_was_typed_stays_when_something_changed_meanwhile(client, p):
    core = signed_in(client, p.team.core)
    sent = {"digest": "0" * 64, **{f"heading-{key}": said for key, said in told(p).items()}}

    late = core.post(url("hand_in_return", p.cluster), sent)

    assert late.status_code == 409
    assert "changed while you were reading" in text_of(late)
    assert "The minibus.</textarea>" in main_of(late)
    assert f'value="{return_page(p.cluster).digest}"' in main_of(late)


def test_what_was_typed_under_a_heading_that_is_gone_is_shown(client, p):
    core = signed_in(client, p.team.core)
    sent = {
        "digest": return_page(p.cluster).digest,
        **{f"heading-{key}": said for key, said in told(p).items()},
    }
    asks(p, headings=(HeadingSaid(sentence="Who gained?"),), number=1)

    late = core.post(url("hand_in_return", p.cluster), sent)

    assert late.status_code == 422
    assert "What you wrote under other headings" in text_of(late)
    assert "All of it." in text_of(late)


def test_one_that_is_too_long_comes_back_whole(client, p):
    (first, second) = told(p)
    sent = {
        "digest": return_page(p.cluster).digest,
        f"heading-{first}": "All of it.",
        f"heading-{second}": "x" * 21,
    }

    answer = signed_in(client, p.team.core).post(url("hand_in_return", p.cluster), sent)

    assert answer.status_code == 422
    assert "Write 20 characters at most." in text_of(answer)
    assert "x" * 21 in main_of(answer)


def test_one_that_was_sent_back_says_what_is_missing(client, p):
    submissions.answer(
        by=actor(p.manager),
        submission=hands_in(p),
        answer=Answered.RETURNED,
        words="Say how many came.",
        version=None,
    )

    shown = page(client, url("return", p.cluster), p.team.core)
    assert "the programme sent it back. “Say how many came.”" in shown
    form = page(client, reverse("workplans:hand_in_return", args=[p.cluster.pk]), p.team.core)
    assert "What has changed since the one before?" in form


def test_the_day_it_is_read_on_is_part_of_it(p):
    before = return_page(p.cluster).digest

    with clock.at(clock.now() + timedelta(days=1)):
        assert return_page(p.cluster).digest != before


def test_agreeing_is_asked_of_the_plan_alone(p):
    agreed_before = return_page(p.cluster).agreed
    hands_in(p)

    assert return_page(p.cluster).agreed == agreed_before
    assert agreed_before.kind == "plan"
