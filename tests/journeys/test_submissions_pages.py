"""What was handed in, as each of its readers meets it."""

import io
import re
from datetime import date, datetime, timedelta

import pytest
from django.urls import reverse
from pypdf import PdfReader

from hedgerow.core import clock, typeset
from hedgerow.core.days import in_words
from hedgerow.journeys.models import Answered, Submission
from hedgerow.journeys.pdfs import plan_pdf
from hedgerow.journeys.queries.plan_views import plan_view
from hedgerow.people.models import Role
from tests.factories import SeatFactory, scene, signed_in, through_the_glass

from .handed_in import ENDLESS, HOSTILE, HandedIn, a_line, a_return, an_objective
from .walks import at

pytestmark = pytest.mark.django_db


@pytest.fixture
def s():
    return HandedIn()


@pytest.fixture
def member(client, s):
    return signed_in(client, s.team.core)


@pytest.fixture
def sponsor(client, s):
    return signed_in(client, s.team.seats[Role.SPONSOR])


def words_of(response):
    return " ".join(response.content.decode().split())


def page_of(client, submission, name="submission", status=200):
    answer = client.get(reverse(f"journeys:{name}", args=[submission.pk]))
    assert answer.status_code == status
    return words_of(answer)


def told_again(s):
    """Sent back, and handed in again with other words and another line."""
    s.answers(s.hands_in(), Answered.RETURNED, words="No evening course.")
    return s.hands_in(
        s.plan(
            summary="We learn in the evening.",
            lines=(*s.plan().lines[1:], a_line(1, 1_000_00), a_line(4, 50_00, objective=2)),
        ),
        words="We asked the college.",
    )


def test_the_page_says_that_it_waits_and_what_it_holds(member, s):
    page = page_of(member, s.hands_in())

    assert "Waits for the programme" in page
    assert f"Handed in on {in_words(clock.today())} by Chief executive" in page
    assert "Two objectives in two steps, for £1,300 of £20,000" in page
    for held in ("All of us train together", "Courses in other towns.", "£18,700 is left"):
        assert held in page
    assert "What changed" not in page


def test_a_plan_over_its_award_says_so(member, s):
    assert "£300 more than the award" in page_of(member, s.hands_in(s.plan(award=1_000_00)))


def test_the_page_says_what_the_programme_answered(member, s):
    with at(date(2026, 5, 4)):
        first = s.hands_in()
        s.answers(first, Answered.CONDITIONS, words="First hire the trainer.")

    page = page_of(member, first)

    assert "Agreed with conditions on 4 May 2026 by " in page
    assert "First hire the trainer." in page
    assert "Take it back" not in page


def test_what_changed_since_the_one_before_is_said_in_sentences(member, s):
    page = page_of(member, told_again(s))

    assert "What changed since number 1" in page
    assert "The budget comes to £1,450. That is £150 more than before." in page
    assert "The summary was written again." in page
    assert "Budget line 1, “Course 1”: its amount is £1,000 now; it was £900." in page
    assert "Budget line 4, “Course 4”, £50, is new." in page


def test_the_first_of_two_leads_to_the_second(member, s):
    second = told_again(s)
    first = Submission.objects.get(number=1)

    page = page_of(member, first)

    assert (
        f'<a href="{second.get_absolute_url()}">Number 2</a> was handed in after this one' in page
    )
    assert "No evening course." in page


def test_both_wordings_stand_beside_each_other(member, s):
    page = page_of(member, told_again(s), "submission_changes")

    assert "<dt>Before</dt><dd>We learn together.</dd>" in page
    assert "<dt>Now</dt><dd>We learn in the evening.</dd>" in page
    assert "What the programme said: No evening course." in page


def test_beside_the_first_there_is_none(member, s):
    assert "there is none to set it beside" in page_of(member, s.hands_in(), "submission_changes")


def test_the_same_again_says_that_nothing_changed(member, s):
    s.takes_back(s.hands_in())
    again = s.hands_in()

    assert "Nothing. It says what" in page_of(member, again)
    assert "Nothing changed." in page_of(member, again, "submission_changes")


def test_what_people_typed_is_shown_and_never_run(member, s):
    plan = s.plan(summary=HOSTILE, objectives=(an_objective(1, HOSTILE), an_objective(2, ENDLESS)))
    page = page_of(member, s.hands_in(plan))

    assert "<b>bold" not in page
    assert "&lt;b&gt;bold&lt;/b&gt;" in page


@pytest.mark.parametrize("role", [Role.CORE, Role.FACILITATOR])
def test_who_leads_takes_it_back_while_it_waits(client, s, role):
    submission = s.hands_in()
    url = reverse("journeys:take_back_submission", args=[submission.pk])
    someone = signed_in(client, s.team.seats[role])
    assert url in page_of(someone, submission)
    assert "Leave it with the programme" in words_of(someone.get(url))

    answer = someone.post(url, {"version": 1}, follow=True)

    assert "It is taken back." in words_of(answer)
    submission.refresh_from_db()
    assert submission.answer == Answered.TAKEN_BACK


@pytest.mark.parametrize("role", [Role.STAFF, Role.SUPPORTER, Role.SPONSOR, Role.MANAGER])
def test_whoever_does_not_lead_reads_it_and_cannot_take_it_back(client, s, role):
    submission = s.hands_in()
    seat = s.team.seats.get(role) or SeatFactory(role=role, programme=s.cluster.programme)
    someone = signed_in(client, seat)
    url = reverse("journeys:take_back_submission", args=[submission.pk])

    assert url not in page_of(someone, submission)
    assert someone.post(url, {"version": 1}).status_code == 403
    submission.refresh_from_db()
    assert submission.waits


def test_what_the_programme_answered_first_is_not_taken_back_and_the_page_says_why(member, s):
    submission = s.hands_in()
    url = reverse("journeys:take_back_submission", args=[submission.pk])
    s.answers(submission, Answered.RETURNED, words="No days.")

    answer = member.post(url, {"version": 1})

    assert answer.status_code == 409
    assert "was sent back on" in words_of(answer)
    assert "waits no longer" in words_of(answer)
    assert "<button" not in words_of(answer).split("<main")[1].split("</main>")[0]


def test_a_form_without_a_version_is_wrong_and_takes_nothing_back(member, s):
    submission = s.hands_in()
    url = reverse("journeys:take_back_submission", args=[submission.pk])

    assert member.post(url, {}).status_code == 422
    submission.refresh_from_db()
    assert submission.waits


def test_a_sponsor_is_led_to_nothing_that_is_shut(sponsor, s):
    told_again(s)
    page = page_of(sponsor, Submission.objects.get(number=2))

    own = page.split('<nav class="place"')[1].split("</main>")[0]
    for path in set(re.findall(r'href="(/[^"#]*)"', own)):
        assert sponsor.get(path).status_code == 200, path


def test_another_cluster_and_another_programme_find_nothing(client):
    there = scene()
    submission = HandedIn().hands_in()
    for seat in (there.own.core, there.staff["manager"], there.operator):
        someone = signed_in(client, seat)
        for name in ("submission", "submission_pdf", "submission_changes", "take_back_submission"):
            page_of(someone, submission, name, status=404)


def test_through_the_glass_it_is_read(client, s):
    assert "In short" in page_of(signed_in(client, through_the_glass(s.cluster)), s.hands_in())


def test_a_return_is_shown_with_what_came_of_it(member, s):
    page = page_of(member, s.hands_in(a_return(s.team)))

    for held in (
        "One of two objectives met, one not judged yet; £11,000 of £20,000 spent; one gain",
        "Planned for 20 February 2027. Done on 1 March 2027, later than planned.",
        "The first one was ill.",
        "A door that opened, worth £300.",
        "Two of three members said",
        "To begin earlier.",
        "£10,991.50 was spent on no line of the budget.",
    ):
        assert held in page


def test_what_changed_in_a_return_is_said_too(member, s):
    found = a_return(s.team)
    s.answers(s.hands_in(found), Answered.RETURNED, words="Say more.")
    other = a_return(s.team, spent=12_000_00, said=(), gains=())

    page = page_of(member, s.hands_in(other))

    assert "What was spent is £12,000 now; it was £11,000." in page
    assert "“What we learnt” was taken out." in page
    assert "It tells of no gains that nobody had planned; it was 1." in page


# --- as a PDF


def pdf_of(client, submission):
    answer = client.get(reverse("journeys:submission_pdf", args=[submission.pk]))
    assert answer.status_code == 200
    assert answer["Content-Type"] == "application/pdf"
    return answer, PdfReader(io.BytesIO(answer.content))


def read(pdf):
    return " ".join(" ".join(page.extract_text() for page in pdf.pages).split())


def test_the_pdf_says_what_the_page_says(member, s):
    submission = told_again(s)
    on = datetime(2027, 1, 6, 12, tzinfo=clock.LONDON)
    Submission.objects.filter(pk=submission.pk).update(submitted_at=on)

    answer, pdf = pdf_of(member, submission)

    text = read(pdf)
    name = f"{s.cluster.slug}-plan-2.pdf"
    assert answer["Content-Disposition"] == f'attachment; filename="{name}"'
    assert pdf.metadata.title == f"Plan and budget of {s.cluster}"
    for held in (
        "It waits for the programme.",
        "We learn in the evening.",
        "What there is already Courses in other towns.",
        "What the cluster stands behind The council’s own course.",
        "What is different It is here, in the evening.",
        "Alone: Only they buy.",
        "£1,000",
        "40 hours",
        "The budget by category",
        "Give and take",
        "One meeting was held before 6 January 2027.",
        "Still to come: 2 February 2027.",
        "We asked the college.",
        "one of two has",
    ):
        assert held in text, held
    for organisation in s.team.organisations:
        assert organisation.name in text


def test_every_page_of_the_pdf_has_its_number(member, s):
    objectives = tuple(an_objective(n, f"What will be true {n}") for n in range(1, 31))
    _, pdf = pdf_of(member, s.hands_in(s.plan(objectives=objectives)))

    n = len(pdf.pages)
    assert n > 2
    for at_page, page in enumerate(pdf.pages, start=1):
        assert f"{at_page} of {n}" in " ".join(page.extract_text().split())


def test_in_the_pdf_what_people_typed_stays_words(member, s):
    objectives = (an_objective(1, HOSTILE), an_objective(2, ENDLESS, found=HOSTILE * 20))
    plan = s.plan(summary=HOSTILE, objectives=objectives, lines=())

    text = read(pdf_of(member, s.hands_in(plan))[1])

    assert '<b>bold</b> #import "x" $x$ *b* _u_ [x] \\ @x // {{ view }}' in text
    assert ENDLESS in text.replace(" ", "")
    assert "The budget has no lines." in text


def test_a_plan_that_was_handed_in_after_its_last_meeting_says_so(member, s):
    submission = s.hands_in(s.plan(meeting_days=(clock.today() - timedelta(days=3),)))

    for text in (page_of(member, submission), read(pdf_of(member, submission)[1])):
        held = " ".join(text.split())
        assert "One meeting was held before" in held
        assert "No later meeting stood in the calendar." in held
        assert "Still to come" not in held


def test_the_meetings_of_a_plan_are_never_parted_by_the_end_of_a_page(s):
    on = date(2027, 1, 1)
    for n in range(0, 50, 10):
        plan = s.plan(
            summary="\n\n".join(["A line."] * n), meetings="\n\n".join(["Once a month."] * 15)
        )
        pdf = PdfReader(io.BytesIO(plan_pdf(plan_view(plan, s.cluster), on=on, status="")))
        held = [page.extract_text() for page in pdf.pages]
        (last,) = [page for page in held if "Still to come" in page]
        assert last.count("Once a month.") == 15, n


def test_a_plan_with_nothing_in_it_makes_a_pdf(member, s):
    nothing = s.plan(
        summary="", meetings="", meeting_days=(), members=(), objectives=(), steps=(), lines=()
    )
    submission = s.hands_in(nothing)

    assert "No objectives are written." in read(pdf_of(member, submission)[1])
    assert "No objectives are written." in page_of(member, submission)


def test_the_pdf_of_an_answered_plan_holds_the_answer(member, s):
    submission = s.hands_in()
    s.answers(submission, Answered.CONDITIONS, words="First hire the trainer.")

    text = read(pdf_of(member, submission)[1])

    assert "Agreed with conditions on" in text
    assert "First hire the trainer." in text


def test_a_return_as_a_pdf(member, s):
    answer, pdf = pdf_of(member, s.hands_in(a_return(s.team)))

    text = read(pdf)
    assert f"{s.cluster.slug}-return-1.pdf" in answer["Content-Disposition"]
    for held in (
        "Forty people came.",
        "Not judged yet",
        "later than planned",
        "A trainer found us a hall.",
        "What shows it: The letter of 1 April",
        "To begin earlier.",
    ):
        assert held in text, held


def test_the_same_submission_makes_the_same_bytes(member, s):
    submission = s.hands_in()

    assert pdf_of(member, submission)[0].content == pdf_of(member, submission)[0].content


def test_a_pdf_that_cannot_be_made_says_so_on_the_page(member, s, monkeypatch):
    def fails(source, data):
        raise typeset.NotTypeset("words of a member")

    monkeypatch.setattr("hedgerow.journeys.pdfs.typeset", fails)
    page = page_of(member, s.hands_in(), "submission_pdf", status=500)

    assert "The PDF could not be made." in page
    assert "words of a member" not in page
    assert "We learn together." in page


# --- how much each page asks of the database


def test_the_page_costs_the_same_however_long_the_plan(member, s, django_assert_num_queries):
    s.takes_back(s.hands_in())
    short = s.hands_in()
    s.takes_back(short)
    objectives = tuple(an_objective(n, f"What will be true {n}") for n in range(1, 13))
    lines = tuple(a_line(n, n * 100, objective=1 + n % 12) for n in range(1, 61))
    long = s.hands_in(s.plan(objectives=objectives, lines=lines))
    page_of(member, long)  # what is asked once a process

    with django_assert_num_queries(N_QUERIES):
        page_of(member, short)
    with django_assert_num_queries(N_QUERIES + 1):  # may it be taken back?
        page_of(member, long)


N_QUERIES = 12
