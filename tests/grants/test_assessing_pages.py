"""The pages on which plans are given out, read, scored and put before deciders; and who sees them."""

import io

import pytest
from django.urls import reverse
from pypdf import PdfReader

from hedgerow.grants.actions import assessing
from hedgerow.grants.models import Assignment
from hedgerow.people.models import Role
from tests.factories import SeatFactory, signed_in
from tests.front.pages import main_of, page, text_of
from tests.journeys.handed_in import HOSTILE
from tests.ledger.awarded import terms_set

from .assessed import in_days

pytestmark = pytest.mark.django_db

OWN = ("assignment", "declare", "assigned_plan", "assigned_plan_pdf", "score", "send_scores")
OF_MANAGER = ("assign", "pack", "pack_pdf")


def url(name, row):
    return reverse(f"grants:{name}", args=[row.pk])


def fields(a, *points, words="So.", **more):
    sent = {}
    for key, n in zip(a.criteria, points, strict=True):
        sent |= {f"points_{key}": "" if n is None else n, f"words_{key}": words}
    return {**sent, **more}


def outsiders(a):
    """Everybody who may not know of the assessment at all."""
    return [
        *a.s.own.seats.values(),
        a.s.neighbour.core,
        a.s.other_staff[Role.MANAGER],
        a.s.other_staff[Role.ASSESSOR],
        a.s.staff[Role.VIEWER],
        a.second,
    ]


# who sees what


def test_what_is_given_to_one_assessor_is_seen_by_that_one(client, a):
    (row,) = a.gives()
    a.declares(row)

    for seat in [*outsiders(a), a.manager_seat]:
        for name in OWN:
            page(client, url(name, row), seat, status=404)
    for name in OWN:
        assert signed_in(client, a.first).get(url(name, row)).status_code == 200


def test_how_a_plan_is_assessed_is_for_its_manager(client, a):
    (row,) = a.gives()
    there = {"assessment": row.assessment, "take_off": row, "pack": a.plan, "pack_pdf": a.plan}

    for seat in [*outsiders(a), a.first]:
        for name, thing in there.items():
            page(client, url(name, thing), seat, status=404)
    for name, thing in there.items():
        assert signed_in(client, a.manager_seat).get(url(name, thing)).status_code == 200


def test_whoever_handed_it_in_is_refused_where_it_is_given_out_and_others_find_nothing(client, a):
    page(client, url("assign", a.plan), a.s.own.core, status=403)
    for seat in (a.s.neighbour.core, a.s.other_staff[Role.MANAGER], a.first):
        page(client, url("assign", a.plan), seat, status=404)


def test_a_plan_without_an_assessment_has_no_pack(client, a):
    page(client, url("pack", a.plan), a.manager_seat, status=404)


def test_nobody_reads_a_plan_before_declaring_nor_with_a_conflict(client, a):
    (row,) = a.gives()
    closed = ("assigned_plan", "assigned_plan_pdf", "score", "send_scores")
    for name in closed:
        page(client, url(name, row), a.first, status=403)
    for name in ("assignment", "declare", "assigned"):
        there = reverse("grants:assigned") if name == "assigned" else url(name, row)
        assert "We learn together." not in page(client, there, a.first)

    a.declares(row, "has", "My sister works there.")
    for name in closed:
        page(client, url(name, row), a.first, status=403)
    shown = page(client, url("assignment", row), a.first)
    assert "My sister works there." in shown
    assert "We learn together." not in shown


def test_an_assessor_finds_the_plan_nowhere_else(client, a):
    (row,) = a.gives()
    a.declares(row)

    for name in ("submission", "submission_pdf"):
        page(client, reverse(f"journeys:{name}", args=[a.plan.pk]), a.first, status=404)


def test_whoever_came_to_sit_in_the_cluster_reads_no_more(client, a):
    (row,) = a.gives()
    a.declares(row)
    SeatFactory(user=a.first.user, role=Role.STAFF, cluster=a.cluster)

    assert "You also sit in" in page(client, url("assigned_plan", row), a.first, status=403)
    page(client, url("score", row), a.first, status=403)


def test_what_was_taken_from_an_assessor_is_gone_for_them(client, a):
    (row,) = a.gives()
    shown = signed_in(client, a.manager_seat).post(
        url("take_off", row), {"version": row.version}, follow=True
    )

    assert "decided without them since" in text_of(shown)
    for name in OWN:
        page(client, url(name, row), a.first, status=404)


# giving it out


def test_the_manager_gives_a_plan_to_those_who_can_have_it(client, a):
    SeatFactory(user=a.second.user, role=Role.FACILITATOR, cluster=a.cluster)
    third = SeatFactory(role=Role.ASSESSOR, programme=a.s.programme)
    manager = signed_in(client, a.manager_seat)
    shown = main_of(manager.get(url("assign", a.plan)))
    assert [f'value="{seat.pk}"' in shown for seat in (a.first, a.second, third)] == [
        True,
        False,
        True,
    ]
    assert f"also sits in {a.cluster}" in shown

    sent = {"assessors": [a.first.pk, third.pk], "due_on": in_days(7).strftime("%d/%m/%Y")}
    answer = manager.post(url("assign", a.plan), sent, follow=True)
    assert "Two assessors asked, until" in text_of(answer)
    assert Assignment.objects.count() == 2


@pytest.mark.parametrize(
    ("sent", "said"),
    [
        ({"due_on": ""}, "Choose at least one assessor."),
        ({"assessors": ["0"]}, "can no longer have this plan"),
    ],
)
def test_half_a_choice_comes_back(client, a, sent, said):
    answer = signed_in(client, a.manager_seat).post(url("assign", a.plan), sent)

    assert answer.status_code == 422
    assert said in text_of(answer)


def test_where_everybody_has_it_the_page_says_so(client, a):
    a.gives(a.first, a.second)

    assert "who can have this plan has it" in page(client, url("assign", a.plan), a.manager_seat)


# declaring


def test_the_form_says_what_a_conflict_is_and_names_the_members(client, a):
    (row,) = a.gives()

    shown = page(client, url("declare", row), a.first)
    assert "stands to gain or lose by this plan" in shown
    assert all(str(one) in shown for one in a.s.own.organisations)


def test_a_conflict_is_declared_by_form_and_reaches_the_manager_alone(client, a):
    row, other = a.gives(a.first, a.second)
    me = signed_in(client, a.first)
    sent = {"version": row.version, "conflict": "has"}
    assert me.post(url("declare", row), sent).status_code == 422
    me.post(url("declare", row), {**sent, "words": "Canary: <b>my sister</b>."})

    shown = main_of(signed_in(client, a.manager_seat).get(url("assessment", row.assessment)))
    assert "Canary: &lt;b&gt;my sister&lt;/b&gt;." in shown
    a.scored(other)
    for there in (url("assignment", other), url("score", other), reverse("grants:assigned")):
        assert "Canary" not in page(client, there, a.second)


# reading and scoring


def test_each_criterion_stands_beside_the_plan_as_it_was_handed_in(client, a):
    (row,) = a.gives()
    a.declares(row)

    for name in ("assigned_plan", "score"):
        shown = page(client, url(name, row), a.first)
        assert "It will help people What changes for them." in shown.replace(
            "0 to 5 points ", ""
        ).replace("Points and a line", "")
        assert "We learn together." in shown
    pdf = signed_in(client, a.first).get(url("assigned_plan_pdf", row))
    assert "We learn together." in PdfReader(io.BytesIO(pdf.content)).pages[0].extract_text()


def test_scores_are_kept_sent_and_shown_to_those_who_may(client, a):
    row, other = a.gives(a.first, a.second)
    a.declares(row)
    me = signed_in(client, a.first)
    there = url("score", row)
    kept = me.post(there, fields(a, 4, None, version=2, comment="Canary"), follow=True)
    assert "It is kept, for you alone." in text_of(kept)
    assert "selected" in main_of(kept)
    for seat in (a.manager_seat,):
        for name, thing in (("assessment", row.assessment), ("pack", a.plan), ("decide", a.plan)):
            assert "Canary" not in page(client, url(name, thing), seat)

    me = signed_in(client, a.first)
    asked = me.post(there, fields(a, 4, 3, version=3, comment="Canary", send="yes"), follow=True)
    assert "Send your scores" in text_of(asked)
    row.refresh_from_db()
    assert row.sent_at is None
    sent = me.post(url("send_scores", row), {"version": row.version}, follow=True)
    assert "What you gave" in text_of(sent)
    assert "Score it" not in page(client, url("assigned_plan", row), a.first)
    assert "cannot be sent again" in page(client, url("score", row), a.first)
    assert "Canary" not in page(client, url("assessment", row.assessment), a.manager_seat)
    assert "Canary" not in page(client, url("assignment", other), a.second)

    a.scored(other, 1, 2)
    assert "Canary" in page(client, url("assessment", row.assessment), a.manager_seat)
    assert "Canary" in page(client, url("assignment", other), a.second)


def test_half_a_score_is_refused_in_words_and_what_was_typed_is_kept(client, a):
    (row,) = a.gives()
    a.declares(row)
    me = signed_in(client, a.first)
    me.post(url("score", row), fields(a, 4, None, version=2, send="yes"))
    answer = me.post(url("send_scores", row), {"version": 3})

    assert answer.status_code == 409
    assert "Give points for “It can be done” first." in text_of(answer)
    row.refresh_from_db()
    assert row.scores.first().points == 4


def test_after_a_clash_both_are_on_the_page(client, a):
    (row,) = a.gives()
    a.declares(row)
    a.keeps(row, 1, 1, words="Theirs.")
    me = signed_in(client, a.first)
    answer = me.post(url("score", row), fields(a, 5, 5, words="Mine.", version=2))

    assert answer.status_code == 409
    shown = text_of(answer)
    assert "Theirs." in shown
    assert "Mine." in main_of(answer)
    assert 'name="version" value="3"' in main_of(answer)


@pytest.mark.parametrize("how", ["taken back", "sent back"])
def test_a_plan_that_waits_no_longer_says_so_and_the_draft_stays(client, a, how):
    (row,) = a.gives()
    a.declares(row)
    a.keeps(row, 4, 3, words="My draft.")
    if how == "taken back":
        a.handed.takes_back(a.plan)
    else:
        a.sends_back("Say who.")

    shown = page(client, url("score", row), a.first)
    assert f"was {how} on" in shown
    assert "My draft." in shown
    assert ("We learn together." in shown) == (how == "sent back")
    status = 403 if how == "taken back" else 200
    assert f"was {how} on" in page(client, url("assigned_plan", row), a.first, status=status)
    answer = signed_in(client, a.first).post(url("send_scores", row), {"version": 3})
    assert answer.status_code == 409
    assert page(client, reverse("grants:assigned"), a.first).count("It waits no longer.") == 1


def test_what_people_type_stays_words(client, a):
    row, other = a.gives(a.first, a.second)
    a.scored(row, words=HOSTILE, comment=HOSTILE)
    a.scored(other)

    manager = signed_in(client, a.manager_seat)
    for name, thing in (("assessment", row.assessment), ("pack", a.plan)):
        assert "<b>bold" not in main_of(manager.get(url(name, thing)))


# the pack


def pdf_of(client, a):
    answer = signed_in(client, a.manager_seat).get(url("pack_pdf", a.plan))
    assert answer["Content-Type"] == "application/pdf"
    return PdfReader(io.BytesIO(answer.content))


def text_in(pdf):
    return " ".join(pdf.pages[0].extract_text().split())


def test_the_pack_is_one_page_with_all_that_deciders_need(client, a):
    row, other = a.gives(a.first, a.second)
    third = SeatFactory(role=Role.ASSESSOR, programme=a.s.programme)
    (conflicted,) = a.gives(third)
    a.scored(row, 4, 3, words="They know how.", comment="Strong.")
    a.scored(other, 1, 3)
    a.declares(conflicted, "has", "My sister works there.")

    pdf = pdf_of(client, a)
    assert len(pdf.pages) == 1
    for shown in (text_in(pdf), page(client, url("pack", a.plan), a.manager_seat)):
        for words in (
            "We learn together.",
            "All of us train together; We buy as one",
            "For what we share",
            "£900",
            "It will help people",
            "2.5",
            "three points apart",
            "All alike",
            "They know how.",
            "Strong.",
            "My sister works there.",
            "The sum never replaces the talk".lower()[4:],
        ):
            assert words in shown, words
        assert "recommend" not in shown.replace("It recommends nothing", "")


def test_the_pack_says_what_was_asked_before_and_what_changed(client, a):
    a.sends_back("Say who leads.", "Say by when.")
    a.plan = a.handed.hands_in(
        a.handed.plan(summary="Open Door leads."), words="We said who leads."
    )
    (row,) = a.gives()
    a.scored(row)

    for shown in (
        text_in(pdf_of(client, a)),
        page(client, url("pack", a.plan), a.manager_seat),
    ):
        for words in (
            "Say who leads.",
            "Say by when.",
            "We said who leads.",
            "One thing in the plan differs from version 1.",
        ):
            assert words in shown, words


def test_before_all_scores_are_in_the_pack_shows_none_and_says_of_whom(client, a):
    row, _ = a.gives(a.first, a.second)
    a.scored(row, 4, 3, words="Canary.")

    for shown in (
        text_in(pdf_of(client, a)),
        page(client, url("pack", a.plan), a.manager_seat),
    ):
        assert "are still to come" in shown
        assert "Canary" not in shown


def test_the_pack_says_without_whom_it_is_decided(client, a):
    row, other = a.gives(a.first, a.second)
    a.scored(row)
    assessing.take_off(by=a.manager, assignment=other, version=other.version)

    assert "Decided without Chief executive" in text_in(pdf_of(client, a))


def test_however_much_is_said_the_pack_stays_one_page(client, a):
    from hedgerow.ledger.actions import CriterionSaid

    many = tuple(
        CriterionSaid(title=f"{n} {'What is looked at ' * 6}"[:110], words="X") for n in range(12)
    )
    a.terms = terms_set(a.manager, a.s.programme, number=1, criteria=many)
    seats = [SeatFactory(role=Role.ASSESSOR, programme=a.s.programme) for _ in range(4)]
    for row in a.gives(*seats):
        a.scored(row, *[3] * 12, words="Much to say. " * 70, comment=HOSTILE + "word " * 300)

    pdf = pdf_of(client, a)
    assert len(pdf.pages) == 1
    assert "11 What is looked at" in text_in(pdf)


def test_an_assessor_with_nothing_to_do_is_told_so(client, a):
    assert "No plan is given to you just now." in page(client, reverse("grants:assigned"), a.first)
