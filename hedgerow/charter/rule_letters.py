"""Asking every member by letter whether it agrees to the rules, in one click."""

from collections.abc import Sequence
from datetime import timedelta

from django.conf import settings
from django.db.models import F
from django.template.loader import render_to_string
from django.urls import reverse

from hedgerow.analysis.ground_rules import RuleText, changes_between
from hedgerow.core import clock, links, outbox
from hedgerow.look.words import day
from hedgerow.people.models import Role, Seat
from hedgerow.people.readers import live

from .models import RuleSet

BY_LETTER = "charter.assent"  # purpose of the signed link; kept in links that are out
LASTS = timedelta(days=14)


def send_letters(
    rule_set: RuleSet, *, before: Sequence[RuleText], rules: Sequence[RuleText]
) -> int:
    """One to each Core Group member, inside the action that laid the rules down. How many.

    The people of the example are not written to.
    """
    seats = list(_seats_to_ask(rule_set))
    for seat in seats:
        outbox.post(
            to=seat.user.email,
            subject=_subject(rule_set),
            text=_words(rule_set, seat, before, rules),
            key=f"charter.assent:{rule_set.pk}:{seat.pk}",
            why="assent",
            person=seat.user_id,
        )
    return len(seats)


def _seats_to_ask(rule_set: RuleSet):
    """Core Group members of full members; on whose behalf a deputy stands in, has a prompt."""
    return (
        Seat.objects.filter(
            live(clock.now()),
            cluster=rule_set.cluster_id,
            role=Role.CORE,
            user__is_active=True,
            user__is_example=False,
            organisation__memberships__cluster=F("cluster"),
            organisation__memberships__left_at=None,
            organisation__memberships__is_second_tier=False,
        )
        .select_related("user", "organisation")
        .order_by("pk")
    )


def _subject(rule_set: RuleSet) -> str:
    asked = "Do you agree to the rules" if rule_set.number == 1 else "The rules have changed"
    return f"{asked}: {rule_set.cluster}"


def _words(
    rule_set: RuleSet, seat: Seat, before: Sequence[RuleText], rules: Sequence[RuleText]
) -> str:
    token = links.make(
        BY_LETTER,
        person=seat.user_id,
        seat=seat.pk,
        about=rule_set.pk,
        version=rule_set.number,
        expires_at=clock.now() + LASTS,
    )
    context = {
        "cluster": rule_set.cluster,
        "rule_set": rule_set,
        "organisation": seat.organisation,
        "changes": changes_between(before, rules) if before else (),
        "before_number": rule_set.number - 1,
        "rules": rules,
        "act_url": _absolute(reverse("charter:assent_by_letter", args=[token])),
        "rules_url": _absolute(reverse("charter:rules", args=[rule_set.cluster_id])),
        "until": day(clock.now() + LASTS),
    }
    return render_to_string("charter/rules_letter.txt", context)


def _absolute(path: str) -> str:
    return f"{settings.PUBLIC_URL}{path}"
