import dataclasses
import json

import pytest

from hedgerow.journeys.packs import (
    ROLES,
    STAGE_KINDS,
    ExitTest,
    load_programme_pack,
    read_programme_pack,
    shipped_packs,
)

from .texts import read, text_of, told

SMALL = """\
slug: small
version: 1
name: Small
sentence: As small as a pack can be.
guardian: The Core Group itself
source:
  title: Nowhere
  publisher: Nobody
  year: 2026
  licence: Anybody may use it.
numbers:
  award: £0
  months_to_plan: 1
  months_to_spend: 0
roles: [core, manager]
ground_rules:
  - slug: turn-up
    name: Turn up
    sentence: Come.
stages:
  - kind: forming
    name: Forming
    sentence: You meet.
    planned: 10 days
    exit_tests:
      - slug: met
        sentence: We have met.
        evidence: The date.
  - kind: focus
    name: Focus
    sentence: You choose.
    planned: 2 weeks
    checklist: true
    exit_tests:
      - slug: chosen
        sentence: We have chosen.
        evidence: The decision.
milestones:
  - slug: chosen
    name: Chosen
    belongs_to: programme
    at_end_of: focus
  - slug: met
    name: Met
    belongs_to: cluster
    weeks_after_start: 0
"""


def faults_of(*changes):
    text = SMALL
    for old, new in changes:
        assert text.count(old) == 1, old
        text = text.replace(old, new)
    pack, faults = read_programme_pack(text, name="small.yaml")
    assert pack is None
    return told(faults)


def test_the_packs_that_ship_have_no_fault():
    assert shipped_packs() == ("collaborate-2", "self-service")
    for slug in shipped_packs():
        pack, faults = read(f"programmes/{slug}", text_of(f"programmes/{slug}"))
        assert told(faults) == []
        assert pack == load_programme_pack(slug)
        assert pack.slug == slug


def test_collaborate_2_has_the_numbers_that_were_published():
    pack = load_programme_pack("collaborate-2")

    assert pack.award_pence == 15_000_00
    assert pack.half_days("facilitation") == 12
    assert pack.half_days("ict-review") == 8
    assert (pack.months_to_plan, pack.months_to_spend) == (4, 4)
    assert [allowance.until for allowance in pack.allowances] == ["workplan", "workplan"]
    assert tuple(stage.kind for stage in pack.stages) == STAGE_KINDS
    assert pack.roles == ROLES


def test_self_service_asks_less_of_a_group_that_helps_itself():
    pack, model = load_programme_pack("self-service"), load_programme_pack("collaborate-2")

    assert pack.award_pence == pack.half_days("facilitation") == pack.months_to_spend == 0
    assert tuple(stage.kind for stage in pack.stages) == STAGE_KINDS
    for stage in pack.stages:
        assert stage.planned_days <= model.stage(stage.kind).planned_days
        assert len(stage.exit_tests) <= len(model.stage(stage.kind).exit_tests)
    assert {milestone.belongs_to for milestone in pack.milestones} == {"cluster"}
    assert not {"facilitator", "manager", "assessor"} & set(pack.roles)


@pytest.mark.parametrize("slug", shipped_packs())
def test_six_ground_rules_and_the_first_is_essential(slug):
    rules = load_programme_pack(slug).ground_rules
    assert [rule.slug for rule in rules if rule.is_essential] == ["turn-up"]
    assert len(rules) == 6


@pytest.mark.parametrize(
    ("kind", "slugs"),
    [
        ("forming", "members-agreed rules-agreed gatherer-named answers-have-a-date next-meeting"),
        ("gathering", "all-answered picture-talked-through next-date"),
        (
            "focus",
            (
                "shortlist every-member-gains quick-win contacts-listed pairs-named "
                "findings-have-a-way next-meeting"
            ),
        ),
        (
            "workplan",
            (
                "looked-into focus-chosen objectives who-does-what timeline how-we-will-know "
                "meetings-planned budget boards-asked plan-agreed"
            ),
        ),
        ("implementation", "steps-done-or-stopped award-spent-or-committed gains-asked-for"),
        (
            "evaluation",
            (
                "event-held survey-answered two-readers new-work-decided new-partners-decided "
                "profile-decided"
            ),
        ),
    ],
)
def test_slugs_that_journeys_have_stored_are_never_renamed(kind, slugs):
    stage = load_programme_pack("collaborate-2").stage(kind)
    assert [test.slug for test in stage.exit_tests] == slugs.split()


def test_a_pack_is_handed_over_whole():
    pack, faults = read_programme_pack(SMALL, name="small.yaml")

    assert faults == ()
    assert pack.stage("focus").is_checklist
    assert not pack.stage("forming").is_checklist
    assert pack.stage("forming").planned_days == 10
    assert pack.stage("forming").exit_tests == (
        ExitTest(slug="met", sentence="We have met.", evidence="The date."),
    )
    assert [(m.at_end_of, m.weeks_after_start) for m in pack.milestones] == [
        ("focus", None),
        (None, 0),
    ]
    assert pack.stage("workplan") is None
    assert json.loads(json.dumps(dataclasses.asdict(pack)))["stages"][0]["kind"] == "forming"


@pytest.mark.parametrize(
    ("changes", "faults"),
    [
        (
            [("kind: forming", "kind: forning")],
            [
                ("21:11 Line 21: “kind” must be one of forming, gathering, focus, workplan, "
                "implementation, evaluation; it says “forning”.")
            ],
        ),
        (
            [("kind: focus", "kind: forming"), ("at_end_of: focus", "at_end_of: forming")],
            ["29:11 Line 29: “forming” is the “kind” on line 21 already."],
        ),
        (
            [("kind: forming", "kind: workplan")],
            [
                ("29:11 Line 29: “focus” cannot follow “workplan”; the order is forming, "
                "gathering, focus, workplan, implementation, evaluation.")
            ],
        ),
        (  # what refers to it is not a second fault
            [("kind: focus", "kind: fokus")],
            [
                (
                    "29:11 Line 29: “kind” must be one of forming, gathering, focus, workplan, "
                    "implementation, evaluation; it says “fokus”."
                )
            ],
        ),
        (
            [("£0", "£900"), ("  months_to_spend: 0\n", "")],
            ["12:3 Line 12: “months_to_spend” is missing here."],
        ),
        (
            [("at_end_of: focus", "at_end_of: gathering")],
            [
                ("42:16 Line 42: “at_end_of” must be one of forming, focus; "
                "it says “gathering”.")
            ],
        ),
        (
            [("    weeks_after_start: 0\n", "")],
            [
                ("43:5 Line 43: a milestone needs either “at_end_of” or “weeks_after_start”, "
                "and not both.")
            ],
        ),
        (
            [("at_end_of: focus", "at_end_of: focus\n    weeks_after_start: 2")],
            [
                ("39:5 Line 39: a milestone needs either “at_end_of” or “weeks_after_start”, "
                "and not both.")
            ],
        ),
        (
            [("slug: met\n    name: Met", "slug: chosen\n    name: Met")],
            ["43:11 Line 43: “chosen” is the “slug” on line 39 already."],
        ),
        (
            [("We have met.", "We have met")],
            [
                ("27:19 Line 27: “sentence” must be a sentence that ends with a full stop, "
                "240 characters at most; it says “We have met”.")
            ],
        ),
        (
            [("planned: 10 days", "planned: -10 days")],
            [
                ("24:14 Line 24: “planned” must be a length of time above nothing, such as "
                "“10 days” or “4 weeks”; it says “-10 days”.")
            ],
        ),
        (
            [("planned: 10 days", "planned: 3 weeks")],
            [
                "13:19 Line 13: “months_to_plan” gives 31 days; 35 are planned for forming, focus."
            ],
        ),
        (
            [("months_to_spend: 0", "months_to_spend: 3")],
            [
                ("14:20 Line 14: an award needs months to spend it, and without an award "
                "both are 0.")
            ],
        ),
        (
            [
                ("£0", "£900"),
                ("months_to_spend: 0", "months_to_spend: 1"),
                ("kind: focus", "kind: implementation"),
                ("at_end_of: focus", "at_end_of: implementation"),
                ("2 weeks", "5 weeks"),
            ],
            [
                "14:20 Line 14: “months_to_spend” gives 31 days; 35 are planned for implementation."
            ],
        ),
        (
            [("[core, manager]", "[core]")],
            [
                ("15:8 Line 15: “roles” must name manager, because a milestone belongs to "
                "the programme.")
            ],
        ),
        (
            [("[core, manager]", "[manager]")],
            ["15:8 Line 15: “roles” must name core: without a Core Group nobody decides."],
        ),
        (
            [("[core, manager]", "[core, manager, operator]")],
            [
                ("15:24 Line 15: each entry of “roles” must be one of core, deputy, staff, "
                "facilitator, supporter, sponsor, manager, assessor, viewer; it says “operator”.")
            ],
        ),
        (
            [("milestones:", "allowances:\n  - slug: a\n    name: A\n    days: 6.2\n    until: x\nmilestones:")],
            [
                ("41:11 Line 41: “days” must be whole or half days, such as 6 or 4.5; "
                "it says “6.2”."),
                "42:12 Line 42: “until” must be one of forming, focus; it says “x”.",
            ],
        ),
        (
            [("version: 1\n", ""), ("name: Small", "nmae: Small"), ("£0", "free")],
            [
                "1:1 Line 1: “name” is missing here.",
                "1:1 Line 1: “version” is missing here.",
                "2:1 Line 2: “nmae” is not a name that can stand here. Did you mean “name”?",
                ("11:10 Line 11: “award” must be an amount in pounds, such as £15,000; "
                "it says “free”."),
            ],
        ),
        (
            [("      - slug: met\n        sentence: We have met.\n        evidence: The date.\n", "")],
            ["25:16 Line 25: nothing is written under “exit_tests”."],
        ),
    ],
)  # fmt: skip
def test_what_is_wrong_with_a_pack_is_said_with_its_line_and_column(changes, faults):
    assert sorted(faults_of(*changes)) == sorted(faults)


def test_a_programme_may_ask_for_more_contributors_than_we_do_and_never_for_fewer():
    stricter = SMALL + "disclosure:\n  money: 8\n"
    pack, _ = read_programme_pack(stricter, name="small.yaml")

    assert (pack.disclosure.scores, pack.disclosure.money) == (5, 8)
    assert faults_of(("roles: [", "disclosure:\n  money: 4\nroles: [")) == [
        "16:10 Line 16: “money” must be a whole number from 5 to 99, in figures; it says “4”."
    ]


def test_a_pack_that_does_not_ship_cannot_be_loaded():
    with pytest.raises(LookupError, match="no pack called"):
        load_programme_pack("../records/collaborate-2")
