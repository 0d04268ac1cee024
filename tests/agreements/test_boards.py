"""What a member's board says: said by that member alone, and shown as far as it chooses."""

import pytest
from django.urls import reverse

from hedgerow.agreements.models import BoardSays
from hedgerow.core import clock
from hedgerow.core.actions import Refused, Stale
from hedgerow.core.models import Event
from hedgerow.core.owners import Audience, Owner
from hedgerow.look.words import day
from hedgerow.people.access import visible_events
from hedgerow.people.models import Role
from hedgerow.people.queries import history_of
from tests.factories import MandateFactory, reader, scene, signed_in
from tests.front.pages import cost_of, main_of, page, text_of

from .scenes_boards import in_days, member_of, said

pytestmark = pytest.mark.django_db


@pytest.fixture
def s():
    return scene()


def url(name, thing):
    return reverse(f"agreements:{name}", args=[thing.pk])


def test_a_member_says_when_its_board_meets(s):
    board = said(s.own.core, meets_on=in_days(9), words="It wants the costs.")

    assert (board.organisation, board.by) == (s.own.core.organisation, s.own.core)
    event = Event.objects.get(did="agreements.board_said")
    assert event.detail == {"cluster": s.cluster.pk, "step": "only_us"}


@pytest.mark.parametrize(
    ("other", "message"),
    [
        ({"must_agree": False, "meets_on": True}, "need not agree"),
        ({"must_agree": False, "answer": "agreed", "answered_on": True}, "need not agree"),
        ({"answer": "agreed"}, "Write the day"),
        ({"answered_on": True}, "Say what your board said"),
        ({"answer": "agreed", "answered_on": "tomorrow"}, "still to come"),
        ({"meets_on": "far"}, "Check the year"),
        ({"audience": Audience.FUNDER}, "no further than our cluster"),
    ],
)
def test_what_cannot_be_so_is_refused(s, other, message):
    days = {True: clock.today(), "tomorrow": in_days(1), "far": in_days(800)}
    told = {name: days[value] if name.endswith("_on") else value for name, value in other.items()}

    with pytest.raises(Refused, match=message):
        said(s.own.core, **told)

    assert not BoardSays.objects.exists()


def test_only_its_own_core_group_member_or_who_stands_in_says_it(s):
    member = member_of(s.own.core)
    for seat in (s.own.second, s.own.facilitator, s.own.seats[Role.STAFF], s.neighbour.core):
        with pytest.raises(Refused):
            said(seat, member=member)
    deputy = s.own.seats[Role.DEPUTY]
    with pytest.raises(Refused, match="deputy"):
        said(deputy, member=member)

    MandateFactory(deputy=deputy)

    assert said(deputy, member=member).by == deputy


def test_of_two_who_say_it_at_once_the_second_is_told(s):
    board = said(s.own.core)
    with pytest.raises(Stale):
        said(s.own.core, must_agree=False)
    said(s.own.core, must_agree=False, version=board.version)
    with pytest.raises(Stale):
        said(s.own.core, words="Late.", version=board.version)

    assert BoardSays.objects.get().must_agree is False


def test_saying_it_again_changes_nothing(s):
    board = said(s.own.core)
    said(s.own.core, version=board.version)

    assert Event.objects.filter(did="agreements.board_said").count() == 1


def test_the_history_tells_it_to_that_organisation_alone(s):
    said(s.own.core, audience=Audience.CLUSTER)

    def told(seat):
        return visible_events(reader(seat)).filter(did="agreements.board_said").exists()

    assert told(s.own.core)
    for seat in (s.own.second, s.own.facilitator, s.own.seats[Role.STAFF]):
        assert not told(seat)


def test_the_history_tells_it_in_a_sentence(s):
    said(s.own.core, audience=Audience.CLUSTER)

    [line] = history_of(
        reader(s.own.seats[Role.DEPUTY]),
        owner=Owner.ORGANISATION,
        key=s.own.core.organisation_id,
        limit=5,
    )

    assert line.sentence == (
        f"Chief executive, {s.own.core.organisation} wrote down what our board says in "
        f"{s.cluster}: for our cluster."
    )


# the pages


def test_those_round_the_table_read_the_page_and_nobody_else(client, s):
    inside = {Role.CORE, Role.DEPUTY, Role.STAFF, Role.FACILITATOR, Role.SUPPORTER}
    for role, seat in s.seats.items():
        page(client, url("boards", s.cluster), seat, status=200 if role in inside else 404)
    page(client, url("boards", s.cluster), s.neighbour.core, status=404)


def test_a_member_changes_its_own_line_alone(client, s):
    there = url("say_board", member_of(s.own.core))

    page(client, there, s.own.core)
    for seat in (s.own.second, s.own.facilitator, s.own.seats[Role.STAFF]):
        page(client, there, seat, status=403)
    page(client, there, s.own.seats[Role.DEPUTY], status=403)
    page(client, there, s.staff[Role.MANAGER], status=403)  # who knows the member, and no more
    page(client, there, s.neighbour.core, status=404)
    shown = page(client, url("boards", s.cluster), s.own.second)
    assert shown.count("Say what our board says") == 1


@pytest.mark.parametrize(
    ("audience", "who"),
    [
        (Audience.ONLY_US, {"own staff"}),
        (Audience.FACILITATOR, {"own staff", "facilitator"}),
        (Audience.CLUSTER, {"own staff", "facilitator", "second"}),
    ],
)
def test_it_is_shown_as_far_as_the_member_chose(client, s, audience, who):
    said(s.own.core, meets_on=in_days(9), audience=audience)
    seats = {
        "own staff": s.own.seats[Role.STAFF],
        "facilitator": s.own.facilitator,
        "second": s.own.second,
        "supporter": s.own.seats[Role.SUPPORTER],
    }
    when = f"It meets on {day(in_days(9))}."

    found = {
        name for name, seat in seats.items() if when in page(client, url("boards", s.cluster), seat)
    }

    assert found == who


def test_what_is_kept_and_what_was_never_said_read_alike(client, s):
    before = main_of(signed_in(client, s.own.second).get(url("boards", s.cluster)))
    said(s.own.core, must_agree=True, words="Ask nobody.", audience=Audience.ONLY_US)
    after = main_of(signed_in(client, s.own.second).get(url("boards", s.cluster)))

    assert after == before
    assert "may not have said yet, or may keep it to itself" in after


def test_the_form_explains_its_default(client, s):
    answer = signed_in(client, s.own.core).get(url("say_board", member_of(s.own.core)))

    assert "Unless you choose otherwise only your organisation sees it. Others see" in text_of(
        answer
    )
    assert ">Write it down</button>" in main_of(answer)
    assert 'value="only_us"' in main_of(answer).split("checked")[-2]
    assert "and the facilitator of the cluster." in text_of(answer)


def test_it_is_said_and_changed_by_form(client, s):
    there = url("say_board", member_of(s.own.core))
    core = signed_in(client, s.own.core)
    told = {
        "must_agree": "yes",
        "meets_on": day(in_days(9)),
        "answer": "",
        "answered_on": "",
        "words": "It wants the costs.",
        "audience": "cluster",
        "version": 0,
    }

    answer = core.post(there, told, follow=True)
    assert "It is written down, for our cluster." in text_of(answer)
    assert "It wants the costs." in text_of(answer)

    clash = core.post(there, {**told, "words": "Something else."})
    assert clash.status_code == 409
    assert "Something else." in main_of(clash)
    assert "What stands there now" in text_of(clash)

    core.post(
        there,
        {
            **told,
            "meets_on": "",
            "answer": "agreed",
            "answered_on": day(clock.today()),
            "version": 1,
        },
    )
    shown = page(client, url("boards", s.cluster), s.own.second)
    assert f"The board agreed, on {day(clock.today())}." in shown


@pytest.mark.parametrize(
    ("fault", "message"),
    [
        ({"must_agree": ""}, "Choose one of the two."),
        ({"must_agree": "no"}, "Leave this empty: your board need not agree."),
        ({"answer": "agreed"}, "Write the day on which your board said so."),
        ({"answered_on": "1/3/2026"}, "Say what your board said on that day."),
        ({"audience": "everyone"}, "Choose one of these three."),
    ],
)
def test_what_is_wrong_is_said_at_its_field(client, s, fault, message):
    told = {
        "must_agree": "yes",
        "meets_on": day(in_days(9)),
        "answer": "",
        "answered_on": "",
        "words": "",
        "audience": "cluster",
        "version": 0,
        **fault,
    }

    answer = signed_in(client, s.own.core).post(url("say_board", member_of(s.own.core)), told)

    assert answer.status_code == 422
    assert message in text_of(answer)


def test_the_page_costs_the_same_however_much_was_said(client, s):
    core = signed_in(client, s.own.core)
    core.get(url("boards", s.cluster))
    before = cost_of(core, url("boards", s.cluster))

    for seat in (s.own.core, s.own.second, s.own.third):
        said(seat, audience=Audience.CLUSTER)

    assert cost_of(core, url("boards", s.cluster)) == before
