"""Each thing that finding the focus takes: what is there, what is missing, and where it is done."""

from collections.abc import Callable, Mapping

from django.urls import reverse

from hedgerow.focus.models import Idea
from hedgerow.journeys.queries.parts import Part
from hedgerow.look.words import clock_time, count, day, first_up, listed, weekday

from .finding_facts import Facts
from .finding_part import quoted, shortlist_button, shortlist_url
from .finding_reports import findings, focus, pairs, reports


def _shortlist(facts: Facts) -> Part:
    there, missing = [], []
    if facts.standing:
        shortlist, ideas = facts.standing.shortlist, facts.ideas
        there.append(f"{shortlist}, of {day(shortlist.at)}: {listed(map(quoted, ideas))}.")
        missing += [
            f"{quoted(idea)} is on the shortlist, and no longer on the long list: "
            f"{idea.get_ended_how_display().lower()}. Write the shortlist anew."
            for idea in ideas
            if not idea.is_live
        ]
    else:
        missing.append("There is no shortlist yet.")
    return Part(
        slug="shortlist",
        sentence="We have a shortlist of at most three.",
        there=tuple(there),
        missing=tuple(missing),
        url=shortlist_url(facts),
        button=shortlist_button(facts),
    )


def _gains(facts: Facts) -> Part:
    there, missing = [], []
    first_open: Idea | None = None
    for idea in facts.ideas:
        gaps = [*_silent(facts, idea), *_against(facts, idea)]
        if gaps:
            missing += gaps
            first_open = first_open or idea
        else:
            there.append(f"{_everybody(facts)} would gain from {quoted(idea)}.")
        there += _unconfirmed(facts, idea)
    if not facts.standing:
        missing.append("What each member would gain is said of what is on the shortlist.")
    return Part(
        slug="gains",
        sentence="Every member would gain from each thing on the shortlist.",
        there=tuple(there),
        missing=tuple(missing),
        url=first_open.get_absolute_url() if first_open else shortlist_url(facts),
        button=f"Open {quoted(first_open)}" if first_open else shortlist_button(facts),
    )


def _everybody(facts: Facts) -> str:
    n = len(facts.members)
    return "Both members" if n == 2 else f"All {count(n, 'member')}"


def _silent(facts: Facts, idea: Idea) -> list[str]:
    silent = [name for key, name in facts.members.items() if (idea.pk, key) not in facts.gains]
    if not silent:
        return []
    verb = "has" if len(silent) == 1 else "have"
    return [f"{listed(silent)} {verb} not said yet what they would gain from {quoted(idea)}."]


def _against(facts: Facts, idea: Idea) -> list[str]:
    return [
        f"{name} says it would not gain from {quoted(idea)}: “{gain.words}” Talk it through, or "
        "choose another."
        for key, name in facts.members.items()
        if (gain := facts.gains.get((idea.pk, key))) and not gain.would_gain
    ]


def _unconfirmed(facts: Facts, idea: Idea) -> list[str]:
    names = [
        name
        for key, name in facts.members.items()
        if (gain := facts.gains.get((idea.pk, key)))
        and gain.recorded_by_id
        and not gain.confirmed_at
    ]
    if not names:
        return []
    who = f"For {listed(names)} it was written down by somebody else."
    return [f"{who} It counts, and waits to be confirmed."]


def _quick_win(facts: Facts) -> Part:
    quick = [idea for idea in facts.ideas if idea.is_quick_win]
    if quick:
        missing = ""
    elif facts.standing:
        missing = (
            "Nothing on the shortlist is marked as a quick win. Mark one, or put one on the list."
        )
    else:
        missing = "There is no shortlist yet, so nothing on it is a quick win."
    return Part(
        slug="quick-win",
        sentence="At least one thing on it is a quick win.",
        there=(f"Quick wins: {listed(map(quoted, quick))}.",) if quick else (),
        missing=(missing,) if missing else (),
        url=shortlist_url(facts),
        button=shortlist_button(facts),
    )


def _contacts(facts: Facts) -> Part:
    n = facts.n_contacts
    there = f"{first_up(count(n, 'line'))} of people to ask and things to check."
    return Part(
        slug="contacts",
        sentence="We have a list of people to ask and resources to check.",
        there=(there,) if n else (),
        missing=() if n else ("Nobody to ask and nothing to check is written down yet.",),
        url=reverse("focus:contacts", args=[facts.cluster]),
        button="Open the list",
    )


def _meeting(facts: Facts) -> Part:
    coming = facts.meeting
    when = f"{weekday(coming.starts_at)}, {clock_time(coming.starts_at)}" if coming else ""
    return Part(
        slug="meeting",
        sentence="The next Core Group meeting has a date.",
        there=(f"{coming.title}: {when}.",) if coming else (),
        missing=() if coming else ("The next Core Group meeting has no date yet.",),
        url=reverse("agreements:meetings", args=[facts.cluster]),
        button="Open the meetings",
    )


# By slug, in the order in which they are usually done.
PARTS: Mapping[str, Callable[[Facts], Part]] = {
    "shortlist": _shortlist,
    "gains": _gains,
    "quick-win": _quick_win,
    "pairs": pairs,
    "contacts": _contacts,
    "findings": findings,
    "meeting": _meeting,
    "reports": reports,
    "focus": focus,
}
