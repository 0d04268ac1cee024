"""How a cluster found its focus, in its report: ideas, votes, shortlist and decision."""

from collections import Counter
from collections.abc import Iterable, Iterator

from hedgerow.agreements.queries.places import sees
from hedgerow.core import clock
from hedgerow.core.rooms import Section
from hedgerow.focus import rules
from hedgerow.focus.models import Ended, Idea, Shortlisting, Source
from hedgerow.focus.queries.finding_facts import Facts, facts_in
from hedgerow.focus.queries.focuses import focus_now
from hedgerow.focus.queries.shortlisting_lines import RoundLine
from hedgerow.focus.queries.shortlisting_pages import shortlisting_page
from hedgerow.focus.queries.shortlists import shortlists_of
from hedgerow.look.words import count, day, first_up, listed, number, out_of
from hedgerow.people.access import visible
from hedgerow.people.models import Cluster
from hedgerow.people.readers import Reader
from hedgerow.units import pounds

ORDER = 60

_FROM = {
    Source.PICTURE: "from our shared picture",
    Source.MEMBER: "of our own",
    Source.CATALOGUE: "from the programme’s catalogue",
    Source.ELSEWHERE: "from what others already do",
}
_BECAME = {
    Ended.MERGED: "put together with others",
    Ended.SPLIT: "taken apart",
    Ended.WITHDRAWN: "taken off the list",
}


def sections(reader: Reader, cluster: Cluster) -> Iterator[Section]:
    """Only what is closed or handed in. Four queries where there is nothing but a long list, and
    thirteen more for each shortlisting."""
    if not sees(reader, rules.SEE_FOCUS, cluster):
        return
    yield from _ideas(reader, cluster)
    for shortlisting in visible(reader, rules.SEE_SHORTLISTINGS).filter(cluster=cluster):
        yield from _votes(reader, shortlisting)
    yield from _shortlist(cluster)
    yield from _focus(cluster)


def _ideas(reader: Reader, cluster: Cluster) -> Iterator[Section]:
    ideas = list(visible(reader, rules.SEE_IDEAS).filter(cluster=cluster).order_by("number"))
    if not ideas:
        return
    sources = Counter(idea.source for idea in ideas)
    ended = Counter(idea.ended_how for idea in ideas if idea.ended_how)
    came = listed(f"{number(sources[one])} {words}" for one, words in _FROM.items() if sources[one])
    became = listed(f"{number(ended[one])} {words}" for one, words in _BECAME.items() if ended[one])
    live = [idea for idea in ideas if idea.is_live]
    yield Section(
        heading="Our long list",
        sentences=tuple(
            sentence
            for sentence in (
                f"{first_up(count(len(ideas), 'idea'))} in all: {came}.",
                f"Since then: {became}." if became else "",
                f"On it now: {listed(map(_idea, live))}." if live else "",
            )
            if sentence
        ),
        source="The long list of this cluster.",
        as_at=clock.today(),
        order=ORDER,
    )


def _idea(idea: Idea) -> str:
    marks = [pounds(idea.cost)] if idea.cost is not None else []
    marks += ["a quick win"] if idea.is_quick_win else []
    return f"“{idea}” ({', '.join(marks)})" if marks else f"“{idea}”"


def _quoted(titles: Iterable[str]) -> Iterator[str]:
    return (f"“{title}”" for title in titles)


def _votes(reader: Reader, shortlisting: Shortlisting) -> Iterator[Section]:
    page = shortlisting_page(reader, shortlisting)
    if not page.rounds:
        return
    yield Section(
        heading=f"How we voted: {str(shortlisting).lower()}",
        sentences=(
            *(sentence for round in page.rounds for sentence in _round(round)),
            *(
                f"“{one.title}” was asked back. {one.sentence}"
                for one in reversed(page.reopenings)
                if not one.is_open
            ),
            *([f"Given up: {page.given_up_because}"] if page.given_up_because else []),
        ),
        source="The closed rounds of this shortlisting. The votes are advice.",
        as_at=page.rounds[-1].closed_on,
        order=ORDER,
    )


def _round(round: RoundLine) -> Iterator[str]:
    settled = f" {round.settled}" if round.settled else ""
    yield f"{day(round.closed_on)}. {round.name}: {round.sentence}{settled}"
    for spot in round.spots:
        if spot.candidate and spot.counts:
            yield f"{spot.organisation} on “{spot.title}”: “{spot.reason}”"
    if round.absent:
        yield f"{listed(round.absent)} did not vote."


def _shortlist(cluster: Cluster) -> Iterator[Section]:
    for found in shortlists_of(cluster)[:1]:
        facts = facts_in([cluster.pk])[cluster.pk]
        left_out = listed(f"“{title}”" for title in found.left_out)
        yield Section(
            heading="Our shortlist",
            sentences=(
                f"{listed(_quoted(idea.title for idea in found.ideas))}.",
                found.words,
                *([f"{left_out} had stood to the end, and we left it out."] if left_out else []),
                *(sentence for idea in facts.ideas for sentence in _looked_into(facts, idea)),
            ),
            source=f"Shortlist {found.number} of this cluster, written down by {found.written_by}.",
            as_at=found.written_on,
            order=ORDER,
        )


def _looked_into(facts: Facts, idea: Idea) -> Iterator[str]:
    """Who would gain, and who looked into it."""
    said = {
        key: facts.gains[idea.pk, key] for key in facts.members if (idea.pk, key) in facts.gains
    }
    yes = [facts.members[key] for key, gain in said.items() if gain.would_gain]
    if yes and len(yes) == len(facts.members):
        yield f"“{idea}”: {out_of(len(yes), len(yes))} members would gain."
    elif yes:
        yield f"“{idea}”: {listed(yes)} would gain."
    for key, gain in said.items():
        if not gain.would_gain:
            yield f"“{idea}”: {facts.members[key]} would not: “{gain.words}”"
    study = facts.study_of(idea)
    if study and study.is_handed_in:
        held = study.promise
        names = listed(seat.organisation for seat in (held.first, held.second) if seat)
        yield f"“{idea}”: {names} looked into it, and reported on {day(study.handed_in_at)}."


def _focus(cluster: Cluster) -> Iterator[Section]:
    focus = focus_now(cluster)
    if focus is None:
        return
    yield Section(
        heading="Our focus",
        sentences=(
            f"{listed(_quoted(theme.title for theme in focus.themes))}.",
            *([focus.words] if focus.words else []),
            *(f"{line.organisation} saw it differently: “{line.reason}”" for line in focus.dissent),
        ),
        source=f"Decision {focus.decision.number} of this cluster.",
        as_at=focus.on,
        order=ORDER,
    )
