"""Where a cluster stands on the way to its focus, and by which days."""

from collections.abc import Iterator, Sequence

from django.urls import reverse

from hedgerow.agreements.queries.places import sees
from hedgerow.core.rooms import DatedLine, Panel
from hedgerow.focus import rules
from hedgerow.focus.queries.finding_facts import Facts, facts_in
from hedgerow.focus.queries.under_way import AtWork, at_work, going_on
from hedgerow.focus.queries.waiting import Asked, open_for
from hedgerow.look.words import count, day, first_up, listed, out_of, weekday
from hedgerow.people.models import Cluster
from hedgerow.people.readers import Reader
from hedgerow.units import pounds


def panels(reader: Reader, cluster: Cluster) -> Iterator[Panel]:
    """One query while there is a long list and nothing else."""
    if not sees(reader, rules.SEE_FOCUS, cluster):
        return
    one = next(it for it in at_work(reader) if it.cluster.pk == cluster.pk)
    facts = facts_in([cluster.pk])[cluster.pk] if one.has_come_far else None
    come, now = _come_to(one, facts), _under_way(one, facts, open_for(reader, cluster))
    yield Panel(
        heading="Our focus",
        template="focus/_focus_panel.html",
        context={"cluster": cluster, "sentences": [it for it in (come, now) if it]},
        order=20,
    )


def dates(reader: Reader, cluster: Cluster) -> Iterator[DatedLine]:
    """The last days of what is open, and the day for what the pairs found. No query of its own for
    another cluster of the reader's."""
    for one in open_for(reader, cluster):
        if one.due_on:
            yield DatedLine(on=one.due_on, sentence=_last_day(one), url=_page(one))
    for it in going_on(reader):
        if it.cluster.pk == cluster.pk and it.findings_by:
            yield DatedLine(
                on=it.findings_by,
                sentence="The pairs bring together what they found",
                url=reverse("focus:shortlist", args=[it.shortlist]),
            )


def _come_to(one: AtWork, facts: Facts | None) -> str:
    """What stands."""
    if facts and facts.focus.verdict and facts.focus.adoption:
        titles = [f"“{item.title}”" for item in facts.focus.adoption.items.order_by("position")]
        return f"We work on {listed(titles)}, as decided on {day(facts.focus.verdict.closed_at)}."
    if facts and facts.ideas:
        titles = [f"“{idea}”" for idea in facts.ideas]
        return f"On our shortlist: {listed(titles)}."
    if one.n_ideas:
        verb = "is" if one.n_ideas == 1 else "are"
        return f"{first_up(count(one.n_ideas, 'idea'))} {verb} on our long list."
    return "Nothing is on our long list yet. Anybody round the table can add an idea."


def _under_way(one: AtWork, facts: Facts | None, asked: Sequence[Asked]) -> str:
    """What happens now: one thing, the nearest to a focus."""
    if facts and facts.focus.open_decision:
        return (
            f"Our focus is put to the vote, until {weekday(facts.focus.open_decision.closes_at)}."
        )
    for it in asked:
        return _open(it)
    if one.shortlisting:
        return "We are shortlisting. No round is open: this is the time to talk."
    if facts and facts.ideas and not facts.focus.verdict:
        return _looked_into(facts)
    return ""


def _open(one: Asked) -> str:
    if one.kind == "reopening":
        return f"We are asked whether “{one.thing.candidate}” comes back. {one.spoke}."
    until = f"until {weekday(one.due_on)}" if one.due_on else "in our meeting"
    what = {"spots": "Red spots are", "votes": f"{one.thing} of the votes is"}.get(
        one.kind, "What a budget pays for is"
    )
    return f"{what} open {until}. {one.spoke}."


def _looked_into(facts: Facts) -> str:
    studies = [facts.study_of(idea) for idea in facts.ideas]
    n_in = sum(bool(study and study.is_handed_in) for study in studies)
    if len(studies) == 1:
        return "Its report is in." if n_in else "Its report is not in yet."
    verb = "is" if n_in == 1 else "are"
    return f"{first_up(out_of(n_in, len(studies)))} reports {verb} in."


def _last_day(one: Asked) -> str:
    if one.kind == "spots":
        return "Last day for the red spots"
    if one.kind == "votes":
        return f"Last day to vote in {str(one.thing).lower()}"
    return f"Last day to mark what {pounds(one.thing.budget)} should pay for"


def _page(one: Asked) -> str:
    if one.kind == "marks":
        return one.thing.get_absolute_url()
    return reverse("focus:shortlisting", args=[one.thing.shortlisting_id])
