"""The pages of the budget: by role, in words first, and by form."""

import re

import pytest
from django.urls import reverse

from hedgerow.core import clock
from hedgerow.journeys.models import Answered
from hedgerow.ledger.models import Posting
from hedgerow.look.words import day, weekday
from hedgerow.people.models import Role
from hedgerow.workplans.models import Budget, BudgetLine
from tests.factories import MemberFactory, scene, signed_in
from tests.front.pages import cost_of, main_of, page, text_of

from .budgeted import Budgeted, agreed, writing
from .planned import begun, in_days

pytestmark = pytest.mark.django_db

WRITERS = {Role.CORE, Role.DEPUTY, Role.STAFF, Role.FACILITATOR}
LEADS = {Role.CORE, Role.FACILITATOR}
INSIDE = {*WRITERS, Role.SUPPORTER}


def url(name, row):
    return reverse(f"workplans:{name}", args=[row.pk])


def told(**other):
    return {
        "title": "Laptops",
        "kind": "shared",
        "pence": "£1,200.50",
        "hours": "",
        "member": "",
        "objective": "",
        "category": "equipment",
        **other,
    }


@pytest.fixture
def b():
    return writing()


@pytest.fixture
def core(client, b):
    return signed_in(client, b.own.core)


def shown(client, b):
    return text_of(client.get(url("budget", b.p.cluster)))


def test_who_sees_and_who_writes(client):
    s = scene()
    b = writing(own=s.own)
    b.adds()
    reading = [
        url("budget", s.cluster),
        url("budget_shares", s.cluster),
        url("budget_version", b.open),
        url("budget_file", b.open),
        url("line", b.line(1)),
    ]
    writing_pages = [
        url("add_line", b.open),
        url("change_line", b.line(1)),
        url("drop_line", b.line(1)),
    ]
    leading = [url("put_change", b.open), url("give_up_change", b.open)]

    for role, seat in s.seats.items():
        signed_in(client, seat)
        for pages, may in ((reading, INSIDE), (writing_pages, WRITERS), (leading, LEADS)):
            wanted = 200 if role in may else 403 if role in INSIDE else 404
            assert {client.get(path).status_code for path in pages} == {wanted}, role
    signed_in(client, s.neighbour.core)
    assert {client.get(path).status_code for path in reading + writing_pages} == {404}


def test_without_a_plan_the_budget_leads_to_it(client):
    s = scene()

    assert "There is no plan yet." in page(client, url("budget", s.cluster), s.own.core)


def test_a_budget_is_begun_with_a_button(client):
    p = begun()
    b = Budgeted(p=p)
    core = signed_in(client, p.team.core)
    assert "Nothing is planned yet: £15,000 is there to plan." in shown(core, b)

    answer = core.post(url("begin_budget", p.cluster), follow=True)

    assert "The budget is begun." in text_of(answer)
    assert b.open.number == 1
    again = core.post(url("begin_budget", p.cluster))
    assert again.status_code == 409
    assert "being written already" in text_of(again)


def test_a_line_is_added_by_one_short_form(core, b):
    objective = b.p.adds()
    member = b.own.organisations[1]

    answer = core.post(
        url("add_line", b.open), told(member=member.pk, objective=objective.pk), follow=True
    )

    words = text_of(answer)
    assert "“Laptops” is in the budget." in words
    assert "£13,799.50 of £15,000 is not planned yet." in words
    line = BudgetLine.objects.get()
    assert (line.pence, line.member, line.objective) == (1_200_50, member, objective)


def test_hours_are_given_by_the_same_form(core, b):
    core.post(
        url("add_line", b.open),
        told(kind="in_kind", pence="", hours="12", member=b.own.organisations[1].pk),
    )

    words = shown(core, b)
    assert "12 hours" in words
    assert "Beside it members give 12 hours in kind. That is no money of the award" in words
    assert "£15,000 of £15,000 is not planned yet." in words


@pytest.mark.parametrize(
    ("said", "why"),
    [
        ({"title": ""}, "Say what it is"),
        ({"kind": ""}, "Choose what it is for"),
        ({"category": ""}, "Choose a category"),
        ({"pence": "1200,50"}, "is not an amount in pounds"),
        ({"pence": "1.2k"}, "is not an amount in pounds"),
        ({"pence": "-5"}, "Enter £0 or more"),
        ({"pence": "1.005"}, "is not an amount in pounds"),
        ({"pence": ""}, "Say how much it costs"),
        ({"hours": "3"}, "Leave this empty"),
        ({"kind": "levelling_up"}, "Choose the member that it brings up"),
        ({"kind": "in_kind"}, "Say how many hours"),
        ({"kind": "in_kind", "hours": "1.5", "pence": ""}, "whole hours in figures"),
        ({"kind": "in_kind", "hours": "2", "pence": ""}, "Choose the member that gives"),
        ({"member": "99999"}, "Choose one that is"),
    ],
)
def test_what_is_wrong_with_a_line_is_said_and_what_was_typed_stays(core, b, said, why):
    answer = core.post(url("add_line", b.open), told(**said))

    assert answer.status_code == 422
    assert why in text_of(answer)
    if "title" not in said:
        assert 'value="Laptops"' in main_of(answer)
    assert not BudgetLine.objects.exists()


def test_the_first_words_are_how_it_stands_to_the_award(core, b):
    b.adds(pence=13_800_00)
    assert "£1,200 of £15,000 is not planned yet." in shown(core, b)
    b.changes(1, pence=15_000_00)
    assert "All of £15,000 is planned." in shown(core, b)
    b.changes(1, pence=15_300_00)
    assert "£300 over the award of £15,000: take it off before you hand in." in shown(core, b)


def test_the_sums_are_seen_to_add_up(core, b):
    objective = b.p.adds()
    b.adds(pence=1_000_00, objective=objective)
    b.adds("Backups", 250_00, kind="levelling_up", member=b.own.organisations[1])

    words = shown(core, b)

    assert words.count("It comes to the same £1,250.") == 3
    assert (
        f"£250 of it brings one member up to where sharing is possible: {b.own.organisations[1]} "
        "£250. It is for all of us that they get it." in words
    )
    assert "The whole plan" in words


def test_a_clash_shows_what_stands_now_and_the_second_try_is_taken(core, b):
    line = b.adds()
    b.changes(1, pence=2_000_00)

    answer = core.post(url("change_line", line), told(version=line.version))

    assert answer.status_code == 409
    words = text_of(answer)
    assert "Somebody else changed this" in words
    assert "£2,000" in words
    version = re.search(r'name="version" value="(\d+)"', main_of(answer)).group(1)
    core.post(url("change_line", line), told(version=version))
    line.refresh_from_db()
    assert line.pence == 1_200_50


def test_a_line_that_is_gone_meanwhile_is_said_to_be_gone(client, core, b):
    line = b.adds()
    form = core.get(url("drop_line", line))
    assert "£1,000. For whom: All of us together." in text_of(form)

    answer = core.post(url("drop_line", line), {"version": line.version}, follow=True)

    assert "“A trainer” is taken out." in text_of(answer)
    assert core.get(url("drop_line", line)).status_code == 404


def test_while_it_waits_the_page_says_so_and_offers_nothing(core, b):
    b.adds()
    b.hands_in()

    answer = core.get(url("budget", b.p.cluster))

    assert f"It was handed in on {day(clock.today())} and waits for its answer." in text_of(answer)
    html = main_of(answer)
    assert "/lines/new/" not in html
    assert url("change_line", b.line(1)) not in html


def test_a_plan_that_came_back_offers_the_next_budget(core, b):
    b.adds()
    b.hands_in()
    b.is_answered(Answered.RETURNED, "Say who trains.")
    assert "was sent back with what is missing on" in shown(core, b)

    answer = core.post(url("begin_budget", b.p.cluster), follow=True)

    assert url("change_line", b.line(1)) in main_of(answer)
    assert Budget.objects.count() == 2


def test_a_change_goes_from_a_button_to_a_decision(client):
    b = agreed()
    core = signed_in(client, b.own.core)

    answer = core.post(url("begin_change", b.p.cluster), follow=True)
    assert "What holds stays until a decision." in text_of(answer)
    core.post(
        url("change_line", b.line(1)),
        told(title="A trainer", category="training", pence="900", version=1),
    )
    words = text_of(core.get(url("put_change", b.open)))
    assert "“A trainer”: £900 instead of £1,000." in words
    assert "£13,600 of £15,000 is not planned yet." in words

    answer = core.post(
        url("put_change", b.open),
        {
            "words": "It costs less.",
            "way": "consent",
            "closes_on": day(in_days(7)),
            "version": b.open.version,
        },
        follow=True,
    )

    words = text_of(answer)
    assert "It is put to the vote, and open until" in words
    assert "A change is put to the vote, as decision 1, until" in words
    assert "“A trainer”: £900 instead of £1,000." in words
    b.votes(b.state.vote, against=(b.own.organisations[2],))
    assert "It holds by decision 1, of" in shown(core, b)
    version = text_of(core.get(url("budget_version", b.standing)))
    assert f"{b.own.organisations[2]} saw it differently: “It helps nobody here.”" in version
    assert "Beside budget 1." in version
    assert "It costs less." in version


def test_a_change_that_was_edited_meanwhile_is_not_put_unread(client):
    b = agreed()
    core = signed_in(client, b.own.core)
    b.begins_change()
    b.changes(1, pence=900_00)
    read = b.open.version
    b.changes(1, pence=800_00)

    answer = core.post(
        url("put_change", b.open),
        {"words": "", "way": "consent", "closes_on": day(in_days(7)), "version": read},
    )

    assert answer.status_code == 409
    assert "Somebody else changed this" in text_of(answer)
    assert f'name="version" value="{b.open.version}"' in main_of(answer)


def test_a_change_is_given_up_by_form(client):
    b = agreed()
    core = signed_in(client, b.own.core)
    change = b.begins_change()
    b.changes(1, pence=900_00)

    answer = core.post(url("give_up_change", change), {"version": b.open.version}, follow=True)

    assert "The change is given up." in text_of(answer)
    assert "Given up on" in text_of(core.get(url("budget_version", change)))


def test_a_decision_that_was_not_carried_leaves_the_old_one_and_says_so(client):
    b = agreed()
    core = signed_in(client, b.own.core)
    b.begins_change()
    b.changes(1, pence=900_00)
    b.loses(b.puts())

    assert "was not carried, so this budget stays." in shown(core, b)


def test_a_decision_that_came_too_late_says_why_and_what_holds(client):
    b = agreed()
    b.begins_change()
    b.changes(1, pence=14_500_00)
    b.votes(b.puts())
    assert "It holds by decision 1" in page(client, url("budget", b.p.cluster), b.own.core)
    Posting.objects.filter(step="free", entry__verb="award").update(pence=-14_000_00)
    Posting.objects.filter(step="awarded", entry__verb="award").update(pence=14_000_00)

    words = page(client, url("budget", b.p.cluster), b.own.core)

    assert "It plans £15,000, and the award is £14,000. So this budget stays." in words
    assert "£12,500 of £14,000 is not planned yet." in words


def test_a_part_of_the_award_that_is_too_small_is_said(client):
    b = agreed(levelling_up=14_000_00)

    words = page(client, url("budget", b.p.cluster), b.own.core)

    assert "For what we share the budget plans £1,500, and the award has £1,000 for that." in words


def test_with_an_award_the_lines_say_what_is_left(client):
    b = agreed()
    b.enters("commit", 1, 600_00)
    b.enters("spend", 1, 250_00)

    words = page(client, url("budget", b.p.cluster), b.own.core)

    assert "£1,000 £600 £250 £400" in words
    assert "All together £1,500 £600 £250 £900" in words
    line = page(client, url("line", b.line(1)), b.own.core)
    assert "Committed £600" in line


def test_each_line_says_its_objective_its_member_what_it_is_for_and_its_category(client):
    b = agreed()
    b.begins_change()
    second = b.own.organisations[1]
    objective = b.p.adds("All of us train together")
    b.adds("Backups", 250_00, kind="levelling_up", member=second, objective=objective)

    html = main_of(signed_in(client, b.own.core).get(url("budget_version", b.open)))

    table = html.split('id="lines"')[1]
    row = next(row for row in table.split("<tr") if "Backups" in row)
    words = re.sub(r"<[^>]+>", "|", row)
    for said in (
        "All of us train together",
        str(second),
        "To bring a member up to where sharing is possible",
        "Training",
        "£250",
        "Take out",
    ):
        assert said in words, said
    assert row.count("<td") + 1 == table.split("</thead>")[0].count("<th ")


def test_the_lines_come_as_a_file_that_a_spreadsheet_does_not_run(core, b):
    b.adds("=SUM(A1)", 1_200_50)
    b.gives(b.own.organisations[0], 12, 240_00)

    answer = core.get(url("budget_file", b.open))

    rows = answer.content.decode("utf-8-sig").splitlines()
    assert answer["Content-Type"].startswith("text/csv")
    assert rows[1].startswith("1,'=SUM(A1),The whole plan,All of us together,For what we share")
    assert rows[1].endswith(",Training,1200.50,,,0.00,0.00")
    assert rows[2].endswith(",,12,240.00,,")


def test_a_cluster_that_ended_shows_its_budget_and_no_button(client, b):
    b.adds()
    b.p.cluster.ended_at = clock.now()
    b.p.cluster.save()

    html = main_of(signed_in(client, b.own.core).get(url("budget", b.p.cluster)))

    assert "can be read, and nothing in it can be changed" in html
    assert "<button" not in html
    assert "/lines/new/" not in html


@pytest.mark.parametrize("name", ["budget", "budget_shares"])
def test_the_pages_cost_the_same_however_much_there_is(client, name):
    b = writing()
    b.adds(member=b.own.organisations[0])
    core = signed_in(client, b.own.core)
    core.get(url(name, b.p.cluster))
    before = cost_of(core, url(name, b.p.cluster))

    for n in range(6):
        member = MemberFactory(cluster=b.p.cluster).organisation
        b.adds(f"Line {n}", 100, member=member, objective=b.p.adds(f"Objective {n}"))
        b.gives(member)

    assert cost_of(core, url(name, b.p.cluster)) == before


def test_a_page_of_an_agreed_budget_costs_the_same_however_much_moved(client):
    b = agreed()
    b.enters("commit", 1, 1_00)
    b.begins_change()
    core = signed_in(client, b.own.core)
    paths = [url("budget", b.p.cluster), url("budget_version", b.open), url("line", b.line(1))]
    core.get(paths[0])
    before = [cost_of(core, path) for path in paths]
    assert max(before) <= 30

    for n in range(5):
        b.enters("commit", 1, 1_00)
        b.adds(f"Line {n}", 100, member=b.own.organisations[0])

    assert [cost_of(core, path) for path in paths] == before


def test_a_budget_that_holds_no_more_leads_to_the_one_that_does(client):
    b = agreed()
    first = b.standing
    b.enters("commit", 1, 600_00)
    b.begins_change()
    b.changes(1, pence=900_00)
    b.votes(b.puts())

    old = page(client, url("budget_version", first), b.own.core)
    assert "Budget 2 holds now; what is committed and spent stands there." in old
    assert "£600" not in old
    line = page(client, url("line", first.lines.get(number=1)), b.own.core)
    assert "Budget 2 holds now" in line
    assert "Committed" not in line
    rows = client.get(url("budget_file", first)).content.decode("utf-8-sig").splitlines()
    assert rows[1].endswith(",1000.00,,,,")
    new = page(client, url("budget_version", b.standing), b.own.core)
    assert "£600" in new
    assert "holds now" not in new
    assert "£100 less" in new


def test_what_moved_says_of_which_day_it_is(client):
    b = agreed()
    today = f"As it stands on {weekday(clock.today())}"

    for path in (
        url("budget", b.p.cluster),
        url("budget_version", b.standing),
        url("line", b.line(1)),
    ):
        assert today in page(client, path, b.own.core), path


def test_a_change_over_the_award_is_changed_before_it_is_put(client):
    b = agreed()
    change = b.begins_change()
    b.changes(1, pence=16_000_00)

    shown = page(client, url("budget_version", change), b.own.core)
    assert "£1,500 over the award of £15,000: take it off before you put it to the vote." in shown
    assert "Put it to the vote" not in shown
    b.changes(1, pence=1_000_00)
    same = page(client, url("budget_version", change), b.own.core)
    assert "Nothing differs from budget 1 yet: £1,500 in all." in same
    b.changes(1, pence=16_000_00)
    asked = main_of(client.get(url("put_change", change)))
    assert "Change the lines" in asked
    assert "<button" not in asked


def test_the_newest_budget_is_named_as_what_it_is(client, b):
    b.adds()

    def listed():
        return shown(signed_in(client, b.own.core), b).split("Every budget there was")[1]

    assert "Budget 1 Being written" in listed()
    b.hands_in()
    assert "Budget 1 Handed in" in listed()
    b.is_awarded()
    assert "Budget 1 Holds" in listed()


def test_what_a_line_costs_is_asked_of_all_but_what_is_given_in_kind(core, b):
    def label(html):
        return html.split('for="id_pence"')[1].split("</label>")[0]

    assert "if you like" not in label(main_of(core.get(url("add_line", b.open))))
    given = core.post(url("add_line", b.open), told(kind="in_kind", pence="", hours=""))
    assert given.status_code == 422
    assert "if you like" in label(main_of(given))


# give and take


def test_give_and_take_is_said_of_every_member_in_words_and_figures(client):
    b = writing()
    first, second, third = b.own.organisations
    b.adds("Trainer", 1_000_00)
    b.adds("Backups", 250_00, kind="levelling_up", member=second)
    b.gives(third, 12, 240_00)
    step = b.p.adds_step(b.p.adds())
    b.p.names_pair(step)

    answer = signed_in(client, b.own.core).get(url("budget_shares", b.p.cluster))

    words = text_of(answer)
    for said in (
        f"{second} gets £250 in lines of its own (£250 to bring it up) and £333.33 as its part",
        "of what is for all of us. It puts in no hours, and holds one step of the plan.",
        f"{third} gets £333.33 as its part of what is for all of us. It puts in 12 hours,",
        "worth £240, and holds no steps of the plan.",
        "Does not divide, and stays with all £0.01 £0.01",
        "come to £1,250, which is the whole budget",
        "A member that has less to begin with may gain more than another.",
    ):
        assert said in words
    assert str(first) in words


def test_members_stand_by_name_whoever_came_first(client):
    own = scene().own
    for organisation, name in zip(own.organisations, ("Zebra", "Apple", "Mole"), strict=True):
        organisation.name = name
        organisation.save()
    b = writing(own=own)
    b.adds()
    b.adds("For Zebra", 9_000_00, member=own.organisations[0])

    words = page(client, url("budget_shares", b.p.cluster), own.core)

    assert words.index("Apple gets") < words.index("Mole gets") < words.index("Zebra gets")


def test_before_there_is_a_plan_there_is_nothing_to_share(client):
    s = scene()

    assert "There is nothing to share yet." in page(
        client, url("budget_shares", s.cluster), s.own.core
    )
