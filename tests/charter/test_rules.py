"""Laying ground rules down, and what their pages show."""

from dataclasses import replace
from datetime import timedelta

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import IntegrityError, connection, transaction
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from hedgerow.analysis.ground_rules import RuleText
from hedgerow.charter import actions
from hedgerow.charter.models import GroundRule, RuleSet, RuleTest
from hedgerow.charter.panels import rules as panels
from hedgerow.charter.prompts.rules import of_rules
from hedgerow.charter.queries import rules as queries
from hedgerow.charter.rule_files import write_rules
from hedgerow.core import clock
from hedgerow.core.actions import Refused, Stale
from hedgerow.core.actors import Actor
from hedgerow.core.days import in_words
from hedgerow.core.models import Event, Mail
from hedgerow.people.models import Role
from tests.factories import MemberFactory, actor, reader, scene, signed_in
from tests.journeys.scenes import journey

from .scenes_rules import RULES, rule_set, rule_test

pytestmark = pytest.mark.django_db

TURN_UP, SHARE, GIVE_WAY = RULES
CHANGED = (TURN_UP, replace(SHARE, sentence="We pass on all that helps."), GIVE_WAY)


@pytest.fixture
def s():
    return scene()


@pytest.fixture
def facilitator(client, s):
    return signed_in(client, s.own.facilitator)


def words_of(response):
    return " ".join(response.content.decode().split())


def lay(s, rules=RULES, *, after=0, by=None, **more):
    return actions.lay_down_rules(
        by=by or actor(s.own.facilitator), cluster=s.cluster, rules=rules, after=after, **more
    )


def at(name, s, **query):
    found = reverse(f"charter:{name}", args=[s.cluster.pk])
    return f"{found}?{'&'.join(f'{k}={v}' for k, v in query.items())}" if query else found


def form_of(rules, *, after, **more):
    """What a browser sends of the page of all rules."""
    data = {"after": str(after), "came_from": ""}
    for n, rule in enumerate(rules):
        data |= {
            f"rule-{n}-slug": rule.slug,
            f"rule-{n}-name": rule.name,
            f"rule-{n}-sentence": rule.sentence,
            f"rule-{n}-place": str(n + 1),
        }
        if rule.is_essential:
            data[f"rule-{n}-is_essential"] = "on"
    return {**data, **more}


# --- laying down


def test_the_first_rules_are_version_1_and_wear_their_origin(s):
    laid = lay(s, came_from="Collaborate 2, version 1", reason="Not asked for yet.")

    assert (laid.number, laid.came_from, laid.reason) == (1, "Collaborate 2, version 1", "")
    assert queries.rule_texts(laid) == RULES
    event = Event.objects.get(did="charter.rules_laid_down")
    assert event.detail == {"number": 1, "rules": 3}
    assert (event.owner_kind, event.owner_key) == ("cluster", s.cluster.pk)


def test_a_change_is_another_version_with_its_reason_and_the_first_is_kept(s):
    first = lay(s)

    second = lay(s, CHANGED, after=1, reason="It was too narrow.")

    assert (second.number, second.reason) == (2, "It was too narrow.")
    assert queries.rule_texts(first) == RULES
    assert queries.newest_rule_set(s.cluster) == second


@pytest.mark.parametrize("after", [0, 2])
def test_who_wrote_from_another_version_is_told_that_one_has_come(s, after):
    lay(s)

    with pytest.raises(Stale, match="Version 1 of the rules was laid down while you were writing"):
        lay(s, CHANGED, after=after, reason="Better words.")


@pytest.mark.parametrize(
    ("rules", "said"),
    [
        (RULES[:2], "Lay down three to 20 rules; here are two"),
        (RULES[:1], "here is one"),
        (
            [RuleText(slug="", name=f"Rule {n}", sentence="s") for n in range(21)],
            "here are 21",
        ),
        ((*RULES[:2], replace(GIVE_WAY, name="TURN  up")), "Two rules are called “TURN up”"),
        ((*RULES[:2], replace(GIVE_WAY, slug="turn-up")), "One rule is here twice"),
        ((*RULES[:2], replace(GIVE_WAY, name=" ")), "One of them is empty"),
        ((*RULES[:2], replace(GIVE_WAY, sentence="\n")), "One of them is empty"),
        ((*RULES[:2], replace(GIVE_WAY, name="x" * 81)), "too long a name: 80 characters"),
        ((*RULES[:2], replace(GIVE_WAY, sentence="x" * 601)), "says too much: 600 characters"),
        ((*RULES[:2], replace(GIVE_WAY, slug="Give Way")), "cannot be known by “Give Way”"),
        ((*RULES[:2], replace(GIVE_WAY, slug="x" * 41)), "cannot be known by"),
        ((*RULES[:2], replace(GIVE_WAY, name="Give\x07way")), "cannot be seen"),
        ((*RULES[:2], replace(GIVE_WAY, sentence="Give \u202e way")), "cannot be seen"),
        ((*RULES[:2], replace(GIVE_WAY, sentence="Give \ufeffway")), "cannot be seen"),
    ],
)
def test_rules_that_cannot_be_laid_down_are_refused_with_a_sentence(s, rules, said):
    with pytest.raises(Refused, match=said):
        lay(s, rules)
    assert not RuleSet.objects.exists()
    assert not Mail.objects.exists()


def test_twenty_rules_can_be_laid_down(s):
    lay(s, [RuleText(slug="", name=f"Rule {n}", sentence="s") for n in range(20)])

    assert GroundRule.objects.count() == 20


def test_a_change_wants_a_reason_of_some_length_and_a_difference(s):
    lay(s)

    with pytest.raises(Refused, match="Say why the rules change"):
        lay(s, CHANGED, after=1, reason="  ")
    with pytest.raises(Refused, match="2,000 characters"):
        lay(s, CHANGED, after=1, reason="x" * 2001)
    with pytest.raises(Refused, match="rules of version 1 as they stand"):
        lay(s, RULES, after=1, reason="Again.")


def test_lines_typed_below_each_other_become_one(s):
    laid = lay(s, (*RULES[:2], replace(GIVE_WAY, sentence="One.\r\nTwo.\t Three.")))

    assert queries.rule_texts(laid)[2].sentence == "One. Two. Three."


def test_in_a_cluster_that_has_ended_nothing_is_laid_down(s):
    s.cluster.ended_at = clock.now()
    s.cluster.save()

    with pytest.raises(Refused, match="ended on"):
        lay(s)


def test_whoever_has_left_the_cluster_since_lays_nothing_down(s):
    s.own.facilitator.ended_at = clock.now()
    s.own.facilitator.save()

    with pytest.raises(Refused, match="You have no seat"):
        lay(s)


def test_the_database_holds_what_must_be_true_of_rules(s):
    laid = lay(s)
    rule = laid.rules.get(position=1)
    wrong = [
        lambda: RuleSet.objects.create(
            cluster=s.cluster, number=1, made_by=s.own.core, made_at=clock.now()
        ),
        lambda: RuleSet.objects.create(
            cluster=s.cluster, number=2, made_by=s.own.core, made_at=clock.now()
        ),
        lambda: GroundRule.objects.create(
            rule_set=laid, position=1, slug="new", name="n", sentence="s"
        ),
        lambda: GroundRule.objects.create(
            rule_set=laid, position=9, slug=rule.slug, name="n", sentence="s"
        ),
    ]
    for make in wrong:
        with pytest.raises(IntegrityError), transaction.atomic():
            make()


# --- notes on days when a rule was tested


def note(s, **changes):
    told = {"slug": "turn-up", "on": clock.today(), "words": "It snowed, and all came."}
    return actions.note_rule_test(by=actor(s.own.core), cluster=s.cluster, **{**told, **changes})


def test_a_note_says_which_rule_when_and_what(s):
    rule_set(s)

    made = note(s)

    assert (made.slug, made.words, made.by) == ("turn-up", "It snowed, and all came.", s.own.core)
    event = Event.objects.get(did="charter.rule_tested")
    assert event.detail == {"slug": "turn-up", "on": clock.today().isoformat()}


@pytest.mark.parametrize(
    ("changes", "said"),
    [
        ({"slug": "no-such"}, "not among the rules that hold now"),
        ({"on": clock.today() + timedelta(days=2)}, "is still to come"),
        ({"on": clock.today() - timedelta(days=2)}, "could not be tested before"),
        ({"words": " "}, "Say in a few words"),
        ({"words": "x" * 2001}, "2,000 characters"),
    ],
)
def test_a_note_that_cannot_be_is_refused_with_a_sentence(s, changes, said):
    rule_set(s)

    with pytest.raises(Refused, match=said):
        note(s, **changes)
    assert not RuleTest.objects.exists()


def test_without_rules_there_is_nothing_to_test(s):
    with pytest.raises(Refused, match="There are no ground rules yet"):
        note(s)


def test_only_whoever_wrote_a_note_takes_it_back_and_once(s):
    made = rule_test(s)

    with pytest.raises(Refused, match="Only whoever wrote this note"):
        actions.take_back_rule_test(by=actor(s.own.second), rule_test=made)
    actions.take_back_rule_test(by=actor(s.own.core), rule_test=made)
    actions.take_back_rule_test(by=actor(s.own.core), rule_test=made)

    made.refresh_from_db()
    assert made.taken_back_at
    assert Event.objects.filter(did="charter.rule_test_taken_back").count() == 1


# --- pages


def test_the_page_of_a_new_cluster_begins_with_the_programmes_own_rules(facilitator, s):
    journey(s)

    page = words_of(facilitator.get(at("edit_rules", s)))

    assert "They begin as A short way, version 1 has them" in page
    assert 'value="Turn up"' in page
    assert "Why do the rules change?" not in page


def test_a_programme_without_a_design_offers_empty_rows(facilitator, s):
    page = words_of(facilitator.get(at("edit_rules", s)))

    assert "Three to twenty, each with a short name" in page
    assert page.count("Another rule") == 3
    assert "<details open>" in page


def test_rules_are_laid_down_from_the_page_and_every_member_is_asked(facilitator, s):
    answer = facilitator.post(at("edit_rules", s), form_of(RULES, after=0, came_from="Here"))

    assert answer.status_code == 302
    assert queries.rule_texts(RuleSet.objects.get()) == RULES
    assert RuleSet.objects.get().came_from == "Here"
    page = words_of(facilitator.get(answer["Location"]))
    assert "Version 1 of the rules is laid down. Every member is asked." in page
    assert "None of three members have agreed" in page


def test_all_can_be_changed_at_once_and_the_same_rule_is_known_again(facilitator, s):
    rule_set(s)
    data = form_of(RULES, after=1, reason="A year has gone.")
    data |= {
        "rule-0-name": "Be there",
        "rule-1-is_removed": "on",
        "rule-2-is_essential": "on",
        "rule-2-place": "1",
        "rule-3-slug": "",
        "rule-3-name": "Spread it",
        "rule-3-sentence": "Others may\r\nuse it.",
        "rule-3-place": "",
        "rule-4-name": "",
        "rule-4-sentence": "",
    }

    assert facilitator.post(at("edit_rules", s), data).status_code == 302

    laid = queries.rule_texts(queries.newest_rule_set(s.cluster))
    assert laid == (
        replace(GIVE_WAY, is_essential=True),
        replace(TURN_UP, name="Be there"),
        RuleText(slug="spread-it", name="Spread it", sentence="Others may use it."),
    )


@pytest.mark.parametrize(
    ("places", "order"),
    [
        (("1", "2", "1"), "cab"),
        (("3", "2", "3"), "bca"),
        (("", "2", "3"), "bca"),
        (("2", "2", "3"), "bac"),
        (("1", "2", "2"), "acb"),
        (("3", "3", "3"), "cab"),
    ],
)
def test_a_rule_given_the_place_of_another_stands_there(facilitator, s, places, order):
    data = form_of(RULES, after=0)
    data |= {f"rule-{n}-place": place for n, place in enumerate(places)}

    facilitator.post(at("edit_rules", s), data)

    slugs = [rule.slug for rule in queries.rule_texts(RuleSet.objects.get())]
    assert "".join("abc"[[r.slug for r in RULES].index(slug)] for slug in slugs) == order


@pytest.mark.parametrize(
    ("changes", "said"),
    [
        ({"rule-0-name": ""}, "Give this rule a short name."),
        ({"rule-0-sentence": " "}, "Say in a sentence what this rule asks"),
        ({"rule-0-place": "first"}, "Write the place in figures, such as 3."),
        ({"rule-0-place": "0"}, "Write the place in figures, from 1."),
        ({"rule-0-place": "1000"}, "Write a smaller number."),
        ({"rule-0-name": "give  WAY"}, "Another rule has this name."),
        ({"rule-0-is_removed": "on"}, "Lay down three to 20 rules; these are two."),
        ({"reason": ""}, "Say why the rules change."),
        ({"rule-1-name": "x" * 81}, "Rule 2, name:"),
    ],
)
def test_a_fault_of_the_form_is_said_where_it_is_and_nothing_is_lost(facilitator, s, changes, said):
    rule_set(s)
    data = form_of(CHANGED, after=1, reason="Better words.") | changes

    answer = facilitator.post(at("edit_rules", s), data)

    page = words_of(answer)
    assert answer.status_code == 422
    assert said in page
    assert "We pass on all that helps." in page
    assert RuleSet.objects.count() == 1


def test_rules_as_they_stand_are_refused_on_the_page(facilitator, s):
    rule_set(s)

    answer = facilitator.post(at("edit_rules", s), form_of(RULES, after=1, reason="Again."))

    assert answer.status_code == 409
    assert "These are the rules of version 1 as they stand." in words_of(answer)


def test_before_they_are_laid_down_the_page_shows_what_would_change(facilitator, s):
    rule_set(s)
    data = form_of(CHANGED, after=1, reason="Better words.", preview="yes")

    page = words_of(facilitator.post(at("edit_rules", s), data))

    assert "“Share what we know” is worded anew." in page
    assert "It said: <s>We pass on what helps.</s>" in page
    assert "Better words." in page
    assert RuleSet.objects.count() == 1


def test_the_enter_key_in_a_field_looks_and_lays_nothing_down(facilitator, s):
    """A browser presses the first button of the form for it."""
    page = words_of(facilitator.get(at("edit_rules", s)))

    form = page[page.index(f'action="{at("edit_rules", s)}"') :]
    first = form[form.index("<button") :].split(">")[0]
    assert 'name="preview"' in first


def test_who_comes_too_late_keeps_what_they_typed_and_sees_what_came(facilitator, s):
    rule_set(s)
    lay(s, (TURN_UP, SHARE, replace(GIVE_WAY, name="Yield")), after=1, reason="Shorter.")

    answer = facilitator.post(
        at("edit_rules", s), form_of(CHANGED, after=1, reason="Better words.")
    )

    page = words_of(answer)
    assert answer.status_code == 409
    assert "Version 2 of the rules was laid down while you were writing." in page
    assert "“Give way” is now called “Yield”." in page
    assert "We pass on all that helps." in page
    assert 'name="after" value="2"' in page


def test_two_who_lay_down_the_first_rules_do_not_write_over_each_other(facilitator, s):
    rule_set(s)

    answer = facilitator.post(at("edit_rules", s), form_of(CHANGED, after=0))

    assert answer.status_code == 409
    assert "Why do the rules change?" in words_of(answer)


def test_the_same_form_sent_twice_lays_down_once(facilitator, s):
    data = form_of(RULES, after=0, once="a" * 32)

    first, second = (facilitator.post(at("edit_rules", s), data) for _ in range(2))

    assert RuleSet.objects.count() == 1
    assert second.status_code == 302 or "already" in words_of(second)
    assert first.status_code == 302


@pytest.mark.parametrize("wild", ["-1", "x", "99999", ""])
def test_a_forged_number_of_a_version_breaks_nothing(facilitator, s, wild):
    rule_set(s)

    answer = facilitator.post(at("edit_rules", s), form_of(RULES, after=wild))

    assert answer.status_code in (409, 422)
    assert RuleSet.objects.count() == 1


def test_a_page_compares_an_earlier_version_with_the_one_that_holds(facilitator, s):
    rule_set(s)
    lay(s, CHANGED, after=1, reason="Better words.")

    page = words_of(facilitator.get(at("rules", s, compare=1)))

    assert "What changed since version 1" in page
    assert "It says now: We pass on all that helps." in page
    for wild in ("7", "x", "-1", "123456789"):
        assert facilitator.get(at("rules", s, compare=wild)).status_code == 404


def test_a_file_is_downloaded_changed_and_brought_back(facilitator, s):
    rule_set(s)
    sent = facilitator.get(at("rules_file", s))
    assert sent["Content-Disposition"].endswith('-rules-1.yaml"')
    text = sent.content.decode().replace("We pass on what helps.", "We pass on all that helps.")

    page = words_of(
        facilitator.post(
            at("import_rules", s), {"file": SimpleUploadedFile("rules.yaml", text.encode())}
        )
    )

    assert "“Share what we know” is worded anew." in page
    assert "Lay down version 2" in page
    assert RuleSet.objects.count() == 1


def test_a_file_written_from_an_earlier_version_says_so(facilitator, s):
    rule_set(s)
    lay(s, CHANGED, after=1, reason="Better words.")
    text = write_rules(RULES, version=1)

    page = words_of(facilitator.post(at("import_rules", s), {"text": text}))

    assert "This file was written from version 1, and version 2 holds now." in page


def test_rules_brought_in_before_there_are_any_stand_on_the_page_to_be_read(facilitator, s):
    text = write_rules(RULES, came_from="A cluster nearby")

    page = words_of(facilitator.post(at("import_rules", s), {"text": text}))

    assert "Nothing is laid down yet." in page
    assert 'value="Share what we know"' in page
    assert 'name="came_from" value="A cluster nearby"' in page
    assert not RuleSet.objects.exists()


@pytest.mark.parametrize("way", ["file", "text"])
def test_a_faulty_file_shows_its_lines_and_stays_to_be_mended(facilitator, s, way):
    text = write_rules(RULES).replace("essential: true", "essential: perhaps")
    sent = {"file": SimpleUploadedFile("mine.yaml", text.encode())} if way == "file" else {}

    answer = facilitator.post(at("import_rules", s), sent or {"text": text})

    page = words_of(answer)
    assert answer.status_code == 422
    assert "“essential” must be true or false; it says “perhaps”." in page
    assert "essential: perhaps" in page
    assert not RuleSet.objects.exists()


@pytest.mark.parametrize(
    ("sent", "said"),
    [
        ({}, "Choose a file, or paste its text."),
        ({"text": "x" * 100_001}, "This is too long to be a file of rules."),
        ({"file": SimpleUploadedFile("a.yaml", b"x" * 100_001)}, "This is too long"),
        ({"file": SimpleUploadedFile("a.yaml", b"\xff\xfe\x00a")}, "not text in UTF-8"),
        ({"file": SimpleUploadedFile("a.yaml", b"")}, "Nothing is written in this file."),
    ],
)
def test_what_is_no_file_of_rules_is_said(facilitator, s, sent, said):
    answer = facilitator.post(at("import_rules", s), sent)

    assert answer.status_code == 422
    assert said in words_of(answer)


def test_a_sheet_to_print_has_the_rules_and_a_line_for_each_member(facilitator, s):
    assert facilitator.get(at("rules_sheet", s)).status_code == 404
    rule_set(s)

    page = words_of(facilitator.get(at("rules_sheet", s)))

    assert "Share what we know" in page
    assert page.count("Not yet") == 3


def test_before_there_are_rules_there_is_no_file_and_no_note(facilitator, s):
    assert facilitator.get(at("rules_file", s)).status_code == 404
    assert facilitator.get(at("note_rule_test", s)).status_code == 404
    assert "No ground rules are laid down yet." in words_of(facilitator.get(at("rules", s)))


def test_a_note_is_written_read_by_all_and_taken_back_on_the_pages(client, s):
    rule_set(s)
    signed_in(client, s.own.core)
    assert client.post(at("note_rule_test", s), {"slug": "turn-up"}).status_code == 422
    asked = {"slug": "turn-up", "on": in_words(clock.today()), "words": "It snowed."}
    early = {**asked, "on": in_words(clock.today() - timedelta(days=9))}
    assert client.post(at("note_rule_test", s), early).status_code == 409

    assert client.post(at("note_rule_test", s), asked).status_code == 302

    url = reverse("charter:take_back_rule_test", args=[RuleTest.objects.get().pk])
    assert "Take this note back" in words_of(client.get(at("rules", s)))
    signed_in(client, s.own.second)
    page = words_of(client.get(at("rules", s)))
    assert "It snowed." in page
    assert "Take this note back" not in page
    assert client.post(url).status_code == 403
    signed_in(client, s.own.core)
    assert client.get(url).status_code == 405
    assert client.post(url).status_code == 302
    assert "It snowed." not in words_of(client.get(at("rules", s)))


@pytest.mark.parametrize("role", [Role.STAFF, Role.SUPPORTER, Role.DEPUTY])
def test_who_does_not_lead_reads_the_rules_and_changes_none(client, s, role):
    rule_set(s)
    signed_in(client, s.seats[role])

    page = words_of(client.get(at("rules", s)))

    assert "Share what we know" in page
    for offered in ("Change the rules", "Bring a file back", "Note that a rule", "Read and agree"):
        assert offered not in page
    for name in ("edit_rules", "import_rules", "note_rule_test"):
        answer = client.get(at(name, s))
        assert answer.status_code == 403
        assert "Only a Core Group member or a facilitator can" in words_of(answer)


@pytest.mark.parametrize("role", [Role.SPONSOR, Role.MANAGER, Role.ASSESSOR, Role.VIEWER])
def test_who_is_not_round_the_table_finds_nothing_there(client, s, role):
    rule_set(s)
    signed_in(client, s.seats[role])

    for name in ("rules", "edit_rules", "import_rules", "rules_file", "rules_sheet"):
        assert client.get(at(name, s)).status_code == 404


def test_a_cluster_that_has_ended_shows_its_rules_and_no_button(client, s):
    rule_set(s)
    s.cluster.ended_at = clock.now()
    s.cluster.save()

    page = words_of(signed_in(client, s.own.core).get(at("rules", s)))

    assert "It can be read, and nothing in it can be changed." in page
    for offered in ("Change the rules", "Read and agree", "Note that a rule"):
        assert offered not in page


def test_many_rules_members_and_versions_cost_as_many_queries_as_few(client, s):
    signed_in(client, s.own.facilitator)

    def price(name):
        with CaptureQueriesContext(connection) as asked:
            assert client.get(at(name, s)).status_code == 200
        return len(asked)

    names = ("rules", "edit_rules", "rules_sheet", "rules_file")
    rule_test(s)
    actions.assent(by=actor(s.own.core), rule_set=rule_set(s))
    price("rules")  # the first visit writes down that there was one
    few = {name: price(name) for name in names}
    many = [RuleText(slug="", name=f"Rule {n}", sentence="s") for n in range(17)]
    lay(s, (*RULES, *many), after=1, reason="More of them.")
    for seat in (s.own.core, s.own.second, s.own.third):
        actions.assent(by=actor(seat), rule_set=rule_set(s))
        rule_test(s)
    MemberFactory(cluster=s.cluster)

    assert {name: price(name) for name in names} == few


# --- prompts, panels and reports


def prompts_of(seat):
    return {prompt.key: prompt for prompt in of_rules(reader(seat), clock.today())}


def test_while_a_cluster_forms_who_leads_is_asked_to_lay_rules_down(s):
    assert not prompts_of(s.own.core)
    stages = journey(s).stages
    stages.update(is_checklist=True)
    assert not prompts_of(s.own.core)
    stages.update(is_checklist=False)

    for seat in (s.own.core, s.own.facilitator):
        (prompt,) = prompts_of(seat).values()
        assert prompt.sentence == "Lay down the ground rules"
        assert prompt.url == at("edit_rules", s)
    assert not prompts_of(s.seats[Role.STAFF])
    rule_set(s)
    assert not prompts_of(s.own.facilitator)


def test_the_clusters_page_has_the_rules_in_short_for_who_sees_them(client, s):
    assert not list(panels.panels(reader(s.staff["manager"]), s.cluster))
    (panel,) = panels.panels(reader(s.own.core), s.cluster)
    assert panel.context["writes"]
    rule_set(s)
    actions.assent(by=actor(s.own.core), rule_set=rule_set(s))

    page = words_of(signed_in(client, s.own.second).get(s.cluster.get_absolute_url()))

    assert "Ground rules" in page
    assert "One of three members has agreed" in page
    assert "Share what we know" in page


def test_a_report_has_the_rules_every_version_and_who_agreed(s):
    assert not list(panels.sections(reader(s.own.core), s.cluster))
    rule_set(s)
    lay(s, CHANGED, after=1, reason="Better words.")
    actions.assent(by=actor(s.own.core), rule_set=rule_set(s))

    (section,) = panels.sections(reader(s.own.core), s.cluster)

    assert section.sentences[0] == "Turn up (essential): We come, or say so."
    assert any("Version 2, of three rules" in one for one in section.sentences)
    assert "One of three members has agreed to version 2." in section.sentences
    assert not list(panels.sections(reader(s.staff["manager"]), s.cluster))


def test_the_record_tells_it_in_sentences(client, s):
    rule_test(s)
    lay(s, CHANGED, after=1, reason="Better words.")
    actions.take_back_rule_test(by=actor(s.own.core), rule_test=RuleTest.objects.get())

    page = words_of(
        signed_in(client, s.own.core).get(reverse("cluster_history", args=[s.cluster.pk]))
    )

    assert "laid down the ground rules: three rules." in page
    assert "changed the ground rules; version 2 has three rules." in page
    assert "noted that a ground rule was put to the test: “turn up”." in page
    assert "took back a note about a ground rule: “turn up”." in page


def test_the_clock_holds_no_seat_and_lays_nothing_down(s):
    with pytest.raises(Refused, match="You have no seat"):
        lay(s, by=Actor.clock())
