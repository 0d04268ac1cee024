"""A focus is put to the vote, and holds once it is carried; the room's page says where we are."""

import re
from datetime import timedelta

import pytest
from django.urls import reverse

from hedgerow.agreements import actions as agreements
from hedgerow.agreements.actions.decisions import LONGEST_TITLE
from hedgerow.agreements.models import Decision
from hedgerow.agreements.ways import shipped_ways
from hedgerow.analysis.focus import Focus
from hedgerow.core import clock
from hedgerow.core.actions import Refused
from hedgerow.core.models import Event
from hedgerow.focus.actions import focuses as actions
from hedgerow.focus.models import Adoption
from hedgerow.focus.queries.focuses import focus_now, focus_of, focus_states, shortlists_in
from hedgerow.journeys.queries.results import result_of, standing
from hedgerow.look.words import day
from hedgerow.people.models import Member, Role
from tests.factories import MemberFactory, actor, signed_in
from tests.front.pages import cost_of, main_of, page, text_of

from .found import (
    all_gain,
    decide,
    finding,
    handed_in,
    in_days,
    pair_on,
    proposed,
    voted,
    withdrawn,
    wrote,
)
from .scenes_ideas import gain_of, idea_of
from .scenes_shortlisting import shortlist_of
from .scenes_studies import handed_in as reported
from .scenes_studies import study_of

pytestmark = pytest.mark.django_db


def url(name, cluster):
    return reverse(f"focus:{name}", args=[cluster.pk])


# putting it to the vote


def test_a_focus_is_a_decision_over_its_ideas_together(s):
    training, bus = idea_of(s.own), idea_of(s.own, "A bus")

    adoption = proposed(s.own, bus, training)

    decision = Decision.objects.get()
    assert adoption.decision == decision
    assert decision.title == "Our focus: A bus and Shared training"
    assert decision.options.get().words == decision.title
    assert [(it.position, it.title) for it in adoption.items.all()] == [
        (1, "A bus"),
        (2, "Shared training"),
    ]
    assert Event.objects.get(did="focus.focus_proposed").detail == {
        "ideas": [bus.pk, training.pk],
        "n": 2,
        "decision": decision.pk,
        "number": 1,
    }


def test_long_titles_are_cut_in_the_heading_and_whole_in_the_words(s):
    ideas = [idea_of(s.own, f"{letter} {'very ' * 20}long title") for letter in "ABC"]

    proposed(s.own, *ideas, words="We talked.")

    decision = Decision.objects.get()
    assert len(decision.title) <= LONGEST_TITLE
    assert decision.title.count("…") == 3
    for idea in ideas:
        assert f"“{idea.title}”" in decision.words
    assert decision.words.endswith("We talked.")


def test_one_to_three_live_ideas_of_our_own_each_once(s):
    one, two, three, four = (idea_of(s.own, f"Idea {n}") for n in range(4))
    for ideas, said in (
        ((), "Choose at least one"),
        ((one, two, three, four), "three at most"),
        ((one, one), "there twice"),
        ((withdrawn(two),), "no longer on the long list"),
    ):
        with pytest.raises(Refused, match=said):
            proposed(s.own, *ideas)
    with pytest.raises(ValueError, match="of its own cluster"):
        proposed(s.own, idea_of(s.neighbour))

    assert not Decision.objects.exists()


def test_two_focuses_are_not_put_to_the_vote_at_once(s):
    idea = idea_of(s.own)
    first = proposed(s.own, idea)
    with pytest.raises(Refused, match="as decision 1, until"):
        proposed(s.own, idea)

    voted(s.own, first)

    assert proposed(s.own, idea).decision.number == 2


def test_a_refused_proposal_leaves_no_adoption(s):
    with pytest.raises(Refused, match="too soon"):
        actions.propose_focus(
            by=actor(s.own.core),
            cluster=s.cluster,
            ideas=[idea_of(s.own)],
            words="",
            way=shipped_ways()[0],
            closes_on=clock.today(),
        )
    assert not Adoption.objects.exists()


# which focus holds


def test_carried_it_is_the_focus_and_nothing_else_is_pressed(s):
    idea = idea_of(s.own, cost=120_000)
    adoption = proposed(s.own, idea)
    assert focus_now(s.cluster) is None

    voted(s.own, adoption, against=[s.own.third.organisation])

    now = focus_now(s.cluster)
    assert [theme.idea for theme in now.themes] == [idea]
    assert (now.on, now.cost, now.n_without_cost) == (clock.today(), 120_000, 0)
    assert [(line.organisation, line.reason) for line in now.dissent] == [
        (s.own.third.organisation.name, "It helps nobody here.")
    ]


def test_not_carried_the_one_before_goes_on(s):
    idea, other = idea_of(s.own), idea_of(s.own, "A bus")
    voted(s.own, proposed(s.own, idea))
    organisations = [seat.organisation for seat in (s.own.core, s.own.second, s.own.third)]

    voted(s.own, proposed(s.own, other), against=organisations)

    assert [theme.idea for theme in focus_now(s.cluster).themes] == [idea]
    assert focus_states([s.cluster.pk])[s.cluster.pk].fallen.number == 2


def test_a_later_one_that_is_carried_takes_its_place(s):
    idea, other = idea_of(s.own), idea_of(s.own, "A bus")
    voted(s.own, proposed(s.own, idea))
    voted(s.own, proposed(s.own, other))

    now = focus_now(s.cluster)
    assert ([theme.idea for theme in now.themes], now.decision.number) == ([other], 2)


@pytest.mark.parametrize("is_carried", [True, False])
def test_decided_again_the_last_word_says_whether_it_holds(s, is_carried):
    idea = idea_of(s.own)
    organisations = [seat.organisation for seat in (s.own.core, s.own.second, s.own.third)]
    against = organisations if is_carried else [s.own.third.organisation]
    first = voted(s.own, proposed(s.own, idea), against=against).decision
    with clock.at(clock.now() + timedelta(days=200)):
        again = agreements.reopen(
            by=actor(s.own.third), decision=first, reason="Much is new.", closes_on=in_days(7)
        )
        assert (focus_now(s.cluster) is None) is is_carried  # open, it says nothing yet
        decide(s.own, again, against=() if is_carried else organisations)

    now = focus_now(s.cluster)
    assert (now is not None) is is_carried
    if now:
        assert now.decision == again


def test_withdrawn_it_was_never_decided(s):
    adoption = proposed(s.own, idea_of(s.own))
    agreements.withdraw(
        by=actor(s.own.core),
        decision=adoption.decision,
        reason="A slip.",
        version=adoption.decision.version,
    )

    state = focus_states([s.cluster.pk])[s.cluster.pk]
    assert (state.adoption, state.open_decision, state.fallen) == (None, None, None)


# what the stage leaves


def test_without_shortlist_or_decision_the_stage_leaves_an_empty_focus():
    _, stage = finding()

    left = focus_of(stage)

    assert (left.themes, left.adopted_on, left.decision, left.gains) == ((), None, None, {})


def test_the_newest_shortlist_is_left_with_who_gains(s):
    own, stage = finding()
    old, idea = idea_of(own, "Old"), idea_of(own, "New", cost=5_000, is_quick_win=True)
    shortlist_of(own, [old])
    shortlist_of(own, [idea])
    gain_of(idea, own.core, words="A day a month.")
    gain_of(idea, own.second, would_gain=False, words="Nothing.")
    gain_of(old, own.third)

    left = focus_of(stage)

    (theme,) = left.themes
    assert (theme.title, theme.cost, theme.is_quick_win) == ("New", 5_000, True)
    assert left.gains == {own.core.organisation_id: {idea.pk: "A day a month."}}
    [standing] = shortlists_in([own.cluster.pk]).values()
    assert [it.title for it in standing.ideas] == ["New"]


def test_what_a_decision_made_the_focus_is_left_in_place_of_the_shortlist():
    own, stage = finding()
    listed, chosen = idea_of(own, "Listed"), idea_of(own, "Chosen")
    shortlist_of(own, [listed])
    adoption = voted(own, proposed(own, chosen))
    all_gain(own, chosen)

    left = focus_of(stage)

    assert [theme.title for theme in left.themes] == ["Chosen"]
    assert (left.adopted_on, left.decision) == (clock.today(), adoption.decision_id)
    assert len(left.gains) == 3


def test_each_thing_is_left_with_the_day_on_which_its_report_was_handed_in():
    own, stage = finding()
    twice, once, drafted = (idea_of(own, title) for title in ("Twice", "Once", "Drafted"))
    shortlist_of(own, [twice, once, drafted])
    handed_in(own.core, pair_on(own, once))
    for days_ago in (2, 9):
        reported(study_of(own, twice), at=clock.now() - timedelta(days=days_ago))
    wrote(own.core, pair_on(own, drafted))

    left = {theme.title: theme.looked_into_on for theme in focus_of(stage).themes}

    assert left == {"Twice": in_days(-2), "Once": clock.today(), "Drafted": None}


def test_the_focus_as_it_would_be_left_today_is_read_while_the_stage_is_open():
    own, stage = finding()
    with pytest.raises(LookupError, match="closed with a focus yet"):
        result_of(stage.journey, Focus)
    assert standing(stage.journey, Focus).themes == ()

    shortlist_of(own, [idea_of(own)])

    assert standing(stage.journey, Focus) == focus_of(stage)
    assert [theme.title for theme in standing(stage.journey, Focus).themes] == ["Shared training"]


def test_who_has_left_takes_its_gain_along():
    own, stage = finding()
    idea = idea_of(own)
    shortlist_of(own, [idea])
    all_gain(own, idea)

    Member.objects.filter(organisation=own.third.organisation).update(left_at=clock.now())

    assert set(focus_of(stage).gains) == {own.core.organisation_id, own.second.organisation_id}


def test_for_many_clusters_it_costs_the_same(s, django_assert_max_num_queries):
    for own in (s.own, s.neighbour, s.elsewhere):
        voted(own, proposed(own, idea_of(own)))

    with django_assert_max_num_queries(2):
        found = focus_states([s.cluster.pk, s.neighbour.cluster.pk, s.elsewhere.cluster.pk])

    assert all(state.verdict for state in found.values())


# the form


def test_who_leads_puts_it_to_the_vote_and_others_are_told_who_can(client, s):
    leads = {Role.CORE, Role.FACILITATOR}
    inside = {*leads, Role.DEPUTY, Role.STAFF, Role.SUPPORTER}
    for role, seat in s.seats.items():
        status = 200 if role in leads else 403 if role in inside else 404
        page(client, url("propose_focus", s.cluster), seat, status=status)
    page(client, url("propose_focus", s.cluster), s.neighbour.core, status=404)


def test_before_there_is_anything_the_form_says_where_to_begin(client, s):
    answer = signed_in(client, s.own.core).get(url("propose_focus", s.cluster))

    assert "There is nothing to choose yet." in text_of(answer)
    assert url("ideas", s.cluster) in main_of(answer)


def test_the_acid_test_and_the_reports_stand_beside_the_form(client, s):
    idea, bus, other = idea_of(s.own), idea_of(s.own, "A bus"), idea_of(s.own, "A van")
    shortlist_of(s.own, [bus, idea])
    all_gain(s.own, bus)
    gain_of(idea, s.own.second, would_gain=False, words="We train nobody.")
    study = handed_in(s.own.core, pair_on(s.own, bus))

    answer = signed_in(client, s.own.core).get(url("propose_focus", s.cluster))

    shown, html = text_of(answer), main_of(answer)
    assert "Every member would gain" in shown
    assert f"{s.own.second.organisation} would not gain: We train nobody." in shown
    assert f"{s.own.third.organisation} has not said yet." in shown
    assert study.get_absolute_url() in html
    assert "and not on the shortlist, so perhaps nobody has looked into them: A van." in shown
    assert html.count("checked") == 3  # both of the shortlist, and the way of deciding
    boxes = re.findall(r'name="ideas" value="(\d+)"', html)
    assert boxes == [str(one.pk) for one in (bus, idea, other)]


def test_it_is_put_to_the_vote_by_form_in_the_order_of_the_shortlist(client, s):
    idea, bus = idea_of(s.own), idea_of(s.own, "A bus")
    shortlist_of(s.own, [bus, idea])
    told = {
        "ideas": [idea.pk, bus.pk],
        "words": "We talked it through.",
        "way": "consent",
        "closes_on": day(in_days(7)),
    }

    answer = signed_in(client, s.own.core).post(url("propose_focus", s.cluster), told, follow=True)

    assert Decision.objects.get().title == "Our focus: A bus and Shared training"
    assert "It is put to the vote, and open until" in text_of(answer)
    assert f"Our focus is put to the vote, until {day(in_days(7))}." in text_of(answer)


@pytest.mark.parametrize(
    ("fault", "message"),
    [
        ({"ideas": []}, "Choose at least one idea."),
        ({"ideas": "all"}, "You chose 4; three are the most."),
        ({"way": ""}, "Choose how it is decided."),
        ({"closes_on": "1 January 2020"}, "is too soon"),
        ({"ideas": [987654]}, "no longer on the long list"),
    ],
)
def test_what_cannot_be_put_to_the_vote_is_said_at_its_field(client, s, fault, message):
    ideas = [idea_of(s.own, f"Idea {n}").pk for n in range(4)]
    told = {
        "ideas": ideas[:1],
        "words": "",
        "way": "consent",
        "closes_on": day(in_days(7)),
        **fault,
    }
    if told["ideas"] == "all":
        told["ideas"] = ideas

    answer = signed_in(client, s.own.core).post(url("propose_focus", s.cluster), told)

    assert answer.status_code == 422
    assert message in text_of(answer)
    assert not Decision.objects.exists()


def test_a_second_one_is_refused_with_the_one_under_way(client, s):
    idea = idea_of(s.own)
    proposed(s.own, idea)
    core = signed_in(client, s.own.core)
    assert "A focus is put to the vote already" in text_of(
        core.get(url("propose_focus", s.cluster))
    )

    told = {"ideas": [idea.pk], "words": "", "way": "consent", "closes_on": day(in_days(7))}
    assert core.post(url("propose_focus", s.cluster), told).status_code == 409


# the room's own page


def test_those_round_the_table_see_the_way_through_and_nobody_else(client, s):
    inside = {Role.CORE, Role.DEPUTY, Role.STAFF, Role.FACILITATOR, Role.SUPPORTER}
    for role, seat in s.seats.items():
        page(client, url("focus", s.cluster), seat, status=200 if role in inside else 404)
    page(client, url("focus", s.cluster), s.neighbour.core, status=404)


def test_the_first_sentence_says_where_we_are(client, s):
    core = signed_in(client, s.own.core)

    def shown():
        return text_of(core.get(url("focus", s.cluster)))

    assert "We begin with a long list, and nothing is on it yet." in shown()
    idea = idea_of(s.own)
    assert "We have a long list of one idea, and no shortlist yet." in shown()
    shortlist_of(s.own, [idea])
    assert "We have a shortlist: one idea to look into." in shown()
    assert "nobody looks into it yet." in shown()
    handed_in(s.own.core, pair_on(s.own, idea))
    assert "The reports are in. What is left is to talk, and to choose." in shown()
    adoption = proposed(s.own, idea)
    assert "Our focus is put to the vote, until" in shown()
    voted(s.own, adoption)
    assert f"We have our focus, since {day(clock.today())}." in shown()


def test_the_focus_stands_on_top_with_its_decision_its_cost_and_who_saw_it_differently(client, s):
    idea = idea_of(s.own, words="Four days a year.", cost=120_000)
    bus = idea_of(s.own, "A bus", cost=80_000)
    adoption = voted(s.own, proposed(s.own, idea, bus), against=[s.own.third.organisation])

    answer = signed_in(client, s.own.second).get(url("focus", s.cluster))

    shown = text_of(answer)
    for words in (
        "Four days a year.",
        "Roughly £1,200",
        "Together roughly £2,000.",
        f"Decided on {day(clock.today())}, as decision 1.",
        f"{s.own.third.organisation} disagreed: “It helps nobody here.”",
    ):
        assert words in shown
    assert shown.index("What we work on") < shown.index("The long list")
    assert adoption.decision.get_absolute_url() in main_of(answer)


def test_a_draft_shows_as_a_pair_with_its_day_and_no_more(client, s):
    idea = idea_of(s.own)
    shortlist_of(s.own, [idea])
    study = wrote(s.own.core, pair_on(s.own, idea))

    theirs = main_of(signed_in(client, s.own.core).get(url("focus", s.cluster)))
    others = main_of(signed_in(client, s.own.third).get(url("focus", s.cluster)))

    there = reverse("focus:write_study", args=[study.pk])
    assert there in theirs
    assert there not in others
    assert str(s.own.second.organisation) in others


def test_a_link_is_shown_only_to_whom_it_leads(client, s):
    there = url("propose_focus", s.cluster)

    assert there in main_of(signed_in(client, s.own.core).get(url("focus", s.cluster)))
    staff = signed_in(client, s.own.seats[Role.STAFF])
    assert there not in main_of(staff.get(url("focus", s.cluster)))


def test_the_page_costs_the_same_however_much_there_is(client, s):
    idea = idea_of(s.own)
    shortlist_of(s.own, [idea])
    pair_on(s.own, idea)
    voted(s.own, proposed(s.own, idea))
    core = signed_in(client, s.own.core)
    core.get(url("focus", s.cluster))
    before = cost_of(core, url("focus", s.cluster))

    more = [idea, idea_of(s.own, "A bus"), idea_of(s.own, "A van")]
    for one in more[1:]:
        handed_in(s.own.core, pair_on(s.own, one))
    shortlist_of(s.own, [*more])
    voted(s.own, proposed(s.own, *more))
    for _ in range(4):
        MemberFactory(cluster=s.cluster)

    assert cost_of(core, url("focus", s.cluster)) == before
