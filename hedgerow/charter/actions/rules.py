"""Laying down a cluster's ground rules, and noting when one was put to the test."""

from collections.abc import Sequence
from dataclasses import replace
from datetime import date

from hedgerow.agreements.actions.speakers import may_write_to_all, seat_in
from hedgerow.analysis.ground_rules import RuleText, changes_between
from hedgerow.charter import rule_files
from hedgerow.charter.models import GroundRule, RuleSet, RuleTest
from hedgerow.charter.queries.rules import newest_rule_set, rule_texts
from hedgerow.charter.rule_files import FEWEST, MOST
from hedgerow.charter.rule_letters import send_letters
from hedgerow.core import clock
from hedgerow.core.actions import Refused, Stale, action, locked, nothing_to_do, record
from hedgerow.core.actors import Actor
from hedgerow.core.owners import Owner
from hedgerow.look.words import day, number
from hedgerow.people.actions.clusters import going_on
from hedgerow.people.kinds import ONE_LINE, UNSEEN
from hedgerow.people.models import Cluster

MOST_WORDS = 2000  # of a reason or a note


@action
def lay_down_rules(
    *,
    by: Actor,
    cluster: Cluster,
    rules: Sequence[RuleText],
    reason: str = "",
    came_from: str = "",
    after: int,
) -> RuleSet:
    """Another version, whole; the ones before it are kept, and every member is asked by letter.

    `after` is the number of the version it was written from, 0 for none; Stale if another has
    come since. A rule without a slug gets one from its name.
    """
    cluster = going_on(locked(cluster))
    newest = newest_rule_set(cluster)
    last = newest.number if newest else 0
    if last != after:
        raise Stale(
            f"Version {last} of the rules was laid down while you were writing. "
            "Yours is still here: look at what changed, and lay it down if it still fits."
        )
    reason, cleaned = reason.strip(), _readable(rules)
    before = rule_texts(newest)
    if newest and not changes_between(before, cleaned):
        raise Refused(
            f"These are the rules of version {last} as they stand. Change something first."
        )
    if newest and not reason:
        raise Refused("Say why the rules change: every member is asked again, and will read it.")
    if len(reason) > MOST_WORDS:
        raise Refused(f"Write the reason in {MOST_WORDS:,} characters at most.")
    rule_set = RuleSet.objects.create(
        cluster=cluster,
        number=last + 1,
        made_by=seat_in(by, cluster),
        made_at=clock.now(),
        reason=reason if newest else "",
        came_from=rule_files.in_one_line(came_from)[: rule_files.MOST_CAME_FROM],
    )
    GroundRule.objects.bulk_create(
        GroundRule(
            rule_set=rule_set,
            position=position,
            slug=rule.slug,
            name=rule.name,
            sentence=rule.sentence,
            is_essential=rule.is_essential,
        )
        for position, rule in enumerate(cleaned, start=1)
    )
    may_write_to_all(by, cluster)
    send_letters(rule_set, before=before, rules=cleaned)
    record(
        "charter.rules_laid_down",
        by=by,
        to=rule_set,
        owner=(Owner.CLUSTER, cluster.pk),
        number=rule_set.number,
        rules=len(cleaned),
    )
    return rule_set


@action
def note_rule_test(*, by: Actor, cluster: Cluster, slug: str, on: date, words: str) -> RuleTest:
    """Write down that a rule was put to the test on a day, and what came of it. No score."""
    cluster = going_on(locked(cluster))
    words = words.strip()
    newest = newest_rule_set(cluster)
    if newest is None:
        raise Refused("There are no ground rules yet. Lay them down first.")
    if not newest.rules.filter(slug=slug).exists():
        raise Refused("This rule is not among the rules that hold now. Choose one that is.")
    if on > clock.today():
        raise Refused(f"{day(on)} is still to come. Write the note once it has happened.")
    first_at = cluster.rule_sets.filter(rules__slug=slug).order_by("number")[0].made_at
    if on < clock.day_of(first_at):
        raise Refused(
            f"The rule was laid down on {day(first_at)}, so it could not be tested before."
        )
    if not words:
        raise Refused("Say in a few words what happened.")
    if len(words) > MOST_WORDS:
        raise Refused(f"Write the note in {MOST_WORDS:,} characters at most.")
    note = RuleTest.objects.create(
        cluster=cluster, slug=slug, on=on, words=words, by=seat_in(by, cluster), at=clock.now()
    )
    record(
        "charter.rule_tested",
        by=by,
        to=note,
        owner=(Owner.CLUSTER, cluster.pk),
        slug=slug,
        on=on,
    )
    return note


@action
def take_back_rule_test(*, by: Actor, rule_test: RuleTest) -> RuleTest:
    """By whoever wrote the note. That there was one stays in the history."""
    rule_test = locked(rule_test)
    going_on(rule_test.cluster)
    if rule_test.by.user_id != by.person:
        raise Refused("Only whoever wrote this note can take it back.")
    if rule_test.taken_back_at:
        nothing_to_do()
        return rule_test
    rule_test.taken_back_at = clock.now()
    rule_test.save(update_fields=["taken_back_at"])
    record(
        "charter.rule_test_taken_back",
        by=by,
        to=rule_test,
        owner=(Owner.CLUSTER, rule_test.cluster_id),
        slug=rule_test.slug,
        on=rule_test.on,
    )
    return rule_test


def _readable(rules: Sequence[RuleText]) -> tuple[RuleText, ...]:
    """The rules with their slugs, each on one line, as a file would give them back.

    Raises Refused with what is wrong first.
    """
    if not FEWEST <= len(rules) <= MOST:
        raise Refused(
            f"Lay down {number(FEWEST)} to {number(MOST)} rules; "
            f"here {'is' if len(rules) == 1 else 'are'} {number(len(rules))}."
        )
    cleaned = rule_files.with_slugs([_cleaned(rule) for rule in rules])
    seen: set[str] = set()
    for rule in cleaned:
        _refuse_one(rule)
        if rule.name.casefold() in seen:
            raise Refused(f"Two rules are called “{rule.name}”. Give one of them another name.")
        seen.add(rule.name.casefold())
    if len({rule.slug for rule in cleaned}) != len(cleaned):
        raise Refused("One rule is here twice. Take one of the two out.")
    read, _ = rule_files.read_rules(rule_files.write_rules(cleaned), name="the rules")
    if read is None or read.rules != cleaned:
        raise Refused(ONE_LINE)
    return cleaned


def _cleaned(rule: RuleText) -> RuleText:
    """Line breaks become spaces; what else cannot be seen is refused."""
    name, sentence = rule_files.in_one_line(rule.name), rule_files.in_one_line(rule.sentence)
    if UNSEEN.search(name + sentence):
        raise Refused(ONE_LINE)
    return replace(rule, name=name, sentence=sentence)


def _refuse_one(rule: RuleText) -> None:
    if not rule.name or not rule.sentence:
        raise Refused("Each rule has a short name and a sentence. One of them is empty.")
    if len(rule.name) > rule_files.MOST_NAME:
        raise Refused(f"“{rule.name[:40]}…” is too long a name: {rule_files.MOST_NAME} characters.")
    if len(rule.sentence) > rule_files.MOST_SENTENCE:
        raise Refused(
            f"“{rule.name}” says too much: {rule_files.MOST_SENTENCE} characters at most."
        )
    if len(rule.slug) > rule_files.MOST_SLUG or not rule_files.SLUG.fullmatch(rule.slug):
        raise Refused(f"“{rule.name}” cannot be known by “{rule.slug[:40]}”. Write the rule anew.")
