"""Offers: posted while there is time, found by their closing day, looked at again, ended with why."""

from datetime import date, timedelta

import pytest
from django.urls import reverse

from hedgerow.core import clock
from hedgerow.core.actions import Refused, Stale
from hedgerow.core.models import Event
from hedgerow.core.rooms import DatedLine
from hedgerow.front.queries import dates_of
from hedgerow.grants.actions import opportunities as actions
from hedgerow.grants.models import Opportunity, OpportunityKind
from hedgerow.grants.queries.opportunities import closing_soon, line_of, offers, public_offers
from hedgerow.people.models import Role
from hedgerow.units import Pence
from tests.factories import actor, reader, signed_in
from tests.front.pages import cost_of, page, text_of

pytestmark = pytest.mark.django_db
SAID = {
    "title": "Small grants for training",
    "offered_by": "The council",
    "kind": OpportunityKind.FUNDING,
    "words": "For courses that several share.",
    "for_whom": "charities in the county",
    "least": Pence(500_00),
    "most": Pence(2_000_00),
    "link": "https://example.org/grants",
    "closes_on": None,
    "is_public": False,
}
TYPED = {**SAID, "least": "500", "most": "£2,000", "closes_on": "", "is_public": ""}


def posted(s, **more) -> Opportunity:
    by = actor(s.staff[Role.MANAGER])
    return actions.post_opportunity(by=by, programme=s.programme, **{**SAID, **more})


def changed(s, row, *, version=None, **more) -> Opportunity:
    return actions.change_opportunity(
        by=actor(s.staff[Role.MANAGER]),
        opportunity=row,
        version=version or row.version,
        **{**SAID, **more},
    )


def ended(s, row, because="All of it is given away") -> Opportunity:
    return actions.end_opportunity(
        by=actor(s.staff[Role.MANAGER]), opportunity=row, because=because, version=row.version
    )


def in_days(n) -> date:
    return clock.today() + timedelta(days=n)


def url(name, *args):
    return reverse(f"grants:{name}", args=args)


def test_whoever_posts_an_offer_has_looked_today(s):
    row = posted(s)

    assert (row.checked_on, row.by) == (clock.today(), s.staff[Role.MANAGER])
    assert Event.objects.get(did="grants.opportunity_posted").owner_key == s.programme.pk


@pytest.mark.parametrize(
    ("spoiled", "says"),
    [
        ({"title": " "}, "Say what is offered"),
        ({"words": ""}, "Say what is offered"),
        ({"title": "x" * 161}, "longer than 160"),
        ({"title": "Two\nlines"}, "on one line"),
        ({"words": "x" * 1001}, "1,000 are the most"),
        ({"least": Pence(3_000_00)}, "more than the most"),
        ({"least": Pence(-1)}, "not below nothing"),
        ({"link": "javascript:alert(1)"}, "not the address of a web page"),
        ({"link": "ftp://example.org"}, "not the address of a web page"),
        ({"link": "http://[x"}, "not the address of a web page"),
        ({"link": "https:///grants"}, "not the address of a web page"),
        ({"closes_on": date(2020, 1, 1)}, "is over"),
    ],
)
def test_what_is_no_offer_is_refused_in_words(s, spoiled, says):
    with pytest.raises(Refused, match=says):
        posted(s, **spoiled)
    assert not Opportunity.objects.exists()


def test_somebody_without_a_seat_in_the_programme_posts_nothing(s):
    with pytest.raises(Refused, match="no seat"):
        actions.post_opportunity(
            by=actor(s.other_staff[Role.MANAGER]), programme=s.programme, **SAID
        )


def test_keeping_an_offer_as_it_is_says_that_somebody_looked(s):
    row = posted(s)
    Opportunity.objects.update(checked_on=in_days(-70))
    row = changed(s, row)

    assert (row.checked_on, row.version) == (clock.today(), 2)
    changed(s, row, title="Other")
    assert list(
        Event.objects.filter(thing=f"grants.opportunity:{row.pk}")
        .order_by("number")
        .values_list("did", flat=True)
    ) == [
        "grants.opportunity_posted",
        "grants.opportunity_checked",
        "grants.opportunity_changed",
    ]


def test_an_offer_that_closed_can_be_put_right_and_not_be_closed_again_in_the_past(s):
    row = posted(s, closes_on=in_days(1))
    Opportunity.objects.update(closes_on=in_days(-1))
    row.refresh_from_db()

    row = changed(s, row, closes_on=in_days(-1), title="Spelled right")
    with pytest.raises(Refused, match="is over"):
        changed(s, row, closes_on=in_days(-2))


def test_who_writes_last_has_read_what_was_written_before(s):
    row = posted(s)
    changed(s, row, title="Other")
    with pytest.raises(Stale):
        changed(s, row, version=1, title="Mine")
    with pytest.raises(Stale):
        ended(s, row)


def test_what_ended_says_why_and_is_changed_no_more(s):
    row = ended(s, posted(s))

    assert row.ended_because == "All of it is given away."
    with pytest.raises(Refused, match="This offer ended on"):
        changed(s, row)
    with pytest.raises(Refused, match="This offer ended on"):
        ended(s, row)
    with pytest.raises(Refused, match="Say in a line why"):
        ended(s, posted(s), because=" ")


def test_open_ones_stand_by_their_closing_day_and_ended_ones_apart(s):
    for title, closes_on in (
        ("Stays open", None),
        ("Later", in_days(12)),
        ("Soon", in_days(1)),
        ("Today", in_days(0)),
    ):
        posted(s, title=title, closes_on=closes_on)
    over = posted(s, title="Over", closes_on=in_days(1))
    Opportunity.objects.filter(pk=over.pk).update(closes_on=in_days(-1))
    ended(s, posted(s, title="Ended"))

    found = offers(Opportunity.objects.all(), clock.today())

    assert [(line.title, line.closes) for line in found.open] == [
        ("Today", "closes today"),
        ("Soon", "closes tomorrow"),
        ("Later", "closes in 12 days"),
        ("Stays open", "has no closing day"),
    ]
    assert [line.title for line in found.ended] == ["Ended", "Over"]
    assert found.ended[0].ended.startswith("All of it is given away. Ended on")
    assert found.ended[1].ended.startswith("It closed on")


@pytest.mark.parametrize(
    ("least", "most", "amount"),
    [
        (None, None, ""),
        (None, 2_000_00, "up to £2,000"),
        (500_50, None, "£500.50 or more"),
        (500_00, 500_00, "£500"),
        (0, 100, "£0 to £1"),
    ],
)
def test_how_much_it_is(s, least, most, amount):
    assert line_of(posted(s, least=least, most=most), clock.today()).amount == amount


def test_after_sixty_days_it_says_that_nobody_has_looked(s):
    row = posted(s)
    for n, is_stale in ((60, False), (61, True)):
        row.checked_on = in_days(-n)
        assert bool(line_of(row, clock.today()).stale) is is_stale


def test_what_closes_soon_is_one_question(s, django_assert_num_queries):
    for n in (20, 14, 3):
        posted(s, title=f"In {n}", closes_on=in_days(n))
    posted(s, title="Stays open")
    ended(s, posted(s, title="Ended", closes_on=in_days(2)))

    asks = reader(s.own.core)
    with django_assert_num_queries(1):
        found = closing_soon(asks)
    assert [row.title for row in found] == ["In 3", "In 14"]
    assert closing_soon(reader(s.elsewhere.core)) == ()


def test_what_closes_soon_is_among_the_dates_of_each_cluster_of_the_programme(s):
    row = posted(s, title="Small grants", closes_on=in_days(12))
    line = DatedLine(
        on=in_days(12), sentence="An offer closes: Small grants", url=row.get_absolute_url()
    )

    for team in (s.own, s.neighbour):
        assert line in dates_of(reader(team.core), team.cluster, clock.today())
    assert line not in dates_of(reader(s.elsewhere.core), s.elsewhere.cluster, clock.today())
    assert line not in dates_of(reader(s.neighbour.core), s.own.cluster, clock.today())
    s.own.cluster.ended_at = clock.now()
    assert line not in dates_of(reader(s.own.core), s.own.cluster, clock.today())


# the pages


def test_everybody_in_the_programme_finds_them_and_nobody_else(client, s):
    row = posted(s, closes_on=in_days(12))
    inside = {*s.own.seats, *s.staff} - {Role.SPONSOR}
    for role, seat in s.seats.items():
        listed = page(client, url("opportunities"), seat)
        assert ("Small grants for training" in listed) is (role in inside), role
        page(client, url("opportunity", row.pk), seat, status=200 if role in inside else 404)
    assert "It closes in 12 days" in page(client, url("opportunities"), s.own.core)
    assert "Small grants" not in page(client, url("opportunities"), s.elsewhere.core)
    page(client, url("opportunity", row.pk), s.elsewhere.core, status=404)


def test_anybody_sees_the_public_ones_that_are_open(client, s):
    posted(s, title="For us")
    posted(s, title="For all", is_public=True)
    ended(s, posted(s, title="For all, once", is_public=True))
    shown = page(client, url("offers"))

    assert "For all " in shown
    assert "For us" not in shown
    assert "once" not in shown
    assert [line.title for line in public_offers(clock.today())] == ["For all"]


def test_a_manager_posts_changes_and_ends_one(client, s):
    signed_in(client, s.staff[Role.MANAGER])
    assert f"Post an offer in {s.programme}" in page(client, url("opportunities"))
    there = url("post_opportunity", s.programme.pk)
    assert client.post(there, TYPED)["Location"] == url("opportunities")
    row = Opportunity.objects.get()
    assert (row.least, row.most) == (500_00, 2_000_00)

    change = url("change_opportunity", row.pk)
    assert "1200" not in page(client, change)
    client.post(change, {**TYPED, "most": "1200.50", "least": "", "version": 1})
    row.refresh_from_db()
    assert (row.least, row.most) == (None, 1_200_50)
    end = url("end_opportunity", row.pk)
    assert text_of(client.post(end, {"because": "", "version": 2})).count("Say in a line why") > 1
    client.post(end, {"because": "Given away", "version": 2})
    assert "Given away. Ended on" in page(client, url("opportunities"))


@pytest.mark.parametrize(
    ("typed", "says"),
    [
        ({"most": "1200,50"}, "is not an amount in pounds"),
        ({"most": "1.2k"}, "is not an amount in pounds"),
        ({"most": "-5"}, "£0 or more"),
        ({"least": "3000"}, "less than the least"),
        ({"kind": "gift"}, "Choose one of those on the list."),
        ({"closes_on": "soon"}, "soon"),
    ],
)
def test_what_was_typed_wrong_is_said_beside_the_field_and_kept(client, s, typed, says):
    signed_in(client, s.staff[Role.MANAGER])
    answer = client.post(url("post_opportunity", s.programme.pk), {**TYPED, **typed})

    assert answer.status_code == 422
    assert says in text_of(answer)
    assert "Small grants for training" in answer.content.decode()
    assert not Opportunity.objects.exists()


def test_a_clash_is_told_and_the_newer_version_is_sent_next(client, s):
    row = posted(s)
    changed(s, row, title="Other")
    signed_in(client, s.staff[Role.MANAGER])
    answer = client.post(url("change_opportunity", row.pk), {**TYPED, "version": 1})

    assert answer.status_code == 409
    assert 'name="version" value="2"' in answer.content.decode()
    assert Opportunity.objects.get().title == "Other"


def test_members_read_and_do_not_change(client, s):
    row = posted(s)
    for seat in (s.own.core, s.staff[Role.VIEWER]):
        page(client, url("change_opportunity", row.pk), seat, status=403)
        signed_in(client, seat)
        assert client.post(url("end_opportunity", row.pk), {}).status_code == 403
        assert "Keep it right" not in page(client, url("opportunity", row.pk))
        page(client, url("post_opportunity", s.programme.pk), seat, status=403)
    page(client, url("post_opportunity", s.programme.pk), s.elsewhere.core, status=404)


def test_an_address_on_the_page_leads_to_the_web_alone(client, s):
    posted(s)
    signed_in(client, s.own.core)
    body = client.get(url("opportunities")).content.decode()
    assert 'href="https://example.org/grants" rel="noopener noreferrer"' in body


def test_more_offers_cost_no_more_queries(client, s):
    posted(s)
    page(client, url("opportunities"), s.own.core)
    before = cost_of(client, url("opportunities"))
    for n in range(4):
        posted(s, title=f"Offer {n}", is_public=True)
    assert cost_of(client, url("opportunities")) == before
    assert cost_of(client, url("offers")) < 6
