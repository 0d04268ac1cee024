"""What became of a plan, as its pages show it, and who may say what there."""

import re

import pytest
from django.urls import reverse

from hedgerow.agreements.models import Promise
from hedgerow.people.models import Role
from hedgerow.workplans.actions import objectives
from hedgerow.workplans.models import GainsSaid, Objective, Step, UnplannedGain
from tests.factories import ProgrammeFactory, signed_in, team
from tests.front.pages import cost_of, main_of, page, text_of

from .carried import agreed, gained, keeps, lets_go, moves, under_way
from .planned import begun, in_days, planned
from .test_gains import says, written

pytestmark = pytest.mark.django_db

ROLES = (Role.CORE, Role.DEPUTY, Role.STAFF, Role.FACILITATOR, Role.SUPPORTER)


@pytest.fixture
def p():
    return under_way()


def url(name, thing):
    return reverse(f"workplans:{name}", args=[thing.pk])


# who


def test_everybody_round_the_table_reads_and_others_find_nothing(client, p):
    other = team(ProgrammeFactory())
    for name in ("progress", "timeline", "gains", "return"):
        for role in ROLES:
            page(client, url(name, p.cluster), p.team.seats[role])
        page(client, url(name, p.cluster), other.core, status=404)


@pytest.mark.parametrize(
    ("name", "roles"),
    [
        ("log_gain", {*ROLES}),
        ("say_gains", {Role.CORE}),
        ("record_gains", {Role.FACILITATOR}),
        ("hand_in_return", {Role.CORE, Role.FACILITATOR}),
    ],
)
def test_who_may_say_what(client, p, name, roles):
    for role in ROLES:
        status = 200 if role in roles else 403
        page(client, url(name, p.cluster), p.team.seats[role], status=status)


def test_who_leads_judges_takes_up_and_takes_back(client, p):
    gain = gained(p)
    for role in ROLES:
        leads = role in (Role.CORE, Role.FACILITATOR)
        for name, thing in (("judge", p.objective(1)), ("take_back_gain", gain)):
            page(client, url(name, thing), p.team.seats[role], status=200 if leads else 403)
        answer = signed_in(client, p.team.seats[role]).post(url("take_up", p.step(1)))
        assert answer.status_code == (409 if leads else 403)


# the page


def test_each_step_stands_in_a_sentence_and_leads_to_its_promise(client, p):
    keeps(p, 1)
    moves(p, 2, in_days(50))
    lets_go(p, 3)

    answer = signed_in(client, p.team.third).get(url("progress", p.cluster))
    shown = text_of(answer)

    assert "One of three steps done, one stopped, one slipping." in shown
    assert "Done on " in shown
    assert "Slipping: it was for " in shown
    assert "Why: “The hall was shut.”" in shown
    assert "Stopped on " in shown
    assert "Why: “Nobody has the time.”" in shown
    for number in (1, 2, 3):
        assert p.step(number).promise.get_absolute_url() in main_of(answer)


def test_what_is_nobodys_is_taken_up_from_the_page(client):
    p = planned()
    agreed(p)
    core, there = signed_in(client, p.team.core), url("progress", p.cluster)
    assert "Take it up: Find a trainer" in text_of(core.get(there))

    shown = text_of(core.post(url("take_up", p.step(1)), follow=True))

    assert "Taken up: Find a trainer. It is promised for " in shown
    assert "Take it up: Find a trainer" not in shown
    assert Promise.objects.count() == 1
    assert "is taken up already" in text_of(core.post(url("take_up", p.step(1))))


def test_what_has_no_pair_leads_to_where_one_is_named(client):
    p = planned()
    agreed(p)
    Step.objects.filter(number=1).update(first=None, second=None)

    shown = main_of(signed_in(client, p.team.core).get(url("progress", p.cluster)))

    assert "it waits for a pair" in shown
    assert f'href="{url("step", p.step(1))}">Say who does it' in shown
    assert f'action="{url("take_up", p.step(1))}"' not in shown


def test_before_the_plan_is_agreed_nothing_can_be_pressed(client):
    p = planned()

    shown = page(client, url("progress", p.cluster), p.team.core)

    assert "The plan is not agreed yet." in shown
    assert "Take it up" not in shown
    assert "Say whether it was met" not in shown


def test_giving_an_objective_up_stands_as_a_decision(client, p):
    objective = p.adds("A choir")
    objectives.drop_objective(
        by=p.core, objective=objective, because="No time.", version=objective.version
    )

    shown = page(client, url("progress", p.cluster), p.team.core)

    assert "A choir Given up Given up on " in shown
    assert "Why: “No time.” To give something up is a decision too" in shown


def test_gains_stand_beside_what_was_planned_and_are_summed_apart(client, p):
    gained(p, "A <caretaker>.", pence=2_040_000, evidence="Its letter.")
    gained(p, "Trust.")

    answer = signed_in(client, p.team.core).get(url("progress", p.cluster))

    assert "Two gains came that nobody had planned." in text_of(answer)
    assert "One of them was valued, at £20,400." in text_of(answer)
    assert "A &lt;caretaker&gt;." in main_of(answer)


def test_a_cluster_without_a_plan_writes_gains_down_all_the_same(client):
    own = team(ProgrammeFactory())

    assert "There is no plan yet." in page(client, url("progress", own.cluster), own.core)
    core = signed_in(client, own.core)
    assert "Write down a gain" in text_of(core.get(url("gains", own.cluster)))
    assert core.get(url("timeline", own.cluster)).status_code == 200
    assert core.get(url("return", own.cluster)).status_code == 200
    sent = {"choice": "nothing", "words": ""}
    answer = core.post(url("say_gains", own.cluster), sent)
    assert answer.status_code == 409
    assert "There is no plan yet." in text_of(answer)


def test_where_the_cluster_has_ended_nothing_is_offered(client, p):
    p.cluster.ended_at = p.journey.stages.get(kind="workplan").closed_at
    p.cluster.save()
    gained_none = text_of(signed_in(client, p.team.core).get(url("gains", p.cluster)))

    assert "nothing in it can be changed" in gained_none
    assert "Write down a gain" not in gained_none
    assert "Say whether it was met" not in page(client, url("progress", p.cluster), p.team.core)


def test_the_page_asks_no_more_of_sixty_steps_than_of_three(client, p):
    gained(p)
    core = signed_in(client, p.team.core)
    core.get(url("progress", p.cluster))
    few = {name: cost_of(core, url(name, p.cluster)) for name in ("progress", "timeline", "return")}
    step = p.step(1)
    Step.objects.bulk_create(
        Step(
            workplan=p.plan,
            objective=p.objective(2),
            number=number,
            kind="activity",
            title=f"Step {number}",
            due_on=in_days(number),
            first=p.team.core,
            second=p.team.second,
            promise=Promise.objects.create(
                cluster=p.cluster,
                words=f"Step {number}",
                first=step.first,
                second=step.second,
                due_on=in_days(number),
                first_due_on=in_days(number),
                made_by=p.team.core,
                made_at=p.plan.begun_at,
            ),
            by=p.team.core,
            at=p.plan.begun_at,
        )
        for number in range(10, 67)
    )
    for _ in range(9):
        gained(p)

    many = {name: cost_of(core, url(name, p.cluster)) for name in few}

    assert many == few
    assert text_of(core.get(url("timeline", p.cluster))).count("Step 66") == 2
    assert max(few.values()) <= 30


# the calendar


def test_the_calendar_says_in_words_what_it_draws(client, p):
    keeps(p, 1)

    answer = signed_in(client, p.team.core).get(url("timeline", p.cluster))

    shown = text_of(answer)
    assert shown.count("1. Find a trainer Done, ") == 1
    assert "Waits for step 2." in shown
    assert "Three steps to two objectives, from " in shown
    html = main_of(answer)
    assert html.count('<svg class="ch"') == 3 + 2  # a row each, and a head for each objective
    assert html.count("<caption>") == 1


# judging


def test_an_objective_is_judged_by_form_and_can_be_judged_anew(client, p):
    core, objective = signed_in(client, p.team.core), p.objective(1)
    sent = {"result": "met", "words": "Twenty came.", "version": objective.version}

    shown = text_of(core.post(url("judge", objective), sent, follow=True))
    assert "Said: objective 1 is met." in shown
    assert "Met “Twenty came.”" in shown

    again = main_of(core.get(url("judge", objective)))
    assert "Twenty came.</textarea>" in again
    late = core.post(url("judge", objective), {**sent, "words": "Nobody stayed."})
    assert late.status_code == 409
    assert "Somebody else changed this" in text_of(late)
    assert "Nobody stayed.</textarea>" in main_of(late)
    version = Objective.objects.get(pk=objective.pk).version
    assert f'value="{version}"' in main_of(late)


def test_a_judgement_by_half_comes_back(client, p):
    answer = signed_in(client, p.team.core).post(
        url("judge", p.objective(1)), {"words": "", "version": 1}
    )

    assert answer.status_code == 422
    assert "Choose one of the three." in text_of(answer)
    assert "Say what shows it" in text_of(answer)


# gains by form

SENT = {"words": "The council asked us in.", "kind": "opening", "on": "1 March 2026"}


def test_a_gain_is_written_down_by_form_with_its_worth_as_people_type_it(client, p):
    core = signed_in(client, p.team.core)
    mine = p.team.core.organisation_id
    form = main_of(core.get(url("log_gain", p.cluster)))
    assert form.count("checked") == 1  # one's own organisation, to begin with

    sent = {**SENT, "members": [str(mine)], "pence": "£1,200.50", "evidence": "Its letter."}
    shown = text_of(core.post(url("log_gain", p.cluster), sent, follow=True))

    assert "Written down. It counts from now on." in shown
    assert UnplannedGain.objects.get().pence == 120_050
    assert "worth £1,200.50 in all" in shown


@pytest.mark.parametrize(
    ("changed", "said"),
    [
        ({"words": ""}, "Say in a line what was gained."),
        ({"kind": "luck"}, "Choose the kind that fits best."),
        ({"members": []}, "Choose who gained, or write below who else it was."),
        ({"pence": "1.2k"}, "is not an amount in pounds"),
        ({"pence": "1200,50"}, "is not an amount in pounds"),
        ({"pence": "0.5p"}, "is not an amount in pounds"),
        ({"pence": "-5", "evidence": "A letter."}, "Enter £0.01 or more."),
        ({"pence": "500"}, "Say what shows that it is worth this."),
        ({"on": f"{in_days(2):%d/%m/%Y}"}, "has not come yet"),
    ],
)
def test_half_a_gain_comes_back_with_what_was_typed(client, p, changed, said):
    sent = {**SENT, "members": [str(p.team.core.organisation_id)], **changed}

    answer = signed_in(client, p.team.core).post(url("log_gain", p.cluster), sent)

    assert answer.status_code == 422
    assert said in text_of(answer)
    assert f'value="{sent["on"]}"' in main_of(answer)
    assert not UnplannedGain.objects.exists()


def test_a_form_sent_twice_is_one_gain(client, p):
    core = signed_in(client, p.team.core)
    sent = {**SENT, "others": "The town", "once": "11111111-1111-4111-8111-111111111111"}
    name = _once_in(main_of(core.get(url("log_gain", p.cluster))))
    sent[name] = sent.pop("once")

    core.post(url("log_gain", p.cluster), sent)
    core.post(url("log_gain", p.cluster), sent)

    assert UnplannedGain.objects.count() == 1


def _once_in(html):
    """What the field is called that a form carries so that it is done once."""
    names = re.findall(r'<input type="hidden" name="([^"]+)"', html)
    return next(name for name in names if name not in ("csrfmiddlewaretoken", "seat"))


def test_a_gain_is_taken_back_with_its_reason(client, p):
    gain = gained(p)
    core = signed_in(client, p.team.core)

    assert core.post(url("take_back_gain", gain), {"because": ""}).status_code == 422
    shown = text_of(core.post(url("take_back_gain", gain), {"because": "No."}, follow=True))

    assert "Taken back on " in shown
    assert core.post(url("take_back_gain", gain), {"because": "No."}).status_code == 409


# each member's own word, by form


def test_a_member_says_it_by_form_and_changes_it(client, p):
    core = signed_in(client, p.team.core)
    there = url("say_gains", p.cluster)

    shown = text_of(core.post(there, {"choice": "says", "words": "A trainer."}, follow=True))
    assert "“A trainer.” Said by" in shown
    assert "A trainer.</textarea>" in main_of(core.get(there))
    core.post(there, {"choice": "nothing", "words": ""})

    assert GainsSaid.objects.get(ended_at=None).has_nothing


@pytest.mark.parametrize(
    ("sent", "said"),
    [
        ({"words": "A trainer."}, "Choose one of the two."),
        ({"choice": "says", "words": ""}, "Write what was gained"),
        ({"choice": "nothing", "words": "A trainer."}, "You wrote what was gained."),
        ({"choice": "says", "words": "x" * 1001}, "Write 1,000 characters at most."),
    ],
)
def test_half_a_word_comes_back(client, p, sent, said):
    answer = signed_in(client, p.team.core).post(url("say_gains", p.cluster), sent)

    assert answer.status_code == 422
    assert said in text_of(answer)
    assert not GainsSaid.objects.exists()


def test_a_facilitator_writes_down_for_those_who_have_not_spoken(client, p):
    says(p, p.team.core)
    helper, there = signed_in(client, p.team.facilitator), url("record_gains", p.cluster)
    shown = text_of(helper.get(there))
    assert str(p.team.second.organisation) in shown
    assert str(p.team.core.organisation) not in shown

    sent = {
        "organisation": p.team.second.organisation_id,
        "choice": "says",
        "words": "A trainer.",
        "channel": "phone",
    }
    shown = text_of(helper.post(there, sent, follow=True))

    assert f"Written down for {p.team.second.organisation}. It counts" in shown
    forged = helper.post(there, {**sent, "organisation": p.team.core.organisation_id})
    assert forged.status_code == 422


def test_when_all_have_spoken_nothing_is_left_to_write_down(client, p):
    for seat in (p.team.core, p.team.second, p.team.third):
        says(p, seat)

    html = main_of(signed_in(client, p.team.facilitator).get(url("record_gains", p.cluster)))

    assert "Every member has spoken for itself." in html
    assert "<form" not in html


def test_what_was_written_down_is_answered_by_its_own_people(client, p):
    word = written(p, p.team.second)
    there = url("gains", p.cluster)
    assert "Yes, that is our word" not in page(client, there, p.team.third)
    for name in ("confirm_gains", "undo_gains"):
        assert signed_in(client, p.team.third).post(url(name, word)).status_code == 403
    own = signed_in(client, p.team.second)
    assert "Yes, that is our word" in text_of(own.get(there))

    assert "Confirmed. It is your own word" in text_of(
        own.post(url("confirm_gains", word), follow=True)
    )
    late = own.post(url("undo_gains", word))
    assert late.status_code == 409
    assert "confirmed this on" in text_of(late)


def test_what_is_undone_is_said_by_nobody(client, p):
    word = written(p, p.team.second)

    shown = text_of(signed_in(client, p.team.second).post(url("undo_gains", word), follow=True))

    assert "Nothing is said for you until you say it." in shown
    assert "None of three has said" in shown


def test_a_plan_that_is_only_begun_has_pages_too(client):
    p = begun()

    assert "The plan has no objective yet." in page(client, url("progress", p.cluster), p.team.core)
    assert "nothing to draw yet" in page(client, url("timeline", p.cluster), p.team.core)
