"""The pages of a charter, of decisions, meetings and promises, on a screen of 320 pixels and with
nothing but the keyboard. At 1280 pixels test_every_page.py looks at all of them that links lead to.
"""

from dataclasses import replace
from datetime import timedelta

import pytest
from django.urls import reverse

from hedgerow.agreements import actions as agreements
from hedgerow.agreements import ways
from hedgerow.charter import actions
from hedgerow.core import clock
from tests.agreements import scenes_decisions as decisions
from tests.agreements import scenes_meetings as meetings
from tests.agreements.polls import WAYS
from tests.agreements.scenes_promises import promise
from tests.charter import scenes_core_group, scenes_rest, scenes_rules
from tests.charter.formed import forming
from tests.factories import actor, scene
from tests.journeys.hands import fits

from .conftest import NARROW, WIDE

# What can have the focus, with one of each set of choices; and what had it, with or without a sign.
WATCH = """
() => {
  const controls = "a[href], button, input:not([type=hidden]), select, textarea, summary, [tabindex='0']";
  const of = element => element.type === "radio" ? document.getElementsByName(element.name)[0] : element;
  const waiting = [...document.querySelectorAll(controls)].filter(
    element => element.tabIndex >= 0 && !element.disabled && element.checkVisibility());
  window.focused = { waiting: new Set(waiting.map(of)), bare: [] };
  document.addEventListener("focusin", event => {
    window.focused.waiting.delete(of(event.target));
    const style = getComputedStyle(event.target);
    if (style.outlineStyle === "none" && style.boxShadow === "none")
      window.focused.bare.push(event.target.outerHTML.slice(0, 200));
  });
  return window.focused.waiting.size;
}
"""
LEFT = """
() => [[...window.focused.waiting].map(element => element.outerHTML.slice(0, 200)), window.focused.bare]
"""


def tab_leads_to_everything(page):
    for _ in range(page.evaluate(WATCH) + 1):
        page.keyboard.press("Tab")
    left, bare = page.evaluate(LEFT)
    assert left == [], f"Tab does not lead there on {page.url}"
    assert bare == [], f"nothing shows that it has the focus on {page.url}"


@pytest.fixture
def s():
    """A cluster that forms, with one of everything that it can have by then."""
    s = scene()
    forming(own=s.own)
    for part in (scenes_core_group.competition, scenes_rest.charter, scenes_rest.profile):
        part(s)
    scenes_rest.logo(s)
    scenes_rules.assent(s)
    scenes_rules.rule_test(s)
    decisions.voice(s)
    decisions.remark(s)
    own_way = ways.write_way(replace(WAYS["majority"], slug="ours", name="Ours"))
    agreements.keep_way(by=actor(s.own.core), cluster=s.cluster, text=own_way)
    meetings.item(s)
    meetings.note(s)
    meetings.feed(s)
    promise(s)
    return s


@pytest.fixture
def closed(s):
    """A decision that one organisation disagreed with."""
    by = actor(s.own.facilitator)
    decision = agreements.propose(
        by=by,
        cluster=s.cluster,
        title="Where we meet",
        words="",
        options=["At the Old School", "In turn, at each of ours"],
        way=WAYS["consent"],
        closes_on=clock.today() + timedelta(days=7),
    )
    option = decision.options.get(position=2)
    for seat in (s.own.core, s.own.second):
        agreements.speak(by=actor(seat), decision=decision, stance="agree", option=option)
    agreements.speak(
        by=actor(s.own.third), decision=decision, stance="disagree", reason="It is too far."
    )
    return agreements.close(by=by, decision=decision)


def paths_of(*lines):
    """(name of a url, key)"""
    return [reverse(name, args=[key] if key else []) for name, key in lines]


def look(page, axe, paths):
    for path in paths:
        page.set_viewport_size(NARROW)
        assert page.goto(path).status == 200, path
        tab_leads_to_everything(page)
        axe(page)
        fits(page)
        page.set_viewport_size(WIDE)
        fits(page)


def test_of_the_charter_for_a_core_group_member(open_page, sign_in, axe, s):
    cluster, seat = s.cluster.pk, s.own.core
    begun = actions.begin_readiness(by=actor(s.own.core), member=s.cluster.members.first())
    page = open_page()
    sign_in(page, seat.user)

    look(
        page,
        axe,
        paths_of(
            ("charter:forming", s.cluster.journey.stages.get(position=1).pk),
            ("charter:rules", cluster),
            ("charter:edit_rules", cluster),
            ("charter:note_rule_test", cluster),
            ("charter:core_group", cluster),
            ("charter:delegate", seat.pk),
            ("charter:compete", s.cluster.members.get(organisation=seat.organisation).pk),
            ("charter:purpose", cluster),
            ("charter:write_purpose", cluster),
            ("charter:gatherer", cluster),
            ("charter:answers_by", cluster),
            ("charter:readinesses", cluster),
            ("charter:readiness", begun.pk),
            ("charter:answer_readiness", begun.pk),
            ("charter:share_readiness", begun.pk),
            ("charter:profile", cluster),
            ("charter:write_profile", cluster),
            ("charter:set_logo", cluster),
        ),
    )
    sign_in(page, s.own.second.user)
    look(page, axe, paths_of(("charter:assent", scenes_rules.rule_set(s).pk)))


def test_of_what_is_agreed_for_a_core_group_member(open_page, sign_in, axe, s, closed):
    cluster = s.cluster.pk
    page = open_page()
    sign_in(page, s.own.core.user)

    look(
        page,
        axe,
        paths_of(
            ("agreements:decisions", cluster),
            ("agreements:decision", decisions.decision(s).pk),
            ("agreements:decision", closed.pk),
            ("agreements:propose", cluster),
            ("agreements:ways", cluster),
            ("agreements:meetings", cluster),
            ("agreements:meeting", s.cluster.meetings.filter(begun_at=None).first().pk),
            ("agreements:calendars", None),
            ("agreements:promises", cluster),
            ("agreements:promise", s.cluster.promises.get().pk),
            ("agreements:promise_new", cluster),
            ("agreements:move_promise", s.cluster.promises.get().pk),
        ),
    )


def test_of_what_a_facilitator_leads(open_page, sign_in, axe, s):
    cluster, organisation = s.cluster.pk, s.own.organisations[1].pk
    going_on = s.cluster.meetings.exclude(begun_at=None).get().pk
    to_come = s.cluster.meetings.filter(begun_at=None).first().pk
    page = open_page()
    sign_in(page, s.own.facilitator.user)

    look(
        page,
        axe,
        [
            *paths_of(
                ("agreements:live", going_on),
                ("agreements:meeting", going_on),
                ("agreements:meeting_note", going_on),
                ("agreements:call_meeting", cluster),
                ("agreements:change_meeting", to_come),
                ("agreements:call_off", to_come),
                ("agreements:withdraw_decision", decisions.decision(s).pk),
            ),
            reverse("agreements:record_voice", args=[decisions.decision(s).pk, organisation]),
            reverse("charter:record_assent", args=[scenes_rules.rule_set(s).pk, organisation]),
        ],
    )
