"""Who looks into what is on the shortlist, what they found, and what we chose: as parts of the
stage that finds the focus."""

from django.urls import reverse

from hedgerow.focus.models import Idea, Study
from hedgerow.journeys.queries.parts import Part
from hedgerow.look.words import day, listed

from .finding_facts import Facts
from .finding_part import quoted, shortlist_button, shortlist_url


def pair_words(study: Study) -> str:
    """ "Open Door and Ground Floor"; once, where one of them holds it alone."""
    held = study.promise
    return listed(str(seat.organisation) for seat in (held.first, held.second) if seat)


def pairs(facts: Facts) -> Part:
    there, missing = [], []
    first_open: Idea | None = None
    for idea in facts.ideas:
        study = facts.study_of(idea)
        if study:
            there.append(f"{quoted(idea)}: {_who_and_when(study)}.")
        else:
            missing.append(_nobody(facts, idea))
            first_open = first_open or idea
    if not facts.standing:
        missing.append("Pairs look into what is on the shortlist, and there is none yet.")
    return Part(
        slug="pairs",
        sentence="A pair of members has taken on each thing on the shortlist.",
        there=tuple(there),
        missing=tuple(missing),
        url=first_open.get_absolute_url() if first_open else shortlist_url(facts),
        button=f"Open {quoted(first_open)}" if first_open else shortlist_button(facts),
    )


def _who_and_when(study: Study) -> str:
    who = pair_words(study)
    if study.is_handed_in:
        return f"{who} handed in what they found on {day(study.handed_in_at)}"
    if study.promise.kept_at:
        return f"{who} said on {day(study.promise.kept_at)} that it was done"
    return f"{who}, by {day(study.promise.due_on)}"


def _nobody(facts: Facts, idea: Idea) -> str:
    before = facts.studies.get(idea.pk, ())
    if not before:
        return f"Nobody looks into {quoted(idea)} yet. Ask two members."
    on = day(before[-1].promise.let_go_at)
    return f"The pair that looked into {quoted(idea)} let it go on {on}. Ask two others."


def findings(facts: Facts) -> Part:
    there, missing = (), ()
    shortlist = facts.standing.shortlist if facts.standing else None
    if shortlist and shortlist.findings and shortlist.findings_by:
        there = (f"By {day(shortlist.findings_by)}: “{shortlist.findings}”",)
    elif shortlist and shortlist.findings:
        missing = ("No day is set by which the pairs bring together what they find.",)
    elif shortlist:
        missing = ("How the pairs bring together what they find is not written down yet.",)
    else:
        missing = ("How findings are brought together is said with the shortlist.",)
    return Part(
        slug="findings",
        sentence="We know how the pairs will bring together what they find.",
        there=there,
        missing=missing,
        url=f"{shortlist_url(facts)}#findings" if shortlist else shortlist_url(facts),
        button=shortlist_button(facts),
    )


def reports(facts: Facts) -> Part:
    there, missing = [], []
    first: Study | None = None
    for idea in facts.ideas:
        found = [study for study in facts.studies.get(idea.pk, ()) if study.is_handed_in]
        if found:
            there.append(f"{quoted(idea)}: {_who_and_when(found[-1])}.")
            first = first or found[-1]
        elif study := facts.study_of(idea):
            by = day(study.promise.due_on)
            missing.append(
                f"{pair_words(study)} look into {quoted(idea)} by {by}; their report is not in yet."
            )
        else:
            missing.append(_nobody(facts, idea))
    if not facts.standing:
        missing.append("Pairs look into what is on the shortlist, and there is none yet.")
    return Part(
        slug="reports",
        sentence="For everything on the shortlist we know what it would take.",
        there=tuple(there),
        missing=tuple(missing),
        url=first.get_absolute_url()
        if first and not missing
        else reverse("focus:focus", args=[facts.cluster]),
        button="Read a report" if first and not missing else "See who looks into what",
    )


def focus(facts: Facts) -> Part:
    there, missing = (), ()
    state = facts.focus
    url, button = reverse("focus:focus", args=[facts.cluster]), "See the way through"
    if state.verdict:
        on = day(state.verdict.closed_at)
        there = (f"Decision {state.verdict.number}, of {on}: {state.verdict}.",)
        url, button = state.verdict.get_absolute_url(), "Open the decision"
    elif one := state.open_decision:
        missing = (f"Decision {one.number} on it is open until {day(one.closes_at)}.",)
        url, button = one.get_absolute_url(), "Open the decision"
    elif one := state.fallen:
        outcome = one.get_outcome_display().lower()
        missing = (f"Decision {one.number} on it, of {day(one.closed_at)}: {outcome}.",)
    else:
        missing = ("We have not decided yet what we work on.",)
    return Part(
        slug="focus",
        sentence="We have chosen what to work on.",
        there=there,
        missing=missing,
        url=url,
        button=button,
    )
